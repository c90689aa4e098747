"""Endpoints from the contract to the delivery: one module an area."""

from contracts.api import contracts, corrections, deliveries, orders

urlpatterns = [*contracts.urlpatterns, *orders.urlpatterns, *deliveries.urlpatterns, *corrections.urlpatterns]
