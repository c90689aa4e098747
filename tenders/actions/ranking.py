"""Ranking the opened prices of a lot, in the transaction that opens them."""

import json
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings

from accounts.models import Seat
from core.actions import action
from core.events import record
from core.models import Event
from core.money import quantize_price
from core.moves import move
from tenders.actions.evaluation import end_lot
from tenders.models import EnvelopeKind, Lot, OpenedEnvelope, Ranking, Verb
from tenders.rules.ranking import Offer, Outcome, Ranked, Terms, rank
from tenders.rules.ruleset import from_json


@action
def rank_lot(*, lot: Lot, by: Seat, now: datetime) -> list[Ranking]:
    """Rank every opened price of a lot and move it on; with no valid price it fails.

    ``by`` is the seat whose release opened the envelopes. Whether a lot has enough bids for a price
    competition was decided when the technical result was published; here the lowest valid price leads,
    however few are valid.
    """
    envelopes = {envelope.bid.reference: envelope for envelope in _opened(lot)}
    found = rank([_offer(lot, envelope) for envelope in envelopes.values()], _terms(lot))
    rankings = Ranking.objects.bulk_create(_row(lot, envelopes[ranked.bid], ranked) for ranked in found)
    valid = sum(ranked.outcome is Outcome.VALID for ranked in found)
    if valid:
        move(lot, Lot.Status.RANKED)
    else:
        end_lot(lot=lot, status=Lot.Status.FAILED, reason=Lot.Reason.NONE_VALID, by=by, now=now)
    record(
        Verb.LOT_RANKED,
        lot.tender.reference,
        by=None,
        now=now,
        audience=Event.Audience.PUBLIC,
        lot=lot.number,
        valid=valid,
    )
    return rankings


def _opened(lot: Lot) -> Any:
    opened = OpenedEnvelope.objects.filter(bid__lot=lot, envelope=EnvelopeKind.COMMERCIAL)
    return opened.select_related("bid__product_version__product", "qualification").order_by("bid__reference")


def _terms(lot: Lot) -> Terms:
    rules = from_json(lot.tender.rules)
    return Terms(lot.ceiling_price, settings.CURRENCY, rules.tie_order, lot.tender.close.root)


def _offer(lot: Lot, envelope: OpenedEnvelope) -> Offer:
    version = envelope.bid.product_version
    offer = json.loads(envelope.payload)["offer"] if envelope.payload else None
    return Offer(
        bid=envelope.bid.reference,
        price=Decimal(offer["price"]) if offer else None,
        pack=int(offer["pack"]) if offer else None,
        currency=offer["currency"] if offer else "",
        pack_size=version.pack_size,
        factor=lot.lot_items.get(item=version.product.item_id).factor,
        score=envelope.qualification.score,
    )


def _row(lot: Lot, envelope: OpenedEnvelope, ranked: Ranked) -> Ranking:
    price = ranked.arithmetic["price"]
    return Ranking(
        bid=envelope.bid,
        lot=lot,
        verdict=ranked.outcome,
        price=None if price is None else Decimal(price),
        pack_size=envelope.bid.product_version.pack_size,
        factor=Decimal(ranked.arithmetic["factor"]),
        comparable=None if ranked.comparable is None else quantize_price(ranked.comparable),
        rank=ranked.rank,
        arithmetic=ranked.arithmetic,
    )
