"""Deciding on proposed prices: the second of two people."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast

from django.utils.translation import gettext as _

from accounts.access import require
from accounts.models import Seat
from accounts.permissions import Permission
from catalogue.actions.prices.cuts import bind_listings
from catalogue.actions.prices.proposals import require_endable, require_not_past
from catalogue.actions.prices.recording import end, hold_items, require_within_bounds, write
from catalogue.models import PriceChange, PriceEntry, PriceLine, Verb
from catalogue.rules import PriceFact
from core.actions import action
from core.errors import Conflict, Refused
from core.events import record
from core.moves import move
from core.outbox import queue

_Status, _Act = PriceChange.Status, PriceChange.Act


@action
def confirm_price_change(*, change: PriceChange, by: Seat, now: datetime) -> PriceChange:
    """Put what another person has proposed into the register, all of it or nothing.

    Listings that it binds are bound in the same act, and whom it touches is told.
    """
    held = _hold(change, by)
    if held.status == _Status.PROPOSED and held.proposed_by.person_id == by.person_id:
        raise Refused(_("Somebody else than the person who proposed these prices confirms them."), code="second_person")
    lines = list(held.lines.select_related("ends").order_by("number"))
    if held.act in (_Act.CUT, _Act.UNIFY):
        require_not_past(lines, now)
    hold_items({line.item_id for line in lines})
    move(held, _Status.CONFIRMED, decided_at=now, decided_by=by)
    if held.act == _Act.END:
        _end(lines, by=by, now=now)
    else:
        _begin(held, lines, by=by, now=now)
    bound = bind_listings(held, lines, by=by, now=now)
    record(Verb.PRICE_CHANGE_CONFIRMED, held.reference, by=by, now=now, count=len(lines), bound=bound)
    queue("catalogue.tasks.tell_of_price_change", held.pk, now=now)
    return held


@action
def return_price_change(*, change: PriceChange, question: str, by: Seat, now: datetime) -> PriceChange:
    """Ask back before deciding; whoever proposed it answers, or withdraws it."""
    held = _hold(change, by)
    if held.proposed_by.person_id == by.person_id:
        raise Refused(_("Somebody else than the person who proposed these prices asks back."), code="second_person")
    if not question.strip():
        raise Refused(_("Say what you want to know."), field="question", code="required")
    move(held, _Status.RETURNED, question=question.strip(), answer="")
    record(Verb.PRICE_CHANGE_RETURNED, held.reference, by=by, now=now, question=question.strip())
    return held


@action
def refuse_price_change(*, change: PriceChange, reason: str, by: Seat, now: datetime) -> PriceChange:
    """Leave the register as it is, and say why."""
    held = _hold(change, by)
    if held.proposed_by.person_id == by.person_id:
        raise Refused(_("You proposed this: withdraw it instead."), code="second_person")
    if not reason.strip():
        raise Refused(_("Give the reason, for the record."), field="reason", code="required")
    move(held, _Status.REFUSED, decided_at=now, decided_by=by, refusal=reason.strip())
    record(Verb.PRICE_CHANGE_REFUSED, held.reference, by=by, now=now, reason=reason.strip())
    return held


def _hold(change: PriceChange, by: Seat) -> PriceChange:
    """The change as it is now, held until commit; Conflict where somebody has decided it."""
    require(by, Permission.RECORD_PRICE)
    rows = PriceChange.objects.visible_to(by).select_for_update(of=("self",), no_key=True)
    held = rows.select_related("proposed_by__person").get(pk=change.pk)
    if held.status not in PriceChange.OPEN:
        raise Conflict(_("This is decided already."), code="already_done")
    return held


def _begin(change: PriceChange, lines: Sequence[PriceLine], *, by: Seat, now: datetime) -> None:
    of_kind: dict[str, list[PriceLine]] = defaultdict(list)
    for line in lines:
        if not line.only_binds:
            of_kind[line.kind].append(line)
    for kind, some in of_kind.items():
        facts = [_fact(change, line) for line in some]
        if kind == PriceEntry.Kind.LISTING:
            require_within_bounds(facts)
        for line, entry in zip(some, write(facts, kind, supersede=True, by=by, now=now), strict=True):
            line.entry = entry
        PriceLine.objects.bulk_update(some, ["entry"])


def _end(lines: Sequence[PriceLine], *, by: Seat, now: datetime) -> None:
    entries = PriceEntry.objects.select_for_update(of=("self",)).in_bulk([line.ends_id for line in lines])
    for line in lines:
        entry = entries[line.ends_id]
        require_endable(entry, cast(date, line.valid_to))  # a line that ends an entry says its last day
        entry.valid_to = line.valid_to
    end(list(entries.values()), by=by, now=now)


def _fact(change: PriceChange, line: PriceLine) -> PriceFact:
    hidden = line.visibility == PriceEntry.Visibility.PARTIES
    said: dict[str, Any] = {"product_id": line.product_id, "hospital_id": line.hospital_id}
    said |= {name: getattr(line, name) for name in ("guide_class", "unrounded", "valid_to", "public_from")}
    return PriceFact(
        item_id=line.item_id,
        region_code=line.region_id,
        price=line.price,
        units=line.units,
        valid_from=line.valid_from,
        source=change.source,
        parties=tuple(line.parties) if hidden else None,
        **said,
    )
