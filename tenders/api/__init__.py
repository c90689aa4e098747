"""Endpoints of tenders, bids, evaluation and results: one module an area."""

from tenders.api import (
    attachments,
    bids,
    changes,
    committee,
    evaluation,
    keys,
    openings,
    people,
    questions,
    results,
    reveal,
    tenders,
)

AREAS = (tenders, changes, questions, committee, people, bids, attachments, keys, openings, reveal, evaluation, results)
urlpatterns = [pattern for area in AREAS for pattern in area.urlpatterns]
