"""A browser in which one person after the other does what the pages offer, by labels and buttons alone.

walk.todo(seat, "Lock the demand")              # sit down, begin what the list says is to be done
walk.fill(Title="Statins"); walk.press("Save", "The schedule is set.")
assert walk.problems == []                      # what axe found on the pages that were passed
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from django.urls import resolve
from playwright.sync_api import Locator, Page, expect

from accounts.models import Seat
from tests.browser.bidding import PATIENCE


@dataclass(frozen=True)
class Key:
    """What an opener took away."""

    seat: Seat
    file: Path
    code: str


@dataclass
class Walk:
    """One browser at which people sit down in turn. Axe looks at every page once, by the name of its route."""

    page: Page
    address: str
    sit_in: Callable[[Seat], None]
    ask_axe: Callable[[Page], list[str]]
    seen: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)

    def sit(self, seat: Seat) -> None:
        """The person of a seat, signed in, looks at what is next."""
        self.sit_in(seat)
        self.open("/")

    def todo(self, seat: Seat, what: str) -> None:
        """Sit down and begin what the list says is to be done."""
        self.sit(seat)
        self._go(self._waiting(what))

    def waits_not(self, what: str) -> None:
        expect(self._waiting(what)).to_have_count(0)

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)
        self.look()

    def nav(self, name: str, *, menu: str = "Main") -> None:
        self._go(self.page.get_by_role("navigation", name=menu).get_by_role("link", name=name))

    def follow(self, name: str | re.Pattern[str], *, exact: bool = False) -> None:
        self._go(self.page.get_by_role("main").get_by_role("link", name=name, exact=exact).first)

    def press(self, name: str, says: str = "") -> None:
        self._go(self.page.get_by_role("main").get_by_role("button", name=name, exact=True))
        if says:
            self.reads(says)

    def fill(self, **fields: str) -> None:
        """Fill fields by their labels; an underscore is a space."""
        for label, text in fields.items():
            self.page.get_by_label(label.replace("_", " ")).fill(text)

    def choose(self, label: str, words: str) -> None:
        """Choose the one option that has these words."""
        box = self.page.get_by_label(label)
        box.select_option(label=box.locator("option", has_text=words).inner_text())

    def tick(self, *labels: str) -> None:
        """Tick some of many, by their whole labels."""
        for label in labels:
            self.page.get_by_label(label, exact=True).check()

    def bring(self, key: Key) -> None:
        self.page.get_by_label("Key file").set_input_files(key.file)
        self.page.get_by_label("Code").fill(key.code)

    def start(self, button: str, then: str) -> None:
        """Press what the page does by itself, and wait until it says so."""
        self.page.get_by_role("button", name=button).click()
        expect(self.page.get_by_text(then).first).to_be_visible(timeout=PATIENCE)
        self.look()

    def send(self, button: str, then: str) -> None:
        """The same, where the page goes on to another once it is done."""
        with self.page.expect_navigation(timeout=PATIENCE):
            self.page.get_by_role("button", name=button).click()
        self.reads(then)
        self.look()

    def reads(self, text: str) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible()

    def look(self) -> None:
        name = resolve(urlsplit(self.page.url).path).view_name
        if name not in self.seen:
            self.seen.add(name)
            self.problems += [f"{name}: {problem}" for problem in self.ask_axe(self.page)]

    def _waiting(self, what: str) -> Locator:
        return self.page.get_by_role("link", name=re.compile(f": {re.escape(what)}"))

    def _go(self, control: Locator) -> None:
        with self.page.expect_navigation():
            control.click()
        self.look()
