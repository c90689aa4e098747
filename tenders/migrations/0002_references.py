from django.db import migrations

from core.references import ReferenceSequence


class Migration(migrations.Migration):
    dependencies = [("tenders", "0001_tables")]
    operations = [ReferenceSequence("demand_window"), ReferenceSequence("tender"), ReferenceSequence("objection")]
