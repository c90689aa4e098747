"""A real browser against a live server; what it may not do is part of every browser test.

The browser is Playwright's own where it is installed, else the system's Chromium. Where there is neither,
Playwright is given a minute to install one; without success these tests are skipped, except in continuous
integration, where a missing browser is a failure.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.test import Client
from django.urls import resolve, reverse
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from accounts.models import Seat
from tests.browser.bidding import PATIENCE
from tests.browser.walk import Walk
from tests.commit import has_its_turn

# The same browser without windows comes first: it takes half the time of the one that could open some.
SYSTEM_BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No page may need the world; and a route that aborts such requests would switch the browser's cache off.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
]
ACCESSIBILITY_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],  # What holds takes longer to tell than to find.
}
NO_CONTRAST = {"color-contrast": {"enabled": False}}
DESK, PHONE = 1440, 390

# Pages are quick; a browser that shares two cores with other work is not.
expect.set_options(timeout=PATIENCE)
# Playwright keeps an event loop in the thread of the tests, where Django would refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, where its driver runs at all."""
    driver = _run_playwright("--version")
    if driver is None or driver.returncode:
        _do_without("Playwright's driver does not run" + (f": {driver.stderr.strip()}" if driver else ""))
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict, playwright: Playwright) -> dict:
    own = Path(playwright.chromium.executable_path)
    system = next(filter(None, map(shutil.which, SYSTEM_BROWSERS)), None)
    if not own.exists() and not system:
        _run_playwright("install", "chromium")
    if not own.exists() and not system:
        _do_without("there is no Chromium, and Playwright could not install one")
    chosen = {} if own.exists() else {"executable_path": system}
    return {**browser_type_launch_args, **chosen, "args": FLAGS}


def _run_playwright(*arguments: str) -> subprocess.CompletedProcess[str] | None:
    command = [sys.executable, "-m", "playwright", *arguments]
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    except subprocess.TimeoutExpired:
        return None


def _do_without(reason: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    return {**browser_context_args, "locale": "en-GB", "timezone_id": "Asia/Shanghai"}


@pytest.fixture
def page(page: Page, live_server) -> Iterator[Page]:
    """A page of the live server. Errors in the console (a breach of the content policy is one) fail the test."""
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    # A refusal by the server, a line that the test itself cut, a script that it changed.
    refused, cut, offline = (
        "the server responded with a status of 4",
        "net::ERR_FAILED",
        "net::ERR_INTERNET_DISCONNECTED",
    )
    changed = "Failed to find a valid digest in the 'integrity' attribute"
    expected = (*(f"Failed to load resource: {why}" for why in (refused, cut, offline)), changed)
    assert [text for text in errors if not text.startswith(expected)] == []


@pytest.fixture
def accessibility_problems() -> Callable[..., list[str]]:
    """Ask axe what on a page keeps people out, one sentence each; further options are axe's own."""

    def problems(page: Page, **options: object) -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        found = page.evaluate("(options) => axe.run(options)", {**ACCESSIBILITY_RULES, **options})["violations"]
        return [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]]

    return problems


@pytest.fixture
def walk(page: Page, live_server, sit_in, accessibility_problems) -> Walk:
    page.set_viewport_size({"width": DESK, "height": 900})
    return Walk(page, live_server.url, sit_in, accessibility_problems)


@pytest.fixture
def sit_in(page: Page, live_server) -> Callable[[Seat], None]:
    """Give the browser the session of a seat."""

    return lambda seat: _seat(page.context, seat, live_server.url)


@pytest.fixture
def machine_of(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """A browser of its own for a seat, at a page: ``machine_of(seat, "tenders:opening", reference)``."""
    contexts = []

    def open_page(seat: Seat, route: str, *args: object) -> Page:
        contexts.append(browser.new_context())
        _seat(contexts[-1], seat, live_server.url)
        page = contexts[-1].new_page()
        page.goto(live_server.url + reverse(route, args=args))
        return page

    yield open_page
    for context in contexts:
        context.close()


def _seat(context: BrowserContext, seat: Seat, url: str) -> None:
    client = Client()
    client.force_login(seat.person, backend="django.contrib.auth.backends.ModelBackend")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": url}])


@pytest.fixture
def authenticator(page: Page) -> Callable[..., None]:
    """A device that holds passkeys and finds its person verified; ``authenticator(verifies=False)`` for one that
    does not."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options = {**kind, "isUserVerified": True, "automaticPresenceSimulation": True}
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    def verify(*, verifies: bool) -> None:
        session.send(
            "WebAuthn.setUserVerified", {"authenticatorId": made["authenticatorId"], "isUserVerified": verifies}
        )

    return verify


@pytest.fixture
def no_problem(page: Page, accessibility_problems, pytestconfig) -> Callable[[], None]:
    """The page fits its window and keeps nobody out, at a desk and on a phone.

    On a phone axe looks at a third of the routes at each commit, and at all of them by night. Colours are the same at
    any width, and take axe longest: contrast is looked at where more is shown, at a desk.
    """
    by_night = "not nightly" not in pytestconfig.getoption("markexpr")

    def check() -> None:
        page.wait_for_load_state()  # after a click the new document may still be empty
        usual = page.viewport_size
        on_a_phone = by_night or has_its_turn(resolve(urlsplit(page.url).path).view_name, of=3)
        for width, asks, rules in ((PHONE, on_a_phone, NO_CONTRAST), (DESK, True, {})):
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate("scrollTo(0, 0)")  # half under the bar at the top a link would count as too small
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (page.url, width)
            if asks:
                assert accessibility_problems(page, rules=rules) == [], (page.url, width)
        page.set_viewport_size(usual)

    return check


@pytest.fixture
def look_at(page: Page, live_server, no_problem) -> Callable[..., None]:
    """Open a page by its route, as whoever sits there, and find no problem: ``look_at("tenders:bid", "B-7")``."""

    def look(route: str, *args: object, query: str = "") -> None:
        page.goto(live_server.url + reverse(route, args=args) + query)
        expect(page.locator("h1"), page.url).to_be_visible()
        no_problem()

    return look
