import core.fields
import core.triggers
import django.db.models.deletion
import pgtrigger.compiler
from core.migrating import RoomMade
from django.db import migrations, models

from payments.migrations._by_hand import BEFORE


class Migration(RoomMade):
    dependencies = [
        ("core", "0001_initial"),
        ("accounts", "0001_initial"),
        ("contracts", "0001_initial"),
    ]

    operations = [
        *BEFORE,
        migrations.CreateModel(
            name="Payment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "payer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "payee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                ("amount", core.fields.AmountField(decimal_places=2, max_digits=18)),
                (
                    "account",
                    models.ForeignKey(
                        help_text="Where it went: the account in use on that day.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.bankaccount",
                    ),
                ),
                ("bank_reference", models.CharField(max_length=60)),
                (
                    "bank_reference_key",
                    models.CharField(help_text="The reference folded: no spelling makes it another.", max_length=60),
                ),
                ("paid_on", models.DateField()),
                (
                    "reason",
                    models.CharField(
                        blank=True, help_text="Why it was recorded more than a month later.", max_length=200
                    ),
                ),
                ("paid_at", models.DateTimeField()),
                (
                    "paid_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
                "indexes": [models.Index(fields=["payee", "-id"], name="payment_by_payee")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("paid_at__isnull", True), ("paid_by__isnull", True)),
                            models.Q(("paid_at__isnull", False), ("paid_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="payment_paid_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="payment_amount_above_zero"),
                    models.UniqueConstraint(
                        fields=("payer", "bank_reference_key"),
                        name="payment_bank_reference_once",
                        violation_error_message="A payment with this bank reference is recorded already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaymentLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="payments.payment"
                    ),
                ),
                (
                    "payable",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contracts.payable"
                    ),
                ),
                ("amount", core.fields.AmountField(decimal_places=2, max_digits=18)),
            ],
            options={
                "ordering": ("payment", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("payment", "payable"), name="payment_line_once"),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="payment_line_amount_above_zero"
                    ),
                ],
            },
        ),
        core.triggers.AddTrigger(
            model_name="payment",
            trigger=pgtrigger.compiler.Trigger(
                name="payment_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of payment are written once and stay' USING ERRCODE = 'PT002';",
                    hash="d3de530ace2aea5ccf3766fd334eea90f1a60d88",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_payment_rows_stay_40b62",
                    table="payments_payment",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="payment",
            trigger=pgtrigger.compiler.Trigger(
                name="payment_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of payment are written once and stay' USING ERRCODE = 'PT002';",
                    hash="dd838c25a3c0d5d634097fcae87c741dae03a028",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_payment_table_stays_f6c0a",
                    table="payments_payment",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="payment",
            trigger=pgtrigger.compiler.Trigger(
                name="payment_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'payments_payment', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="d7eec41d25ec038d9fed782f59318bdfceddfd07",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_payment_insert_recorded_558ef",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="payments_payment",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="paymentline",
            trigger=pgtrigger.compiler.Trigger(
                name="payment_line_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of payment_line are written once and stay' USING ERRCODE = 'PT002';",
                    hash="09728fa9ae70b3098396bdef9ab04b7d429cb4a9",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_payment_line_rows_stay_6e050",
                    table="payments_paymentline",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="paymentline",
            trigger=pgtrigger.compiler.Trigger(
                name="payment_line_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of payment_line are written once and stay' USING ERRCODE = 'PT002';",
                    hash="cb8fb7ccae140a320ce95ddcb8b279d8eae3dc90",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_payment_line_table_stays_fc02f",
                    table="payments_paymentline",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="paymentline",
            trigger=pgtrigger.compiler.Trigger(
                name="payment_line_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'payments_paymentline', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="128a5ce82382b8b32b0e9a3c483b1d92fc4f2526",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_payment_line_insert_recorded_08783",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="payments_paymentline",
                    when="AFTER",
                ),
            ),
        ),
    ]
