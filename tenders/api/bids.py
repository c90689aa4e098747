"""Endpoints about a supplier's own bids. The sealed files are made by the client; no plaintext ever arrives."""

from collections.abc import Sequence
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import READ_ERRORS, WRITE_ERRORS
from accounts.api_access import SeatMay, seat_of
from accounts.models import SeatToken
from accounts.permissions import Permission
from core.api import KEY_HEADER, answer_once
from core.errors import Refused
from tenders.actions import bidding as actions
from tenders.api.tenders import checked
from tenders.models import Bid, Receipt
from tenders.presentation.offering import sealing_entries
from tenders.presentation.workspace import own_bids
from tenders.record import evidence_of
from tenders.serializers.bids import (
    BidSerializer,
    EvidenceSerializer,
    PrepareBidSerializer,
    ReceiptSerializer,
    RefusalSerializer,
    SealingSerializer,
    SubmitBidSerializer,
    WithdrawBidSerializer,
)

BID = (Permission.BID,)
KEY = OpenApiParameter(KEY_HEADER, str, OpenApiParameter.HEADER, required=True, description="8 to 80 characters.")
ANSWERS = {201: ReceiptSerializer, **WRITE_ERRORS, 422: RefusalSerializer}


def bid_of(request: Request, reference: str) -> Bid:
    return get_object_or_404(own_bids(seat_of(request)), reference=reference)


def bid_to_submit(request: Request, reference: str) -> Bid:
    """The same bid with what a submission asks of it, and not where it stands: thousands may come in a minute."""
    own = Bid.objects.filter(supplier=seat_of(request).organisation_id)
    return get_object_or_404(own.select_related("tender", "lot__tender", "supplier"), reference=reference)


class Bids(ListAPIView):
    """The bids of the acting seat's organisation, and of no other."""

    permission_classes = (SeatMay,)
    permissions = {"GET": BID, "POST": BID}
    serializer_class = BidSerializer
    filter_backends = ()

    def get_queryset(self) -> Any:
        return own_bids(seat_of(self.request)).order_by("reference")

    @extend_schema(request=PrepareBidSerializer, responses={201: BidSerializer, **WRITE_ERRORS})
    def post(self, request: Request) -> Response:
        """Begin a bid: one product in one lot."""
        given = checked(PrepareBidSerializer, request).validated_data
        bid = actions.prepare_bid(**given, by=seat_of(request), now=timezone.now())
        return Response(BidSerializer(bid_of(request, bid.reference)).data, status=201)


class OneBid(APIView):
    permission_classes = (SeatMay,)
    permissions = {"GET": BID}

    @extend_schema(responses={200: BidSerializer, **READ_ERRORS})
    def get(self, request: Request, reference: str) -> Response:
        """One bid and where it stands."""
        return Response(BidSerializer(bid_of(request, reference)).data)


class Sealing(APIView):
    permission_classes = (SeatMay,)
    permissions = {"GET": BID}

    @extend_schema(responses={200: SealingSerializer(many=True), **READ_ERRORS})
    def get(self, request: Request, reference: str) -> Response:
        """What the headers of the next version must say."""
        entries = sealing_entries(bid_of(request, reference))
        return Response(SealingSerializer(entries, many=True).data)


class SignedByPasskey(APIView):
    """An act that its person signs with a passkey, where there is one: a signature over the very thing is the freshest
    proof. Programs act by their tokens."""

    permission_classes = (SeatMay,)
    permissions = {"POST": BID}
    fresh = ("POST",)

    def carries_proof(self, request: Request) -> bool:
        return isinstance(request.data, dict) and isinstance(request.data.get("assertion"), dict)

    def signed(self, given: dict[str, Any]) -> dict[str, Any]:
        """The validated body; Refused where it lacks the signature of a person who has a passkey."""
        request = self.request
        by_token = isinstance(request.auth, SeatToken)
        if given["assertion"] is None and not by_token and request.user.passkeys.in_use().exists():
            raise Refused(_("Sign with your passkey."), field="assertion", code="passkey")
        return given


class Versions(SignedByPasskey):
    @extend_schema(parameters=[KEY], request=SubmitBidSerializer, responses=ANSWERS)
    def post(self, request: Request, reference: str) -> Response:
        """Submit the next version, sealed. The same key gets the same answer, byte for byte."""
        bid = bid_to_submit(request, reference)
        files = self.signed(checked(SubmitBidSerializer, request).validated_data)

        def act() -> tuple[int, Any]:
            submission = actions.Submission(request.headers[KEY_HEADER], **files)
            receipt = actions.submit_or_record_refusal(
                bid=bid, submission=submission, by=seat_of(request), now=timezone.now()
            )
            return answer(receipt, missing_faults(bid, submission, receipt))

        return answer_once(request, act)


class Withdrawal(SignedByPasskey):
    @extend_schema(parameters=[KEY], request=WithdrawBidSerializer, responses=ANSWERS)
    def post(self, request: Request, reference: str) -> Response:
        """Withdraw the bid. A later version revives it."""
        bid = bid_to_submit(request, reference)
        given = self.signed(checked(WithdrawBidSerializer, request).validated_data)

        def act() -> tuple[int, Any]:
            key = request.headers[KEY_HEADER]
            return answer(
                actions.withdraw_or_record_refusal(
                    bid=bid, submission_key=key, by=seat_of(request), now=timezone.now(), **given
                )
            )

        return answer_once(request, act)


class Receipts(ListAPIView):
    """Every receipt of a bid, oldest first."""

    permission_classes = (SeatMay,)
    permissions = {"GET": BID}
    serializer_class = ReceiptSerializer
    filter_backends = ()
    queryset = Receipt.objects.none()

    def get_queryset(self) -> Any:
        bid = bid_of(self.request, self.kwargs["reference"])
        return Receipt.objects.visible_to(seat_of(self.request)).filter(bid=bid).order_by("pk")


class Evidence(APIView):
    permission_classes = (SeatMay,)
    permissions = {"GET": BID}

    @extend_schema(responses={200: EvidenceSerializer, **READ_ERRORS})
    def get(self, request: Request, reference: str, sha256: str) -> Response:
        """Everything that proves one submission: receipt, place under the root, sealed files, seeds once opened."""
        receipts = Receipt.objects.visible_to(seat_of(request)).select_related("bid__tender", "version")
        receipt = get_object_or_404(receipts, bid__reference=reference, sha256=sha256)
        return Response(evidence_of(receipt))


def missing_faults(bid: Bid, submission: actions.Submission, receipt: Receipt) -> list[dict[str, Any]]:
    """Which attachments a refused submission lacks: the envelope, the place in its header, the id."""
    if receipt.reason != Receipt.Reason.ATTACHMENT_MISSING:
        return []
    files = {"technical": submission.technical, "commercial": submission.commercial}
    return [
        {"field": f"{kind}.blobs", "row": place, "message": blob}
        for kind, file in files.items()
        for place, blob in actions.missing_attachments(bid, file)
    ]


def answer(receipt: Receipt, faults: Sequence[dict[str, Any]] = ()) -> tuple[int, Any]:
    """A receipt as an answer; a refusal is an error that carries its receipt."""
    data = ReceiptSerializer(receipt).data
    if receipt.kind != Receipt.Kind.REFUSAL:
        return 201, data
    error = {"code": receipt.reason, "message": receipt.get_reason_display(), "faults": faults, "receipt": data}
    return (409 if receipt.reason == Receipt.Reason.SUPERSEDED else 422), error


urlpatterns = [
    path("bids/", Bids.as_view(), name="api-bids"),
    path("bids/<str:reference>/", OneBid.as_view(), name="api-bid"),
    path("bids/<str:reference>/sealing/", Sealing.as_view(), name="api-sealing"),
    path("bids/<str:reference>/versions/", Versions.as_view(), name="api-submit-bid"),
    path("bids/<str:reference>/withdrawal/", Withdrawal.as_view(), name="api-withdraw-bid"),
    path("bids/<str:reference>/receipts/", Receipts.as_view(), name="api-receipts"),
    path("bids/<str:reference>/receipts/<str:sha256>/evidence/", Evidence.as_view(), name="api-evidence"),
]
