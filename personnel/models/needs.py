"""Kebutuhan (formasi): how many people of a pillar an area needs, as somebody stated it on a day."""

from django.db import models

from pilar.core.access import Scope
from pilar.core.models import Pillar, Region, User
from pilar.core.scoping import RegionScopedQuerySet


class Need(models.Model):
    """The latest row of an area holds; an area without a row has no known need, which is not a need of nobody."""

    scope = Scope(region="region_id", pillar="pillar_id")

    pillar = models.ForeignKey(Pillar, models.PROTECT, related_name="needs", verbose_name="pilar")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="wilayah")
    people = models.IntegerField("orang yang dibutuhkan")
    valid_from = models.DateField("berlaku sejak")
    source = models.CharField("sumber", max_length=200)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    is_example = models.BooleanField("data contoh", default=False)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "kebutuhan"
        ordering = ["-valid_from", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pillar", "region", "valid_from"],
                name="need_once_a_day",
                violation_error_message="Kebutuhan pilar dan wilayah ini sejak tanggal itu sudah tercatat.",
            ),
            models.CheckConstraint(condition=models.Q(people__gte=0), name="need_not_negative"),
            models.CheckConstraint(condition=models.Q(region__gt=0), name="need_below_nation"),
            models.CheckConstraint(condition=~models.Q(source=""), name="need_has_source"),
        ]

    def __str__(self) -> str:
        return f"{self.pillar_id} {self.region_id} {self.people}"
