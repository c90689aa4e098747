import core.fields
import core.triggers
import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from core.migrating import RoomMade
from django.db import migrations, models

from tenders.migrations._by_hand import AFTER, BEFORE


class Migration(RoomMade):
    dependencies = [
        ("core", "0001_initial"),
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
        ("catalogue", "0001_initial"),
        ("demand", "0001_initial"),
    ]

    operations = [
        *BEFORE,
        migrations.CreateModel(
            name="RuleSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("version", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("source", models.CharField(max_length=300)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("body", models.JSONField()),
            ],
            options={
                "ordering": ("code", "-version"),
                "constraints": [
                    models.UniqueConstraint(fields=("code", "version"), name="rule_set_version"),
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lte", models.F("valid_to"))),
                        name="rule_set_valid_from_not_after_valid_to",
                        violation_error_message="The end cannot be before the start.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tender",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "in preparation"), ("published", "published"), ("cancelled", "cancelled")],
                        default="draft",
                        max_length=9,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[("drug", "drug"), ("consumable", "consumable"), ("reagent", "reagent")], max_length=10
                    ),
                ),
                ("summary", models.TextField(blank=True)),
                (
                    "region",
                    models.ForeignKey(
                        help_text="Where the prices will apply.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.region",
                    ),
                ),
                (
                    "window",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="demand.demandwindow",
                    ),
                ),
                (
                    "envelopes",
                    models.PositiveSmallIntegerField(
                        default=2, help_text="2: technical and commercial; 1: commercial only."
                    ),
                ),
                (
                    "deadline",
                    models.DateTimeField(
                        blank=True, help_text="A bid received before this instant is in time.", null=True
                    ),
                ),
                ("supply_from", models.DateField(blank=True, null=True)),
                ("supply_to", models.DateField(blank=True, null=True)),
                ("openers_needed", models.PositiveSmallIntegerField(default=3)),
                (
                    "rule_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenders.ruleset"
                    ),
                ),
                ("rules", models.JSONField(default=dict, help_text="The rule set as frozen at publication.")),
                (
                    "notice",
                    models.BinaryField(
                        help_text="The signed notice; its hash stands in every bid as its terms.", null=True
                    ),
                ),
                ("terms", models.CharField(blank=True, max_length=64)),
                ("demo", models.BooleanField(default=False)),
                ("prepared_at", models.DateTimeField(help_text="When the draft was last changed, and by whom.")),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
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
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
                    ),
                ),
                ("cancel_reason", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ("-id",),
                "indexes": [models.Index(fields=["status", "deadline"], name="tender_by_deadline")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("prepared_at__isnull", True), ("prepared_by__isnull", True)),
                            models.Q(("prepared_at__isnull", False), ("prepared_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="tender_prepared_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at__isnull", True), ("published_by__isnull", True)),
                            models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="tender_published_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cancelled_at__isnull", True), ("cancelled_by__isnull", True)),
                            models.Q(("cancelled_at__isnull", False), ("cancelled_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="tender_cancelled_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("supply_from__lte", models.F("supply_to"))),
                        name="tender_supply_from_not_after_supply_to",
                        violation_error_message="The end cannot be before the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("envelopes__in", (1, 2))), name="tender_one_or_two_envelopes"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ("draft", "cancelled")),
                            models.Q(models.Q(("terms", ""), _negated=True), ("deadline__isnull", False)),
                            _connector="OR",
                        ),
                        name="tender_published_is_complete",
                        violation_error_message="A published tender has a deadline and terms.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("draft", "published", "cancelled"))),
                        name="tender_status_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("drug", "consumable", "reagent"))),
                        name="tender_kind_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Close",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tender",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="close", to="tenders.tender"
                    ),
                ),
                ("document", models.BinaryField(help_text="Signed document sealed-bid-close/1.")),
                ("sha256", models.CharField(max_length=64)),
                ("count", models.PositiveIntegerField()),
                ("root", models.CharField(max_length=64)),
                ("closed_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="criteria", to="tenders.tender"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(choices=[("formal", "formal requirement"), ("scored", "scored")], max_length=6),
                ),
                ("title", models.CharField(max_length=200)),
                ("guidance", models.CharField(blank=True, max_length=500)),
                ("max_points", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ("tender", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("tender", "number"), name="criterion_number"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "formal"), ("max_points", 0)),
                            models.Q(("kind", "scored"), ("max_points__gt", 0)),
                            _connector="OR",
                        ),
                        name="criterion_points_if_scored",
                        violation_error_message="A scored criterion has points; a formal one has none.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("formal", "scored"))),
                        name="criterion_kind_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="tenders.tender"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("extension", "extension of the deadline"),
                            ("amendment", "amendment of the notice"),
                            ("cancellation", "cancellation"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "waits for a second person"),
                            ("approved", "approved"),
                            ("declined", "declined"),
                        ],
                        default="proposed",
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(help_text="Published with the change.", max_length=300)),
                ("deadline_before", models.DateTimeField(help_text="The deadline that the change was made under.")),
                (
                    "deadline",
                    models.DateTimeField(blank=True, help_text="The later deadline, where there is one.", null=True),
                ),
                (
                    "terms_before",
                    models.CharField(help_text="Hash of the notice that was seen and is amended.", max_length=64),
                ),
                ("body", models.JSONField(default=dict, help_text="The whole new state that an amendment asks for.")),
                ("differences", models.JSONField(default=list, help_text="What an amendment changes, value by value.")),
                ("proposed_at", models.DateTimeField()),
                (
                    "proposed_by",
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
                ("declined_at", models.DateTimeField(blank=True, null=True)),
                (
                    "declined_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
                    ),
                ),
                ("decline_reason", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ("tender", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("tender", "number"), name="change_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "proposed")),
                        fields=("tender", "kind"),
                        name="change_one_of_a_kind_waits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("proposed_at__isnull", True), ("proposed_by__isnull", True)),
                            models.Q(("proposed_at__isnull", False), ("proposed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="change_proposed_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                            models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="change_approved_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("declined_at__isnull", True), ("declined_by__isnull", True)),
                            models.Q(("declined_at__isnull", False), ("declined_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="change_declined_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("deadline__isnull", False), ("kind", "extension")),
                            ("kind", "amendment"),
                            models.Q(("deadline", None), ("kind", "cancellation")),
                            _connector="OR",
                        ),
                        name="change_has_what_its_kind_needs",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("deadline__gt", models.F("deadline_before"))),
                        name="change_never_shortens",
                        violation_error_message="A deadline can only be extended.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at", None), ("declined_at", None), ("status", "proposed")),
                            models.Q(("approved_at__isnull", False), ("declined_at", None), ("status", "approved")),
                            models.Q(("approved_at", None), ("declined_at__isnull", False), ("status", "declined")),
                            _connector="OR",
                        ),
                        name="change_status_is_its_facts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("extension", "amendment", "cancellation"))),
                        name="change_kind_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("proposed", "approved", "declined"))),
                        name="change_status_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evaluator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="evaluators", to="tenders.tender"
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                ("declared_at", models.DateTimeField(blank=True, null=True)),
                (
                    "declared_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
                    ),
                ),
                ("has_interest", models.BooleanField(default=False)),
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
                    ),
                ),
                ("replace_reason", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ("tender", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)), fields=("tender", "seat"), name="evaluator_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("declared_at__isnull", True), ("declared_by__isnull", True)),
                            models.Q(("declared_at__isnull", False), ("declared_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="evaluator_declared_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("replaced_at__isnull", True), ("replaced_by__isnull", True)),
                            models.Q(("replaced_at__isnull", False), ("replaced_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="evaluator_replaced_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("declared_by", None), ("declared_by", models.F("seat")), _connector="OR"),
                        name="evaluator_declares_in_person",
                        violation_error_message="Only the evaluator can make this declaration.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Opener",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="openers", to="tenders.tender"
                    ),
                ),
                ("place", models.PositiveSmallIntegerField(help_text="Position in the key list, from 1.")),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                (
                    "public_key",
                    models.CharField(blank=True, help_text="P-256 point, uncompressed, hex.", max_length=130),
                ),
                ("signing_key", models.CharField(blank=True, help_text="Ed25519 public key, hex.", max_length=64)),
                ("key_made_at", models.DateTimeField(blank=True, null=True)),
                (
                    "key_proved_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When the opener last showed that key file and code are at hand.",
                        null=True,
                    ),
                ),
                (
                    "signed_list",
                    models.BinaryField(
                        help_text="The key list sealed-bid-keys/1 as this opener saw and signed it.", null=True
                    ),
                ),
                (
                    "lost_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When the opener declared that nobody can use this key any more.",
                        null=True,
                    ),
                ),
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
                    ),
                ),
                ("replace_reason", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ("tender", "place", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)), fields=("tender", "place"), name="opener_place"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)), fields=("tender", "seat"), name="opener_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("replaced_at__isnull", True), ("replaced_by__isnull", True)),
                            models.Q(("replaced_at__isnull", False), ("replaced_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="opener_replaced_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(condition=models.Q(("place__range", (1, 15))), name="opener_place_in_range"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Part",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="tenders.tender"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "permission",
                    models.CharField(
                        choices=[
                            ("manage_organisations", "register organisations"),
                            ("manage_seats", "invite people and end their seats"),
                            ("read_catalogue", "read the catalogue and the price register"),
                            ("import_catalogue", "import the catalogue"),
                            ("record_price", "write the price register"),
                            ("apply_for_listing", "apply for listings, which binds the supplier to its price"),
                            ("review_listing", "review applications for listing"),
                            ("list_product", "list, suspend, resume and delist products"),
                            ("keep_lists", "draft and review editions of lists, decide on shortages"),
                            ("report_shortage", "report shortages"),
                            ("open_demand", "open, lock and unlock demand windows"),
                            ("report_demand", "report demand"),
                            ("prepare_tender", "prepare a tender"),
                            ("publish_tender", "publish, extend, amend or cancel a tender"),
                            ("read_tenders", "read tenders"),
                            ("bid", "prepare, submit and withdraw bids"),
                            ("open_envelopes", "hold a key and open envelopes"),
                            ("evaluate", "review and score technical envelopes"),
                            ("publish_result", "publish the technical result and propose awards"),
                            ("object", "object to a proposed award"),
                            ("answer_objection", "answer objections"),
                            ("award", "award a lot"),
                            ("negotiate", "sit at the table of a negotiation"),
                            ("read_contracts", "read contracts, orders and deliveries"),
                            ("prepare_contract", "prepare a contract"),
                            ("sign_contract", "sign a contract"),
                            ("place_order", "place and cancel orders"),
                            ("approve_order", "approve orders"),
                            ("confirm_order", "confirm or refuse orders"),
                            ("deliver", "send deliveries"),
                            ("accept_delivery", "accept deliveries"),
                            ("approve_reversal", "approve the reversal of an overdue acceptance"),
                            ("set_payers", "say who pays whom for what, from when"),
                            ("read_payables", "read what is owed and paid"),
                            ("pay", "record payments"),
                            ("set_bank_account", "propose and confirm the organisation's bank account"),
                            ("read_trail", "read every event"),
                        ],
                        max_length=20,
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ("tender", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("tender", "person", "permission"), name="part_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "permission__in",
                                (
                                    "manage_organisations",
                                    "manage_seats",
                                    "read_catalogue",
                                    "import_catalogue",
                                    "record_price",
                                    "apply_for_listing",
                                    "review_listing",
                                    "list_product",
                                    "keep_lists",
                                    "report_shortage",
                                    "open_demand",
                                    "report_demand",
                                    "prepare_tender",
                                    "publish_tender",
                                    "read_tenders",
                                    "bid",
                                    "open_envelopes",
                                    "evaluate",
                                    "publish_result",
                                    "object",
                                    "answer_objection",
                                    "award",
                                    "negotiate",
                                    "read_contracts",
                                    "prepare_contract",
                                    "sign_contract",
                                    "place_order",
                                    "approve_order",
                                    "confirm_order",
                                    "deliver",
                                    "accept_delivery",
                                    "approve_reversal",
                                    "set_payers",
                                    "read_payables",
                                    "pay",
                                    "set_bank_account",
                                    "read_trail",
                                ),
                            )
                        ),
                        name="part_permission_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RevealCall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tender",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reveal_call", to="tenders.tender"
                    ),
                ),
                ("reason", models.CharField(help_text="Published with the call.", max_length=300)),
                (
                    "due_at",
                    models.DateTimeField(help_text="Seeds that are not here before this hour do not come any more."),
                ),
                ("document", models.BinaryField(help_text="Signed document sealed-bid-call/1.", null=True)),
                (
                    "sha256",
                    models.CharField(
                        blank=True, help_text="Hash of its body: the terms of the reveals.", max_length=64
                    ),
                ),
                ("called_at", models.DateTimeField()),
                (
                    "called_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
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
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("called_at__isnull", True), ("called_by__isnull", True)),
                            models.Q(("called_at__isnull", False), ("called_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="reveal_call_called_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at__isnull", True), ("published_by__isnull", True)),
                            models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="reveal_call_published_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("document", None), ("published_at", None), ("sha256", "")),
                            models.Q(
                                ("document__isnull", False),
                                ("published_at__isnull", False),
                                models.Q(("sha256", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="reveal_call_published_is_signed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TenderNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="tenders.tender"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("document", models.BinaryField(help_text="Signed document tender-notice/1.")),
                (
                    "sha256",
                    models.CharField(
                        help_text="Hash of its body: the terms of bids sealed to it.", max_length=64, unique=True
                    ),
                ),
                (
                    "change",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notice",
                        to="tenders.change",
                    ),
                ),
                ("published_at", models.DateTimeField()),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "ordering": ("tender", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("tender", "number"), name="tender_notice_number"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at__isnull", True), ("published_by__isnull", True)),
                            models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="tender_notice_published_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("change", None), ("number", 1)),
                            models.Q(("change__isnull", False), ("number__gt", 1)),
                            _connector="OR",
                        ),
                        name="tender_notice_first_or_amending",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TimeStamp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "close",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="time_stamp", to="tenders.close"
                    ),
                ),
                (
                    "token",
                    models.BinaryField(help_text="Token of RFC 3161, in DER, over the SHA-256 of the close's body."),
                ),
                ("stamped_at", models.DateTimeField(help_text="By the authority's clock.")),
            ],
        ),
        migrations.CreateModel(
            name="KeyDestruction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "opener",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="destruction", to="tenders.opener"
                    ),
                ),
                ("document", models.BinaryField(help_text="Signed document sealed-bid-destruction/1.")),
                ("destroyed_at", models.DateTimeField()),
                (
                    "destroyed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "ordering": ("opener",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("destroyed_at__isnull", True), ("destroyed_by__isnull", True)),
                            models.Q(("destroyed_at__isnull", False), ("destroyed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="key_destruction_destroyed_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Canary",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "opener",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="canaries", to="tenders.opener"
                    ),
                ),
                ("document", models.BinaryField(help_text="Signed document sealed-bid-canary/1.")),
                ("seal", models.BinaryField()),
                ("expected", models.CharField(help_text="SHA-256 of what was sealed.", max_length=64)),
                ("public_key", models.CharField(help_text="The key to which it was sealed.", max_length=130)),
                ("issued_at", models.DateTimeField()),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "ordering": ("opener", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("issued_at__isnull", True), ("issued_by__isnull", True)),
                            models.Q(("issued_at__isnull", False), ("issued_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="canary_issued_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Bid",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bids", to="tenders.tender"
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "product_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.productversion"
                    ),
                ),
                (
                    "registration",
                    models.CharField(
                        blank=True,
                        help_text="The number that all models of the bid have; empty for one product.",
                        max_length=60,
                    ),
                ),
                ("prepared_at", models.DateTimeField()),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "ordering": ("reference",),
                "indexes": [models.Index(fields=["supplier", "tender"], name="bid_by_supplier")],
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "bid",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="scores", to="tenders.bid"
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenders.criterion"
                    ),
                ),
                (
                    "evaluator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="scores", to="tenders.evaluator"
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("points", core.fields.PointsField(decimal_places=2, max_digits=6)),
                ("scored_at", models.DateTimeField()),
                (
                    "scored_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("bid", "criterion", "evaluator", "round"), name="score_once_a_round"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("scored_at__isnull", True), ("scored_by__isnull", True)),
                            models.Q(("scored_at__isnull", False), ("scored_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="score_scored_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(condition=models.Q(("points__gte", 0)), name="score_not_negative"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SealedAttachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "bid",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attachments", to="tenders.bid"
                    ),
                ),
                ("blob", models.CharField(help_text="The id, made of the hashes of the sealed chunks.", max_length=64)),
                ("length", models.PositiveBigIntegerField(help_text="Bytes of the sealed file.")),
                ("count", models.PositiveIntegerField(help_text="How many chunks the file has.")),
                (
                    "hashes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64),
                        help_text="SHA-256 of each sealed chunk, in order.",
                        size=None,
                    ),
                ),
                ("declared_at", models.DateTimeField()),
                (
                    "declared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "ordering": ("bid", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("bid", "blob"), name="sealed_attachment_once_a_bid"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("declared_at__isnull", True), ("declared_by__isnull", True)),
                            models.Q(("declared_at__isnull", False), ("declared_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="sealed_attachment_declared_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BidProduct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "bid",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="products", to="tenders.bid"
                    ),
                ),
                (
                    "product_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.productversion"
                    ),
                ),
                ("quantity", models.PositiveIntegerField(default=1, help_text="Packs of it in a set; 1 otherwise.")),
                (
                    "further",
                    models.BooleanField(
                        default=False,
                        help_text="Another specification, at the price that follows from the bid's by conversion.",
                    ),
                ),
            ],
            options={
                "ordering": ("bid", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("bid", "product_version"), name="bid_product_once"),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)),
                        name="bid_product_quantity_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("further", False), ("quantity", 1), _connector="OR"),
                        name="bid_product_further_is_no_part",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BidVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "bid",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="tenders.bid"
                    ),
                ),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenders.tender"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("kind", models.CharField(choices=[("bid", "bid"), ("withdrawal", "withdrawal")], max_length=10)),
                ("technical", models.BinaryField(null=True)),
                ("commercial", models.BinaryField(null=True)),
                ("technical_com", models.CharField(blank=True, max_length=64)),
                ("technical_sha256", models.CharField(blank=True, max_length=64)),
                ("commercial_com", models.CharField(blank=True, max_length=64)),
                ("commercial_sha256", models.CharField(blank=True, max_length=64)),
                (
                    "assertion",
                    models.BinaryField(
                        default=b"",
                        help_text="The passkey's assertion over the submission, as it was checked; empty without one.",
                    ),
                ),
                (
                    "signed_with",
                    models.JSONField(
                        default=list,
                        help_text="The hashes of the manifests of all submissions that the assertion is over.",
                    ),
                ),
                (
                    "terms",
                    models.CharField(
                        blank=True,
                        help_text="Hash of the notice that it is sealed to; empty for a withdrawal.",
                        max_length=64,
                    ),
                ),
                (
                    "submission_key",
                    models.CharField(help_text="The client's key: the same one is the same submission.", max_length=80),
                ),
                ("received_at", models.DateTimeField(help_text="Set by the database's clock inside the insert.")),
                (
                    "submitted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "ordering": ("bid", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("bid", "number"), name="bid_version_number"),
                    models.UniqueConstraint(fields=("bid", "submission_key"), name="bid_version_submitted_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "bid"),
                                models.Q(("commercial_sha256", ""), _negated=True),
                                models.Q(("terms", ""), _negated=True),
                            ),
                            models.Q(("commercial", None), ("kind", "withdrawal"), ("technical", None), ("terms", "")),
                            _connector="OR",
                        ),
                        name="bid_version_has_its_envelopes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("bid", "withdrawal"))),
                        name="bidversion_kind_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FormalReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "bid",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="formal_reviews", to="tenders.bid"
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("passed", models.BooleanField()),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("reviewed_at", models.DateTimeField()),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("bid", "round"), name="formal_review_once_a_round"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reviewed_at__isnull", True), ("reviewed_by__isnull", True)),
                            models.Q(("reviewed_at__isnull", False), ("reviewed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="formal_review_reviewed_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("passed", True), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="formal_review_failure_has_a_reason",
                        violation_error_message="Say which requirement is not met.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OfferedProduct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "bid",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="offered", to="tenders.bid"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
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
                        decimal_places=6,
                        help_text="Asked beside the price, a pack; of a set with its first part.",
                        max_digits=18,
                        null=True,
                    ),
                ),
                ("pack_size", models.PositiveIntegerField(help_text="Base units in one pack.")),
                (
                    "quantity",
                    models.PositiveIntegerField(
                        default=1, help_text="How many base units a set has of it; 1 otherwise."
                    ),
                ),
            ],
            options={
                "ordering": ("bid", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("bid", "number"), name="offered_product_number"),
                    models.UniqueConstraint(fields=("bid", "product_version"), name="offered_product_once"),
                    models.CheckConstraint(
                        condition=models.Q(("pack_size__gt", 0)),
                        name="offered_product_pack_size_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)),
                        name="offered_product_quantity_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AttachmentChunk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "attachment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="tenders.sealedattachment"
                    ),
                ),
                ("number", models.PositiveIntegerField(help_text="From 0.")),
                ("data", models.BinaryField(null=True)),
            ],
            options={
                "ordering": ("attachment", "number"),
                "constraints": [models.UniqueConstraint(fields=("attachment", "number"), name="attachment_chunk_once")],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("bid", "bid"), ("withdrawal", "withdrawal"), ("refusal", "refusal")], max_length=10
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "none"),
                            ("late", "The deadline had passed when it arrived."),
                            ("cancelled", "The tender was cancelled."),
                            (
                                "superseded",
                                "Another version of this bid arrived first. Seal again as the next version.",
                            ),
                            (
                                "amended",
                                "The tender was amended after this bid was sealed. Seal it again to the new notice.",
                            ),
                            ("not_as_sealed", "The file is not an envelope sealed for this bid under this notice."),
                            ("envelope_missing", "An envelope is missing."),
                            ("envelope_too_many", "This tender takes the commercial envelope only."),
                            ("too_large", "More arrived than two sealed envelopes can be. Nothing of it was kept."),
                            ("attachment_missing", "The envelope names an attachment that is not stored here."),
                        ],
                        default="",
                        help_text="Why a submission was refused.",
                        max_length=18,
                    ),
                ),
                (
                    "bid",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="receipts", to="tenders.bid"
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipt",
                        to="tenders.bidversion",
                    ),
                ),
                ("submission_key", models.CharField(max_length=80)),
                ("document", models.BinaryField(help_text="Signed document sealed-bid-receipt/1.")),
                ("sha256", models.CharField(help_text="Hash of the document's body.", max_length=64)),
                ("received_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("bid", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "refusal"), ("version", None), models.Q(("reason", ""), _negated=True)),
                            models.Q(
                                models.Q(("kind", "refusal"), _negated=True), ("reason", ""), ("version__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="receipt_of_a_version_or_refusal",
                    ),
                    models.UniqueConstraint(fields=("bid", "submission_key"), name="receipt_once_a_submission"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("bid", "withdrawal", "refusal"))),
                        name="receipt_kind_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reason__in",
                                (
                                    "",
                                    "late",
                                    "cancelled",
                                    "superseded",
                                    "amended",
                                    "not_as_sealed",
                                    "envelope_missing",
                                    "envelope_too_many",
                                    "too_large",
                                    "attachment_missing",
                                ),
                            )
                        ),
                        name="receipt_reason_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reveal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reveals", to="tenders.revealcall"
                    ),
                ),
                (
                    "bid",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reveal", to="tenders.bid"
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reveal", to="tenders.bidversion"
                    ),
                ),
                ("technical", models.BinaryField(null=True)),
                ("commercial", models.BinaryField(null=True)),
                ("technical_sha256", models.CharField(blank=True, max_length=64)),
                ("commercial_sha256", models.CharField(blank=True, max_length=64)),
                ("received_at", models.DateTimeField(help_text="Set by the database's clock inside the insert.")),
                (
                    "submitted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "ordering": ("bid",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("commercial_sha256", ""), ("technical_sha256", ""), _negated=True),
                        name="reveal_has_something",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Lot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lots", to="tenders.tender"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=300)),
                (
                    "offered",
                    models.CharField(
                        choices=[
                            ("product", "one product"),
                            ("registration", "all models of a registration at one price"),
                            ("system", "a set of parts whose prices add up"),
                        ],
                        default="product",
                        help_text="What a bid in this lot is of.",
                        max_length=12,
                    ),
                ),
                (
                    "with_service_fee",
                    models.BooleanField(
                        default=False,
                        help_text="Bidders may ask for a service fee beside the price; it is never ranked.",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "bids and technical evaluation"),
                            ("evaluated", "technical result published"),
                            ("opened", "prices opened"),
                            ("ended", "ended"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                (
                    "round",
                    models.PositiveSmallIntegerField(
                        default=1, help_text="How often its bids have been judged, this time included."
                    ),
                ),
                ("quality_requirement", models.CharField(blank=True, max_length=300)),
                (
                    "ceiling_price",
                    core.fields.PriceField(
                        blank=True,
                        decimal_places=6,
                        help_text="Highest valid price of one base unit of the reference item.",
                        max_digits=18,
                        null=True,
                    ),
                ),
                (
                    "price_before",
                    core.fields.PriceField(
                        blank=True,
                        decimal_places=6,
                        help_text="What one base unit cost before this tender.",
                        max_digits=18,
                        null=True,
                    ),
                ),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "not ended"),
                            ("awarded", "awarded"),
                            ("no_bid", "no bid was received"),
                            ("too_few", "goes to negotiation: too few qualified bids for a price competition"),
                            ("none_qualified", "no bid passed the technical envelope"),
                            ("none_valid", "no opened price was valid"),
                            ("none_left", "every bid with a valid price was set aside"),
                            ("cancelled", "the tender was cancelled"),
                            ("objection_upheld", "an objection was upheld"),
                        ],
                        default="",
                        max_length=16,
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
            ],
            options={
                "ordering": ("tender", "number"),
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="TechnicalResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="technical_results", to="tenders.lot"
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("document", models.BinaryField(help_text="Signed document sealed-bid-result/2.")),
                ("report", models.BinaryField(help_text="The evaluation report whose hash the document names.")),
                ("sha256", models.CharField(max_length=64)),
                (
                    "final_at",
                    models.DateTimeField(help_text="When its objection time is over and prices may be opened."),
                ),
                ("published_at", models.DateTimeField()),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "ordering": ("lot", "round"),
                "constraints": [
                    models.UniqueConstraint(fields=("lot", "round"), name="technical_result_once_a_round"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at__isnull", True), ("published_by__isnull", True)),
                            models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="technical_result_published_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="tenders.lot"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("objection", "an objection waits for its answer"),
                            ("complaint", "a complaint is before the regulator"),
                            ("court", "a court has the matter"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "reference",
                    models.CharField(help_text="Of the objection, or the number of the file elsewhere.", max_length=80),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("held_at", models.DateTimeField()),
                (
                    "held_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
                    ),
                ),
                ("lift_reason", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ("lot", "pk"),
                "indexes": [
                    models.Index(condition=models.Q(("lifted_at", None)), fields=["lot"], name="hold_standing")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("held_at__isnull", True), ("held_by__isnull", True)),
                            models.Q(("held_at__isnull", False), ("held_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="hold_held_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifted_at__isnull", True), ("lifted_by__isnull", True)),
                            models.Q(("lifted_at__isnull", False), ("lifted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="hold_lifted_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None)),
                        fields=("lot", "code", "reference"),
                        name="hold_once_a_reason",
                        violation_error_message="The lot is held for this already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code", "objection"),
                            models.Q(
                                models.Q(("reason", ""), _negated=True),
                                models.Q(
                                    ("lifted_at", None), models.Q(("lift_reason", ""), _negated=True), _connector="OR"
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="hold_from_elsewhere_has_reasons",
                        violation_error_message="Say why the lot is held, and why no more.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__in", ("objection", "complaint", "court"))),
                        name="hold_code_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EvaluationSignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to="tenders.lot"
                    ),
                ),
                (
                    "evaluator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to="tenders.evaluator"
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=1)),
                (
                    "assertion",
                    models.BinaryField(
                        default=b"", help_text="The passkey's assertion over the evaluator's sheet; empty without one."
                    ),
                ),
                ("signed_at", models.DateTimeField()),
                (
                    "signed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("lot", "evaluator", "round"), name="evaluation_signed_once_a_round"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_at__isnull", True), ("signed_by__isnull", True)),
                            models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="evaluation_signature_signed_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LotItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lot_items", to="tenders.lot"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.item"
                    ),
                ),
                ("factor", core.fields.RatioField(decimal_places=9, default=1, max_digits=18)),
                ("volume_factor", core.fields.RatioField(decimal_places=9, default=1, max_digits=18)),
            ],
            options={
                "ordering": ("lot", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("lot", "item"), name="lot_item_once"),
                    models.CheckConstraint(
                        condition=models.Q(("factor__gt", 0)),
                        name="lot_item_factor_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("volume_factor__gt", 0)),
                        name="lot_item_volume_factor_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LotPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="tenders.lot"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.item"
                    ),
                ),
                ("quantity", models.PositiveIntegerField()),
            ],
            options={
                "ordering": ("lot", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("lot", "number"), name="lot_part_number"),
                    models.UniqueConstraint(fields=("lot", "item"), name="lot_part_once"),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)),
                        name="lot_part_quantity_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("number", 1), _negated=True), ("quantity", 1), _connector="OR"),
                        name="lot_part_first_counts_sets",
                        violation_error_message="A set has its main part, which comes first, once.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LotVolume",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="volumes", to="tenders.lot"
                    ),
                ),
                (
                    "hospital",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
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
                "ordering": ("lot", "hospital__name", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("lot", "hospital", "item"), name="lot_volume_once"),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)),
                        name="lot_volume_quantity_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="objections", to="tenders.lot"
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[("technical", "technical result"), ("award", "proposed award")], max_length=9
                    ),
                ),
                ("text", models.TextField()),
                ("filed_at", models.DateTimeField()),
                (
                    "filed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("", "waiting"), ("upheld", "upheld"), ("rejected", "rejected")],
                        default="",
                        max_length=8,
                    ),
                ),
                ("answer_text", models.TextField(blank=True)),
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
            ],
            options={
                "ordering": ("-filed_at",),
                "indexes": [models.Index(condition=models.Q(("answer", "")), fields=["lot"], name="objection_waiting")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("filed_at__isnull", True), ("filed_by__isnull", True)),
                            models.Q(("filed_at__isnull", False), ("filed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="objection_filed_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                            models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="objection_answered_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("answer", "")),
                        fields=("lot", "supplier"),
                        name="objection_one_waiting_a_bidder",
                        violation_error_message="Your objection is filed already and waits for its answer.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None)),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("answered_at__isnull", False),
                                models.Q(("answer_text", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="objection_answer_has_a_text",
                        violation_error_message="An answer needs a text that the bidder can follow.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ("technical", "award"))),
                        name="objection_stage_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ("", "upheld", "rejected"))),
                        name="objection_answer_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OpeningRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opening_requests",
                        to="tenders.tender",
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="opening_requests", to="tenders.lot"
                    ),
                ),
                (
                    "envelope",
                    models.CharField(
                        choices=[
                            ("technical", "technical envelope"),
                            ("commercial", "commercial envelope"),
                            ("reveal-technical", "revealed seed of the technical envelope"),
                            ("reveal-commercial", "revealed seed of the commercial envelope"),
                        ],
                        max_length=17,
                    ),
                ),
                ("document", models.BinaryField(help_text="Signed document sealed-bid-request/2.")),
                ("sha256", models.CharField(max_length=64)),
                ("listed", models.PositiveIntegerField(help_text="How many envelopes the document lists.")),
                ("requested_at", models.DateTimeField()),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "ordering": ("tender", "lot__number", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("lot", "envelope"), name="opening_request_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("requested_at__isnull", True), ("requested_by__isnull", True)),
                            models.Q(("requested_at__isnull", False), ("requested_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="opening_request_requested_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("envelope__in", ("technical", "commercial", "reveal-technical", "reveal-commercial"))
                        ),
                        name="openingrequest_envelope_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ranking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "bid",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ranking", to="tenders.bid"
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rankings", to="tenders.lot"
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("valid", "valid"),
                            ("above_ceiling", "above the ceiling price"),
                            ("unreadable", "commercial envelope not readable"),
                            ("malformed", "offer does not fit the product"),
                        ],
                        max_length=13,
                    ),
                ),
                (
                    "price",
                    core.fields.PriceField(
                        decimal_places=6, help_text="The price a pack, as bid.", max_digits=18, null=True
                    ),
                ),
                ("pack_size", models.PositiveIntegerField(null=True)),
                ("factor", core.fields.RatioField(decimal_places=9, max_digits=18, null=True)),
                (
                    "service_fee",
                    core.fields.PriceField(
                        decimal_places=6,
                        help_text="Asked beside the price, a pack or set; never ranked.",
                        max_digits=18,
                        null=True,
                    ),
                ),
                (
                    "comparable",
                    core.fields.PriceField(
                        decimal_places=6,
                        help_text="Price of one reference base unit, rounded for display only.",
                        max_digits=18,
                        null=True,
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField(null=True)),
                (
                    "arithmetic",
                    models.JSONField(default=dict, help_text="Comparable price, ceiling and tie rule, step by step."),
                ),
            ],
            options={
                "ordering": ("lot", models.OrderBy(models.F("rank"), nulls_last=True), "bid__reference"),
                "constraints": [
                    models.UniqueConstraint(fields=("lot", "rank"), name="ranking_rank_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("price__isnull", False), ("rank__isnull", False), ("verdict", "valid")),
                            models.Q(models.Q(("verdict", "valid"), _negated=True), ("rank", None)),
                            _connector="OR",
                        ),
                        name="ranking_only_valid_bids_have_a_rank",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ("valid", "above_ceiling", "unreadable", "malformed"))),
                        name="ranking_verdict_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rounds", to="tenders.lot"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("reason", models.CharField(max_length=300)),
                ("opened_at", models.DateTimeField()),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "ordering": ("lot", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("lot", "number"), name="round_number"),
                    models.CheckConstraint(condition=models.Q(("number__gte", 2)), name="round_follows_the_first"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("opened_at__isnull", True), ("opened_by__isnull", True)),
                            models.Q(("opened_at__isnull", False), ("opened_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="round_opened_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Minutes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="minutes", to="tenders.openingrequest"
                    ),
                ),
                ("body", models.BinaryField(help_text="Body of a document sealed-bid-minutes/1.")),
                ("sha256", models.CharField(max_length=64)),
                ("written_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("request",),
            },
        ),
        migrations.CreateModel(
            name="Qualification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "bid",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="qualifications", to="tenders.bid"
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="qualifications",
                        to="tenders.technicalresult",
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("qualified", "qualified"),
                            ("not_qualified", "not qualified"),
                            ("not_shortlisted", "not shortlisted"),
                            ("formal", "formal requirement not met"),
                            ("unreadable", "technical envelope not readable"),
                        ],
                        max_length=15,
                    ),
                ),
                ("score", core.fields.PointsField(decimal_places=2, max_digits=6, null=True)),
                (
                    "arithmetic",
                    models.JSONField(default=dict, help_text="What the verdict was computed from, step by step."),
                ),
            ],
            options={
                "ordering": ("result", "-score", "bid__reference"),
                "constraints": [
                    models.UniqueConstraint(fields=("bid", "result"), name="qualification_once_a_result"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verdict__in", ("qualified", "not_qualified", "not_shortlisted", "formal", "unreadable"))
                        ),
                        name="qualification_verdict_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="releases",
                        to="tenders.openingrequest",
                    ),
                ),
                (
                    "opener",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="releases", to="tenders.opener"
                    ),
                ),
                ("document", models.BinaryField(help_text="Signed document sealed-bid-release/1.")),
                (
                    "shares",
                    models.JSONField(
                        help_text="Shares in hex, in the order of the request's list; empty where it failed."
                    ),
                ),
                ("released_at", models.DateTimeField()),
                (
                    "released_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "ordering": ("request", "opener__place"),
                "constraints": [
                    models.UniqueConstraint(fields=("request", "opener"), name="release_once_an_opener"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("released_at__isnull", True), ("released_by__isnull", True)),
                            models.Q(("released_at__isnull", False), ("released_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="release_released_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JudgedAgain",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "bid",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="judged_again", to="tenders.bid"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bids", to="tenders.round"
                    ),
                ),
            ],
            options={
                "ordering": ("round", "bid"),
                "constraints": [models.UniqueConstraint(fields=("bid", "round"), name="judged_again_once_a_round")],
            },
        ),
        migrations.CreateModel(
            name="MinutesSignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to="tenders.minutes"
                    ),
                ),
                (
                    "opener",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="minutes_signatures",
                        to="tenders.opener",
                    ),
                ),
                ("document", models.BinaryField(help_text="The minutes signed by this opener.")),
                ("signed_at", models.DateTimeField()),
                (
                    "signed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "ordering": ("minutes", "opener__place"),
                "constraints": [
                    models.UniqueConstraint(fields=("minutes", "opener"), name="minutes_signed_once_an_opener"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_at__isnull", True), ("signed_by__isnull", True)),
                            models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="minutes_signature_signed_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OpenedEnvelope",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="opened", to="tenders.bidversion"
                    ),
                ),
                (
                    "bid",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="opened", to="tenders.bid"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        help_text="Empty for what its bidder did not reveal: nobody was asked for it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opened",
                        to="tenders.openingrequest",
                    ),
                ),
                (
                    "envelope",
                    models.CharField(
                        choices=[("technical", "technical envelope"), ("commercial", "commercial envelope")],
                        max_length=10,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("opened", "opened"),
                            ("bidder_fault", "not readable through the bidder's fault"),
                            ("unreadable", "not readable with the shares released"),
                            ("not_revealed", "not revealed"),
                        ],
                        max_length=12,
                    ),
                ),
                ("payload", models.TextField(blank=True, help_text="Canonical JSON, as it was sealed.")),
                ("seed", models.CharField(blank=True, max_length=64)),
                ("wrong_openers", models.JSONField(default=list)),
                (
                    "qualification",
                    models.ForeignKey(
                        help_text="The pass without which no price is opened.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenders.qualification",
                    ),
                ),
                ("opened_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("bid", "envelope"),
                "constraints": [
                    models.UniqueConstraint(fields=("bid", "envelope"), name="opened_envelope_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "not_revealed"), ("payload", ""), ("request", None), ("seed", "")),
                            models.Q(models.Q(("outcome", "not_revealed"), _negated=True), ("request__isnull", False)),
                            _connector="OR",
                        ),
                        name="opened_envelope_was_asked_for",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("envelope", "technical"), ("qualification__isnull", False), _connector="OR"
                        ),
                        name="commercial_envelope_needs_a_pass",
                        violation_error_message="A price is opened only for a bid that passed the technical envelope.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("envelope__in", ("technical", "commercial"))),
                        name="openedenvelope_envelope_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ("opened", "bidder_fault", "unreadable", "not_revealed"))),
                        name="openedenvelope_outcome_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="bid",
            name="lot",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="bids", to="tenders.lot"),
        ),
        migrations.AddConstraint(
            model_name="bid",
            constraint=models.UniqueConstraint(
                fields=("lot", "supplier", "product_version"),
                name="bid_one_a_product",
                violation_error_message="You have a bid with this product in this lot already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bid",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("prepared_at__isnull", True), ("prepared_by__isnull", True)),
                    models.Q(("prepared_at__isnull", False), ("prepared_by__isnull", False)),
                    _connector="OR",
                ),
                name="bid_prepared_at_and_by",
                violation_error_message="An act needs both its time and its person.",
            ),
        ),
        migrations.AddField(
            model_name="lot",
            name="technical_result",
            field=models.ForeignKey(
                blank=True,
                help_text="The one that stands, of this round.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenders.technicalresult",
            ),
        ),
        migrations.AddConstraint(
            model_name="lot",
            constraint=models.UniqueConstraint(fields=("tender", "number"), name="lot_number"),
        ),
        migrations.AddConstraint(
            model_name="lot",
            constraint=models.CheckConstraint(
                condition=models.Q(("ceiling_price__gt", 0)),
                name="lot_ceiling_price_above_zero",
                violation_error_message="Enter a number above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="lot_ended_at_and_by",
                violation_error_message="An act needs both its time and its person.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", False), ("status", "ended"), models.Q(("ending", ""), _negated=True)),
                    models.Q(models.Q(("status", "ended"), _negated=True), ("ended_at", None), ("ending", "")),
                    _connector="OR",
                ),
                name="lot_end_has_a_code",
                violation_error_message="A lot ends with a code that says how.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lot",
            constraint=models.CheckConstraint(
                condition=models.Q(("offered__in", ("product", "registration", "system"))),
                name="lot_offered_is_a_choice",
                violation_error_message="Choose one of the values offered.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lot",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ("open", "evaluated", "opened", "ended"))),
                name="lot_status_is_a_choice",
                violation_error_message="Choose one of the values offered.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "ending__in",
                        (
                            "",
                            "awarded",
                            "no_bid",
                            "too_few",
                            "none_qualified",
                            "none_valid",
                            "none_left",
                            "cancelled",
                            "objection_upheld",
                        ),
                    )
                ),
                name="lot_ending_is_a_choice",
                violation_error_message="Choose one of the values offered.",
            ),
        ),
        core.triggers.AddTrigger(
            model_name="ruleset",
            trigger=pgtrigger.compiler.Trigger(
                name="rule_set_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."code" IS DISTINCT FROM NEW."code" OR OLD."version" IS DISTINCT FROM NEW."version" OR OLD."title" IS DISTINCT FROM NEW."title" OR OLD."source" IS DISTINCT FROM NEW."source" OR OLD."valid_from" IS DISTINCT FROM NEW."valid_from" OR OLD."valid_to" IS DISTINCT FROM NEW."valid_to" OR OLD."body" IS DISTINCT FROM NEW."body")',
                    func="RAISE EXCEPTION 'what a row of rule_set says stays' USING ERRCODE = 'PT002';",
                    hash="2c6f12d9452f351e033aad23ba177e6d01dbd38f",
                    operation="UPDATE",
                    pgid="pgtrigger_rule_set_facts_stay_83ca6",
                    table="tenders_ruleset",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="ruleset",
            trigger=pgtrigger.compiler.Trigger(
                name="rule_set_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of rule_set remain' USING ERRCODE = 'PT002';",
                    hash="3de768ca7ad7dee003f3fcad1899a84b841177cb",
                    operation="DELETE",
                    pgid="pgtrigger_rule_set_rows_remain_10bd8",
                    table="tenders_ruleset",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="ruleset",
            trigger=pgtrigger.compiler.Trigger(
                name="rule_set_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_ruleset', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="cd74945f92dc61d34fe70997e2f36f15119dacf0",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_rule_set_insert_recorded_b4e0f",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_ruleset",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="ruleset",
            trigger=pgtrigger.compiler.Trigger(
                name="rule_set_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'tenders_ruleset\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="6fb730d67f6e90cc1d43bca2a5cca39cb516d444",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_rule_set_update_recorded_cce27",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="tenders_ruleset",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="ruleset",
            trigger=pgtrigger.compiler.Trigger(
                name="rule_set_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_ruleset', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="35d44b73bb6571ccc9dec99b0b60b55b0ce3c12d",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_rule_set_delete_recorded_c3266",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="tenders_ruleset",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="ruleset",
            trigger=pgtrigger.compiler.Trigger(
                name="rule_set_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of rule_set are removed one by one' USING ERRCODE = 'PT002';",
                    hash="42f059bb3e5e74ebe3d138eea4be38e02f6ca7c5",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_rule_set_not_emptied_a5e53",
                    table="tenders_ruleset",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="bidproduct",
            trigger=pgtrigger.compiler.Trigger(
                name="bid_product_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of bid_product are written once and stay' USING ERRCODE = 'PT002';",
                    hash="44b2921b86ee5a19ba8aa4d30bc5b338f7c821de",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_bid_product_rows_stay_fe418",
                    table="tenders_bidproduct",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="bidproduct",
            trigger=pgtrigger.compiler.Trigger(
                name="bid_product_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of bid_product are written once and stay' USING ERRCODE = 'PT002';",
                    hash="4bd3cd152fa2a67975e889146b407d32e51e6a1e",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_bid_product_table_stays_3e4d9",
                    table="tenders_bidproduct",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="bidproduct",
            trigger=pgtrigger.compiler.Trigger(
                name="bid_product_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_bidproduct', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="a7d292063f1a86c199aed940a02b0b8182032d3f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_bid_product_insert_recorded_79384",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_bidproduct",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="formalreview",
            trigger=pgtrigger.compiler.Trigger(
                name="formal_review_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."bid_id" IS DISTINCT FROM NEW."bid_id" OR OLD."round" IS DISTINCT FROM NEW."round")',
                    func="RAISE EXCEPTION 'what a row of formal_review says stays' USING ERRCODE = 'PT002';",
                    hash="b00d60dd07852b5472d51ad0217676726806d581",
                    operation="UPDATE",
                    pgid="pgtrigger_formal_review_facts_stay_d56a5",
                    table="tenders_formalreview",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="formalreview",
            trigger=pgtrigger.compiler.Trigger(
                name="formal_review_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_formalreview', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="47f3a6d36a8563a1709a4313259796c033d69845",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_formal_review_insert_recorded_348dc",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_formalreview",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="formalreview",
            trigger=pgtrigger.compiler.Trigger(
                name="formal_review_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'tenders_formalreview\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="a02dad5333ebeaccfb766011a5faf1fa0b064178",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_formal_review_update_recorded_1f388",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="tenders_formalreview",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="formalreview",
            trigger=pgtrigger.compiler.Trigger(
                name="formal_review_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_formalreview', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="9698f00ea395798fe54ececd9f6db0dbc85d8c35",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_formal_review_delete_recorded_e77b3",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="tenders_formalreview",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="formalreview",
            trigger=pgtrigger.compiler.Trigger(
                name="formal_review_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of formal_review are removed one by one' USING ERRCODE = 'PT002';",
                    hash="5792e16a75c2b2de0332d6b30cdf78a1e6ef3fdf",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_formal_review_not_emptied_e25a7",
                    table="tenders_formalreview",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="formalreview",
            trigger=pgtrigger.compiler.Trigger(
                name="formal_review_signed_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="\n    IF EXISTS (\n        SELECT FROM tenders_evaluationsignature signature JOIN tenders_bid bid ON bid.lot_id = signature.lot_id\n        WHERE bid.id = OLD.bid_id AND signature.round = OLD.round AND true\n    ) THEN\n        RAISE EXCEPTION 'what evaluators signed stays' USING ERRCODE = 'PT002';\n    END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n",
                    hash="c9b23d901465e6689aaccb3a4b136a49392b6e43",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_formal_review_signed_stays_8c852",
                    table="tenders_formalreview",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="hold",
            trigger=pgtrigger.compiler.Trigger(
                name="hold_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."lot_id" IS DISTINCT FROM NEW."lot_id" OR OLD."code" IS DISTINCT FROM NEW."code" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."reason" IS DISTINCT FROM NEW."reason" OR OLD."held_at" IS DISTINCT FROM NEW."held_at" OR OLD."held_by_id" IS DISTINCT FROM NEW."held_by_id" OR OLD."lifted_at" IS NOT NULL AND OLD."lifted_at" IS DISTINCT FROM NEW."lifted_at" OR OLD."lifted_by_id" IS NOT NULL AND OLD."lifted_by_id" IS DISTINCT FROM NEW."lifted_by_id" OR OLD."lift_reason" <> \'\' AND OLD."lift_reason" IS DISTINCT FROM NEW."lift_reason")',
                    func="RAISE EXCEPTION 'what a row of hold says stays' USING ERRCODE = 'PT002';",
                    hash="3fafb928a5d4cb3307a60f730e934da06a55c0ca",
                    operation="UPDATE",
                    pgid="pgtrigger_hold_facts_stay_fa5b7",
                    table="tenders_hold",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="hold",
            trigger=pgtrigger.compiler.Trigger(
                name="hold_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of hold remain' USING ERRCODE = 'PT002';",
                    hash="16f3089f1ee231f23e8ccded7f4e8925e156a350",
                    operation="DELETE",
                    pgid="pgtrigger_hold_rows_remain_b339d",
                    table="tenders_hold",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="hold",
            trigger=pgtrigger.compiler.Trigger(
                name="hold_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_hold', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="79bdc6a241a5f48d870ef82d0a0c98c627e3f48a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_hold_insert_recorded_a633b",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_hold",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="hold",
            trigger=pgtrigger.compiler.Trigger(
                name="hold_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'tenders_hold\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="b33518b2871fbd5b1d81818cb305ca3ef9d8a855",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_hold_update_recorded_4c38a",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="tenders_hold",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="hold",
            trigger=pgtrigger.compiler.Trigger(
                name="hold_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_hold', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="955dfc8460d02ec7ebb49b52f6c87fdf8b923dcc",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_hold_delete_recorded_e9897",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="tenders_hold",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="hold",
            trigger=pgtrigger.compiler.Trigger(
                name="hold_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of hold are removed one by one' USING ERRCODE = 'PT002';",
                    hash="ce3021239978b6f6892def651d4c02697956d493",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_hold_not_emptied_635cd",
                    table="tenders_hold",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="hold",
            trigger=pgtrigger.compiler.Trigger(
                name="hold_is_lifted_once",
                sql=core.triggers.FirmTriggerSql(
                    func="\n                    IF TG_OP = 'DELETE' OR OLD.lifted_at IS NOT NULL OR NEW.lifted_at IS NULL\n                        OR to_jsonb(NEW) - '{lifted_at,lifted_by_id,lift_reason}'::text[]\n                            <> to_jsonb(OLD) - '{lifted_at,lifted_by_id,lift_reason}'::text[] THEN\n                        RAISE EXCEPTION 'a hold stays on record and is lifted once' USING ERRCODE = 'PT002';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="75296b30dbc5387c5e1f45a98de30b4b490d07ee",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_hold_is_lifted_once_f83e2",
                    table="tenders_hold",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="evaluationsignature",
            trigger=pgtrigger.compiler.Trigger(
                name="evaluation_signature_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of evaluation_signature are written once and stay' USING ERRCODE = 'PT002';",
                    hash="f99122cbd0101091915277c19832a627e572ba4f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_evaluation_signature_rows_stay_9d90a",
                    table="tenders_evaluationsignature",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="evaluationsignature",
            trigger=pgtrigger.compiler.Trigger(
                name="evaluation_signature_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of evaluation_signature are written once and stay' USING ERRCODE = 'PT002';",
                    hash="54bcc7b0c5e3f6101bc28f1ff7ee289db10a9282",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_evaluation_signature_table_stays_146b4",
                    table="tenders_evaluationsignature",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="evaluationsignature",
            trigger=pgtrigger.compiler.Trigger(
                name="evaluation_signature_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_evaluationsignature', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="0dc3d06a1f0d48dd3aa5b15a21af751b7de8936f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_evaluation_signature_insert_recorded_61b85",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_evaluationsignature",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="lotitem",
            trigger=pgtrigger.compiler.Trigger(
                name="lot_item_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."lot_id" IS DISTINCT FROM NEW."lot_id" OR OLD."item_id" IS DISTINCT FROM NEW."item_id" OR OLD."factor" IS DISTINCT FROM NEW."factor" OR OLD."volume_factor" IS DISTINCT FROM NEW."volume_factor")',
                    func="RAISE EXCEPTION 'what a row of lot_item says stays' USING ERRCODE = 'PT002';",
                    hash="ba3aec0b667d56b1daefd2749121172fb12c3f02",
                    operation="UPDATE",
                    pgid="pgtrigger_lot_item_facts_stay_d67da",
                    table="tenders_lotitem",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="lotitem",
            trigger=pgtrigger.compiler.Trigger(
                name="lot_item_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="IF (\n    SELECT status FROM tenders_tender WHERE id = (SELECT tender_id FROM tenders_lot WHERE id = OLD.lot_id)\n) = 'draft' THEN RETURN OLD; END IF; RAISE EXCEPTION 'the rows of lot_item remain' USING ERRCODE = 'PT002';",
                    hash="8b9016788a181662f098c0509b51ca032264f2ec",
                    operation="DELETE",
                    pgid="pgtrigger_lot_item_rows_remain_f6b4c",
                    table="tenders_lotitem",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="lotitem",
            trigger=pgtrigger.compiler.Trigger(
                name="lot_item_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_lotitem', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="5178860fd86c88b81029ff9c2a680f823013b4d8",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_lot_item_insert_recorded_ed957",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_lotitem",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="lotitem",
            trigger=pgtrigger.compiler.Trigger(
                name="lot_item_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'tenders_lotitem\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="0f557330e705ea69fc043cb7dfb0504c66cc1dc3",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_lot_item_update_recorded_0dfc3",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="tenders_lotitem",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="lotitem",
            trigger=pgtrigger.compiler.Trigger(
                name="lot_item_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_lotitem', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="899a7766daeebe924ef7aede58361a0a90a22c56",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_lot_item_delete_recorded_35237",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="tenders_lotitem",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="lotitem",
            trigger=pgtrigger.compiler.Trigger(
                name="lot_item_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of lot_item are removed one by one' USING ERRCODE = 'PT002';",
                    hash="ca608a52aae5bc1e5e60df849448b18bb25fba67",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_lot_item_not_emptied_88011",
                    table="tenders_lotitem",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="lotpart",
            trigger=pgtrigger.compiler.Trigger(
                name="lot_part_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."lot_id" IS DISTINCT FROM NEW."lot_id" OR OLD."number" IS DISTINCT FROM NEW."number" OR OLD."item_id" IS DISTINCT FROM NEW."item_id" OR OLD."quantity" IS DISTINCT FROM NEW."quantity")',
                    func="RAISE EXCEPTION 'what a row of lot_part says stays' USING ERRCODE = 'PT002';",
                    hash="fd68151460f2c3406f28e8b943b882d54b3452a6",
                    operation="UPDATE",
                    pgid="pgtrigger_lot_part_facts_stay_3b330",
                    table="tenders_lotpart",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="lotpart",
            trigger=pgtrigger.compiler.Trigger(
                name="lot_part_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="IF (\n    SELECT status FROM tenders_tender WHERE id = (SELECT tender_id FROM tenders_lot WHERE id = OLD.lot_id)\n) = 'draft' THEN RETURN OLD; END IF; RAISE EXCEPTION 'the rows of lot_part remain' USING ERRCODE = 'PT002';",
                    hash="c790f5a70e6f1cacac1e8efe15ef9b454ca204be",
                    operation="DELETE",
                    pgid="pgtrigger_lot_part_rows_remain_38e9b",
                    table="tenders_lotpart",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="lotpart",
            trigger=pgtrigger.compiler.Trigger(
                name="lot_part_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_lotpart', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="a70766e9218b2f8190e4146b7a94cc494eb4f65a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_lot_part_insert_recorded_aa092",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_lotpart",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="lotpart",
            trigger=pgtrigger.compiler.Trigger(
                name="lot_part_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'tenders_lotpart\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="ec8e27c23f37be17fff3657a8c35b3e37d26ef69",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_lot_part_update_recorded_7249d",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="tenders_lotpart",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="lotpart",
            trigger=pgtrigger.compiler.Trigger(
                name="lot_part_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_lotpart', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="627bd7cbcc50f90465aee02a5c4b390629b8983f",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_lot_part_delete_recorded_28920",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="tenders_lotpart",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="lotpart",
            trigger=pgtrigger.compiler.Trigger(
                name="lot_part_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of lot_part are removed one by one' USING ERRCODE = 'PT002';",
                    hash="626d6a3ccbe6e307bc5c7c770e4be2e37ccb405b",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_lot_part_not_emptied_9737b",
                    table="tenders_lotpart",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="lotvolume",
            trigger=pgtrigger.compiler.Trigger(
                name="lot_volume_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."lot_id" IS DISTINCT FROM NEW."lot_id" OR OLD."hospital_id" IS DISTINCT FROM NEW."hospital_id" OR OLD."item_id" IS DISTINCT FROM NEW."item_id" OR OLD."quantity" IS DISTINCT FROM NEW."quantity")',
                    func="RAISE EXCEPTION 'what a row of lot_volume says stays' USING ERRCODE = 'PT002';",
                    hash="27ee4e0cb196cb684fc0f45f8512f78dbca4b4ab",
                    operation="UPDATE",
                    pgid="pgtrigger_lot_volume_facts_stay_262ce",
                    table="tenders_lotvolume",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="lotvolume",
            trigger=pgtrigger.compiler.Trigger(
                name="lot_volume_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of lot_volume remain' USING ERRCODE = 'PT002';",
                    hash="e9889d463e5929f9bc581a10eb162a52fc73a3d1",
                    operation="DELETE",
                    pgid="pgtrigger_lot_volume_rows_remain_f7d99",
                    table="tenders_lotvolume",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="lotvolume",
            trigger=pgtrigger.compiler.Trigger(
                name="lot_volume_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_lotvolume', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="a8eddf14a3447ffeda24057232f890c89fec11d6",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_lot_volume_insert_recorded_0a233",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_lotvolume",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="lotvolume",
            trigger=pgtrigger.compiler.Trigger(
                name="lot_volume_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'tenders_lotvolume\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="89d0f2ef4f9e97f3aa3304c722b1869093cddc2e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_lot_volume_update_recorded_967b2",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="tenders_lotvolume",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="lotvolume",
            trigger=pgtrigger.compiler.Trigger(
                name="lot_volume_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_lotvolume', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="4de55c43f8091e126e45a483dfdd669496af4482",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_lot_volume_delete_recorded_a4686",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="tenders_lotvolume",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="lotvolume",
            trigger=pgtrigger.compiler.Trigger(
                name="lot_volume_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of lot_volume are removed one by one' USING ERRCODE = 'PT002';",
                    hash="5f0c41c3c84d13dcf6b38eb3c30d6677b2c1bd87",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_lot_volume_not_emptied_75288",
                    table="tenders_lotvolume",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="objection",
            trigger=pgtrigger.compiler.Trigger(
                name="objection_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."lot_id" IS DISTINCT FROM NEW."lot_id" OR OLD."supplier_id" IS DISTINCT FROM NEW."supplier_id" OR OLD."stage" IS DISTINCT FROM NEW."stage" OR OLD."text" IS DISTINCT FROM NEW."text" OR OLD."filed_at" IS DISTINCT FROM NEW."filed_at" OR OLD."filed_by_id" IS DISTINCT FROM NEW."filed_by_id" OR OLD."answer" <> \'\' AND OLD."answer" IS DISTINCT FROM NEW."answer" OR OLD."answer_text" <> \'\' AND OLD."answer_text" IS DISTINCT FROM NEW."answer_text" OR OLD."answered_at" IS NOT NULL AND OLD."answered_at" IS DISTINCT FROM NEW."answered_at" OR OLD."answered_by_id" IS NOT NULL AND OLD."answered_by_id" IS DISTINCT FROM NEW."answered_by_id")',
                    func="RAISE EXCEPTION 'what a row of objection says stays' USING ERRCODE = 'PT002';",
                    hash="78e357c73cfc1a09d33dc57f4a5af50839f4ecf6",
                    operation="UPDATE",
                    pgid="pgtrigger_objection_facts_stay_69ed4",
                    table="tenders_objection",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="objection",
            trigger=pgtrigger.compiler.Trigger(
                name="objection_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of objection remain' USING ERRCODE = 'PT002';",
                    hash="7d8d1a919ae84e06bd0750e017f93d45c98ddc74",
                    operation="DELETE",
                    pgid="pgtrigger_objection_rows_remain_e3315",
                    table="tenders_objection",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="objection",
            trigger=pgtrigger.compiler.Trigger(
                name="objection_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_objection', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="d15378e897cb95efd36b7917cd7799d416c0a60a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_objection_insert_recorded_11d89",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_objection",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="objection",
            trigger=pgtrigger.compiler.Trigger(
                name="objection_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'tenders_objection\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="6b78d30ff7fb8a7d75ec6261897bd5e952fc0cfa",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_objection_update_recorded_998dd",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="tenders_objection",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="objection",
            trigger=pgtrigger.compiler.Trigger(
                name="objection_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_objection', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="cd9ff2d7c3e03a2b334ba756f243424d98a6199c",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_objection_delete_recorded_4372c",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="tenders_objection",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="objection",
            trigger=pgtrigger.compiler.Trigger(
                name="objection_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of objection are removed one by one' USING ERRCODE = 'PT002';",
                    hash="01fbe1eef16cd348299ede5b61cc062c7eca32f9",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_objection_not_emptied_9d225",
                    table="tenders_objection",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="offeredproduct",
            trigger=pgtrigger.compiler.Trigger(
                name="offered_product_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of offered_product are written once and stay' USING ERRCODE = 'PT002';",
                    hash="cdf107b4220dd6e3ea91df3e4c3388aa95f0038b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_offered_product_rows_stay_5b25d",
                    table="tenders_offeredproduct",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="offeredproduct",
            trigger=pgtrigger.compiler.Trigger(
                name="offered_product_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of offered_product are written once and stay' USING ERRCODE = 'PT002';",
                    hash="8e494d06fd781c1c67cf5e8373484bd5c880fadf",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_offered_product_table_stays_02c78",
                    table="tenders_offeredproduct",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="offeredproduct",
            trigger=pgtrigger.compiler.Trigger(
                name="offered_product_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_offeredproduct', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="a002cb4d82c98472f8741c27962310eb9e6da430",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_offered_product_insert_recorded_b9032",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_offeredproduct",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="minutessignature",
            trigger=pgtrigger.compiler.Trigger(
                name="minutes_signature_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of minutes_signature are written once and stay' USING ERRCODE = 'PT002';",
                    hash="1f8ce8e90312812d257e97ceadf79c45733669fc",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_minutes_signature_rows_stay_e1787",
                    table="tenders_minutessignature",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="minutessignature",
            trigger=pgtrigger.compiler.Trigger(
                name="minutes_signature_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of minutes_signature are written once and stay' USING ERRCODE = 'PT002';",
                    hash="a6321b9f0d2a5b6837f655749bcae29666da28b9",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_minutes_signature_table_stays_61498",
                    table="tenders_minutessignature",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="minutessignature",
            trigger=pgtrigger.compiler.Trigger(
                name="minutes_signature_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_minutessignature', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="0471701757cdb975828f7a665eb974359b0cbaec",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_minutes_signature_insert_recorded_baf44",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_minutessignature",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="keydestruction",
            trigger=pgtrigger.compiler.Trigger(
                name="key_destruction_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of key_destruction are written once and stay' USING ERRCODE = 'PT002';",
                    hash="af9ffa00fabbe8250eb92173aa3493d5d641b5ab",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_key_destruction_rows_stay_526b7",
                    table="tenders_keydestruction",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="keydestruction",
            trigger=pgtrigger.compiler.Trigger(
                name="key_destruction_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of key_destruction are written once and stay' USING ERRCODE = 'PT002';",
                    hash="cf0bed1a82d442bb520324b5683cff9a0df1f190",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_key_destruction_table_stays_a2c1d",
                    table="tenders_keydestruction",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="keydestruction",
            trigger=pgtrigger.compiler.Trigger(
                name="key_destruction_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_keydestruction', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="af58114d544dbcc1edc5f7bbd2afa564f8724576",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_key_destruction_insert_recorded_01a2f",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_keydestruction",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="keydestruction",
            trigger=pgtrigger.compiler.Trigger(
                name="key_destruction_in_order",
                sql=core.triggers.FirmTriggerSql(
                    func="\n                    IF NOT tender_is_over((SELECT tender_id FROM tenders_opener WHERE id = NEW.opener_id)) THEN\n                        RAISE EXCEPTION 'keys are kept until nothing can be opened any more' USING ERRCODE = 'PT003';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="223c5aa128927f0098777c946f924e272032f740",
                    operation="INSERT",
                    pgid="pgtrigger_key_destruction_in_order_69009",
                    table="tenders_keydestruction",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="canary",
            trigger=pgtrigger.compiler.Trigger(
                name="canary_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."opener_id" IS DISTINCT FROM NEW."opener_id" OR OLD."document" IS DISTINCT FROM NEW."document" OR OLD."seal" IS DISTINCT FROM NEW."seal" OR OLD."expected" IS DISTINCT FROM NEW."expected" OR OLD."public_key" IS DISTINCT FROM NEW."public_key" OR OLD."issued_at" IS DISTINCT FROM NEW."issued_at" OR OLD."issued_by_id" IS DISTINCT FROM NEW."issued_by_id")',
                    func="RAISE EXCEPTION 'what a row of canary says stays' USING ERRCODE = 'PT002';",
                    hash="d0da5399f2f159b67b06e710961087007dd0ef61",
                    operation="UPDATE",
                    pgid="pgtrigger_canary_facts_stay_980fb",
                    table="tenders_canary",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="canary",
            trigger=pgtrigger.compiler.Trigger(
                name="canary_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of canary remain' USING ERRCODE = 'PT002';",
                    hash="794feaa7bb48c5f147fc81346883e94650878c64",
                    operation="DELETE",
                    pgid="pgtrigger_canary_rows_remain_8494c",
                    table="tenders_canary",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="canary",
            trigger=pgtrigger.compiler.Trigger(
                name="canary_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_canary', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="e3ff91c8001edcececa6d5621b7fd542e52067e4",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_canary_insert_recorded_49cf5",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_canary",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="canary",
            trigger=pgtrigger.compiler.Trigger(
                name="canary_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'tenders_canary\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="fb3703098cb46f408ef641ac5a65fe7cb04c293e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_canary_update_recorded_b826a",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="tenders_canary",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="canary",
            trigger=pgtrigger.compiler.Trigger(
                name="canary_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_canary', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="accd788210f1863e6cf05dd8c0fea341fd28fa5b",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_canary_delete_recorded_c549d",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="tenders_canary",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="canary",
            trigger=pgtrigger.compiler.Trigger(
                name="canary_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of canary are removed one by one' USING ERRCODE = 'PT002';",
                    hash="74422a9d344034e63881d513023e025991551dce",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_canary_not_emptied_5912f",
                    table="tenders_canary",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="minutes",
            trigger=pgtrigger.compiler.Trigger(
                name="minutes_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of minutes are written once and stay' USING ERRCODE = 'PT002';",
                    hash="776f773219e892797f27631feaa6a7e6479386b8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_minutes_rows_stay_d3dcf",
                    table="tenders_minutes",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="minutes",
            trigger=pgtrigger.compiler.Trigger(
                name="minutes_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of minutes are written once and stay' USING ERRCODE = 'PT002';",
                    hash="aac2b0829464d28229bdea51a0ef37ac29b139d0",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_minutes_table_stays_8d0d9",
                    table="tenders_minutes",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="minutes",
            trigger=pgtrigger.compiler.Trigger(
                name="minutes_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_minutes', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="b7d91cda6dd2db9687ce2fefde7e2bb67f3d0d7d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_minutes_insert_recorded_63fde",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_minutes",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="openedenvelope",
            trigger=pgtrigger.compiler.Trigger(
                name="opened_envelope_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of opened_envelope are written once and stay' USING ERRCODE = 'PT002';",
                    hash="15223105187840acc1db105843478eddb2d01333",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_opened_envelope_rows_stay_c1797",
                    table="tenders_openedenvelope",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="openedenvelope",
            trigger=pgtrigger.compiler.Trigger(
                name="opened_envelope_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of opened_envelope are written once and stay' USING ERRCODE = 'PT002';",
                    hash="31e5ee516865d74e66826b9689d6e5b775a77447",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_opened_envelope_table_stays_65857",
                    table="tenders_openedenvelope",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="openedenvelope",
            trigger=pgtrigger.compiler.Trigger(
                name="opened_envelope_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_openedenvelope', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="94c6d79146b914eecfad97027af0dcbe4b0a47d7",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_opened_envelope_insert_recorded_8f416",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_openedenvelope",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="openedenvelope",
            trigger=pgtrigger.compiler.Trigger(
                name="opened_envelope_in_order",
                sql=core.triggers.FirmTriggerSql(
                    func="\n                    IF NEW.outcome = 'not_revealed' THEN\n                        IF NOT EXISTS (\n                            SELECT FROM tenders_revealcall c\n                            JOIN tenders_bidversion v ON v.tender_id = c.tender_id AND v.id = NEW.version_id\n                                AND v.bid_id = NEW.bid_id\n                            WHERE c.published_at IS NOT NULL AND c.due_at <= platform_clock()\n                        ) OR EXISTS (\n                            SELECT FROM tenders_reveal r WHERE r.version_id = NEW.version_id\n                                AND CASE NEW.envelope WHEN 'technical' THEN r.technical_sha256\n                                    ELSE r.commercial_sha256 END <> ''\n                        ) THEN\n                            RAISE EXCEPTION 'silence is said after the hour of the call, of who was silent'\n                                USING ERRCODE = 'PT003';\n                        END IF;\n                    ELSIF NOT EXISTS (\n                        SELECT FROM tenders_openingrequest r\n                        JOIN tenders_close c ON c.tender_id = r.tender_id\n                        JOIN tenders_bid b ON b.lot_id = r.lot_id AND b.id = NEW.bid_id\n                        JOIN tenders_tender t ON t.id = r.tender_id\n                        JOIN tenders_bidversion v ON v.bid_id = b.id AND v.id = NEW.version_id AND v.kind = 'bid'\n                            AND v.terms = t.terms\n                        WHERE r.id = NEW.request_id AND (\n                            r.envelope = NEW.envelope\n                            OR r.envelope = 'reveal-' || NEW.envelope AND EXISTS (\n                                SELECT FROM tenders_reveal WHERE version_id = NEW.version_id)\n                        )\n                    ) THEN\n                        RAISE EXCEPTION 'an envelope is opened only on request' USING ERRCODE = 'PT003';\n                    END IF;\n                    IF NEW.envelope = 'commercial' AND NOT EXISTS (\n                        SELECT FROM tenders_qualification q\n                        JOIN tenders_bid b ON b.id = q.bid_id\n                        JOIN tenders_lot l ON l.id = b.lot_id AND l.technical_result_id = q.result_id\n                        JOIN tenders_technicalresult t ON t.id = q.result_id\n                        WHERE q.id = NEW.qualification_id AND q.bid_id = NEW.bid_id\n                            AND q.verdict = 'qualified' AND t.final_at <= platform_clock()\n                    ) THEN\n                        RAISE EXCEPTION 'a price is opened only for a bid that passed' USING ERRCODE = 'PT003';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="68a41db9888b31eedd80b68bbd0dca959e9c5f62",
                    operation="INSERT",
                    pgid="pgtrigger_opened_envelope_in_order_b38e9",
                    table="tenders_openedenvelope",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="ranking",
            trigger=pgtrigger.compiler.Trigger(
                name="ranking_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of ranking are written once and stay' USING ERRCODE = 'PT002';",
                    hash="dd8166a542bf81b0b933fcf90c2ccea88e3a629c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_ranking_rows_stay_2b4c2",
                    table="tenders_ranking",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="ranking",
            trigger=pgtrigger.compiler.Trigger(
                name="ranking_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of ranking are written once and stay' USING ERRCODE = 'PT002';",
                    hash="d69206228a4729e1b00030b135fab136a5567c5f",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_ranking_table_stays_1254c",
                    table="tenders_ranking",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="ranking",
            trigger=pgtrigger.compiler.Trigger(
                name="ranking_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_ranking', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="3977dc0896bdc555e484d54c23d44ff9f8b39359",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_ranking_insert_recorded_810de",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_ranking",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="receipt",
            trigger=pgtrigger.compiler.Trigger(
                name="receipt_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of receipt are written once and stay' USING ERRCODE = 'PT002';",
                    hash="f60879d8c1b9e32cd91861b642d59d15dbc6a543",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_receipt_rows_stay_432b5",
                    table="tenders_receipt",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="receipt",
            trigger=pgtrigger.compiler.Trigger(
                name="receipt_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of receipt are written once and stay' USING ERRCODE = 'PT002';",
                    hash="75b370147c55808c34554a730019edf89a46ef78",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_receipt_table_stays_f1cbc",
                    table="tenders_receipt",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="receipt",
            trigger=pgtrigger.compiler.Trigger(
                name="receipt_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_receipt', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="bd7e3d3b20723afca44c02120b2bb94b09e912c4",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_receipt_insert_recorded_e516a",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_receipt",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="release",
            trigger=pgtrigger.compiler.Trigger(
                name="release_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of release are written once and stay' USING ERRCODE = 'PT002';",
                    hash="bd1bed08fbaba8c7dacd716aead1edd77f0e391e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_release_rows_stay_e34e1",
                    table="tenders_release",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="release",
            trigger=pgtrigger.compiler.Trigger(
                name="release_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of release are written once and stay' USING ERRCODE = 'PT002';",
                    hash="649acdb3d7da79dd4c22dcac1dc4c1a73e5475ac",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_release_table_stays_99b1b",
                    table="tenders_release",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="release",
            trigger=pgtrigger.compiler.Trigger(
                name="release_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_release', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="26185646fd4c43bbce41a3bf00ece511db53cbce",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_release_insert_recorded_86ef7",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_release",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="reveal",
            trigger=pgtrigger.compiler.Trigger(
                name="reveal_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="IF TG_OP = 'UPDATE' THEN IF \n    keys_are_gone((SELECT tender_id FROM tenders_bid WHERE id = OLD.bid_id))\n    AND to_jsonb(NEW) - '{technical,commercial}'::text[] = to_jsonb(OLD) - '{technical,commercial}'::text[]\n    AND (NEW.technical IS NULL OR NEW.technical = OLD.technical)\n    AND (NEW.commercial IS NULL OR NEW.commercial = OLD.commercial)\n    AND NOT EXISTS (\n        SELECT FROM tenders_openedenvelope WHERE version_id = OLD.version_id AND request_id IS NOT NULL\n            AND (envelope = 'technical' AND NEW.technical IS NULL OR envelope = 'commercial' AND NEW.commercial IS NULL)\n    )\n THEN RETURN NEW; END IF; END IF; RAISE EXCEPTION 'the rows of reveal are written once and stay' USING ERRCODE = 'PT002';",
                    hash="0d186e8591bb57d2dacff16aaca8fd3904af3625",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_reveal_rows_stay_ddebc",
                    table="tenders_reveal",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="reveal",
            trigger=pgtrigger.compiler.Trigger(
                name="reveal_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of reveal are written once and stay' USING ERRCODE = 'PT002';",
                    hash="a2324ab5d98e3b7496e40b9a8f1e0b401fef55af",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_reveal_table_stays_c5a08",
                    table="tenders_reveal",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="reveal",
            trigger=pgtrigger.compiler.Trigger(
                name="reveal_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_reveal', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="8d5c8910d4602c93b7fad290e8fa283a69dc37c0",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_reveal_insert_recorded_5a8e3",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_reveal",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="reveal",
            trigger=pgtrigger.compiler.Trigger(
                name="reveal_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'tenders_reveal\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="d9f799e313de97c844dc31a0f83111c9b5554b2b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_reveal_update_recorded_5b120",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="tenders_reveal",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="reveal",
            trigger=pgtrigger.compiler.Trigger(
                name="reveal_in_time",
                sql=core.triggers.FirmTriggerSql(
                    declare="DECLARE until timestamptz;",
                    func="\n                    -- Shared with other reveals, exclusive to the opening, like the bids themselves.\n                    PERFORM pg_advisory_xact_lock_shared(hashtextextended('tender', b.tender_id))\n                        FROM tenders_bid b WHERE b.id = NEW.bid_id;\n                    SELECT c.due_at INTO until FROM tenders_revealcall c\n                        JOIN tenders_tender t ON t.id = c.tender_id AND t.status = 'published'\n                        JOIN tenders_bidversion v ON v.tender_id = t.id AND v.terms = t.terms\n                        WHERE c.id = NEW.call_id AND c.published_at IS NOT NULL\n                            AND v.id = NEW.version_id AND v.bid_id = NEW.bid_id AND v.kind = 'bid';\n                    IF until IS NULL THEN\n                        RAISE EXCEPTION 'nobody has called for the seeds of this bid' USING ERRCODE = 'PT003';\n                    END IF;\n                    NEW.received_at := platform_clock();\n                    IF NEW.received_at >= until THEN\n                        RAISE EXCEPTION 'LATE' USING ERRCODE = 'PT001', DETAIL = NEW.received_at::text;\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="93416a23f21b3e9562b010bf250871a830f415ac",
                    operation="INSERT",
                    pgid="pgtrigger_reveal_in_time_33e06",
                    table="tenders_reveal",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="round",
            trigger=pgtrigger.compiler.Trigger(
                name="round_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of round are written once and stay' USING ERRCODE = 'PT002';",
                    hash="db5d191262d25f845a7d89a8d0ccff312d09a1bf",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_round_rows_stay_aa284",
                    table="tenders_round",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="round",
            trigger=pgtrigger.compiler.Trigger(
                name="round_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of round are written once and stay' USING ERRCODE = 'PT002';",
                    hash="6862ab073c77875f23583f3aa969eb35901e230f",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_round_table_stays_81538",
                    table="tenders_round",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="round",
            trigger=pgtrigger.compiler.Trigger(
                name="round_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_round', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="e367810c5ba9f046d9336e8b968eb20e5665d2b3",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_round_insert_recorded_c8540",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_round",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="judgedagain",
            trigger=pgtrigger.compiler.Trigger(
                name="judged_again_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of judged_again are written once and stay' USING ERRCODE = 'PT002';",
                    hash="4545f76a564cc0240f70a200e4f291734953b527",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_judged_again_rows_stay_24751",
                    table="tenders_judgedagain",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="judgedagain",
            trigger=pgtrigger.compiler.Trigger(
                name="judged_again_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of judged_again are written once and stay' USING ERRCODE = 'PT002';",
                    hash="78007d43ca567e030c23cfb550915da481cbdcfe",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_judged_again_table_stays_93da4",
                    table="tenders_judgedagain",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="judgedagain",
            trigger=pgtrigger.compiler.Trigger(
                name="judged_again_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_judgedagain', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="a18c2225d3ef330436fe41402327e2d6df2b03e0",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_judged_again_insert_recorded_31372",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_judgedagain",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="score",
            trigger=pgtrigger.compiler.Trigger(
                name="score_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."bid_id" IS DISTINCT FROM NEW."bid_id" OR OLD."criterion_id" IS DISTINCT FROM NEW."criterion_id" OR OLD."evaluator_id" IS DISTINCT FROM NEW."evaluator_id" OR OLD."round" IS DISTINCT FROM NEW."round")',
                    func="RAISE EXCEPTION 'what a row of score says stays' USING ERRCODE = 'PT002';",
                    hash="ca10afefb57ac7cea5ff1b375bf684a15f40c653",
                    operation="UPDATE",
                    pgid="pgtrigger_score_facts_stay_8060d",
                    table="tenders_score",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="score",
            trigger=pgtrigger.compiler.Trigger(
                name="score_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_score', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="dfcac165ac87e8de030c189982a4d285111ff9bb",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_score_insert_recorded_2a9d4",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_score",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="score",
            trigger=pgtrigger.compiler.Trigger(
                name="score_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'tenders_score\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="b705d0721a780a04321ac34b743748fb119dda7e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_score_update_recorded_1b435",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="tenders_score",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="score",
            trigger=pgtrigger.compiler.Trigger(
                name="score_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_score', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="aedbf2e919021334a46f5e4eee923108bcab4de8",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_score_delete_recorded_3bc6b",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="tenders_score",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="score",
            trigger=pgtrigger.compiler.Trigger(
                name="score_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of score are removed one by one' USING ERRCODE = 'PT002';",
                    hash="53896c915829e4ccc4b4331e06fdd6b1736f3ac3",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_score_not_emptied_6a3af",
                    table="tenders_score",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="score",
            trigger=pgtrigger.compiler.Trigger(
                name="score_signed_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="\n    IF EXISTS (\n        SELECT FROM tenders_evaluationsignature signature JOIN tenders_bid bid ON bid.lot_id = signature.lot_id\n        WHERE bid.id = OLD.bid_id AND signature.round = OLD.round AND signature.evaluator_id = OLD.evaluator_id\n    ) THEN\n        RAISE EXCEPTION 'what evaluators signed stays' USING ERRCODE = 'PT002';\n    END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n",
                    hash="3bced88b53a639e751661c0c83a3fcae92200810",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_score_signed_stays_fd17e",
                    table="tenders_score",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="sealedattachment",
            trigger=pgtrigger.compiler.Trigger(
                name="sealed_attachment_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of sealed_attachment are written once and stay' USING ERRCODE = 'PT002';",
                    hash="1584e0245de258c1503bbb31bc5ec5726dac8dc7",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_sealed_attachment_rows_stay_9d185",
                    table="tenders_sealedattachment",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="sealedattachment",
            trigger=pgtrigger.compiler.Trigger(
                name="sealed_attachment_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of sealed_attachment are written once and stay' USING ERRCODE = 'PT002';",
                    hash="ee069ad6326e7280be225869f09e6d5fc62229b4",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_sealed_attachment_table_stays_4b0d0",
                    table="tenders_sealedattachment",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="sealedattachment",
            trigger=pgtrigger.compiler.Trigger(
                name="sealed_attachment_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_sealedattachment', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="ec2c64cd613cd55e74d27dd4fa8382f8ace84f73",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_sealed_attachment_insert_recorded_ee774",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_sealedattachment",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="attachmentchunk",
            trigger=pgtrigger.compiler.Trigger(
                name="attachment_chunk_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="IF TG_OP = 'UPDATE' THEN IF \n    NEW.data IS NULL AND to_jsonb(NEW) - 'data' = to_jsonb(OLD) - 'data' AND (\n        SELECT keys_are_gone(bid.tender_id) FROM tenders_sealedattachment AS attached\n        JOIN tenders_bid AS bid ON bid.id = attached.bid_id WHERE attached.id = OLD.attachment_id\n    )\n THEN RETURN NEW; END IF; END IF; RAISE EXCEPTION 'the rows of attachment_chunk are written once and stay' USING ERRCODE = 'PT002';",
                    hash="4874ab87c8005dced0cc17bf82fd6fbf17d016f3",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_attachment_chunk_rows_stay_fa57b",
                    table="tenders_attachmentchunk",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="attachmentchunk",
            trigger=pgtrigger.compiler.Trigger(
                name="attachment_chunk_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of attachment_chunk are written once and stay' USING ERRCODE = 'PT002';",
                    hash="7a1a859363b5187ec6eba14450d09f7c5affb748",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_attachment_chunk_table_stays_4773c",
                    table="tenders_attachmentchunk",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="attachmentchunk",
            trigger=pgtrigger.compiler.Trigger(
                name="attachment_chunk_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_attachmentchunk', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="0a8a23545d88b5ad09f82703e64e31d21c8e4d31",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_attachment_chunk_insert_recorded_c7b67",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_attachmentchunk",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="attachmentchunk",
            trigger=pgtrigger.compiler.Trigger(
                name="attachment_chunk_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'tenders_attachmentchunk\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="e71b5a87328a590af450c6f3fab05f8cd944672d",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_attachment_chunk_update_recorded_8ec70",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="tenders_attachmentchunk",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="attachmentchunk",
            trigger=pgtrigger.compiler.Trigger(
                name="attachment_chunk_as_declared",
                sql=core.triggers.FirmTriggerSql(
                    func="\n                    IF NOT EXISTS (\n                        SELECT FROM tenders_sealedattachment\n                        WHERE id = NEW.attachment_id AND NEW.number < count\n                            AND hashes[NEW.number + 1] = encode(sha256(NEW.data), 'hex')\n                    ) THEN\n                        RAISE EXCEPTION 'not the chunk that was declared' USING ERRCODE = 'PT002';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="425b6f62d485ca98f1a2ab3ac99a769a19ee29c3",
                    operation="INSERT",
                    pgid="pgtrigger_attachment_chunk_as_declared_d88b6",
                    table="tenders_attachmentchunk",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="technicalresult",
            trigger=pgtrigger.compiler.Trigger(
                name="technical_result_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of technical_result are written once and stay' USING ERRCODE = 'PT002';",
                    hash="652a2bbe6f656ea7fe6fd35cbf9ee2e496c10daf",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_technical_result_rows_stay_7e54a",
                    table="tenders_technicalresult",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="technicalresult",
            trigger=pgtrigger.compiler.Trigger(
                name="technical_result_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of technical_result are written once and stay' USING ERRCODE = 'PT002';",
                    hash="ff01b490b6b873bf42896fc0b851dac4910c9104",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_technical_result_table_stays_75cdc",
                    table="tenders_technicalresult",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="technicalresult",
            trigger=pgtrigger.compiler.Trigger(
                name="technical_result_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_technicalresult', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="bd3df5c7f2f7a7964db6a093fa06f93096b9155c",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_technical_result_insert_recorded_fb2b4",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_technicalresult",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="qualification",
            trigger=pgtrigger.compiler.Trigger(
                name="qualification_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of qualification are written once and stay' USING ERRCODE = 'PT002';",
                    hash="34a29390e7968229036363a4cd98cb1a4362a09b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_qualification_rows_stay_8cf1e",
                    table="tenders_qualification",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="qualification",
            trigger=pgtrigger.compiler.Trigger(
                name="qualification_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of qualification are written once and stay' USING ERRCODE = 'PT002';",
                    hash="88011931a297186608d66c1caff2d9edb717cc9f",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_qualification_table_stays_0d7f7",
                    table="tenders_qualification",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="qualification",
            trigger=pgtrigger.compiler.Trigger(
                name="qualification_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_qualification', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="b90fca46db72742de51e22aad3acca88acf8ea2d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_qualification_insert_recorded_9936e",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_qualification",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="tender",
            trigger=pgtrigger.compiler.Trigger(
                name="tender_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."agency_id" IS DISTINCT FROM NEW."agency_id" OR OLD."status" IS DISTINCT FROM NEW."status" AND OLD."status" || \'>\' || NEW."status" NOT IN (\'draft>cancelled\', \'draft>published\', \'published>cancelled\') OR OLD."demo" IS DISTINCT FROM NEW."demo" OR OLD."published_at" IS NOT NULL AND OLD."published_at" IS DISTINCT FROM NEW."published_at" OR OLD."published_by_id" IS NOT NULL AND OLD."published_by_id" IS DISTINCT FROM NEW."published_by_id" OR OLD."cancelled_at" IS NOT NULL AND OLD."cancelled_at" IS DISTINCT FROM NEW."cancelled_at" OR OLD."cancelled_by_id" IS NOT NULL AND OLD."cancelled_by_id" IS DISTINCT FROM NEW."cancelled_by_id" OR OLD."cancel_reason" <> \'\' AND OLD."cancel_reason" IS DISTINCT FROM NEW."cancel_reason")',
                    func="RAISE EXCEPTION 'what a row of tender says stays' USING ERRCODE = 'PT002';",
                    hash="59d1e832ddefe1c173ce2879490829c11a3039d6",
                    operation="UPDATE",
                    pgid="pgtrigger_tender_facts_stay_c0ce6",
                    table="tenders_tender",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="tender",
            trigger=pgtrigger.compiler.Trigger(
                name="tender_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of tender remain' USING ERRCODE = 'PT002';",
                    hash="44a16606938d4eeb67348e4e59432ed98760f10b",
                    operation="DELETE",
                    pgid="pgtrigger_tender_rows_remain_60ebf",
                    table="tenders_tender",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="tender",
            trigger=pgtrigger.compiler.Trigger(
                name="tender_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_tender', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="92ce4579fd80ecd7b6aaed4b268ccc1488650844",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_tender_insert_recorded_c68eb",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_tender",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="tender",
            trigger=pgtrigger.compiler.Trigger(
                name="tender_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'tenders_tender\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="d29eb1776de7ccdca5eed76798c2c47e8e78f945",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_tender_update_recorded_031cf",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="tenders_tender",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="tender",
            trigger=pgtrigger.compiler.Trigger(
                name="tender_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_tender', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="35d31c5a482835bb8b8e21d23a271231d0e4f9ff",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_tender_delete_recorded_5d37c",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="tenders_tender",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="tender",
            trigger=pgtrigger.compiler.Trigger(
                name="tender_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of tender are removed one by one' USING ERRCODE = 'PT002';",
                    hash="af95a13dc524443fc761c575d2af544e6a909288",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_tender_not_emptied_f8f15",
                    table="tenders_tender",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="tender",
            trigger=pgtrigger.compiler.Trigger(
                name="tender_noticed_stays",
                sql=core.triggers.FirmTriggerSql(
                    condition="WHEN (OLD.published_at IS NOT NULL AND (OLD.title IS DISTINCT FROM NEW.title OR OLD.kind IS DISTINCT FROM NEW.kind OR OLD.region_id IS DISTINCT FROM NEW.region_id OR OLD.window_id IS DISTINCT FROM NEW.window_id OR OLD.envelopes IS DISTINCT FROM NEW.envelopes OR OLD.openers_needed IS DISTINCT FROM NEW.openers_needed OR OLD.rule_set_id IS DISTINCT FROM NEW.rule_set_id OR OLD.rules IS DISTINCT FROM NEW.rules))",
                    func="RAISE EXCEPTION 'what stands in a published notice stays' USING ERRCODE = 'PT006';",
                    hash="0b3c1c46c484096daafe3ace2e7652d7dc535064",
                    operation="UPDATE",
                    pgid="pgtrigger_tender_noticed_stays_60433",
                    table="tenders_tender",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="tender",
            trigger=pgtrigger.compiler.Trigger(
                name="tender_published_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="\n                    IF OLD.published_at IS NULL OR (\n                        NEW.status, NEW.deadline, NEW.terms, NEW.notice, NEW.published_at\n                    ) IS NOT DISTINCT FROM (OLD.status, OLD.deadline, OLD.terms, OLD.notice, OLD.published_at) THEN\n                        RETURN NEW;\n                    END IF;\n                    -- Exclusive, as the close takes it: bids in flight come first, and of close and extension one wins.\n                    PERFORM pg_advisory_xact_lock(hashtextextended('tender', OLD.id));\n                    IF OLD.status <> 'published' OR NEW.status NOT IN ('published', 'cancelled')\n                        OR NEW.published_at IS DISTINCT FROM OLD.published_at THEN\n                        RAISE EXCEPTION 'what was published stays so' USING ERRCODE = 'PT006';\n                    END IF;\n                    IF NEW.status = 'cancelled' AND NOT EXISTS (\n                        SELECT FROM tenders_change\n                        WHERE tender_id = OLD.id AND kind = 'cancellation' AND status = 'approved'\n                    ) THEN\n                        RAISE EXCEPTION 'a published tender is cancelled by two people' USING ERRCODE = 'PT006';\n                    END IF;\n                    IF (NEW.deadline, NEW.terms, NEW.notice)\n                        IS NOT DISTINCT FROM (OLD.deadline, OLD.terms, OLD.notice) THEN\n                        RETURN NEW;\n                    END IF;\n                    IF platform_clock() >= OLD.deadline\n                        OR EXISTS (SELECT FROM tenders_close WHERE tender_id = OLD.id) THEN\n                        RAISE EXCEPTION 'CLOSED' USING ERRCODE = 'PT005';\n                    END IF;\n                    IF NEW.deadline IS DISTINCT FROM OLD.deadline AND (NEW.deadline > OLD.deadline AND EXISTS (\n                        SELECT FROM tenders_change\n                        WHERE tender_id = OLD.id AND status = 'approved' AND deadline = NEW.deadline\n                    )) IS NOT TRUE THEN\n                        RAISE EXCEPTION 'a deadline is only extended, by two people' USING ERRCODE = 'PT006';\n                    END IF;\n                    IF (NEW.terms, NEW.notice) IS DISTINCT FROM (OLD.terms, OLD.notice) AND NOT EXISTS (\n                        SELECT FROM tenders_tendernotice n JOIN tenders_change c ON c.id = n.change_id\n                        WHERE n.tender_id = OLD.id AND n.sha256 = NEW.terms AND n.document = NEW.notice\n                            AND c.kind = 'amendment' AND c.status = 'approved'\n                    ) THEN\n                        RAISE EXCEPTION 'a notice is only amended, by two people' USING ERRCODE = 'PT006';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="c4da7c0c70fdd9965317cb0e57d7bbab9655c5ee",
                    operation="UPDATE",
                    pgid="pgtrigger_tender_published_stays_3f216",
                    table="tenders_tender",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="revealcall",
            trigger=pgtrigger.compiler.Trigger(
                name="reveal_call_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."tender_id" IS DISTINCT FROM NEW."tender_id" OR OLD."document" IS NOT NULL AND OLD."document" IS DISTINCT FROM NEW."document" OR OLD."sha256" <> \'\' AND OLD."sha256" IS DISTINCT FROM NEW."sha256" OR OLD."published_at" IS NOT NULL AND OLD."published_at" IS DISTINCT FROM NEW."published_at" OR OLD."published_by_id" IS NOT NULL AND OLD."published_by_id" IS DISTINCT FROM NEW."published_by_id")',
                    func="RAISE EXCEPTION 'what a row of reveal_call says stays' USING ERRCODE = 'PT002';",
                    hash="36b5db8aa0cec1d612d9d3c877d34629552d94f2",
                    operation="UPDATE",
                    pgid="pgtrigger_reveal_call_facts_stay_69d5b",
                    table="tenders_revealcall",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="revealcall",
            trigger=pgtrigger.compiler.Trigger(
                name="reveal_call_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of reveal_call remain' USING ERRCODE = 'PT002';",
                    hash="d0881549c35d58cd0096a13c23ffab216100e5c3",
                    operation="DELETE",
                    pgid="pgtrigger_reveal_call_rows_remain_83d83",
                    table="tenders_revealcall",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="revealcall",
            trigger=pgtrigger.compiler.Trigger(
                name="reveal_call_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_revealcall', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="a3c149ba4c82c87e9885fac5024bfcc976d597f7",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_reveal_call_insert_recorded_434a2",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_revealcall",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="revealcall",
            trigger=pgtrigger.compiler.Trigger(
                name="reveal_call_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'tenders_revealcall\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="08a5b6efab11acb625c87b299ad33a8648c56b28",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_reveal_call_update_recorded_2231e",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="tenders_revealcall",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="revealcall",
            trigger=pgtrigger.compiler.Trigger(
                name="reveal_call_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_revealcall', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="d94c378a32e93c87eb60a08dc66b50fc9956f1e4",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_reveal_call_delete_recorded_02bac",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="tenders_revealcall",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="revealcall",
            trigger=pgtrigger.compiler.Trigger(
                name="reveal_call_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of reveal_call are removed one by one' USING ERRCODE = 'PT002';",
                    hash="92cfdff134c235fa904a1fa9632ff1f64b57d5ce",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_reveal_call_not_emptied_d0628",
                    table="tenders_revealcall",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="revealcall",
            trigger=pgtrigger.compiler.Trigger(
                name="reveal_call_needs_two_people",
                sql=core.triggers.FirmTriggerSql(
                    func="\n                    IF NOT EXISTS (SELECT FROM tenders_close WHERE tender_id = NEW.tender_id) THEN\n                        RAISE EXCEPTION 'seeds are called for after the close' USING ERRCODE = 'PT003';\n                    END IF;\n                    IF TG_OP = 'INSERT' AND NEW.published_at IS NOT NULL THEN\n                        RAISE EXCEPTION 'a call begins with one person' USING ERRCODE = 'PT006';\n                    END IF;\n                    IF TG_OP = 'UPDATE' AND (\n                        OLD.published_at IS NOT NULL OR OLD.tender_id <> NEW.tender_id\n                        OR NEW.published_at IS NOT NULL AND (NEW.reason, NEW.due_at, NEW.called_by_id)\n                            IS DISTINCT FROM (OLD.reason, OLD.due_at, OLD.called_by_id)\n                    ) THEN\n                        RAISE EXCEPTION 'a call is published as it was made, and stays' USING ERRCODE = 'PT006';\n                    END IF;\n                    IF (SELECT person_id FROM accounts_seat WHERE id = NEW.published_by_id)\n                        = (SELECT person_id FROM accounts_seat WHERE id = NEW.called_by_id) THEN\n                        RAISE EXCEPTION 'a call needs two people' USING ERRCODE = 'PT006';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="3798f7665d0a5de031313be6ae7e02245e2f514f",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_reveal_call_needs_two_people_6ec10",
                    table="tenders_revealcall",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="revealcall",
            trigger=pgtrigger.compiler.Trigger(
                name="reveal_call_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'a call stays on record' USING ERRCODE = 'PT002';",
                    hash="02ea5ab7f770f34e1b0ccc756d891b68e0ae0d0d",
                    operation="DELETE",
                    pgid="pgtrigger_reveal_call_stays_65b6a",
                    table="tenders_revealcall",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="part",
            trigger=pgtrigger.compiler.Trigger(
                name="part_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of part are written once and stay' USING ERRCODE = 'PT002';",
                    hash="557b61106e98a2f2352eb53eb057fe6137586a3d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_part_rows_stay_01341",
                    table="tenders_part",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="part",
            trigger=pgtrigger.compiler.Trigger(
                name="part_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of part are written once and stay' USING ERRCODE = 'PT002';",
                    hash="614b4fcbfe253136b08264503fece1638c6fa397",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_part_table_stays_f9c88",
                    table="tenders_part",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="part",
            trigger=pgtrigger.compiler.Trigger(
                name="part_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_part', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="1674d573d425e60a7369687e0a92b0fc55092403",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_part_insert_recorded_e239a",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_part",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="openingrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="opening_request_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of opening_request are written once and stay' USING ERRCODE = 'PT002';",
                    hash="d9f247a056acb06715ef624b7e58ace338d6134e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_opening_request_rows_stay_7481f",
                    table="tenders_openingrequest",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="openingrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="opening_request_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of opening_request are written once and stay' USING ERRCODE = 'PT002';",
                    hash="c227bdda6cc39ab32d9a482a6536864b0fe321ac",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_opening_request_table_stays_261bf",
                    table="tenders_openingrequest",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="openingrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="opening_request_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_openingrequest', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="887970e2b6862b20f7fb75da80c97997e904c8f2",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_opening_request_insert_recorded_8e786",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_openingrequest",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="openingrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="opening_request_in_order",
                sql=core.triggers.FirmTriggerSql(
                    func="\n                    IF NOT EXISTS (SELECT FROM tenders_close WHERE tender_id = NEW.tender_id) THEN\n                        RAISE EXCEPTION 'nobody is asked to open before the close' USING ERRCODE = 'PT003';\n                    END IF;\n                    IF (NEW.envelope LIKE 'reveal-%') IS DISTINCT FROM EXISTS (\n                        SELECT FROM tenders_revealcall\n                        WHERE tender_id = NEW.tender_id AND published_at IS NOT NULL\n                    ) THEN\n                        RAISE EXCEPTION 'seeds are asked for after a call, and then nothing else'\n                            USING ERRCODE = 'PT003';\n                    END IF;\n                    IF EXISTS (\n                        SELECT FROM tenders_revealcall WHERE tender_id = NEW.tender_id AND due_at > platform_clock()\n                    ) THEN\n                        RAISE EXCEPTION 'the hour of the call has not come' USING ERRCODE = 'PT003';\n                    END IF;\n                    IF NEW.envelope LIKE '%commercial' AND NOT EXISTS (\n                        SELECT FROM tenders_lot lot\n                        JOIN tenders_technicalresult result ON result.id = lot.technical_result_id\n                        WHERE lot.id = NEW.lot_id AND result.final_at <= platform_clock()\n                    ) THEN\n                        RAISE EXCEPTION 'prices wait for a final technical result' USING ERRCODE = 'PT003';\n                    END IF;\n                    IF NEW.envelope LIKE '%commercial' AND EXISTS (\n                        SELECT FROM tenders_hold WHERE lot_id = NEW.lot_id AND lifted_at IS NULL\n                    ) THEN\n                        RAISE EXCEPTION 'the lot is held' USING ERRCODE = 'PT003';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="bc997e78f53465db642f4f79081ed138632d8a10",
                    operation="INSERT",
                    pgid="pgtrigger_opening_request_in_order_c90b7",
                    table="tenders_openingrequest",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="opener",
            trigger=pgtrigger.compiler.Trigger(
                name="opener_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."tender_id" IS DISTINCT FROM NEW."tender_id" OR OLD."place" IS DISTINCT FROM NEW."place" OR OLD."seat_id" IS DISTINCT FROM NEW."seat_id" OR OLD."lost_at" IS NOT NULL AND OLD."lost_at" IS DISTINCT FROM NEW."lost_at" OR OLD."replaced_at" IS NOT NULL AND OLD."replaced_at" IS DISTINCT FROM NEW."replaced_at" OR OLD."replaced_by_id" IS NOT NULL AND OLD."replaced_by_id" IS DISTINCT FROM NEW."replaced_by_id" OR OLD."replace_reason" <> \'\' AND OLD."replace_reason" IS DISTINCT FROM NEW."replace_reason")',
                    func="RAISE EXCEPTION 'what a row of opener says stays' USING ERRCODE = 'PT002';",
                    hash="761ce743ce8400884720bfed4138b7dc0e752a19",
                    operation="UPDATE",
                    pgid="pgtrigger_opener_facts_stay_1e42f",
                    table="tenders_opener",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="opener",
            trigger=pgtrigger.compiler.Trigger(
                name="opener_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of opener remain' USING ERRCODE = 'PT002';",
                    hash="2be3d2fde1eb3a02ab23d763c1f7b19114d7d242",
                    operation="DELETE",
                    pgid="pgtrigger_opener_rows_remain_49b0f",
                    table="tenders_opener",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="opener",
            trigger=pgtrigger.compiler.Trigger(
                name="opener_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_opener', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="d3cea93d4aa7e6ef53b99257f40ac88e04b64db1",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_opener_insert_recorded_ab58a",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_opener",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="opener",
            trigger=pgtrigger.compiler.Trigger(
                name="opener_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'tenders_opener\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="930619202f86bd0a1b02717fcabf5bc250cab89b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_opener_update_recorded_11ee9",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="tenders_opener",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="opener",
            trigger=pgtrigger.compiler.Trigger(
                name="opener_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_opener', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="06cbd0758d64c18c9555e29e2a00a0bc936597b5",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_opener_delete_recorded_39206",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="tenders_opener",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="opener",
            trigger=pgtrigger.compiler.Trigger(
                name="opener_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of opener are removed one by one' USING ERRCODE = 'PT002';",
                    hash="4eaad376dc881aeb079a6fbadb72e0c71933a8c6",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_opener_not_emptied_49d9a",
                    table="tenders_opener",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="opener",
            trigger=pgtrigger.compiler.Trigger(
                name="opener_keys_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition="WHEN (OLD.public_key <> NEW.public_key OR OLD.signing_key <> NEW.signing_key)",
                    func="\n                    IF OLD.replaced_at IS NOT NULL OR EXISTS (\n                        SELECT FROM tenders_tendernotice\n                        WHERE tender_id = OLD.tender_id AND published_at >= OLD.key_made_at\n                        UNION ALL\n                        SELECT FROM tenders_revealcall\n                        WHERE tender_id = OLD.tender_id AND published_at >= OLD.key_made_at\n                    ) THEN\n                        RAISE EXCEPTION 'keys that were published stay' USING ERRCODE = 'PT002';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="b5a9c97f2e7a6ae7b3bad0177fb50c44f280dfab",
                    operation="UPDATE",
                    pgid="pgtrigger_opener_keys_stay_07a12",
                    table="tenders_opener",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="lot",
            trigger=pgtrigger.compiler.Trigger(
                name="lot_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."tender_id" IS DISTINCT FROM NEW."tender_id" OR OLD."number" IS DISTINCT FROM NEW."number" OR OLD."title" IS DISTINCT FROM NEW."title" OR OLD."offered" IS DISTINCT FROM NEW."offered" OR OLD."with_service_fee" IS DISTINCT FROM NEW."with_service_fee" OR OLD."status" IS DISTINCT FROM NEW."status" AND OLD."status" || \'>\' || NEW."status" NOT IN (\'open>ended\', \'open>evaluated\', \'evaluated>ended\', \'evaluated>open\', \'evaluated>opened\', \'opened>ended\', \'ended>open\') OR OLD."price_before" IS DISTINCT FROM NEW."price_before")',
                    func="RAISE EXCEPTION 'what a row of lot says stays' USING ERRCODE = 'PT002';",
                    hash="92305eb16b78b19ca4f347214e03b3ce71d13aeb",
                    operation="UPDATE",
                    pgid="pgtrigger_lot_facts_stay_79e57",
                    table="tenders_lot",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="lot",
            trigger=pgtrigger.compiler.Trigger(
                name="lot_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="IF (SELECT status FROM tenders_tender WHERE id = OLD.tender_id) = 'draft' THEN RETURN OLD; END IF; RAISE EXCEPTION 'the rows of lot remain' USING ERRCODE = 'PT002';",
                    hash="df36af6f6e543ee49576df7de048ead25b7ec249",
                    operation="DELETE",
                    pgid="pgtrigger_lot_rows_remain_3bc03",
                    table="tenders_lot",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="lot",
            trigger=pgtrigger.compiler.Trigger(
                name="lot_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_lot', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="8d66e5fe5088f753d21d944f64129ba1c414f5f3",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_lot_insert_recorded_d4c05",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_lot",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="lot",
            trigger=pgtrigger.compiler.Trigger(
                name="lot_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'tenders_lot\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="42a9b046654824ff58a871db4ddd0cf3e598c816",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_lot_update_recorded_fc10b",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="tenders_lot",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="lot",
            trigger=pgtrigger.compiler.Trigger(
                name="lot_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_lot', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="cbf3db491c5768f0972112d23e5a716d2c3a6793",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_lot_delete_recorded_8f569",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="tenders_lot",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="lot",
            trigger=pgtrigger.compiler.Trigger(
                name="lot_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of lot are removed one by one' USING ERRCODE = 'PT002';",
                    hash="107fd2c3b872900b24b9fa3e912f834b254d8866",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_lot_not_emptied_8367d",
                    table="tenders_lot",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="lot",
            trigger=pgtrigger.compiler.Trigger(
                name="lot_goes_back_by_a_round",
                sql=core.triggers.FirmTriggerSql(
                    func="\n                    IF NEW.round = OLD.round AND NEW.technical_result_id IS NOT DISTINCT FROM OLD.technical_result_id\n                        AND (NEW.status <> 'open' OR OLD.status = 'open') THEN\n                        RETURN NEW;\n                    END IF;\n                    IF NEW.round = OLD.round AND OLD.technical_result_id IS NULL AND NEW.status = OLD.status\n                        AND EXISTS (\n                            SELECT FROM tenders_technicalresult\n                            WHERE id = NEW.technical_result_id AND lot_id = NEW.id AND round = NEW.round\n                        ) THEN\n                        RETURN NEW;\n                    END IF;\n                    IF NEW.round = OLD.round + 1 AND NEW.technical_result_id IS NULL AND NEW.status = 'open'\n                        AND EXISTS (SELECT FROM tenders_round WHERE lot_id = NEW.id AND number = NEW.round)\n                        AND NOT EXISTS (\n                            SELECT FROM tenders_openingrequest\n                            WHERE lot_id = NEW.id AND envelope LIKE '%commercial'\n                        ) THEN\n                        RETURN NEW;\n                    END IF;\n                    RAISE EXCEPTION 'a lot goes back by a round, before its prices are asked for'\n                        USING ERRCODE = 'PT003';\n                ",
                    hash="8e10af117483becbdf44a730b6bf353a845034ab",
                    operation="UPDATE",
                    pgid="pgtrigger_lot_goes_back_by_a_round_7c08e",
                    table="tenders_lot",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="evaluator",
            trigger=pgtrigger.compiler.Trigger(
                name="evaluator_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."tender_id" IS DISTINCT FROM NEW."tender_id" OR OLD."seat_id" IS DISTINCT FROM NEW."seat_id" OR OLD."replaced_at" IS NOT NULL AND OLD."replaced_at" IS DISTINCT FROM NEW."replaced_at" OR OLD."replaced_by_id" IS NOT NULL AND OLD."replaced_by_id" IS DISTINCT FROM NEW."replaced_by_id" OR OLD."replace_reason" <> \'\' AND OLD."replace_reason" IS DISTINCT FROM NEW."replace_reason")',
                    func="RAISE EXCEPTION 'what a row of evaluator says stays' USING ERRCODE = 'PT002';",
                    hash="1c8aa0c85992811d7ae24fa401b2f9f89203f573",
                    operation="UPDATE",
                    pgid="pgtrigger_evaluator_facts_stay_86cc2",
                    table="tenders_evaluator",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="evaluator",
            trigger=pgtrigger.compiler.Trigger(
                name="evaluator_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of evaluator remain' USING ERRCODE = 'PT002';",
                    hash="0f115478ef2c75c5c0c76d7b0b7ad5204648e51c",
                    operation="DELETE",
                    pgid="pgtrigger_evaluator_rows_remain_5e909",
                    table="tenders_evaluator",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="evaluator",
            trigger=pgtrigger.compiler.Trigger(
                name="evaluator_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_evaluator', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="1e69625091cad82f6b1eff57ded983d6c412fd3f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_evaluator_insert_recorded_cb7c0",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_evaluator",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="evaluator",
            trigger=pgtrigger.compiler.Trigger(
                name="evaluator_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'tenders_evaluator\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="d4a743ae02ac8f565dca74ff27b4ab754454abba",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_evaluator_update_recorded_08cf9",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="tenders_evaluator",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="evaluator",
            trigger=pgtrigger.compiler.Trigger(
                name="evaluator_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_evaluator', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="bb4f62d680c637f38c3ed7d35a50f1b102ce2a2f",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_evaluator_delete_recorded_51ae7",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="tenders_evaluator",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="evaluator",
            trigger=pgtrigger.compiler.Trigger(
                name="evaluator_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of evaluator are removed one by one' USING ERRCODE = 'PT002';",
                    hash="dc2ffccaeae5f40ed21870554847da59788f3073",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_evaluator_not_emptied_42778",
                    table="tenders_evaluator",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="criterion",
            trigger=pgtrigger.compiler.Trigger(
                name="criterion_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."tender_id" IS DISTINCT FROM NEW."tender_id" OR OLD."number" IS DISTINCT FROM NEW."number" OR OLD."kind" IS DISTINCT FROM NEW."kind")',
                    func="RAISE EXCEPTION 'what a row of criterion says stays' USING ERRCODE = 'PT002';",
                    hash="6f961e2b0c7a69e15a9598363fa0b68cbea94aa4",
                    operation="UPDATE",
                    pgid="pgtrigger_criterion_facts_stay_dbdad",
                    table="tenders_criterion",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="criterion",
            trigger=pgtrigger.compiler.Trigger(
                name="criterion_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="IF (SELECT status FROM tenders_tender WHERE id = OLD.tender_id) = 'draft' THEN RETURN OLD; END IF; RAISE EXCEPTION 'the rows of criterion remain' USING ERRCODE = 'PT002';",
                    hash="209b11d1be8a52c57211fa7119864dd5d90b0b1c",
                    operation="DELETE",
                    pgid="pgtrigger_criterion_rows_remain_70877",
                    table="tenders_criterion",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="criterion",
            trigger=pgtrigger.compiler.Trigger(
                name="criterion_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_criterion', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="4fa5438e0c8ea65334bc2c967bbfefcf673d4f39",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_criterion_insert_recorded_aaa19",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_criterion",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="criterion",
            trigger=pgtrigger.compiler.Trigger(
                name="criterion_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'tenders_criterion\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="c2564da609f867c627f81b5b7acfce387081c302",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_criterion_update_recorded_c9ca4",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="tenders_criterion",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="criterion",
            trigger=pgtrigger.compiler.Trigger(
                name="criterion_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_criterion', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="3e701460fabbe679fa2b9348f8c176fecca5932e",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_criterion_delete_recorded_ad255",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="tenders_criterion",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="criterion",
            trigger=pgtrigger.compiler.Trigger(
                name="criterion_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of criterion are removed one by one' USING ERRCODE = 'PT002';",
                    hash="c63554f7c4ba7a69710463dd1763b223366b7a37",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_criterion_not_emptied_6723f",
                    table="tenders_criterion",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="close",
            trigger=pgtrigger.compiler.Trigger(
                name="close_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of close are written once and stay' USING ERRCODE = 'PT002';",
                    hash="596e95711b1afcd6742adaaafa782bd2f4228374",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_close_rows_stay_540f0",
                    table="tenders_close",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="close",
            trigger=pgtrigger.compiler.Trigger(
                name="close_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of close are written once and stay' USING ERRCODE = 'PT002';",
                    hash="14a65ecf7996ede11061dc522e7d2b9ffcdea3f9",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_close_table_stays_5099a",
                    table="tenders_close",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="close",
            trigger=pgtrigger.compiler.Trigger(
                name="close_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_close', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="0eb4ad34931231e30796dc25692a8984d015ea6e",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_close_insert_recorded_c4435",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_close",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="change",
            trigger=pgtrigger.compiler.Trigger(
                name="change_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."tender_id" IS DISTINCT FROM NEW."tender_id" OR OLD."number" IS DISTINCT FROM NEW."number" OR OLD."kind" IS DISTINCT FROM NEW."kind" OR OLD."status" IS DISTINCT FROM NEW."status" AND OLD."status" || \'>\' || NEW."status" NOT IN (\'proposed>approved\', \'proposed>declined\') OR OLD."reason" IS DISTINCT FROM NEW."reason" OR OLD."deadline" IS DISTINCT FROM NEW."deadline" OR OLD."terms_before" IS DISTINCT FROM NEW."terms_before" OR OLD."body" IS DISTINCT FROM NEW."body" OR OLD."differences" IS DISTINCT FROM NEW."differences" OR OLD."proposed_at" IS DISTINCT FROM NEW."proposed_at" OR OLD."proposed_by_id" IS DISTINCT FROM NEW."proposed_by_id" OR OLD."approved_at" IS NOT NULL AND OLD."approved_at" IS DISTINCT FROM NEW."approved_at" OR OLD."approved_by_id" IS NOT NULL AND OLD."approved_by_id" IS DISTINCT FROM NEW."approved_by_id" OR OLD."declined_at" IS NOT NULL AND OLD."declined_at" IS DISTINCT FROM NEW."declined_at" OR OLD."declined_by_id" IS NOT NULL AND OLD."declined_by_id" IS DISTINCT FROM NEW."declined_by_id" OR OLD."decline_reason" <> \'\' AND OLD."decline_reason" IS DISTINCT FROM NEW."decline_reason")',
                    func="RAISE EXCEPTION 'what a row of change says stays' USING ERRCODE = 'PT002';",
                    hash="27ff1cb2cc1301e6cb778666667992342404830b",
                    operation="UPDATE",
                    pgid="pgtrigger_change_facts_stay_c793b",
                    table="tenders_change",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="change",
            trigger=pgtrigger.compiler.Trigger(
                name="change_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of change remain' USING ERRCODE = 'PT002';",
                    hash="36478565da35af02cf3409d7ba4133abc49c74fb",
                    operation="DELETE",
                    pgid="pgtrigger_change_rows_remain_86e80",
                    table="tenders_change",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="change",
            trigger=pgtrigger.compiler.Trigger(
                name="change_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_change', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="a76f0c2bc899c75220dce2e14f8c60f45682f776",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_change_insert_recorded_3345e",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_change",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="change",
            trigger=pgtrigger.compiler.Trigger(
                name="change_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'tenders_change\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="db1f265d5ee59de39056e07454717d7c6710fefb",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_change_update_recorded_7c8f0",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="tenders_change",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="change",
            trigger=pgtrigger.compiler.Trigger(
                name="change_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_change', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="eadb78e1b3920cfdd49d4f1a2ad8ac3f6cbb8f89",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_change_delete_recorded_1e2f8",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="tenders_change",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="change",
            trigger=pgtrigger.compiler.Trigger(
                name="change_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of change are removed one by one' USING ERRCODE = 'PT002';",
                    hash="04ce8024bb14306d14db2a3c2150e3ce89ea01dc",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_change_not_emptied_c1320",
                    table="tenders_change",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="change",
            trigger=pgtrigger.compiler.Trigger(
                name="change_needs_two_people",
                sql=core.triggers.FirmTriggerSql(
                    func="\n                    IF TG_OP = 'INSERT' AND NEW.status <> 'proposed' THEN\n                        RAISE EXCEPTION 'a change begins as a proposal' USING ERRCODE = 'PT006';\n                    END IF;\n                    IF TG_OP = 'UPDATE' AND (OLD.status <> 'proposed' OR (\n                        NEW.tender_id, NEW.number, NEW.kind, NEW.reason, NEW.deadline,\n                        NEW.terms_before, NEW.body, NEW.differences, NEW.proposed_at, NEW.proposed_by_id\n                    ) IS DISTINCT FROM (\n                        OLD.tender_id, OLD.number, OLD.kind, OLD.reason, OLD.deadline,\n                        OLD.terms_before, OLD.body, OLD.differences, OLD.proposed_at, OLD.proposed_by_id\n                    )) THEN\n                        RAISE EXCEPTION 'what was proposed stays, and is decided once' USING ERRCODE = 'PT006';\n                    END IF;\n                    IF (SELECT person_id FROM accounts_seat WHERE id = NEW.approved_by_id)\n                        = (SELECT person_id FROM accounts_seat WHERE id = NEW.proposed_by_id) THEN\n                        RAISE EXCEPTION 'a change needs two people' USING ERRCODE = 'PT006';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="ec25dfc6ee92ec382aa90034ab06f7ce4500d4df",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_change_needs_two_people_b1df4",
                    table="tenders_change",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="change",
            trigger=pgtrigger.compiler.Trigger(
                name="change_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'what was proposed stays on record' USING ERRCODE = 'PT002';",
                    hash="2e4fdaba12eef6f15a4bed0709c4a14ce56c544c",
                    operation="DELETE",
                    pgid="pgtrigger_change_stays_a8836",
                    table="tenders_change",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="bidversion",
            trigger=pgtrigger.compiler.Trigger(
                name="bid_version_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="IF TG_OP = 'UPDATE' THEN IF \n    keys_are_gone(OLD.tender_id)\n    AND to_jsonb(NEW) - '{technical,commercial}'::text[] = to_jsonb(OLD) - '{technical,commercial}'::text[]\n    AND (NEW.technical IS NULL OR NEW.technical = OLD.technical)\n    AND (NEW.commercial IS NULL OR NEW.commercial = OLD.commercial)\n    AND NOT EXISTS (\n        SELECT FROM tenders_openedenvelope WHERE version_id = OLD.id AND request_id IS NOT NULL\n            AND (envelope = 'technical' AND NEW.technical IS NULL OR envelope = 'commercial' AND NEW.commercial IS NULL)\n    )\n THEN RETURN NEW; END IF; END IF; RAISE EXCEPTION 'the rows of bid_version are written once and stay' USING ERRCODE = 'PT002';",
                    hash="5637c96adb7c394fd1356d7a75515e1ac05183c1",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_bid_version_rows_stay_debe7",
                    table="tenders_bidversion",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="bidversion",
            trigger=pgtrigger.compiler.Trigger(
                name="bid_version_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of bid_version are written once and stay' USING ERRCODE = 'PT002';",
                    hash="d02ae483fb50718bf87cb4d41b8328a0c3c6209e",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_bid_version_table_stays_9326c",
                    table="tenders_bidversion",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="bidversion",
            trigger=pgtrigger.compiler.Trigger(
                name="bid_version_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_bidversion', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="f527a6923ad119edca862e434e2336557ad62bd4",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_bid_version_insert_recorded_8b216",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_bidversion",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="bidversion",
            trigger=pgtrigger.compiler.Trigger(
                name="bid_version_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'tenders_bidversion\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="f2fde319945787ce0436c193bbbb701b8f45d5ed",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_bid_version_update_recorded_c65ee",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="tenders_bidversion",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="bidversion",
            trigger=pgtrigger.compiler.Trigger(
                name="bid_version_in_time",
                sql=core.triggers.FirmTriggerSql(
                    declare="DECLARE open_until timestamptz; asked varchar;",
                    func="\n                    -- Shared with other bids, exclusive to the opening: whoever opens waits for us.\n                    PERFORM pg_advisory_xact_lock_shared(hashtextextended('tender', NEW.tender_id));\n                    SELECT deadline, terms INTO open_until, asked FROM tenders_tender\n                        WHERE id = NEW.tender_id AND status = 'published';\n                    NEW.received_at := platform_clock();\n                    IF open_until IS NULL OR NEW.received_at >= open_until\n                        OR EXISTS (SELECT FROM tenders_close WHERE tender_id = NEW.tender_id) THEN\n                        RAISE EXCEPTION 'LATE' USING ERRCODE = 'PT001', DETAIL = NEW.received_at::text;\n                    END IF;\n                    IF NEW.kind = 'bid' AND NEW.terms <> asked THEN\n                        RAISE EXCEPTION 'AMENDED' USING ERRCODE = 'PT004', DETAIL = NEW.received_at::text;\n                    END IF;\n                    IF NEW.tender_id <> (SELECT tender_id FROM tenders_bid WHERE id = NEW.bid_id) THEN\n                        RAISE EXCEPTION 'the bid belongs to another tender';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="b3887b5a08a01a00c242713d6a2006334194b11d",
                    operation="INSERT",
                    pgid="pgtrigger_bid_version_in_time_2a14e",
                    table="tenders_bidversion",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="bid",
            trigger=pgtrigger.compiler.Trigger(
                name="bid_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."tender_id" IS DISTINCT FROM NEW."tender_id" OR OLD."lot_id" IS DISTINCT FROM NEW."lot_id" OR OLD."supplier_id" IS DISTINCT FROM NEW."supplier_id" OR OLD."product_version_id" IS DISTINCT FROM NEW."product_version_id" OR OLD."registration" IS DISTINCT FROM NEW."registration" OR OLD."prepared_at" IS DISTINCT FROM NEW."prepared_at" OR OLD."prepared_by_id" IS DISTINCT FROM NEW."prepared_by_id")',
                    func="RAISE EXCEPTION 'what a row of bid says stays' USING ERRCODE = 'PT002';",
                    hash="ea99475c39f1ac2ea333c88507c9b388f8442154",
                    operation="UPDATE",
                    pgid="pgtrigger_bid_facts_stay_9a1d2",
                    table="tenders_bid",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="bid",
            trigger=pgtrigger.compiler.Trigger(
                name="bid_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of bid remain' USING ERRCODE = 'PT002';",
                    hash="82561c3f5f2bc40d937ad2786a6e96c41c78f3ca",
                    operation="DELETE",
                    pgid="pgtrigger_bid_rows_remain_9831b",
                    table="tenders_bid",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="bid",
            trigger=pgtrigger.compiler.Trigger(
                name="bid_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_bid', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="e80f05a95ffe8d9e6a6fdb3ff1a851b7945985c6",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_bid_insert_recorded_5b328",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_bid",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="bid",
            trigger=pgtrigger.compiler.Trigger(
                name="bid_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'tenders_bid\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="534bce1dab561309df8a44cb4ef56df8ffcbe91e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_bid_update_recorded_2cd71",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="tenders_bid",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="bid",
            trigger=pgtrigger.compiler.Trigger(
                name="bid_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_bid', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="45d013a76271e96682b685f8000ae2d86c2fba67",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_bid_delete_recorded_0feac",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="tenders_bid",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="bid",
            trigger=pgtrigger.compiler.Trigger(
                name="bid_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of bid are removed one by one' USING ERRCODE = 'PT002';",
                    hash="23ab2ce309b0bf641b2b9ad2a42dfd445f42fcca",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_bid_not_emptied_a7fb2",
                    table="tenders_bid",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="tendernotice",
            trigger=pgtrigger.compiler.Trigger(
                name="tender_notice_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of tender_notice are written once and stay' USING ERRCODE = 'PT002';",
                    hash="540d77d7669b027c4f714bfaa47650e87d968803",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_tender_notice_rows_stay_0ec0c",
                    table="tenders_tendernotice",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="tendernotice",
            trigger=pgtrigger.compiler.Trigger(
                name="tender_notice_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of tender_notice are written once and stay' USING ERRCODE = 'PT002';",
                    hash="dd8e219a364b2b7eb5c0a4e46324cb1654738428",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_tender_notice_table_stays_983a9",
                    table="tenders_tendernotice",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="tendernotice",
            trigger=pgtrigger.compiler.Trigger(
                name="tender_notice_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_tendernotice', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="e1bfac0a7b5232db4d70858482f7cb900ea6b2ec",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_tender_notice_insert_recorded_7086a",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_tendernotice",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="timestamp",
            trigger=pgtrigger.compiler.Trigger(
                name="time_stamp_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of time_stamp are written once and stay' USING ERRCODE = 'PT002';",
                    hash="f4c4393e8ebb9b104beec1abe36ac1f89555efd9",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_time_stamp_rows_stay_84dc7",
                    table="tenders_timestamp",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="timestamp",
            trigger=pgtrigger.compiler.Trigger(
                name="time_stamp_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of time_stamp are written once and stay' USING ERRCODE = 'PT002';",
                    hash="a40e34428dcc6db0cb5fd07e50da4cc180c1eaad",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_time_stamp_table_stays_ad6a8",
                    table="tenders_timestamp",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="timestamp",
            trigger=pgtrigger.compiler.Trigger(
                name="time_stamp_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'tenders_timestamp', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="f4e7f3b10eb04bb19e6cd3a79726d987b83ca7c1",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_time_stamp_insert_recorded_6cc18",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="tenders_timestamp",
                    when="AFTER",
                ),
            ),
        ),
        *AFTER,
    ]
