"""The stage of every test of the machine."""

import pytest

from tests.machine.machine import TenderMachine
from tests.machine.platform import make_setting


@pytest.fixture
def setting(db):
    """A published tender, made once: what is done to it is undone after each example."""
    TenderMachine.setting = make_setting()
    TenderMachine.answers.clear()
