"""Endpoints of bank accounts: where organisations are paid, by two people."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path
from django.utils import timezone

from accounts import actions
from accounts.models import BankAccount
from accounts.permissions import Permission
from accounts.serializers import BankAccountSerializer, ProposeBankAccountSerializer
from core.api import Act, Endpoint, Listing, ReasonSerializer

BANK_READERS = (Permission.SET_BANK_ACCOUNT, Permission.PAY)


class OfBankAccounts(Endpoint):
    """Tells of an account as it is now, as the seat may read it."""

    serializer_class = BankAccountSerializer

    def accounts(self) -> QuerySet[BankAccount]:
        seen = BankAccount.objects.visible_to(self.seat).with_replaced(timezone.now())
        return seen.select_related("organisation", "proposed_by", "confirmed_by")

    def context(self) -> dict[str, Any]:
        return {"seat": self.seat, "now": timezone.now()}

    def shape(self, found: BankAccount) -> Any:
        return super().shape(self.one(self.accounts(), reference=found.reference))


class BankAccounts(OfBankAccounts, Listing, Act):
    """Where the organisation is paid, the latest first; whoever pays reads those of all."""

    model = BankAccount
    permissions = {"GET": BANK_READERS, "POST": (Permission.SET_BANK_ACCOUNT,)}
    fresh = ("POST",)
    takes, status = ProposeBankAccountSerializer, 201

    def rows(self) -> QuerySet[BankAccount]:
        return self.accounts().order_by("-pk")

    def act(self, thing: None, asked: Any) -> BankAccount:
        """Propose an account; another person confirms it within a week."""
        return actions.propose_bank_account(details=actions.BankDetails(**asked.validated_data), **self.by)


class OfABankAccount(OfBankAccounts, Act):
    def load(self, reference: str) -> BankAccount:
        return self.one(self.accounts(), reference=reference)


class ConfirmBankAccount(OfABankAccount):
    """Confirm an account that somebody else proposed; one that replaces another is used 72 hours later."""

    permissions = {"POST": (Permission.SET_BANK_ACCOUNT,)}
    fresh = ("POST",)

    def act(self, account: BankAccount, asked: Any) -> BankAccount:
        actions.confirm_bank_account(account=account, **self.by)
        return account


class WithdrawBankAccount(OfABankAccount):
    """Stop an account before anything is paid to it."""

    permissions = {"POST": BANK_READERS}
    takes = ReasonSerializer

    def act(self, account: BankAccount, asked: Any) -> BankAccount:
        actions.withdraw_bank_account(account=account, **asked.validated_data, **self.by)
        return account


urlpatterns = [
    path("bank-accounts/", BankAccounts.as_view(), name="api-bank-accounts"),
    path("bank-accounts/<str:reference>/confirm/", ConfirmBankAccount.as_view(), name="api-confirm-bank-account"),
    path("bank-accounts/<str:reference>/withdraw/", WithdrawBankAccount.as_view(), name="api-withdraw-bank-account"),
]
