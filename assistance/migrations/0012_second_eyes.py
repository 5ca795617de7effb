import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


#: What was recorded before counts as it did; who stands behind a case is known. Each belongs to the stay that began
#: last by its day.
KNOWN = """
UPDATE assistance_graduation g SET
  confirmed_on = g.decided_on,
  recorded_by_id = (SELECT k.proposed_by_id FROM assistance_graduationcase k WHERE k.graduation_id = g.id),
  confirmed_by_id = (SELECT k.decided_by_id FROM assistance_graduationcase k WHERE k.graduation_id = g.id),
  participation_id = (
    SELECT p.id FROM assistance_participation p
    WHERE p.beneficiary_id = g.beneficiary_id AND p.programme_id = g.programme_id AND p.active_from <= g.decided_on
    ORDER BY p.active_from DESC, p.id DESC LIMIT 1
  )
"""


class Migration(migrations.Migration):
    """A graduation belongs to a stay in a programme, once to each, and counts when a second officer stands behind it.

    Two indexes besides: one for what is asked of everybody in a list, one for the order of the lists.
    """

    dependencies = [
        ("assistance", "0011_step_order"),
        ("core", "0002_office_profile"),
        ("personnel", "0004_allowances"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="graduation",
            name="graduation_once",
        ),
        migrations.AddField(
            model_name="graduation",
            name="confirmed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="dikonfirmasi oleh",
            ),
        ),
        migrations.AddField(
            model_name="graduation",
            name="confirmed_on",
            field=models.DateField(null=True, verbose_name="dikonfirmasi pada"),
        ),
        migrations.AddField(
            model_name="graduation",
            name="participation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="graduations",
                to="assistance.participation",
                verbose_name="kepesertaan yang ditinggalkan",
            ),
        ),
        migrations.AddField(
            model_name="graduation",
            name="recorded_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="dicatat oleh",
            ),
        ),
        migrations.AlterField(
            model_name="participation",
            name="beneficiary",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="participations",
                to="assistance.beneficiary",
                verbose_name="penerima manfaat",
            ),
        ),
        migrations.AddIndex(
            model_name="batch",
            index=models.Index(fields=["-year", "programme", "-sk_date", "-id"], name="batch_listing"),
        ),
        migrations.AddIndex(
            model_name="participation",
            index=models.Index(fields=["beneficiary", "programme"], name="participation_person"),
        ),
        migrations.AddConstraint(
            model_name="graduation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cancelled_on__isnull", True)),
                fields=("participation",),
                name="graduation_once",
                violation_error_message="Keluarga ini sudah lulus (graduasi) dari kepesertaan itu.",
            ),
        ),
        migrations.AddConstraint(
            model_name="graduation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cancelled_on__isnull", True), ("participation__isnull", True)),
                fields=("beneficiary", "programme"),
                name="graduation_once_unrecorded",
                violation_error_message="Keluarga ini sudah lulus (graduasi) dari program itu.",
            ),
        ),
        migrations.AddConstraint(
            model_name="graduation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_by__isnull", True),
                    models.Q(
                        ("confirmed_on__isnull", False),
                        models.Q(("confirmed_by", models.F("recorded_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="graduation_confirmed_by_another",
                violation_error_message="Graduasi tidak dapat dikonfirmasi oleh pencatatnya.",
            ),
        ),
        migrations.RunSQL(KNOWN, reverse_sql=migrations.RunSQL.noop),
    ]
