"""What the opening of a tender shows: who is asked, who released, what is open, and what stays shut for ever."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import Seat
from accounts.permissions import Permission
from core.clock import legal_date
from core.models import Event
from core.tables import Column, Empty, Table
from sealing.payloads import read_commercial
from tenders.actions.opening import absent_openers, ready_lots
from tenders.call import published_call, shut_envelopes
from tenders.models import (
    Bid,
    Close,
    EnvelopeKind,
    KeyDestruction,
    Lot,
    Minutes,
    OpenedEnvelope,
    Opener,
    OpeningRequest,
    Qualification,
    Release,
    RevealCall,
    Tender,
)
from tenders.presentation.reveal import call_context

TONES = {"opened": "good", "bidder_fault": "bad", "unreadable": "bad", "not_revealed": "bad"}
# The name of a signed document: a list, its minutes, a place's release of it, a place's destruction of its key.
_ASKED = r"(?P<lot>[0-9]{1,4})-(?P<envelope>(?:reveal-)?[a-z]+)"
_NAME = re.compile(rf"(?:(?P<kind>request|minutes|release)-{_ASKED}|destruction)(?:-(?P<place>[0-9]{{1,2}}))?")


@dataclass(frozen=True)
class ListedEnvelope:
    """One envelope on the list of a request, with its verdict once it has one."""

    lot: int
    envelope: str
    bid: str
    supplier: str
    product: str
    version: int
    outcome: str = ""
    verdict: str = ""
    wrong_openers: str = ""
    price: Decimal | None = None
    service_fee: Decimal | None = None

    @property
    def label(self) -> str:
        return self.verdict or _("shut")

    @property
    def bid_and_version(self) -> str:
        return _("%(bid)s, version %(n)d") % {"bid": self.bid, "n": self.version}

    @property
    def tone(self) -> str:
        return TONES.get(self.outcome, "")


@dataclass(frozen=True)
class Shut:
    """A commercial envelope that nobody will ever open, and why."""

    lot: int
    bid: str
    supplier: str
    product: str
    why: str


@dataclass(frozen=True)
class Presence:
    """An opener in place: for how many of the requests the shares are released, and since when."""

    opener: Opener
    released: int
    asked: int
    last_at: datetime | None

    @property
    def label(self) -> str:
        if self.released:
            return _("present; lists released: %(n)d of %(all)d") % {"n": self.released, "all": self.asked}
        return _("not yet released") if self.asked else _("not asked yet")

    @property
    def tone(self) -> str:
        return "good" if self.released else ""


class EnvelopeTable(Table):
    caption = gettext_lazy("Envelopes listed")
    columns = (
        Column("lot", gettext_lazy("Lot"), kind="number"),
        Column("supplier", pgettext_lazy("tender", "Supplier"), note="bid_and_version"),
        Column("product", gettext_lazy("Product")),
        Column("verdict", gettext_lazy("Verdict"), value="label", kind="status", tone="tone", note="wrong_openers"),
    )
    exports = ()
    empty = Empty(gettext_lazy("Nothing is listed"), gettext_lazy("The openers have not been asked yet."))


class PriceTable(EnvelopeTable):
    columns = (*EnvelopeTable.columns, Column("price", gettext_lazy("Price a pack"), kind="price"))


class ShutTable(Table):
    caption = gettext_lazy("Shut for ever")
    columns = (
        Column("lot", gettext_lazy("Lot"), kind="number"),
        Column("supplier", pgettext_lazy("tender", "Supplier"), note="bid"),
        Column("product", gettext_lazy("Product")),
        Column("why", gettext_lazy("Why its price is never opened")),
    )
    exports = ()


class Ceremony:
    """The opening of one tender as everybody may watch it. Before the close it knows of no bid at all."""

    def __init__(self, tender: Tender, now: datetime) -> None:
        self.tender, self.now = tender, now

    @cached_property
    def close(self) -> Close | None:
        return Close.objects.filter(tender=self.tender).select_related("time_stamp").first()

    @cached_property
    def requests(self) -> list[OpeningRequest]:
        return list(OpeningRequest.objects.filter(tender=self.tender).select_related("lot"))

    @cached_property
    def releases(self) -> list[Release]:
        released = Release.objects.filter(request__tender=self.tender).defer("shares", "document")
        return list(released.select_related("opener", "request__lot"))

    @cached_property
    def minutes(self) -> list[Minutes]:
        """The minutes written so far, each with how many openers have ``signed``."""
        written = Minutes.objects.filter(request__tender=self.tender).select_related("request__lot")
        return list(written.annotate(signed=Count("signatures")))

    @cached_property
    def destructions(self) -> list[KeyDestruction]:
        stated = KeyDestruction.objects.filter(opener__tender=self.tender).select_related("opener")
        return list(stated.order_by("opener__place"))

    @cached_property
    def opened(self) -> dict[tuple[str, str], OpenedEnvelope]:
        """The verdicts, by bid and kind of envelope."""
        rows = OpenedEnvelope.objects.filter(bid__tender=self.tender).select_related("bid", "version")
        rows = rows.defer("version__technical", "version__commercial")
        return {(row.bid.reference, row.envelope): row for row in rows}

    @cached_property
    def bids(self) -> dict[str, Bid]:
        """The bids that some request lists, by reference."""
        listed = {entry["bid"] for request in self.requests for entry in request.entries}
        listed |= {bid for bid, _envelope in self.opened}
        related = ("supplier", "lot", "product_version__product__item", "product_version__product__maker")
        bids = Bid.objects.filter(reference__in=listed).select_related(*related).prefetch_related("supplier__versions")
        return {bid.reference: bid for bid in bids}

    @cached_property
    def presences(self) -> list[Presence]:
        by_opener: dict[int, list[Release]] = defaultdict(list)
        for release in self.releases:
            by_opener[release.opener_id].append(release)
        openers = self.tender.openers.filter(replaced_at=None).select_related("seat__person", "seat__organisation")
        return [
            Presence(
                opener,
                released=len(by_opener[opener.pk]),
                asked=len(self.requests),
                last_at=max((release.released_at for release in by_opener[opener.pk]), default=None),
            )
            for opener in openers.order_by("place")
        ]

    def entries(self, envelope: str) -> list[ListedEnvelope]:
        """Every envelope of a kind that the openers were asked for, itself or by its seed, or that nobody revealed:
        lot by lot, each once."""
        requests = [request for request in self.requests if request.opens == envelope]
        versions = {entry["bid"]: entry["version"] for request in requests for entry in request.entries}
        versions |= {bid: row.version.number for (bid, kind), row in self.opened.items() if kind == envelope}
        bids = sorted((self.bids[bid].lot.number, bid) for bid in versions)
        return [self._entry(self.bids[bid], envelope, versions[bid]) for _lot, bid in bids]

    def _entry(self, bid: Bid, envelope: str, version: int) -> ListedEnvelope:
        row = self.opened.get((bid.reference, envelope))
        facts = {"outcome": row.outcome, "verdict": row.get_outcome_display(), **_prices(row)} if row else {}
        return ListedEnvelope(
            lot=bid.lot.number,
            envelope=envelope,
            bid=bid.reference,
            supplier=bid.supplier.name_on(legal_date(self.tender.deadline)),
            product=bid.subject,
            version=version,
            wrong_openers=_wrong(row.wrong_openers) if row else "",
            **facts,
        )

    @cached_property
    def shut_for_ever(self) -> list[Shut]:
        """The prices of the bids that a published technical result did not pass."""
        failed = (
            Qualification.objects.standing()
            .filter(bid__tender=self.tender)
            .exclude(verdict=Qualification.Verdict.QUALIFIED)
        )
        related = (
            "bid__supplier",
            "bid__lot",
            "bid__product_version__product__item",
            "bid__product_version__product__maker",
        )
        return [
            Shut(
                lot=one.bid.lot.number,
                bid=one.bid.reference,
                supplier=one.bid.supplier.name_on(legal_date(self.tender.deadline)),
                product=one.bid.subject,
                why=one.get_verdict_display(),
            )
            for one in failed.select_related(*related)
            .prefetch_related("bid__supplier__versions")
            .order_by("bid__lot__number", "bid__reference")
        ]

    @cached_property
    def technical(self) -> list[ListedEnvelope]:
        return self.entries(EnvelopeKind.TECHNICAL)

    @cached_property
    def commercial(self) -> list[ListedEnvelope]:
        return self.entries(EnvelopeKind.COMMERCIAL)

    @property
    def signers(self) -> list[dict[str, str]]:
        """Who signs the printed minutes: the openers who were present."""
        return [{"label": presence.opener.seat.person.name} for presence in self.presences if presence.released]

    @property
    def still_shut(self) -> list[OpeningRequest]:
        """Requests that enough openers answered and that still hold an envelope without a verdict."""
        released = defaultdict(int)
        for release in self.releases:
            released[release.request_id] += 1
        shut = OpeningRequest.objects.still_shut().filter(tender=self.tender).select_related("lot")
        return [request for request in shut if released[request.pk] >= self.tender.openers_needed]

    @property
    def documents(self) -> Iterator[tuple[str, str]]:
        """Name and title of every signed document of the opening, in their order."""
        if self.close:
            yield "close", _("Close: number and root of the bids")
        if published_call(self.tender):
            yield "call", _("Call to reveal the seeds, with the new key list")
        for request in self.requests:
            yield request_name(request), _("Request, lot %(lot)d, %(envelope)s") % _named(request)
        for release in sorted(self.releases, key=lambda one: (one.request_id, one.opener.place)):
            names = {**_named(release.request), "place": release.opener.place}
            yield release_name(release), _("Release of place %(place)d, lot %(lot)d, %(envelope)s") % names
        for minutes in self.minutes:
            if minutes.signed:
                names = {**_named(minutes.request), "n": minutes.signed, "needed": self.tender.openers_needed}
                title = _("Minutes, lot %(lot)d, %(envelope)s, signed by %(n)d of %(needed)d")
                yield minutes_name(minutes.request), title % names
        for destruction in self.destructions:
            place = destruction.opener.place
            yield f"destruction-{place}", _("Destruction of the key of place %(place)d") % {"place": place}


def ceremony_context(tender: Tender, request: HttpRequest, now: datetime) -> dict[str, Any]:
    """The page of the opening: its lists, empty before there is anything, and what this seat may do next."""
    ceremony, seat = Ceremony(tender, now), request.seat
    return {
        "technical": EnvelopeTable(request, ceremony.technical),
        "commercial": PriceTable(request, ceremony.commercial),
        "shut": ShutTable(request, ceremony.shut_for_ever),
        "tender": tender,
        "now": now,
        "ceremony": ceremony,
        "news": news_of(tender),
        "waits": OpeningRequest.objects.still_shut().filter(tender=tender).exists(),
        "is_open": tender.open_for_bids(now),
        "ready": _ready(tender, seat, now),
        "concludes": ceremony.still_shut if _runs(tender, seat) else [],
        "asked": _asked(tender, seat),
        "runs": _runs(tender, seat),
        "absent": absent_openers(tender),
        "may_call": _runs(tender, seat) and _may_call(ceremony),
        **call_context(tender),
    }


def news_of(tender: Tender) -> int:
    """How much has happened in public: who watches the opening sees another page once this number is another."""
    return Event.objects.filter(subject=tender.reference, audience=Event.Audience.PUBLIC).count()


def _may_call(ceremony: Ceremony) -> bool:
    """Whether prices wait for keys that may be lost meanwhile: some envelope was opened, and some is still shut."""
    return bool(ceremony.opened) and bool(shut_envelopes(ceremony.tender))


def _ready(tender: Tender, seat: Seat, now: datetime) -> str:
    """The kind of envelope that this seat can ask the openers for now, or nothing."""
    if not _runs(tender, seat) or not tender.closed(now):
        return ""
    if not hasattr(tender, "close"):
        return str(EnvelopeKind.TECHNICAL if tender.envelopes == 2 else "")
    kinds = (EnvelopeKind.TECHNICAL, EnvelopeKind.COMMERCIAL)
    return next((str(kind) for kind in kinds if ready_lots(tender, kind, now)), "")


def _runs(tender: Tender, seat: Seat) -> bool:
    return seat.organisation_id == tender.agency_id and seat.may(Permission.PUBLISH_TENDER)


def _asked(tender: Tender, seat: Seat) -> bool:
    """Whether this seat holds a key and somebody waits for its shares, or for its signature under minutes."""
    opener = tender.openers.filter(seat=seat, replaced_at=None).first()
    if opener is None:
        return False
    unsigned = Minutes.objects.to_be_signed(pk=opener.pk)
    return OpeningRequest.objects.waiting_for(pk=opener.pk).exists() or unsigned.exists()


def document_of(tender: Tender, name: str) -> bytes | None:
    """The bytes of a signed document of the opening by its name; None where there is none."""
    if name == "close":
        return _document(Close.objects.filter(tender=tender))
    if name == "call":
        return _document(RevealCall.objects.published().filter(tender=tender))
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    kind, lot, envelope, place = (found[part] for part in ("kind", "lot", "envelope", "place"))
    if kind is None:
        return _document(KeyDestruction.objects.filter(opener__tender=tender, opener__place=place))
    asked = OpeningRequest.objects.filter(tender=tender, lot__number=lot, envelope=envelope)
    if kind == "minutes":
        minutes = Minutes.objects.filter(request__in=asked).first()
        return minutes.document if minutes and minutes.signatures.exists() else None
    if kind == "release":
        return _document(Release.objects.filter(request__in=asked, opener__place=place))
    return _document(asked)


def _document(found: QuerySet) -> bytes | None:
    document = found.values_list("document", flat=True).first()
    return bytes(document) if document else None


def minutes_name(request: OpeningRequest) -> str:
    return f"minutes-{request.lot.number}-{request.envelope}"


def request_name(request: OpeningRequest) -> str:
    return f"request-{request.lot.number}-{request.envelope}"


def release_name(release: Release) -> str:
    return f"release-{release.request.lot.number}-{release.request.envelope}-{release.opener.place}"


def request_effects(tender: Tender, lots: Iterable[Lot], envelope: str) -> list[str]:
    """What asking the openers will do, in sentences."""
    named = {"lots": len(list(lots)), "needed": tender.openers_needed}
    if envelope == EnvelopeKind.COMMERCIAL:
        what = (
            _("The prices of the bids that passed are listed, in each lot (%(lots)d); no other price ever is.") % named
        )
    else:
        what = _("Every standing bid is listed by supplier and product, in each lot (%(lots)d).") % named
    return [
        what,
        _("The list is signed and public before any opener acts."),
        _("When %(needed)d openers have released their shares, the envelopes open at once.") % named,
        _("Lots in which no bid stands end as failed."),
    ]


def conclude_effects(request: OpeningRequest) -> list[str]:
    """What concluding will do, in sentences."""
    return [
        _("Envelopes of lot %(lot)d that did not open are recorded as not readable with the shares released.")
        % {"lot": request.lot.number},
        _("The bids concerned take no further part in the tender. Their suppliers see why."),
    ]


def _named(request: OpeningRequest) -> dict[str, Any]:
    return {"lot": request.lot.number, "envelope": request.get_envelope_display()}


def _wrong(places: list[int]) -> str:
    if not places:
        return ""
    return _("wrong share from place %(places)s") % {"places": ", ".join(str(place) for place in places)}


def _prices(row: OpenedEnvelope) -> dict[str, Decimal | None]:
    if row.envelope != EnvelopeKind.COMMERCIAL or row.outcome != OpenedEnvelope.Outcome.OPENED:
        return {}
    offer = read_commercial(row.payload.encode()).offer
    return {"price": offer.price, "service_fee": offer.service_fee}
