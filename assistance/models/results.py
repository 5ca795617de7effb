"""Berkas hasil salur: what the bank, PT Pos or the Pokmas answered about each line of a list."""

from django.db import models

from assistance.models.lists import Batch
from pilar.core.access import Scope, Via
from pilar.core.models import Programme, Region, User
from pilar.core.scoping import RegionScopedQuerySet


class ResultFile(models.Model):
    """One file for one list; the same content is never applied twice."""

    scope = Scope(region="region_id", programme="programme_id", engine_writes=True)

    class State(models.TextChoices):
        UPLOADED = "diunggah", "diunggah, menunggu diperiksa"
        CHECKED = "diperiksa", "diperiksa, menunggu keputusan"
        APPLYING = "diterapkan", "sedang diterapkan"
        APPLIED = "selesai", "selesai diterapkan"
        DROPPED = "dibuang", "dibuang tanpa diterapkan"

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="result_files", verbose_name="daftar")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="wilayah")
    programme = models.ForeignKey(Programme, models.PROTECT, verbose_name="program")
    name = models.CharField("nama berkas", max_length=120)
    digest = models.CharField("sidik (SHA-256)", max_length=64)
    rows = models.IntegerField("banyaknya baris", default=0)
    state = models.CharField("keadaan", max_length=12, choices=State.choices, default=State.UPLOADED)
    uploaded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="diunggah oleh")
    uploaded_at = models.DateTimeField("diunggah pada", auto_now_add=True)
    applied_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="diterapkan oleh")
    applied_at = models.DateTimeField("diterapkan pada", null=True)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "berkas hasil salur"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "digest"],
                condition=~models.Q(state="dibuang"),
                name="result_file_once",
                violation_error_message="Berkas dengan isi yang sama sudah diunggah untuk daftar ini.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ResultRow(models.Model):
    """One row of the file, as written, and what became of it."""

    scope = Scope(via=Via("assistance_resultfile", "file_id"), engine_writes=True)

    class Match(models.TextChoices):
        NEW = "", "belum diperiksa"
        MATCHED = "cocok", "cocok"
        UNKNOWN = "tidak_dikenal", "tidak ada di daftar ini"
        DOUBLE = "ganda", "tertulis dua kali di berkas"
        AMOUNT = "jumlah_beda", "jumlahnya berbeda"
        STEP = "langkah", "langkahnya tidak sesuai keadaan baris"
        BROKEN = "rusak", "isinya tidak terbaca"

    id = models.BigAutoField(primary_key=True)
    file = models.ForeignKey(ResultFile, models.CASCADE, related_name="contents", verbose_name="berkas")
    number = models.IntegerField("baris ke-")
    line_ref = models.CharField("kunci baris", max_length=40, blank=True)
    nik_index = models.BinaryField(max_length=16, null=True)
    outcome = models.CharField("hasil", max_length=40, blank=True)
    amount = models.BigIntegerField("jumlah (rupiah)", null=True)
    on = models.DateField("tanggal", null=True)
    line_id = models.BigIntegerField("baris penyaluran", null=True)
    match = models.CharField("pencocokan", max_length=15, choices=Match.choices, blank=True, default="")
    message = models.CharField("keterangan", max_length=600, blank=True)
    written = models.CharField("tertulis di berkas", max_length=400, blank=True, default="")
    applied = models.BooleanField("diterapkan", default=False)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "baris berkas hasil"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="result_row_once")]
        indexes = [models.Index(fields=["file", "match", "number"], name="result_row_match")]

    def __str__(self) -> str:
        return f"{self.file_id}:{self.number}"
