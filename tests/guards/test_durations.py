"""What every commit has to pass stays quick: each file is measured, no test takes long, no file does."""

import ast

import pytest

from tests.guards.house import PROJECT, tree
from tests.plugin.durations import recorded

TEST, FILE = 30, 60
NIGHTLY = "pytest.mark.nightly"


def is_nightly(path):
    """Whether a whole file is left to the longer runs."""
    marks = [node.value for node in tree(path).body if isinstance(node, ast.Assign) and _name(node) == "pytestmark"]
    return any(NIGHTLY in ast.unparse(mark) for mark in marks)


def _name(assignment):
    return ast.unparse(assignment.targets[0])


def files():
    found = {f"{path.relative_to(PROJECT)}": is_nightly(path) for path in (PROJECT / "tests").rglob("test_*.py")}
    assert any(found.values())
    return {path for path, nightly in found.items() if not nightly}


def test_every_file_that_a_commit_has_to_pass_is_measured():
    """`make durations ARGS=…` on a quiet machine adds a file, and drops those that are gone."""
    assert set(recorded()) == files()


@pytest.mark.parametrize(("limit", "seconds"), [("whole", FILE), ("slowest", TEST)])
def test_nothing_takes_long(limit, seconds):
    assert {path: took for path, took in recorded().items() if getattr(took, limit) > seconds} == {}
