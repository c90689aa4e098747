"""The unified catalogue of drugs and consumables, and the price register."""

from catalogue.models.authorisations import Authorisation
from catalogue.models.imports import CatalogueImport, StagedRow
from catalogue.models.items import Item, ItemVersion, Maker, Product, ProductVersion
from catalogue.models.own_codes import OwnCode
from catalogue.models.prices import PriceEntry
from catalogue.models.verbs import Verb

__all__ = [
    "Authorisation",
    "CatalogueImport",
    "Item",
    "ItemVersion",
    "Maker",
    "OwnCode",
    "PriceEntry",
    "Product",
    "ProductVersion",
    "StagedRow",
    "Verb",
]
