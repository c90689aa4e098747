"""What a tender asks for: what hospitals reported in its window until it is published, from then on what was frozen.

Volumes are base units by primary key of the item.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from accounts.models import Organisation
from demand.models import DemandEntry
from selection.allocation import Need
from selection.conversion import lot_volume, whole_volume
from tenders.models import Lot, LotItem, LotVolume, Tender


def reported_volumes(tender: Tender) -> dict[int, int]:
    """What the hospitals reported in the tender's window and entrust to the agency by a mandate."""
    return _by_item(DemandEntry.objects.filter(report__window=tender.window_id).entrusted())


def volumes_of(tender: Tender) -> dict[int, int]:
    """Frozen at publication, before it those of the demand."""
    if tender.published_at is None:
        return reported_volumes(tender)
    return _by_item(LotVolume.objects.filter(lot__tender=tender))


def hospitals_of(tender: Tender) -> dict[int, int]:
    """How many hospitals have a frozen volume in each lot, by primary key of the lot."""
    frozen = LotVolume.objects.filter(lot__tender=tender).order_by().values("lot")
    return dict(frozen.annotate(count=Count("hospital", distinct=True)).values_list("lot", "count"))


def volume_of(parts: Iterable[LotItem], volumes: Mapping[int, int]) -> Decimal:
    """The volume of a lot of these items, in base units of its reference item."""
    return lot_volume((volumes.get(part.item_id, 0), part.volume_factor) for part in parts)


def needs_of(lot: Lot) -> dict[Need, Organisation]:
    """What each hospital needs of a published lot, all its items together, and which hospital that is."""
    factors = dict(lot.lot_items.values_list("item", "volume_factor"))
    asked: dict[Organisation, list[tuple[int, Decimal]]] = defaultdict(list)
    for volume in LotVolume.objects.filter(lot=lot).select_related("hospital"):
        asked[volume.hospital].append((volume.quantity, factors[volume.item_id]))
    return {
        Need(hospital.region_id, hospital.credit_code, whole_volume(parts)): hospital
        for hospital, parts in asked.items()
    }


def hospital_needs(tender: Tender) -> dict[int, dict[int, tuple[str, int]]]:
    """By lot and hospital, by primary key, the hospital's region and what it needs of a published lot, in two queries
    whatever the number of lots."""
    items = LotItem.objects.filter(lot__tender=tender).values_list("lot", "item", "volume_factor")
    factors = {(lot, item): factor for lot, item, factor in items}
    asked: dict[tuple[int, int, str], list[tuple[int, Decimal]]] = defaultdict(list)
    rows = LotVolume.objects.filter(lot__tender=tender).values_list(
        "lot", "hospital", "hospital__region", "item", "quantity"
    )
    for lot, hospital, region, item, quantity in rows:
        asked[lot, hospital, region].append((quantity, factors[lot, item]))
    found: dict[int, dict[int, tuple[str, int]]] = defaultdict(dict)
    for (lot, hospital, region), parts in asked.items():
        found[lot][hospital] = (region, whole_volume(parts))
    return found


def _by_item(rows: QuerySet) -> dict[int, int]:
    counted = rows.order_by().values("item").annotate(total=Sum("quantity"))
    return {item: int(total) for item, total in counted.values_list("item", "total")}
