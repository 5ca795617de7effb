"""Rasio: one indicator's figure as a share of another's, as data."""

from django.db import models
from django.db.models import F, Q

from pilar.core import regions
from pilar.core.access import Scope
from pilar.core.models import Region, User
from pilar.core.scoping import RegionScopedQuerySet
from targets.models.plan import Indicator


class Ratio(models.Model):
    """`part` of `whole` in percent, for each breakdown both have; never stored, always worked out from the two.

    `aim`: whole percent that is held against it everywhere; a floor, or a ceiling where fewer is better.
    Of the whole nation and open to all, hence `region`.
    """

    scope = Scope(region="region_id", open_when=("(region_id >= 0)", {"region_id__gte": 0}))

    code = models.SlugField("kode", max_length=40, unique=True)
    name = models.CharField("nama", max_length=120, unique=True)
    part = models.ForeignKey(Indicator, models.PROTECT, related_name="+", verbose_name="bagian")
    whole = models.ForeignKey(Indicator, models.PROTECT, related_name="+", verbose_name="dari")
    direction = models.CharField(
        "arah", max_length=10, choices=Indicator.Direction.choices, default=Indicator.Direction.UP
    )
    aim = models.SmallIntegerField("patokan (persen)", null=True, blank=True)
    aim_source = models.CharField("sumber patokan", max_length=200, blank=True)
    definition = models.TextField("pengertian", max_length=1000)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", default=regions.NATION, verbose_name="wilayah")
    set_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ditetapkan oleh"
    )
    set_at = models.DateTimeField("ditetapkan pada", auto_now_add=True)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "rasio"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(part=F("whole")),
                name="ratio_of_two",
                violation_error_message="Bagian dan keseluruhannya harus dua indikator yang berbeda.",
            ),
            models.CheckConstraint(
                condition=Q(aim__isnull=True, aim_source="") | (Q(aim__range=(1, 100)) & ~Q(aim_source="")),
                name="ratio_aim_has_source",
                violation_error_message="Patokan 1 sampai 100 persen, dengan sumbernya; atau kosongkan keduanya.",
            ),
            models.CheckConstraint(condition=Q(region=0), name="ratio_of_the_nation"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def fewer_is_better(self) -> bool:
        return self.direction == Indicator.Direction.DOWN
