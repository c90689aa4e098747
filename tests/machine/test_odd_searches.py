"""The whole tender, by anybody, in any order, at any instant: every second search, so that two processes share them."""

import pytest

from tests.machine.search import SEEDS, search

pytestmark = pytest.mark.whole


@pytest.mark.parametrize("number", range(1, len(SEEDS), 2))
def test_a_tender_does_what_the_model_says_whatever_is_done_to_it(setting, number):
    search(SEEDS[number])
