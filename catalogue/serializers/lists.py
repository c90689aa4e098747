"""Shapes of the API about lists, their editions and entries."""

from rest_framework import serializers

from accounts.models import Region
from catalogue.actions import EditionFacts, EntryRow
from catalogue.models import CatalogueList, Edition, EditionEntry, Item, Product
from core.api import StrictSerializer
from core.money import PRICE_DECIMALS

MOST_ENTRIES = 500  # of one request


class ListSerializer(serializers.ModelSerializer):
    """A list; ``region`` is null for one of the whole country. ``edition`` is the one in force, since when and with how
    many entries; null where none is."""

    supplements = serializers.SlugRelatedField("reference", read_only=True)
    edition = serializers.CharField(read_only=True, allow_null=True)
    since = serializers.DateField(read_only=True, allow_null=True)
    entries = serializers.IntegerField(source="entry_count", read_only=True)

    class Meta:
        model = CatalogueList
        fields = ("reference", "kind", "name", "region", "supplements", "edition", "since", "entries")


class EditionSerializer(serializers.ModelSerializer):
    """An edition; ``before`` is the one that it is compared with."""

    list = serializers.SlugRelatedField("reference", read_only=True)
    before = serializers.SlugRelatedField("reference", read_only=True)

    class Meta:
        model = Edition
        fields = (
            "reference",
            "list",
            "title",
            "source",
            "status",
            "valid_from",
            "valid_to",
            "before",
            "removal_reason",
            "question",
        )


class ComparedEditionSerializer(EditionSerializer):
    """An edition with how many entries it adds, removes and changes."""

    added = serializers.SerializerMethodField()
    removed = serializers.SerializerMethodField()
    changed = serializers.SerializerMethodField()

    class Meta(EditionSerializer.Meta):
        fields = (*EditionSerializer.Meta.fields, "added", "removed", "changed")

    def get_added(self, edition: Edition) -> int:
        return edition.added().count()

    def get_removed(self, edition: Edition) -> int:
        return edition.removed().count()

    def get_changed(self, edition: Edition) -> int:
        return edition.changed().count()


class EntrySerializer(serializers.ModelSerializer):
    """What a list says of an item, or of one product of it."""

    edition = serializers.SlugRelatedField("reference", read_only=True)
    list = serializers.CharField(source="edition.list.reference")
    item = serializers.SlugRelatedField("reference", read_only=True)
    product = serializers.SlugRelatedField("reference", read_only=True)

    class Meta:
        model = EditionEntry
        fields = (
            "list",
            "edition",
            "item",
            "product",
            "entry_class",
            "restriction",
            "payment_standard",
            "units",
            "note",
        )


class WasSerializer(serializers.Serializer):
    entry_class = serializers.CharField()
    restriction = serializers.CharField()
    payment_standard = serializers.DecimalField(max_digits=18, decimal_places=PRICE_DECIMALS, allow_null=True)
    units = serializers.IntegerField()
    note = serializers.CharField()


class ComparedEntrySerializer(EntrySerializer):
    """An entry of a comparison; ``was`` is what the edition before says of the same, where that is something else."""

    was = WasSerializer(read_only=True, allow_null=True, default=None)

    class Meta(EntrySerializer.Meta):
        fields = (*EntrySerializer.Meta.fields, "was")


class BeginListSerializer(StrictSerializer):
    kind = serializers.ChoiceField(choices=CatalogueList.Kind.choices)
    name = serializers.CharField(max_length=200)
    region = serializers.PrimaryKeyRelatedField(queryset=Region.objects.all(), allow_null=True, default=None)
    supplements = serializers.SlugRelatedField(
        "reference", queryset=CatalogueList.objects.all(), allow_null=True, default=None
    )


class EditEditionSerializer(StrictSerializer):
    title = serializers.CharField(max_length=200)
    source = serializers.CharField(max_length=300)
    valid_from = serializers.DateField(help_text="The day on which it takes effect.")

    @property
    def facts(self) -> EditionFacts:
        return EditionFacts(**{name: self.validated_data[name] for name in ("title", "source", "valid_from")})


class DraftEditionSerializer(EditEditionSerializer):
    empty = serializers.BooleanField(default=False, help_text="Begin without the entries of the edition before.")


class EntryRowSerializer(StrictSerializer):
    item = serializers.SlugRelatedField("reference", queryset=Item.objects.all())
    product = serializers.SlugRelatedField(
        "reference", queryset=Product.objects.select_related("item"), allow_null=True, default=None
    )
    entry_class = serializers.ChoiceField(choices=EditionEntry.Class.choices, allow_blank=True, default="")
    restriction = serializers.CharField(max_length=500, allow_blank=True, default="")
    payment_standard = serializers.DecimalField(
        max_digits=18, decimal_places=PRICE_DECIMALS, allow_null=True, default=None
    )
    units = serializers.IntegerField(min_value=1, max_value=1_000_000, default=1)
    note = serializers.CharField(max_length=300, allow_blank=True, default="")


class SetEntriesSerializer(StrictSerializer):
    """Entries to set in a draft; others stay as they are, or with ``whole`` are removed."""

    entries = EntryRowSerializer(many=True, allow_empty=False, max_length=MOST_ENTRIES)
    whole = serializers.BooleanField(default=False)

    @property
    def rows(self) -> list[EntryRow]:
        return [EntryRow(**row) for row in self.validated_data["entries"]]


class EntriesSetSerializer(serializers.Serializer):
    set = serializers.IntegerField()
    removed = serializers.IntegerField()


class ProposeEditionSerializer(StrictSerializer):
    removal_reason = serializers.CharField(
        max_length=300,
        allow_blank=True,
        default="",
        help_text="Needed where entries of the edition before are left out.",
    )


class PublishEditionSerializer(StrictSerializer):
    removed = serializers.IntegerField(min_value=0, help_text="How many entries the reviewer has seen removed.")


class AskBackSerializer(StrictSerializer):
    question = serializers.CharField(max_length=300)
