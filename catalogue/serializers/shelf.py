"""Shapes of a supplier's shelf. Files come in base64, or as a spreadsheet that names many documents."""

from typing import Any

from rest_framework import serializers

from accounts.serializers import FileField, PaperSerializer
from catalogue.actions.shelf import MOST_ROWS, ShelfRow
from catalogue.models import Product, ShelfDocument
from catalogue.validity import DocumentKind
from core.api import StrictSerializer


class ShelfDocumentSerializer(serializers.ModelSerializer):
    """A document on a shelf; without products it is of the company as a whole."""

    supplier = serializers.SlugRelatedField("credit_code", read_only=True)
    products = serializers.SerializerMethodField()

    class Meta:
        model = ShelfDocument
        fields = (
            "reference",
            "supplier",
            "kind",
            "number",
            "valid_from",
            "valid_until",
            "products",
            "note",
            "document_name",
            "sha256",
            "added_at",
            "withdrawn_at",
            "withdrawal_reason",
        )

    def get_products(self, document: ShelfDocument) -> list[str]:
        return [use.product.reference for use in document.uses.all()]


class ShelvedSerializer(serializers.Serializer):
    """The documents that were put on the shelf."""

    documents = ShelfDocumentSerializer(many=True)


class ShelfFileSerializer(serializers.Serializer):
    """The file of a document as it was uploaded, its bytes in base64."""

    name = serializers.CharField(source="document_name")
    sha256 = serializers.CharField()
    content = FileField(source="document")


class ShelfRowSerializer(StrictSerializer):
    kind = serializers.ChoiceField(DocumentKind.choices)
    number = serializers.CharField(max_length=80)
    valid_from = serializers.DateField(default=None, allow_null=True)
    valid_until = serializers.DateField(default=None, allow_null=True, help_text="Last day; none without end.")
    products = serializers.SlugRelatedField(
        "reference", queryset=Product.objects.select_related("item", "maker"), many=True, default=()
    )
    note = serializers.CharField(max_length=200, default="", allow_blank=True)
    document = PaperSerializer(default=None, allow_null=True)

    @staticmethod
    def row(given: dict[str, Any]) -> ShelfRow:
        said = {**given, "products": tuple(given["products"])}
        file = said.pop("document")
        return ShelfRow(**said, paper=PaperSerializer.paper(file) if file else None)


class ShelveSerializer(StrictSerializer):
    documents = ShelfRowSerializer(many=True, allow_empty=False, max_length=MOST_ROWS)

    @property
    def rows(self) -> list[ShelfRow]:
        return [ShelfRowSerializer.row(one) for one in self.validated_data["documents"]]


class FillShelfSerializer(StrictSerializer):
    """A spreadsheet with the columns kind, number, valid_from, valid_until and products."""

    file = serializers.FileField(max_length=200)


class TakeOffShelfSerializer(StrictSerializer):
    reason = serializers.CharField(max_length=200)
