"""Crooked shares by bidder and by opener, under every set of openers who can be present: the right party is named."""

from dataclasses import replace
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from sealing import primitives
from sealing.envelope import seal
from sealing.opening import Outcome, open_envelope, open_revealed
from sealing.payloads import reveal_payload
from tests.sealing.kit import COMMERCIAL, NOTICE, OFFER, chosen, forge, plaintext, released

EVERYONE = range(1, 6)
TRIPLES = list(combinations(EVERYONE, 3))
LARGER = [present for count in (4, 5) for present in combinations(EVERYONE, count)]
EPHEMERALS = [primitives.fresh_scalar() for _ in EVERYONE]
HONEST = seal(OFFER, NOTICE, COMMERCIAL, ephemerals=EPHEMERALS)
REVEAL = reveal_payload(seed=HONEST.seed, sha256=HONEST.digest)
positions = st.sets(st.sampled_from(EVERYONE), max_size=3)


def handed_in(by_reveal, misled):
    """A file whose bidder sealed something else than their share to the openers at ``misled``."""
    slot, payload = COMMERCIAL, OFFER
    if by_reveal:
        slot, payload = replace(COMMERCIAL, envelope="reveal-commercial"), REVEAL
    sealed = seal(payload, NOTICE, slot, ephemerals=EPHEMERALS)
    wrong = {position: bytes([position]) * 32 for position in misled}
    return forge(sealed.header, plaintext(sealed.header, payload, EPHEMERALS), sealed.seed, EPHEMERALS, wrong)


@settings(max_examples=12, deadline=None)
@given(by_reveal=st.booleans(), misled=positions, liars=positions)
def test_whoever_is_present_the_right_party_is_named_or_nobody(by_reveal, misled, liars):
    """Three right shares decide: an honest bidder's envelope opens and names who lied, a crooked one's never opens.

    With fewer right shares among those present nobody is blamed, and others are called.
    """
    file = handed_in(by_reveal, misled)
    shares = released(file) | {position: bytes([0xF0 | position]) * 32 for position in liars}
    assert len(TRIPLES) == 10
    for present in TRIPLES + LARGER:
        given_shares = chosen(shares, present)
        verdict = open_revealed(HONEST.file, file, given_shares) if by_reveal else open_envelope(file, given_shares)
        right = set(present) - misled - liars
        if len(right) < NOTICE.k:
            expected = (Outcome.UNREADABLE, None, ())
        elif misled:
            expected = (Outcome.BIDDER_FAULT, None, ())
        else:
            expected = (Outcome.OPENED, OFFER, tuple(sorted(liars & set(present))))
        assert (verdict.outcome, verdict.payload, verdict.wrong_openers) == expected
        if by_reveal and verdict.outcome is Outcome.OPENED:
            assert (verdict.seed, verdict.digest) == (HONEST.seed, HONEST.digest)


def test_a_revealed_seed_of_another_file_is_the_bidders_fault_under_every_triple():
    other = seal(OFFER, NOTICE, COMMERCIAL)
    for payload in (
        reveal_payload(seed=other.seed, sha256=HONEST.digest),
        reveal_payload(seed=HONEST.seed, sha256=other.digest),
    ):
        slot = replace(COMMERCIAL, envelope="reveal-commercial")
        reveal = seal(payload, NOTICE, slot).file
        for present in TRIPLES:
            verdict = open_revealed(HONEST.file, reveal, released(reveal, present))
            assert (verdict.outcome, verdict.payload, verdict.seed) == (Outcome.BIDDER_FAULT, None, None)
