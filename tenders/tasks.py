"""Messages to inboxes after something was published. Each task may run twice: a message is said once."""

from collections import defaultdict
from datetime import datetime, timedelta

from celery import shared_task
from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.actions import notify
from accounts.models import Seat
from accounts.permissions import OrganisationKind
from core.acting import Acting, acting_for
from core.clock import database_clock, legal_date
from tenders.actions.opening import close_due_tenders, keep_stamp
from tenders.actions.preparation import in_words
from tenders.call import shut_envelopes
from tenders.models import Bid, Change, Clarification, Close, Evaluator, Lot, Objection, RevealCall, Round, Tender
from tenders.querysets import BidQuerySet
from tenders.rules.reminders import STAGES, due_reminder
from tenders.time_stamp import ask_for_stamp

# For so long an authority that is away is asked again; then a close stays without a stamp.
STAMP_WITHIN = timedelta(days=30)


@shared_task
def close_tenders() -> int:
    """Sign the close of every tender whose deadline has passed. A tender is closed without it: this only says so."""
    return close_due_tenders(now=timezone.now())


@shared_task
def announce_close(close_id: int) -> int:
    """Tell number and root to everybody who may hold a receipt or will work on the bids. Returns how many are new.

    All suppliers are told alike, whether they bid or not: who has bid stays unknown, and a root in many hands
    cannot be exchanged later.
    """
    close, now = Close.objects.select_related("tender").get(pk=close_id), timezone.now()
    tender = close.tender
    text = gettext_noop("Bids for %(title)s are closed. Bids that stand: %(count)s. Root over their receipts: %(root)s")
    return notify(
        seats=_everybody(tender, now),
        subject=tender.reference,
        text=text,
        path=reverse("tenders:tender", args=[tender.reference]),
        about=f"closed:{close.pk}",
        now=now,
        data={"title": tender.title, "count": str(close.count), "root": close.root},
    )


@shared_task
def stamp_close(close_id: int) -> bool:
    """Ask the outside authority for a time stamp over a close, until it answers. Returns whether there is one."""
    close, now = Close.objects.select_related("tender").get(pk=close_id), timezone.now()
    if hasattr(close, "time_stamp"):
        return True
    if not settings.TIME_STAMP_URL or now - close.closed_at > STAMP_WITHIN:
        return False
    keep_stamp(close=close, stamp=ask_for_stamp(close.body, settings.TIME_STAMP_URL), now=now)
    return True


@shared_task
def announce_tender(tender_id: int) -> int:
    """Tell the bid managers of every supplier. Returns how many messages are new."""
    tender, now = Tender.objects.get(pk=tender_id), timezone.now()
    return notify(
        seats=_bid_managers(now),
        subject=tender.reference,
        text=gettext_noop("A tender was published: %(title)s."),
        path=reverse("tenders:tender", args=[tender.reference]),
        about=f"published:{tender.pk}",
        now=now,
        data={"title": tender.title},
    )


@shared_task
def announce_cancellation(tender_id: int) -> int:
    """Tell the bid managers of every supplier, whether they bid or not: who has bid stays unknown."""
    tender, now = Tender.objects.get(pk=tender_id), timezone.now()
    return notify(
        seats=_bid_managers(now),
        subject=tender.reference,
        text=gettext_noop("The tender %(title)s was cancelled. Bids in it stay sealed for ever."),
        path=reverse("tenders:tender", args=[tender.reference]),
        about=f"cancelled:{tender.pk}",
        now=now,
        data={"title": tender.title},
    )


@shared_task
def announce_extension(change_id: int) -> int:
    """Tell everybody of a later deadline, whether they bid or not. Returns how many messages are new."""
    change, now = Change.objects.select_related("tender").get(pk=change_id), timezone.now()
    return _tell_everybody(
        change,
        gettext_noop("The deadline of %(title)s is extended to %(until)s."),
        now,
        until=in_words(change.deadline),
    )


@shared_task
def announce_amendment(change_id: int) -> int:
    """Tell everybody of an amendment, and each supplier whose bid it concerns that the bid must be sealed again.

    Returns how many messages to everybody are new. How many bids are concerned stays unsaid: it would stand in a log.
    """
    change, now = Change.objects.select_related("tender").get(pk=change_id), timezone.now()
    tender = change.tender
    notify(
        seats=_bid_managers_with(Bid.objects.unconfirmed().filter(tender=tender), now).get(tender.pk, []),
        subject=tender.reference,
        text=gettext_noop("Your bids in %(title)s do not count until you seal them again, before %(until)s."),
        path=reverse("tenders:tender-bids", args=[tender.reference]),
        about=f"unconfirmed:{change.pk}",
        now=now,
        data={"title": tender.title, "until": in_words(tender.deadline)},
    )
    text = gettext_noop(
        "%(title)s was amended. A bid sealed before counts only if it is sealed again before %(until)s."
    )
    return _tell_everybody(change, text, now, until=in_words(tender.deadline))


@shared_task
def announce_questions(tender_id: int) -> int:
    """Tell the agency's officers, once a day, that questions wait. Returns how many messages are new."""
    tender, now = Tender.objects.get(pk=tender_id), timezone.now()
    officers = Seat.objects.current(legal_date(now)).with_role("officer").filter(organisation=tender.agency_id)
    return notify(
        seats=list(officers),
        subject=tender.reference,
        text=gettext_noop("Suppliers have asked about %(title)s. Each question waits for an answer to everybody."),
        path=reverse("tenders:questions", args=[tender.reference]),
        about=f"questions:{tender.pk}:{legal_date(now)}",
        now=now,
        data={"title": tender.title},
    )


@shared_task
def announce_clarification(clarification_id: int) -> int:
    """Tell everybody of an answer, whoever asked. Returns how many messages are new."""
    found, now = Clarification.objects.select_related("tender").get(pk=clarification_id), timezone.now()
    return notify(
        seats=_everybody(found.tender, now),
        subject=found.tender.reference,
        text=gettext_noop("A question about %(title)s was answered."),
        path=reverse("tenders:questions", args=[found.tender.reference]),
        about=f"clarification:{found.pk}",
        now=now,
        data={"title": found.tender.title},
    )


@shared_task
def remind_bidders() -> None:
    """Remind suppliers, before a deadline, of bids that they began or must seal again. Each thing is said once.

    Nobody else is told, and nothing is returned: a number would tell of bids.
    """
    now = database_clock()
    ending = Tender.objects.open_for_bids(now).filter(deadline__lte=now + max(STAGES)).in_bulk()
    if not ending:
        return
    bids = Bid.objects.filter(tender__in=ending).with_last_version()
    unconfirmed = _bid_managers_with(bids.filter(state="unconfirmed"), now)
    begun = _bid_managers_with(bids.filter(state="draft"), now)
    for pk, tender in ending.items():
        stage, first = due_reminder(tender.deadline, now), unconfirmed.get(pk, [])
        others = [seat for seat in begun.get(pk, []) if seat not in first]
        for text, seats in ((_SEAL_AGAIN, first), (_SUBMIT, others)):
            notify(
                seats=seats,
                subject=tender.reference,
                text=text,
                path=reverse("tenders:tender-bids", args=[tender.reference]),
                about=f"reminder:{tender.pk}:{stage}:{tender.deadline.isoformat()}",
                now=now,
                data={"title": tender.title, "until": in_words(tender.deadline)},
            )


_SEAL_AGAIN = gettext_noop("%(title)s closes at %(until)s, and a bid of yours does not count: seal it again.")
_SUBMIT = gettext_noop("%(title)s closes at %(until)s, and a bid that you began is not submitted.")


@shared_task
def announce_call(call_id: int) -> int:
    """Tell every supplier with a bid to reveal, with the hour. Returns how many messages are new."""
    call, now = RevealCall.objects.select_related("tender").get(pk=call_id), timezone.now()
    tender = call.tender
    suppliers = {version.bid.supplier_id for version in shut_envelopes(tender)}
    return notify(
        seats=[seat for seat in _bid_managers(now) if seat.organisation_id in suppliers],
        subject=tender.reference,
        text=gettext_noop(
            "Keys of %(title)s are lost. Reveal the seeds of your bids with your recovery files before %(until)s: "
            "silence is withdrawal."
        ),
        path=reverse("tenders:tender-bids", args=[tender.reference]),
        about=f"reveal:{call.pk}",
        now=now,
        data={"title": tender.title, "until": in_words(call.due_at)},
    )


@shared_task
def announce_result(lot_id: int) -> int:
    """Tell every bidder of a lot that its technical result is published. Returns how many messages are new."""
    text = gettext_noop("The result of lot %(lot)s of %(title)s is published. You may object until %(until)s.")
    lot = Lot.objects.select_related("tender", "technical_result").get(pk=lot_id)
    return tell_bidders(lot, f"result-{lot.round}", text, timezone.now(), until=in_words(lot.technical_result.final_at))


@shared_task
def announce_round(round_id: int) -> int:
    """Tell bidders and evaluators of a lot that bids are judged again. Returns how many messages are new."""
    round_, now = Round.objects.select_related("lot__tender").get(pk=round_id), timezone.now()
    tender = round_.lot.tender
    text = gettext_noop("Bids of lot %(lot)s of %(title)s are judged again: %(reason)s.")
    told = tell_bidders(round_.lot, f"round-{round_.number}", text, now, reason=round_.reason)
    judging = Evaluator.objects.filter(tender=tender, replaced_at=None).select_related("seat")
    return told + notify(
        seats=[evaluator.seat for evaluator in judging],
        subject=tender.reference,
        text=text,
        path=reverse("tenders:evaluate-lot", args=[tender.reference, round_.lot.number]),
        about=f"round:{round_.pk}",
        now=now,
        data={"lot": str(round_.lot.number), "title": tender.title, "reason": round_.reason},
    )


@shared_task
def announce_objection(objection_id: int) -> int:
    """Tell those who answer for the agency that an objection stops a lot. Returns how many messages are new."""
    objection, now = Objection.objects.select_related("lot__tender").get(pk=objection_id), timezone.now()
    answering = Seat.objects.current(legal_date(now)).with_role("officer")
    return notify(
        seats=list(answering.filter(organisation=objection.lot.tender.agency_id)),
        subject=objection.reference,
        text=gettext_noop("An objection stops lot %(lot)s of %(title)s until you have answered it."),
        path=reverse("tenders:objection", args=[objection.reference]),
        about=f"objection:{objection.pk}",
        now=now,
        data={"lot": str(objection.lot.number), "title": objection.lot.tender.title},
    )


@shared_task
def announce_answer(objection_id: int) -> int:
    """Tell the bidder who objected that there is an answer. Returns how many messages are new."""
    objection, now = Objection.objects.select_related("lot__tender").get(pk=objection_id), timezone.now()
    seats = Seat.objects.current(legal_date(now)).with_role("bid_manager")
    return notify(
        seats=list(seats.filter(organisation=objection.supplier_id)),
        subject=objection.reference,
        text=gettext_noop("Your objection on lot %(lot)s of %(title)s is answered."),
        path=reverse("tenders:objection", args=[objection.reference]),
        about=f"answer:{objection.pk}",
        now=now,
        data={"lot": str(objection.lot.number), "title": objection.lot.tender.title},
    )


def tell_bidders(lot: Lot, what: str, text: str, now: datetime, **data: str) -> int:
    """One message to the bid managers of each supplier whose bid stands in the lot."""
    bidders = Bid.objects.standing().filter(lot=lot).values("supplier")
    seats = Seat.objects.current(legal_date(now)).with_role("bid_manager")
    return notify(
        seats=list(seats.filter(organisation__in=bidders)),
        subject=lot.tender.reference,
        text=text,
        path=reverse("tenders:lot", args=[lot.tender.reference, lot.number]),
        about=f"{what}:{lot.pk}",
        now=now,
        data={"lot": str(lot.number), "title": lot.tender.title, **data},
    )


def _tell_everybody(change: Change, text: str, now: datetime, **data: str) -> int:
    """One message about a change of a tender to everybody whom it concerns."""
    tender = change.tender
    return notify(
        seats=_everybody(tender, now),
        subject=tender.reference,
        text=text,
        path=reverse("tenders:tender", args=[tender.reference]),
        about=f"changed:{change.pk}",
        now=now,
        data={"title": tender.title, **data},
    )


def _everybody(tender: Tender, now: datetime) -> list[Seat]:
    """All suppliers' bid managers, whether they bid or not: who has bid stays unknown; the tender's openers and
    evaluators, the agency's officers, the auditors."""
    seats = Seat.objects.current(legal_date(now))
    named = Q(pk__in=tender.openers.filter(replaced_at=None).values("seat"))
    named |= Q(pk__in=tender.evaluators.filter(replaced_at=None).values("seat"))
    officers = Q(organisation=tender.agency_id, roles__overlap=["officer"])
    auditors = Q(organisation__kind=OrganisationKind.REGULATOR, roles__overlap=["auditor"])
    managers = Q(organisation__kind=OrganisationKind.SUPPLIER, roles__overlap=["bid_manager"])
    return list(seats.filter(named | officers | auditors | managers).order_by("pk"))


def _bid_managers(now: datetime) -> list[Seat]:
    """The bid managers of all suppliers."""
    seats = Seat.objects.current(legal_date(now)).with_role("bid_manager")
    return list(seats.filter(organisation__kind=OrganisationKind.SUPPLIER))


def _bid_managers_with(bids: BidQuerySet, now: datetime) -> dict[int, list[Seat]]:
    """The bid managers of suppliers with such bids, by tender. Each supplier is asked in turn, for all tenders at
    once: before the close the database shows a bid to its supplier alone."""
    managers, found = defaultdict(list), defaultdict(list)
    for seat in _bid_managers(now):
        managers[seat.organisation_id].append(seat)
    for supplier, seats in managers.items():
        with acting_for(Acting(supplier)):
            for tender in bids.filter(supplier=supplier).order_by().values_list("tender", flat=True).distinct():
                found[tender] += seats
    return found
