"""Shapes of the API about negotiations. Prices are texts."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.serializers import OrganisationSerializer
from awards.models import Counter, Negotiation, NegotiationOffer, TalkMinutes
from core.api import StrictSerializer


class PackPriceSerializer(StrictSerializer):
    price = serializers.DecimalField(max_digits=18, decimal_places=6)


class OutcomeSerializer(StrictSerializer):
    """Without a ``reason`` it is agreed at the last offer, which leads to the award."""

    reason = serializers.ChoiceField(choices=Negotiation.Reason.choices, default="", allow_blank=True)
    leads_on = serializers.ChoiceField(choices=Negotiation.LeadsOn.choices, default="award")
    text = serializers.CharField(max_length=2000, default="", allow_blank=True)


class NegotiationOfferSerializer(serializers.ModelSerializer):
    class Meta:
        model = NegotiationOffer
        fields = ("number", "price", "made_at")


class CounterSerializer(serializers.ModelSerializer):
    """What the table answers; ``signed_at`` is empty while no second seat has signed, which the table alone sees."""

    class Meta:
        model = Counter
        fields = ("number", "price", "proposed_at", "signed_at")


class TalkMinutesSerializer(serializers.ModelSerializer):
    """With the salt of a confidential price, by which its hash is recomputed."""

    class Meta:
        model = TalkMinutes
        fields = ("number", "price", "salt", "reason", "leads_on", "text", "drafted_at")


class NegotiationSerializer(serializers.ModelSerializer):
    tender = serializers.CharField(source="lot.tender.reference")
    lot = serializers.IntegerField(source="lot.number")
    supplier = OrganisationSerializer()
    product = serializers.CharField(source="product_version.product.reference")
    offers = NegotiationOfferSerializer(many=True)
    counters = serializers.SerializerMethodField()
    minutes = TalkMinutesSerializer(many=True)

    class Meta:
        model = Negotiation
        fields = (
            "reference",
            "status",
            "tender",
            "lot",
            "supplier",
            "product",
            "pack_size",
            "rounds",
            "quotes",
            "within",
            "confidential",
            "reserve_hash",
            "price_hash",
            "due_at",
            "ends_at",
            "opened_at",
            "ended_at",
            "reason",
            "leads_on",
            "offers",
            "counters",
            "minutes",
        )

    @extend_schema_field(CounterSerializer(many=True))
    def get_counters(self, negotiation: Negotiation) -> list[Any]:
        supplies = negotiation.supplier_id in self.context["seat"].lineage
        shown = [one for one in negotiation.counters.all() if one.signed_at or not supplies]
        return list(CounterSerializer(shown, many=True).data)
