from django.db import migrations

from core.references import ReferenceSequence


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_tables")]
    operations = [ReferenceSequence("catalogue_import")]
