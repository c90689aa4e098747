"""The triggers that record and refuse, each there, switched on, and with the text that our source gives it; and the
policies on walled rows, in place."""

from collections.abc import Iterator

from django.apps import apps

from core.wall import policies_of, walled_models
from oversight.verification.reading import Counted, Fault, stream

_INSTALLED = """
    SELECT t.tgrelid::regclass::text, t.tgname::text, t.tgenabled::text, p.prosrc
    FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
    WHERE NOT t.tgisinternal
"""
_WALLED = """
    SELECT relname::text, relrowsecurity, ARRAY(SELECT polname::text FROM pg_catalog.pg_policy WHERE polrelid = c.oid)
    FROM pg_catalog.pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
"""


def verify(looked_at: Counted) -> Iterator[Fault]:
    """Hold triggers and policies of the database against those that the source declares."""
    yield from _triggers(looked_at)
    yield from _policies(looked_at)


def _policies(looked_at: Counted) -> Iterator[Fault]:
    found = {table: (walled, set(names)) for table, walled, names in stream(_WALLED)}
    looked_at["policies"] = 0
    for model in walled_models():
        table = model._meta.db_table
        walled, names = found.get(table, (False, set()))
        asked = {policy.name for policy in policies_of(model)}
        looked_at["policies"] += len(asked)
        if not walled:
            yield Fault(table, "row-level security", "is switched off")
        for name in sorted(names ^ asked):
            yield Fault(table, name, "the policy is missing" if name in asked else "the policy is not one of ours")


def _triggers(looked_at: Counted) -> Iterator[Fault]:
    installed = {(table, name): (enabled, source) for table, name, enabled, source in stream(_INSTALLED)}
    looked_at["triggers"] = 0
    for model in apps.get_models():
        for trigger in getattr(model._meta, "triggers", ()):
            looked_at["triggers"] += 1
            table, name = model._meta.db_table, trigger.get_pgid(model)
            enabled, source = installed.get((table, name), ("", ""))
            if not enabled:
                yield Fault(table, name, "the trigger is missing")
            elif enabled != "O":
                yield Fault(table, name, "the trigger is switched off")
            elif _words(trigger.compile(model).sql.kwargs["func"]) not in _words(source):
                yield Fault(table, name, "the trigger does something else than it should")


def _words(source: str) -> str:
    return " ".join(source.split())
