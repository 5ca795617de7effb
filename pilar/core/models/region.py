from datetime import date

from django.db import models
from django.db.models.functions import Lower

from pilar.core import regions
from pilar.core.access import Access


class RegionQuerySet(models.QuerySet["Region"]):
    def within(self, code: int) -> "RegionQuerySet":
        return self.filter(code__range=regions.bounds(code))

    def children_of(self, code: int) -> "RegionQuerySet":
        """Areas one level below `code`, in code order."""
        level = min(regions.level_of(code) + 1, regions.Level.VILLAGE)
        return self.within(code).filter(level=level).exclude(code=code).order_by("code")

    def valid_on(self, day: date) -> "RegionQuerySet":
        return self.filter(
            models.Q(valid_from__isnull=True) | models.Q(valid_from__lte=day),
            models.Q(valid_until__isnull=True) | models.Q(valid_until__gt=day),
        )

    def path_of(self, code: int) -> list["Region"]:
        """The nation first, the area itself last."""
        return list(self.filter(code__in=regions.path(code)).order_by("level"))


class Region(models.Model):
    """One area of Kemendagri's code list; a code is never reused and never re-coded."""

    access = Access.REFERENCE

    code = models.BigIntegerField("kode", primary_key=True)
    name = models.CharField("nama", max_length=150)
    name_key = models.GeneratedField(
        expression=Lower("name"), output_field=models.CharField(max_length=150), db_persist=True
    )
    level = models.SmallIntegerField("tingkat", choices=[(lv.value, n) for lv, n in regions.LEVEL_NAMES.items()])
    valid_from = models.DateField("berlaku sejak", null=True, blank=True)
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = "wilayah"
        indexes = [models.Index(fields=["level", "code"], name="region_level_code")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__range=(0, regions.LAST_CODE)),
                name="region_code_ten_digits",
            ),
            models.CheckConstraint(condition=models.Q(level__range=(0, 4)), name="region_level_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def dotted(self) -> str:
        return regions.dotted(self.code)


class RegionSuccession(models.Model):
    """A decree split or renamed `old`; from that day its rows are read under `new` as well."""

    access = Access.REFERENCE

    old = models.ForeignKey(Region, models.PROTECT, related_name="successions")
    new = models.ForeignKey(Region, models.PROTECT, related_name="predecessors")
    valid_from = models.DateField("berlaku sejak")
    decree = models.CharField("dasar hukum", max_length=200, blank=True)

    class Meta:
        verbose_name = "penerus wilayah"
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="succession_once"),
            models.CheckConstraint(condition=~models.Q(old=models.F("new")), name="succession_other"),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id}"


class BudgetYear(models.Model):
    """A year that may be written; opening it makes its partitions."""

    access = Access.REFERENCE

    year = models.SmallIntegerField("tahun", primary_key=True)
    closed_on = models.DateField("ditutup pada", null=True, blank=True)

    class Meta:
        verbose_name = "tahun anggaran"
        ordering = ["year"]

    def __str__(self) -> str:
        return str(self.year)
