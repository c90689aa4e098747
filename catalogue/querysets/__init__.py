"""Questions about what the catalogue holds, by meaning; what a seat may see is decided here."""

from catalogue.querysets.adjustments import (
    AdjustmentPaperQuerySet,
    AdjustmentQuerySet,
    ProductWithdrawalQuerySet,
)
from catalogue.querysets.codes import ProductCodeQuerySet
from catalogue.querysets.items import (
    AuthorisationQuerySet,
    CatalogueImportQuerySet,
    ItemQuerySet,
    MakerQuerySet,
    OwnCodeQuerySet,
    ProductQuerySet,
    ProductVersionQuerySet,
    StagedRowQuerySet,
    VarietyQuerySet,
)
from catalogue.querysets.listings import ListingQuerySet, SingleSourceQuerySet
from catalogue.querysets.lists import CatalogueListQuerySet, EditionEntryQuerySet, EditionQuerySet
from catalogue.querysets.prices import PriceChangeQuerySet, PriceEntryQuerySet, PriceLineQuerySet
from catalogue.querysets.shelf import ShelfQuerySet
from catalogue.querysets.shortages import DesignatedProductionQuerySet, ShortageQuerySet, SubstituteQuerySet

__all__ = [
    "AdjustmentPaperQuerySet",
    "AdjustmentQuerySet",
    "AuthorisationQuerySet",
    "CatalogueImportQuerySet",
    "CatalogueListQuerySet",
    "DesignatedProductionQuerySet",
    "EditionEntryQuerySet",
    "EditionQuerySet",
    "ItemQuerySet",
    "ListingQuerySet",
    "MakerQuerySet",
    "OwnCodeQuerySet",
    "PriceChangeQuerySet",
    "PriceEntryQuerySet",
    "PriceLineQuerySet",
    "ProductCodeQuerySet",
    "ProductQuerySet",
    "ProductVersionQuerySet",
    "ProductWithdrawalQuerySet",
    "ShelfQuerySet",
    "ShortageQuerySet",
    "SingleSourceQuerySet",
    "StagedRowQuerySet",
    "SubstituteQuerySet",
    "VarietyQuerySet",
]
