"""Who wins a lot, who stands by, and what each winner supplies to whom: written with the proposal, read ever after."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import Organisation
from awards.models import Allocation, Award, AwardProduct, Decision
from core.errors import Fault, Refused
from selection.allocation import Need, allocate, chooses
from selection.ruleset import TenderRules, from_json
from tenders.models import Lot, LotItem, Ranking
from tenders.volumes import needs_of


@dataclass(frozen=True)
class RegionRow:
    """Which winner, by place, a region of the lot goes to."""

    region: str
    place: int | None


@dataclass(frozen=True)
class Selected:
    """Whom the rules select of a lot's ranked bids, and what its hospitals need."""

    lot: Lot
    rules: TenderRules
    winners: Sequence[Ranking]
    standbys: Sequence[Ranking]
    needs: dict[Need, Organisation]

    @classmethod
    def of(cls, lot: Lot) -> "Selected":
        rules = from_json(lot.tender.rules)
        ranked = list(Decision.objects.ranked().filter(lot=lot).select_related("bid__supplier")[: rules.selected])
        return cls(lot, rules, ranked[: rules.winners], ranked[rules.winners :], needs_of(lot))

    @property
    def regions(self) -> list[str]:
        """The regions that somebody has to give to a winner each; none where the rule needs nobody's choice."""
        if not chooses(self.rules, len(self.winners)):
            return []
        return sorted({need.region for need in self.needs})


def checked(selected: Selected, rows: Sequence[RegionRow]) -> dict[str, int]:
    """The winners' places by region, each region of the lot once; Refused at the row otherwise."""
    faults: list[Fault] = []
    found: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        if row.region not in selected.regions:
            faults.append(Fault(_("This is no region that a winner of the lot is chosen for."), "region", number))
        elif row.region in found:
            faults.append(Fault(_("This region has its winner already."), "region", number))
        elif row.place is None or not 1 <= row.place <= len(selected.winners):
            faults.append(Fault(_("Say which winner supplies this region."), "place", number))
        else:
            found[row.region] = row.place
    missing = set(selected.regions) - {row.region for row in rows}
    if missing:
        message = _("Each region of the lot goes to one winner. Missing: %(regions)s")
        faults.append(Fault(message % {"regions": _(", ").join(sorted(missing))}, "regions"))
    if faults:
        raise Refused(faults[0].message, code="regions", faults=faults)
    return found


def write_awards(decision: Decision, selected: Selected, regions: dict[str, int]) -> list[Award]:
    """The awards of a proposal with their products and allocations. Returns those of the winners."""
    winners = [_award(decision, place, row) for place, row in enumerate(selected.winners, start=1)]
    for place, row in enumerate(selected.standbys, start=len(winners) + 1):
        _award(decision, place, row, Award.Kind.STANDBY)
    year = decision.lot.tender.supply_from.year  # type: ignore[union-attr]  # nothing is published without its days
    hospitals = {need.hospital: hospital for need, hospital in selected.needs.items()}
    Allocation.objects.bulk_create(
        Allocation(
            decision=decision,
            award=winners[portion.place - 1],
            region_id=portion.region,
            hospital=hospitals[portion.hospital],
            year=year,
            quantity=portion.units,
        )
        for portion in allocate(selected.rules, len(winners), selected.needs, regions)
    )
    return winners


def _award(decision: Decision, place: int, ranking: Ranking, kind: str = Award.Kind.WINNER) -> Award:
    lot, tender = decision.lot, decision.lot.tender
    offered = {"price": ranking.price, "pack_size": ranking.pack_size, "factor": ranking.factor}
    award = Award.objects.create(  # type: ignore[misc]  # as above
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
    factors = dict(LotItem.objects.filter(lot=ranking.lot_id).values_list("item", "volume_factor"))
    for one in ranking.bid.offered.select_related("product_version__product"):
        yield AwardProduct(
            award=award,
            number=one.number,
            product_version=one.product_version,
            price=one.price,
            service_fee=one.service_fee,
            pack_size=one.pack_size,
            factor=award.factor,
            volume_factor=1 if award.is_set else factors[one.product_version.product.item_id],
            quantity=one.quantity,
        )
