"""The controls of the accessibility rules: what no page may have is found where a page has it."""

import pytest

SMALL = """<!doctype html><html lang="en"><title>Small</title><main><h1>Small</h1>
<div><button style="width:12px;height:12px;padding:0;border:0" aria-label="one"></button><button
style="width:12px;height:12px;padding:0;border:0" aria-label="two"></button></div></main></html>"""


@pytest.mark.django_db(transaction=True)
def test_targets_below_24_pixels_side_by_side_are_found(page, accessibility_problems):
    """WCAG 2.2, 2.5.8: axe leaves the rule out unless it is asked for by its level."""
    page.set_content(SMALL)
    found = {problem.partition(":")[0] for problem in accessibility_problems(page)}
    assert "target-size" in found
    page.set_content(SMALL.replace("12px", "24px"))
    assert accessibility_problems(page) == []
