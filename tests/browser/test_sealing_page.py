"""A bid is sealed in the bidder's browser: what is typed never leaves it, and what leaves it opens again."""

import base64
import os
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts import proof
from accounts.models import Passkey, Session
from accounts.passkeys import passkey_of
from accounts.sessions import SessionStore
from sealing.keys import unlock
from sealing.opening import Outcome, open_with_seed
from sealing.payloads import read_commercial, read_technical
from sealing.primitives import sha256
from tenders.models import AttachmentChunk, BidVersion, Receipt, SealedAttachment
from tests.browser.bidding import PATIENCE, keep_recovery, open_tender, seal, submit, wait_for_draft, write
from tests.tenders.bids import a_bid
from tests.tenders.peeling import layers


@pytest.fixture
def stage(transactional_db):
    return open_tender("20.00")


@pytest.fixture
def bid(stage):
    return a_bid(stage)


@pytest.fixture
def at_the_page(page, live_server, sit_in, bid):
    sit_in(bid.prepared_by)
    page.goto(live_server.url + reverse("tenders:submit-bid", args=[bid.reference]))
    expect(page.get_by_label("Price of one pack")).to_be_visible()
    return page


def test_what_is_typed_is_sealed_proved_submitted_and_opens_to_the_same(at_the_page, bid, tmp_path, no_problem):
    page = at_the_page
    no_problem()
    write(page, price="31.123456")
    seal(page)
    no_problem()
    expect(page.get_by_role("button", name="Submit the sealed bid")).to_be_disabled()
    file, code = keep_recovery(page, tmp_path)
    submit(page)
    expect(page.locator("[data-checked]")).to_contain_text("the very files")
    version = bid.versions.get()
    seeds = unlock(file.read_bytes(), code, "recovery")["envelopes"]
    opened = {kind: open_with_seed(bytes(getattr(version, kind)), bytes.fromhex(seeds[kind]["seed"])) for kind in seeds}
    assert {verdict.outcome for verdict in opened.values()} == {Outcome.OPENED}
    assert str(read_commercial(opened["commercial"].payload).offer.price) == "31.123456"
    assert read_technical(opened["technical"].payload).answers["C-02"] == "as the annex says 2"


MARKS = ("7.313171", "marked answer of this bidder", "marked-annex-name.pdf", "marked words inside the annex")


def test_nothing_that_is_typed_or_attached_is_in_any_request(at_the_page, bid, tmp_path):
    """The marked bid: every request of the page, searched for the marks, plain and under every coding."""
    page, sent = at_the_page, []
    page.on("request", lambda request: sent.append((request.url, request.post_data_buffer or b"", request.headers)))
    write(page, price=MARKS[0], answer=MARKS[1])
    annex = {"name": MARKS[2], "mimeType": "application/pdf", "buffer": MARKS[3].encode() * 1000}
    page.get_by_label("Attachments").first.set_input_files(annex)
    expect(page.get_by_text("sealed and stored")).to_be_visible(timeout=PATIENCE)
    seal(page)
    keep_recovery(page, tmp_path)
    submit(page)
    # The browser shows no script the chunks that it sends from a Blob; they are what has arrived.
    chunks = b"".join(bytes(chunk.data) for chunk in AttachmentChunk.objects.all())
    bodies = b"".join(body for _url, body, _headers in sent) + chunks
    assert len(chunks) > 60_000
    envelopes = [base64.b64decode(found) for found in re.findall(rb'"([A-Za-z0-9+/=]{1000,})"', bodies)]
    assert len(envelopes) == 2
    searched = "\n".join(f"{url} {headers}" for url, _body, headers in sent).encode() + bodies + b"".join(envelopes)
    assert [mark for layer in layers(searched) for mark in MARKS if mark.encode() in layer] == []
    assert bid.versions.count() == 1


def test_memory_that_forgets_is_noticed_and_nothing_is_sent(at_the_page, bid):
    """One bit of what was encrypted turns over: the envelope does not open again, and the page says so."""
    page = at_the_page
    page.evaluate("""() => {
        const right = SubtleCrypto.prototype.encrypt;
        SubtleCrypto.prototype.encrypt = async function (...given) {
            const sealed = new Uint8Array(await right.apply(this, given));
            if (sealed.length > 4000) sealed[2000] ^= 1;
            return sealed.buffer;
        };
    }""")
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    write(page, price="13.5")
    page.get_by_role("button", name="Seal", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("did not open again. Nothing was sent", timeout=PATIENCE)
    expect(page.get_by_role("button", name="Submit the sealed bid")).to_be_hidden()
    assert sent == []
    assert not BidVersion.objects.exists()


def test_memory_that_forgets_between_sealing_and_sending_is_noticed_too(at_the_page, bid):
    """What is proved are the bytes of the request, not those from which it was made."""
    page = at_the_page
    page.evaluate("""() => {
        const right = window.btoa;
        window.btoa = (text) => {
            if (text.length < 4000) return right(text);
            const at = text.length - 2000;
            const turned = String.fromCharCode(text.charCodeAt(at) ^ 1);
            return right(text.slice(0, at) + turned + text.slice(at + 1));
        };
    }""")
    write(page, price="13.5")
    page.get_by_role("button", name="Seal", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was sent", timeout=PATIENCE)


NO_PRICES = ("", "NaN", "1e3", "-5", "+5", "13.1234567", "1,000", "十三", "0", "0.0000", "Infinity", "1" * 13, "1.2.3")


def test_a_price_that_is_none_is_told_at_its_field_and_nothing_is_sealed(at_the_page):
    page, seal_button = at_the_page, at_the_page.get_by_role("button", name="Seal", exact=True)
    field, error = page.get_by_label("Price of one pack"), page.locator("#price-error")
    for price in NO_PRICES:
        write(page, price="13.5")
        page.get_by_label("Quality").fill("")
        seal_button.click()  # a right price beside a missing answer: what was said of the price before is gone
        expect(field, price).not_to_have_attribute("aria-invalid", "true")
        write(page, price=price)
        seal_button.click()
        expect(field, price).to_have_attribute("aria-invalid", "true")
        expect(field, price).to_be_focused()
        expect(error, price).to_contain_text("Enter ")
        expect(page.get_by_role("heading", name="2. Keep the recovery file")).to_be_hidden()


def test_missing_answers_are_told_each_beside_its_field(at_the_page, no_problem):
    page = at_the_page
    write(page, price="13.5")
    page.get_by_label("Quality").fill("   ")
    page.get_by_label("Supply").fill("x" * 2001)
    page.get_by_role("button", name="Seal", exact=True).click()
    expect(page.get_by_label("Quality")).to_be_focused()
    expect(page.locator("#answer-C-02-error")).to_have_text("Answer this requirement.")
    expect(page.locator("#answer-C-03-error")).to_have_text("At most 2000 characters.")
    no_problem()


def test_a_price_above_the_ceiling_is_a_warning_that_a_tick_passes(at_the_page, bid):
    page, ceiling = at_the_page, bid.lot.ceiling_price * bid.product_version.pack_size
    write(page, price=f"{ceiling:.5f}1")
    page.get_by_role("button", name="Seal", exact=True).click()
    expect(page.locator("#above-ceiling-error")).to_contain_text("is above the ceiling of 20.00")
    expect(page.get_by_label("Seal it all the same")).to_be_focused()
    page.get_by_label("Price of one pack").fill(f"{ceiling:.6f}")
    seal(page)
    page.get_by_role("button", name="Change the offer").click()
    page.get_by_label("Price of one pack").fill(f"{ceiling + 1}")
    page.get_by_role("button", name="Seal", exact=True).click()
    page.get_by_label("Seal it all the same").check()
    seal(page)


def test_a_wrong_code_or_file_does_not_let_the_bid_go(at_the_page, tmp_path):
    page = at_the_page
    write(page, price="13.5")
    seal(page)
    page.get_by_role("button", name="Prove that it opens").click()
    expect(page.locator("#recovery-file-error")).to_have_text("Choose the file that you have just saved.")
    (tmp_path / "other.json").write_text("{}")
    page.get_by_label("The recovery file that you saved").set_input_files(tmp_path / "other.json")
    page.get_by_label("Its code").fill("0000-0000-0000-0000")
    page.get_by_role("button", name="Prove that it opens").click()
    expect(page.locator("#recovery-code-error")).to_contain_text("do not open these envelopes")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the recovery file").click()
    page.get_by_label("The recovery file that you saved").set_input_files(saved.value.path())
    page.get_by_role("button", name="Prove that it opens").click()
    expect(page.locator("#recovery-code-error")).to_contain_text("do not open these envelopes", timeout=PATIENCE)
    expect(page.get_by_role("button", name="Submit the sealed bid")).to_be_disabled()


def test_a_sealed_file_is_not_taken_as_an_attachment(at_the_page):
    page = at_the_page
    for magic in ("53424c42310d0a1a", "53424944310d0a1a"):
        file = {
            "name": "annex.sblob",
            "mimeType": "application/octet-stream",
            "buffer": bytes.fromhex(magic) + b"x" * 99,
        }
        page.get_by_label("Attachments").first.set_input_files(file)
        expect(page.locator("#attach-technical-error")).to_contain_text("annex.sblob is sealed already")
    assert not SealedAttachment.objects.exists()


def test_a_line_cut_while_an_attachment_is_sent_is_told_and_the_rest_is_sent_later(at_the_page, bid, tmp_path):
    page, data = at_the_page, os.urandom(2_500_000)
    page.clock.install()
    page.route(re.compile("/chunks/1/"), lambda route: route.abort())
    page.get_by_label("Attachments").first.set_input_files(
        {"name": "annex.bin", "mimeType": "application/octet-stream", "buffer": data}
    )
    for _pause in range(12):
        page.wait_for_timeout(250)
        page.clock.run_for(10_000)
    expect(page.get_by_text("The connection broke")).to_be_visible(timeout=PATIENCE)
    assert AttachmentChunk.objects.count() == 1
    write(page, price="13.5")
    page.get_by_role("button", name="Seal", exact=True).click()
    expect(page.locator("#attach-technical-error")).to_contain_text("Wait until every attachment is stored")
    page.clock.run_for(1000)
    page.unroute(re.compile("/chunks/1/"))
    # Whoever closes the browser meanwhile goes on where it stopped: the sealed chunks lie in its store.
    wait_for_draft(page, "13.5")
    page.reload()
    expect(page.get_by_text("sealed and stored")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_label("Price of one pack")).to_have_value("13.5")
    seal(page)
    keep_recovery(page, tmp_path)
    submit(page)
    sealed = SealedAttachment.objects.with_stored().get()
    assert sealed.complete
    assert bytes.fromhex(sealed.blob).hex().encode() in bytes(bid.versions.get().technical)


def test_an_answer_that_is_lost_is_asked_for_again_and_counts_once(at_the_page, bid, tmp_path):
    page, tries = at_the_page, []

    def lose_the_first_answer(route):
        tries.append(route.request.headers["idempotency-key"])
        if len(tries) > 1:
            return route.continue_()
        route.fetch()
        return route.abort()

    write(page, price="13.5")
    seal(page)
    keep_recovery(page, tmp_path)
    page.route(re.compile("/versions/$"), lose_the_first_answer)
    submit(page)
    assert len(tries) == 2
    assert len(set(tries)) == 1
    assert (bid.versions.count(), Receipt.objects.count()) == (1, 1)


def test_a_receipt_of_something_else_is_not_believed(at_the_page, bid, tmp_path):
    page = at_the_page

    def forge(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace(bid.reference, "B-ZZZZZZZZZZZZ"))

    write(page, price="13.5")
    seal(page)
    keep_recovery(page, tmp_path)
    page.route(re.compile("/versions/$"), forge)
    page.get_by_role("button", name="Submit the sealed bid").click()
    expect(page.get_by_role("alert")).to_contain_text("a receipt that is not of what you sent", timeout=PATIENCE)


@pytest.mark.parametrize("change", ["openers", "k", "minimum_pad", "terms", "lot"])
def test_terms_that_are_not_the_notices_are_refused_before_anything_is_typed(page, live_server, sit_in, bid, change):
    """A server that slips in openers of its own, or weaker terms."""
    other = {"openers": '["04aa"]', "k": "2", "minimum_pad": "1024", "terms": f'"{"0" * 64}"', "lot": '"L-99"'}[change]
    sit_in(bid.prepared_by)

    def slip_in(route):
        answer = route.fetch()
        body = re.sub(rf'"{change}": (?:\[[^\]]*\]|"[^"]*"|\d+)', f'"{change}": {other}', answer.text())
        assert body != answer.text()
        route.fulfill(response=answer, body=body)

    page.route(re.compile("/submit/$"), slip_in)
    page.goto(live_server.url + reverse("tenders:submit-bid", args=[bid.reference]))
    expect(page.get_by_role("alert")).to_contain_text("is not what the signed notice says")
    expect(page.get_by_label("Price of one pack")).to_be_hidden()


def test_a_draft_is_kept_on_this_machine_carried_as_a_file_and_forgotten(at_the_page, bid, tmp_path):
    page = at_the_page
    write(page, price="13.5", answer="draft words")
    expect(page.get_by_text("kept on this machine")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Price of one pack")).to_have_value("13.5")
    expect(page.get_by_label("Quality")).to_have_value("draft words 2")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the draft as a file").click()
    page.get_by_role("button", name="Forget the draft").click()
    expect(page.get_by_label("Price of one pack")).to_have_value("")
    page.reload()
    expect(page.get_by_label("Price of one pack")).to_have_value("")
    page.get_by_label("Draft from a file").set_input_files(saved.value.path())
    expect(page.get_by_label("Price of one pack")).to_have_value("13.5")
    (tmp_path / "foreign.json").write_text(saved.value.path().read_text().replace(bid.reference, "B-ZZZZZZZZZZZZ"))
    page.get_by_label("Draft from a file").set_input_files(tmp_path / "foreign.json")
    expect(page.locator("#draft-file-error")).to_have_text("This is not a draft of this bid.")


def test_signing_out_takes_the_draft_along_and_a_tab_left_open_keeps_nothing_more(
    at_the_page, bid, sit_in, live_server
):
    """The answer that empties the store is not the page's end: keys pressed in between must not come after it."""
    page = at_the_page
    write(page, price="13.5")
    expect(page.get_by_text("kept on this machine")).to_be_visible()
    other = page.context.new_page()
    other.goto(live_server.url + reverse("tenders:submit-bid", args=[bid.reference]))
    expect(other.get_by_label("Price of one pack")).to_have_value("13.5")
    other.locator("details[data-menu] summary").last.click()
    other.get_by_role("button", name="Sign out").click()
    other.wait_for_url(re.compile("sign-in"))
    page.get_by_label("Price of one pack").fill("14.5")
    expect(page.get_by_text("keeps no draft")).to_be_visible()
    sit_in(bid.prepared_by)
    other.goto(live_server.url + reverse("tenders:submit-bid", args=[bid.reference]))
    expect(other.get_by_label("Price of one pack")).to_be_editable()
    expect(other.get_by_label("Price of one pack")).to_have_value("")


def test_a_replacement_is_filled_in_from_the_version_before_with_its_recovery_file(
    at_the_page, bid, tmp_path, live_server
):
    page = at_the_page
    write(page, price="13.50", answer="first words")
    page.get_by_label("Attachments").first.set_input_files(
        {"name": "annex.pdf", "mimeType": "application/pdf", "buffer": b"annex" * 99}
    )
    expect(page.get_by_text("sealed and stored")).to_be_visible(timeout=PATIENCE)
    seal(page)
    file, code = keep_recovery(page, tmp_path)
    submit(page)
    page.goto(live_server.url + reverse("tenders:submit-bid", args=[bid.reference]))
    expect(page.get_by_label("Price of one pack")).to_have_value("")
    page.get_by_text("Fill in from a version that you submitted").click()
    page.get_by_label("Recovery file of that version").set_input_files(file)
    page.get_by_label("Code of that recovery file").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Open it here and fill in").click()
    expect(page.get_by_label("Price of one pack")).to_have_value("13.5", timeout=PATIENCE)
    expect(page.get_by_label("Supply")).to_have_value("first words 3")
    expect(page.get_by_text("annex.pdf")).to_be_visible()
    page.get_by_label("Price of one pack").fill("12.9")
    seal(page)
    keep_recovery(page, tmp_path)
    submit(page)
    assert bid.versions.count() == 2
    assert SealedAttachment.objects.count() == 1


def test_a_withdrawal_is_checked_in_the_browser_too(at_the_page, bid, tmp_path, live_server, look_at):
    page = at_the_page
    write(page, price="13.5")
    seal(page)
    keep_recovery(page, tmp_path)
    submit(page)
    look_at("tenders:withdraw-bid", bid.reference)
    page.get_by_role("button", name="Withdraw the bid").click()
    page.get_by_role("heading", name="Receipt of a withdrawal").wait_for(timeout=PATIENCE)
    expect(page.locator("[data-checked]")).to_contain_text("Checked in your browser")
    look_at("tenders:bid", bid.reference)


def test_by_keyboard_alone(at_the_page, bid, tmp_path):
    """From the first field to the receipt without a pointer; what comes next has the focus."""
    page, keys = at_the_page, at_the_page.keyboard

    def tab_to(name):
        for _step in range(80):
            if name in page.evaluate("document.activeElement.textContent || document.activeElement.id"):
                return
            keys.press("Tab")
        pytest.fail(f"no way to {name} by keyboard")

    page.get_by_label("Licence").focus()
    for words in ("Licence 1", "Good", "Always"):
        keys.type(words)
        keys.press("Tab")
    page.wait_for_timeout(100)
    tab_to("price")
    keys.type("13.5")
    keys.press("Enter")
    page.get_by_role("heading", name="2. Keep the recovery file").wait_for(timeout=PATIENCE)
    expect(page.get_by_role("heading", name="2. Keep the recovery file")).to_be_focused()
    tab_to("Save the recovery file")
    with page.expect_download() as saved:
        keys.press("Enter")
    code = page.locator("[data-part=code]").inner_text()
    page.get_by_label("The recovery file that you saved").set_input_files(saved.value.path())
    tab_to("recovery-code")
    keys.type(code)
    tab_to("Prove that it opens")
    keys.press("Enter")
    expect(page.get_by_role("button", name="Submit the sealed bid")).to_be_focused(timeout=PATIENCE)
    keys.press("Enter")
    page.get_by_role("heading", name="Receipt of a sealed bid").wait_for(timeout=PATIENCE)
    assert bid.versions.count() == 1


def test_a_slow_machine_says_what_it_does_and_never_freezes(at_the_page, bid, tmp_path):
    """With a processor six times slower the page still answers within two seconds while it seals and locks."""
    page = at_the_page
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
    write(page, price="13.5")
    page.evaluate("""() => {
        window.longest = 0;
        window.said = [];
        let last = performance.now();
        setInterval(() => {
            const now = performance.now();
            window.longest = Math.max(window.longest, now - last);
            last = now;
            const words = document.querySelector("[data-part=progress-text]").textContent;
            if (words && !window.said.includes(words)) window.said.push(words);
        }, 10);
    }""")
    seal(page)
    keep_recovery(page, tmp_path)
    assert any("Locking the recovery file" in words for words in page.evaluate("window.said"))
    assert page.evaluate("window.longest") < 2000
    submit(page)


def test_in_chinese_the_page_speaks_chinese_throughout(at_the_page, bid, tmp_path, no_problem, live_server):
    page = at_the_page
    page.context.add_cookies([{"name": "django_language", "value": "zh-hans", "url": live_server.url}])
    page.reload()
    page.get_by_role("button", name="密封", exact=True).click()
    expect(page.locator("#answer-C-01-error")).to_have_text("请应答此项要求。")
    expect(page.get_by_text("已在您的浏览器中核对：条款与已签名公告一致，签名有效。")).to_be_visible()
    page.evaluate("scrollTo(0, 0)")
    no_problem()
    for place in range(3):
        page.locator("[data-criterion]").nth(place).fill("见附件")
    page.locator("#price").fill("13.5")
    page.get_by_role("button", name="密封", exact=True).click()
    expect(page.get_by_role("heading", name="2. 保管恢复文件")).to_be_visible(timeout=PATIENCE)
    page.evaluate("scrollTo(0, 0)")
    no_problem()


def test_a_bidder_with_a_passkey_signs_the_very_submission(page, authenticator, live_server, sit_in, bid, tmp_path):
    sit_in(bid.prepared_by)
    page.goto(f"{live_server.url}/account/passkeys/add/")
    page.get_by_label("Name of the passkey").fill("Work computer")
    page.get_by_role("button", name="Make the passkey").click()
    page.get_by_role("heading", name="Save your recovery codes now").wait_for()
    page.goto(live_server.url + reverse("tenders:submit-bid", args=[bid.reference]))
    write(page, price="31.123456")
    seal(page)
    keep_recovery(page, tmp_path)
    authenticator(verifies=False)
    page.get_by_role("button", name="Submit the sealed bid").click()
    expect(page.get_by_role("alert")).to_contain_text(
        "Your passkey did not sign, and nothing was sent.", timeout=PATIENCE
    )
    assert not bid.versions.exists()
    authenticator(verifies=True)
    submit(page)
    version = bid.versions.get()
    assert passkey_of(bytes(version.assertion)).public_key == bytes(Passkey.objects.get().public_key)
    assert version.receipt.fields["proof"] == sha256(bytes(version.assertion))


def test_who_waited_too_long_confirms_in_another_tab_and_loses_nothing(at_the_page, bid, tmp_path):
    page = at_the_page
    write(page, price="31.123456")
    seal(page)
    keep_recovery(page, tmp_path)
    session = Session.objects.get(person=bid.prepared_by.person)
    store = SessionStore(session.session_key)
    proof.stamp(store, proof.CODE, timezone.now() - timedelta(minutes=6))
    store.save()
    page.get_by_role("button", name="Submit the sealed bid").click()
    expect(page.get_by_role("link", name="Confirm that it is you")).to_be_visible(timeout=PATIENCE)
    assert not bid.versions.exists()
    proof.stamp(store, proof.CODE, timezone.now())
    store.save()
    submit(page)
    assert bid.versions.count() == 1
