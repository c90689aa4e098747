#!/usr/bin/env python
"""Django's command line, with the database role that the command needs and, if none is up, with servers."""

import os
import sys

from procurement import embedded

# These change the database itself, or check every row of it; everything else runs with the rights of the web role.
OWNER_COMMANDS = {
    "migrate",
    "flush",
    "sqlflush",
    "prepare",
    "rebuild_search",
    "reset_demo",
    "seed_demo",
    "test",
    "verify_trail",
}
# These work on files only, and need no database to be up.
FILE_COMMANDS = {"help", "version", "makemigrations", "check", "collectstatic", "spectacular", "translations"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "procurement.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if command in OWNER_COMMANDS:
        os.environ.setdefault("DB_ROLE", "owner")
    from django.core.management import execute_from_command_line

    if os.environ.get("DATABASE_URL") or command in FILE_COMMANDS or command.startswith("-"):
        execute_from_command_line(sys.argv)
        return
    with embedded.running(embedded.folder()):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
