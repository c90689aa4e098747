"""The ranking of a lot, written in the transaction that opens its last price."""

from decimal import Decimal

import pytest

from core.errors import Conflict, Refused
from core.models import Event
from tenders.actions.opening import conclude_opening, request_opening
from tenders.actions.ranking import rank_lot
from tenders.models import Lot, LotItem, OpenedEnvelope, Ranking, Release
from tests.arranging import arranged
from tests.ruling import ruled
from tests.tenders.bids import clock_at, released
from tests.tenders.judging import PRICED, judge, now_of, open_envelopes, opened_bids, ranked_lot

TWO = ruled(pass_mark=Decimal(60), minimum_for_competition=2, minimum_evaluators=3)


def verdicts(lot):
    return [(each.bid, each.verdict, each.rank) for each in Ranking.objects.filter(lot=lot)]


def test_the_lowest_of_those_that_passed_leads_though_a_failed_bid_was_cheaper(world):
    stage, bids = opened_bids(world, "13.50", "12.00", "1.00", evaluators=3, rules=TWO)
    judge(stage, {bids[0]: "80", bids[1]: "70", bids[2]: "40"})
    open_envelopes(stage, "commercial", at=PRICED)
    assert verdicts(stage.lots[0]) == [(bids[1], "valid", 1), (bids[0], "valid", 2)]
    assert stage.lots[0].status == "opened"
    # The price of the bid that failed was never opened: nowhere is there anything to read.
    assert not OpenedEnvelope.objects.filter(bid=bids[2], envelope="commercial").exists()
    assert not Ranking.objects.filter(bid=bids[2]).exists()
    assert Event.objects.get(verb="lot.ranked").audience == "public"


def test_above_the_ceiling_is_out_equal_is_in_and_the_row_keeps_the_arithmetic(world):
    stage, bids = ranked_lot(world, "200.00", "200.01", evaluators=3, rules=TWO)
    assert verdicts(stage.lots[0]) == [(bids[0], "valid", 1), (bids[1], "above_ceiling", None)]
    row = Ranking.objects.get(bid=bids[0])
    assert (row.price, row.pack_size, row.factor, row.comparable) == (200, 10, 1, 20)
    assert row.arithmetic["comparable_exact"] == "20/1"
    assert row.arithmetic["score"] == "80.00"


def test_a_lot_without_a_valid_price_is_opened_like_any_other(world):
    """What its prices lead to is decided by the room of awards."""
    stage, bids = ranked_lot(world, "200.01", "300.00", evaluators=3, rules=TWO)
    assert (stage.lots[0].status, stage.lots[0].ending) == ("opened", "")
    assert {verdict for _bid, verdict, _rank in verdicts(stage.lots[0])} == {"above_ceiling"}
    assert not Ranking.objects.filter(rank=1).exists()
    assert len(bids) == 2


def test_a_price_beyond_every_column_stops_nobody(world):
    """A factor far below one turns the largest price that the format knows into one that no column holds."""
    stage, bids = opened_bids(world, "999999999999.999999", "12.00", evaluators=3, rules=TWO)
    shrink_factor(stage.lots[0])
    judge(stage, dict.fromkeys(bids, "80"))
    open_envelopes(stage, "commercial", at=PRICED)
    row = Ranking.objects.get(bid=bids[0])
    assert (row.verdict, row.comparable) == ("above_ceiling", None)
    assert row.arithmetic["comparable"].startswith("99999999999999")


def test_prices_are_ranked_only_when_every_envelope_has_its_verdict(world):
    stage, bids = opened_bids(world, "13.50", "12.00", evaluators=3, rules=TWO)
    judge(stage, dict.fromkeys(bids, "80"))
    with pytest.raises(Refused, match="Not every price"):
        rank_lot(lot=now_of(stage.lots[0]), now=PRICED)
    with clock_at(PRICED):
        request_opening(lot=stage.lots[0], envelope="commercial", by=stage.officer, now=PRICED)
        for holder in stage.holders[:2]:
            released(stage.tender, holder.pair, holder.seat, PRICED)
    with pytest.raises(Refused, match="Not every price"):
        rank_lot(lot=now_of(stage.lots[0]), now=PRICED)
    assert stage.lots[0].status == "evaluated"


def test_an_unreadable_price_has_no_rank_and_stops_nobody(world):
    stage, bids = opened_bids(world, "13.50", "12.00", "11.00", evaluators=3, rules=TWO)
    judge(stage, dict.fromkeys(bids, "80"))
    with clock_at(PRICED):
        request = request_opening(lot=stage.lots[0], envelope="commercial", by=stage.officer, now=PRICED)
        for holder in stage.holders[:2]:
            released(stage.tender, holder.pair, holder.seat, PRICED)
        spoil_shares(request, bids[2].reference)
        released(stage.tender, stage.holders[2].pair, stage.holders[2].seat, PRICED)
        assert stage.lots[0].status == "evaluated"
        conclude_opening(request=request, by=stage.officer, now=PRICED)
    assert verdicts(stage.lots[0]) == [
        (bids[1], "valid", 1),
        (bids[0], "valid", 2),
        (bids[2], "unreadable", None),
    ]


def test_a_lot_is_ranked_once(world):
    stage, _bids = ranked_lot(world, "13.50", "12.00", evaluators=3, rules=TWO)
    with pytest.raises(Refused, match="not possible while"):
        rank_lot(lot=now_of(stage.lots[0]), now=PRICED)
    stale = now_of(stage.lots[0])
    stale.status = Lot.Status.EVALUATED
    with pytest.raises(Conflict):
        rank_lot(lot=stale, now=PRICED)


@arranged
def shrink_factor(lot):
    LotItem.objects.filter(lot=lot).update(factor=Decimal("0.000001"))


def spoil_shares(request, bid):
    """Make the first opener's share of one envelope wrong, as the database's owner alone could."""
    position = [entry["bid"] for entry in request.entries].index(bid)
    release = request.releases.order_by("opener__place")[0]
    shares = [*release.shares]
    shares[position] = shares[position][:2] + "00" * (len(shares[position]) // 2 - 1)
    arranged(Release.objects.filter(pk=release.pk).update)(shares=shares)
