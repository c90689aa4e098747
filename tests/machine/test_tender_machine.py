"""The whole tender, by anybody, in any order, at any instant: it does what a small model says, and keeps its promises.

``MACHINE`` chooses how far the search goes. Ordinary runs go the same ways each time, so that a failure is the
change's and not chance; nightly runs go new ways and keep those that fail in ``var/machine`` for the runs after them.
"""

import os
import sys

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.database import DirectoryBasedExampleDatabase
from hypothesis.stateful import run_state_machine_as_test

from procurement.embedded import PROJECT
from tests.machine import invariants
from tests.machine.machine import TenderMachine
from tests.machine.platform import make_setting

STEPS = 100
COMMON = settings(
    stateful_step_count=STEPS,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.reuse, Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
SIZES = {
    "ci": settings(COMMON, max_examples=60),
    "nightly": settings(
        COMMON,
        max_examples=2000,
        derandomize=False,
        database=DirectoryBasedExampleDatabase(PROJECT / "var" / "machine"),
        print_blob=True,
    ),
    # Whoever plants a fault wants to know that it is found, not the shortest way to it.
    "hunt": settings(COMMON, max_examples=100, phases=[Phase.generate]),
}


@pytest.mark.slow
def test_a_tender_does_what_the_model_says_whoever_does_what_and_when(db):
    TenderMachine.setting = make_setting()
    TenderMachine.answers.clear()
    invariants.prepare()
    run_state_machine_as_test(TenderMachine, settings=SIZES[os.environ.get("MACHINE", "ci")])
    sys.stdout.write("".join(f"{key} {TenderMachine.answers[key]}\n" for key in sorted(TenderMachine.answers)))
