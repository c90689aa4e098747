"""Endpoints from the contract to the delivery: one module an area."""

from contracts.api import bulk, contracts, corrections, deliveries, orders, payers

urlpatterns = [
    *contracts.urlpatterns,
    *orders.urlpatterns,
    *deliveries.urlpatterns,
    *corrections.urlpatterns,
    *payers.urlpatterns,
    *bulk.urlpatterns,
]
