"""What the pages of proposal, award and award letter show."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import Seat
from accounts.permissions import Permission
from core.clock import zone
from core.tables import Column
from core.templatetags.ui import price, quantity
from selection.ruleset import from_json
from tenders.actions.preparation import in_words
from tenders.models import Award, Bid, Lot, LotVolume, Objection, Ranking, Tender
from tenders.presentation.results import LotResultTable, lots_with_result
from tenders.rules.schedule import after_days


def proposal(lots: Iterable[Lot], tender: Tender, now: datetime) -> dict[str, Any]:
    """What proposing these lots will do, and for whom."""
    best = Ranking.objects.filter(lot__in=list(lots), rank=1).select_related("lot", "bid__supplier").order_by("lot")
    until = after_days(now, from_json(tender.rules).standstill_days, zone())
    effects = [
        _("The proposal becomes public with the path of every bid, and all bidders of the lot are told."),
        _("Each of them may object until %(until)s. An objection stops the lot until it is answered.")
        % {"until": in_words(until)},
        _("After that the award officer can award. Nobody but the bid of rank 1 can be proposed."),
    ]
    return {
        "tender": tender,
        "heading": _("Propose the award"),
        "submit": _("Propose"),
        "effects": effects,
        "parties": [_party(row.lot, row.bid, row.price) for row in best],
        "nothing": _("No lot of this tender is ranked and waits for a proposal."),
    }


def decision(lots: Iterable[Lot], tender: Tender) -> dict[str, Any]:
    """What awarding these lots will do, and for whom."""
    awards = Award.objects.filter(lot__in=list(lots)).select_related("lot", "bid__supplier")
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
        "parties": [_party(award.lot, award.bid, award.price) for award in awards],
        "warning": _("This cannot be undone."),
        "nothing": _("No lot of this tender can be awarded now."),
    }


def _party(lot: Lot, bid: Bid, pack_price: Any) -> dict[str, Any]:
    return {
        "label": _("Lot %(lot)d") % {"lot": lot.number},
        "value": bid.supplier.name,
        "note": _("%(title)s, %(price)s a pack") % {"title": lot.title, "price": price(pack_price)},
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
    lots = list(lots_with_result(tender))
    own = seat.organisation_id == tender.agency_id
    proposes, awards = own and seat.may(Permission.PUBLISH_RESULT), own and seat.may(Permission.AWARD)
    return {
        "tender": tender,
        "table": AwardTable(request, lots),
        "to_propose": sum(lot.status == Lot.Status.RANKED for lot in lots) if proposes else 0,
        "to_award": Lot.objects.ready_to_award(now).filter(tender=tender).count() if awards else 0,
        "waiting": Objection.objects.waiting().filter(lot__tender=tender).count(),
        "has_result": any(hasattr(lot, "technical_result") for lot in lots),
    }


def window_until(lot: Lot) -> datetime | None:
    """Until when the lot can be objected to, as things stand."""
    if lot.status == Lot.Status.PROPOSED:
        return lot.award.standstill_until
    result = getattr(lot, "technical_result", None)
    return result.final_at if result else None


def letter(award: Award) -> dict[str, Any]:
    """The award letter: who, what, at what price, for whom, from when to when."""
    version = award.bid.product_version
    tender = award.lot.tender
    volumes = LotVolume.objects.filter(lot=award.lot, item=version.product.item_id).select_related("hospital")
    return {
        "award": award,
        "tender": tender,
        "lot": award.lot,
        "version": version,
        "item": version.product.item,
        "volumes": list(volumes.order_by("hospital__name")),
        "total": quantity(sum(volume.quantity for volume in volumes)),
        "back_url": reverse("tenders:lot", args=[tender.reference, award.lot.number]),
        "parties": [
            {
                "label": pgettext("party", "To"),
                "value": award.bid.supplier.name,
                "note": award.bid.supplier.credit_code,
            },
            {"label": pgettext("party", "From"), "value": tender.agency.name, "note": tender.agency.credit_code},
        ],
        "signers": [{"label": _("For the agency"), "value": award.awarded_by.person.name if award.awarded_by else ""}],
    }
