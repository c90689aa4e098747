"""Endpoints of shortages, substitutes and designated production."""

from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import path
from django_filters import rest_framework as filters

from accounts.models import Seat
from accounts.permissions import Permission
from catalogue import actions
from catalogue.api.access import READ, day_asked
from catalogue.models import DesignatedProduction, Shortage, Substitute
from catalogue.serializers.shortages import (
    DesignatedSerializer,
    DesignateSerializer,
    EndShortageSerializer,
    NameSubstituteSerializer,
    ReportedShortagesSerializer,
    ReportShortagesSerializer,
    ShortageSerializer,
)
from core.api import Act, Endpoint, Reading, ReadingMany, ReasonSerializer, Several, rows_of
from core.clock import end_of

KEEP = (Permission.KEEP_LISTS,)
SHORT_ON = {"on": "Verified, and short on this day, today or earlier: as it stood on it."}


def shortages_of(seat: Seat, day: date | None = None) -> QuerySet[Shortage]:
    """What the seat may see with the substitutes that stand, or what was short on a day with those that stood then."""
    named = Substitute.objects.standing(end_of(day) if day else None)
    found = Shortage.objects.visible_to(seat).for_list()
    return (found.as_of(day) if day else found).prefetch_related(
        Prefetch("substitutes", named, to_attr="standing_substitutes")
    )


class ShortageFilters(filters.FilterSet):
    item = filters.CharFilter("item__reference", help_text="Reference of the item.")
    product = filters.CharFilter("product__reference", help_text="Reference of the product.")
    status = filters.ChoiceFilter(choices=Shortage.Status.choices)


class Shortages(ReadingMany, Act):
    """Shortages that the seat may see, the latest first; posting reports some."""

    model = Shortage
    permissions = {**READ, "POST": (Permission.REPORT_SHORTAGE,)}
    serializer_class = ShortageSerializer
    filterset_class = ShortageFilters
    asks = SHORT_ON
    takes, gives, status = ReportShortagesSerializer, ReportedShortagesSerializer, 201

    def rows(self) -> QuerySet[Shortage]:
        return shortages_of(self.seat, day_asked(self)).order_by("-pk")

    def act(self, thing: None, asked: Any) -> dict[str, Any]:
        made = actions.report_shortages(reports=asked.reports, **self.by)
        return {"shortages": shortages_of(self.seat).filter(pk__in=[one.pk for one in made]).order_by("pk")}


class OfAShortage(Endpoint):
    """Of the shortage at the address; answers with it as it is then."""

    serializer_class = ShortageSerializer

    def load(self, reference: str) -> Shortage:
        return self.one(shortages_of(self.seat), reference=reference)


class OneShortage(OfAShortage, Reading):
    """One shortage with its substitutes, as it is or as it stood on a day; 404 for a day on which nothing was short."""

    permissions = READ
    asks = SHORT_ON

    def load(self, reference: str) -> Shortage:
        return self.one(shortages_of(self.seat, day_asked(self)), reference=reference)


class VerifyShortage(OfAShortage, Act):
    """Say that a report is true."""

    permissions = {"POST": KEEP}

    def act(self, shortage: Shortage, asked: Any) -> Shortage:
        actions.verify_shortage(shortage=shortage, **self.by)
        return self.load(shortage.reference)


class VerifyShortages(Several):
    """Say that several reports are true; one that is refused leaves the others verified."""

    permissions = VerifyShortage.permissions
    one = VerifyShortage
    takes, gives = rows_of(VerifyShortage)


class RefuseShortage(OfAShortage, Act):
    """Say that a report is no shortage, and why."""

    permissions = {"POST": KEEP}
    takes = ReasonSerializer

    def act(self, shortage: Shortage, asked: Any) -> Shortage:
        actions.refuse_shortage(shortage=shortage, **asked.validated_data, **self.by)
        return self.load(shortage.reference)


class WithdrawShortage(OfAShortage, Act):
    """Take a report of one's own organisation back."""

    permissions = {"POST": (Permission.REPORT_SHORTAGE,)}
    takes = ReasonSerializer

    def act(self, shortage: Shortage, asked: Any) -> Shortage:
        actions.withdraw_shortage(shortage=shortage, **asked.validated_data, **self.by)
        return self.load(shortage.reference)


class EndShortage(OfAShortage, Act):
    """Say that a shortage is over."""

    permissions = {"POST": KEEP}
    takes = EndShortageSerializer

    def act(self, shortage: Shortage, asked: Any) -> Shortage:
        actions.end_shortage(shortage=shortage, **asked.validated_data, **self.by)
        return self.load(shortage.reference)


class NameSubstitute(OfAShortage, Act):
    """Name what may take the place of something that is short."""

    permissions = {"POST": KEEP}
    takes = NameSubstituteSerializer

    def act(self, shortage: Shortage, asked: Any) -> Shortage:
        actions.name_substitute(shortage=shortage, **asked.validated_data, **self.by)
        return self.load(shortage.reference)


class DesignatedFilters(filters.FilterSet):
    item = filters.CharFilter("item__reference", help_text="Reference of the item.")
    on = filters.DateFilter(method="standing", help_text="Commissioned on this day.")

    def standing(self, rows: Any, name: str, value: date) -> QuerySet:
        return rows.in_force(value)


def designated_of(seat: Seat) -> QuerySet[DesignatedProduction]:
    return DesignatedProduction.objects.visible_to(seat).for_list()


class Designated(ReadingMany, Act):
    """Makers commissioned with items, the latest first; posting records one."""

    model = DesignatedProduction
    permissions = {**READ, "POST": KEEP}
    slow = True
    serializer_class = DesignatedSerializer
    filterset_class = DesignatedFilters
    takes, status = DesignateSerializer, 201

    def rows(self) -> QuerySet[DesignatedProduction]:
        return designated_of(self.seat).order_by("-pk")

    def act(self, thing: None, asked: Any) -> DesignatedProduction:
        return actions.designate_production(commission=asked.commission, **self.by)


class EndDesignation(Act):
    """End a commission before its last day."""

    permissions = {"POST": KEEP}
    serializer_class = DesignatedSerializer
    takes = EndShortageSerializer

    def load(self, reference: str) -> DesignatedProduction:
        return self.one(designated_of(self.seat), reference=reference)

    def act(self, designation: DesignatedProduction, asked: Any) -> DesignatedProduction:
        return actions.end_designation(designation=designation, **asked.validated_data, **self.by)


urlpatterns = [
    path("shortages/", Shortages.as_view(), name="api-shortages"),
    path("bulk/shortages/verify/", VerifyShortages.as_view(), name="api-verify-shortages"),
    path("shortages/<str:reference>/", OneShortage.as_view(), name="api-shortage"),
    path("shortages/<str:reference>/verify/", VerifyShortage.as_view(), name="api-verify-shortage"),
    path("shortages/<str:reference>/refuse/", RefuseShortage.as_view(), name="api-refuse-shortage"),
    path("shortages/<str:reference>/withdraw/", WithdrawShortage.as_view(), name="api-withdraw-shortage"),
    path("shortages/<str:reference>/end/", EndShortage.as_view(), name="api-end-shortage"),
    path("shortages/<str:reference>/name-substitute/", NameSubstitute.as_view(), name="api-name-substitute"),
    path("designated-production/", Designated.as_view(), name="api-designated-production"),
    path("designated-production/<str:reference>/end/", EndDesignation.as_view(), name="api-end-designation"),
]
