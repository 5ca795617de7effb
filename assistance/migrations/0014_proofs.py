import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import personnel.models.people
from django.db import migrations, models


class Migration(migrations.Migration):
    """Proof of lists, lines, vervals and usulan, and which of it a programme asks for."""

    dependencies = [
        ('assistance', '0013_import_words'),
        ('core', '0003_attachments'),
    ]

    operations = [
        migrations.CreateModel(
            name='BatchProof',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.CharField(choices=[('bast', 'BAST (berita acara serah terima)'), ('foto', 'foto penyerahan'), ('kwitansi', 'kwitansi atau tanda terima'), ('bnba', 'daftar nama penerima yang ditandatangani (BNBA)'), ('sptjm', 'SPTJM (pernyataan tanggung jawab mutlak)'), ('lain', 'dokumen lain')], max_length=10, verbose_name='jenis bukti')),
                ('attachment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.attachment', verbose_name='lampiran')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proofs', to='assistance.batch', verbose_name='daftar penyaluran')),
            ],
            options={
                'verbose_name': 'bukti daftar',
            },
        ),
        migrations.CreateModel(
            name='LineProof',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.SmallIntegerField(verbose_name='tahun anggaran')),
                ('document', models.CharField(choices=[('bast', 'BAST (berita acara serah terima)'), ('foto', 'foto penyerahan'), ('kwitansi', 'kwitansi atau tanda terima'), ('bnba', 'daftar nama penerima yang ditandatangani (BNBA)'), ('sptjm', 'SPTJM (pernyataan tanggung jawab mutlak)'), ('lain', 'dokumen lain')], max_length=10, verbose_name='jenis bukti')),
                ('attachment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.attachment', verbose_name='lampiran')),
                ('line', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='proofs', to='assistance.disbursement', verbose_name='baris penyaluran')),
            ],
            options={
                'verbose_name': 'bukti baris',
            },
        ),
        migrations.CreateModel(
            name='ProposalMinutes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attachment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.attachment', verbose_name='lampiran')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='minutes_files', to='assistance.proposal', verbose_name='usulan')),
            ],
            options={
                'verbose_name': 'berita acara usulan',
            },
        ),
        migrations.CreateModel(
            name='VerificationProof',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attachment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.attachment', verbose_name='lampiran')),
                ('verification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proofs', to='assistance.verification', verbose_name='verval')),
            ],
            options={
                'verbose_name': 'bukti verval',
            },
        ),
        migrations.CreateModel(
            name='ProofRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('of', models.CharField(choices=[('daftar', 'tiap daftar'), ('baris', 'tiap baris yang diterima')], max_length=10, verbose_name='untuk')),
                ('document', models.CharField(choices=[('bast', 'BAST (berita acara serah terima)'), ('foto', 'foto penyerahan'), ('kwitansi', 'kwitansi atau tanda terima'), ('bnba', 'daftar nama penerima yang ditandatangani (BNBA)'), ('sptjm', 'SPTJM (pernyataan tanggung jawab mutlak)'), ('lain', 'dokumen lain')], max_length=10, verbose_name='jenis bukti')),
                ('placed', models.BooleanField(default=False, verbose_name='titik lokasi wajib')),
                ('valid_from', models.DateField(verbose_name='berlaku sejak')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='berlaku sampai')),
                ('source', models.CharField(max_length=200, verbose_name='sumber')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proof_rules', to='core.programme', verbose_name='program')),
            ],
            options={
                'verbose_name': 'syarat bukti',
                'ordering': ['programme_id', 'of', 'document', 'valid_from'],
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('programme', '='), ('of', '='), ('document', '='), (personnel.models.people.DateRange('valid_from', 'valid_until', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='proof_rule_one_at_a_time')],
            },
        ),
        migrations.RunSQL(
            "ALTER TABLE assistance_lineproof ADD CONSTRAINT lineproof_line"
            " FOREIGN KEY (line_id, year) REFERENCES assistance_disbursement (id, year)",
            reverse_sql="ALTER TABLE assistance_lineproof DROP CONSTRAINT lineproof_line",
        ),
    ]
