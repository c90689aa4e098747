"""Who can open, what counts as opened, and whose fault it is when an envelope does not open."""

from dataclasses import replace
from itertools import combinations

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

from sealing import primitives
from sealing.envelope import PADS, body_key, parse, seal, shares_of
from sealing.errors import FormatError, ShareError
from sealing.opening import Outcome, open_envelope, open_with_seed, release_share
from sealing.payloads import read_reveal, reveal_payload
from tests.sealing.kit import (
    COMMERCIAL,
    NOTICE,
    OFFER,
    OPENER_KEYS,
    chosen,
    forge,
    forge_head,
    plaintext,
    released,
)

EVERYONE = range(1, 6)
SEED = bytes(range(32))
EPHEMERALS = [primitives.fresh_scalar() for _ in EVERYONE]


@pytest.fixture(scope="module")
def honest():
    return seal(OFFER, NOTICE, COMMERCIAL, seed=SEED, ephemerals=EPHEMERALS)


@pytest.fixture(scope="module")
def shares(honest):
    return released(honest.file)


def test_the_forger_can_be_honest(honest):
    """The forgeries below differ from an honest file in what they say they do, and in nothing else."""
    plain = plaintext(honest.header, OFFER, EPHEMERALS)
    assert forge(honest.header, plain, SEED, EPHEMERALS) == honest.file


@pytest.mark.parametrize("positions", list(combinations(EVERYONE, 3)))
def test_any_three_of_five_open(honest, shares, positions):
    verdict = open_envelope(honest.file, chosen(shares, positions))
    assert (verdict.outcome, verdict.payload, verdict.wrong_openers) == (Outcome.OPENED, OFFER, ())
    assert (verdict.digest, verdict.ephemerals) == (honest.digest, tuple(EPHEMERALS))


@pytest.mark.parametrize("positions", list(combinations(EVERYONE, 2)))
def test_no_two_of_five_open(honest, shares, positions):
    verdict = open_envelope(honest.file, chosen(shares, positions))
    assert (verdict.outcome, verdict.payload, verdict.seed) == (Outcome.UNREADABLE, None, None)
    assert verdict.missing == 1
    # Nor do they by trying: two shares combined as if they sufficed give no seed of this file.
    guess = primitives.combine(chosen(shares, positions))
    assert open_with_seed(honest.file, guess).outcome is Outcome.UNREADABLE


def test_no_share_at_all_is_three_too_few(honest):
    assert open_envelope(honest.file, {}).missing == 3


@pytest.mark.parametrize("liar", EVERYONE)
def test_an_opener_with_a_wrong_share_is_named_when_one_more_is_there(honest, shares, liar):
    lied = shares | {liar: bytes(32)}
    for others in combinations(sorted(set(EVERYONE) - {liar}), 2):
        verdict = open_envelope(honest.file, chosen(lied, (liar, *others)))
        assert (verdict.outcome, verdict.missing) == (Outcome.UNREADABLE, 0)
    for others in combinations(sorted(set(EVERYONE) - {liar}), 3):
        verdict = open_envelope(honest.file, chosen(lied, (liar, *others)))
        assert (verdict.outcome, verdict.payload) == (Outcome.OPENED, OFFER)
        assert verdict.wrong_openers == (liar,)


def test_two_liars_are_named_and_stop_nobody(honest, shares):
    lied = shares | {2: shares[3], 5: bytes(32)}
    verdict = open_envelope(honest.file, lied)
    assert (verdict.outcome, verdict.wrong_openers) == (Outcome.OPENED, (2, 5))


@pytest.mark.parametrize("victim", EVERYONE)
def test_a_share_sealed_wrong_is_the_bidders_fault_whoever_is_present(honest, victim):
    """The bidder gives one opener another share: the offer must not depend on who attends."""
    plain = plaintext(honest.header, OFFER, EPHEMERALS)
    file = forge(honest.header, plain, SEED, EPHEMERALS, {victim: bytes(32)})
    shares = released(file)
    for positions in combinations(EVERYONE, 3):
        verdict = open_envelope(file, chosen(shares, positions))
        # With the victim among just three nothing shows yet who is at fault: one more opener is called.
        expected = Outcome.UNREADABLE if victim in positions else Outcome.BIDDER_FAULT
        assert (verdict.outcome, verdict.payload, verdict.wrong_openers) == (expected, None, ())
    for count in (4, 5):
        for positions in combinations(EVERYONE, count):
            assert open_envelope(file, chosen(shares, positions)).outcome is Outcome.BIDDER_FAULT
    assert open_with_seed(file, SEED).outcome is Outcome.BIDDER_FAULT


def test_shares_of_the_bidders_own_making_are_its_fault_under_every_triple(honest):
    own = primitives.split(SEED, [primitives.fresh_secret(), primitives.fresh_secret()], 5)
    plain = plaintext(honest.header, OFFER, EPHEMERALS)
    file = forge(honest.header, plain, SEED, EPHEMERALS, dict(enumerate(own, 1)))
    shares = released(file)
    for positions in combinations(EVERYONE, 3):
        verdict = open_envelope(file, chosen(shares, positions))
        assert (verdict.outcome, verdict.payload) == (Outcome.BIDDER_FAULT, None)
        # The seed is the proof: with it everyone reaches the same verdict.
        assert open_with_seed(file, verdict.seed).outcome is Outcome.BIDDER_FAULT


def crooked_bodies():
    header = seal(OFFER, NOTICE, COMMERCIAL, seed=SEED, ephemerals=EPHEMERALS).header
    plain = plaintext(header, OFFER, EPHEMERALS)
    other = OFFER.replace(b"113", b"112")
    zero = [bytes(32), *EPHEMERALS[1:]]
    yield "another commitment", replace(header, com="0" * 64), plain
    yield "another payload than committed to", header, plaintext(header, other, EPHEMERALS)
    yield "something in the padding", header, plain[:-1] + b"\1"
    yield "a length beyond the body", header, b"\xff\xff\xff\xff" + plain[4:]
    yield "a shorter length", header, (len(OFFER) - 1).to_bytes(4, "big") + plain[4:]
    yield "an ephemeral key of nought", header, plaintext(header, OFFER, zero)
    yield "ephemeral keys in another order", header, plaintext(header, OFFER, EPHEMERALS[::-1])
    yield "nothing but zeros", header, bytes(header.pad)


CROOKED = list(crooked_bodies())


@pytest.mark.parametrize(("header", "plain"), [row[1:] for row in CROOKED], ids=[row[0] for row in CROOKED])
def test_what_decrypts_but_is_not_reproduced_does_not_count(header, plain):
    file = forge(header, plain, SEED, EPHEMERALS)
    shares = released(file)
    for positions in combinations(EVERYONE, 3):
        verdict = open_envelope(file, chosen(shares, positions))
        assert (verdict.outcome, verdict.payload) == (Outcome.BIDDER_FAULT, None)


def test_a_body_too_large_for_its_payload_still_counts():
    """The notice's minimum asks for at least; a bidder who pads more hides more."""
    sealed = seal(OFFER, replace(NOTICE, minimum_pad=PADS[2]), COMMERCIAL)
    assert open_with_seed(sealed.file, sealed.seed).payload == OFFER


# A ciphertext that two keys decrypt: AES-GCM does not bind a ciphertext to its key.


def multiply(left: int, right: int) -> int:
    """Multiplication in GCM's field, whose bits run from the left."""
    product = 0
    for place in range(127, -1, -1):
        if left >> place & 1:
            product ^= right
        right = right >> 1 ^ (0xE1 << 120 if right & 1 else 0)
    return product


def inverse(value: int) -> int:
    result, power = 1 << 127, value
    for _ in range(127):
        power = multiply(power, power)
        result = multiply(result, power)
    return result


def hash_key(key: bytes) -> int:
    return int.from_bytes(Cipher(AES(key), ECB()).encryptor().update(bytes(16)), "big")


def authenticate(key: bytes, blocks: list[int]) -> int:
    """GCM's tag of these ciphertext blocks under a key and the zero nonce."""
    total, factor = 0, hash_key(key)
    for block in [*blocks, len(blocks) * 128]:
        total = multiply(total ^ block, factor)
    return total ^ int.from_bytes(primitives.encrypt(key, b""), "big")


def two_key_body(first: bytes, second: bytes, plain: bytes) -> bytes:
    """A ciphertext of `plain` under the first key, but for its last block, that the second key decrypts too."""
    sealed = primitives.encrypt(first, plain)[: len(plain)]
    blocks = [int.from_bytes(sealed[at : at + 16], "big") for at in range(0, len(plain) - 16, 16)]
    difference = authenticate(first, [*blocks, 0]) ^ authenticate(second, [*blocks, 0])
    squares = [multiply(hash_key(key), hash_key(key)) for key in (first, second)]
    blocks.append(multiply(difference, inverse(squares[0] ^ squares[1])))
    tag = authenticate(first, blocks)
    return b"".join(block.to_bytes(16, "big") for block in [*blocks, tag])


def test_one_file_never_opens_to_two_offers():
    """Three openers hold shares of one seed, three of another, and both seeds decrypt the body."""
    keys = [*OPENER_KEYS, primitives.fresh_scalar()]
    notice = replace(NOTICE, openers=tuple(primitives.point_of(key).hex() for key in keys))
    ephemerals = [*EPHEMERALS, primitives.fresh_scalar()]
    other = SEED[::-1]
    header = seal(OFFER, notice, COMMERCIAL, seed=SEED, ephemerals=ephemerals).header
    others = dict(enumerate(shares_of(other, header), 1))
    head = forge_head(header, SEED, ephemerals, chosen(others, (4, 5, 6)))
    first, second = body_key(SEED, head), body_key(other, head)
    body = two_key_body(first, second, plaintext(header, OFFER, ephemerals))
    assert primitives.decrypt(first, body) is not None
    assert primitives.decrypt(second, body) is not None

    file = head + body
    parsed = parse(file)
    shares = {
        position: release_share(
            parsed.header_bytes, parsed.seals[position - 1], position=position, key=keys[position - 1]
        )
        for position in range(1, 7)
    }
    for positions in ((1, 2, 3), (4, 5, 6), range(1, 7)):
        verdict = open_envelope(file, chosen(shares, positions))
        assert (verdict.outcome, verdict.payload) == (Outcome.BIDDER_FAULT, None)
    for seed in (SEED, other):
        assert open_with_seed(file, seed).outcome is Outcome.BIDDER_FAULT


# What an opener releases.


def test_an_opener_releases_only_from_its_own_place(honest):
    parsed = parse(honest.file)
    seal_of_one = parsed.seals[0]
    for position, key, where in ((2, 0, "key"), (1, 1, "key"), (0, 0, "position"), (6, 0, "position")):
        with pytest.raises(ShareError) as refused:
            release_share(parsed.header_bytes, seal_of_one, position=position, key=OPENER_KEYS[key])
        assert (refused.value.opener, refused.value.where) == (position, where)


def test_a_seal_of_another_envelope_or_place_does_not_open(honest):
    parsed = parse(honest.file)
    another = parse(seal(OFFER, NOTICE, replace(COMMERCIAL, version=3)).file)
    for sealed in (parsed.seals[1], another.seals[0], parsed.seals[0][:-1], parsed.seals[0] + b"\0", b""):
        with pytest.raises(ShareError):
            release_share(parsed.header_bytes, sealed, position=1, key=OPENER_KEYS[0])


@pytest.mark.parametrize(("position", "share"), [(0, bytes(32)), (6, bytes(32)), (1, bytes(31)), (1, b"")])
def test_what_is_no_share_is_refused_and_its_opener_named(honest, position, share):
    with pytest.raises(ShareError) as refused:
        open_envelope(honest.file, {position: share})
    assert refused.value.opener == position


def test_a_seed_that_is_not_the_files_opens_nothing(honest):
    assert open_with_seed(honest.file, bytes(32)).outcome is Outcome.UNREADABLE
    with pytest.raises(FormatError):
        open_with_seed(honest.file, SEED[:31])


def test_a_reveal_opens_the_envelope_whose_openers_are_lost(honest):
    slot = replace(COMMERCIAL, envelope="reveal-commercial")
    replacements = tuple(primitives.point_of(key).hex() for key in reversed(OPENER_KEYS[:3]))
    reveal = seal(
        reveal_payload(seed=SEED, sha256=honest.digest),
        replace(NOTICE, openers=replacements, k=2),
        slot,
    )
    parsed = parse(reveal.file)
    shares = {
        position: release_share(
            parsed.header_bytes, parsed.seals[position - 1], position=position, key=OPENER_KEYS[3 - position]
        )
        for position in (1, 3)
    }
    revealed = read_reveal(open_envelope(reveal.file, shares).payload)
    assert revealed.sha256 == honest.digest
    assert open_with_seed(honest.file, revealed.seed).payload == OFFER
