"""What lies inside an envelope, and what nobody can read as an offer."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealing.canonical import canonical_json
from sealing.errors import FormatError, PayloadError
from sealing.payloads import (
    Attachment,
    CommercialPayload,
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
prices = st.integers(0, 10**18 - 1).map(lambda millionths: Decimal(millionths).scaleb(-6))


@given(st.dictionaries(texts, values, max_size=4), st.lists(attachments, max_size=3))
def test_a_technical_payload_reads_back(answers, attached):
    payload = technical_payload(answers, attached)
    assert read_technical(payload) == TechnicalPayload(answers=answers, attachments=tuple(attached))


@given(prices, st.integers(1, 10**9 - 1))
def test_an_offer_reads_back_to_the_last_decimal(price, pack):
    offer = read_commercial(commercial_payload(currency="CNY", pack=pack, price=price))
    assert offer == CommercialPayload(currency="CNY", pack=pack, price=price)
    assert isinstance(offer.price, Decimal)


def test_an_offer_is_written_with_exactly_six_decimals():
    for price in (Decimal("113.68"), Decimal("113.680000"), Decimal("1.1368E+2")):
        assert (
            commercial_payload(currency="CNY", pack=7, price=price)
            == b'{"attachments":[],"offer":{"currency":"CNY","pack":"7","price":"113.680000"}}'
        )


@pytest.mark.parametrize(
    "price",
    ["NaN", "sNaN", "-NaN", "Infinity", "-Infinity", "-1", "-0.000001", "113.6800001", "1E-7", "1E+12", "1E+99999"],
)
def test_a_price_that_is_no_exact_amount_is_refused(price):
    with pytest.raises(PayloadError) as refused:
        commercial_payload(currency="CNY", pack=7, price=Decimal(price))
    assert (refused.value.where, refused.value.party) == ("offer.price", "bidder")


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
    assert read_commercial(good).pack == 7
    with pytest.raises(PayloadError) as refused:
        read_commercial(canonical_json({"attachments": [], "offer": offer | {name: value}}))
    assert refused.value.where.startswith("offer")
    assert not isinstance(value, str) or len(value) < 4 or value not in str(refused.value)


@pytest.mark.parametrize("pack", [0, -1, True, 10**9])
def test_a_pack_holds_a_whole_positive_number_of_base_units(pack):
    with pytest.raises(PayloadError):
        commercial_payload(currency="CNY", pack=pack, price=Decimal(1))


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
        "commercial": commercial_payload(currency="CNY", pack=7, price=Decimal(1), attachments=[LICENCE]),
    }
    for envelope, payload in payloads.items():
        assert read_payload(payload, envelope, 1).attachments == (LICENCE,)
        for blobs in (0, 2):
            with pytest.raises(PayloadError):
                read_payload(payload, envelope, blobs)
    with pytest.raises(PayloadError):
        read_payload(payloads["technical"], "commercial", 1)
    with pytest.raises(PayloadError):
        read_payload(payloads["technical"], "reveal-technical", 1)
    with pytest.raises(FormatError):
        read_payload(payloads["technical"], "third", 1)


def test_nothing_secret_is_shown():
    offer = read_commercial(commercial_payload(currency="CNY", pack=7, price=Decimal("113.68")))
    shown = repr(offer) + repr(LICENCE) + repr(read_reveal(reveal_payload(seed=b"\2" * 32, sha256="a" * 64)))
    shown += repr(replace(read_technical(technical_payload({"gmp": "secret"})), attachments=(LICENCE,)))
    for secret in ("113", "pack", "key", "seed", "secret"):
        assert secret not in shown
