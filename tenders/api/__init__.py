"""Endpoints of demand, tenders, bids, evaluation and award: one module an area."""

from tenders.api import attachments, awards, bids, demand, evaluation, openings, people, tenders

AREAS = (demand, tenders, people, bids, attachments, openings, evaluation, awards)
urlpatterns = [pattern for area in AREAS for pattern in area.urlpatterns]
