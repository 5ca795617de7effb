from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("core", "0004_member_accounts"), ("personnel", "0008_conduct")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE core_user ADD CONSTRAINT user_personnel_fk"
            " FOREIGN KEY (personnel_id) REFERENCES personnel_personnel (id)",
            reverse_sql="ALTER TABLE core_user DROP CONSTRAINT user_personnel_fk",
        )
    ]
