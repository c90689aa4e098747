"""Guards in the database that no session can switch off or deceive; append-only and recorded tables made of them."""

from collections.abc import Iterator
from typing import Any

import pgtrigger
from django.apps import apps
from django.db.migrations.state import ProjectState
from django.db.models import Model
from pgtrigger import compiler, migrations

# A session may make temporary tables of any name, and without this they would be found before ours: a guard
# that looks up a deadline must look in our table.
SEARCH_PATH = "SET search_path = public, pg_temp"
# A recorder writes where the web role may not, and reads a row alike in whatever zone or notation a session lives.
AS_RECORDER = f"SECURITY DEFINER {SEARCH_PATH} SET timezone = 'UTC' SET bytea_output = 'hex'"
# What one row is, in 32 bytes. Absent values are left out, so that a new column that may be empty changes nothing.
FINGERPRINT = "sha256(convert_to(jsonb_strip_nulls(to_jsonb({row}))::text, 'UTF8'))"
# The server's number stands with the transaction's, which counts anew on another server.
TRANSACTION = "(SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint"
_RECORD = """
    WITH recorded AS (
        INSERT INTO core_rowrecord
            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)
        SELECT '{table}', changed_rows."{key}"::text, lower(TG_OP), TRANSACTION, session_user, clock_timestamp(),
            FINGERPRINT, BEFORE
        FROM changed_rows
        RETURNING id, recorded_at
    )
    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;
    RETURN NULL;
""".replace("TRANSACTION", TRANSACTION).replace("FINGERPRINT", FINGERPRINT.format(row="changed_rows"))
_BEFORE = f"""(
    SELECT {FINGERPRINT.format(row="rows_before")} FROM rows_before WHERE rows_before."{{key}}" = changed_rows."{{key}}"
)"""


# What a recorder sees of a statement.
_REFERENCING = {
    "insert": {"new": "changed_rows"},
    "update": {"old": "rows_before", "new": "changed_rows"},
    "delete": {"old": "changed_rows"},
}


class AddTrigger(migrations.AddTrigger):
    """What a migration adds a trigger by. Django's picture of the model stays: it would be drawn anew with all that
    points at it, for each of hundreds, and shows no trigger."""

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        options = state.models[app_label, self.model_name].options
        options["triggers"] = [*options.get("triggers", []), self.trigger]


class FirmTriggerSql(compiler.UpsertTriggerSql):
    """The package's trigger with two doors shut: ``pgtrigger.ignore``, which any role could set, and the
    search path of the session."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.data = self.data.replace("$$ LANGUAGE plpgsql;", f"$$ LANGUAGE plpgsql {SEARCH_PATH};")

    def get_template(self) -> str:
        return super().get_template().replace("({ignore_func_name}(TG_NAME) IS TRUE)", "(FALSE)")


class RecorderSql(FirmTriggerSql):
    """A firm trigger that writes with its owner's rights."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # The last function is the trigger's own; the one before it is the package's and stays as it is.
        before, after = self.data.rsplit(f"$$ LANGUAGE plpgsql {SEARCH_PATH};", 1)
        self.data = f"{before}$$ LANGUAGE plpgsql {AS_RECORDER};{after}"


class Guard(pgtrigger.Trigger):
    """A trigger that always fires, for every role; only the database's owner can disable it."""

    when = pgtrigger.Before
    sql_class: type[FirmTriggerSql] = FirmTriggerSql

    def compile(self, model: type[Model]) -> compiler.Trigger:  # type: ignore[override]  # untyped there
        trigger = super().compile(model)  # type: ignore[arg-type]  # as above
        trigger.sql = self.sql_class(**trigger.sql.kwargs)
        return trigger


class Recorder(Guard):
    """Writes one row record (``core.models.RowRecord``) a row that a statement changed, whoever sent it and however:
    one INSERT … SELECT over the rows before or after."""

    when = pgtrigger.After
    level = pgtrigger.Statement
    sql_class = RecorderSql


class FactsStay(Guard):
    """Refuses an UPDATE of what its table does not let change (``recorded``): most columns, ever; a column that an act
    fills, once it is filled; a status, but for the moves that the model's ``MOVES`` hold.

    All of it stands in the trigger's condition: an UPDATE that may be calls no function.
    """

    when = pgtrigger.Before
    operation = pgtrigger.Update

    def __init__(self, *, table: str, fills: str, changes: str) -> None:
        refuse = f"RAISE EXCEPTION 'what a row of {table} says stays' USING ERRCODE = 'PT002';"
        super().__init__(name=f"{table}_facts_stay", func=refuse)
        self.fills, self.changes = fills.split(), changes.split()

    def compile(self, model: type[Model]) -> compiler.Trigger:  # type: ignore[override]  # as above
        self.condition = pgtrigger.Condition(" OR ".join(self._refused(model)))
        return super().compile(model)

    def _refused(self, model: type[Model]) -> Iterator[str]:
        fields = {field.name: field for field in model._meta.concrete_fields if not field.generated}
        # A migration's picture of a model has its columns and not its moves.
        moves = getattr(apps.get_model(model._meta.label_lower), "MOVES", {})
        filled, free = ({fields[name] for name in names} for names in (self.fills, self.changes))
        for field in fields.values():
            differs = f'OLD."{field.column}" IS DISTINCT FROM NEW."{field.column}"'
            if field in filled:
                is_filled = "IS NOT NULL" if field.null else "<> ''"
                yield f'OLD."{field.column}" {is_filled} AND {differs}'
            elif field not in free:
                yield differs
            elif field.name == "status" and moves:
                held = ", ".join(f"'{one}>{other}'" for one, others in moves.items() for other in sorted(others))
                yield f"""{differs} AND OLD."status" || '>' || NEW."status" NOT IN ({held})"""


def append_only(table: str, *, unless: str = "", recorded: bool = True) -> tuple[Guard, ...]:
    """The triggers of a table whose rows are written once, for its ``Meta.triggers``.

    UPDATE, DELETE and TRUNCATE are refused. The web role lacks these privileges as well
    (``core.grants``): a trigger stops mistakes, a missing privilege stops everybody but the owner. ``unless`` is the
    one UPDATE that a table has to allow its owner, as SQL over OLD and NEW. Each new row, and that UPDATE, leaves
    its record, but for the tables of the trail itself (``recorded=False``).
    """
    refuse = f"RAISE EXCEPTION 'the rows of {table} are written once and stay' USING ERRCODE = 'PT002';"
    stay = f"IF TG_OP = 'UPDATE' THEN IF {unless} THEN RETURN NEW; END IF; END IF; {refuse}" if unless else refuse
    return (
        Guard(name=f"{table}_rows_stay", operation=pgtrigger.Update | pgtrigger.Delete, func=stay),
        Guard(name=f"{table}_table_stays", operation=pgtrigger.Truncate, level=pgtrigger.Statement, func=refuse),
        *((_recorder(table, pgtrigger.Insert),) if recorded else ()),
        *((_recorder(table, pgtrigger.Update),) if recorded and unless else ()),
    )


def recorded(table: str, *, fills: str = "", changes: str = "", removed: bool | str = False) -> tuple[Guard, ...]:
    """The triggers of a table whose rows may change as it says here, and where each change leaves its record.

    ``fills`` names the fields that are empty until their act, and then stay; ``changes`` those that may change again, a
    status by its ``MOVES`` only. All others stay as they were first written. Rows stay too, unless they may be
    ``removed``: always, or where this condition over OLD holds, in SQL. TRUNCATE, which no recorder could follow, is
    refused. This holds for every role, by whatever door: past its acts nothing changes what is settled.
    """
    refuse = f"RAISE EXCEPTION 'the rows of {table} are removed one by one' USING ERRCODE = 'PT002';"
    remain = f"RAISE EXCEPTION 'the rows of {table} remain' USING ERRCODE = 'PT002';"
    unless = f"IF {removed} THEN RETURN OLD; END IF; " if isinstance(removed, str) else ""
    return (
        FactsStay(table=table, fills=fills, changes=changes),
        *(
            ()
            if removed is True
            else (Guard(name=f"{table}_rows_remain", operation=pgtrigger.Delete, func=unless + remain),)
        ),
        _recorder(table, pgtrigger.Insert),
        _recorder(table, pgtrigger.Update),
        _recorder(table, pgtrigger.Delete),
        Guard(name=f"{table}_not_emptied", operation=pgtrigger.Truncate, level=pgtrigger.Statement, func=refuse),
    )


def is_append_only(model: type[Model]) -> bool:
    """Whether the rows of a model are written once."""
    return _has(model, "_rows_stay")


def recorded_operations(model: type[Model]) -> frozenset[str]:
    """Which of insert, update and delete the rows of a model allow at all, each leaving its record."""
    return frozenset(name for name in _REFERENCING if _has(model, f"_{name}_recorded"))


def is_recorded(model: type[Model]) -> bool:
    """Whether each change of a row of a model leaves its record in the trail."""
    return _has(model, "_insert_recorded")


def recorder_sql(operation: str, table: str, key: str) -> str:
    """What a recorder does, as a body in PL/pgSQL; ``operation`` in small letters."""
    body = _RECORD.replace("BEFORE", _BEFORE if operation == "update" else "NULL")
    return body.format(table=table, key=key)


def _recorder(table: str, operation: Any) -> Recorder:
    name = str(operation).lower()
    return Recorder(
        name=f"{table}_{name}_recorded",
        operation=operation,
        referencing=pgtrigger.Referencing(**_REFERENCING[name]),
        func=pgtrigger.Func(recorder_sql(name, "{meta.db_table}", "{meta.pk.column}")),
    )


def _has(model: type[Model], ending: str) -> bool:
    triggers: Any = getattr(model._meta, "triggers", ())
    return any(trigger.name.endswith(ending) for trigger in triggers)
