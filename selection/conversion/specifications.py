"""What of a medicine bears on conversion. Whoever converts says what is known; nothing is guessed."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Amount:
    """So much in a measure: mass in grams, volume in millilitres, units of activity. Measures are never mixed."""

    quantity: Fraction
    measure: str

    def __post_init__(self) -> None:
        if self.quantity <= 0:
            raise ValueError("an amount is above zero")


@dataclass(frozen=True)
class Specification:
    """One specification of a medicine.

    - ``form``: a dosage form of the rules' table; empty where it does not matter or is not known.
    - ``contents``: what one unit (tablet, bag, bottle, ampoule) holds of each active ingredient, always in the same
      order.
    - ``fill``: how much preparation one bag, bottle or ampoule holds.
    - ``dose``: how much of the fill is taken at once. The whole fill in a single-dose pack; less in a multi-dose one.
    - ``daily_dose``: how much of the fill is taken in a day of treatment; else of ``units_a_day`` units.
    - ``pack``: units in one pack.
    - ``presentation``: by which name a published table of factors knows it, such as 3ml:300.
    - ``material``: of the container of an infusion: glass, plastic or soft_bag.
    """

    form: str = ""
    contents: tuple[Amount, ...] = ()
    fill: Amount | None = None
    dose: Amount | None = None
    daily_dose: Amount | None = None
    units_a_day: Fraction | None = None
    pack: int = 1
    presentation: str = ""
    sugar_free: bool = False
    material: str = ""

    def __post_init__(self) -> None:
        if self.pack < 1:
            raise ValueError("a pack holds at least one unit")
        if self.units_a_day is not None and self.units_a_day <= 0:
            raise ValueError("more than nothing is taken in a day")
        for part in (self.dose, self.daily_dose):
            if part and (self.fill is None or part.measure != self.fill.measure):
                raise ValueError("a dose is a part of the fill, in the same measure")

    @property
    def days(self) -> Fraction | None:
        """How many days of treatment one unit lasts, where that is known."""
        if self.daily_dose and self.fill:
            return self.fill.quantity / self.daily_dose.quantity
        return 1 / self.units_a_day if self.units_a_day else None
