"""How a bank account looks."""

from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import BankAccount, Seat
from accounts.permissions import Permission
from accounts.rules import AccountStage
from core.templatetags.ui import local_datetime

STAGES: dict[AccountStage, tuple[Promise, str]] = {
    AccountStage.PROPOSED: (gettext_lazy("waits for a second person"), "warn"),
    AccountStage.LAPSED: (gettext_lazy("lapsed without an answer"), "quiet"),
    AccountStage.WITHDRAWN: (gettext_lazy("withdrawn"), "bad"),
    AccountStage.COOLING: (gettext_lazy("confirmed, not in use yet"), "info"),
    AccountStage.IN_USE: (gettext_lazy("in use"), "good"),
    AccountStage.REPLACED: (gettext_lazy("replaced"), "quiet"),
}


def acts(account: BankAccount, seat: Seat, now: datetime) -> set[str]:
    """What the seat may do with the account as it stands."""
    own = seat.organisation_id == account.organisation_id and seat.may(Permission.SET_BANK_ACCOUNT)
    stops = own or (seat.of_the_agency and seat.may(Permission.PAY))
    stage, found = account.stage(now), set()
    if stage == AccountStage.PROPOSED and own and seat.person_id != account.proposed_by.person_id:
        found.add("confirm")
    if stage in (AccountStage.PROPOSED, AccountStage.COOLING) and stops:
        found.add("withdraw")
    return found


def facts(account: BankAccount, seat: Seat) -> list[dict[str, Any]]:
    found = [
        {"label": _("Organisation"), "value": account.organisation.name, "note": account.organisation.credit_code},
        {"label": _("Bank"), "value": account.bank},
        {"label": _("Name of the account"), "value": account.holder},
        {"label": _("Account number"), "value": account.number_for(seat)},
        _act(_("Proposed by"), account.proposed_by, account.proposed_at),
    ]
    if account.confirmed_by:
        found.append(_act(_("Confirmed by"), account.confirmed_by, account.confirmed_at))
        found.append({"label": _("Payments go there from"), "value": local_datetime(account.usable_at)})
    if account.withdrawn_by:
        found.append(_act(_("Withdrawn by"), account.withdrawn_by, account.withdrawn_at))
        found.append({"label": _("Reason"), "value": account.reason})
    return found


def confirming_effects(account: BankAccount, paid_to: BankAccount | None, seat: Seat) -> list[str]:
    names = {"organisation": account.organisation.name, "bank": account.bank, "holder": account.holder}
    goes = _("%(organisation)s is paid to %(number)s at %(bank)s, in the name of %(holder)s.")
    when = _("It is the first account: payments go there at once.")
    told = _("The people of the organisation and the agency's finance are told.")
    if paid_to:
        when = _("It takes the place of %(account)s 72 hours from now; until then payments go to the old one.")
        when %= {"account": paid_to}
        told = _("The people of the organisation and the agency's finance are told, and can stop it until then.")
    return [
        goes % (names | {"number": account.number_for(seat)}),
        when,
        told,
    ]


def withdrawing_effects(account: BankAccount) -> list[str]:
    return [
        _("Nothing is paid to %(account)s. Whoever was told of it is told of this, with the reason.")
        % {"account": account},
        _("Another account can be proposed at once."),
    ]


def _act(label: str, by: Seat, at: datetime | None) -> dict[str, Any]:
    return {"label": label, "value": by.person.name, "note": local_datetime(at)}
