"""How far and from where the machines search: runs of ten examples of a hundred acts, each run from a seed.

``MACHINE`` chooses. Without it there are four runs, by the commit: whoever looks at the same commit goes the same
ways, and the next commit goes others. ``nightly`` goes two hundred new ways; an example that fails is kept in
``var/machine``, and tried first from then on until it passes. ``hunt`` looks for a fault that was planted, from seeds
that came to the most answers.
"""

import os
import secrets

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.database import DirectoryBasedExampleDatabase
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from procurement.embedded import PROJECT
from tests import commit
from tests.machine.machine import TenderMachine

SIZE = os.environ.get("MACHINE", "commit")
# From the eleventh example of a run on most are small changes of others, and here new ways are worth more.
EXAMPLES = 10
SETTINGS = settings(
    max_examples=EXAMPLES,
    stateful_step_count=100,
    database=DirectoryBasedExampleDatabase(PROJECT / "var" / "machine") if SIZE == "nightly" else None,
    # Whoever plants a fault wants to know that it is found, and not the shortest way to it.
    phases=[Phase.generate] if SIZE == "hunt" else [Phase.reuse, Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
# What a search must come to, or it has shown nothing: the way that can be read comes to all of it.
REACHED = {
    ("submit", "bid"),
    ("submit", "again"),
    ("submit", "late"),
    ("submit", "amended"),
    ("submit", "superseded"),
    ("withdraw", "withdrawal"),
    ("approve", "done"),
    ("approve", "two_people"),
    ("ask", "held"),
    ("release", "released"),
    ("publish", "done"),
    ("object", "done"),
    ("award", "done"),
    ("destroy", "done"),
}


def seeds() -> list[int]:
    if SIZE == "hunt":
        return [68, 73, 4, 53, *range(100, 106)]
    if SIZE == "nightly":
        new = secrets.randbits(32)
        return [*range(new, new + 200)]
    first = commit.number()
    return [*range(first, first + 4)]


SEEDS = seeds()


def search(number: int, machine: type[RuleBasedStateMachine] = TenderMachine) -> None:
    """One run of a machine from a seed, which is named where it fails."""
    try:
        run_state_machine_as_test(seed(number)(machine), settings=SETTINGS)
    except BaseException as failure:
        failure.add_note(f"The run began from seed {number}.")
        raise
