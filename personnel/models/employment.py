"""Status kepegawaian over time: the person holds the present one, each dated change says what it was before."""

from django.db import models

from personnel.models.people import Personnel
from pilar.core.access import Scope, Via
from pilar.core.scoping import RegionScopedQuerySet


class EmploymentChange(models.Model):
    """From `on` the person is `became`; until the day before he was `was` (domain.md 2.1: PPPK from 3 Oct 2025)."""

    scope = Scope(via=Via("personnel_personnel", "person_id"))

    person = models.ForeignKey(Personnel, models.CASCADE, related_name="employment_changes", verbose_name="personel")
    was = models.CharField("status sebelumnya", max_length=10, choices=Personnel.Employment.choices)
    became = models.CharField("status baru", max_length=10, choices=Personnel.Employment.choices)
    on = models.DateField("berlaku sejak")
    source = models.CharField("dasar", max_length=120, blank=True)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "perubahan status kepegawaian"
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "on"],
                name="employment_one_change_a_day",
                violation_error_message="Perubahan status pada tanggal itu sudah tercatat.",
            ),
            models.CheckConstraint(
                condition=~models.Q(was=models.F("became")),
                name="employment_change_changes",
                violation_error_message="Status baru sama dengan status sebelumnya.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.was} → {self.became}"
