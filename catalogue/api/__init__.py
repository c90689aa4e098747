"""Endpoints of the catalogue: one module an area."""

from catalogue.api import authorisations, imports, items, listings, own_codes, prices

urlpatterns = [
    *items.urlpatterns,
    *own_codes.urlpatterns,
    *authorisations.urlpatterns,
    *listings.urlpatterns,
    *prices.urlpatterns,
    *imports.urlpatterns,
]
