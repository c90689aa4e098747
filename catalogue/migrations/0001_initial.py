import core.fields
import core.triggers
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from catalogue.migrations._by_hand import BEFORE


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_initial"),
        ("accounts", "0001_initial"),
    ]

    operations = [
        *BEFORE,
        migrations.CreateModel(
            name="ItemVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            ],
            options={
                "ordering": ("item", "number"),
            },
        ),
        migrations.CreateModel(
            name="Maker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=200)),
                ("name_key", models.CharField(blank=True, editable=False, max_length=200)),
                ("code", models.CharField(blank=True, help_text="Five digits of the national code.", max_length=5)),
            ],
            options={
                "ordering": ("name", "code"),
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
            ],
            options={
                "ordering": ("-valid_from", "-id"),
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
                        help_text="The national code where there is one, else a stroke and a digest of what was printed.",
                        max_length=60,
                    ),
                ),
            ],
            options={
                "ordering": ("item", "maker"),
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
            ],
            options={
                "ordering": ("product", "number"),
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
            ],
            options={
                "ordering": ("batch", "number"),
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
        pgtrigger.migrations.AddTrigger(
            model_name="item",
            trigger=pgtrigger.compiler.Trigger(
                name="item_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="83392337520ffbae507066b842ff9a2fa9697a22",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_item_insert_recorded_22204",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_item",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="item",
            trigger=pgtrigger.compiler.Trigger(
                name="item_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="82c5e0b129dc8b3af6fb4a1e16575d5446674fb6",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_item_update_recorded_82da9",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_item",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="item",
            trigger=pgtrigger.compiler.Trigger(
                name="item_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="bfd62256ab9c79b10355926d1b01b06857bfe7cb",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_item_delete_recorded_e44ef",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="catalogue_item",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
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
        migrations.AddField(
            model_name="itemversion",
            name="edited_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"),
        ),
        migrations.AddField(
            model_name="itemversion",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="catalogue.item"
            ),
        ),
        migrations.AddField(
            model_name="maker",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organisation",
            ),
        ),
        migrations.AddField(
            model_name="priceentry",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="prices", to="catalogue.item"
            ),
        ),
        migrations.AddField(
            model_name="priceentry",
            name="recorded_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"),
        ),
        migrations.AddField(
            model_name="priceentry",
            name="region",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.region"
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="products", to="catalogue.item"
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="maker",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="products", to="catalogue.maker"
            ),
        ),
        migrations.AddField(
            model_name="priceentry",
            name="product",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="prices",
                to="catalogue.product",
            ),
        ),
        migrations.AddField(
            model_name="productversion",
            name="edited_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
            ),
        ),
        migrations.AddField(
            model_name="productversion",
            name="holder",
            field=models.ForeignKey(
                blank=True,
                help_text="The marketing authorisation holder, where it is not the maker.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="catalogue.maker",
            ),
        ),
        migrations.AddField(
            model_name="productversion",
            name="product",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="catalogue.product"
            ),
        ),
        migrations.AddField(
            model_name="stagedrow",
            name="batch",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="staged_rows", to="catalogue.catalogueimport"
            ),
        ),
        migrations.AddIndex(
            model_name="catalogueimport",
            index=models.Index(fields=["sha256"], name="catalogue_import_by_content"),
        ),
        migrations.AddConstraint(
            model_name="catalogueimport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("uploaded_at__isnull", True), ("uploaded_by__isnull", True)),
                    models.Q(("uploaded_at__isnull", False), ("uploaded_by__isnull", False)),
                    _connector="OR",
                ),
                name="catalogue_import_uploaded_at_and_by",
                violation_error_message="An act needs both its time and its person.",
            ),
        ),
        migrations.AddConstraint(
            model_name="catalogueimport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                    _connector="OR",
                ),
                name="catalogue_import_approved_at_and_by",
                violation_error_message="An act needs both its time and its person.",
            ),
        ),
        migrations.AddConstraint(
            model_name="catalogueimport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("merged_at__isnull", True), ("merged_by__isnull", True)),
                    models.Q(("merged_at__isnull", False), ("merged_by__isnull", False)),
                    _connector="OR",
                ),
                name="catalogue_import_merged_at_and_by",
                violation_error_message="An act needs both its time and its person.",
            ),
        ),
        migrations.AddConstraint(
            model_name="catalogueimport",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ("staging", "faulty", "ready", "merging", "merged", "discarded"))),
                name="catalogueimport_status_is_a_choice",
                violation_error_message="Choose one of the values offered.",
            ),
        ),
        migrations.AddConstraint(
            model_name="catalogueimport",
            constraint=models.CheckConstraint(
                condition=models.Q(("layout__in", ("national_list", "template", "prices"))),
                name="catalogueimport_layout_is_a_choice",
                violation_error_message="Choose one of the values offered.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="catalogueimport",
            trigger=pgtrigger.compiler.Trigger(
                name="catalogue_import_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="29ae567970ca441b0d64a6451e96980d539ac31d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_catalogue_import_insert_recorded_e31d9",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_catalogueimport",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="catalogueimport",
            trigger=pgtrigger.compiler.Trigger(
                name="catalogue_import_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="73436e6daf2950d344f2992b1dfcc2f5cbcb6bce",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_catalogue_import_update_recorded_684e8",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_catalogueimport",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="catalogueimport",
            trigger=pgtrigger.compiler.Trigger(
                name="catalogue_import_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="9a045c41c9e82c75d41515928eae8599e6cb7eae",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_catalogue_import_delete_recorded_15e12",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="catalogue_catalogueimport",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
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
        migrations.AddConstraint(
            model_name="itemversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("edited_at__isnull", True), ("edited_by__isnull", True)),
                    models.Q(("edited_at__isnull", False), ("edited_by__isnull", False)),
                    _connector="OR",
                ),
                name="item_version_edited_at_and_by",
                violation_error_message="An act needs both its time and its person.",
            ),
        ),
        migrations.AddConstraint(
            model_name="itemversion",
            constraint=models.UniqueConstraint(fields=("item", "number"), name="item_version_number"),
        ),
        pgtrigger.migrations.AddTrigger(
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
        pgtrigger.migrations.AddTrigger(
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
        pgtrigger.migrations.AddTrigger(
            model_name="itemversion",
            trigger=pgtrigger.compiler.Trigger(
                name="item_version_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="82d257c9ec083960e5f726001c81ab6df64fbb71",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_item_version_insert_recorded_2a08e",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_itemversion",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="maker",
            constraint=models.UniqueConstraint(fields=("name_key", "code"), name="maker_identity"),
        ),
        migrations.AddConstraint(
            model_name="maker",
            constraint=models.CheckConstraint(
                condition=models.Q(("code", ""), ("name", ""), _negated=True), name="maker_has_name_or_code"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="maker",
            trigger=pgtrigger.compiler.Trigger(
                name="maker_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="226fb8ae2a51619d3cdd2a067a4df88c3896c779",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_maker_insert_recorded_52ac4",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_maker",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="maker",
            trigger=pgtrigger.compiler.Trigger(
                name="maker_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="47f14a2a63e3b73eed8b4a4b5379eb4467f5ba8f",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_maker_update_recorded_e0a53",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_maker",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="maker",
            trigger=pgtrigger.compiler.Trigger(
                name="maker_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="00f24ed7c7c816d85d8844032b550e3f585aadab",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_maker_delete_recorded_81e7a",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="catalogue_maker",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
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
        migrations.AddIndex(
            model_name="product",
            index=models.Index(fields=["item", "maker"], name="product_by_item"),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.UniqueConstraint(fields=("item", "key"), name="product_identity"),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.UniqueConstraint(
                condition=models.Q(("key__startswith", "-"), _negated=True),
                fields=("key",),
                name="product_one_of_a_national_code",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="product",
            trigger=pgtrigger.compiler.Trigger(
                name="product_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="b86550dcb5eaeff9da43831a27c8da8749624544",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_product_insert_recorded_9115f",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_product",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="product",
            trigger=pgtrigger.compiler.Trigger(
                name="product_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="458289d3ddc1970939ea2f77901a21a804c36577",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_product_update_recorded_6ff08",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_product",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="product",
            trigger=pgtrigger.compiler.Trigger(
                name="product_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="f858a6d35a4cf9b7ec337ea0f61714196ed79724",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_product_delete_recorded_30f1a",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="catalogue_product",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
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
        migrations.AddIndex(
            model_name="priceentry",
            index=models.Index(fields=["item", "-valid_from"], name="price_entry_by_item"),
        ),
        migrations.AddConstraint(
            model_name="priceentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("price__gte", 0)),
                name="price_entry_price_not_negative",
                violation_error_message="A number cannot be below zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="priceentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("units__gt", 0)),
                name="price_entry_units_above_zero",
                violation_error_message="Enter a number above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="priceentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_from__lte", models.F("valid_to"))),
                name="price_entry_valid_from_not_after_valid_to",
                violation_error_message="The end cannot be before the start.",
            ),
        ),
        migrations.AddConstraint(
            model_name="priceentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("recorded_at__isnull", True), ("recorded_by__isnull", True)),
                    models.Q(("recorded_at__isnull", False), ("recorded_by__isnull", False)),
                    _connector="OR",
                ),
                name="price_entry_recorded_at_and_by",
                violation_error_message="An act needs both its time and its person.",
            ),
        ),
        migrations.AddConstraint(
            model_name="priceentry",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="priceentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("guide", "ceiling", "award", "negotiated", "payment_standard"))),
                name="priceentry_kind_is_a_choice",
                violation_error_message="Choose one of the values offered.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="priceentry",
            trigger=pgtrigger.compiler.Trigger(
                name="price_entry_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="4334e0d9e44679a5a648a5842d6eba7f446416f1",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_price_entry_insert_recorded_3f4b6",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_priceentry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="priceentry",
            trigger=pgtrigger.compiler.Trigger(
                name="price_entry_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="a0d5b8916e72ec06757441acf2af1e889f026974",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_price_entry_update_recorded_418cf",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_priceentry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="priceentry",
            trigger=pgtrigger.compiler.Trigger(
                name="price_entry_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="09e53798bcbe96714c7028f0733fb373493217c4",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_price_entry_delete_recorded_e9c9a",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="catalogue_priceentry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
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
        migrations.AddIndex(
            model_name="productversion",
            index=models.Index(fields=["national_code"], name="version_by_code", opclasses=("varchar_pattern_ops",)),
        ),
        migrations.AddIndex(
            model_name="productversion",
            index=models.Index(fields=["approval_number"], name="version_by_approval"),
        ),
        migrations.AddConstraint(
            model_name="productversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("pack_size__gt", 0)),
                name="product_version_pack_size_above_zero",
                violation_error_message="Enter a number above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_from__lte", models.F("valid_to"))),
                name="product_version_valid_from_not_after_valid_to",
                violation_error_message="The end cannot be before the start.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("edited_at__isnull", True), ("edited_by__isnull", True)),
                    models.Q(("edited_at__isnull", False), ("edited_by__isnull", False)),
                    _connector="OR",
                ),
                name="product_version_edited_at_and_by",
                violation_error_message="An act needs both its time and its person.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productversion",
            constraint=models.UniqueConstraint(fields=("product", "number"), name="product_version_number"),
        ),
        migrations.AddConstraint(
            model_name="productversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to", None)), fields=("product",), name="product_one_current_version"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="productversion",
            trigger=pgtrigger.compiler.Trigger(
                name="product_version_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="2f6b9915f358da445836c4b4392d4fa75e9619f2",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_product_version_insert_recorded_3da73",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_productversion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="productversion",
            trigger=pgtrigger.compiler.Trigger(
                name="product_version_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="9241c9670141a3c0cfcc3641da639fb22dac2071",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_product_version_update_recorded_79f9a",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_productversion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="productversion",
            trigger=pgtrigger.compiler.Trigger(
                name="product_version_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="80bc96e524bea9b1f53d496f6d59843b7e747426",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_product_version_delete_recorded_bf515",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="catalogue_productversion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
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
        migrations.AddIndex(
            model_name="stagedrow",
            index=models.Index(fields=["batch", "effect", "number"], name="staged_row_by_effect"),
        ),
        migrations.AddConstraint(
            model_name="stagedrow",
            constraint=models.UniqueConstraint(fields=("batch", "number"), name="staged_row_number"),
        ),
        migrations.AddConstraint(
            model_name="stagedrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("effect__in", ("new", "changed", "same", "faulty"))),
                name="stagedrow_effect_is_a_choice",
                violation_error_message="Choose one of the values offered.",
            ),
        ),
    ]
