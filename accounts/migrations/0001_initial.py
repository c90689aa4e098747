import core.fields
import core.triggers
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
from django.conf import settings
from core.migrating import RoomMade
from django.db import migrations, models

from accounts.migrations._by_hand import AFTER, BEFORE


class Migration(RoomMade):
    dependencies = [
        ("core", "0001_initial"),
    ]

    operations = [
        *BEFORE,
        migrations.CreateModel(
            name="GuessedPasswords",
            fields=[
                ("door", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("tries_left", models.PositiveSmallIntegerField()),
                ("since_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Region",
            fields=[
                ("code", models.CharField(max_length=6, primary_key=True, serialize=False)),
                (
                    "level",
                    models.CharField(
                        choices=[("province", "province"), ("city", "city"), ("county", "county or district")],
                        max_length=8,
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                (
                    "full_name",
                    models.CharField(
                        help_text="With the names of all regions that it lies in.", max_length=120, unique=True
                    ),
                ),
                ("name_en", models.CharField(blank=True, max_length=80)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="accounts.region",
                    ),
                ),
            ],
            options={
                "ordering": ("code",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level", "province"), ("parent", None)),
                            models.Q(models.Q(("level", "province"), _negated=True), ("parent__isnull", False)),
                            _connector="OR",
                        ),
                        name="region_lies_in_one_unless_a_province",
                        violation_error_message="Cities and counties lie in a region, provinces in none.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ("province", "city", "county"))),
                        name="region_level_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("email", models.EmailField(blank=True, max_length=254, null=True, unique=True)),
                ("name", models.CharField(max_length=100)),
                ("language", models.CharField(blank=True, max_length=10)),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                        name="person_email_is_lower_case",
                        violation_error_message="Write the e-mail address in lower case.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CodeApp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="code_app",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sealed_secret",
                    models.BinaryField(help_text="Encrypted under a key that the database does not have."),
                ),
                (
                    "last_step",
                    models.BigIntegerField(default=0, help_text="The half minute of the last code that was taken."),
                ),
                (
                    "shown_in_demo",
                    models.BooleanField(default=False, help_text="A demo account: pages of a demo show its code."),
                ),
                ("added_at", models.DateTimeField()),
                ("last_used_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Device",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="devices", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("secret_hash", models.CharField(help_text="SHA-256 of the secret in the cookie.", max_length=64)),
                ("name", models.CharField(max_length=100)),
                ("first_seen_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person", "secret_hash"), name="device_known_once")],
            },
        ),
        migrations.CreateModel(
            name="GuessedCodes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="guessed_codes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=0)),
                ("since_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Passkey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passkeys",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("label", models.CharField(max_length=60)),
                ("credential_id", models.BinaryField(unique=True)),
                ("public_key", models.BinaryField(help_text="SubjectPublicKeyInfo, DER.")),
                (
                    "counter",
                    models.BigIntegerField(default=0, help_text="How often it signed, where the device counts."),
                ),
                ("added_at", models.DateTimeField()),
                ("last_used_at", models.DateTimeField(blank=True, null=True)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("added_at", "id"),
            },
        ),
        migrations.CreateModel(
            name="PasswordReset",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="resets", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "secret_hash",
                    models.CharField(help_text="SHA-256 of the secret in the link.", max_length=64, unique=True),
                ),
                ("asked_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "chosen",
                    models.CharField(
                        blank=True, help_text="SHA-256 of the hash of the password chosen.", max_length=64
                    ),
                ),
            ],
            options={
                "ordering": ("-asked_at",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("chosen", ""), ("used_at", None)),
                            models.Q(("used_at__isnull", False), models.Q(("chosen", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="password_reset_used_names_the_password",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recovery_codes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("secret_hash", models.CharField(help_text="SHA-256 of the code.", max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "session_key",
                    models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="session key"),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "db_table": "browser_session",
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("person__isnull", False)), fields=["person"], name="session_by_person"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seats", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), size=None),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
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
                ("end_reason", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ("person__name",),
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["roles"], name="seat_by_role")],
            },
        ),
        migrations.CreateModel(
            name="InboxMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="messages", to="accounts.seat"
                    ),
                ),
                ("subject", models.CharField(help_text="Public reference of the thing.", max_length=60)),
                ("text", models.CharField(help_text="Untranslated sentence; its data fill the gaps.", max_length=300)),
                ("data", models.JSONField(default=dict)),
                ("path", models.CharField(max_length=300)),
                (
                    "about",
                    models.CharField(help_text="What it is about, so that it is said only once.", max_length=100),
                ),
                ("sent_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("-sent_at", "-id"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("read_at__isnull", True)), fields=["seat"], name="inbox_message_unread"
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("seat", "about"), name="inbox_message_said_once")],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("agency", "procurement agency"),
                            ("supplier", "supplier"),
                            ("distributor", "distributor"),
                            ("hospital", "hospital"),
                            ("payer", "payer"),
                            ("regulator", "regulator"),
                        ],
                        max_length=11,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "licence",
                    models.CharField(
                        blank=True, help_text="Number of the licence under which it works.", max_length=60
                    ),
                ),
                (
                    "credit_code",
                    models.CharField(help_text="Unified social credit code (GB 32100).", max_length=18, unique=True),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="organisations", to="accounts.region"
                    ),
                ),
                (
                    "size",
                    models.CharField(
                        blank=True,
                        choices=[("", "not declared"), ("small", "small"), ("medium", "medium"), ("other", "other")],
                        default="",
                        help_text="As it declares itself.",
                        max_length=6,
                    ),
                ),
                (
                    "restriction",
                    models.CharField(
                        blank=True,
                        choices=[("", "none"), ("suspended", "suspended"), ("removed", "removed from the platform")],
                        default="",
                        help_text="Whoever is suspended or removed begins nothing new; what is open goes on.",
                        max_length=9,
                    ),
                ),
                ("registered_at", models.DateTimeField()),
                (
                    "registered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
                    ),
                ),
                (
                    "ended_on",
                    models.DateField(blank=True, help_text="From when it is no more, as its filing says.", null=True),
                ),
                (
                    "succeeded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "predecessors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        blank=True,
                        default=list,
                        help_text="Everybody whom it has succeeded, also through others.",
                        size=None,
                    ),
                ),
                (
                    "administrator",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who acts for it in liquidation.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
                "indexes": [models.Index(fields=["kind", "name"], name="organisation_by_kind")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("succeeded_by", None), ("ended_on__isnull", False), _connector="OR"),
                        name="organisation_succeeded_has_ended",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("succeeded_by", models.F("id")), _negated=True),
                        name="organisation_succeeded_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ("agency", "supplier", "distributor", "hospital", "payer", "regulator"))
                        ),
                        name="organisation_kind_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__in", ("", "small", "medium", "other"))),
                        name="organisation_size_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("restriction__in", ("", "suspended", "removed"))),
                        name="organisation_restriction_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SeatToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tokens", to="accounts.seat"
                    ),
                ),
                ("label", models.CharField(max_length=60)),
                ("secret_hash", models.CharField(help_text="SHA-256 of the secret.", max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "revoked_by",
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
                "ordering": ("-made_at",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("made_at__isnull", True), ("made_by__isnull", True)),
                            models.Q(("made_at__isnull", False), ("made_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="seat_token_made_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revoked_at__isnull", True), ("revoked_by__isnull", True)),
                            models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="seat_token_revoked_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("submitted", "waits for a first look"),
                            ("returned", "asked back"),
                            ("reviewed", "waits for a decision"),
                            ("admitted", "admitted"),
                            ("refused", "refused"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="submitted",
                        max_length=9,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("company", "company that makes or holds products"),
                            ("distributor", "distributor"),
                            ("hospital", "hospital"),
                            ("clinic", "clinic"),
                            ("pharmacy", "pharmacy"),
                        ],
                        max_length=11,
                    ),
                ),
                (
                    "renews",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who asks to be admitted anew, where it is registered already.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("credit_code", models.CharField(max_length=18)),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.region"
                    ),
                ),
                (
                    "size",
                    models.CharField(
                        blank=True,
                        choices=[("", "not declared"), ("small", "small"), ("medium", "medium"), ("other", "other")],
                        help_text="As the applicant declares it.",
                        max_length=6,
                    ),
                ),
                ("representative", models.CharField(help_text="The legal representative.", max_length=100)),
                ("contact_name", models.CharField(max_length=100)),
                ("contact_phone", models.CharField(max_length=30)),
                ("contact_email", models.EmailField(max_length=254)),
                ("bank", models.CharField(blank=True, max_length=100)),
                ("bank_holder", models.CharField(blank=True, max_length=200)),
                ("bank_number", models.CharField(blank=True, max_length=34)),
                (
                    "language",
                    models.CharField(blank=True, help_text="In which the applicant is written to.", max_length=10),
                ),
                (
                    "nonce",
                    models.CharField(help_text="From which the platform makes the secret of the link.", max_length=32),
                ),
                (
                    "secret_hash",
                    models.CharField(help_text="SHA-256 of the secret in the link.", max_length=64, unique=True),
                ),
                ("applied_at", models.DateTimeField()),
                ("waits_since", models.DateTimeField(help_text="Since when somebody has to act.")),
                ("returned_at", models.DateTimeField(blank=True, null=True)),
                (
                    "returned_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
                    ),
                ),
                (
                    "question",
                    models.CharField(blank=True, help_text="What is to be corrected or added.", max_length=500),
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
                (
                    "advice",
                    models.CharField(
                        blank=True,
                        choices=[("", "none"), ("admit", "admit"), ("refuse", "refuse")],
                        default="",
                        max_length=6,
                    ),
                ),
                ("review_note", models.CharField(blank=True, max_length=500)),
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
                ("reason", models.CharField(blank=True, help_text="Why it was refused, or withdrawn.", max_length=500)),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who was admitted.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="admissions",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "objections_until",
                    models.DateField(blank=True, help_text="Last day on which anybody may object.", null=True),
                ),
                (
                    "admitted_until",
                    models.DateField(
                        blank=True,
                        help_text="Last day of the licence that ends first; empty where none ends.",
                        null=True,
                    ),
                ),
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
                    models.Index(fields=["credit_code"], name="application_by_code"),
                    models.Index(fields=["status", "waits_since"], name="application_waiting"),
                    models.Index(fields=["organisation", "-id"], name="application_by_admitted"),
                    models.Index(fields=["objections_until", "-id"], name="application_published"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("returned_at__isnull", True), ("returned_by__isnull", True)),
                            models.Q(("returned_at__isnull", False), ("returned_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="application_returned_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reviewed_at__isnull", True), ("reviewed_by__isnull", True)),
                            models.Q(("reviewed_at__isnull", False), ("reviewed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="application_reviewed_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="application_decided_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at", None),
                                ("organisation", None),
                                ("status__in", ("submitted", "returned", "withdrawn")),
                            ),
                            models.Q(
                                ("decided_at", None),
                                ("organisation", None),
                                ("reviewed_at__isnull", False),
                                ("status", "reviewed"),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("organisation", None),
                                ("reviewed_at__isnull", False),
                                ("status", "refused"),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("objections_until__isnull", False),
                                ("organisation__isnull", False),
                                ("reviewed_at__isnull", False),
                                ("status", "admitted"),
                            ),
                            _connector="OR",
                        ),
                        name="application_status_is_its_facts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "returned"), _negated=True),
                            models.Q(("question", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="application_asks_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("advice", ""), ("reviewed_at", None)),
                            models.Q(("advice__in", ("admit", "refuse")), ("reviewed_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="application_review_advises",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ("submitted", "returned", "reviewed", "admitted", "refused", "withdrawn"))
                        ),
                        name="application_status_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("company", "distributor", "hospital", "clinic", "pharmacy"))),
                        name="application_kind_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__in", ("", "small", "medium", "other"))),
                        name="application_size_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("advice__in", ("", "admit", "refuse"))),
                        name="application_advice_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BankAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bank_accounts",
                        to="accounts.organisation",
                    ),
                ),
                ("bank", models.CharField(help_text="The bank and its branch.", max_length=100)),
                ("holder", models.CharField(help_text="In whose name the account is.", max_length=200)),
                ("number", models.CharField(help_text="Without blanks and dashes.", max_length=34)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "waits for a second person"),
                            ("confirmed", "confirmed"),
                            ("withdrawn", "withdrawn"),
                            ("lapsed", "lapsed without an answer"),
                        ],
                        default="proposed",
                        max_length=9,
                    ),
                ),
                ("usable_at", models.DateTimeField(blank=True, help_text="From when payments go there.", null=True)),
                ("proposed_at", models.DateTimeField()),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "confirmed_by",
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
                ("reason", models.CharField(blank=True, help_text="Why it was withdrawn.", max_length=200)),
            ],
            options={
                "ordering": ("-pk",),
                "indexes": [models.Index(fields=["organisation", "-usable_at"], name="bank_account_in_use")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("proposed_at__isnull", True), ("proposed_by__isnull", True)),
                            models.Q(("proposed_at__isnull", False), ("proposed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="bank_account_proposed_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="bank_account_confirmed_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                            models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="bank_account_withdrawn_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("confirmed_at", None), ("status__in", ("proposed", "lapsed")), ("withdrawn_at", None)
                            ),
                            models.Q(("confirmed_at__isnull", False), ("status", "confirmed"), ("withdrawn_at", None)),
                            models.Q(("status", "withdrawn"), ("withdrawn_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="bank_account_status_is_its_facts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at", None), ("usable_at", None)),
                            ("usable_at__gte", models.F("confirmed_at")),
                            _connector="OR",
                        ),
                        name="bank_account_usable_once_confirmed",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "proposed")),
                        fields=("organisation",),
                        name="bank_account_one_open_proposal",
                        violation_error_message="Another bank account of the organisation waits for its second person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("proposed", "confirmed", "withdrawn", "lapsed"))),
                        name="bankaccount_status_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Filing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("renaming", "another name or licence"),
                            ("affiliation", "belongs together with another"),
                            ("separation", "no longer belongs together with another"),
                            ("merger", "merged into another"),
                            ("succession", "succeeded by another"),
                            ("split", "split from another"),
                            ("liquidation", "in liquidation"),
                            ("closure", "closed"),
                            ("suspension", "suspended"),
                            ("reinstatement", "suspension or removal lifted"),
                            ("removal", "removed from the platform"),
                        ],
                        max_length=13,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "waits for a second person"),
                            ("confirmed", "confirmed"),
                            ("declined", "declined"),
                        ],
                        default="proposed",
                        max_length=9,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="filings", to="accounts.organisation"
                    ),
                ),
                ("day", models.DateField(help_text="From when it holds, as the document says.")),
                ("name", models.CharField(blank=True, max_length=200)),
                ("licence", models.CharField(blank=True, max_length=60)),
                (
                    "other",
                    models.ForeignKey(
                        blank=True,
                        help_text="The other organisation, where there is one.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "affiliation",
                    models.CharField(
                        blank=True,
                        choices=[("contract_maker", "holder and its contract maker"), ("control", "under one control")],
                        max_length=14,
                        null=True,
                    ),
                ),
                (
                    "share",
                    core.fields.PointsField(
                        blank=True,
                        decimal_places=2,
                        help_text="Per cent of the other, where the document says so.",
                        max_digits=6,
                        null=True,
                    ),
                ),
                (
                    "administrator",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who acts for an organisation in liquidation.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
                    ),
                ),
                ("document_name", models.CharField(max_length=200)),
                ("document", models.BinaryField(help_text="The file as it was uploaded.")),
                ("sha256", models.CharField(max_length=64)),
                ("proposed_at", models.DateTimeField()),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "confirmed_by",
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
                "ordering": ("-pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("proposed_at__isnull", True), ("proposed_by__isnull", True)),
                            models.Q(("proposed_at__isnull", False), ("proposed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="filing_proposed_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="filing_confirmed_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("declined_at__isnull", True), ("declined_by__isnull", True)),
                            models.Q(("declined_at__isnull", False), ("declined_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="filing_declined_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at", None), ("declined_at", None), ("status", "proposed")),
                            models.Q(("confirmed_at__isnull", False), ("declined_at", None), ("status", "confirmed")),
                            models.Q(
                                ("confirmed_at", None),
                                ("declined_at__isnull", False),
                                ("status", "declined"),
                                models.Q(("decline_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="filing_status_is_its_facts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("affiliation", None),
                                ("kind", "renaming"),
                                ("other", None),
                                models.Q(("name", ""), _negated=True),
                            ),
                            models.Q(
                                ("affiliation__isnull", False),
                                ("kind__in", ("affiliation", "separation")),
                                ("name", ""),
                                ("other__isnull", False),
                            ),
                            models.Q(
                                ("affiliation", None),
                                ("kind__in", ("merger", "succession", "split")),
                                ("name", ""),
                                ("other__isnull", False),
                            ),
                            models.Q(
                                ("affiliation", None),
                                ("kind__in", ("liquidation", "closure", "suspension", "reinstatement", "removal")),
                                ("name", ""),
                                ("other", None),
                            ),
                            _connector="OR",
                        ),
                        name="filing_has_what_its_kind_needs",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("administrator__isnull", False), ("kind", "liquidation")),
                            models.Q(models.Q(("kind", "liquidation"), _negated=True), ("administrator", None)),
                            _connector="OR",
                        ),
                        name="filing_of_a_liquidation_names_its_administrator",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("share", None), ("kind", "affiliation"), _connector="OR"),
                        name="filing_share_is_of_an_affiliation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("organisation", models.F("other")), _negated=True),
                        name="filing_other_is_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("share__gt", 0), ("share__lte", 100)),
                        name="filing_share_is_of_a_hundred",
                        violation_error_message="Enter a share above 0 and up to 100 per cent.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "proposed")),
                        fields=("organisation", "kind", "other"),
                        name="filing_one_of_a_kind_waits",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                (
                                    "renaming",
                                    "affiliation",
                                    "separation",
                                    "merger",
                                    "succession",
                                    "split",
                                    "liquidation",
                                    "closure",
                                    "suspension",
                                    "reinstatement",
                                    "removal",
                                ),
                            )
                        ),
                        name="filing_kind_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("proposed", "confirmed", "declined"))),
                        name="filing_status_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("affiliation__in", ("contract_maker", "control"))),
                        name="filing_affiliation_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254)),
                ("name", models.CharField(max_length=100)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), size=None),
                ),
                (
                    "secret_hash",
                    models.CharField(help_text="SHA-256 of the secret in the link.", max_length=64, unique=True),
                ),
                ("expires_at", models.DateTimeField()),
                ("invited_at", models.DateTimeField()),
                (
                    "invited_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seat",
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
            ],
            options={
                "ordering": ("-invited_at",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at__isnull", True), ("accepted_by__isnull", True)),
                            models.Q(("accepted_at__isnull", False), ("accepted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="invitation_accepted_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="System",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="systems", to="accounts.organisation"
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), size=None),
                ),
                ("ends_on", models.DateField(help_text="Its last day.")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "waits for a second person"),
                            ("confirmed", "confirmed"),
                            ("declined", "declined"),
                        ],
                        default="proposed",
                        max_length=9,
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.seat"
                    ),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "confirmed_by",
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
                (
                    "seat",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="system",
                        to="accounts.seat",
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("proposed_at__isnull", True), ("proposed_by__isnull", True)),
                            models.Q(("proposed_at__isnull", False), ("proposed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="system_proposed_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="system_confirmed_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("declined_at__isnull", True), ("declined_by__isnull", True)),
                            models.Q(("declined_at__isnull", False), ("declined_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="system_declined_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("seat__isnull", False), ("status", "confirmed")),
                            models.Q(models.Q(("status", "confirmed"), _negated=True), ("seat", None)),
                            _connector="OR",
                        ),
                        name="system_confirmed_has_a_seat",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("proposed", "confirmed", "declined"))),
                        name="system_status_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TokenUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "token",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="use", to="accounts.seattoken"
                    ),
                ),
                ("last_on", models.DateField()),
                ("place", models.CharField(blank=True, max_length=16)),
            ],
        ),
        migrations.CreateModel(
            name="AdmissionObjection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "status",
                    models.CharField(
                        choices=[("raised", "waits for an answer"), ("upheld", "upheld"), ("dismissed", "dismissed")],
                        default="raised",
                        max_length=9,
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="accounts.application",
                    ),
                ),
                ("reason", models.CharField(max_length=1000)),
                ("raised_at", models.DateTimeField()),
                (
                    "raised_by",
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
                ("answer", models.CharField(blank=True, max_length=1000)),
            ],
            options={
                "ordering": ("-pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("raised_at__isnull", True), ("raised_by__isnull", True)),
                            models.Q(("raised_at__isnull", False), ("raised_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="admission_objection_raised_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                            models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="admission_objection_answered_at_and_by",
                        violation_error_message="An act needs both its time and its person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("status", "raised")),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("status__in", ("upheld", "dismissed")),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="admission_objection_status_is_its_facts",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "raised")),
                        fields=("application", "raised_by"),
                        name="admission_objection_one_waits",
                        violation_error_message="Your objection waits for its answer already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("raised", "upheld", "dismissed"))),
                        name="admissionobjection_status_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Affiliation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("contract_maker", "holder and its contract maker"), ("control", "under one control")],
                        max_length=14,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="affiliations",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "share",
                    core.fields.PointsField(
                        blank=True,
                        decimal_places=2,
                        help_text="Per cent of the other, where the document says so.",
                        max_digits=6,
                        null=True,
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, help_text="Last day; empty while open-ended.", null=True)),
                (
                    "filing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="begun", to="accounts.filing"
                    ),
                ),
                (
                    "ending",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ended",
                        to="accounts.filing",
                    ),
                ),
            ],
            options={
                "ordering": ("-valid_from", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lte", models.F("valid_to"))),
                        name="affiliation_valid_from_not_after_valid_to",
                        violation_error_message="The end cannot be before the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("organisation", models.F("other")), _negated=True),
                        name="affiliation_is_of_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ending", None), ("valid_to", None)),
                            models.Q(("ending__isnull", False), ("valid_to__isnull", False)),
                            _connector="OR",
                        ),
                        name="affiliation_ends_by_a_filing",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=(
                            (models.F("organisation"), "="),
                            (models.F("other"), "="),
                            (models.F("kind"), "="),
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
                        name="affiliation_one_at_a_time",
                        violation_error_message="This is on record already for the same time.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("contract_maker", "control"))),
                        name="affiliation_kind_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApplicationLicence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="licences", to="accounts.application"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("business", "business licence"),
                            ("drug_production", "drug production licence"),
                            ("drug_distribution", "drug distribution licence"),
                            ("device_production", "medical device production licence"),
                            ("device_distribution", "medical device distribution licence or record"),
                            ("medical", "practising licence of a medical institution"),
                            ("other", "other licence"),
                        ],
                        max_length=19,
                    ),
                ),
                ("number", models.CharField(max_length=60)),
                (
                    "valid_until",
                    models.DateField(blank=True, help_text="Last day; empty where it has none.", null=True),
                ),
                ("document_name", models.CharField(max_length=200)),
                ("document", models.BinaryField(help_text="The file as it was uploaded.")),
                ("sha256", models.CharField(max_length=64)),
                ("given_at", models.DateTimeField()),
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("application", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)),
                        fields=("application", "kind", "number"),
                        name="application_licence_once",
                        violation_error_message="This licence stands there twice.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                (
                                    "business",
                                    "drug_production",
                                    "drug_distribution",
                                    "device_production",
                                    "device_distribution",
                                    "medical",
                                    "other",
                                ),
                            )
                        ),
                        name="applicationlicence_kind_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganisationVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="accounts.organisation"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("licence", models.CharField(blank=True, max_length=60)),
                ("valid_from", models.DateField()),
                (
                    "filing",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="version",
                        to="accounts.filing",
                    ),
                ),
            ],
            options={
                "ordering": ("organisation", "valid_from"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "valid_from"), name="organisation_version_once_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="organisation_version_has_a_name"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="seat",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="accounts.organisation"
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="seat_ended_at_and_by",
                violation_error_message="An act needs both its time and its person.",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(("starts_on__lte", models.F("ends_on"))),
                name="seat_starts_on_not_after_ends_on",
                violation_error_message="The end cannot be before the start.",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("person", "organisation"),
                name="seat_one_a_person_and_organisation",
                violation_error_message="This person already has a seat in the organisation.",
            ),
        ),
        core.triggers.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="person_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."email" IS DISTINCT FROM NEW."email")',
                    func="RAISE EXCEPTION 'what a row of person says stays' USING ERRCODE = 'PT002';",
                    hash="5c3631f6f1670ee16fe237988518d1a87018eaee",
                    operation="UPDATE",
                    pgid="pgtrigger_person_facts_stay_60fbd",
                    table="accounts_person",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="person_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of person remain' USING ERRCODE = 'PT002';",
                    hash="d1791f3cafae08424c928b9e62831d1ad1c0948a",
                    operation="DELETE",
                    pgid="pgtrigger_person_rows_remain_64d39",
                    table="accounts_person",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="person_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'accounts_person', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="b8e65a229f4f27e0978482541091535fb9db52a1",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_person_insert_recorded_13f8d",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="accounts_person",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="person_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'accounts_person\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="918453c19a645a98fcef2032f7bb4abb83b3855b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_person_update_recorded_20533",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="accounts_person",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="person_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'accounts_person', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="e7cd9f7d72b3bd03dee3cea9e98a9f0bcbfd1eeb",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_person_delete_recorded_f7b3b",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="accounts_person",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="person_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of person are removed one by one' USING ERRCODE = 'PT002';",
                    hash="d9cc6c09a4222639c79f5063963e7f3417389b99",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_person_not_emptied_2e798",
                    table="accounts_person",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="person_password_by_its_person",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."password" IS DISTINCT FROM (NEW."password"))',
                    func="\n                    IF NEW.id = (SELECT person_id FROM accounts_seat WHERE id = nullif(current_setting('procurement.seat', true), '')::bigint) OR EXISTS (\n                        SELECT FROM accounts_passwordreset WHERE person_id = NEW.id\n                            AND chosen = encode(sha256(convert_to(NEW.password, 'UTF8')), 'hex')\n                    ) THEN\n                        RETURN NEW;\n                    END IF;\n                    RAISE EXCEPTION 'nobody chooses the password of somebody else' USING ERRCODE = 'PT006';\n                ",
                    hash="1e2fea8f62efa33af3b7680a7b9e77b8384dcd4c",
                    operation='UPDATE OF "password"',
                    pgid="pgtrigger_person_password_by_its_person_36952",
                    table="accounts_person",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="applicationlicence",
            trigger=pgtrigger.compiler.Trigger(
                name="application_licence_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."application_id" IS DISTINCT FROM NEW."application_id" OR OLD."kind" IS DISTINCT FROM NEW."kind" OR OLD."number" IS DISTINCT FROM NEW."number" OR OLD."valid_until" IS DISTINCT FROM NEW."valid_until" OR OLD."document_name" IS DISTINCT FROM NEW."document_name" OR OLD."document" IS DISTINCT FROM NEW."document" OR OLD."sha256" IS DISTINCT FROM NEW."sha256" OR OLD."given_at" IS DISTINCT FROM NEW."given_at" OR OLD."replaced_at" IS NOT NULL AND OLD."replaced_at" IS DISTINCT FROM NEW."replaced_at")',
                    func="RAISE EXCEPTION 'what a row of application_licence says stays' USING ERRCODE = 'PT002';",
                    hash="3784205a5ac80efdee02fe0e27ae5f8840849ed5",
                    operation="UPDATE",
                    pgid="pgtrigger_application_licence_facts_stay_a743c",
                    table="accounts_applicationlicence",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="applicationlicence",
            trigger=pgtrigger.compiler.Trigger(
                name="application_licence_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of application_licence remain' USING ERRCODE = 'PT002';",
                    hash="61f97b5af0303fd754cea210bb448ed1a54fa01a",
                    operation="DELETE",
                    pgid="pgtrigger_application_licence_rows_remain_e6877",
                    table="accounts_applicationlicence",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="applicationlicence",
            trigger=pgtrigger.compiler.Trigger(
                name="application_licence_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'accounts_applicationlicence', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="60646814fae96cbcc1b5753e8086bdc0c3862463",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_application_licence_insert_recorded_a23f4",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="accounts_applicationlicence",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="applicationlicence",
            trigger=pgtrigger.compiler.Trigger(
                name="application_licence_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'accounts_applicationlicence\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="dc7f641e1bcabe69a25f7cc7b3ab450f3ad657cc",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_application_licence_update_recorded_3d1b9",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="accounts_applicationlicence",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="applicationlicence",
            trigger=pgtrigger.compiler.Trigger(
                name="application_licence_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'accounts_applicationlicence', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="5468b33d3258356e9a0da1d355be9bea07da23f1",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_application_licence_delete_recorded_06899",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="accounts_applicationlicence",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="applicationlicence",
            trigger=pgtrigger.compiler.Trigger(
                name="application_licence_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of application_licence are removed one by one' USING ERRCODE = 'PT002';",
                    hash="7639742286f7b43941144803266b1a21aa9b26a2",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_application_licence_not_emptied_19032",
                    table="accounts_applicationlicence",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="codeapp",
            trigger=pgtrigger.compiler.Trigger(
                name="code_app_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."person_id" IS DISTINCT FROM NEW."person_id" OR OLD."sealed_secret" IS DISTINCT FROM NEW."sealed_secret" OR OLD."shown_in_demo" IS DISTINCT FROM NEW."shown_in_demo" OR OLD."added_at" IS DISTINCT FROM NEW."added_at")',
                    func="RAISE EXCEPTION 'what a row of code_app says stays' USING ERRCODE = 'PT002';",
                    hash="4e402fae2ba742ff849bac310f3ee529f4d2368e",
                    operation="UPDATE",
                    pgid="pgtrigger_code_app_facts_stay_6b517",
                    table="accounts_codeapp",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="codeapp",
            trigger=pgtrigger.compiler.Trigger(
                name="code_app_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'accounts_codeapp', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="bd870281e04a8b5e840662f19ee2afa64fa7f3bc",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_code_app_insert_recorded_7a612",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="accounts_codeapp",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="codeapp",
            trigger=pgtrigger.compiler.Trigger(
                name="code_app_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'accounts_codeapp\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="8b6afdb649441498bb93b630cb1b444993627cbb",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_code_app_update_recorded_85138",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="accounts_codeapp",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="codeapp",
            trigger=pgtrigger.compiler.Trigger(
                name="code_app_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'accounts_codeapp', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="995ae16921ee9737ee29761b75782575271a5a66",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_code_app_delete_recorded_01e13",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="accounts_codeapp",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="codeapp",
            trigger=pgtrigger.compiler.Trigger(
                name="code_app_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of code_app are removed one by one' USING ERRCODE = 'PT002';",
                    hash="595aceeacb4c6692e78eb274e4692cd53ecc5ff5",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_code_app_not_emptied_aa4a5",
                    table="accounts_codeapp",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="codeapp",
            trigger=pgtrigger.compiler.Trigger(
                name="code_app_by_its_person",
                sql=core.triggers.FirmTriggerSql(
                    func="\n            IF nullif(current_setting('procurement.seat', true), '')::bigint IS NOT NULL\n                AND NEW.person_id IS DISTINCT FROM (SELECT person_id FROM accounts_seat WHERE id = nullif(current_setting('procurement.seat', true), '')::bigint) THEN\n                RAISE EXCEPTION 'nobody adds what signs in somebody else' USING ERRCODE = 'PT006';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="dbab91739ba01d3956400e45d1da36c24e8eb6eb",
                    operation="INSERT",
                    pgid="pgtrigger_code_app_by_its_person_105b1",
                    table="accounts_codeapp",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="affiliation",
            trigger=pgtrigger.compiler.Trigger(
                name="affiliation_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."kind" IS DISTINCT FROM NEW."kind" OR OLD."organisation_id" IS DISTINCT FROM NEW."organisation_id" OR OLD."other_id" IS DISTINCT FROM NEW."other_id" OR OLD."share" IS DISTINCT FROM NEW."share" OR OLD."valid_from" IS DISTINCT FROM NEW."valid_from" OR OLD."filing_id" IS DISTINCT FROM NEW."filing_id" OR OLD."ending_id" IS NOT NULL AND OLD."ending_id" IS DISTINCT FROM NEW."ending_id")',
                    func="RAISE EXCEPTION 'what a row of affiliation says stays' USING ERRCODE = 'PT002';",
                    hash="5ad016997a547ef917aa2fddaa3a6b9608e08623",
                    operation="UPDATE",
                    pgid="pgtrigger_affiliation_facts_stay_b2536",
                    table="accounts_affiliation",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="affiliation",
            trigger=pgtrigger.compiler.Trigger(
                name="affiliation_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of affiliation remain' USING ERRCODE = 'PT002';",
                    hash="14b3279459348872e985bf477e49343487835ca4",
                    operation="DELETE",
                    pgid="pgtrigger_affiliation_rows_remain_4b3c6",
                    table="accounts_affiliation",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="affiliation",
            trigger=pgtrigger.compiler.Trigger(
                name="affiliation_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'accounts_affiliation', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="e6234cb4dc3ca077c72ebf8f17dbd8f21d153b32",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_affiliation_insert_recorded_4de80",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="accounts_affiliation",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="affiliation",
            trigger=pgtrigger.compiler.Trigger(
                name="affiliation_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'accounts_affiliation\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="db45a376d77a6e3e54e90846e9c1a590c529bd82",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_affiliation_update_recorded_a8ed8",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="accounts_affiliation",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="affiliation",
            trigger=pgtrigger.compiler.Trigger(
                name="affiliation_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'accounts_affiliation', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="9267fceb36e52e83d221f0bde1adfd42d84efe93",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_affiliation_delete_recorded_f8eac",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="accounts_affiliation",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="affiliation",
            trigger=pgtrigger.compiler.Trigger(
                name="affiliation_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of affiliation are removed one by one' USING ERRCODE = 'PT002';",
                    hash="09ff8c24aab68b61359ee756645d7ada2109a662",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_affiliation_not_emptied_861d3",
                    table="accounts_affiliation",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="organisationversion",
            trigger=pgtrigger.compiler.Trigger(
                name="organisation_version_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of organisation_version are written once and stay' USING ERRCODE = 'PT002';",
                    hash="9cc0526e2f5c44e233dc2d1ae5772dc38bc1b2b4",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_organisation_version_rows_stay_4315e",
                    table="accounts_organisationversion",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="organisationversion",
            trigger=pgtrigger.compiler.Trigger(
                name="organisation_version_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of organisation_version are written once and stay' USING ERRCODE = 'PT002';",
                    hash="4a6b97616041eb5d9719249ff8ea00c3f4c565c6",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_organisation_version_table_stays_d33c4",
                    table="accounts_organisationversion",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="organisationversion",
            trigger=pgtrigger.compiler.Trigger(
                name="organisation_version_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'accounts_organisationversion', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="0071e50d674b6237cc042a57726080a646f5bdb6",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_organisation_version_insert_recorded_15b32",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="accounts_organisationversion",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="passkey",
            trigger=pgtrigger.compiler.Trigger(
                name="passkey_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."person_id" IS DISTINCT FROM NEW."person_id" OR OLD."label" IS DISTINCT FROM NEW."label" OR OLD."credential_id" IS DISTINCT FROM NEW."credential_id" OR OLD."public_key" IS DISTINCT FROM NEW."public_key" OR OLD."added_at" IS DISTINCT FROM NEW."added_at" OR OLD."removed_at" IS NOT NULL AND OLD."removed_at" IS DISTINCT FROM NEW."removed_at")',
                    func="RAISE EXCEPTION 'what a row of passkey says stays' USING ERRCODE = 'PT002';",
                    hash="a3b045b58362bc39ec46c73c19dc9eaa3f4cc05e",
                    operation="UPDATE",
                    pgid="pgtrigger_passkey_facts_stay_91f64",
                    table="accounts_passkey",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="passkey",
            trigger=pgtrigger.compiler.Trigger(
                name="passkey_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of passkey remain' USING ERRCODE = 'PT002';",
                    hash="466b4151100235ccbb51d39be32f5680e7d550b6",
                    operation="DELETE",
                    pgid="pgtrigger_passkey_rows_remain_8ae05",
                    table="accounts_passkey",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="passkey",
            trigger=pgtrigger.compiler.Trigger(
                name="passkey_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'accounts_passkey', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="e79353f8d0684507c2110c90013ec21050a345df",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_passkey_insert_recorded_ddc6b",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="accounts_passkey",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="passkey",
            trigger=pgtrigger.compiler.Trigger(
                name="passkey_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'accounts_passkey\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="2fe0c6791aeb1d4aef4484ee94e264c83954acc7",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_passkey_update_recorded_45ff6",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="accounts_passkey",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="passkey",
            trigger=pgtrigger.compiler.Trigger(
                name="passkey_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'accounts_passkey', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="caf508b9aca66b626684df4fd103aae2259fd96f",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_passkey_delete_recorded_55ca5",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="accounts_passkey",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="passkey",
            trigger=pgtrigger.compiler.Trigger(
                name="passkey_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of passkey are removed one by one' USING ERRCODE = 'PT002';",
                    hash="b015f3607704b8086d8449996765ca304c3eb6e1",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_passkey_not_emptied_ebd0d",
                    table="accounts_passkey",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="passkey",
            trigger=pgtrigger.compiler.Trigger(
                name="passkey_by_its_person",
                sql=core.triggers.FirmTriggerSql(
                    func="\n            IF nullif(current_setting('procurement.seat', true), '')::bigint IS NOT NULL\n                AND NEW.person_id IS DISTINCT FROM (SELECT person_id FROM accounts_seat WHERE id = nullif(current_setting('procurement.seat', true), '')::bigint) THEN\n                RAISE EXCEPTION 'nobody adds what signs in somebody else' USING ERRCODE = 'PT006';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="9ee2cf41a93ca89d079bb8ef7b1bf5101810acb7",
                    operation="INSERT",
                    pgid="pgtrigger_passkey_by_its_person_f8ed6",
                    table="accounts_passkey",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="passwordreset",
            trigger=pgtrigger.compiler.Trigger(
                name="password_reset_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."person_id" IS DISTINCT FROM NEW."person_id" OR OLD."secret_hash" IS DISTINCT FROM NEW."secret_hash" OR OLD."asked_at" IS DISTINCT FROM NEW."asked_at" OR OLD."expires_at" IS DISTINCT FROM NEW."expires_at" OR OLD."used_at" IS NOT NULL AND OLD."used_at" IS DISTINCT FROM NEW."used_at" OR OLD."chosen" <> \'\' AND OLD."chosen" IS DISTINCT FROM NEW."chosen")',
                    func="RAISE EXCEPTION 'what a row of password_reset says stays' USING ERRCODE = 'PT002';",
                    hash="29b3cb4d3f9386abc3c7483ebbc900e214eb3ad6",
                    operation="UPDATE",
                    pgid="pgtrigger_password_reset_facts_stay_a9d5e",
                    table="accounts_passwordreset",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="passwordreset",
            trigger=pgtrigger.compiler.Trigger(
                name="password_reset_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of password_reset remain' USING ERRCODE = 'PT002';",
                    hash="08b679595b2f42a087332bab1fb61d4a240109c6",
                    operation="DELETE",
                    pgid="pgtrigger_password_reset_rows_remain_68fff",
                    table="accounts_passwordreset",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="passwordreset",
            trigger=pgtrigger.compiler.Trigger(
                name="password_reset_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'accounts_passwordreset', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="80d607143b355ef1d96f921fc61c5beafb8a7476",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_password_reset_insert_recorded_287f4",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="accounts_passwordreset",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="passwordreset",
            trigger=pgtrigger.compiler.Trigger(
                name="password_reset_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'accounts_passwordreset\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="d7735ab9a086760ba850e4adca8f3a3fcc338d5b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_password_reset_update_recorded_192b3",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="accounts_passwordreset",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="passwordreset",
            trigger=pgtrigger.compiler.Trigger(
                name="password_reset_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'accounts_passwordreset', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="e3e455fb7862e6d01d70010e7d20430668145faa",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_password_reset_delete_recorded_73694",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="accounts_passwordreset",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="passwordreset",
            trigger=pgtrigger.compiler.Trigger(
                name="password_reset_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of password_reset are removed one by one' USING ERRCODE = 'PT002';",
                    hash="0ce690b7ca13a69a1ce54dbd5718f347296963a3",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_password_reset_not_emptied_551df",
                    table="accounts_passwordreset",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="recoverycode",
            trigger=pgtrigger.compiler.Trigger(
                name="recovery_code_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."person_id" IS DISTINCT FROM NEW."person_id" OR OLD."secret_hash" IS DISTINCT FROM NEW."secret_hash" OR OLD."made_at" IS DISTINCT FROM NEW."made_at" OR OLD."used_at" IS NOT NULL AND OLD."used_at" IS DISTINCT FROM NEW."used_at")',
                    func="RAISE EXCEPTION 'what a row of recovery_code says stays' USING ERRCODE = 'PT002';",
                    hash="995a609795bd8f588c6ab58441ec4611f97b29e9",
                    operation="UPDATE",
                    pgid="pgtrigger_recovery_code_facts_stay_73e15",
                    table="accounts_recoverycode",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="recoverycode",
            trigger=pgtrigger.compiler.Trigger(
                name="recovery_code_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'accounts_recoverycode', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="a70df8384c46dd2a25897baaa4410bf2bd1c1ba1",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recovery_code_insert_recorded_2bead",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="accounts_recoverycode",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="recoverycode",
            trigger=pgtrigger.compiler.Trigger(
                name="recovery_code_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'accounts_recoverycode\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="86b8dbc8b08bbcde19bc95e4581d795eebe5a9e1",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recovery_code_update_recorded_e60a1",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="accounts_recoverycode",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="recoverycode",
            trigger=pgtrigger.compiler.Trigger(
                name="recovery_code_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'accounts_recoverycode', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="cfd0e8d047cc651a8ede4df0f69217603e34a22c",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recovery_code_delete_recorded_59475",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="accounts_recoverycode",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="recoverycode",
            trigger=pgtrigger.compiler.Trigger(
                name="recovery_code_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of recovery_code are removed one by one' USING ERRCODE = 'PT002';",
                    hash="89bd2dc6a072ba59f62f99fbc4e1f93be0cb01cb",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_recovery_code_not_emptied_06cc0",
                    table="accounts_recoverycode",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="recoverycode",
            trigger=pgtrigger.compiler.Trigger(
                name="recovery_code_by_its_person",
                sql=core.triggers.FirmTriggerSql(
                    func="\n            IF nullif(current_setting('procurement.seat', true), '')::bigint IS NOT NULL\n                AND NEW.person_id IS DISTINCT FROM (SELECT person_id FROM accounts_seat WHERE id = nullif(current_setting('procurement.seat', true), '')::bigint) THEN\n                RAISE EXCEPTION 'nobody adds what signs in somebody else' USING ERRCODE = 'PT006';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="cd685b147de9f940bcf95f88614ab4babd40c1a2",
                    operation="INSERT",
                    pgid="pgtrigger_recovery_code_by_its_person_26606",
                    table="accounts_recoverycode",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="region",
            trigger=pgtrigger.compiler.Trigger(
                name="region_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."code" IS DISTINCT FROM NEW."code" OR OLD."level" IS DISTINCT FROM NEW."level" OR OLD."name" IS DISTINCT FROM NEW."name" OR OLD."full_name" IS DISTINCT FROM NEW."full_name" OR OLD."name_en" IS DISTINCT FROM NEW."name_en" OR OLD."parent_id" IS DISTINCT FROM NEW."parent_id")',
                    func="RAISE EXCEPTION 'what a row of region says stays' USING ERRCODE = 'PT002';",
                    hash="016760ed87145c291af960bea18658d7a5f9785f",
                    operation="UPDATE",
                    pgid="pgtrigger_region_facts_stay_ae20e",
                    table="accounts_region",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="region",
            trigger=pgtrigger.compiler.Trigger(
                name="region_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of region remain' USING ERRCODE = 'PT002';",
                    hash="f1570c77a685e5eda7867ff52ecbd874a184d7a2",
                    operation="DELETE",
                    pgid="pgtrigger_region_rows_remain_2f615",
                    table="accounts_region",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="region",
            trigger=pgtrigger.compiler.Trigger(
                name="region_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'accounts_region', changed_rows.\"code\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="30ca4fca6101664c9fd969334e256bc25fc46204",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_region_insert_recorded_3274e",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="accounts_region",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="region",
            trigger=pgtrigger.compiler.Trigger(
                name="region_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'accounts_region\', changed_rows."code"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."code" = changed_rows."code"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="8f2564e68b899302ba065d38c8524813c5be892e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_region_update_recorded_0411e",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="accounts_region",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="region",
            trigger=pgtrigger.compiler.Trigger(
                name="region_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'accounts_region', changed_rows.\"code\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="9ed28d99392a8bc2c5cf2874962829276047d450",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_region_delete_recorded_2ae98",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="accounts_region",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="region",
            trigger=pgtrigger.compiler.Trigger(
                name="region_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of region are removed one by one' USING ERRCODE = 'PT002';",
                    hash="69a85fcdf5713115fc325b1e5cdc1b2e0758ca0f",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_region_not_emptied_6c550",
                    table="accounts_region",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="seat",
            trigger=pgtrigger.compiler.Trigger(
                name="seat_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."person_id" IS DISTINCT FROM NEW."person_id" OR OLD."organisation_id" IS DISTINCT FROM NEW."organisation_id" OR OLD."starts_on" IS DISTINCT FROM NEW."starts_on" OR OLD."ends_on" IS NOT NULL AND OLD."ends_on" IS DISTINCT FROM NEW."ends_on" OR OLD."ended_at" IS NOT NULL AND OLD."ended_at" IS DISTINCT FROM NEW."ended_at" OR OLD."ended_by_id" IS NOT NULL AND OLD."ended_by_id" IS DISTINCT FROM NEW."ended_by_id" OR OLD."end_reason" <> \'\' AND OLD."end_reason" IS DISTINCT FROM NEW."end_reason")',
                    func="RAISE EXCEPTION 'what a row of seat says stays' USING ERRCODE = 'PT002';",
                    hash="92a4ddac24c6cb3133327bf579fbefc00584f082",
                    operation="UPDATE",
                    pgid="pgtrigger_seat_facts_stay_5efcf",
                    table="accounts_seat",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="seat",
            trigger=pgtrigger.compiler.Trigger(
                name="seat_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of seat remain' USING ERRCODE = 'PT002';",
                    hash="2d10af4a836f7ea9d5550da81a13e569677208d8",
                    operation="DELETE",
                    pgid="pgtrigger_seat_rows_remain_0f460",
                    table="accounts_seat",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="seat",
            trigger=pgtrigger.compiler.Trigger(
                name="seat_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'accounts_seat', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="c42beed82786dc4712d4fc00245272ee10632ba8",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_seat_insert_recorded_a7a68",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="accounts_seat",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="seat",
            trigger=pgtrigger.compiler.Trigger(
                name="seat_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'accounts_seat\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="b955ceeca65c12112959272d9100a0ec6b3d2149",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_seat_update_recorded_bf42c",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="accounts_seat",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="seat",
            trigger=pgtrigger.compiler.Trigger(
                name="seat_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'accounts_seat', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="0596da65080c70473e71c63f522e979fba1af977",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_seat_delete_recorded_7e632",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="accounts_seat",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="seat",
            trigger=pgtrigger.compiler.Trigger(
                name="seat_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of seat are removed one by one' USING ERRCODE = 'PT002';",
                    hash="bddfbb2f3eddaea0977f1f9bb07ae1cac7aee1a9",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_seat_not_emptied_bc5df",
                    table="accounts_seat",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="organisation_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."kind" IS DISTINCT FROM NEW."kind" OR OLD."credit_code" IS DISTINCT FROM NEW."credit_code" OR OLD."region_id" IS DISTINCT FROM NEW."region_id" OR OLD."registered_at" IS DISTINCT FROM NEW."registered_at" OR OLD."registered_by_id" IS DISTINCT FROM NEW."registered_by_id" OR OLD."ended_on" IS NOT NULL AND OLD."ended_on" IS DISTINCT FROM NEW."ended_on" OR OLD."succeeded_by_id" IS NOT NULL AND OLD."succeeded_by_id" IS DISTINCT FROM NEW."succeeded_by_id")',
                    func="RAISE EXCEPTION 'what a row of organisation says stays' USING ERRCODE = 'PT002';",
                    hash="16bb6891a1de7fb55616f77ec06e8610a418b4fa",
                    operation="UPDATE",
                    pgid="pgtrigger_organisation_facts_stay_241fe",
                    table="accounts_organisation",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="organisation_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of organisation remain' USING ERRCODE = 'PT002';",
                    hash="6d4b4a426c5ebc429d0319fa39525044c4a92bc4",
                    operation="DELETE",
                    pgid="pgtrigger_organisation_rows_remain_2c6d9",
                    table="accounts_organisation",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="organisation_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'accounts_organisation', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="7d0331cc277c43c0ad40e8b84ad478fadde16e6a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_organisation_insert_recorded_f81b3",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="accounts_organisation",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="organisation_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'accounts_organisation\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="bf2a5cd8743866f788e11d639819ca9fc9fda6ea",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_organisation_update_recorded_b4cb0",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="accounts_organisation",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="organisation_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'accounts_organisation', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="db18379c1cd7822d9607e3c6af67cfadd5781638",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_organisation_delete_recorded_9a386",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="accounts_organisation",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="organisation_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of organisation are removed one by one' USING ERRCODE = 'PT002';",
                    hash="9022efbb6f60ac55eaecf8bd599e6867939554a5",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_organisation_not_emptied_99c89",
                    table="accounts_organisation",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="invitation",
            trigger=pgtrigger.compiler.Trigger(
                name="invitation_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."email" IS DISTINCT FROM NEW."email" OR OLD."name" IS DISTINCT FROM NEW."name" OR OLD."roles" IS DISTINCT FROM NEW."roles" OR OLD."secret_hash" IS DISTINCT FROM NEW."secret_hash" OR OLD."expires_at" IS DISTINCT FROM NEW."expires_at" OR OLD."invited_at" IS DISTINCT FROM NEW."invited_at" OR OLD."invited_by_id" IS DISTINCT FROM NEW."invited_by_id" OR OLD."accepted_at" IS NOT NULL AND OLD."accepted_at" IS DISTINCT FROM NEW."accepted_at" OR OLD."accepted_by_id" IS NOT NULL AND OLD."accepted_by_id" IS DISTINCT FROM NEW."accepted_by_id")',
                    func="RAISE EXCEPTION 'what a row of invitation says stays' USING ERRCODE = 'PT002';",
                    hash="b1d66a60f71c0d4242ce6bbb0c601a0cd28fecf6",
                    operation="UPDATE",
                    pgid="pgtrigger_invitation_facts_stay_f078e",
                    table="accounts_invitation",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="invitation",
            trigger=pgtrigger.compiler.Trigger(
                name="invitation_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of invitation remain' USING ERRCODE = 'PT002';",
                    hash="7a7d4ee5cd3215353feab50485d4f754302792c5",
                    operation="DELETE",
                    pgid="pgtrigger_invitation_rows_remain_14556",
                    table="accounts_invitation",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="invitation",
            trigger=pgtrigger.compiler.Trigger(
                name="invitation_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'accounts_invitation', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="6598f6819451a1ce3f3393be1a685fe307605ae8",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_invitation_insert_recorded_81be8",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="accounts_invitation",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="invitation",
            trigger=pgtrigger.compiler.Trigger(
                name="invitation_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'accounts_invitation\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="a0594dc3295157b0898de721ffde9953d1cdf5c3",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_invitation_update_recorded_44416",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="accounts_invitation",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="invitation",
            trigger=pgtrigger.compiler.Trigger(
                name="invitation_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'accounts_invitation', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="a778ae2079e4a4b910f280720083643a8bf644bc",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_invitation_delete_recorded_f2f8c",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="accounts_invitation",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="invitation",
            trigger=pgtrigger.compiler.Trigger(
                name="invitation_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of invitation are removed one by one' USING ERRCODE = 'PT002';",
                    hash="a19c94de819bbafdfe1ccd09e41f2057a4dcfd15",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_invitation_not_emptied_3accc",
                    table="accounts_invitation",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="filing",
            trigger=pgtrigger.compiler.Trigger(
                name="filing_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."kind" IS DISTINCT FROM NEW."kind" OR OLD."status" IS DISTINCT FROM NEW."status" AND OLD."status" || \'>\' || NEW."status" NOT IN (\'proposed>confirmed\', \'proposed>declined\') OR OLD."organisation_id" IS DISTINCT FROM NEW."organisation_id" OR OLD."day" IS DISTINCT FROM NEW."day" OR OLD."name" IS DISTINCT FROM NEW."name" OR OLD."licence" IS DISTINCT FROM NEW."licence" OR OLD."other_id" IS DISTINCT FROM NEW."other_id" OR OLD."affiliation" IS DISTINCT FROM NEW."affiliation" OR OLD."share" IS DISTINCT FROM NEW."share" OR OLD."administrator_id" IS DISTINCT FROM NEW."administrator_id" OR OLD."document_name" IS DISTINCT FROM NEW."document_name" OR OLD."document" IS DISTINCT FROM NEW."document" OR OLD."sha256" IS DISTINCT FROM NEW."sha256" OR OLD."proposed_at" IS DISTINCT FROM NEW."proposed_at" OR OLD."proposed_by_id" IS DISTINCT FROM NEW."proposed_by_id" OR OLD."confirmed_at" IS NOT NULL AND OLD."confirmed_at" IS DISTINCT FROM NEW."confirmed_at" OR OLD."confirmed_by_id" IS NOT NULL AND OLD."confirmed_by_id" IS DISTINCT FROM NEW."confirmed_by_id" OR OLD."declined_at" IS NOT NULL AND OLD."declined_at" IS DISTINCT FROM NEW."declined_at" OR OLD."declined_by_id" IS NOT NULL AND OLD."declined_by_id" IS DISTINCT FROM NEW."declined_by_id" OR OLD."decline_reason" <> \'\' AND OLD."decline_reason" IS DISTINCT FROM NEW."decline_reason")',
                    func="RAISE EXCEPTION 'what a row of filing says stays' USING ERRCODE = 'PT002';",
                    hash="1899cc7a47c2d521ae3a69aaf913e3b6b13d86ab",
                    operation="UPDATE",
                    pgid="pgtrigger_filing_facts_stay_efdfb",
                    table="accounts_filing",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="filing",
            trigger=pgtrigger.compiler.Trigger(
                name="filing_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of filing remain' USING ERRCODE = 'PT002';",
                    hash="fae9f7fc61ae5e587a743b2c02fe4c8831444cea",
                    operation="DELETE",
                    pgid="pgtrigger_filing_rows_remain_87bf9",
                    table="accounts_filing",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="filing",
            trigger=pgtrigger.compiler.Trigger(
                name="filing_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'accounts_filing', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="474dbaed2ae63ca6a855df62ade8b19654e232bd",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_filing_insert_recorded_c23d0",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="accounts_filing",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="filing",
            trigger=pgtrigger.compiler.Trigger(
                name="filing_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'accounts_filing\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="c983b76cfd136c6a0d52265e0f6c833dca00743c",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_filing_update_recorded_88e33",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="accounts_filing",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="filing",
            trigger=pgtrigger.compiler.Trigger(
                name="filing_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'accounts_filing', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="5c77ec03818219756d1091cb38cb11cb231efdf6",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_filing_delete_recorded_a81e2",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="accounts_filing",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="filing",
            trigger=pgtrigger.compiler.Trigger(
                name="filing_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of filing are removed one by one' USING ERRCODE = 'PT002';",
                    hash="5a2c59a2a5fb9482661961468cb3a6c3e9068918",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_filing_not_emptied_7ee7d",
                    table="accounts_filing",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="filing",
            trigger=pgtrigger.compiler.Trigger(
                name="filing_needs_two_people",
                sql=core.triggers.FirmTriggerSql(
                    func="\n                    IF TG_OP = 'INSERT' AND NEW.status <> 'proposed' THEN\n                        RAISE EXCEPTION 'a filing begins as a proposal' USING ERRCODE = 'PT006';\n                    END IF;\n                    IF TG_OP = 'UPDATE' AND (\n                        OLD.status <> 'proposed' OR to_jsonb(NEW) - '{status,confirmed_at,confirmed_by_id,declined_at,declined_by_id,decline_reason}'::text[] <> to_jsonb(OLD) - '{status,confirmed_at,confirmed_by_id,declined_at,declined_by_id,decline_reason}'::text[]\n                    ) THEN\n                        RAISE EXCEPTION 'what was filed stays, and is decided once' USING ERRCODE = 'PT006';\n                    END IF;\n                    IF (SELECT person_id FROM accounts_seat WHERE id = NEW.confirmed_by_id)\n                        = (SELECT person_id FROM accounts_seat WHERE id = NEW.proposed_by_id) THEN\n                        RAISE EXCEPTION 'a filing needs two people' USING ERRCODE = 'PT006';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="61395bc82439fc30e9783e61d9a59bdaf6654b2f",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_filing_needs_two_people_feb9d",
                    table="accounts_filing",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="filing",
            trigger=pgtrigger.compiler.Trigger(
                name="filing_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'what was filed stays on record' USING ERRCODE = 'PT002';",
                    hash="4cb732bfb28b8efb9bc42ec008d8840c2006258d",
                    operation="DELETE",
                    pgid="pgtrigger_filing_stays_e1545",
                    table="accounts_filing",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="bankaccount",
            trigger=pgtrigger.compiler.Trigger(
                name="bank_account_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."organisation_id" IS DISTINCT FROM NEW."organisation_id" OR OLD."bank" IS DISTINCT FROM NEW."bank" OR OLD."holder" IS DISTINCT FROM NEW."holder" OR OLD."number" IS DISTINCT FROM NEW."number" OR OLD."status" IS DISTINCT FROM NEW."status" AND OLD."status" || \'>\' || NEW."status" NOT IN (\'proposed>confirmed\', \'proposed>lapsed\', \'proposed>withdrawn\', \'confirmed>withdrawn\') OR OLD."usable_at" IS NOT NULL AND OLD."usable_at" IS DISTINCT FROM NEW."usable_at" OR OLD."proposed_at" IS DISTINCT FROM NEW."proposed_at" OR OLD."proposed_by_id" IS DISTINCT FROM NEW."proposed_by_id" OR OLD."confirmed_at" IS NOT NULL AND OLD."confirmed_at" IS DISTINCT FROM NEW."confirmed_at" OR OLD."confirmed_by_id" IS NOT NULL AND OLD."confirmed_by_id" IS DISTINCT FROM NEW."confirmed_by_id" OR OLD."withdrawn_at" IS NOT NULL AND OLD."withdrawn_at" IS DISTINCT FROM NEW."withdrawn_at" OR OLD."withdrawn_by_id" IS NOT NULL AND OLD."withdrawn_by_id" IS DISTINCT FROM NEW."withdrawn_by_id" OR OLD."reason" <> \'\' AND OLD."reason" IS DISTINCT FROM NEW."reason")',
                    func="RAISE EXCEPTION 'what a row of bank_account says stays' USING ERRCODE = 'PT002';",
                    hash="15702054eb5492929d8dacaab8c8e1a53c325739",
                    operation="UPDATE",
                    pgid="pgtrigger_bank_account_facts_stay_2b916",
                    table="accounts_bankaccount",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="bankaccount",
            trigger=pgtrigger.compiler.Trigger(
                name="bank_account_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of bank_account remain' USING ERRCODE = 'PT002';",
                    hash="2a992e684c3353395abe8acdebf55ded000c77eb",
                    operation="DELETE",
                    pgid="pgtrigger_bank_account_rows_remain_c79d3",
                    table="accounts_bankaccount",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="bankaccount",
            trigger=pgtrigger.compiler.Trigger(
                name="bank_account_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'accounts_bankaccount', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="5a09c2a3d282dd6588d06025da710fc4576104f9",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_bank_account_insert_recorded_6241c",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="accounts_bankaccount",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="bankaccount",
            trigger=pgtrigger.compiler.Trigger(
                name="bank_account_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'accounts_bankaccount\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="e39f8505f0b0f71b50df870612c64e536179caf3",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_bank_account_update_recorded_a905b",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="accounts_bankaccount",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="bankaccount",
            trigger=pgtrigger.compiler.Trigger(
                name="bank_account_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'accounts_bankaccount', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="a754f01817b69ed26616bd018233d4ec225684b3",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_bank_account_delete_recorded_14b22",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="accounts_bankaccount",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="bankaccount",
            trigger=pgtrigger.compiler.Trigger(
                name="bank_account_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of bank_account are removed one by one' USING ERRCODE = 'PT002';",
                    hash="65d557d28264eb9cede2382cf580a009fed19924",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_bank_account_not_emptied_1a43c",
                    table="accounts_bankaccount",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="bankaccount",
            trigger=pgtrigger.compiler.Trigger(
                name="bank_account_needs_two_people",
                sql=core.triggers.FirmTriggerSql(
                    func="\n                    IF TG_OP = 'INSERT' AND NEW.status <> 'proposed' THEN\n                        RAISE EXCEPTION 'a bank account begins as a proposal' USING ERRCODE = 'PT006';\n                    END IF;\n                    IF TG_OP = 'UPDATE' AND (\n                        NEW.reference, NEW.organisation_id, NEW.bank, NEW.holder, NEW.number,\n                        NEW.proposed_at, NEW.proposed_by_id\n                    ) IS DISTINCT FROM (\n                        OLD.reference, OLD.organisation_id, OLD.bank, OLD.holder, OLD.number,\n                        OLD.proposed_at, OLD.proposed_by_id\n                    ) THEN\n                        RAISE EXCEPTION 'a proposed bank account stays as it is' USING ERRCODE = 'PT006';\n                    END IF;\n                    IF TG_OP = 'UPDATE' AND OLD.status <> 'proposed' AND (\n                        OLD.status <> 'confirmed' OR NEW.status <> 'withdrawn' OR NEW.withdrawn_at >= OLD.usable_at\n                        OR (NEW.confirmed_at, NEW.confirmed_by_id, NEW.usable_at)\n                            IS DISTINCT FROM (OLD.confirmed_at, OLD.confirmed_by_id, OLD.usable_at)\n                    ) THEN\n                        RAISE EXCEPTION 'a bank account is stopped in time, or stays' USING ERRCODE = 'PT006';\n                    END IF;\n                    IF (SELECT person_id FROM accounts_seat WHERE id = NEW.confirmed_by_id)\n                        = (SELECT person_id FROM accounts_seat WHERE id = NEW.proposed_by_id) THEN\n                        RAISE EXCEPTION 'a bank account needs two people' USING ERRCODE = 'PT006';\n                    END IF;\n                    IF TG_OP = 'UPDATE' AND OLD.status = 'proposed' AND NEW.status = 'confirmed'\n                        AND NEW.usable_at < NEW.confirmed_at + interval '24 hours' AND EXISTS (\n                            SELECT FROM accounts_bankaccount\n                            WHERE organisation_id = NEW.organisation_id AND status = 'confirmed'\n                                AND usable_at <= NEW.confirmed_at\n                        ) THEN\n                        RAISE EXCEPTION 'another bank account is not replaced at once' USING ERRCODE = 'PT006';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="70c16eea55262339a2936f4e7bfa1e1e9d527646",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_bank_account_needs_two_people_3d46c",
                    table="accounts_bankaccount",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="bankaccount",
            trigger=pgtrigger.compiler.Trigger(
                name="bank_account_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of bank_account stay' USING ERRCODE = 'PT002';",
                    hash="6694b8712296f54a43f29e7d78ccb9775e4fbf5c",
                    operation="DELETE",
                    pgid="pgtrigger_bank_account_stays_f020e",
                    table="accounts_bankaccount",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="application",
            trigger=pgtrigger.compiler.Trigger(
                name="application_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."status" IS DISTINCT FROM NEW."status" AND OLD."status" || \'>\' || NEW."status" NOT IN (\'submitted>returned\', \'submitted>reviewed\', \'submitted>withdrawn\', \'returned>reviewed\', \'returned>submitted\', \'returned>withdrawn\', \'reviewed>admitted\', \'reviewed>refused\', \'reviewed>returned\', \'reviewed>withdrawn\') OR OLD."renews_id" IS DISTINCT FROM NEW."renews_id" OR OLD."language" IS DISTINCT FROM NEW."language" OR OLD."nonce" IS DISTINCT FROM NEW."nonce" OR OLD."secret_hash" IS DISTINCT FROM NEW."secret_hash" OR OLD."applied_at" IS DISTINCT FROM NEW."applied_at" OR OLD."decided_at" IS NOT NULL AND OLD."decided_at" IS DISTINCT FROM NEW."decided_at" OR OLD."decided_by_id" IS NOT NULL AND OLD."decided_by_id" IS DISTINCT FROM NEW."decided_by_id" OR OLD."organisation_id" IS NOT NULL AND OLD."organisation_id" IS DISTINCT FROM NEW."organisation_id" OR OLD."objections_until" IS NOT NULL AND OLD."objections_until" IS DISTINCT FROM NEW."objections_until" OR OLD."admitted_until" IS NOT NULL AND OLD."admitted_until" IS DISTINCT FROM NEW."admitted_until")',
                    func="RAISE EXCEPTION 'what a row of application says stays' USING ERRCODE = 'PT002';",
                    hash="d3ddc5b6b6549d53791343bba2da4127fdc3a5b7",
                    operation="UPDATE",
                    pgid="pgtrigger_application_facts_stay_84f5f",
                    table="accounts_application",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="application",
            trigger=pgtrigger.compiler.Trigger(
                name="application_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of application remain' USING ERRCODE = 'PT002';",
                    hash="6da40c06a04a5ffab3b77eea67ad0cf28b55455d",
                    operation="DELETE",
                    pgid="pgtrigger_application_rows_remain_d67ec",
                    table="accounts_application",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="application",
            trigger=pgtrigger.compiler.Trigger(
                name="application_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'accounts_application', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="87f4a54d05a0eb22248b7315e99ea21484c59cb8",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_application_insert_recorded_d9fa1",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="accounts_application",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="application",
            trigger=pgtrigger.compiler.Trigger(
                name="application_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'accounts_application\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="41345f4e713f641fc5dbf29241ea7fc2a727a7a2",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_application_update_recorded_25932",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="accounts_application",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="application",
            trigger=pgtrigger.compiler.Trigger(
                name="application_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'accounts_application', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="7ada34cc9a6c753602a6620704c246e66e964ed0",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_application_delete_recorded_9fbf0",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="accounts_application",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="application",
            trigger=pgtrigger.compiler.Trigger(
                name="application_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of application are removed one by one' USING ERRCODE = 'PT002';",
                    hash="f4a09e2d5375f5bf83e567314791fa7de39e8bfb",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_application_not_emptied_bd8f8",
                    table="accounts_application",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="application",
            trigger=pgtrigger.compiler.Trigger(
                name="application_needs_two_people",
                sql=core.triggers.FirmTriggerSql(
                    func="\n                    IF TG_OP = 'INSERT' AND NEW.status <> 'submitted' THEN\n                        RAISE EXCEPTION 'an application begins by being submitted' USING ERRCODE = 'PT006';\n                    END IF;\n                    IF TG_OP = 'UPDATE' AND OLD.status <> 'returned' AND (\n                        NEW.kind, NEW.name, NEW.credit_code, NEW.region_id, NEW.size, NEW.representative,\n                        NEW.contact_name, NEW.contact_phone, NEW.contact_email, NEW.bank, NEW.bank_holder,\n                        NEW.bank_number\n                    ) IS DISTINCT FROM (\n                        OLD.kind, OLD.name, OLD.credit_code, OLD.region_id, OLD.size, OLD.representative,\n                        OLD.contact_name, OLD.contact_phone, OLD.contact_email, OLD.bank, OLD.bank_holder,\n                        OLD.bank_number\n                    ) THEN\n                        RAISE EXCEPTION 'an application changes only while it was asked back'\n                            USING ERRCODE = 'PT006';\n                    END IF;\n                    IF (SELECT person_id FROM accounts_seat WHERE id = NEW.decided_by_id)\n                        = (SELECT person_id FROM accounts_seat WHERE id = NEW.reviewed_by_id) THEN\n                        RAISE EXCEPTION 'an application needs two people' USING ERRCODE = 'PT006';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="6e3ac5d0e7d7ded848ecab1d31e406a461a95c2b",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_application_needs_two_people_12e96",
                    table="accounts_application",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="admissionobjection",
            trigger=pgtrigger.compiler.Trigger(
                name="admission_objection_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."status" IS DISTINCT FROM NEW."status" AND OLD."status" || \'>\' || NEW."status" NOT IN (\'raised>dismissed\', \'raised>upheld\') OR OLD."application_id" IS DISTINCT FROM NEW."application_id" OR OLD."reason" IS DISTINCT FROM NEW."reason" OR OLD."raised_at" IS DISTINCT FROM NEW."raised_at" OR OLD."raised_by_id" IS DISTINCT FROM NEW."raised_by_id" OR OLD."answered_at" IS NOT NULL AND OLD."answered_at" IS DISTINCT FROM NEW."answered_at" OR OLD."answered_by_id" IS NOT NULL AND OLD."answered_by_id" IS DISTINCT FROM NEW."answered_by_id" OR OLD."answer" <> \'\' AND OLD."answer" IS DISTINCT FROM NEW."answer")',
                    func="RAISE EXCEPTION 'what a row of admission_objection says stays' USING ERRCODE = 'PT002';",
                    hash="72d24a7a5c2d3393780160c3dfdc7e23c57afde2",
                    operation="UPDATE",
                    pgid="pgtrigger_admission_objection_facts_stay_2d585",
                    table="accounts_admissionobjection",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="admissionobjection",
            trigger=pgtrigger.compiler.Trigger(
                name="admission_objection_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of admission_objection remain' USING ERRCODE = 'PT002';",
                    hash="7c06ae23abe6a16e7c6ac670f2bdf32ffdcb9313",
                    operation="DELETE",
                    pgid="pgtrigger_admission_objection_rows_remain_cd5e6",
                    table="accounts_admissionobjection",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="admissionobjection",
            trigger=pgtrigger.compiler.Trigger(
                name="admission_objection_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'accounts_admissionobjection', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="03f66d67c88f926753e566b33251ebf179c70591",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_admission_objection_insert_recorded_65420",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="accounts_admissionobjection",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="admissionobjection",
            trigger=pgtrigger.compiler.Trigger(
                name="admission_objection_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'accounts_admissionobjection\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="16f653440ced0c21983091354ff515e757879edf",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_admission_objection_update_recorded_0d283",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="accounts_admissionobjection",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="admissionobjection",
            trigger=pgtrigger.compiler.Trigger(
                name="admission_objection_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'accounts_admissionobjection', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="31e31186427f268d175b2abe10c8d713571c5f98",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_admission_objection_delete_recorded_b0bf4",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="accounts_admissionobjection",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="admissionobjection",
            trigger=pgtrigger.compiler.Trigger(
                name="admission_objection_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of admission_objection are removed one by one' USING ERRCODE = 'PT002';",
                    hash="b65bde49c6646b9619d655b24be0cabc3ebd00cf",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_admission_objection_not_emptied_68709",
                    table="accounts_admissionobjection",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="seattoken",
            trigger=pgtrigger.compiler.Trigger(
                name="seat_token_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."seat_id" IS DISTINCT FROM NEW."seat_id" OR OLD."label" IS DISTINCT FROM NEW."label" OR OLD."secret_hash" IS DISTINCT FROM NEW."secret_hash" OR OLD."made_at" IS DISTINCT FROM NEW."made_at" OR OLD."made_by_id" IS DISTINCT FROM NEW."made_by_id" OR OLD."revoked_at" IS NOT NULL AND OLD."revoked_at" IS DISTINCT FROM NEW."revoked_at" OR OLD."revoked_by_id" IS NOT NULL AND OLD."revoked_by_id" IS DISTINCT FROM NEW."revoked_by_id")',
                    func="RAISE EXCEPTION 'what a row of seat_token says stays' USING ERRCODE = 'PT002';",
                    hash="1dcc9b4788dd50a7b35074e0b5b9e778988a8590",
                    operation="UPDATE",
                    pgid="pgtrigger_seat_token_facts_stay_b613a",
                    table="accounts_seattoken",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="seattoken",
            trigger=pgtrigger.compiler.Trigger(
                name="seat_token_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of seat_token remain' USING ERRCODE = 'PT002';",
                    hash="b020493d068e18a80c08188c54ec1aee98151478",
                    operation="DELETE",
                    pgid="pgtrigger_seat_token_rows_remain_eefde",
                    table="accounts_seattoken",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="seattoken",
            trigger=pgtrigger.compiler.Trigger(
                name="seat_token_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'accounts_seattoken', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="d8a13aa28249ff6e5b858c2c367397d485749df4",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_seat_token_insert_recorded_93b33",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="accounts_seattoken",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="seattoken",
            trigger=pgtrigger.compiler.Trigger(
                name="seat_token_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'accounts_seattoken\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="8e42900a62ec67154654112816199fc4133456ad",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_seat_token_update_recorded_feeb4",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="accounts_seattoken",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="seattoken",
            trigger=pgtrigger.compiler.Trigger(
                name="seat_token_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'accounts_seattoken', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="3bff4af3866a71aa6fab8e3835aba9752d530d12",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_seat_token_delete_recorded_8f03b",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="accounts_seattoken",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="seattoken",
            trigger=pgtrigger.compiler.Trigger(
                name="seat_token_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of seat_token are removed one by one' USING ERRCODE = 'PT002';",
                    hash="35deb1e8a7e292224be304030b59be25762fa108",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_seat_token_not_emptied_29b80",
                    table="accounts_seattoken",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="system",
            trigger=pgtrigger.compiler.Trigger(
                name="system_facts_stay",
                sql=core.triggers.FirmTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id" OR OLD."reference" IS DISTINCT FROM NEW."reference" OR OLD."organisation_id" IS DISTINCT FROM NEW."organisation_id" OR OLD."name" IS DISTINCT FROM NEW."name" OR OLD."roles" IS DISTINCT FROM NEW."roles" OR OLD."ends_on" IS DISTINCT FROM NEW."ends_on" OR OLD."status" IS DISTINCT FROM NEW."status" AND OLD."status" || \'>\' || NEW."status" NOT IN (\'proposed>confirmed\', \'proposed>declined\') OR OLD."proposed_at" IS DISTINCT FROM NEW."proposed_at" OR OLD."proposed_by_id" IS DISTINCT FROM NEW."proposed_by_id" OR OLD."confirmed_at" IS NOT NULL AND OLD."confirmed_at" IS DISTINCT FROM NEW."confirmed_at" OR OLD."confirmed_by_id" IS NOT NULL AND OLD."confirmed_by_id" IS DISTINCT FROM NEW."confirmed_by_id" OR OLD."declined_at" IS NOT NULL AND OLD."declined_at" IS DISTINCT FROM NEW."declined_at" OR OLD."declined_by_id" IS NOT NULL AND OLD."declined_by_id" IS DISTINCT FROM NEW."declined_by_id" OR OLD."seat_id" IS NOT NULL AND OLD."seat_id" IS DISTINCT FROM NEW."seat_id")',
                    func="RAISE EXCEPTION 'what a row of system says stays' USING ERRCODE = 'PT002';",
                    hash="155a094754815fc83be2549900dfa22cac02e7fd",
                    operation="UPDATE",
                    pgid="pgtrigger_system_facts_stay_fd793",
                    table="accounts_system",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="system",
            trigger=pgtrigger.compiler.Trigger(
                name="system_rows_remain",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of system remain' USING ERRCODE = 'PT002';",
                    hash="63a223aaaa8324ed3886c1f0bb82cdbe6ca3ec9e",
                    operation="DELETE",
                    pgid="pgtrigger_system_rows_remain_ca494",
                    table="accounts_system",
                    when="BEFORE",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="system",
            trigger=pgtrigger.compiler.Trigger(
                name="system_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'accounts_system', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="63c1dd3cb213365e201277c909476302fc9e64f9",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_system_insert_recorded_76978",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
                    table="accounts_system",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="system",
            trigger=pgtrigger.compiler.Trigger(
                name="system_update_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            ("table", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT \'accounts_system\', changed_rows."id"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\')), (\n    SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(rows_before))::text, \'UTF8\')) FROM rows_before WHERE rows_before."id" = changed_rows."id"\n)\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n',
                    hash="e13fbfd23fadd8cdd4be444ed06d0a30813cb6eb",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_system_update_recorded_e61a3",
                    referencing="REFERENCING OLD TABLE AS rows_before  NEW TABLE AS changed_rows ",
                    table="accounts_system",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="system",
            trigger=pgtrigger.compiler.Trigger(
                name="system_delete_recorded",
                sql=core.triggers.RecorderSql(
                    func="\n    WITH recorded AS (\n        INSERT INTO core_rowrecord\n            (\"table\", key, operation, system, transaction, role, recorded_at, fingerprint, before)\n        SELECT 'accounts_system', changed_rows.\"id\"::text, lower(TG_OP), (SELECT system_identifier FROM pg_control_system()), pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),\n            sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, 'UTF8')), NULL\n        FROM changed_rows\n        RETURNING id, recorded_at\n    )\n    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded;\n    RETURN NULL;\n",
                    hash="511b74527518794d1c57fe856dae71c34b73793d",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_system_delete_recorded_62257",
                    referencing="REFERENCING OLD TABLE AS changed_rows ",
                    table="accounts_system",
                    when="AFTER",
                ),
            ),
        ),
        core.triggers.AddTrigger(
            model_name="system",
            trigger=pgtrigger.compiler.Trigger(
                name="system_not_emptied",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of system are removed one by one' USING ERRCODE = 'PT002';",
                    hash="f547dfad7716d1500c18efaf55a45be4f508a702",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_system_not_emptied_c5ff5",
                    table="accounts_system",
                    when="BEFORE",
                ),
            ),
        ),
        *AFTER,
    ]
