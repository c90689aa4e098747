"""What converts how, as data: frozen onto what is decided by it, and read as it was written."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from selection.frozen import frozen, names_of, thawed

FORMAT = "conversion-rules/1"
_MAPPINGS = ("forms", "form_sums", "materials", "presentations")


@dataclass(frozen=True)
class ConversionRules:
    """How the price of one specification follows from that of another.

    - ``content``, ``fill``: the factor for each doubling of the active content, of what a bag or bottle holds.
    - ``pack``: the factor for each doubling of the pack count of ``counted_forms``; packs of other forms, and of all
      where it is None, are in proportion.
    - ``forms``: the factor of each dosage form; two forms convert where both are known, by the quotient.
    - ``form_sums``: what a form costs more on top, in yuan.
    - ``sugar_free``: the factor of a traditional medicine without sugar.
    - ``treatment_days``: whether medicines whose daily dose is known are compared by the day of treatment.
    - ``materials``: what the container of an infusion adds at most to a glass bottle, in yuan a unit.
    - ``presentations``: published factors of presentations against each other, which stand for content and fill.
    - ``injections``: the rank of each form of injection. To a higher rank the content is converted before the form,
      to a lower one after it.
    """

    content: Decimal
    fill: Decimal
    pack: Decimal | None = None
    counted_forms: tuple[str, ...] = ()
    forms: Mapping[str, Decimal] = field(default_factory=dict)
    form_sums: Mapping[str, Decimal] = field(default_factory=dict)
    sugar_free: Decimal = Decimal(1)
    treatment_days: bool = True
    materials: Mapping[str, Decimal] = field(default_factory=dict)
    presentations: Mapping[str, Decimal] = field(default_factory=dict)
    injections: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        factors = [self.content, self.fill, self.pack or Decimal(1), self.sugar_free]
        if min(*factors, *self.forms.values(), *self.presentations.values()) <= 0:
            raise ValueError("a factor is above zero")
        if min([Decimal(0), *self.materials.values(), *self.form_sums.values()]) < 0:
            raise ValueError("a sum on top is not below zero")


def to_json(rules: ConversionRules) -> dict[str, Any]:
    """The rules as the JSON that is stored and frozen. Decimals become strings."""
    body = asdict(rules)
    for name in ("content", "fill", "sugar_free"):
        body[name] = str(body[name])
    body["pack"] = None if rules.pack is None else str(rules.pack)
    body["counted_forms"] = list(rules.counted_forms)
    for name in _MAPPINGS:
        body[name] = {key: str(value) for key, value in body[name].items()}
    return frozen(FORMAT, body)


def from_json(body: Mapping[str, Any]) -> ConversionRules:
    """Read stored rules, all of them and no others. Raises ValueError for a body that is not one."""
    values = thawed(body, FORMAT, names_of(ConversionRules))
    for name in ("content", "fill", "sugar_free"):
        values[name] = Decimal(values[name])
    values["pack"] = None if values["pack"] is None else Decimal(values["pack"])
    values["counted_forms"] = tuple(values["counted_forms"])
    for name in _MAPPINGS:
        values[name] = {key: Decimal(value) for key, value in values[name].items()}
    values["injections"] = {key: int(value) for key, value in values["injections"].items()}
    return ConversionRules(**values)


def _(sentence: str) -> str:
    """Mark a sentence for the translation catalogue, unchanged."""
    return sentence


@dataclass(frozen=True)
class RuleSet:
    """Rules that ship with the product; ``since`` is the day of their source. Pages translate its words."""

    code: str
    title: str
    source: str
    since: date
    rules: ConversionRules


_COUNTED = (
    "tablet",
    "chewable_tablet",
    "lozenge",
    "soluble_tablet",
    "enteric_tablet",
    "dispersible_tablet",
    "effervescent_tablet",
    "capsule",
    "enteric_capsule",
    "soft_capsule",
    "pill",
)
_FORMS = {
    "tablet": Decimal(1),
    "chewable_tablet": Decimal("1.05"),
    "lozenge": Decimal("1.05"),
    "soluble_tablet": Decimal("1.05"),
    "enteric_tablet": Decimal("1.1"),
    "dispersible_tablet": Decimal("1.2"),
    "effervescent_tablet": Decimal("1.3"),
    "capsule": Decimal(1),
    "enteric_capsule": Decimal("1.1"),
    "soft_capsule": Decimal("1.2"),
}
# From plain to what is made with more effort: small-volume liquid and powder, freeze-dried and crystals, infusion.
_INJECTIONS = {"injection": 0, "powder_injection": 0, "freeze_dried": 1, "solvent_crystal": 1, "infusion": 2}
_NDRC = ConversionRules(
    content=Decimal("1.7"),
    fill=Decimal("1.9"),
    pack=Decimal("1.95"),
    counted_forms=_COUNTED,
    forms=_FORMS,
    sugar_free=Decimal("1.1"),
    materials={"glass": Decimal(0), "plastic": Decimal(1), "soft_bag": Decimal(4)},
    injections=_INJECTIONS,
)

NDRC_2011 = RuleSet(
    "ndrc-2011",
    _("Comparable prices of medicines"),
    _("National Development and Reform Commission [2011] 2452, rules on price differences of medicines"),
    date(2011, 11, 17),
    _NDRC,
)
VOLUME_BASED = RuleSet(
    "volume-based",
    _("Volume-based procurement: packs in proportion"),
    _("Documents of the national rounds since 2018: packs of one strength in proportion, strengths by their factors"),
    date(2018, 11, 15),
    ConversionRules(
        content=Decimal("1.7"), fill=Decimal("1.9"), forms=_FORMS, treatment_days=False, injections=_INJECTIONS
    ),
)
INSULIN_2024 = RuleSet(
    "insulin-2024",
    _("Insulins: presentations of one maker"),
    _("Renewal of the insulin round 2024: 10 ml:400 as 3 ml:300, 1.5 ml:450 at 1.3 times that"),
    date(2024, 3, 29),
    ConversionRules(
        content=Decimal("1.7"),
        fill=Decimal("1.9"),
        presentations={"10ml:400": Decimal(1), "3ml:300": Decimal(1), "1.5ml:450": Decimal("1.3")},
    ),
)
RULE_SETS = (NDRC_2011, VOLUME_BASED, INSULIN_2024)


def rule_set(code: str) -> RuleSet:
    """The rules of a code that ship with the product. KeyError for any other."""
    return {one.code: one for one in RULE_SETS}[code]
