"""An opener at the pages of its key: what it brings, what the page says, a key made in the browser.

file, code = made_key(page); bring(page, holder); says(page, "agrees with what was published")
"""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.bidding import PATIENCE
from tests.tenders.stage import Holder


def bring(page: Page, holder: Holder, *, code: str = "", root: str = "") -> None:
    """Choose the holder's key file, type its code, and the root that was mailed."""
    file = {"name": "opener.key", "mimeType": "application/octet-stream", "buffer": holder.key_file}
    page.get_by_label("Key file").set_input_files(file)
    page.get_by_label("Code").fill(code or holder.code)
    if root:
        page.get_by_label("Root, at least").fill(root)


def says(page: Page, text: str) -> None:
    expect(page.locator("[data-says]")).to_contain_text(text, timeout=PATIENCE)


def made_key(page: Page) -> tuple[Path, str]:
    """The key file that was made and saved on the page for it, and its code; not registered yet."""
    page.get_by_role("button", name="Make the key").click()
    says(page, "Made.")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the key file").click()
    return saved.value.path(), page.locator("[data-code]").inner_text()


def registered_key(page: Page) -> tuple[Path, str]:
    """The same, registered after the page has opened it again."""
    file, code = made_key(page)
    choose_key(page, file, code)
    page.get_by_role("button", name="Register the public keys").click()
    page.get_by_text("made, not proved").wait_for()
    return file, code


def choose_key(page: Page, file: Path, code: str) -> None:
    page.get_by_label("Key file").set_input_files(file)
    page.get_by_label("Code").fill(code)
