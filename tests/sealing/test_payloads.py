"""What lies inside an envelope, and what nobody can read as an offer."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealing.canonical import canonical_json
from sealing.errors import FormatError, PayloadError
from sealing.offers import Further, Offer, OfferKind, Part, offer_of_product
from sealing.payloads import (
    Attachment,
    CommercialPayload,
    Consortium,
    RevealPayload,
    TechnicalPayload,
    commercial_payload,
    read_commercial,
    read_payload,
    read_reveal,
    read_technical,
    reveal_payload,
    technical_payload,
)
from tests.sealing.test_canonical import values

LICENCE = Attachment(key=b"\x01" * 32, name="生产许可证.pdf", size=96_000)
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
attachments = st.builds(Attachment, key=st.binary(min_size=32, max_size=32), name=texts, size=st.integers(0, 2**53 - 1))
prices = st.integers(1, 10**18 - 1).map(lambda millionths: Decimal(millionths).scaleb(-6))
MILLIONTH = Decimal("0.000001")


def single(price, pack=7):
    return offer_of_product(currency="CNY", product="PD-1", pack=pack, price=price)


@given(st.dictionaries(texts, values, max_size=4), st.lists(attachments, max_size=3))
def test_a_technical_payload_reads_back(answers, attached):
    payload = technical_payload(answers, attached)
    assert read_technical(payload) == TechnicalPayload(answers=answers, attachments=tuple(attached))


@given(prices, st.integers(1, 10**9 - 1))
def test_an_offer_reads_back_to_the_last_decimal(price, pack):
    offered = single(price, pack)
    read = read_commercial(commercial_payload(offered))
    assert read == CommercialPayload(offered)
    assert isinstance(read.offer.price, Decimal)
    assert read.offer.units == pack


def test_an_offer_is_written_with_exactly_six_decimals():
    for price in (Decimal("113.68"), Decimal("113.680000"), Decimal("1.1368E+2")):
        assert b'"price":"113.680000"' in commercial_payload(single(price))
    assert commercial_payload(single(Decimal("113.68"))) == commercial_payload(single(Decimal("113.680000")))


def test_the_first_payload_is_read_as_an_offer_of_one_product_that_it_does_not_name():
    first = b'{"attachments":[],"offer":{"currency":"CNY","pack":"7","price":"113.680000"}}'
    offer = read_commercial(first).offer
    assert (offer.kind, offer.units, offer.price, offer.products) == ("product", 7, Decimal("113.680000"), ())
    assert read_technical(b'{"answers":[],"attachments":[]}').consortium is None


# --- Offers of more than one product ---

parts = st.lists(
    st.builds(
        lambda millionths, quantity: (Decimal(millionths).scaleb(-6), quantity),
        st.integers(0, 10**12),
        st.integers(1, 10**5),
    ),
    min_size=2,
    max_size=9,
)


def system(prices_and_quantities, price):
    offered = [
        Part((f"PD-{number}",), 1, part, quantity)
        for number, (part, quantity) in enumerate(prices_and_quantities, start=1)
    ]
    return Offer(OfferKind.SYSTEM, "CNY", price, tuple(offered))


@given(parts)
def test_a_set_costs_exactly_what_its_parts_add_up_to_and_not_a_millionth_more_or_less(offered):
    total = sum((Fraction(price) * quantity for price, quantity in offered), Fraction(0))
    price = Decimal(int(total * 10**6)).scaleb(-6)
    assert Fraction(price) == total
    if not 0 < price < 10**12:
        return
    found = read_commercial(commercial_payload(system(offered, price))).offer
    assert (found.price, found.units, len(found.products)) == (price, 1, len(offered))
    for wrong in (price + MILLIONTH, price - MILLIONTH):
        with pytest.raises(PayloadError):
            commercial_payload(system(offered, wrong))


def test_thirds_are_never_rounded_into_a_sum():
    """Three parts at a third of 100 add up to 99.999999, and that is the price or there is none."""
    thirds = [(Decimal("33.333333"), 1)] * 3
    assert read_commercial(commercial_payload(system(thirds, Decimal("99.999999")))).offer.price == Decimal("99.999999")
    with pytest.raises(PayloadError, match="add up"):
        commercial_payload(system(thirds, Decimal(100)))


@given(st.sets(st.integers(1, 10**6), min_size=1, max_size=50), prices, st.none() | prices)
def test_the_models_of_a_registration_have_one_price_and_a_fee_changes_nothing_in_it(models, price, fee):
    names = tuple(sorted(f"PD-{model}" for model in models))
    offered = Offer(
        OfferKind.REGISTRATION, "CNY", price, (Part(names, 1, price),), registration="国械注准1", service_fee=fee
    )
    found = read_commercial(commercial_payload(offered)).offer
    assert (found.products, found.price, found.service_fee) == (names, price, fee)


@given(st.lists(st.integers(1, 9999), min_size=1, max_size=5))
def test_a_consortiums_shares_add_up_to_exactly_100(hundredths):
    rest = 10_000 - sum(hundredths)
    shares = [Decimal(one).scaleb(-2) for one in (*hundredths, rest)]
    consortium = Consortium("S-0", {f"S-{number}": share for number, share in enumerate(shares)})
    if rest > 0:
        assert read_technical(technical_payload({}, (), consortium)).consortium == consortium
    else:
        with pytest.raises(PayloadError):
            technical_payload({}, (), consortium)
    with pytest.raises(PayloadError):
        technical_payload({}, (), Consortium("S-0", consortium.shares | {"S-9": Decimal("0.005")}))


@pytest.mark.parametrize(
    "price",
    ["NaN", "sNaN", "-NaN", "Infinity", "-Infinity", "-1", "-0.000001", "113.6800001", "1E-7", "1E+12", "1E+99999"],
)
def test_a_price_that_is_no_exact_amount_is_refused(price):
    with pytest.raises(PayloadError) as refused:
        commercial_payload(single(Decimal(price)))
    assert refused.value.where in ("offer.parts.price", "offer.parts[0].price")
    assert refused.value.party == "bidder"


def test_a_price_of_nought_is_refused_in_every_shape():
    first = {"attachments": [], "offer": {"currency": "CNY", "pack": "7", "price": "0.000000"}}
    free = Further("PD-2", 7, Decimal(0))
    offers = (single(Decimal(0)), replace(single(Decimal(5)), further=(free,)))
    for act in (lambda: read_commercial(canonical_json(first)), *(partial(commercial_payload, one) for one in offers)):
        with pytest.raises(PayloadError, match="above nought"):
            act()


def test_a_part_of_a_set_may_cost_nothing_where_the_set_does_not():
    offered = system([(Decimal(0), 1), (Decimal(5), 1)], Decimal(5))
    assert read_commercial(commercial_payload(offered)).offer == offered


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("price", "113.68"),
        ("price", "113.6800000"),
        ("price", "0113.680000"),
        ("price", "1.13e2"),
        ("price", "NaN"),
        ("price", "-1.000000"),
        ("price", "+1.000000"),
        ("price", " 1.000000"),
        ("price", "1,000.000000"),
        ("price", "１.000000"),
        ("price", ".000000"),
        ("price", "1000000000000.000000"),
        ("price", 113),
        ("price", None),
        ("pack", "0"),
        ("pack", "07"),
        ("pack", "-7"),
        ("pack", "7.5"),
        ("pack", "1000000000"),
        ("pack", 7),
        ("pack", ""),
        ("currency", "cny"),
        ("currency", "RMB1"),
        ("currency", None),
        ("discount", "1.000000"),
    ],
)
def test_an_offer_written_otherwise_is_not_read(name, value):
    offer = {"currency": "CNY", "pack": "7", "price": "113.680000"}
    good = canonical_json({"attachments": [], "offer": offer})
    assert read_commercial(good).offer.units == 7
    with pytest.raises(PayloadError) as refused:
        read_commercial(canonical_json({"attachments": [], "offer": offer | {name: value}}))
    assert refused.value.where.startswith("offer")
    assert not isinstance(value, str) or len(value) < 4 or value not in str(refused.value)


@pytest.mark.parametrize("pack", [0, -1, True, 10**9])
def test_a_pack_holds_a_whole_positive_number_of_base_units(pack):
    with pytest.raises(PayloadError):
        commercial_payload(single(Decimal(1), pack))


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"answers": []},
        {"answers": {}, "attachments": []},
        {"answers": [], "attachments": None},
        {"answers": [{"criterion": "gmp"}], "attachments": []},
        {"answers": [{"criterion": "", "value": 1}], "attachments": []},
        {"answers": [{"criterion": 1, "value": 1}], "attachments": []},
        {"answers": [{"criterion": "gmp", "value": 1}] * 2, "attachments": []},
        {"answers": [], "attachments": [{"key": "0" * 63, "name": "a", "size": 1}]},
        {"answers": [], "attachments": [{"key": "0" * 64, "name": "", "size": 1}]},
        {"answers": [], "attachments": [{"key": "0" * 64, "name": "a", "size": -1}]},
        {"answers": [], "attachments": [{"key": "0" * 64, "name": "a", "size": True}]},
        {"answers": [], "attachments": [], "offer": {}},
        [],
        None,
        "answers",
    ],
)
def test_a_technical_payload_of_another_shape_is_not_read(body):
    with pytest.raises(PayloadError):
        read_technical(canonical_json(body))


def test_a_payload_that_is_not_canonical_is_not_read():
    good = technical_payload({"gmp": True}, [LICENCE])
    assert read_technical(good).attachments == (LICENCE,)
    for bad in (good + b" ", good.replace(b":", b": ", 1), good[:-1], b"\xff", b"", b"[" * 10_000):
        with pytest.raises(PayloadError):
            read_technical(bad)


def test_an_answer_without_a_canonical_form_is_not_written():
    for value in (Decimal("1.5"), 2**53, "\ud800"):
        with pytest.raises(PayloadError):
            technical_payload({"gmp": value})


def test_a_reveal_reads_back():
    payload = reveal_payload(seed=b"\x02" * 32, sha256="a" * 64)
    assert read_reveal(payload) == RevealPayload(seed=b"\x02" * 32, sha256="a" * 64)
    for bad in (b"{}", canonical_json({"seed": "02" * 31, "sha256": "a" * 64})):
        with pytest.raises(PayloadError):
            read_reveal(bad)


def test_each_envelope_reads_its_own_payload_only():
    payloads = {
        "technical": technical_payload({}, [LICENCE]),
        "commercial": commercial_payload(single(Decimal(1)), [LICENCE]),
    }
    for envelope, payload in payloads.items():
        assert read_payload(payload, envelope, supplier="S-1", blobs=1).attachments == (LICENCE,)
        for blobs in (0, 2):
            with pytest.raises(PayloadError):
                read_payload(payload, envelope, supplier="S-1", blobs=blobs)
    for other in ("commercial", "second-commercial", "reveal-technical"):
        with pytest.raises(PayloadError):
            read_payload(payloads["technical"], other, supplier="S-1", blobs=1)
    with pytest.raises(FormatError):
        read_payload(payloads["technical"], "third", supplier="S-1", blobs=1)


def test_only_the_leader_of_a_consortium_bids_for_it():
    shares = {"S-1": Decimal(60), "S-2": Decimal(40)}
    payload = technical_payload({}, (), Consortium("S-1", shares))
    assert read_payload(payload, "technical", supplier="S-1", blobs=0).consortium.shares == shares
    with pytest.raises(PayloadError):
        read_payload(payload, "technical", supplier="S-2", blobs=0)


def test_nothing_secret_is_shown():
    offer = read_commercial(commercial_payload(replace(single(Decimal("113.68")), service_fee=Decimal("113.9"))))
    shown = repr(offer) + repr(LICENCE) + repr(read_reveal(reveal_payload(seed=b"\2" * 32, sha256="a" * 64)))
    shown += repr(replace(read_technical(technical_payload({"gmp": "secret"})), attachments=(LICENCE,)))
    for secret in ("113", "pack=", "key", "seed", "secret"):
        assert secret not in shown
