"""What a pillar asks of those who serve in it: ages at recruitment, the longest term, the usual caseload; as data."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models

from personnel.models.people import period
from pilar.core.access import Access
from pilar.core.models import Pillar


class ServiceRule(models.Model):
    """One number of a pillar with its validity and source; versions follow each other."""

    access = Access.REFERENCE

    class Kind(models.TextChoices):
        MIN_AGE = "umur_min", "umur paling sedikit saat direkrut (tahun)"
        MAX_AGE = "umur_maks", "umur paling banyak saat direkrut (tahun)"
        MAX_TERM = "masa_tugas", "masa tugas paling lama per pengangkatan (tahun)"
        CASELOAD = "beban", "dampingan per pendamping (keluarga atau klien)"

    pillar = models.ForeignKey(Pillar, models.PROTECT, related_name="service_rules", verbose_name="pilar")
    kind = models.CharField("aturan", max_length=12, choices=Kind.choices)
    value = models.SmallIntegerField("nilai")
    valid_from = models.DateField("berlaku sejak")
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
    source = models.CharField("sumber", max_length=200)

    class Meta:
        verbose_name = "aturan tugas"
        ordering = ["pillar_id", "kind", "valid_from"]
        constraints = [
            models.CheckConstraint(condition=models.Q(value__gt=0), name="service_rule_positive"),
            models.CheckConstraint(condition=~models.Q(source=""), name="service_rule_has_source"),
            ExclusionConstraint(
                name="service_rule_one_at_a_time",
                expressions=[
                    ("pillar", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (period(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pillar_id} {self.kind} {self.value}"
