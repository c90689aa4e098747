"""The demo is made by the real actions, in one piece or not at all, and shows what it promises.

Whatever is asked of the whole demo is asked here, and it is made once, with fewer lots, medicines and orders than
`make run` shows: nightly all of them are made, in the other language.
"""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Count
from django.utils.translation import override

from accounts.models import Filing, InboxMessage, Organisation, Person, Seat
from accounts.permissions import ROLES, OrganisationKind
from accounts.rules import demo_email, is_demo_uscc
from awards.models import Award
from catalogue.models import Authorisation, Item, Maker, ProductVersion
from contracts.models import Contract, Order, OrderLine, Payable
from core.clock import database_clock, legal_date
from core.models import OutboxMessage
from core.search import find
from demand.models import DemandReport, DemandWindow
from procurement.demo import facts, make_demo, story
from procurement.demo.stage import Size
from procurement.demo.story import WHOLE
from procurement.management.commands import seed_demo
from procurement.shell import todos
from tenders.models import Close, Lot, OpenedEnvelope, Qualification, Ranking, Tender
from tenders.tasks import announce_close
from tests.commit import in_turn
from tests.guards.strangers import Curiosity
from tests.kept import kept
from tests.world import World

pytestmark = pytest.mark.whole

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
SMALL = Size(results=8, medicines=40, orders=120)
OTHER_ORDERS = 9
HAN, LATIN = re.compile(r".*[\u3400-\u9fff]"), re.compile(r"[A-Za-z ,]+$")


@kept
def whole_demo(world: World) -> dict[str, Any]:
    return make_demo(NOW, SMALL)


@pytest.fixture
def demo(world):
    made = whole_demo(world)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # Rows that no commit has made known yet would be planned for as if there were none.
    return made


def test_the_demo_shows_every_stage(demo):
    finished = Tender.objects.get(title__contains="2018")
    _the_published_price_wins_every_lot(finished, SMALL.results)
    _the_cheaper_rejected_bid_stays_shut(finished, SMALL.results)
    _a_lot_has_two_winners_and_an_order_models_and_sets()
    _a_lot_is_joint_and_others_are_held()
    _orders_stand_at_every_stage()
    _money_is_paid_due_soon_and_overdue()
    _two_more_tenders_are_under_way()
    _demand_and_a_draft_wait()
    _a_hospital_is_renamed_and_a_supplier_merged()
    assert abs((database_clock() - datetime.now(UTC)).total_seconds()) < 60
    assert all(is_demo_uscc(code) for code in Organisation.objects.values_list("credit_code", flat=True))
    assert {"officer@demo.example", "supplier1@demo.example"} <= {account["login"] for account in demo["accounts"]}


def _the_published_price_wins_every_lot(tender, lots):
    awards = Award.objects.binding().filter(decision__lot__tender=tender).order_by("decision__lot__number")
    assert [award.price for award in awards] == [result.price for result in story.results()[:lots]]
    assert len(awards) == lots
    ranked = Ranking.objects.filter(bid__reference__in=[award.bid for award in awards])
    assert {ranking.rank for ranking in ranked} == {1}


def _the_cheaper_rejected_bid_stays_shut(tender, lots):
    rejected = Qualification.objects.filter(bid__tender=tender, verdict="not_qualified")
    assert rejected.count() == lots
    opened = OpenedEnvelope.objects.filter(bid__tender=tender, envelope="commercial")
    assert opened.count() == lots * 3
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
    assert sum(stages.values()) == SMALL.orders + OTHER_ORDERS
    assert set(stages) == {str(status) for status in Order.Status.values}


def _a_lot_is_joint_and_others_are_held():
    """One lot of two strengths, won and ordered with further specifications; an objection, and a complaint."""
    joint, objected, held, _over = Lot.objects.filter(tender__title__contains="further specifications").order_by(
        "number"
    )
    [award] = Award.objects.filter(decision__lot=joint)
    assert award.products.count() == 3
    ordered = OrderLine.objects.filter(volume__line__award=award)
    assert ordered.values("product").distinct().count() == 3
    assert list(objected.holds.standing().values_list("code", flat=True)) == ["objection"]
    assert list(held.holds.standing().values_list("code", flat=True)) == ["complaint"]
    assert Authorisation.objects.filter(valid_to__range=(legal_date(NOW), legal_date(NOW) + timedelta(30))).exists()


@pytest.mark.nightly
def test_it_is_whole_in_chinese(world, settings):
    settings.DEMO_LANGUAGE = "zh-hans"
    make_demo(NOW)
    assert Order.objects.count() == 200 + OTHER_ORDERS
    assert Item.objects.count() > 850
    assert ProductVersion.objects.count() > 2500
    finished = Tender.objects.get(title__contains="2018")
    with override(settings.DEMO_LANGUAGE):
        _the_published_price_wins_every_lot(finished, 26)
    _the_cheaper_rejected_bid_stays_shut(finished, 26)
    assert [words for words in _shown() if not HAN.match(words)] == []


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
    # Who plays an opener needs the root from a mail: those of the closes are still to be sent, and nothing else.
    closes = [waiting[0].tender.close.pk, Close.objects.get(tender__title__contains="further specifications").pk]
    mails = OutboxMessage.objects.filter(delivered_at=None).values_list("task", "arguments")
    assert sorted(mails) == [("tenders.tasks.announce_close", [close]) for close in sorted(closes)]
    mail = f"Root over their receipts: {waiting[0].tender.close.root}"
    announce_close(waiting[0].tender.close.pk)
    assert mail in InboxMessage.objects.filter(seat__roles__contains=["opener"]).first().sentence


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


def test_whoever_is_named_first_has_something_to_do(demo):
    for login in ("officer", "awarder", "evaluator1", "pharmacist1", "approver1", "receiver1", "dispatchc1", "finance"):
        assert todos(Seat.objects.get(person__email=demo_email(login)), NOW), login


def test_every_name_of_the_demo_is_in_its_language(demo):
    assert len(_shown()) > 300
    assert [words for words in _shown() if HAN.match(words)] == []


def _shown() -> list[str]:
    """The names and titles that the demo's own words make, with those of all items and products."""
    return [
        *Organisation.objects.values_list("name", flat=True),
        *Person.objects.values_list("name", flat=True),
        *DemandWindow.objects.values_list("title", flat=True),
        *Tender.objects.values_list("title", flat=True),
        *Tender.objects.values_list("summary", flat=True),
        *Maker.objects.values_list("name", flat=True),
        *Item.objects.values_list("name", flat=True),
        *Item.objects.values_list("base_unit", flat=True),
        *ProductVersion.objects.values_list("pack_unit", flat=True),
    ]


@pytest.mark.parametrize(("language", "wrong"), [("en", HAN), ("zh-hans", LATIN)])
def test_its_catalogue_is_large_enough_to_be_searched(language, wrong):
    with override(language):
        medicines = list(facts.common(WHOLE.medicines))
    assert len(medicines) > 2500
    names = {medicine["item_name"] for medicine in medicines}
    assert len(names) > 500
    assert [name for name in names if wrong.match(name)] == []


def test_search_finds_its_catalogue(demo):
    assert {hit.kind for hit in find("amoxicillin", ("item", "product"), 10)} == {"item", "product"}


@pytest.fixture
def seats(demo):
    """One seat of every role; of suppliers and hospitals two, because they must not see each other either."""
    found = []
    for role in ROLES:
        first, *others = Seat.objects.with_role(role).select_related("person", "organisation").order_by("pk")
        rivals = first.organisation.kind in (OrganisationKind.SUPPLIER, OrganisationKind.HOSPITAL)
        found += [first, *others[:1]] if rivals else [first]
    return list({seat.pk: seat for seat in found}.values())


@pytest.mark.parametrize("third", in_turn(range(3)))
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

    monkeypatch.setattr(story, "files", fail)
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
