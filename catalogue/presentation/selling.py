"""What a hospital reads on a product's page: whether it may order it, at which price, and why or why not."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Seat
from accounts.permissions import OrganisationKind
from catalogue.models import Listing, PriceEntry, Product, ProductVersion
from catalogue.ordering import Answer, may_order
from core.templatetags.ui import currency
from core.templatetags.ui import price as price_words


@dataclass(frozen=True)
class Ordering:
    """Whether a product may be ordered, and why or why not; what bounds its price; of whom else it is to be bought."""

    may: str
    because: str
    listing: Listing | None
    bound: str
    departs: str


def ordering_of(seat: Seat, product: Product, version: ProductVersion | None, day: date) -> Ordering | None:
    """For a seat of a hospital, whether it may order the product on a day, at which price and why; or why not."""
    hospital = seat.organisation
    if hospital.kind != OrganisationKind.HOSPITAL:
        return None
    answer = may_order([product.pk], region=hospital.region, hospital=hospital, day=day)[product.pk]
    may, because = "", _("It may not be ordered on %(day)s: %(why)s") % {"day": day, "why": answer.why}
    if answer.entry:
        may = _at(answer, product, version, day)
        said = _entry(answer.entry) | {"since": answer.entry.valid_from, "source": answer.entry.source}
        because = _("The %(kind)s %(entry)s, in force since %(since)s, is the lowest for you (%(source)s).") % said
    departs, bound, commitment = "", "", answer.commitment
    if answer.bound:
        bound = _("Held against the %(kind)s %(entry)s: %(price)s for %(units)s.") % _entry(answer.bound)
    if commitment and answer.needs_departure():
        told = {"supplier": commitment.supplier, "day": commitment.valid_to}
        departs = _("Your hospital buys this of %(supplier)s until %(day)s: an order takes a reason.") % told
    return Ordering(may, because, answer.listing, bound, departs)


def _at(answer: Answer, product: Product, version: ProductVersion | None, day: date) -> str:
    """At which price a pack; of the register's own units where the pack is not known."""
    assert answer.entry is not None  # an answer that says at what price has one
    price, pack = answer.entry.price, f"{answer.entry.units} {product.item.base_unit}"
    if version and version.pack_size and (a_pack := answer.price_of(version.pack_size)):
        price, pack = a_pack, version.pack
    said = {"day": day, "price": price_words(price), "currency": currency(), "pack": pack}
    return _("It may be ordered on %(day)s at %(price)s %(currency)s (%(pack)s).") % said


def _entry(entry: PriceEntry) -> dict[str, Any]:
    price = {"price": price_words(entry.price), "units": entry.units}
    return {"kind": entry.get_kind_display(), "entry": entry.reference, **price}
