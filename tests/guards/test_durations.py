"""What continuous integration runs stays quick, and every file of it is known to those who run the longest first."""

from tests.guards.house import PROJECT
from tests.plugin import durations

LONGEST = durations.Duration(whole=60, slowest=30)


def test_no_file_takes_over_a_minute_and_no_test_over_half_of_it():
    recorded = durations.recorded()
    assert recorded
    too_long = {path for path, took in recorded.items() if took.whole > LONGEST.whole or took.slowest > LONGEST.slowest}
    assert too_long == set(), "make it quicker, part it, or mark what repeats another test"


def test_every_file_of_tests_is_recorded():
    files = {str(path.relative_to(PROJECT)) for path in (PROJECT / "tests").rglob("test_*.py") if not repeats(path)}
    assert set(durations.recorded()) == files, "make durations ARGS=<the new file>"


def repeats(path):
    """Whether a whole file only repeats what others show, and runs in `make test-all` alone."""
    return "\npytestmark = pytest.mark.repeats\n" in path.read_text()
