"""The people of a tender: openers, who hold its keys (``keys``), and evaluators, who judge technical envelopes."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.utils import IntegrityError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.access import require
from accounts.actions import notify
from accounts.models import Seat
from accounts.permissions import Permission
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Denied, Refused
from core.events import record
from tenders.actions.preparation import lock_draft, lock_tender
from tenders.committee import next_in_order
from tenders.duties import keep_apart, permit, take_part
from tenders.models import Committee, EvaluationSignature, Evaluator, Expert, Lot, Opener, Tender, Verb
from tenders.renewal import places_to_give
from tenders.rules.preparation import MOST_OPENERS

T = TypeVar("T")


@action
def name_openers(*, tender: Tender, seats: Iterable[Seat], by: Seat, now: datetime) -> list[Opener]:
    """Name some openers of a draft at once: all of them or nobody."""
    return [name_opener(tender=tender, seat=seat, by=by, now=now) for seat in seats]


@action
def name_opener(*, tender: Tender, seat: Seat, by: Seat, now: datetime) -> Opener:
    """Give a seat the next free place in the key list of a draft, and tell it that a key is to be made."""
    tender = lock_draft(tender, by)
    taken = list(tender.openers.filter(replaced_at=None).values_list("place", flat=True))
    if len(taken) >= MOST_OPENERS:
        raise Refused(_("A tender has at most %(most)d openers.") % {"most": MOST_OPENERS}, code="out_of_range")
    place = next(place for place in range(1, MOST_OPENERS + 1) if place not in taken)
    opener = _seat_opener(tender, place, seat, now)
    record(
        Verb.OPENER_NAMED,
        tender.reference,
        by=by,
        now=now,
        organisations=[seat.organisation_id],
        person=seat.person.name,
        place=place,
    )
    return opener


@action
def replace_opener(*, opener: Opener, seat: Seat, reason: str, by: Seat, now: datetime) -> Opener:
    """Give the place of an opener to another seat; the reason is kept.

    Possible in preparation, once a call to reveal is prepared, and until the deadline for whoever can release no more
    or is not in the notice yet. Otherwise the key stands in the signed notice, and every bid is sealed to it.
    """
    permit(opener.tender, by, Permission.PREPARE_TENDER)
    tender = lock_tender(opener.tender)
    if opener.place not in places_to_give(tender, now):
        raise Refused(
            _("Bids are sealed to this key. Somebody else takes the place once its opener has declared it lost."),
            code="not_now",
        )
    _retire(opener, successor=seat, reason=reason, by=by, now=now)
    return _seat_opener(tender, opener.place, seat, now)


@action
def name_evaluators(*, tender: Tender, seats: Iterable[Seat], by: Seat, now: datetime) -> list[Evaluator]:
    """Name some evaluators of a draft at once: all of them or nobody."""
    return [name_evaluator(tender=tender, seat=seat, by=by, now=now) for seat in seats]


@action
def name_evaluator(*, tender: Tender, seat: Seat, by: Seat, now: datetime) -> Evaluator:
    """Name an evaluator of a draft, and ask for the declaration of interests."""
    tender = lock_draft(tender, by)
    if Committee.objects.filter(tender=tender).exists():
        raise Refused(_("The committee of this tender is drawn. Nobody is named."), code="drawn")
    evaluator = seat_evaluator(tender, seat, now)
    record(
        Verb.EVALUATOR_NAMED,
        tender.reference,
        by=by,
        now=now,
        organisations=[seat.organisation_id],
        person=seat.person.name,
    )
    return evaluator


@action
def declare_interest(*, evaluator: Evaluator, has_interest: bool, by: Seat, now: datetime) -> Evaluator:
    """Declare, in person, whether one has an interest in the tender. An interest, once declared, stays declared."""
    require(by, Permission.EVALUATE)
    tender = lock_tender(evaluator.tender)
    current = Evaluator.objects.select_for_update().filter(pk=evaluator.pk, replaced_at=None).first()
    if evaluator.seat_id != by.pk:
        raise Denied(Permission.EVALUATE)
    if current is None:
        raise Conflict(_("You have been replaced in this tender."), code="replaced")
    if tender.status == Tender.Status.CANCELLED:
        raise Refused(_("The tender was cancelled."), code="not_now")
    if current.has_interest and not has_interest:
        raise Refused(
            _("You have declared an interest. The agency names somebody else in your place."), code="interest"
        )
    current.declared_at, current.declared_by, current.has_interest = now, by, has_interest
    current.save(update_fields=["declared_at", "declared_by", "has_interest"])
    verb = Verb.INTEREST_DECLARED if has_interest else Verb.NO_INTEREST_DECLARED
    record(verb, tender.reference, by=by, now=now)
    return current


@action
def replace_evaluator(*, evaluator: Evaluator, seat: Seat, reason: str, by: Seat, now: datetime) -> Evaluator:
    """Name somebody else in an evaluator's place, with the reason; possible while nobody has signed scores of a round
    that is under way."""
    permit(evaluator.tender, by, Permission.PREPARE_TENDER)
    tender = lock_tender(evaluator.tender)
    if tender.status == Tender.Status.CANCELLED:
        raise Refused(_("The tender was cancelled."), code="not_now")
    if evaluator.expert and next_in_order(tender.committee, evaluator.expert, legal_date(now))[0]:
        raise Refused(_("A drawn member is replaced by the next in the order. Nobody chooses."), code="drawn")
    signed = EvaluationSignature.objects.standing().filter(lot__tender=tender, lot__status=Lot.Status.OPEN)
    if signed.exists():
        raise Refused(_("Scores of this tender are signed; its evaluators can no longer change."), code="not_now")
    _retire(evaluator, successor=seat, reason=reason, by=by, now=now)
    return seat_evaluator(tender, seat, now)


def _seat_opener(tender: Tender, place: int, seat: Seat, now: datetime) -> Opener:
    _check_seat(tender, seat, Permission.OPEN_ENVELOPES, now)
    opener = _insert(lambda: Opener.objects.create(tender=tender, place=place, seat=seat))
    notify(
        seats=[seat],
        subject=tender.reference,
        text=gettext_noop("You were named as opener of %(tender)s. Make your key, and prove that you hold it."),
        path=reverse("tenders:make-key", args=[tender.reference]),
        about=f"opener:{opener.pk}",
        now=now,
        data={"tender": tender.reference},
    )
    return opener


def retire_evaluator(evaluator: Evaluator, *, successor: Seat, reason: str, by: Seat, now: datetime) -> None:
    """Take an evaluator's place away, with the reason. Within the action that gives it to somebody else."""
    _retire(evaluator, successor=successor, reason=reason, by=by, now=now)


def seat_evaluator(tender: Tender, seat: Seat, now: datetime, *, expert: Expert | None = None) -> Evaluator:
    """Give a seat a place, and ask for the declaration of interests; ``expert`` of who was drawn. Within an action."""
    _check_seat(tender, seat, Permission.EVALUATE, now)
    evaluator = _insert(lambda: Evaluator.objects.create(tender=tender, seat=seat, expert=expert))
    notify(
        seats=[seat],
        subject=tender.reference,
        text=gettext_noop("You were named as evaluator of %(tender)s. Declare whether you have an interest in it."),
        path=reverse("tenders:declare-interest", args=[tender.reference]),
        about=f"evaluator:{evaluator.pk}",
        now=now,
        data={"tender": tender.reference},
    )
    return evaluator


def _check_seat(tender: Tender, seat: Seat, permission: Permission, now: datetime) -> None:
    if not seat.may(permission) or not Seat.objects.current(legal_date(now)).filter(pk=seat.pk).exists():
        raise Refused(_("Choose somebody whose seat has this role today."), field="seat", code="no_seat")
    keep_apart(tender, seat, permission, field="seat")
    model = Opener if permission == Permission.OPEN_ENVELOPES else Evaluator
    if model.objects.filter(tender=tender, replaced_at=None, seat__person=seat.person_id).exists():
        raise Refused(
            _("%(person)s is named already.") % {"person": seat.person.name}, field="seat", code="already_done"
        )


def _insert(create: Callable[[], T]) -> T:
    try:
        with transaction.atomic():
            return create()
    except IntegrityError:
        raise Conflict(_("Someone else has just done this. Reload the page to see how things stand now.")) from None


def _retire(named: Opener | Evaluator, *, successor: Seat, reason: str, by: Seat, now: datetime) -> None:
    if not reason.strip():
        raise Refused(_("Give the reason, for the record."), field="reason", code="required")
    facts = {"replaced_at": now, "replaced_by": by, "replace_reason": reason.strip()}
    if type(named).objects.filter(pk=named.pk, replaced_at=None).update(**facts) != 1:
        raise Conflict(_("Someone else has just done this. Reload the page to see how things stand now."))
    if named.tender.published_at:
        opens = isinstance(named, Opener)
        take_part(named.tender, named.seat, Permission.OPEN_ENVELOPES if opens else Permission.EVALUATE)
    record(
        Verb.OPENER_REPLACED if isinstance(named, Opener) else Verb.EVALUATOR_REPLACED,
        named.tender.reference,
        by=by,
        now=now,
        organisations=[named.seat.organisation_id, successor.organisation_id],
        person=named.seat.person.name,
        successor=successor.person.name,
        reason=reason.strip(),
    )
