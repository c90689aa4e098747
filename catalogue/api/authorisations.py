"""Endpoints of letters by which a supplier may offer what another makes."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path

from accounts.models import Seat
from catalogue import actions
from catalogue.api.access import IMPORT, READ, day_asked
from catalogue.models import Authorisation
from catalogue.serializers import AuthorisationSerializer, AuthoriseSerializer, EndAuthorisationSerializer
from core.api import Act, ReadingMany


def letters_of(seat: Seat) -> QuerySet[Authorisation]:
    return Authorisation.objects.visible_to(seat).select_related("supplier", "maker", "product")


class Authorisations(ReadingMany, Act):
    """Letters by which a supplier may offer what another makes, the latest first; posting records one."""

    model = Authorisation
    permissions = {**READ, "POST": IMPORT}
    slow = True
    serializer_class = AuthorisationSerializer
    asks = {"on": "In force on this day, today or earlier."}
    takes, status = AuthoriseSerializer, 201

    def rows(self) -> QuerySet[Authorisation]:
        letters, day = letters_of(self.seat), day_asked(self)
        return (letters.in_force(day) if day else letters).order_by("-valid_from", "-pk")

    def act(self, thing: None, asked: Any) -> Authorisation:
        return actions.authorise(letter=asked.letter, supplier=asked.validated_data["supplier"], **self.by)


class EndAuthorisation(Act):
    """End an authorisation before its last day."""

    permissions = {"POST": IMPORT}
    serializer_class = AuthorisationSerializer
    takes = EndAuthorisationSerializer

    def load(self, reference: str) -> Authorisation:
        return self.one(letters_of(self.seat), reference=reference)

    def act(self, letter: Authorisation, asked: Any) -> Authorisation:
        return actions.end_authorisation(authorisation=letter, **asked.validated_data, **self.by)


urlpatterns = [
    path("authorisations/", Authorisations.as_view(), name="api-authorisations"),
    path("authorisations/<str:reference>/end/", EndAuthorisation.as_view(), name="api-end-authorisation"),
]
