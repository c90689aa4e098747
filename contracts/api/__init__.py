"""Endpoints from the contract to the delivery: one module an area."""

from contracts.api import contracts, deliveries, orders

urlpatterns = [*contracts.urlpatterns, *orders.urlpatterns, *deliveries.urlpatterns]
