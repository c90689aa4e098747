"""The first page anybody sees."""


def test_a_visitor_is_led_to_a_sign_in_page_that_everybody_can_use(page, look_at):
    look_at("home")
    assert page.locator("input[type=password]").is_visible()
    for public in ("Notices", "Results"):
        assert page.get_by_role("link", name=public).first.is_visible()
