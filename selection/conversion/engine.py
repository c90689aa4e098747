"""From one specification to another, step by step, in the order of the rules of 2011 (article 16): form, content, fill,
pack count, material of the pack. What is unknown converts nothing: it is refused with what is missing.

Every step depends on the two specifications alone, so that conversion to oneself changes nothing, and conversion by way
of a third is conversion (but for what the material adds, which is a sum).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import prod

from selection.conversion.powers import power
from selection.conversion.rules import ConversionRules
from selection.conversion.specifications import Amount, Specification

_ONE = Fraction(1)


def _(sentence: str) -> str:
    """Mark a sentence for the translation catalogue, unchanged."""
    return sentence


class Unconvertible(ValueError):
    """Why one specification does not follow from another; ``sentence`` is marked for translation."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Step:
    """One difference: ``ratio`` of the two, the ``factor`` that follows from it, and what is added in yuan."""

    name: str
    ratio: Fraction
    factor: Fraction
    plus: Fraction = Fraction(0)

    @property
    def changes(self) -> bool:
        return self.factor != 1 or self.plus != 0


@dataclass(frozen=True)
class Conversion:
    """The steps from one specification to another, in their order."""

    steps: tuple[Step, ...]

    @property
    def factor(self) -> Fraction:
        """The product of all factors; sums aside."""
        return prod((step.factor for step in self.steps), start=_ONE)

    def price(self, base: Decimal | Fraction) -> Fraction:
        """What follows from a price, unrounded. ValueError where nothing would be left of it."""
        price = Fraction(base)
        for step in self.steps:
            price = price * step.factor + step.plus
        if price <= 0:
            raise ValueError("nothing is left of the price")
        return price


def guide_price(price: Decimal | Fraction) -> Decimal:
    """A price as a guide price is published: to 0.1 yuan from 1 yuan on, to 0.01 below, half up.

    >>> guide_price(Decimal("7.296")), guide_price(Decimal("0.455")), guide_price(Decimal("0.996"))
    (Decimal('7.3'), Decimal('0.46'), Decimal('1.00'))
    """
    exact = Fraction(price)
    decimals = 1 if exact >= 1 else 2
    scaled = exact * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole).scaleb(-decimals)


def price_conversion(base: Specification, other: Specification, rules: ConversionRules) -> Conversion:
    """How the price of ``other`` follows from that of ``base``. Raises Unconvertible."""
    amounts = _of_amounts(base, other, rules)
    before, after = (rules.injections.get(one.form) for one in (base, other))
    content_first = before is not None and after is not None and before < after
    ordered = (*amounts, _form) if content_first else (_form, *amounts)
    steps = [step for of in (*ordered, _sugar, _pack, _material) for step in of(base, other, rules)]
    return Conversion(tuple(steps))


def volume_conversion(base: Specification, other: Specification, rules: ConversionRules) -> Conversion:
    """How many units of ``base`` one pack of ``other`` counts as, in exact proportion. Raises Unconvertible.

    Volume goes by what is taken: days of treatment, else active content, else fill; a form makes nobody need more.
    """
    days = _days(base, other, rules)
    steps = [days] if days else [_proportion(base, other)]
    ratio = Fraction(other.pack, base.pack)
    return Conversion((*steps, Step("pack", ratio, ratio)))


def volume_factor(base: Specification, other: Specification, rules: ConversionRules) -> Fraction:
    """How many units of ``base`` one of ``other`` counts as."""
    return volume_conversion(base, other, rules).factor


_Step = Callable[[Specification, Specification, ConversionRules], Iterator[Step]]


def _of_amounts(base: Specification, other: Specification, rules: ConversionRules) -> tuple[_Step, ...]:
    """What stands for the amounts: a published table, days of treatment, or content and then fill."""
    if {base.presentation, other.presentation} <= set(rules.presentations):
        return (_presentation,)
    if _days(base, other, rules):
        return (_treatment,)
    return (_content, _fill)


def _form(base: Specification, other: Specification, rules: ConversionRules) -> Iterator[Step]:
    if base.form == other.form:
        return
    known = rules.forms.keys() | rules.form_sums.keys()
    if not {base.form, other.form} <= known:
        raise Unconvertible(_("The rules have no factor between these dosage forms."))
    ratio = Fraction(rules.forms.get(other.form, 1)) / Fraction(rules.forms.get(base.form, 1))
    before, after = (Fraction(rules.form_sums.get(form, 0)) for form in (base.form, other.form))
    yield Step("form", ratio, ratio, after - before * ratio)


def _presentation(base: Specification, other: Specification, rules: ConversionRules) -> Iterator[Step]:
    ratio = Fraction(rules.presentations[other.presentation]) / Fraction(rules.presentations[base.presentation])
    yield Step("presentation", ratio, ratio)


def _treatment(base: Specification, other: Specification, rules: ConversionRules) -> Iterator[Step]:
    if days := _days(base, other, rules):
        yield days


def _days(base: Specification, other: Specification, rules: ConversionRules) -> Step | None:
    if not (rules.treatment_days and base.days and other.days):
        return None
    ratio = other.days / base.days
    return Step("treatment_days", ratio, ratio)


def _content(base: Specification, other: Specification, rules: ConversionRules) -> Iterator[Step]:
    if not base.contents and not other.contents:
        return
    if bool(_by_dose(base)) != bool(_by_dose(other)):
        raise Unconvertible(_("One of the two is a solution or powder: say how much of it is a single dose."))
    ratio = _one_ratio(_compared(base), _compared(other))
    yield Step("content", ratio, power(rules.content, ratio))


def _fill(base: Specification, other: Specification, rules: ConversionRules) -> Iterator[Step]:
    if base.fill is None and other.fill is None:
        return
    before, after = _filled(base), _filled(other)
    if before is None or after is None or before.measure != after.measure:
        raise Unconvertible(_("The fill of one of the two is not known, or in another measure."))
    ratio = after.quantity / before.quantity
    yield Step("fill", ratio, power(rules.fill, ratio))


def _sugar(base: Specification, other: Specification, rules: ConversionRules) -> Iterator[Step]:
    if base.sugar_free != other.sugar_free:
        factor = Fraction(rules.sugar_free)
        factor = factor if other.sugar_free else 1 / factor
        yield Step("sugar_free", factor, factor)


def _pack(base: Specification, other: Specification, rules: ConversionRules) -> Iterator[Step]:
    ratio = Fraction(other.pack, base.pack)
    worth = (_worth(base, rules), _worth(other, rules))
    both = base.form in rules.counted_forms and other.form in rules.counted_forms
    yield Step("pack", ratio, power(rules.pack, ratio) if rules.pack and both else worth[1] / worth[0])


def _worth(one: Specification, rules: ConversionRules) -> Fraction:
    """What a pack is worth in single units of its form."""
    count = Fraction(one.pack)
    return power(rules.pack, count) if rules.pack and one.form in rules.counted_forms else count


def _material(base: Specification, other: Specification, rules: ConversionRules) -> Iterator[Step]:
    if base.material == other.material or not {base.material, other.material} <= rules.materials.keys():
        return
    dearer = Fraction(rules.materials[other.material]) - Fraction(rules.materials[base.material])
    yield Step("material", _ONE, _ONE, dearer * other.pack)


def _by_dose(one: Specification) -> bool:
    """Whether its content is that of a unit or a dose, and not a concentration."""
    return one.fill is None or one.dose is not None


def _compared(one: Specification) -> tuple[Amount, ...]:
    """The contents that are compared: of a unit, of a single dose, or of one measure of the fill."""
    if one.fill is None:
        return one.contents
    share = (one.dose.quantity if one.dose else _ONE) / one.fill.quantity
    return tuple(Amount(part.quantity * share, part.measure) for part in one.contents)


def _filled(one: Specification) -> Amount | None:
    """What is compared as fill: the fill itself, or how many single doses it is, which is one for a single unit."""
    if one.fill is None or one.dose is None:
        return one.fill if one.fill else (Amount(_ONE, "dose") if one.contents else None)
    return Amount(one.fill.quantity / one.dose.quantity, "dose")


def _proportion(base: Specification, other: Specification) -> Step:
    if base.contents or other.contents:
        ratio = _one_ratio(base.contents, other.contents)
        return Step("content", ratio, ratio)
    if base.fill is None and other.fill is None:
        return Step("content", _ONE, _ONE)
    if base.fill is None or other.fill is None or base.fill.measure != other.fill.measure:
        raise Unconvertible(_("The fill of one of the two is not known, or in another measure."))
    ratio = other.fill.quantity / base.fill.quantity
    return Step("fill", ratio, ratio)


def _one_ratio(before: tuple[Amount, ...], after: tuple[Amount, ...]) -> Fraction:
    """By how much all contents differ together; a combination whose parts differ unlike does not convert."""
    if [part.measure for part in before] != [part.measure for part in after]:
        raise Unconvertible(_("The active contents of one of the two are not known, or in other measures."))
    ratios = {new.quantity / old.quantity for old, new in zip(before, after, strict=True)}
    if len(ratios) != 1:
        raise Unconvertible(_("The parts of the combination differ in unlike proportion."))
    return ratios.pop()
