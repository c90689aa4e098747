"""One-time codes are those of every app, taken once and within half a minute of now."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts import codes

RFC_SECRET = b"12345678901234567890"
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
INSTANTS = st.integers(86_400, 4_102_444_800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_the_codes_are_those_of_the_standard(seconds, code):
    """RFC 6238, appendix B, SHA-1; its codes have eight digits, of which apps show the last six."""
    assert codes.code_at(RFC_SECRET, seconds // codes.SECONDS) == code


@given(st.binary(min_size=20, max_size=20), INSTANTS, st.integers(-5, 5))
def test_a_code_is_taken_one_half_minute_around_now_and_no_further(secret, now, off):
    shown = codes.code_at(secret, codes.step_of(now) + off)
    near = {codes.code_at(secret, codes.step_of(now) + step) for step in (-1, 0, 1)}
    assert (codes.matching_step(secret, shown, now, after=0) is not None) == (shown in near)


@given(st.binary(min_size=20, max_size=20), INSTANTS)
def test_a_code_that_was_taken_is_never_taken_again(secret, now):
    code = codes.code_at(secret, codes.step_of(now))
    step = codes.matching_step(secret, code, now, after=0)
    assert step is not None
    for later in (now, now + timedelta(seconds=30)):
        again = codes.matching_step(secret, code, later, after=step)
        # Once in a million the next half minute has the same digits; that is another code.
        assert again is None or codes.code_at(secret, again) == code


@given(st.sampled_from(codes.new_recovery_codes()), st.data())
def test_a_recovery_code_is_known_however_it_is_typed(code, data):
    typed = "".join(data.draw(st.sampled_from((sign, sign.lower(), f" {sign}", f"{sign}-"))) for sign in code)
    typed = typed.replace("0", data.draw(st.sampled_from("0oO"))).replace("1", data.draw(st.sampled_from("1iIlL")))
    assert codes.cleaned(typed) == code.replace("-", "")
    assert not codes.is_one_time(codes.cleaned(typed))


def test_recovery_codes_have_eighty_bits_each_and_no_two_are_alike():
    made = codes.new_recovery_codes()
    assert len({*made}) == codes.RECOVERY_CODES
    assert all(len(codes.cleaned(code)) == 16 and set(codes.cleaned(code)) <= set(codes.ALPHABET) for code in made)


def test_the_qr_code_names_account_and_issuer_in_any_script():
    address = codes.app_address(RFC_SECRET, "li@example.test", "药品采购平台")
    assert address.startswith("otpauth://totp/%E8%8D%AF")
    assert "secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&" in address
