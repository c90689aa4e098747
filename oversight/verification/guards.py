"""The triggers that record and refuse, each there, switched on, and with the text that our source gives it; and the
policies on walled rows, in place. A partition has all that its table has, and nobody but its owner any right to it."""

from collections import defaultdict
from collections.abc import Iterator

from django.apps import apps
from django.db.models import Model

from core.wall import policies_of, walled_models
from oversight.verification.reading import Counted, Fault, stream

_INSTALLED = """
    SELECT t.tgrelid::regclass::text, t.tgname::text, t.tgenabled::text, p.prosrc
    FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
    WHERE NOT t.tgisinternal
"""
_WALLED = """
    SELECT relname::text, relrowsecurity, ARRAY(SELECT polname::text FROM pg_catalog.pg_policy WHERE polrelid = c.oid)
    FROM pg_catalog.pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
"""
_PARTITIONS = """
    SELECT inhparent::regclass::text, inhrelid::regclass::text, EXISTS (
        SELECT FROM pg_catalog.aclexplode(relacl) AS given WHERE given.grantee <> relowner
    )
    FROM pg_catalog.pg_inherits JOIN pg_catalog.pg_class ON pg_class.oid = inhrelid
    WHERE relkind = 'r' ORDER BY 2
"""


def verify(looked_at: Counted) -> Iterator[Fault]:
    """Hold triggers and policies of the database against those that the source declares."""
    partitions: dict[str, list[str]] = defaultdict(list)
    for whole, partition, open_to_others in stream(_PARTITIONS):
        partitions[whole].append(partition)
        if open_to_others:
            yield Fault(partition, "rights", "others than its owner reach it past its table")
    looked_at["partitions"] = sum(map(len, partitions.values()))
    yield from _triggers(looked_at, partitions)
    yield from _policies(looked_at, partitions)


def _tables(model: type[Model], partitions: dict[str, list[str]]) -> list[str]:
    """Where rows of a model can be written: its table, and each of its partitions."""
    return [model._meta.db_table, *partitions[model._meta.db_table]]


def _policies(looked_at: Counted, partitions: dict[str, list[str]]) -> Iterator[Fault]:
    found = {table: (walled, set(names)) for table, walled, names in stream(_WALLED)}
    looked_at["policies"] = 0
    for model in walled_models():
        asked = {policy.name for policy in policies_of(model)}
        for table in _tables(model, partitions):
            walled, names = found.get(table, (False, set()))
            looked_at["policies"] += len(asked)
            if not walled:
                yield Fault(table, "row-level security", "is switched off")
            for name in sorted(names ^ asked):
                yield Fault(table, name, "the policy is missing" if name in asked else "the policy is not one of ours")


def _triggers(looked_at: Counted, partitions: dict[str, list[str]]) -> Iterator[Fault]:
    installed = {(table, name): (enabled, source) for table, name, enabled, source in stream(_INSTALLED)}
    looked_at["triggers"] = 0
    for model in apps.get_models():
        for trigger in getattr(model._meta, "triggers", ()):
            name, asked = trigger.get_pgid(model), _words(trigger.compile(model).sql.kwargs["func"])
            for table in _tables(model, partitions):
                looked_at["triggers"] += 1
                enabled, source = installed.get((table, name), ("", ""))
                if not enabled:
                    yield Fault(table, name, "the trigger is missing")
                elif enabled != "O":
                    yield Fault(table, name, "the trigger is switched off")
                elif asked not in _words(source):
                    yield Fault(table, name, "the trigger does something else than it should")


def _words(source: str) -> str:
    return " ".join(source.split())
