from django.db import migrations


class Migration(migrations.Migration):
    """A line's year and programme are its list's: the rollup reads the line, the officer sees the list."""

    dependencies = [("assistance", "0002_batch_index")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE assistance_batch ADD CONSTRAINT batch_identity UNIQUE (id, year, programme_id);"
            "ALTER TABLE assistance_disbursement ADD CONSTRAINT disbursement_follows_batch"
            " FOREIGN KEY (batch_id, year, programme_id) REFERENCES assistance_batch (id, year, programme_id)"
            " ON UPDATE CASCADE",
            reverse_sql="ALTER TABLE assistance_disbursement DROP CONSTRAINT disbursement_follows_batch;"
            "ALTER TABLE assistance_batch DROP CONSTRAINT batch_identity",
        )
    ]
