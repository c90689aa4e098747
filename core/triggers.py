"""Guards in the database that no session can switch off, and append-only tables made of them."""

from typing import Any

import pgtrigger
from django.db.models import Model
from pgtrigger import compiler


class FirmTriggerSql(compiler.UpsertTriggerSql):
    """The package's trigger without its ``pgtrigger.ignore`` door, which any role could open."""

    def get_template(self) -> str:
        return super().get_template().replace("({ignore_func_name}(TG_NAME) IS TRUE)", "(FALSE)")


class Guard(pgtrigger.Trigger):
    """A trigger that always fires, for every role; only the database's owner can disable it."""

    when = pgtrigger.Before

    def compile(self, model: type[Model]) -> compiler.Trigger:
        trigger = super().compile(model)
        trigger.sql = FirmTriggerSql(**trigger.sql.kwargs)
        return trigger


def append_only(table: str) -> tuple[Guard, ...]:
    """The triggers of a table whose rows are written once, for its ``Meta.triggers``.

    UPDATE, DELETE and TRUNCATE are refused. The web role lacks these privileges as well
    (``core.grants``): a trigger stops mistakes, a missing privilege stops everybody but the owner.
    """
    refuse = f"RAISE EXCEPTION 'the rows of {table} are written once and stay' USING ERRCODE = 'PT002';"
    return (
        Guard(name=f"{table}_rows_stay", operation=pgtrigger.Update | pgtrigger.Delete, func=refuse),
        Guard(name=f"{table}_table_stays", operation=pgtrigger.Truncate, level=pgtrigger.Statement, func=refuse),
    )


def is_append_only(model: type[Model]) -> bool:
    triggers: Any = getattr(model._meta, "triggers", ())
    return any(trigger.name.endswith("_rows_stay") for trigger in triggers)
