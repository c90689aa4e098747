"""Shortages: reported by who buys or delivers, verified by the agency, ended; substitutes and designated production."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.access import require
from accounts.models import Region, Seat
from accounts.permissions import Permission
from catalogue.models import DesignatedProduction, Item, Maker, Product, Shortage, Substitute, Verb
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Fault, Refused
from core.events import record
from core.models import Event
from core.moves import move

MOST_REPORTS = 200  # of one act


@dataclass(frozen=True)
class ReportedShortage:
    """What is short, where, since when, and by what one knows it."""

    item: Item
    product: Product | None
    region: Region
    valid_from: date
    evidence: str


@dataclass(frozen=True)
class Commission:
    """A decision by which a maker is commissioned to make an item; without a region it is the state's."""

    item: Item
    maker: Maker
    region: Region | None
    valid_from: date
    valid_to: date
    source: str


@action
def report_shortages(*, reports: Sequence[ReportedShortage], by: Seat, now: datetime) -> list[Shortage]:
    """Report what cannot be had; the agency verifies each. All of them or, where one is refused, none; faults name
    their rows. Refused for what the organisation has reported already, or what is verified for the region."""
    require(by, Permission.REPORT_SHORTAGE)
    if not 0 < len(reports) <= MOST_REPORTS:
        raise Refused(_("Report one thing at least, and at most %(most)s.") % {"most": MOST_REPORTS}, code="empty")
    faults = [
        Fault(text, field, number, code)
        for number, report in enumerate(reports, start=1)
        for field, text, code in _wrong(report, legal_date(now))
    ]
    if faults:
        raise Refused(faults[0].message, faults=faults)
    return [_report(number, report, by=by, now=now) for number, report in enumerate(reports, start=1)]


def _wrong(report: ReportedShortage, today: date) -> list[tuple[str, str, str]]:
    found = []
    if report.product and report.product.item_id != report.item.pk:
        found.append(("product", _("This product belongs to another item."), "not_of_item"))
    if report.valid_from > today:
        found.append(("valid_from", _("A shortage is reported once it is there."), "date_out_of_range"))
    if not report.evidence.strip():
        found.append(("evidence", _("Say by what one knows it: who was asked, what they answered."), "required"))
    thing = {"item": report.item, "product": report.product, "region": report.region}
    if known := Shortage.objects.filter(**thing, status=Shortage.Status.VERIFIED).first():
        text = _("This is verified already: %(reference)s.") % {"reference": known.reference}
        found.append(("item", text, "already_done"))
    return found


def _report(number: int, report: ReportedShortage, *, by: Seat, now: datetime) -> Shortage:
    said = {**vars(report), "evidence": report.evidence.strip()}
    shortage = Shortage(reporter_id=by.organisation_id, reported_at=now, reported_by=by, **said)
    try:
        with transaction.atomic():
            shortage.save(force_insert=True)
    except IntegrityError:
        text = _("Your organisation has reported this already, and the agency has not answered yet.")
        raise Refused(text, code="pending", faults=[Fault(text, "item", number, "pending")]) from None
    shortage.refresh_from_db(fields=("reference",))
    _tell(Verb.SHORTAGE_REPORTED, shortage, by=by, now=now, audience=Event.Audience.AGENCY)
    return shortage


@action
def verify_shortage(*, shortage: Shortage, by: Seat, now: datetime) -> Shortage:
    """Say that a report is true: whoever orders in the region sees it from now on."""
    held = _hold(shortage, by)
    try:
        with transaction.atomic():
            move(held, Shortage.Status.VERIFIED, decided_at=now, decided_by=by)
    except IntegrityError:
        text = _("This is verified already, by another report. Answer that to whoever reported it again.")
        raise Refused(text, code="already_done") from None
    _tell(Verb.SHORTAGE_VERIFIED, held, by=by, now=now, audience=Event.Audience.PUBLIC)
    return held


@action
def refuse_shortage(*, shortage: Shortage, reason: str, by: Seat, now: datetime) -> Shortage:
    """Say that a report is none, and why; its reporter reads it."""
    held = _hold(shortage, by)
    said = _reason(reason)
    move(held, Shortage.Status.REFUSED, decided_at=now, decided_by=by, decision_reason=said)
    _tell(Verb.SHORTAGE_REFUSED, held, by=by, now=now, audience=Event.Audience.AGENCY, reason=said)
    return held


@action
def withdraw_shortage(*, shortage: Shortage, reason: str, by: Seat, now: datetime) -> Shortage:
    """Take a report of one's own organisation back, which the agency has not decided."""
    require(by, Permission.REPORT_SHORTAGE)
    held = _locked(shortage)
    if held.reporter_id not in by.lineage:
        raise Refused(_("Only who reported it takes a report back."), code="not_yours")
    said = _reason(reason)
    move(held, Shortage.Status.WITHDRAWN, decided_at=now, decided_by=by, decision_reason=said)
    _tell(Verb.SHORTAGE_WITHDRAWN, held, by=by, now=now, audience=Event.Audience.AGENCY, reason=said)
    return held


@action
def end_shortage(*, shortage: Shortage, last_day: date, reason: str, by: Seat, now: datetime) -> Shortage:
    """Say that a shortage is over; its substitutes end with it."""
    held = _hold(shortage, by)
    if not held.valid_from <= last_day <= legal_date(now):
        raise Refused(
            _("The last day lies between its first day and today."), field="last_day", code="date_out_of_range"
        )
    said = _reason(reason)
    move(held, Shortage.Status.OVER, ended_at=now, ended_by=by, end_reason=said, valid_to=last_day)
    told: dict[str, Any] = {"reason": said, "last_day": last_day.isoformat()}
    _tell(Verb.SHORTAGE_ENDED, held, by=by, now=now, audience=Event.Audience.PUBLIC, **told)
    return held


@action
def name_substitute(
    *, shortage: Shortage, item: Item, product: Product | None = None, reason: str, by: Seat, now: datetime
) -> Substitute:
    """Name what may take the place of something that is short, of its variety or another, and why it may."""
    held = _hold(shortage, by)
    if held.status != Shortage.Status.VERIFIED:
        raise Refused(_("Substitutes are named for a shortage that is verified and not over."), code="not_now")
    if product and product.item_id != item.pk:
        raise Refused(_("This product belongs to another item."), field="product", code="not_of_item")
    if item.pk == held.item_id and (held.product_id is None or product is None or product.pk == held.product_id):
        raise Refused(_("This is what is short."), field="item", code="same_thing")
    made = Substitute(shortage=held, item=item, product=product, reason=_reason(reason), named_at=now, named_by=by)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise Refused(_("This is named already."), field="item", code="already_done") from None
    told: dict[str, Any] = {"substitute": str(made), "reason": made.reason}
    record(Verb.SUBSTITUTE_NAMED, held.reference, by=by, now=now, audience=Event.Audience.PUBLIC, **told)
    return made


@action
def withdraw_substitute(*, substitute: Substitute, by: Seat, now: datetime) -> Substitute:
    """Let something no longer stand as a substitute."""
    require(by, Permission.KEEP_LISTS)
    if Substitute.objects.filter(pk=substitute.pk, withdrawn_at=None).update(withdrawn_at=now, withdrawn_by=by) != 1:
        raise Conflict(_("Somebody else has just withdrawn it."))
    told: dict[str, Any] = {"substitute": str(substitute)}
    public = Event.Audience.PUBLIC
    record(Verb.SUBSTITUTE_WITHDRAWN, substitute.shortage.reference, by=by, now=now, audience=public, **told)
    substitute.refresh_from_db(fields=("withdrawn_at", "withdrawn_by"))
    return substitute


@action
def designate_production(*, commission: Commission, by: Seat, now: datetime) -> DesignatedProduction:
    """Record that a maker is commissioned to make an item for a time, as a decision of the state or a province says."""
    require(by, Permission.KEEP_LISTS)
    if commission.valid_to < commission.valid_from:
        raise Refused(_("The end cannot be before the start."), field="valid_to", code="end_before_start")
    if not commission.source.strip():
        raise Refused(_("Name the decision: who took it, its number and day."), field="source", code="required")
    said = {**vars(commission), "source": commission.source.strip()}
    made = DesignatedProduction(recorded_at=now, recorded_by=by, **said)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        text = _("This maker is commissioned with this item for the same time already.")
        raise Refused(text, field="valid_from", code="overlap") from None
    made.refresh_from_db(fields=("reference",))
    told: dict[str, Any] = {"maker": str(made.maker), "item": str(made.item), "last_day": made.valid_to.isoformat()}
    record(Verb.PRODUCTION_DESIGNATED, made.reference, by=by, now=now, audience=Event.Audience.PUBLIC, **told)
    return made


@action
def end_designation(
    *, designation: DesignatedProduction, last_day: date, reason: str, by: Seat, now: datetime
) -> DesignatedProduction:
    """Let a commission end before its day. Conflict when somebody else has ended it."""
    require(by, Permission.KEEP_LISTS)
    if not designation.valid_from <= last_day < designation.valid_to:
        raise Refused(
            _("The last day lies between its first day and the day on which it ends anyhow."),
            field="last_day",
            code="date_out_of_range",
        )
    facts = {"valid_to": last_day, "ended_at": now, "ended_by": by, "end_reason": _reason(reason)}
    if DesignatedProduction.objects.filter(pk=designation.pk, ended_at=None).update(**facts) != 1:
        raise Conflict(_("Somebody else has just ended this commission."))
    told: dict[str, Any] = {"last_day": last_day.isoformat(), "reason": facts["end_reason"]}
    record(Verb.DESIGNATION_ENDED, designation.reference, by=by, now=now, audience=Event.Audience.PUBLIC, **told)
    designation.refresh_from_db()
    return designation


def _hold(shortage: Shortage, by: Seat) -> Shortage:
    require(by, Permission.KEEP_LISTS)
    return _locked(shortage)


def _locked(shortage: Shortage) -> Shortage:
    rows = Shortage.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("item", "product__maker", "product__item", "region").get(pk=shortage.pk)


def _reason(text: str) -> str:
    if not text.strip():
        raise Refused(_("Give the reason, for the record."), field="reason", code="required")
    return text.strip()


def _tell(verb: Verb, shortage: Shortage, *, by: Seat, now: datetime, audience: str, **data: Any) -> None:
    told = {"item": str(shortage.thing), "region": str(shortage.region), **data}
    readers = [shortage.reporter_id]
    record(verb, shortage.reference, by=by, now=now, audience=audience, organisations=readers, **told)
