"""Where attackers ask, and as whom: every operation and page, somebody who may, and a stranger's trade beside it.

Some who ask are parties of the trade that goes on, so that their requests get as far as requests can; what a stranger
does is marked, and no answer may tell of it.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, cached_property
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

from django.test import Client
from django.utils import timezone
from rest_framework import serializers

from accounts.permissions import ROLES, OrganisationKind, Permission
from catalogue.actions import OwnCodeRow, set_own_codes
from contracts.actions import Batch, OrderRow, approve_order, confirm_order, place_order, send_delivery
from contracts.models import Contract, Delivery, Order
from core.clock import legal_date
from tests.contracts.builders import current_contract, trade
from tests.guards.house import modules, routes, tree
from tests.guards.strangers import KINDS, NEVER_GIVEN, OTHERS, PARAMETER
from tests.guards.test_routes import SAMPLE, access_of
from tests.roles import program_of
from tests.tenders.stage import published_tender
from tests.world import World

MARK = "zq7731mark"  # what only a stranger may read
_SENDING, _CSRF = ("input", "select", "textarea", "button"), "csrfmiddlewaretoken"


@dataclass(frozen=True)
class Target:
    """What may be asked for: an operation of the API, or a page. ``names`` stand in its query, ``body`` is what an
    operation takes."""

    method: str
    route: str
    permissions: tuple[Permission, ...]
    names: tuple[str, ...]
    body: Any = None

    @property
    def of_the_api(self) -> bool:
        return self.route.startswith("api/v1/")


@cache
def targets() -> tuple[Target, ...]:
    """Every operation of the API and every page, to be read and to be sent a form."""
    return tuple(found for route, pattern in routes() for found in _targets(route, pattern))


def _targets(route: str, pattern: Any) -> Iterator[Target]:
    access = access_of(pattern)
    view = getattr(pattern.callback, "cls", None)
    if view is None or not hasattr(view, "permissions"):
        for method in ("GET", "POST"):
            yield Target(method, route, access.permissions, page_names())
        return
    for method, permissions in view.permissions.items():
        takes = getattr(view, "takes", None)
        body = sample(takes()) if method != "GET" and takes else None
        yield Target(method, route, permissions, tuple(sorted(view().parameters())), body)


@cache
def page_names() -> tuple[str, ...]:
    """Every parameter that a page reads from its address, and every filter of a list."""
    found = {"sort", "page"}
    for path in modules():
        text = path.read_text()
        if "GET" in text or "Filter(" in text:
            found |= {name for node in _calls(path) if (name := _asked(node))}
    return tuple(sorted(found))


def _calls(path: Any) -> Iterator[Any]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call) and node.args)


def _asked(node: Any) -> str:
    called, first = ast.unparse(node.func), node.args[0]
    reads = called.endswith((".GET.get", ".GET.getlist")) or called == "Filter"
    return first.value if reads and isinstance(first, ast.Constant) else ""


def sample(shape: Any) -> Any:
    """Something that a shape takes, or nearly."""
    if isinstance(shape, serializers.ListSerializer | serializers.ListField):
        return [sample(shape.child)]
    if isinstance(shape, serializers.Serializer):
        return {name: sample(one) for name, one in shape.fields.items() if not one.read_only}
    if isinstance(shape, serializers.ChoiceField):
        return next(iter(shape.choices), "x")
    kinds: tuple[tuple[Any, Any], ...] = (
        (serializers.IntegerField, 1),
        (serializers.DecimalField, "1.00"),
        (serializers.BooleanField, True),
        (serializers.DateTimeField, "2026-03-02T09:00:00+08:00"),
        (serializers.DateField, "2026-03-02"),
        (serializers.DictField, {"a": "x"}),
    )
    return next((value for kind, value in kinds if isinstance(shape, kind)), "x")


def places(body: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where a value stands in a body."""
    if path:
        yield path
    rows = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    for key, value in rows:
        yield from places(value, (*path, key))


def put(body: Any, path: tuple[Any, ...], value: Any) -> Any:
    """The body with another value at a place."""
    if not path:
        return value
    copy = dict(body) if isinstance(body, dict) else list(body)
    copy[path[0]] = put(copy[path[0]], path[1:], value)
    return copy


class Fields(HTMLParser):
    """The names of what the forms of a page send."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        said = dict(attrs)
        if tag in _SENDING and said.get("name", _CSRF) != _CSRF:
            self.names.setdefault(said["name"], said.get("value") or "")


class Ground:
    """A trade with its parties, a stranger's beside it, and whoever may ask for a target."""

    def __init__(self, world: World) -> None:
        self.world = world
        trade(world)
        self._mark()
        published_tender(world, suppliers=1)
        self.seats: dict[Permission | None, Any] = {}
        self.clients: dict[tuple[Any, bool], Client] = {}
        self.forms: dict[str, dict[str, str]] = {}

    def _mark(self) -> None:
        """What strangers do, and what it says that nobody else may read."""
        world, now = self.world, timezone.now()
        supplier, hospital = world.organisation("supplier"), world.organisation("hospital")
        contract = current_contract(world, supplier=supplier, volumes={hospital: 7000})
        buyer, approver = world.seat(hospital, "pharmacist"), world.seat(hospital, "order_approver")
        sender = world.seat(supplier, "dispatcher")
        for packs in (1, 2):
            said = {"note": MARK, "own_number": f"{MARK}-{packs}"}
            rows = [OrderRow(1, packs, own_number=MARK)]
            order = place_order(contract=contract, rows=rows, **said, by=buyer, now=now)
            approve_order(order=order, by=approver, now=now)
        confirm_order(order=order, by=sender, now=now)
        batches = [Batch(1, MARK, legal_date(now) + timedelta(days=500), 1, MARK)]
        send_delivery(order=order, batches=batches, note=MARK, own_number=MARK, by=sender, now=now)
        codes = [OwnCodeRow(code=MARK, item=contract.lines.get(number=1).products.get().product_version.product.item)]
        set_own_codes(rows=codes, by=buyer, now=now)

    def seat(self, target: Target) -> Any:
        """Somebody who may; of a party of the trade where one has the role, and of who reads least."""
        permission = target.permissions[0] if target.permissions else None
        if permission not in self.seats:
            wanted = permission or Permission.READ_CATALOGUE
            found = [(kind, role) for role in ROLES.values() if wanted in role.permissions for kind in role.kinds]
            kind, role = min(found, key=lambda pair: (_LEAST.index(pair[0]), pair[1].code))
            self.seats[permission] = self.world.seat(getattr(self.world, kind), role.code)
        return self.seats[permission]

    def client(self, target: Target) -> Client:
        seat = self.seat(target)
        key = (seat, target.of_the_api)
        if key not in self.clients:
            client: Client = program_of(seat) if target.of_the_api else Client()
            if not target.of_the_api:
                client.force_login(seat.person, backend="django.contrib.auth.backends.ModelBackend")
            client.raise_request_exception = False
            self.clients[key] = client
        return self.clients[key]

    def address(self, target: Target, reference: str = "") -> str:
        """With a thing that the seat may read, or with the reference that is given."""
        return "/" + PARAMETER.sub(lambda found: self._filled(target, found, reference), target.route)

    def _filled(self, target: Target, found: Any, reference: str) -> str:
        if found[1] != "reference":
            kind = found[0][1:].partition(":")[0]
            return (
                reference and quote(reference, safe="")
                if kind == "path"
                else OTHERS.get(found[1], SAMPLE.get(kind, "x"))
            )
        return quote(reference or self._own(target), safe="")

    def _own(self, target: Target) -> str:
        model = _model(target)
        seen = model and model.objects.visible_to(self.seat(target)).order_by("-pk")
        return (seen and seen.values_list("reference", flat=True).first()) or NEVER_GIVEN

    def foreign(self, target: Target) -> str:
        """A thing of the kind that the seat may not read, if there is one."""
        model = _model(target)
        if model is None:
            return ""
        seen = model.objects.visible_to(self.seat(target)).values("pk")
        return model.objects.exclude(pk__in=seen).values_list("reference", flat=True).first() or ""

    def form(self, target: Target) -> dict[str, str]:
        """What the form of a page sends, as it stands there."""
        path = self.address(target)
        if path not in self.forms:
            answer = self.client(target).get(path)
            page = "" if answer.streaming or answer.status_code != 200 else answer.content.decode(errors="replace")
            self.forms[path] = Fields(page).names
        return self.forms[path]

    @cached_property
    def marked(self) -> tuple[str, ...]:
        """What the stranger's things are called."""
        order = Order.objects.filter(note=MARK).latest("pk")
        delivery = Delivery.objects.get(note=MARK)
        contract = Contract.objects.get(pk=order.contract_id)
        return (order.reference, delivery.reference, contract.reference, f"{MARK}-2", contract.supplier.credit_code)

    @cached_property
    def private(self) -> frozenset[int]:
        return frozenset({self.world.hospital.pk, self.world.supplier.pk})


_LEAST = [OrganisationKind.HOSPITAL, OrganisationKind.SUPPLIER, OrganisationKind.AGENCY, OrganisationKind.PAYER,
          OrganisationKind.REGULATOR, OrganisationKind.DISTRIBUTOR]  # fmt: skip


def _model(target: Target) -> Any:
    plain = target.route.removeprefix("api/v1/")
    return next((model for start, model in KINDS.items() if plain.startswith(start + "<")), None)
