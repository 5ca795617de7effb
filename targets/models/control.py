"""How targets are decided: the steps of each version, and the periods in which no new one is taken."""

from django.db import models
from django.db.models import F, Q

from pilar.core.access import Scope
from pilar.core.models import BudgetYear, Region, User
from pilar.core.scoping import RegionScopedQuerySet
from targets.models.plan import Target, TargetState


class TargetStep(models.Model):
    """What version went from which state to which, by whom and with which comment."""

    scope = Scope(region="region_id", append_only=True)

    target = models.ForeignKey(Target, models.PROTECT, related_name="steps", verbose_name="target")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="wilayah")
    was = models.CharField("dari", max_length=10, choices=TargetState.choices)
    became = models.CharField("menjadi", max_length=10, choices=TargetState.choices)
    at = models.DateTimeField("waktu", auto_now_add=True)
    actor = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="oleh")
    actor_name = models.CharField("nama", max_length=120)
    note = models.CharField("catatan", max_length=300, blank=True)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "langkah target"
        ordering = ["target", "at", "id"]
        indexes = [models.Index(fields=["target", "at"], name="targetstep_target")]

    def __str__(self) -> str:
        return f"{self.target_id}: {self.was} menjadi {self.became}"

    @property
    def sent_back(self) -> bool:
        return self.became == TargetState.DRAFT


class TargetFreeze(models.Model):
    """From a day on, no new version of any target of the year in this subtree. A rule for all, hence open to all.

    `level`: of the office that froze; a lower one neither lifts the freeze nor excepts from it.
    """

    scope = Scope(region="region_id", open_when=("(region_id >= 0)", {"region_id__gte": 0}))

    year = models.ForeignKey(BudgetYear, models.PROTECT, db_column="year", verbose_name="tahun")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="wilayah")
    frozen_from = models.DateField("mulai")
    reason = models.CharField("alasan", max_length=300)
    level = models.SmallIntegerField("tingkat pembeku")
    #: null, so that a reader who does not see that user still sees the row
    frozen_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="dibekukan oleh")
    frozen_at = models.DateTimeField("dicatat pada", auto_now_add=True)
    lifted_on = models.DateField("dicabut pada", null=True, blank=True)
    lifted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="dicabut oleh"
    )
    lift_reason = models.CharField("alasan pencabutan", max_length=300, blank=True)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "pembekuan target"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "region"],
                condition=Q(lifted_on__isnull=True),
                name="targetfreeze_once",
                violation_error_message="Target wilayah dan tahun ini sudah dibekukan.",
            ),
            models.CheckConstraint(
                condition=Q(lifted_on__isnull=True, lifted_by__isnull=True)
                | Q(lifted_on__isnull=False, lifted_by__isnull=False),
                name="targetfreeze_lifted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year_id} {self.region}"


class FreezeException(models.Model):
    """One area may file again until a day, that day included; then the freeze holds by itself."""

    scope = Scope(region="region_id", open_when=("(region_id >= 0)", {"region_id__gte": 0}))

    freeze = models.ForeignKey(TargetFreeze, models.PROTECT, related_name="exceptions", verbose_name="pembekuan")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="wilayah")
    granted_on = models.DateField("mulai")
    until = models.DateField("sampai")
    reason = models.CharField("alasan", max_length=300)
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="diberikan oleh")

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "pengecualian pembekuan"
        ordering = ["-until", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("granted_on")),
                name="freezeexception_ends_after_start",
                violation_error_message="Batas pengecualian tidak boleh sebelum hari ini.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.region} sampai {self.until}"
