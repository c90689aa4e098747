import core.triggers
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from accounts.migrations._by_hand import AFTER


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_initial"),
    ]

    operations = [
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
                ("email", models.EmailField(max_length=254, unique=True)),
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
                    "bank_account",
                    models.CharField(blank=True, help_text="Account to which the agency pays.", max_length=40),
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
            ],
            options={
                "ordering": ("name",),
                "indexes": [models.Index(fields=["kind", "name"], name="organisation_by_kind")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ("agency", "supplier", "distributor", "hospital", "payer", "regulator"))
                        ),
                        name="organisation_kind_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    )
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
                name="person_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="d3efbf6c58efe397a053f3d71ff33650d2536248",
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
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="6c492aecc6772b019796158d70ef1baa7980bd42",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_person_update_recorded_20533",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
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
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="ab91e2da021bd70323b2b8eae86feb39ef132029",
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
            model_name="codeapp",
            trigger=pgtrigger.compiler.Trigger(
                name="code_app_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="66fc07fe214f53ad9a67f1772d59423fc3b095d2",
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
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="acd53b9591cb30da449693df9b4f0a1fd060a212",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_code_app_update_recorded_85138",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
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
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="2fb14fad1f2f5320d7aa0b621c108e4fe77c014f",
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
            model_name="passkey",
            trigger=pgtrigger.compiler.Trigger(
                name="passkey_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="f47cca3e141725e0a623a338b4244072d2525802",
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
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="1bbdbe0f81565aa0690038e4ff7bc769f549606b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_passkey_update_recorded_45ff6",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
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
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="c28b4a9f6d5ce673df52e5c7f8b17d38b6479af3",
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
            model_name="recoverycode",
            trigger=pgtrigger.compiler.Trigger(
                name="recovery_code_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="cd6d0b461600855ca1bf649010d24cf09b5e5689",
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
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="554b097944b7e475e4e4f8fcd313072185327d6e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recovery_code_update_recorded_e60a1",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
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
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="9f76f721d0ab23d975e5ff997171f0a8eafdbebc",
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
            model_name="region",
            trigger=pgtrigger.compiler.Trigger(
                name="region_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."code"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="605f43eac700d585134ad424c6e39733ea4a4071",
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
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."code"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="9c1f18a0c96a3fedf28a37faa973b970d570db0f",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_region_update_recorded_0411e",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
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
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."code"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="1105ecdef7cdf20f557a8d00dba7a211cea70210",
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
                name="seat_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="1dd6774e083e877d9a12866b92910343384535c7",
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
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="6701495ca4bf368c5c784ac8e7b623437328a27a",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_seat_update_recorded_bf42c",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
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
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="75c8c114b5dc96bd4827feee96a3792fc8257433",
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
                name="organisation_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="53e9eedebea25bb443dfc9d5ad3f67062f4799f6",
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
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="8da8de0711480bc17a107fe7a79ebf71417b7e5d",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_organisation_update_recorded_b4cb0",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
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
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="93426354d77502dfd65609ce7aabb4fdee26a885",
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
                name="invitation_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="a1be2ea093260338e47f9434e65dd8a2cccc0be0",
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
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="bbb4b6685a3fb32c68f8266f8038b10f61599079",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_invitation_update_recorded_44416",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
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
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="790c3830c1a1ec2cd4eab7b7060b7352c5f91f89",
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
            model_name="seattoken",
            trigger=pgtrigger.compiler.Trigger(
                name="seat_token_insert_recorded",
                sql=core.triggers.RecorderSql(
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="6bd24e411a4456e112b0fd81f5341ed4fd8e95ef",
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
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="08686eb2fd718711f90a52f37379fae9fd22dd12",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_seat_token_update_recorded_feeb4",
                    referencing="REFERENCING NEW TABLE AS changed_rows ",
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
                    func='\n    WITH recorded AS (\n        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)\n        SELECT TG_TABLE_NAME, changed_rows."id"::text, lower(TG_OP), pg_current_xact_id()::text::bigint,\n            session_user, clock_timestamp(), sha256(convert_to(jsonb_strip_nulls(to_jsonb(changed_rows))::text, \'UTF8\'))\n        FROM changed_rows\n        RETURNING id\n    )\n    INSERT INTO core_unlinked (record_id) SELECT id FROM recorded;\n    RETURN NULL;\n',
                    hash="b5d3e898d12865000a2c08b822174ffe9052925c",
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
        *AFTER,
    ]
