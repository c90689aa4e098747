"""Endpoints about the people of a tender: who opens, and who judges after declaring their interests."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path

from accounts.permissions import Permission
from core.api import Act, Reading
from tenders.actions import people as actions
from tenders.api.tenders import PREPARE, OfATender
from tenders.models import Evaluator, Opener, Tender
from tenders.presentation.tenders import PEOPLE_READERS, evaluator_numbered
from tenders.serializers.keys import OpenerSerializer
from tenders.serializers.tenders import (
    DeclarationSerializer,
    EvaluatorSerializer,
    NameSerializer,
    ReplaceSerializer,
)

NAMES = ("tender", "seat__person", "seat__organisation")


def current(named: Any) -> QuerySet:
    return named.filter(replaced_at=None).select_related(*NAMES)


class Openers(OfATender, Reading, Act):
    """The openers by place."""

    permissions = {"GET": PEOPLE_READERS, "POST": PREPARE}
    serializer_class, many = OpenerSerializer, True
    takes, gives, status = NameSerializer, OpenerSerializer, 201

    def shape(self, found: Tender) -> Any:
        return super().shape(current(found.openers).order_by("place"))

    def act(self, tender: Tender, asked: Any) -> Opener:
        """Name an opener of a draft at the next free place."""
        return actions.name_opener(tender=tender, **asked.validated_data, **self.by)


class ReplaceOpener(OfATender, Act):
    """Give the place of an opener to somebody else, with the reason: in a draft, or where the key is lost."""

    permissions = {"POST": PREPARE}
    takes, gives, status = ReplaceSerializer, OpenerSerializer, 201

    def load(self, reference: str, place: int) -> Opener:
        return self.one(current(super().load(reference).openers), place=place)

    def act(self, opener: Opener, asked: Any) -> Opener:
        return actions.replace_opener(opener=opener, **asked.validated_data, **self.by)


class Evaluators(OfATender, Reading, Act):
    """The evaluators with their declarations."""

    permissions = {"GET": (Permission.PREPARE_TENDER, Permission.READ_TRAIL), "POST": PREPARE}
    serializer_class, many = EvaluatorSerializer, True
    takes, gives, status = NameSerializer, EvaluatorSerializer, 201

    def shape(self, found: Tender) -> Any:
        return super().shape(current(found.evaluators).order_by("pk"))

    def act(self, tender: Tender, asked: Any) -> Evaluator:
        """Name an evaluator of a draft."""
        return actions.name_evaluator(tender=tender, **asked.validated_data, **self.by)


class ReplaceEvaluator(OfATender, Act):
    """Name somebody else for the ``number``-th evaluator that was ever named, with the reason."""

    permissions = {"POST": PREPARE}
    takes, gives, status = ReplaceSerializer, EvaluatorSerializer, 201

    def load(self, reference: str, number: int) -> Evaluator:
        return evaluator_numbered(super().load(reference), number)

    def act(self, evaluator: Evaluator, asked: Any) -> Evaluator:
        return actions.replace_evaluator(evaluator=evaluator, **asked.validated_data, **self.by)


class InterestDeclaration(OfATender, Act):
    """Declare, in person, whether the seat has an interest in the tender."""

    permissions = {"POST": (Permission.EVALUATE,)}
    takes, gives = DeclarationSerializer, EvaluatorSerializer

    def load(self, reference: str) -> Evaluator:
        return self.one(current(super().load(reference).evaluators), seat=self.seat)

    def act(self, evaluator: Evaluator, asked: Any) -> Evaluator:
        return actions.declare_interest(evaluator=evaluator, **asked.validated_data, **self.by)


urlpatterns = [
    path("tenders/<str:reference>/openers/", Openers.as_view(), name="api-openers"),
    path("tenders/<str:reference>/openers/<int:place>/replace/", ReplaceOpener.as_view(), name="api-replace-opener"),
    path("tenders/<str:reference>/evaluators/", Evaluators.as_view(), name="api-evaluators"),
    path(
        "tenders/<str:reference>/evaluators/<int:number>/replace/",
        ReplaceEvaluator.as_view(),
        name="api-replace-evaluator",
    ),
    path("tenders/<str:reference>/declaration/", InterestDeclaration.as_view(), name="api-declare-interest"),
]
