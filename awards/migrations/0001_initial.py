import core.fields
import core.triggers
import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
from core.migrating import RoomMade
from django.db import migrations, models

from awards.migrations._by_hand import BEFORE


class Migration(RoomMade):
    dependencies = [
        ("core", "0001_initial"),
        ("accounts", "0001_initial"),
        ("catalogue", "0001_initial"),
        ("tenders", "0001_initial"),
    ]

    operations = [
        *BEFORE,
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
                    models.UniqueConstraint(fields=("decision", "bid"), name="award_once_a_bid"),
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
            name="Negotiation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("reserve", "experts seal the reserve price"),
                            ("offer", "the supplier offers"),
                            ("compare", "the quote is held against the reserve price"),
                            ("counter", "the table answers"),
                            ("closing", "minutes"),
                            ("agreed", "agreed"),
                            ("failed", "failed"),
                        ],
                        default="reserve",
                        max_length=7,
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenders.lot"),
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
                ("bid", models.CharField(help_text="Reference of the qualified bid.", max_length=20)),
                (
                    "product_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.productversion"
                    ),
                ),
                ("pack_size", models.PositiveIntegerField(help_text="Base units in the pack that is negotiated.")),
                (
                    "first_price",
                    core.fields.PriceField(
                        decimal_places=6,
                        help_text="Opened price of the bid, which is its first offer.",
                        max_digits=18,
                        null=True,
                    ),
                ),
                (
                    "agency_seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                (
                    "hospital_seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                (
                    "payer_seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                (
                    "expert",
                    models.ForeignKey(
                        help_text="Who seals the reserve price, if anybody does.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
                    ),
                ),
                (
                    "parties",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), help_text="Organisations to which it is shown.", size=None
                    ),
                ),
                ("rounds", models.PositiveSmallIntegerField()),
                ("quotes", models.PositiveSmallIntegerField()),
                ("within", core.fields.RatioField(decimal_places=9, max_digits=18)),
                ("offer_days", models.PositiveSmallIntegerField()),
                ("answer_days", models.PositiveSmallIntegerField()),
                (
                    "confidential",
                    models.BooleanField(default=False, help_text="The price stands in the record as a salted hash."),
                ),
                (
                    "reserve_hash",
                    models.CharField(blank=True, help_text="What the sealed reserve is held against.", max_length=64),
                ),
                ("due_at", models.DateTimeField(help_text="Until when the turn lasts.")),
                ("ends_at", models.DateTimeField(help_text="From then on the agency may end it without minutes.")),
                ("opened_at", models.DateTimeField()),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "agreed"),
                            ("too_high", "the last offer is above the reserve price"),
                            ("too_far", "the quotes are too far from the reserve price"),
                            ("supplier_silent", "the supplier made no offer"),
                            ("no_agreement", "no price was agreed"),
                            ("lapsed", "its last day passed without signed minutes"),
                        ],
                        default="",
                        max_length=15,
                    ),
                ),
                (
                    "leads_on",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "not ended"),
                            ("award", "award"),
                            ("next_lane", "the next way of buying"),
                            ("price_only", "a price without a volume"),
                            ("open_entry", "entry open to all at an accepted price"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                (
                    "price_hash",
                    models.CharField(blank=True, help_text="Salted hash of a confidential price.", max_length=64),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="awards.decision"
                    ),
                ),
                ("followed_at", models.DateTimeField(help_text="When what it leads to was done.", null=True)),
                (
                    "followed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                ("followed_with", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ("-opened_at", "-id"),
                "indexes": [models.Index(fields=["status", "due_at"], name="negotiation_by_due")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "failed"), _negated=True),
                        fields=("lot",),
                        name="negotiation_one_a_lot",
                        violation_error_message="The price of this lot is negotiated already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("opened_at__isnull", True), ("opened_by__isnull", True)),
                            models.Q(("opened_at__isnull", False), ("opened_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="negotiation_opened_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="negotiation_ended_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("followed_at__isnull", True), ("followed_by__isnull", True)),
                            models.Q(("followed_at__isnull", False), ("followed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="negotiation_followed_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rounds__gt", 0)),
                        name="negotiation_rounds_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", False), ("leads_on", "award"), ("reason", ""), ("status", "agreed")
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("status", "failed"),
                                models.Q(("reason", ""), _negated=True),
                                models.Q(("leads_on__in", ("", "award")), _negated=True),
                            ),
                            models.Q(
                                models.Q(("status__in", ("agreed", "failed")), _negated=True),
                                ("ended_at", None),
                                ("leads_on", ""),
                                ("reason", ""),
                            ),
                            _connector="OR",
                        ),
                        name="negotiation_end_leads_on",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decision", None), models.Q(("confidential", False), ("status", "agreed")), _connector="OR"
                        ),
                        name="negotiation_decision_is_public",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("followed_at", None), ("followed_with", "")),
                            models.Q(
                                ("followed_at__isnull", False),
                                ("status__in", ("agreed", "failed")),
                                models.Q(("followed_with", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="negotiation_followed_after_its_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ("reserve", "offer", "compare", "counter", "closing", "agreed", "failed"))
                        ),
                        name="negotiation_status_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reason__in", ("", "too_high", "too_far", "supplier_silent", "no_agreement", "lapsed"))
                        ),
                        name="negotiation_reason_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("leads_on__in", ("", "award", "next_lane", "price_only", "open_entry"))),
                        name="negotiation_leads_on_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
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
            name="Counter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "negotiation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="counters", to="awards.negotiation"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(help_text="Of the offer that it answers.")),
                (
                    "price",
                    core.fields.PriceField(
                        decimal_places=6, help_text="Price a pack at which the table would agree.", max_digits=18
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                ("signed_at", models.DateTimeField(null=True)),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "ordering": ("negotiation", "number", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("signed_at__isnull", False)),
                        fields=("negotiation", "number"),
                        name="counter_one_signed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("price__gt", 0)),
                        name="counter_price_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("proposed_at__isnull", True), ("proposed_by__isnull", True)),
                            models.Q(("proposed_at__isnull", False), ("proposed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="counter_proposed_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_at__isnull", True), ("signed_by__isnull", True)),
                            models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="counter_signed_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_by", None),
                            models.Q(("signed_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="counter_by_two",
                        violation_error_message="Somebody else at the table signs what one of it proposes.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NegotiationOffer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "negotiation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="offers", to="awards.negotiation"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("price", core.fields.PriceField(decimal_places=6, help_text="Price a pack.", max_digits=18)),
                ("made_at", models.DateTimeField(help_text="By the clock of the database.")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "ordering": ("negotiation", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("negotiation", "number"), name="negotiation_offer_number"),
                    models.CheckConstraint(
                        condition=models.Q(("price__gt", 0)),
                        name="negotiation_offer_price_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("made_at__isnull", True), ("made_by__isnull", True)),
                            models.Q(("made_at__isnull", False), ("made_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="negotiation_offer_made_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reserve",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "negotiation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reserve", to="awards.negotiation"
                    ),
                ),
                ("price", core.fields.PriceField(decimal_places=6, max_digits=18)),
                ("salt", models.CharField(max_length=64)),
                ("committed_at", models.DateTimeField()),
                (
                    "committed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                ("disclosed_at", models.DateTimeField(null=True)),
                (
                    "disclosed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("price__gt", 0)),
                        name="reserve_price_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("committed_at__isnull", True), ("committed_by__isnull", True)),
                            models.Q(("committed_at__isnull", False), ("committed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="reserve_committed_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("disclosed_at__isnull", True), ("disclosed_by__isnull", True)),
                            models.Q(("disclosed_at__isnull", False), ("disclosed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="reserve_disclosed_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("disclosed_by", None), ("disclosed_by", models.F("committed_by")), _connector="OR"
                        ),
                        name="reserve_disclosed_by_its_expert",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TalkMinutes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "negotiation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="minutes", to="awards.negotiation"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "price",
                    core.fields.PriceField(
                        decimal_places=6,
                        help_text="The agreed price a pack; empty where none was.",
                        max_digits=18,
                        null=True,
                    ),
                ),
                ("salt", models.CharField(blank=True, help_text="Of the hash of a confidential price.", max_length=64)),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "agreed"),
                            ("too_high", "the last offer is above the reserve price"),
                            ("too_far", "the quotes are too far from the reserve price"),
                            ("supplier_silent", "the supplier made no offer"),
                            ("no_agreement", "no price was agreed"),
                            ("lapsed", "its last day passed without signed minutes"),
                        ],
                        default="",
                        max_length=15,
                    ),
                ),
                (
                    "leads_on",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "not ended"),
                            ("award", "award"),
                            ("next_lane", "the next way of buying"),
                            ("price_only", "a price without a volume"),
                            ("open_entry", "entry open to all at an accepted price"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("drafted_at", models.DateTimeField()),
                (
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "ordering": ("negotiation", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("negotiation", "number"), name="talk_minutes_number"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("drafted_at__isnull", True), ("drafted_by__isnull", True)),
                            models.Q(("drafted_at__isnull", False), ("drafted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="talk_minutes_drafted_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("leads_on", "award"), ("price__isnull", False), ("reason", "")),
                            models.Q(
                                ("price", None),
                                models.Q(("reason", ""), _negated=True),
                                models.Q(("leads_on", "award"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="talk_minutes_agree_or_say_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reason__in", ("", "too_high", "too_far", "supplier_silent", "no_agreement", "lapsed"))
                        ),
                        name="talkminutes_reason_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("leads_on__in", ("", "award", "next_lane", "price_only", "open_entry"))),
                        name="talkminutes_leads_on_is_a_choice",
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
            name="TalkSignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to="awards.talkminutes"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                ("signed_at", models.DateTimeField(help_text="By the clock of the database.")),
                (
                    "signed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "ordering": ("minutes", "signed_at"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("minutes", "organisation"),
                        name="talk_signature_once_a_side",
                        violation_error_message="Your side has signed these minutes.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_at__isnull", True), ("signed_by__isnull", True)),
                            models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="talk_signature_signed_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                ],
            },
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
                    func="\n                    IF EXISTS (\n                        SELECT FROM (\n    WITH needed AS (\n        SELECT volume.hospital_id, ceil(sum(volume.quantity * item.volume_factor)) AS units\n        FROM tenders_lotvolume AS volume\n        JOIN tenders_lotitem AS item ON item.lot_id = volume.lot_id AND item.item_id = volume.item_id\n        WHERE volume.lot_id = NEW.lot_id GROUP BY volume.hospital_id\n    ), allocated AS (\n        SELECT hospital_id, sum(quantity) AS units FROM awards_allocation\n        WHERE decision_id = NEW.id GROUP BY hospital_id\n    )\n    SELECT needed.units AS needed, allocated.units AS allocated FROM needed FULL JOIN allocated USING (hospital_id)\n) AS held\n                        WHERE held.needed IS DISTINCT FROM held.allocated\n                    ) THEN\n                        RAISE EXCEPTION 'allocations add up to what each hospital needs' USING ERRCODE = 'PT007';\n                    END IF;\n                    RETURN NULL;\n                ",
                    hash="7fcf446c9725285df3d2634122be3d248c3143ca",
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
                    func="\n                    IF EXISTS (\n                        SELECT FROM changed_rows JOIN awards_award AS award ON award.id = changed_rows.award_id\n                        WHERE award.decision_id <> changed_rows.decision_id OR award.kind <> 'winner'\n                    ) THEN\n                        RAISE EXCEPTION 'winners of a decision have its allocations' USING ERRCODE = 'PT007';\n                    END IF;\n                    IF EXISTS (\n                        SELECT FROM awards_decision AS decision,\n                            LATERAL (\n    WITH needed AS (\n        SELECT volume.hospital_id, ceil(sum(volume.quantity * item.volume_factor)) AS units\n        FROM tenders_lotvolume AS volume\n        JOIN tenders_lotitem AS item ON item.lot_id = volume.lot_id AND item.item_id = volume.item_id\n        WHERE volume.lot_id = decision.lot_id GROUP BY volume.hospital_id\n    ), allocated AS (\n        SELECT hospital_id, sum(quantity) AS units FROM awards_allocation\n        WHERE decision_id = decision.id GROUP BY hospital_id\n    )\n    SELECT needed.units AS needed, allocated.units AS allocated FROM needed FULL JOIN allocated USING (hospital_id)\n) AS held\n                        WHERE decision.id IN (SELECT decision_id FROM changed_rows)\n                            AND held.allocated > coalesce(held.needed, 0)\n                    ) THEN\n                        RAISE EXCEPTION 'no more is allocated than a hospital needs' USING ERRCODE = 'PT007';\n                    END IF;\n                    RETURN NULL;\n                ",
                    hash="14a389742cc8f6c1cde322e7690c22cda2476a82",
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
            model_name="negotiation",
            trigger=pgtrigger.compiler.Trigger(
                name="negotiation_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."status" IS DISTINCT FROM NEW."status" AND OLD."status" || \'>\' || NEW."status" NOT IN (\'reserve>failed\', \'reserve>offer\', \'offer>closing\', \'offer>compare\', \'offer>counter\', \'offer>failed\', \'compare>closing\', \'compare>counter\', \'compare>failed\', \'counter>closing\', \'counter>failed\', \'counter>offer\', \'closing>agreed\', \'closing>failed\') OR OLD."lot_id" IS DISTINCT FROM NEW."lot_id" OR OLD."agency_id" IS DISTINCT FROM NEW."agency_id" OR OLD."supplier_id" IS DISTINCT FROM NEW."supplier_id" OR OLD."bid" IS DISTINCT FROM NEW."bid" OR OLD."product_version_id" IS DISTINCT FROM NEW."product_version_id" OR OLD."pack_size" IS DISTINCT FROM NEW."pack_size" OR OLD."first_price" IS DISTINCT FROM NEW."first_price" OR OLD."agency_seat_id" IS DISTINCT FROM NEW."agency_seat_id" OR OLD."hospital_seat_id" IS DISTINCT FROM NEW."hospital_seat_id" OR OLD."payer_seat_id" IS DISTINCT FROM NEW."payer_seat_id" OR OLD."expert_id" IS DISTINCT FROM NEW."expert_id" OR OLD."parties" IS DISTINCT FROM NEW."parties" OR OLD."rounds" IS DISTINCT FROM NEW."rounds" OR OLD."quotes" IS DISTINCT FROM NEW."quotes" OR OLD."within" IS DISTINCT FROM NEW."within" OR OLD."offer_days" IS DISTINCT FROM NEW."offer_days" OR OLD."answer_days" IS DISTINCT FROM NEW."answer_days" OR OLD."confidential" IS DISTINCT FROM NEW."confidential" OR OLD."reserve_hash" <> \'\' AND OLD."reserve_hash" IS DISTINCT FROM NEW."reserve_hash" OR OLD."ends_at" IS DISTINCT FROM NEW."ends_at" OR OLD."opened_at" IS DISTINCT FROM NEW."opened_at" OR OLD."opened_by_id" IS DISTINCT FROM NEW."opened_by_id" OR OLD."reason" <> \'\' AND OLD."reason" IS DISTINCT FROM NEW."reason" OR OLD."leads_on" <> \'\' AND OLD."leads_on" IS DISTINCT FROM NEW."leads_on" OR OLD."price_hash" <> \'\' AND OLD."price_hash" IS DISTINCT FROM NEW."price_hash" OR OLD."ended_at" IS NOT NULL AND OLD."ended_at" IS DISTINCT FROM NEW."ended_at" OR OLD."ended_by_id" IS NOT NULL AND OLD."ended_by_id" IS DISTINCT FROM NEW."ended_by_id" OR OLD."decision_id" IS NOT NULL AND OLD."decision_id" IS DISTINCT FROM NEW."decision_id" OR OLD."followed_at" IS NOT NULL AND OLD."followed_at" IS DISTINCT FROM NEW."followed_at" OR OLD."followed_by_id" IS NOT NULL AND OLD."followed_by_id" IS DISTINCT FROM NEW."followed_by_id" OR OLD."followed_with" <> \'\' AND OLD."followed_with" IS DISTINCT FROM NEW."followed_with")',
                    func="RAISE EXCEPTION 'what a row of negotiation says stays' USING ERRCODE = 'PT002';",
                    hash="51c9423dfecdf0778f3ebb468215a41fe7eadfb3",
                    operation="UPDATE",
                    pgid="pgtrigger_negotiation_facts_stay_378f1",
                    table="awards_negotiation",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="negotiation",
            trigger=pgtrigger.compiler.Trigger(
                name="negotiation_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of negotiation remain' USING ERRCODE = 'PT002';",
                    hash="0dabd473f9455007427f74c6bcd708ad4231b7b1",
                    operation="DELETE",
                    pgid="pgtrigger_negotiation_rows_remain_1d5d7",
                    table="awards_negotiation",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="negotiation",
            trigger=pgtrigger.compiler.Trigger(
                name="negotiation_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'awards_negotiation', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="e02815507670bb4998c949d33181b6e4a0f66293",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_negotiation_insert_recorded_066ed",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="awards_negotiation",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="negotiation",
            trigger=pgtrigger.compiler.Trigger(
                name="negotiation_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'awards_negotiation\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="8fe4e33fa0f7353877a4bbbe863d3db046390067",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_negotiation_update_recorded_98730",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="awards_negotiation",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="negotiation",
            trigger=pgtrigger.compiler.Trigger(
                name="negotiation_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'awards_negotiation', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="4d2c9ce40dad3a04f9e4d57addb4a58cfe2ac3c3",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_negotiation_delete_recorded_52ea3",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="awards_negotiation",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="negotiation",
            trigger=pgtrigger.compiler.Trigger(
                name="negotiation_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of negotiation are removed one by one' USING ERRCODE = 'PT002';",
                    hash="6c04bfd7a712e546ac94d30f2048d5cdc61379c1",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_negotiation_not_emptied_dd44a",
                    table="awards_negotiation",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="counter",
            trigger=pgtrigger.compiler.Trigger(
                name="counter_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."negotiation_id" IS DISTINCT FROM NEW."negotiation_id" OR OLD."number" IS DISTINCT FROM NEW."number" OR OLD."price" IS DISTINCT FROM NEW."price" OR OLD."proposed_at" IS DISTINCT FROM NEW."proposed_at" OR OLD."proposed_by_id" IS DISTINCT FROM NEW."proposed_by_id" OR OLD."signed_at" IS NOT NULL AND OLD."signed_at" IS DISTINCT FROM NEW."signed_at" OR OLD."signed_by_id" IS NOT NULL AND OLD."signed_by_id" IS DISTINCT FROM NEW."signed_by_id")',
                    func="RAISE EXCEPTION 'what a row of counter says stays' USING ERRCODE = 'PT002';",
                    hash="36c4d44af925653bf9b1af8e0f980787265d22e3",
                    operation="UPDATE",
                    pgid="pgtrigger_counter_facts_stay_8eda4",
                    table="awards_counter",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="counter",
            trigger=pgtrigger.compiler.Trigger(
                name="counter_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of counter remain' USING ERRCODE = 'PT002';",
                    hash="70b63c8ac518a58f3b393fd2d514eab9d117b87f",
                    operation="DELETE",
                    pgid="pgtrigger_counter_rows_remain_631e6",
                    table="awards_counter",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="counter",
            trigger=pgtrigger.compiler.Trigger(
                name="counter_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'awards_counter', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="bdd892df1b88fe53307b180f738243d257fb05a0",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_counter_insert_recorded_a22d8",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="awards_counter",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="counter",
            trigger=pgtrigger.compiler.Trigger(
                name="counter_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'awards_counter\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="163ef396e997a8b2fbdc612c9d84279699e8ad1b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_counter_update_recorded_8990b",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="awards_counter",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="counter",
            trigger=pgtrigger.compiler.Trigger(
                name="counter_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'awards_counter', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="9e1ad64e5a86df8e6bb77ef5f28d651f8d0b0a68",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_counter_delete_recorded_f6a9f",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="awards_counter",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="counter",
            trigger=pgtrigger.compiler.Trigger(
                name="counter_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of counter are removed one by one' USING ERRCODE = 'PT002';",
                    hash="2b24e5fa76a275b382f3a5dea93c190e060963cd",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_counter_not_emptied_6fef2",
                    table="awards_counter",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="counter",
            trigger=pgtrigger.compiler.Trigger(
                name="counter_from_the_table",
                sql=core.triggers.FirmTriggerSql(
                    func="\n                    IF NOT EXISTS (\n                        SELECT FROM awards_negotiation WHERE id = NEW.negotiation_id AND status = 'counter'\n                            AND NEW.proposed_by_id IN (agency_seat_id, hospital_seat_id, payer_seat_id)\n                            AND coalesce(NEW.signed_by_id, NEW.proposed_by_id)\n                                IN (agency_seat_id, hospital_seat_id, payer_seat_id)\n                    ) THEN\n                        RAISE EXCEPTION 'the table answers in its turn' USING ERRCODE = 'PT003';\n                    END IF;\n                    NEW.proposed_at := CASE TG_OP WHEN 'INSERT' THEN platform_clock() ELSE NEW.proposed_at END;\n                    NEW.signed_at := CASE WHEN NEW.signed_by_id IS NOT NULL THEN platform_clock() END;\n                    RETURN NEW;\n                ",
                    hash="1a09cf2c397d77b9e951c482c27ade2c5f8547e1",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_counter_from_the_table_7a0fe",
                    table="awards_counter",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="negotiationoffer",
            trigger=pgtrigger.compiler.Trigger(
                name="negotiation_offer_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of negotiation_offer are written once and stay' USING ERRCODE = 'PT002';",
                    hash="79ee1f8a735b34e0bcb8a06c44da9e6b5a20cd5d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_negotiation_offer_rows_stay_c0414",
                    table="awards_negotiationoffer",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="negotiationoffer",
            trigger=pgtrigger.compiler.Trigger(
                name="negotiation_offer_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of negotiation_offer are written once and stay' USING ERRCODE = 'PT002';",
                    hash="aebb51b159b9f417e3fa3ac4e5801b6f6329921b",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_negotiation_offer_table_stays_19b32",
                    table="awards_negotiationoffer",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="negotiationoffer",
            trigger=pgtrigger.compiler.Trigger(
                name="negotiation_offer_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'awards_negotiationoffer', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="4a15dadf39d1ccb19660208c0afea5aef9708738",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_negotiation_offer_insert_recorded_0683d",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="awards_negotiationoffer",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="negotiationoffer",
            trigger=pgtrigger.compiler.Trigger(
                name="negotiation_offer_in_turn",
                sql=core.triggers.FirmTriggerSql(
                    declare="DECLARE whole awards_negotiation; before integer; lowest numeric;",
                    func="\n                    SELECT * INTO whole FROM awards_negotiation WHERE id = NEW.negotiation_id FOR NO KEY UPDATE;\n                    SELECT count(*), least(min(price), whole.first_price) INTO before, lowest\n                        FROM awards_negotiationoffer WHERE negotiation_id = NEW.negotiation_id;\n                    NEW.made_at := platform_clock();\n                    IF whole.status IS DISTINCT FROM 'offer' OR NEW.number <> before + 1 OR NEW.number > whole.rounds\n                        OR NOT EXISTS (SELECT FROM accounts_seat\n                            WHERE id = NEW.made_by_id AND organisation_id = whole.supplier_id) THEN\n                        RAISE EXCEPTION 'the supplier offers in its turn' USING ERRCODE = 'PT003';\n                    END IF;\n                    IF NEW.made_at >= whole.due_at THEN\n                        RAISE EXCEPTION 'LATE' USING ERRCODE = 'PT001', DETAIL = NEW.made_at::text;\n                    END IF;\n                    IF NEW.price > lowest THEN\n                        RAISE EXCEPTION 'a later offer is never higher' USING ERRCODE = 'PT003';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="24c1e68592253e14be6653bf2b5fc58d91b5c0d1",
                    operation="INSERT",
                    pgid="pgtrigger_negotiation_offer_in_turn_c11b6",
                    table="awards_negotiationoffer",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="reserve",
            trigger=pgtrigger.compiler.Trigger(
                name="reserve_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."negotiation_id" IS DISTINCT FROM NEW."negotiation_id" OR OLD."price" IS DISTINCT FROM NEW."price" OR OLD."salt" IS DISTINCT FROM NEW."salt" OR OLD."committed_at" IS DISTINCT FROM NEW."committed_at" OR OLD."committed_by_id" IS DISTINCT FROM NEW."committed_by_id" OR OLD."disclosed_at" IS NOT NULL AND OLD."disclosed_at" IS DISTINCT FROM NEW."disclosed_at" OR OLD."disclosed_by_id" IS NOT NULL AND OLD."disclosed_by_id" IS DISTINCT FROM NEW."disclosed_by_id")',
                    func="RAISE EXCEPTION 'what a row of reserve says stays' USING ERRCODE = 'PT002';",
                    hash="ef64f9166722a86c04f85a8c724328d3c4685e7a",
                    operation="UPDATE",
                    pgid="pgtrigger_reserve_facts_stay_568c9",
                    table="awards_reserve",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="reserve",
            trigger=pgtrigger.compiler.Trigger(
                name="reserve_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of reserve remain' USING ERRCODE = 'PT002';",
                    hash="7b0fc1d48fbe2690e07d865b1024b57ddc39481e",
                    operation="DELETE",
                    pgid="pgtrigger_reserve_rows_remain_16202",
                    table="awards_reserve",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="reserve",
            trigger=pgtrigger.compiler.Trigger(
                name="reserve_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'awards_reserve', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="81a4018d26c5d85ceb7dbeaa37a868c8903f4381",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_reserve_insert_recorded_ab346",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="awards_reserve",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="reserve",
            trigger=pgtrigger.compiler.Trigger(
                name="reserve_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'awards_reserve\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="79de45616c5029dbfbc7eaf8e371f8b3f10a001e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_reserve_update_recorded_55236",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="awards_reserve",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="reserve",
            trigger=pgtrigger.compiler.Trigger(
                name="reserve_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'awards_reserve', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="783a18d37a86ff46cf2132b087ade2b5dcd8d154",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_reserve_delete_recorded_6936c",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="awards_reserve",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="reserve",
            trigger=pgtrigger.compiler.Trigger(
                name="reserve_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of reserve are removed one by one' USING ERRCODE = 'PT002';",
                    hash="7bf2bdb724eae8992f44f6a2122e5ae188602721",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_reserve_not_emptied_5e8e8",
                    table="awards_reserve",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="reserve",
            trigger=pgtrigger.compiler.Trigger(
                name="reserve_between_first_and_last",
                sql=core.triggers.FirmTriggerSql(
                    func="\n                    IF NOT EXISTS (\n                        SELECT FROM awards_negotiation\n                        WHERE id = NEW.negotiation_id AND expert_id = NEW.committed_by_id\n                            AND status = CASE TG_OP WHEN 'INSERT' THEN 'reserve' ELSE 'closing' END\n                    ) THEN\n                        RAISE EXCEPTION 'a reserve is sealed before the first offer and shown after the last'\n                            USING ERRCODE = 'PT003';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="997e6cc68cc882ea5d34d851e2ce23c44a6cbbb2",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_reserve_between_first_and_last_993f3",
                    table="awards_reserve",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="talkminutes",
            trigger=pgtrigger.compiler.Trigger(
                name="talk_minutes_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of talk_minutes are written once and stay' USING ERRCODE = 'PT002';",
                    hash="03c6e4dc50d07b22f1206ce9364852e8fe9fbfd0",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_talk_minutes_rows_stay_f46af",
                    table="awards_talkminutes",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="talkminutes",
            trigger=pgtrigger.compiler.Trigger(
                name="talk_minutes_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of talk_minutes are written once and stay' USING ERRCODE = 'PT002';",
                    hash="7366abad53f26865d0aff6206f54bea30409e038",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_talk_minutes_table_stays_1f658",
                    table="awards_talkminutes",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="talkminutes",
            trigger=pgtrigger.compiler.Trigger(
                name="talk_minutes_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'awards_talkminutes', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="55df82c068c55468726dd9b991c2cdcc78ac1fad",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_talk_minutes_insert_recorded_398d7",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="awards_talkminutes",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="talksignature",
            trigger=pgtrigger.compiler.Trigger(
                name="talk_signature_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of talk_signature are written once and stay' USING ERRCODE = 'PT002';",
                    hash="d29293118beabfe137ce9a6a46bac1bc189057e9",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_talk_signature_rows_stay_d38fd",
                    table="awards_talksignature",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="talksignature",
            trigger=pgtrigger.compiler.Trigger(
                name="talk_signature_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of talk_signature are written once and stay' USING ERRCODE = 'PT002';",
                    hash="f316c1070a54a2075802dbd060161821fb15a3fa",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_talk_signature_table_stays_ce4db",
                    table="awards_talksignature",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="talksignature",
            trigger=pgtrigger.compiler.Trigger(
                name="talk_signature_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'awards_talksignature', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="30920a2a2dc6354f34d227636581fa766a3abf79",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_talk_signature_insert_recorded_e3d95",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="awards_talksignature",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="talksignature",
            trigger=pgtrigger.compiler.Trigger(
                name="talk_signature_of_a_side",
                sql=core.triggers.FirmTriggerSql(
                    func="\n                    IF NOT EXISTS (\n                        SELECT FROM awards_talkminutes AS said\n                        JOIN awards_negotiation AS whole ON whole.id = said.negotiation_id AND whole.status = 'closing'\n                        JOIN accounts_seat AS seat ON seat.id = NEW.signed_by_id\n                            AND seat.organisation_id = NEW.organisation_id\n                        WHERE said.id = NEW.minutes_id AND NOT EXISTS (\n                            SELECT FROM awards_talkminutes AS later\n                            WHERE later.negotiation_id = whole.id AND later.number > said.number\n                        ) AND (\n                            seat.id IN (whole.agency_seat_id, whole.hospital_seat_id, whole.payer_seat_id)\n                            OR seat.organisation_id = whole.supplier_id\n                        )\n                    ) THEN\n                        RAISE EXCEPTION 'who sits at the table signs its last minutes' USING ERRCODE = 'PT003';\n                    END IF;\n                    NEW.signed_at := platform_clock();\n                    RETURN NEW;\n                ",
                    hash="c6f20deeb84023ce355666a2233beebe7eac49a8",
                    operation="INSERT",
                    pgid="pgtrigger_talk_signature_of_a_side_68bf0",
                    table="awards_talksignature",
                    when="BEFORE",
                ),
            ),
        ),
    ]
