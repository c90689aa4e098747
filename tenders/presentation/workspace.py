"""What a supplier sees of its own bids: the list, the lots of a tender, and the workspace of one bid."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accounts.models import Seat
from accounts.permissions import Permission
from core.clock import legal_date
from core.tables import Column, Empty, Filter, Table
from tenders.coverage import covered_by
from tenders.models import (
    Bid,
    BidVersion,
    EnvelopeKind,
    Lot,
    OpenedEnvelope,
    Qualification,
    Receipt,
    SealedAttachment,
    Tender,
)
from tenders.notice import PublishedNotice
from tenders.presentation.documents import documents_of
from tenders.presentation.reveal import bid_reveal
from tenders.record import inclusion_of
from tenders.rules.receipts import Inclusion
from tenders.signing import server_key_id, server_public

STATES = (
    ("draft", gettext_lazy("not submitted")),
    ("bid", gettext_lazy("submitted, sealed")),
    ("unconfirmed", gettext_lazy("needs re-confirmation")),
    ("withdrawal", gettext_lazy("withdrawn")),
)
STATE_TONES = {"draft": "warn", "bid": "good", "unconfirmed": "warn", "withdrawal": "quiet"}
RELATED = (
    "tender__agency",
    "lot",
    "supplier",
    "prepared_by__person",
    "product_version__product__item",
    "product_version__product__maker",
)


def state_of(bid: Bid) -> str:
    """Where a bid stands: one of ``STATES``, as ``with_last_version`` derives it."""
    return bid.state


def state_label(bid: Bid) -> str:
    return str(dict(STATES)[state_of(bid)])


def state_tone(bid: Bid) -> str:
    return STATE_TONES[state_of(bid)]


class BidTable(Table):
    name = "bids"
    caption = gettext_lazy("My bids")
    key = "reference"
    default_sort = "-deadline"
    columns = (
        Column("reference", gettext_lazy("Bid"), url=lambda bid: reverse("tenders:bid", args=[bid.reference])),
        Column("tender", gettext_lazy("Tender"), value="tender.reference", sort="tender__reference"),
        Column("lot", gettext_lazy("Lot"), value="lot.title", note=lambda bid: bid.lot.key),
        Column("product", gettext_lazy("Product"), value="subject"),
        Column("state", gettext_lazy("Status"), value=state_label, kind="status", tone=state_tone),
        Column("version", gettext_lazy("Version"), value="last_number", kind="number"),
        Column("received", gettext_lazy("Received"), value="last_received_at", kind="instant", sort="last_received_at"),
        Column(
            "deadline",
            gettext_lazy("Bids due before"),
            value="tender.deadline",
            kind="instant",
            sort="tender__deadline",
        ),
    )
    filters = (
        Filter("q", forms.CharField(label=gettext_lazy("Tender")), "tender__reference__icontains"),
        Filter(
            "state",
            forms.ChoiceField(label=gettext_lazy("Status"), choices=STATES),
            "state",
        ),
    )
    empty = Empty(
        gettext_lazy("No bid yet"),
        gettext_lazy("Choose a tender that is open for bids, a lot, and the product that you offer."),
        gettext_lazy("Tenders"),
    )


@dataclass(frozen=True)
class LotLine:
    """A lot of a tender as a supplier sees it: what is asked for, and its own bids in it."""

    lot: Lot
    bids: list["OwnBid"]


@dataclass(frozen=True)
class OwnBid:
    """A supplier's bid as a line of its lot."""

    bid: Bid
    label: str
    tone: str


def lot_lines(tender: Tender, seat: Seat) -> list[LotLine]:
    own = Bid.objects.filter(supplier=seat.organisation).with_last_version().select_related(*RELATED)
    lots = tender.lots.order_by("number").prefetch_related(Prefetch("bids", own, to_attr="own_bids"), "lot_items__item")
    return [LotLine(lot, [OwnBid(bid, state_label(bid), state_tone(bid)) for bid in lot.own_bids]) for lot in lots]


@dataclass(frozen=True)
class EnvelopeFacts:
    """One envelope of a bid's last version: sealed or not yet, and what became of it."""

    kind: str
    label: str
    sealed: bool
    com: str = ""
    sha256: str = ""
    outcome: str = ""

    @property
    def state(self) -> str:
        if self.outcome:
            return str(OpenedEnvelope.Outcome(self.outcome).label)
        return _("sealed") if self.sealed else _("empty")

    @property
    def tone(self) -> str:
        return "good" if self.sealed and self.outcome in ("", "opened") else "bad" if self.outcome else "warn"


@dataclass(frozen=True)
class Check:
    """One line of the checklist: what is needed, and whether it is there."""

    label: str
    done: bool
    note: str = ""


def bid_context(bid: Bid, seat: Seat, now: datetime) -> dict[str, Any]:
    """The workspace of a bid: checklist, envelopes, receipts, and the way to check that nobody can read it."""
    last = bid.versions.order_by("-number").defer("technical", "commercial").first()
    unconfirmed = state_of(bid) == "unconfirmed"
    standing = last if last and last.kind == BidVersion.Kind.BID and not unconfirmed else None
    outcomes = dict(bid.opened.values_list("envelope", "outcome"))
    receipts = list(Receipt.objects.visible_to(seat).filter(bid=bid).order_by("-pk"))
    attachments = list(SealedAttachment.objects.visible_to(seat).filter(bid=bid).with_stored().order_by("pk"))
    is_open = bid.tender.open_for_bids(now)
    return {
        "bid": bid,
        "tender": bid.tender,
        "now": now,
        "is_open": is_open,
        "bids": is_open and seat.may(Permission.BID) and seat.organisation_id == bid.supplier_id,
        "bids_own": seat.may(Permission.BID) and seat.organisation_id == bid.supplier_id,
        "standing": standing,
        "unconfirmed": unconfirmed,
        "state_label": state_label(bid),
        "state_tone": state_tone(bid),
        "steps": _steps(bid, standing, outcomes, now),
        "envelopes": [_envelope(kind, standing, outcomes) for kind in kinds_of(bid.tender)],
        "checks": _checks(bid, standing, receipts, is_open) + _attachment_checks(attachments),
        "attachments": attachments,
        "versions": list(bid.versions.order_by("-number").defer("technical", "commercial", "assertion")),
        "receipts": receipts,
        "facts": _facts(bid),
        "qualification": Qualification.objects.standing().filter(bid=bid).first(),
        **documents_of(bid, now),
        **secrecy_context(bid.tender),
        **bid_reveal(bid, now),
    }


def kinds_of(tender: Tender) -> list[EnvelopeKind]:
    return [EnvelopeKind.TECHNICAL, EnvelopeKind.COMMERCIAL][2 - tender.envelopes :]


def secrecy_context(tender: Tender) -> dict[str, Any]:
    """Whose keys a bid is sealed to, and how anybody can check that."""
    published = PublishedNotice.of(tender)
    return {
        "openers": published.body["openers"],
        "needed": published.body["k"],
        "fingerprint": published.body["fingerprint"],
        "server_key_id": server_key_id(),
        "server_public": server_public(),
    }


def _envelope(kind: EnvelopeKind, version: BidVersion | None, outcomes: dict[str, str]) -> EnvelopeFacts:
    if version is None:
        return EnvelopeFacts(kind, str(kind.label), sealed=False)
    return EnvelopeFacts(
        kind,
        str(kind.label),
        sealed=True,
        com=getattr(version, f"{kind}_com"),
        sha256=getattr(version, f"{kind}_sha256"),
        outcome=outcomes.get(kind, ""),
    )


def _checks(bid: Bid, standing: BidVersion | None, receipts: list[Receipt], is_open: bool) -> list[Check]:
    taken = [receipt for receipt in receipts if receipt.kind == Receipt.Kind.BID]
    product = Check(_("A product of the lot, in a known pack"), True, str(bid.product_version))
    envelopes = [
        Check(_("%(envelope)s sealed and submitted") % {"envelope": str(kind.label).capitalize()}, standing is not None)
        for kind in kinds_of(bid.tender)
    ]
    receipt = Check(_("Receipt signed; keep a copy"), bool(taken))
    in_time = Check(
        _("Received before the deadline"),
        standing is not None,
        "" if standing or is_open else _("the deadline has passed"),
    )
    return [product, *envelopes, receipt, in_time]


def _attachment_checks(attachments: list[SealedAttachment]) -> list[Check]:
    """Attachments wait in their own line, and only where there are any."""
    whole = sum(one.complete for one in attachments)
    label = _("Sealed attachments fully stored")
    note = _("%(whole)d of %(all)d") % {"whole": whole, "all": len(attachments)}
    return [Check(label, whole == len(attachments), note)] if attachments else []


def _facts(bid: Bid) -> list[dict[str, Any]]:
    tender_url = reverse("tenders:tender", args=[bid.tender.reference])
    version = bid.product_version
    return [
        {"label": _("Tender"), "value": f"{bid.tender.reference} {bid.tender.title}", "url": tender_url},
        {"label": _("Lot"), "value": f"{bid.lot.key} {bid.lot.title}"},
        {"label": _("Product"), "value": str(version.product.item), "note": str(version.product.maker)},
        {
            "label": _("Pack"),
            "value": f"{version.pack_size} {version.product.item.base_unit}",
            "note": version.pack_unit,
        },
        *_registration(bid),
        *_parts(bid),
        *_further(bid),
        {"label": pgettext("tender", "Supplier"), "value": bid.supplier.name, "note": bid.supplier.credit_code},
        {"label": _("Begun by"), "value": bid.prepared_by.person.name},
    ]


def _registration(bid: Bid) -> list[dict[str, Any]]:
    """Of a bid with all models of a registration: which, and how many they are."""
    if not bid.registration:
        return []
    note = _("all models (%(models)d) at one price") % {"models": bid.products.count()}
    return [{"label": _("Registration"), "value": bid.registration, "note": note}]


def _parts(bid: Bid) -> list[dict[str, Any]]:
    """Of a bid with a set: its further parts."""
    if bid.lot.offered != Lot.Offered.SYSTEM:
        return []
    further = list(bid.products.all())[1:]
    return [
        {
            "label": _("Part"),
            "value": str(one.product_version),
            "note": _("packs in a set: %(n)s") % {"n": one.quantity},
        }
        for one in further
    ]


def _further(bid: Bid) -> list[dict[str, Any]]:
    """What is offered further, at prices that follow."""
    note = _("at the price that follows by conversion")
    return [
        {"label": _("Further specification"), "value": one.product_version.label, "note": note}
        for one in bid.products.all()
        if one.further
    ]


def _steps(bid: Bid, standing: BidVersion | None, outcomes: dict[str, str], now: datetime) -> list[dict[str, Any]]:
    """The life of a bid; a bid that does not stand when the tender closes stops there."""
    closed = bid.tender.closed(now)
    opened = [
        (_("%(envelope)s opened") % {"envelope": str(kind.label).capitalize()}, kind in outcomes)
        for kind in kinds_of(bid.tender)
    ]
    facts = [(_("Begun"), True), (_("Submitted, sealed"), standing is not None), (_("Bids closed"), closed), *opened]
    done = [state for _label, state in facts]
    here = done.index(False) if False in done else len(facts)
    stopped = (closed and standing is None) or bid.tender.status == Tender.Status.CANCELLED
    marks = ["done" if at < here else "now" if at == here else "next" for at in range(len(facts))]
    return [
        {"label": label, "state": "stopped" if stopped and mark == "now" else mark}
        for (label, _state), mark in zip(facts, marks, strict=True)
    ]


def receipt_context(receipt: Receipt) -> dict[str, Any]:
    """A receipt in words, and what is needed to check it without this platform."""
    body, text = receipt.fields, bytes(receipt.document).decode()
    envelopes = [
        {"label": str(kind.label).capitalize(), "com": body[kind]["com"], "sha256": body[kind]["sha256"]}
        for kind in EnvelopeKind
        if body[kind]
    ]
    return {
        "bid": receipt.bid,
        "tender": receipt.bid.tender,
        "day": legal_date(receipt.received_at),
        "body": body,
        "envelopes": envelopes,
        "text": text,
        "facts": {
            "document": text,
            "notice": bytes(receipt.bid.tender.notice).decode(),
            "sha256": receipt.sha256,
        },
        "inclusion": _inclusion(receipt),
        "server_key_id": server_key_id(),
        "server_public": server_public(),
    }


def _inclusion(receipt: Receipt) -> Inclusion | None:
    """After the close: where the receipt stands in its tree, which only the last one of a standing bid does."""
    return inclusion_of(receipt) if hasattr(receipt.bid.tender, "close") else None


def own_bids(seat: Seat) -> QuerySet[Bid]:
    """The bids of the seat's own organisation, with where each stands."""
    bids = Bid.objects.filter(supplier=seat.organisation).with_last_version().select_related(*RELATED)
    return bids.prefetch_related(*covered_by())
