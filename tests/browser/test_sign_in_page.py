"""The first page anybody sees."""

import pytest

WIDTHS = [1440, 390]


@pytest.mark.parametrize("width", WIDTHS)
def test_a_visitor_is_led_to_a_sign_in_page_that_everybody_can_use(page, live_server, accessibility_problems, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(live_server.url)
    assert page.locator("input[type=password]").is_visible()
    for public in ("Notices", "Results"):
        assert page.get_by_role("link", name=public).first.is_visible()
    assert accessibility_problems(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
