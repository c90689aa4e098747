"""What search finds of the whole platform: the rooms that have something to find, the words for it, and who is answered
of what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import searching as accounts
from accounts.models import Seat
from accounts.permissions import Permission
from catalogue import searching as catalogue
from contracts import searching as contracts
from core.search import Entry, Hit, find
from demand import searching as demand
from demand.querysets import READERS
from payments import searching as payments
from tenders import searching as tenders

ROOMS: tuple[Any, ...] = (accounts, catalogue, demand, tenders, contracts, payments)
# In the order of the answers, each with the permissions of which one opens its pages.
KINDS: dict[str, tuple[Promise, tuple[Permission, ...]]] = {
    "item": (_("Items"), ()),
    "product": (_("Products"), ()),
    "variety": (_("Varieties"), ()),
    "demand": (_("Demand windows"), READERS),
    "tender": (_("Tenders"), ()),
    "contract": (_("Contracts"), (Permission.READ_CONTRACTS,)),
    "order": (_("Orders"), (Permission.READ_CONTRACTS,)),
    "delivery": (_("Deliveries"), (Permission.READ_CONTRACTS,)),
    "payment": (_("Payments"), (Permission.READ_PAYABLES,)),
    "organisation": (_("Organisations"), ()),
}
# Lists that can be narrowed to a product by the same words.
LISTS = (
    (_("Contracts with it"), "contracts:contracts", Permission.READ_CONTRACTS),
    (_("Orders with it"), "contracts:orders", Permission.READ_CONTRACTS),
    (_("Deliveries with it"), "contracts:deliveries", Permission.READ_CONTRACTS),
    (_("Payables for it"), "payments:payables", Permission.READ_PAYABLES),
)


@dataclass(frozen=True)
class Group:
    """The answers of one kind; ``more`` where there are others that a further word would tell apart."""

    label: Promise
    hits: Sequence[Hit]
    more: bool


def everything() -> Iterator[Entry]:
    """Every entry of every room, as its rows are now."""
    return (entry for room in ROOMS for entry in room.everything())


def found(text: str, seat: Seat, most: int) -> dict[str, Any]:
    """What the page and the box say of a text: the answers, whether they are only spelt like it, and where to go on."""
    groups = answers(text, seat, most)
    near = any(hit.near for group in groups for hit in group.hits)
    return {"asked": text, "groups": groups, "near": near, "lists": lists(text, seat, groups)}


def answers(text: str, seat: Seat, most: int) -> list[Group]:
    """What a seat may know of that holds every word of a text, by kind; first the kind that has this very number."""
    kinds = [kind for kind, (_label, needed) in KINDS.items() if not needed or any(map(seat.may, needed))]
    groups: dict[str, list[Hit]] = {}
    for hit in find(text, kinds, most):
        groups.setdefault(hit.kind, []).append(hit)
    number = text.upper()
    ordered = sorted(groups, key=lambda kind: (groups[kind][0].reference != number, kinds.index(kind)))
    return [Group(KINDS[kind][0], groups[kind], len(groups[kind]) == most) for kind in ordered]


def lists(text: str, seat: Seat, groups: Sequence[Group]) -> list[tuple[Promise, str]]:
    """Where a seat goes on from a medicine or a maker to what was contracted, ordered, delivered and is owed of it."""
    if not any(hit.kind == "product" for group in groups for hit in group.hits):
        return []
    query = urlencode({"product": text})
    return [(label, f"{reverse(page)}?{query}") for label, page, needed in LISTS if seat.may(needed)]
