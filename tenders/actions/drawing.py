"""Drawing a committee: its places in the draft, pool and seed at publication, the draw after the technical opening."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from django.utils.translation import gettext as _

from accounts.models import Seat
from accounts.permissions import Permission
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Refused
from core.events import record
from core.models import Event
from selection.drawing import LEAST_MEMBERS
from tenders.actions.people import retire_evaluator, seat_evaluator
from tenders.actions.preparation import lock_draft, lock_tender
from tenders.committee import ballot_of, excluded_from, next_in_order, pool_hash, pool_of
from tenders.duties import permit, take_part
from tenders.models import (
    Committee,
    CommitteeDraw,
    DrawSeed,
    EvaluationSignature,
    Evaluator,
    Expert,
    Lot,
    Tender,
    Verb,
)


@action
def set_committee(*, tender: Tender, places: Mapping[str, int], by: Seat, now: datetime) -> Committee | None:
    """Let the evaluators of a draft be drawn, so many of each speciality; with no places they are named again.

    Refused while evaluators are named: nobody is both.
    """
    tender = lock_draft(tender, by)
    places = {speciality: count for speciality, count in sorted(places.items()) if count}
    size = sum(places.values())
    Committee.objects.filter(tender=tender).delete()
    if places:
        _check_places(tender, places, size)
        committee = Committee.objects.create(tender=tender, places=places)
    record(Verb.COMMITTEE_SET, tender.reference, by=by, now=now, size=size)
    return committee if places else None


def freeze_pool(tender: Tender) -> None:
    """At publication: fix the pool as it is, and commit to a seed that nobody is shown before the close."""
    committee = Committee.objects.filter(tender=tender).first()
    if committee is None:
        return
    seed, pool = secrets.token_bytes(32), pool_of(tender)
    DrawSeed.objects.create(tender=tender, seed=seed.hex())
    committee.pool, committee.pool_sha256, committee.commitment = pool, pool_hash(pool), sha256(seed).hexdigest()
    committee.save(update_fields=["pool", "pool_sha256", "commitment"])


@action
def draw_committee(*, tender: Tender, by: Seat, now: datetime) -> CommitteeDraw:
    """Seat the committee that seed, close and frozen pool make, once, after every lot's technical envelopes were asked
    for. Who draws, and when, changes nothing of the order."""
    permit(tender, by, Permission.PUBLISH_TENDER)
    committee = _held(tender)
    if committee.tender.draws.exists():
        raise Conflict(_("The committee is drawn already."), code="already_done")
    check_drawing(committee.tender)
    excluded = excluded_from(committee, legal_date(now))
    drawn = ballot_of(committee).drawn(committee.places, excluded)
    if len(drawn) < committee.size:
        raise Refused(
            _("Of %(size)d members the pool can give %(found)d. The tender cannot be evaluated and is cancelled.")
            % {"size": committee.size, "found": len(drawn)},
            code="too_few_experts",
        )
    return _seat(committee.tender, drawn, excluded, by=by, now=now)


def check_drawing(tender: Tender) -> None:
    """Refused, with the reason, where the committee of a tender cannot be drawn yet."""
    if tender.status != Tender.Status.PUBLISHED:
        raise Refused(_("The tender is not published, or was cancelled."), code="not_now")
    unasked = Lot.objects.filter(tender=tender).running().exclude(opening_requests__isnull=False)
    if unasked.exists() or not Lot.objects.filter(tender=tender, opening_requests__isnull=False).exists():
        raise Refused(_("The committee is drawn once the openers were asked for the technical envelopes."), code="shut")


@action
def replace_by_next(*, evaluator: Evaluator, reason: str, by: Seat, now: datetime) -> CommitteeDraw:
    """Give the place of a drawn member to the next in the order, with the reason: whoever declared an interest, cannot
    come, or does not act. Refused once this member has signed scores of a lot that is under way."""
    permit(evaluator.tender, by, Permission.PUBLISH_TENDER)
    committee = _held(evaluator.tender)
    signed = EvaluationSignature.objects.standing().filter(evaluator=evaluator, lot__status=Lot.Status.OPEN)
    if evaluator.expert is None or signed.exists():
        raise Refused(_("Scores of this tender are signed; its evaluators can no longer change."), code="not_now")
    following, excluded = next_in_order(committee, evaluator.expert, legal_date(now))
    if following is None:
        raise Refused(_("Nobody is left in the pool. Name somebody by hand."), code="too_few_experts")
    successor = Expert.objects.select_related("seat__person", "seat__organisation").get(reference=following)
    retire_evaluator(evaluator, successor=successor.seat, reason=reason, by=by, now=now)
    step = {"leaving": evaluator.expert.reference, "reason": reason.strip()}
    return _seat(committee.tender, [following], excluded, by=by, now=now, **step)


def _check_places(tender: Tender, places: Mapping[str, int], size: int) -> None:
    if not set(places) <= set(Expert.Speciality.values) or min(places.values()) < 0:
        raise Refused(_("Choose a speciality."), field="places", code="invalid_choice")
    if size < LEAST_MEMBERS or size % 2 == 0:
        raise Refused(
            _("A drawn committee has an odd number of members, at least %(least)d; these are %(size)d.")
            % {"least": LEAST_MEMBERS, "size": size},
            field="places",
            code="out_of_range",
        )
    if tender.evaluators.filter(replaced_at=None).exists():
        raise Refused(_("Evaluators are named already. A committee is either named or drawn."), code="already_done")


def _held(tender: Tender) -> Committee:
    """The committee of a tender, which is held until commit."""
    lock_tender(tender)
    committee = Committee.objects.filter(tender=tender).select_related("tender__close", "tender__agency").first()
    if committee is None:
        raise Refused(_("The evaluators of this tender are named, not drawn."), code="not_now")
    return committee


def _seat(
    tender: Tender, drawn: list[str], excluded: dict[str, str], *, by: Seat, now: datetime, **step: str
) -> CommitteeDraw:
    draw = CommitteeDraw.objects.create(
        tender=tender,
        number=tender.draws.count() + 1,
        excluded=excluded,
        drawn=drawn,
        drawn_at=now,
        drawn_by=by,
        **step,
    )
    experts = Expert.objects.filter(reference__in=drawn).select_related("seat__person", "seat__organisation")
    for expert in experts:
        seat_evaluator(tender, expert.seat, now, expert=expert)
        take_part(tender, expert.seat, Permission.EVALUATE)
    record(
        Verb.COMMITTEE_DRAWN,
        tender.reference,
        by=by,
        now=now,
        audience=Event.Audience.PUBLIC,
        number=draw.number,
        experts=", ".join(drawn),
    )
    return draw
