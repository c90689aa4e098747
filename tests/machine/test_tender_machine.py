"""The whole tender, by anybody, in any order, at any instant: it does what a small model says, and keeps its promises.

``MACHINE`` chooses how far the search goes: ``quick`` (without it: 40 examples of 100 steps), ``ci`` (200), ``nightly``
(2,000), or ``hunt`` for a fault that was planted. All but the nightly ones go the same ways each time, so that a
failure is the change's and not chance; the quick ones' seeds are those of eighty that came to the most answers.
Nightly runs go new ways; an example that fails is kept in ``var/machine``, and tried first from then on until it
passes.
"""

import os
import secrets

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.database import DirectoryBasedExampleDatabase
from hypothesis.stateful import run_state_machine_as_test

from procurement.embedded import PROJECT
from tests.machine import invariants
from tests.machine.machine import TenderMachine
from tests.machine.platform import make_setting
from tests.machine.walk import walk

SIZE = os.environ.get("MACHINE", "quick")
# From the eleventh example of a run on most are small changes of others, and here new ways are worth more.
EXAMPLES = 10
CHOSEN = (68, 73, 4, 53)
NEW = secrets.randbits(32)
SEEDS = {
    "quick": CHOSEN,
    "ci": (*CHOSEN, *range(100, 116)),
    "nightly": range(NEW, NEW + 200),
    "hunt": (*CHOSEN, *range(100, 106)),
}[SIZE]
SETTINGS = settings(
    max_examples=EXAMPLES,
    stateful_step_count=100,
    database=DirectoryBasedExampleDatabase(PROJECT / "var" / "machine") if SIZE == "nightly" else None,
    # Whoever plants a fault wants to know that it is found, and not the shortest way to it.
    phases=[Phase.generate] if SIZE == "hunt" else [Phase.reuse, Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
# What the search must have come to, or it has shown nothing.
REACHED = {
    ("submit", "bid"),
    ("submit", "again"),
    ("submit", "late"),
    ("submit", "amended"),
    ("submit", "superseded"),
    ("withdraw", "withdrawal"),
    ("approve", "done"),
    ("approve", "two_people"),
    ("ask", "objection_waiting"),
    ("release", "released"),
    ("publish", "done"),
    ("object", "done"),
    ("award", "done"),
    ("destroy", "done"),
}


@pytest.fixture
def setting(db):
    """A published tender, made once: what is done to it is undone after each example."""
    TenderMachine.setting = make_setting()
    TenderMachine.answers.clear()
    invariants.prepare()


def test_on_one_way_through_a_tender_every_promise_is_kept(setting):
    tender = TenderMachine()
    try:
        walk(tender)
    finally:
        tender.teardown()
    done = {name for name, answer in TenderMachine.answers if answer == "done"}
    assert {"approve", "ask", "release", "publish", "object", "answer_objection", "award", "destroy"} <= done


def test_what_is_looked_for_at_the_end_of_each_example_would_be_found(setting):
    """The ceilings stand in rows, and in the bytes of the signed notice."""
    assert {"tenders_lot", "tenders_tendernotice"} <= set(invariants.tables_with(["1000.00"]))


@pytest.mark.slow
def test_a_tender_does_what_the_model_says_whatever_is_done_to_it(setting):
    for number in SEEDS:
        try:
            run_state_machine_as_test(seed(number)(TenderMachine), settings=SETTINGS)
        except BaseException as failure:
            failure.add_note(f"The run began from seed {number}.")
            raise
    assert set(TenderMachine.answers) >= REACHED
