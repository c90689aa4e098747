"""How a contract looks."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import BankAccount, Seat
from accounts.permissions import OrganisationKind, Permission
from contracts.actions import check_voiding
from contracts.models import Contract, PayerRule
from contracts.presentation.steps import step
from contracts.rules import fulfilment, per_thousand, term_elapsed
from core.clock import legal_date
from core.skins import why_not
from core.templatetags.ui import DASH, quantity

TONES = {
    Contract.Status.DRAFT: "warn",
    Contract.Status.SIGNED: "good",
    Contract.Status.TERMINATED: "bad",
    Contract.Status.VOID: "quiet",
}
BEHIND = 100  # thousandths behind a steady fulfilment before a bar warns


def status(contract: Contract, today: date) -> tuple[str | Promise, str]:
    """Word and tone; a signed contract outside its term says so."""
    if contract.status == Contract.Status.SIGNED and today < contract.starts_on:
        return _("signed, not begun"), "info"
    if contract.status == Contract.Status.SIGNED and today > contract.ends_on:
        return _("expired"), "quiet"
    return contract.get_status_display(), TONES[Contract.Status(contract.status)]


def acts(contract: Contract, seat: Seat, today: date) -> set[str]:
    """What the seat may do with the contract as it stands."""
    found = set()
    signs = seat.may(Permission.SIGN_CONTRACT)
    supplier, agency = (seat.organisation_id == party for party in (contract.supplier_id, contract.agency_id))
    if contract.status == Contract.Status.DRAFT and signs:
        waits = Contract.objects.waiting_for_signature(seat.organisation_id).filter(pk=contract.pk)
        found |= {"sign"} if waits.exists() else set()
    if contract.status in (Contract.Status.DRAFT, Contract.Status.SIGNED) and signs and supplier:
        found.add("name_deliverer")
    if contract.status == Contract.Status.SIGNED and signs and agency:
        found.add("terminate")
    if contract.status == Contract.Status.DRAFT and agency and seat.may(Permission.PREPARE_CONTRACT):
        found |= set() if why_not(lambda: check_voiding(contract)) else {"void"}
    if contract.open_for_orders(today) and seat.may(Permission.PLACE_ORDER):
        found.add("order")
    return found


def page(contract: Contract, lines: Iterable[Any], seat: Seat, now: datetime) -> dict[str, Any]:
    today = legal_date(now)
    word, tone = status(contract, today)
    return {
        "status": word,
        "tone": tone,
        "steps": steps(contract, today),
        "facts": facts(contract, account_words(contract, seat, now)),
        "bars": bars(lines, contract, today),
        "distribution": distribution(contract),
        "may_name_deliverer": "name_deliverer" in acts(contract, seat, today),
        "acts": acts(contract, seat, today),
        "own_hospital": seat.organisation.kind == OrganisationKind.HOSPITAL,
    }


def steps(contract: Contract, today: date) -> list[dict[str, Any]]:
    begun = contract.status == Contract.Status.SIGNED and contract.starts_on <= today
    passed = [
        step(_("Prepared"), contract.prepared_at),
        step(_("Signed by the supplier"), contract.signed_by_supplier_at, now=True),
        step(_("Signed by the agency"), contract.signed_by_agency_at, now=bool(contract.signed_by_supplier_at)),
        {"label": _("First day of orders"), "on": contract.starts_on, "state": "done" if begun else "next"},
    ]
    if contract.terminated_at:
        return [*passed, step(_("Terminated"), contract.terminated_at, stopped=True)]
    if contract.voided_at:
        return [*passed[:-1], step(_("Set aside"), contract.voided_at, stopped=True)]
    over = begun and today > contract.ends_on
    state = "done" if over else "now" if begun else "next"
    return [*passed, {"label": _("Last day of orders"), "on": contract.ends_on, "state": state}]


def facts(contract: Contract, account: str) -> list[dict[str, Any]]:
    found = [
        {"label": _("Supplier"), "value": contract.supplier.name},
        {"label": _("Procurement agency"), "value": contract.agency.name, "note": _("for its hospitals")},
        _origin(contract),
        {"label": _("Orders"), "value": f"{contract.starts_on} – {contract.ends_on}"},
        {"label": _("Payment"), "value": due_words(contract), "note": contract.cap_policy},
        {"label": _("Who pays"), "value": payer_words(contract)},
        {"label": _("Who is paid"), "value": payee_words(contract)},
        {"label": _("Agreed delay"), "value": contract.agreed_delay, "unit": _("working days")},
        {"label": _("Remaining life on delivery"), "value": contract.minimum_shelf_life, "unit": _("days at least")},
        {"label": _("Account of the supplier"), "value": account},
    ]
    if contract.terminate_reason:
        found.append({"label": _("Reason of the termination"), "value": contract.terminate_reason})
    return found


def _origin(contract: Contract) -> dict[str, Any]:
    """The tender that it follows from, or that it is an agreement on listed prices."""
    if contract.kind == Contract.Kind.LISTING:
        return {"label": _("Comes from"), "value": _("listings"), "url": reverse("catalogue:listings")}
    return {
        "label": _("Tender"),
        "value": contract.source,
        "url": reverse("tenders:tender", args=[contract.source]),
    }


def account_words(contract: Contract, seat: Seat, now: datetime) -> str:
    """Where the supplier is paid; of the number its end alone, but for its own people and whoever pays."""
    account = BankAccount.objects.paid_at(contract.supplier_id, now)
    return account.number_for(seat) if account else DASH


def distribution(contract: Contract) -> list[Any]:
    """Rows of who delivers, as they were named."""
    return list(contract.distribution.select_related("deliverer", "area", "product__item", "product__maker"))


def payer_words(contract: Contract) -> str:
    """Who owes what is accepted, by the contract's rule."""
    if contract.payer_rule.code == PayerRule.ORDINARY:
        return _("%(agency)s, unless a row of its rule names another") % {"agency": contract.agency.name}
    return _("as rule “%(rule)s” says, else %(agency)s") % {"rule": contract.payer_rule, "agency": contract.agency.name}


def payee_words(contract: Contract) -> str:
    """To whom it is owed, by the contract's rule."""
    if contract.payer_rule.code == PayerRule.ORDINARY:
        return _("whoever delivers, unless a row of its rule names the supplier")
    return _("as rule “%(rule)s” says, else whoever delivers") % {"rule": contract.payer_rule}


def due_words(contract: Contract) -> str:
    """When debts of the contract are due, in words that go on from "it is due"."""
    term = contract.payment_term
    if term.days is None:
        words = _("by the end of the month after acceptance, at the latest %(cap)s calendar days after acceptance")
        return words % {"cap": term.cap}
    return _("%(days)s calendar days after acceptance") % {"days": min(term.days, term.cap)}


def bars(lines: Iterable[Any], contract: Contract, today: date) -> list[dict[str, Any]]:
    """Accepted against agreed, with a tick where a steady fulfilment would be today."""
    tick = per_thousand(term_elapsed(contract.starts_on, contract.ends_on, today))
    found = []
    for line in lines:
        if line.listing_id:
            continue  # of which nothing is agreed
        done = fulfilment(line.accepted_units, line.agreed)
        found.append(
            {
                "label": line.name,
                "value": int(done * 100),
                "unit": "%",
                "position": per_thousand(done),
                "tick": tick,
                "tone": "warn" if per_thousand(done) < tick - BEHIND else "good",
                "note": _("%(done)s of %(agreed)s")
                % {"done": quantity(line.accepted_units), "agreed": quantity(line.agreed)},
            }
        )
    return found


def signing_effects(contract: Contract, seat: Seat) -> list[str]:
    other = contract.agency if seat.organisation_id == contract.supplier_id else contract.supplier
    signed = contract.signed_by_agency_at if other == contract.agency else contract.signed_by_supplier_at
    term = {"start": contract.starts_on, "end": contract.ends_on, "other": other.name}
    if signed:
        comes = _("The contract is in force: hospitals order at its prices from %(start)s to %(end)s.") % term
    else:
        comes = _("%(other)s is asked to sign; with both signatures the contract is in force.") % term
    return [
        comes,
        _("What hospitals accept is owed by: %(who)s. It is due %(when)s.")
        % {"who": payer_words(contract), "when": due_words(contract)},
        _("It is owed to: %(whom)s.") % {"whom": payee_words(contract)},
        _("A signature is kept for ever and cannot be taken back."),
    ]


def terminating_effects(contract: Contract) -> list[str]:
    return [
        _("From this moment nobody can order from %(contract)s.") % {"contract": contract.reference},
        _("Orders already placed stand: what was confirmed is delivered, accepted and paid."),
        _("The supplier, the deliverer and all its hospitals are told, with the reason."),
    ]


def letter(contract: Contract, seat: Seat, now: datetime) -> dict[str, Any]:
    """The parties and signatures of the printed contract: who signed it, by the names that they had on its day."""
    day = legal_date(contract.signed_by_agency_at or contract.signed_by_supplier_at or contract.prepared_at)
    signatory = contract.signed_by_supplier_by
    supplier = signatory.organisation if signatory else contract.supplier
    return {
        "day": day,
        "due": due_words(contract),
        "payee": payee_words(contract),
        "account": account_words(contract, seat, now),
        "parties": [
            {
                "label": _("Procurement agency"),
                "value": contract.agency.name_on(day),
                "note": contract.agency.credit_code,
            },
            {
                "label": _("Supplier"),
                "value": supplier.name_on(day),
                "note": supplier.credit_code if supplier == contract.supplier else _succeeded(contract),
            },
        ],
        "signers": [
            _signer(_("For the procurement agency"), contract.signed_by_agency_by, contract.signed_by_agency_at),
            _signer(_("For the supplier"), contract.signed_by_supplier_by, contract.signed_by_supplier_at),
        ],
    }


def _succeeded(contract: Contract) -> str:
    return _("now %(name)s") % {"name": contract.supplier.name}


def _signer(label: str, by: Seat | None, at: Any) -> dict[str, Any]:
    return {"label": label, "value": f"{by.person.name}, {legal_date(at)}" if by else ""}


def voiding_effects() -> list[str]:
    return [
        _("The contract can no longer be signed, by either side: an award of it has ended."),
        _("Awards of it that stand wait for a contract, which you can prepare at once."),
    ]
