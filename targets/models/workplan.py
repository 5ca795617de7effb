"""Langkah bersama: what offices and companions of an area agree to do in a year, and how far each step is."""

from datetime import date
from typing import Any

from django.db import models

from personnel.models import Personnel
from pilar.core.access import Scope
from pilar.core.models import BudgetYear, Region, User
from pilar.core.scoping import RegionScopedQuerySet
from targets.models.plan import Indicator

#: plans lie at province and kabupaten/kota and are public, and so is all that hangs on them
PUBLIC: tuple[str, dict[str, object]] = ("(region_id % 1000000 = 0)", {"region__level__lte": 2})


class Party(models.TextChoices):
    """The four whose agreement makes a plan."""

    MINISTRY = "kemensos", "Kementerian Sosial"
    PROVINCE = "dinsos_provinsi", "Dinas Sosial provinsi"
    REGENCY = "dinsos_kabkota", "Dinas Sosial kabupaten/kota"
    COMPANIONS = "pendamping", "wakil pendamping"


class WorkPlanQuerySet(RegionScopedQuerySet["WorkPlan"]):
    def newest(self) -> "WorkPlanQuerySet":
        """The latest version of each area and year, agreed or not."""
        return self.filter(~models.Exists(_later(WorkPlan.objects.all())))

    def in_force(self) -> "WorkPlanQuerySet":
        """The latest version of each area and year that all four agreed to."""
        agreed = WorkPlan.objects.filter(state=WorkPlan.State.AGREED)
        return self.filter(~models.Exists(_later(agreed)), state=WorkPlan.State.AGREED)


def _later(rows: models.QuerySet["WorkPlan"]) -> models.QuerySet["WorkPlan"]:
    return rows.filter(
        year=models.OuterRef("year"), region=models.OuterRef("region"), version__gt=models.OuterRef("version")
    )


class WorkPlan(models.Model):
    """One version of an area's plan. Once a party has agreed its text and steps stay as they are."""

    scope = Scope(region="region_id", open_when=PUBLIC, engine_writes=True)

    class State(models.TextChoices):
        DRAFT = "disusun", "sedang disusun"
        AGREED = "disepakati", "disepakati keempat pihak"

    year = models.ForeignKey(BudgetYear, models.PROTECT, db_column="year", verbose_name="tahun")
    region = models.ForeignKey(Region, models.PROTECT, related_name="workplans", verbose_name="wilayah")
    version = models.SmallIntegerField("versi", default=1)
    strategy = models.TextField("strategi", max_length=4000)
    mechanism = models.TextField("mekanisme", max_length=4000)
    state = models.CharField("keadaan", max_length=20, choices=State.choices, default=State.DRAFT)
    reason = models.CharField("alasan versi baru", max_length=300, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="disusun oleh")
    made_on = models.DateField("disusun pada")
    agreed_on = models.DateField("disepakati pada", null=True, blank=True)

    objects = WorkPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "langkah bersama"
        ordering = ["-year", "region", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "region", "version"],
                name="workplan_version_once",
                violation_error_message="Versi langkah bersama ini sudah ada; muat ulang halaman.",
            ),
            models.CheckConstraint(condition=models.Q(region__gt=0), name="workplan_below_nation"),
            models.CheckConstraint(condition=models.Q(state__in=["disusun", "disepakati"]), name="workplan_state"),
            models.CheckConstraint(
                condition=models.Q(version=1) | ~models.Q(reason=""),
                name="workplan_version_has_reason",
                violation_error_message="Versi baru memerlukan alasan.",
            ),
            models.CheckConstraint(
                condition=models.Q(state="disepakati", agreed_on__isnull=False)
                | models.Q(state="disusun", agreed_on__isnull=True),
                name="workplan_agreed_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"langkah bersama {self.year_id} versi {self.version}"


class WorkAgreement(models.Model):
    """One party's word on one version. `region` is the area of the office that gives it; never changed."""

    scope = Scope(region="region_id", open_when=PUBLIC, append_only=True)

    plan = models.ForeignKey(WorkPlan, models.PROTECT, related_name="agreements", verbose_name="langkah bersama")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="wilayah kantor")
    party = models.CharField("pihak", max_length=20, choices=Party.choices)
    name = models.CharField("nama yang menyepakati", max_length=120)
    person = models.ForeignKey(
        Personnel, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="wakil pendamping"
    )
    agreed_on = models.DateField("tanggal kesepakatan")
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="dicatat oleh")
    recorded_at = models.DateTimeField("dicatat pada", auto_now_add=True)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "kesepakatan"
        ordering = ["plan", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "party"],
                name="workagreement_once",
                violation_error_message="Pihak ini sudah menyepakati versi ini.",
            ),
            models.CheckConstraint(condition=models.Q(party__in=Party.values), name="workagreement_party"),
            models.CheckConstraint(
                condition=models.Q(party="pendamping", person__isnull=False)
                | (~models.Q(party="pendamping") & models.Q(person__isnull=True)),
                name="workagreement_companion_named",
                violation_error_message="Wakil pendamping dipilih dari personel; pihak lain tidak.",
            ),
        ]


class WorkStepQuerySet(RegionScopedQuerySet["WorkStep"]):
    def of_plans_in_force(self) -> "WorkStepQuerySet":
        return self.filter(plan__in=WorkPlan.objects.in_force().values("pk"))

    def overdue(self, *, on: date) -> "WorkStepQuerySet":
        """Not ended after their deadline, in plans in force."""
        return self.of_plans_in_force().filter(deadline__lt=on, state__in=WorkStep.OPEN)


class WorkStep(models.Model):
    """One step of one version.

    `owner_region` is the area of the office that must act; `region` the narrower of that and the plan's,
    so that whoever drafts the plan may write it and its owner may move it.
    `origin` is the step's first version: the same step carries on through new versions.
    """

    scope = Scope(region="region_id", open_when=PUBLIC, engine_writes=True)

    class Owner(models.TextChoices):
        MINISTRY = "kemensos", "Kementerian Sosial"
        PROVINCE = "dinsos_provinsi", "Dinas Sosial provinsi"
        REGENCY = "dinsos_kabkota", "Dinas Sosial kabupaten/kota"
        COMPANIONS = "pendamping", "para pendamping"
        OFFICE = "kantor", "kantor lain"

    class State(models.TextChoices):
        WAITING = "belum", "belum mulai"
        RUNNING = "berjalan", "sedang berjalan"
        DONE = "selesai", "selesai"
        CANCELLED = "batal", "dibatalkan"

    OPEN = (State.WAITING, State.RUNNING)

    plan = models.ForeignKey(WorkPlan, models.PROTECT, related_name="steps", verbose_name="langkah bersama")
    origin = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="wilayah")
    text = models.CharField("langkah", max_length=300)
    owner = models.CharField("penanggung jawab", max_length=20, choices=Owner.choices)
    office = models.CharField("nama kantor", max_length=120, blank=True)
    owner_region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="wilayah penanggung jawab")
    deadline = models.DateField("tenggat")
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, blank=True, verbose_name="indikator")
    state = models.CharField("keadaan", max_length=20, choices=State.choices, default=State.WAITING)
    reason = models.CharField("sebab dibatalkan", max_length=300, blank=True)

    objects = WorkStepQuerySet.as_manager()

    class Meta:
        verbose_name = "langkah"
        ordering = ["deadline", "id"]
        indexes = [
            models.Index(
                fields=["owner_region", "deadline"],
                name="workstep_open_by_owner",
                condition=models.Q(state__in=["belum", "berjalan"]),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["belum", "berjalan", "selesai", "batal"]), name="workstep_state"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="batal") | ~models.Q(reason=""),
                name="workstep_cancelled_has_reason",
                violation_error_message="Langkah yang dibatalkan memerlukan sebab.",
            ),
            models.CheckConstraint(
                condition=models.Q(owner="kantor") ^ models.Q(office=""),
                name="workstep_office_named",
                violation_error_message="Nama kantor diisi bila penanggung jawabnya kantor lain, dan hanya itu.",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def key(self) -> Any:
        """The same through all versions."""
        return self.origin_id or self.pk


class WorkMove(models.Model):
    """One step of a step's machine; never changed."""

    scope = Scope(region="region_id", open_when=PUBLIC, append_only=True)

    step = models.ForeignKey(WorkStep, models.PROTECT, related_name="moves", verbose_name="langkah")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="wilayah")
    was = models.CharField("dari", max_length=20)
    became = models.CharField("menjadi", max_length=20)
    on = models.DateField("tanggal")
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="oleh")
    actor_name = models.CharField("nama pelaku", max_length=120)
    reason = models.CharField("sebab", max_length=300, blank=True)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "riwayat langkah"
        ordering = ["id"]
