"""A committee is drawn from a pool that two people keep; nobody chooses its members, and every place has a next."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actions import give_seat
from checking.committee import faults_of
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Refused
from tenders.actions.drawing import draw_committee, replace_by_next, set_committee
from tenders.actions.experts import admit_experts, end_expert, propose_experts
from tenders.actions.people import declare_interest, name_evaluator, replace_evaluator
from tenders.actions.publication import publish_tender
from tenders.committee import committee_in_record
from tenders.models import Committee, CommitteeDraw, DrawSeed, Evaluator, Expert, Part
from tenders.todos.committee import todos
from tests.arranging import arranged
from tests.roles import as_web, program_of
from tests.tenders.bids import bids_in, body_of, fresh, signed_in
from tests.tenders.judging import OPENED, judge, open_envelopes
from tests.tenders.stage import draft_tender
from tests.world import NOW

PLACES = {"clinical": 3, "pharmacy": 2}


@pytest.fixture(autouse=True)
def _a_standing_clock(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: OPENED)


def pool(world, stage, *, clinical=6, pharmacy=4):
    hospital = world.organisation("hospital")
    for speciality, count in (("clinical", clinical), ("pharmacy", pharmacy)):
        seats = [world.seat(hospital, "evaluator") for _expert in range(count)]
        made = propose_experts(seats=seats, speciality=speciality, by=world.preparer, now=NOW)
        admit_experts(experts=made, by=stage.officer, now=NOW)
    return list(Expert.objects.order_by("reference"))


@pytest.fixture
def draft(world):
    stage = draft_tender(world, lots=("20.00",), evaluators=0)
    pool(world, stage)
    set_committee(tender=stage.tender, places=PLACES, by=world.preparer, now=NOW)
    stage.tender = fresh(stage.tender)
    return stage


@pytest.fixture
def published(draft, world):
    draft.tender = publish_tender(tender=draft.tender, by=draft.officer, now=NOW)
    draft.suppliers = [world.seat(world.organisation("supplier"), "bid_manager", "signatory") for _two in range(2)]
    return draft


@pytest.fixture
def opened(published):
    bids_in(published, "13.50", "12.00")
    open_envelopes(published, "technical", at=OPENED)
    published.tender = fresh(published.tender)
    return published


def drawn(stage):
    return draw_committee(tender=stage.tender, by=stage.officer, now=OPENED)


def members(stage):
    return list(
        Evaluator.objects.filter(tender=stage.tender, replaced_at=None).select_related("expert", "seat", "tender")
    )


class TestThePool:
    def test_one_proposes_many_and_another_admits_them(self, world, draft):
        seats = [world.seat(world.hospital, "evaluator") for _two in range(2)]
        made = propose_experts(seats=seats, speciality="law", by=world.preparer, now=NOW)
        with pytest.raises(Refused) as refusal:
            admit_experts(experts=made, by=world.preparer, now=NOW)
        assert refusal.value.code == "two_people"
        assert not todos(world.preparer, NOW)
        assert len(todos(draft.officer, NOW)) == 2
        assert {one.status for one in admit_experts(experts=made, by=draft.officer, now=NOW)} == {"admitted"}

    def test_the_database_asks_for_two_people(self, world):
        made = propose_experts(
            seats=[world.seat(world.hospital, "evaluator")], speciality="law", by=world.preparer, now=NOW
        )
        with pytest.raises(DatabaseError, match="second person"), transaction.atomic():
            admitted_by_hand(made[0], world.preparer)

    def test_who_has_no_evaluators_seat_or_is_in_it_is_told_by_row(self, world, draft):
        known = Expert.objects.first().seat
        with pytest.raises(Refused) as refusal:
            propose_experts(seats=[world.pharmacist, known], speciality="law", by=world.preparer, now=NOW)
        assert [(one.row, one.code) for one in refusal.value.faults] == [(1, "no_seat"), (2, "already_done")]


@action
def admitted_by_hand(expert, seat):
    Expert.objects.filter(pk=expert.pk).update(status="admitted", admitted_at=NOW, admitted_by=seat)


class TestPreparation:
    @pytest.mark.parametrize("places", [{"clinical": 4}, {"clinical": 3}, {"clinical": 3, "pharmacy": 3}])
    def test_it_is_odd_and_has_five_at_least(self, draft, places):
        with pytest.raises(Refused) as refusal:
            set_committee(tender=draft.tender, places=places, by=draft.world.preparer, now=NOW)
        assert refusal.value.code == "out_of_range"

    def test_where_it_is_drawn_nobody_is_named_and_the_other_way_round(self, draft, world):
        seat = world.seat(world.hospital, "evaluator")
        with pytest.raises(Refused) as refusal:
            name_evaluator(tender=draft.tender, seat=seat, by=world.preparer, now=NOW)
        assert refusal.value.code == "drawn"
        assert set_committee(tender=draft.tender, places={}, by=world.preparer, now=NOW) is None
        name_evaluator(tender=draft.tender, seat=seat, by=world.preparer, now=NOW)
        with pytest.raises(Refused, match="named already"):
            set_committee(tender=draft.tender, places=PLACES, by=world.preparer, now=NOW)

    def test_a_pool_that_cannot_fill_the_places_keeps_the_tender_from_being_published(self, draft):
        set_committee(tender=draft.tender, places={"law": 5}, by=draft.world.preparer, now=NOW)
        with pytest.raises(Refused) as refusal:
            publish_tender(tender=fresh(draft.tender), by=draft.officer, now=NOW)
        assert any("pool" in fault.message for fault in refusal.value.faults)

    def test_pool_and_seed_are_frozen_in_the_notice_and_the_seed_is_shown_to_nobody(self, draft):
        with as_web(draft.officer):
            draft.tender = publish_tender(tender=draft.tender, by=draft.officer, now=NOW)
            assert not DrawSeed.objects.exists()
        said = body_of(bytes(draft.tender.notice))["committee"]
        committee = Committee.objects.get(tender=draft.tender)
        assert said == {"pool": committee.pool_sha256, "seed": committee.commitment, "places": PLACES}
        assert "Demo" not in str(committee.pool)
        assert set(committee.pool["experts"][0]) == {"number", "speciality"}
        with pytest.raises(DatabaseError, match="before publication"), transaction.atomic():
            changed_by_hand(committee)


@action
def changed_by_hand(committee):
    Committee.objects.filter(pk=committee.pk).update(places={"clinical": 7})


@action
def drawn_by_hand(stage):
    CommitteeDraw.objects.create(tender=stage.tender, number=1, drawn=[], drawn_at=NOW, drawn_by=stage.officer)


class TestTheDraw:
    def test_it_waits_for_the_technical_opening_and_the_database_holds_it(self, published):
        with pytest.raises(Refused) as refusal:
            drawn(published)
        assert refusal.value.code == "shut"
        with pytest.raises(DatabaseError, match="before the technical opening"), transaction.atomic():
            drawn_by_hand(published)

    def test_anybody_repeats_it_from_the_record(self, opened):
        draw = drawn(opened)
        assert len(draw.drawn) == 5
        assert {one.expert.reference for one in members(opened)} == {*draw.drawn}
        record = committee_in_record(opened.tender)
        assert record["commitment"] == body_of(bytes(opened.tender.notice))["committee"]["seed"]
        assert faults_of(record) == []
        first, last = record["draws"][0]["drawn"][0], "E-2026-9999"
        assert faults_of(record | {"draws": [record["draws"][0] | {"drawn": [last]}]}) == ["draw"]
        assert first != last

    def test_it_is_made_once(self, opened):
        drawn(opened)
        with pytest.raises(Conflict):
            drawn(opened)

    def test_bidders_people_and_who_has_a_part_left_or_is_away_are_passed_over(self, published, world):
        bids_in(published, "13.50", "12.00")
        bidder, part, left, away, *_others = Expert.objects.filter(speciality="clinical").order_by("reference")
        give_seat(
            person=bidder.seat.person,
            organisation=published.suppliers[0].organisation,
            roles=["accountant"],
            starts_on=legal_date(NOW),
            by=None,
            now=NOW,
        )
        part_taken(published.tender, part.seat.person)
        end_expert(expert=left, reason="Retired", by=published.officer, now=NOW)
        sent_away(away)
        open_envelopes(published, "technical", at=OPENED)
        found = drawn(published).excluded
        assert found == {
            bidder.reference: "bidder",
            part.reference: "part",
            left.reference: "ended",
            away.reference: "away",
        }

    def test_too_few_are_told_and_nobody_is_seated(self, opened):
        for expert in Expert.objects.order_by("reference")[:6]:
            end_expert(expert=expert, reason="Retired", by=opened.officer, now=NOW)
        with pytest.raises(Refused) as refusal:
            drawn(opened)
        assert refusal.value.code == "too_few_experts"
        assert members(opened) == []

    def test_the_drawn_committee_judges_as_a_named_one(self, opened):
        drawn(opened)
        for one in members(opened):
            declare_interest(evaluator=one, has_interest=False, by=one.seat, now=OPENED)
        bids = list(opened.lots[0].bids.all())
        assert judge(opened, dict.fromkeys(bids, "80"))


@action
def part_taken(tender, person):
    Part.objects.create(tender=tender, person=person, permission="open_envelopes", at=NOW)


@action
def sent_away(expert):
    arranged(Expert.objects.filter(pk=expert.pk).update)(available_to=legal_date(NOW) - timedelta(days=1))


class TestReplacement:
    def test_the_next_of_the_speciality_takes_the_place_of_an_interested_one(self, opened):
        drawn(opened)
        leaving = members(opened)[0]
        declare_interest(evaluator=leaving, has_interest=True, by=leaving.seat, now=OPENED)
        step = replace_by_next(evaluator=leaving, reason="Declared an interest", by=opened.officer, now=OPENED)
        assert step.excluded[leaving.expert.reference] == "interest"
        assert len(members(opened)) == 5
        (seated,) = Expert.objects.filter(reference__in=step.drawn)
        assert seated.speciality == leaving.expert.speciality
        assert faults_of(committee_in_record(opened.tender)) == []

    def test_nobody_chooses_a_successor_while_the_pool_has_one(self, opened, world):
        drawn(opened)
        seat = world.seat(world.hospital, "evaluator")
        with pytest.raises(Refused) as refusal:
            replace_evaluator(evaluator=members(opened)[0], seat=seat, reason="Ill", by=opened.officer, now=OPENED)
        assert refusal.value.code == "drawn"

    def test_from_an_empty_pool_somebody_is_named_by_hand(self, opened, world):
        draw = drawn(opened)
        for expert in Expert.objects.exclude(reference__in=draw.drawn):
            end_expert(expert=expert, reason="Retired", by=opened.officer, now=NOW)
        leaving = members(opened)[0]
        with pytest.raises(Refused) as refusal:
            replace_by_next(evaluator=leaving, reason="Ill", by=opened.officer, now=OPENED)
        assert refusal.value.code == "too_few_experts"
        seat = world.seat(world.hospital, "evaluator")
        replace_evaluator(evaluator=leaving, seat=seat, reason="Ill", by=opened.officer, now=OPENED)
        assert len(members(opened)) == 5


class TestPagesAndPrograms:
    def page(self, stage, name, *more):
        return reverse(f"tenders:{name}", args=[stage.tender.reference, *more])

    def test_an_officer_sets_draws_and_replaces_on_pages(self, opened):
        client = signed_in(Client(), opened.officer)
        (todo,) = todos(opened.officer, OPENED)
        assert todo.url == self.page(opened, "draw-committee")
        assert "anybody repeats it" in client.get(todo.url).content.decode()
        assert client.post(todo.url).status_code == 302
        people = client.get(self.page(opened, "people")).content.decode()
        assert self.page(opened, "replace-by-next", 1) in people
        assert client.post(self.page(opened, "replace-by-next", 1), {"reason": "Ill"}).status_code == 302
        assert opened.tender.draws.count() == 2
        assert todos(opened.officer, OPENED) == []

    def test_a_draft_takes_its_places_from_a_form(self, world):
        stage = draft_tender(world, lots=("20.00",), evaluators=0)
        client = signed_in(Client(), world.preparer)
        assert client.get(self.page(stage, "set-committee")).status_code == 200
        assert client.post(self.page(stage, "set-committee"), {"clinical": "4"}).status_code == 200
        assert client.post(self.page(stage, "set-committee"), {"clinical": "5"}).status_code == 302
        assert Committee.objects.get(tender=stage.tender).places == {"clinical": 5}

    def test_the_pool_is_kept_on_pages(self, world, draft):
        seat = world.seat(world.hospital, "evaluator")
        first, second = signed_in(Client(), world.preparer), signed_in(Client(), draft.officer)
        sent = {"seats": [seat.pk], "speciality": "law"}
        assert first.post(reverse("tenders:propose-experts"), sent).status_code == 302
        expert = Expert.objects.get(seat=seat)
        assert expert.reference in second.get(reverse("tenders:expert-pool")).content.decode()
        chosen = {"pick": [expert.reference]}
        assert seat.person.name in second.get(reverse("tenders:admit-experts"), chosen).content.decode()
        assert second.post(reverse("tenders:admit-experts"), chosen).status_code == 302
        ended = second.post(reverse("tenders:end-expert", args=[expert.reference]), {"reason": "Moved away"})
        assert ended.status_code == 302
        expert.refresh_from_db()
        assert expert.status == "ended"

    def test_the_pool_costs_the_same_with_many(self, world, draft):
        client = signed_in(Client(), draft.officer)

        def queries():
            with CaptureQueriesContext(connection) as found:
                client.get(reverse("tenders:expert-pool"))
            return len(found)

        queries()
        few = queries()
        pool(world, draft)
        assert queries() == few

    def test_programs_do_the_same(self, world, opened):
        officer, preparer = program_of(opened.officer), program_of(world.preparer)
        root = f"/api/v1/tenders/{opened.tender.reference}/"
        seat = world.seat(world.hospital, "evaluator")
        person = {"email": seat.person.email, "organisation": seat.organisation.credit_code}
        made = preparer.post("/api/v1/experts/", {"people": [person], "speciality": "law"}, format="json")
        assert made.status_code == 201, made.content
        number = made.json()[0]["reference"]
        assert preparer.post("/api/v1/experts/admit/", {"experts": [number]}).json()["code"] == "two_people"
        assert officer.post("/api/v1/experts/admit/", {"experts": [number]}).json()[0]["status"] == "admitted"
        assert officer.get(f"{root}committee/").json()["places"] == PLACES
        told = officer.post(f"{root}draw-committee/")
        assert told.status_code == 200, told.content
        assert len(told.json()["draws"][0]["drawn"]) == 5
        again = officer.post(f"{root}evaluators/1/replace-by-next/", {"reason": "Ill"})
        assert len(again.json()["draws"]) == 2
