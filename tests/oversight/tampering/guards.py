"""Doors in what guards the rows: triggers, functions, policies, rights, constraints, columns, partitions, the clock."""

import random
from typing import Any

from psycopg.sql import SQL

from tests.oversight.tampering.tools import NotPossible, Tampering, acting_as, every_table, execute, name


def _triggers(table: str) -> list[tuple[str, str, str]]:
    """Name, function and definition of each trigger of a table."""
    found = execute(
        "SELECT tgname::text, tgfoid::regproc::text, pg_get_triggerdef(pg_trigger.oid) FROM pg_trigger"
        " WHERE tgrelid = %s::regclass AND NOT tgisinternal ORDER BY 1",
        table,
    )
    if not found:
        raise NotPossible
    return found


def _partitions() -> list[tuple[str, str, str]]:
    """Table, partition and bounds of each partition."""
    return execute(
        "SELECT inhparent::regclass::text, inhrelid::regclass::text, pg_get_expr(relpartbound, oid)"
        " FROM pg_inherits JOIN pg_class ON oid = inhrelid WHERE relkind = 'r' ORDER BY 2"
    )


def _by(rng: random.Random, statement: Any) -> str:
    """Whoever may: the owner, or the superuser."""
    who = rng.choice(("owner", "superuser"))
    with acting_as(who):
        execute(statement)
    return who


def trigger(rng: random.Random) -> Tampering:
    """Switched off, dropped, or made to fire never or for replicas only; on a table or on a partition."""
    table = rng.choice([*every_table(), *(partition for _whole, partition, _bounds in _partitions())])
    one, _function, definition = rng.choice(_triggers(table))
    never = SQL(definition.replace(" EXECUTE FUNCTION", " WHEN (false) EXECUTE FUNCTION"))
    statement = rng.choice((
        SQL("ALTER TABLE {} DISABLE TRIGGER {}").format(name(table), name(one)),
        SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(name(table)),
        SQL("ALTER TABLE {} ENABLE REPLICA TRIGGER {}").format(name(table), name(one)),
        SQL("ALTER TABLE {} ENABLE ALWAYS TRIGGER {}").format(name(table), name(one)),
        SQL("DROP TRIGGER {} ON {}").format(name(one), name(table)),
        SQL("DROP TRIGGER {} ON {};").format(name(one), name(table)) + never,
        SQL("ALTER TABLE {} DISABLE TRIGGER ALL").format(name(table)),
    ))  # fmt: skip
    who = "superuser" if "ALL" in str(statement) else _by(rng, SQL("SELECT 1"))
    with acting_as(who):
        execute(statement)
    return Tampering(f"{who}: {statement.as_string()}", {(table, "")})


def function(rng: random.Random) -> Tampering:
    """Another body, or an early RETURN before the right one; or the right one with other rights or another path."""
    if rng.random() < 0.6:
        table = rng.choice(every_table())
        _one, called, _definition = rng.choice(_triggers(table))
        mark = table
        [(definition,)] = execute("SELECT pg_get_functiondef(%s::regproc)", called)
        result = "RETURN NULL;" if "after" in _definition.lower() else "RETURN NEW;"
    else:
        found = execute(
            "SELECT oid::regprocedure::text, pg_get_functiondef(oid) FROM pg_proc WHERE prokind = 'f'"
            " AND pronamespace = 'public'::regnamespace AND prolang <> 13 AND prorettype <> 'trigger'::regtype"
            " AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e') ORDER BY 1"
        )
        mark, definition = rng.choice(found)
        called, result = mark, ""
    how = rng.choice(("early", "empty", "path", "rights", "owner"))
    if how == "early" and result and "BEGIN" in definition:
        execute(definition.replace("BEGIN", f"BEGIN {result}", 1))
    elif how == "empty" and result:
        head = definition[: definition.index("AS $function$")]
        execute(f"{head} AS $function$ BEGIN {result} END $function$")
    elif how == "path":
        kind = "FUNCTION"
        execute(f"ALTER {kind} {called}{'' if '(' in called else '()'} SET search_path = pg_temp, public")
    elif how == "rights":
        execute(f"GRANT EXECUTE ON FUNCTION {called}{'' if '(' in called else '()'} TO web WITH GRANT OPTION")
    elif how == "owner":
        execute(f"ALTER FUNCTION {called}{'' if '(' in called else '()'} OWNER TO postgres")
    else:
        raise NotPossible
    return Tampering(f"function {called}: {how}", {(mark, "")})


def policy(rng: random.Random) -> Tampering:
    """Widened, dropped, one more, or the whole wall taken down."""
    found = execute(
        "SELECT polrelid::regclass::text, polname::text, polcmd::text FROM pg_policy"
        " WHERE polrelid::regclass::text <> 'accounts_session' ORDER BY 1, 2"
    )
    table, one, command = rng.choice(found)
    clause = "WITH CHECK" if command == "a" else "USING"
    statement = rng.choice((
        f"ALTER POLICY {one} ON {table} {clause} (true)",
        f"ALTER POLICY {one} ON {table} TO owner",
        f"DROP POLICY {one} ON {table}",
        f"CREATE POLICY more ON {table} USING (true)",
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    ))  # fmt: skip
    if statement == f"ALTER POLICY {one} ON {table} {clause} (true)" and _is_true(table, one):
        raise NotPossible
    return Tampering(f"{_by(rng, statement)}: {statement}", {(table, "")})


def _is_true(table: str, one: str) -> bool:
    return execute(
        "SELECT coalesce(pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) = 'true' FROM pg_policy"
        " WHERE polrelid = %s::regclass AND polname = %s",
        table,
        one,
    ) == [(True,)]


def right(rng: random.Random) -> Tampering:
    """A right, or a role, that somebody was not given by the migrations; or that they were given and lost."""
    table = rng.choice(every_table())
    column = execute(
        "SELECT attname::text FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
        " ORDER BY attnum LIMIT 1", table,
    )[0][0]  # fmt: skip
    statement, mark = rng.choice((
        (f"GRANT TRUNCATE ON {table} TO web", table),
        (f"GRANT TRIGGER ON {table} TO PUBLIC", table),
        (f"GRANT SELECT ON {table} TO PUBLIC", table),
        (f'GRANT UPDATE ("{column}") ON {table} TO PUBLIC', table),
        (f"GRANT DELETE ON {table} TO web WITH GRANT OPTION", table),
        (f"REVOKE SELECT ON {table} FROM web", table),
        (f"ALTER TABLE {table} OWNER TO postgres", table),
        ("GRANT owner TO web", "owner"),
        ("GRANT pg_write_all_data TO web", "pg_write_all_data"),
        ("ALTER ROLE web BYPASSRLS", "web"),
        ("ALTER ROLE web SUPERUSER", "web"),
        ("ALTER ROLE web REPLICATION", "web"),
        ("ALTER ROLE owner BYPASSRLS", "owner"),
        ("GRANT SET ON PARAMETER session_replication_role TO web", "session_replication_role"),
        ("ALTER ROLE web SET session_replication_role = replica", "session_replication_role"),
        ("ALTER ROLE owner SET search_path = pg_temp, public", "search_path"),
        ("ALTER DEFAULT PRIVILEGES FOR ROLE owner GRANT ALL ON TABLES TO web", "r"),
        ("CREATE ROLE friend LOGIN IN ROLE owner", "owner"),
        ("CREATE SCHEMA web", "web"),
        ("GRANT CREATE ON SCHEMA public TO web", "public"),
    ))  # fmt: skip
    execute(statement)
    return Tampering(statement, {(mark, "")})


def constraint(rng: random.Random) -> Tampering:
    """Dropped, or put back without holding for what is there."""
    table = rng.choice(every_table())
    found = execute(
        "SELECT conname::text, pg_get_constraintdef(oid), contype::text FROM pg_constraint"
        " WHERE conrelid = %s::regclass AND contype IN ('c', 'f', 'u', 'x', 'p') AND conparentid = 0 ORDER BY 1", table,
    )  # fmt: skip
    if not found:
        raise NotPossible
    one, definition, kind = rng.choice(found)
    drop = SQL("ALTER TABLE {} DROP CONSTRAINT {} CASCADE").format(name(table), name(one))
    if kind in "cf" and rng.random() < 0.5:
        add = SQL("ALTER TABLE {} ADD CONSTRAINT {} ").format(name(table), name(one))
        looser = definition if kind == "f" else "CHECK (true)"
        statement = drop + SQL(";") + add + SQL(looser + " NOT VALID")
    else:
        statement = drop
    return Tampering(f"{_by(rng, statement)}: {statement.as_string()}", {(table, "")})


def column(rng: random.Random) -> Tampering:
    """Another default, a value no longer needed, one column more, another kind; or the table as a whole."""
    table = rng.choice(every_table())
    one, kind, needed = rng.choice(execute(
        "SELECT attname::text, format_type(atttypid, atttypmod), attnotnull FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attidentity = '' ORDER BY attnum",
        table,
    ))  # fmt: skip
    statement = rng.choice((
        f'ALTER TABLE {table} ALTER "{one}" SET DEFAULT {_default(kind)}',
        f'ALTER TABLE {table} ALTER "{one}" DROP NOT NULL' if needed else f'ALTER TABLE {table} ADD more text',
        f"ALTER TABLE {table} ADD more bigint DEFAULT 7",
        f"CREATE RULE quiet AS ON UPDATE TO {table} DO INSTEAD NOTHING",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE TABLE heir () INHERITS ({table})",
        f"CREATE UNIQUE INDEX more ON {table} ((1)) WHERE false",
    ))  # fmt: skip
    return Tampering(f"{_by(rng, statement)}: {statement}", {(table, ""), ("heir", "")})


def broken(rng: random.Random) -> Tampering:
    """A table without one of its columns, or with another kind in it: what asks for it cannot even ask."""
    table = rng.choice(["core_rowrecord", "core_link", "core_event", "oversight_trailhead", *every_table()])
    one = rng.choice(execute(
        "SELECT attname::text FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
        " ORDER BY attnum", table,
    ))[0]  # fmt: skip
    statement = rng.choice((
        f'ALTER TABLE {table} DROP COLUMN "{one}" CASCADE',
        f'ALTER TABLE {table} RENAME COLUMN "{one}" TO another',
        f"ALTER TABLE {table} RENAME TO another",
    ))  # fmt: skip
    return Tampering(f"{_by(rng, statement)}: {statement}", {(table, "")})


def _default(kind: str) -> str:
    plain = kind.split("(")[0]
    values = {"boolean": "true", "jsonb": "'[7]'", "bytea": "'\\x07'", "date": "'2001-01-01'",
              "uuid": "gen_random_uuid()", "timestamp with time zone": "'2001-01-01'"}  # fmt: skip
    return values.get(plain, "'{7}'" if kind.endswith("[]") else "'7'")


def partition(rng: random.Random) -> Tampering:
    """Opened to others, stripped, taken away, or put back with other bounds."""
    table, part, bounds = rng.choice(_partitions())
    detach = f"ALTER TABLE {table} DETACH PARTITION {part}"
    statement = rng.choice((
        f"GRANT SELECT ON {part} TO web",
        f"GRANT INSERT ON {part} TO PUBLIC",
        detach,
        f"{detach}; ALTER TABLE {table} ATTACH PARTITION {part} FOR VALUES FROM ('1990-01-01Z') TO ('1990-02-01Z')",
        f"ALTER TABLE {part} DISABLE TRIGGER USER",
        f"ALTER TABLE {part} OWNER TO postgres",
        f"CREATE TABLE {table}_1990_03 PARTITION OF {table} FOR VALUES FROM ('1990-03-01Z') TO ('1990-04-01Z')",
        f"CREATE TABLE bare PARTITION OF {table} FOR VALUES FROM ('1990-03-01Z') TO ('1990-04-01Z')",
    ))  # fmt: skip
    execute(statement)
    return Tampering(f"{statement} ({bounds})", {(table, ""), (part, ""), (f"{table}_1990_03", ""), ("bare", "")})


def clock(rng: random.Random) -> Tampering:
    """Time set, or the installation marked as one whose time can be set; also if it is put back afterwards."""
    marks = {("core_installation", "true")}
    with acting_as(rng.choice(("owner", "superuser"))):
        execute("SELECT mark_installation('demo')")
        execute("SELECT set_platform_clock(now() - interval '1 day')")
        back = rng.random() < 0.5
        if back:
            execute("SELECT set_platform_clock(NULL)")
            execute("SELECT mark_installation('production')")
    return Tampering(f"the clock is set{' and set free' if back else ''}", marks)


def catalogue(rng: random.Random) -> Tampering:
    """Something beside the tables that no migration makes."""
    statement, mark = rng.choice((
        ("CREATE FUNCTION public.quiet() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';"
         "CREATE EVENT TRIGGER quiet ON ddl_command_start EXECUTE FUNCTION quiet()", "quiet"),
        ("CREATE FUNCTION public.lower(varchar) RETURNS text LANGUAGE sql AS 'SELECT $1::text'",
         "lower(character varying)"),
        ("CREATE FUNCTION pg_temp.same(bigint, text) RETURNS boolean LANGUAGE sql AS 'SELECT true';"
         "CREATE OPERATOR public.= (LEFTARG = bigint, RIGHTARG = text, FUNCTION = pg_temp.same)", ""),
        ("CREATE DOMAIN public.cost AS numeric", "cost"),
        ("CREATE VIEW public.prices AS SELECT 1 AS price", "prices"),
        ("ALTER TABLE core_unlinked SET UNLOGGED", "core_unlinked"),
        ("ALTER SEQUENCE core_event_id_seq INCREMENT BY -1", "core_event_id_seq"),
        ("ALTER SEQUENCE reference_tender CYCLE", "reference_tender"),
        ("DROP EXTENSION pg_trgm CASCADE", "pg_trgm"),
        ("CREATE CAST (bigint AS bytea) WITH INOUT", "bigint to bytea"),
        ("DROP INDEX link_once_a_record", "core_link"),
    ))  # fmt: skip
    execute(statement)
    return Tampering(statement, {(mark, "")} if mark else {("=(bigint,text)", "")})


DOORS = (trigger, function, policy, right, constraint, column, broken, partition, clock, catalogue)
