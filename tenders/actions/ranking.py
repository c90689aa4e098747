"""Ranking the opened prices of a lot, in the transaction that opens them."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.actions import action
from core.errors import Refused
from core.models import Event
from core.money import quantize_price
from core.moves import move
from sealing.payloads import read_commercial
from selection.ranking import Comparison, Priced, PriceVerdict, Ranked, rank
from selection.ruleset import from_json
from tenders.actions.lots import hold, tell
from tenders.coverage import coverage_of, covered_by
from tenders.models import EnvelopeKind, Lot, OpenedEnvelope, Qualification, Ranking, Verb
from tenders.rules.covering import fits

# A comparable price that the column does not hold is shown from its exact fraction.
LARGEST_SHOWN = 10**12


@action
def rank_lot(*, lot: Lot, now: datetime) -> list[Ranking]:
    """Rank every opened price of a lot. What the prices lead to is decided by the room of awards.

    Refused before every envelope that was asked for has its verdict. Whether a lot has enough bids for a price
    competition was decided when the technical result was published; here the lowest valid price leads, however few
    are valid.
    """
    lot = hold(lot, Lot.Status.EVALUATED)
    envelopes = {envelope.bid.reference: envelope for envelope in _opened(lot)}
    passed = Qualification.objects.filter(bid__lot=lot, verdict=Qualification.Verdict.QUALIFIED).count()
    if len(envelopes) != passed:
        raise Refused(_("Not every price of this lot has been opened."), code="shut")
    factors = dict(lot.lot_items.values_list("item", "factor"))
    found = rank([_offer(envelope, factors) for envelope in envelopes.values()], _comparison(lot))
    rankings = Ranking.objects.bulk_create(_row(lot, envelopes[ranked.bid], ranked) for ranked in found)
    valid = sum(ranked.verdict is PriceVerdict.VALID for ranked in found)
    tell(Verb.LOT_RANKED, lot, None, now, audience=Event.Audience.PUBLIC, valid=valid)
    move(lot, Lot.Status.OPENED)
    return rankings


def _opened(lot: Lot) -> QuerySet:
    opened = OpenedEnvelope.objects.filter(bid__lot=lot, envelope=EnvelopeKind.COMMERCIAL)
    related = opened.select_related("bid__product_version__product__item", "qualification")
    return related.prefetch_related(covered_by("bid")).order_by("bid__reference")


def _comparison(lot: Lot) -> Comparison:
    rules = from_json(lot.tender.rules)
    return Comparison(lot.ceiling_price, settings.CURRENCY, rules.tie_order, lot.tender.close.root)


def _offer(envelope: OpenedEnvelope, factors: Mapping[int, Decimal]) -> Priced:
    """The offer in an opened envelope; ``factors`` are those of the lot's items."""
    version = envelope.bid.product_version
    offer = read_commercial(envelope.payload.encode()).offer if envelope.payload else None
    return Priced(
        bid=envelope.bid.reference,
        price=offer.price if offer else None,
        units=offer.units if offer else 1,
        fits=offer is not None and fits(offer, coverage_of(envelope.bid)),
        currency=offer.currency if offer else "",
        factor=factors[version.product.item_id],
        score=envelope.qualification.score,  # type: ignore[union-attr]  # no price is opened without a pass
    )


def _row(lot: Lot, envelope: OpenedEnvelope, ranked: Ranked) -> Ranking:
    price, comparable = ranked.arithmetic["price"], ranked.comparable
    return Ranking(
        bid=envelope.bid,
        lot=lot,
        verdict=ranked.verdict,
        price=None if price is None else Decimal(price),
        pack_size=envelope.bid.product_version.pack_size,
        factor=Decimal(ranked.arithmetic["factor"]),
        comparable=quantize_price(comparable) if comparable is not None and comparable < LARGEST_SHOWN else None,
        rank=ranked.rank,
        arithmetic=ranked.arithmetic,
    )
