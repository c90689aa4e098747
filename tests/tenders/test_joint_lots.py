"""Lots of several items on the page that sets them: joined by a mark, each with what one unit counts as."""

from decimal import Decimal

import pytest

from tenders.models import Lot
from tests.tenders.stage import draft_tender
from tests.tenders.test_tender_pages import client_of, grid, page, text_of, typed

MARKED = {"take": "on", "mark": "A"}


@pytest.fixture
def draft(world):
    """Three lots of one item each; hospitals need 1,000 base units of each item."""
    return draft_tender(world, lots=("1.50", "20.00", "3.00"))


def sent(draft, *rows):
    return client_of(draft.officer).post(page("set-lots", draft.tender), grid(rows))


def lots_of(draft):
    return [
        (
            lot.title,
            lot.ceiling_price,
            list(lot.lot_items.order_by("pk").values_list("item", "factor", "volume_factor")),
        )
        for lot in draft.tender.lots.order_by("number")
    ]


def items_of(draft):
    return [lot.lot_items.get().item for lot in draft.lots]


def test_items_with_one_mark_are_one_lot_and_the_one_that_counts_as_one_is_its_reference(draft):
    first, second, third = items_of(draft)
    rows = (
        {**MARKED, "mark": " ａ", "factor": "2", "volume_factor": "1.5"},
        {"take": "on", "ceiling_price": "20"},
        {**MARKED, "ceiling_price": "3.25", "quality_requirement": "Sterile"},
    )
    assert sent(draft, *rows).status_code == 302
    joint = [(third.pk, 1, 1), (first.pk, 2, Decimal("1.5"))]
    title = f"{third.name} / {first.name}"
    assert lots_of(draft) == [(title, Decimal("3.25"), joint), (str(second), 20, [(second.pk, 1, 1)])]
    assert draft.lots[0].quality_requirement == "Sterile"
    shown = text_of(client_of(draft.officer).get(page("tender", draft.tender)))
    assert f"{first} × 2, in volumes × 1.5" in shown
    assert "Sterile 5,000 tablet" in shown, "2,000 of the reference item, and 2,000 that count as 3,000"


def test_what_was_set_is_shown_again_kept_by_saving_and_taken_apart_by_emptying_the_mark(draft):
    rows = ({**MARKED, "ceiling_price": "3"}, {**MARKED, "factor": "0.5"}, {"take": "on", "ceiling_price": "4"})
    sent(draft, *rows)
    before = lots_of(draft)
    form = client_of(draft.officer).get(page("set-lots", draft.tender)).context["form"]
    again = [{name: str(value) for name, value in row.items()} for row in typed(form)]
    assert [(row["mark"], row["factor"], row["ceiling_price"]) for row in again[:2]] == [
        ("1", "1", "3.000000"),
        ("1", "0.5", ""),
    ]
    sent(draft, *again)
    assert lots_of(draft) == before
    apart = [again[0] | {"mark": ""}, again[1] | {"mark": "", "factor": "", "ceiling_price": "5"}, again[2]]
    sent(draft, *apart)
    items = Lot.objects.filter(tender=draft.tender).order_by("number").values_list("title", "lot_items__item__name")
    assert all(title.startswith(name) and " / " not in title for title, name in items)
    assert len(items) == 3


@pytest.mark.parametrize(
    ("rows", "where", "words"),
    [
        (({**MARKED, "factor": "2"}, {**MARKED, "factor": "3"}), (0, "factor"), "counts as 1"),
        (({"take": "on", "factor": "2"},), (0, "factor"), "counts as 1"),
        (({**MARKED}, {**MARKED, "factor": "2", "ceiling_price": "3"}), (1, "ceiling_price"), "said of the whole lot"),
        (({**MARKED}, {**MARKED, "factor": "2", "quality_requirement": "x"}), (1, "quality_requirement"), "whole lot"),
        (({**MARKED}, {**MARKED, "factor": "0"}), (0, "factor"), "above zero"),
        (({**MARKED}, {**MARKED, "factor": "1.0000000001"}), (1, "factor"), "9 decimal"),
        (({**MARKED, "offered": "system", "parts": ""}, {**MARKED}), (0, "parts"), "one item, the set"),
    ],
)
def test_what_cannot_be_a_lot_is_said_beside_its_cell_and_nothing_is_changed(draft, rows, where, words):
    before = lots_of(draft)
    form = sent(draft, *rows, *[{"ceiling_price": ""}] * (3 - len(rows))).context["form"]
    row, field = where
    assert words in " ".join(form.rows[row].errors[field])
    assert lots_of(draft) == before


def test_two_lots_that_are_refused_are_told_apart(draft):
    rows = ({**MARKED, "ceiling_price": "0"}, {**MARKED, "factor": "2"}, {"take": "on", "ceiling_price": "0"})
    form = sent(draft, *rows).context["form"]
    assert [list(row.errors) for row in form.rows] == [["ceiling_price"], [], ["ceiling_price"]]
