"""Endpoints of decisions and awards, and of negotiations."""

from awards.api import decisions, negotiations

urlpatterns = [*decisions.urlpatterns, *negotiations.urlpatterns]
