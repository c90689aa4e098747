"""What the pages of proposal, award and award letter show, and the part of a lot's page that is of its award."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import Seat
from accounts.permissions import Permission
from awards.actions.objections import may_object
from awards.actions.selecting import Selected
from awards.models import Allocation, Award, Decision
from awards.presentation.allocations import with_shares
from awards.presentation.results import LotResultTable, lots_with_result
from awards.querysets import DecisionQuerySet
from core.clock import legal_date, zone
from core.shell import Decided, PagePart
from core.tables import Column
from core.templatetags.ui import price, quantity
from selection.ruleset import from_json
from tenders.actions.preparation import in_words
from tenders.models import Lot, Objection, Tender
from tenders.presentation.lots import bids_in
from tenders.rules.schedule import after_days


@dataclass(frozen=True)
class Named:
    """Who is named in a lot, as what, at what price a pack, and for how many base units (None before the volume is
    divided)."""

    lot: Lot
    kind: str
    supplier: str
    price: Any
    units: int | None = None

    @property
    def row(self) -> tuple[Any, ...]:
        lot = _("%(number)d: %(title)s") % {"number": self.lot.number, "title": self.lot.title}
        volume = () if self.units is None else (quantity(self.units) if self.units else "–",)
        return (lot, Award.Kind(self.kind).label, self.supplier, price(self.price), *volume)


def proposal(chosen: Sequence[Selected], tender: Tender, now: datetime) -> dict[str, Any]:
    """What proposing the bids selected in some lots will do, and for whom."""
    rules = from_json(tender.rules)
    until = after_days(now, rules.periods.standstill_days, zone())
    effects = [
        _("The proposal becomes public with the path of every bid, and all bidders of the lot are told."),
        _("Each of them may object until %(until)s. An objection stops the lot until it is answered.")
        % {"until": in_words(until)},
        _("After that the award officer can award. Nobody but the first bid that is not set aside can be proposed."),
    ]
    if rules.selection.winners.most > 1:
        effects[-1] = _(
            "After that the award officer can award. The first bids that are not set aside win, and no others."
        )
    return {
        "tender": tender,
        "heading": _("Propose the award"),
        "submit": _("Propose"),
        "effects": effects,
        "decided": [_named([row for one in chosen for row in _selected(one)])],
        "nothing": "" if chosen else _("No lot of this tender has a valid price and waits for a proposal."),
    }


def _selected(one: Selected) -> Iterator[Named]:
    for kind, rows in ((Award.Kind.WINNER, one.winners), (Award.Kind.STANDBY, one.standbys)):
        for row in rows:
            yield Named(one.lot, kind, row.bid.supplier.name, row.price)


def _named(rows: Sequence[Named]) -> Decided:
    columns = [_("Lot"), _("Named as"), pgettext("tender", "Supplier"), _("Price a pack")]
    if any(row.units is not None for row in rows):
        columns.append(_("Base units"))
    return Decided(_("Who is named"), columns, [row.row for row in rows], figures=len(columns) - 3)


def decision(decisions: DecisionQuerySet, tender: Tender) -> dict[str, Any]:
    """What awarding as these decisions propose will do, and who is named."""
    awards = Award.objects.filter(decision__in=decisions).select_related("decision__lot", "supplier").with_units()
    named = [
        Named(award.decision.lot, award.kind, award.supplier.name, award.price, award.units)
        for award in awards.order_by("decision__lot__number", "place")
    ]
    effects = [
        _("The decision binds, and the tender can no longer be cancelled."),
        _("The price register has each price for the supply period, %(from)s to %(to)s.")
        % {"from": tender.supply_from, "to": tender.supply_to},
        _("All bidders of the lot are told. The winner can print the award letter."),
    ]
    return {
        "tender": tender,
        "heading": _("Award"),
        "submit": _("Award"),
        "effects": effects,
        "decided": [_named(named)],
        "warning": _("This cannot be undone."),
        "nothing": "" if named else _("No lot of this tender can be awarded now."),
    }


def too_early(tender: Tender, nothing: str) -> dict[str, Any]:
    """The page of an act of this room that cannot be done now, and why."""
    return {"tender": tender, "heading": _("Results and awards"), "nothing": nothing}


def failure(lot: Lot) -> dict[str, Any]:
    """What ending a lot without a valid price will do."""
    return {
        "tender": lot.tender,
        "heading": _("End lot %(lot)d without an award") % {"lot": lot.number},
        "submit": _("End it"),
        "effects": [
            _("None of the opened prices is valid, as the path of each bid shows. The lot ends for this reason."),
            _("It can be tendered anew."),
        ],
        "parties": [{"label": _("Lot %(lot)d") % {"lot": lot.number}, "value": lot.title}],
        "warning": _("This cannot be undone."),
    }


class AwardTable(LotResultTable):
    """The lots of a tender for those who work on it."""

    columns = tuple(
        Column("title", column.label, url=lambda lot: reverse("tenders:lot", args=[lot.tender.reference, lot.number]))
        if column.key == "title"
        else column
        for column in LotResultTable.columns
    )


def overview(tender: Tender, request: HttpRequest, now: datetime) -> dict[str, Any]:
    """The lots of a tender with their winners, and what this seat can do with all of them at once."""
    seat: Seat = request.seat
    lots = lots_with_result(tender)
    own = seat.organisation_id == tender.agency_id
    proposes, awards = own and seat.may(Permission.PUBLISH_RESULT), own and seat.may(Permission.AWARD)
    to_propose = Decision.objects.lots_to_propose().filter(tender=tender)
    return {
        "tender": tender,
        "table": AwardTable(request, lots),
        "to_propose": to_propose.count() if proposes else 0,
        "to_award": Decision.objects.ready_to_award(now).filter(lot__tender=tender).count() if awards else 0,
        "waiting": Objection.objects.waiting().filter(lot__tender=tender).count(),
        "has_result": any(lot.technical_result_id for lot in lots),
    }


def lot_part(lot: Lot, seat: Seat | None, now: datetime) -> list[PagePart]:
    """How the award of a lot stands, and what the seat can do about it; nothing before prices are open."""
    if lot.status not in (Lot.Status.OPENED, Lot.Status.ENDED):
        return []
    standing = Decision.objects.standing().filter(lot=lot).select_related("lot__tender").first()
    if standing is None and lot.status == Lot.Status.ENDED:
        return []
    context = {
        "lot": lot,
        "tender": lot.tender,
        "decision": standing,
        "awards": with_shares(standing) if standing else [],
        "standbys": standing.awards.standbys().select_related("supplier") if standing else [],
        "now": now,
        "has_result": seat is not None,
    }
    return [PagePart("awards/_lot.html", context | (_acts(lot, standing, seat, now) if seat else {}))]


def _acts(lot: Lot, standing: Decision | None, seat: Seat, now: datetime) -> dict[str, bool]:
    """Which buttons a seat finds in the part of a lot's page that is of its award."""
    own = seat.organisation_id == lot.tender.agency_id
    decides = own and seat.may(Permission.PUBLISH_RESULT) and lot.status == Lot.Status.OPENED and standing is None
    ready = Decision.objects.ready_to_award(now).filter(lot=lot)
    valid = Decision.objects.ranked().filter(lot=lot).exists()
    return {
        "proposes": decides and valid,
        "fails": decides and not valid,
        "may_award": own and seat.may(Permission.AWARD) and ready.exists(),
        "objects": may_object(lot, now) and bids_in(lot, seat),
        "allocated": Allocation.objects.visible_to(seat).filter(decision=standing).exists(),
    }


def letter(award: Award) -> dict[str, Any]:
    """The award letter: who, by the names of its day, what, at what price, for whom, from when to when."""
    version, lot = award.products.all()[0].product_version, award.decision.lot
    tender, item = lot.tender, version.product.item
    volumes = award.allocations.select_related("hospital").prefetch_related("hospital__versions")
    volumes = volumes.order_by("hospital__name", "year")
    awarder, day = award.decision.awarded_by, legal_date(award.decision.awarded_at)
    return {
        "day": day,
        "award": award,
        "tender": tender,
        "lot": lot,
        "version": version,
        "item": item,
        "volumes": list(volumes),
        "unit": award.unit,
        "total": quantity(sum(volume.quantity for volume in volumes)),
        "back_url": reverse("tenders:lot", args=[tender.reference, lot.number]),
        "parties": [
            {
                "label": pgettext("party", "To"),
                "value": award.supplier.name_on(day),
                "note": award.supplier.credit_code,
            },
            {"label": pgettext("party", "From"), "value": award.agency.name_on(day), "note": award.agency.credit_code},
        ],
        "signers": [{"label": _("For the agency"), "value": awarder.person.name if awarder else ""}],
    }
