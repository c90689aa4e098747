"""Shapes of the API about bids, receipts and openings. Sealed files travel in base64, documents as they were signed."""

import base64
from typing import Any

from rest_framework import serializers
from rest_framework.validators import ProhibitSurrogateCharactersValidator

from catalogue.models import ProductVersion
from catalogue.shelf_use import Holding
from core.api import StrictSerializer
from core.parsing import JsonParser, TooLarge
from sealing.offers import MOST_PARTS
from tenders.coverage import covers
from tenders.models import Bid, EnvelopeKind, Lot, OpenedEnvelope, OpeningRequest, Receipt, SealedAttachment, Tender
from tenders.rules.attachments import LARGEST, MOST_CHUNKS, Declaration
from tenders.rules.covering import MOST_FURTHER

LARGEST_FILE = 5 * 1024 * 1024  # the largest pad is 4 MiB
LARGEST_SUBMISSION = 14 * 1024 * 1024  # two of them in base64, and an assertion


class SealedParser(JsonParser):
    """A submission's body. Of one that is too large nothing is kept but that it is, so that its refusal is signed."""

    most = LARGEST_SUBMISSION

    def parse(self, *given: Any, **named: Any) -> Any:
        try:
            return super().parse(*given, **named)
        except TooLarge:
            return Oversized()


class Oversized(dict[str, Any]):
    """What stands for a body that was not read to its end."""


class SealedFileField(serializers.CharField):
    """A sealed envelope in base64. One that is too long is refused as what it is, with a receipt."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # Base64 has no surrogates, and looking for them one character at a time would be the slowest step of all.
        self.validators = [one for one in self.validators if not isinstance(one, ProhibitSurrogateCharactersValidator)]

    def to_internal_value(self, data: Any) -> Any:
        try:
            return base64.b64decode(super().to_internal_value(data), validate=True)
        except ValueError:
            raise serializers.ValidationError("Send the sealed file in base64.") from None


class HoldingSerializer(serializers.Serializer):
    """A document that stands for products (none: for the company), or one that is missing."""

    kinds = serializers.ListField(child=serializers.CharField(), help_text="Any of these does.")
    standing = serializers.CharField(help_text="stands, ends (before it is needed), ended, later or missing")
    document = serializers.CharField(source="document.reference", default=None)
    number = serializers.CharField(source="document.number", default=None)
    valid_until = serializers.DateField(source="document.valid_until", default=None)
    sha256 = serializers.CharField(source="document.sha256", default=None)
    products = serializers.SerializerMethodField()
    line = serializers.CharField(help_text="How an answer in the technical envelope names it.")

    def get_products(self, holding: Holding) -> list[str]:
        return [product.reference for product in holding.products]


class BidDocumentsSerializer(serializers.Serializer):
    needed_until = serializers.DateField(source="documents_until")
    documents = HoldingSerializer(many=True)


class BidSerializer(serializers.ModelSerializer):
    """A bid as its supplier sees it: which product in which lot, and whether a version stands.

    ``covers`` is what the offer must be of: kind, registration, every product with its pack, and what is offered
    further at the prices that follow.
    """

    tender = serializers.CharField(source="tender.reference")
    lot = serializers.IntegerField(source="lot.number")
    product = serializers.CharField(source="product_version.product.reference")
    pack_size = serializers.IntegerField(source="product_version.pack_size")
    covers = serializers.SerializerMethodField()
    state = serializers.CharField(
        help_text="draft, bid (a sealed version stands), unconfirmed (amended since: seal again) or withdrawal"
    )
    version = serializers.IntegerField(source="last_number", allow_null=True, help_text="Number of the last version.")
    received_at = serializers.DateTimeField(source="last_received_at", allow_null=True)

    class Meta:
        model = Bid
        fields = ("reference", "tender", "lot", "product", "pack_size", "covers", "state", "version", "received_at")

    def get_covers(self, bid: Bid) -> dict[str, Any]:
        return covers(bid)


class PrepareBidSerializer(StrictSerializer):
    """``lot`` is the lot's number, ``product`` the reference of a product; its current version is offered. Of a set it
    is the main part, and ``parts`` are the other parts in the order of the lot. ``further`` are other specifications
    of one product's holder, whose prices follow from the product's by the lot's factors."""

    tender = serializers.SlugRelatedField(slug_field="reference", queryset=Tender.objects.published())
    lot = serializers.IntegerField(min_value=1)
    product = serializers.CharField(max_length=20)
    parts = serializers.ListField(child=serializers.CharField(max_length=20), default=list, max_length=MOST_PARTS)
    further = serializers.ListField(child=serializers.CharField(max_length=20), default=list, max_length=MOST_FURTHER)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        lot = Lot.objects.filter(tender=attrs["tender"], number=attrs["lot"]).select_related("tender").first()
        if lot is None:
            raise serializers.ValidationError({"lot": ["This tender has no such lot."]})
        offerable = ProductVersion.objects.offerable().select_related("product__item")
        named = {"product": [attrs["product"]], "parts": attrs["parts"], "further": attrs["further"]}
        wanted = {product for products in named.values() for product in products}
        found = {version.product.reference: version for version in offerable.filter(product__reference__in=wanted)}
        for field, products in named.items():
            if not found.keys() >= set(products):
                raise serializers.ValidationError({field: ["No such product, or its pack is not known."]})
        (first,), parts, further = ([found[product] for product in products] for products in named.values())
        return {"lot": lot, "product_version": first, "parts": parts, "further": further}


class SubmitBidSerializer(StrictSerializer):
    """Both sealed files; the technical one is left out where the tender has one envelope.

    ``assertion`` is a passkey's assertion whose challenge is the SHA-256 of the canonical list of the SHA-256 of this
    submission's manifest; for several submissions at once of all of theirs, which then stand in its ``manifests``.
    """

    technical = SealedFileField(required=False, allow_null=True, default=None)
    commercial = SealedFileField()
    assertion = serializers.DictField(required=False, allow_null=True, default=None)


class WithdrawBidSerializer(StrictSerializer):
    """The idempotency key is enough; a passkey's assertion over the withdrawal's manifest may come with it."""

    assertion = serializers.DictField(required=False, allow_null=True, default=None)


class DeclareAttachmentSerializer(StrictSerializer):
    """A sealed attachment that is about to be sent: bytes of its file, and SHA-256 of its sealed chunks."""

    length = serializers.IntegerField(min_value=1, max_value=LARGEST)
    chunks = serializers.ListField(child=serializers.RegexField("^[0-9a-f]{64}$"), min_length=1, max_length=MOST_CHUNKS)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return {"declaration": Declaration(attrs["length"], tuple(attrs["chunks"]))}


class SealedAttachmentSerializer(serializers.ModelSerializer):
    """A sealed attachment of one's own bid, and which of its chunks (numbers from 0) are still to be sent.

    For rows of ``with_stored``.
    """

    id = serializers.CharField(source="blob")
    chunks = serializers.IntegerField(source="count")
    missing = serializers.SerializerMethodField()

    class Meta:
        model = SealedAttachment
        fields = ("id", "length", "chunks", "missing", "declared_at")

    def get_missing(self, attachment: Any) -> list[int]:
        return sorted(set(range(attachment.count)) - set(attachment.stored))


class SealingSerializer(serializers.Serializer):
    """What must stand in the header of the next version of a bid, envelope by envelope."""

    envelope = serializers.CharField()
    tender = serializers.CharField()
    lot = serializers.CharField()
    terms = serializers.CharField()
    supplier = serializers.CharField()
    bid = serializers.CharField()
    version = serializers.IntegerField()
    k = serializers.IntegerField()
    openers = serializers.ListField(child=serializers.CharField())
    minimum_pad = serializers.IntegerField()


class ReceiptSerializer(serializers.ModelSerializer):
    """A receipt. ``document`` is the signed document; its bytes in UTF-8 are what was signed."""

    document = serializers.SerializerMethodField()

    class Meta:
        model = Receipt
        fields = ("kind", "reason", "received_at", "sha256", "document")

    def get_document(self, receipt: Receipt) -> str:
        return bytes(receipt.document).decode()


class InclusionSerializer(serializers.Serializer):
    """Where a receipt stands in the tree of the close: leaf ``index`` (from 0) of ``count``, and its path."""

    index = serializers.IntegerField()
    count = serializers.IntegerField()
    path = serializers.ListField(child=serializers.CharField())


class EvidenceSerializer(serializers.Serializer):
    """All that proves one submission. Documents are texts, sealed files base64, seeds hex once an envelope is open."""

    format = serializers.CharField()
    key = serializers.CharField(help_text="The platform's public key, in hex.")
    receipt = serializers.CharField()
    inclusion = InclusionSerializer(allow_null=True)
    close = serializers.CharField(help_text="The signed close, or empty before it.")
    files = serializers.DictField(child=serializers.CharField())
    seeds = serializers.DictField(child=serializers.CharField())


class RefusalSerializer(serializers.Serializer):
    """An error that is itself on record: the usual shape, and the signed receipt of the refusal."""

    code = serializers.CharField()
    message = serializers.CharField()
    faults = serializers.ListField(child=serializers.DictField())
    receipt = ReceiptSerializer()


class RequestOpeningsSerializer(StrictSerializer):
    envelope = serializers.ChoiceField(choices=EnvelopeKind.choices)


class OpeningRequestSerializer(serializers.ModelSerializer):
    """What the openers are asked to unlock in one lot, and how many have."""

    lot = serializers.IntegerField(source="lot.number")
    released = serializers.SerializerMethodField(help_text="Places of the openers who have released.")
    document = serializers.SerializerMethodField()

    class Meta:
        model = OpeningRequest
        fields = ("lot", "envelope", "listed", "requested_at", "sha256", "released", "document")

    def get_released(self, request: OpeningRequest) -> list[int]:
        return sorted(release.opener.place for release in request.releases.all())

    def get_document(self, request: OpeningRequest) -> str:
        return bytes(request.document).decode()


class OpenedEnvelopeSerializer(serializers.ModelSerializer):
    """The verdict on one envelope; of a commercial one that opened, the offer too."""

    lot = serializers.IntegerField(source="bid.lot.number")
    bid = serializers.CharField(source="bid.reference")
    supplier = serializers.CharField(source="bid.supplier.name")
    offer = serializers.SerializerMethodField(help_text="The commercial payload, as it was sealed; else empty.")

    class Meta:
        model = OpenedEnvelope
        fields = ("lot", "bid", "supplier", "envelope", "outcome", "wrong_openers", "opened_at", "offer")

    def get_offer(self, opened: OpenedEnvelope) -> str:
        return opened.payload if opened.envelope == EnvelopeKind.COMMERCIAL else ""


class OpeningSerializer(serializers.Serializer):
    """The opening of a tender: empty before the close."""

    close = serializers.CharField(help_text="The signed close, or empty.")
    requests = OpeningRequestSerializer(many=True)
    opened = OpenedEnvelopeSerializer(many=True)
