"""Printed figures: never repaired, always compared."""

from django.db import models

from pilar.core.access import Scope, Via
from pilar.core.measures import Dim, Unit
from pilar.core.models import Pillar, Programme, Region, User
from pilar.core.scoping import RegionScopedQuerySet


class PublishedFigure(models.Model):
    """A printed figure: never repaired, always compared (domain.md 0 and 8). Everybody reads it; it was printed."""

    scope = Scope(region="region_id", open_when=("true", {"pk__isnull": False}), append_only=True)

    class Definition(models.TextChoices):
        REGISTERED = "terdaftar", "terdaftar"
        ACTIVE = "aktif", "aktif terverifikasi"
        PRESENT = "hadir", "hadir"
        NEED = "kebutuhan", "kebutuhan/formasi"
        PLAN = "rencana", "rencana/target"
        CEILING = "pagu", "pagu"
        PAID = "disalurkan", "disalurkan"
        RECEIVED = "diterima", "diterima"
        UNSTATED = "tidak_dinyatakan", "tidak dinyatakan sumber"

    code = models.CharField("kode kasus", max_length=40, unique=True)
    title = models.CharField("judul", max_length=200)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="wilayah")
    published_on = models.DateField("terbit")
    year = models.SmallIntegerField("tahun")
    definition = models.CharField("definisi", max_length=20, choices=Definition.choices)
    unit = models.CharField("satuan", max_length=10, choices=Unit.choices)
    measure = models.CharField("dibandingkan dengan ukuran", max_length=40, blank=True)
    headline_printed = models.CharField("total tercetak", max_length=60)
    headline = models.BigIntegerField("total")
    headline_step = models.BigIntegerField("ketelitian cetak", default=1)
    source_name = models.CharField("sumber", max_length=120)
    source_url = models.URLField("alamat sumber", max_length=400)
    note = models.TextField("catatan", blank=True)
    arithmetic = models.CharField("hitungan menurut sumber", max_length=160, blank=True)
    target_printed = models.CharField("target tercetak", max_length=60, blank=True)
    percent_printed = models.CharField("persentase tercetak", max_length=20, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="dicatat oleh")

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "angka rilis"
        ordering = ["-published_on", "code"]

    def __str__(self) -> str:
        return self.title


class PublishedPart(models.Model):
    """One itemised part with its printed precision: a value v printed in steps s means [v-s/2, v+s/2)."""

    scope = Scope(via=Via("targets_publishedfigure", "figure_id"), append_only=True)

    figure = models.ForeignKey(PublishedFigure, models.CASCADE, related_name="parts")
    label = models.CharField("bagian", max_length=100)
    dim = models.SmallIntegerField(choices=[(d.value, d.name) for d in Dim])
    pillar = models.ForeignKey(Pillar, models.PROTECT, null=True)
    programme = models.ForeignKey(Programme, models.PROTECT, null=True)
    printed = models.CharField("tercetak", max_length=60)
    value = models.BigIntegerField("nilai")
    step = models.BigIntegerField("ketelitian cetak", default=1)
    order = models.SmallIntegerField(default=0)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "bagian angka rilis"
        ordering = ["figure", "order"]
        constraints = [models.UniqueConstraint(fields=["figure", "label"], name="published_part_once")]

    def __str__(self) -> str:
        return self.label

    @property
    def breakdown(self) -> int:
        return self.pillar_id or self.programme_id or 0
