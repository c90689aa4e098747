"""Who may be named in a tender, and who was named in the last one."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Seat
from accounts.permissions import EXCLUSIVE_IN_ONE_TENDER, Permission
from tenders.duties import duties
from tenders.models import Evaluator, Opener, Tender


@dataclass(frozen=True)
class Place:
    """What people are named to: the role that a seat needs, what it then may, and where they stand."""

    role: str
    permission: Permission
    model: type[Opener] | type[Evaluator]


OPENERS = Place("opener", Permission.OPEN_ENVELOPES, Opener)
EVALUATORS = Place("evaluator", Permission.EVALUATE, Evaluator)


@dataclass(frozen=True)
class Last:
    """The people of the agency's last tender: who may be named again, and who not, with the reason."""

    tender: Tender
    seats: list[Seat]
    left_out: list[str]


def candidates(tender: Tender, place: Place, today: date) -> QuerySet[Seat]:
    """The seats that may be named today: with the role, of nobody who is named already, has a part in the tender that
    excludes it, or has declared an interest."""
    seats = Seat.objects.current(today).with_role(place.role).select_related("person", "organisation")
    out = {*_named(tender, place), *_barred(tender, place), *_interested(tender)}
    return seats.exclude(person__in=out).order_by("organisation__name", "person__name")


def of_the_last(tender: Tender, place: Place, today: date) -> Last | None:
    """Who had such a place in the last tender of the agency that named anybody; None where there is none."""
    standing = place.model.objects.filter(replaced_at=None)
    others = Tender.objects.filter(agency=tender.agency_id, pk__in=standing.values("tender")).exclude(pk=tender.pk)
    last = others.order_by("-pk").first()
    if last is None:
        return None
    may = {seat.pk for seat in candidates(tender, place, today)}
    seats = [one.seat for one in standing.filter(tender=last).select_related("seat__person", "seat__organisation")]
    again = [seat for seat in seats if seat.pk in may]
    left = [seat for seat in seats if seat.pk not in may]
    return Last(last, again, _reasons(tender, place, left))


def who_served(earlier: Tender, place: Place, tender: Tender, today: date) -> list[Seat]:
    """Who has such a place in an earlier tender and may be named in this one, in the order of their places."""
    may = candidates(tender, place, today)
    served = place.model.objects.filter(tender=earlier, replaced_at=None, seat__in=may.order_by().values("pk"))
    return [one.seat for one in served.select_related("seat__person", "seat__organisation").order_by("pk")]


def _reasons(tender: Tender, place: Place, left: list[Seat]) -> list[str]:
    named, barred, interested = _named(tender, place), _barred(tender, place), _interested(tender)

    def why(seat: Seat) -> str:
        if seat.person_id in named:
            return _("%(person)s is named already.")
        if seat.person_id in barred:
            return _("%(person)s has another part in this tender.")
        if seat.person_id in interested:
            return _("%(person)s has declared an interest in this tender.")
        return _("%(person)s no longer has this role.")

    return [why(seat) % {"person": seat.signature} for seat in left]


def _named(tender: Tender, place: Place) -> set[int]:
    return _people(place.model.objects.filter(tender=tender, replaced_at=None))


def _interested(tender: Tender) -> set[int]:
    return _people(Evaluator.objects.filter(tender=tender, has_interest=True))


def _barred(tender: Tender, place: Place) -> set[int]:
    def excludes(part: Permission) -> bool:
        return frozenset({part, place.permission}) in EXCLUSIVE_IN_ONE_TENDER

    return {person for person, parts in duties(tender).items() if any(map(excludes, parts))}


def _people(named: Any) -> set[int]:
    return set(named.values_list("seat__person", flat=True))
