"""Prices that bind others: by two people, within their region, from their day, and never unseen."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import InboxMessage, Region
from catalogue import actions, tasks
from catalogue.models import Item, PriceChange, PriceEntry
from catalogue.rules import Ground, PlannedPrice, PriceFact
from catalogue.rules.bounds import Bound, Use, judge
from catalogue.rules.patient import borne_by_patient
from catalogue.rules.unified import Doubt, Record, doubts
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Refused
from tests.catalogue.files import TABLET, merged, price_recorded, products
from tests.contracts.pages import sitting
from tests.world import NOW

TODAY = legal_date(NOW)
LATER = TODAY + timedelta(days=30)
WHY = Ground("the fund decided it", "notice 7 of 2026")


@pytest.fixture
def item(world):
    merged(world, products(TABLET))
    return Item.objects.get()


def fact(item, price, *, day=date(2026, 1, 1), region="420000", **more):
    return PriceFact(item.pk, region, Decimal(price), more.pop("units", 28), day, "a notice", **more)


def listing(world, item, price, **more):
    of = fact(item, price, product_id=item.products.get().pk, **more)
    return actions.record_listing_prices(entries=[of], by=world.awarder, now=NOW)[0]


def cut(world, item, price, kind="payment_standard", **more):
    planned = [PlannedPrice(kind, fact(item, price, **{"day": LATER, **more}))]
    return actions.propose_cut(prices=planned, ground=WHY, by=world.cataloguer, now=NOW)


def confirm(world, change):
    return actions.confirm_price_change(change=change, by=world.second_cataloguer, now=NOW)


@action
def region(code, name, level, parent):
    return Region.objects.get_or_create(
        code=code, defaults={"name": name, "full_name": f"湖北省{name}", "level": level, "parent": parent}
    )[0]


def test_a_cut_binds_every_listing_above_it_from_its_day_and_tells_whom_it_touches(world, item):
    world.pharmacist, world.region  # noqa: B018  # who is told
    held = listing(world, item, "14.00")
    change = cut(world, item, "11.20")
    assert [falling.entry for falling in actions.bound_by(change.act, list(change.lines.all()))] == [held]
    assert PriceEntry.objects.count() == 1, "nothing counts before the second person"
    confirm(world, change)
    listings = PriceEntry.objects.filter(kind="listing").order_by("valid_from")
    assert [(one.price, one.valid_from, one.valid_to) for one in listings] == [
        (Decimal("14.00"), date(2026, 1, 1), LATER - timedelta(days=1)),
        (Decimal("11.20"), LATER, None),
    ]
    for _twice in range(2):
        tasks.tell_of_price_change(change.pk)
    [message] = InboxMessage.objects.filter(about=f"price_change:{change.reference}")
    assert message.seat == world.pharmacist


def test_a_cut_of_a_city_leaves_the_listing_of_the_province(world, item):
    city = region("420100", "武汉市", "city", world.region)
    listing(world, item, "14.00")
    below = listing(world, item, "13.00", region=city.code)
    change = cut(world, item, "11.20", region=city.code)
    assert [falling.entry for falling in actions.bound_by(change.act, list(change.lines.all()))] == [below]


def test_what_is_listed_between_a_cut_and_its_day_does_not_escape_it(world, item):
    confirm(world, cut(world, item, "12.60"))
    with pytest.raises(Refused) as refusal:
        listing(world, item, "14.00", day=LATER - timedelta(days=5))
    assert (refusal.value.faults[0].row, refusal.value.faults[0].code) == (1, "above_guide")
    assert listing(world, item, "12.60", day=LATER - timedelta(days=5)).price == Decimal("12.60")


def test_a_cut_that_touches_no_listing_or_begins_in_the_past_is_refused(world, item):
    listing(world, item, "10.00")
    with pytest.raises(Refused, match="No listing"):
        cut(world, item, "11.20", kind="listing")
    with pytest.raises(Refused, match="today or later"):
        cut(world, item, "9.00", day=TODAY - timedelta(days=1))
    late = listing(world, item, "12.00", day=LATER)
    with pytest.raises(Refused, match=late.reference):
        cut(world, item, "11.20")


def test_linkage_binds_listings_and_is_no_price_by_itself(world, item):
    listing(world, item, "14.00")
    confirm(world, cut(world, item, "11.20", kind="listing"))
    assert list(PriceEntry.objects.order_by("pk").values_list("kind", "price")) == [
        ("listing", Decimal("14.00")),
        ("listing", Decimal("11.20")),
    ]


def test_a_listing_above_a_binding_guide_price_is_refused_and_above_a_reference_is_not(world, item):
    price_recorded(world, fact(item, "12.00", guide_class="reference"), "guide")
    listing(world, item, "14.00")
    price_recorded(world, fact(item, "12.00", day=LATER, guide_class="ceiling"), "guide")
    with pytest.raises(Refused) as refusal:
        listing(world, item, "12.01", day=LATER + timedelta(days=9))
    assert [fault.code for fault in refusal.value.faults] == ["above_guide"]


def test_the_narrowest_region_wins_for_many_products_in_one_statement(world, item, django_assert_num_queries):
    city = region("420100", "武汉市", "city", world.region)
    county = region("420102", "武汉市江岸区", "county", city)
    product = item.products.get()
    for price, code in (("12.00", "420000"), ("11.00", "420100")):
        price_recorded(world, fact(item, price, region=code), "payment_standard")
    around = county.around
    assert around == ["420102", "420100", "420000"]
    with django_assert_num_queries(2):
        county = Region.objects.select_related("parent__parent").get(pk="420102")
        found = PriceEntry.objects.prices_in_force(
            ["payment_standard"], county, TODAY, products=[(product.pk, item.pk)]
        )
    assert found[product.pk, "payment_standard"].price == Decimal("11.00")
    price_recorded(world, fact(item, "13.00", product_id=product.pk), "payment_standard")
    found = PriceEntry.objects.prices_in_force(["payment_standard"], county, TODAY, products=[(product.pk, item.pk)])
    assert found[product.pk, "payment_standard"].price == Decimal("13.00"), "a product's own before its item's"


def test_what_was_asked_back_is_answered_and_what_was_refused_stays_out(world, item):
    planned = [PlannedPrice("ceiling", fact(item, "9.00"))]
    change = actions.propose_prices(prices=planned, ground=WHY, by=world.cataloguer, now=NOW)
    with pytest.raises(Refused, match="Somebody else"):
        actions.confirm_price_change(change=change, by=world.cataloguer, now=NOW)
    second = world.second_cataloguer
    assert list(PriceChange.objects.waiting_for(second)) == [change]
    change = actions.return_price_change(change=change, question="which pack?", by=second, now=NOW)
    assert list(PriceChange.objects.waiting_for(world.cataloguer)) == [change]
    with pytest.raises(Refused):
        confirm(world, change)
    change = actions.answer_price_change(change=change, answer="28 tablets", by=world.cataloguer, now=NOW)
    actions.refuse_price_change(change=change, reason="not published", by=second, now=NOW)
    with pytest.raises(Conflict):
        confirm(world, change)
    assert not PriceEntry.objects.exists()


def test_one_national_price_needs_settled_awards_and_supply(world, item):
    asked = fact(item, "0.40", units=1, day=LATER)

    def propose(rate):
        rate = Decimal(rate)
        return actions.propose_unified_price(fact=asked, supply_rate=rate, ground=WHY, by=world.cataloguer, now=NOW)

    with pytest.raises(Refused) as refusal:
        propose("0.5")
    assert {fault.code for fault in refusal.value.faults} == {"rule_not_met"}
    price_recorded(world, fact(item, "11.20"), "award")
    held = listing(world, item, "14.00")
    confirm(world, propose("0.95"))
    assert PriceEntry.objects.filter(kind="listing").exclude(pk=held.pk).get().price == Decimal("11.20")
    bounds = PriceEntry.objects.bounds_of_items({item.pk}, world.region, LATER)
    assert bounds[item.pk].strength == "unified"


@pytest.mark.parametrize(
    ("record", "found"),
    [
        (Record([Fraction(10)] * 3, 4, Decimal("0.95")), []),
        (Record([Fraction(10)], 1, Decimal("0.95")), []),
        (Record([Fraction(10)], 2, Decimal("0.95")), [Doubt.FEW_AWARDS]),
        (Record([Fraction(10), Fraction(12), Fraction(10)], 2, Decimal("0.95")), [Doubt.WIDE_SPREAD]),
        (Record([Fraction(10)] * 3, 2, None), [Doubt.LOW_SUPPLY]),
    ],
)
def test_the_rule_of_one_price(record, found):
    assert doubts(record, Fraction(10)) == found


PRICES = st.decimals(min_value="0.01", max_value="999", places=2)


@given(PRICES, PRICES, st.integers(1, 100), st.sampled_from(Use))
def test_a_binding_guide_price_refuses_exactly_what_is_above_it(guide, price, units, act):
    above = price > guide
    for strength, refuses in (
        ("ceiling", above),
        ("reference", False),
        ("fixed", above or (price != guide and act == "listing")),
    ):
        verdict = judge(Bound(strength, guide, units), Fraction(price) / units, act)
        assert verdict.refuses == refuses


def test_a_patient_bears_what_lies_above_the_standard():
    assert borne_by_patient(Decimal("14.00"), 28, Decimal("0.40"), 1) == Decimal("2.80")
    assert borne_by_patient(Decimal("11.00"), 28, Decimal("0.40"), 1) == 0


def test_above_a_payment_standard_pages_say_what_the_patient_bears(world, item):
    listing(world, item, "14.00")
    shown = sitting(world.pharmacist)
    addresses = [f"/catalogue/items/{item.reference}/", f"/catalogue/products/{item.products.get().reference}/"]
    assert not [one for one in addresses if "the patient bears" in shown.get(one).content.decode()]
    price_recorded(world, fact(item, "11.20"), "payment_standard")
    for one in addresses:
        assert "the patient bears 2.80" in shown.get(one).content.decode()


def test_a_hidden_payment_standard_is_not_told_by_what_a_patient_would_bear(world, item):
    listing(world, item, "14.00")
    price_recorded(world, fact(item, "11.20", parties=()), "payment_standard")
    page = f"/catalogue/items/{item.reference}/"
    assert "the patient bears" not in sitting(world.pharmacist).get(page).content.decode()
    assert "the patient bears 2.80" in sitting(world.cataloguer).get(page).content.decode()
