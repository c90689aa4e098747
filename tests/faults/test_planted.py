"""The faults can be planted: `python -m tests.faults` then tells whether they are found."""

import pytest

from tests.faults.__main__ import PROJECT, planted
from tests.faults.planted import FAULTS, Fault


def test_there_are_thirty_three_and_no_two_alike():
    assert len({(fault.file, fault.text, fault.instead) for fault in FAULTS}) == len({one.name for one in FAULTS}) == 33


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_each_stands_where_it_would_be_planted_and_its_tests_exist(fault):
    source = (PROJECT / fault.file).read_text()
    assert planted(fault, source) != source
    assert (PROJECT / fault.tests).exists()


def test_what_stands_nowhere_or_twice_is_not_planted():
    fault = Fault("x", "a.py", "ab", "b")
    for source in ("", "ab ab"):
        with pytest.raises(ValueError, match="times"):
            planted(fault, source)
