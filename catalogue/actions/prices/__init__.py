"""Everything that changes the price register."""

from catalogue.actions.prices.listing_ends import end_listing_price
from catalogue.actions.prices.recording import (
    end_price,
    note_price_search,
    record_award_prices,
    record_listing_prices,
    record_price,
)

__all__ = [
    "end_listing_price",
    "end_price",
    "note_price_search",
    "record_award_prices",
    "record_listing_prices",
    "record_price",
]
