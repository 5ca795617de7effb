"""What is aimed at: indicators over declared measures, and versioned targets."""

from django.db import models
from django.db.models import Case, F, Value, When

from personnel.models import Personnel
from pilar.core.access import Access, Scope, own_by
from pilar.core.measures import Dim, Unit
from pilar.core.models import BudgetYear, Region, User
from pilar.core.scoping import RegionScopedQuerySet


class Indicator(models.Model):
    """What is aimed at: a declared measure with a breakdown (architecture.md 5)."""

    access = Access.REFERENCE

    class Direction(models.TextChoices):
        UP = "naik", "makin banyak makin baik"
        DOWN = "turun", "makin sedikit makin baik"

    id = models.SmallIntegerField(primary_key=True)
    code = models.CharField("kode", max_length=40, unique=True)
    name = models.CharField("nama", max_length=120)
    measure = models.CharField("ukuran", max_length=40)
    dim = models.SmallIntegerField("rincian", choices=[(d.value, d.name) for d in Dim])
    unit = models.CharField("satuan", max_length=10, choices=Unit.choices)
    direction = models.CharField("arah", max_length=10, choices=Direction.choices, default=Direction.UP)
    definition = models.TextField("pengertian")
    personal = models.BooleanField("juga untuk orang", default=False)

    class Meta:
        verbose_name = "indikator"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def fewer_is_better(self) -> bool:
        return self.direction == self.Direction.DOWN


class TargetState(models.TextChoices):
    DRAFT = "draf", "draf"
    SUBMITTED = "diajukan", "diajukan"
    APPROVED = "disetujui", "disetujui"


#: figures are held against these: a submitted version counts until one is approved
COUNTED = (TargetState.SUBMITTED, TargetState.APPROVED)
ADDRESS = ("year_id", "indicator_id", "breakdown", "region_id", "person_id")


def rank() -> Case:
    """Orders the versions of one target: approved before submitted before draft, then the newer first."""
    number = F("version") + Value(0, models.IntegerField())
    return Case(
        When(state=TargetState.APPROVED, then=number + Value(2_000_000)),
        When(state=TargetState.SUBMITTED, then=number + Value(1_000_000)),
        default=number,
        output_field=models.IntegerField(),
    )


class TargetQuerySet(RegionScopedQuerySet["Target"]):
    def counted(self) -> "TargetQuerySet":
        return self.filter(state__in=COUNTED)

    def in_force(self) -> "TargetQuerySet":
        """The newest approved version of each target, else its newest submitted one; call it last."""
        return self.counted().order_by(*ADDRESS, rank().desc()).distinct(*ADDRESS)


class Target(models.Model):
    """What a region or a named person must reach in a year; a new value is a new version.

    Targets of a kabupaten/kota and above are a public plan; drafts and a named person's are not.
    """

    State = TargetState

    scope = Scope(
        region="region_id",
        open_when=(
            "(person_id IS NULL AND region_id % 1000000 = 0 AND state <> 'draf')",
            {"person__isnull": True, "region__level__lte": 2, "state__in": COUNTED},
        ),
        own=own_by("person_id"),
    )

    year = models.ForeignKey(BudgetYear, models.PROTECT, db_column="year", verbose_name="tahun")
    indicator = models.ForeignKey(Indicator, models.PROTECT, verbose_name="indikator")
    breakdown = models.SmallIntegerField("rincian", default=0)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="wilayah")
    person = models.ForeignKey(
        Personnel,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="targets",
        verbose_name="personel",
    )
    value = models.BigIntegerField("nilai")
    version = models.SmallIntegerField("versi", default=1)
    source = models.CharField("sumber", max_length=200)
    reason = models.CharField("alasan", max_length=300, blank=True)
    set_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ditetapkan oleh"
    )
    set_at = models.DateTimeField("ditetapkan pada", auto_now_add=True)
    #: rows that a command loads were decided outside PILAR; the service always names the state itself
    state = models.CharField("keadaan", max_length=10, choices=TargetState.choices, default=TargetState.APPROVED)
    submitted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="diajukan oleh"
    )
    submitted_on = models.DateField("diajukan pada", null=True, blank=True)
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="disetujui oleh"
    )
    approved_on = models.DateField("disetujui pada", null=True, blank=True)
    is_example = models.BooleanField("target contoh", default=False)

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = "target"
        ordering = ["year", "indicator", "breakdown", "region", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "indicator", "breakdown", "region", "person", "version"],
                name="target_version_once",
                nulls_distinct=False,
                violation_error_message="Versi target ini sudah ada; muat ulang halaman.",
            ),
            models.CheckConstraint(
                condition=models.Q(value__gte=0),
                name="target_not_negative",
                violation_error_message="Target tidak boleh kurang dari 0.",
            ),
            models.CheckConstraint(
                condition=(models.Q(approved_by__isnull=True) | models.Q(set_by__isnull=True))
                | ~models.Q(approved_by=F("set_by")),
                name="target_four_eyes",
                violation_error_message="Pengusul tidak menyetujui targetnya sendiri.",
            ),
            models.CheckConstraint(
                condition=(models.Q(approved_by__isnull=True) | models.Q(submitted_by__isnull=True))
                | ~models.Q(approved_by=F("submitted_by")),
                name="target_four_eyes_submitted",
                violation_error_message="Yang mengajukan tidak menyetujui targetnya sendiri.",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True) | models.Q(state=TargetState.APPROVED),
                name="target_approver_of_approved",
                violation_error_message="Hanya target yang disetujui punya penyetuju.",
            ),
        ]
        indexes = [models.Index(fields=["region", "year"], name="target_waiting", condition=models.Q(state="diajukan"))]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year_id}"
