"""Endpoints of the catalogue: one module an area."""

from catalogue.api import (
    adjustments,
    authorisations,
    codes,
    imports,
    items,
    listings,
    lists,
    own_codes,
    prices,
    shelf,
    shortages,
)

urlpatterns = [
    *items.urlpatterns,
    *own_codes.urlpatterns,
    *authorisations.urlpatterns,
    *listings.urlpatterns,
    *adjustments.urlpatterns,
    *codes.urlpatterns,
    *prices.urlpatterns,
    *imports.urlpatterns,
    *lists.urlpatterns,
    *shelf.urlpatterns,
    *shortages.urlpatterns,
]
