"""A line that is cut, a session that ends and one that begins in another tab, met by a plain form, a grid and the
scoring desk: what was typed stays, the page says what happened, and it may be sent again."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import Seat, Session
from core.clock import legal_date
from demand.models import DemandEntry, DemandWindow
from tenders.models import Score
from tests.demand.test_demand_pages import a_window
from tests.ruling import ruled
from tests.tenders.judging import opened_bids, review
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)
HELD = "sessionStorage.getItem('held-form')"
RULES = ruled(pass_mark=Decimal(60), minimum_for_competition=2, minimum_evaluators=3)


@dataclass
class Case:
    """A form, what is typed into its fields by their names, the button that sends it, what the page says then, and
    whether the database has it."""

    seat: Seat
    path: str
    typed: dict[str, str]
    button: str
    says: str
    taken: Callable[[], bool]


def plain(world: World) -> Case:
    a_window(world)
    today = legal_date(timezone.now())
    typed = {"title": "Stents", "year": str(today.year), "opens_on": f"{today}", "closes_on": f"{today}"}
    is_there = DemandWindow.objects.filter(title="Stents").exists
    return Case(world.officer, reverse("demand:open-window"), typed, "Open the window", "The window is open", is_there)


def grid(world: World) -> Case:
    path = reverse("demand:report-demand", args=[a_window(world, 6).reference])
    typed = {"quantity-1": "120", "quantity-3": "300"}
    return Case(
        world.pharmacist,
        path,
        typed,
        "Report",
        "Reported. You may report again",
        DemandEntry.objects.filter(quantity=300).exists,
    )


def scoring(world: World) -> Case:
    stage, bids = opened_bids(world, "13.50", "12.00", "11.00", evaluators=3, rules=RULES)
    review(stage, bids)
    path = reverse("tenders:scoring-desk", args=[stage.tender.reference, 1, bids[0].reference])
    is_there = Score.objects.filter(points=Decimal("30.25")).exists
    return Case(
        stage.evaluators[0].seat, path, {"C-02": "48", "C-03": "30.25"}, "Save, next bid", "are recorded", is_there
    )


@pytest.fixture(params=[plain, grid, scoring], ids=lambda make: make.__name__)
def case(request, page, sit_in, live_server) -> Case:
    """The form of a case, opened by whoever fills it in, with everything typed."""
    made = request.param(World())
    sit_in(made.seat)
    page.goto(live_server.url + made.path)
    page.wait_for_load_state("networkidle")
    for name, text in made.typed.items():
        field(page, name).fill(text)
    if request.param is plain:
        field(page, "like").select_option(index=1)
    return made


def field(page, name):
    return page.locator(f"form[method=post] [name='{name}']")


def send(page, case, says):
    page.get_by_role("button", name=case.button, exact=True).click()
    expect(page.locator("[data-hindrance]")).to_contain_text(says)
    assert {name: field(page, name).input_value() for name in case.typed} == case.typed
    assert not case.taken()


def test_nothing_typed_is_lost_and_it_is_sent_in_the_end(page, case, sit_in, live_server, no_problem):
    page.context.set_offline(True)
    send(page, case, "you may be offline")
    page.context.set_offline(False)
    expect(page.locator("[data-hindrance]")).to_contain_text("You can go on")
    Session.objects.all().delete()
    send(page, case, "You are signed out")
    assert "signed-in" in page.get_by_role("link", name="Do it in another tab").get_attribute("href")
    no_problem()
    world = World(500)
    sit_in(world.seat(world.agency, "registrar"))
    send(page, case, "another seat")
    sign_in_elsewhere(page, case.seat, sit_in)
    page.get_by_role("button", name=case.button, exact=True).click()
    page.get_by_text(case.says).first.wait_for()
    assert case.taken()
    assert page.evaluate(HELD) is None


def sign_in_elsewhere(page, seat, sit_in):
    """As in another tab: this browser's session and the secret of its forms are new."""
    page.context.clear_cookies(name="csrftoken")
    sit_in(seat)


@pytest.mark.parametrize("case", [plain], indirect=True)
def test_who_signs_in_here_finds_again_what_was_typed(page, case, sit_in, live_server):
    Session.objects.all().delete()
    send(page, case, "You are signed out")
    page.get_by_role("link", name="Do it here").click()
    page.get_by_role("heading", name="Sign in").wait_for()
    sit_in(case.seat)
    page.reload()
    expect(page.get_by_text("What you typed is here again")).to_be_visible()
    assert {name: field(page, name).input_value() for name in case.typed} == case.typed
    page.get_by_role("button", name=case.button, exact=True).dblclick()
    page.get_by_text(case.says).first.wait_for()
    assert DemandWindow.objects.filter(title="Stents").count() == 1


def swallow(page, case):
    """The platform answers the question, and then nothing: the browser's own page says so, without a way back."""
    page.route(f"**{case.path}", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.get_by_role("button", name=case.button, exact=True).click()
    expect(page).to_have_url(re.compile("chrome-error"))
    page.unroute_all()


@pytest.mark.parametrize("case", [plain], indirect=True)
def test_what_a_line_swallowed_comes_back_when_the_form_is_opened_again(page, case, live_server):
    swallow(page, case)
    page.goto(live_server.url + reverse("home"))
    page.goto(live_server.url + case.path)
    assert {name: field(page, name).input_value() for name in case.typed} == case.typed


def test_a_bank_account_and_a_password_are_never_held(page, sit_in, live_server):
    world = World()
    sit_in(world.pharmacist)
    page.goto(live_server.url + reverse("accounts:change-password"))
    for secret in page.locator("main input[type=password]").all():
        secret.fill("open-sesame-123")
    Session.objects.all().delete()
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.locator("[data-hindrance]")).to_contain_text("You are signed out")
    expect(page.get_by_role("link", name="Do it here")).to_be_hidden()
    assert page.evaluate(HELD) is None


@pytest.mark.parametrize("case", [plain], indirect=True)
def test_signing_out_leaves_nothing_in_the_browser(page, case, sit_in, live_server):
    swallow(page, case)
    page.goto(live_server.url + reverse("home"))
    assert "Stents" in page.evaluate(HELD)
    page.locator("details[data-menu] summary").last.click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="Sign in").wait_for()
    assert page.evaluate(HELD) is None
