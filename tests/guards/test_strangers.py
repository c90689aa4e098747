"""Every route whose address names a thing is asked for things that are hidden: none is forgotten."""

from django.urls import get_resolver

from tests.guards.house import routes
from tests.guards.strangers import KINDS, guarded_routes


def test_many_routes_are_asked():
    assert len(list(guarded_routes())) > 40


def test_every_reference_in_an_address_is_looked_after():
    """A route whose reference belongs to no listed kind must be public to every seat, and listed here."""
    open_to_all = {"catalogue/items/", "catalogue/products/", "items/", "products/", "catalogue/authorisations/",
                   "authorisations/", "catalogue/single-sources/", "single-sources/", "admissions/",
                   "catalogue/designated-production/", "designated-production/", "notices/", "results/"}  # fmt: skip
    assert get_resolver().url_patterns
    unknown = [
        route
        for route, _pattern in routes()
        if "<str:reference>" in route
        if not any(route.removeprefix("api/v1/").startswith(kind + "<") for kind in {*KINDS, *open_to_all})
    ]
    assert unknown == []
