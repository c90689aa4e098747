"""Endpoints of tenders, bids, evaluation and award: one module an area."""

from tenders.api import attachments, awards, bids, changes, evaluation, keys, openings, people, reveal, tenders

AREAS = (tenders, changes, people, bids, attachments, keys, openings, reveal, evaluation, awards)
urlpatterns = [pattern for area in AREAS for pattern in area.urlpatterns]
