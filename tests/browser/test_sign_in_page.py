"""The first page anybody sees."""

from playwright.sync_api import expect


def test_a_visitor_is_led_to_a_sign_in_page_that_everybody_can_use(page, look_at):
    look_at("home")
    page.get_by_role("banner").get_by_role("link", name="Sign in").click()
    expect(page.locator("input[type=password]")).to_be_visible()
    for public in ("Notices", "Results"):
        expect(page.get_by_role("link", name=public).first).to_be_visible()
