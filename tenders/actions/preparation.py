"""A tender in preparation: its plan, lots, schedule and criteria. Publication is in ``publication``."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.access import require
from accounts.actions import notify
from accounts.models import Region, Seat
from accounts.permissions import Permission
from catalogue.models import Item
from core import search
from core.actions import action
from core.clock import installation_kind, zone
from core.errors import Conflict, Fault, Refused
from core.events import record
from core.money import PRICE_DECIMALS
from core.references import next_reference
from demand.models import DemandWindow
from sealing.offers import MOST_PARTS
from tenders import searching
from tenders.duties import permit, second_officers
from tenders.models import Criterion, Lot, LotItem, LotPart, PurchasePlan, RuleSet, Tender, Verb
from tenders.rules.preparation import MOST_CEILING_UNITS, MOST_OPENERS

MOST_LOTS = 999
LONGEST_TITLE = 300  # as the column holds
MOST_CRITERIA = 40
MOST_UNITS = 10_000  # of a part in a set; more is a slip of the finger


@dataclass(frozen=True)
class TenderPlan:
    """What a tender is about and by which rules it runs. ``envelopes``: 2 (technical and commercial) or 1."""

    title: str
    kind: str
    region: Region
    rule_set: RuleSet
    window: DemandWindow | None = None
    envelopes: int = 2
    openers_needed: int = 3
    summary: str = ""


@dataclass(frozen=True)
class LotItemPlan:
    """An item and how many base units of the lot's reference item one base unit counts as: where prices are compared,
    and where volumes are added up (the same unless said)."""

    item: Item
    factor: Decimal = Decimal(1)
    volume_factor: Decimal | None = None

    @property
    def factors(self) -> dict[str, Decimal]:
        """Both, by the names of their columns."""
        volume = self.factor if self.volume_factor is None else self.volume_factor
        return {"factor": self.factor, "volume_factor": volume}


@dataclass(frozen=True)
class LotPartPlan:
    """A part that a set must have, and how many base units of it."""

    item: Item
    quantity: int = 1


@dataclass(frozen=True)
class LotPlan:
    """A lot before publication. The first item is the reference, with factor 1; prices are of its base unit, and the
    ceiling of ``ceiling_units`` of them.

    Where a bid is of a set, the one item is the set itself, and ``parts`` are what it must have, the main part first.
    """

    title: str
    items: tuple[LotItemPlan, ...]
    ceiling_price: Decimal | None = None
    price_before: Decimal | None = None
    quality_requirement: str = ""
    offered: str = Lot.Offered.PRODUCT
    parts: tuple[LotPartPlan, ...] = ()
    with_service_fee: bool = False
    ceiling_units: int = 1


@dataclass(frozen=True)
class CriterionPlan:
    """A formal requirement (no points), or a scored criterion with its highest points."""

    kind: str
    title: str
    guidance: str = ""
    max_points: int = 0


@action
def prepare_tender(*, plan: TenderPlan, source: PurchasePlan | None = None, by: Seat, now: datetime) -> Tender:
    """Begin a tender of the acting seat's agency; ``source`` is the purchase plan that it carries out."""
    require(by, Permission.PREPARE_TENDER)
    _check_plan(plan, by)
    tender = Tender.objects.create(
        reference=next_reference("tender", "T", now),
        agency=by.organisation,
        demo=installation_kind() == "demo",
        prepared_at=now,
        prepared_by=by,
        source=source,
        **_plan_columns(plan),
    )
    record(Verb.TENDER_PREPARED, tender.reference, by=by, now=now)
    search.index([searching.of_tender(tender)])
    return tender


@action
def change_tender(*, tender: Tender, plan: TenderPlan, by: Seat, now: datetime) -> Tender:
    """Change the plan of a draft. Its kind stays while it has lots, because their items are of that kind."""
    tender = lock_draft(tender, by)
    _check_plan(plan, by)
    if plan.kind != tender.kind and tender.lots.exists():
        raise Refused(_("Remove the lots first: their items are of the other kind."), field="kind", code="in_use")
    for column, value in _plan_columns(plan).items():
        setattr(tender, column, value)
    tender.save()
    touch(tender, by, now)
    record(Verb.TENDER_CHANGED, tender.reference, by=by, now=now)
    search.index([searching.of_tender(tender)])
    return tender


@action
def set_lots(*, tender: Tender, lots: Sequence[LotPlan], by: Seat, now: datetime) -> list[Lot]:
    """Set all lots of a draft anew, numbered in their order. Faults come with the lot's number as row."""
    tender = lock_draft(tender, by)
    _check_lots(lots, tender)
    tender.lots.all().delete()
    made = Lot.objects.bulk_create(
        Lot(
            tender=tender,
            number=number,
            title=lot.title.strip() or _title_of(lot.items),
            quality_requirement=lot.quality_requirement.strip(),
            offered=lot.offered,
            ceiling_price=lot.ceiling_price,
            ceiling_units=lot.ceiling_units,
            price_before=lot.price_before,
            with_service_fee=lot.with_service_fee,
        )
        for number, lot in enumerate(lots, start=1)
    )
    LotPart.objects.bulk_create(
        LotPart(lot=row, number=number, item=part.item, quantity=part.quantity)
        for row, lot in zip(made, lots, strict=True)
        for number, part in enumerate(lot.parts, start=1)
    )
    LotItem.objects.bulk_create(
        LotItem(lot=row, item=part.item, **part.factors)
        for row, lot in zip(made, lots, strict=True)
        for part in lot.items
    )
    items = sum(len(lot.items) for lot in lots)
    touch(tender, by, now)
    record(Verb.LOTS_SET, tender.reference, by=by, now=now, lots=len(made), items=items)
    search.index([searching.of_tender(tender)])
    return made


def _title_of(items: Sequence[LotItemPlan]) -> str:
    """A lot by its item; of several, by their names, or by the first where those are too long."""
    if len(items) == 1:
        return str(items[0].item)
    names = list(dict.fromkeys(part.item.name for part in items))
    title = " / ".join(names)
    return title if len(title) <= LONGEST_TITLE else names[0]


@action
def set_schedule(
    *, tender: Tender, deadline: datetime, supply_from: date, supply_to: date, by: Seat, now: datetime
) -> Tender:
    """Set the deadline (a bid received before this instant is in time) and the supply period of a draft."""
    tender = lock_draft(tender, by)
    faults = []
    if deadline <= now:
        faults.append(Fault(_("The deadline must lie in the future."), "deadline", code="date_out_of_range"))
    if supply_to < supply_from:
        faults.append(
            Fault(_("The last day of supply cannot be before the first."), "supply_to", code="end_before_start")
        )
    if faults:
        raise Refused(_("The schedule was not changed."), faults=faults)
    tender.deadline, tender.supply_from, tender.supply_to = deadline, supply_from, supply_to
    tender.save(update_fields=["deadline", "supply_from", "supply_to"])
    touch(tender, by, now)
    record(Verb.SCHEDULE_SET, tender.reference, by=by, now=now, deadline=in_words(deadline))
    return tender


@action
def set_criteria(*, tender: Tender, criteria: Sequence[CriterionPlan], by: Seat, now: datetime) -> list[Criterion]:
    """Set all criteria of a draft anew, numbered in their order. Faults come with the criterion's number as row."""
    tender = lock_draft(tender, by)
    _check_criteria(criteria)
    tender.criteria.all().delete()
    made = Criterion.objects.bulk_create(
        Criterion(
            tender=tender,
            number=number,
            kind=criterion.kind,
            title=criterion.title.strip(),
            guidance=criterion.guidance.strip(),
            max_points=criterion.max_points,
        )
        for number, criterion in enumerate(criteria, start=1)
    )
    touch(tender, by, now)
    record(Verb.CRITERIA_SET, tender.reference, by=by, now=now, count=len(made))
    return made


def lock_draft(tender: Tender, by: Seat) -> Tender:
    """The draft as it is now, held until commit. Denied to other agencies; Conflict if it was published meanwhile."""
    permit(tender, by, Permission.PREPARE_TENDER)
    seen, tender = tender, lock_tender(tender)
    if tender.status == Tender.Status.DRAFT:
        return tender
    if seen.status == Tender.Status.DRAFT:
        raise Conflict(_("Someone else has just done this. Reload the page to see how things stand now."))
    raise Refused(_("A tender is changed while it is in preparation; this one is no longer."), code="not_now")


def lock_tender(tender: Tender) -> Tender:
    """The tender as it is now, held until commit: whoever changes it or its people waits."""
    related = Tender.objects.select_related(
        "agency", "region", "rule_set", "prepared_by__person", "published_by__person"
    )
    return related.select_for_update(of=("self",), no_key=True).get(pk=tender.pk)


def tell_other_officers(
    tender: Tender, text: str, path: str, *, about: str, by: Seat, now: datetime, **data: str
) -> None:
    """Tell whoever else may publish or change the tender; ``text`` may name its %(title)s and what ``data`` has."""
    notify(
        seats=second_officers(tender, by, now),
        subject=tender.reference,
        text=text,
        path=path,
        about=about,
        now=now,
        data={"title": tender.title, **data},
    )


def in_words(instant: datetime | None) -> str:
    """An instant as sentences of the trail give it: 2026-03-24 14:00 (Asia/Shanghai); empty for none."""
    return f"{instant.astimezone(zone()):%Y-%m-%d %H:%M} ({zone().key})" if instant else ""


def touch(tender: Tender, by: Seat, now: datetime) -> None:
    """Remember who changed the draft last: that person does not publish it, so that two have seen what is published."""
    tender.prepared_at, tender.prepared_by = now, by
    tender.save(update_fields=["prepared_at", "prepared_by"])


def _plan_columns(plan: TenderPlan) -> dict[str, object]:
    return {**vars(plan), "title": plan.title.strip(), "summary": plan.summary.strip()}


def _check_plan(plan: TenderPlan, by: Seat) -> None:
    faults = []
    if not plan.title.strip():
        faults.append(Fault(_("Enter a title."), "title", code="required"))
    if plan.kind not in Item.Kind.values:
        faults.append(Fault(_("Choose drugs or consumables."), "kind", code="invalid_choice"))
    if plan.envelopes not in (1, 2):
        faults.append(Fault(_("A bid has one envelope or two."), "envelopes", code="out_of_range"))
    if not 2 <= plan.openers_needed < MOST_OPENERS:
        faults.append(
            Fault(
                _("From 2 to %(most)d openers can be needed.") % {"most": MOST_OPENERS - 1},
                "openers_needed",
                code="out_of_range",
            )
        )
    if plan.window is not None and plan.window.agency_id != by.organisation_id:
        faults.append(Fault(_("Choose a demand window of your own agency."), "window", code="does_not_exist"))
    if faults:
        raise Refused(_("The plan is not complete."), faults=faults)


def _check_lots(lots: Sequence[LotPlan], tender: Tender) -> None:
    faults: list[Fault] = []
    if len(lots) > MOST_LOTS:
        faults.append(Fault(_("A tender has at most %(most)d lots.") % {"most": MOST_LOTS}, code="out_of_range"))
    seen: dict[int, int] = {}
    for number, lot in enumerate(lots, start=1):
        faults += [Fault(message, field, number, code="invalid") for field, message in _lot_faults(lot, tender)]
        for part in lot.items:
            if seen.setdefault(part.item.pk, number) != number:
                where = {"item": part.item, "lot": seen[part.item.pk]}
                faults.append(Fault(_("%(item)s is in lot %(lot)d already.") % where, "items", number, code="twice"))
    if faults:
        raise Refused(_("The lots were not changed."), faults=faults)


def _lot_faults(lot: LotPlan, tender: Tender) -> list[tuple[str, str]]:
    faults = []
    if not lot.items:
        faults.append(("items", _("A lot needs at least one item.")))
    elif set(lot.items[0].factors.values()) != {1}:
        faults.append(("factor", _("The first item of a lot is its reference and has the factor 1.")))
    faults += [("items", part.item.why_unready) for part in lot.items if part.item.why_unready]
    if len({part.item.pk for part in lot.items}) < len(lot.items):
        faults.append(("items", _("Each item stands in a lot only once.")))
    if any(part.item.kind != tender.kind for part in lot.items):
        faults.append(("items", _("All items must be of the tender's kind: %(kind)s.") % {"kind": tender.kind}))
    if not all(is_exact(factor, 9) for part in lot.items for factor in part.factors.values()):
        faults.append(("factor", _("Enter a conversion factor above zero with at most 9 decimals.")))
    if lot.offered not in Lot.Offered.values:
        faults.append(("offered", _("A bid is of one product, of a registration or of a set.")))
    faults += [("parts", message) for message in _part_faults(lot, tender)]
    if not 0 < lot.ceiling_units <= MOST_CEILING_UNITS:
        faults.append(("ceiling_units", _("Say for how many base units the ceiling is, 1 or more.")))
    for field in ("ceiling_price", "price_before"):
        value = getattr(lot, field)
        if value is not None and not is_exact(value, PRICE_DECIMALS):
            faults.append((field, _("Enter a price above zero with at most 6 decimals.")))
    return faults


def _part_faults(lot: LotPlan, tender: Tender) -> Iterator[str]:
    if lot.offered != Lot.Offered.SYSTEM:
        if lot.parts:
            yield _("Only a set has parts.")
        return
    if len(lot.items) > 1:
        yield _("A lot of sets has one item, the set.")
    if not 2 <= len(lot.parts) <= MOST_PARTS:
        yield _("Name the parts of the set, from 2 to %(most)s.") % {"most": MOST_PARTS}
        return
    if lot.parts[0].quantity != 1:
        yield _("A set has its main part, which comes first, once.")
    if any(not 1 <= part.quantity < MOST_UNITS for part in lot.parts):
        yield _("Say how many of each part a set has, 1 or more.")
    named = [*(one.item.pk for one in lot.items), *(part.item.pk for part in lot.parts)]
    if len(set(named)) < len(named):
        yield _("Each part stands in a set once, and the set is none of them.")
    if any(part.item.kind != tender.kind for part in lot.parts):
        yield _("All items must be of the tender's kind: %(kind)s.") % {"kind": tender.kind}
    yield from (part.item.why_unready for part in lot.parts if part.item.why_unready)


def is_exact(value: Decimal, decimals: int) -> bool:
    """Whether a number is above zero, below a thousand million, and has at most so many decimals."""
    return value.is_finite() and 0 < value < 10**9 and value == round(value, decimals)


def _check_criteria(criteria: Sequence[CriterionPlan]) -> None:
    faults = []
    if len(criteria) > MOST_CRITERIA:
        faults.append(
            Fault(_("A tender has at most %(most)d criteria.") % {"most": MOST_CRITERIA}, code="out_of_range")
        )
    for number, criterion in enumerate(criteria, start=1):
        scored = criterion.kind == Criterion.Kind.SCORED
        if criterion.kind not in Criterion.Kind.values:
            faults.append(
                Fault(_("A criterion is a formal requirement or scored."), "kind", number, code="invalid_choice")
            )
        if not criterion.title.strip():
            faults.append(Fault(_("Say what is asked for."), "title", number, code="required"))
        if scored and not 1 <= criterion.max_points <= 100:
            faults.append(Fault(_("Enter 1 to 100 points."), "max_points", number, code="out_of_range"))
        if not scored and criterion.max_points:
            faults.append(Fault(_("A formal requirement has no points."), "max_points", number, code="must_be_empty"))
    if faults:
        raise Refused(_("The criteria were not changed."), faults=faults)
