"""A thing that a seat may not see answers exactly like a thing that does not exist: how to ask for it.

Objects are asked for by their references, with GET and with POST. What the room's own ``visible_to`` hides must give
the same status and the same bytes as a reference that was never given. ``tests/procurement/test_demo.py`` asks as
seats of every role.
"""

import re
from dataclasses import dataclass, field
from unittest.mock import patch

from django.test import Client

from accounts.access import SESSION_SEAT
from accounts.models import AdmissionObjection, Application, BankAccount, Filing, Seat, System
from awards.models import Negotiation
from catalogue.models import (
    Adjustment,
    CatalogueImport,
    CatalogueList,
    Edition,
    Listing,
    PriceChange,
    PriceEntry,
    ShelfDocument,
    Shortage,
)
from contracts.models import Contract, Delivery, Order, Payable, PayeeRow, PayerRow
from demand.models import DemandWindow
from payments.models import Payment
from procurement import shell
from tenders.models import Bid, Objection, Tender
from tests.guards.house import routes

# Which references stand first in an address, by the words before them. What is public to every seat is not listed.
KINDS = {
    "bank-accounts/": BankAccount,
    "catalogue/imports/": CatalogueImport,
    "imports/": CatalogueImport,
    "filings/": Filing,
    "catalogue/adjustments/": Adjustment,
    "adjustments/": Adjustment,
    "shelf/": ShelfDocument,
    "catalogue/prices/": PriceEntry,
    "prices/": PriceEntry,
    "catalogue/price-changes/": PriceChange,
    "price-changes/": PriceChange,
    "catalogue/listings/": Listing,
    "listings/": Listing,
    "catalogue/lists/": CatalogueList,
    "lists/": CatalogueList,
    "catalogue/editions/": Edition,
    "editions/": Edition,
    "catalogue/shortages/": Shortage,
    "shortages/": Shortage,
    "applications/": Application,
    "admissions/objections/": AdmissionObjection,
    "systems/": System,
    "demand/": DemandWindow,
    "demand-windows/": DemandWindow,
    "tenders/": Tender,
    "bids/": Bid,
    "objections/": Objection,
    "negotiations/": Negotiation,
    "contracts/": Contract,
    "orders/": Order,
    "deliveries/": Delivery,
    "payables/": Payable,
    "payers/": PayerRow,
    "payees/": PayeeRow,
    "payments/": Payment,
}
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
OTHERS = {
    "number": "1", "place": "1", "envelope": "technical", "kind": "csv", "name": "close", "sha256": "0" * 64,
    "line": "1", "verdict": "1", "criterion": "1", "bid": "B-AAAA", "fingerprint": "0" * 12, "blob": "0" * 64,
    "effect": "faulty",
}  # fmt: skip
NEVER_GIVEN = "X-1999-0000"
FORBIDDEN = 403


def guarded_routes():
    for route, _pattern in routes():
        plain = route.removeprefix("api/v1/")
        kind = next((kind for kind in KINDS if plain.startswith(kind + "<")), None)
        if kind:
            yield route, KINDS[kind]


def address(route: str, reference: str) -> str:
    return "/" + PARAMETER.sub(lambda found: reference if found[1] == "reference" else OTHERS[found[1]], route)


def plain(answer, reference: str) -> tuple[int, str]:
    """Status and body, without what differs in any two answers: the token of forms, and the address itself."""
    body = answer.content.decode() if not answer.streaming else "streamed"
    body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", body)
    return answer.status_code, body.replace(reference, "REFERENCE")


def hidden_reference(model, seat) -> str | None:
    visible = model.objects.visible_to(seat).values("pk")
    return model.objects.exclude(pk__in=visible).values_list("reference", flat=True).first()


@dataclass
class Curiosity:
    """How often seats asked for what is hidden from them, and where they were told something."""

    asked: int = 0
    leaks: list[str] = field(default_factory=list)

    def ask_as(self, seat: Seat) -> None:
        """Ask for one hidden thing of each kind, on every route.

        The frame of a page, which counts all that waits for a seat whatever was asked for, is left out.
        """
        with patch.object(shell, "_of_seat", return_value={}):
            self._ask_everywhere(seat)

    def _ask_everywhere(self, seat: Seat) -> None:
        client = Client()
        client.force_login(seat.person, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session[SESSION_SEAT] = seat.pk
        session.save()
        hidden = {model: hidden_reference(model, seat) for model in set(KINDS.values())}
        for route, model in guarded_routes():
            if hidden[model] is not None:
                self._ask(client, seat, route, hidden[model])

    def _ask(self, client: Client, seat: Seat, route: str, hidden: str) -> None:
        status = 0
        for method in ("get", "post"):
            if status == FORBIDDEN and not route.startswith("api/"):
                continue  # a page asks for the same permission, whatever the method
            real, never = (
                plain(ask(client, method, address(route, reference)), reference) for reference in (hidden, NEVER_GIVEN)
            )
            self.asked, status = self.asked + 1, real[0]
            if real != never or real[0] == 200:
                self.leaks.append(f"{method} {route} as {seat.roles}: {real[0]} and {never[0]}")


def ask(client: Client, method: str, path: str):
    if method == "post" and path.startswith("/api/"):
        return client.post(path, data={}, content_type="application/json", headers={"Idempotency-Key": "a-new-key"})
    return getattr(client, method)(path)
