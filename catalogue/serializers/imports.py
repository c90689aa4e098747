"""Shapes of imports."""

from rest_framework import serializers

from catalogue.models import CatalogueImport, ReleaseRun
from core.api import StrictSerializer


class StageImportSerializer(StrictSerializer):
    file = serializers.FileField(max_length=200)


class StageReleaseSerializer(StageImportSerializer):
    classes = serializers.CharField(
        required=False, default="", allow_blank=True, max_length=2_000, help_text="Beginnings of codes; empty: all."
    )


class NationalReleaseSerializer(serializers.ModelSerializer):
    """How far a national release is; ``counts`` by kept, added, changed, remapped, disabled and faulty."""

    counts = serializers.DictField(child=serializers.IntegerField())
    classes = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = ReleaseRun
        fields = ("classes", "rows_read", "rows_expected", "passed_over", "merged_rows", "counts")


class ImportSerializer(serializers.ModelSerializer):
    """An import and how far it is. ``rows`` is a guess while the status is ``staging``."""

    uploaded_by = serializers.CharField(source="uploaded_by.signature")
    notes = serializers.ListField(child=serializers.CharField(), source="told")
    release = NationalReleaseSerializer(source="run", allow_null=True, default=None, read_only=True)

    class Meta:
        model = CatalogueImport
        fields = (
            "reference",
            "status",
            "layout",
            "file_name",
            "sha256",
            "rows",
            "rows_done",
            "new",
            "changed",
            "same",
            "faulty",
            "notes",
            "uploaded_at",
            "uploaded_by",
            "merged_at",
            "release",
        )
