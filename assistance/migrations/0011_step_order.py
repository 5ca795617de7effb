from django.db import migrations


class Migration(migrations.Migration):
    """History in the order in which it was written down.

    `at` is the moment of the statement, not of its transaction: who waited for another's row lock began before him
    and wrote after him.
    """

    dependencies = [("assistance", "0010_decided_on")]

    operations = [
        migrations.AlterModelOptions(
            name="step",
            options={"ordering": ["-at", "-id"], "verbose_name": "langkah"},
        ),
        migrations.RunSQL(
            "ALTER TABLE assistance_step ALTER COLUMN at SET DEFAULT statement_timestamp(),"
            " ALTER COLUMN year SET DEFAULT extract(year FROM statement_timestamp() AT TIME ZONE 'Asia/Jakarta')",
            reverse_sql="ALTER TABLE assistance_step ALTER COLUMN at SET DEFAULT now(),"
            " ALTER COLUMN year SET DEFAULT extract(year FROM now() AT TIME ZONE 'Asia/Jakarta')",
        ),
    ]
