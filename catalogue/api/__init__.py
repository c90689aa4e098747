"""Endpoints of the catalogue: one module an area."""

from catalogue.api import authorisations, codes, finding, imports, items, listings, lists, own_codes, prices, shortages

urlpatterns = [
    *finding.urlpatterns,
    *items.urlpatterns,
    *own_codes.urlpatterns,
    *authorisations.urlpatterns,
    *listings.urlpatterns,
    *codes.urlpatterns,
    *prices.urlpatterns,
    *imports.urlpatterns,
    *lists.urlpatterns,
    *shortages.urlpatterns,
]
