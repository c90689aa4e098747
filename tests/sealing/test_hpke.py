"""HPKE, HKDF and the sharing held against published vectors and against the library."""

from itertools import combinations

import pytest
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from hypothesis import given
from hypothesis import strategies as st

from sealing import primitives
from sealing.errors import FormatError
from sealing.primitives import combine, hpke_open, hpke_seal, point_of, private_scalar, split
from tests.sealing.kit import OPENER_KEYS, OPENERS

# The base-mode vector of RFC 9180's machine-readable set for kem 16 (DHKEM(P-256, HKDF-SHA256)), kdf 1
# (HKDF-SHA256) and aead 2 (AES-256-GCM); the RFC's own appendix prints the same suite with AES-128-GCM.
RFC_9180 = {
    "info": "4f6465206f6e2061204772656369616e2055726e",
    "skE": "90345e3a1d116c1dd39ae76d95ab858c142223a63e44f8f85318cfa91a84858e",
    "skR": "317f915db7bc629c48fe765587897e01e282d3e8445f79f27f65d031a88082b2",
    "pkR": "04abc7e49a4c6b3566d77d0304addc6ed0e98512ffccf505e6a8e3eb25c685136f"
    "853148544876de76c0f2ef99cdc3a05ccf5ded7860c7c021238f9e2073d2356c",
    "enc": "04c06b4f6bebc7bb495cb797ab753f911aff80aefb86fd8b6fcc35525f3ab5f03e"
    "0b21bd31a86c6048af3cb2d98e0d3bf01da5cc4c39ff5370d331a4f1f7d5a4e0",
    "key": "ee16802a936d5f544771131900ee6973d0551de9e852ece2ef34bf0d5f9e1d1d",
    "base_nonce": "9bc50980832a7b4b58c40161",
    "aad": "436f756e742d30",
    "plain": "4265617574792069732074727574682c20747275746820626561757479",
    "ciphertext": "58c61a45059d0c5704560e9d88b564a8b63f1364b8d1fcb3c4c6ddc1d291742465e902cd216f8908da49f8f96f",
}
RFC = {name: bytes.fromhex(value) for name, value in RFC_9180.items()}


def test_the_sender_reaches_the_published_key_and_nonce():
    enc, key, nonce = primitives.hpke_sender(to=RFC["pkR"], info=RFC["info"], ephemeral=RFC["skE"])
    assert (enc, key, nonce) == (RFC["enc"], RFC["key"], RFC["base_nonce"])
    assert primitives.encrypt(key, RFC["plain"], nonce=nonce, aad=RFC["aad"]) == RFC["ciphertext"]
    assert point_of(RFC["skR"]) == RFC["pkR"]


def test_what_we_seal_with_the_published_keys_the_library_opens():
    sealed = hpke_seal(RFC["plain"], to=RFC["pkR"], info=RFC["info"], ephemeral=RFC["skE"])
    assert sealed.startswith(RFC["enc"])
    suite = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    assert suite.decrypt(sealed, private_scalar(RFC["skR"]), RFC["info"]) == RFC["plain"]


def test_what_the_library_seals_we_open():
    suite = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    public = primitives.public_point(bytes.fromhex(OPENERS[0]))
    sealed = suite.encrypt(b"a share", public, b"info")
    assert hpke_open(sealed, key=OPENER_KEYS[0], info=b"info") == b"a share"
    assert hpke_open(sealed, key=OPENER_KEYS[1], info=b"info") is None
    assert hpke_open(sealed, key=OPENER_KEYS[0], info=b"other") is None
    assert hpke_open(b"", key=OPENER_KEYS[0], info=b"info") is None


def test_hkdf_gives_the_third_vector_of_rfc_5869():
    """Empty salt and info; the first 32 of its 42 bytes, all that the format ever derives at once."""
    prk = primitives.extract(b"", b"\x0b" * 22)
    assert prk.hex() == "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04"
    block = "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
    assert primitives.expand(prk, b"").hex() == block
    assert primitives.expand(prk, b"", 12).hex() == block[:24]


@pytest.mark.parametrize("point", [b"", b"\x04" * 65, b"\x02" + bytes(32), b"\x04" + bytes(64), bytes(65)])
def test_only_points_of_the_curve_are_keys(point):
    with pytest.raises(FormatError):
        primitives.public_point(point)


@pytest.mark.parametrize("scalar", [bytes(32), b"\xff" * 32, b""])
def test_only_scalars_within_the_order_are_private_keys(scalar):
    with pytest.raises(FormatError):
        private_scalar(scalar)


@given(
    secret=st.binary(min_size=32, max_size=32),
    noise=st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=4),
)
def test_any_k_shares_give_the_secret_and_fewer_do_not(secret, noise):
    k, n = len(noise) + 1, len(noise) + 2
    shares = dict(enumerate(split(secret, noise, n), 1))
    for positions in combinations(shares, k):
        assert combine({position: shares[position] for position in positions}) == secret
    # One share fewer fits every secret: whatever the missing share might be, another secret comes out.
    known = {position: shares[position] for position in range(2, k + 1)}
    reached = {combine(known | {1: bytes([guess]) * 32})[0] for guess in range(256)}
    assert reached == set(range(256))


def test_multiplication_is_the_field_of_the_advanced_encryption_standard():
    """FIPS 197 section 4.2: 57 times 83 is c1, 57 times 13 is fe, and 53 is the inverse of ca."""
    assert split(b"\0", [b"\x57"], 0x83)[-1] == b"\xc1"
    assert split(b"\0", [b"\x57"], 0x13)[-1] == b"\xfe"
    assert split(b"\0", [b"\x53"], 0xCA)[-1] == b"\x01"
