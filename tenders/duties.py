"""Who has which part in a tender, counted by person, whatever seat they act from."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Seat
from accounts.permissions import EXCLUSIVE_IN_ONE_TENDER, Permission
from core.clock import legal_date
from core.errors import Refused
from tenders.models import Award, Change, Evaluator, Objection, Opener, RevealCall, TechnicalResult, Tender


def duties(tender: Tender) -> dict[int, set[Permission]]:
    """What each person has done or is named to do in the tender, by primary key of the person.

    Whoever was replaced after publication keeps the duty: they have had a part in it.
    """
    named = Q(tender=tender, replaced_at=None)
    if tender.published_at is not None:
        named |= Q(tender=tender, replaced_at__gte=tender.published_at)
    found: dict[int, set[Permission]] = defaultdict(set)
    holders: tuple[tuple[Permission, Iterable[int]], ...] = (
        (Permission.OPEN_ENVELOPES, Opener.objects.filter(named).values_list("seat__person", flat=True)),
        (Permission.EVALUATE, Evaluator.objects.filter(named).values_list("seat__person", flat=True)),
        (Permission.PUBLISH_TENDER, [tender.published_by.person_id] if tender.published_by else []),
        (Permission.PUBLISH_TENDER, _people(Change.objects.filter(tender=tender), "proposed_by")),
        (Permission.PUBLISH_TENDER, _people(Change.objects.filter(tender=tender), "approved_by")),
        (Permission.PUBLISH_TENDER, _people(RevealCall.objects.filter(tender=tender), "called_by")),
        (Permission.PUBLISH_TENDER, _people(RevealCall.objects.filter(tender=tender), "published_by")),
        (Permission.PUBLISH_RESULT, _people(TechnicalResult.objects.filter(lot__tender=tender), "published_by")),
        (Permission.PUBLISH_RESULT, _people(Award.objects.filter(lot__tender=tender), "proposed_by")),
        (Permission.ANSWER_OBJECTION, _people(Objection.objects.filter(lot__tender=tender), "answered_by")),
        (Permission.AWARD, _people(Award.objects.filter(lot__tender=tender), "awarded_by")),
    )
    for permission, people in holders:
        for person in people:
            found[person].add(permission)
    return found


def _people(acts: QuerySet, actor: str) -> Iterable[int]:
    """Who did these acts, each person once; acts that nobody has done yet have no actor."""
    return acts.filter(**{f"{actor}__isnull": False}).order_by().values_list(f"{actor}__person", flat=True).distinct()


def keep_apart(tender: Tender, seat: Seat, permission: Permission, *, field: str = "") -> None:
    """Raise Refused if the seat's person has a part in the tender that excludes ``permission``."""
    for held in sorted(duties(tender).get(seat.person_id, ())):
        if frozenset({held, permission}) in EXCLUSIVE_IN_ONE_TENDER:
            raise Refused(
                _("%(person)s must not “%(permission)s” here, having the part to “%(held)s” in the same tender.")
                % {"person": seat.person.name, "permission": permission.label, "held": held.label},
                field=field,
                code="exclusive",
            )


def second_officers(tender: Tender, by: Seat, now: datetime) -> list[Seat]:
    """The seats from which another person than ``by`` may publish or change the tender today."""
    held = duties(tender)
    barred = {
        person
        for person, parts in held.items()
        if any(frozenset({part, Permission.PUBLISH_TENDER}) in EXCLUSIVE_IN_ONE_TENDER for part in parts)
    }
    seats = Seat.objects.current(legal_date(now)).filter(organisation=tender.agency_id).exclude(person=by.person_id)
    named = seats.exclude(person__in=barred).select_related("person", "organisation").order_by("person__name")
    return [seat for seat in named if seat.may(Permission.PUBLISH_TENDER)]


def administrators(tender: Tender, now: datetime) -> list[Seat]:
    """Who invites people to the agency, where it has too few officers for two to act."""
    seats = Seat.objects.current(legal_date(now)).filter(organisation=tender.agency_id).with_role("administrator")
    return list(seats.select_related("person").order_by("person__name"))
