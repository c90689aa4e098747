"""What people usually do next when nothing waits for them, by the first thing that their seat may do."""

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Seat
from accounts.permissions import Permission
from core.shell import Text, Usual

# The sentence, the words of the button and the page, in the order in which they are looked for.
NEXT: tuple[tuple[Permission, Text, Text, str], ...] = (
    (
        Permission.PREPARE_TENDER,
        _("A tender begins with what hospitals need: ask them, or prepare a tender from what they reported."),
        _("Prepare a tender"),
        "tenders:prepare-tender",
    ),
    (
        Permission.AWARD,
        _("Proposed awards come to you when their standstill is over. What was awarded is in the results."),
        _("See the results"),
        "awards:results",
    ),
    (
        Permission.BID,
        _("New tenders are published as notices, with their volumes, ceilings and deadline."),
        _("Read the notices"),
        "tenders:notices",
    ),
    (
        Permission.PLACE_ORDER,
        _("Order what your wards need: the page shows what is left of your agreed volumes."),
        _("Place an order"),
        "contracts:place-order",
    ),
    (
        Permission.APPROVE_ORDER,
        _("Orders come to you as soon as they are placed. The list shows what became of them."),
        _("See the orders"),
        "contracts:orders",
    ),
    (
        Permission.ACCEPT_DELIVERY,
        _("Deliveries come to you as soon as they are sent."),
        _("See the deliveries"),
        "contracts:deliveries",
    ),
    (
        Permission.PAY,
        _("Nothing is due within seven days. Look ahead at what will be."),
        _("Look at the payables"),
        "payments:payables",
    ),
    (
        Permission.CONFIRM_ORDER,
        _("Orders come to you as soon as the hospital has approved them."),
        _("See the orders"),
        "contracts:orders",
    ),
    (
        Permission.READ_TRAIL,
        _("Every result is there to be followed, from the bids received to the award."),
        _("Read the results"),
        "awards:results",
    ),
    (
        Permission.READ_PAYABLES,
        _("What hospitals accept is owed from that day on. The list shows what comes to you, and when."),
        _("Look at the payables"),
        "payments:payables",
    ),
    (
        Permission.EVALUATE,
        _("Envelopes come to you when they are opened. Meanwhile the tender says what you will judge by."),
        _("See the tenders"),
        "tenders:tenders",
    ),
    (
        Permission.OPEN_ENVELOPES,
        _("You are called when an opening comes near. Meanwhile keep key file and code in different places."),
        _("See the tenders"),
        "tenders:tenders",
    ),
    (
        Permission.IMPORT_CATALOGUE,
        _("New items, products and prices come from files."),
        _("Look at the imports"),
        "catalogue:imports",
    ),
    (
        Permission.MANAGE_ORGANISATIONS,
        _("Who takes part is registered once, with its credit code."),
        _("See the organisations"),
        "accounts:organisations",
    ),
    (
        Permission.MANAGE_SEATS,
        _("Invite the people who work here, and end the seats of those who leave."),
        _("See the people"),
        "accounts:people",
    ),
    (
        Permission.READ_CATALOGUE,
        _("Look up a medicine, its products and its prices."),
        _("Open the catalogue"),
        "catalogue:items",
    ),
)


def usual(seat: Seat) -> Usual:
    """The usual next thing of a seat; every role at least reads the catalogue."""
    found = next(Usual(text, action, reverse(name)) for permission, text, action, name in NEXT if seat.may(permission))
    if seat.may(Permission.OPEN_DEMAND):
        return replace(found, other_action=_("Open a demand window"), other_url=reverse("demand:open-window"))
    return found
