"""A piece of work in a process of its own, so that its processor time and its memory are its own too.

`python -m tests.bench.apart MODULE:FUNCTION ARGUMENT…` does it on the servers that the variables name. Processor
seconds are those of the process and of its server process in PostgreSQL: what else the machine does lengthens the time
by the clock, and hardly these.
"""

import importlib
import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from procurement import embedded


@dataclass(frozen=True)
class Processor:
    """Seconds of this process and of its server process so far."""

    own: float
    server: float

    @classmethod
    def now(cls) -> "Processor":
        from django.db import connection

        connection.ensure_connection()
        fields = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text().rsplit(")", 1)[1].split()
        return cls(time.process_time(), (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"))

    def since(self, before: "Processor") -> "Processor":
        return Processor(self.own - before.own, self.server - before.server)

    @property
    def both(self) -> float:
        return self.own + self.server


def apart(work: str, *given: object) -> dict[str, Any]:
    """What a function of this package says when it is done, with ``began`` and ``peak``, in MB of memory."""
    command = [sys.executable, "-m", "tests.bench.apart", work, *map(str, given)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, cwd=embedded.PROJECT)
    return json.loads(done.stdout.splitlines()[-1])


def _largest() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    import django

    django.setup()
    module, name = sys.argv[1].split(":")
    work = getattr(importlib.import_module(f"tests.bench.{module}"), name)
    began = _largest()
    said = work(*sys.argv[2:])
    sys.stdout.write(json.dumps({**said, "began": began, "peak": _largest()}) + "\n")


if __name__ == "__main__":
    main()
