from django.db import migrations

from pilar.core.partitioned import sql_file


class Migration(migrations.Migration):
    dependencies = [("personnel", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql_file(__file__, "nik_probe"),
            reverse_sql="DROP FUNCTION pilar_nik_probe(bytea)",
        )
    ]
