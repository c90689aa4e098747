"""Endpoints of the catalogue: one module an area."""

from catalogue.api import (
    adjustments,
    authorisations,
    codes,
    finding,
    history,
    imports,
    items,
    listings,
    lists,
    ordering,
    own_codes,
    prices,
    shelf,
    shortages,
    varieties,
)

urlpatterns = [
    *finding.urlpatterns,
    *items.urlpatterns,
    *own_codes.urlpatterns,
    *authorisations.urlpatterns,
    *listings.urlpatterns,
    *adjustments.urlpatterns,
    *codes.urlpatterns,
    *history.urlpatterns,
    *prices.urlpatterns,
    *imports.urlpatterns,
    *lists.urlpatterns,
    *shelf.urlpatterns,
    *shortages.urlpatterns,
    *varieties.urlpatterns,
    *ordering.urlpatterns,
]
