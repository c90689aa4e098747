"""The page of the trail fits every window, for a visitor and for the auditor who has faults to read."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

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
    expect(page.get_by_text("faults were found")).to_be_visible()
    expect(page.get_by_text("core_event 1")).to_be_hidden()
    sit_in(auditor)
    look_at("oversight:heads")
    expect(page.get_by_text("core_event 1: is gone")).to_be_visible()
    expect(page.get_by_text("Looked at: 12,223 links")).to_be_visible()
