"""What the catalogue says of an item or a product, by the columns of the import template, as texts."""

from collections.abc import Iterable, Mapping

from catalogue.models import Item, ProductVersion
from catalogue.rules import ITEM_FACTS, PRODUCT_FACTS


def said_of_item(item: Item) -> dict[str, str]:
    facts = {name: getattr(item, fact) for name, fact in ITEM_FACTS.items() if fact != "fill"}
    return {**facts, "fill": str(item.quantities.fill or "")}


def said_of_product(version: ProductVersion) -> dict[str, str]:
    """By its current version, which is read with holder and item."""
    held = {name: getattr(version, fact) for name, fact in PRODUCT_FACTS.items()}
    return {name: "" if value is None else str(value) for name, value in held.items()}


def current_versions(products: Iterable[int]) -> dict[int, ProductVersion]:
    """The current version of each product, by the product's primary key."""
    rows = ProductVersion.objects.current().filter(product__in=set(products))
    return {one.product_id: one for one in rows.select_related("holder", "product__item", "product__maker")}


def changed(said: Mapping[str, str], before: Mapping[str, str]) -> dict[str, str]:
    """Of what is said, that which says something else than before."""
    return {name: text.strip() for name, text in said.items() if text.strip() != before.get(name, "")}
