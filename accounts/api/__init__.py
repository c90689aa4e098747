"""Endpoints of organisations, who asks to be one, what happens to them, and where they are paid: one module an area."""

from accounts.api import applications, bank, filings, organisations

AREAS = (organisations, applications, filings, bank)
urlpatterns = [pattern for area in AREAS for pattern in area.urlpatterns]
