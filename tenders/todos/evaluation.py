"""What waits between opened envelopes and an award: judging, publishing, proposing, answering, awarding, reading."""

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
from tenders.models import Bid, Evaluator, Lot, Objection, TechnicalResult, Tender
from tenders.presentation.desk import LotDesk, desks

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
        found += _to_propose(seat)
    if seat.may(Permission.ANSWER_OBJECTION):
        found += _to_answer(seat)
    if seat.may(Permission.AWARD):
        found += _to_award(seat, now)
    if seat.may(Permission.OBJECT):
        found += _to_read(seat, now)
    return found


def related(reference: str, seat: Seat) -> list[Related]:
    """The evaluation of a tender for those who judge or run it, and its results once there are any."""
    tender = Tender.objects.published().filter(reference=reference).first()
    if tender is None:
        return []
    found = []
    own = seat.organisation_id == tender.agency_id and seat.may(Permission.PUBLISH_RESULT)
    if own or seat.reads_the_trail or Evaluator.objects.filter(tender=tender, seat=seat, replaced_at=None).exists():
        found.append(Related(gettext_lazy("Evaluation"), reference, reverse("tenders:evaluation", args=[reference])))
    if TechnicalResult.objects.filter(lot__tender=tender).exists():
        found.append(
            Related(gettext_lazy("Results and awards"), reference, reverse("tenders:awards", args=[reference]))
        )
    return found


def _to_evaluate(seat: Seat) -> Iterator[Todo]:
    """One for each tender in which lots wait for this evaluator, with how many of all are signed."""
    judging = Evaluator.objects.filter(seat=seat, replaced_at=None, declared_at__isnull=False, has_interest=False)
    lots = Lot.objects.under_evaluation().filter(tender__in=judging.values("tender"))
    for tender, rows in _by_tender(desks(lots, seat)):
        waiting = [row for row in rows if row.state in ("review", "score", "sign")]
        if waiting:
            numbers = {"done": sum(row.mine for row in rows), "all": len(rows)}
            yield Todo(
                what=_("Evaluate the bids: %(done)d of %(all)d lots signed") % numbers,
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
    for tender, lots in _grouped(signed.annotate(last_signed_at=Max("signatures__signed_at"))):
        text = ngettext("Publish %(n)d technical result", "Publish %(n)d technical results", len(lots))
        yield Todo(
            what=text % {"n": len(lots)},
            where=_where(tender),
            url=reverse("tenders:publish-results", args=[tender.reference]),
            action=_("Publish"),
            since=min(lot.last_signed_at for lot in lots),
            count=len(lots),
        )


def _to_propose(seat: Seat) -> Iterator[Todo]:
    ranked = Lot.objects.filter(status=Lot.Status.RANKED, tender__agency=seat.organisation_id)
    for tender, lots in _grouped(ranked):
        text = ngettext("Propose %(n)d award", "Propose %(n)d awards", len(lots))
        yield Todo(
            what=text % {"n": len(lots)},
            where=_where(tender),
            url=reverse("tenders:propose-awards", args=[tender.reference]),
            action=_("Propose"),
            count=len(lots),
        )


def _to_answer(seat: Seat) -> Iterator[Todo]:
    waiting = Objection.objects.waiting().filter(lot__tender__agency=seat.organisation_id)
    for objection in waiting.select_related("lot__tender", "supplier"):
        yield Todo(
            what=_("Answer the objection of %(supplier)s, which stops lot %(lot)d")
            % {"supplier": objection.supplier, "lot": objection.lot.number},
            where=_where(objection.lot.tender),
            url=reverse("tenders:objection", args=[objection.reference]),
            action=_("Answer"),
            since=objection.filed_at,
        )


def _to_award(seat: Seat, now: datetime) -> Iterator[Todo]:
    ready = Lot.objects.ready_to_award(now).filter(tender__agency=seat.organisation_id).select_related("award")
    for tender, lots in _grouped(ready):
        text = ngettext("Award %(n)d lot", "Award %(n)d lots", len(lots))
        yield Todo(
            what=text % {"n": len(lots)},
            where=_where(tender),
            url=reverse("tenders:award-lots", args=[tender.reference]),
            action=_("Award"),
            since=min(lot.award.standstill_until for lot in lots),
            count=len(lots),
        )


def _to_read(seat: Seat, now: datetime) -> Iterator[Todo]:
    """Results and proposals that this bidder can still object to."""
    own = Bid.objects.standing().filter(supplier=seat.organisation_id).values("lot")
    lots = (
        Lot.objects.filter(pk__in=own)
        .exclude(reason=Lot.Reason.CANCELLED)
        .exclude(pk__in=Objection.objects.filter(supplier=seat.organisation_id).waiting().values("lot"))
    )
    judged = lots.filter(technical_result__final_at__gt=now).select_related("technical_result")
    for tender, rows in _grouped(judged):
        yield _reading(
            tender,
            rows,
            ngettext("Read the technical result of %(n)d lot", "Read the technical results of %(n)d lots", len(rows)),
            until=min(lot.technical_result.final_at for lot in rows),
            since=min(lot.technical_result.published_at for lot in rows),
        )
    proposed = lots.filter(status=Lot.Status.PROPOSED, award__standstill_until__gt=now).select_related("award")
    for tender, rows in _grouped(proposed):
        yield _reading(
            tender,
            rows,
            ngettext("Read the proposed award of %(n)d lot", "Read the proposed awards of %(n)d lots", len(rows)),
            until=min(lot.award.standstill_until for lot in rows),
            since=min(lot.award.proposed_at for lot in rows),
        )


def _reading(tender: Tender, lots: list[Lot], text: str, *, until: datetime, since: datetime) -> Todo:
    one = reverse("tenders:lot", args=[tender.reference, lots[0].number])
    return Todo(
        what=_("%(what)s; you may object") % {"what": text % {"n": len(lots)}},
        where=_where(tender),
        url=one if len(lots) == 1 else reverse("tenders:awards", args=[tender.reference]),
        action=_("Read"),
        until_at=until,
        since=since,
        count=len(lots),
    )


def _grouped(lots: QuerySet) -> Iterator[tuple[Tender, list[Lot]]]:
    """Lots by tender, in one query."""
    found = lots.select_related("tender").order_by("tender", "number")
    for _key, group in groupby(found, key=lambda lot: lot.tender_id):
        of_tender = list(group)
        yield of_tender[0].tender, of_tender


def _where(tender: Tender) -> str:
    return f"{tender.reference} {tender.title}"
