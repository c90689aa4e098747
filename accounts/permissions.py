"""Who may do what: permissions, the roles that bundle them, and the pairs one person must not combine.

This module is the whole policy. The page ``/roles/`` shows it, and a route without a permission (or
an explicit mark as public) does not pass the tests.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class OrganisationKind(TextChoices):
    AGENCY = "agency", _("procurement agency")
    SUPPLIER = "supplier", _("supplier")
    DISTRIBUTOR = "distributor", _("distributor")
    HOSPITAL = "hospital", _("hospital")
    PAYER = "payer", _("payer")
    REGULATOR = "regulator", _("regulator")


class Permission(TextChoices):
    MANAGE_ORGANISATIONS = "manage_organisations", _("register organisations")
    MANAGE_SEATS = "manage_seats", _("invite people and end their seats")
    READ_CATALOGUE = "read_catalogue", _("read the catalogue and the price register")
    IMPORT_CATALOGUE = "import_catalogue", _("import the catalogue")
    RECORD_PRICE = "record_price", _("write the price register")
    APPLY_FOR_LISTING = "apply_for_listing", _("apply for listings, which binds the supplier to its price")
    REVIEW_LISTING = "review_listing", _("review applications for listing")
    LIST_PRODUCT = "list_product", _("list, suspend, resume and delist products")
    KEEP_LISTS = "keep_lists", _("draft and review editions of lists, decide on shortages")
    REPORT_SHORTAGE = "report_shortage", _("report shortages")
    OPEN_DEMAND = "open_demand", _("open, lock and unlock demand windows")
    REPORT_DEMAND = "report_demand", _("report demand")
    PREPARE_TENDER = "prepare_tender", _("prepare a tender")
    PUBLISH_TENDER = "publish_tender", _("publish, extend, amend or cancel a tender")
    READ_TENDERS = "read_tenders", _("read tenders")
    BID = "bid", _("prepare, submit and withdraw bids")
    OPEN_ENVELOPES = "open_envelopes", _("hold a key and open envelopes")
    EVALUATE = "evaluate", _("review and score technical envelopes")
    PUBLISH_RESULT = "publish_result", _("publish the technical result and propose awards")
    OBJECT = "object", _("object to a proposed award")
    ANSWER_OBJECTION = "answer_objection", _("answer objections")
    AWARD = "award", _("award a lot")
    NEGOTIATE = "negotiate", _("sit at the table of a negotiation")
    READ_CONTRACTS = "read_contracts", _("read contracts, orders and deliveries")
    PREPARE_CONTRACT = "prepare_contract", _("prepare a contract")
    SIGN_CONTRACT = "sign_contract", _("sign a contract")
    PLACE_ORDER = "place_order", _("place and cancel orders")
    APPROVE_ORDER = "approve_order", _("approve orders")
    CONFIRM_ORDER = "confirm_order", _("confirm or refuse orders")
    DELIVER = "deliver", _("send deliveries")
    ACCEPT_DELIVERY = "accept_delivery", _("accept deliveries")
    APPROVE_REVERSAL = "approve_reversal", _("approve the reversal of an overdue acceptance")
    SET_PAYERS = "set_payers", _("say who pays whom for what, from when")
    READ_PAYABLES = "read_payables", _("read what is owed and paid")
    PAY = "pay", _("record payments")
    SET_BANK_ACCOUNT = "set_bank_account", _("propose and confirm the organisation's bank account")
    READ_TRAIL = "read_trail", _("read every event")


@dataclass(frozen=True)
class Role:
    """A bundle of permissions with a name that people use; it exists in some kinds of organisation."""

    code: str
    name: Promise
    kinds: frozenset[str]
    permissions: frozenset[Permission]


def _role(code: str, name: Promise, kinds: set[str], *permissions: Permission) -> Role:
    reads = {Permission.READ_CATALOGUE, Permission.READ_TENDERS}
    return Role(code, name, frozenset(kinds), frozenset({*permissions, *reads}))


_K, _P = OrganisationKind, Permission
_EVERY_KIND = set(OrganisationKind.values)

ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        _role("administrator", _("administrator"), _EVERY_KIND, _P.MANAGE_SEATS),
        _role("registrar", _("registrar of organisations"), {_K.AGENCY}, _P.MANAGE_ORGANISATIONS),
        _role(
            "cataloguer",
            _("catalogue officer"),
            {_K.AGENCY},
            _P.IMPORT_CATALOGUE,
            _P.RECORD_PRICE,
            _P.REVIEW_LISTING,
            _P.KEEP_LISTS,
        ),
        _role(
            "officer",
            _("procurement officer"),
            {_K.AGENCY},
            _P.OPEN_DEMAND,
            _P.PREPARE_TENDER,
            _P.PUBLISH_TENDER,
            _P.PUBLISH_RESULT,
            _P.ANSWER_OBJECTION,
            _P.READ_CONTRACTS,
            _P.PREPARE_CONTRACT,
        ),
        _role(
            "awarder",
            _("award officer"),
            {_K.AGENCY},
            _P.AWARD,
            _P.LIST_PRODUCT,
            _P.SIGN_CONTRACT,
            _P.SET_PAYERS,
            _P.READ_CONTRACTS,
        ),
        _role("opener", _("opener"), {_K.AGENCY, _K.REGULATOR, _K.HOSPITAL, _K.PAYER}, _P.OPEN_ENVELOPES),
        _role("evaluator", _("evaluator"), {_K.AGENCY, _K.HOSPITAL, _K.REGULATOR}, _P.EVALUATE),
        _role("negotiator", _("negotiator"), {_K.AGENCY, _K.HOSPITAL, _K.PAYER}, _P.NEGOTIATE),
        _role("bid_manager", _("bid manager"), {_K.SUPPLIER}, _P.BID, _P.OBJECT, _P.REPORT_SHORTAGE),
        _role(
            "signatory",
            _("signatory"),
            {_K.SUPPLIER},
            _P.APPLY_FOR_LISTING,
            _P.SIGN_CONTRACT,
            _P.SET_BANK_ACCOUNT,
            _P.READ_CONTRACTS,
            _P.READ_PAYABLES,
        ),
        _role(
            "accountant",
            _("accountant"),
            {_K.SUPPLIER, _K.DISTRIBUTOR},
            _P.SET_BANK_ACCOUNT,
            _P.READ_CONTRACTS,
            _P.READ_PAYABLES,
        ),
        _role(
            "ledger_reader",
            _("reader of what is owed and paid"),
            {_K.SUPPLIER, _K.DISTRIBUTOR, _K.HOSPITAL, _K.PAYER, _K.AGENCY},
            _P.READ_CONTRACTS,
            _P.READ_PAYABLES,
        ),
        _role(
            "dispatcher",
            _("dispatcher"),
            {_K.SUPPLIER, _K.DISTRIBUTOR},
            _P.READ_CONTRACTS,
            _P.CONFIRM_ORDER,
            _P.DELIVER,
            _P.READ_PAYABLES,
            _P.REPORT_SHORTAGE,
        ),
        _role(
            "pharmacist",
            _("pharmacist"),
            {_K.HOSPITAL},
            _P.REPORT_DEMAND,
            _P.PLACE_ORDER,
            _P.READ_CONTRACTS,
            _P.REPORT_SHORTAGE,
        ),
        _role(
            "order_approver",
            _("order approver"),
            {_K.HOSPITAL},
            _P.APPROVE_ORDER,
            _P.APPROVE_REVERSAL,
            _P.READ_CONTRACTS,
        ),
        _role("receiver", _("receiver"), {_K.HOSPITAL}, _P.ACCEPT_DELIVERY, _P.READ_CONTRACTS),
        _role(
            "finance",
            _("finance officer"),
            {_K.AGENCY, _K.PAYER, _K.HOSPITAL},
            _P.READ_CONTRACTS,
            _P.READ_PAYABLES,
            _P.PAY,
            _P.SET_BANK_ACCOUNT,
        ),
        _role(
            "auditor",
            _("auditor"),
            {_K.REGULATOR},
            _P.READ_CONTRACTS,
            _P.READ_PAYABLES,
            _P.READ_TRAIL,
        ),
    )
}

# One person must not do both in one tender, whatever seat they do it from.
EXCLUSIVE_IN_ONE_TENDER: frozenset[frozenset[Permission]] = frozenset(
    {
        frozenset({_P.PUBLISH_TENDER, _P.OPEN_ENVELOPES}),
        frozenset({_P.PUBLISH_TENDER, _P.EVALUATE}),
        frozenset({_P.OPEN_ENVELOPES, _P.EVALUATE}),
        frozenset({_P.OPEN_ENVELOPES, _P.AWARD}),
        frozenset({_P.EVALUATE, _P.AWARD}),
        frozenset({_P.PUBLISH_TENDER, _P.AWARD}),
        frozenset({_P.PUBLISH_RESULT, _P.OPEN_ENVELOPES}),
        frozenset({_P.PUBLISH_RESULT, _P.EVALUATE}),
        frozenset({_P.PUBLISH_RESULT, _P.AWARD}),
        frozenset({_P.ANSWER_OBJECTION, _P.EVALUATE}),
        frozenset({_P.NEGOTIATE, _P.EVALUATE}),
        frozenset({_P.NEGOTIATE, _P.AWARD}),
    }
)

# One person must not hold both anywhere in one organisation.
EXCLUSIVE_IN_ONE_SEAT: frozenset[frozenset[Permission]] = frozenset(
    {
        frozenset({_P.PLACE_ORDER, _P.APPROVE_ORDER}),
        frozenset({_P.ACCEPT_DELIVERY, _P.PAY}),
        frozenset({_P.AWARD, _P.PAY}),
        frozenset({_P.MANAGE_SEATS, _P.SET_BANK_ACCOUNT}),
    }
)

# All that a program of an organisation may do. What binds it, moves its money or takes two is left to people.
SYSTEM_MAY: frozenset[Permission] = frozenset(
    {
        _P.READ_CATALOGUE,
        _P.READ_TENDERS,
        _P.REPORT_DEMAND,
        _P.REPORT_SHORTAGE,
        _P.READ_CONTRACTS,
        _P.PLACE_ORDER,
        _P.CONFIRM_ORDER,
        _P.DELIVER,
        _P.ACCEPT_DELIVERY,
        _P.READ_PAYABLES,
    }
)

# A person who holds one of these needs a second factor before anything else opens: a passkey or one-time codes. A
# program proves itself by its token, which two people with factors let it have.
NEEDS_FACTOR: frozenset[Permission] = frozenset(
    {
        _P.MANAGE_ORGANISATIONS,
        _P.MANAGE_SEATS,
        _P.IMPORT_CATALOGUE,
        _P.RECORD_PRICE,
        _P.APPLY_FOR_LISTING,
        _P.REVIEW_LISTING,
        _P.LIST_PRODUCT,
        _P.KEEP_LISTS,
        _P.OPEN_DEMAND,
        _P.PREPARE_TENDER,
        _P.PUBLISH_TENDER,
        _P.PUBLISH_RESULT,
        _P.ANSWER_OBJECTION,
        _P.PREPARE_CONTRACT,
        _P.OPEN_ENVELOPES,
        _P.EVALUATE,
        _P.AWARD,
        _P.NEGOTIATE,
        _P.BID,
        _P.SIGN_CONTRACT,
        _P.APPROVE_ORDER,
        _P.CONFIRM_ORDER,
        _P.DELIVER,
        _P.ACCEPT_DELIVERY,
        _P.APPROVE_REVERSAL,
        _P.SET_PAYERS,
        _P.PAY,
        _P.SET_BANK_ACCOUNT,
        _P.READ_TRAIL,
    }
)

# Whoever holds one of these should use a passkey, which no false page can ask for; pages say so.
BETTER_WITH_PASSKEY: frozenset[Permission] = frozenset({_P.OPEN_ENVELOPES, _P.BID, _P.PAY})


def permissions_of(roles: list[str]) -> frozenset[Permission]:
    """Everything that a seat with these roles may do."""
    return frozenset().union(*(ROLES[role].permissions for role in roles))


def exclusive_pair(
    permissions: frozenset[Permission], pairs: frozenset[frozenset[Permission]]
) -> frozenset[Permission] | None:
    """The first pair that ``permissions`` must not hold together, or None."""
    return next((pair for pair in sorted(pairs, key=sorted) if pair <= permissions), None)
