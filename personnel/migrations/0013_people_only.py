from django.db import migrations

from pilar.core.partitioned import sql_file


class Migration(migrations.Migration):
    dependencies = [("personnel", "0012_background")]

    operations = [
        migrations.RunSQL(
            sql_file(__file__, "people_only"),
            reverse_sql="DROP TRIGGER assignment_people_only ON personnel_assignment; DROP FUNCTION pilar_people_only();"
            "DROP TRIGGER pillar_stays_people ON core_pillar; DROP FUNCTION pilar_stays_people();",
        )
    ]
