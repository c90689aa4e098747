"""Finding items and products by what somebody types: by index whatever is asked, and bounded whatever is found.

Two places are looked into: what an item says of itself, and what the versions of its products say, the earlier ones
too, so that an old code or an old brand keeps finding. Up to ``MOST_KNOWN`` answers are fetched as keys, and all else
(order, filters, counts) is asked of these rows alone. What more rows have than that is so common that a page of it is
full after a few steps along an index.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db import connection
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet, TextField, Value

from catalogue.rules import normalise
from catalogue.rules.words import Asked, Word, read_asked
from core.pinyin import search_keys
from core.querysets import along

MOST_KNOWN = 10_000
MOST_COUNTED = 1000  # rows that facets count one by one; of more it is said that they are more
_KEYS_FOUND = """
    SELECT known, others, in_items, in_versions
    FROM keys_found(%s::tsquery, %s, %s::tsquery, %s, %s::text[]::tsquery[], %s::text[], %s, %s)
"""
_FIRST_HAN = "\u3400"
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

    ``ranks`` are conditions of which each row fits one: is what was typed, begins with it, holds it. ``some`` is the
    condition of enough of the rows to count, where there are more than anybody counted.
    """

    condition: Q
    ranks: Sequence[Q]
    total: int | None
    some: Q | None = None


def find_items(items: QuerySet, text: str) -> Findings:
    """The items that fit every word of a text, by themselves or by one of their products."""
    asked = read_asked(text)
    if not asked.words:
        return _nothing_asked(text)
    places = _Places(items.model, asked)
    known, others = places.keys(lambda own: items.model.objects.filter(own).values_list("pk"), "product__item")
    ranks = _ranks(text, asked)
    if known is not None and others is not None:
        return Findings(Q(_among(known | others)), ranks, len(known | others))
    condition = _plainly(asked) or Q(places.own()) if known is None else Q(_among(known))
    if others is None:
        condition |= Q(Exists(places.through().filter(product__item=OuterRef("pk"))))
    elif others:
        condition |= Q(_among(others))
    return Findings(condition, ranks, None, places.some("pk"))


def find_versions(versions: QuerySet, text: str) -> Findings:
    """The versions whose product, in this version or an earlier one, fits every word of a text, or whose item does."""
    asked = read_asked(text)
    if not asked.words:
        return _nothing_asked(text)
    path, current = "product__item__", versions.model.objects.current()
    places = _Places(along(versions.model, "product__item"), asked, path, of_products=True)
    known, others = places.keys(lambda own: current.filter(own).values_list("product"), "product")
    if known is not None and others is not None:
        ranks = _ranks(text, asked, path, product=True)
        return Findings(Q(_among(known | others, "product_id")), ranks, len(known | others))
    condition = _plainly(asked, path) or Q(places.own()) if known is None else Q(_among(known, "product_id"))
    if others is None:
        condition |= Q(Exists(places.through().filter(product=OuterRef("product"))))
    elif others:
        condition |= Q(_among(others, "product_id"))
    return Findings(condition, (), None, places.some("product_id"))


def _nothing_asked(text: str) -> Findings:
    """Of blanks everything, of signs without a word nothing."""
    return Findings(Q(pk__in=()), (), 0) if text.strip() else Findings(Q(), (), None)


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
    """Where each word of a text stands: in items, in versions of products, or in both; and the keys of what fits it.

    One statement asks for all of that (``keys_found``). What it does not know is asked of querysets: several words of
    which one may be pinyin, and several of which some stand in items and some in versions.
    """

    def __init__(self, items: Any, asked: Asked, path: str = "", *, of_products: bool = False) -> None:
        self.asked, self.path = asked, path
        self.versions = along(items, "products__versions").objects
        words = asked.words
        terms = [word.terms for word in words]
        self.several = len(words) > 1
        self.plain = not self.several or not any(word.may_be_pinyin for word in words)
        sound = asked.syllables or (words[0].text if words[0].may_be_pinyin else "")
        with connection.cursor() as cursor:
            cursor.execute(
                _KEYS_FOUND,
                (
                    _both(terms) if self.plain else None,
                    f"%{sound}%" if self.plain and sound else None,
                    _both(terms),
                    self._code(),
                    terms if self.several else None,
                    [f"%{word.text}%" if word.may_be_pinyin else None for word in words] if self.several else None,
                    MOST_KNOWN + 1,
                    of_products,
                ),
            )
            self._known, self._others, in_items, in_versions = cursor.fetchone()
        self.in_items = {word for word, here in zip(words, in_items or (True,), strict=True) if here}
        self.in_versions = {word for word, here in zip(words, in_versions or (True,), strict=True) if here}

    def keys(self, of_own: Callable[[Q], QuerySet], name: str) -> tuple[set[int] | None, set[int] | None]:
        """The keys of what fits by its own words, ``of_own`` being those of a condition, and of what fits otherwise,
        in versions by the column of this name. Nothing in place of those that are too many to know them all."""
        known, others = _few(self._known), _few(self._others)
        if not self.plain:
            known = _read(of_own(own)) if (own := self.own()) is not None else set()
        if self.several and self.in_items:
            through = self.through()
            others = set() if through is None else _read(through.values_list(name))
        return known, others

    def some(self, name: str) -> Q | None:
        """Keys of as many rows as facets count, of those that are too many to know; none where they are not known."""
        many = next((keys for keys in (self._known, self._others) if len(keys) > MOST_KNOWN), None)
        return None if many is None or not self.plain else Q(_among(many[: MOST_COUNTED + 1], name))

    def own(self) -> Q | None:
        """That an item by itself fits every word; none where one of them stands in no item."""
        everything = _in_item(self.asked.words, self.path) if self.in_items >= {*self.asked.words} else None
        if syllables := self.asked.syllables:
            sounds = Q(**{f"{self.path}pinyin__contains": syllables})
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

    def _code(self) -> str | None:
        """What may be the beginning of a code that has become another: its product is meant."""
        code = normalise(self.asked.words[0].text)
        fits = not self.several and len(code) >= _LEAST and code.isascii() and code.isalnum()
        return code if fits else None


def _in_item(words: Sequence[Word], path: str = "") -> Q:
    """That an item has all words. What may be pinyin stands anywhere in it, for which it has an index of its own."""
    plain = [word.terms for word in words if not word.may_be_pinyin]
    conditions = [_holding(item_words(path), plain)] if plain else []
    for word in words:
        if word.may_be_pinyin:
            conditions.append(_holding(item_words(path), [word.terms]) | Q(**{f"{path}pinyin__contains": word.text}))
    return reduce(and_, conditions)


def _plainly(asked: Asked, path: str = "") -> Q | None:
    """The same of words that so many items have that no index helps, where looking at their names costs the least."""
    if any(word.text < _FIRST_HAN for word in asked.words):
        return None
    places = (f"{path}name__contains", f"{path}strength__contains")
    return reduce(and_, (Q(**{places[0]: word.text}) | Q(**{places[1]: word.text}) for word in asked.words))


def _in_version(words: Sequence[Word]) -> Q:
    return _holding(version_words(), [word.terms for word in words])


def _both(terms: Sequence[str]) -> str:
    return " & ".join(f"({each})" for each in terms)


def _holding(words: Func, terms: Sequence[str]) -> Q:
    return Q(
        Func(words, Value(_both(terms)), template="(%(expressions)s::tsquery)", arg_joiner=" @@ ", output_field=_YES)
    )


def _read(keys: QuerySet) -> set[int] | None:
    """Keys, each once; nothing where there are too many to know them all."""
    return _few([key for (key,) in keys.order_by()[: MOST_KNOWN + 1]])


def _few(keys: Sequence[int]) -> set[int] | None:
    return {*keys} if len(keys) <= MOST_KNOWN else None


def _among(keys: Collection[int], name: str = "pk") -> Func:
    """That a key is one of these: as one array, which the database reads at once and nothing else number by number."""
    array = Value(f"{{{','.join(map(str, sorted(keys)))}}}", TextField())
    return Func(F(name), array, template="(%(expressions)s::bigint[]))", arg_joiner=" = ANY (", output_field=_YES)


def _ranks(text: str, asked: Asked, path: str = "", *, product: bool = False) -> Sequence[Q]:
    """Is it, begins with it, holds it: by name, pinyin, initials and code alike; ``path`` leads to the item."""
    code, head = normalise(text), asked.head
    exact, begins = Q(), Q()
    if code:
        exact |= Q(**{f"{path}reference": code}) | Q(**{f"{path}code_prefix": code})
        begins |= Q(**{f"{path}code_prefix__startswith": code})
        if product:
            exact |= Q(national_code=code)
            begins |= Q(national_code__startswith=code)
    if head:
        exact |= Q(**{f"{path}name_key": head})
        begins |= Q(**{f"{path}name_key__startswith": head})
    if head.isascii() and head.isalnum():
        exact |= Q(**{f"{path}pinyin": head}) | Q(**{f"{path}initials": head})
        begins |= Q(**{f"{path}pinyin__startswith": head}) | Q(**{f"{path}initials__startswith": head})
    if not exact:
        return ()
    return (exact, ~exact & begins, ~exact & ~begins)


_YES = BooleanField()
