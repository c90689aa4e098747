"""The rules of the page's own: prices as Python reads and compares them, the manifest, the countdown's clock."""

import json
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import expect

from core.money import parse_price, unit_price
from core.templatetags.ui import price as shown
from sealing.manifest import manifest
from sealing.offers import Offer, OfferKind, Part
from sealing.payloads import commercial_payload
from selection.conversion import converted_price
from tests.tenders.bids import a_bid, moved_deadline
from tests.tenders.stage import published_tender
from tests.world import World

DIGITS = st.text("0123456789", max_size=14)
TYPED = st.one_of(
    st.text(st.sampled_from("0123456789.,-+e 十 "), max_size=20),
    st.builds("{}.{}".format, DIGITS, DIGITS),
    DIGITS,
)


def read(text):
    """What Python makes of a typed price: its six decimals, or nothing."""
    try:
        price = parse_price(text.strip(" "))
    except (ValueError, ArithmeticError):
        return None
    return f"{price:.6f}" if price > 0 else None


def module(page, live_server, name, script, given):
    page.goto(live_server.url + reverse("home"))
    return page.evaluate(f"async (given) => {{ const it = await import({json.dumps(static(name))}); {script} }}", given)


def test_the_module_writes_no_offer_at_a_price_of_nought(page, live_server, db):
    script = """
        return given.map((price) => {
            const offer = it.offerOfProduct({ currency: "CNY", product: "PD-1", pack: "7", price });
            try { it.commercialPayload(offer); } catch (error) { return error.message; }
            return "written";
        });
    """
    told = module(page, live_server, "js/sealing.js", script, ["0.000000", "0.000001"])
    assert told == ["offer.price: above nought", "written"]


@pytest.fixture
def sets():
    """Many sets of parts: price a pack in millionths, base units in a pack, packs in a set."""
    part = st.tuples(st.integers(1, 10**15), st.integers(1, 10**6), st.integers(1, 99))
    drawn: list[list[tuple[int, int, int]]] = []

    @settings(max_examples=100, database=None)
    @given(st.lists(part, min_size=2, max_size=6))
    def draw(parts):
        drawn.append(parts)

    draw()
    return [parts for parts in drawn if sum(price * count for price, _pack, count in parts) < 10**18]


def test_the_browser_writes_a_set_byte_for_byte_as_python_does(page, live_server, db, sets):
    script = """
        const { asPrice, commercialPayload, offerOfSet } = it;
        return given.map((parts) => new TextDecoder().decode(commercialPayload(offerOfSet({
            currency: "CNY", service_fee: "0.500000",
            parts: parts.map(([price, pack, quantity], at) => ({
                pack: String(pack), price: asPrice(BigInt(price)), product: `PD-${at}`, quantity: String(quantity),
            })),
        }))));
    """
    written = module(page, live_server, "js/sealing.js", script, sets)
    assert written == [commercial_payload(as_set(parts)).decode() for parts in sets]
    assert len(written) > 50


def as_set(parts):
    """The set as Python has it."""
    offered = tuple(
        Part((f"PD-{at}",), pack, Decimal(price).scaleb(-6), count) for at, (price, pack, count) in enumerate(parts)
    )
    total = sum(part.price * part.quantity for part in offered)
    return Offer(OfferKind.SYSTEM, "CNY", total, offered, service_fee=Decimal("0.5"))


@pytest.fixture
def typed_prices():
    """Many prices, reasonable and not, drawn once for one visit of the browser."""
    drawn = ["", ".", "0", "0.0", "7", "007", "13.5", "13.1234567", "13.1234560000", "1" * 12, "1" * 13, "1e3", "٣"]

    @settings(max_examples=400, database=None)
    @given(TYPED)
    def draw(text):
        drawn.append(text)

    draw()
    return drawn


def test_the_browser_reads_a_typed_price_as_python_does(page, live_server, db, typed_prices):
    script = "return given.map((text) => it.readPrice(text).price).map((price) => price ? it.sealedPrice(price) : null)"
    found = module(page, live_server, "js/bidding/price.js", script, typed_prices)
    assert found == [read(text) for text in typed_prices]
    assert len([price for price in found if price]) > 50


def test_the_browser_compares_with_the_ceiling_exactly_and_shows_it_as_python_does(page, live_server, db):
    cases = []

    @settings(max_examples=300, database=None)
    @given(
        st.integers(1, 10**18 - 1),
        st.integers(1, 1000),
        st.decimals("0.000000001", "1000", places=9),
        st.integers(-1, 1),
        st.sampled_from([1, 7, 28]),
    )
    def draw(millionths, pack, factor, beside, units):
        exact = unit_price(Decimal(millionths) / 10**6, pack, Fraction(factor)) * units
        ceiling = max(Decimal(0), Decimal(int(exact * 10**6) + beside) / 10**6)
        terms = {"pack": str(pack), "factor": f"{factor:f}", "ceiling": f"{ceiling:f}", "units": units}
        cases.append((str(millionths), terms))

    draw()
    script = "return given.map(([price, terms]) => it.againstCeiling(BigInt(price), terms))"
    for (millionths, terms), found in zip(
        cases, module(page, live_server, "js/bidding/price.js", script, cases), strict=True
    ):
        price = Decimal(millionths) / 10**6
        exact = unit_price(price, int(terms["pack"]), Fraction(terms["factor"])) * terms["units"]
        assert found["above"] == (exact > Fraction(terms["ceiling"]))
        assert found["comparable"] == shown(exact)


def test_the_browser_converts_a_price_as_python_does(page, live_server, db):
    cases = [("1", {"pack": "2", "factor": "1"}, {"pack": "1", "factor": "1"})]
    factors, packs = st.decimals("0.000000001", "1000", places=9).map("{:f}".format), st.integers(1, 1000).map(str)
    terms = st.fixed_dictionaries({"pack": packs, "factor": factors})

    @settings(max_examples=300, database=None)
    @given(st.integers(1, 10**18 - 1).map(str), terms, terms)
    def draw(millionths, offered, other):
        cases.append((millionths, offered, other))

    draw()
    script = "return given.map(([price, ...terms]) => String(it.convertedPrice(BigInt(price), ...terms)))"
    found = module(page, live_server, "js/bidding/price.js", script, cases)
    for (millionths, *terms), price in zip(cases, found, strict=True):
        counts, of = (int(one["pack"]) * Fraction(one["factor"]) for one in terms)
        assert Decimal(price).scaleb(-6) == converted_price(Decimal(millionths).scaleb(-6), counts, of)


def test_the_browser_writes_the_manifest_that_the_server_writes(page, live_server, db):
    place = {"tender": "T-1", "lot": "L-01", "bid": "B-1", "terms": "a" * 64, "supplier": "S-1", "version": 3}
    envelope = {"com": "b" * 64, "sha256": "c" * 64}
    script = """
        const envelopes = given.sealed ? { commercial: { com: "b".repeat(64), digest: "c".repeat(64) } } : {};
        return new TextDecoder().decode(it.manifest(given.place, given.prev, envelopes));
    """
    for prev, envelopes in (("", {"commercial": envelope}), ("d" * 64, {})):
        asked = {"place": place, "prev": prev, "sealed": bool(envelopes)}
        written = module(page, live_server, "js/sealing.js", script, asked)
        assert written.encode() == manifest(place, prev=prev, envelopes=envelopes)


@pytest.mark.parametrize("hours", [-3, 0, 3])
def test_the_countdown_runs_on_the_platforms_time_whatever_the_readers_clock_says(
    page, live_server, sit_in, transactional_db, hours
):
    stage = published_tender(World(), lots=("20.00",))
    deadline = timezone.now() + timedelta(minutes=14, seconds=30)
    moved_deadline(stage.tender, deadline)
    bid = a_bid(stage)
    sit_in(bid.prepared_by)
    page.add_init_script(f"""
        const right = Date.now.bind(Date);
        Date.now = () => right() + {hours} * 3600 * 1000;
    """)
    page.goto(live_server.url + reverse("tenders:submit-bid", args=[bid.reference]))
    page.wait_for_timeout(1500)
    most = (deadline - timezone.now()).total_seconds()
    shown = page.locator("[data-countdown]").inner_text()
    least = (deadline - timezone.now()).total_seconds()
    hour, minute, second = map(int, shown.split()[0].split(":"))
    assert least - 1.5 <= hour * 3600 + minute * 60 + second <= most + 1.5
    expect(page.locator("[data-deadline]")).to_contain_text("Less than 15 minutes are left.")
    clock = page.locator("[data-own-clock]")
    expect(clock).to_contain_text({-3: "slow", 0: "agrees", 3: "fast"}[hours])
    if hours:
        assert any(words in clock.inner_text() for words in ("3:00:0", "2:59:5"))
