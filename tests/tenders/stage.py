"""Tenders ready for what a test is about, made through the real actions.

    stage = draft_tender(world)                        # everything a publication needs, not yet published
    stage = published_tender(world, lots=("1.50", "20"), openers=5, evaluators=5, suppliers=3)
    stage.tender, stage.lots                           # lots in their order
    stage.holders[0].seat, .pair, .key_file, .code     # openers by place, with keys that they proved
    stage.evaluators[0].seat                           # declared without interest
    stage.suppliers[0]                                 # a bid manager's seat in an organisation of its own
    stage.product(stage.lots[0], stage.suppliers[0])   # a product version that supplier can offer in that lot
    stage.officer, stage.hospitals, stage.window

Lots are given by their ceiling prices; each has one item of which every hospital needs ``volume`` base units.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from itertools import count

from accounts.models import Organisation, Seat
from accounts.permissions import OrganisationKind
from catalogue.models import Item, Maker, Product, ProductVersion
from catalogue.rules import fold
from core.actions import action
from core.clock import legal_date
from demand.models import DemandWindow
from sealing.ceremony import sign_key_list
from sealing.keys import OpenerKeys, answer_canary, generate_code, lock, make_key_pair
from selection import ruleset
from tenders.actions.changes import approve_change, propose_cancellation
from tenders.actions.keys import issue_canary, prove_key, register_key
from tenders.actions.people import declare_interest, name_evaluator, name_opener
from tenders.actions.preparation import (
    CriterionPlan,
    LotItemPlan,
    LotPartPlan,
    LotPlan,
    TenderPlan,
    prepare_tender,
    set_criteria,
    set_lots,
    set_schedule,
)
from tenders.actions.publication import publish_tender
from tenders.actions.rule_sets import install_rule_sets
from tenders.keylist import current_openers, key_list_of
from tenders.models import Evaluator, Lot, Opener, RuleSet, Tender
from tenders.signing import server_public
from tests.demand.stage import item_of, locked_window
from tests.kept import kept
from tests.world import NOW, World

DEADLINE = NOW + timedelta(days=21, hours=5)
NEEDED = 3
_numbers = count(1)


@dataclass
class Holder:
    """An opener in place, with the keys and the code that the platform does not have."""

    opener: Opener
    pair: OpenerKeys
    code: str

    @property
    def seat(self) -> Seat:
        return self.opener.seat

    @property
    def key_file(self) -> bytes:
        return _locked(self.pair, self.code)


@cache
def _locked(pair: OpenerKeys, code: str) -> bytes:
    """The locked file, made once for all tests of a kept stage: the lock is slow on purpose."""
    return lock(pair.secret(), code, "opener", iterations=600_000)


@dataclass
class Stage:
    world: World
    window: DemandWindow
    tender: Tender
    officer: Seat
    hospitals: list[Organisation]
    holders: list[Holder] = field(default_factory=list)
    suppliers: list[Seat] = field(default_factory=list)

    @property
    def lots(self) -> list[Lot]:
        return list(self.tender.lots.order_by("number"))

    @property
    def evaluators(self) -> list[Evaluator]:
        return list(
            self.tender.evaluators.filter(replaced_at=None).select_related("seat__person", "seat__organisation")
        )

    def product(self, lot: Lot, supplier: Seat, *, pack_size: int = 10) -> ProductVersion:
        """A product of the lot's first item in a pack of ``pack_size``, made by the supplier's organisation."""
        return product_of(lot.lot_items.order_by("pk")[0].item, supplier.organisation, pack_size)


@kept
def draft_tender(
    world: World,
    *,
    lots: Sequence[str] = ("1.50", "20.00"),
    openers: int = 5,
    evaluators: int = 5,
    rules: ruleset.RuleSet | None = None,
    envelopes: int = 2,
    hospitals: int = 2,
    offered: str = "product",
    parts: Sequence[int] = (),
    with_service_fee: bool = False,
    others: Sequence[str] = (),
) -> Stage:
    """A draft that could be published at ``NOW``. ``parts`` are how many of each part a set has, where a bid is of
    sets; ``others`` the factors of further items that every lot has."""
    items = [item_of(world, f"Demo medicine {next(_numbers)}") for _ceiling in lots]
    more = {item: [item_of(world, f"{item.name} {factor}") for factor in others] for item in items}
    every = [one for item in items for one in (item, *more[item])]
    window, asked = locked_window(world, every, hospitals=hospitals)
    plan = TenderPlan("Demo tender", Item.Kind.DRUG, world.region, rule_set(rules), window, envelopes, NEEDED)
    tender = prepare_tender(plan=plan, by=world.preparer, now=NOW)
    set_lots(
        tender=tender,
        lots=[
            LotPlan(
                "",
                (LotItemPlan(item), *map(LotItemPlan, more[item], map(Decimal, others))),
                Decimal(ceiling),
                offered=offered,
                parts=tuple(LotPartPlan(item_of(world, f"Demo part {next(_numbers)}"), count) for count in parts),
                with_service_fee=with_service_fee,
            )
            for item, ceiling in zip(items, lots, strict=True)
        ],
        by=world.preparer,
        now=NOW,
    )
    set_schedule(
        tender=tender,
        deadline=DEADLINE,
        supply_from=legal_date(DEADLINE) + timedelta(days=60),
        supply_to=legal_date(DEADLINE) + timedelta(days=425),
        by=world.preparer,
        now=NOW,
    )
    if envelopes == 2:
        set_criteria(tender=tender, criteria=CRITERIA, by=world.preparer, now=NOW)
    stage = Stage(world, window, tender, world.officer, asked)
    stage.holders = [add_opener(stage, number) for number in range(openers)]
    prove_keys(stage.holders)
    experts = world.organisation(OrganisationKind.HOSPITAL) if evaluators else None
    for _number in range(evaluators):
        add_evaluator(stage, experts)
    stage.tender = Tender.objects.get(pk=tender.pk)
    return stage


@kept
def published_tender(world: World, *, suppliers: int = 3, now: datetime = NOW, **draft: object) -> Stage:
    """A tender open for bids until ``DEADLINE``, and suppliers who may bid. ``draft`` goes to ``draft_tender``."""
    stage = draft_tender(world, **draft)
    stage.tender = publish_tender(tender=stage.tender, by=stage.officer, now=now)
    stage.suppliers = [
        world.seat(world.organisation(OrganisationKind.SUPPLIER), "bid_manager", "signatory")
        for _number in range(suppliers)
    ]
    return stage


CRITERIA = (
    CriterionPlan("formal", "Licence valid on the day of opening"),
    CriterionPlan("scored", "Quality", "Sampling of the last 24 months", 60),
    CriterionPlan("scored", "Supply", "Delivery rate of the last year", 40),
)


def cancelled(stage: Stage, *, reason: str = "The need has changed", now: datetime = NOW) -> Tender:
    """The published tender of a stage, cancelled by two officers."""
    change = propose_cancellation(tender=stage.tender, reason=reason, by=stage.world.preparer, now=now)
    return approve_change(change=change, by=stage.officer, now=now).tender


def add_opener(stage: Stage, number: int) -> Holder:
    """One more opener with a key made; organisations take turns, so that none is too strong."""
    kind, role = _OPENERS[number % len(_OPENERS)]
    organisation = _organisation(stage.world, kind)
    seat = stage.world.seat(organisation, role)
    opener = name_opener(tender=stage.tender, seat=seat, by=stage.officer, now=NOW)
    return make_pair(opener)


def make_pair(opener: Opener, *, now: datetime = NOW) -> Holder:
    """The opener's key, made as its own program would, without the slow lock."""
    pair = make_key_pair(opener.tender.reference)
    register_key(opener=opener, public_key=pair.ecdh_public, signing_key=pair.sign_public, by=opener.seat, now=now)
    return Holder(opener, pair, generate_code())


def prove_keys(holders: Sequence[Holder], *, now: datetime = NOW) -> None:
    """Every opener opens a canary and signs the key list as it is now."""
    for holder in holders:
        prove(holder.opener, holder.pair, now=now)


def prove(opener: Opener, pair: OpenerKeys, *, now: datetime = NOW) -> None:
    canary = issue_canary(opener=opener, by=opener.seat, now=now)
    answer = answer_canary(bytes(canary.document), bytes(canary.seal), pair, server=server_public())
    signed = sign_key_list(key_list_of(opener.tender, current_openers(opener.tender)), pair)
    prove_key(opener=opener, answer=answer, signed_list=signed, by=opener.seat, now=now)


def add_evaluator(stage: Stage, organisation: Organisation) -> Evaluator:
    seat = stage.world.seat(organisation, "evaluator")
    evaluator = name_evaluator(tender=stage.tender, seat=seat, by=stage.officer, now=NOW)
    return declare_interest(evaluator=evaluator, has_interest=False, by=seat, now=NOW)


def rule_set(rules: ruleset.RuleSet | None = None) -> RuleSet:
    """The rule set that ships first, or one with the given rules."""
    return install_rule_sets(now=NOW)[0] if rules is None else _own_rules(rules)


@action
def product_of(item: Item, organisation: Organisation, pack_size: int) -> ProductVersion:
    """A product of the item in a pack of ``pack_size``, whose maker is the organisation."""
    name = {"name": organisation.name, "name_key": fold(organisation.name)}
    maker, _new = Maker.objects.get_or_create(**name, defaults={"organisation": organisation})
    product = Product.objects.create(item=item, maker=maker, key=f"demo-{next(_numbers)}")
    return ProductVersion.objects.create(product=product, pack_size=pack_size, pack_unit="box")


@action
def _own_rules(rules: ruleset.RuleSet) -> RuleSet:
    return RuleSet.objects.create(
        code="test",
        version=next(_numbers),
        title="Test",
        source="a test",
        valid_from=date(2020, 1, 1),
        body=ruleset.to_json(rules),
    )


_OPENERS = (
    (OrganisationKind.AGENCY, "opener"),
    (OrganisationKind.REGULATOR, "opener"),
    (OrganisationKind.PAYER, "opener"),
)


def _organisation(world: World, kind: str) -> Organisation:
    made = {OrganisationKind.AGENCY: lambda: world.agency, OrganisationKind.REGULATOR: lambda: world.regulator}
    return made.get(kind, lambda: world.payer)()
