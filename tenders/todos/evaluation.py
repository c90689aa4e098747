"""What waits around the technical evaluation: judging, publishing, answering, reading."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby

from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Seat
from accounts.permissions import Permission
from core.shell import NavEntry, Related, Todo
from tenders.models import Bid, Evaluator, Hold, Lot, Objection, Tender
from tenders.presentation.desk import LotDesk, desks
from tenders.querysets import LotQuerySet

READS_OBJECTIONS = (Permission.OBJECT, Permission.ANSWER_OBJECTION, Permission.READ_TRAIL)


def nav(seat: Seat) -> list[NavEntry]:
    """Objections stand in the navigation while one of them waits."""
    if not any(seat.may(permission) for permission in READS_OBJECTIONS):
        return []
    waiting = Objection.objects.visible_to(seat).waiting().count()
    return [NavEntry(gettext_lazy("Objections"), reverse("tenders:objections"), "scale", waiting)] if waiting else []


def todos(seat: Seat, now: datetime) -> list[Todo]:
    found: list[Todo] = []
    if seat.may(Permission.EVALUATE):
        found += _to_evaluate(seat)
    if seat.may(Permission.PUBLISH_RESULT):
        found += _to_publish(seat)
    if seat.may(Permission.ANSWER_OBJECTION):
        found += to_answer(seat, Objection.Stage.TECHNICAL, "tenders:objection")
        found += _held(seat)
    if seat.may(Permission.OBJECT):
        found += _to_read(seat, now)
    return found


def related(reference: str, seat: Seat) -> list[Related]:
    """The evaluation of a tender for those who judge or run it."""
    tender = Tender.objects.published().filter(reference=reference).first()
    if tender is None:
        return []
    own = seat.organisation_id == tender.agency_id and seat.may(Permission.PUBLISH_RESULT)
    if own or seat.reads_the_trail or Evaluator.objects.filter(tender=tender, seat=seat, replaced_at=None).exists():
        return [Related(gettext_lazy("Evaluation"), reference, reverse("tenders:evaluation", args=[reference]))]
    return []


def _to_evaluate(seat: Seat) -> Iterator[Todo]:
    """One for each tender in which lots wait for this evaluator, with how many of all are signed."""
    judging = Evaluator.objects.filter(seat=seat, replaced_at=None, declared_at__isnull=False, has_interest=False)
    lots = Lot.objects.under_evaluation().filter(tender__in=judging.values("tender"))
    for tender, rows in _by_tender(desks(lots, seat)):
        waiting = [row for row in rows if row.state in ("review", "score", "sign")]
        if waiting:
            numbers = {"done": sum(row.mine for row in rows), "all": len(rows)}
            yield Todo(
                what=_("Evaluate the bids; lots signed: %(done)d of %(all)d") % numbers,
                where=_where(tender),
                url=waiting[0].url if len(waiting) == 1 else reverse("tenders:evaluation", args=[tender.reference]),
                action=_("Evaluate"),
                since=tender.deadline,
                count=len(waiting),
            )


def _by_tender(rows: Iterable[LotDesk]) -> Iterator[tuple[Tender, list[LotDesk]]]:
    for _key, group in groupby(rows, key=lambda row: row.lot.tender_id):
        of_tender = list(group)
        yield of_tender[0].lot.tender, of_tender


def _to_publish(seat: Seat) -> Iterator[Todo]:
    signed = Lot.objects.fully_signed().filter(tender__agency=seat.organisation_id)
    for tender, lots in grouped(signed.annotate(last_signed_at=Max("signatures__signed_at"))):
        text = ngettext("Publish %(n)d technical result", "Publish %(n)d technical results", len(lots))
        yield Todo(
            what=text % {"n": len(lots)},
            where=_where(tender),
            url=reverse("tenders:publish-results", args=[tender.reference]),
            action=_("Publish"),
            since=min(lot.last_signed_at for lot in lots),
            count=len(lots),
        )


def to_answer(seat: Seat, stage: str, route: str) -> Iterator[Todo]:
    """Objections of a stage that wait for the seat's agency; ``route`` is where each is answered."""
    waiting = Objection.objects.waiting().filter(lot__tender__agency=seat.organisation_id, stage=stage)
    for objection in waiting.select_related("lot__tender", "supplier"):
        yield Todo(
            what=_("Answer the objection of %(supplier)s, which stops lot %(lot)d")
            % {"supplier": objection.supplier, "lot": objection.lot.number},
            where=_where(objection.lot.tender),
            url=reverse(route, args=[objection.reference]),
            action=_("Answer"),
            since=objection.filed_at,
        )


def _held(seat: Seat) -> Iterator[Todo]:
    """Lots of the seat's agency that a complaint or a court stops: somebody must ask there how far it is."""
    holds = Hold.objects.standing().exclude(code=Hold.Code.OBJECTION).filter(lot__tender__agency=seat.organisation_id)
    for held in holds.select_related("lot__tender"):
        yield Todo(
            what=_("Lot %(lot)d stands still: %(why)s (%(file)s)")
            % {"lot": held.lot.number, "why": held.get_code_display(), "file": held.reference},
            where=_where(held.lot.tender),
            url=reverse("tenders:release-lot", args=[held.lot.tender.reference, held.lot.number]),
            action=_("Let the lot go on"),
            since=held.held_at,
        )


def _to_read(seat: Seat, now: datetime) -> Iterator[Todo]:
    """Technical results that this bidder can still object to."""
    lots = lots_to_read(seat).exclude(ending=Lot.Ending.CANCELLED)
    judged = lots.filter(technical_result__final_at__gt=now).select_related("technical_result")
    for tender, rows in grouped(judged):
        text = ngettext("Read the technical result of %(n)d lot", "Read the technical results of %(n)d lots", len(rows))
        one = reverse("tenders:lot", args=[tender.reference, rows[0].number])
        yield Todo(
            what=_("%(what)s; you may object") % {"what": text % {"n": len(rows)}},
            where=_where(tender),
            url=one if len(rows) == 1 else reverse("tenders:tender", args=[tender.reference]),
            action=_("Read"),
            until_at=min(lot.technical_result.final_at for lot in rows),
            since=min(lot.technical_result.published_at for lot in rows),
            count=len(rows),
        )


def lots_to_read(seat: Seat) -> LotQuerySet:
    """The lots in which this bidder has bid and to which it has not objected without an answer."""
    own = Bid.objects.standing().filter(supplier=seat.organisation_id).values("lot")
    objected = Objection.objects.filter(supplier=seat.organisation_id).waiting().values("lot")
    return Lot.objects.filter(pk__in=own).exclude(pk__in=objected)


def grouped(lots: QuerySet) -> Iterator[tuple[Tender, list[Lot]]]:
    """Lots by tender, in one query."""
    found = lots.select_related("tender").order_by("tender", "number")
    for _key, group in groupby(found, key=lambda lot: lot.tender_id):
        of_tender = list(group)
        yield of_tender[0].tender, of_tender


def _where(tender: Tender) -> str:
    return f"{tender.reference} {tender.title}"
