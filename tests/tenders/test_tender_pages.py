"""The pages of tenders in preparation and in public, as each role walks through them."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.actions import end_seat, give_seat
from catalogue.models import Item
from core.actions import action
from core.clock import legal_date, zone
from core.templatetags.ui import money
from tenders.actions.people import name_evaluator, name_opener
from tenders.actions.preparation import TenderPlan, prepare_tender
from tenders.models import Evaluator, Opener, Tender
from tenders.presentation.tenders import lot_rows
from tenders.shell import nav, related, todos
from tests.demand.stage import item_of, locked_window
from tests.tenders.bids import by_hand
from tests.tenders.stage import cancelled, draft_tender, make_pair, published_tender, rule_set
from tests.world import NOW

BACKEND = "django.contrib.auth.backends.ModelBackend"


def client_of(seat) -> Client:
    client = Client()
    client.force_login(seat.person, backend=BACKEND)
    return client


def page(name, tender, *more):
    return reverse(f"tenders:{name}", args=[tender.reference, *more])


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def as_read(answer) -> dict[str, str]:
    """What names the version that a page showed."""
    return {"read_at": re.search(r'name="read_at" value="([^"]+)"', answer.content.decode())[1]}


def grid(rows) -> dict[str, str]:
    return {f"{name}-{number}": value for number, row in enumerate(rows, start=1) for name, value in row.items()}


def typed(form) -> list[dict[str, str]]:
    """What a browser sends of a grid that nobody has changed."""
    return [{name: row[name].value() or "" for name in row.fields} for row in form.rows]


@pytest.fixture
def draft(world):
    return draft_tender(world)


OFFICERS_PAGES = (
    "tender",
    "people",
    "change-tender",
    "set-lots",
    "set-schedule",
    "set-criteria",
    "name-opener",
    "name-evaluator",
    "publish-tender",
    "cancel-tender",
)


@pytest.mark.parametrize("name", OFFICERS_PAGES)
def test_an_officer_reads_every_page_of_the_draft(draft, name):
    answer = client_of(draft.officer).get(page(name, draft.tender))
    assert answer.status_code == 200
    assert draft.tender.reference in answer.content.decode()


@pytest.mark.parametrize("name", OFFICERS_PAGES)
def test_a_stranger_meets_a_draft_as_if_it_did_not_exist(world, draft, name):
    stranger = world.seat(world.organisation("agency"), "officer") if name != "tender" else world.bid_manager
    if name in ("tender", "people"):
        stranger = world.seat(world.payer, "opener")
    client = client_of(stranger)
    answers = [client.get(page(name, tender)) for tender in (draft.tender, Tender(reference="T-2026-9999"))]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert text_of(answers[0]) == text_of(answers[1])


class TestFromDemandToPublication:
    def test_an_officer_makes_a_tender_through_the_pages(self, world):
        client = client_of(world.officer)
        window, _hospitals = locked_window(world, [item_of(world, "Alpha"), item_of(world, "Beta")])
        plan = {
            "title": "Cold chain",
            "kind": "drug",
            "region": world.region.pk,
            "window": window.pk,
            "envelopes": "2",
            "rule_set": rule_set().pk,
            "openers_needed": "3",
        }
        answer = client.post(reverse("tenders:prepare-tender"), plan, follow=True)
        tender = Tender.objects.get()
        assert "There are no lots" in text_of(answer)
        lots = [
            {"take": "on", "ceiling_price": "1.50", "price_before": "2", "quality_requirement": "Sterile"},
            {"ceiling_price": "", "price_before": "", "quality_requirement": ""},
        ]
        client.post(page("set-lots", tender), grid(lots), follow=True)
        assert [str(lot.ceiling_price) for lot in tender.lots.all()] == ["1.500000"]
        deadline = timezone.now() + timedelta(days=30)
        schedule = {
            "deadline": f"{deadline.astimezone(zone()):%Y-%m-%dT14:00}",
            "supply_from": f"{deadline + timedelta(days=60):%Y-%m-%d}",
            "supply_to": f"{deadline + timedelta(days=400):%Y-%m-%d}",
        }
        client.post(page("set-schedule", tender), schedule)
        form = client.get(page("set-criteria", tender)).context["form"]
        client.post(page("set-criteria", tender), grid(typed(form)))
        tender.refresh_from_db()
        assert tender.deadline.astimezone(zone()).strftime("%H:%M") == "14:00"
        assert sum(tender.criteria.values_list("max_points", flat=True)) == 100
        left = text_of(client.get(page("publish-tender", tender)))
        assert "The tender is not complete" in left
        assert "Evaluators named" in left

    def test_a_tender_begins_from_its_window(self, world):
        window, _hospitals = locked_window(world, [item_of(world, "Alpha")])
        client = client_of(world.officer)
        begun = client.get(reverse("demand:window", args=[window.reference])).content.decode()
        address = f"{reverse('tenders:prepare-tender')}?window={window.reference}"
        assert address in begun
        assert client.get(address).context["form"]["window"].value() == window.pk

    def test_publishing_asks_once_and_then_happens(self, draft):
        _bring_up_to_date(draft)
        client = client_of(draft.officer)
        asked = client.get(page("publish-tender", draft.tender))
        assert "This cannot be undone" in text_of(asked)
        lots, people = asked.context["decided"]
        assert [row[0] for row in lots.rows] == [
            f"{lot.number}: {lot.title}" for lot in draft.tender.lots.order_by("number")
        ]
        worth = sum(row.volume * row.lot.ceiling_price for row in lot_rows(draft.tender))
        assert money(worth) in text_of(asked)
        named = [one.seat.person.name for one in (*draft.holders, *draft.evaluators)]
        assert sorted(row[1] for row in people.rows) == sorted(named)
        assert Tender.objects.get(pk=draft.tender.pk).status == "draft"
        client.post(page("publish-tender", draft.tender), as_read(asked))
        assert Tender.objects.get(pk=draft.tender.pk).status == "published"

    def test_a_draft_that_changed_under_its_reader_is_read_again_first(self, draft):
        _bring_up_to_date(draft)
        client = client_of(draft.officer)
        seen = as_read(client.get(page("publish-tender", draft.tender)))
        by_hand(lambda: Tender.objects.filter(pk=draft.tender.pk).update(prepared_at=timezone.now()))
        for sent in (seen, {}, {"read_at": "yesterday"}, {"read_at": "2026-13-45 99:00"}):
            refused = client.post(page("publish-tender", draft.tender), sent)
            assert refused.status_code == 409
            assert "Reload the page" in text_of(refused)
        assert Tender.objects.get(pk=draft.tender.pk).status == "draft"

    def test_an_incomplete_draft_is_refused_on_the_page_too(self, world):
        plan = TenderPlan("Empty", "drug", world.region, rule_set())
        tender = prepare_tender(plan=plan, by=world.officer, now=NOW)
        answer = client_of(world.officer).post(
            page("publish-tender", tender), {"read_at": tender.prepared_at.isoformat()}
        )
        assert answer.status_code == 422
        assert "There is no deadline" in text_of(answer)

    def test_a_refused_price_stands_beside_its_row(self, draft):
        rows = [{"take": "on", "ceiling_price": "0"}, {"take": "on", "ceiling_price": "1.1234567"}]
        answer = client_of(draft.officer).post(page("set-lots", draft.tender), grid(rows))
        errors = [row.errors for row in answer.context["form"].rows]
        assert "ceiling_price" in errors[1]
        answer = client_of(draft.officer).post(page("set-lots", draft.tender), grid([rows[0], {"ceiling_price": ""}]))
        assert [list(row.errors) for row in answer.context["form"].rows] == [["ceiling_price"], []]

    def test_a_refused_criterion_stands_beside_its_row(self, draft):
        rows = typed(client_of(draft.officer).get(page("set-criteria", draft.tender)).context["form"])
        rows[1]["max_points"] = ""
        answer = client_of(draft.officer).post(page("set-criteria", draft.tender), grid(rows))
        assert [row.key for row in answer.context["form"].rows if row.errors] == ["2"]

    def test_cancelling_shows_the_reason_to_everybody(self, world):
        stage = published_tender(world)
        cancelled(stage, reason="The need has changed")
        assert "The need has changed" in text_of(client_of(world.bid_manager).get(page("tender", stage.tender)))
        assert "The need has changed" in text_of(Client().get(page("notice", stage.tender)))


def offered(answer):
    return list(answer.context["form"].fields["seats"].queryset)


class TestPeople:
    def test_people_are_named_and_replaced(self, world, draft):
        client = client_of(draft.officer)
        sixth, evaluator = world.seat(world.payer, "opener"), world.seat(world.hospital, "evaluator")
        client.post(page("name-opener", draft.tender), {"seats": [sixth.pk]})
        client.post(page("name-evaluator", draft.tender), {"seats": [evaluator.pk]})
        seventh, other = world.seat(world.payer, "opener"), world.seat(world.hospital, "evaluator")
        client.post(page("replace-opener", draft.tender, 6), {"seat": seventh.pk, "reason": "On leave"})
        client.post(page("replace-evaluator", draft.tender, 6), {"seat": other.pk, "reason": "Ill"})
        assert Opener.objects.get(tender=draft.tender, place=6, replaced_at=None).seat == seventh
        assert Evaluator.objects.get(tender=draft.tender, seat=evaluator).replace_reason == "Ill"
        shown = text_of(client.get(page("people", draft.tender)))
        assert "On leave" in shown
        assert other.person.name in shown

    def test_nobody_is_offered_who_would_be_refused_and_those_of_the_last_tender_come_in_one_act(self, world, draft):
        page_of = page("name-opener", draft.tender)
        now = timezone.now()
        plan = TenderPlan("Next", Item.Kind.DRUG, world.region, draft.tender.rule_set, None, 2, 3)
        following = prepare_tender(plan=plan, by=world.preparer, now=now)
        client, (gone, busy, *rest) = client_of(draft.officer), [holder.seat for holder in draft.holders]
        assert not {seat.pk for seat in offered(client.get(page_of))} & {holder.seat.pk for holder in draft.holders}
        end_seat(seat=gone, reason="Left", by=world.seat(gone.organisation, "administrator"), now=now)
        evaluates = give_seat(
            person=busy.person,
            organisation=world.hospital,
            roles=["evaluator"],
            starts_on=legal_date(NOW),
            by=None,
            now=NOW,
        )
        name_evaluator(tender=following, seat=evaluates, by=world.preparer, now=now)
        answer = client.get(page("name-opener", following), {"as": "last"})
        assert not {gone, busy} & set(offered(answer))
        told = text_of(answer)
        assert f"{gone.signature} no longer has this role." in told
        assert f"{busy.signature} has another part in this tender." in told
        chosen = [seat.pk for seat in answer.context["form"].initial["seats"]]
        assert set(chosen) == {seat.pk for seat in rest}
        client.post(page("name-opener", following), {"seats": chosen})
        assert set(following.openers.values_list("seat", flat=True)) == set(chosen)

    def test_an_evaluator_declares_on_a_page_of_their_own(self, world, draft):
        seat = world.seat(world.hospital, "evaluator")
        evaluator = name_evaluator(tender=draft.tender, seat=seat, by=draft.officer, now=NOW)
        client_of(seat).post(page("declare-interest", draft.tender), {"has_interest": "no"})
        evaluator.refresh_from_db()
        assert (evaluator.has_interest, evaluator.declared_by) == (False, seat)

    def test_evaluators_are_not_shown_to_openers_nor_to_suppliers(self, world):
        stage = published_tender(world, lots=("1.50",))
        names = {evaluator.seat.person.name for evaluator in stage.evaluators}
        opener = stage.holders[2].seat
        shown = text_of(client_of(opener).get(page("people", stage.tender)))
        assert not any(re.search(rf"{name}\b", shown) for name in names)
        assert client_of(world.bid_manager).get(page("people", stage.tender)).status_code == 403


class TestKeyPages:
    @pytest.fixture
    def opener(self, world, draft):
        return name_opener(tender=draft.tender, seat=world.seat(world.payer, "opener"), by=draft.officer, now=NOW)

    def test_no_page_of_a_key_has_a_field_that_a_form_would_send(self, draft, opener):
        client = client_of(opener.seat)
        for name in ("make-key", "prove-key", "release-shares", "destroy-key"):
            answer = client.get(page(name, draft.tender))
            assert "no-store" in answer["Cache-Control"]
            fields = re.findall(r"<(?:input|textarea|select)[^>]*name=\"([^\"]*)\"", answer.content.decode())
            assert set(fields) <= {"csrfmiddlewaretoken", "language", "next", "q"}, name
            assert client.post(page(name, draft.tender), {"code": "0000-0000-0000-0000"}).status_code == 405

    def test_somebody_without_a_place_has_no_key_page(self, world, draft):
        stranger = world.seat(world.regulator, "opener")
        assert client_of(stranger).get(page("make-key", draft.tender)).status_code == 404


class TestInPublic:
    def test_the_notice_needs_no_account_and_comes_as_it_was_signed(self, world):
        tender = published_tender(world).tender
        assert tender.terms in text_of(Client().get(page("notice", tender)))
        document = Client().get(page("notice-document", tender))
        assert document.content == bytes(tender.notice)
        assert tender.reference in text_of(Client().get(reverse("tenders:notices")))

    def test_a_draft_has_no_notice(self, draft):
        for name in ("notice", "notice-document"):
            assert Client().get(page(name, draft.tender)).status_code == 404

    def test_a_supplier_reads_the_tender_and_has_nothing_to_press(self, world):
        tender = published_tender(world).tender
        shown = client_of(world.bid_manager).get(page("tender", tender)).content.decode()
        assert tender.title in shown
        assert page("cancel-tender", tender) not in shown


def queries_of(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", ["tender", "set-lots", "publish-tender", "people"])
def test_pages_cost_the_same_queries_for_one_lot_and_for_many(world, name):
    few, many = draft_tender(world, lots=("1",)), draft_tender(world, lots=["1"] * 25, evaluators=9)
    client = client_of(world.officer)
    assert queries_of(client, page(name, few.tender)) == queries_of(client, page(name, many.tender))


@pytest.mark.parametrize("name", ["tenders:tenders", "tenders:notices", "demand:windows"])
def test_lists_cost_the_same_queries_for_three_rows_and_for_three_hundred(world, name):
    published_tender(world, lots=("1.50",))
    client = client_of(world.officer)
    before = queries_of(client, reverse(name))
    for _more in range(30):
        published = draft_tender(world, lots=("1",), openers=0, evaluators=0)
    assert published.tender.status == "draft"
    assert queries_of(client, reverse(name)) == before


def test_the_list_filters_by_stage_and_exports(world):
    draft, published = draft_tender(world).tender, published_tender(world).tender
    client = client_of(world.officer)
    url = reverse("tenders:tenders")
    assert draft.reference in text_of(client.get(url, {"status": "draft"}))
    assert published.reference not in text_of(client.get(url, {"status": "draft"}))
    exported = b"".join(client.get(url, {"export": "csv"}).streaming_content).decode()
    assert draft.reference in exported
    assert published.reference in exported


class TestTodos:
    def what(self, seat, now=NOW):
        return [str(todo.what) for todo in todos(seat, now)]

    def test_an_officer_completes_drafts_and_replaces_who_has_an_interest(self, world, draft):
        assert "Complete and publish the tender" in self.what(draft.officer)
        evaluator = draft.evaluators[0]
        client_of(evaluator.seat).post(page("declare-interest", draft.tender), {"has_interest": "yes"})
        assert any(evaluator.seat.person.name in what for what in self.what(draft.officer))

    def test_an_opener_makes_then_proves_the_key(self, world, draft):
        seat = world.seat(world.payer, "opener")
        opener = name_opener(tender=draft.tender, seat=seat, by=draft.officer, now=NOW)
        assert self.what(seat) == ["Make your opener's key"]
        make_pair(opener)
        assert self.what(seat) == ["Prove that you hold your key"]
        assert self.what(draft.holders[0].seat) == []
        assert self.what(draft.holders[0].seat, NOW + timedelta(days=31)) == ["Prove that you hold your key"]
        assert opener.place == 6

    def test_an_evaluator_declares(self, world, draft):
        seat = world.seat(world.hospital, "evaluator")
        name_evaluator(tender=draft.tender, seat=seat, by=draft.officer, now=NOW)
        assert self.what(seat) == ["Declare whether you have an interest"]

    def test_navigation_and_related_things(self, world, draft):
        assert [str(entry.label) for entry in nav(draft.officer)] == ["Purchase plans", "Tenders"]
        assert [thing.reference for thing in related(draft.window.reference, draft.officer)] == [draft.tender.reference]
        assert draft.window.reference in [thing.reference for thing in related(draft.tender.reference, draft.officer)]
        assert related(draft.window.reference, world.bid_manager) == []


@action
def _bring_up_to_date(stage):
    """The stage stands at a fixed day; pages act today."""
    now = timezone.now()
    Tender.objects.filter(pk=stage.tender.pk).update(
        deadline=now + timedelta(days=30),
        supply_from=now.date() + timedelta(days=60),
        supply_to=now.date() + timedelta(days=400),
    )
    stage.tender.openers.update(key_proved_at=now)
