"""Endpoints of demand, tenders, bids, evaluation and results: one module an area."""

from tenders.api import attachments, bids, changes, demand, evaluation, keys, openings, people, results, reveal, tenders

AREAS = (demand, tenders, changes, people, bids, attachments, keys, openings, reveal, evaluation, results)
urlpatterns = [pattern for area in AREAS for pattern in area.urlpatterns]
