"""`python -m tests.bench`: servers of its own, a small province, the measurements, and nothing left behind.

`python -m tests.bench deadline` runs the race for the deadline instead.
"""

import argparse
import os
import signal
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from procurement import embedded
from tests.bench.deadline.under_supervisor import UnderSupervisor
from tests.plugin.servers import remove_installation


def main() -> None:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    asked = arguments()
    parent = embedded.PROJECT / "var"
    parent.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=parent))
    folder.chmod(0o755)
    os.environ |= {"VAR": str(folder), "DB_ROLE": "owner", "DJANGO_SETTINGS_MODULE": "procurement.settings"}
    try:
        if asked.what == "deadline":
            race(folder, asked)
        else:
            measure(folder)
    finally:
        remove_installation(folder)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("what", nargs="?", choices=("speed", "deadline"), default="speed")
    parser.add_argument("--submissions", type=int, default=10_000)
    parser.add_argument("--clients", type=int, default=120)
    parser.add_argument("--kill", action="store_true", help="kill -9 of web workers and of PostgreSQL meanwhile")
    parser.add_argument("--every", type=float, default=0.2, help="seconds between the deaths of two web workers")
    parser.add_argument("--deaths", type=int, default=4, help="how often PostgreSQL is killed, at most 4")
    parser.add_argument("--again", type=int, help="how many submissions are asked for again, all by default")
    return parser.parse_args()


def measure(folder: Path) -> None:
    """Speed, with the servers alone."""
    (folder / "static").mkdir()
    os.environ["BUILT_STATIC"] = "0"
    servers = embedded.Servers(folder)
    try:
        servers.start()
        import django

        django.setup()
        from django.core.management import call_command

        from tests.bench import bidding, importing, ordering, trailing
        from tests.world import World

        call_command("migrate", verbosity=0)
        world = World()
        # The trail first, while it is whole: rows written by hand have no events.
        for report in (trailing.report(), ordering.report(world), bidding.report(world), importing.report(world)):
            tell(report)
    finally:
        servers.stop()


def race(folder: Path, asked: argparse.Namespace) -> None:
    """The race for the deadline, in a whole installation under the supervisor."""
    installation = UnderSupervisor(folder)
    installation.start()
    try:
        installation.wait_until_healthy()
        import django

        django.setup()
        from tests.bench.deadline.race import Race, run

        killing = {"worker_step": 1 / asked.submissions, "every": asked.every, "deaths": asked.deaths}
        planned = Race(asked.submissions, asked.clients, asked.again, **(killing if asked.kill else {}))
        tell(run(planned, installation))
    finally:
        installation.end(signal.SIGINT)


def tell(report: Iterable[str]) -> None:
    for line in report:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
