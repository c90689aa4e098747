"""A damaged code is refused or is another code: never taken for the one that was meant. Held on the published lists."""

import csv
import string
from pathlib import Path

import pytest

from catalogue.rules import CodeError, parse_code, parse_standard_code
from tests.catalogue.files import real_list

VECTORS = Path(__file__).parents[3] / "shared" / "data" / "nmpa_standard_code_vectors.csv"
REAL = ("86902551000259", "86902767000852", "86902439000609")  # the same, for where the file is not
SIGNS = string.ascii_uppercase + string.digits
FEW = "A0-"


@pytest.fixture(scope="module")
def published():
    if not real_list().is_file():
        pytest.skip("the published list is not part of the project; NHSA_DRUG_CODES names the file")
    with real_list().open(encoding="utf-8-sig", newline="") as file:
        return [row["code"] for row in csv.DictReader(file)]


def put_together(code):
    """A drug's code from its parts alone."""
    parts = (code.category, code.name_code, code.form_code, code.origin_flag, code.spec_code, code.pack_code)
    return {"western": "X", "tcm": "Z", "granules": "T"}[code.kind] + "".join(parts) + code.enterprise_code


def damages(code, signs):
    """The code with one sign replaced by each of these, left out, or typed twice."""
    for place, right in enumerate(code):
        head, tail = code[:place], code[place + 1 :]
        yield from (head + sign + tail for sign in signs if sign != right)
        yield head + tail
        yield head + right + right + tail


def check(codes, signs):
    tried = refused = 0
    for code in codes:
        for damaged in damages(code, signs):
            tried += 1
            try:
                read = parse_code(damaged)
            except CodeError:
                refused += 1
            else:
                assert (read.text, put_together(read)) == (damaged, damaged) != (code, code)
    assert 0 < refused < tried
    return tried


def test_all_ten_thousand_codes_of_the_published_list_are_put_together_again_from_their_parts(published):
    assert len(published) == len({*published}) == 10_000
    assert all(put_together(parse_code(code)) == code for code in published)


def test_no_damage_of_one_sign_is_taken_for_the_code_that_was_meant(published):
    assert check(published, FEW) > 900_000


@pytest.mark.nightly
def test_no_damage_of_one_sign_by_any_other_is_taken_for_the_code_that_was_meant(published):
    assert check(published, SIGNS) > 7_500_000


def test_three_real_standard_codes_verify_and_none_of_their_digits_may_be_another():
    if VECTORS.is_file():
        with VECTORS.open(encoding="utf-8-sig", newline="") as file:
            assert tuple(row["standard_code_14"] for row in csv.DictReader(file)) == REAL
    for code in REAL:
        assert parse_standard_code(code).text == code
        for place, right in enumerate(code):
            for digit in set(string.digits) - {right}:
                with pytest.raises(CodeError):
                    parse_standard_code(code[:place] + digit + code[place + 1 :])
