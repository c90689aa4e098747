"""An opener's keys, the file they are locked in, and the canary that proves them."""

import json
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealing import keys, primitives
from sealing.canonical import canonical_json
from sealing.documents import document_hash, sign_document
from sealing.envelope import parse, seal
from sealing.errors import CodeError, FormatError, ShareError, SignatureError
from sealing.keys import (
    OpenerKeys,
    answer_canary,
    check_canary_answer,
    generate_code,
    lock,
    make_canary,
    make_key_pair,
    normalise_code,
    recovery_secret,
    unlock,
)
from sealing.opening import open_with_seed, release_share
from tests.sealing.kit import (
    ANSWERS,
    COMMERCIAL,
    NOTICE,
    OFFER,
    OPENER_KEYS,
    SERVER,
    SERVER_KEY,
    TECHNICAL,
    VECTORS,
)

CODE = "K7QM-2XTV-9RHD-4WCA"
FEWEST = 600_000
ISSUED = datetime(2026, 11, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def locked():
    return lock({"tender": "T-1"}, CODE, "opener", iterations=FEWEST, salt=bytes(16))


def test_fresh_keys_are_fresh_and_read_back():
    made = [make_key_pair("T-1") for _ in range(50)]
    assert len({one.ecdh for one in made}) == len({one.sign for one in made}) == 50
    for one in made:
        assert OpenerKeys.from_secret(one.secret()) == one
        assert re.fullmatch("04[0-9a-f]{128}", one.ecdh_public)


def test_keys_whose_halves_do_not_belong_together_are_refused():
    secret, other = make_key_pair("T-1").secret(), make_key_pair("T-1").secret()
    for name in ("ecdh", "ecdh_public", "sign", "sign_public"):
        with pytest.raises(FormatError):
            OpenerKeys.from_secret(secret | {name: other[name]})
    for wrong in ({"tender": ""}, {"ecdh": "00" * 32}, {"ecdh": "1"}, {"note": "x"}, {"sign": None}):
        with pytest.raises(FormatError):
            OpenerKeys.from_secret(secret | wrong)


def test_a_key_file_opens_with_its_code_however_it_is_typed(locked):
    assert unlock(locked, " k7qm 2xtv-9rhd-4wca", "opener") == {"tender": "T-1"}


def test_every_lock_has_a_salt_of_its_own(monkeypatch):
    monkeypatch.setattr(keys, "_stretched", lambda code, salt, iterations: bytes(16) + salt)
    salts = {json.loads(lock({}, CODE, "recovery"))["salt"] for _ in range(200)}
    assert len(salts) == 200


def test_a_million_iterations_are_the_habit(monkeypatch):
    monkeypatch.setattr(keys, "_stretched", lambda code, salt, iterations: bytes(32))
    assert json.loads(lock({}, CODE, "opener"))["iterations"] == 1_000_000


def test_a_wrong_code_opens_nothing(locked):
    with pytest.raises(CodeError):
        unlock(locked, "K7QM-2XTV-9RHD-4WCB", "opener")


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("box", lambda box: ("0" if box[0] != "0" else "1") + box[1:]),
        ("box", lambda box: box[:-2]),
        ("salt", lambda salt: "ff" + salt[2:]),
        ("iterations", lambda iterations: iterations + 1),
    ],
)
def test_a_damaged_key_file_opens_nothing(locked, name, change):
    front = json.loads(locked)
    with pytest.raises(CodeError):
        unlock(canonical_json(front | {name: change(front[name])}), CODE, "opener")


def test_the_kind_of_a_key_file_cannot_be_rewritten(locked):
    front = json.loads(locked)
    with pytest.raises(CodeError):
        unlock(canonical_json(front | {"kind": "recovery"}), CODE, "recovery")


def test_a_file_of_another_shape_is_refused_before_any_work(locked, monkeypatch):
    def never(*_):
        raise AssertionError("the slow part was reached")

    monkeypatch.setattr(keys, "_stretched", never)
    front = json.loads(locked)
    for change in (
        {"iterations": 599_999},
        {"iterations": 10_000_001},
        {"iterations": True},
        {"iterations": "600000"},
        {"salt": "00" * 15},
        {"box": ""},
        {"box": "0" * 33},
        {"kind": "server"},
        {"format": "sealed-bid-key/2"},
        {"note": ""},
    ):
        with pytest.raises(FormatError):
            unlock(canonical_json(front | change), CODE, "opener")
    for data in (b"", b"[]", locked[:-1], locked + b"\n", b" " + locked):
        with pytest.raises(FormatError):
            unlock(data, CODE, "opener")
    with pytest.raises(FormatError):
        unlock(locked, CODE, "recovery")
    for iterations in (599_999, 10_000_001):
        with pytest.raises(FormatError):
            lock({}, CODE, "opener", iterations=iterations)
    with pytest.raises(FormatError):
        lock({}, CODE, "server")


def test_a_generated_code_has_eighty_bits_and_reads_back():
    codes = [generate_code() for _ in range(2000)]
    assert len(set(codes)) == 2000
    for code in codes:
        assert re.fullmatch("(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", code)
        assert normalise_code(code) == code.replace("-", "")
    assert set("".join(codes)) == set("0123456789ABCDEFGHJKMNPQRSTVWXYZ-")


@given(st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=16, max_size=16), st.data())
def test_a_code_means_the_same_however_it_is_typed(code, data):
    alike = {"0": "0Oo", "1": "1IiLl"}
    typed = "".join(
        data.draw(st.sampled_from(alike.get(symbol, symbol + symbol.lower())))
        + data.draw(st.sampled_from(["", "-", " ", "\t", "\n", "--"]))
        for symbol in code
    )
    assert normalise_code(typed) == code


@pytest.mark.parametrize(
    "typed",
    ["", "K7QM-2XTV-9RHD-4WC", CODE + "A", "U7QM-2XTV-9RHD-4WCA", "K7QM-2XTV-9RHD-4WC*", "Ｋ7QM-2XTV-9RHD-4WCA"],
)
def test_what_no_code_can_be_is_refused(typed):
    with pytest.raises(CodeError) as refused:
        normalise_code(typed)
    assert not typed or typed not in str(refused.value)


def test_a_recovery_file_opens_both_envelopes_without_any_opener():
    sealed = [seal(ANSWERS, NOTICE, TECHNICAL), seal(OFFER, NOTICE, COMMERCIAL)]
    secret = unlock(lock(recovery_secret(*sealed), CODE, "recovery", iterations=FEWEST), CODE, "recovery")
    assert (secret["tender"], secret["bid"], secret["version"]) == ("T-2026-0014", "B-5Q7XK2", 2)
    for one, payload in zip(sealed, (ANSWERS, OFFER), strict=True):
        kept = secret["envelopes"][one.header.envelope]
        assert kept["sha256"] == one.digest
        assert open_with_seed(one.file, bytes.fromhex(kept["seed"])).payload == payload


# The canary.


@pytest.fixture
def opener():
    return make_key_pair("T-2026-0014")


def issue(opener, position=3):
    return make_canary(
        tender="T-2026-0014", opener=position, public=opener.ecdh_public, issued_at=ISSUED, key=SERVER_KEY
    )


def test_an_opener_who_holds_both_keys_answers_the_canary(opener):
    canary = issue(opener)
    answer = answer_canary(canary.document, canary.seal, opener, server=SERVER)
    check_canary_answer(canary, answer, sign_public=opener.sign_public)


def test_a_canary_is_bound_to_its_document_and_place_under_its_own_label(opener):
    canary = issue(opener, position=3)
    info = b"sealed-bid/1 canary\0" + bytes.fromhex(document_hash(canary.document)) + b"\3"
    plain = primitives.hpke_open(canary.seal, key=opener.ecdh, info=info)
    assert len(plain) == 32
    assert primitives.sha256(plain) == canary.expected


def test_a_canary_cannot_be_answered_without_the_keys(opener):
    canary, other = issue(opener), make_key_pair("T-2026-0014")
    with pytest.raises(ShareError):
        answer_canary(canary.document, canary.seal, other, server=SERVER)
    mixed = OpenerKeys(tender=opener.tender, ecdh=opener.ecdh, sign=other.sign)
    answer = answer_canary(canary.document, canary.seal, mixed, server=SERVER)
    with pytest.raises(SignatureError):
        check_canary_answer(canary, answer, sign_public=opener.sign_public)


def test_an_answer_to_another_canary_proves_nothing(opener):
    canary, earlier = issue(opener), issue(opener, position=2)
    answer = answer_canary(earlier.document, earlier.seal, opener, server=SERVER)
    with pytest.raises(FormatError):
        check_canary_answer(canary, answer, sign_public=opener.sign_public)


def test_a_guessed_answer_is_refused_and_its_opener_named(opener):
    canary = issue(opener)
    right = answer_canary(canary.document, canary.seal, opener, server=SERVER)
    body = json.loads(right.split(b"\n")[0])
    with pytest.raises(ShareError) as refused:
        check_canary_answer(
            canary, sign_document(body | {"plain": "0" * 64}, opener.sign), sign_public=opener.sign_public
        )
    assert refused.value.opener == 3


def test_a_canary_of_a_stranger_or_another_tender_is_not_touched(opener):
    canary = issue(opener)
    with pytest.raises(SignatureError):
        answer_canary(canary.document, canary.seal, opener, server=opener.sign_public)
    elsewhere = OpenerKeys(tender="T-2026-0015", ecdh=opener.ecdh, sign=opener.sign)
    with pytest.raises(FormatError):
        answer_canary(canary.document, canary.seal, elsewhere, server=SERVER)
    receipt = VECTORS["receipt"].encode()
    with pytest.raises(FormatError):
        answer_canary(receipt, canary.seal, opener, server=SERVER)


def test_a_canary_is_no_way_to_have_a_share_opened():
    """The server offers a real envelope's seal as a canary; the opener's page does not open it."""
    opener = OpenerKeys(tender=NOTICE.tender, ecdh=OPENER_KEYS[0], sign=primitives.fresh_secret())
    canary = issue(opener, position=1)
    parsed = parse(seal(OFFER, NOTICE, COMMERCIAL).file)
    with pytest.raises(ShareError):
        answer_canary(canary.document, parsed.seals[0], opener, server=SERVER)
    with pytest.raises(ShareError):
        release_share(parsed.header_bytes, canary.seal, position=1, key=opener.ecdh)


def test_nothing_secret_is_shown(opener):
    shown = repr(opener) + repr(issue(opener))
    for secret in (opener.ecdh.hex(), opener.sign.hex(), repr(opener.ecdh), "ecdh=", "sign="):
        assert secret not in shown
