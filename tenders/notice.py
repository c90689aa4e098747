"""The signed notice of a tender: everything that a bid is sealed to, in canonical JSON.

The SHA-256 of its body is the ``terms`` in the header of every bid. An amendment makes the next notice, which
names the one before it; bids sealed to that one count only when they are sealed again. The deadline is not
part of it: it stands on the tender alone, is read by the database's guard, and may be extended without
anybody sealing again.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings

from core.clock import installation_kind
from sealing.canonical import format_time
from tenders.committee import committee_in_notice
from tenders.keylist import current_openers, fingerprint, key_list_of, signature
from tenders.models import Lot, LotItem, Tender
from tenders.program import fingerprints
from tenders.signing import server_public
from tenders.volumes import volume_of, volumes_of

FORMAT = "tender-notice/2"
# The smallest body of an envelope, in bytes: an offer always looks as long as every other. Models make it longer.
PADS = {"technical": 16384, "commercial": 4096}
PADS_OF_MODELS = PADS | {"commercial": 16384}


def notice_body(tender: Tender, *, published_at: datetime, number: int = 1, amends: str = "") -> dict[str, Any]:
    """What the notice says, from the tender as it stands.

    Volumes are those of the demand window, from publication on the frozen ones; the rules likewise. ``number``
    counts the notices of the tender, ``amends`` is the hash of the one before ("" for the first).
    """
    openers = current_openers(tender)
    return {
        "format": FORMAT,
        "number": number,
        "amends": amends,
        "installation": {"currency": settings.CURRENCY, "key": server_public(), "kind": installation_kind()},
        "tender": tender.reference,
        "title": tender.title,
        "summary": tender.summary,
        "kind": tender.kind,
        "agency": {"credit_code": tender.agency.credit_code, "name": tender.agency.name},
        "region": tender.region_id,
        "published_at": format_time(published_at),
        "supply": {"from": f"{tender.supply_from:%Y-%m-%d}", "to": f"{tender.supply_to:%Y-%m-%d}"},
        "envelopes": tender.envelopes,
        "pads": PADS_OF_MODELS if tender.lots.exclude(offered=Lot.Offered.PRODUCT).exists() else PADS,
        "k": tender.openers_needed,
        "openers": key_list_of(tender, openers)["openers"],
        "fingerprint": fingerprint(tender, openers),
        "key_signatures": [signature(opener) for opener in openers],
        "after_lost_keys": "reveal; silence is withdrawal",
        "programs": fingerprints(),
        "lots": _lots(tender),
        "committee": committee_in_notice(tender),
        "criteria": [
            {
                "criterion": one.key,
                "guidance": one.guidance,
                "kind": one.kind,
                "points": one.max_points,
                "published": False,
                "title": one.title,
            }
            for one in tender.criteria.order_by("number")
        ],
        "rule_set": str(tender.rule_set),
        "rules": tender.rules or tender.rule_set.body,
    }


@dataclass(frozen=True)
class PublishedNotice:
    """The notice of a published tender, read back from the bytes that were signed."""

    body: dict[str, Any]
    terms: str

    @classmethod
    def of(cls, tender: Tender) -> "PublishedNotice":
        return cls(json.loads(bytes(tender.notice).partition(b"\n")[0]), tender.terms)

    @property
    def openers(self) -> tuple[str, ...]:
        """The openers' public keys, in hex, by position."""
        return tuple(opener["key"] for opener in self.body["openers"])

    def minimum_pad(self, envelope: str) -> int:
        return int(self.body["pads"][envelope])


def _lots(tender: Tender) -> list[dict[str, Any]]:
    volumes = volumes_of(tender)
    parts: dict[int, list[LotItem]] = {}
    for part in LotItem.objects.filter(lot__tender=tender).select_related("item").order_by("pk"):
        parts.setdefault(part.lot_id, []).append(part)
    lots = tender.lots.prefetch_related("parts__item").order_by("number")
    return [_lot(lot, parts.get(lot.pk, []), volumes) for lot in lots]


def _lot(lot: Lot, parts: list[LotItem], volumes: dict[int, int]) -> dict[str, Any]:
    return {
        "lot": lot.key,
        "offer": lot.offered,
        "parts": [
            {
                "item": part.item.reference,
                "code": part.item.code_prefix,
                "name": part.item.name,
                "strength": part.item.strength,
                "unit": part.item.base_unit,
                "quantity": str(part.quantity),
            }
            for part in lot.parts.all()
        ],
        "service_fee": lot.with_service_fee,
        "title": lot.title,
        "quality": lot.quality_requirement,
        "ceiling": f"{lot.ceiling_price:f}",
        "volume": f"{volume_of(parts, volumes):f}",
        "items": [
            {
                "item": part.item.reference,
                "code": part.item.code_prefix,
                "name": part.item.name,
                "strength": part.item.strength,
                "form": part.item.form,
                "unit": part.item.base_unit,
                "factor_price": _plain(part.factor),
                "factor_volume": _plain(part.volume_factor),
                "volume": str(volumes[part.item_id]),
            }
            for part in parts
        ],
    }


def _plain(number: Decimal) -> str:
    """A number as text without an exponent and without needless zeros."""
    return f"{number.normalize():f}"
