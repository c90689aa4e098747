"""One national price of an item, proposed by a rule; confirmed, its tenders are refused and its listings fall to it."""

from datetime import datetime
from decimal import Decimal

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
        "Its last award prices differ too much, the highest from the lowest by %(found)s; the rule allows %(needed)s."
    ),
    Doubt.LOW_SUPPLY: gettext_noop("Too little of what was ordered came: %(found)s; %(needed)s is needed."),
    Doubt.OUTSIDE: gettext_noop("The price lies outside of the last award prices, %(found)s to %(needed)s."),
}
_FIELDS = {Doubt.LOW_SUPPLY: "supply_rate", Doubt.OUTSIDE: "price"}


@action
def propose_unified_price(
    *, fact: PriceFact, supply_rate: Decimal | None, ground: Ground, by: Seat, now: datetime
) -> PriceChange:
    """Propose one price for an item, whoever makes it. Refused with everything that the rule finds against it.

    ``supply_rate`` is which part of what was ordered came, as the published list of suppliers' performance says.
    """
    item, rule = Item.objects.get(pk=fact.item_id), UnifiedRule()
    awards = PriceEntry.objects.filter(item=item, kind=PriceEntry.Kind.AWARD, valid_from__lte=fact.valid_from)
    last = awards.order_by("-valid_from", "-pk").values_list("price", "units")[: rule.awards]
    prices = [unit_price(price, units) for price, units in last]
    makers = item.products.values("maker").distinct().count()
    asked = unit_price(fact.price, fact.units)
    known = {
        "awards": [f"{quantize_price(price).normalize():f}" for price in prices],
        "makers": makers,
        "supply_rate": str(supply_rate or "–"),
    }
    words = {
        Doubt.FEW_AWARDS: (len(prices), 1 if makers == 1 else rule.awards),
        Doubt.WIDE_SPREAD: (f"{quantize_amount(max(prices) / min(prices))}" if prices else "", rule.spread),
        Doubt.LOW_SUPPLY: (known["supply_rate"], rule.supply_rate),
        Doubt.OUTSIDE: (f"{quantize_price(min(prices)).normalize():f}", f"{quantize_price(max(prices)).normalize():f}")
        if prices
        else ("", ""),
    }
    found = doubts(Record(prices, makers, supply_rate), asked, rule)
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
    planned = PlannedPrice(PriceEntry.Kind.UNIFIED.value, fact)
    return propose(PriceChange.Act.UNIFY, [planned], ground, by=by, now=now, figures=known)
