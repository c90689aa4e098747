"""Endpoints of the technical evaluation: where it stands, reviews, points, signatures, the published result."""

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import READ_ERRORS, WRITE_ERRORS
from accounts.api_access import SeatMay, seat_of
from accounts.permissions import Permission
from tenders.actions import evaluation as actions
from tenders.api.bids import SignedByPasskey
from tenders.api.results import result_of
from tenders.api.tenders import checked
from tenders.models import Bid, Evaluator, Lot
from tenders.presentation import desk
from tenders.serializers.evaluation import (
    BidDeskSerializer,
    LotDeskSerializer,
    NothingSerializer,
    OneBidDeskSerializer,
    ReviewSerializer,
    ScoreSerializer,
    SignEvaluationSerializer,
)
from tenders.serializers.results import LotResultSerializer

EVALUATE = (Permission.EVALUATE,)
PUBLISH = (Permission.PUBLISH_RESULT,)
READERS = (*EVALUATE, *PUBLISH, Permission.READ_TRAIL)


def lots_of(request: Request, reference: str) -> QuerySet:
    """The lots of a tender, for its agency, its evaluators, and whoever reads the whole trail."""
    seat = seat_of(request)
    lots = Lot.objects.visible_to(seat).filter(tender__reference=reference, tender__published_at__isnull=False)
    if seat.reads_the_trail:
        return lots
    named = Evaluator.objects.filter(seat=seat, replaced_at=None).values("tender")
    return lots.filter(Q(tender__agency=seat.organisation) | Q(tender__in=named))


def lot_of(request: Request, reference: str, number: int) -> Lot:
    return get_object_or_404(lots_of(request, reference).select_related("tender"), number=number)


def bid_of(request: Request, reference: str, number: int, bid: str) -> Bid:
    bids = Bid.objects.visible_to(seat_of(request)).standing().filter(lot=lot_of(request, reference, number))
    return get_object_or_404(bids.select_related("lot__tender", "tender"), reference=bid)


def bid_answer(request: Request, bid: Bid) -> Response:
    """The bid as the acting seat sees it now."""
    found = next(one for one in desk.bid_desks(bid.lot, seat_of(request)) if one.bid == bid)
    envelope = desk.envelope_of(bid, list(bid.tender.criteria.all()))
    shown = BidDeskSerializer(found).data | {
        "answers": [{"criterion": answer.title, "text": answer.text} for answer in envelope["answers"]]
    }
    return Response(shown)


class Evaluation(APIView):
    permission_classes = (SeatMay,)
    permissions = {"GET": READERS}

    @extend_schema(responses={200: LotDeskSerializer(many=True), **READ_ERRORS})
    def get(self, request: Request, reference: str) -> Response:
        """How far the evaluation of each lot is."""
        lots = lots_of(request, reference)
        get_object_or_404(lots[:1])
        return Response(LotDeskSerializer(desk.desks(lots, seat_of(request)), many=True).data)


class LotEvaluation(APIView):
    permission_classes = (SeatMay,)
    permissions = {"GET": READERS}

    @extend_schema(responses={200: BidDeskSerializer(many=True), **READ_ERRORS})
    def get(self, request: Request, reference: str, number: int) -> Response:
        """The bids of a lot under evaluation."""
        found = desk.bid_desks(lot_of(request, reference, number), seat_of(request))
        return Response(BidDeskSerializer(found, many=True).data)


class JudgedBid(APIView):
    permission_classes = (SeatMay,)
    permissions = {"GET": READERS}

    @extend_schema(responses={200: OneBidDeskSerializer, **READ_ERRORS})
    def get(self, request: Request, reference: str, number: int, bid: str) -> Response:
        """One bid with the answers of its opened technical envelope."""
        return bid_answer(request, bid_of(request, reference, number, bid))


class Review(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": EVALUATE}

    @extend_schema(request=ReviewSerializer, responses={200: OneBidDeskSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str, number: int, bid: str) -> Response:
        """Record whether a bid meets the formal requirements."""
        found = bid_of(request, reference, number, bid)
        given = checked(ReviewSerializer, request).validated_data
        actions.review_bid(bid=found, **given, by=seat_of(request), now=timezone.now())
        return bid_answer(request, found)


class Points(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": EVALUATE}

    @extend_schema(request=ScoreSerializer, responses={200: OneBidDeskSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str, number: int, bid: str) -> Response:
        """Give the acting evaluator's points for every scored criterion."""
        found = bid_of(request, reference, number, bid)
        given = checked(ScoreSerializer, request).validated_data
        actions.score_bid(bid=found, **given, by=seat_of(request), now=timezone.now())
        return bid_answer(request, found)


class Signature(SignedByPasskey):
    permissions = {"POST": EVALUATE}
    fresh = ()

    @extend_schema(request=SignEvaluationSerializer, responses={201: LotDeskSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str, number: int) -> Response:
        """Sign the acting evaluator's scores of a lot, with a passkey where the person has one."""
        lot = lot_of(request, reference, number)
        given = self.signed(checked(SignEvaluationSerializer, request).validated_data)
        actions.sign_evaluation(lot=lot, by=seat_of(request), now=timezone.now(), **given)
        [row] = desk.desks(Lot.objects.filter(pk=lot.pk), seat_of(request))
        return Response(LotDeskSerializer(row).data, status=201)


class PublishResult(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": PUBLISH}

    @extend_schema(request=NothingSerializer, responses={201: LotResultSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str, number: int) -> Response:
        """Publish the verdict on every bid of a lot."""
        lot = lot_of(request, reference, number)
        checked(NothingSerializer, request)
        actions.publish_result(lot=lot, by=seat_of(request), now=timezone.now())
        return result_of(request, reference, number, 201)


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
