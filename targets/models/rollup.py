"""Full rebuilds: what they stage, what they found."""

from django.db import models

from pilar.core.access import Access
from pilar.core.models import Job


class StagedCell(models.Model):
    """A full rebuild's figures before they are compared and applied."""

    access = Access.ENGINE

    run = models.ForeignKey("RollupRun", models.DO_NOTHING, db_constraint=False, db_index=False)
    level = models.SmallIntegerField()
    region_id = models.BigIntegerField()
    measure = models.SmallIntegerField()
    dim = models.SmallIntegerField()
    breakdown = models.IntegerField()
    person_id = models.BigIntegerField(default=0)
    period = models.SmallIntegerField()
    n = models.BigIntegerField()
    value = models.BigIntegerField()

    class Meta:
        verbose_name = "capaian sementara"
        indexes = [models.Index(fields=["run", "region_id"], name="staged_cell_region")]


class StagedParticipation(models.Model):
    access = Access.ENGINE

    run = models.ForeignKey("RollupRun", models.DO_NOTHING, db_constraint=False, db_index=False)
    measure = models.SmallIntegerField()
    subject = models.BigIntegerField()
    region_id = models.BigIntegerField()
    dim = models.SmallIntegerField()
    breakdown = models.IntegerField()
    mask = models.IntegerField()

    class Meta:
        verbose_name = "keikutsertaan sementara"
        indexes = [models.Index(fields=["run", "region_id"], name="staged_part_region")]


class RollupYear(models.Model):
    """When a year's facts were last brought up to date, and by which full rebuild last compared."""

    access = Access.RESULT

    year = models.SmallIntegerField(primary_key=True)
    drained_at = models.DateTimeField(null=True)
    last_run = models.ForeignKey("RollupRun", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "tahun terhitung"


class RollupRun(models.Model):
    """One full rebuild of a year: its job, what it counted, what had drifted."""

    access = Access.RESULT

    job = models.OneToOneField(Job, models.PROTECT, related_name="rollup")
    year = models.SmallIntegerField("tahun")
    rule_version = models.CharField("versi aturan", max_length=16)
    source_rows = models.BigIntegerField("baris sumber", default=0)
    cells = models.BigIntegerField("sel", default=0)
    drift_cells = models.BigIntegerField("sel yang bergeser", null=True)
    drift_sample = models.JSONField("contoh pergeseran", default=list)
    computed_at = models.DateTimeField("dihitung pada", null=True)

    class Meta:
        verbose_name = "hitung ulang"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.year} #{self.pk}"


class RollupPart(models.Model):
    """A province's share of a rebuild (region 0: rows of the nation itself, and people's own facts)."""

    access = Access.RESULT

    run = models.ForeignKey(RollupRun, models.CASCADE, related_name="parts")
    region_id = models.BigIntegerField()
    done_at = models.DateTimeField(null=True)
    source_rows = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = "bagian hitung ulang"
        constraints = [models.UniqueConstraint(fields=["run", "region_id"], name="rollup_part_once")]
