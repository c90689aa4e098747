"""Endpoints of lists and their editions."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import path
from django.utils import timezone
from django_filters import rest_framework as filters

from accounts.models import Seat
from accounts.permissions import Permission
from catalogue import actions
from catalogue.api.access import ON, READ, day_asked
from catalogue.models import CatalogueList, Edition, EditionEntry
from catalogue.serializers.lists import (
    AskBackSerializer,
    BeginListSerializer,
    ComparedEditionSerializer,
    ComparedEntrySerializer,
    DraftEditionSerializer,
    EditEditionSerializer,
    EditionSerializer,
    EntriesSetSerializer,
    EntrySerializer,
    ListSerializer,
    ProposeEditionSerializer,
    PublishEditionSerializer,
    SetEntriesSerializer,
)
from core.api import Act, Endpoint, Reading, ReadingMany, ReasonSerializer, Setting
from core.clock import legal_date

KEEP = (Permission.KEEP_LISTS,)
PARTS = ("added", "removed", "changed")


def lists_of(endpoint: Endpoint) -> QuerySet[CatalogueList]:
    """What the seat may see, with the edition in force today or on the day that is asked for."""
    day = day_asked(endpoint) or legal_date(timezone.now())
    return CatalogueList.objects.visible_to(endpoint.seat).with_current(day).select_related("supplements")


def editions_of(seat: Seat) -> QuerySet[Edition]:
    return Edition.objects.visible_to(seat).select_related("list__region", "before", "drafted_by", "proposed_by")


class ListFilters(filters.FilterSet):
    kind = filters.ChoiceFilter(choices=CatalogueList.Kind.choices)


class Lists(ReadingMany, Act):
    """Lists in the order in which they were begun; posting begins one."""

    model = CatalogueList
    permissions = {**READ, "POST": KEEP}
    slow = True
    serializer_class = ListSerializer
    filterset_class = ListFilters
    asks = ON
    takes, status = BeginListSerializer, 201

    def rows(self) -> QuerySet[CatalogueList]:
        return lists_of(self).order_by("pk")

    def act(self, thing: None, asked: Any) -> CatalogueList:
        made = actions.begin_list(**asked.validated_data, **self.by)
        return self.one(lists_of(self), pk=made.pk)


class OfAList(Endpoint):
    serializer_class = ListSerializer

    def load(self, reference: str) -> CatalogueList:
        return self.one(lists_of(self), reference=reference)


class OneList(OfAList, Reading):
    """One list with its edition in force, today or on a day."""

    permissions = READ
    slow = True
    asks = ON


class EntryFilters(filters.FilterSet):
    item = filters.CharFilter("item__reference", help_text="Reference of the item.")
    product = filters.CharFilter("product__reference", help_text="Reference of the product.")
    list = filters.CharFilter("edition__list__reference", help_text="Reference of the list.")
    kind = filters.ChoiceFilter(field_name="edition__list__kind", choices=CatalogueList.Kind.choices)
    entry_class = filters.ChoiceFilter(choices=EditionEntry.Class.choices[1:])
    on = filters.DateFilter(method="standing", help_text="As it stood on this day; today where it is left out.")

    def standing(self, rows: Any, name: str, value: date) -> QuerySet:
        return rows.in_force(value)


class ListEntries(ReadingMany):
    """What stands on the lists on a day: of every list, or narrowed to one, an item or a product."""

    model = EditionEntry
    permissions = READ
    slow = True
    serializer_class = EntrySerializer
    filterset_class = EntryFilters

    def rows(self) -> QuerySet[EditionEntry]:
        entries = EditionEntry.objects.visible_to(self.seat).select_related("edition__list", "item", "product")
        asked = self.request.query_params.get("on")
        return (entries if asked else entries.in_force(legal_date(timezone.now()))).order_by("pk")


class DraftEdition(OfAList, Act):
    """Begin the next edition of a list, with the entries of the one before unless it begins empty."""

    permissions = {"POST": KEEP}
    takes, gives, status = DraftEditionSerializer, EditionSerializer, 201

    def act(self, of: CatalogueList, asked: Any) -> Edition:
        return actions.draft_edition(of=of, facts=asked.facts, empty=asked.validated_data["empty"], **self.by)


class EditionFilters(filters.FilterSet):
    list = filters.CharFilter("list__reference", help_text="Reference of the list.")
    status = filters.ChoiceFilter(choices=Edition.Status.choices)
    on = filters.DateFilter(method="standing", help_text="In force on this day.")

    def standing(self, rows: Any, name: str, value: date) -> QuerySet:
        return rows.in_force(value)


class Editions(ReadingMany):
    """Editions, the latest first."""

    model = Edition
    permissions = READ
    slow = True
    serializer_class = EditionSerializer
    filterset_class = EditionFilters

    def rows(self) -> QuerySet[Edition]:
        return editions_of(self.seat).order_by("-pk")


class OfAnEdition(Endpoint):
    serializer_class = EditionSerializer

    def load(self, reference: str) -> Edition:
        return self.one(editions_of(self.seat), reference=reference)


class OneEdition(OfAnEdition, Reading):
    """One edition, with how much it changes of the one before."""

    permissions = READ
    serializer_class = ComparedEditionSerializer


class EditionEntries(ReadingMany):
    """The entries of an edition, or with ``part`` those that it adds, removes or changes of the one before."""

    model = EditionEntry
    permissions = READ
    serializer_class = ComparedEntrySerializer
    asks = {"part": "added, removed or changed; all entries where it is left out"}

    def rows(self) -> QuerySet[EditionEntry]:
        edition = self.one(editions_of(self.seat), reference=self.kwargs["reference"])
        part = self.request.query_params.get("part", "")
        entries = getattr(edition, part)() if part in PARTS else edition.entries.all()
        return entries.select_related("edition__list", "item", "product").order_by("pk")


class SetEntries(OfAnEdition, Setting):
    """Set entries of a draft, and leave the others as they are or, with ``whole``, remove them."""

    permissions = {"PUT": KEEP}
    takes, gives = SetEntriesSerializer, EntriesSetSerializer

    def act(self, edition: Edition, asked: Any) -> Any:
        whole = asked.validated_data["whole"]
        return actions.set_entries(edition=edition, rows=asked.rows, whole=whole, **self.by)


class EditEdition(OfAnEdition, Act):
    """Let a draft have another title, document or day."""

    permissions = {"POST": KEEP}
    takes = EditEditionSerializer

    def act(self, edition: Edition, asked: Any) -> Edition:
        return actions.edit_edition(edition=edition, facts=asked.facts, **self.by)


class ProposeEdition(OfAnEdition, Act):
    """Give a draft to a second person to review."""

    permissions = {"POST": KEEP}
    takes = ProposeEditionSerializer

    def act(self, edition: Edition, asked: Any) -> Edition:
        return actions.propose_edition(edition=edition, **asked.validated_data, **self.by)


class AskBackEdition(OfAnEdition, Act):
    """Give an edition back to who prepares it, with a question."""

    permissions = {"POST": KEEP}
    takes = AskBackSerializer

    def act(self, edition: Edition, asked: Any) -> Edition:
        return actions.ask_back_edition(edition=edition, **asked.validated_data, **self.by)


class PublishEdition(OfAnEdition, Act):
    """Publish an edition as the second person; its payment standards go into the price register with it."""

    permissions = {"POST": KEEP}
    fresh = ("POST",)
    takes = PublishEditionSerializer

    def act(self, edition: Edition, asked: Any) -> Edition:
        return actions.publish_edition(edition=edition, **asked.validated_data, **self.by)


class DiscardEdition(OfAnEdition, Act):
    """Lay an edition aside that is not published."""

    permissions = {"POST": KEEP}
    takes = ReasonSerializer

    def act(self, edition: Edition, asked: Any) -> Edition:
        return actions.discard_edition(edition=edition, **asked.validated_data, **self.by)


urlpatterns = [
    path("lists/", Lists.as_view(), name="api-lists"),
    path("lists/<str:reference>/", OneList.as_view(), name="api-list"),
    path("lists/<str:reference>/draft/", DraftEdition.as_view(), name="api-draft-edition"),
    path("list-entries/", ListEntries.as_view(), name="api-list-entries"),
    path("editions/", Editions.as_view(), name="api-editions"),
    path("editions/<str:reference>/", OneEdition.as_view(), name="api-edition"),
    path("editions/<str:reference>/entries/", EditionEntries.as_view(), name="api-edition-entries"),
    path("editions/<str:reference>/set-entries/", SetEntries.as_view(), name="api-set-entries"),
    path("editions/<str:reference>/edit/", EditEdition.as_view(), name="api-edit-edition"),
    path("editions/<str:reference>/propose/", ProposeEdition.as_view(), name="api-propose-edition"),
    path("editions/<str:reference>/ask-back/", AskBackEdition.as_view(), name="api-ask-back-edition"),
    path("editions/<str:reference>/publish/", PublishEdition.as_view(), name="api-publish-edition"),
    path("editions/<str:reference>/discard/", DiscardEdition.as_view(), name="api-discard-edition"),
]
