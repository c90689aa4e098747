"""One national price of an item, proposed by a rule; confirmed, its tenders are refused and its listings fall to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Seat
from catalogue.actions.prices.proposals import propose
from catalogue.models import Item, PriceChange, PriceEntry
from catalogue.rules import Ground, PlannedPrice, PriceFact
from catalogue.rules.unified import Doubt, Record, UnifiedRule, doubts
from core.actions import action
from core.errors import Fault, Refused
from core.money import quantize_amount, quantize_price, unit_price

_WHY = {
    Doubt.FEW_AWARDS: gettext_noop("It has too few award prices: %(found)s of %(needed)s."),
    Doubt.WIDE_SPREAD: gettext_noop(
        "Its last award prices differ too much: the highest by the lowest is %(found)s, the rule allows %(needed)s."
    ),
    Doubt.LOW_SUPPLY: gettext_noop("Too little of what was ordered came: %(found)s; %(needed)s is needed."),
    Doubt.OUTSIDE: gettext_noop("The price lies outside of the last award prices, %(found)s to %(needed)s."),
}
_FIELDS = {Doubt.LOW_SUPPLY: "supply_rate", Doubt.OUTSIDE: "price"}


@dataclass(frozen=True)
class Proposed:
    """What the rule looks at: the price that is asked for one unit, the award prices of one, the latest first, how many
    make it, and which part of what was ordered came, as the published list of suppliers' performance says."""

    price: Fraction
    awards: Sequence[Fraction]
    makers: int
    supply_rate: Decimal | None


@action
def propose_unified_price(
    *, fact: PriceFact, supply_rate: Decimal | None, ground: Ground, by: Seat, now: datetime
) -> PriceChange:
    """Propose one price for an item, whoever makes it. Refused with everything that the rule finds against it, and for
    an item of a variety, which has one price as a whole."""
    item = Item.objects.select_related("variety").get(pk=fact.item_id)
    if item.variety is not None:
        told = _("This item is of the variety %(variety)s: propose the price of the variety.")
        raise Refused(told % {"variety": item.variety}, field="act", code="of_variety")
    awards = PriceEntry.objects.filter(item=item, kind=PriceEntry.Kind.AWARD, valid_from__lte=fact.valid_from)
    last = awards.order_by("-valid_from", "-pk").values_list("price", "units")[: UnifiedRule().awards]
    prices = [unit_price(price, units) for price, units in last]
    makers = item.products.values("maker").distinct().count()
    known = refuse_doubtful(Proposed(unit_price(fact.price, fact.units), prices, makers, supply_rate))
    planned = PlannedPrice(PriceEntry.Kind.UNIFIED.value, fact)
    return propose(PriceChange.Act.UNIFY, [planned], ground, by=by, now=now, figures=known)


def refuse_doubtful(proposed: Proposed) -> dict[str, Any]:
    """What the rule looked at, for the record. Refused with everything that it finds against the price."""
    rule = UnifiedRule()
    prices, makers = list(proposed.awards[: rule.awards]), proposed.makers
    known = {
        "awards": [f"{quantize_price(price).normalize():f}" for price in prices],
        "makers": makers,
        "supply_rate": str(proposed.supply_rate or "–"),
    }
    words = {
        Doubt.FEW_AWARDS: (len(prices), 1 if makers == 1 else rule.awards),
        Doubt.WIDE_SPREAD: (f"{quantize_amount(max(prices) / min(prices))}" if prices else "", rule.spread),
        Doubt.LOW_SUPPLY: (known["supply_rate"], rule.supply_rate),
        Doubt.OUTSIDE: (f"{quantize_price(min(prices)).normalize():f}", f"{quantize_price(max(prices)).normalize():f}")
        if prices
        else ("", ""),
    }
    found = doubts(Record(prices, makers, proposed.supply_rate), proposed.price, rule)
    faults = [
        Fault(
            _(_WHY[one]) % dict(zip(("found", "needed"), words[one], strict=True)),
            _FIELDS.get(one, ""),
            code="rule_not_met",
        )
        for one in found
    ]
    if faults:
        raise Refused(faults[0].message, faults=faults)
    return known
