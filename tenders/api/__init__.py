"""Endpoints of demand, tenders, bids, evaluation and award: one module an area."""

from tenders.api import awards, bids, changes, demand, evaluation, openings, people, tenders

AREAS = (demand, tenders, changes, people, bids, openings, evaluation, awards)
urlpatterns = [pattern for area in AREAS for pattern in area.urlpatterns]
