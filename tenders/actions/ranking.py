"""Ranking the opened prices of a lot, in the transaction that opens them."""

from collections.abc import Iterator
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
from sealing.offers import Offer, OfferKind
from sealing.payloads import read_commercial
from selection.ranking import Comparison, Priced, PriceVerdict, Ranked, rank
from selection.ruleset import from_json
from tenders.actions.lots import hold, tell
from tenders.coverage import coverage_of, covered_by
from tenders.models import Bid, EnvelopeKind, Lot, OfferedProduct, OpenedEnvelope, Qualification, Ranking, Verb
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
    passed = Qualification.objects.standing().filter(bid__lot=lot, verdict=Qualification.Verdict.QUALIFIED).count()
    if len(envelopes) != passed:
        raise Refused(_("Not every price of this lot has been opened."), code="shut")
    offers = {bid: _read(envelope) for bid, envelope in envelopes.items()}
    priced = [_priced(envelope, offers[bid]) for bid, envelope in envelopes.items()]
    found = rank(priced, _comparison(lot))
    rankings = Ranking.objects.bulk_create(
        _row(lot, envelopes[ranked.bid].bid, offers[ranked.bid], ranked) for ranked in found
    )
    fitting = [one.bid for one in priced if one.fits]
    OfferedProduct.objects.bulk_create(row for bid in fitting for row in _offered(envelopes[bid].bid, offers[bid]))
    valid = sum(ranked.verdict is PriceVerdict.VALID for ranked in found)
    tell(Verb.LOT_RANKED, lot, None, now, audience=Event.Audience.PUBLIC, valid=valid)
    move(lot, Lot.Status.OPENED)
    return rankings


def _opened(lot: Lot) -> QuerySet:
    opened = OpenedEnvelope.objects.filter(bid__lot=lot, envelope=EnvelopeKind.COMMERCIAL)
    related = opened.select_related("bid__product_version__product__item", "bid__lot", "qualification")
    return related.prefetch_related(*covered_by("bid")).order_by("bid__reference")


def _comparison(lot: Lot) -> Comparison:
    rules = from_json(lot.tender.rules)
    return Comparison(lot.ceiling_price, settings.CURRENCY, rules.ties.order, lot.tender.close.root)


def _read(envelope: OpenedEnvelope) -> Offer | None:
    return read_commercial(envelope.payload.encode()).offer if envelope.payload else None


def _priced(envelope: OpenedEnvelope, offer: Offer | None) -> Priced:
    """The offer in an opened envelope. What is offered further at converted prices is never compared."""
    coverage = coverage_of(envelope.bid)
    return Priced(
        bid=envelope.bid.reference,
        price=offer.price if offer else None,
        units=offer.units if offer else 1,
        fits=offer is not None and fits(offer, coverage),
        currency=offer.currency if offer else "",
        factor=coverage.factor,
        score=envelope.qualification.score,  # type: ignore[union-attr]  # no price is opened without a pass
    )


def _row(lot: Lot, bid: Bid, offer: Offer | None, ranked: Ranked) -> Ranking:
    price, comparable = ranked.arithmetic["price"], ranked.comparable
    return Ranking(
        bid=bid,
        lot=lot,
        verdict=ranked.verdict,
        price=None if price is None else Decimal(price),
        pack_size=offer.units if offer else None,
        factor=Decimal(ranked.arithmetic["factor"]),
        service_fee=offer.service_fee if offer else None,
        comparable=quantize_price(comparable) if comparable is not None and comparable < LARGEST_SHOWN else None,
        rank=ranked.rank,
        arithmetic=ranked.arithmetic,
    )


def _offered(bid: Bid, offer: Offer | None) -> Iterator[OfferedProduct]:
    """The products of an offer that is of what its bid covers, each at its price; a fee of a set stands with the
    first part, and what is offered further has none, because nobody offered one for it."""
    assert offer is not None
    prices = {product: part.price for part in offer.parts for product in part.products}
    prices |= {one.product: one.price for one in offer.further}
    coverage = coverage_of(bid)
    packs = {one.product: one.pack for one in coverage.products} | {one.product: one.pack for one in coverage.further}
    of_set = offer.kind is OfferKind.SYSTEM
    for number, row in enumerate(bid.products.all(), start=1):
        version = row.product_version
        yield OfferedProduct(
            bid=bid,
            number=number,
            product_version=version,
            price=prices.get(version.product.reference, offer.price),
            service_fee=None if row.further or (of_set and number > 1) else offer.service_fee,
            pack_size=packs[version.product.reference],
            quantity=row.quantity * packs[version.product.reference] if of_set else 1,
        )
