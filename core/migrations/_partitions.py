"""Tables that grow for ever lie in months. A partition is a door of its own: what guards the table guards it too."""

from django.db import migrations

# Triggers a row come to a partition from its table; those a statement, the policies and the rights do not. A recorder
# that stood on the table alone would miss a row put straight into a partition, and a policy would not hold there.
GUARDS = """
CREATE FUNCTION put_triggers(source regclass, target regclass, whole_statements_only boolean) RETURNS void
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    definition text;
BEGIN
    FOR definition IN
        SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = source AND NOT tgisinternal
            AND NOT (whole_statements_only AND tgtype & 1 = 1)
    LOOP
        EXECUTE regexp_replace(
            regexp_replace(definition, '^CREATE ', 'CREATE OR REPLACE '), ' ON \\S+ ', format(' ON %s ', target));
    END LOOP;
END $$;

CREATE FUNCTION guard_partition(partition regclass) RETURNS void LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    whole regclass := (SELECT inhparent FROM pg_inherits WHERE inhrelid = partition);
    policy record;
    somebody oid;
BEGIN
    PERFORM put_triggers(whole, partition, true);
    FOR policy IN SELECT polname FROM pg_policy WHERE polrelid = partition LOOP
        EXECUTE format('DROP POLICY %I ON %s', policy.polname, partition);
    END LOOP;
    EXECUTE format('ALTER TABLE %s %s ROW LEVEL SECURITY', partition,
        CASE WHEN (SELECT relrowsecurity FROM pg_class WHERE oid = whole) THEN 'ENABLE' ELSE 'DISABLE' END);
    FOR policy IN
        SELECT polname AS name, pg_get_expr(polqual, polrelid) AS rows, pg_get_expr(polwithcheck, polrelid) AS checked,
            CASE polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE'
                ELSE 'ALL' END AS command
        FROM pg_policy WHERE polrelid = whole
    LOOP
        EXECUTE format('CREATE POLICY %I ON %s FOR %s', policy.name, partition, policy.command)
            || coalesce(' USING (' || policy.rows || ')', '')
            || coalesce(' WITH CHECK (' || policy.checked || ')', '');
    END LOOP;
    FOR somebody IN
        SELECT DISTINCT given.grantee FROM pg_class, aclexplode(relacl) AS given
        WHERE pg_class.oid = partition AND given.grantee <> relowner
    LOOP
        EXECUTE format('REVOKE ALL ON %s FROM %s', partition,
            CASE somebody WHEN 0 THEN 'PUBLIC' ELSE somebody::regrole::text END);
    END LOOP;
END $$;
"""

# The partition for a month, or with NULL the one for rows of months that have none: no act ever fails for want of a
# partition. A month whose first rows lie there already stays there. Readers and writers wait a second at most.
MONTHS = """
CREATE FUNCTION make_partition(whole regclass, month date) RETURNS boolean LANGUAGE plpgsql
    SET search_path = public, pg_temp SET timezone = 'UTC' SET lock_timeout = '1s' AS $$
DECLARE
    partition text := concat(whole, '_', coalesce(to_char(month, 'YYYY_MM'), 'other'));
    bounds text := CASE WHEN month IS NULL THEN 'DEFAULT'
        ELSE format('FOR VALUES FROM (%L) TO (%L)', month::timestamptz, (month + interval '1 month')::timestamptz) END;
BEGIN
    IF to_regclass(partition) IS NOT NULL THEN
        RETURN false;
    END IF;
    BEGIN
        EXECUTE format('CREATE TABLE %I (LIKE %s INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', partition, whole);
        EXECUTE format('ALTER TABLE %s ATTACH PARTITION %I %s', whole, partition, bounds);
        PERFORM guard_partition(partition::regclass);
    EXCEPTION WHEN check_violation THEN
        RETURN false;
    END;
    RETURN true;
END $$;

CREATE FUNCTION make_partitions(months_ahead integer) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('partitions', 0));
    RETURN (
        SELECT count(*) FILTER (WHERE make_partition(relation.oid, month::date))
        FROM pg_class AS relation, generate_series(date_trunc('month', clock_timestamp()),
            clock_timestamp() + make_interval(months => least(months_ahead, 12)), '1 month') AS month
        WHERE relation.relkind = 'p' AND relation.relnamespace = 'public'::regnamespace
    );
END $$;

REVOKE EXECUTE ON FUNCTION put_triggers(regclass, regclass, boolean), guard_partition(regclass),
    make_partition(regclass, date) FROM PUBLIC;
"""
NO_MONTHS = """
DROP FUNCTION make_partitions(integer);
DROP FUNCTION make_partition(regclass, date);
DROP FUNCTION guard_partition(regclass);
DROP FUNCTION put_triggers(regclass, regclass, boolean);
"""

# The table as Django made it gives its columns, its checks and its triggers to one that lies in months.
_DIVIDE = """
ALTER TABLE {table} RENAME TO {table}_whole;
CREATE TABLE {table} (
    LIKE {table}_whole INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING IDENTITY,
    CONSTRAINT {table}_by_month PRIMARY KEY ({key}, {instant})
) PARTITION BY RANGE ({instant});
SELECT put_triggers('{table}_whole', '{table}', false);
DROP TABLE {table}_whole;
ALTER SEQUENCE IF EXISTS {table}_{key}_seq1 RENAME TO {table}_{key}_seq;
SELECT make_partition('{table}', NULL);
"""


def divided(table: str, *, key: str, instant: str) -> migrations.RunSQL:
    """The operation that lays a table into months, by the instant of its rows."""
    return migrations.RunSQL(_DIVIDE.format(table=table, key=key, instant=instant), migrations.RunSQL.noop)
