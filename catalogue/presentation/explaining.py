"""What each part of a code says, in words: by itself, and as the item and product that have the code say it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.models import Item, ProductVersion
from catalogue.rules import (
    CodeError,
    is_barcode,
    parse_code,
    parts_of_approval,
    parts_of_code,
    parts_of_gtin,
    parts_of_standard_code,
    read_barcode,
)

_LABELS = {
    "national_code": gettext_lazy("National code"),
    "approval_number": gettext_lazy("Approval number"),
    "standard_code": gettext_lazy("Standard code"),
    "udi_di": gettext_lazy("UDI-DI"),
    "barcode": gettext_lazy("Barcode"),
}
_READ = {
    "national_code": parts_of_code,
    "approval_number": parts_of_approval,
    "standard_code": parts_of_standard_code,
    "udi_di": parts_of_gtin,
    "barcode": lambda text: read_barcode(text).parts,
}

CODES = ("national_code", "approval_number", "standard_code", "udi_di")


@dataclass(frozen=True)
class Explained:
    """Some signs of a code. ``code`` and ``part`` are what programs call them; ``means`` is empty where nobody has
    published what they mean and the catalogue does not say either."""

    code: str
    part: str
    meaning: str
    text: str
    first: int
    means: str = ""

    @property
    def label(self) -> str | Promise:
        return _LABELS[self.code]

    @property
    def places(self) -> str:
        """Where it stands, counted from 1: 7, or 2–6."""
        last = self.first + len(self.text) - 1
        return str(self.first) if last == self.first else f"{self.first}–{last}"


def of_version(version: ProductVersion) -> list[Explained]:
    """The parts of every code that a version of a product has."""
    item, maker = version.product.item, version.maker_name or version.product.maker.name
    known = _of_item(item) | {
        "enterprise_code": maker,
        "pack_code": version.pack,
        "spec_code": version.specification or item.strength,
        "serial": " ".join(filter(None, (version.specification, version.model))),
    }
    return [part for code in CODES for part in _explained(code, getattr(version, code), known)]


def of_item(item: Item) -> list[Explained]:
    """The parts of the beginning of national codes that an item's products have in common."""
    return list(_explained("national_code", item.code_prefix, _of_item(item)))


@dataclass(frozen=True)
class Scanned:
    """A barcode that somebody scanned or pasted: its parts, or why it cannot be read."""

    parts: Sequence[Explained] = ()
    fault: str = ""


def scanned(text: str) -> Scanned | None:
    """What a text says that begins as a barcode does; None for any other."""
    if not is_barcode(text):
        return None
    try:
        parts = list(_explained("barcode", text, {}))
    except CodeError as error:
        return Scanned(fault=error.told(_))
    return Scanned(parts)


def asked(text: str) -> list[Explained]:
    """The parts of a code or barcode of any kind. CodeError where it is none that anybody knows, or damaged."""
    if is_barcode(text):
        return list(_explained("barcode", text, {}))
    for code in ("standard_code", "approval_number", "udi_di"):
        if parts := list(_explained(code, text, {})):
            return parts
    return list(_explained("national_code", parse_code(text).text, {}))


def _of_item(item: Item) -> dict[str, str]:
    return {
        "category": item.category,
        "name_code": item.generic_class or item.name,
        "form_code": item.form,
        "material_code": item.material,
        "feature_code": item.feature,
    }


def _explained(code: str, text: str, known: dict[str, str]) -> Iterator[Explained]:
    """What the catalogue knows goes by the national code alone: other codes number their parts by themselves."""
    for part in _READ[code](text) if text else ():
        by_itself = _(part.said) if part.said else ""
        known_as = known.get(part.field, "") if code == "national_code" or part.field == "enterprise_code" else ""
        yield Explained(code, part.field, _(part.meaning), part.text, part.first, by_itself or known_as)
