"""`python -m tests.faults`: plant each fault in a copy of the tree, and see that the tests find it.

`python -m tests.faults 3 7` plants these two only. Before the faults, the same tests run on a copy without any: what
fails anyway finds nothing. Exits with 1 where a fault survives.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults.planted import FAULTS, Fault

PROJECT = Path(__file__).resolve().parent.parent.parent
NOT_COPIED = shutil.ignore_patterns("var", ".venv*", ".git", "__pycache__", ".*_cache", ".hypothesis")
PATIENCE = 1800  # seconds
FOUND, PASSED = 1, 0  # how pytest ends


@dataclass(frozen=True)
class Outcome:
    """How the tests of one copy ended: pytest's exit code, the test that failed, the seconds that they took."""

    code: int
    by: str
    seconds: float


def main(numbers: list[str]) -> int:
    chosen = [int(number) for number in numbers] or range(1, len(FAULTS) + 1)
    if not numbers and not passes_without_a_fault():
        return 1
    survivors = 0
    for number in chosen:
        fault = FAULTS[number - 1]
        outcome = hunted(fault)
        survivors += outcome.code != FOUND
        say(f"{number:>2}  {fault.name:<90}  {outcome.by:<78}  {outcome.seconds:>4.0f} s")
    say(f"{len(chosen)} planted, {len(chosen) - survivors} found")
    return 1 if survivors else 0


def passes_without_a_fault() -> bool:
    """Whether the tests of all faults pass on a copy as it is."""
    with copy_of_the_tree() as tree:
        outcome = run_tests(tree, sorted({fault.tests for fault in FAULTS}), "quick")
    say(f" 0  {'nothing planted':<90}  {outcome.by:<78}  {outcome.seconds:>4.0f} s")
    return outcome.code == PASSED


def hunted(fault: Fault) -> Outcome:
    """What the tests make of a copy with this fault."""
    with copy_of_the_tree() as tree:
        plant(fault, tree)
        return run_tests(tree, [fault.tests], "hunt")


@contextmanager
def copy_of_the_tree() -> Iterator[Path]:
    """The sources as they are, in a folder that is gone afterwards; migrated databases of the tests are shared."""
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        tree = Path(folder) / "tree"
        Path(folder).chmod(0o755)
        shutil.copytree(PROJECT, tree, ignore=NOT_COPIED)
        (tree / "var").mkdir()
        for template in PROJECT.glob("var/template-*"):
            (tree / "var" / template.name).symlink_to(template)
        yield tree


def plant(fault: Fault, tree: Path) -> None:
    """Put the fault where its text stands. A guard of the database comes there by a migration, as it would."""
    file = tree / fault.file
    file.write_text(planted(fault, file.read_text()))
    if "models" in file.parts:
        room = fault.file.partition("/")[0]
        command = [sys.executable, "-W", "ignore", "manage.py", "makemigrations", room, "--name", "planted"]
        subprocess.run(command, cwd=tree, check=True, stdout=subprocess.DEVNULL)


def planted(fault: Fault, source: str) -> str:
    """The source with the fault; ValueError unless its text stands there exactly once."""
    if source.count(fault.text) != 1:
        raise ValueError(f"{fault.file} has {source.count(fault.text)} times what becomes “{fault.name}”")
    return source.replace(fault.text, fault.instead)


def run_tests(tree: Path, tests: list[str], size: str) -> Outcome:
    """Run some tests of a tree until the first fails; ``size`` says how far the machine searches."""
    began = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:xdist", "-p", "no:cacheprovider", *tests]
    env = os.environ | {"MACHINE": size}
    done = subprocess.run(command, cwd=tree, env=env, check=False, capture_output=True, text=True, timeout=PATIENCE)
    by = re.search(r"^(?:FAILED|ERROR) \S*?(\w+\.py\S*)", done.stdout, re.MULTILINE)
    last = (done.stdout.strip().splitlines() or ["nothing"])[-1]
    return Outcome(done.returncode, by[1] if by else last, time.monotonic() - began)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
