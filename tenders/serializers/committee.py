"""Shapes of the API about the pool of experts and drawn committees."""

from typing import Any

from rest_framework import serializers

from core.api import StrictSerializer
from tenders.models import CommitteeDraw, Expert
from tenders.serializers.tenders import NameSerializer


class ExpertSerializer(serializers.ModelSerializer):
    person = serializers.CharField(source="seat.person.name")
    organisation = serializers.CharField(source="seat.organisation.credit_code")

    class Meta:
        model = Expert
        fields = ("reference", "person", "organisation", "speciality", "available_from", "available_to", "status")


class ProposeExpertsSerializer(StrictSerializer):
    people = serializers.ListField(child=NameSerializer(), allow_empty=False)
    speciality = serializers.ChoiceField(Expert.Speciality.choices)
    available_from = serializers.DateField(required=False, allow_null=True)
    available_to = serializers.DateField(required=False, allow_null=True)

    @property
    def proposal(self) -> dict[str, Any]:
        given = dict(self.validated_data)
        return {"seats": [one["seat"] for one in given.pop("people")], **given}


class AdmitExpertsSerializer(StrictSerializer):
    experts = serializers.ListField(child=serializers.CharField(), allow_empty=False, help_text="Their numbers.")


class DrawSerializer(serializers.ModelSerializer):
    class Meta:
        model = CommitteeDraw
        fields = ("number", "excluded", "leaving", "reason", "drawn", "drawn_at")


class CommitteeSerializer(serializers.Serializer):
    """How the committee of a tender comes about; ``places`` empty: its members are named."""

    places = serializers.DictField(child=serializers.IntegerField())
    pool_sha256 = serializers.CharField()
    commitment = serializers.CharField()
    draws = DrawSerializer(many=True)


class SetCommitteeSerializer(StrictSerializer):
    places = serializers.DictField(
        child=serializers.IntegerField(min_value=0), help_text="Members by speciality; none: they are named by hand."
    )
