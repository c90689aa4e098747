"""Two officers tender one plan at the same moment: its lines stand in one tender."""

from decimal import Decimal

import pytest

from core.errors import Refused
from tenders.actions import planning
from tenders.actions.planning import LinePlan, PlanFacts, decide_plan, prepare_plan, set_plan_lines, tender_from_plan
from tenders.actions.preparation import TenderPlan
from tenders.models import PurchasePlan, Tender
from tests.concurrency.meeting import come_upon, held_up
from tests.demand.stage import item_of, locked_window
from tests.tenders.stage import rule_set
from tests.world import NOW, World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db):
    return World()


@pytest.fixture
def plan(world):
    window, _asked = locked_window(world, [item_of(world, "Alpha")])
    made = prepare_plan(facts=PlanFacts("Next year", "drug", world.region, window), by=world.preparer, now=NOW)
    line = LinePlan(1, "tender", ceiling_price=Decimal("6.60"), ceiling_units=7, ceiling_basis="published")
    set_plan_lines(plan=made, lines=[line], by=world.preparer, now=NOW)
    seen = PurchasePlan.objects.with_people().get(pk=made.pk)
    return decide_plan(plan=seen, by=world.officer, now=NOW)


def test_the_second_finds_everything_tendered(world, plan, monkeypatch):
    terms = TenderPlan("Tender of the plan", "drug", world.region, rule_set())
    signals = held_up(monkeypatch, planning, "set_lots")

    def tendered(seat):
        return lambda: tender_from_plan(plan=plan, terms=terms, by=seat, now=NOW)

    made, refused, waited = come_upon(signals, tendered(world.preparer), tendered(world.officer))
    assert waited
    assert isinstance(made, Tender)
    assert isinstance(refused, Refused)
    assert refused.code == "unchanged"
    assert Tender.objects.count() == 1
