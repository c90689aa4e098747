"""Listings of the demo at every stage, an agreement on their prices with an order, and a commitment to one supplier."""

from datetime import timedelta
from decimal import Decimal

from django.db.models import Count
from django.utils.translation import gettext as _

from accounts.models import Seat
from catalogue import actions
from catalogue.actions import Commitment, ListingApplication
from catalogue.models import Item, Listing, Maker, ProductVersion
from contracts.actions import OrderRow, place_order, take_up_listings
from contracts.models import Contract
from core.clock import legal_date
from procurement.demo.stage import Province

MAKERS = 4  # whose products are listed, two of each of two suppliers
EACH = 6  # applications of a supplier
PRICES = (Decimal("12.80"), Decimal("9.60"), Decimal("21.50"), Decimal("6.40"), Decimal("33.00"), Decimal("17.20"))


def list_products(province: Province) -> None:
    """Of each supplier's applications half are listed; the others stand at every stage there is."""
    at, region = province.cast.clock.at, province.cast.region
    listed: list[Listing] = []
    for number, (seller, versions) in enumerate(_offers(province)):
        rows = [
            ListingApplication(
                version.product, price, [region], legal_date(at(35)), "direct", _("Demo notice on direct listing")
            )
            for version, price in zip(versions, PRICES, strict=False)
        ]
        made = actions.apply_for_listing(applications=rows, by=seller, now=at(40))
        listed += _decided(made[:3], province)
        (_decided_on, _undecided)[number](made[3:], province)
    take_up_listings(now=at(20))
    rival = province.competitors[0].organisation
    day = legal_date(at(15))
    commitment = Commitment(
        rival, region, day, day + timedelta(days=365), _("Demo decision on a sole winner"), listed[-1].product.item
    )
    actions.record_single_source(commitment=commitment, by=province.awarder, now=at(15))
    take_up_listings(now=at(0, 7))  # at the turn of the year there is a new agreement
    _order(province)


def _offers(province: Province) -> list[tuple[Seat, list[ProductVersion]]]:
    """Two suppliers that make some of the made-up products, with a handful of them each."""
    at, sellers = province.cast.clock.at, province.competitors[1:3]
    drugs = Maker.objects.filter(organisation=None, products__item__kind=Item.Kind.DRUG)
    makers = list(drugs.annotate(n=Count("products")).order_by("-n", "pk")[:MAKERS])
    for number, maker in enumerate(makers):
        seller = sellers[number % len(sellers)]
        actions.link_maker(maker=maker, organisation=seller.organisation, by=province.cataloguer, now=at(60))
    offers = []
    for number, seller in enumerate(sellers):
        mine = ProductVersion.objects.offerable().filter(
            product__maker__in=makers[number :: len(sellers)], product__item__kind=Item.Kind.DRUG
        )
        offers.append((seller, list(mine.select_related("product__item", "product__maker").order_by("pk")[:EACH])))
    return offers


def _decided(applied: list[Listing], province: Province) -> list[Listing]:
    at = province.cast.clock.at
    reviewed = [actions.review_listing(listing=one, by=province.cataloguer, now=at(33)) for one in applied]
    return [actions.list_product(listing=one, by=province.awarder, now=at(31)) for one in reviewed]


def _decided_on(applied: list[Listing], province: Province) -> None:
    """One is suspended, one delisted and one refused."""
    at, lister = province.cast.clock.at, province.awarder
    *two, third = applied
    [suspended, ended] = _decided(two, province)
    reason = _("Dearer than in the provinces around.")
    actions.refuse_listing(listing=third, reason=reason, by=province.cataloguer, now=at(25))
    actions.delist(listing=ended, reason=_("Its maker does not make it any more."), by=lister, now=at(12))
    reason = _("The regulator took a sample; its result is awaited.")
    actions.suspend_listing(listing=suspended, reason=reason, by=lister, now=at(10))


def _undecided(applied: list[Listing], province: Province) -> None:
    """One waits for a reviewer, one for a second person, one for its supplier."""
    at, reviewer = province.cast.clock.at, province.cataloguer
    _untouched, waiting, asked = applied
    actions.review_listing(listing=waiting, by=reviewer, now=at(5))
    actions.ask_back(listing=asked, reason=_("Which notice does the price rest on?"), by=reviewer, now=at(2))


def _order(province: Province) -> None:
    """One hospital orders what is listed; its approver has still to look at it."""
    now = province.cast.clock.at(0, 7, 30)
    agreements = Contract.objects.open_for_orders(legal_date(now)).filter(kind=Contract.Kind.LISTING).order_by("pk")
    rows = [OrderRow(1, 40), OrderRow(2, 15)]
    place_order(contract=agreements[0], rows=rows, by=province.hospitals[0].pharmacist, now=now)
