import core.fields
import core.references
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_regions"),
    ]

    operations = [
        core.references.ReferenceSequence(
            name="item",
        ),
        core.references.ReferenceSequence(
            name="product",
        ),
        core.references.ReferenceSequence(
            name="price",
        ),
        core.references.ReferenceSequence(
            name="catalogue_import",
        ),
        migrations.CreateModel(
            name="CatalogueImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("staging", "being read"),
                            ("faulty", "has errors"),
                            ("ready", "ready to merge"),
                            ("merging", "being merged"),
                            ("merged", "merged"),
                            ("discarded", "discarded"),
                        ],
                        default="staging",
                        max_length=9,
                    ),
                ),
                (
                    "layout",
                    models.CharField(
                        choices=[
                            ("national_list", "national list"),
                            ("template", "items and products"),
                            ("prices", "prices"),
                        ],
                        max_length=13,
                    ),
                ),
                ("file_name", models.CharField(max_length=200)),
                (
                    "content",
                    models.BinaryField(help_text="The file as it was uploaded, so that any worker can read it."),
                ),
                ("sha256", models.CharField(max_length=64)),
                (
                    "rows",
                    models.PositiveIntegerField(
                        default=0, help_text="Rows in the file; a guess while it is being read."
                    ),
                ),
                ("rows_done", models.PositiveIntegerField(default=0)),
                ("new", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("same", models.PositiveIntegerField(default=0)),
                ("faulty", models.PositiveIntegerField(default=0)),
                ("uploaded_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("merged_at", models.DateTimeField(blank=True, null=True)),
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
                    "merged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
                "indexes": [models.Index(fields=["sha256"], name="catalogue_import_by_content")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("uploaded_at__isnull", True), ("uploaded_by__isnull", True)),
                            models.Q(("uploaded_at__isnull", False), ("uploaded_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="catalogue_import_uploaded_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                            models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="catalogue_import_approved_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("merged_at__isnull", True), ("merged_by__isnull", True)),
                            models.Q(("merged_at__isnull", False), ("merged_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="catalogue_import_merged_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ("staging", "faulty", "ready", "merging", "merged", "discarded"))
                        ),
                        name="catalogueimport_status_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("layout__in", ("national_list", "template", "prices"))),
                        name="catalogueimport_layout_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        db_default=django.db.models.functions.text.Concat(
                            models.Value("I-"),
                            django.db.models.functions.comparison.Cast(
                                models.Func(models.Value("reference_item"), function="nextval"), models.CharField()
                            ),
                        ),
                        editable=False,
                        max_length=20,
                        unique=True,
                    ),
                ),
                ("kind", models.CharField(choices=[("drug", "drug"), ("consumable", "consumable")], max_length=10)),
                ("name", models.CharField(max_length=300)),
                (
                    "strength",
                    models.CharField(
                        blank=True, help_text="Strength of a drug, specification of a consumable.", max_length=200
                    ),
                ),
                ("form", models.CharField(blank=True, max_length=100)),
                ("route", models.CharField(blank=True, max_length=100)),
                (
                    "base_unit",
                    models.CharField(blank=True, help_text="Tablet, vial, stent: what demand counts.", max_length=20),
                ),
                ("code_prefix", models.CharField(blank=True, max_length=20)),
                ("pinyin", models.CharField(editable=False, max_length=600)),
                ("initials", models.CharField(editable=False, max_length=300)),
                ("source", models.CharField(blank=True, max_length=300)),
                ("unverified", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ("pinyin", "strength", "id"),
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Upper("name"), "gin_trgm_ops"
                        ),
                        fastupdate=False,
                        name="item_name_trigram",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("pinyin", "gin_trgm_ops"),
                        fastupdate=False,
                        name="item_pinyin_trigram",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("initials", "gin_trgm_ops"),
                        fastupdate=False,
                        name="item_initials_trigram",
                    ),
                    models.Index(fields=["code_prefix"], name="item_by_code", opclasses=("varchar_pattern_ops",)),
                    models.Index(fields=["pinyin", "strength", "id"], name="item_in_order"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "code_prefix", "name", "strength"),
                        name="item_identity",
                        violation_error_message="The catalogue has this item already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("drug", "consumable"))),
                        name="item_kind_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Maker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=200)),
                ("code", models.CharField(blank=True, help_text="Five digits of the national code.", max_length=5)),
                (
                    "organisation",
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
                "ordering": ("name", "code"),
                "constraints": [
                    models.UniqueConstraint(fields=("name", "code"), name="maker_identity"),
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), ("name", ""), _negated=True), name="maker_has_name_or_code"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Product",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        db_default=django.db.models.functions.text.Concat(
                            models.Value("PD-"),
                            django.db.models.functions.comparison.Cast(
                                models.Func(models.Value("reference_product"), function="nextval"), models.CharField()
                            ),
                        ),
                        editable=False,
                        max_length=20,
                        unique=True,
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        help_text="The national code where there is one, else a digest of item, maker, brand and pack.",
                        max_length=60,
                        unique=True,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="products", to="catalogue.item"
                    ),
                ),
                (
                    "maker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="products", to="catalogue.maker"
                    ),
                ),
            ],
            options={
                "ordering": ("item", "maker"),
                "indexes": [models.Index(fields=["item", "maker"], name="product_by_item")],
            },
        ),
        migrations.CreateModel(
            name="PriceEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        db_default=django.db.models.functions.text.Concat(
                            models.Value("PR-"),
                            django.db.models.functions.comparison.Cast(
                                models.Func(models.Value("reference_price"), function="nextval"), models.CharField()
                            ),
                        ),
                        editable=False,
                        max_length=20,
                        unique=True,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("guide", "guide price"),
                            ("ceiling", "ceiling price"),
                            ("award", "award price"),
                            ("negotiated", "negotiated price"),
                            ("payment_standard", "payment standard"),
                        ],
                        max_length=16,
                    ),
                ),
                ("price", core.fields.PriceField(decimal_places=6, max_digits=18)),
                ("units", models.PositiveIntegerField(default=1)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, help_text="Last day; empty while open-ended.", null=True)),
                ("source", models.CharField(max_length=300)),
                ("unverified", models.BooleanField(default=False)),
                ("recorded_at", models.DateTimeField()),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="prices", to="catalogue.item"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.region"
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prices",
                        to="catalogue.product",
                    ),
                ),
            ],
            options={
                "ordering": ("-valid_from", "-id"),
                "indexes": [models.Index(fields=["item", "-valid_from"], name="price_entry_by_item")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("price__gte", 0)),
                        name="price_entry_price_not_negative",
                        violation_error_message="A number cannot be below zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("units__gt", 0)),
                        name="price_entry_units_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lte", models.F("valid_to"))),
                        name="price_entry_valid_from_not_after_valid_to",
                        violation_error_message="The end cannot be before the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("recorded_at__isnull", True), ("recorded_by__isnull", True)),
                            models.Q(("recorded_at__isnull", False), ("recorded_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="price_entry_recorded_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=(
                            (models.F("item"), "="),
                            (django.db.models.functions.comparison.Coalesce(models.F("product"), models.Value(0)), "="),
                            (models.F("kind"), "="),
                            (models.F("region"), "="),
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
                        name="price_entry_one_at_a_time",
                        violation_error_message="Another price of this kind is in force in the same period.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ("guide", "ceiling", "award", "negotiated", "payment_standard"))
                        ),
                        name="priceentry_kind_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProductVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(default=1)),
                ("maker_name", models.CharField(blank=True, help_text="The maker as printed then.", max_length=200)),
                ("brand", models.CharField(blank=True, max_length=200)),
                ("national_code", models.CharField(blank=True, max_length=27)),
                ("approval_number", models.CharField(blank=True, max_length=60)),
                ("standard_code", models.CharField(blank=True, max_length=14)),
                ("pack_size", models.PositiveIntegerField(blank=True, help_text="Base units in one pack.", null=True)),
                ("pack_unit", models.CharField(blank=True, help_text="Box, bottle, piece.", max_length=20)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, help_text="Last day of this version.", null=True)),
                ("source", models.CharField(blank=True, max_length=300)),
                ("unverified", models.BooleanField(default=False)),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="catalogue.product"
                    ),
                ),
            ],
            options={
                "ordering": ("product", "number"),
                "indexes": [
                    models.Index(fields=["national_code"], name="version_by_code", opclasses=("varchar_pattern_ops",)),
                    models.Index(fields=["approval_number"], name="version_by_approval"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pack_size__gt", 0)),
                        name="product_version_pack_size_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lte", models.F("valid_to"))),
                        name="product_version_valid_from_not_after_valid_to",
                        violation_error_message="The end cannot be before the start.",
                    ),
                    models.UniqueConstraint(fields=("product", "number"), name="product_version_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to", None)), fields=("product",), name="product_one_current_version"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StagedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(help_text="Row in the file, the header being row 1.")),
                (
                    "effect",
                    models.CharField(
                        choices=[
                            ("new", "new"),
                            ("changed", "changed"),
                            ("same", "unchanged"),
                            ("faulty", "has an error"),
                        ],
                        max_length=7,
                    ),
                ),
                ("values", models.JSONField(default=dict)),
                (
                    "faults",
                    models.JSONField(
                        default=list,
                        help_text="A list of {column, message, value, values}: values fill the message's gaps.",
                    ),
                ),
                (
                    "changes",
                    models.JSONField(
                        default=dict, help_text="What the row would change: a pair of old and new by column."
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="staged_rows",
                        to="catalogue.catalogueimport",
                    ),
                ),
            ],
            options={
                "ordering": ("batch", "number"),
                "indexes": [models.Index(fields=["batch", "effect", "number"], name="staged_row_by_effect")],
                "constraints": [
                    models.UniqueConstraint(fields=("batch", "number"), name="staged_row_number"),
                    models.CheckConstraint(
                        condition=models.Q(("effect__in", ("new", "changed", "same", "faulty"))),
                        name="stagedrow_effect_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
    ]
