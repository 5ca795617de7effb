from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("core", "0005_member_accounts"), ("personnel", "0009_service_rules")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE core_user ADD CONSTRAINT user_personnel_fk"
            " FOREIGN KEY (personnel_id) REFERENCES personnel_personnel (id)",
            reverse_sql="ALTER TABLE core_user DROP CONSTRAINT user_personnel_fk",
        )
    ]
