"""Endpoints of the technical evaluation: where it stands, reviews, points, signatures, the published result."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import path

from accounts.models import Seat
from accounts.permissions import Permission
from core.api import Act, Endpoint, Reading
from tenders.actions import evaluation as actions
from tenders.api.bids import SignedByPasskey
from tenders.api.results import ToldResult
from tenders.models import Bid, Evaluator, Lot
from tenders.presentation import desk
from tenders.serializers.evaluation import (
    BidDeskSerializer,
    LotDeskSerializer,
    OneBidDeskSerializer,
    ReviewSerializer,
    ScoreSerializer,
    SignEvaluationSerializer,
)

EVALUATE = (Permission.EVALUATE,)
PUBLISH = (Permission.PUBLISH_RESULT,)
READERS = (*EVALUATE, *PUBLISH, Permission.READ_TRAIL)


def lots_of(seat: Seat, reference: str) -> QuerySet[Lot]:
    """The lots of a tender, for its agency, its evaluators, and whoever reads the whole trail."""
    lots = Lot.objects.visible_to(seat).filter(tender__reference=reference, tender__published_at__isnull=False)
    if seat.reads_the_trail:
        return lots
    named = Evaluator.objects.filter(seat=seat, replaced_at=None).values("tender")
    return lots.filter(Q(tender__agency=seat.organisation) | Q(tender__in=named))


class Evaluation(Reading):
    """How far the evaluation of each lot is."""

    permissions = {"GET": READERS}
    serializer_class, many = LotDeskSerializer, True

    def load(self, reference: str) -> Any:
        lots = lots_of(self.seat, reference)
        self.one(lots[:1])
        return desk.desks(lots, self.seat)


class OfAJudgedLot(Endpoint):
    """Of a lot whose evaluation the seat may follow."""

    def load(self, reference: str, number: int) -> Lot:
        return self.one(lots_of(self.seat, reference).select_related("tender"), number=number)


class LotEvaluation(OfAJudgedLot, Reading):
    """The bids of a lot under evaluation."""

    permissions = {"GET": READERS}
    serializer_class, many = BidDeskSerializer, True

    def shape(self, found: Lot) -> Any:
        return super().shape(desk.bid_desks(found, self.seat))


class OfAJudgedBid(OfAJudgedLot):
    """Of a bid under evaluation; answers with it as the seat sees it then."""

    serializer_class = OneBidDeskSerializer

    def load(self, reference: str, number: int, bid: str) -> Bid:
        bids = Bid.objects.visible_to(self.seat).standing().filter(lot=super().load(reference, number))
        return self.one(bids.select_related("lot__tender", "tender"), reference=bid)

    def shape(self, found: Bid) -> Any:
        own = next(one for one in desk.bid_desks(found.lot, self.seat) if one.bid == found)
        envelope = desk.envelope_of(found, list(found.tender.criteria.all()))
        answers = [{"criterion": answer.title, "text": answer.text} for answer in envelope["answers"]]
        return BidDeskSerializer(own).data | {"answers": answers}


class JudgedBid(OfAJudgedBid, Reading):
    """One bid with the answers of its opened technical envelope."""

    permissions = {"GET": READERS}


class Review(OfAJudgedBid, Act):
    """Record whether a bid meets the formal requirements."""

    permissions = {"POST": EVALUATE}
    takes = ReviewSerializer

    def act(self, bid: Bid, asked: Any) -> Bid:
        actions.review_bid(bid=bid, **asked.validated_data, **self.by)
        return bid


class Points(OfAJudgedBid, Act):
    """Give the acting evaluator's points for every scored criterion."""

    permissions = {"POST": EVALUATE}
    takes = ScoreSerializer

    def act(self, bid: Bid, asked: Any) -> Bid:
        actions.score_bid(bid=bid, **asked.validated_data, **self.by)
        return bid


class Signature(SignedByPasskey, OfAJudgedLot, Act):
    """Sign the acting evaluator's scores of a lot, with a passkey where the person has one."""

    permissions = {"POST": EVALUATE}
    takes, gives, status = SignEvaluationSerializer, LotDeskSerializer, 201

    def act(self, lot: Lot, asked: Any) -> Any:
        actions.sign_evaluation(lot=lot, **self.signed(asked.validated_data), **self.by)
        [row] = desk.desks(Lot.objects.filter(pk=lot.pk), self.seat)
        return row


class PublishResult(OfAJudgedLot, ToldResult, Act):
    """Publish the verdict on every bid of a lot."""

    permissions = {"POST": PUBLISH}
    status = 201

    def act(self, lot: Lot, asked: Any) -> None:
        actions.publish_result(lot=lot, **self.by)


LOT = "tenders/<str:reference>/lots/<int:number>"

urlpatterns = [
    path("tenders/<str:reference>/evaluation/", Evaluation.as_view(), name="api-evaluation"),
    path(f"{LOT}/evaluation/", LotEvaluation.as_view(), name="api-evaluate-lot"),
    path(f"{LOT}/evaluation/<str:bid>/", JudgedBid.as_view(), name="api-scoring-desk"),
    path(f"{LOT}/evaluation/<str:bid>/review/", Review.as_view(), name="api-review-bid"),
    path(f"{LOT}/evaluation/<str:bid>/score/", Points.as_view(), name="api-score-bid"),
    path(f"{LOT}/sign-evaluation/", Signature.as_view(), name="api-sign-evaluation"),
    path(f"{LOT}/publish-result/", PublishResult.as_view(), name="api-publish-result"),
]
