"""What awards have come to, as it is counted for the public."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, DecimalField, F, OuterRef, Subquery, Sum

from awards.models import Award
from tenders.models import LotVolume

EXACT = DecimalField(max_digits=50, decimal_places=18)


@dataclass(frozen=True)
class Saving:
    """What the volumes of awarded lots cost in a year at the price before, and at the awarded price."""

    before: Decimal
    awarded: Decimal
    lots: int


def saving_of(agency_id: int) -> Saving:
    """The saving by an agency's awards, over the awarded lots that have a price before.

    Prices and volumes are of one base unit of the lot's reference item, as bids are compared.
    """
    parts = LotVolume.objects.filter(lot=OuterRef("decision__lot"), lot__lot_items__item=F("item")).order_by()
    units = parts.values("lot").annotate(units=Sum(F("quantity") * F("lot__lot_items__factor"))).values("units")
    awards = Award.objects.binding().filter(agency=agency_id, price_before__isnull=False)
    sums = awards.annotate(units=Subquery(units)).aggregate(
        before=Sum(F("units") * F("price_before"), output_field=EXACT),
        awarded=Sum(F("units") * F("price") / F("pack_size") / F("factor"), output_field=EXACT),
        lots=Count("decision__lot", distinct=True),
    )
    return Saving(sums["before"] or Decimal(0), sums["awarded"] or Decimal(0), sums["lots"])
