"""The commit that is tested, by which is drawn what would take too long for every one."""

import subprocess
from collections.abc import Sequence
from functools import cache
from typing import Any
from zlib import crc32

import pytest

from procurement.embedded import PROJECT


@cache
def number() -> int:
    """Whoever looks at the same commit looks at the same part, and the next commit at another. A copy without its
    history has no number, and always looks at the same."""
    told = subprocess.run(["git", "rev-parse", "HEAD"], cwd=PROJECT, capture_output=True, text=True, check=False)
    return int(told.stdout[:8] or "0", 16)


def in_turn(cases: Sequence[Any]) -> list[Any]:
    """The cases as a test's parameters: one of them is this commit's, and all of them are the night's."""
    turn = number() % len(cases)
    return [
        case if place == turn else pytest.param(case, marks=pytest.mark.nightly) for place, case in enumerate(cases)
    ]


def has_its_turn(name: str, *, of: int) -> bool:
    """Whether the case of this name is among those of this commit, one of so many."""
    return crc32(name.encode()) % of == number() % of
