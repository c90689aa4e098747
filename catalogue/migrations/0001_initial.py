import core.fields
import core.triggers
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import pgtrigger.compiler
from core.migrating import RoomMade
from django.db import migrations, models

from catalogue.migrations._by_hand import BEFORE


class Migration(RoomMade):
    dependencies = [
        ("core", "0001_initial"),
        ("accounts", "0001_initial"),
    ]

    operations = [
        *BEFORE,
        migrations.CreateModel(
            name="Maker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=200)),
                ("name_key", models.CharField(blank=True, editable=False, max_length=200)),
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
                    models.UniqueConstraint(fields=("name_key", "code"), name="maker_identity"),
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), ("name", ""), _negated=True), name="maker_has_name_or_code"
                    ),
                ],
            },
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
                (
                    "notes",
                    models.JSONField(
                        default=list,
                        help_text="What was passed over, or taken though hidden: a list of {message, values}.",
                    ),
                ),
                ("uploaded_at", models.DateTimeField()),
                (
                    "uploaded_by",
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
                ("merged_at", models.DateTimeField(blank=True, null=True)),
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
                    "name_key",
                    models.CharField(editable=False, help_text="The name as names are compared.", max_length=300),
                ),
                ("strength_key", models.CharField(blank=True, editable=False, max_length=200)),
                ("form_key", models.CharField(blank=True, editable=False, max_length=100)),
                (
                    "contents",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="Strength and fill as quantities with units, where they are known.",
                    ),
                ),
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
                "ordering": ("pinyin", "strength", "form", "id"),
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
                    models.Index(fields=["pinyin", "strength", "form", "id"], name="item_in_order"),
                    models.Index(fields=["name_key"], name="item_by_name"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "code_prefix", "name_key", "strength_key", "form_key"),
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
            name="ItemVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="catalogue.item"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=300)),
                ("strength", models.CharField(blank=True, max_length=200)),
                ("form", models.CharField(blank=True, max_length=100)),
                ("route", models.CharField(blank=True, max_length=100)),
                ("base_unit", models.CharField(blank=True, max_length=20)),
                ("contents", models.JSONField(blank=True, default=dict)),
                ("valid_to", models.DateField(help_text="Last day of this version.")),
                ("reason", models.CharField(help_text="Why it was edited then.", max_length=300)),
                ("edited_at", models.DateTimeField()),
                (
                    "edited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "ordering": ("item", "number"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("edited_at__isnull", True), ("edited_by__isnull", True)),
                            models.Q(("edited_at__isnull", False), ("edited_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="item_version_edited_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.UniqueConstraint(fields=("item", "number"), name="item_version_number"),
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
                (
                    "key",
                    models.CharField(
                        help_text="The national code where there is one, else a digest of maker, brand and pack.",
                        max_length=60,
                    ),
                ),
            ],
            options={
                "ordering": ("item", "maker"),
                "indexes": [models.Index(fields=["item", "maker"], name="product_by_item")],
                "constraints": [
                    models.UniqueConstraint(fields=("item", "key"), name="product_identity"),
                    models.UniqueConstraint(
                        condition=models.Q(("key__startswith", "-"), _negated=True),
                        fields=("key",),
                        name="product_one_of_a_national_code",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StagedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="staged_rows",
                        to="catalogue.catalogueimport",
                    ),
                ),
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
        migrations.CreateModel(
            name="OwnCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                ("code", models.CharField(max_length=80)),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.item",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.product",
                    ),
                ),
                ("set_at", models.DateTimeField()),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "ordering": ("code",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("set_at__isnull", True), ("set_by__isnull", True)),
                            models.Q(("set_at__isnull", False), ("set_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="own_code_set_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.UniqueConstraint(fields=("organisation", "code"), name="own_code_names_one_thing"),
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True), name="own_code_is_not_empty"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("item", None), ("product__isnull", False)),
                            models.Q(("item__isnull", False), ("product", None)),
                            _connector="OR",
                        ),
                        name="own_code_of_an_item_or_a_product",
                        violation_error_message="Name an item or a product, not both.",
                    ),
                ],
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
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="prices", to="catalogue.item"
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
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.region"
                    ),
                ),
                ("price", core.fields.PriceField(decimal_places=6, max_digits=18)),
                ("units", models.PositiveIntegerField(default=1)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, help_text="Last day; empty while open-ended.", null=True)),
                ("source", models.CharField(max_length=300)),
                ("unverified", models.BooleanField(default=False)),
                (
                    "visibility",
                    models.CharField(
                        choices=[("public", "everybody"), ("parties", "the agency, auditors and the parties named")],
                        default="public",
                        max_length=7,
                    ),
                ),
                (
                    "parties",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        blank=True,
                        default=list,
                        help_text="Organisations to which the price is shown.",
                        size=None,
                    ),
                ),
                (
                    "public_from",
                    models.DateField(blank=True, help_text="From this day on everybody sees it.", null=True),
                ),
                ("recorded_at", models.DateTimeField()),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
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
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("visibility", "public"), _negated=True),
                            models.Q(("parties", []), ("public_from", None)),
                            _connector="OR",
                        ),
                        name="price_entry_public_has_no_parties",
                        violation_error_message="What everybody sees has neither parties nor a day from which it is public.",
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
                    models.CheckConstraint(
                        condition=models.Q(("visibility__in", ("public", "parties"))),
                        name="priceentry_visibility_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProductVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="catalogue.product"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=1)),
                ("maker_name", models.CharField(blank=True, help_text="The maker as printed then.", max_length=200)),
                (
                    "holder",
                    models.ForeignKey(
                        blank=True,
                        help_text="The marketing authorisation holder, where it is not the maker.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.maker",
                    ),
                ),
                ("brand", models.CharField(blank=True, max_length=200)),
                ("national_code", models.CharField(blank=True, max_length=27)),
                ("approval_number", models.CharField(blank=True, max_length=60)),
                ("standard_code", models.CharField(blank=True, max_length=14)),
                ("pack_size", models.PositiveIntegerField(blank=True, help_text="Base units in one pack.", null=True)),
                ("pack_unit", models.CharField(blank=True, help_text="Box, bottle, piece.", max_length=20)),
                (
                    "containers",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="From the inside out: what each container holds of the one before.",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, help_text="Last day of this version.", null=True)),
                ("source", models.CharField(blank=True, max_length=300)),
                ("unverified", models.BooleanField(default=False)),
                ("reason", models.CharField(blank=True, help_text="Why it was edited on a page.", max_length=300)),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                (
                    "edited_by",
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
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("edited_at__isnull", True), ("edited_by__isnull", True)),
                            models.Q(("edited_at__isnull", False), ("edited_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="product_version_edited_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.UniqueConstraint(fields=("product", "number"), name="product_version_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to", None)), fields=("product",), name="product_one_current_version"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Authorisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        db_default=django.db.models.functions.text.Concat(
                            models.Value("AU-"),
                            django.db.models.functions.comparison.Cast(
                                models.Func(models.Value("reference_authorisation"), function="nextval"),
                                models.CharField(),
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
                        choices=[("sole_agent", "sole agent of imports"), ("dealer", "authorised dealer")],
                        max_length=10,
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "maker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="authorisations", to="catalogue.maker"
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: all of the maker's.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.product",
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="Last day, as the letter says.")),
                (
                    "evidence",
                    models.CharField(help_text="The letter: who signed it, its number and day.", max_length=300),
                ),
                ("recorded_at", models.DateTimeField()),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, help_text="When it was ended before its last day.", null=True),
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
                ("end_reason", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ("-valid_from", "-pk"),
                "indexes": [models.Index(fields=["supplier", "maker", "valid_to"], name="authorisation_by_supplier")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lte", models.F("valid_to"))),
                        name="authorisation_valid_from_not_after_valid_to",
                        violation_error_message="The end cannot be before the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("recorded_at__isnull", True), ("recorded_by__isnull", True)),
                            models.Q(("recorded_at__isnull", False), ("recorded_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="authorisation_recorded_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="authorisation_ended_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end_reason", ""), ("ended_at", None)),
                            models.Q(("ended_at__isnull", False), models.Q(("end_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="authorisation_end_has_a_reason",
                        violation_error_message="Say why it ends before its day.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("kind", "sole_agent")),
                        expressions=(
                            (models.F("maker"), "="),
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
                        name="authorisation_one_at_a_time",
                        violation_error_message="Another sole agent is recorded for the same products and time.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("sole_agent", "dealer"))),
                        name="authorisation_kind_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        core.triggers.AddTrigger(
            model_name="item",
            trigger=pgtrigger.compiler.Trigger(
                name="item_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."kind" IS DISTINCT FROM NEW."kind")',
                    func="RAISE EXCEPTION 'what a row of item says stays' USING ERRCODE = 'PT002';",
                    hash="906bca526926f7d6dc1940d66656cd13121984ac",
                    operation="UPDATE",
                    pgid="pgtrigger_item_facts_stay_0ce20",
                    table="catalogue_item",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="item",
            trigger=pgtrigger.compiler.Trigger(
                name="item_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of item remain' USING ERRCODE = 'PT002';",
                    hash="bff0a6188e0ab4ce0de3039417538a93767e6ccd",
                    operation="DELETE",
                    pgid="pgtrigger_item_rows_remain_952a5",
                    table="catalogue_item",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="item",
            trigger=pgtrigger.compiler.Trigger(
                name="item_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_item', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="cae1ea1693701c6183e0a77038df0ea4bda73148",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_item_insert_recorded_22204",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_item",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="item",
            trigger=pgtrigger.compiler.Trigger(
                name="item_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'catalogue_item\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="a77b78d100b72820b60ad8cfd9c37c6e6ac0f6aa",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_item_update_recorded_82da9",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="catalogue_item",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="item",
            trigger=pgtrigger.compiler.Trigger(
                name="item_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_item', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="4dc6e1567119af470ba8132e6f995fd6ade7e040",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_item_delete_recorded_e44ef",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="catalogue_item",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="item",
            trigger=pgtrigger.compiler.Trigger(
                name="item_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of item are removed one by one' USING ERRCODE = 'PT002';",
                    hash="2abbb4ed01701ba9df1b269e09a4c07271149bf5",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_item_not_emptied_b26d4",
                    table="catalogue_item",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="catalogueimport",
            trigger=pgtrigger.compiler.Trigger(
                name="catalogue_import_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."status" IS DISTINCT FROM NEW."status" AND OLD."status" || \'>\' || NEW."status" NOT IN (\'staging>discarded\', \'staging>faulty\', \'staging>ready\', \'faulty>discarded\', \'ready>discarded\', \'ready>merging\', \'merging>discarded\', \'merging>faulty\', \'merging>merged\') OR OLD."layout" IS DISTINCT FROM NEW."layout" OR OLD."file_name" IS DISTINCT FROM NEW."file_name" OR OLD."content" IS DISTINCT FROM NEW."content" OR OLD."sha256" IS DISTINCT FROM NEW."sha256" OR OLD."uploaded_at" IS DISTINCT FROM NEW."uploaded_at" OR OLD."uploaded_by_id" IS DISTINCT FROM NEW."uploaded_by_id" OR OLD."approved_at" IS NOT NULL AND OLD."approved_at" IS DISTINCT FROM NEW."approved_at" OR OLD."approved_by_id" IS NOT NULL AND OLD."approved_by_id" IS DISTINCT FROM NEW."approved_by_id" OR OLD."merged_at" IS NOT NULL AND OLD."merged_at" IS DISTINCT FROM NEW."merged_at" OR OLD."merged_by_id" IS NOT NULL AND OLD."merged_by_id" IS DISTINCT FROM NEW."merged_by_id")',
                    func="RAISE EXCEPTION 'what a row of catalogue_import says stays' USING ERRCODE = 'PT002';",
                    hash="59b20de650edf31674b037336b5914f8c9b886bd",
                    operation="UPDATE",
                    pgid="pgtrigger_catalogue_import_facts_stay_5e6d6",
                    table="catalogue_catalogueimport",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="catalogueimport",
            trigger=pgtrigger.compiler.Trigger(
                name="catalogue_import_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of catalogue_import remain' USING ERRCODE = 'PT002';",
                    hash="9fa275e4d25c2c7a5be356bf726e2fd4fb2c5a6a",
                    operation="DELETE",
                    pgid="pgtrigger_catalogue_import_rows_remain_b8ea3",
                    table="catalogue_catalogueimport",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="catalogueimport",
            trigger=pgtrigger.compiler.Trigger(
                name="catalogue_import_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_catalogueimport', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="bfa65a892d71a3faabccc01910e709d9c86aae99",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_catalogue_import_insert_recorded_e31d9",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_catalogueimport",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="catalogueimport",
            trigger=pgtrigger.compiler.Trigger(
                name="catalogue_import_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'catalogue_catalogueimport\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="82c619be89448b7679c6a14072fd6961643ce08a",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_catalogue_import_update_recorded_684e8",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="catalogue_catalogueimport",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="catalogueimport",
            trigger=pgtrigger.compiler.Trigger(
                name="catalogue_import_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_catalogueimport', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="ac7b1e2f7e0b8e84d9adcbe04578935975bfea9c",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_catalogue_import_delete_recorded_15e12",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="catalogue_catalogueimport",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="catalogueimport",
            trigger=pgtrigger.compiler.Trigger(
                name="catalogue_import_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of catalogue_import are removed one by one' USING ERRCODE = 'PT002';",
                    hash="953abe9b76e1bfebfef1defc86dba59bb6da5ff9",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_catalogue_import_not_emptied_c4d55",
                    table="catalogue_catalogueimport",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="itemversion",
            trigger=pgtrigger.compiler.Trigger(
                name="item_version_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of item_version are written once and stay' USING ERRCODE = 'PT002';",
                    hash="5abd3fa5ff53ee4de57f780fb3f53fe46a66645b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_item_version_rows_stay_bdc93",
                    table="catalogue_itemversion",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="itemversion",
            trigger=pgtrigger.compiler.Trigger(
                name="item_version_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of item_version are written once and stay' USING ERRCODE = 'PT002';",
                    hash="63f2395f3c8c37095c5b6168341ae9d7d83e7cf3",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_item_version_table_stays_41ef4",
                    table="catalogue_itemversion",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="itemversion",
            trigger=pgtrigger.compiler.Trigger(
                name="item_version_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_itemversion', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="4a5dd0c998ad5d14aae2ff49306fe11429c3cfbe",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_item_version_insert_recorded_2a08e",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_itemversion",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="maker",
            trigger=pgtrigger.compiler.Trigger(
                name="maker_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."code" IS DISTINCT FROM NEW."code")',
                    func="RAISE EXCEPTION 'what a row of maker says stays' USING ERRCODE = 'PT002';",
                    hash="d79331d6a0881edf14b7a59937f6486210bc90ca",
                    operation="UPDATE",
                    pgid="pgtrigger_maker_facts_stay_ce5a5",
                    table="catalogue_maker",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="maker",
            trigger=pgtrigger.compiler.Trigger(
                name="maker_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of maker remain' USING ERRCODE = 'PT002';",
                    hash="839122722fb56a4b93b6f55f9c6d9b1cf323c024",
                    operation="DELETE",
                    pgid="pgtrigger_maker_rows_remain_6a34a",
                    table="catalogue_maker",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="maker",
            trigger=pgtrigger.compiler.Trigger(
                name="maker_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_maker', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="db0607d5f007d86c4dbec34af85e87507b394994",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_maker_insert_recorded_52ac4",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_maker",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="maker",
            trigger=pgtrigger.compiler.Trigger(
                name="maker_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'catalogue_maker\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="2c9356bd5a58588d3a52bf934e1d71916f2dc664",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_maker_update_recorded_e0a53",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="catalogue_maker",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="maker",
            trigger=pgtrigger.compiler.Trigger(
                name="maker_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_maker', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="a0e66dce1202026de2b0a8fda08acad9eba308e6",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_maker_delete_recorded_81e7a",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="catalogue_maker",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="maker",
            trigger=pgtrigger.compiler.Trigger(
                name="maker_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of maker are removed one by one' USING ERRCODE = 'PT002';",
                    hash="dd660e7818ba4da707164ecb3707cf3705fd6b28",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_maker_not_emptied_1a4e3",
                    table="catalogue_maker",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="product",
            trigger=pgtrigger.compiler.Trigger(
                name="product_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."maker_id" IS DISTINCT FROM NEW."maker_id")',
                    func="RAISE EXCEPTION 'what a row of product says stays' USING ERRCODE = 'PT002';",
                    hash="93f9a626a5bae86ac3e93fcd9f4aaf6966cb4563",
                    operation="UPDATE",
                    pgid="pgtrigger_product_facts_stay_5171f",
                    table="catalogue_product",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="product",
            trigger=pgtrigger.compiler.Trigger(
                name="product_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of product remain' USING ERRCODE = 'PT002';",
                    hash="7c0ca6d8c04965e4605e23a80cab4b21d1029bff",
                    operation="DELETE",
                    pgid="pgtrigger_product_rows_remain_3fca7",
                    table="catalogue_product",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="product",
            trigger=pgtrigger.compiler.Trigger(
                name="product_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_product', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="31eae5c741694de0bb354d0defc70e8b3b02968e",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_product_insert_recorded_9115f",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_product",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="product",
            trigger=pgtrigger.compiler.Trigger(
                name="product_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'catalogue_product\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="3c020e6a952b7a1b7d7e3d7b8f8570fc96d388f3",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_product_update_recorded_6ff08",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="catalogue_product",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="product",
            trigger=pgtrigger.compiler.Trigger(
                name="product_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_product', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="b8c3c758ab9182a0cc86f4086f3fbcd2bf23f9c9",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_product_delete_recorded_30f1a",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="catalogue_product",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="product",
            trigger=pgtrigger.compiler.Trigger(
                name="product_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of product are removed one by one' USING ERRCODE = 'PT002';",
                    hash="0784479f1b92a94501c82cadd7ac211782971e45",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_product_not_emptied_6d4b0",
                    table="catalogue_product",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="priceentry",
            trigger=pgtrigger.compiler.Trigger(
                name="price_entry_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."item_id" IS DISTINCT FROM NEW."item_id" OR OLD."product_id" IS DISTINCT FROM NEW."product_id" OR OLD."kind" IS DISTINCT FROM NEW."kind" OR OLD."region_id" IS DISTINCT FROM NEW."region_id" OR OLD."price" IS DISTINCT FROM NEW."price" OR OLD."units" IS DISTINCT FROM NEW."units" OR OLD."valid_from" IS DISTINCT FROM NEW."valid_from" OR OLD."source" IS DISTINCT FROM NEW."source" OR OLD."unverified" IS DISTINCT FROM NEW."unverified" OR OLD."visibility" IS DISTINCT FROM NEW."visibility" OR OLD."public_from" IS DISTINCT FROM NEW."public_from" OR OLD."recorded_at" IS DISTINCT FROM NEW."recorded_at" OR OLD."recorded_by_id" IS DISTINCT FROM NEW."recorded_by_id")',
                    func="RAISE EXCEPTION 'what a row of price_entry says stays' USING ERRCODE = 'PT002';",
                    hash="9e157587021f09ea1b680381b24dc0b9c01d02f1",
                    operation="UPDATE",
                    pgid="pgtrigger_price_entry_facts_stay_009c3",
                    table="catalogue_priceentry",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="priceentry",
            trigger=pgtrigger.compiler.Trigger(
                name="price_entry_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of price_entry remain' USING ERRCODE = 'PT002';",
                    hash="c9beeed16b0e10ced00bcd3af719dc5f51422906",
                    operation="DELETE",
                    pgid="pgtrigger_price_entry_rows_remain_19e34",
                    table="catalogue_priceentry",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="priceentry",
            trigger=pgtrigger.compiler.Trigger(
                name="price_entry_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_priceentry', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="8c367ce6c46f73d63ec14a59fe3ce7993dd16226",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_price_entry_insert_recorded_3f4b6",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_priceentry",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="priceentry",
            trigger=pgtrigger.compiler.Trigger(
                name="price_entry_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'catalogue_priceentry\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="a0e8ae0fd5f8a5ed27fcfd4c9aa9bec3083abb10",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_price_entry_update_recorded_418cf",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="catalogue_priceentry",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="priceentry",
            trigger=pgtrigger.compiler.Trigger(
                name="price_entry_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_priceentry', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="edf66db7d5d850eb1c909b81179d6fd444ca4f42",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_price_entry_delete_recorded_e9c9a",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="catalogue_priceentry",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="priceentry",
            trigger=pgtrigger.compiler.Trigger(
                name="price_entry_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of price_entry are removed one by one' USING ERRCODE = 'PT002';",
                    hash="763b869dc92a237acd86566b1b9cb34c28221cb9",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_price_entry_not_emptied_4e59b",
                    table="catalogue_priceentry",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="owncode",
            trigger=pgtrigger.compiler.Trigger(
                name="own_code_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."organisation_id" IS DISTINCT FROM NEW."organisation_id" OR OLD."code" IS DISTINCT FROM NEW."code")',
                    func="RAISE EXCEPTION 'what a row of own_code says stays' USING ERRCODE = 'PT002';",
                    hash="ac2d2f60eb512746aeb69febbb65faebf0f1095a",
                    operation="UPDATE",
                    pgid="pgtrigger_own_code_facts_stay_d36b4",
                    table="catalogue_owncode",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="owncode",
            trigger=pgtrigger.compiler.Trigger(
                name="own_code_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_owncode', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="92046d4561598cf58271727b6f09b95c96750555",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_own_code_insert_recorded_edbde",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_owncode",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="owncode",
            trigger=pgtrigger.compiler.Trigger(
                name="own_code_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'catalogue_owncode\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="de77e5bdf0223baa7a90f7e5bad1cd209b358a0f",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_own_code_update_recorded_b1052",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="catalogue_owncode",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="owncode",
            trigger=pgtrigger.compiler.Trigger(
                name="own_code_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_owncode', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="898ed04e348cb46626a18c7052782b950d3e9d8c",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_own_code_delete_recorded_8fbad",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="catalogue_owncode",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="owncode",
            trigger=pgtrigger.compiler.Trigger(
                name="own_code_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of own_code are removed one by one' USING ERRCODE = 'PT002';",
                    hash="10024841f371cfb2b3cedf81eccf211348b2d6c8",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_own_code_not_emptied_a46ae",
                    table="catalogue_owncode",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="authorisation",
            trigger=pgtrigger.compiler.Trigger(
                name="authorisation_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."kind" IS DISTINCT FROM NEW."kind" OR OLD."maker_id" IS DISTINCT FROM NEW."maker_id" OR OLD."product_id" IS DISTINCT FROM NEW."product_id" OR OLD."valid_from" IS DISTINCT FROM NEW."valid_from" OR OLD."evidence" IS DISTINCT FROM NEW."evidence" OR OLD."recorded_at" IS DISTINCT FROM NEW."recorded_at" OR OLD."recorded_by_id" IS DISTINCT FROM NEW."recorded_by_id" OR OLD."ended_at" IS NOT NULL AND OLD."ended_at" IS DISTINCT FROM NEW."ended_at" OR OLD."ended_by_id" IS NOT NULL AND OLD."ended_by_id" IS DISTINCT FROM NEW."ended_by_id" OR OLD."end_reason" <> \'\' AND OLD."end_reason" IS DISTINCT FROM NEW."end_reason")',
                    func="RAISE EXCEPTION 'what a row of authorisation says stays' USING ERRCODE = 'PT002';",
                    hash="19599686d3b898f66558a587d36ff0b0999ce1e0",
                    operation="UPDATE",
                    pgid="pgtrigger_authorisation_facts_stay_0022c",
                    table="catalogue_authorisation",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="authorisation",
            trigger=pgtrigger.compiler.Trigger(
                name="authorisation_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of authorisation remain' USING ERRCODE = 'PT002';",
                    hash="5f2bc820cdb4a3008e93b8fa97be44958d475276",
                    operation="DELETE",
                    pgid="pgtrigger_authorisation_rows_remain_aa57b",
                    table="catalogue_authorisation",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="authorisation",
            trigger=pgtrigger.compiler.Trigger(
                name="authorisation_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_authorisation', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="b67fa818cb187bdc78fb49ddb11400a5aa3417d4",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_authorisation_insert_recorded_5ca62",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_authorisation",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="authorisation",
            trigger=pgtrigger.compiler.Trigger(
                name="authorisation_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'catalogue_authorisation\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="c3eea29fa8691815ccbfa25459132776ad5e7d19",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_authorisation_update_recorded_cbc7c",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="catalogue_authorisation",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="authorisation",
            trigger=pgtrigger.compiler.Trigger(
                name="authorisation_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_authorisation', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="eda56618ee59afcb9456585829c7b676e8657063",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_authorisation_delete_recorded_89b75",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="catalogue_authorisation",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="authorisation",
            trigger=pgtrigger.compiler.Trigger(
                name="authorisation_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of authorisation are removed one by one' USING ERRCODE = 'PT002';",
                    hash="1e5adc12210f4991595bb9c540c8e275abc5869b",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_authorisation_not_emptied_fcad6",
                    table="catalogue_authorisation",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="productversion",
            trigger=pgtrigger.compiler.Trigger(
                name="product_version_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."product_id" IS DISTINCT FROM NEW."product_id" OR OLD."number" IS DISTINCT FROM NEW."number" OR OLD."maker_name" IS DISTINCT FROM NEW."maker_name" OR OLD."holder_id" IS DISTINCT FROM NEW."holder_id" OR OLD."brand" IS DISTINCT FROM NEW."brand" OR OLD."national_code" IS DISTINCT FROM NEW."national_code" OR OLD."approval_number" IS DISTINCT FROM NEW."approval_number" OR OLD."standard_code" IS DISTINCT FROM NEW."standard_code" OR OLD."pack_size" IS DISTINCT FROM NEW."pack_size" OR OLD."pack_unit" IS DISTINCT FROM NEW."pack_unit" OR OLD."containers" IS DISTINCT FROM NEW."containers" OR OLD."valid_from" IS DISTINCT FROM NEW."valid_from" OR OLD."reason" IS DISTINCT FROM NEW."reason" OR OLD."edited_at" IS DISTINCT FROM NEW."edited_at" OR OLD."edited_by_id" IS DISTINCT FROM NEW."edited_by_id")',
                    func="RAISE EXCEPTION 'what a row of product_version says stays' USING ERRCODE = 'PT002';",
                    hash="8a22a286c3001708e6e889f490aa5e3412c59a62",
                    operation="UPDATE",
                    pgid="pgtrigger_product_version_facts_stay_ebad7",
                    table="catalogue_productversion",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="productversion",
            trigger=pgtrigger.compiler.Trigger(
                name="product_version_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of product_version remain' USING ERRCODE = 'PT002';",
                    hash="fe158fd5d73862a31650cdb04d441a77a701070a",
                    operation="DELETE",
                    pgid="pgtrigger_product_version_rows_remain_a29ba",
                    table="catalogue_productversion",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="productversion",
            trigger=pgtrigger.compiler.Trigger(
                name="product_version_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_productversion', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="1cea0d17c23fe7ed8a0d05ecfe9b26f2ffae7719",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_product_version_insert_recorded_3da73",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_productversion",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="productversion",
            trigger=pgtrigger.compiler.Trigger(
                name="product_version_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'catalogue_productversion\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="17414269ef5cfbd6917d55b778b97c23f5a5d6ab",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_product_version_update_recorded_79f9a",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="catalogue_productversion",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="productversion",
            trigger=pgtrigger.compiler.Trigger(
                name="product_version_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_productversion', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="68c4ccd284ea34adb90caf5d0ccda090e6332a19",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_product_version_delete_recorded_bf515",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="catalogue_productversion",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="productversion",
            trigger=pgtrigger.compiler.Trigger(
                name="product_version_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of product_version are removed one by one' USING ERRCODE = 'PT002';",
                    hash="a7a7a6a67f4a866def67f21d9cd0c2ea05f20bd7",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_product_version_not_emptied_d34ae",
                    table="catalogue_productversion",
                    when="BEFORE",
                ),
            ),
        ),
    ]
