"""Demand windows: opened by the agency, answered by hospitals, locked as the basis of what is bought."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F
from django.utils.translation import gettext as _

from accounts.access import require
from accounts.actions import Succession, require_standing
from accounts.models import Organisation, Seat
from accounts.permissions import OrganisationKind, Permission
from catalogue.models import Item
from core import search
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Denied, Fault, Refused
from core.events import record
from core.outbox import queue
from core.references import next_reference
from demand import searching
from demand.models import DemandEntry, DemandLine, DemandReport, DemandUse, DemandWindow, Verb

MOST_ITEMS = 2000
LARGEST_QUANTITY = 10**12
YEARS_AHEAD = 5


@dataclass(frozen=True)
class WindowPlan:
    """A window before it is opened; both days belong to the period in which hospitals report."""

    title: str
    year: int
    opens_on: date
    closes_on: date


@dataclass(frozen=True)
class ReportedLine:
    """A quantity in base units for one line of a window; 0 is no need. ``row`` is where the person finds it."""

    number: int
    quantity: int
    row: int | None = None


@action
def open_window(
    *, plan: WindowPlan, items: Sequence[Item], hospitals: Sequence[Organisation], by: Seat, now: datetime
) -> DemandWindow:
    """Ask hospitals for their yearly need of items. Lines are numbered in the order of ``items``."""
    require(by, Permission.OPEN_DEMAND)
    _check_plan(plan, legal_date(now))
    _check_asked(items, hospitals)
    require_standing(*hospitals, field="hospitals")
    window = DemandWindow.objects.create(
        reference=next_reference("demand_window", "DW", now),
        agency=by.organisation,
        title=plan.title.strip(),
        year=plan.year,
        opens_on=plan.opens_on,
        closes_on=plan.closes_on,
        opened_at=now,
        opened_by=by,
    )
    DemandLine.objects.bulk_create(
        DemandLine(window=window, number=number, item=item) for number, item in enumerate(items, start=1)
    )
    window.hospitals.set(hospitals)
    asked = [hospital.pk for hospital in hospitals]
    record(Verb.DEMAND_OPENED, window.reference, by=by, now=now, organisations=asked, title=window.title)
    search.index([searching.of_window(window)])
    queue("demand.tasks.announce_window", window.pk, now=now)
    return window


@action
def report_demand(*, window: DemandWindow, lines: Sequence[ReportedLine], by: Seat, now: datetime) -> DemandReport:
    """Report what the acting seat's hospital needs in a year; a later report replaces the earlier one whole.

    Refused with every fault at once (``field`` is ``quantity`` or ``number``, ``row`` as given), when the
    window is not open, and when it was locked.
    """
    require(by, Permission.REPORT_DEMAND)
    window = _locked_row(window)
    if not window.hospitals.filter(pk=by.organisation_id).exists():
        raise Denied(Permission.REPORT_DEMAND)
    _check_open(window, legal_date(now))
    items = dict(window.lines.values_list("number", "item_id"))
    _check_lines(lines, items)
    report, _new = DemandReport.objects.update_or_create(
        window=window, hospital=by.organisation, defaults={"reported_at": now, "reported_by": by}
    )
    report.entries.all().delete()
    needed = [
        DemandEntry(report=report, item_id=items[line.number], quantity=line.quantity)
        for line in lines
        if line.quantity
    ]
    DemandEntry.objects.bulk_create(needed)
    record(Verb.DEMAND_REPORTED, window.reference, by=by, now=now, items=len(needed))
    return report


@action
def lock_demand(*, window: DemandWindow, by: Seat, now: datetime) -> DemandWindow:
    """Close the numbers of a window, so that tenders can be based on them. Hospitals can no longer report."""
    _permit(window, by)
    seen = window
    window = _locked_row(window)
    if window.locked_at is not None:
        raise _already(seen.locked_at is None, _("The demand is locked already."))
    if not window.has_need:
        raise Refused(_("No hospital has reported any need yet; there is nothing to lock."), code="incomplete")
    window.locked_at, window.locked_by = now, by
    window.save(update_fields=["locked_at", "locked_by"])
    record(Verb.DEMAND_LOCKED, window.reference, by=by, now=now, organisations=_asked(window))
    return window


@action
def unlock_demand(
    *, window: DemandWindow, reason: str, by: Seat, now: datetime, closes_on: date | None = None
) -> DemandWindow:
    """Take numbers back into work, with a new last day where the old one is over.

    Refused without a reason, and while something that was published uses these numbers.
    """
    _permit(window, by)
    if not reason.strip():
        raise Refused(_("Give the reason, for the record."), field="reason", code="required")
    seen = window
    window = _locked_row(window)
    if window.locked_at is None:
        raise _already(seen.locked_at is not None, _("The demand is not locked."))
    use = window.uses.standing().first()
    if use is not None:
        raise Refused(
            _("%(reference)s is based on these numbers; cancel it first.") % {"reference": use.reference}, code="in_use"
        )
    closes_on = closes_on or window.closes_on
    if closes_on < legal_date(now):
        raise Refused(
            _("Give a new last day of reporting: the old one is over."), field="closes_on", code="date_out_of_range"
        )
    window.locked_at = window.locked_by = None
    window.closes_on = closes_on
    window.save(update_fields=["locked_at", "locked_by", "closes_on"])
    record(Verb.DEMAND_UNLOCKED, window.reference, by=by, now=now, organisations=_asked(window), reason=reason.strip())
    return window


@action
def use_demand(*, window: DemandWindow, reference: str, by: Seat, now: datetime) -> DemandUse:
    """Note that what is published under ``reference`` has frozen these numbers: they stay locked meanwhile."""
    require(by, Permission.PUBLISH_TENDER)
    window = _locked_row(window)
    if window.locked_at is None:
        raise Refused(_("The demand is not locked."), code="not_now")
    use = DemandUse.objects.create(window=window, reference=reference, used_at=now, used_by=by)
    record(Verb.DEMAND_USED, window.reference, by=by, now=now, organisations=_asked(window), reference=reference)
    return use


@action
def release_demand(*, window: DemandWindow, reference: str, by: Seat, now: datetime) -> None:
    """Give the numbers back: what was published under ``reference`` is cancelled."""
    require(by, Permission.PUBLISH_TENDER)
    window = _locked_row(window)
    if not window.uses.standing().filter(reference=reference).update(released_at=now, released_by=by):
        raise Refused(_("%(reference)s does not use these numbers.") % {"reference": reference}, code="not_now")
    record(Verb.DEMAND_RELEASED, window.reference, by=by, now=now, organisations=_asked(window), reference=reference)


@action
def succeed(*, succession: Succession, by: Seat, now: datetime) -> None:
    """Let the successor of a hospital be asked in its place wherever the numbers are not locked, and let its reports
    pass. Where both have reported in one window, what they need of an item adds up."""
    before, after = succession.before, succession.after
    asked = DemandWindow.objects.in_work().asking(before.pk)
    for window in asked.select_related("agency").select_for_update(of=("self",), no_key=True).order_by("pk"):
        _pass_report(window, before, after)
        window.hospitals.add(after)
        window.hospitals.remove(before)
        readers = [before.pk, after.pk]
        record(Verb.DEMAND_PASSED, window.reference, by=by, now=now, organisations=readers, **succession.told)
        search.index([searching.of_window(window)])


def _pass_report(window: DemandWindow, before: Organisation, after: Organisation) -> None:
    reports = {report.hospital_id: report for report in window.reports.filter(hospital__in=(before, after))}
    if before.pk not in reports:
        return
    if after.pk not in reports:
        DemandReport.objects.filter(pk=reports[before.pk].pk).update(hospital=after)
        return
    own = dict(reports[after.pk].entries.values_list("item", "pk"))
    for entry in reports[before.pk].entries.all():
        if entry.item_id in own:
            DemandEntry.objects.filter(pk=own[entry.item_id]).update(quantity=F("quantity") + entry.quantity)
        else:
            DemandEntry.objects.filter(pk=entry.pk).update(report=reports[after.pk])
    DemandEntry.objects.filter(report=reports[before.pk]).delete()
    DemandReport.objects.filter(pk=reports[before.pk].pk).delete()


def _permit(window: DemandWindow, by: Seat) -> None:
    require(by, Permission.OPEN_DEMAND)
    if by.organisation_id != window.agency_id:
        raise Denied(Permission.OPEN_DEMAND)


def _locked_row(window: DemandWindow) -> DemandWindow:
    """The window as it is now, held until commit, so that nobody reports while somebody locks."""
    return DemandWindow.objects.select_for_update(no_key=True).get(pk=window.pk)


def _already(meanwhile: bool, message: str) -> Refused:
    return Conflict(message, code="conflict") if meanwhile else Refused(message, code="not_now")


def _asked(window: DemandWindow) -> list[int]:
    return list(window.hospitals.values_list("pk", flat=True))


def _check_plan(plan: WindowPlan, today: date) -> None:
    faults = []
    if not plan.title.strip():
        faults.append(Fault(_("Enter a title by which hospitals recognise the window."), "title", code="required"))
    if not today.year <= plan.year <= today.year + YEARS_AHEAD:
        faults.append(
            Fault(
                _("Enter a year from %(first)d to %(last)d.") % {"first": today.year, "last": today.year + YEARS_AHEAD},
                "year",
                code="out_of_range",
            )
        )
    if plan.closes_on < plan.opens_on:
        faults.append(Fault(_("The last day cannot be before the first."), "closes_on", code="end_before_start"))
    elif plan.closes_on < today:
        faults.append(
            Fault(_("The last day is over; hospitals could not report."), "closes_on", code="date_out_of_range")
        )
    if faults:
        raise Refused(_("The window cannot be opened like this."), faults=faults)


def _check_asked(items: Sequence[Item], hospitals: Sequence[Organisation]) -> None:
    faults = []
    if not 1 <= len(items) <= MOST_ITEMS:
        faults.append(Fault(_("Choose from 1 to %(most)d items.") % {"most": MOST_ITEMS}, "items", code="out_of_range"))
    if len({item.pk for item in items}) < len(items):
        faults.append(Fault(_("Each item can be asked for only once."), "items", code="twice"))
    faults += [Fault(item.why_unready, "items", code="unready") for item in items if item.why_unready]
    if not hospitals:
        faults.append(Fault(_("Choose the hospitals that are asked."), "hospitals", code="required"))
    if any(hospital.kind != OrganisationKind.HOSPITAL for hospital in hospitals):
        faults.append(Fault(_("Only hospitals can be asked for their demand."), "hospitals", code="wrong_kind"))
    if faults:
        raise Refused(_("The window cannot be opened like this."), faults=faults)


def _check_open(window: DemandWindow, today: date) -> None:
    if window.locked_at is not None:
        raise Refused(_("The agency has locked this demand. Ask it to unlock, with the reason."), code="locked")
    if today < window.opens_on:
        raise Refused(_("Reporting has not begun yet."), code="not_open")
    if today > window.closes_on:
        raise Refused(_("The last day of reporting is over. Ask the agency for more time."), code="closed")


def _check_lines(lines: Sequence[ReportedLine], items: dict[int, int]) -> None:
    faults, seen = [], set()
    for line in lines:
        if line.number not in items:
            faults.append(
                Fault(_("This window has no line %(n)d.") % {"n": line.number}, "number", line.row, code="unknown_line")
            )
        elif line.number in seen:
            faults.append(Fault(_("Line %(n)d is given twice.") % {"n": line.number}, "number", line.row, code="twice"))
        if not 0 <= line.quantity <= LARGEST_QUANTITY:
            faults.append(
                Fault(_("Enter a whole number of base units, 0 or more."), "quantity", line.row, code="invalid")
            )
        seen.add(line.number)
    if faults:
        raise Refused(_("Nothing was reported. Correct the lines below."), faults=faults)
