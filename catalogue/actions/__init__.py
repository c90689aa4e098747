"""Everything that changes the catalogue and the price register."""

from catalogue.actions.editing import Edit, ItemFacts, ProductFacts, edit_item, edit_product
from catalogue.actions.imports import (
    apply_import,
    discard_import,
    import_at_once,
    merge_import,
    read_import,
    stage_import,
)
from catalogue.actions.makers import Letter, authorise, end_authorisation, link_maker
from catalogue.actions.own_codes import MAPPERS, OwnCodeRow, set_own_codes
from catalogue.actions.prices import end_price, note_price_search, record_award_prices, record_price
from catalogue.actions.successions import succeed

__all__ = [
    "MAPPERS",
    "Edit",
    "ItemFacts",
    "Letter",
    "OwnCodeRow",
    "ProductFacts",
    "apply_import",
    "authorise",
    "discard_import",
    "edit_item",
    "edit_product",
    "end_authorisation",
    "end_price",
    "import_at_once",
    "link_maker",
    "merge_import",
    "note_price_search",
    "read_import",
    "record_award_prices",
    "record_price",
    "set_own_codes",
    "stage_import",
    "succeed",
]
