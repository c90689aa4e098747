"""A tender by actions alone: from the published notice to the price in the register."""

from datetime import timedelta
from decimal import Decimal

from awards.actions import answer_objection, award_lot, file_objection, propose_award
from catalogue.models import PriceEntry
from core.models import Event
from tenders.actions.evaluation import publish_result, review_bid, score_bid, sign_evaluation
from tenders.actions.opening import request_opening
from tenders.models import OpenedEnvelope, Qualification, Ranking, Tender
from tests.ruling import ruled
from tests.tenders.bids import HOUR, bids_in, clock_at, released
from tests.tenders.stage import DEADLINE, published_tender

RULES = ruled(pass_mark=Decimal(60), minimum_for_competition=2, minimum_evaluators=3)
OPENED = DEADLINE + HOUR
JUDGED = DEADLINE + timedelta(days=1)


def opened(stage, envelope, places, at):
    with clock_at(at):
        request_opening(lot=stage.lots[0], envelope=envelope, by=stage.officer, now=at)
        for place in places:
            holder = stage.holders[place - 1]
            released(stage.tender, holder.pair, holder.seat, at)


def test_a_medicine_from_the_notice_to_the_price_register(world):
    stage = published_tender(world, lots=("20.00",), evaluators=3, rules=RULES)
    cheap, fair, dear = bids_in(stage, "9.00", "12.00", "13.50")
    opened(stage, "technical", (1, 2, 4), OPENED)

    points = {cheap: ("30", "20"), fair: ("50", "30"), dear: ("60", "40")}
    for bid in points:
        review_bid(bid=bid, passed=True, reason="", by=stage.evaluators[0].seat, now=JUDGED)
    for evaluator in stage.evaluators:
        for bid, (quality, supply) in points.items():
            given = {2: Decimal(quality), 3: Decimal(supply)}
            score_bid(bid=bid, points=given, by=evaluator.seat, now=JUDGED)
        sign_evaluation(lot=stage.lots[0], by=evaluator.seat, now=JUDGED)
    result = publish_result(lot=stage.lots[0], by=stage.officer, now=JUDGED)
    assert Qualification.objects.get(bid=cheap).verdict == "not_qualified"

    opened(stage, "commercial", (2, 3, 5), result.final_at)
    assert list(Ranking.objects.values_list("bid", "rank")) == [(fair.pk, 1), (dear.pk, 2)]
    assert not OpenedEnvelope.objects.filter(bid=cheap, envelope="commercial").exists()

    decision = propose_award(lot=stage.lots[0], by=stage.officer, now=result.final_at + HOUR)
    assert decision.awards.get().bid == fair.reference
    challenge = file_objection(
        lot=stage.lots[0], text="Our score is too low", by=cheap.prepared_by, now=decision.proposed_at + HOUR
    )
    answer_objection(
        objection=challenge,
        answer="rejected",
        text="Three evaluators gave 50 of 100 points; the mark is 60.",
        by=stage.officer,
        now=decision.proposed_at + 2 * HOUR,
    )
    award_lot(lot=stage.lots[0], by=world.awarder, now=decision.standstill_until)

    tender = Tender.objects.get(pk=stage.tender.pk)
    price = PriceEntry.objects.get()
    assert (price.kind, price.price, price.units) == ("award", Decimal(12), 10)
    assert (price.product, price.region) == (fair.product_version.product, tender.region)
    told = Event.objects.filter(subject=tender.reference, audience="public").order_by("pk")
    assert list(told.values_list("verb", flat=True)) == [
        "tender.published",
        "tender.closed",
        "opening.requested",
        *["opening.released"] * 3,
        "opening.opened",
        "result.published",
        "opening.requested",
        *["opening.released"] * 3,
        "opening.opened",
        "lot.ranked",
        "award.proposed",
        "objection.answered",
        "lot.awarded",
        "lot.ended",
    ]
