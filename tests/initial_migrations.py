"""`python -m tests.initial_migrations`: make the one migration of every room anew. Only until something is installed.

What Django makes of the models stands between the operations written by hand beside it (``BEFORE`` and ``AFTER`` of
``ROOM/migrations/_by_hand.py``). Fields, constraints and indexes that Django would add afterwards become part of the
creation of their tables, and each room is made at once (``core.migrating.RoomMade``); triggers come last. Then the
manifest of what guards the rows is made anew, too (``tests.manifest``).
"""

import importlib
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
QUIET = [sys.executable, "-W", "ignore"]


def main() -> int:
    rooms = sorted(path.parent.parent.name for path in PROJECT.glob("*/migrations/__init__.py"))
    for room in rooms:
        for old in (PROJECT / room / "migrations").glob("[0-9]*.py"):
            old.unlink()
    made = [*QUIET, "manage.py", "makemigrations", "--name", "initial", "--no-header", *rooms]
    subprocess.run(made, cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)
    prepare_django()
    for room in rooms:
        file = PROJECT / room / "migrations" / "0001_initial.py"
        file.write_text(with_what_is_written_by_hand(room, folded(room)))
    folders = [f"{room}/migrations" for room in rooms]
    for command in (("check", "--fix"), ("format",)):
        subprocess.run([sys.executable, "-m", "ruff", *command, "--quiet", *folders], cwd=PROJECT, check=True)
    # In a process of its own, which finds a database of these migrations.
    return subprocess.run([sys.executable, "-m", "tests.manifest"], cwd=PROJECT, check=False).returncode


def prepare_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "procurement.settings")
    import django

    django.setup()


def folded(room: str) -> str:
    """The room's migration with as much as can be in the creation of its tables, as text."""
    from django.db.migrations.writer import MigrationWriter

    migration = importlib.import_module(f"{room}.migrations.0001_initial").Migration("0001_initial", room)
    tables, rest, triggers = _parted(migration.operations)
    _sort_fields(room, tables)
    migration.operations = [*_in_order(room, tables, rest), *rest, *triggers]
    return MigrationWriter(migration, include_header=False).as_string()


def _parted(operations: list[Any]) -> tuple[dict[str, Any], list[Any], list[Any]]:
    """The tables by name with what was added to them, an empty rest, and the triggers."""
    from django.db.migrations import operations as kinds
    from pgtrigger.migrations import AddTrigger

    tables: dict[str, Any] = {}
    triggers = []
    for one in operations:
        if isinstance(one, kinds.CreateModel):
            tables[one.name.lower()] = one
        elif isinstance(one, AddTrigger):
            triggers.append(one)
        elif isinstance(one, kinds.AddField):
            tables[one.model_name_lower].fields.append((one.name, one.field))
        elif isinstance(one, kinds.AddConstraint):
            tables[one.model_name_lower].options.setdefault("constraints", []).append(one.constraint)
        elif isinstance(one, kinds.AddIndex):
            tables[one.model_name_lower].options.setdefault("indexes", []).append(one.index)
        else:
            raise TypeError(f"{one} has no place in the creation of a table")
    return tables, [], triggers


def _sort_fields(room: str, tables: dict[str, Any]) -> None:
    from django.apps import apps

    for name, table in tables.items():
        order = [field.name for field in apps.get_model(room, name)._meta.get_fields(include_hidden=True)]
        table.fields.sort(key=lambda pair, order=order: order.index(pair[0]))


def _in_order(room: str, tables: dict[str, Any], rest: list[Any]) -> list[Any]:
    """The tables so that each points at earlier ones only. A field that closes a circle goes to the ``rest``, and so
    do the constraints and indexes of its table that may name it."""
    sorted_tables: list[Any] = []
    waiting, done = dict(tables), set()
    while waiting:
        free = [name for name, table in waiting.items() if not _missing(room, name, table, done)]
        if not free:
            wanted = [target for name, table in waiting.items() for target in _missing(room, name, table, done)]
            free = [max(waiting, key=wanted.count)]
            _take_late_fields(room, free[0], waiting[free[0]], done, rest)
        for name in free:
            sorted_tables.append(waiting.pop(name))
            done.add(name)
    return sorted_tables


def _take_late_fields(room: str, name: str, table: Any, done: set[str], rest: list[Any]) -> None:
    from django.db.migrations import operations as kinds

    late = [(field, kind) for field, kind in table.fields if _targets(room, kind) - done - {name}]
    table.fields = [pair for pair in table.fields if pair not in late]
    names = {field for field, _kind in late}
    indexes = table.options.pop("indexes", [])
    rest += [kinds.AddField(name, field, kind) for field, kind in late]
    rest += [kinds.AddIndex(name, index) for index in indexes if names & set(index.fields)]
    rest += [kinds.AddConstraint(name, constraint) for constraint in table.options.pop("constraints", [])]
    table.options["indexes"] = [index for index in indexes if not names & set(index.fields)]


def _missing(room: str, name: str, table: Any, done: set[str]) -> set[str]:
    return {target for _field, kind in table.fields for target in _targets(room, kind)} - done - {name}


def _targets(room: str, field: Any) -> set[str]:
    """The room's own tables that a field points at."""
    relation = getattr(field, "remote_field", None)
    found = set()
    for target in (getattr(relation, "model", None), getattr(relation, "through", None)):
        label = target if isinstance(target, str) or target is None else target._meta.label_lower
        app, _point, model = (label or "").lower().rpartition(".")
        if model and app in ("", room):
            found.add(model)
    return found


def with_what_is_written_by_hand(room: str, text: str) -> str:
    """The migration's text between the operations of ``_by_hand``, after core's and with core's kind of triggers."""
    text = text.replace("pgtrigger.migrations.AddTrigger(", "core.triggers.AddTrigger(")
    text = text.replace("import pgtrigger.migrations\n", "import core.triggers\n")
    heading = r"class Migration\(migrations\.Migration\):\n+    initial = True\n"
    text = re.sub(heading, "class Migration(RoomMade):\n", text)
    text = text.replace("\nfrom django.db import", "\nfrom core.migrating import RoomMade\nfrom django.db import", 1)
    if room != "core" and '("core", "0001_initial")' not in text:
        text = re.sub(r"    dependencies = \[", '    dependencies = [("core", "0001_initial"), ', text, count=1)
    by_hand = PROJECT / room / "migrations" / "_by_hand.py"
    names = re.findall(r"^(BEFORE|AFTER) = ", by_hand.read_text(), re.MULTILINE) if by_hand.exists() else []
    if "BEFORE" in names:
        text = text.replace("    operations = [\n", "    operations = [\n        *BEFORE,\n", 1)
    if "AFTER" in names:
        text = text.rstrip().removesuffix("]") + "    *AFTER,\n    ]\n"
    if names:
        told = f"from {room}.migrations._by_hand import {', '.join(sorted(names))}"
        text = text.replace("\n\nclass Migration", f"\n{told}\n\n\nclass Migration", 1)
    return text


if __name__ == "__main__":
    sys.exit(main())
