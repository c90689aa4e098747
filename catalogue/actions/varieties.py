"""Varieties: made, renamed, filled, their main specification named, and ended; each act is on record."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.access import require
from accounts.models import Seat
from accounts.permissions import Permission
from catalogue import searching
from catalogue.models import Item, SingleSource, Variety, Verb
from catalogue.rules import fold
from core import search
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Fault, Refused
from core.events import record, record_all

_NAMED = 5  # items that an event names
_FACTOR_DECIMALS = 9


@dataclass(frozen=True)
class VarietyFacts:
    """What a variety is called, and by which rules its items are converted. ``form`` is empty where it has several."""

    name: str
    form: str = ""
    rules: str = Variety.Rules.NDRC.value


@dataclass(frozen=True)
class GroupedItem:
    """An item with the variety that it belongs to, by name and form, and whether it is the main specification."""

    item: Item
    name: str
    form: str = ""
    is_main: bool = False


@dataclass(frozen=True)
class StatedFactor:
    """What a document says that one base unit of an item is worth, or counts as, of the main specification; None: what
    follows from the rules."""

    item: Item
    price_factor: Decimal | None = None
    volume_factor: Decimal | None = None


@action
def make_variety(*, kind: str, facts: VarietyFacts, items: Sequence[Item] = (), by: Seat, now: datetime) -> Variety:
    """Make a variety, with items or without any yet. Refused where one of this name and form stands."""
    require(by, Permission.IMPORT_CATALOGUE)
    if kind not in Item.Kind.values:
        raise Refused(_("Choose one of the values offered."), field="kind", code="invalid_choice")
    variety = Variety(kind=kind, made_at=now, made_by=by)
    _save(variety, facts)
    record(Verb.VARIETY_MADE, variety.reference, by=by, now=now, variety=str(variety))
    return put_items(variety=variety, items=items, by=by, now=now) if items else variety


@action
def change_variety(*, variety: Variety, facts: VarietyFacts, reason: str, by: Seat, now: datetime) -> Variety:
    """Rename a variety, or let other rules convert its items. Prices that were converted stay as they are."""
    held, reason = _hold(variety, by), _reason(reason)
    before = f"{held} · {held.get_rules_display()}"
    if (held.name, held.form, held.rules) == (facts.name.strip(), facts.form.strip(), facts.rules):
        raise Refused(_("This changes nothing."), code="unchanged")
    _save(held, facts)
    record(Verb.VARIETY_CHANGED, held.reference, by=by, now=now, before=before, reason=reason)
    return held


@action
def put_items(*, variety: Variety, items: Sequence[Item], by: Seat, now: datetime) -> Variety:
    """Put items into a variety; what is in it already stays. All of them, or none where one does not fit: it is of
    another kind, or of another variety, out of which it is taken first."""
    held = _hold(variety, by)
    locked = _locked(items)
    faults = []
    for row, item in enumerate(locked, 1):
        if item.kind != held.kind:
            faults.append(Fault(_("%(item)s is of another kind.") % {"item": item}, "items", row, code="wrong_kind"))
        elif item.variety_id not in (None, held.pk):
            told = _("%(item)s is of the variety %(variety)s: take it out of that one first.")
            faults.append(
                Fault(told % {"item": item, "variety": item.variety}, "items", row, code="in_another_variety")
            )
    if faults:
        raise Refused(faults[0].message, faults=faults)
    added = [item for item in locked if item.variety_id is None]
    if not added:
        raise Refused(_("Name at least one item that is not in it yet."), field="items", code="unchanged")
    Item.objects.filter(pk__in=[item.pk for item in added]).update(variety=held)
    record(Verb.VARIETY_FILLED, held.reference, by=by, now=now, **_told(added))
    subjects = [(item.reference, {"variety": str(held)}) for item in added]
    record_all(Verb.ITEM_GROUPED, subjects, by=by, now=now)
    return held


@action
def take_items(*, variety: Variety, items: Sequence[Item], reason: str, by: Seat, now: datetime) -> Variety:
    """Take items out of a variety. The main specification stays until another one is named."""
    held, reason = _hold(variety, by), _reason(reason)
    locked = _locked(items)
    if not locked or any(item.variety_id != held.pk for item in locked):
        raise Refused(
            _("Name at least one item, and only items of this variety."), field="items", code="not_of_variety"
        )
    if any(item.pk == held.main_item_id for item in locked):
        raise Refused(
            _("The others are converted to the main specification: name another one first."),
            field="items",
            code="main_specification",
        )
    _release(locked)
    record(Verb.VARIETY_EMPTIED, held.reference, by=by, now=now, reason=reason, **_told(locked))
    _tell_items(held, locked, reason, by=by, now=now)
    return held


@action
def name_main_item(*, variety: Variety, item: Item, reason: str, by: Seat, now: datetime) -> Variety:
    """Name the main specification, to which the others are converted from now on. Factors that a document states are
    against the old one, and go."""
    held, reason = _hold(variety, by), _reason(reason)
    of_it = Item.objects.select_for_update(no_key=True).filter(variety=held).order_by("pk")
    items = {one.pk: one for one in of_it}
    if item.pk not in items:
        raise Refused(_("This item is not of the variety: put it in first."), field="item", code="not_of_variety")
    if held.main_item_id == item.pk:
        raise Refused(_("It is the main specification already."), field="item", code="unchanged")
    held.main_item = item
    held.save(update_fields=["main_item"])
    Item.objects.filter(pk__in=items).update(price_factor=None, volume_factor=None, factor_source="")
    record(Verb.VARIETY_MAIN_NAMED, held.reference, by=by, now=now, item=str(item), reason=reason)
    return held


@action
def state_factors(
    *, variety: Variety, factors: Sequence[StatedFactor], source: str, by: Seat, now: datetime
) -> Variety:
    """Write down factors that a document states, which go before those of the rules; the main specification is 1."""
    held = _hold(variety, by)
    if not source.strip():
        raise Refused(_("Say where the factors are published."), field="source", code="required")
    main = held.main_item_id
    if main is None:
        raise Refused(_("Name the main specification first."), code="no_main_specification")
    items = {item.pk: item for item in _locked([one.item for one in factors])}
    for row, said in enumerate(factors, 1):
        _require_factor(said, row, of_variety=items[said.item.pk].variety_id == held.pk, is_main=said.item.pk == main)
    for said in factors:
        item = items[said.item.pk]
        item.price_factor, item.volume_factor = said.price_factor, said.volume_factor
        item.factor_source = source.strip() if (said.price_factor, said.volume_factor) != (None, None) else ""
    Item.objects.bulk_update(items.values(), ["price_factor", "volume_factor", "factor_source"])
    # After the others: it is 1 also where nothing is stated of it.
    one = Item.objects.filter(pk=main)
    one.update(price_factor=Decimal(1), volume_factor=Decimal(1), factor_source=source.strip())
    record(Verb.FACTORS_STATED, held.reference, by=by, now=now, count=len(items), source=source.strip())
    return held


@action
def end_variety(*, variety: Variety, reason: str, by: Seat, now: datetime) -> Variety:
    """End a variety: its items belong to none afterwards. Refused while hospitals are committed to a supplier of it."""
    held, reason = _hold(variety, by), _reason(reason)
    if SingleSource.objects.filter(Q(valid_to__gte=legal_date(now)), variety=held).exists():
        told = _("Hospitals are committed to a supplier of this variety: end the commitment first.")
        raise Refused(told, code="in_use")
    items = list(Item.objects.select_for_update(no_key=True).filter(variety=held).order_by("pk"))
    _release(items)
    held.main_item, held.ended_at, held.ended_by, held.end_reason = None, now, by, reason
    held.save(update_fields=["main_item", "ended_at", "ended_by", "end_reason"])
    record(Verb.VARIETY_ENDED, held.reference, by=by, now=now, reason=reason)
    _tell_items(held, items, reason, by=by, now=now)
    return held


@action
def group_items(*, rows: Sequence[GroupedItem], by: Seat, now: datetime) -> list[Variety]:
    """Put many items into their varieties at once, and make those that there are not; all of it or nothing.

    Refusals name the rows that they are about. A main specification is named where none is yet.
    """
    require(by, Permission.IMPORT_CATALOGUE)
    if not rows:
        raise Refused(_("Name at least one item."), code="required")
    groups: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        groups[row.item.kind, fold(row.name), fold(row.form)].append(number)
    done = []
    for (kind, name_key, form_key), numbers in sorted(groups.items()):
        same = Variety.objects.standing().filter(kind=kind, name_key=name_key, form_key=form_key)
        some = [rows[number] for number in numbers]
        try:
            variety = same.first() or make_variety(
                kind=kind, facts=VarietyFacts(some[0].name, some[0].form), by=by, now=now
            )
            done.append(_fill(variety, some, by=by, now=now))
        except Refused as refusal:
            raise _by_rows(refusal, [number + 1 for number in numbers], [row.item.pk for row in some]) from None
    return done


def _fill(variety: Variety, rows: Sequence[GroupedItem], *, by: Seat, now: datetime) -> Variety:
    missing = [row.item for row in rows if row.item.variety_id != variety.pk]
    held = put_items(variety=variety, items=missing, by=by, now=now) if missing else variety
    mains = list(dict.fromkeys(row.item for row in rows if row.is_main))
    if len(mains) > 1:
        raise Refused(_("A variety has one main specification."), code="main_specification")
    if mains and held.main_item_id is None:
        held = name_main_item(variety=held, item=mains[0], reason=_("as the file says"), by=by, now=now)
    return held


def _by_rows(refusal: Refused, numbers: Sequence[int], items: Sequence[int]) -> Refused:
    """The same refusal with the rows of the whole table: items are refused in the order of their keys."""
    places = [number for _item, number in sorted(zip(items, numbers, strict=True))]
    faults = [
        Fault(one.message, one.field, places[one.row - 1] if one.row else numbers[0], code=one.code)
        for one in refusal.faults
    ]
    return Refused(refusal.message, faults=faults)


def _save(variety: Variety, facts: VarietyFacts) -> None:
    name, form = facts.name.strip(), facts.form.strip()
    if not fold(name):
        raise Refused(_("Say what the variety is called."), field="name", code="required")
    if facts.rules not in Variety.Rules.values:
        raise Refused(_("Choose one of the values offered."), field="rules", code="invalid_choice")
    variety.name, variety.form, variety.rules = name, form, facts.rules
    variety.name_key, variety.form_key = fold(name), fold(form)
    try:
        with transaction.atomic():
            variety.save()
    except IntegrityError:
        raise Refused(_("There is such a variety already."), field="name", code="variety_exists") from None
    variety.refresh_from_db(fields=["reference"])
    search.index([searching.of_variety(variety)])


def _hold(variety: Variety, by: Seat) -> Variety:
    """The variety as it is now, held until commit; Conflict where somebody has ended it."""
    require(by, Permission.IMPORT_CATALOGUE)
    held = Variety.objects.visible_to(by).select_for_update(no_key=True).get(pk=variety.pk)
    if held.ended_at is not None:
        raise Conflict(_("This variety has ended."), code="already_done")
    return held


def _locked(items: Sequence[Item]) -> list[Item]:
    """The items as they are now, each once, in the order of their keys."""
    keys = {item.pk for item in items}
    rows = Item.objects.select_for_update(of=("self",), no_key=True).select_related("variety")
    return list(rows.filter(pk__in=keys).order_by("pk"))


def _release(items: Sequence[Item]) -> None:
    keys = [item.pk for item in items]
    Item.objects.filter(pk__in=keys).update(variety=None, price_factor=None, volume_factor=None, factor_source="")


def _require_factor(said: StatedFactor, row: int, *, of_variety: bool, is_main: bool) -> None:
    if not of_variety:
        told, field, code = _("This item is not of the variety: put it in first."), "item", "not_of_variety"
        raise Refused(told, faults=[Fault(told, field, row, code=code)])
    for field in ("price_factor", "volume_factor"):
        value = getattr(said, field)
        if value is None:
            continue
        if not value.is_finite() or not 0 < value < 10**9 or value != round(value, _FACTOR_DECIMALS):
            told = _("A factor is above zero and has at most %(limit)s decimals.") % {"limit": _FACTOR_DECIMALS}
            raise Refused(told, faults=[Fault(told, field, row, code="invalid")])
        if is_main and value != 1:
            told = _("The factor of the main specification is 1.")
            raise Refused(told, faults=[Fault(told, field, row, code="invalid")])


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Refused(_("Give the reason, for the record."), field="reason", code="required")
    return reason.strip()


def _told(items: Sequence[Item]) -> dict[str, Any]:
    names = [str(item) for item in items[:_NAMED]] + (["…"] if len(items) > _NAMED else [])
    return {"count": len(items), "items": "; ".join(names)}


def _tell_items(variety: Variety, items: Sequence[Item], reason: str, *, by: Seat, now: datetime) -> None:
    subjects = [(item.reference, {"variety": str(variety), "reason": reason}) for item in items]
    record_all(Verb.ITEM_UNGROUPED, subjects, by=by, now=now)
