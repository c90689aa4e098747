from datetime import date

from django.db import migrations

from tenders.actions.rule_sets import write_presets


def install(apps, schema_editor):
    write_presets(apps.get_model("tenders", "RuleSet"), date.today())  # noqa: DTZ011 the first version holds from ever


class Migration(migrations.Migration):
    dependencies = [("tenders", "0002_references")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
