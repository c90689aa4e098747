"""Whether products may be ordered, and at which price: the question that every order asks."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import path
from django.utils import timezone
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from accounts.models import Organisation, Region, Seat
from accounts.permissions import OrganisationKind
from catalogue.api.access import READ
from catalogue.models import Product
from catalogue.ordering import may_order
from catalogue.serializers.ordering import MayOrderSerializer, OrderAnswer
from core.api import Reading
from core.clock import legal_date

MOST_PRODUCTS = 200
MOST_PLACES = 20  # hospitals times regions times days
_SEVERAL = "with a comma between them"


def hospitals_of(seat: Seat) -> QuerySet[Organisation]:
    """For whom a seat may ask: a hospital for itself, because it may have prices that others are not shown; the agency
    and auditors for every hospital."""
    hospitals = Organisation.objects.of_kind(OrganisationKind.HOSPITAL).select_related("region")
    return hospitals if seat.of_the_agency or seat.reads_the_trail else hospitals.filter(pk=seat.organisation_id)


class MayOrder(Reading):
    """Whether each product may be ordered by each hospital in each region on each day, and at which price."""

    permissions = READ
    serializer_class = MayOrderSerializer
    many = True
    asks = {
        "product": f"References of products, {_SEVERAL}; {MOST_PRODUCTS} at most.",
        "hospital": f"Credit codes of hospitals, {_SEVERAL}. A hospital asks for itself and may leave it out.",
        "region": f"Codes of regions, {_SEVERAL}; each hospital's own if left out.",
        "day": f"Days, {_SEVERAL}; today if left out.",
    }

    def load(self) -> list[OrderAnswer]:
        products = self._named("product", Product.objects.select_related("item", "maker"), "reference")
        if not products:
            raise _wrong("product", "Name one product at least.", "required")
        if len(products) > MOST_PRODUCTS:
            raise _wrong("product", f"Ask for at most {MOST_PRODUCTS} products at once.", "max_length")
        keys = [product.pk for product in products]
        found, today = [], legal_date(timezone.now())
        for hospital, region, day in self._places():
            answers = may_order(keys, region=region, hospital=hospital, day=day, asked_on=today)
            found += [OrderAnswer(product, hospital, region, day, answers[product.pk]) for product in products]
        return found

    def _places(self) -> list[tuple[Organisation, Region, date]]:
        open_to = hospitals_of(self.seat)
        hospitals = self._named("hospital", open_to, "credit_code") or list(
            open_to.filter(pk=self.seat.organisation_id)
        )
        if not hospitals:
            raise _wrong("hospital", "Name one hospital at least.", "required")
        regions, days = self._named("region", Region.objects.all(), "code"), self._days()
        places = [
            (hospital, region, day) for hospital in hospitals for region in regions or [hospital.region] for day in days
        ]
        if len(places) > MOST_PLACES:
            raise _wrong(
                "hospital", f"Ask for at most {MOST_PLACES} hospitals, regions and days at once.", "max_length"
            )
        return places

    def _named(self, name: str, rows: QuerySet, field: str) -> list[Any]:
        """What the address names, in its order. ValidationError for what is not there, or not for this seat."""
        texts = self._texts(name)
        found = {getattr(row, field): row for row in rows.filter(**{f"{field}__in": texts})} if texts else {}
        for text in texts:
            if text not in found:
                raise _wrong(name, f"There is no such {name}: {text}.", "does_not_exist")
        return [found[text] for text in texts]

    def _days(self) -> list[date]:
        try:
            return [serializers.DateField().run_validation(text) for text in self._texts("day")] or [
                legal_date(timezone.now())
            ]
        except ValidationError as error:
            raise ValidationError({"day": error.detail}) from None

    def _texts(self, name: str) -> list[str]:
        given = self.request.query_params.get(name, "").split(",")
        return list(dict.fromkeys(text.strip() for text in given if text.strip()))


def _wrong(name: str, text: str, code: str) -> ValidationError:
    return ValidationError({name: [ErrorDetail(text, code=code)]})


urlpatterns = [path("may-order/", MayOrder.as_view(), name="api-may-order")]
