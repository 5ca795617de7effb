"""Closed years: who decided that their figures are final, what they were, what changed in the rows afterwards."""

from django.db import models
from django.db.models import F, Q

from pilar.core.access import Scope, Via
from pilar.core.models import BudgetYear, Region, User
from pilar.core.scoping import RegionScopedQuerySet
from targets.models.facts import CELL_KEY, PERSON_KEY, CellFigure, PersonFigure

#: figures of a kabupaten/kota and above are open, as in the live facts
OPEN_FIGURES: tuple[str, dict[str, object]] = ("level BETWEEN 0 AND 2", {"level__range": (0, 2)})


#: states in which a closing waits for somebody; a year has one such at a time
OPEN = ["diusulkan", "disetujui"]


class YearClosureQuerySet(RegionScopedQuerySet["YearClosure"]):
    def open(self) -> "YearClosureQuerySet":
        return self.filter(state__in=OPEN)

    def closed(self) -> "YearClosureQuerySet":
        """Those that hold a copy, in the order of their versions."""
        return self.filter(state=YearClosure.State.CLOSED).order_by("year", "version")


class YearClosure(models.Model):
    """One closing of a year: proposed by one officer of the ministry, decided by another, then kept by the engine.

    It lies at the nation and everybody reads it. A later version is a correction by decree; earlier ones are kept.
    """

    class State(models.TextChoices):
        PROPOSED = "diusulkan", "diusulkan"
        DECIDED = "disetujui", "disetujui, salinan sedang dibuat"
        CLOSED = "ditutup", "ditutup"
        DROPPED = "batal", "batal"

    scope = Scope(region="region_id", open_when=("(region_id >= 0)", {"region_id__gte": 0}), engine_writes=True)

    year = models.ForeignKey(BudgetYear, models.PROTECT, db_column="year", verbose_name="tahun")
    region = models.ForeignKey(Region, models.PROTECT, default=0, related_name="+", verbose_name="wilayah")
    version = models.SmallIntegerField("versi", default=1)
    state = models.CharField("keadaan", max_length=10, choices=State.choices, default=State.PROPOSED)
    reason = models.CharField("alasan", max_length=300, blank=True)
    decree = models.CharField("dasar koreksi", max_length=200, blank=True)
    #: null, so that a reader who does not see that user still sees the row
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="diusulkan oleh")
    proposed_on = models.DateField("diusulkan pada")
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="diputuskan oleh"
    )
    decided_on = models.DateField("diputuskan pada", null=True, blank=True)
    note = models.CharField("catatan", max_length=300, blank=True)
    closed_at = models.DateTimeField("ditutup pada", null=True, blank=True)
    cells = models.BigIntegerField("sel", default=0)
    people = models.BigIntegerField("angka perorangan", default=0)
    targets = models.BigIntegerField("target", default=0)
    rule_version = models.CharField("versi aturan", max_length=16, blank=True)
    previous_hash = models.CharField("sidik penutupan sebelumnya", max_length=64, blank=True)
    hash = models.CharField("sidik", max_length=64, blank=True)

    objects = YearClosureQuerySet.as_manager()

    class Meta:
        verbose_name = "penutupan tahun"
        ordering = ["-year", "-version", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "version"], condition=~Q(state="batal"), name="yearclosure_version_once"
            ),
            models.UniqueConstraint(
                fields=["year"],
                condition=Q(state__in=OPEN),
                name="yearclosure_one_open",
                violation_error_message="Tahun ini sudah diusulkan untuk ditutup.",
            ),
            models.CheckConstraint(condition=Q(region=0), name="yearclosure_of_the_nation"),
            models.CheckConstraint(
                condition=~Q(state__in=["disetujui", "ditutup"])
                | Q(decided_by__isnull=False, decided_on__isnull=False) & ~Q(decided_by=F("proposed_by")),
                name="yearclosure_four_eyes",
            ),
            models.CheckConstraint(
                condition=~Q(state="ditutup") | (Q(closed_at__isnull=False) & ~Q(hash="")),
                name="yearclosure_closed_is_hashed",
            ),
            models.CheckConstraint(
                condition=Q(version=1) | (~Q(decree="") & ~Q(reason="")), name="yearclosure_correction_by_decree"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year_id} versi {self.version}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class ClosedCell(CellFigure):
    """A figure of the rollup as it was when the year closed. Nobody changes a row."""

    scope = Scope(region="region_id", open_when=OPEN_FIGURES, read_only=True, append_only=True)

    pk = models.CompositePrimaryKey("closure_id", *CELL_KEY)
    closure_id = models.BigIntegerField()

    class Meta:
        verbose_name = "capaian tahun tertutup"


class ClosedPersonal(PersonFigure):
    """What a named person had reached when the year closed."""

    scope = Scope(via=Via("personnel_personnel", "person_id"), read_only=True, append_only=True)

    pk = models.CompositePrimaryKey("closure_id", *PERSON_KEY)
    closure_id = models.BigIntegerField()

    class Meta:
        verbose_name = "capaian perorangan tahun tertutup"


class ClosedTarget(models.Model):
    """The version of each target that figures were held against when the year closed."""

    scope = Scope(
        region="region_id",
        open_when=("(person_id IS NULL AND level <= 2)", {"person_id__isnull": True, "level__lte": 2}),
        read_only=True,
        append_only=True,
    )

    closure_id = models.BigIntegerField()
    level = models.SmallIntegerField()
    region_id = models.BigIntegerField()
    indicator_id = models.SmallIntegerField()
    breakdown = models.SmallIntegerField()
    person_id = models.BigIntegerField(null=True)
    value = models.BigIntegerField()
    version = models.SmallIntegerField()
    pending = models.BooleanField()

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "target tahun tertutup"
        constraints = [
            models.UniqueConstraint(
                fields=["closure_id", "region_id", "indicator_id", "breakdown", "person_id"],
                name="closedtarget_once",
                nulls_distinct=False,
            )
        ]


class YearCorrection(CellFigure):
    """What a change in the source rows of a closed year did to one live figure, and when it was counted.

    Closed figure + its corrections = the live figure. The closed figure itself never moves.
    """

    scope = Scope(region="region_id", open_when=OPEN_FIGURES, read_only=True, append_only=True)

    closure_id = models.BigIntegerField()
    noted_at = models.DateTimeField("dihitung pada")

    class Meta:
        verbose_name = "koreksi sesudah penutupan"
        ordering = ["-id"]
        indexes = [models.Index(fields=["closure_id", "region_id", "level"], name="correction_region")]
