"""Prices are asked for only after a final technical result; nothing else leads to them."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sealing import tree
from tenders.rules.opening import LotFacts, Obstacle, commitment, obstacle, settled

FINAL_AT = datetime(2026, 4, 1, 4, tzinfo=UTC)
TICK = timedelta(microseconds=1)

facts_of_lots = st.builds(
    LotFacts,
    published=st.booleans(),
    closed=st.booleans(),
    envelopes=st.sampled_from([1, 2]),
    ended=st.booleans(),
    requested=st.frozensets(st.sampled_from(["technical", "commercial"])),
    final_at=st.none() | st.just(FINAL_AT),
    held=st.booleans(),
)
instants = st.integers(-3, 3).map(lambda ticks: FINAL_AT + ticks * TICK)


@given(facts_of_lots, instants)
def test_no_path_leads_to_a_price_before_the_result_is_final(facts, now):
    if obstacle(facts, "commercial", now) is None:
        assert facts.published
        assert facts.closed
        assert not facts.ended
        assert facts.final_at is not None
        assert now >= facts.final_at
        assert not facts.held
        assert "commercial" not in facts.requested


@given(facts_of_lots, instants)
def test_technical_envelopes_open_once_and_only_after_the_close(facts, now):
    free = obstacle(facts, "technical", now) is None
    assert free == (
        facts.published
        and facts.closed
        and not facts.ended
        and facts.envelopes == 2
        and "technical" not in facts.requested
    )


def test_a_result_is_final_at_its_very_instant():
    facts = LotFacts(published=True, closed=True, envelopes=2, final_at=FINAL_AT)
    assert obstacle(facts, "commercial", FINAL_AT - TICK) is Obstacle.OBJECTION_TIME
    assert obstacle(facts, "commercial", FINAL_AT) is None


@given(st.lists(st.binary(min_size=1), unique=True), st.randoms())
def test_the_close_commits_to_every_receipt_in_whatever_order_they_came(receipts, chance):
    shuffled = chance.sample(receipts, len(receipts))
    assert commitment(receipts) == commitment(shuffled)
    assert commitment(receipts).count == len(receipts)
    leaves = sorted(tree.leaf(body) for body in receipts)
    for index, leaf in enumerate(leaves):
        path = tree.inclusion_path(leaves, index)
        assert tree.includes(commitment(receipts).root, leaf, index=index, count=len(leaves), path=path)


@given(st.lists(st.binary(min_size=1), unique=True, min_size=1))
def test_a_receipt_left_out_changes_the_root(receipts):
    assert commitment(receipts).root != commitment(receipts[1:]).root


@given(st.integers(0, 5))
def test_an_envelope_that_did_not_open_waits_for_the_remaining_openers(releases):
    assert settled(releases=releases, openers=5, needed=3, opened=True) == (releases >= 3)
    assert settled(releases=releases, openers=5, needed=3, opened=False) == (releases == 5)
