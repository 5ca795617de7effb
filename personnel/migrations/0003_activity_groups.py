from django.db import migrations

from pilar.core.partitioned import sql_file


class Migration(migrations.Migration):
    dependencies = [("personnel", "0002_nik_probe")]

    operations = [
        migrations.RunSQL(
            sql_file(__file__, "activity_groups"),
            reverse_sql="ALTER TABLE personnel_activity DROP CONSTRAINT activity_groups_are_a_set;"
            "DROP FUNCTION pilar_is_set(smallint[])",
        )
    ]
