"""Endpoints about a supplier's own bids. The sealed files are made by the client; no plaintext ever arrives."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import path
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import SeatToken
from accounts.permissions import Permission
from core.api import KEY_HEADER, Act, Endpoint, Listing, Reading, answer_once
from core.api.schema import KEY, WRITE_ERRORS
from core.errors import Refused
from tenders.actions import bidding as actions
from tenders.models import Bid, Receipt
from tenders.presentation.offering import sealing_entries
from tenders.presentation.workspace import own_bids
from tenders.record import evidence_of
from tenders.serializers.bids import (
    BidSerializer,
    EvidenceSerializer,
    Oversized,
    PrepareBidSerializer,
    ReceiptSerializer,
    RefusalSerializer,
    SealedParser,
    SealingSerializer,
    SubmitBidSerializer,
    WithdrawBidSerializer,
)

BID = (Permission.BID,)
ANSWERS = {201: ReceiptSerializer, **WRITE_ERRORS, 413: RefusalSerializer, 422: RefusalSerializer}
STATUSES = {Receipt.Reason.SUPERSEDED: 409, Receipt.Reason.TOO_LARGE: 413}


class Bids(Listing, Act):
    """The bids of the acting seat's organisation, and of no other."""

    model = Bid
    permissions = {"GET": BID, "POST": BID}
    serializer_class = BidSerializer
    filter_backends = ()
    takes, status = PrepareBidSerializer, 201

    def rows(self) -> QuerySet[Bid]:
        return own_bids(self.seat).order_by("reference")

    def act(self, thing: None, asked: Any) -> Bid:
        """Begin a bid: one product in one lot."""
        bid = actions.prepare_bid(**asked.validated_data, **self.by)
        return self.one(own_bids(self.seat), reference=bid.reference)


class OfABid(Endpoint):
    """Of one's own bid."""

    def load(self, reference: str) -> Bid:
        return self.one(own_bids(self.seat), reference=reference)


class OneBid(OfABid, Reading):
    """One bid and where it stands."""

    permissions = {"GET": BID}
    serializer_class = BidSerializer


class Sealing(OfABid, Reading):
    """What the headers of the next version must say."""

    permissions = {"GET": BID}
    serializer_class, many = SealingSerializer, True

    def shape(self, found: Bid) -> Any:
        return super().shape(sealing_entries(found))


class SignedByPasskey(Endpoint):
    """An act that its person signs with a passkey, where there is one: a signature over the very thing is the freshest
    proof. Programs act by their tokens."""

    def carries_proof(self, request: Request) -> bool:
        return isinstance(request.data, dict) and isinstance(request.data.get("assertion"), dict)

    def signed(self, given: dict[str, Any]) -> dict[str, Any]:
        """The validated body; Refused where it lacks the signature of a person who has a passkey."""
        request = self.request
        by_token = isinstance(request.auth, SeatToken)
        if given["assertion"] is None and not by_token and request.user.passkeys.in_use().exists():
            raise Refused(_("Sign with your passkey."), field="assertion", code="passkey")
        return given


class OfASubmission(SignedByPasskey):
    """A submission is answered with its receipt, which a refusal carries too."""

    permissions = {"POST": BID}
    fresh = ("POST",)

    @property
    def key(self) -> str:
        """The idempotency key, which is the submission's."""
        return self.request.headers[KEY_HEADER]

    def bid_to_submit(self, reference: str) -> Bid:
        """One's own bid with what a submission asks of it, and not where it stands: thousands may come in a minute."""
        own = Bid.objects.filter(supplier=self.seat.organisation_id)
        return self.one(own.select_related("tender", "lot__tender", "supplier"), reference=reference)


class Versions(OfASubmission):
    parser_classes = (SealedParser,)

    @extend_schema(parameters=[KEY], request=SubmitBidSerializer, responses=ANSWERS)
    def post(self, request: Request, reference: str) -> Response:
        """Submit the next version, sealed. The same key gets the same answer, byte for byte."""
        bid = self.bid_to_submit(reference)
        if isinstance(request.data, Oversized):
            return answer_once(
                request, lambda: answer(actions.refuse_unread(bid=bid, submission_key=self.key, **self.by))
            )
        files = self.signed(self.given(SubmitBidSerializer).validated_data)

        def act() -> tuple[int, Any]:
            submission = actions.Submission(self.key, **files)
            receipt = actions.submit_or_record_refusal(bid=bid, submission=submission, **self.by)
            return answer(receipt, missing_faults(bid, submission, receipt))

        return answer_once(request, act)


class Withdrawal(OfASubmission):
    @extend_schema(parameters=[KEY], request=WithdrawBidSerializer, responses=ANSWERS)
    def post(self, request: Request, reference: str) -> Response:
        """Withdraw the bid. A later version revives it."""
        bid = self.bid_to_submit(reference)
        given = self.signed(self.given(WithdrawBidSerializer).validated_data)

        def act() -> tuple[int, Any]:
            return answer(actions.withdraw_or_record_refusal(bid=bid, submission_key=self.key, **given, **self.by))

        return answer_once(request, act)


class Receipts(OfABid, Listing):
    """Every receipt of a bid, oldest first."""

    model = Receipt
    permissions = {"GET": BID}
    serializer_class = ReceiptSerializer
    filter_backends = ()

    def rows(self) -> QuerySet[Receipt]:
        return Receipt.objects.visible_to(self.seat).filter(bid=self.load(**self.kwargs)).order_by("pk")


class Evidence(Reading):
    """Everything that proves one submission: receipt, place under the root, sealed files, seeds once opened."""

    permissions = {"GET": BID}
    serializer_class = EvidenceSerializer

    def load(self, reference: str, sha256: str) -> Receipt:
        receipts = Receipt.objects.visible_to(self.seat).select_related("bid__tender", "version")
        return self.one(receipts, bid__reference=reference, sha256=sha256)

    def shape(self, found: Receipt) -> Any:
        return evidence_of(found)


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
    return STATUSES.get(receipt.reason, 422), error


urlpatterns = [
    path("bids/", Bids.as_view(), name="api-bids"),
    path("bids/<str:reference>/", OneBid.as_view(), name="api-bid"),
    path("bids/<str:reference>/sealing/", Sealing.as_view(), name="api-sealing"),
    path("bids/<str:reference>/versions/", Versions.as_view(), name="api-submit-bid"),
    path("bids/<str:reference>/withdrawal/", Withdrawal.as_view(), name="api-withdraw-bid"),
    path("bids/<str:reference>/receipts/", Receipts.as_view(), name="api-receipts"),
    path("bids/<str:reference>/receipts/<str:sha256>/evidence/", Evidence.as_view(), name="api-evidence"),
]
