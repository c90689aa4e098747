"""An opener's pages in a real browser: the key never leaves it, and it unlocks only what it has checked for itself."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from core.clock import database_clock
from sealing import ceremony
from sealing.ceremony import check_package
from sealing.keys import generate_code
from tenders.actions.bidding import submit_bid
from tenders.actions.opening import request_opening
from tenders.actions.people import name_opener
from tenders.models import BidVersion, KeyDestruction, MinutesSignature, OpenedEnvelope, Opener, Release
from tenders.presentation.package import opener_package
from tests.browser.bidding import PATIENCE
from tests.browser.opening import bring, choose_key, made_key, says
from tests.browser.sealing import runner
from tests.tenders.bids import a_bid, fresh, moved_deadline, sealed
from tests.tenders.stage import cancelled, draft_tender, prove_keys, published_tender
from tests.tenders.test_ceremony import crooked_packages, slips
from tests.world import NOW, World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(live_server):
    return World()


@pytest.fixture
def stage(world):
    """A closed tender with two bids in its only lot, whose technical envelopes the openers are asked for."""
    stage = published_tender(world, lots=("20.00",))
    moved_deadline(stage.tender, timezone.now() + timedelta(hours=1))
    for supplier in stage.suppliers[:2]:
        bid = a_bid(stage, supplier=supplier)
        submit_bid(bid=bid, submission=sealed(bid, "13.50"), by=supplier, now=NOW)
    moved_deadline(stage.tender, database_clock())
    request_opening(lot=stage.lots[0], envelope="technical", by=stage.officer, now=timezone.now())
    stage.tender = fresh(stage.tender)
    return stage


@pytest.fixture
def sent(page):
    """Everything that the browser sends: addresses, headers and bodies."""
    everything = []
    page.on("request", lambda request: everything.append(f"{request.url} {request.headers} {request.post_data or ''}"))
    return everything


def test_a_key_is_made_saved_and_opened_again_before_it_is_registered(world, page, sit_in, look_at, no_problem, sent):
    stage = draft_tender(world, lots=("1.50",), evaluators=0)
    seat = world.seat(world.payer, "opener")
    opener = name_opener(tender=stage.tender, seat=seat, by=world.officer, now=NOW)
    sit_in(seat)
    look_at("tenders:make-key", stage.tender.reference)
    file, code = made_key(page)
    no_problem()
    assert re.fullmatch(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}", code)
    choose_key(page, file, generate_code())
    page.get_by_role("button", name="Register the public keys").click()
    says(page, "The code does not open this key file.")
    assert Opener.objects.get(pk=opener.pk).key_made_at is None
    page.get_by_label("Code").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Register the public keys").click()
    page.get_by_text("made, not proved").wait_for()
    made = Opener.objects.get(pk=opener.pk)
    assert made.key_made_at is not None
    box = json.loads(file.read_text())["box"]
    for secret in (code, code.replace("-", ""), box, box[:64]):
        assert not any(secret in one for one in sent)
    assert any(made.public_key in one for one in sent)


def test_the_paper_copy_is_the_key_file(world, page, sit_in, live_server):
    stage = draft_tender(world, lots=("1.50",), evaluators=0)
    seat = world.seat(world.payer, "opener")
    opener = name_opener(tender=stage.tender, seat=seat, by=world.officer, now=NOW)
    sit_in(seat)
    page.goto(live_server.url + reverse("tenders:make-key", args=[stage.tender.reference]))
    file, code = made_key(page)
    paper = page.locator("[data-paper]").text_content()
    choose_key(page, file, code)
    page.get_by_role("button", name="Register the public keys").click()
    page.get_by_text("made, not proved").wait_for()
    prove_keys(stage.holders)
    page.get_by_role("link", name="Prove that you hold it").click()
    page.get_by_text("I only have the paper copy").click()
    lines = paper.split("\n")
    page.get_by_label("Lines of the paper copy").fill("\n".join([lines[0], lines[2], *lines[2:]]))
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Prove it and sign the list").click()
    says(page, "Line 2 of the paper copy is not as printed.")
    page.get_by_label("Lines of the paper copy").fill(paper.upper())
    page.get_by_role("button", name="Prove it and sign the list").click()
    page.get_by_text("made and proved").wait_for()
    assert Opener.objects.get(pk=opener.pk).signed_list is not None


def test_an_opener_proves_the_key_and_signs_the_list_by_keyboard_alone(world, page, sit_in, look_at):
    stage = draft_tender(world, lots=("1.50",), evaluators=0)
    holder = stage.holders[0]
    sit_in(holder.seat)
    look_at("tenders:prove-key", stage.tender.reference)
    bring(page, holder)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("made and proved").wait_for()
    assert Opener.objects.get(pk=holder.opener.pk).key_proved_at > NOW


def test_three_openers_release_sign_and_everything_opens(page, sit_in, look_at, no_problem, stage, sent):
    reference, root = stage.tender.reference, stage.tender.close.root
    for holder in stage.holders[:3]:
        sit_in(holder.seat)
        look_at("tenders:release-shares", reference)
        bring(page, holder, root=root[:20])
        page.get_by_role("button", name="Check what is asked for").click()
        says(page, "agrees with what was published")
        expect(page.locator("[data-asked]")).to_contain_text("technical envelopes, 2")
        expect(page.locator("[data-asked]")).to_contain_text(stage.suppliers[0].organisation.name)
        no_problem()
        page.get_by_role("button", name="Release and sign").click()
        page.get_by_role("heading", name="Opening of the envelopes").wait_for()
    assert Release.objects.count() == 3
    assert {one.outcome for one in OpenedEnvelope.objects.all()} == {"opened"}
    holder = stage.holders[0]
    sit_in(holder.seat)
    look_at("tenders:release-shares", reference)
    bring(page, holder)
    page.get_by_role("button", name="Check what is asked for").click()
    expect(page.locator("[data-asked]")).to_contain_text("Minutes to sign: 1")
    page.get_by_role("button", name="Release and sign").click()
    page.get_by_role("heading", name="Opening of the envelopes").wait_for()
    assert MinutesSignature.objects.get().opener == holder.opener
    for secret in (holder.code, holder.pair.ecdh.hex(), holder.pair.sign.hex()):
        assert not any(secret in one for one in sent)


def test_three_openers_in_three_browsers_and_two_who_watch(stage, machine_of):
    reference, root = stage.tender.reference, stage.tender.close.root
    watching = [machine_of(seat, "tenders:opening", reference) for seat in (stage.suppliers[0], stage.suppliers[2])]
    for page in watching:
        expect(page.get_by_text("released the shares")).to_have_count(0)
        page.evaluate("window.neverLeft = true")
    at_work = [machine_of(holder.seat, "tenders:release-shares", reference) for holder in stage.holders[:3]]
    for page, holder in zip(at_work, stage.holders, strict=False):
        bring(page, holder, root=root[:20])
        page.get_by_role("button", name="Check what is asked for").click()
    for page in at_work:
        says(page, "agrees with what was published")
    for number, page in enumerate(at_work, 1):
        page.get_by_role("button", name="Release and sign").click()
        page.get_by_role("heading", name="Opening of the envelopes").wait_for()
        for other in watching:
            expect(other.get_by_text("released the shares")).to_have_count(number, timeout=PATIENCE)
    for page in watching:
        expect(page.get_by_text(re.compile("Envelopes opened .*: 2 of 2"))).to_be_visible(timeout=PATIENCE)
        assert page.evaluate("window.neverLeft") is True


def test_a_wrong_code_key_or_root_unlocks_nothing_and_is_told(page, sit_in, stage, live_server):
    first, second = stage.holders[:2]
    root = stage.tender.close.root
    sit_in(first.seat)
    page.goto(live_server.url + reverse("tenders:release-shares", args=[stage.tender.reference]))
    for attempt, words in (
        ({"holder": first, "code": generate_code(), "root": root}, "The code does not open this key file."),
        ({"holder": second, "root": root}, "This is the key of place 2"),
        ({"holder": first, "root": " "}, "Type the root from the mail"),
        ({"holder": first, "root": root[:19]}, "This is not a root"),
        ({"holder": first, "root": "0123456789" * 2}, "not those of this tender's close"),
    ):
        bring(page, **attempt)
        page.get_by_role("button", name="Check what is asked for").click()
        says(page, words)
        expect(page.locator("[data-says]")).to_have_class("alert alert--warn")
        expect(page.locator("[data-findings]")).to_be_hidden()
    assert not Release.objects.exists()


def test_a_second_list_for_the_same_envelopes_is_refused(page, sit_in, stage, live_server):
    """The platform says that nothing was answered; the browser remembers."""
    holder = stage.holders[0]
    sit_in(holder.seat)
    page.goto(live_server.url + reverse("tenders:release-shares", args=[stage.tender.reference]))
    page.evaluate(
        "([name, other]) => localStorage.setItem(name, other)",
        [f"released {stage.tender.reference} L-01 technical", "0" * 64],
    )
    bring(page, holder, root=stage.tender.close.root)
    page.get_by_role("button", name="Check what is asked for").click()
    says(page, "the list of envelopes does not agree")
    expect(page.locator("[data-says]")).to_have_class("alert alert--bad")
    assert not Release.objects.exists()


def test_the_desk_works_from_its_file_without_a_connection(page, browser, sit_in, stage, live_server, tmp_path):
    reference, holder = stage.tender.reference, stage.holders[0]
    sit_in(holder.seat)
    page.goto(live_server.url + reverse("tenders:release-shares", args=[reference]))
    files = {}
    for name, link in (("desk.html", "Save the desk"), ("package.json", "Save the package")):
        with page.expect_download() as saved:
            page.get_by_role("link", name=link).click()
        files[name] = tmp_path / name
        saved.value.save_as(files[name])
    alone = browser.new_context(offline=True)
    desk = alone.new_page()
    asked = []
    desk.on("request", lambda request: asked.append(request.url))
    desk.goto(files["desk.html"].as_uri())
    desk.get_by_label("Package").set_input_files(files["package.json"])
    bring(desk, holder, root=stage.tender.close.root)
    desk.get_by_role("button", name="Check what is asked for").click()
    says(desk, "agrees with what was published")
    with desk.expect_download() as saved:
        desk.get_by_role("button", name="Release and sign").click()
    saved.value.save_as(tmp_path / "answer.json")
    alone.close()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    page.get_by_label("Answer made without a connection").set_input_files(tmp_path / "answer.json")
    page.get_by_role("button", name="Hand in the answer").click()
    page.get_by_role("heading", name="Opening of the envelopes").wait_for()
    assert Release.objects.get().opener == holder.opener


def test_at_the_end_the_key_signs_that_it_is_destroyed(page, sit_in, look_at, stage):
    cancelled(stage, now=timezone.now())
    for holder in stage.holders[:3]:
        sit_in(holder.seat)
        look_at("tenders:destroy-key", stage.tender.reference)
        bring(page, holder)
        page.get_by_role("button", name="Sign that every copy is destroyed").click()
        page.get_by_role("heading", name="Opening of the envelopes").wait_for()
    assert KeyDestruction.objects.count() == 3
    assert not any(version.commercial for version in BidVersion.objects.all())


def test_the_browser_refuses_every_crooked_package_that_the_python_twin_refuses(page, stage, live_server):
    """Both are given what a dishonest platform could sign, and name the same part."""
    holder = stage.holders[0]
    package = opener_package(stage.tender.openers.select_related("tender").get(place=1))
    root, keys = stage.tender.close.root, holder.pair.secret()
    run = runner(page, live_server.url)
    script = """
        const found = [];
        const known = { root, now: new Date(now) };
        for (const one of packages) found.push(await fault(() => sealing.checkPackage(one, keys, known)));
        return found;
    """
    now = timezone.now()
    crooked = list(crooked_packages(package))
    found = run(script, packages=[one for _where, one in crooked], keys=keys, root=root, now=now.isoformat())
    assert [fault and (fault[0], fault[2]) for fault in found] == [("CeremonyError", where) for where, _one in crooked]
    assert run(script, packages=[package], keys=keys, root=root, now=now.isoformat()) == [None]
    named = list(slips(stage))
    found = [
        run(
            script,
            packages=[slip],
            keys=stage.holders[known.get("place", 1) - 1].pair.secret(),
            root=known.get("root", root),
            now=now.isoformat(),
        )[0]
        for _where, slip, known in named
    ]
    assert [(fault[0], fault[2]) for fault in found] == [("DeskError", where) for where, _slip, _known in named]


def test_what_the_browser_signs_is_what_python_signs(page, stage, live_server):
    holder, now = stage.holders[0], timezone.now().replace(microsecond=123000)
    package = opener_package(stage.tender.openers.select_related("tender").get(place=1))
    root = stage.tender.close.root
    (asked,) = check_package(package, holder.pair, root=root, now=now)
    expected = ceremony.release(asked, holder.pair, at=now)
    given = runner(page, live_server.url)(
        """
        const at = new Date(now);
        const [asked] = await sealing.checkPackage(given, keys, { root, now: at });
        const answer = await sealing.release(asked, keys, { at });
        const statement = await sealing.declareDestroyed(keys, { place: 1, keyListHash: root, at });
        return { document: text(answer.document), shares: answer.shares.map(hex), statement: text(statement) };
        """,
        given=package,
        keys=holder.pair.secret(),
        root=root,
        now=now.isoformat(),
    )
    assert given["document"].encode() == expected.document
    assert [bytes.fromhex(share) for share in given["shares"]] == list(expected.shares)
    statement = ceremony.declare_destroyed(holder.pair, place=1, key_list_hash=root, at=now)
    assert given["statement"].encode() == statement
