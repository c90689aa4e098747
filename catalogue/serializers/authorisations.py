"""Shapes of letters by which a supplier may offer what another makes."""

from rest_framework import serializers

from catalogue.actions import Letter
from catalogue.models import Authorisation, Product
from catalogue.serializers.items import LinkMakerSerializer
from core.api import StrictSerializer


class AuthorisationSerializer(serializers.ModelSerializer):
    supplier = serializers.SlugRelatedField(slug_field="credit_code", read_only=True)
    maker = serializers.SlugRelatedField(slug_field="name", read_only=True)
    product = serializers.SlugRelatedField(slug_field="reference", read_only=True, allow_null=True)

    class Meta:
        model = Authorisation
        fields = (
            "reference",
            "kind",
            "supplier",
            "maker",
            "product",
            "valid_from",
            "valid_to",
            "evidence",
            "end_reason",
        )


class AuthoriseSerializer(LinkMakerSerializer):
    """``product`` names the maker too; ``alone``: for this product and no other of the maker's."""

    kind = serializers.ChoiceField(Authorisation.Kind)
    product = serializers.SlugRelatedField("reference", queryset=Product.objects.select_related("item", "maker"))
    alone = serializers.BooleanField(default=False)
    valid_from = serializers.DateField()
    valid_to = serializers.DateField()
    evidence = serializers.CharField(max_length=300)

    @property
    def letter(self) -> Letter:
        said = {name: self.validated_data[name] for name in ("kind", "valid_from", "valid_to", "evidence")}
        product = self.validated_data["product"]
        return Letter(maker=product.maker, product=product if self.validated_data["alone"] else None, **said)


class EndAuthorisationSerializer(StrictSerializer):
    last_day = serializers.DateField()
    reason = serializers.CharField(max_length=300)
