"""The one engine of conversion: several specifications of one medicine as one, for prices and for volumes apart.

- `powers`: a factor to the binary logarithm of a ratio, exactly or to fifty digits
- `rules`: what converts how, as data, with the sets that ship with the product
- `specifications`: what of a medicine bears on conversion
- `engine`: from one specification to another, each step with its ratio and factor
- `volumes`: needs of several items together, and the price of a pack that follows by stated factors

    steps = price_conversion(main, other, NDRC_2011)   # Conversion
    guide_price(steps.price(Decimal("3.84")))           # rounded as a guide price is published
    volume_factor(main, other, NDRC_2011)               # how many units of the main one it counts as
"""

from selection.conversion.engine import (
    Conversion,
    Step,
    Unconvertible,
    guide_price,
    price_conversion,
    volume_conversion,
    volume_factor,
)
from selection.conversion.powers import power
from selection.conversion.rules import (
    INSULIN_2024,
    NDRC_2011,
    RULE_SETS,
    VOLUME_BASED,
    ConversionRules,
    RuleSet,
    from_json,
    rule_set,
    to_json,
)
from selection.conversion.specifications import Amount, Specification
from selection.conversion.volumes import FACTOR_DECIMALS, converted_price, lot_volume, whole_volume

__all__ = [
    "FACTOR_DECIMALS",
    "INSULIN_2024",
    "NDRC_2011",
    "RULE_SETS",
    "VOLUME_BASED",
    "Amount",
    "Conversion",
    "ConversionRules",
    "RuleSet",
    "Specification",
    "Step",
    "Unconvertible",
    "converted_price",
    "from_json",
    "guide_price",
    "lot_volume",
    "power",
    "price_conversion",
    "rule_set",
    "to_json",
    "volume_conversion",
    "volume_factor",
    "whole_volume",
]
