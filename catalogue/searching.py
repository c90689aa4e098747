"""What search finds of this room: the catalogue is public to every seat. Prices are not found by search."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse

from catalogue.models import Item, ProductVersion
from core.models import Event
from core.search import Entry

_RELATED = ("product__item", "product__maker", "holder")


def of_item(item: Item) -> Entry:
    return Entry(
        kind="item",
        reference=item.reference,
        title=str(item),
        url=reverse("catalogue:item", args=[item.reference]),
        words=(item.code_prefix,),
        audience=Event.Audience.PUBLIC,
    )


def of_product(version: ProductVersion) -> Entry:
    """The product as its current version says, found by its maker, holder, brand and every code."""
    product, holder = version.product, version.holder
    codes = (version.national_code, version.approval_number, version.standard_code)
    return Entry(
        kind="product",
        reference=product.reference,
        title=" ".join(filter(None, (str(product.item), version.brand))),
        detail=" · ".join(filter(None, (str(product.maker), version.packaging))),
        url=reverse("catalogue:product", args=[product.reference]),
        words=(holder.name if holder else "", *codes),
        audience=Event.Audience.PUBLIC,
    )


def of_items(items: QuerySet) -> Iterator[Entry]:
    """The entries of items and of all their products."""
    yield from map(of_item, items.iterator())
    versions = ProductVersion.objects.current().filter(product__item__in=items.order_by().values("pk"))
    yield from map(of_product, versions.select_related(*_RELATED).iterator())


def everything() -> Iterator[Entry]:
    """Every entry of this room."""
    return of_items(Item.objects.all())
