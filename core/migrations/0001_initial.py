import core.triggers
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.db.models.lookups
import pgtrigger.compiler
from core.migrating import RoomMade
from django.db import migrations, models

from core.migrations._by_hand import AFTER, BEFORE


class Migration(RoomMade):
    dependencies = []

    operations = [
        *BEFORE,
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(unique=True)),
                ("working", models.BooleanField()),
                ("name", models.CharField(blank=True, max_length=60)),
            ],
            options={
                "ordering": ("day",),
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seat_number", models.BigIntegerField()),
                ("form", models.CharField(max_length=120)),
                ("cells", models.JSONField(help_text="Text by the name of its field.")),
                ("saved_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("seat_number", "form"), name="draft_once_a_seat"),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length(
                                django.db.models.functions.comparison.Cast("cells", models.TextField())
                            ),
                            800000,
                        ),
                        name="draft_has_a_limit",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("verb", models.CharField(max_length=60)),
                (
                    "subject",
                    models.CharField(help_text="Public reference of the thing, such as T-2026-0014.", max_length=60),
                ),
                ("at", models.DateTimeField()),
                ("seat_number", models.BigIntegerField(null=True)),
                ("actor", models.CharField(help_text="Name and organisation as they were then.", max_length=200)),
                ("data", models.JSONField(default=dict)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("public", "everybody"),
                            ("agency", "the procurement agency and the organisations named"),
                            ("named", "the organisations named"),
                        ],
                        default="agency",
                        max_length=6,
                    ),
                ),
                (
                    "organisations",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "origin",
                    models.CharField(
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
                (
                    "address",
                    models.CharField(
                        blank=True,
                        help_text="Keyed hash of the network address: alike for acts from one place.",
                        max_length=16,
                    ),
                ),
                (
                    "request",
                    models.CharField(
                        blank=True,
                        db_default="",
                        help_text="Number of the request that it came with, as in the log.",
                        max_length=64,
                    ),
                ),
                (
                    "mac",
                    models.BinaryField(
                        help_text="Nonce and keyed hash: that the platform wrote it, and nobody by hand."
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "indexes": [
                    models.Index(fields=["subject", "id"], name="event_by_subject"),
                    models.Index(fields=["at", "id"], name="event_by_time"),
                    models.Index(fields=["seat_number", "at", "id"], name="event_by_seat"),
                    models.Index(fields=["verb", "at", "id"], name="event_by_verb"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("audience__in", ("public", "agency", "named"))),
                        name="event_audience_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("origin__in", ("web", "api", "task", "command"))),
                        name="event_origin_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IdempotencyKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seat_number", models.BigIntegerField()),
                ("key", models.CharField(max_length=80)),
                ("fingerprint", models.CharField(help_text="SHA-256 of method, path and body.", max_length=64)),
                ("status", models.PositiveSmallIntegerField(null=True)),
                ("answer", models.TextField(blank=True, help_text="JSON, as it was sent.")),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("seat_number", "key"), name="idempotency_key_once_a_seat")
                ],
            },
        ),
        migrations.CreateModel(
            name="OutboxMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("task", models.CharField(max_length=100)),
                ("arguments", models.JSONField(default=list, help_text="Ids of rows, nothing else.")),
                ("due_at", models.DateTimeField()),
                ("delivered_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("last_error", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("delivered_at__isnull", True)), fields=["due_at"], name="outbox_waiting"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OwnNumber",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organisation_number", models.BigIntegerField()),
                ("kind", models.CharField(max_length=20)),
                ("number", models.CharField(max_length=60)),
                ("content", models.CharField(help_text="SHA-256 of what the message said.", max_length=64)),
                ("reference", models.CharField(max_length=60)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation_number", "kind", "number"), name="own_number_names_one_document"
                    )
                ],
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
                ("system", models.BigIntegerField(help_text="The database server's own number (pg_control_system).")),
                (
                    "transaction",
                    models.BigIntegerField(help_text="Shared by all that one transaction wrote, its event too."),
                ),
                ("role", models.CharField(help_text="The database's role that had signed in.", max_length=63)),
                ("recorded_at", models.DateTimeField()),
                ("fingerprint", models.BinaryField(help_text="SHA-256 of the row, of a removed one as it was.")),
                ("before", models.BinaryField(help_text="SHA-256 of a changed row as it was before.", null=True)),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("operation__in", ("insert", "update", "delete", "baseline"))),
                        name="rowrecord_operation_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("reference", models.CharField(max_length=60)),
                ("title", models.TextField()),
                ("detail", models.TextField(blank=True)),
                ("url", models.CharField(max_length=200)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("public", "everybody"),
                            ("agency", "the procurement agency and the organisations named"),
                            ("named", "the organisations named"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "organisations",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "tokens",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        help_text="Words, characters, pinyin, initials and codes, each after the kind.",
                        size=None,
                    ),
                ),
                (
                    "names",
                    models.TextField(
                        blank=True, help_text="The title and its pinyin, for what is spelt a little differently."
                    ),
                ),
                (
                    "readers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), help_text="Whom it may be told, as an index answers.", size=None
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["tokens", "readers"], gin_pending_list_limit=256, name="search_entry_by_token"
                    ),
                    models.Index(fields=["kind", "-id"], name="search_entry_latest"),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("names", "gin_trgm_ops"),
                        name="search_entry_by_spelling",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "reference"), name="search_entry_once"),
                    models.CheckConstraint(
                        condition=models.Q(("audience__in", ("public", "agency", "named"))),
                        name="searchentry_audience_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "record",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="link",
                        to="core.rowrecord",
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(help_text="The record's own instant: both lie in the same month."),
                ),
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
        core.triggers.AddTrigger(
            model_name="calendarday",
            trigger=pgtrigger.compiler.Trigger(
                name="calendar_day_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."day" IS DISTINCT FROM NEW."day")',
                    func="RAISE EXCEPTION 'what a row of calendar_day says stays' USING ERRCODE = 'PT002';",
                    hash="9fc75073f0941bbfa2634e49fef0ab8857e4ba54",
                    operation="UPDATE",
                    pgid="pgtrigger_calendar_day_facts_stay_89cc3",
                    table="core_calendarday",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="calendarday",
            trigger=pgtrigger.compiler.Trigger(
                name="calendar_day_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'core_calendarday', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="60a1e7573184bfee7c090a8b5ec84c05691b7b0a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_calendar_day_insert_recorded_81481",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="core_calendarday",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="calendarday",
            trigger=pgtrigger.compiler.Trigger(
                name="calendar_day_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'core_calendarday\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="787fbadbb937cafadc1c2293b715066503f1ded4",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_calendar_day_update_recorded_62a8b",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="core_calendarday",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="calendarday",
            trigger=pgtrigger.compiler.Trigger(
                name="calendar_day_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'core_calendarday', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="0765d0647d6eae915b97c89891d1c22e0a4975fb",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_calendar_day_delete_recorded_c04d0",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="core_calendarday",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
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
        core.triggers.AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="event_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of event are written once and stay' USING ERRCODE = 'PT002';",
                    hash="11c9431f3df4b46832303f1e23d01f02bc13a9dc",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_event_rows_stay_eb237",
                    table="core_event",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="event_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of event are written once and stay' USING ERRCODE = 'PT002';",
                    hash="87e74fa5aa93165e2d68fcd8eac97f85c69b91a5",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_event_table_stays_c3667",
                    table="core_event",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="event_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'core_event', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="ea9e9ec00f3b035bf4b7a0ea55c8f2bdcc0dd0e0",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_event_insert_recorded_28eab",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="core_event",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="ownnumber",
            trigger=pgtrigger.compiler.Trigger(
                name="own_number_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of own_number are written once and stay' USING ERRCODE = 'PT002';",
                    hash="2542e977b96c98e2e4d6a513d9216f34c5b1605b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_own_number_rows_stay_91a39",
                    table="core_ownnumber",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="ownnumber",
            trigger=pgtrigger.compiler.Trigger(
                name="own_number_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of own_number are written once and stay' USING ERRCODE = 'PT002';",
                    hash="df0399542b183bb4492b15974ecc468951e85f9d",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_own_number_table_stays_ebc54",
                    table="core_ownnumber",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="ownnumber",
            trigger=pgtrigger.compiler.Trigger(
                name="own_number_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'core_ownnumber', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="95f81dc0f8548c871c80185ff0089b0c84a46166",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_own_number_insert_recorded_f4be8",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="core_ownnumber",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
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
        core.triggers.AddTrigger(
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
        core.triggers.AddTrigger(
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
        core.triggers.AddTrigger(
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
        *AFTER,
    ]
