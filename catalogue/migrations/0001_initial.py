import core.fields
import core.triggers
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.search
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
                            ("disabled_codes", "disabled codes"),
                            ("remapped_codes", "old and new codes"),
                            ("release", "national release of consumables"),
                        ],
                        max_length=14,
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
                        condition=models.Q(
                            (
                                "layout__in",
                                ("national_list", "template", "prices", "disabled_codes", "remapped_codes", "release"),
                            )
                        ),
                        name="catalogueimport_layout_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CatalogueList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        db_default=django.db.models.functions.text.Concat(
                            models.Value("LI-"),
                            django.db.models.functions.comparison.Cast(
                                models.Func(models.Value("reference_list"), function="nextval"), models.CharField()
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
                            ("essential", "essential drugs"),
                            ("insurance", "insurance catalogue"),
                            ("centrally_procured", "centrally procured"),
                            ("consumables_access", "consumables access"),
                            ("shortage", "shortage list"),
                            ("zero_markup", "zero mark-up"),
                        ],
                        max_length=18,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: the whole country.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.region",
                    ),
                ),
                (
                    "supplements",
                    models.ForeignKey(
                        blank=True,
                        help_text="The list that this one adds to, as a province adds to the national one.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supplemented_by",
                        to="catalogue.cataloguelist",
                    ),
                ),
                ("begun_at", models.DateTimeField()),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "ordering": ("kind", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("begun_at__isnull", True), ("begun_by__isnull", True)),
                            models.Q(("begun_at__isnull", False), ("begun_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="catalogue_list_begun_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.UniqueConstraint(
                        fields=("kind", "region", "name"),
                        name="catalogue_list_once",
                        nulls_distinct=False,
                        violation_error_message="This list is there already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("supplements", models.F("id")), _negated=True),
                        name="catalogue_list_supplements_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                (
                                    "essential",
                                    "insurance",
                                    "centrally_procured",
                                    "consumables_access",
                                    "shortage",
                                    "zero_markup",
                                ),
                            )
                        ),
                        name="cataloguelist_kind_is_a_choice",
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
            name="PriceChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("record", "prices from a day on"),
                            ("cut", "cut by decision"),
                            ("unify", "one national price"),
                            ("end", "end of a price"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "waits for a second person"),
                            ("returned", "asked back"),
                            ("confirmed", "confirmed"),
                            ("refused", "refused"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="proposed",
                        max_length=9,
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                ("source", models.CharField(help_text="Notice, contract or page that says so.", max_length=300)),
                (
                    "figures",
                    models.JSONField(
                        blank=True, default=dict, help_text="What the rule looked at, where one was asked."
                    ),
                ),
                (
                    "question",
                    models.CharField(blank=True, help_text="What the second person asked back.", max_length=500),
                ),
                ("answer", models.CharField(blank=True, max_length=500)),
                ("refusal", models.CharField(blank=True, max_length=300)),
                ("proposed_at", models.DateTimeField()),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
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
                "ordering": ("-pk",),
                "indexes": [models.Index(fields=["status", "-id"], name="price_change_by_status")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("proposed_at__isnull", True), ("proposed_by__isnull", True)),
                            models.Q(("proposed_at__isnull", False), ("proposed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="price_change_proposed_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="price_change_decided_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("status__in", ("proposed", "returned"))),
                            models.Q(
                                ("decided_at__isnull", False), ("status__in", ("confirmed", "refused", "withdrawn"))
                            ),
                            _connector="OR",
                        ),
                        name="price_change_status_is_its_facts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("act__in", ("record", "cut", "unify", "end"))),
                        name="pricechange_act_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ("proposed", "returned", "confirmed", "refused", "withdrawn"))
                        ),
                        name="pricechange_status_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ShelfDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "supplier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("business", "business licence"),
                            ("production", "production licence"),
                            ("distribution", "distribution licence"),
                            ("approval", "approval or registration certificate"),
                            ("practice", "certificate of good practice"),
                            ("quality", "quality report"),
                            ("letter", "letter of authorisation"),
                            ("other", "other document"),
                        ],
                        max_length=12,
                    ),
                ),
                ("number", models.CharField(max_length=80)),
                ("valid_from", models.DateField(blank=True, null=True)),
                (
                    "valid_until",
                    models.DateField(blank=True, help_text="Last day; empty where it has none.", null=True),
                ),
                ("note", models.CharField(blank=True, max_length=200)),
                ("document_name", models.CharField(blank=True, max_length=200)),
                ("document", models.BinaryField(blank=True, help_text="The file as it was uploaded.", null=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
                    ),
                ),
                ("withdrawal_reason", models.CharField(blank=True, max_length=200)),
                (
                    "warned_days",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="How many days ahead the last warning of its end was.", null=True
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
                "indexes": [
                    models.Index(fields=["supplier", "-id"], name="shelf_document_by_supplier"),
                    models.Index(
                        condition=models.Q(("withdrawn_at", None)), fields=["valid_until"], name="shelf_document_ending"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("added_at__isnull", True), ("added_by__isnull", True)),
                            models.Q(("added_at__isnull", False), ("added_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="shelf_document_added_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                            models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="shelf_document_withdrawn_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lte", models.F("valid_until"))),
                        name="shelf_document_valid_from_not_after_valid_until",
                        violation_error_message="The end cannot be before the start.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("supplier", "kind", "number", "valid_until"),
                        name="shelf_document_once",
                        nulls_distinct=False,
                        violation_error_message="This document stands on the shelf already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("document", None), ("document_name", ""), ("sha256", "")),
                            models.Q(
                                ("document__isnull", False),
                                models.Q(("document_name", ""), _negated=True),
                                models.Q(("sha256", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="shelf_document_file_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                (
                                    "business",
                                    "production",
                                    "distribution",
                                    "approval",
                                    "practice",
                                    "quality",
                                    "letter",
                                    "other",
                                ),
                            )
                        ),
                        name="shelfdocument_kind_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AdjustmentPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("bundle", models.CharField(max_length=20)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
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
            ],
            options={
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("given_at__isnull", True), ("given_by__isnull", True)),
                            models.Q(("given_at__isnull", False), ("given_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="adjustment_paper_given_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.UniqueConstraint(
                        fields=("bundle", "sha256"),
                        name="adjustment_paper_once",
                        violation_error_message="This file stands there already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReleaseRun",
            fields=[
                (
                    "batch",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="run",
                        serialize=False,
                        to="catalogue.catalogueimport",
                    ),
                ),
                (
                    "classes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        help_text="Beginnings of the codes that are taken; none: all.",
                        size=None,
                    ),
                ),
                ("size", models.BigIntegerField(help_text="Bytes of the file.")),
                (
                    "mark",
                    models.JSONField(help_text="From where the next worker reads on: place in the file, row, columns."),
                ),
                ("rows_read", models.PositiveIntegerField(default=0)),
                ("rows_expected", models.PositiveIntegerField(default=0, help_text="A guess while the file is read.")),
                (
                    "passed_over",
                    models.PositiveIntegerField(default=0, help_text="Rows of classes that were not asked for."),
                ),
                ("counts", models.JSONField(default=dict, help_text="Rows by what they would do.")),
                ("merged_rows", models.PositiveIntegerField(default=0)),
                ("began", models.DateTimeField(help_text="When reading, or merging, began.")),
                ("told", models.DateTimeField(help_text="When it last went on.")),
            ],
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        db_default=django.db.models.functions.text.Concat(
                            models.Value("ED-"),
                            django.db.models.functions.comparison.Cast(
                                models.Func(models.Value("reference_edition"), function="nextval"), models.CharField()
                            ),
                        ),
                        editable=False,
                        max_length=20,
                        unique=True,
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="catalogue.cataloguelist",
                    ),
                ),
                (
                    "before",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.edition",
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("source", models.CharField(help_text="Notice or document that says so.", max_length=300)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "in preparation"),
                            ("proposed", "waits for a second person"),
                            ("published", "published"),
                            ("discarded", "discarded"),
                        ],
                        default="draft",
                        max_length=9,
                    ),
                ),
                ("valid_from", models.DateField(help_text="The day on which it takes effect.")),
                (
                    "valid_to",
                    models.DateField(
                        blank=True, help_text="Last day; empty until the next edition ends it.", null=True
                    ),
                ),
                (
                    "removal_reason",
                    models.CharField(
                        blank=True, help_text="Why entries of the edition before are not in this one.", max_length=300
                    ),
                ),
                ("drafted_at", models.DateTimeField()),
                (
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                ("proposed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
                    ),
                ),
                ("asked_back_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_back_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
                    ),
                ),
                ("question", models.CharField(blank=True, help_text="What the reviewer asked last.", max_length=300)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
                    ),
                ),
                ("discarded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "discarded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
                    ),
                ),
                ("discard_reason", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ("-valid_from", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("drafted_at__isnull", True), ("drafted_by__isnull", True)),
                            models.Q(("drafted_at__isnull", False), ("drafted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="edition_drafted_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("proposed_at__isnull", True), ("proposed_by__isnull", True)),
                            models.Q(("proposed_at__isnull", False), ("proposed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="edition_proposed_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asked_back_at__isnull", True), ("asked_back_by__isnull", True)),
                            models.Q(("asked_back_at__isnull", False), ("asked_back_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="edition_asked_back_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at__isnull", True), ("published_by__isnull", True)),
                            models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="edition_published_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("discarded_at__isnull", True), ("discarded_by__isnull", True)),
                            models.Q(("discarded_at__isnull", False), ("discarded_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="edition_discarded_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("discarded_at", None), ("published_at__isnull", False), ("status", "published")),
                            models.Q(
                                ("discarded_at__isnull", False),
                                ("published_at", None),
                                ("status", "discarded"),
                                models.Q(("discard_reason", ""), _negated=True),
                            ),
                            models.Q(
                                ("discarded_at", None),
                                ("proposed_at__isnull", False),
                                ("published_at", None),
                                ("status", "proposed"),
                            ),
                            models.Q(("discarded_at", None), ("published_at", None), ("status", "draft")),
                            _connector="OR",
                        ),
                        name="edition_status_is_its_facts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None),
                            models.Q(("status", "published"), ("valid_to__gte", models.F("valid_from"))),
                            _connector="OR",
                        ),
                        name="edition_ends_where_it_held",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("draft", "proposed"))),
                        fields=("list",),
                        name="edition_one_in_preparation",
                        violation_error_message="Another edition of this list is in preparation.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "published"), ("valid_to", None)),
                        fields=("list",),
                        name="edition_one_without_end",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("status", "published")),
                        expressions=(
                            (models.F("list"), "="),
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
                        name="edition_one_at_a_time",
                        violation_error_message="Another edition of this list is in force in the same period.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("draft", "proposed", "published", "discarded"))),
                        name="edition_status_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReleasePiece",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pieces",
                        to="catalogue.catalogueimport",
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("content", models.BinaryField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("batch", "number"), name="release_piece_once")],
            },
        ),
        migrations.CreateModel(
            name="ReleaseRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="release_rows",
                        to="catalogue.catalogueimport",
                    ),
                ),
                ("number", models.PositiveIntegerField(help_text="Row in the file, the header being row 1.")),
                (
                    "effect",
                    models.CharField(
                        choices=[
                            ("kept", "kept"),
                            ("added", "added"),
                            ("changed", "changed"),
                            ("remapped", "remapped"),
                            ("disabled", "disabled"),
                            ("faulty", "with errors"),
                        ],
                        max_length=8,
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=27)),
                ("old_code", models.CharField(blank=True, max_length=27)),
                ("code_prefix", models.CharField(blank=True, max_length=10)),
                ("category_code", models.CharField(blank=True, max_length=6)),
                ("category", models.CharField(blank=True, max_length=300)),
                ("name", models.CharField(blank=True, max_length=300)),
                ("name_key", models.CharField(blank=True, max_length=300)),
                ("strength", models.CharField(blank=True, max_length=200)),
                ("strength_key", models.CharField(blank=True, max_length=200)),
                ("generic_class", models.CharField(blank=True, max_length=200)),
                ("material", models.CharField(blank=True, max_length=200)),
                ("feature", models.CharField(blank=True, max_length=300)),
                ("maker", models.CharField(blank=True, max_length=200)),
                ("maker_name_key", models.CharField(blank=True, max_length=200)),
                ("maker_code", models.CharField(blank=True, max_length=5)),
                ("brand", models.CharField(blank=True, max_length=200)),
                ("approval_number", models.CharField(blank=True, max_length=60)),
                ("specification", models.CharField(blank=True, max_length=300)),
                ("model", models.CharField(blank=True, max_length=300)),
                ("udi_di", models.CharField(blank=True, max_length=40)),
                (
                    "product_number",
                    models.BigIntegerField(help_text="The product that the catalogue had for the code.", null=True),
                ),
                ("version_number", models.BigIntegerField(help_text="Its version when the row was judged.", null=True)),
                (
                    "changes",
                    models.JSONField(
                        help_text="What the row would change: a pair of old and new by column.", null=True
                    ),
                ),
                ("faults", models.JSONField(help_text="A list of {column, message, value, values}.", null=True)),
            ],
            options={
                "ordering": ("batch", "effect", "number"),
                "indexes": [
                    models.Index(fields=["batch", "effect", "number"], name="release_row_by_effect"),
                    models.Index(
                        condition=models.Q(("code", ""), _negated=True),
                        fields=["batch", "code"],
                        name="release_row_by_code",
                    ),
                    models.Index(
                        condition=models.Q(("old_code", ""), _negated=True),
                        fields=["batch", "old_code"],
                        name="release_row_by_old_code",
                    ),
                    models.Index(
                        condition=models.Q(("effect__in", ("changed", "remapped"))),
                        fields=["batch", "product_number"],
                        name="release_row_by_product",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("effect__in", ("kept", "added", "changed", "remapped", "disabled", "faulty"))
                        ),
                        name="releaserow_effect_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    )
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
                ("added_on", models.DateField(editable=False, help_text="When it came into the catalogue.", null=True)),
            ],
            options={
                "ordering": ("item", "maker"),
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Listing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        db_default=django.db.models.functions.text.Concat(
                            models.Value("LS-"),
                            django.db.models.functions.comparison.Cast(
                                models.Func(models.Value("reference_listing"), function="nextval"), models.CharField()
                            ),
                        ),
                        editable=False,
                        max_length=20,
                        unique=True,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("applied", "applied for"),
                            ("asked", "asked back"),
                            ("reviewed", "reviewed, to be listed"),
                            ("refused", "refused"),
                            ("withdrawn", "withdrawn"),
                            ("listed", "listed"),
                            ("suspended", "suspended"),
                            ("delisted", "delisted"),
                        ],
                        default="applied",
                        max_length=9,
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="listings", to="catalogue.product"
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.region"
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("negotiated", "negotiated"),
                            ("direct", "direct listing"),
                            ("shortage", "shortage"),
                            ("designated", "designated production"),
                            ("recorded", "bought by hospitals on record"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "price",
                    core.fields.PriceField(
                        decimal_places=6, help_text="Of a pack, as the supplier applied for it.", max_digits=18
                    ),
                ),
                ("pack_size", models.PositiveIntegerField(help_text="Base units in such a pack.")),
                ("valid_from", models.DateField(help_text="First day on which it can be ordered.")),
                (
                    "evidence",
                    models.CharField(
                        help_text="What the application rests on: notice, price elsewhere.", max_length=500
                    ),
                ),
                ("applied_at", models.DateTimeField()),
                (
                    "applied_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
                    ),
                ),
                ("listed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "listed_by",
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
                "indexes": [
                    models.Index(fields=["status", "-id"], name="listing_by_status"),
                    models.Index(fields=["supplier", "-id"], name="listing_by_supplier"),
                    models.Index(fields=["product", "-valid_from"], name="listing_by_product"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("price__gt", 0)),
                        name="listing_price_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pack_size__gt", 0)),
                        name="listing_pack_size_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("applied_at__isnull", True), ("applied_by__isnull", True)),
                            models.Q(("applied_at__isnull", False), ("applied_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="listing_applied_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reviewed_at__isnull", True), ("reviewed_by__isnull", True)),
                            models.Q(("reviewed_at__isnull", False), ("reviewed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="listing_reviewed_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("listed_at__isnull", True), ("listed_by__isnull", True)),
                            models.Q(("listed_at__isnull", False), ("listed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="listing_listed_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("listed_by", None),
                            models.Q(
                                ("reviewed_by__isnull", False),
                                models.Q(("listed_by", models.F("reviewed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="listing_by_two",
                        violation_error_message="Somebody else than who reviewed the application lists the product.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ("listed", "suspended", "delisted")), _negated=True),
                            ("listed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="listing_published_was_listed",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("applied", "asked", "reviewed"))),
                        fields=("product", "region", "supplier"),
                        name="listing_one_application",
                        violation_error_message="An application for this product and region waits already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("listed", "suspended"))),
                        fields=("product", "region"),
                        name="listing_one_of_a_product_and_region",
                        violation_error_message="This product is listed in this region already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                (
                                    "applied",
                                    "asked",
                                    "reviewed",
                                    "refused",
                                    "withdrawn",
                                    "listed",
                                    "suspended",
                                    "delisted",
                                ),
                            )
                        ),
                        name="listing_status_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("basis__in", ("negotiated", "direct", "shortage", "designated", "recorded"))
                        ),
                        name="listing_basis_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
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
        migrations.CreateModel(
            name="ProductCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=27)),
                (
                    "status",
                    models.CharField(choices=[("disabled", "disabled"), ("remapped", "remapped")], max_length=8),
                ),
                (
                    "remapped_to",
                    models.CharField(
                        blank=True, help_text="The code in its place, as it was published.", max_length=27
                    ),
                ),
                (
                    "leads_to",
                    models.CharField(
                        blank=True,
                        help_text="The code at the end of the chain, where that was remapped in its turn.",
                        max_length=27,
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        help_text="The product that the code means; empty as long as the catalogue has none.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="codes",
                        to="catalogue.product",
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, help_text="Last day, where it was taken back.", null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("source", models.CharField(blank=True, help_text="The list or notice that says so.", max_length=300)),
                ("recorded_at", models.DateTimeField()),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
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
                "ordering": ("code", "valid_from"),
                "indexes": [
                    models.Index(fields=["code"], name="product_code_by_code", opclasses=("varchar_pattern_ops",)),
                    models.Index(fields=["leads_to"], name="product_code_by_end"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lte", models.F("valid_to"))),
                        name="product_code_valid_from_not_after_valid_to",
                        violation_error_message="The end cannot be before the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("recorded_at__isnull", True), ("recorded_by__isnull", True)),
                            models.Q(("recorded_at__isnull", False), ("recorded_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="product_code_recorded_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="product_code_ended_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status", "remapped"),
                                models.Q(("remapped_to", ""), _negated=True),
                                models.Q(("leads_to", ""), _negated=True),
                            ),
                            models.Q(("leads_to", ""), ("remapped_to", ""), ("status", "disabled")),
                            _connector="OR",
                        ),
                        name="product_code_remapped_to_another",
                        violation_error_message="A remapped code says which other stands in its place.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("leads_to", models.F("code")), _negated=True),
                        name="product_code_leads_not_to_itself",
                        violation_error_message="A code cannot be remapped to itself.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=(
                            (models.F("code"), "="),
                            (models.F("status"), "="),
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
                        name="product_code_one_at_a_time",
                        violation_error_message="This is said of the code already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("disabled", "remapped"))),
                        name="productcode_status_is_a_choice",
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
                    "quality_level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "not said"),
                            ("originator", "originator or reference"),
                            ("consistent", "passed the consistency evaluation"),
                            ("other", "other"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                (
                    "quality_standard",
                    models.CharField(
                        blank=True,
                        help_text="The standard with its version, such as the pharmacopoeia of a year.",
                        max_length=200,
                    ),
                ),
                (
                    "container",
                    models.CharField(blank=True, help_text="What the medicine itself lies in.", max_length=100),
                ),
                (
                    "storage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "not said"),
                            ("normal", "at room temperature"),
                            ("cool", "cool, up to 20 °C"),
                            ("cold", "cold chain, 2 to 8 °C"),
                            ("frozen", "frozen"),
                        ],
                        default="",
                        max_length=6,
                    ),
                ),
                ("shelf_life_months", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "specification",
                    models.CharField(blank=True, help_text="As the maker of a consumable prints it.", max_length=300),
                ),
                ("model", models.CharField(blank=True, max_length=300)),
                (
                    "registration_expires_on",
                    models.DateField(
                        blank=True, help_text="Last day of the approval or registration certificate.", null=True
                    ),
                ),
                (
                    "udi_di",
                    models.CharField(
                        blank=True, help_text="The identifier of the device: a GTIN or another.", max_length=40
                    ),
                ),
                ("high_value", models.BooleanField(default=False)),
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
                (
                    "commissioned_maker",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who makes it by order of the maker or holder.",
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
                    django.contrib.postgres.indexes.GinIndex(
                        models.Func(
                            models.F("brand"),
                            models.F("maker_name"),
                            models.F("national_code"),
                            models.F("approval_number"),
                            models.F("standard_code"),
                            models.F("udi_di"),
                            models.F("specification"),
                            models.F("model"),
                            function="version_words",
                            output_field=django.contrib.postgres.search.SearchVectorField(),
                        ),
                        fastupdate=False,
                        name="version_by_word",
                    ),
                    models.Index(fields=["national_code"], name="version_by_code", opclasses=("varchar_pattern_ops",)),
                    models.Index(fields=["approval_number"], name="version_by_approval"),
                    models.Index(
                        condition=models.Q(("udi_di", ""), _negated=True), fields=["udi_di"], name="version_by_udi"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pack_size__gt", 0)),
                        name="product_version_pack_size_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("shelf_life_months__gt", 0)),
                        name="product_version_shelf_life_months_above_zero",
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
                    models.CheckConstraint(
                        condition=models.Q(("quality_level__in", ("", "originator", "consistent", "other"))),
                        name="productversion_quality_level_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("storage__in", ("", "normal", "cool", "cold", "frozen"))),
                        name="productversion_storage_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProductWithdrawal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="withdrawals", to="catalogue.product"
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, help_text="Day on which it was taken up again.", null=True)),
                ("reason", models.CharField(max_length=300)),
                ("recorded_at", models.DateTimeField()),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
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
                "ordering": ("product", "valid_from"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lte", models.F("valid_to"))),
                        name="product_withdrawal_valid_from_not_after_valid_to",
                        violation_error_message="The end cannot be before the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("recorded_at__isnull", True), ("recorded_by__isnull", True)),
                            models.Q(("recorded_at__isnull", False), ("recorded_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="product_withdrawal_recorded_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="product_withdrawal_ended_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=(
                            (models.F("product"), "="),
                            (
                                models.Func(
                                    models.F("valid_from"),
                                    models.F("valid_to"),
                                    django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=False),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ),
                        name="product_withdrawal_one_at_a_time",
                        violation_error_message="This product is withdrawn already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ShelfUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="uses", to="catalogue.shelfdocument"
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.product"
                    ),
                ),
            ],
            options={
                "ordering": ("document", "pk"),
                "indexes": [models.Index(fields=["product"], name="shelf_use_by_product")],
                "constraints": [models.UniqueConstraint(fields=("document", "product"), name="shelf_use_once")],
            },
        ),
        migrations.CreateModel(
            name="ListingStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="catalogue.listing"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("applied", "applied for"),
                            ("asked", "asked back"),
                            ("reviewed", "reviewed, to be listed"),
                            ("refused", "refused"),
                            ("withdrawn", "withdrawn"),
                            ("listed", "listed"),
                            ("suspended", "suspended"),
                            ("delisted", "delisted"),
                        ],
                        max_length=9,
                    ),
                ),
                ("day", models.DateField(help_text="From this day on it stands so.")),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("taken_at", models.DateTimeField()),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "ordering": ("listing", "id"),
                "indexes": [models.Index(fields=["listing", "-day", "-id"], name="listing_step_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken_at__isnull", True), ("taken_by__isnull", True)),
                            models.Q(("taken_at__isnull", False), ("taken_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="listing_step_taken_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                (
                                    "applied",
                                    "asked",
                                    "reviewed",
                                    "refused",
                                    "withdrawn",
                                    "listed",
                                    "suspended",
                                    "delisted",
                                ),
                            )
                        ),
                        name="listingstep_status_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name_en", models.CharField(blank=True, max_length=300)),
                (
                    "atc_code",
                    models.CharField(
                        blank=True, help_text="Class of the World Health Organization, where it exists.", max_length=7
                    ),
                ),
                (
                    "population",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "not said"),
                            ("any", "adults and children"),
                            ("adult", "adults"),
                            ("child", "children"),
                        ],
                        default="",
                        max_length=5,
                    ),
                ),
                (
                    "category_code",
                    models.CharField(
                        blank=True,
                        help_text="Two, four or six digits: the levels of the national classification.",
                        max_length=6,
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        blank=True, help_text="The levels in words, with strokes between.", max_length=300
                    ),
                ),
                ("generic_class", models.CharField(blank=True, max_length=200)),
                ("material", models.CharField(blank=True, max_length=200)),
                ("feature", models.CharField(blank=True, max_length=300)),
                ("price_factor", core.fields.RatioField(blank=True, decimal_places=9, max_digits=18, null=True)),
                ("volume_factor", core.fields.RatioField(blank=True, decimal_places=9, max_digits=18, null=True)),
                ("factor_source", models.CharField(blank=True, max_length=300)),
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
                (
                    "kind",
                    models.CharField(
                        choices=[("drug", "drug"), ("consumable", "consumable"), ("reagent", "reagent")], max_length=10
                    ),
                ),
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
                ("added_on", models.DateField(editable=False, help_text="When it came into the catalogue.", null=True)),
            ],
            options={
                "ordering": ("pinyin", "strength", "form", "id"),
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        models.Func(
                            models.F("name"),
                            models.F("name_en"),
                            models.F("strength"),
                            models.F("contents"),
                            models.F("code_prefix"),
                            models.F("initials"),
                            function="item_words",
                            output_field=django.contrib.postgres.search.SearchVectorField(),
                        ),
                        fastupdate=False,
                        name="item_by_word",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("pinyin", "gin_trgm_ops"),
                        fastupdate=False,
                        name="item_pinyin_trigram",
                    ),
                    models.Index(
                        fields=["code_prefix", "id"], name="item_by_code", opclasses=("varchar_pattern_ops", "int8_ops")
                    ),
                    models.Index(fields=["pinyin", "strength", "form", "id"], name="item_in_order"),
                    models.Index(fields=["name_key"], name="item_by_name", opclasses=("varchar_pattern_ops",)),
                ],
            },
        ),
        migrations.CreateModel(
            name="ItemVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name_en", models.CharField(blank=True, max_length=300)),
                (
                    "atc_code",
                    models.CharField(
                        blank=True, help_text="Class of the World Health Organization, where it exists.", max_length=7
                    ),
                ),
                (
                    "population",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "not said"),
                            ("any", "adults and children"),
                            ("adult", "adults"),
                            ("child", "children"),
                        ],
                        default="",
                        max_length=5,
                    ),
                ),
                (
                    "category_code",
                    models.CharField(
                        blank=True,
                        help_text="Two, four or six digits: the levels of the national classification.",
                        max_length=6,
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        blank=True, help_text="The levels in words, with strokes between.", max_length=300
                    ),
                ),
                ("generic_class", models.CharField(blank=True, max_length=200)),
                ("material", models.CharField(blank=True, max_length=200)),
                ("feature", models.CharField(blank=True, max_length=300)),
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
                    models.CheckConstraint(
                        condition=models.Q(("population__in", ("", "any", "adult", "child"))),
                        name="itemversion_population_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DesignatedProduction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        db_default=django.db.models.functions.text.Concat(
                            models.Value("DP-"),
                            django.db.models.functions.comparison.Cast(
                                models.Func(models.Value("reference_designated_production"), function="nextval"),
                                models.CharField(),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="designated", to="catalogue.item"
                    ),
                ),
                (
                    "maker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.maker"
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: by the state.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.region",
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField()),
                (
                    "source",
                    models.CharField(help_text="The decision: who took it, its number and day.", max_length=300),
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
                "indexes": [models.Index(fields=["item", "valid_to"], name="designated_by_item")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lte", models.F("valid_to"))),
                        name="designated_production_valid_from_not_after_valid_to",
                        violation_error_message="The end cannot be before the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("recorded_at__isnull", True), ("recorded_by__isnull", True)),
                            models.Q(("recorded_at__isnull", False), ("recorded_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="designated_production_recorded_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="designated_production_ended_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end_reason", ""), ("ended_at", None)),
                            models.Q(("ended_at__isnull", False), models.Q(("end_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="designated_production_end_has_a_reason",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=(
                            (models.F("item"), "="),
                            (models.F("maker"), "="),
                            (django.db.models.functions.comparison.Coalesce(models.F("region"), models.Value("")), "="),
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
                        name="designated_production_one_at_a_time",
                        violation_error_message="This maker is commissioned with this item for the same time already.",
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
                            ("listing", "listing price"),
                            ("own", "hospital's own agreement"),
                            ("unified", "unified price"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "guide_class",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "none"),
                            ("fixed", "fixed"),
                            ("ceiling", "at most"),
                            ("reference", "for reference"),
                        ],
                        default="",
                        max_length=9,
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.region"
                    ),
                ),
                (
                    "hospital",
                    models.ForeignKey(
                        blank=True,
                        help_text="Whose own agreement it is.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                ("price", core.fields.PriceField(decimal_places=6, max_digits=18)),
                ("units", models.PositiveIntegerField(default=1)),
                (
                    "unrounded",
                    core.fields.PriceField(
                        blank=True,
                        decimal_places=6,
                        help_text="The price before it was rounded, where it was.",
                        max_digits=18,
                        null=True,
                    ),
                ),
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
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("hospital__isnull", False), ("kind", "own")),
                            models.Q(models.Q(("kind", "own"), _negated=True), ("hospital", None)),
                            _connector="OR",
                        ),
                        name="price_entry_own_has_hospital",
                        violation_error_message="A hospital's own agreement names the hospital, and no other price does.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "guide"), models.Q(("guide_class", ""), _negated=True)),
                            models.Q(
                                models.Q(("kind", "guide"), _negated=True), ("guide_class", ""), ("unrounded", None)
                            ),
                            _connector="OR",
                        ),
                        name="price_entry_guide_has_class",
                        violation_error_message="A guide price has a class, and no other price does.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=(
                            (models.F("item"), "="),
                            (django.db.models.functions.comparison.Coalesce(models.F("product"), models.Value(0)), "="),
                            (models.F("kind"), "="),
                            (models.F("region"), "="),
                            (
                                django.db.models.functions.comparison.Coalesce(models.F("hospital"), models.Value(0)),
                                "=",
                            ),
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
                            (
                                "kind__in",
                                (
                                    "guide",
                                    "ceiling",
                                    "award",
                                    "negotiated",
                                    "payment_standard",
                                    "listing",
                                    "own",
                                    "unified",
                                ),
                            )
                        ),
                        name="priceentry_kind_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("guide_class__in", ("", "fixed", "ceiling", "reference"))),
                        name="priceentry_guide_class_is_a_choice",
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
            name="EditionEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="catalogue.edition"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.item"
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: the item, of any maker.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.product",
                    ),
                ),
                (
                    "entry_class",
                    models.CharField(
                        blank=True,
                        choices=[("", "no class"), ("a", "class A"), ("b", "class B"), ("negotiated", "negotiated")],
                        default="",
                        max_length=10,
                    ),
                ),
                (
                    "restriction",
                    models.CharField(blank=True, help_text="For whom or what it is paid or used.", max_length=500),
                ),
                ("payment_standard", core.fields.PriceField(blank=True, decimal_places=6, max_digits=18, null=True)),
                (
                    "units",
                    models.PositiveIntegerField(default=1, help_text="Of how many base units the payment standard is."),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ("edition", "item", "pk"),
                "indexes": [models.Index(fields=["item", "edition"], name="edition_entry_by_item")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("payment_standard__gt", 0)),
                        name="edition_entry_payment_standard_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("units__gt", 0)),
                        name="edition_entry_units_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                    models.UniqueConstraint(
                        fields=("edition", "item", "product"), name="edition_entry_once", nulls_distinct=False
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("entry_class__in", ("", "a", "b", "negotiated"))),
                        name="editionentry_entry_class_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Adjustment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        db_default=django.db.models.functions.text.Concat(
                            models.Value("AJ-"),
                            django.db.models.functions.comparison.Cast(
                                models.Func(models.Value("reference_adjustment"), function="nextval"),
                                models.CharField(),
                            ),
                        ),
                        editable=False,
                        max_length=20,
                        unique=True,
                    ),
                ),
                (
                    "bundle",
                    models.CharField(help_text="What was proposed together, with the same evidence.", max_length=20),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "waits for an answer"),
                            ("asked", "asked back"),
                            ("accepted", "accepted"),
                            ("refused", "refused"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="proposed",
                        max_length=9,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("add", "addition"),
                            ("correct_item", "correction of an item"),
                            ("correct_product", "correction of a product"),
                            ("withdraw", "withdrawal of a product"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        help_text="Who proposes it.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
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
                (
                    "said",
                    models.JSONField(
                        blank=True, default=dict, help_text="What is to be so, by columns of the template."
                    ),
                ),
                (
                    "before",
                    models.JSONField(blank=True, default=dict, help_text="What the catalogue said of these then."),
                ),
                ("reason", models.CharField(max_length=500)),
                ("proposed_at", models.DateTimeField()),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                ("waits_since", models.DateTimeField(help_text="Since when somebody has to act.")),
                ("asked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
                    ),
                ),
                ("question", models.CharField(blank=True, max_length=500)),
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
                ("answer", models.CharField(blank=True, max_length=500)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
                    ),
                ),
                (
                    "decision",
                    models.CharField(blank=True, help_text="Why it was refused, or withdrawn.", max_length=300),
                ),
                (
                    "starts_on",
                    models.DateField(blank=True, help_text="From this day on what was accepted holds.", null=True),
                ),
            ],
            options={
                "ordering": ("-id",),
                "indexes": [
                    models.Index(fields=["status", "waits_since"], name="adjustment_waiting"),
                    models.Index(fields=["organisation", "-id"], name="adjustment_by_proposer"),
                    models.Index(fields=["product"], name="adjustment_by_product"),
                    models.Index(fields=["item"], name="adjustment_by_item"),
                    models.Index(fields=["bundle"], name="adjustment_by_bundle"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("proposed_at__isnull", True), ("proposed_by__isnull", True)),
                            models.Q(("proposed_at__isnull", False), ("proposed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="adjustment_proposed_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asked_at__isnull", True), ("asked_by__isnull", True)),
                            models.Q(("asked_at__isnull", False), ("asked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="adjustment_asked_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                            models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="adjustment_answered_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="adjustment_decided_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("status__in", ("proposed", "asked"))),
                            models.Q(
                                ("decided_at__isnull", False), ("starts_on__isnull", False), ("status", "accepted")
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("status__in", ("refused", "withdrawn")),
                                models.Q(("decision", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="adjustment_status_is_its_facts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "asked"), _negated=True),
                            models.Q(("question", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="adjustment_asks_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "add"),
                            models.Q(("item__isnull", False), ("kind", "correct_item"), ("product", None)),
                            models.Q(("kind__in", ("correct_product", "withdraw")), ("product__isnull", False)),
                            _connector="OR",
                        ),
                        name="adjustment_is_of_something",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("proposed", "asked"))),
                        fields=("organisation", "kind", "item"),
                        name="adjustment_one_of_item_waits",
                        violation_error_message="Your proposal about this waits already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("proposed", "asked"))),
                        fields=("organisation", "kind", "product"),
                        name="adjustment_one_of_product_waits",
                        violation_error_message="Your proposal about this waits already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("proposed", "asked", "accepted", "refused", "withdrawn"))),
                        name="adjustment_status_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("add", "correct_item", "correct_product", "withdraw"))),
                        name="adjustment_kind_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Shortage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        db_default=django.db.models.functions.text.Concat(
                            models.Value("SH-"),
                            django.db.models.functions.comparison.Cast(
                                models.Func(models.Value("reference_shortage"), function="nextval"), models.CharField()
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="shortages", to="catalogue.item"
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: of every maker.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.product",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.region"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("reported", "reported"),
                            ("verified", "verified"),
                            ("refused", "not a shortage"),
                            ("withdrawn", "withdrawn"),
                            ("over", "over"),
                        ],
                        default="reported",
                        max_length=9,
                    ),
                ),
                ("valid_from", models.DateField(help_text="Since when it cannot be had.")),
                ("valid_to", models.DateField(blank=True, help_text="Last day of the shortage.", null=True)),
                (
                    "evidence",
                    models.CharField(help_text="What was asked of whom, and what they answered.", max_length=1000),
                ),
                (
                    "reporter",
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
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
                    ),
                ),
                (
                    "decision_reason",
                    models.CharField(blank=True, help_text="Why it is none, or was withdrawn.", max_length=300),
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
                "indexes": [
                    models.Index(fields=["item", "region"], name="shortage_by_item"),
                    models.Index(fields=["status", "reported_at"], name="shortage_in_order"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reported_at__isnull", True), ("reported_by__isnull", True)),
                            models.Q(("reported_at__isnull", False), ("reported_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="shortage_reported_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="shortage_decided_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="shortage_ended_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lte", models.F("valid_to"))),
                        name="shortage_valid_from_not_after_valid_to",
                        violation_error_message="The end cannot be before the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at", None), ("ended_at", None), ("status", "reported"), ("valid_to", None)
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("ended_at", None),
                                ("status", "verified"),
                                ("valid_to", None),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("ended_at", None),
                                ("status__in", ("refused", "withdrawn")),
                                ("valid_to", None),
                                models.Q(("decision_reason", ""), _negated=True),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("ended_at__isnull", False),
                                ("status", "over"),
                                ("valid_to__isnull", False),
                                models.Q(("end_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="shortage_status_is_its_facts",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "reported")),
                        fields=("item", "product", "region", "reporter"),
                        name="shortage_reported_once",
                        nulls_distinct=False,
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "verified")),
                        fields=("item", "product", "region"),
                        name="shortage_verified_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("reported", "verified", "refused", "withdrawn", "over"))),
                        name="shortage_status_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Variety",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        db_default=django.db.models.functions.text.Concat(
                            models.Value("V-"),
                            django.db.models.functions.comparison.Cast(
                                models.Func(models.Value("reference_variety"), function="nextval"), models.CharField()
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
                        choices=[("drug", "drug"), ("consumable", "consumable"), ("reagent", "reagent")], max_length=10
                    ),
                ),
                ("name", models.CharField(max_length=300)),
                (
                    "form",
                    models.CharField(blank=True, help_text="Empty where its items have several forms.", max_length=100),
                ),
                ("name_key", models.CharField(editable=False, max_length=300)),
                ("form_key", models.CharField(blank=True, editable=False, max_length=100)),
                (
                    "rules",
                    models.CharField(
                        choices=[
                            ("ndrc-2011", "Comparable prices of medicines"),
                            ("volume-based", "Volume-based procurement: packs in proportion"),
                            ("insulin-2024", "Insulins: presentations of one maker"),
                        ],
                        default="ndrc-2011",
                        max_length=12,
                    ),
                ),
                (
                    "main_item",
                    models.ForeignKey(
                        blank=True,
                        help_text="The main specification, to which the others are converted.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.item",
                    ),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
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
                "ordering": ("name", "form"),
                "indexes": [models.Index(fields=["name", "form", "id"], name="variety_in_order")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("made_at__isnull", True), ("made_by__isnull", True)),
                            models.Q(("made_at__isnull", False), ("made_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="variety_made_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="variety_ended_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("kind", "name_key", "form_key"),
                        name="variety_identity",
                        violation_error_message="There is such a variety already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("drug", "consumable", "reagent"))),
                        name="variety_kind_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rules__in", ("ndrc-2011", "volume-based", "insulin-2024"))),
                        name="variety_rules_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PriceLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="catalogue.pricechange"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("guide", "guide price"),
                            ("ceiling", "ceiling price"),
                            ("award", "award price"),
                            ("negotiated", "negotiated price"),
                            ("payment_standard", "payment standard"),
                            ("listing", "listing price"),
                            ("own", "hospital's own agreement"),
                            ("unified", "unified price"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "guide_class",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "none"),
                            ("fixed", "fixed"),
                            ("ceiling", "at most"),
                            ("reference", "for reference"),
                        ],
                        default="",
                        max_length=9,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.item"
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
                (
                    "hospital",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
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
                ("unrounded", core.fields.PriceField(blank=True, decimal_places=6, max_digits=18, null=True)),
                (
                    "steps",
                    models.JSONField(
                        blank=True, default=list, help_text="How it was converted: a list of {name, ratio, factor}."
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
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
                        base_field=models.BigIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                ("public_from", models.DateField(blank=True, null=True)),
                (
                    "ends",
                    models.ForeignKey(
                        blank=True,
                        help_text="The entry that is to end.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.priceentry",
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        blank=True,
                        help_text="What came of it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="line",
                        to="catalogue.priceentry",
                    ),
                ),
            ],
            options={
                "ordering": ("change", "number"),
                "indexes": [models.Index(models.F("item"), name="price_line_by_item")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("price__gte", 0)),
                        name="price_line_price_not_negative",
                        violation_error_message="A number cannot be below zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("units__gt", 0)),
                        name="price_line_units_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lte", models.F("valid_to"))),
                        name="price_line_valid_from_not_after_valid_to",
                        violation_error_message="The end cannot be before the start.",
                    ),
                    models.UniqueConstraint(fields=("change", "number"), name="price_line_number"),
                    models.CheckConstraint(
                        condition=models.Q(("ends", None), ("entry", None), _connector="OR"),
                        name="price_line_begins_or_ends",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                (
                                    "guide",
                                    "ceiling",
                                    "award",
                                    "negotiated",
                                    "payment_standard",
                                    "listing",
                                    "own",
                                    "unified",
                                ),
                            )
                        ),
                        name="priceline_kind_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("guide_class__in", ("", "fixed", "ceiling", "reference"))),
                        name="priceline_guide_class_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("visibility__in", ("public", "parties"))),
                        name="priceline_visibility_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Substitute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "shortage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="substitutes", to="catalogue.shortage"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.item"
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
                ("reason", models.CharField(max_length=300)),
                ("named_at", models.DateTimeField()),
                (
                    "named_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "withdrawn_by",
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
                "ordering": ("shortage", "pk"),
                "indexes": [models.Index(fields=["item"], name="substitute_by_item")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("named_at__isnull", True), ("named_by__isnull", True)),
                            models.Q(("named_at__isnull", False), ("named_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="substitute_named_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                            models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="substitute_withdrawn_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("shortage", "item", "product"),
                        name="substitute_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SingleSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        db_default=django.db.models.functions.text.Concat(
                            models.Value("SS-"),
                            django.db.models.functions.comparison.Cast(
                                models.Func(models.Value("reference_single_source"), function="nextval"),
                                models.CharField(),
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.item",
                    ),
                ),
                (
                    "variety",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.variety",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.region"
                    ),
                ),
                (
                    "hospital",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: all of the region.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="Last day.")),
                ("source", models.CharField(help_text="The decision or contract that says so.", max_length=300)),
                ("recorded_at", models.DateTimeField()),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
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
                "ordering": ("-valid_from", "-id"),
                "indexes": [
                    models.Index(fields=["item", "-valid_to"], name="single_source_by_item"),
                    models.Index(fields=["variety", "-valid_to"], name="single_source_by_variety"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lte", models.F("valid_to"))),
                        name="single_source_valid_from_not_after_valid_to",
                        violation_error_message="The end cannot be before the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("recorded_at__isnull", True), ("recorded_by__isnull", True)),
                            models.Q(("recorded_at__isnull", False), ("recorded_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="single_source_recorded_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="single_source_ended_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("item__isnull", False), ("variety", None)),
                            models.Q(("item", None), ("variety__isnull", False)),
                            _connector="OR",
                        ),
                        name="single_source_of_an_item_or_a_variety",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=(
                            (django.db.models.functions.comparison.Coalesce(models.F("item"), models.Value(0)), "="),
                            (django.db.models.functions.comparison.Coalesce(models.F("variety"), models.Value(0)), "="),
                            (models.F("region"), "="),
                            (
                                django.db.models.functions.comparison.Coalesce(models.F("hospital"), models.Value(0)),
                                "=",
                            ),
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
                        name="single_source_one_at_a_time",
                        violation_error_message="Another commitment holds for the same item, region and hospital in this time.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="product",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="products", to="catalogue.item"
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
        migrations.AddField(
            model_name="item",
            name="variety",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="items",
                to="catalogue.variety",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(
                fields=("kind", "code_prefix", "name_key", "strength_key", "form_key"),
                name="item_identity",
                violation_error_message="The catalogue has this item already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(("price_factor__gt", 0)),
                name="item_price_factor_above_zero",
                violation_error_message="Enter a number above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(("volume_factor__gt", 0)),
                name="item_volume_factor_above_zero",
                violation_error_message="Enter a number above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("drug", "consumable", "reagent"))),
                name="item_kind_is_a_choice",
                violation_error_message="Choose one of the values offered.",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(("population__in", ("", "any", "adult", "child"))),
                name="item_population_is_a_choice",
                violation_error_message="Choose one of the values offered.",
            ),
        ),
        core.triggers.AddTrigger(
            model_name="adjustmentpaper",
            trigger=pgtrigger.compiler.Trigger(
                name="adjustment_paper_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of adjustment_paper are written once and stay' USING ERRCODE = 'PT002';",
                    hash="ea832f2195924b05b192f103d3dc38da706af15d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_adjustment_paper_rows_stay_c7c57",
                    table="catalogue_adjustmentpaper",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="adjustmentpaper",
            trigger=pgtrigger.compiler.Trigger(
                name="adjustment_paper_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of adjustment_paper are written once and stay' USING ERRCODE = 'PT002';",
                    hash="1bab784b87291c7f5e7e004c6ee7863ba74cb4bb",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_adjustment_paper_table_stays_f0f14",
                    table="catalogue_adjustmentpaper",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="adjustmentpaper",
            trigger=pgtrigger.compiler.Trigger(
                name="adjustment_paper_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_adjustmentpaper', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="27cf64afe48b4441709eec608375f35b1c5884f3",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_adjustment_paper_insert_recorded_6e084",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_adjustmentpaper",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="catalogueimport",
            trigger=pgtrigger.compiler.Trigger(
                name="catalogue_import_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."status" IS DISTINCT FROM NEW."status" AND OLD."status" || \'>\' || NEW."status" NOT IN (\'staging>discarded\', \'staging>faulty\', \'staging>ready\', \'faulty>discarded\', \'ready>discarded\', \'ready>merging\', \'merging>discarded\', \'merging>faulty\', \'merging>merged\', \'merging>staging\') OR OLD."layout" IS DISTINCT FROM NEW."layout" OR OLD."file_name" IS DISTINCT FROM NEW."file_name" OR OLD."content" IS DISTINCT FROM NEW."content" OR OLD."sha256" IS DISTINCT FROM NEW."sha256" OR OLD."uploaded_at" IS DISTINCT FROM NEW."uploaded_at" OR OLD."uploaded_by_id" IS DISTINCT FROM NEW."uploaded_by_id" OR OLD."merged_at" IS NOT NULL AND OLD."merged_at" IS DISTINCT FROM NEW."merged_at" OR OLD."merged_by_id" IS NOT NULL AND OLD."merged_by_id" IS DISTINCT FROM NEW."merged_by_id")',
                    func="RAISE EXCEPTION 'what a row of catalogue_import says stays' USING ERRCODE = 'PT002';",
                    hash="2db00e87b840fd8e834fb3c85ba63993f656acff",
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
            model_name="cataloguelist",
            trigger=pgtrigger.compiler.Trigger(
                name="catalogue_list_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."kind" IS DISTINCT FROM NEW."kind" OR OLD."name" IS DISTINCT FROM NEW."name" OR OLD."region_id" IS DISTINCT FROM NEW."region_id" OR OLD."supplements_id" IS DISTINCT FROM NEW."supplements_id" OR OLD."begun_at" IS DISTINCT FROM NEW."begun_at" OR OLD."begun_by_id" IS DISTINCT FROM NEW."begun_by_id")',
                    func="RAISE EXCEPTION 'what a row of catalogue_list says stays' USING ERRCODE = 'PT002';",
                    hash="3b44697ad272282045ce920f46a25ee94a5b1d02",
                    operation="UPDATE",
                    pgid="pgtrigger_catalogue_list_facts_stay_e0e12",
                    table="catalogue_cataloguelist",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="cataloguelist",
            trigger=pgtrigger.compiler.Trigger(
                name="catalogue_list_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of catalogue_list remain' USING ERRCODE = 'PT002';",
                    hash="8dc1585abd36df204526a680a60fb735b97ebadb",
                    operation="DELETE",
                    pgid="pgtrigger_catalogue_list_rows_remain_eae52",
                    table="catalogue_cataloguelist",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="cataloguelist",
            trigger=pgtrigger.compiler.Trigger(
                name="catalogue_list_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_cataloguelist', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="7bf7eac2246129ea72f811766e9de0b165218797",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_catalogue_list_insert_recorded_0f3d3",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_cataloguelist",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="cataloguelist",
            trigger=pgtrigger.compiler.Trigger(
                name="catalogue_list_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'catalogue_cataloguelist\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="625635fa493861aab42a3b7aacf89be0ff764f32",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_catalogue_list_update_recorded_9869a",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="catalogue_cataloguelist",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="cataloguelist",
            trigger=pgtrigger.compiler.Trigger(
                name="catalogue_list_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_cataloguelist', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="5c89783b4baba101034471e4bbdec851a628c068",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_catalogue_list_delete_recorded_5b30d",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="catalogue_cataloguelist",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="cataloguelist",
            trigger=pgtrigger.compiler.Trigger(
                name="catalogue_list_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of catalogue_list are removed one by one' USING ERRCODE = 'PT002';",
                    hash="b34d2948ece3e1c411dce914e9326b7dcbdcf88e",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_catalogue_list_not_emptied_1af69",
                    table="catalogue_cataloguelist",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="edition",
            trigger=pgtrigger.compiler.Trigger(
                name="edition_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."list_id" IS DISTINCT FROM NEW."list_id" OR OLD."before_id" IS DISTINCT FROM NEW."before_id" OR OLD."status" IS DISTINCT FROM NEW."status" AND OLD."status" || \'>\' || NEW."status" NOT IN (\'draft>discarded\', \'draft>proposed\', \'proposed>discarded\', \'proposed>draft\', \'proposed>published\') OR OLD."valid_to" IS NOT NULL AND OLD."valid_to" IS DISTINCT FROM NEW."valid_to" OR OLD."drafted_at" IS DISTINCT FROM NEW."drafted_at" OR OLD."drafted_by_id" IS DISTINCT FROM NEW."drafted_by_id" OR OLD."published_at" IS NOT NULL AND OLD."published_at" IS DISTINCT FROM NEW."published_at" OR OLD."published_by_id" IS NOT NULL AND OLD."published_by_id" IS DISTINCT FROM NEW."published_by_id" OR OLD."discarded_at" IS NOT NULL AND OLD."discarded_at" IS DISTINCT FROM NEW."discarded_at" OR OLD."discarded_by_id" IS NOT NULL AND OLD."discarded_by_id" IS DISTINCT FROM NEW."discarded_by_id" OR OLD."discard_reason" <> \'\' AND OLD."discard_reason" IS DISTINCT FROM NEW."discard_reason")',
                    func="RAISE EXCEPTION 'what a row of edition says stays' USING ERRCODE = 'PT002';",
                    hash="1ebc989f0e72664ad0d3e6c367f944be5ffd3404",
                    operation="UPDATE",
                    pgid="pgtrigger_edition_facts_stay_d564c",
                    table="catalogue_edition",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="edition",
            trigger=pgtrigger.compiler.Trigger(
                name="edition_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of edition remain' USING ERRCODE = 'PT002';",
                    hash="0be46afaedb33471134ed4ae309d80e5aded22c2",
                    operation="DELETE",
                    pgid="pgtrigger_edition_rows_remain_1b585",
                    table="catalogue_edition",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="edition",
            trigger=pgtrigger.compiler.Trigger(
                name="edition_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_edition', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="5f60816a4f25f3bb0f451bd451697c0b8e96e1bd",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_edition_insert_recorded_4aaf7",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_edition",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="edition",
            trigger=pgtrigger.compiler.Trigger(
                name="edition_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'catalogue_edition\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="6e9656c66ca5f17499a46fa9d5754d0c7bc38c8a",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_edition_update_recorded_c48d5",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="catalogue_edition",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="edition",
            trigger=pgtrigger.compiler.Trigger(
                name="edition_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_edition', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="c478a7400a23836723ad947a79fcd649986a0402",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_edition_delete_recorded_15e37",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="catalogue_edition",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="edition",
            trigger=pgtrigger.compiler.Trigger(
                name="edition_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of edition are removed one by one' USING ERRCODE = 'PT002';",
                    hash="9df52acf80282f18e1df98568d61087cd48b31e2",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_edition_not_emptied_76ac1",
                    table="catalogue_edition",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="edition",
            trigger=pgtrigger.compiler.Trigger(
                name="edition_is_published_by_two_people",
                sql=core.triggers.FirmTriggerSql(
                    func="\n                    IF TG_OP = 'INSERT' THEN\n                        IF NEW.status <> 'draft' THEN\n                            RAISE EXCEPTION 'an edition begins as a draft' USING ERRCODE = 'PT006';\n                        END IF;\n                        RETURN NEW;\n                    END IF;\n                    IF OLD.status = 'published' AND to_jsonb(NEW) - 'valid_to' <> to_jsonb(OLD) - 'valid_to' THEN\n                        RAISE EXCEPTION 'a published edition stays' USING ERRCODE = 'PT002';\n                    END IF;\n                    IF OLD.status = 'proposed' AND NEW.status IN ('proposed', 'published') AND\n                        (NEW.title, NEW.source, NEW.valid_from, NEW.removal_reason, NEW.proposed_by_id) IS DISTINCT FROM\n                        (OLD.title, OLD.source, OLD.valid_from, OLD.removal_reason, OLD.proposed_by_id) THEN\n                        RAISE EXCEPTION 'what is reviewed stays' USING ERRCODE = 'PT006';\n                    END IF;\n                    IF (SELECT person_id FROM accounts_seat WHERE id = NEW.published_by_id)\n                        IN (SELECT person_id FROM accounts_seat\n                            WHERE id IN (NEW.drafted_by_id, NEW.proposed_by_id)) THEN\n                        RAISE EXCEPTION 'an edition needs two people' USING ERRCODE = 'PT006';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="8664425a840cfbbb61eda17e55d90076c26a75b9",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_edition_is_published_by_two_people_0a2f9",
                    table="catalogue_edition",
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
            model_name="listingstep",
            trigger=pgtrigger.compiler.Trigger(
                name="listing_step_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of listing_step are written once and stay' USING ERRCODE = 'PT002';",
                    hash="16b18c91ece144ef9e46ffd361e47791e94cf216",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_listing_step_rows_stay_8aa45",
                    table="catalogue_listingstep",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="listingstep",
            trigger=pgtrigger.compiler.Trigger(
                name="listing_step_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of listing_step are written once and stay' USING ERRCODE = 'PT002';",
                    hash="5c52be2d73a3c1f974f5c13a2c26d3fe8183c5d9",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_listing_step_table_stays_f6d60",
                    table="catalogue_listingstep",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="listingstep",
            trigger=pgtrigger.compiler.Trigger(
                name="listing_step_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_listingstep', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="3ef06792941e0c0a1343c352c1474e6481397f9b",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_listing_step_insert_recorded_8d46f",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_listingstep",
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
            model_name="designatedproduction",
            trigger=pgtrigger.compiler.Trigger(
                name="designated_production_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."item_id" IS DISTINCT FROM NEW."item_id" OR OLD."maker_id" IS DISTINCT FROM NEW."maker_id" OR OLD."region_id" IS DISTINCT FROM NEW."region_id" OR OLD."valid_from" IS DISTINCT FROM NEW."valid_from" OR OLD."source" IS DISTINCT FROM NEW."source" OR OLD."recorded_at" IS DISTINCT FROM NEW."recorded_at" OR OLD."recorded_by_id" IS DISTINCT FROM NEW."recorded_by_id" OR OLD."ended_at" IS NOT NULL AND OLD."ended_at" IS DISTINCT FROM NEW."ended_at" OR OLD."ended_by_id" IS NOT NULL AND OLD."ended_by_id" IS DISTINCT FROM NEW."ended_by_id" OR OLD."end_reason" <> \'\' AND OLD."end_reason" IS DISTINCT FROM NEW."end_reason")',
                    func="RAISE EXCEPTION 'what a row of designated_production says stays' USING ERRCODE = 'PT002';",
                    hash="09d35231f96ea50ebb96e0e277424c0d48c4bcf4",
                    operation="UPDATE",
                    pgid="pgtrigger_designated_production_facts_stay_0c66d",
                    table="catalogue_designatedproduction",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="designatedproduction",
            trigger=pgtrigger.compiler.Trigger(
                name="designated_production_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of designated_production remain' USING ERRCODE = 'PT002';",
                    hash="9a09716349e6b1e40680af329480e0b0452473c8",
                    operation="DELETE",
                    pgid="pgtrigger_designated_production_rows_remain_ab27a",
                    table="catalogue_designatedproduction",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="designatedproduction",
            trigger=pgtrigger.compiler.Trigger(
                name="designated_production_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_designatedproduction', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="5944612b30e7d29883f83c01f5a0f2ee30a2a77b",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_designated_production_insert_recorded_b48de",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_designatedproduction",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="designatedproduction",
            trigger=pgtrigger.compiler.Trigger(
                name="designated_production_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'catalogue_designatedproduction\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="e17f29b7d756a0ca0458482af2d14afddf40ebc1",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_designated_production_update_recorded_68755",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="catalogue_designatedproduction",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="designatedproduction",
            trigger=pgtrigger.compiler.Trigger(
                name="designated_production_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_designatedproduction', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="c8fa564cde3cb58fd24f2dc1fbc32979f8c2f753",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_designated_production_delete_recorded_cee8f",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="catalogue_designatedproduction",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="designatedproduction",
            trigger=pgtrigger.compiler.Trigger(
                name="designated_production_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of designated_production are removed one by one' USING ERRCODE = 'PT002';",
                    hash="c5f1f25143cae879b293f3b577741185bfb1c125",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_designated_production_not_emptied_c64fc",
                    table="catalogue_designatedproduction",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="pricechange",
            trigger=pgtrigger.compiler.Trigger(
                name="price_change_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."act" IS DISTINCT FROM NEW."act" OR OLD."status" IS DISTINCT FROM NEW."status" AND OLD."status" || \'>\' || NEW."status" NOT IN (\'proposed>confirmed\', \'proposed>refused\', \'proposed>returned\', \'proposed>withdrawn\', \'returned>proposed\', \'returned>refused\', \'returned>withdrawn\') OR OLD."reason" IS DISTINCT FROM NEW."reason" OR OLD."source" IS DISTINCT FROM NEW."source" OR OLD."figures" IS DISTINCT FROM NEW."figures" OR OLD."refusal" <> \'\' AND OLD."refusal" IS DISTINCT FROM NEW."refusal" OR OLD."proposed_at" IS DISTINCT FROM NEW."proposed_at" OR OLD."proposed_by_id" IS DISTINCT FROM NEW."proposed_by_id" OR OLD."decided_at" IS NOT NULL AND OLD."decided_at" IS DISTINCT FROM NEW."decided_at" OR OLD."decided_by_id" IS NOT NULL AND OLD."decided_by_id" IS DISTINCT FROM NEW."decided_by_id")',
                    func="RAISE EXCEPTION 'what a row of price_change says stays' USING ERRCODE = 'PT002';",
                    hash="d86c048afc8b53e498a01bcb683f448abb5b0870",
                    operation="UPDATE",
                    pgid="pgtrigger_price_change_facts_stay_3bb48",
                    table="catalogue_pricechange",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="pricechange",
            trigger=pgtrigger.compiler.Trigger(
                name="price_change_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of price_change remain' USING ERRCODE = 'PT002';",
                    hash="eab78d74a17fde7e2c056c11b569ca0063849cf1",
                    operation="DELETE",
                    pgid="pgtrigger_price_change_rows_remain_8078b",
                    table="catalogue_pricechange",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="pricechange",
            trigger=pgtrigger.compiler.Trigger(
                name="price_change_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_pricechange', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="bbb11ccb1f079d79869177cb5484226a4732297f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_price_change_insert_recorded_91a5c",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_pricechange",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="pricechange",
            trigger=pgtrigger.compiler.Trigger(
                name="price_change_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'catalogue_pricechange\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="018c8b4c4655371748d366370ed15709f7baa7de",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_price_change_update_recorded_9f98a",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="catalogue_pricechange",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="pricechange",
            trigger=pgtrigger.compiler.Trigger(
                name="price_change_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_pricechange', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="686fda30109af3b52b503f2251c67d65df22bb51",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_price_change_delete_recorded_2d6d1",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="catalogue_pricechange",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="pricechange",
            trigger=pgtrigger.compiler.Trigger(
                name="price_change_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of price_change are removed one by one' USING ERRCODE = 'PT002';",
                    hash="d5ecbc3b9e9dd170e42103736cd8628f3efaa19f",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_price_change_not_emptied_3deb6",
                    table="catalogue_pricechange",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="pricechange",
            trigger=pgtrigger.compiler.Trigger(
                name="price_change_needs_two_people",
                sql=core.triggers.FirmTriggerSql(
                    func="\n                    IF NEW.status = 'confirmed' AND (SELECT person_id FROM accounts_seat WHERE id = NEW.decided_by_id)\n                        = (SELECT person_id FROM accounts_seat WHERE id = NEW.proposed_by_id) THEN\n                        RAISE EXCEPTION 'a change of prices needs two people' USING ERRCODE = 'PT006';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="981515f07efad80b2f817b68d0faecf2d5354b17",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_price_change_needs_two_people_8f21e",
                    table="catalogue_pricechange",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="product",
            trigger=pgtrigger.compiler.Trigger(
                name="product_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."maker_id" IS DISTINCT FROM NEW."maker_id" OR OLD."added_on" IS DISTINCT FROM NEW."added_on")',
                    func="RAISE EXCEPTION 'what a row of product says stays' USING ERRCODE = 'PT002';",
                    hash="e9b84403801305213259776a1e5a54387d3a096d",
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
            model_name="priceline",
            trigger=pgtrigger.compiler.Trigger(
                name="price_line_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."change_id" IS DISTINCT FROM NEW."change_id" OR OLD."number" IS DISTINCT FROM NEW."number" OR OLD."kind" IS DISTINCT FROM NEW."kind" OR OLD."guide_class" IS DISTINCT FROM NEW."guide_class" OR OLD."item_id" IS DISTINCT FROM NEW."item_id" OR OLD."product_id" IS DISTINCT FROM NEW."product_id" OR OLD."hospital_id" IS DISTINCT FROM NEW."hospital_id" OR OLD."region_id" IS DISTINCT FROM NEW."region_id" OR OLD."price" IS DISTINCT FROM NEW."price" OR OLD."units" IS DISTINCT FROM NEW."units" OR OLD."unrounded" IS DISTINCT FROM NEW."unrounded" OR OLD."steps" IS DISTINCT FROM NEW."steps" OR OLD."valid_from" IS DISTINCT FROM NEW."valid_from" OR OLD."valid_to" IS DISTINCT FROM NEW."valid_to" OR OLD."visibility" IS DISTINCT FROM NEW."visibility" OR OLD."parties" IS DISTINCT FROM NEW."parties" OR OLD."public_from" IS DISTINCT FROM NEW."public_from" OR OLD."ends_id" IS DISTINCT FROM NEW."ends_id" OR OLD."entry_id" IS NOT NULL AND OLD."entry_id" IS DISTINCT FROM NEW."entry_id")',
                    func="RAISE EXCEPTION 'what a row of price_line says stays' USING ERRCODE = 'PT002';",
                    hash="ca5a90cfbe79fcf6f7e6b46147de8e1f83f5ad42",
                    operation="UPDATE",
                    pgid="pgtrigger_price_line_facts_stay_e192f",
                    table="catalogue_priceline",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="priceline",
            trigger=pgtrigger.compiler.Trigger(
                name="price_line_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of price_line remain' USING ERRCODE = 'PT002';",
                    hash="a9c50cea94a773b4f42e8bfe7c08dd3bdeab7286",
                    operation="DELETE",
                    pgid="pgtrigger_price_line_rows_remain_7cad7",
                    table="catalogue_priceline",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="priceline",
            trigger=pgtrigger.compiler.Trigger(
                name="price_line_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_priceline', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="c2317d9e50fe7ac3fa4c95d7d687c0d15bff930c",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_price_line_insert_recorded_ab57c",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_priceline",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="priceline",
            trigger=pgtrigger.compiler.Trigger(
                name="price_line_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'catalogue_priceline\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="8ec5b5f781eb7a944983864e52623e2fb6f234bd",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_price_line_update_recorded_acc71",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="catalogue_priceline",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="priceline",
            trigger=pgtrigger.compiler.Trigger(
                name="price_line_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_priceline', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="6813991f3f02764fd7e8b2ab95fd44bdd2d8807d",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_price_line_delete_recorded_c0403",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="catalogue_priceline",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="priceline",
            trigger=pgtrigger.compiler.Trigger(
                name="price_line_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of price_line are removed one by one' USING ERRCODE = 'PT002';",
                    hash="d46de6cc5230dd6c16e98300d4fd1598ef96a512",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_price_line_not_emptied_0af84",
                    table="catalogue_priceline",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="priceentry",
            trigger=pgtrigger.compiler.Trigger(
                name="price_entry_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."item_id" IS DISTINCT FROM NEW."item_id" OR OLD."product_id" IS DISTINCT FROM NEW."product_id" OR OLD."kind" IS DISTINCT FROM NEW."kind" OR OLD."guide_class" IS DISTINCT FROM NEW."guide_class" OR OLD."region_id" IS DISTINCT FROM NEW."region_id" OR OLD."hospital_id" IS DISTINCT FROM NEW."hospital_id" OR OLD."price" IS DISTINCT FROM NEW."price" OR OLD."units" IS DISTINCT FROM NEW."units" OR OLD."unrounded" IS DISTINCT FROM NEW."unrounded" OR OLD."valid_from" IS DISTINCT FROM NEW."valid_from" OR OLD."source" IS DISTINCT FROM NEW."source" OR OLD."unverified" IS DISTINCT FROM NEW."unverified" OR OLD."visibility" IS DISTINCT FROM NEW."visibility" OR OLD."public_from" IS DISTINCT FROM NEW."public_from" OR OLD."recorded_at" IS DISTINCT FROM NEW."recorded_at" OR OLD."recorded_by_id" IS DISTINCT FROM NEW."recorded_by_id")',
                    func="RAISE EXCEPTION 'what a row of price_entry says stays' USING ERRCODE = 'PT002';",
                    hash="52a9ae8d2d95b940788b62c052127a003cd53e5e",
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
            model_name="listing",
            trigger=pgtrigger.compiler.Trigger(
                name="listing_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."status" IS DISTINCT FROM NEW."status" AND OLD."status" || \'>\' || NEW."status" NOT IN (\'applied>asked\', \'applied>refused\', \'applied>reviewed\', \'applied>withdrawn\', \'asked>applied\', \'asked>refused\', \'asked>withdrawn\', \'reviewed>applied\', \'reviewed>listed\', \'reviewed>refused\', \'reviewed>withdrawn\', \'listed>delisted\', \'listed>suspended\', \'suspended>delisted\', \'suspended>listed\') OR OLD."product_id" IS DISTINCT FROM NEW."product_id" OR OLD."region_id" IS DISTINCT FROM NEW."region_id" OR OLD."listed_at" IS NOT NULL AND OLD."listed_at" IS DISTINCT FROM NEW."listed_at" OR OLD."listed_by_id" IS NOT NULL AND OLD."listed_by_id" IS DISTINCT FROM NEW."listed_by_id")',
                    func="RAISE EXCEPTION 'what a row of listing says stays' USING ERRCODE = 'PT002';",
                    hash="db783602aaca3b57c5df92b26d2c6013cd3fb870",
                    operation="UPDATE",
                    pgid="pgtrigger_listing_facts_stay_cd78b",
                    table="catalogue_listing",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="listing",
            trigger=pgtrigger.compiler.Trigger(
                name="listing_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of listing remain' USING ERRCODE = 'PT002';",
                    hash="c9a7a18ad41ea945abef1055c31d0970b65cb4c3",
                    operation="DELETE",
                    pgid="pgtrigger_listing_rows_remain_d9074",
                    table="catalogue_listing",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="listing",
            trigger=pgtrigger.compiler.Trigger(
                name="listing_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_listing', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="298e5f3bf92b4ed17aade17dc868a8a976174ea2",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_listing_insert_recorded_2297c",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_listing",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="listing",
            trigger=pgtrigger.compiler.Trigger(
                name="listing_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'catalogue_listing\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="2670e14e37598ec210d5082c70d2d0b6b3675f55",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_listing_update_recorded_1bdc0",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="catalogue_listing",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="listing",
            trigger=pgtrigger.compiler.Trigger(
                name="listing_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_listing', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="f08fc78011230027fa1d2be8b49b99b1b61527c5",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_listing_delete_recorded_b099f",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="catalogue_listing",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="listing",
            trigger=pgtrigger.compiler.Trigger(
                name="listing_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of listing are removed one by one' USING ERRCODE = 'PT002';",
                    hash="883f8308e2ce439815d16480382b6e1ef5528a3e",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_listing_not_emptied_ae479",
                    table="catalogue_listing",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="editionentry",
            trigger=pgtrigger.compiler.Trigger(
                name="edition_entry_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."edition_id" IS DISTINCT FROM NEW."edition_id" OR OLD."item_id" IS DISTINCT FROM NEW."item_id" OR OLD."product_id" IS DISTINCT FROM NEW."product_id")',
                    func="RAISE EXCEPTION 'what a row of edition_entry says stays' USING ERRCODE = 'PT002';",
                    hash="2ac34cafc21cef93c50202d49d79f8cecf36a41f",
                    operation="UPDATE",
                    pgid="pgtrigger_edition_entry_facts_stay_5a15e",
                    table="catalogue_editionentry",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="editionentry",
            trigger=pgtrigger.compiler.Trigger(
                name="edition_entry_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="IF (SELECT status FROM public.catalogue_edition WHERE id = OLD.edition_id) = 'draft' THEN RETURN OLD; END IF; RAISE EXCEPTION 'the rows of edition_entry remain' USING ERRCODE = 'PT002';",
                    hash="977bbd691b6a059e47085eb353e38400dd138c51",
                    operation="DELETE",
                    pgid="pgtrigger_edition_entry_rows_remain_a3672",
                    table="catalogue_editionentry",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="editionentry",
            trigger=pgtrigger.compiler.Trigger(
                name="edition_entry_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_editionentry', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="e802511b0356e8823276e8bf24036384722e5887",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_edition_entry_insert_recorded_be5fd",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_editionentry",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="editionentry",
            trigger=pgtrigger.compiler.Trigger(
                name="edition_entry_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'catalogue_editionentry\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="77b5b9b91f16d0b7f6227a5ee73fdc43118d692a",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_edition_entry_update_recorded_a85e8",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="catalogue_editionentry",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="editionentry",
            trigger=pgtrigger.compiler.Trigger(
                name="edition_entry_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_editionentry', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="9bbf9ebd605d671e1e28871111815f3365150110",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_edition_entry_delete_recorded_4cdbc",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="catalogue_editionentry",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="editionentry",
            trigger=pgtrigger.compiler.Trigger(
                name="edition_entry_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of edition_entry are removed one by one' USING ERRCODE = 'PT002';",
                    hash="1241e4f669bcaf2a85bd79fe350163f8256e4f10",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_edition_entry_not_emptied_ee92a",
                    table="catalogue_editionentry",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="editionentry",
            trigger=pgtrigger.compiler.Trigger(
                name="edition_entry_of_a_draft",
                sql=core.triggers.FirmTriggerSql(
                    func="\n                    IF NOT (SELECT status FROM public.catalogue_edition WHERE id = NEW.edition_id) = 'draft' THEN\n                        RAISE EXCEPTION 'only a draft changes its entries' USING ERRCODE = 'PT006';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="f881b517968828eab1282cd425ab5971bd6e5eeb",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_edition_entry_of_a_draft_5271c",
                    table="catalogue_editionentry",
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
            model_name="adjustment",
            trigger=pgtrigger.compiler.Trigger(
                name="adjustment_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."bundle" IS DISTINCT FROM NEW."bundle" OR OLD."status" IS DISTINCT FROM NEW."status" AND OLD."status" || \'>\' || NEW."status" NOT IN (\'proposed>accepted\', \'proposed>asked\', \'proposed>refused\', \'proposed>withdrawn\', \'asked>proposed\', \'asked>refused\', \'asked>withdrawn\') OR OLD."kind" IS DISTINCT FROM NEW."kind" OR OLD."organisation_id" IS DISTINCT FROM NEW."organisation_id" OR OLD."item_id" IS NOT NULL AND OLD."item_id" IS DISTINCT FROM NEW."item_id" OR OLD."product_id" IS NOT NULL AND OLD."product_id" IS DISTINCT FROM NEW."product_id" OR OLD."proposed_at" IS DISTINCT FROM NEW."proposed_at" OR OLD."proposed_by_id" IS DISTINCT FROM NEW."proposed_by_id" OR OLD."decided_at" IS NOT NULL AND OLD."decided_at" IS DISTINCT FROM NEW."decided_at" OR OLD."decided_by_id" IS NOT NULL AND OLD."decided_by_id" IS DISTINCT FROM NEW."decided_by_id" OR OLD."starts_on" IS NOT NULL AND OLD."starts_on" IS DISTINCT FROM NEW."starts_on")',
                    func="RAISE EXCEPTION 'what a row of adjustment says stays' USING ERRCODE = 'PT002';",
                    hash="5901a07e39a95370dee739e2093802e8f8380380",
                    operation="UPDATE",
                    pgid="pgtrigger_adjustment_facts_stay_670a3",
                    table="catalogue_adjustment",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="adjustment",
            trigger=pgtrigger.compiler.Trigger(
                name="adjustment_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of adjustment remain' USING ERRCODE = 'PT002';",
                    hash="f42b84bdade87ffeed741ef7e07881b53bba1778",
                    operation="DELETE",
                    pgid="pgtrigger_adjustment_rows_remain_da6c1",
                    table="catalogue_adjustment",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="adjustment",
            trigger=pgtrigger.compiler.Trigger(
                name="adjustment_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_adjustment', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="5211b05400944966961b83942fb282008a066c85",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_adjustment_insert_recorded_0eb4b",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_adjustment",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="adjustment",
            trigger=pgtrigger.compiler.Trigger(
                name="adjustment_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'catalogue_adjustment\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="439fbe4c9a39cca829a4213283aeb9e4553c5e84",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_adjustment_update_recorded_dabb8",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="catalogue_adjustment",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="adjustment",
            trigger=pgtrigger.compiler.Trigger(
                name="adjustment_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_adjustment', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="c4166744d6bb1963a55284fb0ebe33cb251e42d3",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_adjustment_delete_recorded_1bc73",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="catalogue_adjustment",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="adjustment",
            trigger=pgtrigger.compiler.Trigger(
                name="adjustment_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of adjustment are removed one by one' USING ERRCODE = 'PT002';",
                    hash="85bcc96e5f58a68f9b02b48ecd1b3c197926d2dd",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_adjustment_not_emptied_01aa9",
                    table="catalogue_adjustment",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="productcode",
            trigger=pgtrigger.compiler.Trigger(
                name="product_code_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."code" IS DISTINCT FROM NEW."code" OR OLD."status" IS DISTINCT FROM NEW."status" OR OLD."remapped_to" IS DISTINCT FROM NEW."remapped_to" OR OLD."valid_from" IS DISTINCT FROM NEW."valid_from" OR OLD."valid_to" IS NOT NULL AND OLD."valid_to" IS DISTINCT FROM NEW."valid_to" OR OLD."reason" IS DISTINCT FROM NEW."reason" OR OLD."source" IS DISTINCT FROM NEW."source" OR OLD."recorded_at" IS DISTINCT FROM NEW."recorded_at" OR OLD."recorded_by_id" IS DISTINCT FROM NEW."recorded_by_id" OR OLD."ended_at" IS NOT NULL AND OLD."ended_at" IS DISTINCT FROM NEW."ended_at" OR OLD."ended_by_id" IS NOT NULL AND OLD."ended_by_id" IS DISTINCT FROM NEW."ended_by_id" OR OLD."end_reason" <> \'\' AND OLD."end_reason" IS DISTINCT FROM NEW."end_reason")',
                    func="RAISE EXCEPTION 'what a row of product_code says stays' USING ERRCODE = 'PT002';",
                    hash="775061d98846ccd7019611bac0ea5587b7e633f9",
                    operation="UPDATE",
                    pgid="pgtrigger_product_code_facts_stay_2d5e8",
                    table="catalogue_productcode",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="productcode",
            trigger=pgtrigger.compiler.Trigger(
                name="product_code_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of product_code remain' USING ERRCODE = 'PT002';",
                    hash="623ce0ce6caf4f6860125f8434dae231c2e6c579",
                    operation="DELETE",
                    pgid="pgtrigger_product_code_rows_remain_76ddb",
                    table="catalogue_productcode",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="productcode",
            trigger=pgtrigger.compiler.Trigger(
                name="product_code_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_productcode', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="346a9628e1b82d473f6065a32d6897edd791693c",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_product_code_insert_recorded_380d3",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_productcode",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="productcode",
            trigger=pgtrigger.compiler.Trigger(
                name="product_code_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'catalogue_productcode\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="2adff4af962ad00d6554c3103db4ffc09d525fe9",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_product_code_update_recorded_18618",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="catalogue_productcode",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="productcode",
            trigger=pgtrigger.compiler.Trigger(
                name="product_code_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_productcode', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="9073d3bae2f3e5ed77a8b527273be70b265b7e61",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_product_code_delete_recorded_f4625",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="catalogue_productcode",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="productcode",
            trigger=pgtrigger.compiler.Trigger(
                name="product_code_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of product_code are removed one by one' USING ERRCODE = 'PT002';",
                    hash="f33a1096844e66ca10c81744ff5787dcf8cd518c",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_product_code_not_emptied_2d9ba",
                    table="catalogue_productcode",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="productversion",
            trigger=pgtrigger.compiler.Trigger(
                name="product_version_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."quality_level" IS DISTINCT FROM NEW."quality_level" OR OLD."quality_standard" IS DISTINCT FROM NEW."quality_standard" OR OLD."container" IS DISTINCT FROM NEW."container" OR OLD."storage" IS DISTINCT FROM NEW."storage" OR OLD."shelf_life_months" IS DISTINCT FROM NEW."shelf_life_months" OR OLD."specification" IS DISTINCT FROM NEW."specification" OR OLD."model" IS DISTINCT FROM NEW."model" OR OLD."registration_expires_on" IS DISTINCT FROM NEW."registration_expires_on" OR OLD."udi_di" IS DISTINCT FROM NEW."udi_di" OR OLD."high_value" IS DISTINCT FROM NEW."high_value" OR OLD."product_id" IS DISTINCT FROM NEW."product_id" OR OLD."number" IS DISTINCT FROM NEW."number" OR OLD."maker_name" IS DISTINCT FROM NEW."maker_name" OR OLD."holder_id" IS DISTINCT FROM NEW."holder_id" OR OLD."commissioned_maker_id" IS DISTINCT FROM NEW."commissioned_maker_id" OR OLD."brand" IS DISTINCT FROM NEW."brand" OR OLD."national_code" IS DISTINCT FROM NEW."national_code" OR OLD."approval_number" IS DISTINCT FROM NEW."approval_number" OR OLD."standard_code" IS DISTINCT FROM NEW."standard_code" OR OLD."pack_size" IS DISTINCT FROM NEW."pack_size" OR OLD."pack_unit" IS DISTINCT FROM NEW."pack_unit" OR OLD."containers" IS DISTINCT FROM NEW."containers" OR OLD."valid_from" IS DISTINCT FROM NEW."valid_from" OR OLD."reason" IS DISTINCT FROM NEW."reason" OR OLD."edited_at" IS DISTINCT FROM NEW."edited_at" OR OLD."edited_by_id" IS DISTINCT FROM NEW."edited_by_id")',
                    func="RAISE EXCEPTION 'what a row of product_version says stays' USING ERRCODE = 'PT002';",
                    hash="8f8b5ed783756d3d115ec05220100663cb4abea3",
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
        core.triggers.AddTrigger(
            model_name="productwithdrawal",
            trigger=pgtrigger.compiler.Trigger(
                name="product_withdrawal_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."product_id" IS DISTINCT FROM NEW."product_id" OR OLD."valid_from" IS DISTINCT FROM NEW."valid_from" OR OLD."valid_to" IS NOT NULL AND OLD."valid_to" IS DISTINCT FROM NEW."valid_to" OR OLD."reason" IS DISTINCT FROM NEW."reason" OR OLD."recorded_at" IS DISTINCT FROM NEW."recorded_at" OR OLD."recorded_by_id" IS DISTINCT FROM NEW."recorded_by_id" OR OLD."ended_at" IS NOT NULL AND OLD."ended_at" IS DISTINCT FROM NEW."ended_at" OR OLD."ended_by_id" IS NOT NULL AND OLD."ended_by_id" IS DISTINCT FROM NEW."ended_by_id" OR OLD."end_reason" <> \'\' AND OLD."end_reason" IS DISTINCT FROM NEW."end_reason")',
                    func="RAISE EXCEPTION 'what a row of product_withdrawal says stays' USING ERRCODE = 'PT002';",
                    hash="4ff8265d7044832fdd8e411d6d7e609e26bc4ba1",
                    operation="UPDATE",
                    pgid="pgtrigger_product_withdrawal_facts_stay_4e4dc",
                    table="catalogue_productwithdrawal",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="productwithdrawal",
            trigger=pgtrigger.compiler.Trigger(
                name="product_withdrawal_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of product_withdrawal remain' USING ERRCODE = 'PT002';",
                    hash="76e3412df803a02a18680ef4ccd1804fbaaea644",
                    operation="DELETE",
                    pgid="pgtrigger_product_withdrawal_rows_remain_0950a",
                    table="catalogue_productwithdrawal",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="productwithdrawal",
            trigger=pgtrigger.compiler.Trigger(
                name="product_withdrawal_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_productwithdrawal', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="94e62d84aca4e9cdfbef27b54d65c88137c9f638",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_product_withdrawal_insert_recorded_2290e",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_productwithdrawal",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="productwithdrawal",
            trigger=pgtrigger.compiler.Trigger(
                name="product_withdrawal_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'catalogue_productwithdrawal\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="370721f35d57f1d692268c41a8ba959c141294d0",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_product_withdrawal_update_recorded_2cd74",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="catalogue_productwithdrawal",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="productwithdrawal",
            trigger=pgtrigger.compiler.Trigger(
                name="product_withdrawal_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_productwithdrawal', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="aae0b77a40e80f7f2da7ed360f537df817b42c51",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_product_withdrawal_delete_recorded_d49e8",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="catalogue_productwithdrawal",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="productwithdrawal",
            trigger=pgtrigger.compiler.Trigger(
                name="product_withdrawal_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of product_withdrawal are removed one by one' USING ERRCODE = 'PT002';",
                    hash="52877362b3bf389313c71faf7a2dc0293cfb8e55",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_product_withdrawal_not_emptied_d02fb",
                    table="catalogue_productwithdrawal",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="releasepiece",
            trigger=pgtrigger.compiler.Trigger(
                name="release_piece_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of release_piece are written once and stay' USING ERRCODE = 'PT002';",
                    hash="df639d42612b7c28d9ee885cb2678e611de85ef6",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_release_piece_rows_stay_0cd40",
                    table="catalogue_releasepiece",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="releasepiece",
            trigger=pgtrigger.compiler.Trigger(
                name="release_piece_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of release_piece are written once and stay' USING ERRCODE = 'PT002';",
                    hash="96ec2762306148246d512c722a7303b401e73985",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_release_piece_table_stays_5b137",
                    table="catalogue_releasepiece",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="releasepiece",
            trigger=pgtrigger.compiler.Trigger(
                name="release_piece_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_releasepiece', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="8dec807498eebc8fa405d78967dec169ed968a68",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_release_piece_insert_recorded_91e38",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_releasepiece",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="shelfdocument",
            trigger=pgtrigger.compiler.Trigger(
                name="shelf_document_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."supplier_id" IS DISTINCT FROM NEW."supplier_id" OR OLD."kind" IS DISTINCT FROM NEW."kind" OR OLD."number" IS DISTINCT FROM NEW."number" OR OLD."valid_from" IS DISTINCT FROM NEW."valid_from" OR OLD."valid_until" IS DISTINCT FROM NEW."valid_until" OR OLD."note" IS DISTINCT FROM NEW."note" OR OLD."document_name" <> \'\' AND OLD."document_name" IS DISTINCT FROM NEW."document_name" OR OLD."document" IS NOT NULL AND OLD."document" IS DISTINCT FROM NEW."document" OR OLD."sha256" <> \'\' AND OLD."sha256" IS DISTINCT FROM NEW."sha256" OR OLD."added_at" IS DISTINCT FROM NEW."added_at" OR OLD."added_by_id" IS DISTINCT FROM NEW."added_by_id" OR OLD."withdrawn_at" IS NOT NULL AND OLD."withdrawn_at" IS DISTINCT FROM NEW."withdrawn_at" OR OLD."withdrawn_by_id" IS NOT NULL AND OLD."withdrawn_by_id" IS DISTINCT FROM NEW."withdrawn_by_id" OR OLD."withdrawal_reason" <> \'\' AND OLD."withdrawal_reason" IS DISTINCT FROM NEW."withdrawal_reason")',
                    func="RAISE EXCEPTION 'what a row of shelf_document says stays' USING ERRCODE = 'PT002';",
                    hash="6cf121df6fa8fbab80c35498a9c85a88a59fbb75",
                    operation="UPDATE",
                    pgid="pgtrigger_shelf_document_facts_stay_03a86",
                    table="catalogue_shelfdocument",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="shelfdocument",
            trigger=pgtrigger.compiler.Trigger(
                name="shelf_document_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of shelf_document remain' USING ERRCODE = 'PT002';",
                    hash="24a74c509756238ed7b1cedf6dfe1399d70602c9",
                    operation="DELETE",
                    pgid="pgtrigger_shelf_document_rows_remain_66d92",
                    table="catalogue_shelfdocument",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="shelfdocument",
            trigger=pgtrigger.compiler.Trigger(
                name="shelf_document_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_shelfdocument', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="08de587d2c068dbe5ebb28fe2e1fbff4085a06fe",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_shelf_document_insert_recorded_40e95",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_shelfdocument",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="shelfdocument",
            trigger=pgtrigger.compiler.Trigger(
                name="shelf_document_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'catalogue_shelfdocument\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="1235a919906f35aa56585598670cc4aeb5c4e7e0",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_shelf_document_update_recorded_c6162",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="catalogue_shelfdocument",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="shelfdocument",
            trigger=pgtrigger.compiler.Trigger(
                name="shelf_document_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_shelfdocument', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="ddfa0383f82539429dfe7dd07163518d053f513e",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_shelf_document_delete_recorded_89599",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="catalogue_shelfdocument",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="shelfdocument",
            trigger=pgtrigger.compiler.Trigger(
                name="shelf_document_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of shelf_document are removed one by one' USING ERRCODE = 'PT002';",
                    hash="79fe187f70034a50fe6905f0ad54a358c8cf46cb",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_shelf_document_not_emptied_e5307",
                    table="catalogue_shelfdocument",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="shelfuse",
            trigger=pgtrigger.compiler.Trigger(
                name="shelf_use_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of shelf_use are written once and stay' USING ERRCODE = 'PT002';",
                    hash="dd3955c8e2a511ad6253030eeb05ef90c5de95ba",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_shelf_use_rows_stay_5d7de",
                    table="catalogue_shelfuse",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="shelfuse",
            trigger=pgtrigger.compiler.Trigger(
                name="shelf_use_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of shelf_use are written once and stay' USING ERRCODE = 'PT002';",
                    hash="f23c2cbb791a205b42a418a9f740ad4a264a8abb",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_shelf_use_table_stays_620bf",
                    table="catalogue_shelfuse",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="shelfuse",
            trigger=pgtrigger.compiler.Trigger(
                name="shelf_use_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_shelfuse', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="102ceed85fd7d34021db4a0c09ff220188038d94",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_shelf_use_insert_recorded_fb35b",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_shelfuse",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="shortage",
            trigger=pgtrigger.compiler.Trigger(
                name="shortage_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."item_id" IS DISTINCT FROM NEW."item_id" OR OLD."product_id" IS DISTINCT FROM NEW."product_id" OR OLD."region_id" IS DISTINCT FROM NEW."region_id" OR OLD."status" IS DISTINCT FROM NEW."status" AND OLD."status" || \'>\' || NEW."status" NOT IN (\'reported>refused\', \'reported>verified\', \'reported>withdrawn\', \'verified>over\') OR OLD."valid_from" IS DISTINCT FROM NEW."valid_from" OR OLD."valid_to" IS NOT NULL AND OLD."valid_to" IS DISTINCT FROM NEW."valid_to" OR OLD."evidence" IS DISTINCT FROM NEW."evidence" OR OLD."reporter_id" IS DISTINCT FROM NEW."reporter_id" OR OLD."reported_at" IS DISTINCT FROM NEW."reported_at" OR OLD."reported_by_id" IS DISTINCT FROM NEW."reported_by_id" OR OLD."decided_at" IS NOT NULL AND OLD."decided_at" IS DISTINCT FROM NEW."decided_at" OR OLD."decided_by_id" IS NOT NULL AND OLD."decided_by_id" IS DISTINCT FROM NEW."decided_by_id" OR OLD."decision_reason" <> \'\' AND OLD."decision_reason" IS DISTINCT FROM NEW."decision_reason" OR OLD."ended_at" IS NOT NULL AND OLD."ended_at" IS DISTINCT FROM NEW."ended_at" OR OLD."ended_by_id" IS NOT NULL AND OLD."ended_by_id" IS DISTINCT FROM NEW."ended_by_id" OR OLD."end_reason" <> \'\' AND OLD."end_reason" IS DISTINCT FROM NEW."end_reason")',
                    func="RAISE EXCEPTION 'what a row of shortage says stays' USING ERRCODE = 'PT002';",
                    hash="af7119e1c53ed229fa4967a78e6f86f4ad5a4a8d",
                    operation="UPDATE",
                    pgid="pgtrigger_shortage_facts_stay_d7724",
                    table="catalogue_shortage",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="shortage",
            trigger=pgtrigger.compiler.Trigger(
                name="shortage_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of shortage remain' USING ERRCODE = 'PT002';",
                    hash="f600f595b8c13a14e620ef46d9f106d07bc6f0bc",
                    operation="DELETE",
                    pgid="pgtrigger_shortage_rows_remain_f7587",
                    table="catalogue_shortage",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="shortage",
            trigger=pgtrigger.compiler.Trigger(
                name="shortage_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_shortage', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="a5d91a458a9c0050857562abf959103305df4fa3",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_shortage_insert_recorded_8f040",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_shortage",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="shortage",
            trigger=pgtrigger.compiler.Trigger(
                name="shortage_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'catalogue_shortage\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="596157bcef0654b54a66ad6dda227820a1141b16",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_shortage_update_recorded_a75c0",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="catalogue_shortage",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="shortage",
            trigger=pgtrigger.compiler.Trigger(
                name="shortage_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_shortage', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="f6e7434380b3fddfee16d851aeb9d20846de9d20",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_shortage_delete_recorded_162be",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="catalogue_shortage",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="shortage",
            trigger=pgtrigger.compiler.Trigger(
                name="shortage_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of shortage are removed one by one' USING ERRCODE = 'PT002';",
                    hash="45e17554d05ef616dadba5015c4592267f03688f",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_shortage_not_emptied_548bc",
                    table="catalogue_shortage",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="shortage",
            trigger=pgtrigger.compiler.Trigger(
                name="shortage_begins_as_a_report",
                sql=core.triggers.FirmTriggerSql(
                    func="\n                    IF NEW.status <> 'reported' THEN\n                        RAISE EXCEPTION 'a shortage begins as a report' USING ERRCODE = 'PT006';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="a7461b42995525c0b5f411c1c6d7db592fff8a23",
                    operation="INSERT",
                    pgid="pgtrigger_shortage_begins_as_a_report_4922e",
                    table="catalogue_shortage",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="substitute",
            trigger=pgtrigger.compiler.Trigger(
                name="substitute_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."shortage_id" IS DISTINCT FROM NEW."shortage_id" OR OLD."item_id" IS DISTINCT FROM NEW."item_id" OR OLD."product_id" IS DISTINCT FROM NEW."product_id" OR OLD."reason" IS DISTINCT FROM NEW."reason" OR OLD."named_at" IS DISTINCT FROM NEW."named_at" OR OLD."named_by_id" IS DISTINCT FROM NEW."named_by_id" OR OLD."withdrawn_at" IS NOT NULL AND OLD."withdrawn_at" IS DISTINCT FROM NEW."withdrawn_at" OR OLD."withdrawn_by_id" IS NOT NULL AND OLD."withdrawn_by_id" IS DISTINCT FROM NEW."withdrawn_by_id")',
                    func="RAISE EXCEPTION 'what a row of substitute says stays' USING ERRCODE = 'PT002';",
                    hash="a4219111f5194aa7d7e003ac30e0838dc5ce8854",
                    operation="UPDATE",
                    pgid="pgtrigger_substitute_facts_stay_37dd8",
                    table="catalogue_substitute",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="substitute",
            trigger=pgtrigger.compiler.Trigger(
                name="substitute_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of substitute remain' USING ERRCODE = 'PT002';",
                    hash="4167b0b51d9d20372c84f1e6a0b8a542ef2cf048",
                    operation="DELETE",
                    pgid="pgtrigger_substitute_rows_remain_57601",
                    table="catalogue_substitute",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="substitute",
            trigger=pgtrigger.compiler.Trigger(
                name="substitute_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_substitute', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="0362f7962b2f2d7fba35d79f523ba8d5f4ac07d0",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_substitute_insert_recorded_9317c",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_substitute",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="substitute",
            trigger=pgtrigger.compiler.Trigger(
                name="substitute_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'catalogue_substitute\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="bf5a759010bcbbd6f7a0a980de8b7883843cdfb0",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_substitute_update_recorded_8e6ec",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="catalogue_substitute",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="substitute",
            trigger=pgtrigger.compiler.Trigger(
                name="substitute_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_substitute', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="b48c9f9d88004b82610ad7a062b38e403be9d451",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_substitute_delete_recorded_24eb2",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="catalogue_substitute",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="substitute",
            trigger=pgtrigger.compiler.Trigger(
                name="substitute_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of substitute are removed one by one' USING ERRCODE = 'PT002';",
                    hash="11c18928df8382a8e6d30e234ec95ece8abfa39c",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_substitute_not_emptied_3de6c",
                    table="catalogue_substitute",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="variety",
            trigger=pgtrigger.compiler.Trigger(
                name="variety_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."kind" IS DISTINCT FROM NEW."kind" OR OLD."made_at" IS DISTINCT FROM NEW."made_at" OR OLD."made_by_id" IS DISTINCT FROM NEW."made_by_id" OR OLD."ended_at" IS NOT NULL AND OLD."ended_at" IS DISTINCT FROM NEW."ended_at" OR OLD."ended_by_id" IS NOT NULL AND OLD."ended_by_id" IS DISTINCT FROM NEW."ended_by_id" OR OLD."end_reason" <> \'\' AND OLD."end_reason" IS DISTINCT FROM NEW."end_reason")',
                    func="RAISE EXCEPTION 'what a row of variety says stays' USING ERRCODE = 'PT002';",
                    hash="f1eaebeb9fc4fe6a5623e99074b1200df453b56d",
                    operation="UPDATE",
                    pgid="pgtrigger_variety_facts_stay_b76e9",
                    table="catalogue_variety",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="variety",
            trigger=pgtrigger.compiler.Trigger(
                name="variety_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of variety remain' USING ERRCODE = 'PT002';",
                    hash="11c1df71c8eb65f7252edac0841c413831b4f851",
                    operation="DELETE",
                    pgid="pgtrigger_variety_rows_remain_ab7e2",
                    table="catalogue_variety",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="variety",
            trigger=pgtrigger.compiler.Trigger(
                name="variety_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_variety', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="3e319d8060b0a6ae862527803248121fcd2378ee",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_variety_insert_recorded_4075b",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_variety",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="variety",
            trigger=pgtrigger.compiler.Trigger(
                name="variety_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'catalogue_variety\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="6a1b3ff38db0053c29a5d21e80ca226f3afc33f1",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_variety_update_recorded_a1509",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="catalogue_variety",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="variety",
            trigger=pgtrigger.compiler.Trigger(
                name="variety_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_variety', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="fb7241167893a048dfab1c53394623eb678b758a",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_variety_delete_recorded_5546e",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="catalogue_variety",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="variety",
            trigger=pgtrigger.compiler.Trigger(
                name="variety_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of variety are removed one by one' USING ERRCODE = 'PT002';",
                    hash="84ecc81c2e5017f3e46a225df8690981d1fcbd18",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_variety_not_emptied_b0970",
                    table="catalogue_variety",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="singlesource",
            trigger=pgtrigger.compiler.Trigger(
                name="single_source_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."item_id" IS DISTINCT FROM NEW."item_id" OR OLD."variety_id" IS DISTINCT FROM NEW."variety_id" OR OLD."region_id" IS DISTINCT FROM NEW."region_id" OR OLD."hospital_id" IS DISTINCT FROM NEW."hospital_id" OR OLD."valid_from" IS DISTINCT FROM NEW."valid_from" OR OLD."source" IS DISTINCT FROM NEW."source" OR OLD."recorded_at" IS DISTINCT FROM NEW."recorded_at" OR OLD."recorded_by_id" IS DISTINCT FROM NEW."recorded_by_id" OR OLD."ended_at" IS NOT NULL AND OLD."ended_at" IS DISTINCT FROM NEW."ended_at" OR OLD."ended_by_id" IS NOT NULL AND OLD."ended_by_id" IS DISTINCT FROM NEW."ended_by_id" OR OLD."end_reason" <> \'\' AND OLD."end_reason" IS DISTINCT FROM NEW."end_reason")',
                    func="RAISE EXCEPTION 'what a row of single_source says stays' USING ERRCODE = 'PT002';",
                    hash="625ae63784cfb5ee632f0a8ae15c8b40783a7d51",
                    operation="UPDATE",
                    pgid="pgtrigger_single_source_facts_stay_bc527",
                    table="catalogue_singlesource",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="singlesource",
            trigger=pgtrigger.compiler.Trigger(
                name="single_source_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of single_source remain' USING ERRCODE = 'PT002';",
                    hash="765f7c026f0b306d0f18e8c2b3681f59d1c80a74",
                    operation="DELETE",
                    pgid="pgtrigger_single_source_rows_remain_f4dba",
                    table="catalogue_singlesource",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="singlesource",
            trigger=pgtrigger.compiler.Trigger(
                name="single_source_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_singlesource', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="29bed0be92ddab6418522942c5a98ed15e1af049",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_single_source_insert_recorded_71f59",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="catalogue_singlesource",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="singlesource",
            trigger=pgtrigger.compiler.Trigger(
                name="single_source_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'catalogue_singlesource\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="ddd074ebf5b0e8cec15e6f9b0af3f35328b7708d",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_single_source_update_recorded_f8238",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="catalogue_singlesource",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="singlesource",
            trigger=pgtrigger.compiler.Trigger(
                name="single_source_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'catalogue_singlesource', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="e71a922c79bf6f2dffd9cb51cd6de0e93f12f882",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_single_source_delete_recorded_f8fde",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="catalogue_singlesource",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="singlesource",
            trigger=pgtrigger.compiler.Trigger(
                name="single_source_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of single_source are removed one by one' USING ERRCODE = 'PT002';",
                    hash="c54295acd349cd865184c71ced0d048a5d48dd97",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_single_source_not_emptied_ab068",
                    table="catalogue_singlesource",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="item",
            trigger=pgtrigger.compiler.Trigger(
                name="item_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."kind" IS DISTINCT FROM NEW."kind" OR OLD."added_on" IS DISTINCT FROM NEW."added_on")',
                    func="RAISE EXCEPTION 'what a row of item says stays' USING ERRCODE = 'PT002';",
                    hash="6811800349ab5fd72049e00e18c39893cf6cf828",
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
    ]
