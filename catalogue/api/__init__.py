"""Endpoints of the catalogue: one module an area."""

from catalogue.api import (
    authorisations,
    codes,
    history,
    imports,
    items,
    listings,
    lists,
    ordering,
    own_codes,
    prices,
    shortages,
    varieties,
)

urlpatterns = [
    *items.urlpatterns,
    *own_codes.urlpatterns,
    *authorisations.urlpatterns,
    *listings.urlpatterns,
    *codes.urlpatterns,
    *history.urlpatterns,
    *prices.urlpatterns,
    *imports.urlpatterns,
    *lists.urlpatterns,
    *shortages.urlpatterns,
    *varieties.urlpatterns,
    *ordering.urlpatterns,
]
