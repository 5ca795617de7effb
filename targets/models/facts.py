"""What the engine has counted, and what it has yet to count."""

from django.db import models

from pilar.core.access import Access, Scope, Via
from pilar.core.scoping import RegionScopedQuerySet


class CellFigure(models.Model):
    """Columns of a region's figure: where it lies, of what, when, from how many rows and how much."""

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
        abstract = True


class PersonFigure(models.Model):
    """Columns of a named person's figure."""

    person_id = models.BigIntegerField()
    measure = models.SmallIntegerField()
    period = models.SmallIntegerField()
    n = models.BigIntegerField()
    value = models.BigIntegerField()

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        abstract = True


#: the address of a figure within its year or closing, and its columns in SQL
CELL_KEY = ("level", "region_id", "measure", "dim", "breakdown", "period")
PERSON_KEY = ("person_id", "measure", "period")
CELL_COLUMNS = ", ".join((*CELL_KEY, "n", "value"))
PERSON_COLUMNS = ", ".join((*PERSON_KEY, "n", "value"))


class Achievement(CellFigure):
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

    pk = models.CompositePrimaryKey("year", *CELL_KEY)
    year = models.SmallIntegerField()

    class Meta:
        verbose_name = "capaian"


class PersonalAchievement(PersonFigure):
    """The second fact: what a named person reached per month. Region totals never derive from it."""

    scope = Scope(via=Via("personnel_personnel", "person_id"), engine_writes=True, read_only=True)

    pk = models.CompositePrimaryKey("year", *PERSON_KEY)
    year = models.SmallIntegerField()

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
