from django.db import migrations

from core.references import ReferenceSequence


class Migration(migrations.Migration):
    dependencies = [("contracts", "0001_tables")]
    operations = [
        ReferenceSequence("contract"),
        ReferenceSequence("order"),
        ReferenceSequence("delivery"),
    ]
