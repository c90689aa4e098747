import core.fields
import core.triggers
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.math
import django.db.models.lookups
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from contracts.migrations._by_hand import BEFORE


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_initial"),
        ("accounts", "0001_initial"),
        ("catalogue", "0001_initial"),
        ("tenders", "0001_initial"),
    ]

    operations = [
        *BEFORE,
        migrations.CreateModel(
            name="Contract",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "to be signed"),
                            ("signed", "signed by both sides"),
                            ("terminated", "terminated"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(help_text="Last day on which hospitals may order.")),
                (
                    "payment_rule",
                    models.CharField(
                        choices=[
                            ("days", "a number of days from acceptance"),
                            ("end_of_next_month", "the end of the month after acceptance"),
                        ],
                        default="days",
                        max_length=17,
                    ),
                ),
                (
                    "payment_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=30,
                        help_text="Calendar days from a debt's first day; of that rule alone.",
                        null=True,
                    ),
                ),
                (
                    "payment_cap",
                    models.PositiveSmallIntegerField(
                        default=30, help_text="A debt is never due later than so many calendar days from its first day."
                    ),
                ),
                (
                    "cap_policy",
                    models.CharField(blank=True, help_text="The policy that raises the cap above 30.", max_length=200),
                ),
                ("payment_rules_version", models.PositiveSmallIntegerField(default=1)),
                (
                    "minimum_shelf_life",
                    models.PositiveSmallIntegerField(
                        default=180, help_text="Days that a batch must still last on delivery."
                    ),
                ),
                ("demo", models.BooleanField(default=False)),
                ("prepared_at", models.DateTimeField()),
                ("signed_by_supplier_at", models.DateTimeField(blank=True, null=True)),
                ("signed_by_agency_at", models.DateTimeField(blank=True, null=True)),
                ("terminated_at", models.DateTimeField(blank=True, null=True)),
                ("terminate_reason", models.CharField(blank=True, max_length=300)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "deliverer",
                    models.ForeignKey(
                        help_text="The supplier itself or the distributor it named.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                (
                    "signed_by_agency_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
                    ),
                ),
                (
                    "signed_by_supplier_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenders.tender"
                    ),
                ),
                (
                    "terminated_by",
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
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="ContractLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(help_text="How orders and deliveries name the line.")),
                ("price", core.fields.PriceField(decimal_places=6, max_digits=18)),
                ("pack_size", models.PositiveIntegerField(help_text="Base units in one pack.")),
                (
                    "award",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenders.award"
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="contracts.contract"
                    ),
                ),
                (
                    "product_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.productversion"
                    ),
                ),
            ],
            options={
                "ordering": ("contract", "number"),
            },
        ),
        migrations.CreateModel(
            name="AgreedVolume",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agreed", models.PositiveBigIntegerField()),
                ("maximum", models.PositiveBigIntegerField(blank=True, null=True)),
                ("ordered", models.PositiveBigIntegerField(default=0)),
                (
                    "hospital",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="volumes", to="contracts.contractline"
                    ),
                ),
            ],
            options={
                "ordering": ("line", "hospital__name"),
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("sent_at", models.DateTimeField()),
                (
                    "deliverer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "hospital",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="DeliveryLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(help_text="Its place on the delivery note.")),
                ("packs", models.PositiveIntegerField()),
                (
                    "arrived_on",
                    models.DateField(
                        blank=True,
                        help_text="Where the deliverer confirmed that the goods came after the first verdict.",
                        null=True,
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="contracts.delivery"
                    ),
                ),
            ],
            options={
                "ordering": ("delivery", "number"),
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reversal", "reverse the verdict behind an overdue debt"),
                            ("later_arrival", "the goods came later"),
                        ],
                        max_length=13,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("asked", "waits for an answer"),
                            ("approved", "approved"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                            ("lapsed", "lapsed without an answer"),
                        ],
                        default="asked",
                        max_length=9,
                    ),
                ),
                ("arrived_on", models.DateField(blank=True, help_text="The day on which the goods came.", null=True)),
                (
                    "moved_days",
                    models.PositiveIntegerField(
                        blank=True, help_text="By how many days the first day moved, once confirmed.", null=True
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.CharField(blank=True, help_text="Why it was declined.", max_length=300)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="contracts.deliveryline",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Acceptance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("accepted", models.PositiveIntegerField()),
                ("rejected", models.PositiveIntegerField(default=0)),
                ("short", models.PositiveIntegerField(default=0)),
                (
                    "rejection",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "none"),
                            ("damaged", "damaged"),
                            ("wrong_product", "wrong product"),
                            ("near_expiry", "expires too soon"),
                            ("no_test_report", "test report missing"),
                            ("cold_chain", "cold chain broken"),
                            ("quality", "quality defect"),
                            ("other", "other, see note"),
                        ],
                        default="",
                        max_length=14,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "replacement",
                    models.BooleanField(
                        default=True,
                        help_text="Packs rejected or short are to be delivered again; if not, they are released.",
                    ),
                ),
                (
                    "accepted_on",
                    models.DateField(help_text="The legal date of the verdict; a line's first one starts its clock."),
                ),
                ("accepted_at", models.DateTimeField()),
                (
                    "accepted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="contracts.acceptance",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acceptances",
                        to="contracts.deliveryline",
                    ),
                ),
            ],
            options={
                "ordering": ("line", "number"),
            },
        ),
        migrations.CreateModel(
            name="Order",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("placed", "waits for approval"),
                            ("sent_back", "not approved"),
                            ("approved", "waits for confirmation"),
                            ("confirmed", "confirmed"),
                            ("refused", "refused by the deliverer"),
                            ("cancelled", "cancelled"),
                        ],
                        default="placed",
                        max_length=9,
                    ),
                ),
                (
                    "amount",
                    core.fields.AmountField(
                        decimal_places=2, help_text="Sum of the lines, each rounded once.", max_digits=18
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("placed_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, help_text="When the deliverer confirmed or refused.", null=True),
                ),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, help_text="When it was sent back or cancelled.", null=True),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True, help_text="Why it was sent back, refused or cancelled.", max_length=300
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="orders", to="contracts.contract"
                    ),
                ),
                (
                    "deliverer",
                    models.ForeignKey(
                        help_text="As named when the order was placed.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
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
                (
                    "hospital",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "placed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.AddField(
            model_name="delivery",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="deliveries", to="contracts.order"
            ),
        ),
        migrations.CreateModel(
            name="OrderLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("packs", models.PositiveIntegerField()),
                (
                    "price",
                    core.fields.PriceField(decimal_places=6, help_text="The contract's price a pack.", max_digits=18),
                ),
                ("pack_size", models.PositiveIntegerField()),
                (
                    "amount",
                    core.fields.AmountField(
                        decimal_places=2, help_text="Price times packs, rounded once.", max_digits=18
                    ),
                ),
                (
                    "confirmed",
                    models.PositiveIntegerField(help_text="None until the deliverer has answered.", null=True),
                ),
                (
                    "released",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="Packs not confirmed, refused, cancelled, or rejected or short without replacement.",
                    ),
                ),
                (
                    "delivered",
                    models.PositiveIntegerField(default=0, help_text="Packs sent and not found rejected or short."),
                ),
                ("accepted", models.PositiveIntegerField(default=0)),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="contracts.order"
                    ),
                ),
                (
                    "volume",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="order_lines",
                        to="contracts.agreedvolume",
                    ),
                ),
            ],
            options={
                "ordering": ("order", "pk"),
            },
        ),
        migrations.AddField(
            model_name="deliveryline",
            name="order_line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="delivery_lines", to="contracts.orderline"
            ),
        ),
        migrations.CreateModel(
            name="Payable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        help_text="Delivery, line and verdict: D-2026-0007-2-1.", max_length=40, unique=True
                    ),
                ),
                ("amount", core.fields.AmountField(decimal_places=2, max_digits=18)),
                (
                    "reversed",
                    core.fields.AmountField(
                        decimal_places=2, default=0, help_text="What later reversals took back.", max_digits=18
                    ),
                ),
                (
                    "paid",
                    core.fields.AmountField(
                        decimal_places=2, default=0, help_text="Sum of the payments recorded against it.", max_digits=18
                    ),
                ),
                ("owed_from", models.DateField(help_text="Its first day: the legal date of the acceptance.")),
                ("due_on", models.DateField(help_text="The earlier of the day of the contract's rule and its cap.")),
                (
                    "last_paid_on",
                    models.DateField(blank=True, help_text="Day of the latest payment against it.", null=True),
                ),
                (
                    "settled_on",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                paid=django.db.models.expressions.CombinedExpression(
                                    models.F("amount"), "-", models.F("reversed")
                                ),
                                paid__gt=0,
                                then=models.F("last_paid_on"),
                            )
                        ),
                        help_text="The day on which nothing of it was left to be paid.",
                        output_field=models.DateField(null=True),
                    ),
                ),
                (
                    "acceptance",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="payable", to="contracts.acceptance"
                    ),
                ),
                (
                    "hospital",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "payer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ("due_on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="ProductBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(help_text="As the first deliverer wrote it.", max_length=40)),
                ("key", models.CharField(help_text="The number folded.", max_length=40)),
                ("expires_on", models.DateField()),
                ("said_before", models.DateField(blank=True, help_text="The expiry that was corrected.", null=True)),
                ("corrected_at", models.DateTimeField(blank=True, null=True)),
                (
                    "corrected_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.product"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="deliveryline",
            name="batch",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="delivery_lines", to="contracts.productbatch"
            ),
        ),
        migrations.AddIndex(
            model_name="contract",
            index=models.Index(fields=["tender", "supplier"], name="contract_by_tender"),
        ),
        migrations.AddIndex(
            model_name="contract",
            index=models.Index(fields=["supplier", "-id"], name="contract_by_supplier"),
        ),
        migrations.AddIndex(
            model_name="contract",
            index=models.Index(fields=["deliverer", "-id"], name="contract_by_deliverer"),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(("starts_on__lte", models.F("ends_on"))),
                name="contract_starts_on_not_after_ends_on",
                violation_error_message="The end cannot be before the start.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("payment_days__isnull", False), ("payment_rule", "days")),
                    models.Q(("payment_days", None), ("payment_rule", "end_of_next_month")),
                    _connector="OR",
                ),
                name="contract_payment_days_of_their_rule",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("payment_cap__range", (1, 30)),
                    models.Q(
                        ("payment_cap__gt", 30), ("payment_cap__lte", 60), models.Q(("cap_policy", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="contract_payment_cap_within_policy",
                violation_error_message="A cap above 30 days needs the policy's name, and none goes beyond 60.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("prepared_at__isnull", True), ("prepared_by__isnull", True)),
                    models.Q(("prepared_at__isnull", False), ("prepared_by__isnull", False)),
                    _connector="OR",
                ),
                name="contract_prepared_at_and_by",
                violation_error_message="An act needs both its time and its person.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("signed_by_supplier_at__isnull", True), ("signed_by_supplier_by__isnull", True)),
                    models.Q(("signed_by_supplier_at__isnull", False), ("signed_by_supplier_by__isnull", False)),
                    _connector="OR",
                ),
                name="contract_signed_by_supplier_at_and_by",
                violation_error_message="An act needs both its time and its person.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("signed_by_agency_at__isnull", True), ("signed_by_agency_by__isnull", True)),
                    models.Q(("signed_by_agency_at__isnull", False), ("signed_by_agency_by__isnull", False)),
                    _connector="OR",
                ),
                name="contract_signed_by_agency_at_and_by",
                violation_error_message="An act needs both its time and its person.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("terminated_at__isnull", True), ("terminated_by__isnull", True)),
                    models.Q(("terminated_at__isnull", False), ("terminated_by__isnull", False)),
                    _connector="OR",
                ),
                name="contract_terminated_at_and_by",
                violation_error_message="An act needs both its time and its person.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "draft"),
                    models.Q(("signed_by_agency_at__isnull", False), ("signed_by_supplier_at__isnull", False)),
                    _connector="OR",
                ),
                name="contract_in_force_needs_both_signatures",
                violation_error_message="Both sides must sign before the contract is in force.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ("draft", "signed", "terminated"))),
                name="contract_status_is_a_choice",
                violation_error_message="Choose one of the values offered.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(("payment_rule__in", ("days", "end_of_next_month"))),
                name="contract_payment_rule_is_a_choice",
                violation_error_message="Choose one of the values offered.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contract",
            trigger=pgtrigger.compiler.Trigger(
                name="contract_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="761adcdced367573eb8a72e970e88ef1a21f2d40",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_contract_insert_recorded_41840",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_contract",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contract",
            trigger=pgtrigger.compiler.Trigger(
                name="contract_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="9ae750b6e26eb2e25f38665f875c501850412f34",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_contract_update_recorded_cba6f",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_contract",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contract",
            trigger=pgtrigger.compiler.Trigger(
                name="contract_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="9a7a0a595ed46f7c1195cf2f2d853aba9fb5a953",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_contract_delete_recorded_f08e4",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="contracts_contract",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contract",
            trigger=pgtrigger.compiler.Trigger(
                name="contract_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of contract are removed one by one' USING ERRCODE = 'PT002';",
                    hash="9ac2524a8b66e5d207d0d65e21a99e0dec56101e",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_contract_not_emptied_7d111",
                    table="contracts_contract",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="contractline",
            constraint=models.UniqueConstraint(fields=("contract", "number"), name="contract_line_number"),
        ),
        migrations.AddConstraint(
            model_name="contractline",
            constraint=models.CheckConstraint(
                condition=models.Q(("price__gte", 0)),
                name="contract_line_price_not_negative",
                violation_error_message="A number cannot be below zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contractline",
            constraint=models.CheckConstraint(
                condition=models.Q(("pack_size__gt", 0)),
                name="contract_line_pack_size_above_zero",
                violation_error_message="Enter a number above zero.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contractline",
            trigger=pgtrigger.compiler.Trigger(
                name="contract_line_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="4ded700a0286abd213ed49bc18189261fc5382c1",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_contract_line_insert_recorded_3af21",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_contractline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contractline",
            trigger=pgtrigger.compiler.Trigger(
                name="contract_line_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="1baa1cafa9770208c611addfaf4e3d3e337a89dc",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_contract_line_update_recorded_3bd5f",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_contractline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contractline",
            trigger=pgtrigger.compiler.Trigger(
                name="contract_line_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="a27a23f1eee012c883475f7c380ea41c45fe8c4a",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_contract_line_delete_recorded_908aa",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="contracts_contractline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contractline",
            trigger=pgtrigger.compiler.Trigger(
                name="contract_line_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of contract_line are removed one by one' USING ERRCODE = 'PT002';",
                    hash="9faca741c9b2a7c1c22c02afef10331204a95c9f",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_contract_line_not_emptied_e855e",
                    table="contracts_contractline",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="agreedvolume",
            index=models.Index(fields=["hospital", "line"], name="agreed_volume_by_hospital"),
        ),
        migrations.AddConstraint(
            model_name="agreedvolume",
            constraint=models.UniqueConstraint(fields=("line", "hospital"), name="agreed_volume_once"),
        ),
        migrations.AddConstraint(
            model_name="agreedvolume",
            constraint=models.CheckConstraint(
                condition=models.Q(("maximum", None), ("ordered__lte", models.F("maximum")), _connector="OR"),
                name="agreed_volume_maximum_holds",
                violation_error_message="This is more than the contract's maximum for the hospital.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreedvolume",
            constraint=models.CheckConstraint(
                condition=models.Q(("maximum", None), ("maximum__gte", models.F("agreed")), _connector="OR"),
                name="agreed_volume_maximum_not_below_floor",
                violation_error_message="The maximum cannot be below the agreed volume.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreedvolume",
            trigger=pgtrigger.compiler.Trigger(
                name="agreed_volume_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="480e88257500fa1e648b49f2aaaaba7d865301de",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_agreed_volume_insert_recorded_fc029",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_agreedvolume",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreedvolume",
            trigger=pgtrigger.compiler.Trigger(
                name="agreed_volume_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="f0935154d470c25da9514c1ff1ef35b936650801",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_agreed_volume_update_recorded_47d87",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_agreedvolume",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreedvolume",
            trigger=pgtrigger.compiler.Trigger(
                name="agreed_volume_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="3d812150ca43a33126a7c97cae99b1bed82e5f2c",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_agreed_volume_delete_recorded_91528",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="contracts_agreedvolume",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreedvolume",
            trigger=pgtrigger.compiler.Trigger(
                name="agreed_volume_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of agreed_volume are removed one by one' USING ERRCODE = 'PT002';",
                    hash="af77452e5d4ac6acd0bc0b63747dbb91d77aa27a",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_agreed_volume_not_emptied_c80aa",
                    table="contracts_agreedvolume",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("asked_at__isnull", True), ("asked_by__isnull", True)),
                    models.Q(("asked_at__isnull", False), ("asked_by__isnull", False)),
                    _connector="OR",
                ),
                name="correction_asked_at_and_by",
                violation_error_message="An act needs both its time and its person.",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                    models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                    _connector="OR",
                ),
                name="correction_answered_at_and_by",
                violation_error_message="An act needs both its time and its person.",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("arrived_on__isnull", False), ("kind", "later_arrival")),
                    models.Q(("arrived_on", None), ("kind", "reversal")),
                    _connector="OR",
                ),
                name="correction_arrival_has_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at", None), ("status__in", ("asked", "lapsed"))),
                    models.Q(("answered_at__isnull", False), ("status__in", ("approved", "declined", "withdrawn"))),
                    _connector="OR",
                ),
                name="correction_answered_by_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "approved"), _negated=True),
                    models.Q(("answered_by", models.F("asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="correction_approved_by_another",
                violation_error_message="Somebody else than the person who asked answers this.",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("moved_days", None), models.Q(("kind", "later_arrival"), ("status", "approved")), _connector="OR"
                ),
                name="correction_moves_once_confirmed",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "asked")), fields=("line",), name="correction_one_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("reversal", "later_arrival"))),
                name="correction_kind_is_a_choice",
                violation_error_message="Choose one of the values offered.",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ("asked", "approved", "declined", "withdrawn", "lapsed"))),
                name="correction_status_is_a_choice",
                violation_error_message="Choose one of the values offered.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correction",
            trigger=pgtrigger.compiler.Trigger(
                name="correction_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="2d9245db787bbbf4291dc22faabab2d23521e456",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_correction_insert_recorded_cc816",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_correction",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correction",
            trigger=pgtrigger.compiler.Trigger(
                name="correction_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="d368f2de29d747179f5884a7239d7c982f63ac19",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_correction_update_recorded_490d7",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_correction",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correction",
            trigger=pgtrigger.compiler.Trigger(
                name="correction_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="280812b94644d85f2d6a8549734fb375ca474b74",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_correction_delete_recorded_99177",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="contracts_correction",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correction",
            trigger=pgtrigger.compiler.Trigger(
                name="correction_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of correction are removed one by one' USING ERRCODE = 'PT002';",
                    hash="4aad10f56f7965a353f793aaae0fae11607d0eff",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_correction_not_emptied_2d25c",
                    table="contracts_correction",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="acceptance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("accepted_at__isnull", True), ("accepted_by__isnull", True)),
                    models.Q(("accepted_at__isnull", False), ("accepted_by__isnull", False)),
                    _connector="OR",
                ),
                name="acceptance_accepted_at_and_by",
                violation_error_message="An act needs both its time and its person.",
            ),
        ),
        migrations.AddConstraint(
            model_name="acceptance",
            constraint=models.UniqueConstraint(fields=("line", "number"), name="acceptance_number"),
        ),
        migrations.AddConstraint(
            model_name="acceptance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        django.db.models.lookups.Exact(django.db.models.functions.math.Mod(models.F("number"), 2), 1),
                        ("reverses", None),
                    ),
                    models.Q(
                        django.db.models.lookups.Exact(django.db.models.functions.math.Mod(models.F("number"), 2), 0),
                        ("reverses__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="acceptance_every_second_reverses",
            ),
        ),
        migrations.AddConstraint(
            model_name="acceptance",
            constraint=models.CheckConstraint(
                condition=models.Q(("rejected", 0), models.Q(("rejection", ""), _negated=True), _connector="OR"),
                name="acceptance_rejection_has_a_reason",
                violation_error_message="Choose why packs are rejected.",
            ),
        ),
        migrations.AddConstraint(
            model_name="acceptance",
            constraint=models.CheckConstraint(
                condition=models.Q(("accepted__gt", 0), ("rejected__gt", 0), ("short__gt", 0), _connector="OR"),
                name="acceptance_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="acceptance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "rejection__in",
                        (
                            "",
                            "damaged",
                            "wrong_product",
                            "near_expiry",
                            "no_test_report",
                            "cold_chain",
                            "quality",
                            "other",
                        ),
                    )
                ),
                name="acceptance_rejection_is_a_choice",
                violation_error_message="Choose one of the values offered.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="acceptance",
            trigger=pgtrigger.compiler.Trigger(
                name="acceptance_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of acceptance are written once and stay' USING ERRCODE = 'PT002';",
                    hash="7ce298926c484fd296d5995e954734dbb73032d0",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_acceptance_rows_stay_1fbdf",
                    table="contracts_acceptance",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="acceptance",
            trigger=pgtrigger.compiler.Trigger(
                name="acceptance_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of acceptance are written once and stay' USING ERRCODE = 'PT002';",
                    hash="dba041a43e42a567f906f2f0f1dce9d4ed8b220d",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_acceptance_table_stays_2dc63",
                    table="contracts_acceptance",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="acceptance",
            trigger=pgtrigger.compiler.Trigger(
                name="acceptance_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="16304386e5eadbf0335401c867dd757dcfe15613",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_acceptance_insert_recorded_013e7",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_acceptance",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["hospital", "-id"], name="order_by_hospital"),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["deliverer", "-id"], name="order_by_deliverer"),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["status", "-id"], name="order_by_status"),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("placed_at__isnull", True), ("placed_by__isnull", True)),
                    models.Q(("placed_at__isnull", False), ("placed_by__isnull", False)),
                    _connector="OR",
                ),
                name="order_placed_at_and_by",
                violation_error_message="An act needs both its time and its person.",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                    _connector="OR",
                ),
                name="order_approved_at_and_by",
                violation_error_message="An act needs both its time and its person.",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                    models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                    _connector="OR",
                ),
                name="order_answered_at_and_by",
                violation_error_message="An act needs both its time and its person.",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="order_ended_at_and_by",
                violation_error_message="An act needs both its time and its person.",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by", None),
                    models.Q(("approved_by", models.F("placed_by")), _negated=True),
                    _connector="OR",
                ),
                name="order_approved_by_another_person",
                violation_error_message="An order is approved by somebody else than the person who placed it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ("sent_back", "refused", "cancelled")), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="order_end_has_a_reason",
                violation_error_message="Give the reason, so that the other side knows.",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ("placed", "sent_back", "approved", "confirmed", "refused", "cancelled"))
                ),
                name="order_status_is_a_choice",
                violation_error_message="Choose one of the values offered.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="order",
            trigger=pgtrigger.compiler.Trigger(
                name="order_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="009c1981b4b786313cbd76c2755b84c02dbc5a73",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_order_insert_recorded_ef160",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_order",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="order",
            trigger=pgtrigger.compiler.Trigger(
                name="order_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="7268de8d637c78c0a8e8097b8dbba5c51ad1d421",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_order_update_recorded_b9470",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_order",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="order",
            trigger=pgtrigger.compiler.Trigger(
                name="order_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="62dbfb30a8973cd0bed056a9e07918b38bb52601",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_order_delete_recorded_587b9",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="contracts_order",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="order",
            trigger=pgtrigger.compiler.Trigger(
                name="order_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of order are removed one by one' USING ERRCODE = 'PT002';",
                    hash="eaacfc943a302a8e29e55cff826296538532b453",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_order_not_emptied_d9f2f",
                    table="contracts_order",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["hospital", "-id"], name="delivery_by_hospital"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["deliverer", "-id"], name="delivery_by_deliverer"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at__isnull", True), ("sent_by__isnull", True)),
                    models.Q(("sent_at__isnull", False), ("sent_by__isnull", False)),
                    _connector="OR",
                ),
                name="delivery_sent_at_and_by",
                violation_error_message="An act needs both its time and its person.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="delivery",
            trigger=pgtrigger.compiler.Trigger(
                name="delivery_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="afdccf0dcc0a342bebe7439e274025af0f1a4f61",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_delivery_insert_recorded_7c541",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_delivery",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="delivery",
            trigger=pgtrigger.compiler.Trigger(
                name="delivery_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="b16f1fe37921c4e21be47fcb03287d99c36b3d2b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_delivery_update_recorded_50a17",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_delivery",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="delivery",
            trigger=pgtrigger.compiler.Trigger(
                name="delivery_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="ecef9ffd89ecdc33cc0371ef83e95ebf41063e70",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delivery_delete_recorded_2e517",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="contracts_delivery",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="delivery",
            trigger=pgtrigger.compiler.Trigger(
                name="delivery_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of delivery are removed one by one' USING ERRCODE = 'PT002';",
                    hash="bd96283796883cb086cc1cd76e4d522cf05e00f7",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_delivery_not_emptied_9c8ce",
                    table="contracts_delivery",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.UniqueConstraint(fields=("order", "volume"), name="order_line_once"),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.CheckConstraint(
                condition=models.Q(("packs__gt", 0)),
                name="order_line_packs_above_zero",
                violation_error_message="Enter a number above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.CheckConstraint(
                condition=models.Q(("confirmed", None), ("confirmed__lte", models.F("packs")), _connector="OR"),
                name="order_line_confirmed_within_ordered",
                violation_error_message="More cannot be confirmed than was ordered.",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed", None), ("delivered", 0)),
                    models.Q(
                        ("confirmed__isnull", False),
                        (
                            "delivered__lte",
                            django.db.models.expressions.CombinedExpression(
                                models.F("packs"), "-", models.F("released")
                            ),
                        ),
                    ),
                    _connector="OR",
                ),
                name="order_line_delivered_within_confirmed",
                violation_error_message="More cannot be delivered than was confirmed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.CheckConstraint(
                condition=models.Q(("released__lte", models.F("packs"))), name="order_line_released_within_ordered"
            ),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.CheckConstraint(
                condition=models.Q(("accepted__lte", models.F("delivered"))),
                name="order_line_accepted_within_delivered",
                violation_error_message="More cannot be accepted than was delivered.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="orderline",
            trigger=pgtrigger.compiler.Trigger(
                name="order_line_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="97aebd25c29e752c3906e8db0ab4e27b136c8078",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_order_line_insert_recorded_fca24",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_orderline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="orderline",
            trigger=pgtrigger.compiler.Trigger(
                name="order_line_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="be7270be9222626a8c7e2e5c3d352acb62248df3",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_order_line_update_recorded_62860",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_orderline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="orderline",
            trigger=pgtrigger.compiler.Trigger(
                name="order_line_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="5e2ec879080cfe1cc3a742e88dff3c115cf1682d",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_order_line_delete_recorded_094ec",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="contracts_orderline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="orderline",
            trigger=pgtrigger.compiler.Trigger(
                name="order_line_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of order_line are removed one by one' USING ERRCODE = 'PT002';",
                    hash="6bc52b3c926354f7572f350c0fcf6cb011bd3e7b",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_order_line_not_emptied_1cca1",
                    table="contracts_orderline",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="payable",
            index=models.Index(
                condition=models.Q(
                    (
                        "paid__lt",
                        django.db.models.expressions.CombinedExpression(models.F("amount"), "-", models.F("reversed")),
                    )
                ),
                fields=["due_on", "id"],
                name="payable_open",
            ),
        ),
        migrations.AddIndex(
            model_name="payable",
            index=models.Index(fields=["supplier", "due_on"], name="payable_by_supplier"),
        ),
        migrations.AddConstraint(
            model_name="payable",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gte", 0), ("paid__gte", 0), ("reversed__gte", 0)),
                name="payable_amount_not_negative",
                violation_error_message="A number cannot be below zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="payable",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "paid__lte",
                        django.db.models.expressions.CombinedExpression(models.F("amount"), "-", models.F("reversed")),
                    )
                ),
                name="payable_never_overpaid",
                violation_error_message="This is more than is owed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="payable",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("due_on__gte", models.F("owed_from")),
                    (
                        "due_on__lte",
                        django.db.models.expressions.CombinedExpression(models.F("owed_from"), "+", models.Value(60)),
                    ),
                ),
                name="payable_due_within_the_longest_cap",
                violation_error_message="Nothing is due later than 60 days from its first day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="payable",
            constraint=models.CheckConstraint(
                condition=models.Q(("paid", 0), ("last_paid_on__gte", models.F("owed_from")), _connector="OR"),
                name="payable_paid_from_its_first_day",
                violation_error_message="Nothing is paid before it is owed.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payable",
            trigger=pgtrigger.compiler.Trigger(
                name="payable_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="a8a799a0ce84b39272d4d194dc13fcbc0f08d90e",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_payable_insert_recorded_073c3",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_payable",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payable",
            trigger=pgtrigger.compiler.Trigger(
                name="payable_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="6ad2d17e724dfe058413b7b567510a0065650c3c",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_payable_update_recorded_a7061",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_payable",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payable",
            trigger=pgtrigger.compiler.Trigger(
                name="payable_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="cf26cdd2983e16f3a9ff00d2ae14e45144700a71",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_payable_delete_recorded_b5680",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="contracts_payable",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payable",
            trigger=pgtrigger.compiler.Trigger(
                name="payable_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of payable are removed one by one' USING ERRCODE = 'PT002';",
                    hash="1ca8b7efdca070c9ee3b6380f79314091b854e81",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_payable_not_emptied_d0be9",
                    table="contracts_payable",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="productbatch",
            constraint=models.UniqueConstraint(fields=("product", "key"), name="product_batch_once"),
        ),
        migrations.AddConstraint(
            model_name="productbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("key", ""), _negated=True), name="product_batch_has_a_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="productbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("corrected_at__isnull", True), ("corrected_by__isnull", True)),
                    models.Q(("corrected_at__isnull", False), ("corrected_by__isnull", False)),
                    _connector="OR",
                ),
                name="product_batch_corrected_at_and_by",
                violation_error_message="An act needs both its time and its person.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="productbatch",
            trigger=pgtrigger.compiler.Trigger(
                name="product_batch_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="453953e7b689a37899e29ea0aa3803a952a53882",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_product_batch_insert_recorded_7538f",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_productbatch",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="productbatch",
            trigger=pgtrigger.compiler.Trigger(
                name="product_batch_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="62220603e56b4956344ba9f1a77d3ef746b0b6ca",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_product_batch_update_recorded_58afb",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_productbatch",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="productbatch",
            trigger=pgtrigger.compiler.Trigger(
                name="product_batch_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="33353e7457821a66f1cd9a48c53c887f5907e507",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_product_batch_delete_recorded_9fc4d",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="contracts_productbatch",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="productbatch",
            trigger=pgtrigger.compiler.Trigger(
                name="product_batch_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of product_batch are removed one by one' USING ERRCODE = 'PT002';",
                    hash="22a4c841bbe2f5f02cf473738af60564be421570",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_product_batch_not_emptied_35c03",
                    table="contracts_productbatch",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryline",
            constraint=models.UniqueConstraint(fields=("delivery", "order_line", "batch"), name="delivery_line_once"),
        ),
        migrations.AddConstraint(
            model_name="deliveryline",
            constraint=models.UniqueConstraint(fields=("delivery", "number"), name="delivery_line_number"),
        ),
        migrations.AddConstraint(
            model_name="deliveryline",
            constraint=models.CheckConstraint(
                condition=models.Q(("packs__gt", 0)),
                name="delivery_line_packs_above_zero",
                violation_error_message="Enter a number above zero.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deliveryline",
            trigger=pgtrigger.compiler.Trigger(
                name="delivery_line_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="07cb79d2778418f4cb4c91b47f657c21e6c29230",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_delivery_line_insert_recorded_df1c5",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_deliveryline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deliveryline",
            trigger=pgtrigger.compiler.Trigger(
                name="delivery_line_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="85c013588fa709e15f5d4995ec7dfab313ce5485",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_delivery_line_update_recorded_cba01",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_deliveryline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deliveryline",
            trigger=pgtrigger.compiler.Trigger(
                name="delivery_line_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="3171cc8b0d4acb4ecc32de19436cdd4b95b8b2a8",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delivery_line_delete_recorded_12cef",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="contracts_deliveryline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deliveryline",
            trigger=pgtrigger.compiler.Trigger(
                name="delivery_line_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of delivery_line are removed one by one' USING ERRCODE = 'PT002';",
                    hash="19fff248a7364a6a65d2d0be4785260c05ea2d6d",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_delivery_line_not_emptied_ec6d7",
                    table="contracts_deliveryline",
                    when="BEFORE",
                ),
            ),
        ),
    ]
