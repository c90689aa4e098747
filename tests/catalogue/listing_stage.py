"""A list with a first edition in force, of items of the catalogue."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from catalogue import actions
from catalogue.actions import EditionFacts, EntryRow
from catalogue.models import CatalogueList, Edition, Item
from core.clock import legal_date
from tests.catalogue.files import TABLET, merged, products
from tests.kept import kept
from tests.world import NOW, World

TODAY = legal_date(NOW)
STRENGTHS = ("2.5mg", "5mg", "10mg", "20mg")


@dataclass
class Listed:
    """The list, its edition in force, the items of the catalogue, and two people who keep lists."""

    list: CatalogueList
    first: Edition
    items: list[Item]


@kept
def insurance(world: World) -> Listed:
    """The insurance catalogue of last year: two items in class A, one negotiated at 4.16 for 28 tablets."""
    merged(world, products(*({**TABLET, "strength": strength, "national_code": ""} for strength in STRENGTHS)))
    items = sorted(Item.objects.all(), key=lambda item: STRENGTHS.index(item.strength))
    made = actions.begin_list(kind="insurance", name="医保目录", region=world.region, by=world.cataloguer, now=NOW)
    rows = [EntryRow(item=item, entry_class="a") for item in items[:2]]
    rows.append(EntryRow(item=items[2], entry_class="negotiated", payment_standard=Decimal("4.16"), units=28))
    first = published(world, drafted(world, made, TODAY - timedelta(days=100), rows), removed=0)
    return Listed(made, first, items)


def reviewer(world):
    """A second person who keeps lists; the world has one."""
    if "reviewer" not in vars(world):
        world.reviewer = world.seat(world.agency, "cataloguer")
    return world.reviewer


def drafted(world, of, day: date, rows=(), whole=False):
    facts = EditionFacts(f"版本 {day}", "notice 2026-1", day)
    edition = actions.draft_edition(of=of, facts=facts, by=world.cataloguer, now=NOW)
    if rows:
        actions.set_entries(edition=edition, rows=list(rows), whole=whole, by=world.cataloguer, now=NOW)
    return edition


def published(world, edition, *, removed: int):
    reason = "no longer made" if removed else ""
    actions.propose_edition(edition=edition, removal_reason=reason, by=world.cataloguer, now=NOW)
    return actions.publish_edition(edition=edition, removed=removed, by=reviewer(world), now=NOW)
