"""`python -m tests.bench`: servers of its own, a small province, the measurements, and nothing left behind."""

import os
import sys
import tempfile
from pathlib import Path

from procurement import embedded
from tests.plugin.servers import remove_installation


def main() -> None:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_NAME", "REDIS_URL"):
        os.environ.pop(name, None)
    parent = embedded.PROJECT / "var"
    parent.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=parent))
    folder.chmod(0o755)
    (folder / "static").mkdir()
    os.environ |= {
        "VAR": str(folder),
        "DB_ROLE": "owner",
        "BUILT_STATIC": "0",
        "DJANGO_SETTINGS_MODULE": "procurement.settings",
    }
    servers = embedded.Servers(folder)
    try:
        servers.start()
        measure()
    finally:
        servers.stop()
        remove_installation(folder)


def measure() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from tests.bench import importing, ordering, trailing
    from tests.world import World

    call_command("migrate", verbosity=0)
    world = World()
    for line in (*ordering.report(world), *importing.report(world), *trailing.report()):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
