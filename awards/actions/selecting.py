"""Who wins a lot, who stands by, and what each winner supplies to whom: written with the proposal, read ever after."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import Region
from awards.models import Allocation, Award, AwardProduct, Decision
from core.errors import Fault, Refused
from selection.allocation import allocate, chooses
from selection.ruleset import RuleSet, from_json
from tenders.models import Lot, LotItem, LotVolume, Ranking, Tender
from tenders.volumes import needs_of


@dataclass(frozen=True)
class Selected:
    """Whom the rules select of a lot's ranked bids, and the regions for each of which somebody names a winner."""

    lot: Lot
    rules: RuleSet
    winners: Sequence[Ranking]
    standbys: Sequence[Ranking]
    regions: Sequence[Region]


def selected(tender: Tender, lots: Iterable[Lot]) -> list[Selected]:
    """Whom the rules of a tender select in some of its lots, in the order of the lots."""
    lots, rules = list(lots), from_json(tender.rules)
    ranked: dict[int, list[Ranking]] = defaultdict(list)
    for row in Decision.objects.ranked().filter(lot__in=lots).select_related("bid__supplier"):
        ranked[row.lot_id].append(row)
    winners = {lot.pk: rules.selection.winners.of(len(ranked[lot.pk])) for lot in lots}
    regions = _regions_of([lot for lot in lots if chooses(rules.allocation, winners[lot.pk])])
    return [
        Selected(
            lot,
            rules,
            ranked[lot.pk][: winners[lot.pk]],
            ranked[lot.pk][winners[lot.pk] :][: rules.selection.standbys],
            regions.get(lot.pk, ()),
        )
        for lot in lots
    ]


def checked(chosen: Mapping[str, int], selected: Selected) -> Mapping[str, int]:
    """The winners' places by region: each region of the lot has one. Refused at the region otherwise."""
    asked = {region.code: region for region in selected.regions}
    places = range(1, len(selected.winners) + 1)
    faults = [
        *(
            Fault(_("Nobody is asked who supplies this region."), code, code="regions")
            for code in chosen
            if code not in asked
        ),
        *(
            Fault(_("Say which winner supplies %(region)s.") % {"region": region}, code, code="regions")
            for code, region in asked.items()
            if chosen.get(code) not in places
        ),
    ]
    if faults:
        raise Refused(faults[0].message, code="regions", faults=faults)
    return chosen


def _regions_of(lots: Sequence[Lot]) -> dict[int, list[Region]]:
    """The regions in which the hospitals of each lot lie."""
    pairs = LotVolume.objects.filter(lot__in=lots).order_by("lot", "hospital__region")
    found: dict[int, list[str]] = defaultdict(list)
    for lot, region in pairs.values_list("lot", "hospital__region").distinct():
        found[lot].append(region)
    regions = Region.objects.in_bulk({code for codes in found.values() for code in codes})
    return {lot: [regions[code] for code in codes] for lot, codes in found.items()}


def write_awards(decision: Decision, selected: Selected, regions: Mapping[str, int]) -> list[Award]:
    """The awards of a proposal with their products and allocations. Returns those of the winners."""
    winners = [_award(decision, place, row) for place, row in enumerate(selected.winners, start=1)]
    for place, row in enumerate(selected.standbys, start=len(winners) + 1):
        _award(decision, place, row, Award.Kind.STANDBY)
    year = decision.lot.tender.supply_from.year  # type: ignore[union-attr]  # nothing is published without its days
    needs = needs_of(decision.lot)
    hospitals = {need.hospital: hospital for need, hospital in needs.items()}
    Allocation.objects.bulk_create(
        Allocation(
            decision=decision,
            award=winners[portion.place - 1],
            region_id=portion.region,
            hospital=hospitals[portion.hospital],
            year=year,
            quantity=portion.units,
        )
        for portion in allocate(selected.rules.allocation, len(winners), needs, regions)
    )
    return winners


def _award(decision: Decision, place: int, ranking: Ranking, kind: str = Award.Kind.WINNER) -> Award:
    lot, tender = decision.lot, decision.lot.tender
    offered = {"price": ranking.price, "pack_size": ranking.pack_size, "factor": ranking.factor}
    award = Award.objects.create(  # type: ignore[misc]  # nothing is published without its days
        decision=decision,
        place=place,
        kind=kind,
        agency_id=tender.agency_id,
        supplier=ranking.bid.supplier,
        region_id=tender.region_id,
        source=tender.reference,
        source_title=tender.title,
        part=lot.key,
        part_title=lot.title,
        bid=ranking.bid.reference,
        unit=lot.lot_items.order_by("pk")[0].item.base_unit,
        is_set=lot.offered == Lot.Offered.SYSTEM,
        price_before=lot.price_before,
        starts_on=tender.supply_from,
        ends_on=tender.supply_to,
        **offered,
    )
    AwardProduct.objects.bulk_create(_products(award, ranking))
    return award


def _products(award: Award, ranking: Ranking) -> Iterable[AwardProduct]:
    """What the bid offers, each product at its price; of a set, one is one of its main part."""
    factors = {one.item_id: one for one in LotItem.objects.filter(lot=ranking.lot_id)}
    for one in ranking.bid.offered.select_related("product_version__product"):
        counts = None if award.is_set else factors[one.product_version.product.item_id]
        yield AwardProduct(
            award=award,
            number=one.number,
            product_version=one.product_version,
            price=one.price,
            service_fee=one.service_fee,
            pack_size=one.pack_size,
            factor=counts.factor if counts else 1,
            volume_factor=counts.volume_factor if counts else 1,
            quantity=one.quantity,
        )
