"""How prices of different packs and strengths become comparable."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from selection.ruleset.faults import Fault

METHODS = ("unit", "conversion")


@dataclass(frozen=True)
class ComparisonRules:
    """
    - ``method``: ``unit``: price a base unit over the factor that the notice gives its item; ``conversion``: the factor
      is found by the conversion rules that the notice names. The price of a set is that of one unit.
    - ``coefficients``: by feature of a product (a scoring balloon, pressure sensing) what its price is divided by
      before it is compared; of several features the coefficients multiply.
    """

    method: str = "unit"
    coefficients: Mapping[str, Decimal] = field(default_factory=dict)

    def faults(self) -> Iterator[Fault]:
        if self.method not in METHODS:
            yield Fault("comparison", "method", "choice")
        for name, coefficient in sorted(self.coefficients.items()):
            if not name or coefficient <= 0:
                yield Fault("comparison", "coefficients", "range", name)
