"""Purchase plans: drafted from a window's demand, decided by a second person, and tendered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import require
from accounts.models import Region, Seat
from accounts.permissions import Permission
from catalogue.models import Item, PriceEntry
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Denied, Fault, Refused
from core.events import record
from core.money import PRICE_DECIMALS
from core.moves import move
from core.references import next_reference
from demand.models import DemandWindow
from tenders.actions.preparation import LotItemPlan, LotPlan, TenderPlan, is_exact, prepare_tender, set_lots
from tenders.models import PlanLine, PurchasePlan, Tender, Verb
from tenders.rules.planning import MOST_FORMS, MOST_STRENGTHS, PlanGap, PlanLack, PlannedLine, plan_lacks
from tenders.rules.preparation import MOST_CEILING_UNITS

SENTENCES: dict[PlanGap, str | Promise] = {
    PlanGap.NOTHING_PLANNED: gettext_lazy("Nothing is planned yet. Give the items of the demand a lane."),
    PlanGap.NO_REASON: gettext_lazy("Say why %(name)s is not tendered."),
    PlanGap.TOO_MANY_FORMS: gettext_lazy("%(name)s has more than %(forms)d dosage forms. Say why one more is needed."),
    PlanGap.TOO_MANY_STRENGTHS: gettext_lazy(
        "%(name)s has more than %(strengths)d specifications of one form. Say why one more is needed."
    ),
    PlanGap.NO_CEILING: gettext_lazy("%(name)s is tendered and has no ceiling price. Enter the highest valid price."),
    PlanGap.NO_BASIS: gettext_lazy("Say what the ceiling price of %(name)s is based on."),
    PlanGap.NO_VOLUME: gettext_lazy(
        "No hospital reported a need of %(name)s. Where the quantity cannot be known, choose a single-source"
        " commitment."
    ),
}


@dataclass(frozen=True)
class PlanFacts:
    """What a plan is about."""

    title: str
    kind: str
    region: Region
    window: DemandWindow


@dataclass(frozen=True)
class LinePlan:
    """What is planned of one line of the window, by its number; the ceiling is for ``ceiling_units`` base units."""

    number: int
    lane: str
    reason: str = ""
    quality_requirement: str = ""
    ceiling_price: Decimal | None = None
    ceiling_units: int = 1
    ceiling_basis: str = ""


@action
def prepare_plan(*, facts: PlanFacts, by: Seat, now: datetime) -> PurchasePlan:
    """Begin a plan of the acting seat's agency for a window of its own."""
    require(by, Permission.PREPARE_TENDER)
    faults = []
    if not facts.title.strip():
        faults.append(Fault(_("Enter a title."), "title", code="required"))
    if facts.kind not in Item.Kind.values:
        faults.append(Fault(_("Choose drugs or consumables."), "kind", code="invalid_choice"))
    if facts.window.agency_id != by.organisation_id:
        faults.append(Fault(_("Choose a demand window of your own agency."), "window", code="does_not_exist"))
    if faults:
        raise Refused(_("The plan is not complete."), faults=faults)
    plan = PurchasePlan.objects.create(
        reference=next_reference("purchase_plan", "PP", now),
        agency=by.organisation,
        prepared_at=now,
        prepared_by=by,
        **{**vars(facts), "title": facts.title.strip()},
    )
    record(Verb.PLAN_PREPARED, plan.reference, by=by, now=now, title=plan.title)
    return plan


@action
def set_plan_lines(*, plan: PurchasePlan, lines: Sequence[LinePlan], by: Seat, now: datetime) -> list[PlanLine]:
    """Set all lines of a draft anew. Each keeps what its item cost before, by the price register of this day.

    Faults come with the place of the line as row. What a line still lacks keeps the plan from being decided and not
    from being kept.
    """
    plan = _lock_draft(plan, by)
    items = {line.number: line.item for line in plan.window.lines.select_related("item")}
    _check_lines(lines, items, plan)
    known = PriceEntry.objects.prices_before([items[one.number] for one in lines], plan.region, legal_date(now))
    plan.lines.all().delete()
    made = PlanLine.objects.bulk_create(
        PlanLine(
            plan=plan,
            item=items[one.number],
            price_before=known.get(items[one.number].pk),
            **{
                **vars(one),
                "reason": one.reason.strip(),
                "quality_requirement": one.quality_requirement.strip(),
            },
        )
        for one in sorted(lines, key=lambda one: one.number)
    )
    PurchasePlan.objects.filter(pk=plan.pk).update(prepared_at=now, prepared_by=by)
    record(Verb.PLAN_LINES_SET, plan.reference, by=by, now=now, lines=len(made))
    return made


@action
def decide_plan(*, plan: PurchasePlan, by: Seat, now: datetime) -> PurchasePlan:
    """Decide a complete draft, as another person than who changed it last. It stays as it is from then on.

    Refused with every fault at once; Conflict where it was changed since ``plan`` was read: nobody decides what they
    have not seen.
    """
    _permit(plan, by, Permission.PUBLISH_TENDER)
    seen, plan = plan, _locked(plan)
    if plan.status == PurchasePlan.Status.DRAFT and plan.prepared_at != seen.prepared_at:
        raise Conflict(_("Someone else has just done this. Reload the page to see how things stand now."))
    if faults := missing_of_plan(plan):
        raise Refused(_("The plan is not complete and was not decided."), faults=faults, code="incomplete")
    if plan.prepared_by.person_id == by.person_id:
        raise Refused(_("You changed this plan last. Another officer must decide it."), code="two_people")
    move(plan, PurchasePlan.Status.DECIDED, decided_at=now, decided_by=by)
    record(Verb.PLAN_DECIDED, plan.reference, by=by, now=now, preparer=plan.prepared_by.signature)
    return plan


@action
def drop_plan(*, plan: PurchasePlan, reason: str, by: Seat, now: datetime) -> PurchasePlan:
    """Drop a draft that comes to nothing, with the reason."""
    _permit(plan, by, Permission.PREPARE_TENDER)
    if not reason.strip():
        raise Refused(_("Give the reason, for the record."), field="reason", code="required")
    plan = _locked(plan)
    move(plan, PurchasePlan.Status.DROPPED, dropped_at=now, dropped_by=by, drop_reason=reason.strip())
    record(Verb.PLAN_DROPPED, plan.reference, by=by, now=now, reason=reason.strip())
    return plan


@action
def tender_from_plan(*, plan: PurchasePlan, terms: TenderPlan, by: Seat, now: datetime) -> Tender:
    """Begin a tender with a lot for each line of a decided plan that is to be tendered and is not yet.

    Region, window and kind are the plan's, whatever ``terms`` say. Of two officers at once the second is told that
    nothing is left.
    """
    _permit(plan, by, Permission.PREPARE_TENDER)
    plan = _locked(plan)
    if plan.status != PurchasePlan.Status.DECIDED:
        raise Refused(_("Only a decided plan is tendered."), code="not_now")
    waiting = list(plan.lines.not_yet_tendered().select_related("item"))
    if not waiting:
        raise Refused(_("Everything that this plan tenders is in a tender already."), code="unchanged")
    of_the_plan = replace(terms, kind=plan.kind, region=plan.region, window=plan.window)
    tender = prepare_tender(plan=of_the_plan, source=plan, by=by, now=now)
    set_lots(tender=tender, lots=[_lot(line) for line in waiting], by=by, now=now)
    record(Verb.PLAN_TENDERED, plan.reference, by=by, now=now, tender=tender.reference, lots=len(waiting))
    return tender


def missing_of_plan(plan: PurchasePlan) -> list[Fault]:
    """What keeps a plan from being decided, as faults: the line's number in the window is the row."""
    return [_fault(lack) for lack in plan_lacks([_planned(line) for line in plan.lines.for_list()])]


def _planned(line: Any) -> PlannedLine:
    """A line of the list, with its volume."""
    item = line.item
    return PlannedLine(
        number=line.number,
        name=item.name,
        form=item.form,
        strength=item.strength,
        lane=line.lane,
        has_reason=bool(line.reason),
        has_ceiling=line.ceiling_price is not None,
        has_basis=bool(line.ceiling_basis),
        volume=line.volume,
        drug=item.kind == Item.Kind.DRUG,
    )


def _fault(lack: PlanLack) -> Fault:
    told = {"name": lack.name, "forms": MOST_FORMS, "strengths": MOST_STRENGTHS}
    return Fault(str(SENTENCES[lack.gap]) % told, lack.field, lack.number, code="incomplete")


def _lot(line: PlanLine) -> LotPlan:
    return LotPlan(
        title="",
        items=(LotItemPlan(line.item),),
        ceiling_price=line.ceiling_price,
        ceiling_units=line.ceiling_units,
        price_before=line.price_before,
        quality_requirement=line.quality_requirement,
    )


def _permit(plan: PurchasePlan, by: Seat, permission: Permission) -> None:
    require(by, permission)
    if by.organisation_id != plan.agency_id:
        raise Denied(permission)


def _lock_draft(plan: PurchasePlan, by: Seat) -> PurchasePlan:
    _permit(plan, by, Permission.PREPARE_TENDER)
    plan = _locked(plan)
    if plan.status != PurchasePlan.Status.DRAFT:
        raise Refused(_("A plan is changed while it is in preparation; this one is no longer."), code="not_now")
    return plan


def _locked(plan: PurchasePlan) -> PurchasePlan:
    """The plan as it is now, held until commit: whoever changes, decides or tenders it waits."""
    rows = PurchasePlan.objects.select_related("agency", "region", "window", "prepared_by__person")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=plan.pk)


def _check_lines(lines: Sequence[LinePlan], items: dict[int, Item], plan: PurchasePlan) -> None:
    faults: list[Fault] = []
    seen: set[int] = set()
    for row, line in enumerate(lines, start=1):
        faults += [Fault(message, field, row, code=code) for field, message, code in _line_faults(line, items, plan)]
        if line.number in seen:
            faults.append(Fault(_("This line is planned twice."), "number", row, code="twice"))
        seen.add(line.number)
    if faults:
        raise Refused(_("The lines were not changed."), faults=faults)


def _line_faults(line: LinePlan, items: dict[int, Item], plan: PurchasePlan) -> Iterable[tuple[str, str, str]]:
    if line.number not in items:
        yield "number", _("The demand window has no such line."), "does_not_exist"
    elif items[line.number].kind != plan.kind:
        yield "number", _("All items must be of the plan's kind: %(kind)s.") % {"kind": plan.kind}, "wrong_kind"
    if line.lane not in PlanLine.Lane.values:
        yield "lane", _("Choose one of the lanes."), "invalid_choice"
    if line.ceiling_basis not in PlanLine.Basis.values:
        yield "ceiling_basis", _("Choose what the ceiling is based on."), "invalid_choice"
    if line.ceiling_price is not None and not is_exact(line.ceiling_price, PRICE_DECIMALS):
        yield "ceiling_price", _("Enter a price above zero with at most 6 decimals."), "invalid"
    if not 0 < line.ceiling_units <= MOST_CEILING_UNITS:
        yield "ceiling_units", _("Say for how many base units the ceiling is, 1 or more."), "out_of_range"
