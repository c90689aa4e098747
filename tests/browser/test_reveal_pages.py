"""After lost keys in a real browser: the call, a bidder who reveals, an opener of the call, and the tender is open."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from checking.material import Material
from core.clock import database_clock
from sealing.keys import generate_code, lock, recovery_secret
from sealing.opening import open_with_seed
from tenders.actions.opening import request_opening
from tenders.models import OpenedEnvelope, Reveal, RevealCall
from tenders.presentation.package import opener_package
from tests.browser.bidding import PATIENCE
from tests.browser.opening import bring, says
from tests.browser.sealing import runner
from tests.browser.test_checking_module import checked
from tests.checking.papers import answers, record_of
from tests.tenders.bids import ask, fresh, moved_deadline, release
from tests.tenders.revealing import crooked_calls, lose_keys, publish, revealed, sealed_bids
from tests.tenders.stage import published_tender
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


@pytest.fixture
def stage(live_server):
    """A closed tender with three bids; of its five openers two came, and the others have lost their keys."""
    stage = published_tender(World(), lots=("20.00",))
    stage.bids = sealed_bids(stage, "13.50", "12.90", "11.00")
    moved_deadline(stage.tender, database_clock())
    request_opening(lot=stage.lots[0], envelope="technical", by=stage.officer, now=timezone.now())
    stage.tender = fresh(stage.tender)
    return stage


def test_three_keys_are_lost_and_the_tender_is_opened(page, sit_in, look_at, no_problem, stage):
    reference, officer, (first, second, silent) = stage.tender.reference, stage.officer, stage.bids
    sit_in(officer)
    look_at("tenders:postpone-opening", reference)
    page.get_by_label("Reason").fill("Two of three are ill")
    with page.expect_navigation():
        page.get_by_role("button", name="Record it").click()
    page.get_by_text("had not come").first.wait_for()
    look_at("tenders:call-reveal", reference)
    lose_keys(stage, (3, 4, 5), at=timezone.now())
    look_at("tenders:people", reference)
    look_at("tenders:publish-call", reference)
    page.get_by_role("button", name="Sign and publish the call").click()
    page.get_by_role("heading", name="Keys were lost: seeds are revealed").wait_for()
    no_problem()
    call = RevealCall.objects.get()

    sit_in(first.bid.prepared_by)
    look_at("tenders:bid", first.bid.reference)
    look_at("tenders:reveal-bid", first.bid.reference)
    expect(page.locator("[data-part=checked]")).to_contain_text("the call is signed")
    bring_recovery(page, second)
    expect(page.get_by_text("File and code do not open the sealed envelopes")).to_be_visible(timeout=PATIENCE)
    assert not Reveal.objects.exists()
    bring_recovery(page, first)
    page.get_by_role("heading", name="Revealed").wait_for(timeout=PATIENCE)
    no_problem()
    look_at("tenders:bid", first.bid.reference)
    revealed(second, at=timezone.now(), technical=b"7" * 32)

    ask(stage, at=call.due_at)
    release(stage, (1, 4), at=call.due_at)
    page.clock.set_fixed_time(call.due_at + HOUR)
    newcomer = stage.holders[4]
    sit_in(newcomer.seat)
    look_at("tenders:release-shares", reference)
    bring(page, newcomer, root=stage.tender.close.root[:20])
    page.get_by_role("button", name="Check what is asked for").click()
    says(page, "agrees with what was published")
    expect(page.locator("[data-asked]")).to_contain_text("revealed seeds of technical envelopes, 2")
    page.get_by_role("button", name="Release and sign").click()
    page.get_by_role("heading", name="Opening of the envelopes").wait_for()
    no_problem()
    opened = {one.bid: one for one in OpenedEnvelope.objects.select_related("bid")}
    assert {bid: one.outcome for bid, one in opened.items()} == {
        first.bid: "opened",
        second.bid: "bidder_fault",
        silent.bid: "not_revealed",
    }
    given = Material(record_of(stage), root=stage.tender.close.root)
    assert checked(page, given) == answers(given)
    own = first.envelopes["technical"]
    assert open_with_seed(own.file, bytes.fromhex(opened[first.bid].seed)).payload == opened[first.bid].payload.encode()


def bring_recovery(page, sealed):
    """The bidder chooses its recovery file, types the code and presses the button."""
    code = generate_code()
    file = lock(recovery_secret(*sealed.envelopes.values()), code, "recovery")
    chosen = {"name": "recovery.json", "mimeType": "application/json", "buffer": file}
    page.get_by_label("Recovery file of the version that stands").set_input_files(chosen)
    page.get_by_label("Its code").fill(code)
    page.get_by_role("button", name="Open, seal the seeds and send them").click()


def test_the_browser_refuses_every_crooked_call_that_the_python_twin_refuses(page, stage, live_server):
    lose_keys(stage, (3, 4, 5), at=timezone.now())
    publish(stage, at=timezone.now())
    revealed(stage.bids[0], at=timezone.now())
    call = RevealCall.objects.get()
    ask(stage, at=call.due_at)
    holder, root = stage.holders[4], stage.tender.close.root
    package = opener_package(stage.tender.openers.select_related("tender").get(seat=holder.seat, replaced_at=None))
    run = runner(page, live_server.url)
    script = """
        const found = [];
        const known = { root, now: new Date(now) };
        for (const one of packages) found.push(await fault(() => sealing.checkPackage(one, keys, known)));
        return found;
    """
    given = {"keys": holder.pair.secret(), "root": root, "now": (call.due_at + HOUR).isoformat()}
    crooked = list(crooked_calls(package))
    found = run(script, packages=[one for _where, one in crooked], **given)
    assert [fault and (fault[0], fault[2]) for fault in found] == [("CeremonyError", where) for where, _one in crooked]
    assert run(script, packages=[package], **given) == [None]
