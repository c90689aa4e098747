"""Which items of the catalogue somebody means who writes a list of them: by references, by codes and their beginnings,
or by names."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from django.db.models import Q
from django.db.models.functions import Concat

from catalogue.models.items import Item, Product, ProductVersion
from catalogue.rules import fold, normalise

LEAST = 4  # signs of a code that are taken for its beginning
_CODE = re.compile(r"[XZTC][A-Z0-9]{2,26}")
_SEVERAL = re.compile(r"[\s,，;；、]+")

Found = Mapping[str, list[Item]]


def meant(lines: Iterable[Sequence[str]]) -> list[list[Item]]:
    """The items that each line means, in a constant number of queries; none where nobody can tell.

    The cells of a line are a reference of an item or a product (I-12, PD-7), a national code or its beginning, an
    approval number, or a name, with a strength in the same cell or beside it. A beginning or a name alone may mean
    several. Without cells, references and codes may stand in one line, with blanks or commas between.
    """
    rows = [[cell.strip() for cell in line if cell.strip()] for line in lines]
    texts = {text for row in rows for text in (*row, " ".join(row), *_SEVERAL.split(" ".join(row)))}
    codes, names = {**_by_code(texts), **_by_reference(texts)}, _by_name(texts)
    return [_of_row(row, codes, names) for row in rows]


def _of_row(row: Sequence[str], codes: Found, names: Found) -> list[Item]:
    for cell in row:
        if items := codes.get(normalise(cell)):
            return items
    for text in (" ".join(row), *row):
        if items := names.get(fold(text)):
            strengths = {fold(cell) for cell in row}
            return [item for item in items if item.strength_key in strengths] or items
    parts = [codes.get(normalise(part)) for part in _SEVERAL.split(" ".join(row)) if part]
    return list(dict.fromkeys(chain.from_iterable(filter(None, parts)))) if all(parts) else []


def _by_reference(texts: Iterable[str]) -> dict[str, list[Item]]:
    asked = {normalise(text) for text in texts}
    products = Product.objects.filter(reference__in=asked).select_related("item")
    found = {product.reference: [product.item] for product in products}
    return found | {item.reference: [item] for item in Item.objects.filter(reference__in=asked)}


def _by_code(texts: Iterable[str]) -> dict[str, list[Item]]:
    """By a code whole, else by approval number, else by all codes that begin so."""
    asked = {normalise(text) for text in texts}
    found: dict[str, list[Item]] = defaultdict(list)
    for item in Item.objects.filter(code_prefix__in=asked - {""}):
        found[item.code_prefix].append(item)
    versions = ProductVersion.objects.current().select_related("product__item")
    for column in ("national_code", "approval_number"):
        for version in versions.filter(**{f"{column}__in": asked - {""} - found.keys()}):
            found[getattr(version, column)].append(version.product.item)
    begun = sorted(text for text in asked - found.keys() if len(text) >= LEAST and _CODE.fullmatch(text))
    for item in Item.objects.filter(code_prefix__regex=f"^({'|'.join(begun)})") if begun else ():
        for text in filter(item.code_prefix.startswith, begun):
            found[text].append(item)
    return {code: list(dict.fromkeys(items)) for code, items in found.items()}


def _by_name(texts: Iterable[str]) -> dict[str, list[Item]]:
    """By the name alone, or with the strength, or with the form too, as an item prints itself."""
    asked = {fold(text) for text in texts} - {""}
    strong, whole = Concat("name_key", "strength_key"), Concat("name_key", "strength_key", "form_key")
    items = Item.objects.alias(strong=strong, whole=whole)
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items.filter(Q(name_key__in=asked) | Q(strong__in=asked) | Q(whole__in=asked)):
        said = (item.name_key, item.name_key + item.strength_key, item.name_key + item.strength_key + item.form_key)
        for name in asked.intersection(said):
            found[name].append(item)
    return found
