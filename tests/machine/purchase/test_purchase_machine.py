"""From the order to the payment, by anybody, in any order: it does what a small model says, and keeps its promises.

``MACHINE`` chooses how far the search goes, as for the tender (``tests/machine/test_tender_machine.py``).
"""

import os
import secrets

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.machine.purchase.machine import PurchaseMachine
from tests.machine.purchase.platform import make_setting

SIZE = os.environ.get("MACHINE", "quick")
NEW = secrets.randbits(32)
SEEDS = {"quick": range(3), "ci": range(6), "nightly": range(NEW, NEW + 100), "hunt": range(3)}[SIZE]
SETTINGS = settings(
    max_examples=10,
    stateful_step_count=60,
    database=None,
    phases=[Phase.generate] if SIZE == "hunt" else [Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
# What the search must have come to, or it has shown nothing.
REACHED = {
    ("place", "above_maximum"),
    ("approve", "denied"),
    ("confirm", "done"),
    ("send", "done"),
    ("send", "above_confirmed"),
    ("send", "refused"),
    ("accept", "done"),
    ("accept", "conflict"),
    ("accept", "refused"),
    ("reverse", "done"),
    ("reverse", "paid"),
    ("pay", "done"),
    ("pay", "more_than_owed"),
    ("pay", "conflict"),
}


@pytest.fixture
def setting(db):
    """A contract in force, made once: what is done under it is undone after each example."""
    PurchaseMachine.setting = make_setting()
    PurchaseMachine.answers.clear()


def test_buying_does_what_the_model_says_whatever_is_done_to_it(setting):
    for number in SEEDS:
        try:
            run_state_machine_as_test(seed(number)(PurchaseMachine), settings=SETTINGS)
        except BaseException as failure:
            failure.add_note(f"The run began from seed {number}.")
            raise
    assert set(PurchaseMachine.answers) >= REACHED
