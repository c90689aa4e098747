"""The demo is made by the real actions, in one piece or not at all, and shows what it promises.

It takes half a minute, so whatever is asked of the whole demo is asked here, and it is made once, with fewer orders
than `make run` shows: nightly all of them are made.
"""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Count

from accounts.models import Filing, Organisation, Person, Seat
from accounts.permissions import ROLES, OrganisationKind
from accounts.rules import is_demo_uscc
from awards.models import Award
from catalogue.models import Item, Maker, ProductVersion
from contracts.models import Contract, Order, OrderLine, Payable
from core.clock import database_clock, legal_date
from core.models import OutboxMessage
from core.search import find
from demand.models import DemandReport, DemandWindow
from procurement.demo import buying, make_demo, story
from procurement.management.commands import seed_demo
from procurement.shell import todos
from tenders.models import Lot, OpenedEnvelope, Qualification, Ranking, Tender
from tests.commit import number
from tests.guards.strangers import Curiosity
from tests.kept import kept
from tests.world import World

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
FEW, OF_CONSUMABLES = 120, 3
HAN = re.compile(r"[\u3400-\u9fff]")


@kept
def whole_demo(world: World) -> dict[str, Any]:
    with patch.object(buying, "ORDERS", FEW):
        return make_demo(NOW)


@pytest.fixture
def demo(world):
    made = whole_demo(world)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # Rows that no commit has made known yet would be planned for as if there were none.
    return made


def test_the_demo_shows_every_stage(demo):
    finished = Tender.objects.get(title__contains="2018")
    _the_published_price_wins_every_lot(finished)
    _the_cheaper_rejected_bid_stays_shut(finished)
    _a_lot_has_two_winners_and_an_order_models_and_sets()
    _orders_stand_at_every_stage()
    _money_is_paid_due_soon_and_overdue()
    _two_more_tenders_are_under_way()
    _demand_and_a_draft_wait()
    _a_hospital_is_renamed_and_a_supplier_merged()
    assert abs((database_clock() - datetime.now(UTC)).total_seconds()) < 60
    assert all(is_demo_uscc(code) for code in Organisation.objects.values_list("credit_code", flat=True))
    assert {"officer@demo.example", "supplier1@demo.example"} <= {account["login"] for account in demo["accounts"]}


def _the_published_price_wins_every_lot(tender):
    awards = Award.objects.binding().filter(decision__lot__tender=tender).order_by("decision__lot__number")
    assert [award.price for award in awards] == [result.price for result in story.results()]
    assert len(awards) == 26
    ranked = Ranking.objects.filter(bid__reference__in=[award.bid for award in awards])
    assert {ranking.rank for ranking in ranked} == {1}


def _the_cheaper_rejected_bid_stays_shut(tender):
    rejected = Qualification.objects.filter(bid__tender=tender, verdict="not_qualified")
    assert rejected.count() == 26
    opened = OpenedEnvelope.objects.filter(bid__tender=tender, envelope="commercial")
    assert opened.count() == 26 * 3
    assert not opened.filter(bid__in=rejected.values("bid")).exists()


def _a_lot_has_two_winners_and_an_order_models_and_sets():
    """Two winners over two regions, models of a registration, sets, two distributors and two payers."""
    awards = Award.objects.filter(decision__lot__tender__title__contains="Stents by registration")
    assert sorted(awards.values_list("place", "kind")) == [
        *[(1, "winner")] * 2,
        *[(2, "winner")] * 2,
        *[(3, "standby")] * 2,
    ]
    supplied = awards.filter(allocations__isnull=False).values_list("place", "allocations__region").distinct()
    assert set(supplied) == {(1, "420000"), (2, "421000")}
    orders = Order.objects.filter(lines__volume__line__award__in=awards).distinct()
    assert orders.values("deliverer").distinct().count() == 2
    lines = OrderLine.objects.filter(order__in=orders)
    assert lines.filter(volume__line__is_set=True).values("product").distinct().count() == 2 * 3
    assert lines.filter(volume__line__is_set=False).values("product").distinct().count() == 2 * 2
    owed = Payable.objects.filter(acceptance__line__order_line__in=lines)
    assert set(owed.values_list("payer__kind", flat=True)) == {"agency", "payer"}


def _orders_stand_at_every_stage():
    stages = dict(Order.objects.values_list("status").annotate(Count("pk")))
    assert sum(stages.values()) == FEW + OF_CONSUMABLES
    assert set(stages) == {str(status) for status in Order.Status.values}


@pytest.mark.nightly
def test_it_has_two_hundred_orders(world):
    make_demo(NOW)
    assert Order.objects.count() == 200 + OF_CONSUMABLES


def _money_is_paid_due_soon_and_overdue():
    today = legal_date(NOW)
    assert Payable.objects.overdue(today).exists()
    assert Payable.objects.due_soon(today).exists()
    assert Payable.objects.filter(paid__gt=0).exists()


def _two_more_tenders_are_under_way():
    waiting = Lot.objects.filter(tender__title__contains="joints", status=Lot.Status.OPEN)
    assert waiting.count() == 4
    assert OpenedEnvelope.objects.filter(bid__lot__in=waiting).exists()
    assert Tender.objects.open_for_bids(NOW).count() == 1
    # Who plays an opener needs the root from a mail: that of the close is still to be sent, and nothing else.
    mail = OutboxMessage.objects.get(delivered_at=None)
    assert (mail.task, mail.arguments) == ("tenders.tasks.announce_close", [waiting[0].tender.close.pk])


def _demand_and_a_draft_wait():
    today = legal_date(NOW)
    open_window = DemandWindow.objects.get(closes_on__gte=today)
    to_lock = DemandWindow.objects.get(closes_on__lt=today, locked_at=None)
    assert [DemandReport.objects.filter(window=window).count() for window in (open_window, to_lock)] == [3, 5]
    assert Tender.objects.get(status=Tender.Status.DRAFT).lots.count() == 4


def _a_hospital_is_renamed_and_a_supplier_merged():
    hospital = Organisation.objects.get(name="Demo City Hospital")
    assert "Demo Hospital 6" in hospital.name_on(legal_date(NOW) - timedelta(days=100))
    ended = Organisation.objects.get(ended_on__isnull=False)
    heir = ended.succeeded_by
    assert heir.lineage() == [heir.pk, ended.pk]
    assert not Order.objects.open().filter(deliverer=ended).exists()
    assert Contract.objects.filter(supplier=heir).count() == 2
    assert not Contract.objects.filter(supplier=ended).exists()
    assert Award.objects.filter(supplier=ended).exists()
    assert list(Filing.objects.order_by("pk").values_list("kind", "status")) == [
        ("renaming", "confirmed"),
        ("merger", "confirmed"),
        ("affiliation", "proposed"),
    ]


def test_somebody_sits_wherever_something_waits(demo, world):
    """Whatever would wait for a seat with every role of its organisation waits for a person who can sign in."""
    nobody = []
    for organisation in Organisation.objects.standing():
        current = Seat.objects.current(legal_date(NOW)).filter(organisation=organisation).exclude(person__email=None)
        done = {todo.url for seat in current.select_related("person") for todo in todos(seat, NOW)}
        roles = [role.code for role in ROLES.values() if organisation.kind in role.kinds]
        imagined = world.seat(organisation, roles[0])
        imagined.roles = roles  # more than anybody may have
        nobody += [f"{organisation}: {todo.what}" for todo in todos(imagined, NOW) if todo.url not in done]
    assert nobody == []


def test_every_name_of_the_demo_is_in_its_language(demo):
    shown = [
        *Organisation.objects.values_list("name", flat=True),
        *Person.objects.values_list("name", flat=True),
        *DemandWindow.objects.values_list("title", flat=True),
        *Tender.objects.values_list("title", flat=True),
        *Tender.objects.values_list("summary", flat=True),
        *Maker.objects.values_list("name", flat=True),
        *map(str, Item.objects.all()),
        *Item.objects.values_list("base_unit", flat=True),
        *ProductVersion.objects.values_list("brand", flat=True),
        *ProductVersion.objects.values_list("pack_unit", flat=True),
    ]
    assert len(shown) > 5000
    assert [words for words in shown if HAN.search(words)] == []


def test_its_catalogue_is_large_enough_to_be_searched(demo):
    assert Item.objects.count() > 800
    assert ProductVersion.objects.count() > 2500
    assert {hit.kind for hit in find("metformin")} == {"item", "product"}


@pytest.fixture
def seats(demo):
    """One seat of every role; of suppliers and hospitals two, because they must not see each other either."""
    found = []
    for role in ROLES:
        first, *others = Seat.objects.with_role(role).select_related("person", "organisation").order_by("pk")
        rivals = first.organisation.kind in (OrganisationKind.SUPPLIER, OrganisationKind.HOSPITAL)
        found += [first, *others[:1]] if rivals else [first]
    return list({seat.pk: seat for seat in found}.values())


THIRDS = [pytest.param(third, marks=pytest.mark.nightly if third != number() % 3 else ()) for third in range(3)]


@pytest.mark.parametrize("third", THIRDS)
def test_what_a_seat_may_not_see_answers_like_what_does_not_exist(seats, third):
    """Every route, every role: see ``tests/guards/strangers.py``. A commit's number says which third of them asks."""
    curiosity = Curiosity()
    for seat in seats[third::3]:
        curiosity.ask_as(seat)
    assert curiosity.asked > 250
    assert curiosity.leaks == []


def test_a_demo_that_fails_leaves_nothing(db, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("stopped in the middle")

    monkeypatch.setattr(story.tendering, "bid", fail)
    with pytest.raises(RuntimeError):
        make_demo(NOW)
    assert not Organisation.objects.exists()


def test_seed_demo_touches_no_installation_that_has_organisations(world):
    assert world.agency
    with pytest.raises(CommandError, match="organisations already"):
        call_command("seed_demo")


@pytest.fixture
def short_demo(monkeypatch, settings, tmp_path):
    """A demo of one organisation, made by the real command in a folder of its own."""
    settings.VAR = tmp_path

    def make(now):
        World().organisation(OrganisationKind.AGENCY)
        return {"password": "x", "accounts": [], "keys": {"opener.key": (b"key", "1234")}}

    monkeypatch.setattr(seed_demo, "make_demo", transaction.atomic(make))
    return tmp_path


def test_seed_demo_leaves_the_accounts_and_the_openers_keys(db, short_demo):
    call_command("seed_demo")
    assert json.loads((short_demo / "demo.json").read_text()) == {"password": "x", "accounts": []}
    assert (short_demo / "demo-keys" / "codes.txt").read_text() == "opener.key  1234\n"
    assert (short_demo / "demo.json").stat().st_mode & 0o777 == 0o600


def test_there_is_no_demo_whose_accounts_could_not_be_written(db, short_demo):
    (short_demo / "demo.new").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left"):
        call_command("seed_demo")
    assert not Organisation.objects.exists()
    assert not (short_demo / "demo.json").exists()
