import core.triggers
import django.db.models.deletion
import pgtrigger.compiler
from core.migrating import RoomMade
from django.db import migrations, models

from demand.migrations._by_hand import BEFORE


class Migration(RoomMade):
    dependencies = [
        ("core", "0001_initial"),
        ("accounts", "0001_initial"),
        ("catalogue", "0001_initial"),
    ]

    operations = [
        *BEFORE,
        migrations.CreateModel(
            name="DemandWindow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("year", models.PositiveSmallIntegerField(help_text="The year whose need is reported.")),
                ("opens_on", models.DateField()),
                ("closes_on", models.DateField(help_text="Last day on which hospitals report.")),
                ("opened_at", models.DateTimeField()),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                ("locked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "locked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
                    ),
                ),
                (
                    "hospitals",
                    models.ManyToManyField(
                        help_text="Who is asked to report.", related_name="+", to="accounts.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ("-closes_on", "-id"),
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="DemandLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "window",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="demand.demandwindow"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.item"
                    ),
                ),
            ],
            options={
                "ordering": ("window", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("window", "item"), name="demand_line_once"),
                    models.UniqueConstraint(fields=("window", "number"), name="demand_line_number"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DemandUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "window",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="uses", to="demand.demandwindow"
                    ),
                ),
                ("reference", models.CharField(max_length=20)),
                ("used_at", models.DateTimeField()),
                (
                    "used_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                (
                    "released_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
                    ),
                ),
            ],
            options={
                "ordering": ("window", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("window", "reference"), name="demand_use_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("used_at__isnull", True), ("used_by__isnull", True)),
                            models.Q(("used_at__isnull", False), ("used_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="demand_use_used_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("released_at__isnull", True), ("released_by__isnull", True)),
                            models.Q(("released_at__isnull", False), ("released_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="demand_use_released_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DemandReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "window",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="demand.demandwindow"
                    ),
                ),
                (
                    "hospital",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                ("reported_at", models.DateTimeField()),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "ordering": ("hospital__name",),
                "constraints": [
                    models.UniqueConstraint(fields=("window", "hospital"), name="demand_report_one_a_hospital"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reported_at__isnull", True), ("reported_by__isnull", True)),
                            models.Q(("reported_at__isnull", False), ("reported_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="demand_report_reported_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DemandEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="demand.demandreport"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.item"
                    ),
                ),
                ("quantity", models.PositiveBigIntegerField()),
            ],
            options={
                "ordering": ("report", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("report", "item"), name="demand_entry_once"),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)),
                        name="demand_entry_quantity_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__lte", 1000000000000)),
                        name="demand_entry_quantity_is_plausible",
                        violation_error_message="This quantity is too large to be a yearly need.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mandate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("given", "waits for the agency’s signature"),
                            ("in_force", "in force"),
                            ("withdrawn", "withdrawn"),
                            ("revoked", "revoked"),
                        ],
                        default="given",
                        max_length=9,
                    ),
                ),
                (
                    "giver",
                    models.ForeignKey(
                        help_text="Whose person signed it.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                ("reports", models.BooleanField(help_text="The agency reports the need in their name.")),
                ("signs", models.BooleanField(help_text="The agency signs contracts in their name.")),
                ("pays", models.BooleanField(help_text="The agency pays in their name.")),
                (
                    "goods",
                    models.CharField(
                        blank=True,
                        choices=[("drug", "drug"), ("consumable", "consumable"), ("reagent", "reagent")],
                        help_text="Empty: all goods.",
                        max_length=10,
                        null=True,
                    ),
                ),
                ("first_year", models.PositiveSmallIntegerField(help_text="The first year whose need it covers.")),
                ("last_year", models.PositiveSmallIntegerField(help_text="The last year whose need it covers.")),
                ("document_name", models.CharField(max_length=200)),
                ("document", models.BinaryField(help_text="The file as it was uploaded.")),
                ("sha256", models.CharField(max_length=64)),
                ("given_at", models.DateTimeField()),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
                    ),
                ),
                ("end_reason", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ("-pk",),
                "indexes": [models.Index(fields=["status", "last_year"], name="mandate_by_status")],
            },
        ),
        migrations.CreateModel(
            name="MandateInstitution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="demand.mandate"
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ("mandate", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("mandate", "institution"), name="mandate_institution_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="demandwindow",
            name="items",
            field=models.ManyToManyField(related_name="+", through="demand.DemandLine", to="catalogue.item"),
        ),
        migrations.AddConstraint(
            model_name="demandwindow",
            constraint=models.CheckConstraint(
                condition=models.Q(("opens_on__lte", models.F("closes_on"))),
                name="demand_window_opens_on_not_after_closes_on",
                violation_error_message="The end cannot be before the start.",
            ),
        ),
        migrations.AddConstraint(
            model_name="demandwindow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("opened_at__isnull", True), ("opened_by__isnull", True)),
                    models.Q(("opened_at__isnull", False), ("opened_by__isnull", False)),
                    _connector="OR",
                ),
                name="demand_window_opened_at_and_by",
                violation_error_message="An act needs both its time and its person.",
            ),
        ),
        migrations.AddConstraint(
            model_name="demandwindow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("locked_at__isnull", True), ("locked_by__isnull", True)),
                    models.Q(("locked_at__isnull", False), ("locked_by__isnull", False)),
                    _connector="OR",
                ),
                name="demand_window_locked_at_and_by",
                violation_error_message="An act needs both its time and its person.",
            ),
        ),
        migrations.AddField(
            model_name="mandate",
            name="institutions",
            field=models.ManyToManyField(
                related_name="+", through="demand.MandateInstitution", to="accounts.organisation"
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_year__lte", models.F("last_year"))),
                name="mandate_first_year_not_after_last_year",
                violation_error_message="The end cannot be before the start.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("given_at__isnull", True), ("given_by__isnull", True)),
                    models.Q(("given_at__isnull", False), ("given_by__isnull", False)),
                    _connector="OR",
                ),
                name="mandate_given_at_and_by",
                violation_error_message="An act needs both its time and its person.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("signed_at__isnull", True), ("signed_by__isnull", True)),
                    models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                    _connector="OR",
                ),
                name="mandate_signed_at_and_by",
                violation_error_message="An act needs both its time and its person.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="mandate_ended_at_and_by",
                violation_error_message="An act needs both its time and its person.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(("reports", True), ("signs", True), ("pays", True), _connector="OR"),
                name="mandate_entrusts_something",
                violation_error_message="Say what the agency is entrusted with.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("signed_at", None), ("status", "given")),
                    models.Q(("ended_at", None), ("signed_at__isnull", False), ("status", "in_force")),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("signed_at", None),
                        ("status", "withdrawn"),
                        models.Q(("end_reason", ""), _negated=True),
                    ),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("signed_at__isnull", False),
                        ("status", "revoked"),
                        models.Q(("end_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="mandate_status_is_its_facts",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ("given", "in_force", "withdrawn", "revoked"))),
                name="mandate_status_is_a_choice",
                violation_error_message="Choose one of the values offered.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(("goods__in", ("drug", "consumable", "reagent"))),
                name="mandate_goods_is_a_choice",
                violation_error_message="Choose one of the values offered.",
            ),
        ),
        core.triggers.AddTrigger(
            model_name="demandentry",
            trigger=pgtrigger.compiler.Trigger(
                name="demand_entry_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."item_id" IS DISTINCT FROM NEW."item_id")',
                    func="RAISE EXCEPTION 'what a row of demand_entry says stays' USING ERRCODE = 'PT002';",
                    hash="835173a2756e11723a8f90af6fbec5f15a20d3f7",
                    operation="UPDATE",
                    pgid="pgtrigger_demand_entry_facts_stay_f4315",
                    table="demand_demandentry",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="demandentry",
            trigger=pgtrigger.compiler.Trigger(
                name="demand_entry_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'demand_demandentry', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="e48de295803f1664218983f472c7ce603d40ffe5",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_demand_entry_insert_recorded_087a3",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="demand_demandentry",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="demandentry",
            trigger=pgtrigger.compiler.Trigger(
                name="demand_entry_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'demand_demandentry\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="714897141f5d0a9648a0b075043e953673a35408",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_demand_entry_update_recorded_bc5f8",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="demand_demandentry",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="demandentry",
            trigger=pgtrigger.compiler.Trigger(
                name="demand_entry_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'demand_demandentry', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="1401ee9ab5c1dc16d4090c9369936b0c7846f611",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_demand_entry_delete_recorded_af8a9",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="demand_demandentry",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="demandentry",
            trigger=pgtrigger.compiler.Trigger(
                name="demand_entry_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of demand_entry are removed one by one' USING ERRCODE = 'PT002';",
                    hash="6c63633b2a270bec13baaec97c1615ae7a2972ea",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_demand_entry_not_emptied_4f319",
                    table="demand_demandentry",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="demandwindow",
            trigger=pgtrigger.compiler.Trigger(
                name="demand_window_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."agency_id" IS DISTINCT FROM NEW."agency_id" OR OLD."title" IS DISTINCT FROM NEW."title" OR OLD."year" IS DISTINCT FROM NEW."year" OR OLD."opens_on" IS DISTINCT FROM NEW."opens_on" OR OLD."opened_at" IS DISTINCT FROM NEW."opened_at" OR OLD."opened_by_id" IS DISTINCT FROM NEW."opened_by_id")',
                    func="RAISE EXCEPTION 'what a row of demand_window says stays' USING ERRCODE = 'PT002';",
                    hash="d250b94459299e2ccdc7ba44e162f9fffb7c748d",
                    operation="UPDATE",
                    pgid="pgtrigger_demand_window_facts_stay_35f6c",
                    table="demand_demandwindow",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="demandwindow",
            trigger=pgtrigger.compiler.Trigger(
                name="demand_window_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of demand_window remain' USING ERRCODE = 'PT002';",
                    hash="1a40a69ce21a025d5bb547e4935bb88a57840b4f",
                    operation="DELETE",
                    pgid="pgtrigger_demand_window_rows_remain_d63a6",
                    table="demand_demandwindow",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="demandwindow",
            trigger=pgtrigger.compiler.Trigger(
                name="demand_window_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'demand_demandwindow', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="475c18349c87d5b3a1ec0b4f5da902a0fe02e91e",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_demand_window_insert_recorded_d0b80",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="demand_demandwindow",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="demandwindow",
            trigger=pgtrigger.compiler.Trigger(
                name="demand_window_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'demand_demandwindow\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="ea4c73d8addaf230cbaee9003079ec215cf15f89",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_demand_window_update_recorded_8604f",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="demand_demandwindow",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="demandwindow",
            trigger=pgtrigger.compiler.Trigger(
                name="demand_window_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'demand_demandwindow', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="2b1d5cd72539e346d2ce95a2d750757b83d07bd5",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_demand_window_delete_recorded_666d1",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="demand_demandwindow",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="demandwindow",
            trigger=pgtrigger.compiler.Trigger(
                name="demand_window_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of demand_window are removed one by one' USING ERRCODE = 'PT002';",
                    hash="f8b594a332bf02bbe6d7e95ce3ff25f8a65c19a5",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_demand_window_not_emptied_d7def",
                    table="demand_demandwindow",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="demanduse",
            trigger=pgtrigger.compiler.Trigger(
                name="demand_use_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."window_id" IS DISTINCT FROM NEW."window_id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."used_at" IS DISTINCT FROM NEW."used_at" OR OLD."used_by_id" IS DISTINCT FROM NEW."used_by_id" OR OLD."released_at" IS NOT NULL AND OLD."released_at" IS DISTINCT FROM NEW."released_at" OR OLD."released_by_id" IS NOT NULL AND OLD."released_by_id" IS DISTINCT FROM NEW."released_by_id")',
                    func="RAISE EXCEPTION 'what a row of demand_use says stays' USING ERRCODE = 'PT002';",
                    hash="70f5978fb044de59fff797111578ad78c58fdb26",
                    operation="UPDATE",
                    pgid="pgtrigger_demand_use_facts_stay_0b49f",
                    table="demand_demanduse",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="demanduse",
            trigger=pgtrigger.compiler.Trigger(
                name="demand_use_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of demand_use remain' USING ERRCODE = 'PT002';",
                    hash="f34723db92f99eefcbd0a80cedf17eae046090cd",
                    operation="DELETE",
                    pgid="pgtrigger_demand_use_rows_remain_d85b1",
                    table="demand_demanduse",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="demanduse",
            trigger=pgtrigger.compiler.Trigger(
                name="demand_use_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'demand_demanduse', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="3dc60811d468563796cde5def6424d34263963fc",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_demand_use_insert_recorded_fc73f",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="demand_demanduse",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="demanduse",
            trigger=pgtrigger.compiler.Trigger(
                name="demand_use_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'demand_demanduse\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="199d1897958c01032ed6509a363e7f286474e1d0",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_demand_use_update_recorded_45716",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="demand_demanduse",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="demanduse",
            trigger=pgtrigger.compiler.Trigger(
                name="demand_use_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'demand_demanduse', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="08c7507a689771c2d6f5ac8599874e381f75dad8",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_demand_use_delete_recorded_62fdb",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="demand_demanduse",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="demanduse",
            trigger=pgtrigger.compiler.Trigger(
                name="demand_use_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of demand_use are removed one by one' USING ERRCODE = 'PT002';",
                    hash="42b33ba759566778af6662062cbba04207f9b32b",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_demand_use_not_emptied_6b0a8",
                    table="demand_demanduse",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="demandreport",
            trigger=pgtrigger.compiler.Trigger(
                name="demand_report_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."window_id" IS DISTINCT FROM NEW."window_id")',
                    func="RAISE EXCEPTION 'what a row of demand_report says stays' USING ERRCODE = 'PT002';",
                    hash="f225935f8412cbe3ffcd4cc32f2a1a4cba20ea43",
                    operation="UPDATE",
                    pgid="pgtrigger_demand_report_facts_stay_fb96f",
                    table="demand_demandreport",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="demandreport",
            trigger=pgtrigger.compiler.Trigger(
                name="demand_report_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'demand_demandreport', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="32b523438ad1e813174d61c163189e9545b993f0",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_demand_report_insert_recorded_f0a5d",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="demand_demandreport",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="demandreport",
            trigger=pgtrigger.compiler.Trigger(
                name="demand_report_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'demand_demandreport\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="d2e67afad5ed67537a4a39fe8de16a6e7d8f8c3a",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_demand_report_update_recorded_b31a3",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="demand_demandreport",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="demandreport",
            trigger=pgtrigger.compiler.Trigger(
                name="demand_report_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'demand_demandreport', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="72e683759ccd0e98a5f6c95d771339f97f956041",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_demand_report_delete_recorded_d88e8",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="demand_demandreport",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="demandreport",
            trigger=pgtrigger.compiler.Trigger(
                name="demand_report_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of demand_report are removed one by one' USING ERRCODE = 'PT002';",
                    hash="7b8aa1acc4f1558c1e2c738b96eecb025674e609",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_demand_report_not_emptied_e669e",
                    table="demand_demandreport",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="demandline",
            trigger=pgtrigger.compiler.Trigger(
                name="demand_line_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."window_id" IS DISTINCT FROM NEW."window_id" OR OLD."number" IS DISTINCT FROM NEW."number" OR OLD."item_id" IS DISTINCT FROM NEW."item_id")',
                    func="RAISE EXCEPTION 'what a row of demand_line says stays' USING ERRCODE = 'PT002';",
                    hash="9d969cc65ffaf22ba7fd36b23c36457b6e8d48a1",
                    operation="UPDATE",
                    pgid="pgtrigger_demand_line_facts_stay_b4ace",
                    table="demand_demandline",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="demandline",
            trigger=pgtrigger.compiler.Trigger(
                name="demand_line_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of demand_line remain' USING ERRCODE = 'PT002';",
                    hash="837587d9546193fc33aab54a871cb901f7440050",
                    operation="DELETE",
                    pgid="pgtrigger_demand_line_rows_remain_71acd",
                    table="demand_demandline",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="demandline",
            trigger=pgtrigger.compiler.Trigger(
                name="demand_line_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'demand_demandline', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="852178694e1a9aa05fbfe947c9f4b980c00d4c65",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_demand_line_insert_recorded_d12bb",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="demand_demandline",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="demandline",
            trigger=pgtrigger.compiler.Trigger(
                name="demand_line_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'demand_demandline\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="d463298029c61c6c278900416229d408536f8b1a",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_demand_line_update_recorded_cdde2",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="demand_demandline",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="demandline",
            trigger=pgtrigger.compiler.Trigger(
                name="demand_line_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'demand_demandline', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="28c1a07812e8997672f016be49f60b6a14d22072",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_demand_line_delete_recorded_ba8cd",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="demand_demandline",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="demandline",
            trigger=pgtrigger.compiler.Trigger(
                name="demand_line_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of demand_line are removed one by one' USING ERRCODE = 'PT002';",
                    hash="dd524ba68af1f19195a3890e717fc08de211ca2f",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_demand_line_not_emptied_1e144",
                    table="demand_demandline",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="mandateinstitution",
            trigger=pgtrigger.compiler.Trigger(
                name="mandate_institution_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of mandate_institution are written once and stay' USING ERRCODE = 'PT002';",
                    hash="5f3f54887748896a52b3f4382aa2bbabcaa74e1e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_mandate_institution_rows_stay_decc9",
                    table="demand_mandateinstitution",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="mandateinstitution",
            trigger=pgtrigger.compiler.Trigger(
                name="mandate_institution_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of mandate_institution are written once and stay' USING ERRCODE = 'PT002';",
                    hash="b614ef585f9a707181019261c4a92777a12f27d0",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_mandate_institution_table_stays_830f8",
                    table="demand_mandateinstitution",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="mandateinstitution",
            trigger=pgtrigger.compiler.Trigger(
                name="mandate_institution_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'demand_mandateinstitution', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="8bc119da9033044bf98ec0edd890d333bfee15e0",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_mandate_institution_insert_recorded_cdc82",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="demand_mandateinstitution",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="mandateinstitution",
            trigger=pgtrigger.compiler.Trigger(
                name="mandate_institution_before_signing",
                sql=core.triggers.FirmTriggerSql(
                    func="\n                    PERFORM 1 FROM demand_mandate WHERE id = NEW.mandate_id AND status = 'given' FOR SHARE;\n                    IF NOT FOUND THEN\n                        RAISE EXCEPTION 'what was signed stays' USING ERRCODE = 'PT006';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="b8d1a87d4bd57b226e46804c5547f229ddef7835",
                    operation="INSERT",
                    pgid="pgtrigger_mandate_institution_before_signing_6eda6",
                    table="demand_mandateinstitution",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="mandate",
            trigger=pgtrigger.compiler.Trigger(
                name="mandate_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."status" IS DISTINCT FROM NEW."status" AND OLD."status" || \'>\' || NEW."status" NOT IN (\'given>in_force\', \'given>withdrawn\', \'in_force>revoked\') OR OLD."giver_id" IS DISTINCT FROM NEW."giver_id" OR OLD."reports" IS DISTINCT FROM NEW."reports" OR OLD."signs" IS DISTINCT FROM NEW."signs" OR OLD."pays" IS DISTINCT FROM NEW."pays" OR OLD."goods" IS DISTINCT FROM NEW."goods" OR OLD."first_year" IS DISTINCT FROM NEW."first_year" OR OLD."last_year" IS DISTINCT FROM NEW."last_year" OR OLD."document_name" IS DISTINCT FROM NEW."document_name" OR OLD."document" IS DISTINCT FROM NEW."document" OR OLD."sha256" IS DISTINCT FROM NEW."sha256" OR OLD."given_at" IS DISTINCT FROM NEW."given_at" OR OLD."given_by_id" IS DISTINCT FROM NEW."given_by_id" OR OLD."signed_at" IS NOT NULL AND OLD."signed_at" IS DISTINCT FROM NEW."signed_at" OR OLD."signed_by_id" IS NOT NULL AND OLD."signed_by_id" IS DISTINCT FROM NEW."signed_by_id" OR OLD."ended_at" IS NOT NULL AND OLD."ended_at" IS DISTINCT FROM NEW."ended_at" OR OLD."ended_by_id" IS NOT NULL AND OLD."ended_by_id" IS DISTINCT FROM NEW."ended_by_id" OR OLD."end_reason" <> \'\' AND OLD."end_reason" IS DISTINCT FROM NEW."end_reason")',
                    func="RAISE EXCEPTION 'what a row of mandate says stays' USING ERRCODE = 'PT002';",
                    hash="a1dae731d7e658e2c25fb19fd77b5a49f9b4d325",
                    operation="UPDATE",
                    pgid="pgtrigger_mandate_facts_stay_e7861",
                    table="demand_mandate",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="mandate",
            trigger=pgtrigger.compiler.Trigger(
                name="mandate_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of mandate remain' USING ERRCODE = 'PT002';",
                    hash="5bf836b8edbf5899dee54f2d5cb7627839f1f046",
                    operation="DELETE",
                    pgid="pgtrigger_mandate_rows_remain_a2c16",
                    table="demand_mandate",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="mandate",
            trigger=pgtrigger.compiler.Trigger(
                name="mandate_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'demand_mandate', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="5b332a4974dc257a5c463b576862ae64c7a41791",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_mandate_insert_recorded_1318f",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="demand_mandate",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="mandate",
            trigger=pgtrigger.compiler.Trigger(
                name="mandate_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'demand_mandate\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="af2d0de6fc700c41d2ccffb0151c02cdf8cc4544",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_mandate_update_recorded_fdae7",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="demand_mandate",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="mandate",
            trigger=pgtrigger.compiler.Trigger(
                name="mandate_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'demand_mandate', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="3d8c6136b3f2e5249cefd71e0e330bdc5c7d8ce9",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_mandate_delete_recorded_ec735",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="demand_mandate",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="mandate",
            trigger=pgtrigger.compiler.Trigger(
                name="mandate_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of mandate are removed one by one' USING ERRCODE = 'PT002';",
                    hash="5fcce0af8d16e83c72ca480330f08f077ff63950",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_mandate_not_emptied_ba26d",
                    table="demand_mandate",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="mandate",
            trigger=pgtrigger.compiler.Trigger(
                name="mandate_needs_two_people",
                sql=core.triggers.FirmTriggerSql(
                    func="\n                    IF TG_OP = 'INSERT' AND NEW.status <> 'given' THEN\n                        RAISE EXCEPTION 'a mandate begins with one signature' USING ERRCODE = 'PT006';\n                    END IF;\n                    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - '{status,signed_at,signed_by_id,ended_at,ended_by_id,end_reason}'::text[] <> to_jsonb(OLD) - '{status,signed_at,signed_by_id,ended_at,ended_by_id,end_reason}'::text[] THEN\n                        RAISE EXCEPTION 'what was signed stays' USING ERRCODE = 'PT006';\n                    END IF;\n                    IF (SELECT person_id FROM accounts_seat WHERE id = NEW.signed_by_id)\n                        = (SELECT person_id FROM accounts_seat WHERE id = NEW.given_by_id) THEN\n                        RAISE EXCEPTION 'a mandate needs two people' USING ERRCODE = 'PT006';\n                    END IF;\n                    IF NEW.signed_by_id IS NOT NULL AND 'agency' IS DISTINCT FROM (\n                        SELECT organisation.kind FROM accounts_seat seat\n                        JOIN accounts_organisation organisation ON organisation.id = seat.organisation_id\n                        WHERE seat.id = NEW.signed_by_id\n                    ) THEN\n                        RAISE EXCEPTION 'the second signature is the agency''s' USING ERRCODE = 'PT006';\n                    END IF;\n                    IF (SELECT organisation_id FROM accounts_seat WHERE id = NEW.given_by_id) <> NEW.giver_id THEN\n                        RAISE EXCEPTION 'the first signature is the giver''s' USING ERRCODE = 'PT006';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="ee606227c88aca8368b6a27d1f7667f9388cf9d4",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_mandate_needs_two_people_cda93",
                    table="demand_mandate",
                    when="BEFORE",
                ),
            ),
        ),
    ]
