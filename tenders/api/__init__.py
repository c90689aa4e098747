"""Endpoints of tenders, bids, evaluation and results: one module an area."""

from tenders.api import (
    attachments,
    bids,
    changes,
    documents,
    evaluation,
    keys,
    openings,
    people,
    planning,
    results,
    reveal,
    rule_sets,
    tenders,
)

AREAS = (
    rule_sets,
    planning,
    tenders,
    documents,
    changes,
    people,
    bids,
    attachments,
    keys,
    openings,
    reveal,
    evaluation,
    results,
)
urlpatterns = [pattern for area in AREAS for pattern in area.urlpatterns]
