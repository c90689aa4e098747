"""Demand ready for what a test is about, made through the real actions."""

from collections.abc import Sequence
from datetime import date, timedelta

from accounts.documents import Paper
from accounts.models import Organisation
from accounts.permissions import OrganisationKind
from catalogue.models import Item
from catalogue.rules import identity_keys
from core.actions import action
from core.clock import legal_date
from demand.actions import (
    MandatePlan,
    ReportedLine,
    WindowPlan,
    give_mandate,
    lock_demand,
    open_window,
    report_demand,
    sign_mandates,
)
from demand.models import DemandWindow, Mandate
from tests.world import NOW, World


def locked_window(
    world: World, items: Sequence[Item], *, hospitals: int = 2, volume: int = 1000
) -> tuple[DemandWindow, list[Organisation]]:
    """A locked window in which every hospital reported ``volume`` of every item; the first is the world's own."""
    asked = [world.hospital, *(world.organisation(OrganisationKind.HOSPITAL) for _more in range(hospitals - 1))]
    mandate_of(world, *asked)
    window = open_window(plan=window_plan(), items=items, hospitals=asked, by=world.officer, now=NOW)
    for hospital in asked:
        pharmacist = world.pharmacist if hospital == world.hospital else world.seat(hospital, "pharmacist")
        lines = [ReportedLine(number, volume) for number in range(1, len(items) + 1)]
        report_demand(window=window, lines=lines, by=pharmacist, now=NOW)
    return lock_demand(window=window, by=world.officer, now=NOW), asked


PAPER = Paper("mandate.pdf", b"%PDF-1.7 Demo mandate")


def given(world: World, *institutions: Organisation, **changes: object) -> Mandate:
    """A mandate that the first institution has signed for all of them, and the agency not yet."""
    year = legal_date(NOW).year
    plan = {"reports": False, "signs": True, "pays": False, "goods": None, "first_year": year, "last_year": year + 2}
    signer = world.seat(institutions[0], "order_approver")
    return give_mandate(plan=MandatePlan(**plan | changes), institutions=institutions, paper=PAPER, by=signer, now=NOW)


def mandate_of(world: World, *institutions: Organisation, **changes: object) -> Mandate:
    """A mandate in force for these institutions."""
    return sign_mandates(mandates=[given(world, *institutions, **changes)], by=world.officer, now=NOW)[0]


def window_plan(*, closes_on: date | None = None) -> WindowPlan:
    today = legal_date(NOW)
    return WindowPlan("Demand of next year", today.year + 1, today, closes_on or today + timedelta(days=10))


@action
def item_of(world: World, name: str, *, kind: str = Item.Kind.DRUG, unit: str = "tablet") -> Item:
    """An item of the catalogue, in its simplest form."""
    said = {"name": name, "strength": "5 mg", "form": "tablet"}
    return Item.objects.create(kind=kind, base_unit=unit, pinyin=name.lower(), **said, **identity_keys(**said))
