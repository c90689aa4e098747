"""A draft is completed step by step, by its officers, its openers and its evaluators."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.actions import end_seat, give_seat
from accounts.models import InboxMessage
from accounts.permissions import OrganisationKind, Permission
from catalogue.models import Item, PriceEntry
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Denied, Refused
from sealing import keys
from tenders.actions.keys import register_key
from tenders.actions.people import (
    declare_interest,
    name_evaluator,
    name_opener,
    replace_evaluator,
    replace_opener,
)
from tenders.actions.preparation import (
    CriterionPlan,
    LotItemPlan,
    LotPlan,
    TenderPlan,
    change_tender,
    prepare_tender,
    set_criteria,
    set_lots,
    set_schedule,
)
from tenders.checklist import missing
from tenders.duties import keep_apart
from tenders.models import EvaluationSignature, Evaluator, Opener, RuleSet, Tender
from tenders.presentation.proposals import proposed_lots, usual_criteria
from tests.arranging import arranged
from tests.demand.stage import item_of, locked_window
from tests.tenders.stage import draft_tender, published_tender, rule_set
from tests.world import NOW


@pytest.fixture
def plan(world):
    window, _hospitals = locked_window(world, [item_of(world, "Alpha"), item_of(world, "Beta")])
    return TenderPlan("Cold chain", Item.Kind.DRUG, world.region, rule_set(), window)


@pytest.fixture
def draft(world, plan):
    return prepare_tender(plan=plan, by=world.officer, now=NOW)


def public_keys(tender):
    pair = keys.make_key_pair(tender.reference)
    return {"public_key": pair.ecdh_public, "signing_key": pair.sign_public}


@pytest.fixture
def stage(world):
    return draft_tender(world, lots=("1.50",))


def items_of(tender):
    return [line.item for line in tender.window.lines.select_related("item")]


def lot(item, ceiling="1.50", **facts):
    return LotPlan("", (LotItemPlan(item),), Decimal(ceiling), **facts)


class TestPlan:
    def test_a_draft_belongs_to_the_agency_and_nobody_else_sees_it(self, world, draft):
        assert draft.reference.startswith("T-2026-")
        for seat, seen in ((world.officer, True), (world.bid_manager, False), (world.pharmacist, False)):
            assert Tender.objects.visible_to(seat).filter(pk=draft.pk).exists() is seen

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"title": " "}, "title"),
            ({"kind": "food"}, "kind"),
            ({"envelopes": 3}, "envelopes"),
            ({"openers_needed": 1}, "openers_needed"),
            ({"openers_needed": 15}, "openers_needed"),
        ],
    )
    def test_a_wrong_plan_is_refused_at_its_field(self, world, plan, change, field):
        with pytest.raises(Refused) as refusal:
            prepare_tender(plan=replace(plan, **change), by=world.officer, now=NOW)
        assert [fault.field for fault in refusal.value.faults] == [field]

    def test_another_agencys_window_is_refused(self, world, plan):
        stranger = world.seat(world.organisation(OrganisationKind.AGENCY), "officer")
        with pytest.raises(Refused) as refusal:
            prepare_tender(plan=plan, by=stranger, now=NOW)
        assert refusal.value.faults[0].field == "window"

    def test_another_agency_does_not_change_a_draft(self, world, draft, plan):
        stranger = world.seat(world.organisation(OrganisationKind.AGENCY), "officer")
        with pytest.raises(Denied):
            change_tender(tender=draft, plan=plan, by=stranger, now=NOW)

    def test_the_kind_stays_while_there_are_lots(self, world, draft, plan):
        set_lots(tender=draft, lots=[lot(items_of(draft)[0])], by=world.officer, now=NOW)
        with pytest.raises(Refused) as refusal:
            change_tender(tender=draft, plan=replace(plan, kind=Item.Kind.CONSUMABLE), by=world.officer, now=NOW)
        assert refusal.value.faults[0].field == "kind"
        assert change_tender(tender=draft, plan=replace(plan, title="New"), by=world.officer, now=NOW).title == "New"

    def test_what_is_published_is_no_longer_changed(self, world, plan):
        stage = published_tender(world, lots=("1.50",))
        seen = Tender.objects.get(pk=stage.tender.pk)
        for act in (
            lambda: change_tender(tender=seen, plan=plan, by=world.officer, now=NOW),
            lambda: set_lots(tender=seen, lots=[], by=world.officer, now=NOW),
            lambda: set_criteria(tender=seen, criteria=[], by=world.officer, now=NOW),
            lambda: name_opener(tender=seen, seat=world.seat(world.payer, "opener"), by=world.officer, now=NOW),
        ):
            with pytest.raises(Refused) as refusal:
                act()
            assert refusal.value.code == "not_now"

    def test_the_rule_set_of_another_day_is_not_in_force(self, stage):
        _end_rule_set(stage.tender.rule_set)
        tender = Tender.objects.get(pk=stage.tender.pk)
        assert [fault.field for fault in missing(tender, by=stage.officer, now=NOW)] == ["rules"]


class TestLots:
    def test_the_page_proposes_a_lot_for_each_item_that_is_needed(self, world, draft):
        proposed = proposed_lots(draft, today=legal_date(NOW))
        assert [(one.item.name, one.volume, one.take) for one in proposed] == [
            ("Alpha", 2000, True),
            ("Beta", 2000, True),
        ]

    def test_a_lot_that_is_set_comes_back_as_it_was_typed(self, world, draft):
        first, _second = items_of(draft)
        set_lots(
            tender=draft,
            lots=[lot(first, "3.25", price_before=Decimal(4), quality_requirement="Sterile")],
            by=world.officer,
            now=NOW,
        )
        taken, left = proposed_lots(draft, today=legal_date(NOW))
        assert (taken.take, taken.ceiling_price, taken.price_before) == (True, Decimal("3.25"), Decimal(4))
        assert taken.quality_requirement == "Sterile"
        assert left.take is False

    def test_the_price_before_comes_from_the_price_register(self, world, draft):
        first, second = items_of(draft)
        _price(world, first, PriceEntry.Kind.GUIDE, "9.99")
        _price(world, first, PriceEntry.Kind.AWARD, "24.00", units=12)
        _price(world, second, PriceEntry.Kind.CEILING, "5.00")
        known = PriceEntry.objects.prices_before([first, second], world.region, legal_date(NOW))
        assert known == {first.pk: Decimal(2)}

    def test_several_items_are_one_lot_with_conversion_factors(self, world, draft):
        first, second = items_of(draft)
        parts = (LotItemPlan(first), LotItemPlan(second, Decimal("0.5")))
        made = set_lots(tender=draft, lots=[LotPlan("Both", parts, Decimal(1))], by=world.officer, now=NOW)
        assert [(part.item, part.factor) for part in made[0].lot_items.order_by("pk")] == [
            (first, Decimal(1)),
            (second, Decimal("0.5")),
        ]

    def test_lots_are_set_anew_as_a_whole(self, world, draft):
        first, second = items_of(draft)
        set_lots(tender=draft, lots=[lot(first), lot(second)], by=world.officer, now=NOW)
        set_lots(tender=draft, lots=[lot(second)], by=world.officer, now=NOW)
        assert [(one.number, one.title) for one in draft.lots.all()] == [(1, str(second))]

    def test_every_fault_is_told_with_its_lot(self, world, draft):
        first, second = items_of(draft)
        stent = item_of(world, "Stent", kind=Item.Kind.CONSUMABLE)
        lots = [
            lot(first),
            lot(first),
            lot(stent),
            LotPlan("empty", ()),
            LotPlan("", (LotItemPlan(second, Decimal(2)),)),
        ]
        with pytest.raises(Refused) as refusal:
            set_lots(tender=draft, lots=lots, by=world.officer, now=NOW)
        found = {(fault.field, fault.row) for fault in refusal.value.faults}
        assert found == {("items", 2), ("items", 3), ("items", 4), ("factor", 5)}
        assert not draft.lots.exists()

    @pytest.mark.parametrize("price", ["0", "-1", "1.1234567", "NaN", "Infinity", "1000000000"])
    def test_a_price_that_is_none_is_refused(self, world, draft, price):
        first, _second = items_of(draft)
        for field in ("ceiling_price", "price_before"):
            lots = [LotPlan("", (LotItemPlan(first),), **{field: Decimal(price)})]
            with pytest.raises(Refused) as refusal:
                set_lots(tender=draft, lots=lots, by=world.officer, now=NOW)
            assert [(fault.field, fault.row) for fault in refusal.value.faults] == [(field, 1)]

    @pytest.mark.parametrize("factor", ["0", "-1", "NaN", "0.0000000001"])
    def test_a_factor_that_is_none_is_refused(self, world, draft, factor):
        first, second = items_of(draft)
        parts = (LotItemPlan(first), LotItemPlan(second, Decimal(factor)))
        with pytest.raises(Refused) as refusal:
            set_lots(tender=draft, lots=[LotPlan("", parts)], by=world.officer, now=NOW)
        assert {fault.field for fault in refusal.value.faults} == {"factor"}


class TestScheduleAndCriteria:
    def test_a_deadline_in_the_past_and_a_backward_period_are_refused_together(self, world, draft):
        today = legal_date(NOW)
        with pytest.raises(Refused) as refusal:
            set_schedule(
                tender=draft,
                deadline=NOW,
                supply_from=today,
                supply_to=today - timedelta(days=1),
                by=world.officer,
                now=NOW,
            )
        assert {fault.field for fault in refusal.value.faults} == {"deadline", "supply_to"}

    def test_the_usual_criteria_are_complete(self, world, draft):
        made = set_criteria(tender=draft, criteria=usual_criteria(draft.kind), by=world.officer, now=NOW)
        assert sum(criterion.max_points for criterion in made) == 100
        assert {criterion.kind for criterion in made} == {"formal", "scored"}

    def test_points_belong_to_scored_criteria(self, world, draft):
        criteria = [
            CriterionPlan("formal", "Licence", "", 5),
            CriterionPlan("scored", "Quality"),
            CriterionPlan("scored", " ", "", 10),
            CriterionPlan("guessed", "Luck"),
        ]
        with pytest.raises(Refused) as refusal:
            set_criteria(tender=draft, criteria=criteria, by=world.officer, now=NOW)
        found = {(fault.field, fault.row) for fault in refusal.value.faults}
        assert found == {("max_points", 1), ("max_points", 2), ("title", 3), ("kind", 4)}


class TestOpeners:
    def test_places_are_given_in_order_and_the_opener_is_told(self, world, draft):
        seats = [world.seat(world.payer, "opener") for _number in range(2)]
        places = [name_opener(tender=draft, seat=seat, by=world.officer, now=NOW).place for seat in seats]
        assert places == [1, 2]
        assert InboxMessage.objects.filter(seat=seats[0], subject=draft.reference).count() == 1
        assert Tender.objects.visible_to(seats[0]).filter(pk=draft.pk).exists()

    def test_only_somebody_with_the_role_today_can_be_named(self, world, draft):
        with pytest.raises(Refused) as refusal:
            name_opener(tender=draft, seat=world.auditor, by=world.officer, now=NOW)
        assert refusal.value.faults[0].field == "seat"
        leaver = world.seat(world.payer, "opener")
        end_seat(seat=leaver, reason="left", by=_administrator(world, world.payer), now=NOW)
        with pytest.raises(Refused):
            name_opener(tender=draft, seat=leaver, by=world.officer, now=NOW)

    def test_one_person_has_one_part_whatever_seat_they_act_from(self, world, draft):
        evaluator = world.seat(world.hospital, "evaluator")
        second_seat = give_seat(
            person=evaluator.person,
            organisation=world.payer,
            roles=["opener"],
            starts_on=legal_date(NOW),
            by=None,
            now=NOW,
        )
        name_evaluator(tender=draft, seat=evaluator, by=world.officer, now=NOW)
        with pytest.raises(Refused) as refusal:
            name_opener(tender=draft, seat=second_seat, by=world.officer, now=NOW)
        assert refusal.value.code == "exclusive"

    def test_nobody_is_named_twice(self, world, draft):
        seat = world.seat(world.payer, "opener")
        name_opener(tender=draft, seat=seat, by=world.officer, now=NOW)
        with pytest.raises(Refused) as refusal:
            name_opener(tender=draft, seat=seat, by=world.officer, now=NOW)
        assert refusal.value.faults[0].field == "seat"

    def test_a_replaced_opener_leaves_the_place_with_a_reason_and_a_new_key_is_due(self, world, stage):
        leaving = stage.holders[1].opener
        seat = world.seat(leaving.seat.organisation, "opener")
        coming = replace_opener(opener=leaving, seat=seat, reason="On leave", by=world.officer, now=NOW)
        assert (coming.place, coming.public_key, coming.key_made_at) == (leaving.place, "", None)
        assert Opener.objects.get(pk=leaving.pk).replace_reason == "On leave"
        assert [fault.field for fault in missing(stage.tender, by=stage.officer, now=NOW)] == ["people"]
        with pytest.raises(Conflict):
            register_key(opener=leaving, **public_keys(stage.tender), by=leaving.seat, now=NOW)

    def test_replacing_needs_a_reason(self, world, stage):
        seat = world.seat(world.payer, "opener")
        with pytest.raises(Refused) as refusal:
            replace_opener(opener=stage.holders[0].opener, seat=seat, reason=" ", by=world.officer, now=NOW)
        assert refusal.value.faults[0].field == "reason"

    def test_after_publication_the_keys_stay(self, world):
        stage = published_tender(world, lots=("1.50",))
        with pytest.raises(Refused):
            replace_opener(
                opener=stage.holders[0].opener,
                seat=world.seat(world.payer, "opener"),
                reason="late",
                by=world.officer,
                now=NOW,
            )
        with pytest.raises(Refused):
            register_key(opener=stage.holders[0].opener, **public_keys(stage.tender), by=stage.holders[0].seat, now=NOW)


class TestEvaluators:
    @pytest.fixture
    def evaluator(self, world, draft):
        return name_evaluator(tender=draft, seat=world.seat(world.hospital, "evaluator"), by=world.officer, now=NOW)

    def test_a_declaration_is_made_in_person(self, world, evaluator):
        with pytest.raises(Denied):
            declare_interest(evaluator=evaluator, has_interest=False, by=world.officer, now=NOW)
        other = world.seat(world.hospital, "evaluator")
        with pytest.raises(Denied):
            declare_interest(evaluator=evaluator, has_interest=False, by=other, now=NOW)
        declared = declare_interest(evaluator=evaluator, has_interest=False, by=evaluator.seat, now=NOW)
        assert (declared.declared_at, declared.declared_by) == (NOW, evaluator.seat)

    def test_an_interest_may_be_found_later_and_not_be_taken_back(self, evaluator):
        declare_interest(evaluator=evaluator, has_interest=False, by=evaluator.seat, now=NOW)
        declare_interest(evaluator=evaluator, has_interest=True, by=evaluator.seat, now=NOW)
        with pytest.raises(Refused):
            declare_interest(evaluator=evaluator, has_interest=False, by=evaluator.seat, now=NOW)
        assert Evaluator.objects.get(pk=evaluator.pk).has_interest

    def test_an_evaluator_is_replaced_after_publication_too(self, world):
        stage = published_tender(world, lots=("1.50",))
        leaving = stage.evaluators[0]
        seat = world.seat(leaving.seat.organisation, "evaluator")
        coming = replace_evaluator(evaluator=leaving, seat=seat, reason="Ill", by=world.officer, now=NOW)
        assert coming.declared_at is None
        assert Evaluator.objects.filter(tender=stage.tender, replaced_at=None).count() == 5
        with pytest.raises(Conflict):
            replace_evaluator(evaluator=leaving, seat=leaving.seat, reason="Ill", by=world.officer, now=NOW)

    def test_whoever_was_replaced_after_publication_keeps_the_duty(self, world):
        stage = published_tender(world, lots=("1.50",))
        leaving = stage.evaluators[0]
        replace_evaluator(
            evaluator=leaving, seat=world.seat(world.hospital, "evaluator"), reason="Ill", by=world.officer, now=NOW
        )
        opener = give_seat(
            person=leaving.seat.person,
            organisation=world.payer,
            roles=["opener"],
            starts_on=legal_date(NOW),
            by=None,
            now=NOW,
        )
        with pytest.raises(Refused):
            keep_apart(stage.tender, opener, Permission.OPEN_ENVELOPES)

    def test_after_the_first_signature_the_evaluators_stay(self, world):
        stage = published_tender(world, lots=("1.50",))
        signing, leaving = stage.evaluators[:2]
        _sign(stage.lots[0], signing)
        with pytest.raises(Refused) as refusal:
            replace_evaluator(
                evaluator=leaving, seat=world.seat(world.hospital, "evaluator"), reason="x", by=world.officer, now=NOW
            )
        assert refusal.value.code == "not_now"


@action
def _sign(lot, evaluator):
    return EvaluationSignature.objects.create(lot=lot, evaluator=evaluator, signed_at=NOW, signed_by=evaluator.seat)


@action
def _price(world, item, kind, price, units=1):
    return PriceEntry.objects.create(
        item=item,
        kind=kind,
        guide_class="reference" if kind == PriceEntry.Kind.GUIDE else "",
        region=world.region,
        price=Decimal(price),
        units=units,
        valid_from=legal_date(NOW),
        source="a test",
        recorded_at=NOW,
        recorded_by=world.officer,
    )


@arranged
def _end_rule_set(rules):
    RuleSet.objects.filter(pk=rules.pk).update(valid_to=legal_date(NOW) - timedelta(days=1))


def _administrator(world, organisation):
    return world.seat(organisation, "administrator")
