"""Endpoints of organisations, what happens to them, and where they are paid: one module an area."""

from accounts.api import bank, filings, organisations

AREAS = (organisations, filings, bank)
urlpatterns = [pattern for area in AREAS for pattern in area.urlpatterns]
