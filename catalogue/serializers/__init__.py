"""Shapes of the API about items, products, prices and imports: one module an area."""

from catalogue.serializers.authorisations import (
    AuthorisationSerializer,
    AuthoriseSerializer,
    EndAuthorisationSerializer,
)
from catalogue.serializers.imports import (
    ImportSerializer,
    StageImportSerializer,
    StageReleaseSerializer,
)
from catalogue.serializers.items import (
    CatalogueProductSerializer,
    EditItemSerializer,
    EditProductSerializer,
    EditSerializer,
    ItemSerializer,
    LinkMakerSerializer,
    VersionSerializer,
)
from catalogue.serializers.own_codes import (
    OwnCodeSerializer,
    OwnCodesSerializer,
    SetOwnCodesSerializer,
)
from catalogue.serializers.prices import (
    AnsweredSerializer,
    AskedBackSerializer,
    EndPriceSerializer,
    PriceChangeSerializer,
    PriceSerializer,
    ProposePricesSerializer,
    RecordPriceSerializer,
)

__all__ = [
    "AnsweredSerializer",
    "AskedBackSerializer",
    "AuthorisationSerializer",
    "AuthoriseSerializer",
    "CatalogueProductSerializer",
    "EditItemSerializer",
    "EditProductSerializer",
    "EditSerializer",
    "EndAuthorisationSerializer",
    "EndPriceSerializer",
    "ImportSerializer",
    "ItemSerializer",
    "LinkMakerSerializer",
    "OwnCodeSerializer",
    "OwnCodesSerializer",
    "PriceChangeSerializer",
    "PriceSerializer",
    "ProposePricesSerializer",
    "RecordPriceSerializer",
    "SetOwnCodesSerializer",
    "StageImportSerializer",
    "StageReleaseSerializer",
    "VersionSerializer",
]
