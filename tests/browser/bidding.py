"""A bidder at the page that seals: an open tender, what is typed, the recovery file on the disk, the submission.

write(page, price="31.123456"); seal(page); keep_recovery(page, tmp_path); submit(page)
"""

import time
from datetime import timedelta
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import Page, expect

from sealing.keys import unlock
from sealing.offers import Offer
from sealing.opening import open_with_seed
from sealing.payloads import read_commercial
from tenders.coverage import coverage_of
from tenders.models import Bid
from tenders.rules.covering import fits
from tests.tenders.bids import moved_deadline
from tests.tenders.stage import Stage, published_tender
from tests.world import World

ANSWER = "as the annex says"
# Sealing and locking are quick; a browser that shares two cores with other work is not.
PATIENCE = 30_000


def open_tender(*ceilings: str, **draft: object) -> Stage:
    """A tender with a lot for each ceiling, open for five hours more by the real clock."""
    stage = published_tender(World(), lots=ceilings, **draft)
    moved_deadline(stage.tender, timezone.now() + timedelta(hours=5))
    return stage


def write(page: Page, *, price: str, answer: str = ANSWER) -> None:
    """Answer every criterion and type the price."""
    fields = page.locator("[data-criterion]")
    expect(page.get_by_label("Price of one pack")).to_be_visible()
    for place in range(fields.count()):
        fields.nth(place).fill(f"{answer} {place + 1}")
    page.get_by_label("Price of one pack").fill(price)


def seal(page: Page) -> None:
    """Press the button, and wait until the page says that the envelopes are sealed."""
    page.get_by_role("button", name="Seal", exact=True).click()
    page.get_by_role("heading", name="2. Keep the recovery file").wait_for(timeout=PATIENCE)


def keep_recovery(page: Page, folder: Path) -> tuple[Path, str]:
    """Save the recovery file, read its code, and prove that they open."""
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the recovery file").click()
    file = folder / saved.value.suggested_filename
    saved.value.save_as(file)
    code = page.locator("[data-part=code]").inner_text()
    page.get_by_label("The recovery file that you saved").set_input_files(file)
    page.get_by_label("Its code").fill(code)
    page.get_by_role("button", name="Prove that it opens").click()
    expect(page.get_by_role("button", name="Submit the sealed bid")).to_be_enabled(timeout=PATIENCE)
    return file, code


def submit(page: Page) -> None:
    """Send it, and wait for the receipt."""
    page.get_by_role("button", name="Submit the sealed bid").click()
    page.get_by_role("heading", name="Receipt of a sealed bid").wait_for(timeout=PATIENCE)


def wait_for_draft(page: Page, text: str) -> None:
    """Wait until what was typed is in the browser's own store."""
    end = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(_IS_KEPT, text):
        assert time.monotonic() < end, f"no draft with {text}"


_IS_KEPT = """(text) => new Promise((resolve, reject) => {
    const asked = indexedDB.open("bids", 1);
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
        const drafts = asked.result.transaction("drafts").objectStore("drafts").getAll();
        drafts.onsuccess = () => {
            asked.result.close();
            resolve(JSON.stringify(drafts.result).includes(text));
        };
    };
})"""


def sealed_offer(bid: Bid, file: Path, code: str) -> Offer:
    """What the bid's one version offers, opened with the recovery file; it fits what the bid covers."""
    seeds = unlock(file.read_bytes(), code, "recovery")["envelopes"]
    sealed = bytes(bid.versions.get().commercial)
    offer = read_commercial(open_with_seed(sealed, bytes.fromhex(seeds["commercial"]["seed"])).payload).offer
    assert fits(offer, coverage_of(bid))
    return offer
