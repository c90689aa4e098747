"""Endpoints of demand, tenders, bids, evaluation and award: one module an area."""

from tenders.api import bids, demand, openings, people, tenders

urlpatterns = [*demand.urlpatterns, *tenders.urlpatterns, *people.urlpatterns, *bids.urlpatterns, *openings.urlpatterns]
