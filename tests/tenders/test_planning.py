"""A purchase plan: drafted by one officer, decided by another, tendered in one act; a tender like an earlier one."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.permissions import OrganisationKind
from catalogue.models import Item
from catalogue.rules import PriceFact
from core.actions import action
from core.errors import Conflict, Denied, Refused
from core.models import Event
from tenders.actions.copying import prepare_tender_like
from tenders.actions.planning import (
    LinePlan,
    PlanFacts,
    decide_plan,
    drop_plan,
    prepare_plan,
    set_plan_lines,
    tender_from_plan,
)
from tenders.actions.preparation import LotItemPlan, LotPlan, TenderPlan, set_lots
from tenders.actions.publication import cancel_tender
from tenders.models import Lot, PlanLine, PurchasePlan, Tender
from tenders.presentation.plans import planned_items
from tenders.shell import related, todos
from tests.catalogue.files import price_recorded
from tests.demand.stage import item_of, locked_window
from tests.roles import program_of
from tests.tenders.stage import draft_tender, published_tender, rule_set
from tests.tenders.test_tender_pages import as_read, client_of, grid, text_of, typed
from tests.world import NOW

ROOT = "/api/v1"
LATER = NOW + timedelta(hours=1)
CEILING = {"ceiling_price": Decimal("6.60"), "ceiling_units": 7, "ceiling_basis": "published"}
LINES = (
    LinePlan(1, "tender", quality_requirement="Original or consistent", **CEILING),
    LinePlan(2, "negotiation", "One maker"),
)


@pytest.fixture
def facts(world):
    window, _hospitals = locked_window(world, [item_of(world, name) for name in ("Alpha", "Beta", "Gamma")])
    return PlanFacts("Next year", Item.Kind.DRUG, world.region, window)


@pytest.fixture
def plan(world, facts):
    made = prepare_plan(facts=facts, by=world.preparer, now=NOW)
    set_plan_lines(plan=made, lines=LINES, by=world.preparer, now=NOW)
    return fresh(made)


@pytest.fixture
def decided(world, plan):
    return decide_plan(plan=plan, by=world.officer, now=NOW)


def fresh(plan):
    return PurchasePlan.objects.with_people().get(pk=plan.pk)


def terms(world):
    return TenderPlan("Tender of the plan", Item.Kind.DRUG, world.region, rule_set())


def past_the_action(act):
    """Do it as an action may write, and by none: what the database refuses by itself."""
    with transaction.atomic():
        action(act)()


class TestDraft:
    def test_a_line_keeps_quality_ceiling_as_published_and_the_price_before_by_the_register(self, world, facts):
        item = facts.window.lines.get(number=1).item
        fact = PriceFact(item.pk, world.region.pk, Decimal("4.20"), 7, NOW.date(), "a notice")
        price_recorded(world, fact, "negotiated")
        made = prepare_plan(facts=facts, by=world.preparer, now=NOW)
        first, second = set_plan_lines(plan=made, lines=LINES, by=world.preparer, now=NOW)
        assert (first.ceiling_price, first.ceiling_units, first.ceiling_basis) == (Decimal("6.60"), 7, "published")
        assert (first.price_before, second.price_before) == (Decimal("0.6"), None)
        assert (first.quality_requirement, second.reason) == ("Original or consistent", "One maker")

    @pytest.mark.parametrize(
        ("change", "fault"),
        [
            ({"number": 9}, ("number", 1, "does_not_exist")),
            ({"lane": "barter"}, ("lane", 1, "invalid_choice")),
            ({"ceiling_basis": "wish"}, ("ceiling_basis", 1, "invalid_choice")),
            ({"ceiling_price": Decimal(0)}, ("ceiling_price", 1, "invalid")),
            ({"ceiling_price": Decimal("1.1234567")}, ("ceiling_price", 1, "invalid")),
            ({"ceiling_units": 0}, ("ceiling_units", 1, "out_of_range")),
        ],
    )
    def test_what_is_wrong_is_told_at_its_row_and_field_and_nothing_is_taken(self, world, plan, change, fault):
        with pytest.raises(Refused) as refusal:
            set_plan_lines(plan=plan, lines=[replace(LINES[0], **change), LINES[1]], by=world.preparer, now=NOW)
        assert [(one.field, one.row, one.code) for one in refusal.value.faults] == [fault]
        assert plan.lines.count() == 2

    def test_a_line_stands_in_a_plan_once(self, world, plan):
        with pytest.raises(Refused) as refusal:
            set_plan_lines(plan=plan, lines=[LINES[0], LINES[0]], by=world.preparer, now=NOW)
        assert [(one.row, one.code) for one in refusal.value.faults] == [(2, "twice")]

    def test_it_is_begun_for_a_window_of_the_own_agency(self, world, facts):
        stranger = world.seat(world.organisation(OrganisationKind.AGENCY), "officer")
        with pytest.raises(Refused) as refusal:
            prepare_plan(facts=facts, by=stranger, now=NOW)
        assert refusal.value.faults[0].field == "window"

    def test_a_draft_can_be_dropped_with_its_reason_and_is_then_changed_no_more(self, world, plan):
        with pytest.raises(Refused):
            drop_plan(plan=plan, reason=" ", by=world.preparer, now=NOW)
        drop_plan(plan=plan, reason="The budget is cut", by=world.preparer, now=NOW)
        for act in (
            lambda: set_plan_lines(plan=plan, lines=LINES, by=world.preparer, now=NOW),
            lambda: decide_plan(plan=fresh(plan), by=world.officer, now=NOW),
        ):
            with pytest.raises(Refused):
                act()

    def test_another_agency_neither_sees_nor_touches_it(self, world, plan):
        stranger = world.seat(world.organisation(OrganisationKind.AGENCY), "officer")
        for act in (
            lambda: set_plan_lines(plan=plan, lines=LINES, by=stranger, now=NOW),
            lambda: decide_plan(plan=plan, by=stranger, now=NOW),
            lambda: drop_plan(plan=plan, reason="so", by=stranger, now=NOW),
        ):
            with pytest.raises(Denied):
                act()
        for seat in (stranger, world.bid_manager, world.pharmacist):
            assert not PurchasePlan.objects.visible_to(seat).exists()


class TestDecision:
    def test_it_takes_another_person_and_the_plan_stays_as_it_is(self, world, plan):
        with pytest.raises(Refused) as refusal:
            decide_plan(plan=plan, by=world.preparer, now=NOW)
        assert refusal.value.code == "two_people"
        done = decide_plan(plan=plan, by=world.officer, now=NOW)
        assert (done.status, done.decided_by) == ("decided", world.officer)
        with pytest.raises(Refused):
            set_plan_lines(plan=done, lines=LINES, by=world.preparer, now=NOW)

    def test_nobody_decides_what_they_have_not_seen(self, world, plan):
        set_plan_lines(plan=plan, lines=LINES[:1], by=world.preparer, now=LATER)
        with pytest.raises(Conflict):
            decide_plan(plan=plan, by=world.officer, now=LATER)

    def test_what_it_lacks_is_told_all_at_once(self, world, plan):
        lines = [LinePlan(1, "tender"), LinePlan(2, "listing"), replace(LINES[0], number=3, ceiling_basis="")]
        set_plan_lines(plan=plan, lines=lines, by=world.preparer, now=NOW)
        with pytest.raises(Refused) as refusal:
            decide_plan(plan=fresh(plan), by=world.officer, now=NOW)
        assert [(one.field, one.row) for one in refusal.value.faults] == [
            ("ceiling_price", 1),
            ("reason", 2),
            ("ceiling_basis", 3),
        ]

    def test_the_database_refuses_one_person_a_second_decision_and_later_lines(self, world, plan):
        rows = PurchasePlan.objects.filter(pk=plan.pk)
        alone = {"status": "decided", "decided_at": NOW, "decided_by": world.preparer}
        with pytest.raises(DatabaseError, match="two people"):
            past_the_action(lambda: rows.update(**alone))
        decide_plan(plan=plan, by=world.officer, now=NOW)
        with pytest.raises(DatabaseError, match="stays"):
            past_the_action(lambda: rows.update(prepared_at=LATER))
        item = plan.window.lines.get(number=3).item
        with pytest.raises(DatabaseError, match="no more lines"):
            past_the_action(lambda: PlanLine.objects.create(plan=plan, number=3, item=item, lane="tender"))
        with pytest.raises(DatabaseError, match="remain"):
            past_the_action(lambda: plan.lines.all().delete())
        with pytest.raises(DatabaseError, match="stays"):
            past_the_action(lambda: plan.lines.update(ceiling_units=1))


class TestTender:
    def test_one_act_makes_a_draft_of_every_line_to_be_tendered(self, world, decided):
        tender = tender_from_plan(plan=decided, terms=terms(world), by=world.preparer, now=NOW)
        [lot] = tender.lots.all()
        assert (tender.source, tender.window, tender.region) == (decided, decided.window, decided.region)
        assert (lot.ceiling_price, lot.ceiling_units) == (Decimal("6.60"), 7)
        assert lot.quality_requirement == "Original or consistent"
        assert Event.objects.filter(subject=decided.reference, verb="plan.tendered").exists()

    def test_only_a_decided_plan_is_tendered_and_nothing_of_it_twice(self, world, plan):
        with pytest.raises(Refused) as refusal:
            tender_from_plan(plan=plan, terms=terms(world), by=world.preparer, now=NOW)
        assert refusal.value.code == "not_now"
        done = decide_plan(plan=plan, by=world.officer, now=NOW)
        tender_from_plan(plan=done, terms=terms(world), by=world.preparer, now=NOW)
        with pytest.raises(Refused) as refusal:
            tender_from_plan(plan=done, terms=terms(world), by=world.preparer, now=NOW)
        assert refusal.value.code == "unchanged"

    def test_what_is_planned_and_not_yet_tendered_is_a_task_and_again_when_its_tender_is_given_up(self, world, decided):
        def waiting():
            return [todo.url for todo in todos(world.preparer, NOW) if "plans" in todo.url]

        asks = [reverse("tenders:tender-from-plan", args=[decided.reference])]
        assert waiting() == asks
        tender = tender_from_plan(plan=decided, terms=terms(world), by=world.preparer, now=NOW)
        assert waiting() == []
        cancel_tender(tender=tender, reason="Too early", by=world.officer, now=NOW)
        assert waiting() == asks

    def test_a_draft_waits_for_another_officer(self, world, plan):
        url = reverse("tenders:plan", args=[plan.reference])
        told = {str(seat): [todo.what for todo in todos(seat, NOW) if todo.url == url] for seat in
                (world.officer, world.preparer)}  # fmt: skip
        assert told[str(world.officer)] == ["Decide the purchase plan"]
        assert told[str(world.preparer)] == ["Complete the purchase plan; another officer decides it"]

    def test_plan_window_and_tender_name_each_other(self, world, decided):
        tender = tender_from_plan(plan=decided, terms=terms(world), by=world.preparer, now=NOW)
        assert decided.reference in {one.reference for one in related(tender.reference, world.officer)}
        assert tender.reference in {one.reference for one in related(decided.reference, world.officer)}


class TestLike:
    def test_lots_criteria_people_and_rules_are_taken_over_and_days_are_not(self, world):
        earlier = published_tender(world, lots=("6.60", "20.00")).tender
        plan = TenderPlan("The next", earlier.kind, earlier.region, earlier.rule_set, earlier.window)
        made = prepare_tender_like(earlier=earlier, plan=plan, by=world.preparer, now=LATER)

        def people(named):
            return [one.seat for one in named.filter(replaced_at=None).order_by("pk")]

        assert [(lot.title, lot.ceiling_price) for lot in made.lots.all()] == [
            (lot.title, lot.ceiling_price) for lot in earlier.lots.all()
        ]
        assert list(made.criteria.values_list("title", "max_points")) == list(
            earlier.criteria.values_list("title", "max_points")
        )
        assert people(made.openers) == people(earlier.openers)
        assert people(made.evaluators) == people(earlier.evaluators)
        assert (made.rule_set, made.deadline, made.supply_from, made.status) == (earlier.rule_set, None, None, "draft")

    def test_a_ceiling_for_a_pack_is_taken_over_as_it_is(self, world):
        stage = draft_tender(world, lots=("1.50",))
        item = stage.lots[0].lot_items.get().item
        lots = [LotPlan("", (LotItemPlan(item),), Decimal("6.60"), ceiling_units=7)]
        set_lots(tender=stage.tender, lots=lots, by=world.preparer, now=NOW)
        plan = TenderPlan("The next", "drug", world.region, stage.tender.rule_set, stage.window)
        made = prepare_tender_like(earlier=stage.tender, plan=plan, by=world.preparer, now=NOW)
        assert made.lots.values_list("ceiling_price", "ceiling_units").get() == (Decimal("6.60"), 7)

    def test_another_kind_or_another_agency_is_refused_and_nothing_is_made(self, world):
        earlier = draft_tender(world, lots=("1.50",)).tender
        plan = TenderPlan("The next", "consumable", earlier.region, earlier.rule_set, earlier.window)
        with pytest.raises(Refused) as refusal:
            prepare_tender_like(earlier=earlier, plan=plan, by=world.preparer, now=NOW)
        assert (refusal.value.faults[0].field, refusal.value.faults[0].code) == ("kind", "wrong_kind")
        stranger = world.seat(world.organisation(OrganisationKind.AGENCY), "officer")
        with pytest.raises(Denied):
            prepare_tender_like(earlier=earlier, plan=replace(plan, kind="drug"), by=stranger, now=NOW)
        assert Tender.objects.count() == 1


class TestPages:
    def test_from_a_window_to_a_tender(self, world, facts):
        preparer, officer = client_of(world.preparer), client_of(world.officer)
        form = {"title": "Next year", "kind": "drug", "region": world.region.full_name, "window": facts.window.pk}
        made = preparer.post(reverse("tenders:prepare-plan"), form)
        plan = PurchasePlan.objects.get()
        lines = reverse("tenders:set-plan-lines", args=[plan.reference])
        assert made.url == lines
        rows = typed(preparer.get(lines).context["form"])
        assert [row["lane"] for row in rows] == ["tender"] * 3
        said = {"ceiling_price": "6.60", "ceiling_units": "7", "ceiling_basis": "published"}
        rows = [rows[0] | said, rows[1] | {"lane": "listing", "reason": "Low price"}, rows[2] | {"lane": ""}]
        preparer.post(lines, grid(rows))
        shown = text_of(preparer.get(reverse("tenders:plan", args=[plan.reference])))
        assert "6.60 / 7 tablet" in shown
        decide = reverse("tenders:decide-plan", args=[plan.reference])
        assert "Another officer must decide it" in text_of(preparer.get(decide))
        assert officer.post(decide, as_read(officer.get(decide))).status_code == 302
        begin = reverse("tenders:tender-from-plan", args=[plan.reference])
        assert "1 line of the plan becomes a lot" in text_of(preparer.get(begin))
        form = {"title": "Tender", "envelopes": "2", "rule_set": rule_set().pk, "openers_needed": "3"}
        preparer.post(begin, form)
        assert "6.60 / 7 tablet" in text_of(preparer.get(reverse("tenders:tender", args=[Tender.objects.get()])))
        assert Tender.objects.get().source == plan

    def test_a_refused_line_stands_at_its_cell(self, world, plan):
        lines = reverse("tenders:set-plan-lines", args=[plan.reference])
        client = client_of(world.preparer)
        rows = typed(client.get(lines).context["form"])
        form = client.post(lines, grid([rows[0] | {"ceiling_price": "0"}, *rows[1:]])).context["form"]
        assert [list(row.errors) for row in form.rows] == [["ceiling_price"], [], []]

    def test_the_list_and_the_lines_are_filtered_and_exported(self, world, decided):
        client = client_of(world.officer)
        assert decided.reference in text_of(client.get(reverse("tenders:plans"), {"status": "decided"}))
        assert decided.reference not in text_of(client.get(reverse("tenders:plans"), {"status": "draft"}))
        page = reverse("tenders:plan", args=[decided.reference])
        assert "Alpha" not in text_of(client.get(page, {"lane": "negotiation"}).content and client.get(
            page, {"lane": "negotiation"}))  # fmt: skip
        exported = b"".join(client.get(page, {"export": "csv"}).streaming_content).decode()
        assert "6.60 / 7 tablet" in exported

    def test_drops_and_likes_are_offered_and_done(self, world, plan):
        client = client_of(world.preparer)
        drop = reverse("tenders:drop-plan", args=[plan.reference])
        assert "Nothing is bought by this plan" in text_of(client.get(drop))
        client.post(drop, {"reason": "The budget is cut"})
        assert fresh(plan).status == "dropped"
        earlier = published_tender(world, lots=("1.50",)).tender
        like = reverse("tenders:prepare-like", args=[earlier.reference])
        assert like in client.get(reverse("tenders:tender", args=[earlier.reference])).content.decode()
        form = client.get(like).context["form"]
        values = {name: form[name].value() for name in form.fields} | {"region": world.region.full_name}
        client.post(like, {name: value for name, value in values.items() if value} | {"window": earlier.window_id})
        assert Tender.objects.exclude(pk=earlier.pk).get().lots.count() == 1

    def test_a_page_of_many_lines_asks_as_often_as_one_of_few(self, world):
        def queries(count):
            window, _asked = locked_window(world, [item_of(world, f"Item {count} {n}") for n in range(count)])
            facts = PlanFacts("Many", "drug", world.region, window)
            plan = prepare_plan(facts=facts, by=world.preparer, now=NOW)
            lines = [LinePlan(n, "tender", **CEILING) for n in range(1, count + 1)]
            set_plan_lines(plan=plan, lines=lines, by=world.preparer, now=NOW)
            client = client_of(world.preparer)
            found = []
            for name in ("plan", "set-plan-lines", "decide-plan"):
                with CaptureQueriesContext(
                    connection,
                ) as asked:
                    client.get(reverse(f"tenders:{name}", args=[plan.reference]))
                found.append(len(asked))
            return found

        queries(2)
        assert queries(3) == queries(40)


class TestFiveHundred:
    def test_five_hundred_lines_become_five_hundred_lots(self, world):
        window, _asked = locked_window(world, [item_of(world, f"Medicine {n}") for n in range(500)], hospitals=1)
        plan = prepare_plan(facts=PlanFacts("Many", "drug", world.region, window), by=world.preparer, now=NOW)
        assert len(planned_items(plan, today=NOW.date())) == 500
        lines = [LinePlan(n, "tender", **CEILING) for n in range(1, 501)]
        set_plan_lines(plan=plan, lines=lines, by=world.preparer, now=NOW)
        done = decide_plan(plan=fresh(plan), by=world.officer, now=NOW)
        tender = tender_from_plan(plan=done, terms=terms(world), by=world.preparer, now=NOW)
        assert Lot.objects.filter(tender=tender, ceiling_units=7).count() == 500


class TestProgram:
    def test_the_same_verbs_over_http(self, world, facts):
        preparer, officer = program_of(world.preparer), program_of(world.officer)
        asked = {
            "title": "Next year", "kind": "drug", "region": world.region.code, "window": facts.window.reference,
        }  # fmt: skip
        made = preparer.post(f"{ROOT}/plans/", asked)
        assert made.status_code == 201
        url = f"{ROOT}/plans/{made.json()['reference']}/"
        line = {"number": 1, "lane": "tender", "ceiling_price": "6.60", "ceiling_units": 7, "ceiling_basis": "guide"}
        assert preparer.put(f"{url}set-lines/", {"lines": [line]}).json()["lines"] == 1
        [shown] = preparer.get(f"{url}lines/").json()["results"]
        assert (shown["ceiling_price"], shown["ceiling_units"], shown["tender"]) == ("6.600000", 7, None)
        seen = {"prepared_at": officer.get(url).json()["prepared_at"]}
        assert preparer.post(f"{url}decide/", seen).json()["code"] == "two_people"
        assert officer.post(f"{url}decide/", seen).json()["status"] == "decided"
        begun = preparer.post(f"{url}tender/", {"title": "Tender", "rule_set": str(rule_set())})
        assert begun.status_code == 201
        [lot] = begun.json()["lots"]
        assert (lot["ceiling_price"], lot["ceiling_units"]) == ("6.600000", 7)
        assert preparer.get(url).json()["waiting"] == 0
        like = asked | {"rule_set": str(rule_set())}
        again = preparer.post(f"{ROOT}/tenders/{begun.json()['reference']}/like/", like)
        assert (again.status_code, len(again.json()["lots"])) == (201, 1)

    def test_a_draft_is_dropped_with_its_reason(self, world, plan):
        url = f"{ROOT}/plans/{plan.reference}/drop/"
        assert program_of(world.preparer).post(url, {"reason": "The budget is cut"}).json()["status"] == "dropped"
        assert program_of(world.bid_manager).post(url, {"reason": "so"}).status_code == 403
