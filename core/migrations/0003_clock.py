from django.db import migrations

# Each function looks in our own tables first, whatever temporary tables the session made. A clock that was set
# counts only while the installation is marked demo or test: marking it as production sets the clock free.
CREATE = """
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

DROP = """
DROP FUNCTION set_platform_clock(timestamptz);
DROP FUNCTION mark_installation(text);
DROP FUNCTION platform_clock();
DROP TABLE core_clock;
DROP TABLE core_installation;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0002_tables")]
    operations = [migrations.RunSQL(CREATE, DROP)]
