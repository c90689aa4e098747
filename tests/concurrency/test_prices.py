"""Whatever two writers do at once on connections of their own, the register has one price of a kind for a thing on a
day, and every price that was taken was written whole."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue import actions
from catalogue.models import Item, PriceEntry, Product
from catalogue.rules import Ground, PlannedPrice, PriceFact
from core.clock import legal_date
from core.errors import Refused
from tests.catalogue.files import PRECISE, TABLET, products
from tests.concurrency.meeting import at_once
from tests.world import NOW

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = legal_date(NOW)
DAYS = 30
WHY = "as published"


@dataclass(frozen=True)
class Wanted:
    """A price that a writer wants: of a thing in a region from a day of the month on, for some days or without end."""

    kind: str
    of_product: bool
    region: str
    first: int
    days: int | None
    price: int


WANTED = st.builds(
    Wanted,
    st.sampled_from(("award", "ceiling")),
    st.booleans(),
    st.sampled_from(("420000", "420100")),
    st.integers(0, DAYS - 1),
    st.none() | st.integers(0, DAYS),
    st.integers(1, 999),
)
WRITER = st.lists(st.lists(WANTED, min_size=1, max_size=3), min_size=1, max_size=4)


@pytest.fixture
def writing(world):
    """How a writer puts prices in: awards in one act, others proposed by one person and confirmed by another."""
    actions.import_at_once(file_name="a.csv", content=products(TABLET, PRECISE), by=world.cataloguer, now=NOW)
    product = Product.objects.select_related("item").get(key=PRECISE["national_code"])
    by_award = world.seat(world.agency, "awarder", "cataloguer")

    def fact(one):
        first = TODAY + timedelta(days=one.first)
        last = None if one.days is None else first + timedelta(days=one.days)
        of = product.pk if one.of_product else None
        facts = {"valid_from": first, "valid_to": last, "source": "notice", "product_id": of}
        return PriceFact(product.item_id, one.region, Decimal(one.price), 1, **facts)

    def write(wanted):
        if all(one.kind == "award" for one in wanted):
            return len(actions.record_award_prices(entries=[fact(one) for one in wanted], by=by_award, now=NOW))
        planned = [PlannedPrice(one.kind, fact(one)) for one in wanted]
        change = actions.propose_prices(prices=planned, ground=Ground(WHY, WHY), by=world.cataloguer, now=NOW)
        actions.confirm_price_change(change=change, by=world.second_cataloguer, now=NOW)
        return len(planned)

    def act(writer):
        """How many prices went in; what is refused is refused whole."""
        count = 0
        for wanted in writer:
            try:
                count += write(wanted)
            except Refused:
                continue
        return count

    return act


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=WRITER, second=WRITER)
def test_two_writers_leave_one_price_of_a_kind_for_a_thing_on_a_day(writing, first, second):
    before = PriceEntry.objects.count()
    outcomes = at_once(lambda: writing(first), lambda: writing(second))
    assert all(isinstance(count, int) for count in outcomes), outcomes
    entries = list(PriceEntry.objects.all())
    assert len(entries) - before == sum(outcomes)
    held = Counter()
    for entry in entries:
        for day in range(2 * DAYS):
            on = TODAY + timedelta(days=day)
            if entry.valid_from <= on and (entry.valid_to is None or on <= entry.valid_to):
                held[entry.kind, entry.item_id, entry.product_id, entry.region_id, entry.hospital_id, on] += 1
    assert max(held.values(), default=0) <= 1
    assert Item.objects.count() == 2
