"""Activities are listed newest first, by page, API and export; the index spares sorting a nation's."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("personnel", "0015_monthly_reports")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX activity_newest ON personnel_activity (date DESC, id DESC)",
            reverse_sql="DROP INDEX activity_newest",
        )
    ]
