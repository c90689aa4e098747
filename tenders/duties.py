"""Who has which part in a tender, counted by person, whatever seat they act from."""

from collections import defaultdict
from datetime import datetime

from django.db.models import Q, QuerySet, Value
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
    of_tender, of_lots = Q(tender=tender), Q(lot__tender=tender)
    parts = [
        _part(Permission.OPEN_ENVELOPES, Opener.objects.filter(named), "seat"),
        _part(Permission.EVALUATE, Evaluator.objects.filter(named), "seat"),
        _part(Permission.PUBLISH_TENDER, Tender.objects.filter(pk=tender.pk), "published_by"),
        _part(Permission.PUBLISH_TENDER, Change.objects.filter(of_tender), "proposed_by"),
        _part(Permission.PUBLISH_TENDER, Change.objects.filter(of_tender), "approved_by"),
        _part(Permission.PUBLISH_TENDER, RevealCall.objects.filter(of_tender), "called_by"),
        _part(Permission.PUBLISH_TENDER, RevealCall.objects.filter(of_tender), "published_by"),
        _part(Permission.PUBLISH_RESULT, TechnicalResult.objects.filter(of_lots), "published_by"),
        _part(Permission.PUBLISH_RESULT, Award.objects.filter(of_lots), "proposed_by"),
        _part(Permission.ANSWER_OBJECTION, Objection.objects.filter(of_lots), "answered_by"),
        _part(Permission.AWARD, Award.objects.filter(of_lots), "awarded_by"),
    ]
    found: dict[int, set[Permission]] = defaultdict(set)
    for person, permission in parts[0].union(*parts[1:]):
        found[person].add(Permission(permission))
    return found


def _part(permission: Permission, acts: QuerySet, actor: str) -> QuerySet:
    """Who did these acts, as (person, permission); acts that nobody has done yet have no actor."""
    done = acts.filter(**{f"{actor}__isnull": False}).order_by()
    return done.values_list(f"{actor}__person", Value(permission.value))


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
