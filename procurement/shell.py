"""The pages of the whole: navigation, work to do, related things and sentences, asked of each room in turn."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import shell as accounts
from accounts.access import current_seats
from accounts.models import InboxMessage, Organisation, Seat
from accounts.tables import role_names
from awards import shell as awards
from catalogue import shell as catalogue
from contracts import shell as contracts
from core.models import Event
from core.shell import Ahead, DrawnStep, Figure, NavEntry, Onward, PagePart, Passing, Related, Tab, Todo, drawn
from demand import shell as demand
from oversight import shell as oversight
from payments import shell as payments
from procurement import working_days
from tenders import shell as tenders
from tenders.models import Lot, Tender
from tenders.presentation.steps import is_stopped

# In the order in which their entries stand in the navigation.
ROOMS: tuple[Any, ...] = (catalogue, demand, tenders, awards, contracts, payments, accounts, oversight)
# Nearer to goods and money says more of a day's work: what is asked for its figures first.
NEARER_TO_THE_DAY: tuple[Any, ...] = (payments, contracts, awards, tenders, demand, catalogue, accounts, oversight)
# What makes something of a thing that a room to its left shows.
MAKERS: tuple[Any, ...] = (tenders, awards)
# Through which a tender goes, in that order.
TENDERING: tuple[Any, ...] = (tenders, awards)
# What holds something of an organisation that may be open.
HOLDING: tuple[Any, ...] = (catalogue, demand, tenders, awards, contracts, accounts)
FIGURES = 4
SENTENCES = {verb.value: verb for room in ROOMS for verb in room.VERBS}


def todos(seat: Seat, now: datetime) -> list[Todo]:
    """Everything that waits for a seat, the most urgent first."""
    found = [todo for source in (*ROOMS, working_days) for todo in source.todos(seat, now)]
    return sorted(found, key=lambda todo: (todo.until_at is None, todo.until_at or now, todo.since or now))


def figures(seat: Seat, now: datetime) -> list[Figure]:
    """At most four figures, those of tenders before those of contracts, as work goes."""
    found: list[Figure] = []
    for room in NEARER_TO_THE_DAY:
        if len(found) < FIGURES:
            found = [*room.figures(seat, now)[: FIGURES - len(found)], *found]
    return found


def ahead(seat: Seat, now: datetime) -> list[Ahead]:
    """What falls on the coming fortnight, day by day; on a day first what has an hour."""
    found = [thing for room in ROOMS for thing in room.ahead(seat, now)]
    return sorted(found, key=lambda thing: (thing.day, thing.at is None, thing.at or now))


def related(reference: str, seat: Seat) -> list[Related]:
    """What belongs to a thing, from every room."""
    return [thing for room in ROOMS for thing in room.related(reference, seat)]


def onward(reference: str, seat: Seat) -> list[Onward]:
    """How a seat goes on from a thing to what later rooms make of it."""
    return [step for room in MAKERS for step in room.onward(reference, seat)]


def tabs(tender: Tender, seat: Seat) -> list[Tab]:
    """The views of a tender that a seat may open."""
    return [tab for room in TENDERING for tab in room.tabs(tender, seat)]


def steps(tender: Tender, lot: Lot | None, now: datetime) -> list[DrawnStep]:
    """How far a tender, or one of its lots alone, is."""
    found = [step for room in TENDERING for step in room.steps(tender, lot, now)]
    return drawn(found, stopped=is_stopped(tender, lot))


def lot_parts(lot: Lot, seat: Seat | None, now: datetime) -> list[PagePart]:
    """What rooms after that of the tender show on the page of a lot."""
    return awards.lot_parts(lot, seat, now)


def passing(organisation: Organisation, now: datetime) -> list[Passing]:
    """What is open of an organisation in every room: what passes to whoever takes its place, and what stays."""
    return [one for room in HOLDING for one in room.succession(organisation, now) if one.count]


def held(organisation: Organisation, now: datetime) -> list[Passing]:
    """What nobody would have if the organisation were closed."""
    return [one for one in passing(organisation, now) if one.held]


def record(tender: Tender) -> dict[str, Any]:
    """The public record of a tender: one part a room. A part that is an iterator is to be written as it comes."""
    return {name: part for room in TENDERING for name, part in room.record(tender).items()}


def sentence(event: Event) -> str:
    """An event in the reader's language; marked words among its data stand there untranslated."""
    words = {name: _(value) if isinstance(value, str) and value else value for name, value in event.data.items()}
    return str(SENTENCES[event.verb].label) % {"actor": event.actor or _("The platform"), **words}


def timeline(subjects: Iterable[str], seat: Seat | None, data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The events about some references that a seat may read, newest first; with ``data``, those that have it."""
    readable = Event.objects.visible_to(seat).about(*subjects)
    events = (readable.filter(data__contains=data) if data else readable).order_by("-at", "-id")[:200]
    return [{"at": event.at, "sentence": sentence(event)} for event in events]


def context(request: HttpRequest) -> dict[str, Any]:
    """The context processor behind ``base.html``."""
    seat = getattr(request, "seat", None)
    public = [
        _public(request, _("Notices"), "tenders:notices"),
        _public(request, _("Results"), "awards:results"),
        _public(request, _("Prices"), "catalogue:public-prices"),
    ]
    trail = _public(request, _("Trail"), "oversight:heads")
    shell: dict[str, Any] = {
        "home_url": reverse("home"),
        "notice": _("Demonstration: organisations, people and bids are made up.") if settings.DEMO else "",
        "sign_in_url": reverse("accounts:login"),
        "sign_in_again_url": reverse("accounts:login"),
        "session_url": reverse("accounts:session"),
        "signed_in_url": reverse("accounts:signed-in"),
        "confirm_url": reverse("accounts:confirm"),
        "account_url": reverse("accounts:account"),
        "seat": "",
        "public_links": public,
        "footer_links": [
            *public,
            trail,
            {"label": _("Check a tender"), "url": reverse("tenders:check")},
            {"label": _("Roles"), "url": reverse("accounts:roles")},
        ],
    }
    return {"shell": shell | (_of_seat(request, seat) if seat else {})}


def _public(request: HttpRequest, label: str, name: str) -> dict[str, Any]:
    """A page that everybody may read, as a link of the top bar or of the footer."""
    url = reverse(name)
    return {"label": label, "url": url, "current": request.path.startswith(url)}


def _of_seat(request: HttpRequest, seat: Seat) -> dict[str, Any]:
    entries = [NavEntry(_("Home"), reverse("home"), "home"), *(entry for room in ROOMS for entry in room.nav(seat))]
    if seat.reads_the_trail:
        entries.append(NavEntry(_("Events"), reverse("events"), "history"))
    begun = [begin for entry in entries for begin in (entry.url, entry.also) if begin]
    here = max((begin for begin in begun if request.path.startswith(begin)), key=len)
    if here == reverse("home") != request.path:
        here = ""  # a page that is none of these
    links = [{"label": _("Account"), "url": reverse("accounts:account"), "icon": "user"}]
    if len(current_seats(request.user)[:2]) > 1:
        links.append({"label": _("Change seat"), "url": reverse("accounts:account"), "icon": "users"})
    return {
        "nav": [{**vars(entry), "current": here != "" and here in (entry.url, entry.also)} for entry in entries],
        "search_url": reverse("search"),
        "search_text": request.GET.get("q", "") if request.path == reverse("search") else "",
        "inbox_url": reverse("accounts:inbox"),
        "unread": InboxMessage.objects.visible_to(seat).unread().count(),
        "seat": seat.mark,
        "person": seat.person.name,
        "organisation": seat.organisation.name,
        "seat_label": role_names(seat.roles),
        "account_links": links,
        "sign_out_url": reverse("accounts:logout"),
        "sign_in_url": "",
    }
