"""Endpoints about the people of a tender: who opens, and who judges after declaring their interests."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import READ_ERRORS, WRITE_ERRORS
from accounts.api_access import SeatMay, seat_of
from accounts.permissions import Permission
from tenders.actions import people as actions
from tenders.api.tenders import PREPARE, checked, tender_of
from tenders.presentation.tenders import PEOPLE_READERS
from tenders.serializers.keys import OpenerSerializer
from tenders.serializers.tenders import (
    DeclarationSerializer,
    EvaluatorSerializer,
    NameSerializer,
    ReplaceSerializer,
)

NAMES = ("tender", "seat__person", "seat__organisation")


def current(named: Any) -> Any:
    return named.filter(replaced_at=None).select_related(*NAMES)


class Openers(APIView):
    permission_classes = (SeatMay,)
    permissions = {"GET": PEOPLE_READERS, "POST": PREPARE}

    @extend_schema(responses={200: OpenerSerializer(many=True), **READ_ERRORS})
    def get(self, request: Request, reference: str) -> Response:
        """The openers by place."""
        openers = current(tender_of(request, reference).openers).order_by("place")
        return Response(OpenerSerializer(openers, many=True).data)

    @extend_schema(request=NameSerializer, responses={201: OpenerSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        """Name an opener of a draft at the next free place."""
        tender = tender_of(request, reference)
        given = checked(NameSerializer, request).validated_data
        opener = actions.name_opener(tender=tender, **given, by=seat_of(request), now=timezone.now())
        return Response(OpenerSerializer(opener).data, status=201)


class ReplaceOpener(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": PREPARE}

    @extend_schema(request=ReplaceSerializer, responses={201: OpenerSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str, place: int) -> Response:
        """Give the place of an opener to somebody else, with the reason: in a draft, or where the key is lost."""
        opener = get_object_or_404(current(tender_of(request, reference).openers), place=place)
        given = checked(ReplaceSerializer, request).validated_data
        opener = actions.replace_opener(opener=opener, **given, by=seat_of(request), now=timezone.now())
        return Response(OpenerSerializer(opener).data, status=201)


class Evaluators(APIView):
    permission_classes = (SeatMay,)
    permissions = {"GET": (Permission.PREPARE_TENDER, Permission.READ_TRAIL), "POST": PREPARE}

    @extend_schema(responses={200: EvaluatorSerializer(many=True), **READ_ERRORS})
    def get(self, request: Request, reference: str) -> Response:
        """The evaluators with their declarations."""
        evaluators = current(tender_of(request, reference).evaluators).order_by("pk")
        return Response(EvaluatorSerializer(evaluators, many=True).data)

    @extend_schema(request=NameSerializer, responses={201: EvaluatorSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        """Name an evaluator of a draft."""
        tender = tender_of(request, reference)
        given = checked(NameSerializer, request).validated_data
        evaluator = actions.name_evaluator(tender=tender, **given, by=seat_of(request), now=timezone.now())
        return Response(EvaluatorSerializer(evaluator).data, status=201)


class ReplaceEvaluator(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": PREPARE}

    @extend_schema(request=ReplaceSerializer, responses={201: EvaluatorSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str, number: int) -> Response:
        """Name somebody else for the ``number``-th evaluator that was ever named, with the reason."""
        evaluators = list(tender_of(request, reference).evaluators.order_by("pk").select_related(*NAMES))
        if not 1 <= number <= len(evaluators):
            raise Http404
        given = checked(ReplaceSerializer, request).validated_data
        evaluator = actions.replace_evaluator(
            evaluator=evaluators[number - 1], **given, by=seat_of(request), now=timezone.now()
        )
        return Response(EvaluatorSerializer(evaluator).data, status=201)


class InterestDeclaration(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": (Permission.EVALUATE,)}

    @extend_schema(request=DeclarationSerializer, responses={200: EvaluatorSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        """Declare, in person, whether the seat has an interest in the tender."""
        evaluator = get_object_or_404(current(tender_of(request, reference).evaluators), seat=seat_of(request))
        given = checked(DeclarationSerializer, request).validated_data
        evaluator = actions.declare_interest(evaluator=evaluator, **given, by=seat_of(request), now=timezone.now())
        return Response(EvaluatorSerializer(evaluator).data)


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
