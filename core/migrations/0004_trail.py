import core.triggers
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# What waits for its link is a table of its own, written with each record and emptied by the sequencer: whatever
# commits late is simply linked later, and "everything after the last one" is never asked. Without an index, because
# it is read whole. The sequencer is one at a time, takes its turn before it looks, and hashes many in one statement.
# Each record is looked up by its key, whatever the planner believes of tables that have just grown.
SEQUENCER = """
CREATE TABLE core_unlinked (record_id bigint NOT NULL);

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
        RETURNING record_id
    )
    INSERT INTO core_link (number, record_id, hash)
    SELECT coalesce(last_number, 0) + row_number() OVER in_order, id, chain(coalesce(last_hash, ''), convert_to(
        concat_ws(E'\\n', id, operation, transaction, role, to_char(recorded_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            encode(fingerprint, 'hex'), "table", key), 'UTF8')) OVER in_order
    FROM taken CROSS JOIN LATERAL (SELECT * FROM core_rowrecord r WHERE r.id = record_id OFFSET 0) AS record
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


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_clock"),
    ]

    operations = [
        migrations.RunSQL(SEQUENCER, NO_SEQUENCER),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "hash",
                    models.BinaryField(
                        help_text="SHA-256 of the hash before (nothing before the first) and the record."
                    ),
                ),
            ],
            options={
                "ordering": ("number",),
            },
        ),
        migrations.CreateModel(
            name="RowRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("table", models.CharField(max_length=63)),
                ("key", models.TextField(help_text="The row's primary key.")),
                (
                    "operation",
                    models.CharField(
                        choices=[
                            ("insert", "written"),
                            ("update", "changed"),
                            ("delete", "removed"),
                            ("baseline", "taken as it is after a change of the table"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "transaction",
                    models.BigIntegerField(help_text="Shared by all that one transaction wrote, its event too."),
                ),
                ("role", models.CharField(help_text="The database's role that had signed in.", max_length=63)),
                ("recorded_at", models.DateTimeField()),
                ("fingerprint", models.BinaryField(help_text="SHA-256 of the row, of a removed one as it was.")),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.AddField(
            model_name="event",
            name="address",
            field=models.CharField(
                blank=True, help_text="Keyed hash of the network address: alike for acts from one place.", max_length=16
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="origin",
            field=models.CharField(
                choices=[
                    ("web", "a page"),
                    ("api", "a program"),
                    ("task", "the platform itself"),
                    ("command", "the operator's command line"),
                ],
                default="command",
                max_length=7,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="calendarday",
            trigger=pgtrigger.compiler.Trigger(
                name="calendar_day_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="ab39b464202e79a9313f3d2c9b8d3e9eb8e62c0b",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_calendar_day_insert_recorded_81481",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="core_calendarday",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="calendarday",
            trigger=pgtrigger.compiler.Trigger(
                name="calendar_day_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="e54fc57cce9e77ee342b24dee7d169ea44a4811b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_calendar_day_update_recorded_62a8b",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="core_calendarday",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="calendarday",
            trigger=pgtrigger.compiler.Trigger(
                name="calendar_day_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="d2f14deda1117c7edb7b8aef461ee7bd9cbb0f5b",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_calendar_day_delete_recorded_c04d0",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="core_calendarday",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="calendarday",
            trigger=pgtrigger.compiler.Trigger(
                name="calendar_day_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of calendar_day are removed one by one' USING ERRCODE = 'PT002';",
                    hash="a5c9781e6396818de819d50898a945b88732c4c2",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_calendar_day_not_emptied_392b7",
                    table="core_calendarday",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="event_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="5a4799db4904d0fcd95d42d25085c8ab66735c4d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_event_insert_recorded_28eab",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="core_event",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(("origin__in", ("web", "api", "task", "command"))),
                name="event_origin_is_a_choice",
                violation_error_message="Choose one of the values offered.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rowrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("operation__in", ("insert", "update", "delete", "baseline"))),
                name="rowrecord_operation_is_a_choice",
                violation_error_message="Choose one of the values offered.",
            ),
        ),
        migrations.AddField(
            model_name="link",
            name="record",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                db_constraint=False,
                related_name="link",
                to="core.rowrecord",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rowrecord",
            trigger=pgtrigger.compiler.Trigger(
                name="row_record_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of row_record are written once and stay' USING ERRCODE = 'PT002';",
                    hash="d36eba32723ddeff09c0b2930ec08a09a5fd167f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_row_record_rows_stay_0e5c3",
                    table="core_rowrecord",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rowrecord",
            trigger=pgtrigger.compiler.Trigger(
                name="row_record_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of row_record are written once and stay' USING ERRCODE = 'PT002';",
                    hash="933913a49589ba0a5b38da996ca6ec9cf3a5889d",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_row_record_table_stays_8a72b",
                    table="core_rowrecord",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="link",
            trigger=pgtrigger.compiler.Trigger(
                name="link_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of link are written once and stay' USING ERRCODE = 'PT002';",
                    hash="30115684b20dd473471a4cd0f611cea748c9ed7c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_link_rows_stay_eed17",
                    table="core_link",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="link",
            trigger=pgtrigger.compiler.Trigger(
                name="link_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of link are written once and stay' USING ERRCODE = 'PT002';",
                    hash="7992cc205afacfc10826c6b1dcc6ceb2ac0ab036",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_link_table_stays_ef71b",
                    table="core_link",
                    when="BEFORE",
                ),
            ),
        ),
    ]
