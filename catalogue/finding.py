"""Finding items and products by what somebody types: by index whatever is asked, and bounded whatever is found.

Two places are looked into: what an item says of itself, and what the versions of its products say, the earlier ones
too, so that an old code or an old brand keeps finding. Up to ``MOST_KNOWN`` answers are fetched as keys, and all else
(order, filters, counts) is asked of these rows alone. What more rows have than that is so common that a page of it is
full after a few steps along an index.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db.models import BigIntegerField, BooleanField, Exists, F, Func, OuterRef, Q, QuerySet, Value

from catalogue.rules import normalise
from catalogue.rules.words import Asked, Word, read_asked
from core.pinyin import search_keys
from core.querysets import along

MOST_KNOWN = 10_000
_LEAST = 4  # signs of a code that are taken for its beginning
MOST_LIKE = 12  # names that are told of as spelt like what was typed
_ITEM = ("name", "name_en", "strength", "contents", "code_prefix", "initials")
_VERSION = (
    "brand",
    "maker_name",
    "national_code",
    "approval_number",
    "standard_code",
    "udi_di",
    "specification",
    "model",
)


def item_words(path: str = "") -> Func:
    """The words of an item, as they are indexed."""
    return Func(*(F(path + name) for name in _ITEM), function="item_words", output_field=SearchVectorField())


def version_words() -> Func:
    """The words of a version of a product, as they are indexed."""
    return Func(*map(F, _VERSION), function="version_words", output_field=SearchVectorField())


@dataclass(frozen=True)
class Findings:
    """What a text finds among the rows of a model. ``total`` is empty where there are more than anybody counted.

    ``ranks`` are conditions of which each row fits one: is what was typed, begins with it, holds it.
    """

    condition: Q
    ranks: Sequence[Q]
    total: int | None


def find_items(items: QuerySet, text: str) -> Findings:
    """The items that fit every word of a text, by themselves or by one of their products."""
    asked = read_asked(text)
    if not asked.words:
        return Findings(Q() if not text.strip() else Q(pk__in=()), (), None if not text.strip() else 0)
    places = _Places(items.model, asked)
    own, through = places.own(), places.through()
    known = _keys(items.model.objects.filter(own), "pk") if own is not None else ()
    others = _keys(through, "product__item") if through is not None else ()
    if others is not None and (recoded := places.recoded()) is not None:
        others = list({*others, *recoded.values_list("product__item", flat=True)[:MOST_KNOWN]})
    of_products = _among(others) if others is not None else Exists(through.filter(product__item=OuterRef("pk")))
    condition = (Q(own) if known is None else Q(_among(known))) | Q(of_products)
    total = None if known is None or others is None else len({*known, *others})
    return Findings(condition, _item_ranks(text, asked), total)


def find_versions(versions: QuerySet, text: str) -> Findings:
    """The versions whose product, in this version or an earlier one, fits every word of a text, or whose item does."""
    asked = read_asked(text)
    if not asked.words:
        return Findings(Q() if not text.strip() else Q(pk__in=()), (), None if not text.strip() else 0)
    places = _Places(along(versions.model, "product__item"), asked)
    own, through = places.own("product__item__"), places.through()
    known = _keys(versions.model.objects.current().filter(own), "product") if own is not None else ()
    others = _keys(through, "product") if through is not None else ()
    if others is not None and (recoded := places.recoded()) is not None:
        others = list({*others, *recoded.values_list("product", flat=True)[:MOST_KNOWN]})
    of_items = own if known is None else Q(_among(known, "product_id"))
    said = (
        Q(_among(others, "product_id")) if others is not None else Exists(through.filter(product=OuterRef("product")))
    )
    total = None if known is None or others is None else len({*known, *others})
    return Findings(of_items | Q(said), (), total)


def spelt_like(items: QuerySet, text: str) -> list[str]:
    """Names that sound or are spelt much like a text that finds nothing, the likest first."""
    sound = search_keys(read_asked(text).head).pinyin
    if len(sound) < 4:
        return []
    like = items.model.objects.filter(pinyin__trigram_word_similar=sound)
    near = Func(Value(sound), F("pinyin"), function="word_similarity")
    rows = like.order_by().annotate(near=near).values_list("name", "near").distinct().order_by("-near", "name")
    return [name for name, _near in rows[:MOST_LIKE]]


class _Places:
    """Where each word of a text stands: in items, in versions of products, or in both."""

    def __init__(self, items: Any, asked: Asked) -> None:
        self.items, self.asked = items, asked
        self.versions = along(items, "products__versions").objects
        words = asked.words
        if len(words) == 1:
            self.in_items = self.in_versions = {*words}
            return
        self.in_items = {word for word in words if items.objects.filter(_in_item([word])).exists()}
        self.in_versions = {word for word in words if self.versions.filter(_in_version([word])).exists()}

    def own(self, path: str = "") -> Q | None:
        """That an item by itself fits every word; none where one of them stands in no item."""
        everything = _in_item(self.asked.words, path) if self.in_items >= {*self.asked.words} else None
        if syllables := self.asked.syllables:
            sounds = Q(**{f"{path}pinyin__contains": syllables})
            return everything | sounds if everything else sounds
        return everything

    def through(self) -> QuerySet | None:
        """Versions that say what their item does not; none where no version can help."""
        words = [*self.asked.words]
        only_here = [word for word in words if word in self.in_versions - self.in_items]
        both = [word for word in words if word in self.in_versions & self.in_items]
        if not (only_here or both) or not {*words} <= self.in_items | self.in_versions:
            return None
        said = _in_version(only_here) if only_here else reduce(or_, (_in_version([word]) for word in both))
        versions = self.versions.filter(said)
        if elsewhere := [word for word in words if word in self.in_items - self.in_versions]:
            versions = versions.filter(_in_item(elsewhere, "product__item__"))
        if len(words) > 1:
            for word in both:
                versions = versions.filter(_in_version([word]) | _in_item([word], "product__item__"))
        return versions

    def recoded(self) -> QuerySet | None:
        """What became of codes that begin as the text does, of products that are known; none where it is no code."""
        code = normalise(self.asked.words[0].text)
        if len(self.asked.words) > 1 or len(code) < _LEAST or not (code.isascii() and code.isalnum()):
            return None
        codes = along(self.items, "products__codes").objects
        return codes.filter(code__startswith=code, product__isnull=False).order_by()


def _in_item(words: Sequence[Word], path: str = "") -> Q:
    """That an item has all words. What may be pinyin stands anywhere in it, for which it has an index of its own."""
    plain = [word.terms for word in words if not word.may_be_pinyin]
    conditions = [_holding(item_words(path), plain)] if plain else []
    for word in words:
        if word.may_be_pinyin:
            conditions.append(_holding(item_words(path), [word.terms]) | Q(**{f"{path}pinyin__contains": word.text}))
    return reduce(and_, conditions)


def _in_version(words: Sequence[Word]) -> Q:
    return _holding(version_words(), [word.terms for word in words])


def _holding(words: Func, terms: Sequence[str]) -> Q:
    query = " & ".join(f"({each})" for each in terms)
    return Q(Func(words, Value(query), template="(%(expressions)s::tsquery)", arg_joiner=" @@ ", output_field=_YES))


def _keys(rows: QuerySet, name: str) -> list[int] | None:
    """The keys of rows, each once; nothing where there are too many to know them all."""
    keys = list(rows.order_by().values_list(name, flat=True)[: MOST_KNOWN + 1])
    return list({*keys}) if len(keys) <= MOST_KNOWN else None


def _among(keys: Collection[int], name: str = "pk") -> Func:
    """That a key is one of these: as one array, which the database reads at once."""
    array = Value(sorted(keys), output_field=ArrayField(BigIntegerField()))
    return Func(F(name), array, template="(%(expressions)s))", arg_joiner=" = ANY (", output_field=_YES)


def _item_ranks(text: str, asked: Asked) -> Sequence[Q]:
    code, head = normalise(text), asked.head
    exact, begins = Q(reference=code), Q(pk__in=())
    if code:
        exact, begins = exact | Q(code_prefix=code), Q(code_prefix__startswith=code)
    if head:
        exact |= Q(name_key=head)
        begins |= Q(name_key__startswith=head)
    if head.isascii() and head.isalpha():
        begins |= Q(pinyin__startswith=head) | Q(initials__startswith=head)
    return (exact, ~exact & begins, ~exact & ~begins)


_YES = BooleanField()
