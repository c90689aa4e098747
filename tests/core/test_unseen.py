"""No text comes in with a sign that nobody sees: by form, by program or by spreadsheet."""

import io

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.exceptions import ValidationError

from core.parsing import refuse_unfit
from core.spreadsheets import read_rows
from core.unseen import refuse_unseen, without_unseen

FAMILIES = {
    "direction": "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    "no width": "\u00ad\u034f\u180e\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff",
    "fillers": "\u115f\u1160\u3164\uffa0",
    "controls": "".join(map(chr, (*range(9), 11, 12, *range(14, 32), *range(127, 160)))),
    "lines of no keyboard": "\u2028\u2029",
    "marks and tags": "\ufff9\ufffa\ufffb\U000e0001\U000e0041\U000e007f\u206a\u206f\U0001d173",
}
# As people are called, here and elsewhere, and as they write.
SEEN = [
    "王伟",
    "湖北省人民医院（东院区）",
    "ئالىم",
    "ᠮᠣᠩᠭᠣᠯ",
    "བཀྲ་ཤིས",
    "נועה",
    "José Ω-3 µg ≥ 5 ℃",
    "1\t2\r\n3",
    "药💊",
]
around = st.sampled_from(SEEN) | st.just("")


class Name(forms.Form):
    name = forms.CharField()
    letter = forms.FileField()


def filled_in(name="Demo", file="letter.pdf"):
    return Name({"name": name}, {"letter": SimpleUploadedFile(file, b"%PDF")})


@pytest.mark.parametrize("family", FAMILIES)
def test_each_family_is_refused_wherever_it_stands_at_its_own_field(family):
    @given(before=around, sign=st.sampled_from(FAMILIES[family]), after=around.filter(str.strip))
    def refused(before, sign, after):
        text = f"x{before}{sign}{after}"
        form = filled_in(text)
        assert list(form.errors) == ["name"]
        with pytest.raises(ValidationError) as refusal:
            refuse_unfit({"lines": [{"note": "fine"}, {"note": text}]})
        assert refusal.value.get_codes() == {"lines": {1: {"note": ["control_character"]}}}
        with pytest.raises(ValidationError):
            refuse_unfit({text: "a name of a field"})
        assert without_unseen(text) == f"x{before}{after}"

    refused()


@pytest.mark.parametrize("text", SEEN)
def test_what_people_see_is_taken(text):
    assert filled_in(text).is_valid()
    refuse_unfit({"lines": [{"note": text}]})
    refuse_unseen(text)
    assert without_unseen(text) == text


def test_the_name_of_a_file_is_a_text_too():
    assert list(filled_in(file="invoice\u202efdp.exe").errors) == ["letter"]


def test_a_spreadsheet_is_read_without_them():
    sheet = io.BytesIO("name,packs\n\u202eDemo\u200b works\u2069,4\n".encode())
    (row,) = [row for _number, row in read_rows(sheet, "list.csv")]
    assert row == {"name": "Demo works", "packs": "4"}


def every_form(kind=forms.BaseForm):
    for one in kind.__subclasses__():
        yield one
        yield from every_form(one)


def test_every_form_was_declared_with_it(client, db):
    client.get("/")  # which loads all addresses, and so all forms
    fields = [field for form in every_form() for field in getattr(form, "base_fields", {}).values()]
    open_ones = [field for field in fields if type(field) is forms.CharField and refuse_unseen not in field.validators]
    assert len(fields) > 100
    assert open_ones == []
