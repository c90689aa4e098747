"""`python -m tests.plugin.template FOLDER`: a migrated test database, its server standing still, for runs to copy."""

import os
import shutil
import signal
import sys
from pathlib import Path

from procurement import children, embedded
from tests.plugin.servers import copy_folder, environment, new_folder, remove_installation


def main(template: Path) -> None:
    folder = new_folder()
    servers = embedded.Servers(folder, durable=False)
    try:
        servers.start()
        _migrate(folder)
        children.stop(servers.processes["postgresql"], (signal.SIGINT, 30))
        _keep(folder, servers.home.data, template)
    finally:
        servers.stop()
        remove_installation(folder)


def _migrate(folder: Path) -> None:
    os.environ |= {**environment(folder), "DJANGO_SETTINGS_MODULE": "procurement.settings"}
    import django

    django.setup()
    from django.db import connection

    connection.creation.create_test_db(verbosity=0, serialize=False)
    connection.close()


def _keep(folder: Path, data: Path, template: Path) -> None:
    """Whole or not at all, and only if no other run was quicker."""
    draft = template.with_name(f"draft-of-{template.name}-{os.getpid()}")
    draft.mkdir()
    copy_folder(data, draft / "postgresql")
    shutil.copy2(folder / "secrets.json", draft)
    try:
        draft.rename(template)
    except OSError:
        shutil.rmtree(draft)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
