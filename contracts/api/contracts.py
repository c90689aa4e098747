"""Endpoints of contracts and agreed volumes."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path
from django.utils import timezone

from accounts.models import Seat
from accounts.permissions import Permission
from contracts import actions
from contracts.models import AgreedVolume, Contract, Distribution
from contracts.serializers import (
    ContractDetailSerializer,
    ContractSerializer,
    LastDaySerializer,
    NameDelivererSerializer,
    PrepareContractSerializer,
    VolumeSerializer,
)
from core.api import Act, Endpoint, Reading, ReadingMany, ReasonSerializer
from core.clock import legal_date


def contracts_of(seat: Seat) -> QuerySet[Contract]:
    seen = Contract.objects.visible_to(seat).select_related("agency", "supplier", "payer_rule")
    return seen.prefetch_related("distribution__deliverer", "distribution__product")


class ToldContract(Endpoint):
    """Tells of a contract, by its reference, as it is now."""

    def told(self, reference: str) -> Any:
        contract = self.one(contracts_of(self.seat), reference=reference)
        contract.counted_lines = contract.lines.with_totals(self.seat).with_products()
        return ContractDetailSerializer(contract).data


class Contracts(ReadingMany, ToldContract, Act):
    """Contracts that the seat may read, the newest first; the agency prepares new ones."""

    model = Contract
    permissions = {"GET": (Permission.READ_CONTRACTS,), "POST": (Permission.PREPARE_CONTRACT,)}
    slow = True
    serializer_class = ContractSerializer
    filterset_fields = ("status", "source", "supplier__credit_code")
    takes, gives, status = PrepareContractSerializer, ContractDetailSerializer, 201

    def rows(self) -> QuerySet[Contract]:
        return contracts_of(self.seat).order_by("-pk")

    def act(self, thing: None, asked: Any) -> Contract:
        """Prepare the contract on the supplier's awards from a procedure that have none."""
        source, supplier = asked.validated_data["source"], asked.validated_data["supplier"]
        return actions.prepare_contract(source=source, supplier=supplier, terms=asked.terms, **self.by)

    def tell(self, done: Contract) -> Any:
        return self.told(done.reference)


class OfAContract(ToldContract):
    """Of the contract at the address; answers with it as it is then."""

    serializer_class = ContractDetailSerializer

    def load(self, reference: str) -> Contract:
        return self.one(contracts_of(self.seat), reference=reference)

    def shape(self, found: Any) -> Any:
        return self.told(self.kwargs["reference"])


class OneContract(OfAContract, Reading):
    """One contract with its lines."""

    permissions = {"GET": (Permission.READ_CONTRACTS,)}
    slow = True


class SignContract(OfAContract, Act):
    """Sign for the seat's side."""

    permissions = {"POST": (Permission.SIGN_CONTRACT,)}
    fresh = ("POST",)

    def act(self, contract: Contract, asked: Any) -> None:
        actions.sign_contract(contract=contract, **self.by)


class NameDeliverer(OfAContract, Act):
    """The supplier names itself or a distributor, in an area and for a product or for all, from a day on."""

    permissions = {"POST": (Permission.SIGN_CONTRACT,)}
    takes = NameDelivererSerializer

    def act(self, contract: Contract, asked: Any) -> None:
        actions.name_deliverer(contract=contract, terms=asked.terms, **self.by)


class EndDistribution(OfAContract, Act):
    """Let a row of the distribution end on a day."""

    permissions = {"POST": (Permission.SIGN_CONTRACT,)}
    takes = LastDaySerializer

    def load(self, reference: str, number: int) -> Distribution:
        return self.one(super().load(reference).distribution, number=number)

    def act(self, row: Distribution, asked: Any) -> None:
        actions.end_distribution(row=row, **asked.validated_data, **self.by)


class TerminateContract(OfAContract, Act):
    """The agency ends a contract before its term."""

    permissions = {"POST": (Permission.SIGN_CONTRACT,)}
    fresh = ("POST",)
    takes = ReasonSerializer

    def act(self, contract: Contract, asked: Any) -> None:
        actions.terminate_contract(contract=contract, **asked.validated_data, **self.by)


class VoidContract(OfAContract, Act):
    """Set aside an unsigned contract of which an award has ended; awards of it that stand wait for another."""

    permissions = {"POST": (Permission.PREPARE_CONTRACT,)}

    def act(self, contract: Contract, asked: Any) -> None:
        actions.void_contract(contract=contract, **self.by)


class Volumes(ReadingMany):
    """What can be ordered today: the agreed volumes that the seat may see, of contracts in force."""

    model = AgreedVolume
    permissions = {"GET": (Permission.READ_CONTRACTS,)}
    slow = True
    serializer_class = VolumeSerializer
    filterset_fields = ("line__contract__reference",)

    def rows(self) -> QuerySet[AgreedVolume]:
        seen = AgreedVolume.objects.visible_to(self.seat).orderable(legal_date(timezone.now()))
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
    path("contracts/<str:reference>/void/", VoidContract.as_view(), name="api-void-contract"),
    path("contracts/<str:reference>/terminate/", TerminateContract.as_view(), name="api-terminate-contract"),
    path("volumes/", Volumes.as_view(), name="api-volumes"),
]
