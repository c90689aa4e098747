"""What an accepted proposal does to the catalogue, by the act that does the same by hand."""

import csv
from datetime import date, datetime
from io import StringIO

from django.utils.translation import gettext as _

from accounts.models import Seat
from catalogue.actions.adjustments.proposing import before_of
from catalogue.actions.adjustments.said import current_versions, said_of_item, said_of_product
from catalogue.actions.editing import Edit, ItemFacts, ProductFacts, edit_item, edit_product
from catalogue.actions.imports import hold_merges, import_at_once
from catalogue.actions.withdrawing import withdraw_product
from catalogue.models import Adjustment, Item, Product
from catalogue.rules import ITEM_FACTS, PRODUCT_FACTS, TEMPLATE_COLUMNS
from core.errors import Conflict, Refused

_REASON = 300


def carry_out(held: Adjustment, day: date, *, by: Seat, now: datetime) -> tuple[Item | None, Product | None]:
    """Do what was proposed from a day on; the item or the product that it came to."""
    edit = Edit(day, f"{held.reference}: {held.reason}"[:_REASON])
    match held.kind:
        case Adjustment.Kind.ADD:
            return _add(held, by=by, now=now)
        case Adjustment.Kind.CORRECT_ITEM:
            return _correct_item(held, edit, by=by, now=now), None
        case Adjustment.Kind.CORRECT_PRODUCT:
            return None, _correct_product(held, edit, by=by, now=now)
    assert held.product is not None  # a constraint says so
    withdraw_product(product=held.product, starts_on=day, reason=edit.reason, by=by, now=now)
    return None, held.product


def _correct_item(held: Adjustment, edit: Edit, *, by: Seat, now: datetime) -> Item:
    assert held.item is not None  # a constraint says so
    _require_unchanged(held, before_of(held, {}))
    said = {ITEM_FACTS[name]: text for name, text in {**said_of_item(held.item), **held.said}.items()}
    edit_item(item=held.item, facts=ItemFacts(**said, base_unit=held.item.base_unit), edit=edit, by=by, now=now)
    return held.item


def _correct_product(held: Adjustment, edit: Edit, *, by: Seat, now: datetime) -> Product:
    assert held.product is not None  # a constraint says so
    versions = current_versions([held.product.pk])
    current = said_of_product(versions[held.product.pk])
    _require_unchanged(held, current)
    said = {PRODUCT_FACTS[name]: text for name, text in {**current, **held.said}.items()}
    size = said.pop("pack_size")
    facts = ProductFacts(**said, pack_size=int(size) if size else None)
    edit_product(product=held.product, facts=facts, edit=edit, by=by, now=now)
    return held.product


def _add(held: Adjustment, *, by: Seat, now: datetime) -> tuple[Item, Product | None]:
    """Import the one row; nobody else imports meanwhile, so that what is new is what it made."""
    row = {**held.said, "source": held.said.get("source") or held.reference}
    hold_merges()
    items, products = (model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0 for model in _MADE)
    batch = import_at_once(file_name=f"{held.reference}.csv", content=_one_row(row), by=by, now=now)
    product = Product.objects.filter(pk__gt=products).select_related("item").order_by("pk").last()
    item = product.item if product else Item.objects.filter(pk__gt=items).order_by("pk").last()
    if not batch.new or item is None:
        raise Conflict(_("The catalogue has this already."), code="registered")
    return item, product


_MADE = (Item, Product)


def _one_row(row: dict[str, str]) -> bytes:
    text = StringIO()
    writer = csv.DictWriter(text, fieldnames=list(TEMPLATE_COLUMNS))
    writer.writeheader()
    writer.writerow(row)
    return text.getvalue().encode()


def _require_unchanged(held: Adjustment, current: dict[str, str]) -> None:
    """Refused where the catalogue says something else by now of what is to be corrected."""
    otherwise = [name for name, text in held.before.items() if current.get(name, "") != text]
    if otherwise:
        words = _("The catalogue says something else by now: %(columns)s. Ask back whether it is still meant.")
        raise Refused(words % {"columns": ", ".join(otherwise)}, code="changed_meanwhile")
