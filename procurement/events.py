"""The trail as whoever watches reads it: every act in a sentence, the latest first; narrowed by days, person,
organisation, kind, subject and words, and taken along as a file."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from django import forms
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Organisation, Seat
from core.clock import zone
from core.models import Event
from core.origin import OriginKind
from core.tables import Column, Empty, Filter, Table
from procurement.shell import ROOMS, SENTENCES, sentence

# Words are looked for event by event: no further back than this, unless a first day is given.
WORDS_WITHIN = timedelta(days=31)
MOST_SEATS = 1000  # of the people whose name holds what was asked for
# Which page a public reference leads to, by the letters before its number.
PAGES = {
    "T": "tenders:tender",
    "N": "awards:negotiation",
    "DW": "demand:window",
    "C": "contracts:contract",
    "O": "contracts:order",
    "D": "contracts:delivery",
    "P": "payments:payment",
    "I": "catalogue:item",
    "PD": "catalogue:product",
    "OF": "accounts:filing",
}
ORGANISATION = "accounts:organisation"
AREAS = {
    "accounts": gettext_lazy("Organisations and people"),
    "catalogue": gettext_lazy("Catalogue and prices"),
    "demand": gettext_lazy("Demand"),
    "tenders": gettext_lazy("Tenders"),
    "awards": gettext_lazy("Awards"),
    "contracts": gettext_lazy("Contracts and orders"),
    "payments": gettext_lazy("Payments"),
    "oversight": gettext_lazy("Refusals, exports and the trail"),
}
_REFERENCE = re.compile(r"([A-Z]+)-[0-9]+(?:-[0-9]+)?")
_CREDIT_CODE = re.compile(r"[0-9A-Z]{18}")
_PLACEHOLDER = re.compile(r"%\(\w+\)s")


def page_of(subject: str, seat: Seat) -> str:
    """The address of the page about a subject; empty where there is none, or the seat may not open it."""
    found = _REFERENCE.fullmatch(subject)
    name = PAGES.get(found[1], "") if found else ORGANISATION if _CREDIT_CODE.fullmatch(subject) else ""
    return reverse(name, args=[subject]) if name and any(map(seat.may, _needed(name))) else ""


@cache
def _needed(name: str) -> tuple[Any, ...]:
    """The permissions of which a page asks for one."""
    return tuple(resolve(reverse(name, args=["X"])).func.access.permissions)


def kinds() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The kinds of acts, by area: each area as a whole, then each act by its sentence without who and what."""
    for area, verbs in _verbs_by_area().items():
        told = sorted((_PLACEHOLDER.sub("…", str(SENTENCES[verb].label)), verb) for verb in verbs)
        whole = _("Everything: %(area)s") % {"area": AREAS[area]}
        yield str(AREAS[area]), [(area, whole), *((verb, words) for words, verb in told)]


@cache
def _verbs_by_area() -> dict[str, list[str]]:
    rooms = {room.__name__.partition(".")[0]: [verb.value for verb in room.VERBS] for room in ROOMS}
    return {area: rooms[area] for area in AREAS}


class EventTable(Table):
    """Pages go by the instant, which has an index, alone or after who acted, what was done or about what."""

    name = "events"
    caption = gettext_lazy("Events")
    default_sort = "-at"
    exports = ("csv", "xlsx")
    empty = Empty(gettext_lazy("No event yet"), gettext_lazy("Every act leaves one, in the same moment."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = (
            Column("at", gettext_lazy("At"), kind="instant", sort="at"),
            Column("what", gettext_lazy("What happened"), value=sentence, kind="prose"),
            Column("subject", gettext_lazy("About"), kind="reference", url=self._page_of),
            Column("actor", gettext_lazy("Who"), value=lambda event: event.actor or _("The platform")),
            Column("origin", gettext_lazy("By way of"), value="get_origin_display", kind="reference"),
        )
        self.filters = (
            Filter("q", forms.CharField(label=gettext_lazy("Words")), self._holding),
            Filter("since", forms.DateField(label=gettext_lazy("First day")), _since),
            Filter("until", forms.DateField(label=gettext_lazy("Last day")), _until),
            Filter("subject", forms.CharField(label=gettext_lazy("Reference or code")), _about),
            Filter("person", forms.CharField(label=gettext_lazy("Person")), _by_person),
            Filter("organisation", forms.CharField(label=gettext_lazy("Organisation")), _by_organisation),
            Filter("kind", forms.ChoiceField(label=gettext_lazy("Kind of act"), choices=kinds), _of_kind),
            Filter("origin", forms.ChoiceField(label=gettext_lazy("By way of"), choices=OriginKind), "origin"),
        )

    @property
    def words_are_limited(self) -> bool:
        """Whether words were asked for without the day from which to look for them."""
        return "q" in self.filter_values and "since" not in self.filter_values

    def _holding(self, events: QuerySet, words: str) -> QuerySet:
        if self.words_are_limited:
            events = events.filter(at__gte=timezone.now() - WORDS_WITHIN)
        told = events.alias(told=Cast("data", TextField()))
        return told.filter(Q(told__icontains=words) | Q(actor__icontains=words))

    def _page_of(self, event: Event) -> str:
        return page_of(event.subject, self.request.seat)


def _since(events: QuerySet, day: date) -> QuerySet:
    return events.filter(at__gte=datetime.combine(day, time(), tzinfo=zone()))


def _until(events: QuerySet, day: date) -> QuerySet:
    return events.filter(at__lt=datetime.combine(day + timedelta(days=1), time(), tzinfo=zone()))


def _about(events: Any, text: str) -> QuerySet:
    return events.about(text.strip(), text.strip().upper())


def _by_person(events: QuerySet, name: str) -> QuerySet:
    return _by(events, Seat.objects.filter(person__name__icontains=name))


def _by_organisation(events: QuerySet, name: str) -> QuerySet:
    return _by(events, Seat.objects.filter(organisation__in=Organisation.objects.named(name)))


def _by(events: QuerySet, seats: QuerySet) -> QuerySet:
    """Acts from some seats, named one by one: the index is then asked for each."""
    return events.filter(seat_number__in=list(seats.order_by().values_list("pk", flat=True)[:MOST_SEATS]))


def _of_kind(events: QuerySet, kind: str) -> QuerySet:
    return events.filter(verb__in=_verbs_by_area().get(kind, [kind]))
