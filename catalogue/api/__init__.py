"""Endpoints of the catalogue: one module an area."""

from catalogue.api import authorisations, imports, items, lists, own_codes, prices, shortages

urlpatterns = [
    *items.urlpatterns,
    *own_codes.urlpatterns,
    *authorisations.urlpatterns,
    *prices.urlpatterns,
    *imports.urlpatterns,
    *lists.urlpatterns,
    *shortages.urlpatterns,
]
