from django.db import migrations, models

COMPLETE = models.Q(status__in=("draft", "cancelled")) | ~models.Q(terms="") & models.Q(deadline__isnull=False)


class Migration(migrations.Migration):
    dependencies = [("tenders", "0002_references")]
    operations = [
        migrations.RemoveConstraint("tender", "tender_published_is_complete"),
        migrations.AddConstraint(
            "tender",
            models.CheckConstraint(
                condition=COMPLETE,
                name="tender_published_is_complete",
                violation_error_message="A published tender has a deadline and terms.",
            ),
        ),
        migrations.AddField(
            "opener",
            "key_proved_at",
            models.DateTimeField(
                blank=True, help_text="When the opener last showed that key file and code are at hand.", null=True
            ),
        ),
        migrations.AddField("demandline", "number", models.PositiveIntegerField(default=1), preserve_default=False),
        migrations.AlterModelOptions("demandline", {"ordering": ("window", "number")}),
        migrations.AddConstraint(
            "demandline", models.UniqueConstraint(fields=("window", "number"), name="demand_line_number")
        ),
    ]
