"""A negotiation, in tests: two bids that were too few to compete, three seats at the table, and an expert."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from accounts.models import Seat
from awards.actions.negotiation import (
    NegotiationPlan,
    close_talks,
    commit_reserve,
    disclose_reserve,
    draft_minutes,
    make_offer,
    open_negotiation,
    propose_counter,
    sign_counter,
    sign_minutes,
)
from awards.actions.negotiation.ending import Outcome
from awards.models import Counter, Negotiation, NegotiationOffer, TalkMinutes
from selection.negotiation import NegotiationRules
from selection.ruleset import TenderRules
from tenders.models import Bid
from tests.kept import kept
from tests.tenders.bids import clock_at
from tests.tenders.judging import PRICED, judge, now_of, opened_bids
from tests.tenders.stage import Stage
from tests.world import World

BEGUN = PRICED
THREE = TenderRules(pass_mark=Decimal(60), minimum_for_competition=3, minimum_evaluators=3)


@dataclass
class Table:
    """Who sits where, and the negotiation as it is now."""

    stage: Stage
    bid: Bid
    agency: Seat
    hospital: Seat
    payer: Seat
    expert: Seat | None
    pk: int

    @property
    def now(self) -> Negotiation:
        return Negotiation.objects.select_related("lot__tender").get(pk=self.pk)

    @property
    def supplier(self) -> Seat:
        return self.bid.prepared_by

    @property
    def sides(self) -> tuple[Seat, ...]:
        return self.agency, self.hospital, self.payer, self.supplier

    def offer(self, price: str, *, day: float = 0, by: Seat | None = None) -> NegotiationOffer:
        at = BEGUN + timedelta(days=day)
        with clock_at(at):
            return make_offer(negotiation=self.now, price=Decimal(price), by=by or self.supplier, now=at)

    def counter(self, price: str, *, day: float = 0) -> Counter:
        at = BEGUN + timedelta(days=day)
        with clock_at(at):
            said = propose_counter(negotiation=self.now, price=Decimal(price), by=self.hospital, now=at)
            return sign_counter(counter=said, by=self.payer, now=at)

    def draft(self, reason: str = "", leads_on: str = "award") -> TalkMinutes:
        outcome = Outcome(reason, leads_on, "Talked in the hall.")
        return draft_minutes(negotiation=self.now, outcome=outcome, by=self.agency, now=BEGUN)

    def agreed(self, price: str = "10.00") -> Negotiation:
        """Two rounds to this price, and minutes that all sign."""
        self.offer("12.00")
        self.counter("9.00")
        self.offer(price)
        if self.expert:
            disclose_reserve(negotiation=self.now, by=self.expert, now=BEGUN)
        minutes = self.draft()
        with clock_at(BEGUN):
            for seat in self.sides:
                sign_minutes(minutes=minutes, by=seat, now=BEGUN)
        return self.now

    def closed(self, *, day: float = 0) -> Negotiation:
        return close_talks(negotiation=self.now, by=self.agency, now=BEGUN + timedelta(days=day))


@kept
def too_few(world: World) -> tuple[Stage, list[Bid]]:
    """A lot of two qualified bids, where three are a competition: it ended and goes to negotiation."""
    stage, bids = opened_bids(world, "13.50", "12.00", evaluators=3, rules=THREE)
    judge(stage, dict.fromkeys(bids, "80"))
    return stage, bids


def at_the_table(
    world: World, *, reserve: str = "", confidential: bool = False, rules: NegotiationRules | None = None
) -> Table:
    """The first bidder is talked with; with ``reserve`` an expert has sealed it."""
    stage, bids = too_few(world)
    seats = [world.seat(one, "negotiator") for one in (world.agency, world.hospital, world.payer)]
    expert = world.seat(world.hospital, "evaluator") if reserve else None
    plan = NegotiationPlan(*seats, expert=expert, confidential=confidential, rules=rules or NegotiationRules())
    with clock_at(BEGUN):
        made = open_negotiation(lot=now_of(stage.lots[0]), bid=bids[0], plan=plan, by=stage.officer, now=BEGUN)
        table = Table(stage, bids[0], *seats, expert, made.pk)
        if expert:
            commit_reserve(negotiation=table.now, price=Decimal(reserve), by=expert, now=BEGUN)
    return table
