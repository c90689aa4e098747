"""Questions about contracts, orders, deliveries and debts. What a seat may see is decided here."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, models
from django.db.models import (
    Case,
    CharField,
    DecimalField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Greatest, Least, Left, Round
from psycopg import sql

from accounts.permissions import OrganisationKind, Permission
from accounts.rules import region_prefix
from contracts.rules import BEHIND, CORRECTION_DAYS, DUE_SOON_DAYS, Clock, Stage
from core.querysets import along, holding
from core.search import holding as found

DUE_SOON = timedelta(days=DUE_SOON_DAYS)
CORRECTION_LASTS = timedelta(days=CORRECTION_DAYS)
COUNT = models.BigIntegerField()
DELIVERING_KINDS = (OrganisationKind.SUPPLIER, OrganisationKind.DISTRIBUTOR)
UNITS = DecimalField(max_digits=38, decimal_places=9)


def reads_everything(seat: Any) -> bool:
    return bool(seat.of_the_agency or seat.reads_the_trail or seat.organisation.kind == OrganisationKind.PAYER)


def own_rows(rows: Any, seat: Any, agency: str) -> Any:
    """Of what a seat may see, what is its organisation's: an agency may see what others bought."""
    return rows.filter(**{agency: seat.organisation_id}) if seat.of_the_agency else rows


class CounterQuerySet(models.QuerySet[Any]):
    """Rows with counters that several orders share."""

    def locked(self) -> Any:
        """These rows alone, locked in key order until the transaction ends."""
        return self.select_for_update(of=("self",)).order_by("pk")

    def add(self, **changes: Mapping[int, Any]) -> None:
        """Add to counters: for each, what is added by primary key. One statement, however many rows."""
        keys = sorted({key for change in changes.values() for key in change})
        if not keys:
            return
        table = sql.Identifier(self.model._meta.db_table)
        statement = sql.SQL(
            "UPDATE {table} SET {sums} FROM unnest(%s::bigint[], {arrays}) AS changes({columns}) "
            "WHERE {table}.id = changes.id"
        ).format(
            table=table,
            sums=sql.SQL(", ").join(
                sql.SQL("{0} = {1}.{0} + changes.{0}").format(sql.Identifier(name), table) for name in changes
            ),
            arrays=sql.SQL(", ").join([sql.SQL("%s::numeric[]")] * len(changes)),
            columns=sql.SQL(", ").join(sql.Identifier(name) for name in ("id", *changes)),
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, [keys, *([change.get(key, 0) for key in keys] for change in changes.values())])


class ContractProductQuerySet(models.QuerySet[Any]):
    def found(self, text: str) -> "ContractProductQuerySet":
        """What search finds by a medicine, a maker or a code, by name or pinyin."""
        return self.filter(product_version__product__reference__in=found("product", text))


class ContractQuerySet(models.QuerySet[Any]):
    def with_product(self, text: str) -> "ContractQuerySet":
        """Contracts of which a product is found by the text."""
        products = along(self.model, "lines__products").objects.found(text)
        return self.filter(pk__in=products.values("line__contract"))

    def with_first(self) -> "ContractQuerySet":
        """Fetches the first product of each contract, with its item and maker, and counts the lines."""
        first = along(self.model, "lines").objects.filter(number=1).with_products()
        lines = along(self.model, "lines").objects.filter(contract=OuterRef("pk"))
        return self.annotate(line_count=_count_of(lines)).prefetch_related(Prefetch("lines", first, to_attr="firsts"))

    def visible_to(self, seat: Any) -> "ContractQuerySet":
        """The parties: agency, supplier, deliverer, and hospitals with an agreed volume; every hospital reads the
        agreements on listed prices."""
        if reads_everything(seat):
            return self
        if seat.organisation.kind == OrganisationKind.HOSPITAL:
            own = along(self.model, "lines__volumes").objects.filter(hospital__in=seat.lineage)
            return self.filter(Q(pk__in=own.values("line__contract")) | Q(kind="listing"))
        named = along(self.model, "distribution").objects.filter(deliverer__in=seat.lineage)
        return self.filter(Q(supplier__in=seat.lineage) | Q(pk__in=named.values("contract")))

    def open_for_orders(self, today: date) -> "ContractQuerySet":
        return self.filter(status=self.model.Status.SIGNED, starts_on__lte=today, ends_on__gte=today)

    def open(self, today: date) -> "ContractQuerySet":
        """Contracts under which something is or may still be ordered or delivered: not terminated, and within their
        term or with an order that is open."""
        orders = along(self.model, "orders").objects.open().filter(contract=OuterRef("pk"))
        over = (self.model.Status.TERMINATED, self.model.Status.VOID)
        return self.exclude(status__in=over).filter(Q(ends_on__gte=today) | Exists(orders))

    def waiting_for_signature(self, organisation_id: int) -> "ContractQuerySet":
        """Drafts that the organisation, as supplier or as agency, has not signed and can sign."""
        return self.exclude(pk__in=self.to_void().values("pk")).filter(
            Q(supplier=organisation_id, signed_by_supplier_at=None)
            | Q(agency=organisation_id, signed_by_agency_at=None),
            status=self.model.Status.DRAFT,
        )

    def to_void(self) -> "ContractQuerySet":
        """Drafts that nobody can sign any more: an award of them has ended."""
        ended = along(self.model, "lines").objects.with_ended_award().values("contract")
        return self.model.objects.filter(status=self.model.Status.DRAFT, pk__in=ended)


class DistributionQuerySet(models.QuerySet[Any]):
    def in_force(self, day: date) -> "DistributionQuerySet":
        return self.filter(holding(day))

    def around(self, region: str) -> "DistributionQuerySet":
        """Those for an area that the outer query's region, by its path there, is or lies in."""
        prefix = Case(
            When(area__code__endswith="0000", then=Left("area", 2)),
            When(area__code__endswith="00", then=Left("area", 4)),
            default=F("area__code"),
        )
        within = self.annotate(prefix=prefix, of=Cast(OuterRef(region), CharField()))
        return within.filter(Q(area=None) | Q(of__startswith=F("prefix")))


class ContractLineQuerySet(models.QuerySet[Any]):
    def awards(self) -> Any:
        """The awards that stand in a contract, by primary key, for a subquery: none of them is null, of which NOT IN
        would make nothing at all."""
        return self.filter(award__isnull=False, void=False).order_by().values("award")

    def with_ended_award(self) -> "ContractLineQuerySet":
        """Lines whose award has ended because nobody signed."""
        return self.filter(award__letter__ended_at__isnull=False)

    def with_products(self) -> "ContractLineQuerySet":
        """Fetches what can be ordered from the lines, with items and makers, and the awards they come from."""
        return self.select_related("award", "listing").prefetch_related(_products(self.model, "products"))

    def visible_to(self, seat: Any) -> "ContractLineQuerySet":
        return self.filter(contract__in=along(self.model, "contract").objects.visible_to(seat))

    def with_totals(self, seat: Any) -> "ContractLineQuerySet":
        """Adds ``agreed``, ``ordered`` and ``accepted_units``: units of the volumes that the seat may see."""
        seen = along(self.model, "volumes").objects.visible_to(seat).filter(line=OuterRef("pk"))
        taken = along(self.model, "volumes__order_lines").objects.filter(volume__line=OuterRef("pk"))
        if seat.organisation.kind == OrganisationKind.HOSPITAL:
            taken = taken.filter(volume__hospital__in=seat.lineage)
        return self.annotate(
            agreed=_sum_of(seen, F("agreed")),
            ordered=_sum_of(seen, F("ordered"), UNITS),
            accepted_units=_sum_of(taken, F("accepted") * F("units"), UNITS),
        )


class AgreedVolumeQuerySet(CounterQuerySet):
    def visible_to(self, seat: Any) -> "AgreedVolumeQuerySet":
        """A hospital reads its own volumes, a supplier those of its contracts, a deliverer those of its areas."""
        if reads_everything(seat):
            return self
        if seat.organisation.kind == OrganisationKind.HOSPITAL:
            return self.filter(hospital__in=seat.lineage)
        rows = along(self.model, "line__contract__distribution").objects.filter(
            contract=OuterRef("line__contract"), deliverer__in=seat.lineage
        )
        return self.filter(Q(line__contract__supplier__in=seat.lineage) | Exists(rows.around("hospital__region")))

    def touched_by(self, before: int, after: int) -> "AgreedVolumeQuerySet":
        """Volumes on which an order may be drawn that has one of two organisations as its hospital, its supplier or its
        deliverer: who holds them stops such orders."""
        named = along(self.model, "line__contract__distribution").objects.filter(deliverer=before).values("contract")
        return self.filter(
            Q(hospital__in=(before, after)) | Q(line__contract__supplier=before) | Q(line__contract__in=named)
        )

    def with_products(self) -> "AgreedVolumeQuerySet":
        """Fetches what can be ordered of the volumes, with items and makers."""
        return self.select_related("line__award", "line__listing").prefetch_related(
            _products(self.model, "line__products")
        )

    def orderable(self, today: date) -> "AgreedVolumeQuerySet":
        return self.filter(
            line__contract__status="signed",
            line__contract__starts_on__lte=today,
            line__contract__ends_on__gte=today,
        )

    def buying(self, shortage: Any, day: date) -> "AgreedVolumeQuerySet":
        """Volumes, of hospitals in its region, that may be ordered of what a shortage is of."""
        of = along(self.model, "line__products").objects.filter(product_version__product__item=shortage.item_id)
        if shortage.product_id:
            of = of.filter(product_version__product=shortage.product_id)
        near = self.filter(hospital__region__code__startswith=region_prefix(shortage.region_id))
        return near.orderable(day).filter(line__in=of.values("line"))

    def with_product(self, text: str) -> "AgreedVolumeQuerySet":
        """Volumes of a line of which a product is found by the text."""
        products = along(self.model, "line__products").objects.found(text)
        return self.filter(line__in=products.values("line"))

    def with_course(self, today: date) -> "AgreedVolumeQuerySet":
        """Adds ``expected``, what a steady fulfilment would have taken by the end of today, and ``ahead``, how much
        more than that was accepted: negative where it is behind."""
        starts_on = F("line__contract__starts_on")
        whole = _days_of(starts_on, F("line__contract__ends_on"))
        over = _days_of(starts_on, Cast(Value(today), models.DateField()))
        expected = ExpressionWrapper(F("agreed") * Least(Greatest(over, Value(0)), whole) / whole, UNITS)
        rows = self.with_accepted_units().annotate(expected=Round(expected))
        return rows.annotate(ahead=ExpressionWrapper(F("accepted_units") - F("expected"), UNITS))

    def behind(self) -> "AgreedVolumeQuerySet":
        """Of those ``with_course``, what is behind by more than a figure of the home page takes for on course."""
        return self.filter(ahead__lt=F("agreed") * -BEHIND / 1000)

    def with_accepted_units(self) -> "AgreedVolumeQuerySet":
        """Adds ``accepted_units``: units that were taken and not reversed."""
        lines = along(self.model, "order_lines").objects.filter(volume=OuterRef("pk"))
        units = _sum_of(lines, F("accepted") * F("units"), UNITS)
        return self.annotate(accepted_units=units)


class _PartiesQuerySet(models.QuerySet[Any]):
    """Rows with a hospital and a deliverer, of a contract with a supplier."""

    contract_path = "contract"

    def visible_to(self, seat: Any) -> Any:
        if reads_everything(seat):
            return self
        mine = seat.lineage
        if seat.organisation.kind == OrganisationKind.HOSPITAL:
            return self.filter(hospital__in=mine)  # alone, so that its index finds a few rows among a million
        if seat.organisation.kind == OrganisationKind.DISTRIBUTOR:
            return self.filter(deliverer__in=mine)
        own = along(self.model, self.contract_path).objects.filter(supplier__in=mine)
        return self.filter(Q(deliverer__in=mine) | Q(**{f"{self.contract_path}__in": own.values("pk")}))


class OrderQuerySet(_PartiesQuerySet):
    def with_product(self, text: str) -> "OrderQuerySet":
        """Orders of which a line is of a product found by the text."""
        products = along(self.model, "lines__product").objects.found(text)
        lines = along(self.model, "lines").objects.filter(product__in=products)
        return self.filter(pk__in=lines.values("order"))

    def with_first(self) -> "OrderQuerySet":
        """Fetches the first line of each order, with its item and maker, and counts the lines."""
        first = along(self.model, "lines").objects.filter(number=1).select_related(*_item_and_maker("product"))
        lines = along(self.model, "lines").objects.filter(order=OuterRef("pk"))
        return self.annotate(line_count=_count_of(lines)).prefetch_related(Prefetch("lines", first, to_attr="firsts"))

    def with_progress(self) -> "OrderQuerySet":
        """Adds the packs ``to_send`` and, sent and not accepted, ``under_way``."""
        lines = along(self.model, "lines").objects.filter(order=OuterRef("pk"))
        return self.annotate(
            to_send=_sum_of(lines, F("packs") - F("released") - F("delivered")),
            under_way=_sum_of(lines, F("delivered") - F("accepted")),
        )

    def refused_without_another(self, since: datetime) -> "OrderQuerySet":
        """Orders refused or not approved since then, after which the hospital ordered nothing from the contract."""
        later = self.model.objects.filter(
            hospital=OuterRef("hospital"), contract=OuterRef("contract"), pk__gt=OuterRef("pk")
        )
        ended = Q(status=self.model.Status.REFUSED, answered_at__gte=since) | Q(
            status=self.model.Status.SENT_BACK, ended_at__gte=since
        )
        return self.filter(ended, ~Exists(later))

    def unsent(self) -> "OrderQuerySet":
        """Orders that wait for their deliverer: to be confirmed, or to be sent."""
        return self.filter(Q(status=self.model.Status.APPROVED) | Q(stage=Stage.TO_SEND))

    def open(self) -> "OrderQuerySet":
        """Orders of which something is still to be approved, confirmed, delivered or received."""
        waits = Q(status__in=(self.model.Status.PLACED, self.model.Status.APPROVED))
        return self.filter(waits | Q(stage__in=(Stage.TO_SEND, Stage.UNDER_WAY)))

    def at_stage(self, stage: str) -> "OrderQuerySet":
        """Confirmed orders that still have something to send, wait for a verdict only, or are done."""
        return self.filter(stage=Stage(stage))

    def locked(self) -> "OrderQuerySet":
        """These orders alone, locked in key order until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).order_by("pk")

    def keep_stage(self) -> int:
        """Write how far these confirmed orders are, as their lines stand. They are locked already."""
        lines = along(self.model, "lines").objects.filter(order=OuterRef("pk"))
        stage = Case(
            When(Exists(lines.filter(delivered__lt=F("packs") - F("released"))), then=Value(Stage.TO_SEND.value)),
            When(Exists(lines.filter(accepted__lt=F("delivered"))), then=Value(Stage.UNDER_WAY.value)),
            default=Value(Stage.RECEIVED.value),
        )
        return self.update(stage=stage)


class OrderLineQuerySet(CounterQuerySet):
    def visible_to(self, seat: Any) -> "OrderLineQuerySet":
        return self.filter(order__in=along(self.model, "order").objects.visible_to(seat))


class DeliveryQuerySet(_PartiesQuerySet):
    contract_path = "order__contract"

    def with_product(self, text: str) -> "DeliveryQuerySet":
        """Deliveries with a batch of a product found by the text."""
        products = along(self.model, "lines__order_line__product").objects.found(text)
        lines = along(self.model, "lines").objects.filter(order_line__product__in=products)
        return self.filter(pk__in=lines.values("delivery"))

    def with_first(self) -> "DeliveryQuerySet":
        """Fetches the first batch of each delivery, with its item and maker, and counts the batches."""
        related = _item_and_maker("order_line__product")
        first = along(self.model, "lines").objects.filter(number=1).select_related(*related)
        return self.annotate(line_count=_count_of(self._lines())).prefetch_related(
            Prefetch("lines", first, to_attr="firsts")
        )

    def with_packs(self) -> "DeliveryQuerySet":
        """Adds ``packs``: how many were sent."""
        return self.annotate(packs=_sum_of(self._lines(), F("packs")))

    def with_waiting(self) -> "DeliveryQuerySet":
        """Adds ``waits``: whether a batch has no verdict that stands."""
        return self.annotate(waits=Exists(self._lines().waiting()))

    def waiting(self) -> "DeliveryQuerySet":
        """Deliveries with a batch on which the hospital has given no verdict that stands."""
        return self.filter(Exists(self._lines().waiting()))

    def _lines(self) -> Any:
        return along(self.model, "lines").objects.filter(delivery=OuterRef("pk"))


class DeliveryLineQuerySet(models.QuerySet[Any]):
    def waiting(self) -> "DeliveryLineQuerySet":
        """Batches without a verdict that stands."""
        return self.filter(~Exists(along(self.model, "acceptances").objects.standing().filter(line=OuterRef("pk"))))


class AcceptanceQuerySet(models.QuerySet[Any]):
    def standing(self) -> "AcceptanceQuerySet":
        """Verdicts that neither are a reversal nor were reversed."""
        return self.filter(reverses=None, reversed_by=None)


class CorrectionQuerySet(models.QuerySet[Any]):
    def open(self, now: datetime) -> "CorrectionQuerySet":
        """What still waits for its answer; what lapsed does not, whether or not anybody has noted it."""
        return self.filter(status=self.model.Status.ASKED, asked_at__gt=now - CORRECTION_LASTS)

    def to_answer(self, seat: Any, now: datetime) -> "CorrectionQuerySet":
        """What waits for this seat: never what its own person asked for."""
        mine = Q(pk__in=[])
        if seat.may(Permission.APPROVE_REVERSAL):
            mine |= Q(kind=self.model.Kind.REVERSAL, line__delivery__hospital__in=seat.lineage)
        if seat.may(Permission.DELIVER):
            mine |= Q(kind=self.model.Kind.LATER_ARRIVAL, line__delivery__deliverer__in=seat.lineage)
        return self.open(now).filter(mine).exclude(asked_by__person=seat.person_id).order_by("pk")

    def lapsed(self, now: datetime) -> "CorrectionQuerySet":
        """What nobody answered in time and nobody has noted yet."""
        return self.filter(status=self.model.Status.ASKED, asked_at__lte=now - CORRECTION_LASTS)


class RuleRowQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "RuleRowQuerySet":
        """An agency reads its own rule; whoever watches reads all."""
        return self if seat.reads_the_trail else self.filter(rule__agency=seat.organisation_id)


class PayableQuerySet(CounterQuerySet):
    def with_product(self, text: str) -> "PayableQuerySet":
        """Debts for a product found by the text."""
        line = "acceptance__line__order_line"
        products = along(self.model, f"{line}__product").objects.found(text)
        return self.filter(**{f"{line}__in": along(self.model, line).objects.filter(product__in=products)})

    def visible_to(self, seat: Any) -> "PayableQuerySet":
        if reads_everything(seat):
            return self
        mine = seat.lineage
        return self.filter(Q(supplier__in=mine) | Q(payee__in=mine) | Q(hospital__in=mine) | Q(payer__in=mine))

    def of_own(self, seat: Any) -> "PayableQuerySet":
        """Of what a seat may see, what its own organisation owes, or is owed; everything for whoever watches."""
        seen = self.visible_to(seat)
        if seat.may(Permission.PAY):
            return seen.filter(payer__in=seat.lineage)
        if seat.organisation.kind in DELIVERING_KINDS:
            return seen.filter(payee__in=seat.lineage)
        return own_rows(seen, seat, "payer")

    def with_open_amount(self) -> "PayableQuerySet":
        """Adds ``owed``, what is owed after reversals, and ``open``, what of it is still to be paid."""
        return self.annotate(owed=F("amount") - F("reversed"), open=F("amount") - F("reversed") - F("paid"))

    def unpaid(self) -> "PayableQuerySet":
        return self.filter(paid__lt=F("amount") - F("reversed"))

    def settled(self) -> "PayableQuerySet":
        """What was paid whole, after reversals."""
        return self.filter(paid__gte=F("amount") - F("reversed"), paid__gt=0)

    def taken_back(self) -> "PayableQuerySet":
        """What is no longer owed, because its verdict was reversed: nobody paid it."""
        return self.filter(amount=F("reversed"))

    def overdue(self, today: date) -> "PayableQuerySet":
        return self.unpaid().filter(due_on__lt=today)

    def due_soon(self, today: date) -> "PayableQuerySet":
        return self.unpaid().filter(due_on__range=(today, today + DUE_SOON))

    def at(self, clock: str, today: date) -> "PayableQuerySet":
        """Payables where the payment clock stands at ``clock``."""
        match Clock(clock):
            case Clock.PAID:
                return self.settled()
            case Clock.REVERSED:
                return self.taken_back()
            case Clock.OVERDUE:
                return self.overdue(today)
            case Clock.DUE_TODAY:
                return self.unpaid().filter(due_on=today)
            case Clock.DUE_SOON:
                return self.unpaid().filter(due_on__gt=today, due_on__lte=today + DUE_SOON)
            case Clock.NOT_YET:
                return self.unpaid().filter(due_on__gt=today + DUE_SOON)


def _products(model: Any, path: str) -> Prefetch:
    """What can be ordered, along a path from the model, fetched at once with items and makers."""
    version = "product_version__product"
    return Prefetch(path, along(model, path).objects.select_related(f"{version}__item", f"{version}__maker"))


def _item_and_maker(path: str) -> tuple[str, str]:
    """What a product in a contract, along a path, is of: to be fetched with it."""
    product = f"{path}__product_version__product"
    return f"{product}__item", f"{product}__maker"


def _days_of(first: Any, last: Any) -> Cast:
    """How many days there are from one day to another, both included."""
    days = Func(last, first, template="(%(expressions)s + 1)", arg_joiner=" - ", output_field=models.IntegerField())
    return Cast(days, UNITS)


def _count_of(rows: models.QuerySet[Any]) -> Coalesce:
    return _sum_of(rows, models.Value(1))


def _sum_of(rows: models.QuerySet[Any], expression: Any, kind: models.Field = COUNT) -> Coalesce:
    """The sum of ``expression`` over the rows that belong to an outer row; 0 where there are none."""
    summed = Sum(expression, output_field=kind)
    total = rows.order_by().values(_=models.Value(1)).annotate(total=summed).values("total")
    return Coalesce(Subquery(total, output_field=kind), 0, output_field=kind)
