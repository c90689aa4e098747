"""Proposing prices: the first of two people. Nothing of it is in the register yet, and the agency alone reads it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.access import require
from accounts.models import Seat
from accounts.permissions import Permission
from catalogue.actions.prices.cuts import in_row, require_touchable
from catalogue.actions.prices.recording import check, to_end
from catalogue.models import PriceChange, PriceEntry, PriceLine, Verb
from catalogue.rules import Ground, PlannedPrice, PriceFact
from core.actions import action
from core.clock import legal_date
from core.errors import Refused
from core.events import record
from core.moves import move
from core.references import next_reference

_Act, _Kind = PriceChange.Act, PriceEntry.Kind
# One national price has a rule of its own. Awards and listings write their prices themselves; what was agreed
# elsewhere, and what was decided in other years, is put in here.
RECORDED = tuple(kind for kind in _Kind if kind != _Kind.UNIFIED)
CUT = (_Kind.PAYMENT_STANDARD, _Kind.GUIDE, _Kind.LISTING)


@action
def propose_prices(*, prices: Sequence[PlannedPrice], ground: Ground, by: Seat, now: datetime) -> PriceChange:
    """Propose prices from a day on; what holds of the same kind for the same thing ends the day before."""
    for row, planned in enumerate(prices, 1):
        if planned.kind not in RECORDED:
            raise in_row(row, _("Prices of this kind are not recorded here."), "kind", code="invalid_choice")
    return propose(_Act.RECORD, prices, ground, by=by, now=now)


@action
def propose_cut(*, prices: Sequence[PlannedPrice], ground: Ground, by: Seat, now: datetime) -> PriceChange:
    """Propose a cut by decision: payment standards, guide prices, or (linkage) what listings may cost at most.

    Each binds every listing of its product, or of its item, in its region and in those that lie in it, from its day.
    """
    for row, planned in enumerate(prices, 1):
        if planned.kind not in CUT:
            raise in_row(
                row, _("A cut is of a payment standard, a guide price or listings."), "kind", code="invalid_choice"
            )
    return propose(_Act.CUT, prices, ground, by=by, now=now)


@action
def propose_end(*, entry: PriceEntry, last_day: date, ground: Ground, by: Seat, now: datetime) -> PriceChange:
    """Propose that an entry ends on a day within its period."""
    require(by, Permission.RECORD_PRICE)
    require_endable(entry, last_day)
    change = _change(_Act.END, ground, {}, by=by, now=now)
    PriceLine.objects.create(
        change=change,
        number=1,
        ends=entry,
        valid_to=last_day,
        **{name: getattr(entry, name) for name in _SAME},
    )
    _told(change, 1, by=by, now=now)
    return change


@action
def answer_price_change(*, change: PriceChange, answer: str, by: Seat, now: datetime) -> PriceChange:
    """Answer what was asked back, as whoever proposed it; then it waits for its second person again."""
    require(by, Permission.RECORD_PRICE)
    _require_proposer(change, by)
    if not answer.strip():
        raise Refused(_("Answer what was asked."), field="answer", code="required")
    move(change, PriceChange.Status.PROPOSED, answer=answer.strip())
    record(Verb.PRICE_CHANGE_ANSWERED, change.reference, by=by, now=now, answer=answer.strip())
    return change


@action
def withdraw_price_change(*, change: PriceChange, by: Seat, now: datetime) -> PriceChange:
    """Take back what one has proposed."""
    require(by, Permission.RECORD_PRICE)
    _require_proposer(change, by)
    move(change, PriceChange.Status.WITHDRAWN, decided_at=now, decided_by=by)
    record(Verb.PRICE_CHANGE_WITHDRAWN, change.reference, by=by, now=now)
    return change


def propose(
    act: str,
    prices: Sequence[PlannedPrice],
    ground: Ground,
    *,
    by: Seat,
    now: datetime,
    figures: dict[str, Any] | None = None,
) -> PriceChange:
    """Write down what is proposed, after everything has been asked that its confirmation will ask again."""
    require(by, Permission.RECORD_PRICE)
    if not prices:
        raise Refused(_("Enter at least one price."), code="required")
    if act in (_Act.CUT, _Act.UNIFY):
        require_not_past([planned.fact for planned in prices], now)
    change = _change(act, ground, figures or {}, by=by, now=now)
    lines = [_line(change, number, planned) for number, planned in enumerate(prices, 1)]
    of_kind: dict[str, list[int]] = defaultdict(list)
    for number, planned in enumerate(prices, 1):
        of_kind[planned.kind].append(number)
    for kind, numbers in of_kind.items():
        facts, rows = [prices[number - 1].fact for number in numbers], numbers if len(prices) > 1 else ()
        check(facts, kind, rows)
        if not (act == _Act.CUT and kind == _Kind.LISTING):
            list(to_end(facts, kind, supersede=True, rows=rows))
    require_touchable(act, lines)
    PriceLine.objects.bulk_create(lines)
    _told(change, len(lines), by=by, now=now)
    return change


def require_not_past(facts: Sequence[PriceFact | PriceLine], now: datetime) -> None:
    """Refuse what would bind from a day that is over."""
    if any(fact.valid_from < legal_date(now) for fact in facts):
        raise Refused(
            _("This binds others: its first day is today or later."), field="valid_from", code="date_out_of_range"
        )


def require_endable(entry: PriceEntry, last_day: date) -> None:
    """Refuse an end outside of the period."""
    if last_day < entry.valid_from:
        raise Refused(_("The last day cannot be before the first one."), field="last_day", code="end_before_start")
    if entry.valid_to is not None and last_day >= entry.valid_to:
        raise Refused(
            _("The price ends on %(day)s already.") % {"day": entry.valid_to},
            field="last_day",
            code="date_out_of_range",
        )


def _require_proposer(change: PriceChange, by: Seat) -> None:
    if change.proposed_by.person_id != by.person_id:
        raise Refused(_("Whoever proposed this does that."), code="not_yours")


def _change(act: str, ground: Ground, figures: dict[str, Any], *, by: Seat, now: datetime) -> PriceChange:
    for field in ("reason", "source"):
        if not getattr(ground, field).strip():
            raise Refused(_("Say why, and where it is published."), field=field, code="required")
    return PriceChange.objects.create(
        reference=next_reference("price_change", "PC", now),
        act=act,
        reason=ground.reason.strip(),
        source=ground.source.strip(),
        figures=figures,
        proposed_at=now,
        proposed_by=by,
    )


# What a line says in the words of the entry that it ends or becomes.
_SAME = (
    "kind",
    "guide_class",
    "item_id",
    "product_id",
    "hospital_id",
    "region_id",
    "price",
    "units",
    "unrounded",
    "valid_from",
    "visibility",
    "parties",
    "public_from",
)


def _line(change: PriceChange, number: int, planned: PlannedPrice) -> PriceLine:
    fact = planned.fact
    return PriceLine(
        change=change,
        number=number,
        kind=planned.kind,
        guide_class=fact.guide_class,
        item_id=fact.item_id,
        product_id=fact.product_id,
        hospital_id=fact.hospital_id,
        region_id=fact.region_code,
        price=fact.price,
        units=fact.units,
        unrounded=fact.unrounded,
        steps=list(planned.steps),
        valid_from=fact.valid_from,
        valid_to=fact.valid_to,
        visibility=PriceEntry.Visibility.PUBLIC if fact.parties is None else PriceEntry.Visibility.PARTIES,
        parties=sorted(fact.parties or ()),
        public_from=fact.public_from,
    )


def _told(change: PriceChange, count: int, *, by: Seat, now: datetime) -> None:
    told: dict[str, Any] = {"what": PriceChange.Act(change.act).label, "count": count, "reason": change.reason}
    record(Verb.PRICE_CHANGE_PROPOSED, change.reference, by=by, now=now, **told)
