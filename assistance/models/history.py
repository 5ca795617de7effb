"""Riwayat: one row per step of any machine of this app, whoever took it. Partitioned by the year of the step."""

from zoneinfo import ZoneInfo

from django.db import models
from django.db.models.functions import ExtractYear, Now

from pilar.core.access import Scope
from pilar.core.models import Programme, Region
from pilar.core.scoping import RegionScopedQuerySet


class Step(models.Model):
    """What went from which state to which, when, by whom and why.

    In the order of `at`, and of one moment by `id`: each connection takes its ids fifty at a time, so a later step
    may have a smaller one.

    `object_id` (and `object_year`, for a line) name the row of that kind; `beneficiary_id` is set where
    the step concerns one person, so that his time line is one query.
    """

    # The engine writes the steps of what it ends after a death (`sql/end_of_life.sql`).
    scope = Scope(region="region_id", programme="programme_id", append_only=True, engine_writes=True)
    partitioned_by = "year"

    class Kind(models.TextChoices):
        PROPOSAL = "usulan", "usulan"
        PARTICIPATION = "kepesertaan", "kepesertaan"
        DECREE = "sk", "SK penetapan"
        BATCH = "daftar", "daftar penyaluran"
        LINE = "baris", "baris penyaluran"
        GRADUATION = "graduasi", "graduasi"
        OBJECTION = "sanggah", "usul-sanggah"
        ATENSI = "atensi", "kasus ATENSI"

    id = models.BigAutoField(primary_key=True)
    year = models.SmallIntegerField("tahun", db_default=ExtractYear(Now(), tzinfo=ZoneInfo("Asia/Jakarta")))
    kind = models.CharField("jenis", max_length=12, choices=Kind.choices)
    object_id = models.BigIntegerField("nomor")
    object_year = models.SmallIntegerField("tahun anggaran baris", null=True)
    beneficiary_id = models.BigIntegerField("penerima", null=True)
    programme = models.ForeignKey(Programme, models.PROTECT, verbose_name="program")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="wilayah")
    was = models.CharField("dari", max_length=20, blank=True)
    became = models.CharField("menjadi", max_length=20)
    on = models.DateField("tanggal kejadian")
    at = models.DateTimeField("dicatat pada", db_default=Now())
    actor_id = models.BigIntegerField("petugas", null=True)
    actor_name = models.CharField("nama petugas", max_length=120)
    reason = models.CharField("kode alasan", max_length=30, blank=True)
    note = models.CharField("catatan", max_length=300, blank=True)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "langkah"
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}: {self.was} → {self.became}"
