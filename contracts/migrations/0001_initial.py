import core.fields
import core.triggers
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.math
import django.db.models.lookups
import pgtrigger.compiler
from core.migrating import RoomMade
from django.db import migrations, models

from contracts.migrations._by_hand import BEFORE


class Migration(RoomMade):
    dependencies = [
        ("core", "0001_initial"),
        ("accounts", "0001_initial"),
        ("awards", "0001_initial"),
        ("catalogue", "0001_initial"),
    ]

    operations = [
        *BEFORE,
        migrations.CreateModel(
            name="PayerRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                ("code", models.CharField(max_length=40)),
            ],
            options={
                "ordering": ("code",),
                "constraints": [models.UniqueConstraint(fields=("agency", "code"), name="payer_rule_once")],
            },
        ),
        migrations.CreateModel(
            name="ProductBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.product"
                    ),
                ),
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("product", "key"), name="product_batch_once"),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="product_batch_has_a_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("corrected_at__isnull", True), ("corrected_by__isnull", True)),
                            models.Q(("corrected_at__isnull", False), ("corrected_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="product_batch_corrected_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                ],
            },
        ),
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
                (
                    "kind",
                    models.CharField(
                        choices=[("award", "from awards"), ("listing", "prices of listings")],
                        default="award",
                        max_length=7,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        help_text="Reference of the procedure that its awards came from; empty where it has listings.",
                        max_length=40,
                    ),
                ),
                (
                    "title",
                    models.CharField(help_text="Title of that procedure, or what the agreement is on.", max_length=200),
                ),
                (
                    "agency",
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
                (
                    "payer_rule",
                    models.ForeignKey(
                        help_text="Who owes what hospitals accept, by the day.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contracts.payerrule",
                    ),
                ),
                ("payment_rules_version", models.PositiveSmallIntegerField(default=1)),
                (
                    "minimum_shelf_life",
                    models.PositiveSmallIntegerField(
                        default=180, help_text="Days that a batch must still last on delivery."
                    ),
                ),
                (
                    "latest_arrival_days",
                    models.PositiveSmallIntegerField(
                        default=30, help_text="Days after the end until which orders of the term may be delivered."
                    ),
                ),
                (
                    "agreed_delay",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="Working days that a delivery may be late before the hospital may close the rest.",
                    ),
                ),
                ("demo", models.BooleanField(default=False)),
                ("prepared_at", models.DateTimeField()),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                ("signed_by_supplier_at", models.DateTimeField(blank=True, null=True)),
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
                ("signed_by_agency_at", models.DateTimeField(blank=True, null=True)),
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
                ("terminated_at", models.DateTimeField(blank=True, null=True)),
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
                ("terminate_reason", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ("-id",),
                "indexes": [
                    models.Index(fields=["source", "supplier"], name="contract_by_source"),
                    models.Index(fields=["supplier", "-id"], name="contract_by_supplier"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("starts_on__lte", models.F("ends_on"))),
                        name="contract_starts_on_not_after_ends_on",
                        violation_error_message="The end cannot be before the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "award"), models.Q(("source", ""), _negated=True)),
                            models.Q(("kind", "listing"), ("source", "")),
                            _connector="OR",
                        ),
                        name="contract_source_of_its_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("payment_days__isnull", False), ("payment_rule", "days")),
                            models.Q(("payment_days", None), ("payment_rule", "end_of_next_month")),
                            _connector="OR",
                        ),
                        name="contract_payment_days_of_their_rule",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("payment_cap__range", (1, 30)),
                            models.Q(
                                ("payment_cap__gt", 30),
                                ("payment_cap__lte", 60),
                                models.Q(("cap_policy", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="contract_payment_cap_within_policy",
                        violation_error_message="A cap above 30 days needs the policy's name, and none goes beyond 60.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("prepared_at__isnull", True), ("prepared_by__isnull", True)),
                            models.Q(("prepared_at__isnull", False), ("prepared_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="contract_prepared_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_by_supplier_at__isnull", True), ("signed_by_supplier_by__isnull", True)),
                            models.Q(
                                ("signed_by_supplier_at__isnull", False), ("signed_by_supplier_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="contract_signed_by_supplier_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_by_agency_at__isnull", True), ("signed_by_agency_by__isnull", True)),
                            models.Q(("signed_by_agency_at__isnull", False), ("signed_by_agency_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="contract_signed_by_agency_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("terminated_at__isnull", True), ("terminated_by__isnull", True)),
                            models.Q(("terminated_at__isnull", False), ("terminated_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="contract_terminated_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "draft"),
                            models.Q(("signed_by_agency_at__isnull", False), ("signed_by_supplier_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="contract_in_force_needs_both_signatures",
                        violation_error_message="Both sides must sign before the contract is in force.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("draft", "signed", "terminated"))),
                        name="contract_status_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("award", "listing"))),
                        name="contract_kind_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("payment_rule__in", ("days", "end_of_next_month"))),
                        name="contract_payment_rule_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PayerRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contracts.payerrule"
                    ),
                ),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.region",
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "product_list",
                    models.CharField(
                        blank=True,
                        help_text="Code of a list of products; matches once the catalogue keeps lists.",
                        max_length=40,
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, help_text="Last day; empty while open-ended.", null=True)),
                ("set_at", models.DateTimeField()),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                (
                    "who",
                    models.CharField(
                        choices=[
                            ("agency", "the procurement agency"),
                            ("hospital", "the hospital itself"),
                            ("organisation", "a named payer"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "payer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("-valid_from", "-pk"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("set_at__isnull", True), ("set_by__isnull", True)),
                            models.Q(("set_at__isnull", False), ("set_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="payer_row_set_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lte", models.F("valid_to"))),
                        name="payer_row_valid_from_not_after_valid_to",
                        violation_error_message="The end cannot be before the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("payer__isnull", False), ("who", "organisation")),
                            models.Q(models.Q(("who", "organisation"), _negated=True), ("payer", None)),
                            _connector="OR",
                        ),
                        name="payer_row_names_its_payer",
                        violation_error_message="Name the payer, where it is neither the agency nor the hospital.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=(
                            (models.F("rule"), "="),
                            (django.db.models.functions.comparison.Coalesce(models.F("region"), models.Value("")), "="),
                            (
                                django.db.models.functions.comparison.Coalesce(
                                    models.F("institution"), models.Value(0)
                                ),
                                "=",
                            ),
                            (models.F("product_list"), "="),
                            (
                                models.Func(
                                    models.F("valid_from"),
                                    models.F("valid_to"),
                                    django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ),
                        name="payer_row_one_at_a_time",
                        violation_error_message="Another row says who pays for the same in the same period.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("who__in", ("agency", "hospital", "organisation"))),
                        name="payerrow_who_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PayeeRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contracts.payerrule"
                    ),
                ),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.region",
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "product_list",
                    models.CharField(
                        blank=True,
                        help_text="Code of a list of products; matches once the catalogue keeps lists.",
                        max_length=40,
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, help_text="Last day; empty while open-ended.", null=True)),
                ("set_at", models.DateTimeField()),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                (
                    "whom",
                    models.CharField(
                        choices=[("supplier", "the supplier"), ("deliverer", "whoever delivers")], max_length=9
                    ),
                ),
            ],
            options={
                "ordering": ("-valid_from", "-pk"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("set_at__isnull", True), ("set_by__isnull", True)),
                            models.Q(("set_at__isnull", False), ("set_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="payee_row_set_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lte", models.F("valid_to"))),
                        name="payee_row_valid_from_not_after_valid_to",
                        violation_error_message="The end cannot be before the start.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=(
                            (models.F("rule"), "="),
                            (django.db.models.functions.comparison.Coalesce(models.F("region"), models.Value("")), "="),
                            (
                                django.db.models.functions.comparison.Coalesce(
                                    models.F("institution"), models.Value(0)
                                ),
                                "=",
                            ),
                            (models.F("product_list"), "="),
                            (
                                models.Func(
                                    models.F("valid_from"),
                                    models.F("valid_to"),
                                    django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ),
                        name="payee_row_one_at_a_time",
                        violation_error_message="Another row says who is paid for the same in the same period.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("whom__in", ("supplier", "deliverer"))),
                        name="payeerow_whom_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContractLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="contracts.contract"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(help_text="How orders name the line.")),
                (
                    "award",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="awards.award"
                    ),
                ),
                (
                    "listing",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.listing"
                    ),
                ),
                ("unit", models.CharField(help_text="What its volumes count: tablet, stent, set.", max_length=40)),
                ("is_set", models.BooleanField(default=False, help_text="Its products are the parts of a set.")),
                (
                    "price",
                    core.fields.PriceField(
                        decimal_places=6, help_text="Of a pack of its first product, or of a set.", max_digits=18
                    ),
                ),
                (
                    "units",
                    core.fields.RatioField(
                        decimal_places=9, help_text="How many units such a pack draws; 1 for a set.", max_digits=18
                    ),
                ),
            ],
            options={
                "ordering": ("contract", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("contract", "number"), name="contract_line_number"),
                    models.UniqueConstraint(fields=("contract", "listing"), name="contract_line_of_a_listing_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("award__isnull", False), ("listing", None)),
                            models.Q(("award", None), ("is_set", False), ("listing__isnull", False)),
                            _connector="OR",
                        ),
                        name="contract_line_of_an_award_or_a_listing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("price__gte", 0)),
                        name="contract_line_price_not_negative",
                        violation_error_message="A number cannot be below zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("units__gt", 0)),
                        name="contract_line_units_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_set", False), ("units", 1), _connector="OR"),
                        name="contract_line_counts_sets",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Distribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="distribution",
                        to="contracts.contract",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(help_text="How pages and programs name the row.")),
                (
                    "deliverer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: everywhere.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.region",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: all of the contract's.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.product",
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, help_text="Last day; empty while open-ended.", null=True)),
                ("named_at", models.DateTimeField()),
                (
                    "named_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "ordering": ("contract", "number"),
                "indexes": [models.Index(fields=["deliverer", "contract"], name="distribution_by_deliverer")],
                "constraints": [
                    models.UniqueConstraint(fields=("contract", "number"), name="distribution_number"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("named_at__isnull", True), ("named_by__isnull", True)),
                            models.Q(("named_at__isnull", False), ("named_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="distribution_named_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lte", models.F("valid_to"))),
                        name="distribution_valid_from_not_after_valid_to",
                        violation_error_message="The end cannot be before the start.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=(
                            (models.F("contract"), "="),
                            (django.db.models.functions.comparison.Coalesce(models.F("area"), models.Value("")), "="),
                            (django.db.models.functions.comparison.Coalesce(models.F("product"), models.Value(0)), "="),
                            (
                                models.Func(
                                    models.F("valid_from"),
                                    models.F("valid_to"),
                                    django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ),
                        name="distribution_one_at_a_time",
                        violation_error_message="Another deliverer is named for the same in the same period.",
                    ),
                ],
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
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "not confirmed"),
                            ("to_send", "to be delivered"),
                            ("under_way", "on its way"),
                            ("received", "received"),
                        ],
                        default="",
                        help_text="How far a confirmed order is, by its lines.",
                        max_length=9,
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="orders", to="contracts.contract"
                    ),
                ),
                (
                    "hospital",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
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
                    "amount",
                    core.fields.AmountField(
                        decimal_places=2,
                        help_text="Sum of the lines with their service fees, each rounded once.",
                        max_digits=18,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("own_number", models.CharField(blank=True, help_text="In the hospital's own system.", max_length=60)),
                (
                    "basket",
                    models.CharField(
                        help_text="Reference of the first order that was placed with it; its own where it is the first.",
                        max_length=20,
                    ),
                ),
                ("placed_at", models.DateTimeField()),
                (
                    "placed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
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
                    "answered_at",
                    models.DateTimeField(blank=True, help_text="When the deliverer confirmed or refused.", null=True),
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
                    "ended_at",
                    models.DateTimeField(blank=True, help_text="When it was sent back or cancelled.", null=True),
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
                    "reason",
                    models.CharField(
                        blank=True, help_text="Why it was sent back, refused or cancelled.", max_length=300
                    ),
                ),
                (
                    "latest_arrival_on",
                    models.DateField(help_text="Last day on which it may be sent; then its rest closes itself."),
                ),
                (
                    "closing",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "open"),
                            ("late", "the deliverer failed"),
                            ("not_wanted", "not wanted any more"),
                            ("by_deliverer", "the deliverer cannot deliver"),
                            ("latest_arrival", "the latest arrival was over"),
                        ],
                        default="",
                        help_text="Why the rest is not delivered any more.",
                        max_length=14,
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
                    ),
                ),
                ("close_reason", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ("-id",),
                "indexes": [
                    models.Index(fields=["hospital", "-id"], name="order_by_hospital"),
                    models.Index(fields=["deliverer", "-id"], name="order_by_deliverer"),
                    models.Index(fields=["basket"], name="order_by_basket"),
                    models.Index(
                        condition=models.Q(("own_number", ""), _negated=True),
                        fields=["own_number"],
                        name="order_by_own_number",
                    ),
                    models.Index(fields=["status", "-id"], name="order_by_status"),
                    models.Index(fields=["deliverer", "stage"], name="order_to_deliver"),
                    models.Index(
                        condition=models.Q(("stage", "to_send")), fields=["latest_arrival_on"], name="order_to_close"
                    ),
                    models.Index(
                        models.OrderBy(models.F("placed_at"), descending=True, nulls_last=True),
                        models.OrderBy(models.F("reference"), descending=True),
                        name="order_by_day",
                    ),
                    models.Index(
                        models.F("stage"),
                        models.OrderBy(models.F("placed_at"), descending=True, nulls_last=True),
                        models.OrderBy(models.F("reference"), descending=True),
                        name="order_by_stage_and_day",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("placed_at__isnull", True), ("placed_by__isnull", True)),
                            models.Q(("placed_at__isnull", False), ("placed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="order_placed_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                            models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="order_approved_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                            models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="order_answered_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="order_ended_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("closed_by__isnull", True)),
                            models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="order_closed_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("closing__in", ("", "latest_arrival"))),
                            models.Q(
                                ("closed_at__isnull", False), ("closing__in", ("late", "not_wanted", "by_deliverer"))
                            ),
                            _connector="OR",
                        ),
                        name="order_closed_by_a_person_or_by_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            models.Q(("approved_by", models.F("placed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="order_approved_by_another_person",
                        violation_error_message="An order is approved by somebody else than the person who placed it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "confirmed"), models.Q(("stage", ""), _negated=True)),
                            models.Q(models.Q(("status", "confirmed"), _negated=True), ("stage", "")),
                            _connector="OR",
                        ),
                        name="order_has_a_stage_once_confirmed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ("sent_back", "refused", "cancelled")), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="order_end_has_a_reason",
                        violation_error_message="Give the reason, so that the other side knows.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ("placed", "sent_back", "approved", "confirmed", "refused", "cancelled"))
                        ),
                        name="order_status_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ("", "to_send", "under_way", "received"))),
                        name="order_stage_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closing__in", ("", "late", "not_wanted", "by_deliverer", "latest_arrival"))
                        ),
                        name="order_closing_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgreedVolume",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="volumes", to="contracts.contractline"
                    ),
                ),
                (
                    "hospital",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                ("agreed", models.PositiveBigIntegerField()),
                ("maximum", models.PositiveBigIntegerField(blank=True, null=True)),
                ("ordered", core.fields.RatioField(decimal_places=9, default=0, max_digits=18)),
            ],
            options={
                "ordering": ("line", "hospital__name"),
                "indexes": [models.Index(fields=["hospital", "line"], name="agreed_volume_by_hospital")],
                "constraints": [
                    models.UniqueConstraint(fields=("line", "hospital"), name="agreed_volume_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ordered__gte", 0)),
                        name="agreed_volume_ordered_not_negative",
                        violation_error_message="A number cannot be below zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("maximum", None), ("ordered__lte", models.F("maximum")), _connector="OR"),
                        name="agreed_volume_maximum_holds",
                        violation_error_message="This is more than the contract's maximum for the hospital.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("maximum", None), ("maximum__gte", models.F("agreed")), _connector="OR"),
                        name="agreed_volume_maximum_not_below_floor",
                        violation_error_message="The maximum cannot be below the agreed volume.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContractProduct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="products",
                        to="contracts.contractline",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(help_text="How orders name it within its line.")),
                (
                    "product_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.productversion"
                    ),
                ),
                ("price", core.fields.PriceField(decimal_places=6, help_text="Price a pack.", max_digits=18)),
                (
                    "service_fee",
                    core.fields.PriceField(
                        decimal_places=6, help_text="Owed beside the price, a pack.", max_digits=18, null=True
                    ),
                ),
                ("pack_size", models.PositiveIntegerField(help_text="Base units in one pack.")),
                ("factor", core.fields.RatioField(decimal_places=9, max_digits=18)),
                ("units", core.fields.RatioField(decimal_places=9, max_digits=18)),
                (
                    "quantity",
                    models.PositiveIntegerField(
                        default=1, help_text="How many base units a set has of it; 1 otherwise."
                    ),
                ),
            ],
            options={
                "ordering": ("line", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("line", "number"), name="contract_product_number"),
                    models.UniqueConstraint(fields=("line", "product_version"), name="contract_product_once"),
                    models.CheckConstraint(
                        condition=models.Q(("price__gte", 0), ("units__gte", 0)),
                        name="contract_product_price_not_negative",
                        violation_error_message="A number cannot be below zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pack_size__gt", 0)),
                        name="contract_product_pack_size_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("factor__gt", 0)),
                        name="contract_product_factor_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)),
                        name="contract_product_quantity_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deliveries", to="contracts.order"
                    ),
                ),
                (
                    "hospital",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "deliverer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200)),
                ("own_number", models.CharField(blank=True, help_text="In the deliverer's own system.", max_length=60)),
                ("sent_at", models.DateTimeField()),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
                "indexes": [
                    models.Index(fields=["hospital", "-id"], name="delivery_by_hospital"),
                    models.Index(fields=["deliverer", "-id"], name="delivery_by_deliverer"),
                    models.Index(
                        condition=models.Q(("own_number", ""), _negated=True),
                        fields=["own_number"],
                        name="delivery_by_own_number",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", True), ("sent_by__isnull", True)),
                            models.Q(("sent_at__isnull", False), ("sent_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="delivery_sent_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="contracts.order"
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(help_text="How confirmations and deliveries name the line."),
                ),
                (
                    "volume",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="order_lines",
                        to="contracts.agreedvolume",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contracts.contractproduct"
                    ),
                ),
                ("own_number", models.CharField(blank=True, help_text="In the hospital's own system.", max_length=60)),
                ("packs", models.PositiveIntegerField()),
                (
                    "price",
                    core.fields.PriceField(
                        decimal_places=6, help_text="The price a pack in force when it was ordered.", max_digits=18
                    ),
                ),
                (
                    "price_entry",
                    models.ForeignKey(
                        help_text="Entry of the price register that set the price; empty where the contract's own price stands.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.priceentry",
                    ),
                ),
                (
                    "service_fee",
                    core.fields.PriceField(
                        decimal_places=6, help_text="The contract's service fee a pack.", max_digits=18, null=True
                    ),
                ),
                ("pack_size", models.PositiveIntegerField()),
                (
                    "units",
                    core.fields.RatioField(
                        decimal_places=9, help_text="What a pack draws of the agreed volume.", max_digits=18
                    ),
                ),
                (
                    "departure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "none"),
                            ("not_delivered", "the committed supplier does not deliver"),
                            ("clinical", "a patient needs another product"),
                            ("emergency", "emergency or public health"),
                            ("fulfilled", "the committed volume is bought"),
                        ],
                        default="",
                        help_text="Why it is not bought of the supplier to whom the item is committed.",
                        max_length=13,
                    ),
                ),
                (
                    "amount",
                    core.fields.AmountField(
                        decimal_places=2, help_text="Price times packs, rounded once.", max_digits=18
                    ),
                ),
                (
                    "fee",
                    core.fields.AmountField(
                        decimal_places=2, default=0, help_text="Service fee times packs, rounded once.", max_digits=18
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
                    "closed",
                    models.PositiveIntegerField(
                        default=0, help_text="Of those, confirmed packs of a rest that was closed."
                    ),
                ),
                (
                    "delivered",
                    models.PositiveIntegerField(default=0, help_text="Packs sent and not found rejected or short."),
                ),
                ("accepted", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ("order", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("order", "number"), name="order_line_number"),
                    models.UniqueConstraint(fields=("order", "product"), name="order_line_once"),
                    models.CheckConstraint(
                        condition=models.Q(("packs__gt", 0)),
                        name="order_line_packs_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confirmed", None), ("confirmed__lte", models.F("packs")), _connector="OR"),
                        name="order_line_confirmed_within_ordered",
                        violation_error_message="More cannot be confirmed than was ordered.",
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(("released__lte", models.F("packs"))),
                        name="order_line_released_within_ordered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closed__lte", models.F("released"))),
                        name="order_line_closed_within_released",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("accepted__lte", models.F("delivered"))),
                        name="order_line_accepted_within_delivered",
                        violation_error_message="More cannot be accepted than was delivered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("departure__in", ("", "not_delivered", "clinical", "emergency", "fulfilled"))
                        ),
                        name="orderline_departure_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeliveryLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="contracts.delivery"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(help_text="Its place on the delivery note.")),
                (
                    "order_line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delivery_lines",
                        to="contracts.orderline",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delivery_lines",
                        to="contracts.productbatch",
                    ),
                ),
                ("packs", models.PositiveIntegerField()),
                ("own_number", models.CharField(blank=True, help_text="In the deliverer's own system.", max_length=60)),
                (
                    "arrived_on",
                    models.DateField(
                        blank=True,
                        help_text="Where the deliverer confirmed that the goods came after the first verdict.",
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ("delivery", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("delivery", "order_line", "batch"), name="delivery_line_once"),
                    models.UniqueConstraint(fields=("delivery", "number"), name="delivery_line_number"),
                    models.CheckConstraint(
                        condition=models.Q(("packs__gt", 0)),
                        name="delivery_line_packs_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="contracts.deliveryline",
                    ),
                ),
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
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
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
                ("answer", models.CharField(blank=True, help_text="Why it was declined.", max_length=300)),
            ],
            options={
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asked_at__isnull", True), ("asked_by__isnull", True)),
                            models.Q(("asked_at__isnull", False), ("asked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="correction_asked_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                            models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="correction_answered_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("arrived_on__isnull", False), ("kind", "later_arrival")),
                            models.Q(("arrived_on", None), ("kind", "reversal")),
                            _connector="OR",
                        ),
                        name="correction_arrival_has_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("status__in", ("asked", "lapsed"))),
                            models.Q(
                                ("answered_at__isnull", False), ("status__in", ("approved", "declined", "withdrawn"))
                            ),
                            _connector="OR",
                        ),
                        name="correction_answered_by_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "approved"), _negated=True),
                            models.Q(("answered_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="correction_approved_by_another",
                        violation_error_message="Somebody else than the person who asked answers this.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("moved_days", None),
                            models.Q(("kind", "later_arrival"), ("status", "approved")),
                            _connector="OR",
                        ),
                        name="correction_moves_once_confirmed",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "asked")), fields=("line",), name="correction_one_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("reversal", "later_arrival"))),
                        name="correction_kind_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("asked", "approved", "declined", "withdrawn", "lapsed"))),
                        name="correction_status_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Acceptance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acceptances",
                        to="contracts.deliveryline",
                    ),
                ),
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
                    "own_number",
                    models.CharField(blank=True, help_text="Of the hospital's message that gave it.", max_length=60),
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
            ],
            options={
                "ordering": ("line", "number"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at__isnull", True), ("accepted_by__isnull", True)),
                            models.Q(("accepted_at__isnull", False), ("accepted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="acceptance_accepted_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.UniqueConstraint(fields=("line", "number"), name="acceptance_number"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                django.db.models.lookups.Exact(
                                    django.db.models.functions.math.Mod(models.F("number"), 2), 1
                                ),
                                ("reverses", None),
                            ),
                            models.Q(
                                django.db.models.lookups.Exact(
                                    django.db.models.functions.math.Mod(models.F("number"), 2), 0
                                ),
                                ("reverses__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="acceptance_every_second_reverses",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rejected", 0), models.Q(("rejection", ""), _negated=True), _connector="OR"
                        ),
                        name="acceptance_rejection_has_a_reason",
                        violation_error_message="Choose why packs are rejected.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("accepted__gt", 0), ("rejected__gt", 0), ("short__gt", 0), _connector="OR"),
                        name="acceptance_says_something",
                    ),
                    models.CheckConstraint(
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
                ],
            },
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
                (
                    "acceptance",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="payable", to="contracts.acceptance"
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "payer",
                    models.ForeignKey(
                        help_text="As the contract's rule said on the first day.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "payee",
                    models.ForeignKey(
                        help_text="As the contract's rule said on the first day.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "hospital",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                ("amount", core.fields.AmountField(decimal_places=2, max_digits=18)),
                (
                    "fee",
                    core.fields.AmountField(
                        decimal_places=2, default=0, help_text="Of the amount, the service fee.", max_digits=18
                    ),
                ),
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
            ],
            options={
                "ordering": ("due_on", "pk"),
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            (
                                "paid__lt",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("amount"), "-", models.F("reversed")
                                ),
                            )
                        ),
                        fields=["due_on", "id"],
                        name="payable_open",
                    ),
                    models.Index(fields=["supplier", "due_on"], name="payable_by_supplier"),
                    models.Index(fields=["payer", "due_on"], name="payable_by_payer"),
                    models.Index(fields=["payee", "due_on"], name="payable_by_payee"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0), ("fee__gte", 0), ("paid__gte", 0), ("reversed__gte", 0)),
                        name="payable_amount_not_negative",
                        violation_error_message="A number cannot be below zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fee__lte", models.F("amount"))), name="payable_fee_within_the_amount"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "paid__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("amount"), "-", models.F("reversed")
                                ),
                            )
                        ),
                        name="payable_never_overpaid",
                        violation_error_message="This is more than is owed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_on__gte", models.F("owed_from")),
                            (
                                "due_on__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("owed_from"), "+", models.Value(60)
                                ),
                            ),
                        ),
                        name="payable_due_within_the_longest_cap",
                        violation_error_message="Nothing is due later than 60 days from its first day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("paid", 0), ("last_paid_on__gte", models.F("owed_from")), _connector="OR"),
                        name="payable_paid_from_its_first_day",
                        violation_error_message="Nothing is paid before it is owed.",
                    ),
                ],
            },
        ),
        core.triggers.AddTrigger(
            model_name="contractline",
            trigger=pgtrigger.compiler.Trigger(
                name="contract_line_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."contract_id" IS DISTINCT FROM NEW."contract_id" OR OLD."number" IS DISTINCT FROM NEW."number" OR OLD."award_id" IS DISTINCT FROM NEW."award_id" OR OLD."listing_id" IS DISTINCT FROM NEW."listing_id" OR OLD."unit" IS DISTINCT FROM NEW."unit" OR OLD."is_set" IS DISTINCT FROM NEW."is_set" OR OLD."price" IS DISTINCT FROM NEW."price" OR OLD."units" IS DISTINCT FROM NEW."units")',
                    func="RAISE EXCEPTION 'what a row of contract_line says stays' USING ERRCODE = 'PT002';",
                    hash="53d471682b56a521973155691b993e17d7ae4803",
                    operation="UPDATE",
                    pgid="pgtrigger_contract_line_facts_stay_64fa2",
                    table="contracts_contractline",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="contractline",
            trigger=pgtrigger.compiler.Trigger(
                name="contract_line_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of contract_line remain' USING ERRCODE = 'PT002';",
                    hash="b3dd16bbb24ac60db96f07924277870d121af08e",
                    operation="DELETE",
                    pgid="pgtrigger_contract_line_rows_remain_6b8cc",
                    table="contracts_contractline",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="contractline",
            trigger=pgtrigger.compiler.Trigger(
                name="contract_line_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'contracts_contractline', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="bd35db7bce8d23cad4d024f77a10d47f3682dc33",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_contract_line_insert_recorded_3af21",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_contractline",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="contractline",
            trigger=pgtrigger.compiler.Trigger(
                name="contract_line_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'contracts_contractline\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="35169ae632999395462e58dee2651d3089fd579f",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_contract_line_update_recorded_3bd5f",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="contracts_contractline",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="contractline",
            trigger=pgtrigger.compiler.Trigger(
                name="contract_line_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'contracts_contractline', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="40e781af8fa543803c7a5b1d3956384ec837071a",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_contract_line_delete_recorded_908aa",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="contracts_contractline",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
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
        core.triggers.AddTrigger(
            model_name="agreedvolume",
            trigger=pgtrigger.compiler.Trigger(
                name="agreed_volume_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."line_id" IS DISTINCT FROM NEW."line_id")',
                    func="RAISE EXCEPTION 'what a row of agreed_volume says stays' USING ERRCODE = 'PT002';",
                    hash="8a7ab35e951632452324475e561ffb404c1fab0d",
                    operation="UPDATE",
                    pgid="pgtrigger_agreed_volume_facts_stay_49aef",
                    table="contracts_agreedvolume",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="agreedvolume",
            trigger=pgtrigger.compiler.Trigger(
                name="agreed_volume_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'contracts_agreedvolume', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="66c761d0e4046a99ea570b99d0726e403b0afaf1",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_agreed_volume_insert_recorded_fc029",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_agreedvolume",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="agreedvolume",
            trigger=pgtrigger.compiler.Trigger(
                name="agreed_volume_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'contracts_agreedvolume\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="4e8651a7ed014993456146822d3234c4f94535c9",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_agreed_volume_update_recorded_47d87",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="contracts_agreedvolume",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="agreedvolume",
            trigger=pgtrigger.compiler.Trigger(
                name="agreed_volume_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'contracts_agreedvolume', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="65775e132ef63182faf8190969fe56bd56ea2e9c",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_agreed_volume_delete_recorded_91528",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="contracts_agreedvolume",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
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
        core.triggers.AddTrigger(
            model_name="contractproduct",
            trigger=pgtrigger.compiler.Trigger(
                name="contract_product_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of contract_product are written once and stay' USING ERRCODE = 'PT002';",
                    hash="d0fe3ac044912040a03b7a004cf22ce8571a679b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_contract_product_rows_stay_c0f3a",
                    table="contracts_contractproduct",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="contractproduct",
            trigger=pgtrigger.compiler.Trigger(
                name="contract_product_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of contract_product are written once and stay' USING ERRCODE = 'PT002';",
                    hash="fb695ddb082018fc58ab60a53f81156af5d1cdc8",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_contract_product_table_stays_ef367",
                    table="contracts_contractproduct",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="contractproduct",
            trigger=pgtrigger.compiler.Trigger(
                name="contract_product_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'contracts_contractproduct', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="18553e6c00e682090a591fffab5d6cfc5e51958d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_contract_product_insert_recorded_18d8f",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_contractproduct",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="correction",
            trigger=pgtrigger.compiler.Trigger(
                name="correction_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."line_id" IS DISTINCT FROM NEW."line_id" OR OLD."kind" IS DISTINCT FROM NEW."kind" OR OLD."status" IS DISTINCT FROM NEW."status" AND OLD."status" || \'>\' || NEW."status" NOT IN (\'asked>approved\', \'asked>declined\', \'asked>lapsed\', \'asked>withdrawn\') OR OLD."arrived_on" IS DISTINCT FROM NEW."arrived_on" OR OLD."reason" IS DISTINCT FROM NEW."reason" OR OLD."asked_at" IS DISTINCT FROM NEW."asked_at" OR OLD."asked_by_id" IS DISTINCT FROM NEW."asked_by_id" OR OLD."answered_at" IS NOT NULL AND OLD."answered_at" IS DISTINCT FROM NEW."answered_at" OR OLD."answered_by_id" IS NOT NULL AND OLD."answered_by_id" IS DISTINCT FROM NEW."answered_by_id" OR OLD."answer" <> \'\' AND OLD."answer" IS DISTINCT FROM NEW."answer")',
                    func="RAISE EXCEPTION 'what a row of correction says stays' USING ERRCODE = 'PT002';",
                    hash="18fbe660b9b70d96ae61263517f14be043fb8ba5",
                    operation="UPDATE",
                    pgid="pgtrigger_correction_facts_stay_1a375",
                    table="contracts_correction",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="correction",
            trigger=pgtrigger.compiler.Trigger(
                name="correction_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of correction remain' USING ERRCODE = 'PT002';",
                    hash="62d5374a1fb5ea63546ca8a814d8e0e99e4324fb",
                    operation="DELETE",
                    pgid="pgtrigger_correction_rows_remain_0db22",
                    table="contracts_correction",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="correction",
            trigger=pgtrigger.compiler.Trigger(
                name="correction_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'contracts_correction', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="896c1bbe986bb36b664d5f93c73e5b7cf3e4cb23",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_correction_insert_recorded_cc816",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_correction",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="correction",
            trigger=pgtrigger.compiler.Trigger(
                name="correction_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'contracts_correction\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="1d3fad1aa704e496b153e1292586bb0f04918959",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_correction_update_recorded_490d7",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="contracts_correction",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="correction",
            trigger=pgtrigger.compiler.Trigger(
                name="correction_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'contracts_correction', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="1f3ffc63f0e276351098ac61cb7e2f337fc1c638",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_correction_delete_recorded_99177",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="contracts_correction",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
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
        core.triggers.AddTrigger(
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
        core.triggers.AddTrigger(
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
        core.triggers.AddTrigger(
            model_name="acceptance",
            trigger=pgtrigger.compiler.Trigger(
                name="acceptance_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'contracts_acceptance', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="821fb2987cb48dbcb916c8a7c16393b19ed59db7",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_acceptance_insert_recorded_013e7",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_acceptance",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="distribution",
            trigger=pgtrigger.compiler.Trigger(
                name="distribution_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."contract_id" IS DISTINCT FROM NEW."contract_id" OR OLD."number" IS DISTINCT FROM NEW."number" OR OLD."area_id" IS DISTINCT FROM NEW."area_id" OR OLD."product_id" IS DISTINCT FROM NEW."product_id" OR OLD."valid_from" IS DISTINCT FROM NEW."valid_from")',
                    func="RAISE EXCEPTION 'what a row of distribution says stays' USING ERRCODE = 'PT002';",
                    hash="5913b18883ea2928b245ca59e8a02d8d1688a9d2",
                    operation="UPDATE",
                    pgid="pgtrigger_distribution_facts_stay_3b14c",
                    table="contracts_distribution",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="distribution",
            trigger=pgtrigger.compiler.Trigger(
                name="distribution_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of distribution remain' USING ERRCODE = 'PT002';",
                    hash="2f7d6f53920a6b5757b1ecc49860a87efaebc339",
                    operation="DELETE",
                    pgid="pgtrigger_distribution_rows_remain_9b276",
                    table="contracts_distribution",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="distribution",
            trigger=pgtrigger.compiler.Trigger(
                name="distribution_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'contracts_distribution', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="5d7065453d0ff069eb75423d52a713b9db7c4252",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_distribution_insert_recorded_3eac6",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_distribution",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="distribution",
            trigger=pgtrigger.compiler.Trigger(
                name="distribution_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'contracts_distribution\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="aecf6bec68ea782d712cf96f32c976052eab6b73",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_distribution_update_recorded_78bf5",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="contracts_distribution",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="distribution",
            trigger=pgtrigger.compiler.Trigger(
                name="distribution_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'contracts_distribution', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="aa1228505b658f357c57d54365592a27184b80b8",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_distribution_delete_recorded_83351",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="contracts_distribution",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="distribution",
            trigger=pgtrigger.compiler.Trigger(
                name="distribution_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of distribution are removed one by one' USING ERRCODE = 'PT002';",
                    hash="09e42450fe67797d9456d2b720549cf661b5f286",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_distribution_not_emptied_41970",
                    table="contracts_distribution",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="order",
            trigger=pgtrigger.compiler.Trigger(
                name="order_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."status" IS DISTINCT FROM NEW."status" AND OLD."status" || \'>\' || NEW."status" NOT IN (\'placed>approved\', \'placed>cancelled\', \'placed>sent_back\', \'approved>cancelled\', \'approved>confirmed\', \'approved>refused\') OR OLD."contract_id" IS DISTINCT FROM NEW."contract_id" OR OLD."amount" IS DISTINCT FROM NEW."amount" OR OLD."note" IS DISTINCT FROM NEW."note" OR OLD."own_number" IS DISTINCT FROM NEW."own_number" OR OLD."basket" IS DISTINCT FROM NEW."basket" OR OLD."placed_at" IS DISTINCT FROM NEW."placed_at" OR OLD."placed_by_id" IS DISTINCT FROM NEW."placed_by_id" OR OLD."approved_at" IS NOT NULL AND OLD."approved_at" IS DISTINCT FROM NEW."approved_at" OR OLD."approved_by_id" IS NOT NULL AND OLD."approved_by_id" IS DISTINCT FROM NEW."approved_by_id" OR OLD."answered_at" IS NOT NULL AND OLD."answered_at" IS DISTINCT FROM NEW."answered_at" OR OLD."answered_by_id" IS NOT NULL AND OLD."answered_by_id" IS DISTINCT FROM NEW."answered_by_id" OR OLD."ended_at" IS NOT NULL AND OLD."ended_at" IS DISTINCT FROM NEW."ended_at" OR OLD."ended_by_id" IS NOT NULL AND OLD."ended_by_id" IS DISTINCT FROM NEW."ended_by_id" OR OLD."reason" <> \'\' AND OLD."reason" IS DISTINCT FROM NEW."reason" OR OLD."latest_arrival_on" IS DISTINCT FROM NEW."latest_arrival_on" OR OLD."closing" <> \'\' AND OLD."closing" IS DISTINCT FROM NEW."closing" OR OLD."closed_at" IS NOT NULL AND OLD."closed_at" IS DISTINCT FROM NEW."closed_at" OR OLD."closed_by_id" IS NOT NULL AND OLD."closed_by_id" IS DISTINCT FROM NEW."closed_by_id" OR OLD."close_reason" <> \'\' AND OLD."close_reason" IS DISTINCT FROM NEW."close_reason")',
                    func="RAISE EXCEPTION 'what a row of order says stays' USING ERRCODE = 'PT002';",
                    hash="55152a814d43463f927288dc54a0daf70edf849f",
                    operation="UPDATE",
                    pgid="pgtrigger_order_facts_stay_51964",
                    table="contracts_order",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="order",
            trigger=pgtrigger.compiler.Trigger(
                name="order_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of order remain' USING ERRCODE = 'PT002';",
                    hash="0cb001fee80cdf01b2ba5c396d995b4f31e6754d",
                    operation="DELETE",
                    pgid="pgtrigger_order_rows_remain_5087a",
                    table="contracts_order",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="order",
            trigger=pgtrigger.compiler.Trigger(
                name="order_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'contracts_order', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="30d955aab99630e4e4a727a7c5eb0f41d8ecada3",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_order_insert_recorded_ef160",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_order",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="order",
            trigger=pgtrigger.compiler.Trigger(
                name="order_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'contracts_order\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="15b00ca440758de452b46dfff787e53eaca96ed6",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_order_update_recorded_b9470",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="contracts_order",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="order",
            trigger=pgtrigger.compiler.Trigger(
                name="order_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'contracts_order', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="3a136de45094a1e3663eedd75dd054aa016ae45e",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_order_delete_recorded_587b9",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="contracts_order",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
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
        core.triggers.AddTrigger(
            model_name="delivery",
            trigger=pgtrigger.compiler.Trigger(
                name="delivery_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."order_id" IS DISTINCT FROM NEW."order_id" OR OLD."note" IS DISTINCT FROM NEW."note" OR OLD."own_number" IS DISTINCT FROM NEW."own_number" OR OLD."sent_at" IS DISTINCT FROM NEW."sent_at" OR OLD."sent_by_id" IS DISTINCT FROM NEW."sent_by_id")',
                    func="RAISE EXCEPTION 'what a row of delivery says stays' USING ERRCODE = 'PT002';",
                    hash="8b5598f78d644a0c20eb23c23222aac61c99f0e0",
                    operation="UPDATE",
                    pgid="pgtrigger_delivery_facts_stay_4e835",
                    table="contracts_delivery",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="delivery",
            trigger=pgtrigger.compiler.Trigger(
                name="delivery_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of delivery remain' USING ERRCODE = 'PT002';",
                    hash="a75ce5fa5a30e1bfcd8e4347dae76e30317af6fe",
                    operation="DELETE",
                    pgid="pgtrigger_delivery_rows_remain_85d85",
                    table="contracts_delivery",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="delivery",
            trigger=pgtrigger.compiler.Trigger(
                name="delivery_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'contracts_delivery', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="a3277378cc995df92f6fb2d7b6a64252c76f332c",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_delivery_insert_recorded_7c541",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_delivery",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="delivery",
            trigger=pgtrigger.compiler.Trigger(
                name="delivery_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'contracts_delivery\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="6f26d5c041c5b66a6705e8429b1a38230b9c047f",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_delivery_update_recorded_50a17",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="contracts_delivery",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="delivery",
            trigger=pgtrigger.compiler.Trigger(
                name="delivery_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'contracts_delivery', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="e1385c4051675941753b95747ac1943567b2e589",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delivery_delete_recorded_2e517",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="contracts_delivery",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
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
        core.triggers.AddTrigger(
            model_name="orderline",
            trigger=pgtrigger.compiler.Trigger(
                name="order_line_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."order_id" IS DISTINCT FROM NEW."order_id" OR OLD."number" IS DISTINCT FROM NEW."number" OR OLD."product_id" IS DISTINCT FROM NEW."product_id" OR OLD."own_number" IS DISTINCT FROM NEW."own_number" OR OLD."packs" IS DISTINCT FROM NEW."packs" OR OLD."price" IS DISTINCT FROM NEW."price" OR OLD."price_entry_id" IS DISTINCT FROM NEW."price_entry_id" OR OLD."service_fee" IS DISTINCT FROM NEW."service_fee" OR OLD."pack_size" IS DISTINCT FROM NEW."pack_size" OR OLD."units" IS DISTINCT FROM NEW."units" OR OLD."departure" IS DISTINCT FROM NEW."departure" OR OLD."amount" IS DISTINCT FROM NEW."amount" OR OLD."fee" IS DISTINCT FROM NEW."fee")',
                    func="RAISE EXCEPTION 'what a row of order_line says stays' USING ERRCODE = 'PT002';",
                    hash="bd87e1d379e23506360ee31e8ebe426a4fa8cd3a",
                    operation="UPDATE",
                    pgid="pgtrigger_order_line_facts_stay_5a167",
                    table="contracts_orderline",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="orderline",
            trigger=pgtrigger.compiler.Trigger(
                name="order_line_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of order_line remain' USING ERRCODE = 'PT002';",
                    hash="9c7d3fcb6c349ce0326649e627f1d221d5820b97",
                    operation="DELETE",
                    pgid="pgtrigger_order_line_rows_remain_ec9fd",
                    table="contracts_orderline",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="orderline",
            trigger=pgtrigger.compiler.Trigger(
                name="order_line_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'contracts_orderline', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="09cff7b3e0b22df9a8c007af716e062bdbf4f2bd",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_order_line_insert_recorded_fca24",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_orderline",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="orderline",
            trigger=pgtrigger.compiler.Trigger(
                name="order_line_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'contracts_orderline\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="103c401a74bf77fd83c2fa261361c0bf6ce17c3e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_order_line_update_recorded_62860",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="contracts_orderline",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="orderline",
            trigger=pgtrigger.compiler.Trigger(
                name="order_line_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'contracts_orderline', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="7ee56b0870049b85ee5e778a02af6ab0d163737e",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_order_line_delete_recorded_094ec",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="contracts_orderline",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
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
        core.triggers.AddTrigger(
            model_name="payable",
            trigger=pgtrigger.compiler.Trigger(
                name="payable_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."acceptance_id" IS DISTINCT FROM NEW."acceptance_id" OR OLD."supplier_id" IS DISTINCT FROM NEW."supplier_id" OR OLD."hospital_id" IS DISTINCT FROM NEW."hospital_id" OR OLD."amount" IS DISTINCT FROM NEW."amount" OR OLD."fee" IS DISTINCT FROM NEW."fee")',
                    func="RAISE EXCEPTION 'what a row of payable says stays' USING ERRCODE = 'PT002';",
                    hash="2ed85dd180f9f1faa8deeef4765698b87312248d",
                    operation="UPDATE",
                    pgid="pgtrigger_payable_facts_stay_23ba1",
                    table="contracts_payable",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="payable",
            trigger=pgtrigger.compiler.Trigger(
                name="payable_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of payable remain' USING ERRCODE = 'PT002';",
                    hash="0596d6d6ecada8de91f1f71e50fc248f71e6c1a9",
                    operation="DELETE",
                    pgid="pgtrigger_payable_rows_remain_2c90f",
                    table="contracts_payable",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="payable",
            trigger=pgtrigger.compiler.Trigger(
                name="payable_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'contracts_payable', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="f04a4f0046beccdf2c10ebdb795075e78fec0e7a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_payable_insert_recorded_073c3",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_payable",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="payable",
            trigger=pgtrigger.compiler.Trigger(
                name="payable_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'contracts_payable\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="c98af413bf9fe3b3bb7c457e6fdd546219c46a37",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_payable_update_recorded_a7061",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="contracts_payable",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="payable",
            trigger=pgtrigger.compiler.Trigger(
                name="payable_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'contracts_payable', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="1820f2405d078a7eaceacbc44a8d2e6bac8cc9be",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_payable_delete_recorded_b5680",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="contracts_payable",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
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
        core.triggers.AddTrigger(
            model_name="payable",
            trigger=pgtrigger.compiler.Trigger(
                name="payable_days_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition="WHEN (OLD.owed_from <> NEW.owed_from OR OLD.due_on <> NEW.due_on)",
                    func="\n                    IF NOT EXISTS (\n                        SELECT FROM contracts_acceptance acceptance\n                        JOIN contracts_correction correction ON correction.line_id = acceptance.line_id\n                        WHERE acceptance.id = NEW.acceptance_id AND correction.kind = 'later_arrival'\n                            AND correction.status = 'approved' AND correction.arrived_on = NEW.owed_from\n                    ) THEN\n                        RAISE EXCEPTION 'a debt''s days move as its deliverer confirmed' USING ERRCODE = 'PT002';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="cc70f63b0deb18192db4c77e33ce11e55fe47d3b",
                    operation="UPDATE",
                    pgid="pgtrigger_payable_days_stay_35e43",
                    table="contracts_payable",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="payerrule",
            trigger=pgtrigger.compiler.Trigger(
                name="payer_rule_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."agency_id" IS DISTINCT FROM NEW."agency_id" OR OLD."code" IS DISTINCT FROM NEW."code")',
                    func="RAISE EXCEPTION 'what a row of payer_rule says stays' USING ERRCODE = 'PT002';",
                    hash="5b7f666ad67d8b90095e5f812a3c63649d1848dc",
                    operation="UPDATE",
                    pgid="pgtrigger_payer_rule_facts_stay_9b89f",
                    table="contracts_payerrule",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="payerrule",
            trigger=pgtrigger.compiler.Trigger(
                name="payer_rule_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of payer_rule remain' USING ERRCODE = 'PT002';",
                    hash="30f43c7d43277d7afbae89ed2415a80e1e68da00",
                    operation="DELETE",
                    pgid="pgtrigger_payer_rule_rows_remain_6838d",
                    table="contracts_payerrule",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="payerrule",
            trigger=pgtrigger.compiler.Trigger(
                name="payer_rule_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'contracts_payerrule', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="adea48fb370ae97fec38302438dadda368697e8f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_payer_rule_insert_recorded_2e693",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_payerrule",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="payerrule",
            trigger=pgtrigger.compiler.Trigger(
                name="payer_rule_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'contracts_payerrule\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="855b12fbf12429abd5146877d3282439e7e51c2e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_payer_rule_update_recorded_844ce",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="contracts_payerrule",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="payerrule",
            trigger=pgtrigger.compiler.Trigger(
                name="payer_rule_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'contracts_payerrule', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="526512db99c452d8db441dbadc3fc59922278e04",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_payer_rule_delete_recorded_718d2",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="contracts_payerrule",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="payerrule",
            trigger=pgtrigger.compiler.Trigger(
                name="payer_rule_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of payer_rule are removed one by one' USING ERRCODE = 'PT002';",
                    hash="59037c7dd0230b98b2f4f246fbe268de5f48bbf3",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_payer_rule_not_emptied_97d77",
                    table="contracts_payerrule",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="payerrow",
            trigger=pgtrigger.compiler.Trigger(
                name="payer_row_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."rule_id" IS DISTINCT FROM NEW."rule_id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."region_id" IS DISTINCT FROM NEW."region_id" OR OLD."product_list" IS DISTINCT FROM NEW."product_list" OR OLD."valid_from" IS DISTINCT FROM NEW."valid_from" OR OLD."set_at" IS DISTINCT FROM NEW."set_at" OR OLD."set_by_id" IS DISTINCT FROM NEW."set_by_id" OR OLD."who" IS DISTINCT FROM NEW."who")',
                    func="RAISE EXCEPTION 'what a row of payer_row says stays' USING ERRCODE = 'PT002';",
                    hash="8a281be15c1fb91a399b30410aa66db5bdd35e22",
                    operation="UPDATE",
                    pgid="pgtrigger_payer_row_facts_stay_f4ee6",
                    table="contracts_payerrow",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="payerrow",
            trigger=pgtrigger.compiler.Trigger(
                name="payer_row_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of payer_row remain' USING ERRCODE = 'PT002';",
                    hash="c7e6c25eec2f94a34e6e0a34818dee8c728fc72f",
                    operation="DELETE",
                    pgid="pgtrigger_payer_row_rows_remain_19755",
                    table="contracts_payerrow",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="payerrow",
            trigger=pgtrigger.compiler.Trigger(
                name="payer_row_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'contracts_payerrow', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="96fa1f646bfe19705b229fb972143eaf5dfceb3e",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_payer_row_insert_recorded_1920c",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_payerrow",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="payerrow",
            trigger=pgtrigger.compiler.Trigger(
                name="payer_row_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'contracts_payerrow\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="983f82b00918f7d5bc87c34b46b3389c1d98014b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_payer_row_update_recorded_bd244",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="contracts_payerrow",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="payerrow",
            trigger=pgtrigger.compiler.Trigger(
                name="payer_row_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'contracts_payerrow', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="1418c7b5c4e2e39abf279418981b14d038974c6b",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_payer_row_delete_recorded_ccec6",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="contracts_payerrow",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="payerrow",
            trigger=pgtrigger.compiler.Trigger(
                name="payer_row_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of payer_row are removed one by one' USING ERRCODE = 'PT002';",
                    hash="87d583004d145ead9379b6b1eb7e7818b94f108f",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_payer_row_not_emptied_53d34",
                    table="contracts_payerrow",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="payeerow",
            trigger=pgtrigger.compiler.Trigger(
                name="payee_row_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."rule_id" IS DISTINCT FROM NEW."rule_id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."region_id" IS DISTINCT FROM NEW."region_id" OR OLD."product_list" IS DISTINCT FROM NEW."product_list" OR OLD."valid_from" IS DISTINCT FROM NEW."valid_from" OR OLD."set_at" IS DISTINCT FROM NEW."set_at" OR OLD."set_by_id" IS DISTINCT FROM NEW."set_by_id" OR OLD."whom" IS DISTINCT FROM NEW."whom")',
                    func="RAISE EXCEPTION 'what a row of payee_row says stays' USING ERRCODE = 'PT002';",
                    hash="ff4438c6be0c842d122915170d610fbd3385aef4",
                    operation="UPDATE",
                    pgid="pgtrigger_payee_row_facts_stay_9ffbe",
                    table="contracts_payeerow",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="payeerow",
            trigger=pgtrigger.compiler.Trigger(
                name="payee_row_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of payee_row remain' USING ERRCODE = 'PT002';",
                    hash="15776dc29724fab7f4b912ccf08efc2a9fbdc8cc",
                    operation="DELETE",
                    pgid="pgtrigger_payee_row_rows_remain_99f74",
                    table="contracts_payeerow",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="payeerow",
            trigger=pgtrigger.compiler.Trigger(
                name="payee_row_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'contracts_payeerow', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="b4090f893fdda3c52265f198f48a72bb23d0cb4d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_payee_row_insert_recorded_b25d0",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_payeerow",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="payeerow",
            trigger=pgtrigger.compiler.Trigger(
                name="payee_row_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'contracts_payeerow\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="b7197a3546079fb9f095ee22a4795d2841275538",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_payee_row_update_recorded_c4423",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="contracts_payeerow",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="payeerow",
            trigger=pgtrigger.compiler.Trigger(
                name="payee_row_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'contracts_payeerow', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="04cd8b4ba503f2cbca8f46284164e684dba1c383",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_payee_row_delete_recorded_92681",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="contracts_payeerow",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="payeerow",
            trigger=pgtrigger.compiler.Trigger(
                name="payee_row_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of payee_row are removed one by one' USING ERRCODE = 'PT002';",
                    hash="9f5c46eda3fbe1c87ebd3f618469443ef0460a9d",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_payee_row_not_emptied_c3ffe",
                    table="contracts_payeerow",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="contract",
            trigger=pgtrigger.compiler.Trigger(
                name="contract_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."status" IS DISTINCT FROM NEW."status" AND OLD."status" || \'>\' || NEW."status" NOT IN (\'draft>signed\', \'signed>terminated\') OR OLD."kind" IS DISTINCT FROM NEW."kind" OR OLD."source" IS DISTINCT FROM NEW."source" OR OLD."title" IS DISTINCT FROM NEW."title" OR OLD."agency_id" IS DISTINCT FROM NEW."agency_id" OR OLD."starts_on" IS DISTINCT FROM NEW."starts_on" OR OLD."ends_on" IS DISTINCT FROM NEW."ends_on" OR OLD."payment_rule" IS DISTINCT FROM NEW."payment_rule" OR OLD."payment_days" IS DISTINCT FROM NEW."payment_days" OR OLD."payment_cap" IS DISTINCT FROM NEW."payment_cap" OR OLD."cap_policy" IS DISTINCT FROM NEW."cap_policy" OR OLD."payer_rule_id" IS DISTINCT FROM NEW."payer_rule_id" OR OLD."payment_rules_version" IS DISTINCT FROM NEW."payment_rules_version" OR OLD."minimum_shelf_life" IS DISTINCT FROM NEW."minimum_shelf_life" OR OLD."latest_arrival_days" IS DISTINCT FROM NEW."latest_arrival_days" OR OLD."agreed_delay" IS DISTINCT FROM NEW."agreed_delay" OR OLD."demo" IS DISTINCT FROM NEW."demo" OR OLD."prepared_at" IS DISTINCT FROM NEW."prepared_at" OR OLD."prepared_by_id" IS DISTINCT FROM NEW."prepared_by_id" OR OLD."signed_by_supplier_at" IS NOT NULL AND OLD."signed_by_supplier_at" IS DISTINCT FROM NEW."signed_by_supplier_at" OR OLD."signed_by_supplier_by_id" IS NOT NULL AND OLD."signed_by_supplier_by_id" IS DISTINCT FROM NEW."signed_by_supplier_by_id" OR OLD."signed_by_agency_at" IS NOT NULL AND OLD."signed_by_agency_at" IS DISTINCT FROM NEW."signed_by_agency_at" OR OLD."signed_by_agency_by_id" IS NOT NULL AND OLD."signed_by_agency_by_id" IS DISTINCT FROM NEW."signed_by_agency_by_id" OR OLD."terminated_at" IS NOT NULL AND OLD."terminated_at" IS DISTINCT FROM NEW."terminated_at" OR OLD."terminated_by_id" IS NOT NULL AND OLD."terminated_by_id" IS DISTINCT FROM NEW."terminated_by_id" OR OLD."terminate_reason" <> \'\' AND OLD."terminate_reason" IS DISTINCT FROM NEW."terminate_reason")',
                    func="RAISE EXCEPTION 'what a row of contract says stays' USING ERRCODE = 'PT002';",
                    hash="9ddc5550e76e57061269a60abe069edb8448355a",
                    operation="UPDATE",
                    pgid="pgtrigger_contract_facts_stay_fc08e",
                    table="contracts_contract",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="contract",
            trigger=pgtrigger.compiler.Trigger(
                name="contract_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of contract remain' USING ERRCODE = 'PT002';",
                    hash="263e1effe1a63639c7ac7fe39b442d5b7c8d33ce",
                    operation="DELETE",
                    pgid="pgtrigger_contract_rows_remain_a0988",
                    table="contracts_contract",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="contract",
            trigger=pgtrigger.compiler.Trigger(
                name="contract_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'contracts_contract', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="5ed41c978bd4b85dd521ee0404cc656ad2b17f97",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_contract_insert_recorded_41840",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_contract",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="contract",
            trigger=pgtrigger.compiler.Trigger(
                name="contract_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'contracts_contract\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="b406255569a3488baa2250e1aaa89ac4c2e9f1d7",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_contract_update_recorded_cba6f",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="contracts_contract",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="contract",
            trigger=pgtrigger.compiler.Trigger(
                name="contract_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'contracts_contract', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="af5eeec8ab3701bd26658346de86c101de12185d",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_contract_delete_recorded_f08e4",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="contracts_contract",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
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
        core.triggers.AddTrigger(
            model_name="productbatch",
            trigger=pgtrigger.compiler.Trigger(
                name="product_batch_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."product_id" IS DISTINCT FROM NEW."product_id" OR OLD."number" IS DISTINCT FROM NEW."number" OR OLD."key" IS DISTINCT FROM NEW."key")',
                    func="RAISE EXCEPTION 'what a row of product_batch says stays' USING ERRCODE = 'PT002';",
                    hash="5677ef82b076de942f05c4a8524d5ddbaedd42df",
                    operation="UPDATE",
                    pgid="pgtrigger_product_batch_facts_stay_dfd39",
                    table="contracts_productbatch",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="productbatch",
            trigger=pgtrigger.compiler.Trigger(
                name="product_batch_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of product_batch remain' USING ERRCODE = 'PT002';",
                    hash="1d88db652d7ffbe9e0f67eb7d3247c5a5d59afb8",
                    operation="DELETE",
                    pgid="pgtrigger_product_batch_rows_remain_bc4e5",
                    table="contracts_productbatch",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="productbatch",
            trigger=pgtrigger.compiler.Trigger(
                name="product_batch_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'contracts_productbatch', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="63881dd4cd8946483cd0b444bdf56bdd3d7fbe13",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_product_batch_insert_recorded_7538f",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_productbatch",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="productbatch",
            trigger=pgtrigger.compiler.Trigger(
                name="product_batch_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'contracts_productbatch\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="12b7e57aa8c4d7cd550a9d2dfcfd7dc94b1c7715",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_product_batch_update_recorded_58afb",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="contracts_productbatch",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="productbatch",
            trigger=pgtrigger.compiler.Trigger(
                name="product_batch_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'contracts_productbatch', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="5889c9079e0cb7bf2c08e4a2be04b866ae698440",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_product_batch_delete_recorded_9fc4d",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="contracts_productbatch",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
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
        core.triggers.AddTrigger(
            model_name="deliveryline",
            trigger=pgtrigger.compiler.Trigger(
                name="delivery_line_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."delivery_id" IS DISTINCT FROM NEW."delivery_id" OR OLD."number" IS DISTINCT FROM NEW."number" OR OLD."order_line_id" IS DISTINCT FROM NEW."order_line_id" OR OLD."batch_id" IS DISTINCT FROM NEW."batch_id" OR OLD."packs" IS DISTINCT FROM NEW."packs" OR OLD."own_number" IS DISTINCT FROM NEW."own_number")',
                    func="RAISE EXCEPTION 'what a row of delivery_line says stays' USING ERRCODE = 'PT002';",
                    hash="5daf336875ca715f3e08df20a02cbf083e6e3ca7",
                    operation="UPDATE",
                    pgid="pgtrigger_delivery_line_facts_stay_2db16",
                    table="contracts_deliveryline",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="deliveryline",
            trigger=pgtrigger.compiler.Trigger(
                name="delivery_line_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of delivery_line remain' USING ERRCODE = 'PT002';",
                    hash="dd616a584f4badf5902bf783431b058860495d19",
                    operation="DELETE",
                    pgid="pgtrigger_delivery_line_rows_remain_6893f",
                    table="contracts_deliveryline",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="deliveryline",
            trigger=pgtrigger.compiler.Trigger(
                name="delivery_line_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'contracts_deliveryline', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="52beaa8b22cf00a3ea7b6d571fda534294b9c90b",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_delivery_line_insert_recorded_df1c5",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="contracts_deliveryline",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="deliveryline",
            trigger=pgtrigger.compiler.Trigger(
                name="delivery_line_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'contracts_deliveryline\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="49bde9fadd328e65caf1ab312bc1a54dbe82add5",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_delivery_line_update_recorded_cba01",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="contracts_deliveryline",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="deliveryline",
            trigger=pgtrigger.compiler.Trigger(
                name="delivery_line_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'contracts_deliveryline', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="56000bc9188d54d38e0029d658f2f6ca1468b8ea",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delivery_line_delete_recorded_12cef",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="contracts_deliveryline",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
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
