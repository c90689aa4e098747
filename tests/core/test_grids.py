"""A form of many lines: rows known by their keys, spreadsheets read into cells, refusals beside them."""

from datetime import date
from io import BytesIO
from types import SimpleNamespace

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404, QueryDict
from django.utils.translation import gettext_lazy, override
from openpyxl import Workbook, load_workbook

from core.errors import Fault, Refused
from core.grids import Grid, GridRow, GrowingGrid
from core.skins import attempt


class Row(GridRow):
    packs = forms.IntegerField(label=gettext_lazy("Packs"), required=False, min_value=0)
    why = forms.ChoiceField(
        label=gettext_lazy("Reason"), required=False, choices=[("", "–"), ("late", gettext_lazy("Closed"))]
    )
    again = forms.BooleanField(label="Again", required=False, initial=True)
    on = forms.DateField(label="Day", required=False)
    on_demand = ("why",)

    @property
    def row_label(self):
        return self.thing.name

    @property
    def row_cells(self):
        return [{"label": "Most", "value": self.thing.most}]

    @property
    def is_taken(self):
        return bool(self.cleaned_data.get("packs"))

    def begin(self):
        return {"packs": self.thing.begin}

    def fit(self):
        self.at_most("packs", self.thing.most)


class Lines(Grid):
    row = Row
    heading = "Thing"
    note = forms.CharField(label="Note")


class Whole(Lines):
    whole = True


class Batches(GrowingGrid):
    row = Row
    most = 20


def thing(number, most=10, begin=None):
    return SimpleNamespace(number=number, name=f"Thing {number}", most=most, begin=begin)


THINGS = [thing(1), thing(2, 5, 3), thing(7)]


def sent(**cells):
    """As a browser sends it; ``packs_1`` is the cell ``packs-1``."""
    data = QueryDict(mutable=True)
    data.update({name.replace("_", "-"): text for name, text in cells.items()})
    return data


def read(content, kind=Lines, things=THINGS, name="filled.csv", **cells):
    content = content if isinstance(content, bytes) else content.encode()
    return kind(things, sent(**cells, read="table"), {"sheet-table": SimpleUploadedFile(name, content)}, draft="x")


def packs(grid):
    return [row["packs"].value() for row in grid.rows]


# --- Rows -------------------------------------------------------------------------------------------------------
def test_a_row_begins_with_what_its_thing_says_or_the_page_gives():
    grid = Lines(THINGS, initial={"packs-7": 4, "note": "hello"})
    assert packs(grid) == [None, 3, 4]
    assert grid["note"].value() == "hello"
    assert [row["packs"].html_name for row in grid.rows] == ["packs-1", "packs-2", "packs-7"]
    assert not grid.is_valid()
    assert not grid.errors


def test_what_is_typed_stays_with_its_thing_when_others_come_and_go():
    grid = Lines([thing(0), THINGS[2]], sent(note="n", packs_7="4", packs_0=""))
    assert grid.is_valid()
    assert [(row.key, row.cleaned_data["packs"]) for row in grid.taken] == [("7", 4)]


def test_what_was_typed_of_a_thing_that_is_gone_is_told_once_and_nothing_is_done():
    grid = Lines(THINGS, sent(note="n", packs_1="4", packs_9="2", packs_8=""))
    assert not grid.is_valid()
    assert grid.non_field_errors() == [
        "A row that you filled in is no longer here, so that nothing was taken: 9. Check the others."
    ]
    assert packs(grid) == ["4", None, None]


def test_a_whole_table_must_arrive_whole():
    cells = {"packs_1": "1", "packs_2": "", "packs_7": ""}
    assert Whole(THINGS, sent(note="n", **cells)).is_valid()
    for name in cells:
        assert not Whole(THINGS, sent(note="n", **{one: text for one, text in cells.items() if one != name})).is_valid()


def test_each_row_has_a_limit_of_its_own():
    grid = Lines(THINGS, sent(note="n", packs_1="6", packs_2="6"))
    assert list(grid.errors) == ["packs-2"]
    assert grid.rows[1].fields["packs"].max_value == 5


def test_a_cell_on_demand_is_shown_once_it_says_something():
    shown = {
        why: Lines(THINGS, sent(note="n", packs_1="1", why_1=why)).rows[0].shows_all for why in ("", "late", "nothing")
    }
    assert shown == {"": False, "late": True, "nothing": True}
    assert not Lines(THINGS).rows[0].shows_all


# --- Refusals ---------------------------------------------------------------------------------------------------
def test_a_refusal_goes_to_the_row_and_field_that_it_is_about():
    grid = Lines(THINGS, sent(note="n", packs_2="1", packs_7="2"))
    faults = [
        Fault("too many", "packs", 2),
        Fault("no such", "elsewhere", 1),
        Fault("too long", "note"),
        Fault("closed"),
        Fault("where?", "packs", 3),
    ]

    def act():
        raise Refused("no", faults=faults)

    assert not attempt(grid, act)
    assert grid.errors == {
        "packs-7": ["too many"],
        "__all__-2": ["no such"],
        "note": ["too long"],
        "__all__": ["closed", "where?"],
    }
    assert packs(grid) == [None, "1", "2"]


def test_what_is_not_valid_is_not_attempted():
    assert not attempt(Lines(THINGS, sent(packs_1="1")), pytest.fail)
    assert not attempt(Lines(THINGS, sent(note="n", packs_1="many")), pytest.fail)


# --- Spreadsheets -----------------------------------------------------------------------------------------------
def test_a_file_fills_cells_and_nothing_is_done():
    grid = read('Row,Packs,Closed\n7,"1,200",x\n2,¥ 4,\n', packs_1="9", note="")
    assert packs(grid) == ["9", "4", "1200"]
    assert (grid.read.rows, grid.read.told) == (2, [])
    assert not attempt(grid, pytest.fail)
    assert list(grid.errors) == ["packs-7"]  # above its limit; the note, still empty, can wait


@pytest.mark.parametrize(
    ("column", "text", "typed"),
    [
        ("Packs", "１２", "12"),
        ("packs", "1 200", "1200"),
        ("PACKS", "+3", "3"),
        ("Packs", "−3", "-3"),
        ("Packs", "1 2", "1 2"),
        ("Packs", "1,5", "1,5"),
        ("数量", "1", None),
        ("Reason", "Closed", "late"),
        ("Reason", "late", "late"),
        ("Reason", "whatever", "whatever"),
        ("Again", "TRUE", "on"),
        ("Again", "是", "on"),
        ("Again", "FALSE", ""),
        ("Again", "no", ""),
        ("Day", "2027-03-01", "2027-03-01"),
        ("Day", "2027/3/1", "2027-03-01"),
        ("Day", "2027年3月1日", "2027-03-01"),
        ("Day", "20270301", "2027-03-01"),
    ],
)
def test_each_kind_of_cell_is_read_as_it_would_be_typed(column, text, typed):
    grid = read(f'Row,{column}\n1,"{text}"\n')
    name = {"packs": "packs", "reason": "why", "again": "again", "day": "on", "数量": "packs"}[column.casefold()]
    if typed is None:
        assert grid.read.told == [
            "Row 1: The column “Packs” is missing. The headings here are: Row, 数量. Use the template."
        ]
    else:
        assert grid.rows[0].data[f"{name}-1"] == typed


def test_headings_and_choices_are_read_in_every_language():
    with override("zh-hans"):
        header = str(Row.base_fields["packs"].label), str(Row.base_fields["why"].label)
        choice = str(dict(Row.base_fields["why"].choices)["late"])
    assert "Packs" not in header
    grid = read(f"Row,{','.join(header)}\n1,5,{choice}\n")
    assert (grid.rows[0]["packs"].value(), grid.rows[0]["why"].value()) == ("5", "late")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("Row,Packs\n9,5\n", "Row 2, column A “Row”: The table has no row “9”."),
        ("Row,Packs\n1,5\n1,6\n", "Row 3, column A “Row”: This row stands there twice."),
        ("Row,Packs\n1,=1+1\n", "Row 2, column B “Packs”: The cell holds a formula; paste its value instead."),
        (
            "Row,Parcels\n1,5\n",
            "Row 1: The column “Packs” is missing. The headings here are: Row, Parcels. Use the template.",
        ),
        (
            "Number,Packs\n1,5\n",
            "Row 1: The column “Row” is missing. The headings here are: Packs, Number. Use the template.",
        ),
        ("", "The file is empty."),
        (b"%PDF-1.7", "The file is named .csv and holds no text."),
    ],
)
def test_what_a_file_has_wrong_is_told_by_row_and_column(content, told):
    grid = read(content, packs_2="2")
    assert grid.non_field_errors() == [told]
    assert packs(grid)[1] == "2"
    assert not grid.is_valid()


def test_a_row_of_a_file_that_is_not_here_and_says_nothing_is_passed_over():
    assert read("Row,Packs\n9,\n1,5\n").read.told == []


def test_no_more_faults_are_told_than_anybody_reads():
    grid = read("Row,Packs\n" + "".join(f"{number},1\n" for number in range(100, 400)))
    assert len(grid.non_field_errors()) == 50


def test_no_file_is_told():
    grid = Lines(THINGS, sent(read="table", packs_1="4"), {})
    assert grid.non_field_errors() == ["Choose a file."]
    assert packs(grid)[0] == "4"


def test_a_file_for_the_other_grid_of_a_page_leaves_this_one_as_it_is():
    grid = Lines(THINGS, sent(read="others", note="n", packs_1="4"), {})
    assert grid.read is None
    assert packs(grid)[0] == "4"
    assert not grid.is_valid()


def test_the_template_says_what_a_person_needs_and_comes_back():
    answer = Lines(THINGS, draft="lines/L-1").template_response("table.xlsx")
    assert "lines-L-1.xlsx" in answer["Content-Disposition"]
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    rows = [[cell.value for cell in row] for row in sheet]
    assert rows[0] == ["Row", "Thing", "Most", "Packs", "Reason", "Again", "Day"]
    assert rows[2] == [2, "Thing 2", 5, 3, None, True, None]
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.active.cell(4, 4, 8)
    book.active.cell(4, 7, date(2027, 3, 1))
    file = BytesIO()
    book.save(file)
    grid = read(file.getvalue(), name="filled.xlsx")
    assert packs(grid) == ["", "3", "8"]
    assert grid.rows[2]["on"].value() == "2027-03-01"
    assert not grid.errors


@pytest.mark.parametrize("kind", ["table.pdf", "other.csv", "", "csv.table"])
def test_a_template_of_another_kind_does_not_exist(kind):
    with pytest.raises(Http404):
        Lines(THINGS).template_response(kind)


# --- Grids that grow --------------------------------------------------------------------------------------------
def test_a_grid_grows_by_what_was_sent_and_by_what_was_asked_for():
    assert [row.key for row in Batches(THINGS).rows] == list("1234567")
    assert len(Batches(THINGS, sent(packs_9="1")).rows) == 9
    assert len(Batches(THINGS, sent(packs_9="", more="yes")).rows) == 19
    assert not Batches(THINGS, sent(packs_9="", more="yes")).is_valid()
    assert len(Batches(THINGS, sent(packs_19="", more="yes")).rows) == 20
    refused = Batches(THINGS, sent(packs_21="1"))
    assert len(refused.rows) == 20
    assert "no longer here" in refused.non_field_errors()[0]


def test_the_rows_of_a_file_take_the_place_of_those_of_the_table():
    grid = read("Packs\n1\n2\n3\n", Batches, [], packs_1="9", packs_8="9")
    assert [text or "" for text in packs(grid)] == ["1", "2", "3", "", "", "", "", ""]
    long = read("Packs\n" + "1\n" * 30, Batches, [])
    assert long.read.told == ["Row 22: The table has 20 rows at most."]
    assert packs(long) == ["1"] * 20
