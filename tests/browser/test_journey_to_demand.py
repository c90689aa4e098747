"""A file of medicines becomes the catalogue, and what a hospital needs of one of them becomes demand, page by page."""

import pytest

from demand.models import DemandEntry, DemandWindow
from tests.browser import stretches
from tests.world import NOW

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_imported_medicine_is_asked_for_reported_and_locked(walk, world, travel):
    travel(NOW)
    stretches.import_catalogue(walk, world)
    stretches.report_demand(walk, world, travel)
    assert DemandWindow.objects.get().locked_by == world.officer
    assert DemandEntry.objects.get().quantity == 7000
    assert walk.problems == []
