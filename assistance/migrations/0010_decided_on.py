from django.db import migrations, models


class Migration(migrations.Migration):
    """The day of a line's SK: planned lines of a drafted list have none, so that planned is never decided."""

    dependencies = [("assistance", "0009_family")]

    operations = [
        migrations.AddField(
            model_name="disbursement",
            name="decided_on",
            field=models.DateField(null=True, verbose_name="ditetapkan pada"),
        ),
        migrations.RunSQL(
            "UPDATE assistance_disbursement d SET decided_on = b.sk_date FROM assistance_batch b"
            " WHERE b.id = d.batch_id AND b.approval NOT IN ('disusun', 'diajukan');"
            "ALTER TABLE assistance_disbursement ADD CONSTRAINT disbursement_paid_was_decided"
            " CHECK (paid_on IS NULL OR decided_on IS NOT NULL)",
            reverse_sql="ALTER TABLE assistance_disbursement DROP CONSTRAINT disbursement_paid_was_decided",
        ),
    ]
