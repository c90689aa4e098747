"""The lists of this room."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import presentation as look
from accounts.forms import RegionField
from accounts.models import BankAccount, Filing, Seat
from accounts.permissions import ROLES, OrganisationKind
from core.tables import Column, Empty, Filter, Table


def role_names(roles: list[str]) -> str:
    return str(_(", ")).join(str(ROLES[role].name) for role in roles)


class OrganisationTable(Table):
    name = "organisations"
    caption = _("Organisations")
    key = "credit_code"
    default_sort = "name"
    columns = (
        Column("name", _("Name"), sort="name", url=lambda organisation: organisation.get_absolute_url()),
        Column("kind", _("Kind"), value="get_kind_display", sort="kind"),
        Column("credit_code", _("Unified social credit code"), sort="credit_code"),
        Column("region", _("Region"), value="region.full_name", sort="region__code"),
        Column(
            "standing",
            _("Status"),
            kind="status",
            tone=lambda one: "quiet" if one.ended_on else "warn" if one.administrator_id else "good",
        ),
        Column("registered", _("Registered"), value="registered_at", kind="instant", sort="registered_at"),
    )
    filters = (
        Filter("q", forms.CharField(label=_("Name or code")), lambda organisations, text: organisations.named(text)),
        Filter("kind", forms.ChoiceField(label=_("Kind"), choices=OrganisationKind), "kind"),
        Filter("region", RegionField(help_text=""), lambda organisations, region: organisations.within(region)),
    )
    empty = Empty(_("No organisation yet"), _("Register hospitals, suppliers and distributors before anything else."))


class FilingTable(Table):
    """What was filed of organisations."""

    name = "filings"
    caption = _("Filings")
    key = "reference"
    default_sort = "-filed"
    columns = (
        Column(
            "reference",
            _("Filing"),
            kind="reference",
            url=lambda filing: filing.get_absolute_url(),
            sort="reference",
        ),
        Column("organisation", _("Organisation"), value="organisation.name", sort="organisation__name"),
        Column("kind", _("What"), value="get_kind_display", sort="kind"),
        Column("day", _("From"), kind="date", sort="day"),
        Column("filed", _("Filed"), value="proposed_at", kind="instant", sort="proposed_at"),
        Column("by", _("By"), value="proposed_by.person.name"),
        Column(
            "status",
            _("Status"),
            value="get_status_display",
            kind="status",
            tone=lambda filing: {"proposed": "warn", "confirmed": "good"}.get(filing.status, "quiet"),
            sort="status",
        ),
    )
    filters = (
        Filter("q", forms.CharField(label=_("Organisation")), "organisation__name__icontains"),
        Filter("kind", forms.ChoiceField(label=_("What"), choices=Filing.Kind), "kind"),
        Filter("status", forms.ChoiceField(label=_("Status"), choices=Filing.Status), "status"),
    )
    empty = Empty(_("Nothing was filed yet"), _("On the page of an organisation a registrar files what happens to it."))


def end_url(seat: Seat) -> str:
    return "" if seat.ended_at else reverse("accounts:end-seat", args=[seat.person.email])


def reset_url(seat: Seat) -> str:
    return "" if seat.ended_at else reverse("accounts:reset-factors", args=[seat.person.email])


class SeatTable(Table):
    name = "seats"
    caption = _("People")
    default_sort = "name"
    columns = (
        Column("name", _("Name"), value="person.name", sort="person__name"),
        Column("email", _("E-mail address"), value="person.email", sort="person__email"),
        Column("organisation", _("Organisation"), value="organisation.name", sort="organisation__name"),
        Column("roles", _("Roles"), value=lambda seat: role_names(seat.roles)),
        Column("since", _("Since"), value="starts_on", kind="date", sort="starts_on"),
        Column(
            "status",
            _("Status"),
            value=lambda seat: _("ended") if seat.ended_at else _("in force"),
            kind="status",
            tone=lambda seat: "quiet" if seat.ended_at else "good",
        ),
        Column("factors", _("Device lost"), value=lambda seat: "" if seat.ended_at else _("Remove"), url=reset_url),
        Column("act", _("Action"), kind="act", value=lambda seat: "" if seat.ended_at else _("End"), url=end_url),
    )
    filters = (Filter("q", forms.CharField(label=_("Name")), "person__name__icontains"),)
    empty = Empty(_("Nobody has a seat yet"), _("Invite the people who will work here."))


class SystemTable(Table):
    name = "systems"
    caption = _("Systems")
    key = "reference"
    default_sort = "-reference"
    columns = (
        Column("reference", _("Reference"), kind="reference", url="get_absolute_url", sort="reference"),
        Column("name", _("Name"), sort="name"),
        Column("organisation", _("Organisation"), value="organisation.name", sort="organisation__name"),
        Column("roles", _("Roles"), value=lambda system: role_names(system.roles)),
        Column("ends", _("Last day"), value="ends_on", kind="date", sort="ends_on"),
        Column(
            "status",
            _("Status"),
            value=lambda system: look.system_stage(system)[0],
            kind="status",
            tone=lambda system: look.system_stage(system)[1],
        ),
    )
    filters = (Filter("q", forms.CharField(label=_("Name")), "name__icontains"),)
    empty = Empty(_("No system yet"), _("One person proposes it, and another confirms it."))


class BankAccountTable(Table):
    name = "bank-accounts"
    caption = _("Bank accounts")
    key = "reference"
    default_sort = "-proposed"
    filters = (Filter("q", forms.CharField(label=_("Organisation")), "organisation__name__icontains"),)
    empty = Empty(_("No bank account yet"), _("One person proposes it, and another confirms it."))

    def __init__(self, request: HttpRequest, source: Any, *, now: datetime) -> None:
        super().__init__(request, source)
        self.now = now

    @property
    def columns(self) -> tuple[Column, ...]:
        return (
            Column("reference", _("Reference"), kind="reference", url="get_absolute_url", sort="reference"),
            Column("organisation", _("Organisation"), value="organisation.name", sort="organisation__name"),
            Column("bank", _("Bank")),
            Column("holder", _("Name of the account")),
            Column("number", _("Account number"), value=lambda account: account.number_for(self.request.seat)),
            Column("status", _("Status"), value=self._word, kind="status", tone=self._tone),
            Column("usable", _("Payments from"), value="usable_at", kind="instant", sort="usable_at"),
            Column(
                "proposed",
                pgettext_lazy("bank account", "Proposed"),
                value="proposed_at",
                kind="instant",
                sort="proposed_at",
            ),
        )

    def _word(self, account: BankAccount) -> Any:
        return look.ACCOUNT_STAGES[account.stage(self.now)][0]

    def _tone(self, account: BankAccount) -> str:
        return look.ACCOUNT_STAGES[account.stage(self.now)][1]
