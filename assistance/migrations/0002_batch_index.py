"""Lines of one batch, with what their sums need: read by the list, the detail page and the ceiling."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("assistance", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX disbursement_batch ON assistance_disbursement (batch_id, state) INCLUDE (amount)",
            reverse_sql="DROP INDEX disbursement_batch",
        )
    ]
