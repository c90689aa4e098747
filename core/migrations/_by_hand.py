"""What no model says: extensions, the clock, who is told what, and the trail's sequencer."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations

from core.migrations._partitions import GUARDS, MONTHS, NO_MONTHS, divided
from core.migrations._search import NO_SEARCH, SEARCH
from core.triggers import AS_RECORDER, recorder_sql

# Each function looks in our own tables first, whatever temporary tables the session made. A clock that was set
# counts only while the installation is marked demo or test: marking it as production sets the clock free.
CLOCK = """
CREATE TABLE core_installation (one boolean PRIMARY KEY DEFAULT true CHECK (one), kind text NOT NULL
    CHECK (kind IN ('production', 'demo', 'test')));
CREATE TABLE core_clock (one boolean PRIMARY KEY DEFAULT true CHECK (one), instant timestamptz NOT NULL);

CREATE FUNCTION platform_clock() RETURNS timestamptz LANGUAGE sql VOLATILE SET search_path = public, pg_temp AS
    $$ SELECT coalesce(
        (SELECT instant FROM core_clock WHERE EXISTS (SELECT FROM core_installation WHERE kind IN ('demo', 'test'))),
        clock_timestamp()) $$;

CREATE FUNCTION mark_installation(new_kind text) RETURNS void LANGUAGE sql SET search_path = public, pg_temp AS
    $$ INSERT INTO core_installation (kind) VALUES (new_kind)
       ON CONFLICT (one) DO UPDATE SET kind = excluded.kind $$;

CREATE FUNCTION set_platform_clock(new_instant timestamptz) RETURNS void LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM core_installation WHERE kind IN ('demo', 'test')) THEN
        RAISE EXCEPTION 'the clock can be set only in an installation marked demo or test';
    END IF;
    DELETE FROM core_clock;
    IF new_instant IS NOT NULL THEN
        INSERT INTO core_clock (instant) VALUES (new_instant);
    END IF;
END $$;

REVOKE EXECUTE ON FUNCTION mark_installation(text), set_platform_clock(timestamptz) FROM PUBLIC;
"""

NO_CLOCK = """
DROP FUNCTION set_platform_clock(timestamptz);
DROP FUNCTION mark_installation(text);
DROP FUNCTION platform_clock();
DROP TABLE core_clock;
DROP TABLE core_installation;
"""

# Neither table has a model; what is set in them is recorded like any row (``core.trail.BY_HAND``).
CLOCK_RECORDED = "".join(
    f"""
CREATE FUNCTION {table}_{operation}_recorded() RETURNS trigger LANGUAGE plpgsql {AS_RECORDER} AS $$
BEGIN {recorder_sql(operation, table, "one")} END $$;
CREATE TRIGGER {table}_{operation}_recorded AFTER {operation} ON {table} {referencing}
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_{operation}_recorded();
"""
    for table in ("core_clock", "core_installation")
    for operation, referencing in (
        ("insert", "REFERENCING NEW TABLE AS changed_rows"),
        ("update", "REFERENCING OLD TABLE AS rows_before NEW TABLE AS changed_rows"),
        ("delete", "REFERENCING OLD TABLE AS changed_rows"),
    )
)

# The policy of rows with an audience (``core.wall.TOLD``): the settings are those of ``core.acting``.
TOLD = """
CREATE FUNCTION is_told(audience text, organisations bigint[]) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT audience = 'public'
        OR nullif(current_setting('procurement.organisation', true), '')::bigint = ANY (organisations)
        OR nullif(current_setting('procurement.predecessors', true), '')::bigint[] && organisations
        OR audience = 'agency' AND current_setting('procurement.reads', true) = 'agency'
        OR current_setting('procurement.reads', true) = 'all' $$;
"""
NOT_TOLD = "DROP FUNCTION is_told(text, bigint[])"

# What waits for its link is a table of its own, written with each record and emptied by the sequencer: whatever
# commits late is simply linked later, and "everything after the last one" is never asked. Without an index, because
# it is read whole. The sequencer is one at a time, takes its turn before it looks, and hashes many in one statement.
# Each record is looked up by its key in its month, whatever the planner believes of tables that have just grown.
SEQUENCER = """
CREATE TABLE core_unlinked (record_id bigint NOT NULL, recorded_at timestamptz NOT NULL);

CREATE FUNCTION chain_step(so_far bytea, first bytea, link bytea) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT sha256(coalesce(so_far, first) || link) $$;

CREATE AGGREGATE chain(first bytea, link bytea) (SFUNC = chain_step, STYPE = bytea);

CREATE FUNCTION link_trail(most bigint) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp SET timezone = 'UTC' SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    last_number bigint;
    last_hash bytea;
    made bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('trail', 0));
    SELECT number, hash INTO last_number, last_hash FROM core_link ORDER BY number DESC LIMIT 1;
    WITH taken AS (
        DELETE FROM core_unlinked WHERE ctid = ANY (ARRAY(SELECT ctid FROM core_unlinked LIMIT most))
        RETURNING *
    )
    INSERT INTO core_link (number, record_id, recorded_at, hash)
    SELECT coalesce(last_number, 0) + row_number() OVER in_order, id, record.recorded_at, chain(coalesce(last_hash, ''), convert_to(
        concat_ws(E'\\n', id, operation, system, transaction, role,
            to_char(record.recorded_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), encode(fingerprint, 'hex'),
            coalesce(encode(before, 'hex'), ''), "table", key), 'UTF8')) OVER in_order
    FROM taken CROSS JOIN LATERAL (
        SELECT * FROM core_rowrecord r WHERE r.id = taken.record_id AND r.recorded_at = taken.recorded_at OFFSET 0
    ) AS record
    WINDOW in_order AS (ORDER BY id);
    GET DIAGNOSTICS made = ROW_COUNT;
    RETURN made;
END $$;
"""
NO_SEQUENCER = """
DROP FUNCTION link_trail(bigint);
DROP AGGREGATE chain(bytea, bytea);
DROP FUNCTION chain_step(bytea, bytea, bytea);
DROP TABLE core_unlinked;
"""

BEFORE = [
    TrigramExtension(),
    BtreeGistExtension(),
    migrations.RunSQL(CLOCK, NO_CLOCK),
    migrations.RunSQL(TOLD, NOT_TOLD),
    migrations.RunSQL(SEQUENCER, NO_SEQUENCER),
    migrations.RunSQL(GUARDS + MONTHS, NO_MONTHS),
]
AFTER = [
    migrations.RunSQL(CLOCK_RECORDED, migrations.RunSQL.noop),
    migrations.RunSQL(SEARCH, NO_SEARCH),
    divided("core_event", key="id", instant="at"),
    divided("core_rowrecord", key="id", instant="recorded_at"),
    divided("core_link", key="number", instant="recorded_at"),
    migrations.RunSQL(
        "CREATE UNIQUE INDEX link_once_a_record ON core_link (record_id, recorded_at)", migrations.RunSQL.noop
    ),
    # At once, so that what the rooms' own migrations record lies in its month.
    migrations.RunSQL("SELECT make_partitions(3)", migrations.RunSQL.noop),
]
