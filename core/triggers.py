"""Guards in the database that no session can switch off or deceive, and append-only tables made of them."""

from typing import Any

import pgtrigger
from django.db.models import Model
from pgtrigger import compiler

# A session may make temporary tables of any name, and without this they would be found before ours: a guard
# that looks up a deadline must look in our table.
SEARCH_PATH = "SET search_path = public, pg_temp"


class FirmTriggerSql(compiler.UpsertTriggerSql):
    """The package's trigger with two doors shut: ``pgtrigger.ignore``, which any role could set, and the
    search path of the session."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.data = self.data.replace("$$ LANGUAGE plpgsql;", f"$$ LANGUAGE plpgsql {SEARCH_PATH};")

    def get_template(self) -> str:
        return super().get_template().replace("({ignore_func_name}(TG_NAME) IS TRUE)", "(FALSE)")


class Guard(pgtrigger.Trigger):
    """A trigger that always fires, for every role; only the database's owner can disable it."""

    when = pgtrigger.Before

    def compile(self, model: type[Model]) -> compiler.Trigger:  # type: ignore[override]
        trigger = super().compile(model)  # type: ignore[arg-type]
        trigger.sql = FirmTriggerSql(**trigger.sql.kwargs)
        return trigger


def append_only(table: str, *, unless: str = "") -> tuple[Guard, ...]:
    """The triggers of a table whose rows are written once, for its ``Meta.triggers``.

    UPDATE, DELETE and TRUNCATE are refused. The web role lacks these privileges as well
    (``core.grants``): a trigger stops mistakes, a missing privilege stops everybody but the owner. ``unless`` is the
    one UPDATE that a table has to allow its owner, as SQL over OLD and NEW.
    """
    refuse = f"RAISE EXCEPTION 'the rows of {table} are written once and stay' USING ERRCODE = 'PT002';"
    stay = f"IF TG_OP = 'UPDATE' THEN IF {unless} THEN RETURN NEW; END IF; END IF; {refuse}" if unless else refuse
    return (
        Guard(name=f"{table}_rows_stay", operation=pgtrigger.Update | pgtrigger.Delete, func=stay),
        Guard(name=f"{table}_table_stays", operation=pgtrigger.Truncate, level=pgtrigger.Statement, func=refuse),
    )


def is_append_only(model: type[Model]) -> bool:
    """Whether the rows of a model are written once."""
    triggers: Any = getattr(model._meta, "triggers", ())
    return any(trigger.name.endswith("_rows_stay") for trigger in triggers)
