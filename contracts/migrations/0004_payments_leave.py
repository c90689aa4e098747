from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("contracts", "0003_recorders")]
    operations = [migrations.DeleteModel(name="PaymentLine"), migrations.DeleteModel(name="Payment")]
