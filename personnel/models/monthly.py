"""Laporan bulanan: what a member did in a month, handed in and accepted or sent back."""

from django.db import models

from personnel.models.people import Personnel
from pilar.core.access import Scope, own_by
from pilar.core.models import Pillar, Region, User
from pilar.core.scoping import RegionScopedQuerySet


class MonthlyReport(models.Model):
    """One per person, pillar and month; its content is the verified activities of that month.

    Attributes:
        month: its first day. submitted_on: the first time, whatever came back since.
        due_on: the last day on which it was on time, by the configuration of that day.
    """

    scope = Scope(
        region="region_id",
        pillar="pillar_id",
        own=own_by(
            "person_id",
            adds="state = 'diajukan' AND submitted_by_id = {user} AND decided_by_id IS NULL",
            changes="state = 'dikembalikan'",
        ),
    )

    class State(models.TextChoices):
        SUBMITTED = "diajukan", "menunggu diterima"
        ACCEPTED = "diterima", "diterima"
        RETURNED = "dikembalikan", "dikembalikan dengan catatan"

    person = models.ForeignKey(Personnel, models.PROTECT, related_name="monthly_reports", verbose_name="personel")
    pillar = models.ForeignKey(Pillar, models.PROTECT, related_name="+", verbose_name="pilar")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="wilayah kerja")
    month = models.DateField("bulan")
    note = models.CharField("catatan pelapor", max_length=500, blank=True)
    due_on = models.DateField("batas waktu")
    state = models.CharField("keadaan", max_length=12, choices=State.choices, default=State.SUBMITTED)
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="diajukan oleh")
    submitted_on = models.DateField("diajukan pada")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="diputuskan oleh")
    decided_on = models.DateField("diputuskan pada", null=True)
    returned_note = models.CharField("catatan pengembalian", max_length=300, blank=True)
    is_example = models.BooleanField("data contoh", default=False)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "laporan bulanan"
        ordering = ["-month", "-id"]
        indexes = [models.Index(fields=["region", "-id"], name="monthlyreport_region")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "pillar", "month"],
                name="monthlyreport_once",
                violation_error_message="Laporan bulan itu sudah ada.",
            ),
            models.CheckConstraint(condition=models.Q(month__day=1), name="monthlyreport_month_begins"),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("submitted_by")),
                name="monthlyreport_four_eyes",
                violation_error_message="Laporan tidak dapat diterima oleh yang mengajukannya.",
            ),
            models.CheckConstraint(
                condition=models.Q(state="diajukan", decided_by__isnull=True, decided_on__isnull=True)
                | (~models.Q(state="diajukan") & models.Q(decided_by__isnull=False, decided_on__isnull=False)),
                name="monthlyreport_decision_complete",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="dikembalikan") | ~models.Q(returned_note=""),
                name="monthlyreport_return_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"laporan {self.month:%Y-%m}"

    @property
    def on_time(self) -> bool:
        return self.submitted_on <= self.due_on
