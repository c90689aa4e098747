"""What the pages on which a bid is sealed and withdrawn tell the browser, and the words its scripts say.

The browser takes nothing on trust here but the notice, which is signed: it holds the rest against it.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.passkeys import request_options
from catalogue.models import ProductVersion
from sealing.attachments import CHUNK
from sealing.envelope import MAX_BLOBS
from tenders.actions.bidding import sealing_notice
from tenders.coverage import covers
from tenders.models import Bid, Change, Criterion, Lot
from tenders.presentation.changes import lines_of
from tenders.presentation.documents import answers_of, documents_of
from tenders.presentation.offering_words import words
from tenders.presentation.page_program import program_context
from tenders.presentation.workspace import kinds_of, secrecy_context, state_of
from tenders.rules.attachments import MOST_CHUNKS

LONGEST_ANSWER = 2000


def offering_context(bid: Bid, request: HttpRequest, now: datetime) -> dict[str, Any]:
    """The page that seals and submits the next version of a bid."""
    criteria = list(bid.tender.criteria.order_by("number")) if bid.tender.envelopes == 2 else []
    shelf = documents_of(bid, now)
    for key, lines in answers_of(criteria, shelf["documents"]).items():
        next(one for one in criteria if one.key == key).begun = lines  # type: ignore[attr-defined]  # for the page
    return {
        **shelf,
        **_shared_context(bid, request, now),
        "criteria": criteria,
        "formal": Criterion.Kind.FORMAL,
        "earlier": bid.versions.filter(kind="bid").exists(),
        "reseal": _reseal(bid) if state_of(bid) == "unconfirmed" else None,
        "most_attachments": MAX_BLOBS,
        "envelopes": kinds_of(bid.tender),
        "price_unit": _unit(bid.product_version),
        "fee_unit": f"{settings.CURRENCY} / {_('set') if bid.lot.offered == Lot.Offered.SYSTEM else _('pack')}",
        "parts": _parts(bid),
        "further": _further(bid),
        **program_context("sealing_page", bid.tender),
        **secrecy_context(bid.tender),
    }


def _reseal(bid: Bid) -> dict[str, Any]:
    """Which version no longer counts, and what was amended since it was received."""
    sealed = bid.versions.order_by("-number").values("number", "received_at")[0]
    since = bid.tender.changes.approved().filter(kind=Change.Kind.AMENDMENT, approved_at__gt=sealed["received_at"])
    lines = [line for change in since.order_by("number") for line in lines_of(change)]
    return {"version": sealed["number"], "lines": lines}


def _parts(bid: Bid) -> list[dict[str, Any]]:
    """Of a bid with a set: a field for the price of each part; of any other none."""
    if bid.lot.offered != Lot.Offered.SYSTEM:
        return []
    return [
        {
            "id": f"price-{number}",
            "label": _("Price of one pack: %(item)s") % {"item": row.product_version.product.item},
            "hint": _("%(product)s. Packs in a set: %(n)s.") % {"product": row.product_version, "n": row.quantity},
            "unit": _unit(row.product_version),
        }
        for number, row in enumerate(bid.products.all(), start=1)
    ]


def _further(bid: Bid) -> list[dict[str, Any]]:
    """What is offered further: the page computes its prices and asks for none."""
    return [
        {
            "part": f"further-{row.product_version.product.reference}",
            "product": row.product_version,
            "unit": _unit(row.product_version),
        }
        for row in bid.products.all()
        if row.further
    ]


def _unit(version: ProductVersion) -> str:
    return f"{settings.CURRENCY} / {version.pack_size} {version.product.item.base_unit}"


def withdrawal_context(bid: Bid, request: HttpRequest, now: datetime) -> dict[str, Any]:
    """The page that withdraws a bid."""
    return _shared_context(bid, request, now)


def _shared_context(bid: Bid, request: HttpRequest, now: datetime) -> dict[str, Any]:
    return {"bid": bid, "tender": bid.tender, "now": now, "facts": _facts(bid, request), "words": words()}


def _facts(bid: Bid, request: HttpRequest) -> dict[str, Any]:
    """The signed notice, what the next version's headers must say, and where to send what."""
    return {
        "notice": bytes(bid.tender.notice).decode(),
        "sealing": sealing_entries(bid),
        "prev": bid.receipts.order_by("-pk").values_list("sha256", flat=True).first() or "",
        "covers": covers(bid),
        "seat": request.seat.pk,
        "csrf": get_token(request),
        "limits": {"answer": LONGEST_ANSWER, "attachments": MAX_BLOBS, "size": MOST_CHUNKS * CHUNK},
        "passkey": _passkey_of(request.user),
        "confirm": reverse("accounts:confirm"),
        "api": reverse("api-bid", args=[bid.reference]),
        "receipt": reverse("tenders:receipt", args=[bid.reference, "SHA256"]),
    }


def _passkey_of(person: Any) -> dict[str, Any] | None:
    """How the browser asks for the person's passkey, None without one; the challenge is the browser's own sum."""
    return request_options(person, b"") if person.passkeys.in_use().exists() else None


def sealing_entries(bid: Bid) -> list[dict[str, Any]]:
    """What the headers of the next version must say, one entry an envelope."""
    version = bid.versions.count() + 1
    slot = {"supplier": bid.supplier.credit_code, "bid": bid.reference, "version": version}
    notices = [(kind.value, sealing_notice(bid.lot, kind)) for kind in kinds_of(bid.tender)]
    return [
        {"envelope": kind, **slot, **{name: getattr(notice, name) for name in notice.__dataclass_fields__}}
        for kind, notice in notices
    ]
