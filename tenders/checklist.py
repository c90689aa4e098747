"""What a draft still lacks: its facts gathered in a constant number of queries, what it lacks as sentences."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from accounts.models import Seat
from accounts.permissions import Permission
from catalogue.models import PriceEntry
from core.clock import legal_date, zone
from core.errors import Fault
from selection.ruleset import from_json
from tenders.keylist import current_openers, fingerprint, has_signed
from tenders.models import Evaluator, Lot, LotItem, Opener, Tender
from tenders.rules.preparation import (
    DemandState,
    Draft,
    EvaluatorDraft,
    Gap,
    Lack,
    LotDraft,
    LotItemDraft,
    OpenerDraft,
    lacks,
    opener_lacks,
)
from tenders.rules.schedule import Schedule, ScheduleGap
from tenders.volumes import reported_volumes

SENTENCES: dict[str, str | Promise] = {
    Gap.RULES_NOT_IN_FORCE: gettext_lazy("The rule set is not in force today. Choose another one."),
    Gap.SHORTLIST_HAS_GAPS: gettext_lazy(
        "The shortlist of the rule set does not say how many go on from these numbers of bids: %(name)s."
    ),
    Gap.RULES_NOT_RUN: gettext_lazy(
        "The rule set asks for what this platform does not carry out yet: %(name)s. Choose another one."
    ),
    Gap.NO_DEMAND: gettext_lazy("Choose the demand window whose numbers this tender is about."),
    Gap.DEMAND_OPEN: gettext_lazy("The demand is not locked. Lock it, so that volumes can be frozen."),
    Gap.NO_LOTS: gettext_lazy("There are no lots. Take them from the locked demand."),
    Gap.NO_ITEMS: gettext_lazy("Lot %(lot)s has no item. Add one or remove the lot."),
    Gap.NO_CEILING: gettext_lazy("Lot %(lot)s has no ceiling price. Enter the highest valid price."),
    Gap.NO_REFERENCE: gettext_lazy("Lot %(lot)s: %(name)s comes first and must have the factor 1."),
    Gap.NO_VOLUME: gettext_lazy("Lot %(lot)s: no hospital reported a need of %(name)s. Take it out of the lot."),
    Gap.ITEM_TAKEN: gettext_lazy("Lot %(lot)s: the same demand is bought in %(name)s already. Take the item out."),
    Gap.UNIFIED_PRICE: gettext_lazy(
        "Lot %(lot)s: %(name)s has one national price in the price register, at which it is bought. Take it out."
    ),
    Gap.ABOVE_GUIDE: gettext_lazy(
        "Lot %(lot)s: the ceiling is above the guide price of %(name)s in the price register. Lower it."
    ),
    Gap.NO_CRITERIA: gettext_lazy("The technical envelope has no criteria. Set them, or begin with the template."),
    Gap.POINTS_NOT_FULL: gettext_lazy(
        "The points of the scored criteria add up to %(found)s; they must add up to %(needed)s."
    ),
    Gap.RULES_NEED_POINTS: gettext_lazy("The rule set judges by points. Add scored criteria of 100 points."),
    Gap.RULES_NEED_ENVELOPE: gettext_lazy("The rule set judges technical envelopes and the tender has none."),
    Gap.POINTS_NEED_ENVELOPE: gettext_lazy("Without a technical envelope nothing can be scored. Remove the points."),
    Gap.TOO_FEW_OPENERS: gettext_lazy("Openers named: %(found)s; name at least %(needed)s, better five."),
    Gap.TOO_MANY_OPENERS: gettext_lazy("Openers named: %(found)s; at most %(needed)s can be."),
    Gap.ORGANISATION_TOO_STRONG: gettext_lazy(
        "Openers of %(name)s: %(found)s; of this number of openers it may provide at most %(needed)s."
    ),
    Gap.KEY_NOT_MADE: gettext_lazy("%(name)s has not made the opener's key."),
    Gap.KEY_NOT_PROVED: gettext_lazy("%(name)s has not proved within 30 days to hold the opener's key and its code."),
    Gap.LIST_NOT_SIGNED: gettext_lazy("%(name)s has not signed the key list as it is now."),
    Gap.TOO_FEW_EVALUATORS: gettext_lazy("Evaluators named: %(found)s; the rule set asks for at least %(needed)s."),
    Gap.EVEN_EVALUATORS: gettext_lazy("Evaluators named: %(found)s; it must be an odd number. Name one more."),
    Gap.NOT_DECLARED: gettext_lazy("%(name)s has not declared whether there is an interest in the tender."),
    Gap.HAS_INTEREST: gettext_lazy("%(name)s declared an interest. Replace the evaluator, with the reason."),
    Gap.SEAT_ENDED: gettext_lazy("%(name)s has no seat any more. Name somebody else, with the reason."),
    Gap.PUBLISHER_HAS_A_PART: gettext_lazy("%(name)s has a part in the tender. Another officer must publish it."),
    Gap.PUBLISHER_PREPARED: gettext_lazy("You changed this draft last. Another officer must publish it."),
    ScheduleGap.NO_DEADLINE: gettext_lazy("There is no deadline. Set it."),
    ScheduleGap.DEADLINE_PAST: gettext_lazy("The deadline is over. Set a later one."),
    ScheduleGap.NOTICE_SHORT: gettext_lazy(
        "The deadline comes too soon: the rule set asks for %(needed)s days of notice."
    ),
    ScheduleGap.NO_SUPPLY: gettext_lazy("There is no supply period. Set its first and last day."),
    ScheduleGap.SUPPLY_BACKWARDS: gettext_lazy("The supply period ends before it begins. Correct its days."),
    ScheduleGap.SUPPLY_EARLY: gettext_lazy("Supply begins before the deadline is over. Set a later first day."),
}


def missing(tender: Tender, *, by: Seat | None, now: datetime) -> list[Fault]:
    """What keeps the tender from being published by ``by``, as faults: the part of the draft is the field,
    the lot's number the row. Empty: nothing."""
    return [fault_of(lack) for lack in lacks(draft_of(tender, by=by, now=now), now=now, zone=zone())]


def missing_of_openers(tender: Tender, *, now: datetime) -> list[Fault]:
    """What keeps the key list of the tender's openers, as it is now, from being published."""
    openers = _people(tender, now)["openers"]
    return [fault_of(lack) for lack in opener_lacks(openers, tender.openers_needed, now)]


def fault_of(lack: Lack) -> Fault:
    """A lack as a sentence that says what to do."""
    facts = {"lot": lack.lot, "name": lack.name, "needed": lack.needed, "found": lack.found}
    return Fault(str(SENTENCES[lack.gap]) % facts, lack.part, lack.lot, code="incomplete")


def draft_of(tender: Tender, *, by: Seat | None, now: datetime) -> Draft:
    """The facts that publication asks about. ``by`` is who would publish; None leaves that question out."""
    rules, today = tender.rule_set, legal_date(now)
    points = dict.fromkeys(("formal", "scored"), ())
    for kind, most in tender.criteria.values_list("kind", "max_points"):
        points[kind] = (*points[kind], most)
    return Draft(
        envelopes=tender.envelopes,
        rules=from_json(rules.body),
        rules_in_force=rules.valid_from <= today and (rules.valid_to is None or today <= rules.valid_to),
        demand=_demand_state(tender),
        schedule=Schedule(tender.deadline, tender.supply_from, tender.supply_to),
        lots=tuple(_lots(tender, today)),
        formal_criteria=len(points["formal"]),
        points=points["scored"],
        openers_needed=tender.openers_needed,
        **_people(tender, now),
        preparer=tender.prepared_by.person_id,
        publisher=by.person_id if by else None,
    )


def _demand_state(tender: Tender) -> DemandState:
    if tender.window is None:
        return DemandState.NONE
    return DemandState.LOCKED if tender.window.locked_at else DemandState.OPEN


def _lots(tender: Tender, today: date) -> Iterable[LotDraft]:
    volumes, taken = reported_volumes(tender), _taken_items(tender)
    parts: dict[int, list[LotItemDraft]] = defaultdict(list)
    items = list(LotItem.objects.filter(lot__tender=tender).select_related("item").order_by("pk"))
    bounds = PriceEntry.objects.bounds_of_items({part.item_id for part in items}, tender.region, today)
    for part in items:
        volume, other = int(volumes.get(part.item_id, 0)), taken.get(part.item_id, "")
        bound = bounds.get(part.item_id)
        parts[part.lot_id].append(LotItemDraft(str(part.item), part.factor, volume, other, bound))
    for lot in tender.lots.order_by("number"):
        yield LotDraft(lot.number, tuple(parts[lot.pk]), lot.ceiling_price)


def _taken_items(tender: Tender) -> dict[int, str]:
    """Items of the same window that another published tender buys: item to the tender's reference."""
    others = LotItem.objects.filter(
        lot__tender__window=tender.window_id, lot__tender__status=Tender.Status.PUBLISHED
    ).exclude(lot__tender=tender)
    bought = others.exclude(lot__ending__in=Lot.WITHOUT_AWARD)
    return dict(bought.values_list("item", "lot__tender__reference")) if tender.window_id else {}


def _people(tender: Tender, now: datetime) -> dict[str, tuple[OpenerDraft, ...] | tuple[EvaluatorDraft, ...]]:
    sitting = Seat.objects.current(legal_date(now)).values("pk")
    found = {}
    for model, permission in ((Opener, Permission.OPEN_ENVELOPES), (Evaluator, Permission.EVALUATE)):
        named = model.objects.filter(tender=tender, replaced_at=None)
        current = set(named.filter(seat__in=sitting).values_list("seat", flat=True))
        people = named.select_related("seat__person", "seat__organisation")
        found[model] = [(one, one.seat_id in current and one.seat.may(permission)) for one in people]
    printed = fingerprint(tender, current_openers(tender))
    openers = tuple(
        OpenerDraft(
            person=one.seat.person_id,
            name=one.seat.person.name,
            organisation=one.seat.organisation_id,
            organisation_name=one.seat.organisation.name,
            key_made=one.key_made_at is not None,
            key_proved_at=one.key_proved_at,
            list_signed=has_signed(one, printed),
            current=current,
        )
        for one, current in found[Opener]
    )
    evaluators = tuple(
        EvaluatorDraft(
            person=one.seat.person_id,
            name=one.seat.person.name,
            declared=one.declared_at is not None,
            has_interest=one.has_interest,
            current=current,
        )
        for one, current in found[Evaluator]
    )
    return {"openers": openers, "evaluators": evaluators}
