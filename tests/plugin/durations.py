"""Pytest plugin: how long each test file takes, kept in `tests/durations.txt`, and the longest files first.

`make durations` writes the file on a quiet machine, or the lines of some files: ARGS="tests/core/test_money.py". A
line has the seconds of a whole file, those of its slowest test, and the file. Workers that share the tests take the
files in that order, so that no long one is left for the end; a file that is not listed yet counts as the longest.
Within a file the order stays: tests that really commit come last.
"""

import os
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent.parent
FILE = PROJECT / "tests" / "durations.txt"


@dataclass(frozen=True)
class Duration:
    """Seconds on a quiet machine."""

    whole: int
    slowest: int


def recorded() -> dict[str, Duration]:
    """The durations of files, by their path in the project."""
    lines = (line.split() for line in FILE.read_text().splitlines() if not line.startswith("#"))
    return {path: Duration(int(whole), int(slowest)) for whole, slowest, path in lines}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--record-durations", action="store_true", help="write tests/durations.txt from this run")


def pytest_xdist_auto_num_workers() -> int:
    """One process more than cores: those that drive a browser or wait for another process leave a core idle."""
    return len(os.sched_getaffinity(0)) + 1 if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1) + 1


def pytest_configure(config: pytest.Config) -> None:
    # xdist would take the files with the most tests first, which are the quickest.
    config.option.loadscopereorder = False
    leads = not hasattr(config, "workerinput")
    if leads and config.getoption("--record-durations"):
        config.pluginmanager.register(Recorder())


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):
        known = recorded()
        items.sort(key=lambda item: -known[path].whole if (path := _file(item.nodeid)) in known else float("-inf"))


class Recorder:
    """Adds up what the tests of this run take, and replaces the lines of their files."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] += report.duration

    def pytest_sessionfinish(self) -> None:
        files: dict[str, list[float]] = defaultdict(list)
        for test, seconds in self.seconds.items():
            files[_file(test)].append(seconds)
        measured = {path: Duration(round(sum(tests)), round(max(tests))) for path, tests in files.items()}
        _write({**recorded(), **measured})


def _write(durations: dict[str, Duration]) -> None:
    there = {path: took for path, took in durations.items() if (PROJECT / path).exists()}
    longest_first = sorted(there.items(), key=lambda line: (-line[1].whole, line[0]))
    heading = [line for line in FILE.read_text().splitlines() if line.startswith("#")]
    lines = [f"{took.whole:>4} {took.slowest:>4}  {path}" for path, took in longest_first]
    FILE.write_text("\n".join([*heading, *lines]) + "\n")


def _file(test: str) -> str:
    return test.partition("::")[0]
