from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assistance", "0004_proposals_to_results")]

    operations = [
        migrations.AddField(
            model_name="graduationcase",
            name="initiative",
            field=models.CharField(
                choices=[
                    ("keluarga", "keluarga sendiri"),
                    ("pendamping", "pendamping"),
                    ("desa", "desa/kelurahan (musdes/muskel)"),
                    ("pemadanan", "pemadanan data"),
                ],
                default="pendamping",
                max_length=10,
                verbose_name="prakarsa",
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="graduationcase",
            name="answers",
            field=models.JSONField(blank=True, default=dict, verbose_name="jawaban asesmen"),
        ),
    ]
