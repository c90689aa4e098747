"""The page of the trail fits every window, for a visitor and for the auditor who has faults to read."""

import pytest
from django.utils import timezone

from core.trail import link_waiting
from oversight.actions import keep_check, sign_head
from tests.world import World


@pytest.fixture
def auditor(transactional_db):
    auditor = World().auditor
    link_waiting()
    sign_head(now=timezone.now())
    looked_at = {"links": 12_223, "tables": 68, "heads": 1, "documents": 582}
    keep_check(looked_at=looked_at, faults=1, told=["core_event 1: is gone"], now=timezone.now())
    return auditor


def test_the_trail_as_a_visitor_and_as_an_auditor_see_it(auditor, page, sit_in, look_at):
    look_at("oversight:heads")
    assert page.get_by_text("faults were found").is_visible()
    assert not page.get_by_text("core_event 1").is_visible()
    sit_in(auditor)
    look_at("oversight:heads")
    assert page.get_by_text("core_event 1: is gone").is_visible()
    assert page.get_by_text("Looked at: 12,223 links").is_visible()
