"""What awards have come to, as it is counted for the public."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, DecimalField, F, Sum

from awards.models import Award

EXACT = DecimalField(max_digits=50, decimal_places=18)


@dataclass(frozen=True)
class Saving:
    """What the allocated volumes of awarded lots cost in a year at the price before, and at the awarded price."""

    before: Decimal
    awarded: Decimal
    lots: int


def saving_of(agency_id: int) -> Saving:
    """The saving by an agency's awards, over the awarded lots that have a price before.

    Prices and volumes are of one base unit of the lot's reference item, as bids are compared.
    """
    awards = Award.objects.binding().filter(agency=agency_id, price_before__isnull=False)
    units = F("allocations__quantity")
    sums = awards.aggregate(
        before=Sum(units * F("price_before"), output_field=EXACT),
        awarded=Sum(units * F("price") / F("pack_size") / F("factor"), output_field=EXACT),
        lots=Count("decision__lot", distinct=True),
    )
    return Saving(sums["before"] or Decimal(0), sums["awarded"] or Decimal(0), sums["lots"])
