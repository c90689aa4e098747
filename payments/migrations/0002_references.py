from django.db import migrations

from core.references import ReferenceSequence


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_tables")]
    operations = [ReferenceSequence("payment")]
