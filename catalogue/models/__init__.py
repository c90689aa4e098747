"""The unified catalogue of drugs and consumables, and the price register."""

from catalogue.models.adjustments import Adjustment, AdjustmentPaper, ProductWithdrawal
from catalogue.models.authorisations import Authorisation
from catalogue.models.codes import ProductCode
from catalogue.models.imports import CatalogueImport, StagedRow
from catalogue.models.items import Item, ItemVersion, Maker, Product, ProductVersion
from catalogue.models.listings import Listing, ListingStep, SingleSource
from catalogue.models.lists import CatalogueList, Edition, EditionEntry
from catalogue.models.own_codes import OwnCode
from catalogue.models.price_changes import PriceChange, PriceLine
from catalogue.models.prices import PriceEntry
from catalogue.models.releases import ReleasePiece, ReleaseRow, ReleaseRun
from catalogue.models.shelf import ShelfDocument, ShelfUse
from catalogue.models.shortages import DesignatedProduction, Shortage, Substitute
from catalogue.models.varieties import Variety
from catalogue.models.verbs import Verb

__all__ = [
    "Adjustment",
    "AdjustmentPaper",
    "Authorisation",
    "CatalogueImport",
    "CatalogueList",
    "DesignatedProduction",
    "Edition",
    "EditionEntry",
    "Item",
    "ItemVersion",
    "Listing",
    "ListingStep",
    "Maker",
    "OwnCode",
    "PriceChange",
    "PriceEntry",
    "PriceLine",
    "Product",
    "ProductCode",
    "ProductVersion",
    "ProductWithdrawal",
    "ReleasePiece",
    "ReleaseRow",
    "ReleaseRun",
    "ShelfDocument",
    "ShelfUse",
    "Shortage",
    "SingleSource",
    "StagedRow",
    "Substitute",
    "Variety",
    "Verb",
]
