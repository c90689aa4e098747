"""What of a supplier's shelf stands for what it offers: in a bid, in an application for listing."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from accounts.models import Organisation
from catalogue.models import Product, ShelfDocument
from catalogue.validity import SHOWN, SHOWN_OF_PRODUCTS, DocumentKind, Standing, Validity, standing_of


@dataclass(frozen=True)
class Holding:
    """A document that stands for products (none: for the company), or one that is missing; how it stands."""

    kinds: tuple[DocumentKind, ...]
    standing: Standing
    products: tuple[Product, ...] = ()
    document: ShelfDocument | None = None

    @property
    def kind_words(self) -> str:
        return _(" or ").join(str(kind.label) for kind in self.kinds)

    @property
    def tone(self) -> str:
        return {"stands": "good", "ends": "warn", "later": "warn"}.get(self.standing, "bad")

    @property
    def of(self) -> str:
        """What it is about, in words."""
        return _(", ").join(map(str, self.products)) if self.products else _("the company")

    @property
    def line(self) -> str:
        """How it is named in a text: by its reference, its number, its last day and the hash of its file."""
        one = self.document
        if one is None:
            return ""
        parts = [one.reference, self.kind_words, one.number]
        if one.valid_until:
            parts.append(_("until %(day)s") % {"day": one.valid_until.isoformat()})
        if one.sha256:
            parts.append(f"SHA-256 {one.sha256}")
        return " · ".join(parts)


def holdings(products: Sequence[Product], supplier: Organisation, day: date, until: date) -> list[Holding]:
    """What is on the supplier's shelf for some products on a day, held against another until which it has to hold;
    what every offer shows and is not there is among them as missing. What has ended counts only where nothing of its
    kind followed. Two queries, however many products."""
    asked = {product.pk: product for product in products}
    rows = ShelfDocument.objects.standing().filter(supplier__in=supplier.lineage()).about(asked)
    found = [_holding(one, asked, day, until) for one in rows.defer("document").order_by("pk").prefetch_related("uses")]
    followed = [one for one in found if one.standing != Standing.ENDED or not _is_followed(one, found)]
    return sorted([*followed, *_missing(followed, asked.values())], key=lambda one: (bool(one.products), one.kinds))


def worst_of(found: Sequence[Holding], product: Product) -> list[Holding]:
    """What of the documents for a product, and of those of the company, does not stand to the end."""
    return [one for one in found if one.standing != Standing.STANDS and (not one.products or product in one.products)]


def lines_of(found: Sequence[Holding], kinds: Collection[str]) -> str:
    """The documents of some kinds that stand, a line each, as an answer names them."""
    counted = (Standing.STANDS, Standing.ENDS)
    return "\n".join(one.line for one in found if one.standing in counted and not set(one.kinds).isdisjoint(kinds))


def _holding(one: ShelfDocument, asked: dict[int, Product], day: date, until: date) -> Holding:
    validity = Validity(one.supplier_id, one.kind, 0, one.number, one.valid_from, one.valid_until)
    products = tuple(asked[use.product_id] for use in one.uses.all() if use.product_id in asked)
    return Holding((DocumentKind(one.kind),), standing_of(validity, day, until), products, one)


def _is_followed(ended: Holding, found: Sequence[Holding]) -> bool:
    """Whether another of its kind is in force for all that it was about."""
    held = [one for one in found if one.kinds == ended.kinds and one.standing in (Standing.STANDS, Standing.ENDS)]
    if not ended.products:
        return any(not one.products for one in held)
    return all(any(not one.products or product in one.products for one in held) for product in ended.products)


def _missing(found: Sequence[Holding], products: Collection[Product]) -> Iterator[Holding]:
    for kinds in SHOWN:
        if not any(set(one.kinds) & set(kinds) for one in found):
            yield Holding(kinds, Standing.MISSING)
    for kind in SHOWN_OF_PRODUCTS:
        shown = {product for one in found if kind in one.kinds for product in one.products}
        lacking = tuple(product for product in products if product not in shown)
        if lacking:
            yield Holding((kind,), Standing.MISSING, lacking)
