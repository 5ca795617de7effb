from django.db import models

from personnel.models import Personnel
from pilar.core.access import Access, Scope, Via
from pilar.core.measures import Dim, Unit
from pilar.core.models import BudgetYear, Job, Pillar, Programme, Region, User
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


class TargetQuerySet(RegionScopedQuerySet["Target"]):
    def in_force(self) -> "TargetQuerySet":
        """The newest version of each target; call it last, after every filter."""
        one = ("year_id", "indicator_id", "breakdown", "region_id", "person_id")
        return self.order_by(*one, "-version").distinct(*one)


class Target(models.Model):
    """What a region or a named person must reach in a year; a new value is a new version.

    Targets of a kabupaten/kota and above are a public plan; a named person's are not.
    """

    scope = Scope(
        region="region_id",
        open_when=(
            "(person_id IS NULL AND region_id % 1000000 = 0)",
            {"person__isnull": True, "region__level__lte": 2},
        ),
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
    set_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="ditetapkan oleh")
    set_at = models.DateTimeField("ditetapkan pada", auto_now_add=True)
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
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year_id}"


class PublishedFigure(models.Model):
    """A printed figure: never repaired, always compared (domain.md 0 and 8)."""

    access = Access.REFERENCE

    class Definition(models.TextChoices):
        REGISTERED = "terdaftar", "terdaftar"
        ACTIVE = "aktif", "aktif terverifikasi"
        PRESENT = "hadir", "hadir"
        NEED = "kebutuhan", "kebutuhan/formasi"
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

    class Meta:
        verbose_name = "angka rilis"
        ordering = ["-published_on", "code"]

    def __str__(self) -> str:
        return self.title


class PublishedPart(models.Model):
    """One itemised part with its printed precision: a value v printed in steps s means [v-s/2, v+s/2)."""

    access = Access.REFERENCE

    figure = models.ForeignKey(PublishedFigure, models.CASCADE, related_name="parts")
    label = models.CharField("bagian", max_length=100)
    dim = models.SmallIntegerField(choices=[(d.value, d.name) for d in Dim])
    pillar = models.ForeignKey(Pillar, models.PROTECT, null=True)
    programme = models.ForeignKey(Programme, models.PROTECT, null=True)
    printed = models.CharField("tercetak", max_length=60)
    value = models.BigIntegerField("nilai")
    step = models.BigIntegerField("ketelitian cetak", default=1)
    order = models.SmallIntegerField(default=0)

    class Meta:
        verbose_name = "bagian angka rilis"
        ordering = ["figure", "order"]
        constraints = [models.UniqueConstraint(fields=["figure", "label"], name="published_part_once")]

    def __str__(self) -> str:
        return self.label

    @property
    def breakdown(self) -> int:
        return self.pillar_id or self.programme_id or 0


class Achievement(models.Model):
    """The rollup: one figure per year, level, region, measure, breakdown and period.

    Level 3 holds the leaves: a row whose region is itself a kabupaten (or province, or the
    nation) lies "langsung di tingkat itu", so that children and direct rows add up to the parent.
    period: 0 the year and 21-24 quarters (distinct measures only), 1-12 months, 13 luncuran.
    """

    scope = Scope(
        region="region_id",
        open_when=("level <= 2", {"level__lte": 2}),
        engine_writes=True,
        read_only=True,
    )

    pk = models.CompositePrimaryKey("year", "level", "region_id", "measure", "dim", "breakdown", "period")
    year = models.SmallIntegerField()
    level = models.SmallIntegerField()
    region_id = models.BigIntegerField()
    measure = models.SmallIntegerField()
    dim = models.SmallIntegerField()
    breakdown = models.IntegerField()
    period = models.SmallIntegerField()
    n = models.BigIntegerField()
    value = models.BigIntegerField()

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "capaian"


class PersonalAchievement(models.Model):
    """The second fact: what a named person reached per month. Region totals never derive from it."""

    scope = Scope(via=Via("personnel_personnel", "person_id"), engine_writes=True, read_only=True)

    pk = models.CompositePrimaryKey("year", "person_id", "measure", "period")
    year = models.SmallIntegerField()
    person_id = models.BigIntegerField()
    measure = models.SmallIntegerField()
    period = models.SmallIntegerField()
    n = models.BigIntegerField()
    value = models.BigIntegerField()

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "capaian perorangan"


class Participation(models.Model):
    """Where and in which months a subject counts; the engine's memory of what it has counted."""

    access = Access.ENGINE

    pk = models.CompositePrimaryKey("measure", "year", "subject", "region_id", "dim", "breakdown")
    measure = models.SmallIntegerField()
    year = models.SmallIntegerField()
    subject = models.BigIntegerField()
    region_id = models.BigIntegerField()
    dim = models.SmallIntegerField()
    breakdown = models.IntegerField()
    mask = models.IntegerField()

    class Meta:
        verbose_name = "keikutsertaan terhitung"
        indexes = [models.Index(fields=["year", "measure", "region_id"], name="participation_region")]


class LedgerEntry(models.Model):
    """A change not yet in the facts; written by triggers, drained by the engine. person 0: a region's."""

    access = Access.ENGINE

    year = models.SmallIntegerField()
    period = models.SmallIntegerField()
    region_id = models.BigIntegerField()
    measure = models.SmallIntegerField()
    dim = models.SmallIntegerField()
    breakdown = models.IntegerField()
    person_id = models.BigIntegerField(default=0)
    n = models.BigIntegerField()
    value = models.BigIntegerField()

    class Meta:
        verbose_name = "buku perubahan"
        indexes = [models.Index(fields=["year"], name="ledger_year")]


class DirtySubject(models.Model):
    """A subject to recount; year 0 means every open year."""

    access = Access.ENGINE

    kind = models.CharField(max_length=12)
    year = models.SmallIntegerField()
    subject = models.BigIntegerField()

    class Meta:
        verbose_name = "antrean hitung orang"
        indexes = [models.Index(fields=["kind", "subject"], name="dirty_subject")]


class StagedCell(models.Model):
    """A full rebuild's figures before they are compared and applied."""

    access = Access.ENGINE

    run = models.ForeignKey("RollupRun", models.DO_NOTHING, db_constraint=False, db_index=False)
    level = models.SmallIntegerField()
    region_id = models.BigIntegerField()
    measure = models.SmallIntegerField()
    dim = models.SmallIntegerField()
    breakdown = models.IntegerField()
    person_id = models.BigIntegerField(default=0)
    period = models.SmallIntegerField()
    n = models.BigIntegerField()
    value = models.BigIntegerField()

    class Meta:
        verbose_name = "capaian sementara"
        indexes = [models.Index(fields=["run", "region_id"], name="staged_cell_region")]


class StagedParticipation(models.Model):
    access = Access.ENGINE

    run = models.ForeignKey("RollupRun", models.DO_NOTHING, db_constraint=False, db_index=False)
    measure = models.SmallIntegerField()
    subject = models.BigIntegerField()
    region_id = models.BigIntegerField()
    dim = models.SmallIntegerField()
    breakdown = models.IntegerField()
    mask = models.IntegerField()

    class Meta:
        verbose_name = "keikutsertaan sementara"
        indexes = [models.Index(fields=["run", "region_id"], name="staged_part_region")]


class RollupYear(models.Model):
    """When a year's facts were last brought up to date, and by which full rebuild last compared."""

    access = Access.RESULT

    year = models.SmallIntegerField(primary_key=True)
    drained_at = models.DateTimeField(null=True)
    last_run = models.ForeignKey("RollupRun", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "tahun terhitung"


class RollupRun(models.Model):
    """One full rebuild of a year: its job, what it counted, what had drifted."""

    access = Access.RESULT

    job = models.OneToOneField(Job, models.PROTECT, related_name="rollup")
    year = models.SmallIntegerField("tahun")
    rule_version = models.CharField("versi aturan", max_length=16)
    source_rows = models.BigIntegerField("baris sumber", default=0)
    cells = models.BigIntegerField("sel", default=0)
    drift_cells = models.BigIntegerField("sel yang bergeser", null=True)
    drift_sample = models.JSONField("contoh pergeseran", default=list)
    computed_at = models.DateTimeField("dihitung pada", null=True)

    class Meta:
        verbose_name = "hitung ulang"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.year} #{self.pk}"


class RollupPart(models.Model):
    """A province's share of a rebuild (region 0: rows of the nation itself, and people's own facts)."""

    access = Access.RESULT

    run = models.ForeignKey(RollupRun, models.CASCADE, related_name="parts")
    region_id = models.BigIntegerField()
    done_at = models.DateTimeField(null=True)
    source_rows = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = "bagian hitung ulang"
        constraints = [models.UniqueConstraint(fields=["run", "region_id"], name="rollup_part_once")]
