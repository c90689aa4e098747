"""A key lost before the deadline in a real browser: declared, a successor, a key made again, the notice amended."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from core.clock import legal_date
from tenders.models import Opener
from tenders.notice import PublishedNotice
from tests.browser.bidding import PATIENCE
from tests.browser.opening import choose_key, registered_key
from tests.tenders.bids import fresh, moved_deadline
from tests.tenders.stage import prove, published_tender
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stage(live_server):
    stage = published_tender(World(), lots=("20.00",))
    moved_deadline(stage.tender, timezone.now() + timedelta(days=40))
    return stage


def test_a_lost_key_is_replaced_in_the_notice_before_the_deadline(page, sit_in, look_at, no_problem, stage):
    reference, loser = stage.tender.reference, stage.holders[4]
    sit_in(loser.seat)
    look_at("tenders:make-key", reference)
    page.get_by_role("link", name="The key is lost").click()
    no_problem()
    page.get_by_label("Reason").fill("The safe burnt out")
    page.get_by_role("button", name="Declare the key lost").click()
    page.get_by_text("You declared it lost").wait_for()
    no_problem()

    successor = stage.world.seat(loser.seat.organisation, "opener")
    sit_in(stage.officer)
    look_at("tenders:people", reference)
    page.get_by_role("link", name="Replace").first.click()
    page.get_by_label("Person").select_option(str(successor.pk))
    page.get_by_label("Reason").fill("The key is lost")
    page.get_by_role("button", name="Replace").click()
    page.get_by_text("A successor is named").wait_for()
    no_problem()

    sit_in(successor)
    look_at("tenders:make-key", reference)
    file, code = registered_key(page)
    page.get_by_role("link", name="Prove that you hold it").click()
    no_problem()
    choose_key(page, file, code)
    page.get_by_role("button", name="Prove it and sign the list").click()
    page.get_by_text("made and proved").wait_for(timeout=PATIENCE)
    for holder in stage.holders[:4]:
        prove(Opener.objects.select_related("tender", "seat").get(pk=holder.opener.pk), holder.pair, now=timezone.now())

    sit_in(stage.world.preparer)
    look_at("tenders:propose-amendment", reference)
    expect(page.get_by_text("this amendment puts the new key list into the notice")).to_be_visible()
    page.get_by_label("Reason").fill("An opener lost the key")
    # The stage's own days are over by the real clock.
    for label, days in (("First day of supply", 60), ("Last day of supply", 400)):
        page.get_by_label(label).fill(f"{legal_date(timezone.now()) + timedelta(days=days)}")
    page.get_by_role("button", name="Propose the amendment").click()
    page.get_by_text("Fingerprint of the key list").first.wait_for()
    no_problem()
    sit_in(stage.officer)
    look_at("tenders:approve-change", reference, 1)
    page.get_by_role("button", name="Approve").click()
    page.get_by_text("Approved. Everybody is told.").wait_for()
    made = Opener.objects.get(tender=stage.tender, place=5, replaced_at=None)
    assert PublishedNotice.of(fresh(stage.tender)).openers[4] == made.public_key
