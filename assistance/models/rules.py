"""A programme as data: what one portion costs, and who may receive it. Rows are dated and name their source."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models

from personnel.models import period
from pilar.core.access import Access
from pilar.core.models import Programme


class ProgrammePrice(models.Model):
    """Price of one unit of a component, in whole rupiah; versions follow each other (domain.md 3)."""

    access = Access.REFERENCE

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="prices", verbose_name="program")
    component = models.CharField("komponen", max_length=60)
    per = models.CharField("satuan", max_length=20)
    amount = models.BigIntegerField("harga satuan (rupiah)")
    valid_from = models.DateField("berlaku sejak")
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
    source = models.CharField("sumber", max_length=200)

    class Meta:
        verbose_name = "harga satuan"
        ordering = ["programme_id", "component", "valid_from"]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="price_positive"),
            ExclusionConstraint(
                name="price_one_at_a_time",
                expressions=[
                    ("programme", RangeOperators.EQUAL),
                    ("component", RangeOperators.EQUAL),
                    (period(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.component} {self.amount}/{self.per}"


class EligibilityRule(models.Model):
    """One condition of receiving a programme, with its validity: configuration, never code."""

    access = Access.REFERENCE

    class Kind(models.TextChoices):
        MIN_AGE = "umur_min", "umur paling sedikit (tahun)"
        MAX_AGE = "umur_maks", "umur paling banyak (tahun)"
        MAX_DECILE = "desil_maks", "desil paling tinggi"
        NOT_WITH = "bukan_penerima", "bukan penerima program lain"
        GROUPS = "kelompok_pas", "termasuk kelompok PAS"
        CIRCUMSTANCE = "keadaan", "keadaan yang harus tercatat"

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="rules", verbose_name="program")
    kind = models.CharField("jenis", max_length=20, choices=Kind.choices)
    value = models.JSONField("nilai")
    valid_from = models.DateField("berlaku sejak")
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
    source = models.CharField("sumber", max_length=200)

    class Meta:
        verbose_name = "aturan kelayakan"
        ordering = ["programme_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "kind", "valid_from"], name="rule_once_per_day"),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.kind} {self.value}"
