"""Guide prices of a variety from that of its representative product.

Source: NDRC [2011] 2452 (药品差比价规则): the price of a product that is not the representative is P x K, K from
strength, fill, pack count and form. Published tables round half up, from 1 yuan on to 0.1, below it to 0.01, and
start from the representative's price before it was rounded: 银翘解毒丸 60 g is 7.3 from 3.84; 3.8 would give 7.2.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from catalogue.rules.specifications import Converted, Described, Gap, by_price
from catalogue.rules.wording import marked as _
from core.money import quantize_price
from selection.conversion import ConversionRules, guide_price

_FEN = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class DerivedPrice:
    """A guide price as it is published, and as it was before it was rounded: others follow from that one.

    ``converted`` has the steps from the representative, or what is missing; then there is no price.
    """

    converted: Converted
    price: Decimal | None = None
    unrounded: Decimal | None = None


def rounded(price: Decimal | Fraction) -> Decimal:
    """A guide price as it is published: to 0.1 yuan, below 1 yuan to 0.01; half up, and never nought.

    >>> rounded(Decimal("3.84")), rounded(Decimal("0.455")), rounded(Decimal("0.001"))
    (Decimal('3.8'), Decimal('0.46'), Decimal('0.01'))
    """
    return max(guide_price(price), _FEN)


def derived(base: Decimal, main: Described, other: Described, rules: ConversionRules) -> DerivedPrice:
    """The guide price of ``other`` from the unrounded one of ``main``, each in its pack."""
    found = by_price(main, other, rules)
    if found.conversion is None:
        return DerivedPrice(found)
    try:
        exact = found.conversion.price(base)
    except ValueError:
        return DerivedPrice(Converted(gaps=(Gap("price", _("Nothing would be left of the price.")),)))
    return DerivedPrice(found, rounded(exact), max(quantize_price(exact), Decimal("0.000001")))
