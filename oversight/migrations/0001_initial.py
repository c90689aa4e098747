import core.triggers
import pgtrigger.compiler
from core.migrating import RoomMade
from django.db import migrations, models


class Migration(RoomMade):
    dependencies = [
        ("core", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="TrailCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("looked_at", models.JSONField(help_text="How many of what: links, rows, documents and the like.")),
                ("faults", models.PositiveIntegerField()),
                ("told", models.JSONField(help_text="The first faults, a sentence each.")),
                ("checked_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="TrailHead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "number",
                    models.BigIntegerField(
                        help_text="How many links the trail had. Nobody is told: it would tell of bids."
                    ),
                ),
                ("hash", models.CharField(help_text="Hash of the last of them.", max_length=64)),
                ("document", models.BinaryField(help_text="Signed document trail-head/1.")),
                ("sha256", models.CharField(help_text="Hash of the document's body.", max_length=64)),
                ("signed_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        core.triggers.AddTrigger(
            model_name="trailcheck",
            trigger=pgtrigger.compiler.Trigger(
                name="trail_check_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of trail_check are written once and stay' USING ERRCODE = 'PT002';",
                    hash="74c01245f1a25b212f8a852bf99b95721d29ce99",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_trail_check_rows_stay_a7458",
                    table="oversight_trailcheck",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="trailcheck",
            trigger=pgtrigger.compiler.Trigger(
                name="trail_check_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of trail_check are written once and stay' USING ERRCODE = 'PT002';",
                    hash="4e3a0738b75314bfa587ce0935aa016438ccfcf1",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_trail_check_table_stays_bb0b0",
                    table="oversight_trailcheck",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="trailcheck",
            trigger=pgtrigger.compiler.Trigger(
                name="trail_check_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'oversight_trailcheck', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="8501fae388d2b157f098c68125141bf28820cd91",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_trail_check_insert_recorded_5ff1b",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="oversight_trailcheck",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="trailhead",
            trigger=pgtrigger.compiler.Trigger(
                name="trail_head_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of trail_head are written once and stay' USING ERRCODE = 'PT002';",
                    hash="ef54a8a61bac8f14116015ea208d03f5e272ed02",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_trail_head_rows_stay_a5b44",
                    table="oversight_trailhead",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="trailhead",
            trigger=pgtrigger.compiler.Trigger(
                name="trail_head_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of trail_head are written once and stay' USING ERRCODE = 'PT002';",
                    hash="7df8df32b58b7395334a07d283c1afe2c3a98c27",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_trail_head_table_stays_981e1",
                    table="oversight_trailhead",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="trailhead",
            trigger=pgtrigger.compiler.Trigger(
                name="trail_head_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'oversight_trailhead', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="10cfce3c6d9085f5e750a3d2f00e652e6e5554b2",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_trail_head_insert_recorded_87927",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="oversight_trailhead",
                    when="AFTER",
                ),
            ),
        ),
    ]
