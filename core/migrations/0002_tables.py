import core.triggers
import django.contrib.postgres.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_extensions"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(unique=True)),
                ("working", models.BooleanField()),
                ("name", models.CharField(blank=True, max_length=60)),
            ],
            options={
                "ordering": ("day",),
            },
        ),
        migrations.CreateModel(
            name="IdempotencyKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seat_number", models.BigIntegerField()),
                ("key", models.CharField(max_length=80)),
                ("fingerprint", models.CharField(help_text="SHA-256 of method, path and body.", max_length=64)),
                ("status", models.PositiveSmallIntegerField(null=True)),
                ("answer", models.TextField(blank=True, help_text="JSON, as it was sent.")),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("seat_number", "key"), name="idempotency_key_once_a_seat")
                ],
            },
        ),
        migrations.CreateModel(
            name="OutboxMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("task", models.CharField(max_length=100)),
                ("arguments", models.JSONField(default=list, help_text="Ids of rows, nothing else.")),
                ("due_at", models.DateTimeField()),
                ("delivered_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("last_error", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("delivered_at__isnull", True)), fields=["due_at"], name="outbox_waiting"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("verb", models.CharField(max_length=60)),
                (
                    "subject",
                    models.CharField(help_text="Public reference of the thing, such as T-2026-0014.", max_length=60),
                ),
                ("at", models.DateTimeField()),
                ("seat_number", models.BigIntegerField(null=True)),
                ("actor", models.CharField(help_text="Name and organisation as they were then.", max_length=200)),
                ("data", models.JSONField(default=dict)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("public", "everybody"),
                            ("agency", "the procurement agency and the organisations named"),
                            ("named", "the organisations named"),
                        ],
                        default="agency",
                        max_length=6,
                    ),
                ),
                (
                    "organisations",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "indexes": [models.Index(fields=["subject", "id"], name="event_by_subject")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("audience__in", ("public", "agency", "named"))),
                        name="event_audience_is_a_choice",
                        violation_error_message="Choose one of the values offered.",
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="event_rows_stay",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of event are written once and stay' USING ERRCODE = 'PT002';",
                    hash="11c9431f3df4b46832303f1e23d01f02bc13a9dc",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_event_rows_stay_eb237",
                    table="core_event",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="event_table_stays",
                sql=core.triggers.FirmTriggerSql(
                    func="RAISE EXCEPTION 'the rows of event are written once and stay' USING ERRCODE = 'PT002';",
                    hash="87e74fa5aa93165e2d68fcd8eac97f85c69b91a5",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_event_table_stays_c3667",
                    table="core_event",
                    when="BEFORE",
                ),
            ),
        ),
    ]
