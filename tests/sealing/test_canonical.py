"""Canonical JSON: one value has one sequence of bytes, and no other bytes are read."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealing.canonical import SAFE_INTEGER, canonical_json, format_time, read_canonical, read_time
from sealing.errors import FormatError

keys = st.text(st.characters(max_codepoint=127), max_size=8)
leaves = (
    st.none()
    | st.booleans()
    | st.integers(-SAFE_INTEGER, SAFE_INTEGER)
    | st.text(st.characters(exclude_categories=["Cs"]))
)
values = st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(keys, inner), max_leaves=12)


@given(values)
def test_every_value_reads_back_from_its_bytes(value):
    assert read_canonical(canonical_json(value)) == value


def test_keys_are_sorted_and_nothing_is_escaped_without_need():
    value = {"b": [1, True, None], "a": 'é\u2028/"\\\n\x01\x7f阿'}
    written = '{"a":"é\u2028/\\"\\\\\\n\\u0001\x7f阿","b":[1,true,null]}'
    assert canonical_json(value) == written.encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" 1",
        b"1 ",
        b'{"a": 1}',
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a":1,"a":2}',
        b"1.0",
        b"1e3",
        b"-0",
        b"NaN",
        b"Infinity",
        b"9007199254740992",
        b"-9007199254740992",
        b"9" * 5000,
        b"01",
        b'"\\u0041"',
        b'"\\/"',
        b'"\\ud800"',
        b'"\xed\xa0\x80"',
        b'"\xff"',
        b"\xef\xbb\xbf1",
        b"'a'",
        b'{"\xc3\xa9":1}',
        b"[1,]",
        b"1\n",
        b"[" * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
        b"[" * 40 + b"]" * 40,
        b'{"a":' * 40 + b"1" + b"}" * 40,
    ],
)
def test_bytes_that_are_not_canonical_are_refused(data):
    with pytest.raises(FormatError):
        read_canonical(data)


@pytest.mark.parametrize(
    "value",
    [1 / 2, Decimal("1.5"), 2**53, -(2**53), {1: 2}, {"é": 1}, "\ud800", {"a": {1}}, b"bytes", [object()]],
)
def test_values_without_a_canonical_form_are_refused(value):
    with pytest.raises(FormatError):
        canonical_json(value)


def test_the_largest_integers_are_let_through():
    assert read_canonical(b"[9007199254740991,-9007199254740991]") == [2**53 - 1, 1 - 2**53]


def test_an_error_never_carries_what_was_read():
    with pytest.raises(FormatError) as refused:
        read_canonical(b'{"price":"113.680000"')
    assert "113" not in str(refused.value)
    assert refused.value.__suppress_context__


@given(st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(9999, 12, 30)))  # noqa: DTZ001
def test_an_instant_reads_back(instant):
    for zone in (UTC, timezone(timedelta(hours=8))):
        aware = instant.replace(tzinfo=zone)
        assert read_time(format_time(aware)) == aware


def test_an_instant_is_written_in_utc_with_microseconds():
    shanghai = timezone(timedelta(hours=8))
    assert format_time(datetime(2026, 11, 21, 14, tzinfo=shanghai)) == "2026-11-21T06:00:00.000000Z"
    assert read_time("2026-11-21T06:00:00Z") == datetime(2026, 11, 21, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-21T06:00:00",
        "2026-11-21 06:00:00Z",
        "2026-02-30T06:00:00Z",
        "2026-11-21T24:00:00Z",
        "2026-11-21T06:00:00.1Z",
        "2026-11-21T06:00:00+00:00",
        "2026-11-21T06:00:00Z\n",
        "٢٠٢٦-11-21T06:00:00Z",
    ],
)
def test_other_ways_to_write_an_instant_are_refused(written):
    with pytest.raises(FormatError):
        read_time(written)


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(FormatError):
        format_time(datetime(2026, 11, 21))  # noqa: DTZ001
