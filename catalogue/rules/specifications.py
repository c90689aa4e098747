"""From the catalogue to conversion: what an item, or a pack of it, is to ``selection.conversion``, and what it lacks.

Nothing is guessed: where a quantity, the form or the pack is not known, the gap is named with the field that holds it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from catalogue.rules.contents import NOT_SAID, Contents, Part, Quantity
from catalogue.rules.identity import fold
from catalogue.rules.wording import marked as _
from selection.conversion import (
    Amount,
    Conversion,
    ConversionRules,
    Specification,
    Step,
    Unconvertible,
    price_conversion,
    volume_conversion,
)

# Printed dosage forms, folded, by the form of the table of the rules of 2011.
_PRINTED = {
    "tablet": ("片剂", "片", "素片", "薄膜衣片", "糖衣片", "普通片", "包衣片"),
    "chewable_tablet": ("咀嚼片",),
    "lozenge": ("含片", "口含片", "含服片"),
    "soluble_tablet": ("可溶片", "溶液片"),
    "enteric_tablet": ("肠溶片", "肠溶片剂"),
    "dispersible_tablet": ("分散片",),
    "effervescent_tablet": ("泡腾片",),
    "capsule": ("胶囊剂", "胶囊", "硬胶囊", "硬胶囊剂"),
    "enteric_capsule": ("肠溶胶囊", "肠溶胶囊剂"),
    "soft_capsule": ("软胶囊", "软胶囊剂", "胶丸"),
    "pill": ("丸剂", "水丸", "水蜜丸", "浓缩丸", "浓缩水丸", "浓缩水蜜丸", "糊丸", "微丸", "滴丸", "小蜜丸", "大蜜丸"),
    "injection": ("注射液", "注射剂", "小容量注射剂", "小容量注射液"),
    "powder_injection": ("粉针剂", "注射用无菌粉末", "注射用粉针"),
    "freeze_dried": ("冻干粉针剂", "冻干粉针", "注射用冻干粉"),
    "solvent_crystal": ("溶媒结晶粉针剂", "溶媒结晶粉针"),
    "infusion": ("输液", "大容量注射剂", "大容量注射液"),
}
_FORMS = {printed: form for form, spellings in _PRINTED.items() for printed in spellings}
# Each unit as so much of a measure; quantities of unlike measures are never compared.
_MEASURES = {
    "kg": ("g", Fraction(1000)),
    "g": ("g", Fraction(1)),
    "mg": ("g", Fraction(1, 1000)),
    "μg": ("g", Fraction(1, 10**6)),
    "ng": ("g", Fraction(1, 10**9)),
    "l": ("ml", Fraction(1000)),
    "ml": ("ml", Fraction(1)),
    "μl": ("ml", Fraction(1, 1000)),
    "mol": ("mmol", Fraction(1000)),
    "mmol": ("mmol", Fraction(1)),
    "GBq": ("MBq", Fraction(1000)),
    "MBq": ("MBq", Fraction(1)),
    "cm": ("mm", Fraction(10)),
    "mm": ("mm", Fraction(1)),
}


@dataclass(frozen=True, slots=True)
class Gap:
    """What conversion lacks: the field of the item (or ``pack_size`` of its product) and a marked sentence."""

    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Described:
    """What the catalogue says of an item, and which pack of it is meant: so many base units."""

    form: str
    base_unit: str
    contents: Contents = NOT_SAID
    pack: int | None = 1
    price_factor: Decimal | None = None
    volume_factor: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Converted:
    """One way from the main specification: the conversion, or why there is none. ``stated`` where a document says it.

    A stated factor is of one base unit, and a pack is worth its base units.
    """

    conversion: Conversion | None = None
    stated: bool = False
    gaps: tuple[Gap, ...] = ()

    @property
    def factor(self) -> Fraction | None:
        return self.conversion.factor if self.conversion else None


def form_of(printed: str) -> str:
    """The dosage form by the table of the rules, or as it is printed where the table has none of it."""
    folded = fold(printed)
    return _FORMS.get(folded, folded)


def amount_of(quantity: Quantity) -> Amount:
    """A quantity in its measure: mass in grams, volume in millilitres, activity in its own units."""
    measure, worth = _MEASURES.get(quantity.unit, (quantity.unit, Fraction(1)))
    return Amount(Fraction(quantity.amount) * worth, measure)


def gaps_of(of: Described) -> list[Gap]:
    """What an item does not say and conversion needs. Empty: it can be converted."""
    said, found = of.contents, []
    if not fold(of.form):
        found.append(Gap("form", _("The dosage form is not said.")))
    if not said:
        found.append(Gap("strengths", _("Neither strength nor fill is known as a quantity.")))
    if said.fill is None and any(part.per or part.amount.unit == "%" for part in said.parts):
        found.append(Gap("fill", _("The strength is a concentration: say what a bottle or ampoule holds.")))
    elif any(_of_unit(part, said.fill) is None for part in said.parts):
        found.append(Gap("strengths", _("The concentration is in another measure than the fill.")))
    if said.count and fold(of.base_unit) == said.count.unit:
        found.append(Gap("base_unit", _("It is counted one by one, and its specification is a count.")))
    for name, dose in (("dose", said.use.dose), ("daily_dose", said.use.daily_dose)):
        if dose and (said.fill is None or amount_of(dose).measure != amount_of(said.fill).measure):
            found.append(Gap(name, _("A dose is a part of the fill, in the same measure.")))
    if of.pack is None:
        found.append(Gap("pack_size", _("The pack is not known.")))
    return found


def specification_of(of: Described) -> Specification:
    """What has no gaps as conversion takes it. ValueError where it has some."""
    if gaps_of(of) or of.pack is None:
        raise ValueError("something is missing")
    said, use = of.contents, of.contents.use
    parts = sorted(said.parts, key=lambda part: fold(part.ingredient)) if _all_named(said.parts) else said.parts
    contents = tuple(amount for part in parts if (amount := _of_unit(part, said.fill)))
    count = int(said.count.amount) if said.count else 1
    return Specification(
        form=form_of(of.form),
        contents=contents,
        fill=amount_of(said.fill) if said.fill else None,
        dose=amount_of(use.dose) if use.dose else None,
        daily_dose=amount_of(use.daily_dose) if use.daily_dose else None,
        units_a_day=Fraction(use.units_a_day) * count if use.units_a_day else None,
        pack=of.pack * count,
        presentation=_presentation(said),
        sugar_free=use.sugar_free,
        material=use.material,
    )


def by_price(main: Described, other: Described, rules: ConversionRules) -> Converted:
    """How the price of ``other`` follows from that of ``main``: by the factor that a document states, else by rules."""
    if other.price_factor is not None and main.pack and other.pack:
        base = Fraction(main.price_factor or 1)
        return _stated(Fraction(other.price_factor) / base, Fraction(other.pack, main.pack))
    return _by_rules(main, other, rules, of_price=True)


def by_volume(main: Described, other: Described, rules: ConversionRules) -> Converted:
    """How many of ``main`` one of ``other`` counts as: by the factor that a document states, else in proportion."""
    if other.volume_factor is not None and main.pack and other.pack:
        base = Fraction(main.volume_factor or 1)
        return _stated(Fraction(other.volume_factor) / base, Fraction(other.pack, main.pack))
    return _by_rules(main, other, rules, of_price=False)


def _stated(factor: Fraction, packs: Fraction) -> Converted:
    pack = [Step("pack", packs, packs)] if packs != 1 else []
    return Converted(Conversion((Step("stated", factor, factor), *pack)), stated=True)


def _by_rules(main: Described, other: Described, rules: ConversionRules, *, of_price: bool) -> Converted:
    if gaps := [*(gaps_of(other)), *_between(main, other)]:
        return Converted(gaps=tuple(gaps))
    if gaps_of(main):
        return Converted(gaps=(Gap("main_item", _("The main specification itself lacks something.")),))
    convert = price_conversion if of_price else volume_conversion
    base, wanted = (specification_of(one) for one in (main, other))
    try:
        return Converted(convert(base, wanted, rules))
    except Unconvertible as refusal:
        return Converted(gaps=(Gap("strengths", refusal.sentence),))


def _between(main: Described, other: Described) -> list[Gap]:
    """What keeps two apart that each say enough of themselves."""
    found = []
    if form_of(main.form) == form_of(other.form) == "pill" and fold(main.form) != fold(other.form):
        found.append(Gap("form", _("The rules have no factor between these dosage forms.")))
    several = len(main.contents.parts) > 1 or len(other.contents.parts) > 1
    if several and _ingredients(main) != _ingredients(other):
        found.append(Gap("strengths", _("The two name other ingredients: say the strength of each by its name.")))
    return found


def _ingredients(of: Described) -> list[str]:
    parts: Sequence[Part] = of.contents.parts
    return sorted(fold(part.ingredient) for part in parts) if _all_named(parts) else [""] * len(parts)


def _all_named(parts: Sequence[Part]) -> bool:
    return all(part.ingredient for part in parts)


def _of_unit(part: Part, fill: Quantity | None) -> Amount | None:
    """What one base unit holds of an active content; None where a concentration cannot be reckoned.

    A percentage is grams in 100 millilitres or in 100 grams of the fill, as the pharmacopoeia has it.
    """
    per = part.per
    amount = amount_of(part.amount)
    if part.amount.unit == "%":
        amount, per = Amount(Fraction(part.amount.amount), "g"), Quantity(Decimal(100), fill.unit if fill else "ml")
        if fill and amount_of(fill).measure not in ("g", "ml"):
            return None
        per = replace(per, unit=amount_of(fill).measure) if fill else per
    if per is None:
        return amount
    if fill is None or amount_of(per).measure != amount_of(fill).measure:
        return None
    return Amount(amount.quantity * amount_of(fill).quantity / amount_of(per).quantity, amount.measure)


def _presentation(said: Contents) -> str:
    """By which name a published table of presentations knows it: 3ml:300."""
    if said.fill is None or said.fill.unit != "ml" or len(said.parts) != 1:
        return ""
    held = _of_unit(said.parts[0], said.fill)
    if held is None or held.measure not in ("U", "IU") or held.quantity.denominator != 1:
        return ""
    return f"{said.fill.amount:f}ml:{held.quantity}"
