import core.fields
import core.triggers
import django.db.models.deletion
import pgtrigger.compiler
from core.migrating import RoomMade
from django.db import migrations, models


class Migration(RoomMade):
    dependencies = [
        ("core", "0001_initial"),
        ("accounts", "0001_initial"),
        ("catalogue", "0001_initial"),
        ("tenders", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "lot",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenders.lot"),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "award proposed"),
                            ("awarded", "awarded"),
                            ("withdrawn", "proposal withdrawn"),
                        ],
                        default="proposed",
                        max_length=9,
                    ),
                ),
                ("standstill_until", models.DateTimeField(help_text="Until then bidders may object.")),
                ("proposed_at", models.DateTimeField()),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                ("awarded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "awarded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
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
                ("withdraw_reason", models.CharField(blank=True, max_length=300)),
                (
                    "set_aside",
                    models.PositiveSmallIntegerField(
                        help_text="Place of the award for which it was withdrawn: its bid is not proposed again.",
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ("lot", "number"),
                "indexes": [models.Index(fields=["status", "standstill_until"], name="decision_by_standstill")],
                "constraints": [
                    models.UniqueConstraint(fields=("lot", "number"), name="decision_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "withdrawn"), _negated=True),
                        fields=("lot",),
                        name="decision_one_stands",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("proposed_at__isnull", True), ("proposed_by__isnull", True)),
                            models.Q(("proposed_at__isnull", False), ("proposed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="decision_proposed_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("awarded_at__isnull", True), ("awarded_by__isnull", True)),
                            models.Q(("awarded_at__isnull", False), ("awarded_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="decision_awarded_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                            models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="decision_withdrawn_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("awarded_at", None), ("status", "proposed"), ("withdrawn_at", None)),
                            models.Q(("awarded_at__isnull", False), ("status", "awarded"), ("withdrawn_at", None)),
                            models.Q(
                                ("awarded_at", None),
                                ("status", "withdrawn"),
                                ("withdrawn_at__isnull", False),
                                models.Q(("withdraw_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="decision_status_is_its_facts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("set_aside", None), ("status", "withdrawn"), _connector="OR"),
                        name="decision_set_aside_is_withdrawn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("awarded_at", None), ("awarded_at__gte", models.F("standstill_until")), _connector="OR"
                        ),
                        name="decision_waits_for_the_standstill",
                        violation_error_message="The standstill is not over: bidders can still object.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("proposed", "awarded", "withdrawn"))),
                        name="decision_status_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Award",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="awards", to="awards.decision"
                    ),
                ),
                (
                    "place",
                    models.PositiveSmallIntegerField(
                        help_text="1 is first among the winners; standbys come after them."
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("winner", "winner"), ("standby", "standby")], default="winner", max_length=7
                    ),
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
                (
                    "region",
                    models.ForeignKey(
                        help_text="Where the price applies.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.region",
                    ),
                ),
                ("source", models.CharField(help_text="Reference of the procedure.", max_length=40)),
                ("source_title", models.CharField(max_length=200)),
                ("part", models.CharField(help_text="The lot, as documents name it.", max_length=20)),
                ("part_title", models.CharField(max_length=300)),
                ("bid", models.CharField(help_text="Reference of the bid.", max_length=20)),
                (
                    "replaces",
                    models.OneToOneField(
                        help_text="The award that nobody signed, in whose place it stands.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="awards.award",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        help_text="Base unit of the lot's reference item: volumes count it.", max_length=40
                    ),
                ),
                ("is_set", models.BooleanField(default=False, help_text="Its products are the parts of a set.")),
                (
                    "price",
                    core.fields.PriceField(
                        decimal_places=6,
                        help_text="Price a pack, of the product that was compared; of a set, price a set.",
                        max_digits=18,
                    ),
                ),
                ("pack_size", models.PositiveIntegerField(help_text="Base units in that pack; a set is one.")),
                (
                    "factor",
                    core.fields.RatioField(
                        decimal_places=9,
                        help_text="How many base units of the lot's reference item one base unit counts as.",
                        max_digits=18,
                    ),
                ),
                (
                    "price_before",
                    core.fields.PriceField(
                        decimal_places=6,
                        help_text="What one base unit of the lot's reference item cost before this tender.",
                        max_digits=18,
                        null=True,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
            ],
            options={
                "ordering": ("decision", "place"),
                "indexes": [
                    models.Index(fields=["supplier", "decision"], name="award_by_supplier"),
                    models.Index(fields=["source", "supplier"], name="award_by_source"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("decision", "place"), name="award_place"),
                    models.UniqueConstraint(fields=("decision", "bid", "kind"), name="award_once_a_bid"),
                    models.CheckConstraint(
                        condition=models.Q(("replaces", None), ("kind", "winner"), _connector="OR"),
                        name="award_replaces_as_a_winner",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("starts_on__lte", models.F("ends_on"))),
                        name="award_starts_on_not_after_ends_on",
                        violation_error_message="The end cannot be before the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("place__gt", 0)),
                        name="award_place_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pack_size__gt", 0)),
                        name="award_pack_size_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("factor__gt", 0)),
                        name="award_factor_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("winner", "standby"))),
                        name="award_kind_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AwardLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "award",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="letter", to="awards.award"
                    ),
                ),
                ("sign_until", models.DateTimeField(help_text="Before this instant the winner signs the contract.")),
                ("issued_at", models.DateTimeField()),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                (
                    "presented_at",
                    models.DateTimeField(blank=True, help_text="When the contract was laid before it.", null=True),
                ),
                (
                    "presented_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
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
                (
                    "end",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "stands"),
                            ("refused", "refused by the winner"),
                            ("silent", "not signed by its day"),
                        ],
                        default="",
                        max_length=7,
                    ),
                ),
                ("end_reason", models.CharField(blank=True, max_length=300)),
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
                (
                    "given_up_at",
                    models.DateTimeField(blank=True, help_text="When nobody was left to offer it to.", null=True),
                ),
                (
                    "given_up_by",
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
                "ordering": ("award",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None), ("signed_at", None)),
                        fields=["sign_until"],
                        name="award_letter_unsigned",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", False), ("given_up_at", None)),
                        fields=["ended_at"],
                        name="award_letter_ended",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("issued_at__isnull", True), ("issued_by__isnull", True)),
                            models.Q(("issued_at__isnull", False), ("issued_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="award_letter_issued_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("presented_at__isnull", True), ("presented_by__isnull", True)),
                            models.Q(("presented_at__isnull", False), ("presented_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="award_letter_presented_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_at__isnull", True), ("signed_by__isnull", True)),
                            models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="award_letter_signed_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="award_letter_ended_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("given_up_at__isnull", True), ("given_up_by__isnull", True)),
                            models.Q(("given_up_at__isnull", False), ("given_up_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="award_letter_given_up_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end", ""), ("ended_at", None), ("given_up_at", None)),
                            models.Q(
                                models.Q(("end", ""), _negated=True),
                                ("ended_at__isnull", False),
                                ("signed_at", None),
                                models.Q(("end_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="award_letter_signed_or_ended",
                        violation_error_message="An award that was signed for does not end so.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end", "silent"), _negated=True),
                            models.Q(("ended_at__gte", models.F("sign_until")), ("presented_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="award_letter_silent_after_its_day",
                        violation_error_message="The winner can still sign.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("end__in", ("", "refused", "silent"))),
                        name="awardletter_end_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AwardProduct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="products", to="awards.award"
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
                        help_text="Asked beside the price, a pack; never ranked.",
                        max_digits=18,
                        null=True,
                    ),
                ),
                ("pack_size", models.PositiveIntegerField(help_text="Base units in one pack.")),
                ("factor", core.fields.RatioField(decimal_places=9, max_digits=18)),
                ("volume_factor", core.fields.RatioField(decimal_places=9, max_digits=18)),
                (
                    "quantity",
                    models.PositiveIntegerField(
                        default=1, help_text="How many base units a set has of it; 1 otherwise."
                    ),
                ),
            ],
            options={
                "ordering": ("award", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("award", "number"), name="award_product_number"),
                    models.UniqueConstraint(fields=("award", "product_version"), name="award_product_once"),
                    models.CheckConstraint(
                        condition=models.Q(("pack_size__gt", 0)),
                        name="award_product_pack_size_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("factor__gt", 0)),
                        name="award_product_factor_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("volume_factor__gt", 0)),
                        name="award_product_volume_factor_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)),
                        name="award_product_quantity_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Allocation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="allocations", to="awards.decision"
                    ),
                ),
                (
                    "award",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocations",
                        to="awards.award",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        help_text="Of the hospital.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.region",
                    ),
                ),
                (
                    "hospital",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(help_text="Of the supply period.")),
                ("quantity", models.PositiveBigIntegerField()),
            ],
            options={
                "ordering": ("decision", "award", "region", "hospital"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("decision", "hospital", "year", "award"), name="allocation_once", nulls_distinct=False
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)),
                        name="allocation_quantity_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NextOffer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="offers", to="awards.awardletter"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("bid", models.CharField(help_text="Reference of the bid.", max_length=20)),
                (
                    "supplier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "price",
                    core.fields.PriceField(decimal_places=6, help_text="Price a pack, as it was bid.", max_digits=18),
                ),
                ("pack_size", models.PositiveIntegerField()),
                ("factor", core.fields.RatioField(decimal_places=9, max_digits=18)),
                (
                    "extra",
                    core.fields.AmountField(
                        decimal_places=2,
                        help_text="What the volume costs more than at the price of the award that ended.",
                        max_digits=18,
                    ),
                ),
                ("answer_until", models.DateTimeField()),
                ("offered_at", models.DateTimeField()),
                (
                    "offered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "accepted_by",
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
                "ordering": ("letter", "number"),
                "indexes": [models.Index(fields=["supplier", "answer_until"], name="next_offer_by_supplier")],
                "constraints": [
                    models.UniqueConstraint(fields=("letter", "number"), name="next_offer_number"),
                    models.UniqueConstraint(fields=("letter", "bid"), name="next_offer_once_a_bid"),
                    models.UniqueConstraint(
                        condition=models.Q(("accepted_at__isnull", False)),
                        fields=("letter",),
                        name="next_offer_one_accepted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pack_size__gt", 0)),
                        name="next_offer_pack_size_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("factor__gt", 0)),
                        name="next_offer_factor_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("offered_at__isnull", True), ("offered_by__isnull", True)),
                            models.Q(("offered_at__isnull", False), ("offered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="next_offer_offered_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at__isnull", True), ("accepted_by__isnull", True)),
                            models.Q(("accepted_at__isnull", False), ("accepted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="next_offer_accepted_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("declined_at__isnull", True), ("declined_by__isnull", True)),
                            models.Q(("declined_at__isnull", False), ("declined_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="next_offer_declined_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("accepted_at", None),
                                models.Q(("accepted_at__lt", models.F("answer_until")), ("declined_at", None)),
                                _connector="OR",
                            ),
                            models.Q(
                                ("declined_at", None), ("declined_at__lt", models.F("answer_until")), _connector="OR"
                            ),
                        ),
                        name="next_offer_answered_once_in_time",
                        violation_error_message="The day for an answer has passed, or it was answered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decline_reason", ""), ("declined_at", None)),
                            models.Q(("declined_at__isnull", False), models.Q(("decline_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="next_offer_declined_for_a_reason",
                    ),
                ],
            },
        ),
        core.triggers.AddTrigger(
            model_name="awardletter",
            trigger=pgtrigger.compiler.Trigger(
                name="award_letter_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."award_id" IS DISTINCT FROM NEW."award_id" OR OLD."issued_at" IS DISTINCT FROM NEW."issued_at" OR OLD."issued_by_id" IS DISTINCT FROM NEW."issued_by_id" OR OLD."presented_at" IS NOT NULL AND OLD."presented_at" IS DISTINCT FROM NEW."presented_at" OR OLD."presented_by_id" IS NOT NULL AND OLD."presented_by_id" IS DISTINCT FROM NEW."presented_by_id" OR OLD."signed_at" IS NOT NULL AND OLD."signed_at" IS DISTINCT FROM NEW."signed_at" OR OLD."signed_by_id" IS NOT NULL AND OLD."signed_by_id" IS DISTINCT FROM NEW."signed_by_id" OR OLD."end" <> \'\' AND OLD."end" IS DISTINCT FROM NEW."end" OR OLD."end_reason" <> \'\' AND OLD."end_reason" IS DISTINCT FROM NEW."end_reason" OR OLD."ended_at" IS NOT NULL AND OLD."ended_at" IS DISTINCT FROM NEW."ended_at" OR OLD."ended_by_id" IS NOT NULL AND OLD."ended_by_id" IS DISTINCT FROM NEW."ended_by_id" OR OLD."given_up_at" IS NOT NULL AND OLD."given_up_at" IS DISTINCT FROM NEW."given_up_at" OR OLD."given_up_by_id" IS NOT NULL AND OLD."given_up_by_id" IS DISTINCT FROM NEW."given_up_by_id")',
                    func="RAISE EXCEPTION 'what a row of award_letter says stays' USING ERRCODE = 'PT002';",
                    hash="5b349d30e74e3207bc6133d159921131dbf6143e",
                    operation="UPDATE",
                    pgid="pgtrigger_award_letter_facts_stay_4bbdb",
                    table="awards_awardletter",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="awardletter",
            trigger=pgtrigger.compiler.Trigger(
                name="award_letter_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of award_letter remain' USING ERRCODE = 'PT002';",
                    hash="99afafbc5be7a89e95cffd144ce8121625a4ece1",
                    operation="DELETE",
                    pgid="pgtrigger_award_letter_rows_remain_db2a6",
                    table="awards_awardletter",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="awardletter",
            trigger=pgtrigger.compiler.Trigger(
                name="award_letter_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'awards_awardletter', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="35f8a12dd7136646d7ad8dd920cc82fd1ff97b39",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_award_letter_insert_recorded_f4578",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="awards_awardletter",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="awardletter",
            trigger=pgtrigger.compiler.Trigger(
                name="award_letter_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'awards_awardletter\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="8b140883e1ad86d431bcbc280d43a3a72c07cf9b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_award_letter_update_recorded_ca9d9",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="awards_awardletter",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="awardletter",
            trigger=pgtrigger.compiler.Trigger(
                name="award_letter_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'awards_awardletter', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="8311df2b0d18f6b2309796770508bdbb659458bc",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_award_letter_delete_recorded_81d83",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="awards_awardletter",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="awardletter",
            trigger=pgtrigger.compiler.Trigger(
                name="award_letter_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of award_letter are removed one by one' USING ERRCODE = 'PT002';",
                    hash="f61002dbbdd4a92cd06940ce52cef25f42081afa",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_award_letter_not_emptied_8a656",
                    table="awards_awardletter",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="awardproduct",
            trigger=pgtrigger.compiler.Trigger(
                name="award_product_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of award_product are written once and stay' USING ERRCODE = 'PT002';",
                    hash="c23934d26d49e691c4473abbea6665db154e96c8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_award_product_rows_stay_50298",
                    table="awards_awardproduct",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="awardproduct",
            trigger=pgtrigger.compiler.Trigger(
                name="award_product_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of award_product are written once and stay' USING ERRCODE = 'PT002';",
                    hash="ffbbdee4240cf31d0fcb68ef8e591af7ad9b8aca",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_award_product_table_stays_aaa4d",
                    table="awards_awardproduct",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="awardproduct",
            trigger=pgtrigger.compiler.Trigger(
                name="award_product_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'awards_awardproduct', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="242ce4f1fba229bf9b84ef4c1e11c4de88ee6a0c",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_award_product_insert_recorded_6ac74",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="awards_awardproduct",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="decision",
            trigger=pgtrigger.compiler.Trigger(
                name="decision_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."lot_id" IS DISTINCT FROM NEW."lot_id" OR OLD."number" IS DISTINCT FROM NEW."number" OR OLD."status" IS DISTINCT FROM NEW."status" AND OLD."status" || \'>\' || NEW."status" NOT IN (\'proposed>awarded\', \'proposed>withdrawn\') OR OLD."standstill_until" IS DISTINCT FROM NEW."standstill_until" OR OLD."proposed_at" IS DISTINCT FROM NEW."proposed_at" OR OLD."proposed_by_id" IS DISTINCT FROM NEW."proposed_by_id" OR OLD."awarded_at" IS NOT NULL AND OLD."awarded_at" IS DISTINCT FROM NEW."awarded_at" OR OLD."awarded_by_id" IS NOT NULL AND OLD."awarded_by_id" IS DISTINCT FROM NEW."awarded_by_id" OR OLD."withdrawn_at" IS NOT NULL AND OLD."withdrawn_at" IS DISTINCT FROM NEW."withdrawn_at" OR OLD."withdrawn_by_id" IS NOT NULL AND OLD."withdrawn_by_id" IS DISTINCT FROM NEW."withdrawn_by_id" OR OLD."withdraw_reason" <> \'\' AND OLD."withdraw_reason" IS DISTINCT FROM NEW."withdraw_reason" OR OLD."set_aside" IS NOT NULL AND OLD."set_aside" IS DISTINCT FROM NEW."set_aside")',
                    func="RAISE EXCEPTION 'what a row of decision says stays' USING ERRCODE = 'PT002';",
                    hash="df101e3522791230c113acf0d8bf9025f97d6689",
                    operation="UPDATE",
                    pgid="pgtrigger_decision_facts_stay_2bab1",
                    table="awards_decision",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="decision",
            trigger=pgtrigger.compiler.Trigger(
                name="decision_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of decision remain' USING ERRCODE = 'PT002';",
                    hash="dcea3c16f2fe90910f2002262f4574c82970731a",
                    operation="DELETE",
                    pgid="pgtrigger_decision_rows_remain_a1126",
                    table="awards_decision",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="decision",
            trigger=pgtrigger.compiler.Trigger(
                name="decision_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'awards_decision', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="8cd5683405d0632c76773af730441a9cde4590f9",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_decision_insert_recorded_ab69a",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="awards_decision",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="decision",
            trigger=pgtrigger.compiler.Trigger(
                name="decision_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'awards_decision\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="391c0307f7a36a9d7717a6efd9d61bca9880206d",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_decision_update_recorded_06c02",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="awards_decision",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="decision",
            trigger=pgtrigger.compiler.Trigger(
                name="decision_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'awards_decision', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="75eef95a2df970cced8a839a6760161bf0f7d802",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_decision_delete_recorded_e0d6e",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="awards_decision",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="decision",
            trigger=pgtrigger.compiler.Trigger(
                name="decision_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of decision are removed one by one' USING ERRCODE = 'PT002';",
                    hash="b0d2fb31ce297ae340b4b5ee2e385bb4d2535a68",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_decision_not_emptied_2edf9",
                    table="awards_decision",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="decision",
            trigger=pgtrigger.compiler.Trigger(
                name="decision_allocates_the_volume",
                sql=core.triggers.FirmTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n                    IF EXISTS (\n                        SELECT FROM (\n    WITH needed AS (\n        SELECT volume.hospital_id, ceil(sum(volume.quantity * item.volume_factor)) AS units\n        FROM tenders_lotvolume AS volume\n        JOIN tenders_lotitem AS item ON item.lot_id = volume.lot_id AND item.item_id = volume.item_id\n        WHERE volume.lot_id = NEW.lot_id GROUP BY volume.hospital_id\n    ), allocated AS (\n        SELECT hospital_id, sum(quantity) AS units FROM awards_allocation\n        WHERE decision_id = NEW.id AND NOT EXISTS (\n            SELECT FROM awards_award WHERE id = awards_allocation.award_id AND replaces_id IS NOT NULL\n        ) GROUP BY hospital_id\n    )\n    SELECT needed.units AS needed, allocated.units AS allocated FROM needed FULL JOIN allocated USING (hospital_id)\n) AS held\n                        WHERE held.needed IS DISTINCT FROM held.allocated\n                    ) THEN\n                        RAISE EXCEPTION 'allocations add up to what each hospital needs' USING ERRCODE = 'PT007';\n                    END IF;\n                    RETURN NULL;\n                ",
                    hash="62439ce0b5e9ca6d940f4c7f757e855c518dd522",
                    operation="INSERT",
                    pgid="pgtrigger_decision_allocates_the_volume_4dc23",
                    table="awards_decision",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="award",
            trigger=pgtrigger.compiler.Trigger(
                name="award_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of award are written once and stay' USING ERRCODE = 'PT002';",
                    hash="bb6b2a4d0d02d6a33cc99cfccdad251e38ea89e3",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_award_rows_stay_db8b6",
                    table="awards_award",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="award",
            trigger=pgtrigger.compiler.Trigger(
                name="award_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of award are written once and stay' USING ERRCODE = 'PT002';",
                    hash="ca7953de911136318da4fff5f86a3adcb0064c3e",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_award_table_stays_481c7",
                    table="awards_award",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="award",
            trigger=pgtrigger.compiler.Trigger(
                name="award_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'awards_award', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="cf6fd93d882541949200b1223c7659e9dfe102cc",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_award_insert_recorded_d968d",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="awards_award",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="award",
            trigger=pgtrigger.compiler.Trigger(
                name="award_replaces_the_whole",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (NEW."replaces_id" IS NOT NULL)',
                    constraint="CONSTRAINT",
                    func="\n                    IF NOT EXISTS (\n                        SELECT FROM awards_award AS before\n                        JOIN awards_awardletter AS letter ON letter.award_id = before.id\n                        WHERE before.id = NEW.replaces_id AND before.decision_id = NEW.decision_id\n                            AND letter.ended_at IS NOT NULL AND letter.given_up_at IS NULL\n                    ) OR EXISTS (\n                        (SELECT hospital_id, year, quantity FROM awards_allocation WHERE award_id = NEW.replaces_id)\n                        EXCEPT ALL\n                        (SELECT hospital_id, year, quantity FROM awards_allocation WHERE award_id = NEW.id)\n                    ) OR EXISTS (\n                        (SELECT hospital_id, year, quantity FROM awards_allocation WHERE award_id = NEW.id)\n                        EXCEPT ALL\n                        (SELECT hospital_id, year, quantity FROM awards_allocation WHERE award_id = NEW.replaces_id)\n                    ) THEN\n                        RAISE EXCEPTION 'an award that ended is replaced whole' USING ERRCODE = 'PT007';\n                    END IF;\n                    RETURN NULL;\n                ",
                    hash="f20e50364eddd5288825077844a07a33aea8e855",
                    operation="INSERT",
                    pgid="pgtrigger_award_replaces_the_whole_c20ce",
                    table="awards_award",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="allocation",
            trigger=pgtrigger.compiler.Trigger(
                name="allocation_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of allocation are written once and stay' USING ERRCODE = 'PT002';",
                    hash="5eae7e60513b04645ab5990339b7958495f10aaa",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_allocation_rows_stay_3323e",
                    table="awards_allocation",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="allocation",
            trigger=pgtrigger.compiler.Trigger(
                name="allocation_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of allocation are written once and stay' USING ERRCODE = 'PT002';",
                    hash="602247efb288b98684afdc634050d0c1bf8ce3bd",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_allocation_table_stays_6b2e1",
                    table="awards_allocation",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="allocation",
            trigger=pgtrigger.compiler.Trigger(
                name="allocation_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'awards_allocation', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="9ce8ff841c13cfbcd177ec441b795a657e978f61",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_allocation_insert_recorded_0bd53",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="awards_allocation",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="allocation",
            trigger=pgtrigger.compiler.Trigger(
                name="allocation_within_the_volume",
                sql=core.triggers.FirmTriggerSql(
                    func="\n                    IF EXISTS (\n                        SELECT FROM changed_rows JOIN awards_award AS award ON award.id = changed_rows.award_id\n                        WHERE award.decision_id <> changed_rows.decision_id OR award.kind <> 'winner'\n                    ) THEN\n                        RAISE EXCEPTION 'winners of a decision have its allocations' USING ERRCODE = 'PT007';\n                    END IF;\n                    IF EXISTS (\n                        SELECT FROM awards_decision AS decision,\n                            LATERAL (\n    WITH needed AS (\n        SELECT volume.hospital_id, ceil(sum(volume.quantity * item.volume_factor)) AS units\n        FROM tenders_lotvolume AS volume\n        JOIN tenders_lotitem AS item ON item.lot_id = volume.lot_id AND item.item_id = volume.item_id\n        WHERE volume.lot_id = decision.lot_id GROUP BY volume.hospital_id\n    ), allocated AS (\n        SELECT hospital_id, sum(quantity) AS units FROM awards_allocation\n        WHERE decision_id = decision.id AND NOT EXISTS (\n            SELECT FROM awards_award WHERE id = awards_allocation.award_id AND replaces_id IS NOT NULL\n        ) GROUP BY hospital_id\n    )\n    SELECT needed.units AS needed, allocated.units AS allocated FROM needed FULL JOIN allocated USING (hospital_id)\n) AS held\n                        WHERE decision.id IN (SELECT decision_id FROM changed_rows)\n                            AND held.allocated > coalesce(held.needed, 0)\n                    ) THEN\n                        RAISE EXCEPTION 'no more is allocated than a hospital needs' USING ERRCODE = 'PT007';\n                    END IF;\n                    RETURN NULL;\n                ",
                    hash="c50268bcaab3c7d6d04a8823bedc8d77cccd1ec2",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_allocation_within_the_volume_af3a9",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="awards_allocation",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="nextoffer",
            trigger=pgtrigger.compiler.Trigger(
                name="next_offer_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."letter_id" IS DISTINCT FROM NEW."letter_id" OR OLD."number" IS DISTINCT FROM NEW."number" OR OLD."bid" IS DISTINCT FROM NEW."bid" OR OLD."supplier_id" IS DISTINCT FROM NEW."supplier_id" OR OLD."price" IS DISTINCT FROM NEW."price" OR OLD."pack_size" IS DISTINCT FROM NEW."pack_size" OR OLD."factor" IS DISTINCT FROM NEW."factor" OR OLD."extra" IS DISTINCT FROM NEW."extra" OR OLD."answer_until" IS DISTINCT FROM NEW."answer_until" OR OLD."offered_at" IS DISTINCT FROM NEW."offered_at" OR OLD."offered_by_id" IS DISTINCT FROM NEW."offered_by_id" OR OLD."accepted_at" IS NOT NULL AND OLD."accepted_at" IS DISTINCT FROM NEW."accepted_at" OR OLD."accepted_by_id" IS NOT NULL AND OLD."accepted_by_id" IS DISTINCT FROM NEW."accepted_by_id" OR OLD."declined_at" IS NOT NULL AND OLD."declined_at" IS DISTINCT FROM NEW."declined_at" OR OLD."declined_by_id" IS NOT NULL AND OLD."declined_by_id" IS DISTINCT FROM NEW."declined_by_id" OR OLD."decline_reason" <> \'\' AND OLD."decline_reason" IS DISTINCT FROM NEW."decline_reason")',
                    func="RAISE EXCEPTION 'what a row of next_offer says stays' USING ERRCODE = 'PT002';",
                    hash="de1ec6f021306b0ebfb6ff6c5a0e1c735eacc7bf",
                    operation="UPDATE",
                    pgid="pgtrigger_next_offer_facts_stay_f5466",
                    table="awards_nextoffer",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="nextoffer",
            trigger=pgtrigger.compiler.Trigger(
                name="next_offer_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of next_offer remain' USING ERRCODE = 'PT002';",
                    hash="905d66f5400c38fa78d1ae68bb2488926760424a",
                    operation="DELETE",
                    pgid="pgtrigger_next_offer_rows_remain_4e7bb",
                    table="awards_nextoffer",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="nextoffer",
            trigger=pgtrigger.compiler.Trigger(
                name="next_offer_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'awards_nextoffer', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="3379b54b8caeef89d5293c9b964dcc663c10f36c",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_next_offer_insert_recorded_b634b",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="awards_nextoffer",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="nextoffer",
            trigger=pgtrigger.compiler.Trigger(
                name="next_offer_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'awards_nextoffer\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="dcd83aa52ee96167b96563c904f945cea186f939",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_next_offer_update_recorded_77940",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="awards_nextoffer",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="nextoffer",
            trigger=pgtrigger.compiler.Trigger(
                name="next_offer_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'awards_nextoffer', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="ee89c98716aabac38afd95695447771c38ba095c",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_next_offer_delete_recorded_e0a16",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="awards_nextoffer",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="nextoffer",
            trigger=pgtrigger.compiler.Trigger(
                name="next_offer_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of next_offer are removed one by one' USING ERRCODE = 'PT002';",
                    hash="f44d24ee31806237389dcc32a9f026f098295566",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_next_offer_not_emptied_d1397",
                    table="awards_nextoffer",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="nextoffer",
            trigger=pgtrigger.compiler.Trigger(
                name="next_offer_one_at_a_time",
                sql=core.triggers.FirmTriggerSql(
                    func="\n                    IF EXISTS (\n                        SELECT FROM awards_nextoffer AS other\n                        WHERE other.letter_id = NEW.letter_id AND other.declined_at IS NULL\n                            AND (other.accepted_at IS NOT NULL OR other.answer_until > NEW.offered_at)\n                    ) OR NOT EXISTS (\n                        SELECT FROM awards_awardletter AS letter\n                        WHERE letter.id = NEW.letter_id AND letter.ended_at IS NOT NULL AND letter.given_up_at IS NULL\n                    ) THEN\n                        RAISE EXCEPTION 'an award that ended is offered to one at a time' USING ERRCODE = 'PT007';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="fd7bbe214476f644d3cda3e6774cb4ed6bd15339",
                    operation="INSERT",
                    pgid="pgtrigger_next_offer_one_at_a_time_0a741",
                    table="awards_nextoffer",
                    when="BEFORE",
                ),
            ),
        ),
    ]
