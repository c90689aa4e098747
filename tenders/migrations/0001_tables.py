import core.fields
import core.triggers
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import tenders.models.bid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_regions"),
        ("catalogue", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Criterion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            name="Bid",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(default=tenders.models.bid.random_reference, max_length=20, unique=True),
                ),
                ("prepared_at", models.DateTimeField()),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                (
                    "product_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.productversion"
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
                "ordering": ("reference",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("prepared_at__isnull", True), ("prepared_by__isnull", True)),
                            models.Q(("prepared_at__isnull", False), ("prepared_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="bid_prepared_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BidVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("kind", models.CharField(choices=[("bid", "bid"), ("withdrawal", "withdrawal")], max_length=10)),
                ("technical", models.BinaryField(null=True)),
                ("commercial", models.BinaryField(null=True)),
                ("technical_com", models.CharField(blank=True, max_length=64)),
                ("technical_sha256", models.CharField(blank=True, max_length=64)),
                ("commercial_com", models.CharField(blank=True, max_length=64)),
                ("commercial_sha256", models.CharField(blank=True, max_length=64)),
                (
                    "submission_key",
                    models.CharField(help_text="The client's key: the same one is the same submission.", max_length=80),
                ),
                ("received_at", models.DateTimeField(help_text="Set by the database's clock inside the insert.")),
                (
                    "bid",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="tenders.bid"
                    ),
                ),
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
                            models.Q(("commercial__isnull", False), ("kind", "bid")),
                            models.Q(("commercial", None), ("kind", "withdrawal"), ("technical", None)),
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
            name="DemandLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.item"
                    ),
                ),
            ],
            options={
                "ordering": ("window", "number"),
            },
        ),
        migrations.CreateModel(
            name="DemandWindow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("year", models.PositiveSmallIntegerField(help_text="The year whose need is reported.")),
                ("opens_on", models.DateField()),
                ("closes_on", models.DateField(help_text="Last day on which hospitals report.")),
                ("opened_at", models.DateTimeField()),
                ("locked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "hospitals",
                    models.ManyToManyField(
                        help_text="Who is asked to report.", related_name="+", to="accounts.organisation"
                    ),
                ),
                ("items", models.ManyToManyField(related_name="+", through="tenders.DemandLine", to="catalogue.item")),
                (
                    "locked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "ordering": ("-closes_on", "-id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("opens_on__lte", models.F("closes_on"))),
                        name="demand_window_opens_on_not_after_closes_on",
                        violation_error_message="The end cannot be before the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("opened_at__isnull", True), ("opened_by__isnull", True)),
                            models.Q(("opened_at__isnull", False), ("opened_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="demand_window_opened_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("locked_at__isnull", True), ("locked_by__isnull", True)),
                            models.Q(("locked_at__isnull", False), ("locked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="demand_window_locked_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DemandReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reported_at", models.DateTimeField()),
                (
                    "hospital",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                (
                    "window",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="tenders.demandwindow"
                    ),
                ),
            ],
            options={
                "ordering": ("hospital__name",),
                "constraints": [
                    models.UniqueConstraint(fields=("window", "hospital"), name="demand_report_one_a_hospital"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reported_at__isnull", True), ("reported_by__isnull", True)),
                            models.Q(("reported_at__isnull", False), ("reported_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="demand_report_reported_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="demandline",
            name="window",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="tenders.demandwindow"
            ),
        ),
        migrations.CreateModel(
            name="Evaluator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("declared_at", models.DateTimeField(blank=True, null=True)),
                ("has_interest", models.BooleanField(default=False)),
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
                ("replace_reason", models.CharField(blank=True, max_length=300)),
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
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "ordering": ("tender", "pk"),
                "constraints": [
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
            name="FormalReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("passed", models.BooleanField()),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("reviewed_at", models.DateTimeField()),
                (
                    "bid",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="formal_review", to="tenders.bid"
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "constraints": [
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
            name="Lot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=300)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "bids and technical evaluation"),
                            ("evaluated", "technical result published"),
                            ("ranked", "prices opened and ranked"),
                            ("proposed", "award proposed"),
                            ("awarded", "awarded"),
                            ("negotiation", "goes to negotiation"),
                            ("failed", "failed"),
                        ],
                        default="open",
                        max_length=11,
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
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "none"),
                            ("no_bid", "no bid was received"),
                            ("too_few", "too few qualified bids for a price competition"),
                            ("none_qualified", "no bid passed the technical envelope"),
                            ("none_valid", "no opened price was valid"),
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ceiling_price__gt", 0)),
                        name="lot_ceiling_price_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="lot_ended_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status__in", ("negotiation", "failed")), models.Q(("reason", ""), _negated=True)
                            ),
                            models.Q(
                                models.Q(("status__in", ("negotiation", "failed")), _negated=True), ("reason", "")
                            ),
                            _connector="OR",
                        ),
                        name="lot_end_has_a_reason",
                        violation_error_message="A lot that is not awarded ends with a reason.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                ("open", "evaluated", "ranked", "proposed", "awarded", "negotiation", "failed"),
                            )
                        ),
                        name="lot_status_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reason__in",
                                (
                                    "",
                                    "no_bid",
                                    "too_few",
                                    "none_qualified",
                                    "none_valid",
                                    "cancelled",
                                    "objection_upheld",
                                ),
                            )
                        ),
                        name="lot_reason_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EvaluationSignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("signed_at", models.DateTimeField()),
                (
                    "signed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                (
                    "evaluator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to="tenders.evaluator"
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to="tenders.lot"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("lot", "evaluator"), name="evaluation_signed_once"),
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
        migrations.AddField(
            model_name="bid",
            name="lot",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="bids", to="tenders.lot"),
        ),
        migrations.CreateModel(
            name="Award",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("price", core.fields.PriceField(decimal_places=6, help_text="Price a pack.", max_digits=18)),
                ("standstill_until", models.DateTimeField()),
                ("proposed_at", models.DateTimeField()),
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
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                (
                    "bid",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="award", to="tenders.bid"
                    ),
                ),
                (
                    "lot",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="award", to="tenders.lot"
                    ),
                ),
            ],
            options={
                "ordering": ("lot",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("proposed_at__isnull", True), ("proposed_by__isnull", True)),
                            models.Q(("proposed_at__isnull", False), ("proposed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="award_proposed_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("awarded_at__isnull", True), ("awarded_by__isnull", True)),
                            models.Q(("awarded_at__isnull", False), ("awarded_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="award_awarded_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LotItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("factor", core.fields.RatioField(decimal_places=9, default=1, max_digits=18)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.item"
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lot_items", to="tenders.lot"
                    ),
                ),
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
                ],
            },
        ),
        migrations.CreateModel(
            name="LotVolume",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.PositiveBigIntegerField()),
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
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="volumes", to="tenders.lot"
                    ),
                ),
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
                    "stage",
                    models.CharField(
                        choices=[("technical", "technical result"), ("award", "proposed award")], max_length=9
                    ),
                ),
                ("text", models.TextField()),
                ("filed_at", models.DateTimeField()),
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
                (
                    "filed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
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
            name="Opener",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField(help_text="Position in the key list, from 1.")),
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
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
                ("replace_reason", models.CharField(blank=True, max_length=300)),
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
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "ordering": ("tender", "place", "pk"),
                "constraints": [
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
            name="OpeningRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "envelope",
                    models.CharField(
                        choices=[("technical", "technical envelope"), ("commercial", "commercial envelope")],
                        max_length=10,
                    ),
                ),
                ("document", models.BinaryField(help_text="Signed document sealed-bid-request/1.")),
                ("sha256", models.CharField(max_length=64)),
                ("listed", models.PositiveIntegerField(help_text="How many envelopes the document lists.")),
                ("requested_at", models.DateTimeField()),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="opening_requests", to="tenders.lot"
                    ),
                ),
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
                        condition=models.Q(("envelope__in", ("technical", "commercial"))),
                        name="openingrequest_envelope_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Qualification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                (
                    "bid",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="qualification", to="tenders.bid"
                    ),
                ),
            ],
            options={
                "ordering": ("result", "-score", "bid__reference"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verdict__in", ("qualified", "not_qualified", "not_shortlisted", "formal", "unreadable"))
                        ),
                        name="qualification_verdict_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OpenedEnvelope",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                        ],
                        max_length=12,
                    ),
                ),
                ("payload", models.TextField(blank=True, help_text="Canonical JSON, as it was sealed.")),
                ("seed", models.CharField(blank=True, max_length=64)),
                ("wrong_openers", models.JSONField(default=list)),
                ("opened_at", models.DateTimeField()),
                (
                    "bid",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="opened", to="tenders.bid"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="opened", to="tenders.bidversion"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="opened", to="tenders.openingrequest"
                    ),
                ),
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
            ],
            options={
                "ordering": ("bid", "envelope"),
                "constraints": [
                    models.UniqueConstraint(fields=("bid", "envelope"), name="opened_envelope_once"),
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
                        condition=models.Q(("outcome__in", ("opened", "bidder_fault", "unreadable"))),
                        name="openedenvelope_outcome_is_a_choice",
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
                            ("not_as_sealed", "The file is not an envelope sealed for this bid under this notice."),
                            ("envelope_missing", "An envelope is missing."),
                            ("envelope_too_many", "This tender takes the commercial envelope only."),
                            ("attachment_missing", "The envelope names an attachment that is not stored here."),
                        ],
                        default="",
                        help_text="Why a submission was refused.",
                        max_length=18,
                    ),
                ),
                ("submission_key", models.CharField(max_length=80)),
                ("document", models.BinaryField(help_text="Signed document sealed-bid-receipt/1.")),
                ("sha256", models.CharField(help_text="Hash of the document's body.", max_length=64)),
                ("received_at", models.DateTimeField()),
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
                                    "not_as_sealed",
                                    "envelope_missing",
                                    "envelope_too_many",
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
            name="Release",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("document", models.BinaryField(help_text="Signed document sealed-bid-release/1.")),
                (
                    "shares",
                    models.JSONField(
                        help_text="Shares in hex, in the order of the request's list; empty where it failed."
                    ),
                ),
                ("released_at", models.DateTimeField()),
                (
                    "opener",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="releases", to="tenders.opener"
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="releases",
                        to="tenders.openingrequest",
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
            name="Score",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("points", core.fields.PointsField(decimal_places=2, max_digits=6)),
                ("scored_at", models.DateTimeField()),
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
                (
                    "scored_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("bid", "criterion", "evaluator"), name="score_once"),
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
            name="TechnicalResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("document", models.BinaryField(help_text="Signed document sealed-bid-result/1.")),
                ("sha256", models.CharField(max_length=64)),
                (
                    "final_at",
                    models.DateTimeField(help_text="When its objection time is over and prices may be opened."),
                ),
                ("published_at", models.DateTimeField()),
                (
                    "lot",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="technical_result", to="tenders.lot"
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at__isnull", True), ("published_by__isnull", True)),
                            models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="technical_result_published_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="qualification",
            name="result",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="qualifications", to="tenders.technicalresult"
            ),
        ),
        migrations.CreateModel(
            name="Tender",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "in preparation"), ("published", "published"), ("cancelled", "cancelled")],
                        default="draft",
                        max_length=9,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("kind", models.CharField(choices=[("drug", "drug"), ("consumable", "consumable")], max_length=10)),
                ("summary", models.TextField(blank=True)),
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
                ("rules", models.JSONField(default=dict, help_text="The rule set as frozen at publication.")),
                (
                    "notice",
                    models.BinaryField(
                        help_text="The signed notice; its hash stands in every bid as its terms.", null=True
                    ),
                ),
                ("terms", models.CharField(blank=True, max_length=64)),
                ("demo", models.BooleanField(default=False)),
                ("prepared_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                ("cancel_reason", models.CharField(blank=True, max_length=300)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
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
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
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
                    "rule_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenders.ruleset"
                    ),
                ),
                (
                    "window",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenders.demandwindow",
                    ),
                ),
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
                        condition=models.Q(("kind__in", ("drug", "consumable"))),
                        name="tender_kind_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="openingrequest",
            name="tender",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="opening_requests", to="tenders.tender"
            ),
        ),
        migrations.AddField(
            model_name="opener",
            name="tender",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="openers", to="tenders.tender"
            ),
        ),
        migrations.AddField(
            model_name="lot",
            name="tender",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="lots", to="tenders.tender"
            ),
        ),
        migrations.AddField(
            model_name="evaluator",
            name="tender",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="evaluators", to="tenders.tender"
            ),
        ),
        migrations.AddField(
            model_name="criterion",
            name="tender",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="criteria", to="tenders.tender"
            ),
        ),
        migrations.CreateModel(
            name="Close",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("document", models.BinaryField(help_text="Signed document sealed-bid-close/1.")),
                ("sha256", models.CharField(max_length=64)),
                ("count", models.PositiveIntegerField()),
                ("root", models.CharField(max_length=64)),
                ("closed_at", models.DateTimeField()),
                (
                    "tender",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="close", to="tenders.tender"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="bidversion",
            name="tender",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenders.tender"),
        ),
        migrations.AddField(
            model_name="bid",
            name="tender",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="bids", to="tenders.tender"
            ),
        ),
        migrations.CreateModel(
            name="DemandEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.PositiveBigIntegerField()),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.item"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="tenders.demandreport"
                    ),
                ),
            ],
            options={
                "ordering": ("report", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("report", "item"), name="demand_entry_once"),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)),
                        name="demand_entry_quantity_above_zero",
                        violation_error_message="Enter a number above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__lte", 1000000000000)),
                        name="demand_entry_quantity_is_plausible",
                        violation_error_message="This quantity is too large to be a yearly need.",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="demandline",
            constraint=models.UniqueConstraint(fields=("window", "item"), name="demand_line_once"),
        ),
        migrations.AddConstraint(
            model_name="demandline",
            constraint=models.UniqueConstraint(fields=("window", "number"), name="demand_line_number"),
        ),
        pgtrigger.migrations.AddTrigger(
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
        pgtrigger.migrations.AddTrigger(
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
        pgtrigger.migrations.AddTrigger(
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
        pgtrigger.migrations.AddTrigger(
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
        pgtrigger.migrations.AddTrigger(
            model_name="openedenvelope",
            trigger=pgtrigger.compiler.Trigger(
                name="opened_envelope_in_order",
                sql=core.triggers.FirmTriggerSql(
                    func="\n                    IF NOT EXISTS (\n                        SELECT FROM tenders_openingrequest r\n                        JOIN tenders_close c ON c.tender_id = r.tender_id\n                        JOIN tenders_bid b ON b.lot_id = r.lot_id AND b.id = NEW.bid_id\n                        JOIN tenders_bidversion v ON v.bid_id = b.id AND v.id = NEW.version_id AND v.kind = 'bid'\n                        WHERE r.id = NEW.request_id AND r.envelope = NEW.envelope\n                    ) THEN\n                        RAISE EXCEPTION 'an envelope is opened only on request' USING ERRCODE = 'PT003';\n                    END IF;\n                    IF NEW.envelope = 'commercial' AND NOT EXISTS (\n                        SELECT FROM tenders_qualification q\n                        JOIN tenders_bid b ON b.id = q.bid_id\n                        JOIN tenders_technicalresult t ON t.id = q.result_id AND t.lot_id = b.lot_id\n                        WHERE q.id = NEW.qualification_id AND q.bid_id = NEW.bid_id\n                            AND q.verdict = 'qualified' AND t.final_at <= platform_clock()\n                    ) THEN\n                        RAISE EXCEPTION 'a price is opened only for a bid that passed' USING ERRCODE = 'PT003';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="b21ef7485d6a6c9305ee4d9b6a415c8187db19b6",
                    operation="INSERT",
                    pgid="pgtrigger_opened_envelope_in_order_b38e9",
                    table="tenders_openedenvelope",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
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
        pgtrigger.migrations.AddTrigger(
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
        pgtrigger.migrations.AddTrigger(
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
        pgtrigger.migrations.AddTrigger(
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
        pgtrigger.migrations.AddTrigger(
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
        pgtrigger.migrations.AddTrigger(
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
        pgtrigger.migrations.AddTrigger(
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
        pgtrigger.migrations.AddTrigger(
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
        pgtrigger.migrations.AddTrigger(
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
        pgtrigger.migrations.AddTrigger(
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
        pgtrigger.migrations.AddTrigger(
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
        pgtrigger.migrations.AddTrigger(
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
        pgtrigger.migrations.AddTrigger(
            model_name="openingrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="opening_request_in_order",
                sql=core.triggers.FirmTriggerSql(
                    func="\n                    IF NOT EXISTS (SELECT FROM tenders_close WHERE tender_id = NEW.tender_id) THEN\n                        RAISE EXCEPTION 'nobody is asked to open before the close' USING ERRCODE = 'PT003';\n                    END IF;\n                    IF NEW.envelope = 'commercial' AND NOT EXISTS (\n                        SELECT FROM tenders_technicalresult\n                        WHERE lot_id = NEW.lot_id AND final_at <= platform_clock()\n                    ) THEN\n                        RAISE EXCEPTION 'prices wait for a final technical result' USING ERRCODE = 'PT003';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="a6098fe2543e9d87b15b45e41c19fc756e2893dd",
                    operation="INSERT",
                    pgid="pgtrigger_opening_request_in_order_c90b7",
                    table="tenders_openingrequest",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="opener",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced_at", None)), fields=("tender", "place"), name="opener_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="opener",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced_at", None)), fields=("tender", "seat"), name="opener_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="lot",
            constraint=models.UniqueConstraint(fields=("tender", "number"), name="lot_number"),
        ),
        migrations.AddConstraint(
            model_name="evaluator",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced_at", None)), fields=("tender", "seat"), name="evaluator_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.UniqueConstraint(fields=("tender", "number"), name="criterion_number"),
        ),
        pgtrigger.migrations.AddTrigger(
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
        pgtrigger.migrations.AddTrigger(
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
        pgtrigger.migrations.AddTrigger(
            model_name="bidversion",
            trigger=pgtrigger.compiler.Trigger(
                name="bid_version_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of bid_version are written once and stay' USING ERRCODE = 'PT002';",
                    hash="9c2e002223ca489aa5ddd43c7254ba297afd36dd",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_bid_version_rows_stay_debe7",
                    table="tenders_bidversion",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
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
        pgtrigger.migrations.AddTrigger(
            model_name="bidversion",
            trigger=pgtrigger.compiler.Trigger(
                name="bid_version_in_time",
                sql=core.triggers.FirmTriggerSql(
                    declare="DECLARE open_until timestamptz;",
                    func="\n                    -- Shared with other bids, exclusive to the opening: whoever opens waits for us.\n                    PERFORM pg_advisory_xact_lock_shared(hashtextextended('tender', NEW.tender_id));\n                    SELECT deadline INTO open_until FROM tenders_tender\n                        WHERE id = NEW.tender_id AND status = 'published';\n                    NEW.received_at := platform_clock();\n                    IF open_until IS NULL OR NEW.received_at >= open_until\n                        OR EXISTS (SELECT FROM tenders_close WHERE tender_id = NEW.tender_id) THEN\n                        RAISE EXCEPTION 'LATE' USING ERRCODE = 'PT001', DETAIL = NEW.received_at::text;\n                    END IF;\n                    IF NEW.tender_id <> (SELECT tender_id FROM tenders_bid WHERE id = NEW.bid_id) THEN\n                        RAISE EXCEPTION 'the bid belongs to another tender';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="2a87dab2c0d936a6458642a33e47ee071ec67ebf",
                    operation="INSERT",
                    pgid="pgtrigger_bid_version_in_time_2a14e",
                    table="tenders_bidversion",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="bid",
            index=models.Index(fields=["supplier", "tender"], name="bid_by_supplier"),
        ),
        migrations.AddConstraint(
            model_name="bid",
            constraint=models.UniqueConstraint(
                fields=("lot", "supplier", "product_version"),
                name="bid_one_a_product",
                violation_error_message="You have a bid with this product in this lot already.",
            ),
        ),
    ]
