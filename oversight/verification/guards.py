"""The triggers that record and refuse: each is there, switched on, and has the text that our source gives it."""

from collections.abc import Iterator

from django.apps import apps

from oversight.verification.reading import Counted, Fault, stream

_INSTALLED = """
    SELECT t.tgrelid::regclass::text, t.tgname::text, t.tgenabled::text, p.prosrc
    FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
    WHERE NOT t.tgisinternal
"""


def verify(looked_at: Counted) -> Iterator[Fault]:
    """Hold the triggers of the database against those that the models declare."""
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
