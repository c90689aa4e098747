"""What only a browser shows of lists and of the search box: a row is one line on a desk, and arrows go to an answer."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK
from tests.contracts.builders import trade
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)
LISTS = ("/contracts/", "/contracts/volumes/", "/orders/", "/deliveries/", "/payables/", "/payments/")
HIGHEST = 42  # pixels: forty of the row and its line
ROWS = "() => [...document.querySelectorAll('main tbody tr')].map(row => row.getBoundingClientRect().height)"


@pytest.fixture
def world(live_server):
    return World()


def test_a_row_is_one_line_and_the_box_answers_by_arrows(world, page, live_server, sit_in, accessibility_problems):
    done = trade(world)
    sit_in(world.finance)
    page.set_viewport_size({"width": DESK, "height": 900})
    for path in LISTS:
        page.goto(live_server.url + path)
        heights = page.evaluate(ROWS)
        assert heights, path
        assert max(heights) <= HIGHEST, path
    page.keyboard.press("/")
    box = page.get_by_role("combobox", name="Search")
    expect(box).to_be_focused()
    box.fill(done.contract.reference)
    answers = page.get_by_role("listbox").get_by_role("option")
    expect(answers.first).to_contain_text(done.contract.reference)
    expect(answers.first).to_have_attribute("aria-selected", "true")  # the very number: Enter would go there
    assert accessibility_problems(page) == []
    box.press("ArrowDown")
    expect(answers.nth(1)).to_have_attribute("aria-selected", "true")
    box.press("ArrowUp")
    with page.expect_navigation():
        box.press("Enter")
    assert page.url == f"{live_server.url}/contracts/{done.contract.reference}/"
