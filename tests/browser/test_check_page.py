"""Anybody checks a tender in a real browser: on the platform, from a file on the disk, by keyboard."""

import json
import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from sealing.keys import generate_code, lock
from tenders.models import Receipt
from tenders.presentation.checking import check_file
from tests.checking.papers import papers_of
from tests.world import World

NINE = "123456789"


@pytest.fixture
def papers(transactional_db):
    return papers_of(World())


@pytest.fixture
def files(papers, tmp_path):
    """What a bidder has on its disk, and the code of the recovery file."""
    code = generate_code()
    content = {
        "record.json": json.dumps(papers.record).encode(),
        "evidence.json": json.dumps(papers.evidence).encode(),
        "recovery.json": lock(papers.secrets, code, "recovery"),
    }
    for name, data in content.items():
        (tmp_path / name).write_bytes(data)
    return code, [str(tmp_path / name) for name in content]


def answered(page):
    """Every point's line, once all are there."""
    page.locator(".finding").nth(15).wait_for()
    return page.locator(".finding").all_inner_texts()


def holding(page):
    lines = [line.split("\n", 1)[-1] for line in answered(page)]
    return "".join(line[0] for line in lines if line[1:2] == "." and "does not" not in line)


def test_a_bidder_checks_everything_by_keyboard(page, live_server, papers, files, no_problem):
    code, names = files
    page.goto(live_server.url + reverse("tenders:check") + "?tender=" + papers.record["tender"])
    no_problem()
    page.get_by_label("Files").set_input_files(names)
    page.get_by_text("Recovery file; its code is needed").wait_for()
    page.get_by_label("Code of the recovery file").focus()
    page.keyboard.type(code.lower())
    page.keyboard.press("Tab")
    page.keyboard.type(papers.root)
    page.keyboard.press("Enter")
    assert holding(page) == NINE
    page.evaluate("scrollTo(0, 0)")  # else the bar on top covers a button and makes it small
    no_problem()
    words = "Nothing speaks against it. Points that wait or were not asked for: 1"
    expect(page.get_by_role("status")).to_have_text(re.compile(rf"^\s*{words}"))


def test_what_does_not_hold_is_said_with_why_and_what_to_do(page, live_server, papers, tmp_path, no_problem):
    crooked = tmp_path / "record.json"
    crooked.write_text(json.dumps(papers.record | {"ranking": papers.record["ranking"][:-1]}))
    page.goto(live_server.url + reverse("tenders:check"))
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_role("alert").get_by_text("Choose the public record of the tender first").wait_for()
    other = tmp_path / "letter.json"
    other.write_text('{"dear": "bidder"}')
    page.get_by_label("Files").set_input_files([str(other)])
    page.get_by_role("alert").get_by_text("letter.json is none of the files").wait_for()
    page.get_by_label("Files").set_input_files([str(crooked)])
    page.get_by_role("button", name="Check", exact=True).click()
    assert any("L-01: the rules give another ranking" in line for line in answered(page))
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^\s*Points that do not hold: 1\."))
    page.evaluate("scrollTo(0, 0)")
    no_problem()


def test_a_wrong_code_is_named_and_nothing_is_checked_with_it(page, live_server, files):
    _code, names = files
    page.goto(live_server.url + reverse("tenders:check"))
    page.get_by_label("Files").set_input_files(names)
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_role("alert").get_by_text("Type the code").wait_for()
    page.get_by_label("Code of the recovery file").fill(generate_code())
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_role("alert").get_by_text("The code does not open this recovery file").wait_for()


def test_the_page_can_send_nothing(browser, live_server):
    page = browser.new_page()  # without the watch on the console, which would hold the stopped attempt against it
    answer = page.goto(live_server.url + reverse("tenders:check"))
    assert "connect-src 'none'" in answer.headers["content-security-policy"]
    sent = page.evaluate("fetch('/healthz', {method: 'POST', body: 'price'}).then(() => 'sent', () => 'stopped')")
    assert sent == "stopped"
    page.close()


def test_the_file_works_from_the_disk_in_both_languages_and_sends_nothing(browser, papers, files, tmp_path):
    code, names = files
    kept = tmp_path / "check.html"
    kept.write_bytes(check_file().content)
    context = browser.new_context(locale="zh-CN", offline=True)
    page = context.new_page()
    page.goto(kept.as_uri())
    page.get_by_label("文件", exact=True).set_input_files(names)
    page.get_by_label("恢复文件的恢复码").fill(code)
    page.get_by_label("邮件中的根哈希").fill(papers.root)
    page.get_by_role("button", name="核验", exact=True).click()
    assert len(answered(page)) == 16
    page.get_by_role("button", name="English").click()
    assert holding(page) == NINE
    assert page.evaluate("document.documentElement.lang") == "en"
    blocked = """() => new Promise((resolve) => {
        document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
        fetch("https://example.test/", { method: "POST", body: "price" }).catch(() => {});
    })"""
    assert page.evaluate(blocked) == "connect-src"
    context.close()


def test_the_file_is_the_one_whose_hash_is_shown(page, live_server):
    page.goto(live_server.url + reverse("tenders:check"))
    expect(page.get_by_text(check_file().sha256)).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="This page as one file").click()
    assert Path(download.value.path()).read_bytes() == check_file().content


def test_notices_results_and_receipts_lead_to_the_check(page, live_server, papers, sit_in, look_at):
    reference = papers.record["tender"]
    for route, *args in (("tenders:notice", reference), ("awards:result", reference)):
        page.goto(live_server.url + reverse(route, args=args))
        page.get_by_role("link", name="Check it yourself").click()
        page.get_by_role("link", name=f"Record of {reference}").wait_for()
    receipt = Receipt.objects.select_related("bid__prepared_by__person").get(bid__reference=papers.bid)
    sit_in(receipt.bid.prepared_by)
    look_at("tenders:receipt", papers.bid, receipt.sha256)
    with page.expect_download() as download:
        page.get_by_role("link", name="Evidence as a file").click()
    assert json.loads(Path(download.value.path()).read_text())["receipt"] == papers.evidence["receipt"]
    page.get_by_role("link", name="Check it yourself").click()
    page.get_by_role("link", name=f"Record of {reference}").wait_for()
