"""Everything that changes the catalogue and the price register."""

from catalogue.actions.codes import set_codes, take_back_code
from catalogue.actions.editing import Edit, ItemFacts, ProductFacts, edit_item, edit_product
from catalogue.actions.imports import (
    apply_import,
    discard_import,
    import_at_once,
    merge_import,
    read_import,
    stage_import,
)
from catalogue.actions.listings import (
    Application,
    Commitment,
    answer_listing,
    apply_for_listing,
    ask_back,
    delist,
    end_single_source,
    list_product,
    record_single_source,
    refuse_listing,
    resume_listing,
    return_listing,
    review_listing,
    suspend_listing,
    withdraw_listing,
)
from catalogue.actions.makers import Letter, authorise, end_authorisation, link_maker
from catalogue.actions.own_codes import MAPPERS, OwnCodeRow, set_own_codes
from catalogue.actions.prices import (
    end_price,
    note_price_search,
    record_award_prices,
    record_listing_prices,
    record_price,
)
from catalogue.actions.releases import apply_release, clear_release, read_again, read_release, stage_release
from catalogue.actions.successions import succeed

__all__ = [
    "MAPPERS",
    "Application",
    "Commitment",
    "Edit",
    "ItemFacts",
    "Letter",
    "OwnCodeRow",
    "ProductFacts",
    "answer_listing",
    "apply_for_listing",
    "apply_import",
    "apply_release",
    "ask_back",
    "authorise",
    "clear_release",
    "delist",
    "discard_import",
    "edit_item",
    "edit_product",
    "end_authorisation",
    "end_price",
    "end_single_source",
    "import_at_once",
    "link_maker",
    "list_product",
    "merge_import",
    "note_price_search",
    "read_again",
    "read_import",
    "read_release",
    "record_award_prices",
    "record_listing_prices",
    "record_price",
    "record_single_source",
    "refuse_listing",
    "resume_listing",
    "return_listing",
    "review_listing",
    "set_codes",
    "set_own_codes",
    "stage_import",
    "stage_release",
    "succeed",
    "suspend_listing",
    "take_back_code",
    "withdraw_listing",
]
