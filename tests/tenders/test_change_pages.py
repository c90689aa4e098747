"""Pages and endpoints on which a published tender is changed; what an officer reads there tells of no bids."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions import end_seat
from accounts.permissions import OrganisationKind
from tenders.models import Change
from tenders.tasks import announce_amendment
from tests.roles import program_of
from tests.tenders.bids import HOUR, a_bid, clock_at, fresh, handed_in, signed_in
from tests.tenders.changing import amended, approved, extended, proposed_amendment, proposed_extension
from tests.tenders.stage import DEADLINE, draft_tender, published_tender
from tests.tenders.test_bidding_hidden import FRESH
from tests.world import NOW

ZONED = "%Y-%m-%dT%H:%M"
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def _a_standing_clock(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def stage(world):
    return published_tender(world, lots=("20.00",), suppliers=2)


def page(name, tender, *more):
    return reverse(f"tenders:{name}", args=[tender.reference, *more])


def url(stage, rest):
    return f"/api/v1/tenders/{stage.tender.reference}/{rest}"


def text_of(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


class TestPages:
    def test_one_proposes_and_the_other_approves_an_extension(self, stage, client):
        world = stage.world
        signed_in(client, world.preparer)
        assert "Nothing changes until a second person" in text_of(client.get(page("propose-extension", stage.tender)))
        later = timezone.localtime(DEADLINE + WEEK).strftime(ZONED)
        answer = client.post(page("propose-extension", stage.tender), {"deadline": later, "reason": "Bidders asked"})
        change = Change.objects.get()
        assert answer.headers["Location"] == page("change", stage.tender, change.number)
        own = text_of(client.get(page("change", stage.tender, 1)))
        assert page("approve-change", stage.tender, 1) not in own
        assert "Take back" in own
        signed_in(client, stage.officer)
        assert page("approve-change", stage.tender, 1) in text_of(client.get(page("change", stage.tender, 1)))
        assert "can never be brought forward" in text_of(client.get(page("approve-change", stage.tender, 1)))
        with clock_at(NOW):
            client.post(page("approve-change", stage.tender, 1))
        assert fresh(stage.tender).deadline == DEADLINE + WEEK
        notice = text_of(Client().get(page("notice", stage.tender)))
        for words in ("2026-03-23 14:00", "2026-03-30 14:00", "Bidders asked", world.preparer.person.name):
            assert words in notice

    def test_an_amendment_is_typed_on_one_page_and_its_faults_stand_by_their_rows(self, stage, client):
        signed_in(client, stage.world.preparer)
        form = text_of(client.get(page("propose-amendment", stage.tender)))
        assert "15 days lie between" in form
        given = amendment_as_typed(stage, **{"ceiling_price-1": "0"})
        refused = text_of(client.post(page("propose-amendment", stage.tender), given))
        assert "Enter a price above zero" in refused
        assert not Change.objects.exists()
        client.post(page("propose-amendment", stage.tender), amendment_as_typed(stage))
        shown = text_of(client.get(page("change", stage.tender, 1)))
        assert "Lot 1, Ceiling price" in shown
        assert [one["field"] for one in Change.objects.get().differences] == ["ceiling_price"]

    def test_the_notice_says_that_it_is_amended_and_leads_to_the_one_before(self, stage):
        first = stage.tender.terms
        amended(stage)
        shown = text_of(Client().get(page("notice", stage.tender)))
        assert "this is notice 2" in shown
        assert page("former-notice", stage.tender, first) in shown
        assert Client().get(page("former-notice", stage.tender, "0" * 64)).status_code == 404

    def test_a_published_tender_is_cancelled_through_a_proposal(self, stage, client):
        signed_in(client, stage.world.preparer)
        assert client.get(page("cancel-tender", stage.tender)).headers["Location"] == page(
            "propose-cancellation", stage.tender
        )
        client.post(page("propose-cancellation", stage.tender), {"reason": "No money"})
        assert fresh(stage.tender).status == "published"
        signed_in(client, stage.officer)
        client.post(page("approve-change", stage.tender, 1))
        assert fresh(stage.tender).cancel_reason == "No money"

    def test_a_proposal_is_declined_with_a_reason(self, stage, client):
        proposed_extension(stage)
        signed_in(client, stage.officer)
        assert "required" in text_of(client.post(page("decline-change", stage.tender, 1), {"reason": ""}))
        client.post(page("decline-change", stage.tender, 1), {"reason": "No need"})
        assert "No need" in text_of(client.get(page("change", stage.tender, 1)))

    def test_a_proposal_is_the_agencys_and_what_was_approved_everybodys(self, stage, client):
        proposed_extension(stage)
        for seat in (stage.suppliers[0], stage.holders[1].seat):
            signed_in(client, seat)
            assert client.get(page("change", stage.tender, 1)).status_code == 404
        stranger = stage.world.seat(stage.world.organisation(OrganisationKind.AGENCY), "officer")
        signed_in(client, stranger)
        for name in ("approve-change", "decline-change"):
            assert client.post(page(name, stage.tender, 1)).status_code == 404
        assert client.get(page("propose-extension", stage.tender)).status_code == 404

    def test_an_agency_with_one_officer_is_told_whom_to_invite(self, world, client):
        administrator = world.seat(world.agency, "administrator", name="Demo administrator")
        stage = draft_tender(world, lots=("1.50",))
        _end(world.officer, by=administrator)
        signed_in(client, world.preparer)
        for name in ("tender", "publish-tender"):
            shown = text_of(client.get(page(name, stage.tender)))
            assert "Nobody can publish this" in shown
            assert "Demo administrator" in shown

    def test_who_changed_the_draft_last_is_told_who_publishes_it(self, world, client):
        stage = draft_tender(world, lots=("1.50",))
        signed_in(client, world.preparer)
        shown = text_of(client.get(page("tender", stage.tender)))
        assert f"another officer publishes it: {world.officer.person.name}" in shown


class TestTheApi:
    def test_an_extension_takes_two_people(self, stage):
        first, second = program_of(stage.world.preparer), program_of(stage.officer)
        sent = {"deadline": (DEADLINE + WEEK).isoformat(), "reason": "Bidders asked"}
        answer = first.post(url(stage, "extensions/"), sent)
        assert (answer.status_code, answer.json()["status"]) == (201, "proposed")
        with clock_at(NOW):
            alone = first.post(url(stage, "changes/1/approve/"))
            assert (alone.status_code, alone.json()["code"]) == (422, "two_people")
            assert second.post(url(stage, "changes/1/approve/")).json()["status"] == "approved"
        assert second.get(url(stage, "")).json()["deadline"].startswith("2026-03-30")
        (shown,) = program_of(stage.suppliers[0]).get(url(stage, "changes/")).json()["results"]
        assert (shown["proposed_by"], shown["approved_by"]) == (
            stage.world.preparer.signature,
            stage.officer.signature,
        )

    def test_an_amendment_is_sent_whole(self, stage):
        sent = {
            "reason": "The market has moved",
            "supply_from": stage.tender.supply_from.isoformat(),
            "supply_to": stage.tender.supply_to.isoformat(),
            "lots": [{"number": 1, "ceiling_price": "18.00"}],
            "criteria": [
                {"number": one.number, "kind": one.kind, "title": one.title, "guidance": one.guidance,
                 "max_points": one.max_points}
                for one in stage.tender.criteria.all()
            ],
        }  # fmt: skip
        first = program_of(stage.world.preparer)
        assert first.post(url(stage, "amendments/"), {**sent, "lots": []}).json()["faults"][0]["field"] == "lots"
        made = first.post(url(stage, "amendments/"), sent).json()
        assert made["differences"] == [{"field": "ceiling_price", "number": 1, "before": "20", "after": "18"}]
        with clock_at(NOW):
            answer = program_of(stage.officer).post(url(stage, "changes/1/approve/")).json()
        assert answer["terms"] == fresh(stage.tender).terms

    def test_a_cancellation_and_a_refusal(self, stage):
        first, second = program_of(stage.world.preparer), program_of(stage.officer)
        assert first.post(url(stage, "cancel/"), {"reason": "x"}).json()["code"] == "two_people"
        assert first.post(url(stage, "cancellations/"), {"reason": "No money"}).status_code == 201
        assert first.post(url(stage, "cancellations/"), {"reason": "Again"}).status_code == 409
        assert second.post(url(stage, "changes/1/decline/"), {"reason": "No"}).json()["status"] == "declined"
        assert second.post(url(stage, "changes/1/approve/")).status_code == 409

    def test_suppliers_neither_propose_nor_see_proposals(self, stage):
        proposed_extension(stage)
        supplier = program_of(stage.suppliers[0])
        assert supplier.get(url(stage, "changes/")).json()["results"] == []
        assert supplier.post(url(stage, "cancellations/"), {"reason": "x"}).status_code == 403
        assert supplier.post(url(stage, "changes/1/approve/")).status_code == 403


def test_an_officer_reads_the_same_with_no_bids_and_with_fifty(world, client):
    """The same story twice, undone in between: through proposal, amendment and extension no byte differs."""
    stage = published_tender(world, lots=("20.00",), suppliers=1)
    bids = [a_bid(stage, product=stage.product(stage.lots[0], stage.suppliers[0])) for _bid in range(50)]
    without = story(client, stage)
    for bid in bids[:25]:
        handed_in(bid, "13.50", at=NOW + HOUR)
    differing = [key for key, answer in story(client, stage).items() if answer != without[key]]
    assert differing == []
    assert {status for status, _content in without.values()} == {200}


def story(client, stage) -> dict[tuple[str, ...], tuple[int, bytes]]:
    """What officers, an opener and an evaluator read after each act of two changes, which are then undone."""
    found = {}
    acts = {
        "proposed": lambda: proposed_amendment(stage),
        "amended": lambda: approved(stage, stage.tender.changes.get(), at=NOW + 2 * HOUR),
        "reminded": lambda: announce_amendment(stage.tender.changes.get().pk),
        "extended": lambda: extended(stage, at=NOW + 3 * HOUR),
    }
    with transaction.atomic():
        for act, do in acts.items():
            do()
            for seat in (stage.officer, stage.holders[0].seat, stage.evaluators[0].seat):
                signed_in(client, seat)
                for path in _paths(stage.tender):
                    if seat.may("publish_tender") or not ("propose" in path or "change" in path):
                        answer = client.get(path, follow=True)
                        found[act, str(seat), path] = (answer.status_code, FRESH.sub(b"", answer.content))
            for rest in ("", "changes/"):
                answer = program_of(stage.officer).get(url(stage, rest))
                found[act, "api", rest] = (answer.status_code, answer.content)
        transaction.set_rollback(True)
    stage.tender = fresh(stage.tender)
    return found


_PAGES = (
    ("tender", ()),
    ("notice", ()),
    ("change", (1,)),
    ("approve-change", (1,)),
    ("propose-extension", ()),
    ("propose-amendment", ()),
    ("propose-cancellation", ()),
    ("opening", ()),
)


def _paths(tender):
    awards = reverse("awards:awards", args=[tender.reference])
    return [*(page(name, tender, *more) for name, more in _PAGES), awards]


def _end(seat, *, by):
    end_seat(seat=seat, reason="Left", by=by, now=NOW)


def amendment_as_typed(stage, **changes):
    """What a browser sends from the page of an amendment, with another ceiling."""
    criteria = list(stage.tender.criteria.order_by("number"))
    sent = {
        "reason": "The market has moved",
        "deadline": "",
        "summary": stage.tender.summary,
        "supply_from": stage.tender.supply_from.isoformat(),
        "supply_to": stage.tender.supply_to.isoformat(),
        "ceiling_price-1": "18.00",
        "quality_requirement-1": "",
    }
    for one in criteria:
        sent |= {
            f"title-{one.number}": one.title,
            f"guidance-{one.number}": one.guidance,
            f"max_points-{one.number}": str(one.max_points or ""),
        }
    return {**sent, **changes}
