"""How organisations look, what is filed of them, and where they are paid."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Affiliation, BankAccount, Filing, Organisation, OrganisationVersion, Seat, System
from accounts.permissions import ROLES, Permission
from accounts.rules import AccountStage
from core.clock import legal_date
from core.templatetags.ui import local_datetime

TONES = {Filing.Status.PROPOSED: "warn", Filing.Status.CONFIRMED: "good", Filing.Status.DECLINED: "quiet"}

_TAKES_PLACE = (
    gettext_lazy("%(other)s takes the place of %(before)s: what is open passes to it, as listed below, in one act."),
    gettext_lazy("What is past keeps its party; the figures of %(other)s count it in."),
    gettext_lazy("What is owed to it is paid to a bank account of %(other)s, which that one's own people set."),
    gettext_lazy("People of %(before)s have the same roles in %(other)s. Sealed bids stay %(before)s's own."),
)
ACCOUNT_STAGES: dict[AccountStage, tuple[Promise, str]] = {
    AccountStage.PROPOSED: (gettext_lazy("waits for a second person"), "warn"),
    AccountStage.LAPSED: (gettext_lazy("lapsed without an answer"), "quiet"),
    AccountStage.WITHDRAWN: (gettext_lazy("withdrawn"), "bad"),
    AccountStage.COOLING: (gettext_lazy("confirmed, not in use yet"), "info"),
    AccountStage.IN_USE: (gettext_lazy("in use"), "good"),
    AccountStage.REPLACED: (gettext_lazy("replaced"), "quiet"),
}

EFFECTS = {
    Filing.Kind.RENAMING: (
        gettext_lazy("From %(day)s %(before)s is called %(name)s. Lists show the new name at once."),
        gettext_lazy("Documents of earlier days keep the name of their day; search finds both."),
    ),
    Filing.Kind.AFFILIATION: (
        gettext_lazy("From %(day)s %(before)s and %(other)s belong together."),
        gettext_lazy(
            "Where both bid in one lot, the officer is told so after the opening. The rules say what follows."
        ),
    ),
    Filing.Kind.SEPARATION: (
        gettext_lazy("%(day)s is the last day on which %(before)s and %(other)s belong together."),
        gettext_lazy("Lots whose bids closed until then keep what was known of them."),
    ),
    Filing.Kind.MERGER: _TAKES_PLACE,
    Filing.Kind.SUCCESSION: _TAKES_PLACE,
    Filing.Kind.SPLIT: (
        gettext_lazy("%(before)s came out of %(other)s, which goes on. Nothing passes by itself."),
        gettext_lazy("What one of them takes over from the other is agreed, ordered and allocated anew."),
    ),
    Filing.Kind.LIQUIDATION: (
        gettext_lazy("From now on %(name)s acts for %(before)s; all other seats end, but for who opens or evaluates."),
        gettext_lazy("What is open stays with it until it is done or another takes its place."),
    ),
    Filing.Kind.CLOSURE: (
        gettext_lazy("%(before)s is no more, and nobody takes its place. Its seats end."),
        gettext_lazy("This is refused as long as something below is open."),
    ),
}


def organisation_facts(organisation: Organisation) -> list[dict[str, Any]]:
    """Who it is, in two columns."""
    heir = organisation.succeeded_by
    return [
        *([{"label": _("Ended"), "value": str(organisation.ended_on)}] if organisation.ended_on else []),
        *([{"label": _("Succeeded by"), "value": heir.name, "url": heir.get_absolute_url()}] if heir else []),
        *_administered(organisation),
        {"label": _("Unified social credit code"), "value": organisation.credit_code, "note": _("for life")},
        {"label": _("Licence"), "value": organisation.licence or None},
        {"label": _("Region"), "value": organisation.region.full_name},
        {"label": _("Registered"), "value": str(legal_date(organisation.registered_at))},
    ]


def _administered(organisation: Organisation) -> list[dict[str, Any]]:
    if organisation.administrator is None or organisation.ended_on:
        return []
    return [{"label": _("Administrator"), "value": organisation.administrator.person.name}]


def standing_tone(organisation: Organisation) -> str:
    if organisation.ended_on:
        return "quiet"
    return "warn" if organisation.administrator_id else "good"


def versions(organisation: Organisation, seat: Seat) -> list[dict[str, Any]]:
    """The names that it has had, the latest first; who keeps or watches the register is led to the documents."""
    rows = organisation.versions.select_related("filing").defer("filing__document").order_by("-valid_from")
    return [{"version": one, "url": _url(one, seat)} for one in rows]


def _url(version: OrganisationVersion, seat: Seat) -> str:
    return version.filing.get_absolute_url() if version.filing and reads_filings(seat) else ""


def reads_filings(seat: Seat) -> bool:
    return seat.may(Permission.MANAGE_ORGANISATIONS) or seat.reads_the_trail


def may_decide(filing: Filing, seat: Seat) -> bool:
    """Whether the seat is a second person for what was filed."""
    waits = filing.status == Filing.Status.PROPOSED and seat.may(Permission.MANAGE_ORGANISATIONS)
    return waits and filing.proposed_by.person_id != seat.person_id


def filing_facts(filing: Filing) -> list[dict[str, Any]]:
    """What was filed, by whom, and what became of it."""
    found = [
        {"label": _("Organisation"), "value": filing.organisation.name, "url": filing.organisation.get_absolute_url()},
        {"label": _("What"), "value": filing.get_kind_display()},
        {"label": _("From"), "value": str(filing.day)},
        *_saying(filing),
        {
            "label": _("Document"),
            "value": filing.document_name,
            "url": reverse("accounts:filing-document", args=[filing.reference]),
            "note": f"SHA-256 {filing.sha256}",
        },
        _act(_("Filed"), filing.proposed_by, filing.proposed_at),
    ]
    if filing.confirmed_by:
        found.append(_act(_("Confirmed"), filing.confirmed_by, filing.confirmed_at))
    if filing.declined_by:
        found.append(_act(_("Declined"), filing.declined_by, filing.declined_at, filing.decline_reason))
    return found


def _saying(filing: Filing) -> list[dict[str, Any]]:
    """What a filing of its kind says."""
    if filing.administrator:
        return [{"label": _("Administrator"), "value": filing.administrator.person.name}]
    if filing.kind != Filing.Kind.RENAMING:
        return _of_two(filing) if filing.other else []
    before = filing.organisation.name_on(filing.day - timedelta(days=1))
    return [
        {"label": _("Name"), "value": filing.name, "note": _("before: %(name)s") % {"name": before}},
        {"label": _("Licence"), "value": filing.licence or None},
    ]


def _of_two(filing: Filing) -> list[dict[str, Any]]:
    return [
        {"label": _("With"), "value": filing.other.name, "url": filing.other.get_absolute_url()},
        *([{"label": _("How"), "value": filing.get_affiliation_display()}] if filing.affiliation else []),
        *([{"label": _("Share"), "value": filing.share, "unit": "%"}] if filing.share else []),
    ]


def affiliations(organisation: Organisation, seat: Seat) -> list[dict[str, Any]]:
    """With whom an organisation belongs together, and did, for who keeps or watches the register."""
    rows = Affiliation.objects.visible_to(seat).filter(Q(organisation=organisation) | Q(other=organisation))
    found = rows.select_related("organisation", "other", "filing").defer("filing__document")
    return [{"row": row, "other": row.other if row.organisation_id == organisation.pk else row.organisation}
            for row in found]  # fmt: skip


def _act(label: str, seat: Seat, at: Any, note: str = "") -> dict[str, Any]:
    return {"label": label, "value": f"{seat.signature}, {legal_date(at)}", "note": note}


def confirming(filing: Filing) -> dict[str, Any]:
    """The question before a filing becomes true."""
    other = filing.other.name if filing.other else ""
    names = {"before": filing.organisation.name, "name": filing.name, "other": other, "day": filing.day}
    if filing.administrator:
        names["name"] = filing.administrator.person.name
    return {
        "title": _("Confirm the filing"),
        "reference": filing.reference,
        "lead": f"{filing.organisation.name}: {filing.get_kind_display()}",
        "effects": [str(effect) % names for effect in EFFECTS[Filing.Kind(filing.kind)]],
        "submit": _("Confirm"),
        "warning": _("Hold it against the document first: this cannot be undone."),
    }


# --- Where organisations are paid -------------------------------------------------------------------------
def account_acts(account: BankAccount, seat: Seat, now: datetime) -> set[str]:
    """What the seat may do with the account as it stands."""
    own = seat.organisation_id == account.organisation_id and seat.may(Permission.SET_BANK_ACCOUNT)
    stops = own or (seat.of_the_agency and seat.may(Permission.PAY))
    stage, found = account.stage(now), set()
    if stage == AccountStage.PROPOSED and own and seat.person_id != account.proposed_by.person_id:
        found.add("confirm")
    if stage in (AccountStage.PROPOSED, AccountStage.COOLING) and stops:
        found.add("withdraw")
    return found


def account_facts(account: BankAccount, seat: Seat) -> list[dict[str, Any]]:
    """The account and its life."""
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
        found.append(_act(_("Withdrawn by"), account.withdrawn_by, account.withdrawn_at, account.reason))
    return found


SYSTEM_TONES = {System.Status.PROPOSED: "warn", System.Status.CONFIRMED: "good", System.Status.DECLINED: "quiet"}


def system_stage(system: System) -> tuple[Any, str]:
    """How a system stands, in a word, and the word's tone."""
    if system.seat and (system.seat.ended_at or system.ends_on < legal_date(timezone.now())):
        return _("ended"), "quiet"
    return system.get_status_display(), SYSTEM_TONES[System.Status(system.status)]


def system_facts(system: System) -> list[dict[str, Any]]:
    """Whom it acts for, what it may do, until when, and who decided so."""
    found = [
        {"label": _("Organisation"), "value": system.organisation.name, "note": system.organisation.credit_code},
        {"label": _("Roles"), "value": str(_(", ")).join(str(ROLES[role].name) for role in system.roles)},
        {"label": _("Last day"), "value": str(system.ends_on)},
        _act(_("Proposed by"), system.proposed_by, system.proposed_at),
    ]
    if system.confirmed_by:
        found.append(_act(_("Confirmed by"), system.confirmed_by, system.confirmed_at))
    if system.declined_by:
        found.append(_act(_("Declined by"), system.declined_by, system.declined_at))
    if system.seat and system.seat.ended_at:
        found.append({"label": _("Ended"), "value": local_datetime(system.seat.ended_at)})
    return found


def system_acts(system: System, seat: Seat) -> set[str]:
    """What a seat may do to it now."""
    if system.status == System.Status.PROPOSED:
        own = system.proposed_by.person_id == seat.person_id
        return {"decline"} if own else {"confirm", "decline"}
    return {"token", "end"} if system.seat and not system.seat.ended_at else set()


def confirming_system(system: System) -> list[str]:
    names = {"name": system.name, "organisation": system.organisation.name, "day": system.ends_on}
    roles = {"roles": str(_(", ")).join(str(ROLES[role].name) for role in system.roles)}
    return [
        _("%(name)s acts for %(organisation)s until %(day)s, as: %(roles)s.") % (names | roles),
        _("Nothing happens until somebody makes a token for it. What it does then stands under its name."),
    ]


def confirming_account(account: BankAccount, paid_to: BankAccount | None, seat: Seat) -> list[str]:
    """What a confirmation will do; ``paid_to`` is the account that it replaces."""
    names = {"organisation": account.organisation.name, "bank": account.bank, "holder": account.holder}
    goes = _("%(organisation)s is paid to %(number)s at %(bank)s, in the name of %(holder)s.")
    when = _("It is the first account: payments go there at once.")
    told = _("The people of the organisation and the agency's finance are told.")
    if paid_to:
        when = _("It takes the place of %(account)s 72 hours from now; until then payments go to the old one.")
        when %= {"account": paid_to}
        told = _("The people of the organisation and the agency's finance are told, and can stop it until then.")
    return [goes % (names | {"number": account.number_for(seat)}), when, told]


def withdrawing_account(account: BankAccount) -> list[str]:
    """What a withdrawal will do."""
    return [
        _("Nothing is paid to %(account)s. Whoever was told of it is told of this, with the reason.")
        % {"account": account},
        _("Another account can be proposed at once."),
    ]
