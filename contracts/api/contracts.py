"""Endpoints of contracts and agreed volumes."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import READ_ERRORS, WRITE_ERRORS
from accounts.api_access import SeatMay, seat_of
from accounts.permissions import Permission
from accounts.serializers import ReasonSerializer
from contracts import actions
from contracts.api.shared import given, one
from contracts.models import AgreedVolume, Contract
from contracts.serializers import (
    ContractDetailSerializer,
    ContractSerializer,
    LastDaySerializer,
    NameDelivererSerializer,
    NothingSerializer,
    PrepareContractSerializer,
    VolumeSerializer,
)
from core.clock import legal_date


def contracts_of(request: Request) -> Any:
    seen = Contract.objects.visible_to(seat_of(request)).select_related("agency", "supplier", "payer_rule")
    return seen.prefetch_related("distribution__deliverer", "distribution__product")


def answer(request: Request, reference: str, status: int = 200) -> Response:
    """The contract as it is now."""
    contract = one(contracts_of(request), reference)
    contract.counted_lines = contract.lines.with_totals(seat_of(request)).with_products()
    return Response(ContractDetailSerializer(contract).data, status=status)


class Contracts(ListAPIView):
    """Contracts that the seat may read, the newest first; the agency prepares new ones."""

    queryset = Contract.objects.none()  # tells the schema what is listed
    permission_classes = (SeatMay,)
    permissions = {"GET": (Permission.READ_CONTRACTS,), "POST": (Permission.PREPARE_CONTRACT,)}
    serializer_class = ContractSerializer
    filterset_fields = ("status", "source", "supplier__credit_code")

    def get_queryset(self) -> Any:
        return contracts_of(self.request).order_by("-pk")

    @extend_schema(responses={200: ContractSerializer(many=True), **READ_ERRORS})
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(request=PrepareContractSerializer, responses={201: ContractDetailSerializer, **WRITE_ERRORS})
    def post(self, request: Request) -> Response:
        """Prepare the contract on the supplier's awards from a procedure that have none."""
        asked = given(PrepareContractSerializer, request)
        source, supplier = asked.validated_data["source"], asked.validated_data["supplier"]
        facts = {"terms": asked.terms, "by": seat_of(request), "now": timezone.now()}
        contract = actions.prepare_contract(source=source, supplier=supplier, **facts)
        return answer(request, contract.reference, 201)


class OneContract(APIView):
    permission_classes = (SeatMay,)
    permissions = {"GET": (Permission.READ_CONTRACTS,)}

    @extend_schema(responses={200: ContractDetailSerializer, **READ_ERRORS})
    def get(self, request: Request, reference: str) -> Response:
        """One contract with its lines."""
        return answer(request, reference)


class SignContract(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": (Permission.SIGN_CONTRACT,)}
    fresh = ("POST",)

    @extend_schema(request=NothingSerializer, responses={200: ContractDetailSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        """Sign for the seat's side."""
        given(NothingSerializer, request)
        actions.sign_contract(contract=one(contracts_of(request), reference), by=seat_of(request), now=timezone.now())
        return answer(request, reference)


class NameDeliverer(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": (Permission.SIGN_CONTRACT,)}

    @extend_schema(request=NameDelivererSerializer, responses={200: ContractDetailSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        """The supplier names itself or a distributor, in an area and for a product or for all, from a day on."""
        contract = one(contracts_of(request), reference)
        terms = given(NameDelivererSerializer, request).terms
        actions.name_deliverer(contract=contract, terms=terms, by=seat_of(request), now=timezone.now())
        return answer(request, reference)


class EndDistribution(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": (Permission.SIGN_CONTRACT,)}

    @extend_schema(request=LastDaySerializer, responses={200: ContractDetailSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str, number: int) -> Response:
        """Let a row of the distribution end on a day."""
        row = get_object_or_404(one(contracts_of(request), reference).distribution, number=number)
        facts = given(LastDaySerializer, request).validated_data
        actions.end_distribution(row=row, **facts, by=seat_of(request), now=timezone.now())
        return answer(request, reference)


class TerminateContract(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": (Permission.SIGN_CONTRACT,)}
    fresh = ("POST",)

    @extend_schema(request=ReasonSerializer, responses={200: ContractDetailSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        """The agency ends a contract before its term."""
        contract = one(contracts_of(request), reference)
        facts = given(ReasonSerializer, request).validated_data
        actions.terminate_contract(contract=contract, **facts, by=seat_of(request), now=timezone.now())
        return answer(request, reference)


@extend_schema(responses={200: VolumeSerializer(many=True), **READ_ERRORS})
class Volumes(ListAPIView):
    """What can be ordered today: the agreed volumes that the seat may see, of contracts in force."""

    queryset = AgreedVolume.objects.none()  # tells the schema what is listed
    permission_classes = (SeatMay,)
    permissions = {"GET": (Permission.READ_CONTRACTS,)}
    serializer_class = VolumeSerializer
    filterset_fields = ("line__contract__reference",)

    def get_queryset(self) -> Any:
        seen = AgreedVolume.objects.visible_to(seat_of(self.request)).orderable(legal_date(timezone.now()))
        seen = seen.select_related("hospital", "line__contract").with_products()
        return seen.order_by("line__contract", "line__number", "pk")


urlpatterns = [
    path("contracts/", Contracts.as_view(), name="api-contracts"),
    path("contracts/<str:reference>/", OneContract.as_view(), name="api-contract"),
    path("contracts/<str:reference>/sign/", SignContract.as_view(), name="api-sign-contract"),
    path("contracts/<str:reference>/deliverer/", NameDeliverer.as_view(), name="api-name-deliverer"),
    path(
        "contracts/<str:reference>/distribution/<int:number>/end/",
        EndDistribution.as_view(),
        name="api-end-distribution",
    ),
    path("contracts/<str:reference>/terminate/", TerminateContract.as_view(), name="api-terminate-contract"),
    path("volumes/", Volumes.as_view(), name="api-volumes"),
]
