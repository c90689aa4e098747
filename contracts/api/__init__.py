"""Endpoints from the contract to the payment: one module an area."""

from contracts.api import contracts, deliveries, orders, payments

urlpatterns = [*contracts.urlpatterns, *orders.urlpatterns, *deliveries.urlpatterns, *payments.urlpatterns]
