"""Everything that changes the price register: two people, but for what awards and listings write of themselves."""

from catalogue.actions.prices.cuts import Falling, bound_by
from catalogue.actions.prices.deciding import confirm_price_change, refuse_price_change, return_price_change
from catalogue.actions.prices.listing_ends import end_listing_price
from catalogue.actions.prices.notices import tell_of_price_change
from catalogue.actions.prices.proposals import (
    CUT,
    RECORDED,
    answer_price_change,
    propose_cut,
    propose_end,
    propose_prices,
    withdraw_price_change,
)
from catalogue.actions.prices.recording import (
    forbidden,
    note_price_search,
    record_award_prices,
    record_listing_prices,
    record_negotiated_prices,
)
from catalogue.actions.prices.unified import propose_unified_price
from catalogue.actions.prices.varieties import (
    GuideLine,
    GuideTerms,
    NationalPrice,
    Representative,
    guide_lines,
    propose_guide_prices,
    propose_variety_price,
)

__all__ = [
    "CUT",
    "RECORDED",
    "Falling",
    "GuideLine",
    "GuideTerms",
    "NationalPrice",
    "Representative",
    "answer_price_change",
    "bound_by",
    "confirm_price_change",
    "end_listing_price",
    "forbidden",
    "guide_lines",
    "note_price_search",
    "propose_cut",
    "propose_end",
    "propose_guide_prices",
    "propose_prices",
    "propose_unified_price",
    "propose_variety_price",
    "record_award_prices",
    "record_listing_prices",
    "record_negotiated_prices",
    "refuse_price_change",
    "return_price_change",
    "tell_of_price_change",
    "withdraw_price_change",
]
