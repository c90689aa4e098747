"""Items and products corrected by hand: what holds from a day on, with a reason, beside what held before."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.access import require
from accounts.models import Seat
from accounts.permissions import Permission
from catalogue import searching
from catalogue.models import Item, ItemVersion, Maker, Product, ProductVersion, Verb
from catalogue.rules import (
    CodeError,
    fold,
    identity_keys,
    parse_approval_number,
    parse_code,
    parse_standard_code,
    read_contents,
    read_pack,
)
from core import search
from core.actions import action
from core.clock import legal_date
from core.errors import Refused
from core.events import record
from core.pinyin import search_keys

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class ItemFacts:
    """What an item is. ``fill`` is what a bag, bottle or ampoule holds, where the strength does not say it."""

    name: str
    strength: str
    form: str
    route: str
    base_unit: str
    fill: str = ""


@dataclass(frozen=True)
class ProductFacts:
    """What may change about a product. ``packaging`` says how the pack is made up, as 12片/板×2板/盒."""

    brand: str
    holder: str
    national_code: str
    approval_number: str
    standard_code: str
    pack_size: int | None
    pack_unit: str
    packaging: str
    source: str


@dataclass(frozen=True)
class Edit:
    """Since when something holds, and why it is written only now."""

    starts_on: date
    reason: str


@action
def edit_item(*, item: Item, facts: ItemFacts, edit: Edit, by: Seat, now: datetime) -> Item:
    """Let an item be what ``facts`` say from a day on; what it was stays as a version until the day before.

    Refused when the catalogue has such an item already, for another unit than the one that quantities count, for a day
    that is not after the last edit or is still to come, and when nothing would change.
    """
    require(by, Permission.IMPORT_CATALOGUE)
    item = Item.objects.select_for_update().get(pk=item.pk)
    last = item.versions.order_by("number").last()
    _check(edit, last.valid_to + _DAY if last else None, now)
    after = _item_columns(item, facts)
    if all(getattr(item, name) == value for name, value in after.items()):
        raise Refused(_("This changes nothing."), code="unchanged")
    before = str(item)
    ItemVersion.objects.create(
        item=item,
        number=last.number + 1 if last else 1,
        **{name: getattr(item, name) for name in ("name", "strength", "form", "route", "base_unit", "contents")},
        valid_to=edit.starts_on - _DAY,
        reason=edit.reason.strip(),
        edited_at=now,
        edited_by=by,
    )
    _write(item, after, _("The catalogue has such an item already."), "name")
    told: dict[str, Any] = {"before": before, "day": edit.starts_on.isoformat(), "reason": edit.reason.strip()}
    record(Verb.ITEM_EDITED, item.reference, by=by, now=now, item=str(item), **told)
    search.index(searching.of_items(Item.objects.filter(pk=item.pk)))
    return item


@action
def edit_product(*, product: Product, facts: ProductFacts, edit: Edit, by: Seat, now: datetime) -> ProductVersion:
    """Begin a new version of a product on a day; the one before ends the day before.

    Refused for codes and numbers that do not follow their grammar or belong to another thing, for a day that is not
    after the current version's first or is still to come, and when nothing would change.
    """
    require(by, Permission.IMPORT_CATALOGUE)
    product = Product.objects.select_for_update(of=("self",)).select_related("item").get(pk=product.pk)
    current = product.versions.current().select_related("holder").get()
    _check(edit, current.valid_from, now)
    after = _version_columns(product, facts)
    if all(getattr(current, name) == value for name, value in after.items()):
        raise Refused(_("This changes nothing."), code="unchanged")
    if after["national_code"] != current.national_code:
        _recode(product, str(after["national_code"]))
    ProductVersion.objects.filter(pk=current.pk).update(valid_to=edit.starts_on - _DAY)
    version = ProductVersion.objects.create(
        product=product,
        number=current.number + 1,
        maker_name=current.maker_name,
        unverified=current.unverified and not facts.source.strip(),
        valid_from=edit.starts_on,
        reason=edit.reason.strip(),
        edited_at=now,
        edited_by=by,
        **after,
    )
    told: dict[str, Any] = {"day": edit.starts_on.isoformat(), "reason": edit.reason.strip()}
    record(Verb.PRODUCT_EDITED, product.reference, by=by, now=now, product=str(product), **told)
    search.index([searching.of_product(version)])
    return version


def _check(edit: Edit, not_before: date | None, now: datetime) -> None:
    if not edit.reason.strip():
        raise Refused(_("Give the reason, for the record."), field="reason", code="required")
    if edit.starts_on > legal_date(now):
        raise Refused(_("An edit takes effect today or earlier."), field="starts_on", code="date_out_of_range")
    if not_before is not None and edit.starts_on <= not_before:
        raise Refused(
            _("Choose a day after %(day)s, when this was changed last.") % {"day": not_before},
            field="starts_on",
            code="date_out_of_range",
        )


def _item_columns(item: Item, facts: ItemFacts) -> dict[str, Any]:
    if item.base_unit and fold(facts.base_unit) != fold(item.base_unit):
        raise Refused(_("Quantities are counted in this unit; it stays as it is."), field="base_unit", code="stays")
    if not fold(facts.name):
        raise Refused(_("The name of the item is missing."), field="name", code="required")
    said = {name: getattr(facts, name).strip() for name in ("name", "strength", "form")}
    keys = search_keys(said["name"])
    try:
        contents = read_contents(said["strength"], facts.fill) if item.kind == Item.Kind.DRUG else None
    except CodeError as error:
        raise Refused(error.told(_), field="fill", code="invalid") from None
    return {
        **said,
        **identity_keys(**said),
        "route": facts.route.strip(),
        "base_unit": item.base_unit or facts.base_unit.strip(),
        "contents": contents.to_json() if contents else {},
        "pinyin": keys.pinyin,
        "initials": keys.initials,
    }


def _version_columns(product: Product, facts: ProductFacts) -> dict[str, Any]:
    code = _read("national_code", facts.national_code, parse_code)
    approval = _read("approval_number", facts.approval_number, parse_approval_number)
    standard = _read("standard_code", facts.standard_code, parse_standard_code)
    pack = _read("packaging", facts.packaging, read_pack)
    size, unit = facts.pack_size, facts.pack_unit.strip()
    if approval and approval.kind.value != product.item.kind:
        raise Refused(
            _("This is the approval number of another kind of thing."), field="approval_number", code="wrong_kind"
        )
    if pack and (size or pack.size, fold(unit) or pack.unit) != (pack.size, pack.unit):
        raise Refused(
            _("The containers hold %(size)s, the row says otherwise.") % {"size": pack},
            field="packaging",
            code="impossible",
        )
    if pack is None and bool(size) != bool(unit):
        raise Refused(_("A pack has a number of base units and a unit of its own."), field="pack_size", code="required")
    holder = facts.holder.strip()
    return {
        "holder": _holder(holder) if fold(holder) != product.maker.name_key else None,
        "brand": facts.brand.strip(),
        "national_code": code.text if code else "",
        "approval_number": approval.text if approval else "",
        "standard_code": standard.text if standard else "",
        "pack_size": size or (pack.size if pack else None),
        "pack_unit": unit or (pack.unit if pack else ""),
        "containers": [asdict(container) for container in pack.containers] if pack else [],
        "source": facts.source.strip(),
    }


def _read(field: str, text: str, parse: Any) -> Any:
    if not fold(text):
        return None
    try:
        return parse(text)
    except CodeError as error:
        raise Refused(error.told(_), field=field, code="invalid") from None


def _holder(name: str) -> Maker | None:
    """The maker of this name, made where there is none yet."""
    if not fold(name):
        return None
    return Maker.objects.named(name).first() or Maker.objects.create(name=name, name_key=fold(name))


def _recode(product: Product, code: str) -> None:
    """Let a product be found by another national code, and its item by the beginning of it where it had none."""
    if not code:
        raise Refused(_("A national code can be corrected and not taken away."), field="national_code", code="stays")
    prefix = parse_code(code).item_prefix
    if product.item.code_prefix not in ("", prefix):
        raise Refused(_("This code is that of another item."), field="national_code", code="code_taken")
    taken = _("Another product has this code.")
    _write(product, {"key": code}, taken, "national_code")
    if not product.item.code_prefix:
        _write(product.item, {"code_prefix": prefix}, taken, "national_code")


def _write(thing: Item | Product, columns: dict[str, Any], taken: str, field: str) -> None:
    """Write columns of a row; refused where they belong to another one already."""
    for name, value in columns.items():
        setattr(thing, name, value)
    try:
        with transaction.atomic():
            thing.save(update_fields=list(columns))
    except IntegrityError:
        raise Refused(taken, field=field, code="code_taken") from None
