"""A passkey's signature counts if everything about it fits, and can be checked later by anybody."""

import hashlib
import json
import secrets

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts import passkeys, webauthn
from accounts.actions import factors
from accounts.models import Passkey
from core.errors import Conflict, Refused
from tests.accounts.proving import PRESENT, Device, give_passkey

CHALLENGE = hashlib.sha256(b"a submission's manifest").digest()


def signed(person, device, challenge=CHALLENGE):
    return device.sign(passkeys.request_options(person, challenge))


def checked(person, answer, challenge=CHALLENGE):
    return passkeys.checked_assertion(person, challenge, answer, now=timezone.now())


@pytest.fixture
def person(world):
    return world.bid_manager.person


@pytest.fixture
def device(person):
    device = Device()
    give_passkey(person, device)
    return device


@pytest.mark.parametrize("algorithm", webauthn.ALGORITHMS)
def test_what_devices_sign_with_is_taken(person, algorithm):
    device = Device(algorithm)
    give_passkey(person, device)
    document = checked(person, signed(person, device))
    public_key, read = webauthn.read_document(document)
    assert webauthn.signed_by(public_key, read)


def test_a_stored_assertion_is_checked_by_anybody_with_the_public_key(person, device):
    document = checked(person, signed(person, device))
    known = passkeys.passkey_of(document)
    row = Passkey.objects.get(person=person)
    assert known == (bytes(row.credential_id), bytes(row.public_key))
    # By hand, as the documentation tells it: no code of the platform.
    fields = json.loads(document)
    client_data, data = (webauthn.to_bytes(fields[name]) for name in ("client_data", "authenticator_data"))
    key = load_der_public_key(known.public_key)
    key.verify(webauthn.to_bytes(fields["signature"]), data + hashlib.sha256(client_data).digest(), ec.ECDSA(SHA256()))
    assert webauthn.to_bytes(json.loads(client_data)["challenge"]) == CHALLENGE
    with pytest.raises(InvalidSignature):
        key.verify(webauthn.to_bytes(fields["signature"]), data, ec.ECDSA(SHA256()))


def test_a_stored_assertion_is_canonical_and_stays_so(person, device):
    document = checked(person, signed(person, device))
    assert json.dumps(json.loads(document), sort_keys=True, separators=(",", ":")).encode() == document
    with pytest.raises(ValueError, match="not canonical"):
        passkeys.passkey_of(document.replace(b'","', b'", "', 1))
    with pytest.raises(ValueError, match="not an assertion"):
        passkeys.passkey_of(b'{"format":"something-else"}')


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"origin": "https://localhost.example"}, "another site"),
        ({"origin": "null"}, "another site"),
        ({"cross_origin": True}, "another site"),
        ({"host": "procurement.example"}, "made for another site"),
        ({"flags": PRESENT}, "did not ask who you are"),
        ({"flags": 0x04}, "did not ask who you are"),
        ({"key": ec.generate_private_key(ec.SECP256R1())}, "signature does not fit"),
        ({"credential_id": b"of somebody else"}, "does not belong to your account"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(person, device, wrong, says):
    for name, value in wrong.items():
        setattr(device, name, value)
    with pytest.raises(Refused, match=says):
        checked(person, signed(person, device))


def test_an_answer_to_another_question_is_refused(person, device):
    answer = signed(person, device, secrets.token_bytes(32))
    with pytest.raises(Refused, match="earlier question"):
        checked(person, answer)


def test_a_registration_is_no_assertion_and_the_other_way_round(person, device):
    made = device.create(passkeys.creation_options(person, CHALLENGE))
    used = signed(person, device)
    used["response"]["clientDataJSON"] = made["response"]["clientDataJSON"]
    with pytest.raises(Refused, match="cannot be read"):
        checked(person, used)


def test_a_passkey_of_a_colleague_is_not_mine(world, device):
    colleague = world.dispatcher.person
    with pytest.raises(Refused, match="does not belong"):
        checked(colleague, signed(world.bid_manager.person, device))


def test_a_device_that_counts_must_count_upwards(person):
    device = Device(counter=7)
    give_passkey(person, device)
    with pytest.raises(Refused, match="copied"):
        checked(person, signed(person, device))
    device.counter = 8
    checked(person, signed(person, device))
    device.counter = 0
    with pytest.raises(Refused, match="copied"):
        checked(person, signed(person, device))


def test_a_removed_passkey_signs_no_more_and_its_signatures_stay_checkable(person, device):
    give_passkey(person, Device())
    document = checked(person, signed(person, device))
    known = Passkey.objects.get(credential_id=device.credential_id)
    factors.remove_passkey(passkey=known, now=timezone.now())
    with pytest.raises(Refused, match="does not belong"):
        checked(person, signed(person, device))
    assert Passkey.objects.filter(credential_id=passkeys.passkey_of(document).credential_id).exists()


def test_one_passkey_is_registered_once(world, person, device):
    with pytest.raises(Conflict):
        give_passkey(person, device)
    with pytest.raises(Conflict):
        give_passkey(world.officer.person, device)


def test_options_ask_for_a_verified_person_and_a_passkey_that_is_found_again(person, device):
    made = passkeys.creation_options(person, CHALLENGE)
    assert made["authenticatorSelection"]["userVerification"] == "required"
    assert made["authenticatorSelection"]["residentKey"] == "required"
    assert [known["id"] for known in made["excludeCredentials"]] == [webauthn.to_text(device.credential_id)]
    assert str(person.pk) not in made["user"]["id"]
    assert passkeys.request_options(person, CHALLENGE)["userVerification"] == "required"
    assert passkeys.request_options(None, CHALLENGE)["allowCredentials"] == []


def test_with_a_public_address_the_origin_is_exactly_that_one(settings, person):
    settings.PUBLIC_URL = "https://procurement.example"
    device = Device(origin="https://procurement.example")
    give_passkey(person, device)
    checked(person, signed(person, device))
    for origin in ("https://www.procurement.example", "http://procurement.example", "https://procurement.example:444"):
        device.origin = origin
        with pytest.raises(Refused, match="another site"):
            checked(person, signed(person, device))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)
# Signatures differ in length from run to run, so a place is drawn before its length is known.
PLACE = st.integers(0, 10_000)
SITE = webauthn.Site("localhost", "http://localhost", "test")


@given(answer=JSON | st.fixed_dictionaries({"rawId": JSON, "response": JSON}))
def test_whatever_a_browser_sends_is_refused_and_breaks_nothing(answer):
    for read in (webauthn.read_assertion, lambda sent: webauthn.read_registration(SITE, CHALLENGE, sent)):
        with pytest.raises(Refused):
            read(answer)


@given(data=st.data())
def test_no_flipped_byte_is_taken(data):
    device = Device()
    registered = webauthn.read_registration(SITE, CHALLENGE, device.create(_creation()))
    answer = device.sign(webauthn.request_options(SITE, challenge=CHALLENGE, known=[]))
    part = data.draw(st.sampled_from(sorted(answer["response"])))
    value = bytearray(webauthn.to_bytes(answer["response"][part]))
    value[data.draw(PLACE) % len(value)] ^= 1 << data.draw(st.integers(0, 7))
    answer["response"][part] = webauthn.to_text(bytes(value))
    with pytest.raises(Refused):
        webauthn.verify(SITE, CHALLENGE, registered.public_key, webauthn.read_assertion(answer))


@given(data=st.data())
def test_no_broken_registration_breaks_anything(data):
    answer = Device().create(_creation())
    value = bytearray(webauthn.to_bytes(answer["response"]["attestationObject"]))
    value[data.draw(PLACE) % len(value)] = data.draw(st.integers(0, 255))
    kept = bytes(value[: len(value) - data.draw(st.sampled_from((0, 0, 0, 1, 40)))])
    answer["response"]["attestationObject"] = webauthn.to_text(kept)
    try:
        webauthn.read_registration(SITE, CHALLENGE, answer)
    except Refused:
        return


def test_nested_data_is_refused_before_it_is_too_deep():
    deep = Device().create(_creation())
    deep["response"]["attestationObject"] = webauthn.to_text(b"\x81" * 14_000)
    with pytest.raises(Refused):
        webauthn.read_registration(SITE, CHALLENGE, deep)


def _creation():
    return webauthn.creation_options(SITE, handle=b"handle", name="somebody", challenge=CHALLENGE, known=[])
