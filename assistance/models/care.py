"""Dampingan and graduasi: who looks after a family, and that it left a programme."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models

from assistance.models.participation import Participation
from assistance.models.people import Beneficiary
from personnel.models import Assignment, Personnel, period
from pilar.core.access import Own, Scope, Through, own_by
from pilar.core.models import Programme, Region, User
from pilar.core.scoping import RegionScopedQuerySet


class Caseload(models.Model):
    """Dampingan: a companion's assignment looks after a family; graduations are credited through it."""

    scope = Scope(
        region="region_id",
        programme="programme_id",
        pillar_through=Through("personnel_assignment", key="id", column="pillar_id", own="assignment_id"),
        own=Own(
            "EXISTS (SELECT 1 FROM personnel_assignment a WHERE a.id = assignment_id AND a.person_id = {me})",
            lambda me: models.Q(assignment__person=me),
        ),
    )

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="caseload", verbose_name="penugasan")
    beneficiary = models.ForeignKey(Beneficiary, models.PROTECT, related_name="companions")
    programme = models.ForeignKey(Programme, models.PROTECT, verbose_name="program")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="wilayah")
    valid_from = models.DateField("sejak")
    valid_until = models.DateField("sampai", null=True, blank=True)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "dampingan"
        constraints = [
            ExclusionConstraint(
                name="caseload_one_companion",
                expressions=[
                    ("beneficiary", RangeOperators.EQUAL),
                    ("programme", RangeOperators.EQUAL),
                    (period(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Keluarga ini sudah punya pendamping program itu pada masa yang sama.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} → {self.beneficiary_id}"


class GraduationQuerySet(RegionScopedQuerySet["Graduation"]):
    def confirmed(self) -> "GraduationQuerySet":
        """In force, and on more than one officer's word."""
        return self.filter(cancelled_on__isnull=True, confirmed_on__isnull=False)

    def waiting(self) -> "GraduationQuerySet":
        """In force, and recorded by one officer alone."""
        return self.filter(cancelled_on__isnull=True, confirmed_on__isnull=True)

    def counted(self) -> "GraduationQuerySet":
        return self.confirmed().filter(counts=True)


class Graduation(models.Model):
    """A family left a programme. Whether a kind counts toward a target is configuration, kept per row.

    It counts when two people stand behind it: who proposed and who decided its case, or who recorded a decision made
    outside PILAR and who confirmed it.
    """

    scope = Scope(region="region_id", programme="programme_id", own=own_by("credited_to_id"))

    class Kind(models.TextChoices):
        NATURAL = "alamiah", "graduasi alamiah"
        ABLE = "mandiri", "graduasi mandiri"
        FORCED = "paksa", "graduasi paksa"
        SYSTEM = "sistem", "dikeluarkan oleh sistem"

    beneficiary = models.ForeignKey(Beneficiary, models.PROTECT, related_name="graduations")
    programme = models.ForeignKey(Programme, models.PROTECT, verbose_name="program")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="wilayah")
    kind = models.CharField("jenis", max_length=10, choices=Kind.choices)
    decided_on = models.DateField("diputuskan pada")
    credited_to = models.ForeignKey(
        Personnel, models.PROTECT, null=True, related_name="graduations", verbose_name="pendamping"
    )
    counts = models.BooleanField("dihitung ke target")
    participation = models.ForeignKey(
        Participation,
        models.PROTECT,
        null=True,
        related_name="graduations",
        verbose_name="kepesertaan yang ditinggalkan",
    )
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="dicatat oleh")
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="dikonfirmasi oleh"
    )
    confirmed_on = models.DateField("dikonfirmasi pada", null=True)
    cancelled_on = models.DateField("dibatalkan pada", null=True)
    is_example = models.BooleanField("data contoh", default=False)

    objects = GraduationQuerySet.as_manager()

    class Meta:
        verbose_name = "graduasi"
        ordering = ["decided_on", "id"]
        indexes = [models.Index(fields=["credited_to", "decided_on"], name="graduation_companion")]
        constraints = [
            models.UniqueConstraint(
                fields=["participation"],
                condition=models.Q(cancelled_on__isnull=True),
                name="graduation_once",
                violation_error_message="Keluarga ini sudah lulus (graduasi) dari kepesertaan itu.",
            ),
            models.UniqueConstraint(
                fields=["beneficiary", "programme"],
                condition=models.Q(cancelled_on__isnull=True, participation__isnull=True),
                name="graduation_once_unrecorded",
                violation_error_message="Keluarga ini sudah lulus (graduasi) dari program itu.",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True)
                | (models.Q(confirmed_on__isnull=False) & ~models.Q(confirmed_by=models.F("recorded_by"))),
                name="graduation_confirmed_by_another",
                violation_error_message="Graduasi tidak dapat dikonfirmasi oleh pencatatnya.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.beneficiary_id} {self.kind} {self.decided_on}"


class GraduationCase(models.Model):
    """The way out in phases: usulan, asesmen, keputusan, masa transisi, keluar.

    The decision makes a `Graduation`, which counts on its day; cancelled in transition it counts no more.
    """

    scope = Scope(region="region_id", programme="programme_id")

    class State(models.TextChoices):
        PROPOSED = "diusulkan", "diusulkan, menunggu asesmen"
        ASSESSED = "dinilai", "dinilai, menunggu keputusan"
        TRANSITION = "transisi", "diputuskan, dalam masa transisi"
        LEFT = "keluar", "keluar dari program"
        REJECTED = "ditolak", "ditolak"
        CANCELLED = "batal", "dibatalkan dalam masa transisi"

    class Initiative(models.TextChoices):
        FAMILY = "keluarga", "keluarga sendiri"
        COMPANION = "pendamping", "pendamping"
        VILLAGE = "desa", "desa/kelurahan (musdes/muskel)"
        MATCHING = "pemadanan", "pemadanan data"

    OPEN = (State.PROPOSED, State.ASSESSED, State.TRANSITION)

    beneficiary = models.ForeignKey(
        Beneficiary, models.PROTECT, related_name="graduation_cases", verbose_name="keluarga"
    )
    programme = models.ForeignKey(Programme, models.PROTECT, verbose_name="program")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="wilayah")
    kind = models.CharField("jenis", max_length=10, choices=Graduation.Kind.choices)
    initiative = models.CharField("prakarsa", max_length=10, choices=Initiative.choices)
    state = models.CharField("keadaan", max_length=12, choices=State.choices, default=State.PROPOSED)
    proposed_on = models.DateField("diusulkan pada")
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="diusulkan oleh")
    assessed_on = models.DateField("asesmen pada", null=True)
    assessor = models.ForeignKey(
        Assignment, models.PROTECT, null=True, related_name="assessments", verbose_name="penilai"
    )
    answers = models.JSONField("jawaban asesmen", default=dict, blank=True)
    score = models.SmallIntegerField("skor", null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="diputuskan oleh")
    transition_until = models.DateField("masa transisi sampai", null=True)
    left_on = models.DateField("keluar pada", null=True)
    note = models.CharField("catatan", max_length=200, blank=True)
    graduation = models.OneToOneField(Graduation, models.PROTECT, null=True, related_name="case")
    is_example = models.BooleanField("data contoh", default=False)
    version = models.IntegerField(default=1)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "proses graduasi"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["beneficiary", "programme"],
                condition=models.Q(state__in=["diusulkan", "dinilai", "transisi"]),
                name="graduation_case_one_open",
                violation_error_message="Proses graduasi keluarga ini dari program itu masih berjalan.",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("proposed_by")),
                name="graduation_four_eyes",
                violation_error_message="Graduasi tidak dapat diputuskan oleh pengusulnya.",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["transisi", "keluar", "batal"])
                | models.Q(graduation__isnull=False, decided_by__isnull=False),
                name="graduation_decision_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.beneficiary_id} {self.programme_id} {self.state}"
