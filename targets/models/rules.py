"""How much each companion must reach in a year: configuration with validity and source, for an area and below."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from personnel.models import period, valid_on
from pilar.core.access import Scope
from pilar.core.models import Pillar, Region, User
from pilar.core.scoping import RegionScopedQuerySet
from targets.models.plan import Indicator


class PersonalRuleQuerySet(RegionScopedQuerySet["PersonalRule"]):
    def on(self, day: date) -> "PersonalRuleQuerySet":
        return self.filter(valid_on(day))


class PersonalRule(models.Model):
    """A yearly target of everybody whose position looks after families: a number, or a share of the caseload.

    The rule of the nearest area above a person holds; versions follow each other in time.
    """

    scope = Scope(region="region_id", open_when=("(region_id >= 0)", {"region_id__gte": 0}))

    class Way(models.TextChoices):
        NUMBER = "jumlah", "jumlah setahun"
        SHARE = "persen", "persen dari dampingan"

    indicator = models.ForeignKey(Indicator, models.PROTECT, verbose_name="indikator")
    breakdown = models.SmallIntegerField("rincian")
    pillar = models.ForeignKey(Pillar, models.PROTECT, verbose_name="pilar")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="wilayah")
    way = models.CharField("cara", max_length=10, choices=Way.choices, default=Way.NUMBER)
    amount = models.IntegerField("besar")
    valid_from = models.DateField("berlaku sejak")
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
    source = models.CharField("sumber", max_length=200)
    set_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ditetapkan oleh"
    )
    set_at = models.DateTimeField("ditetapkan pada", auto_now_add=True)

    objects = PersonalRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "aturan target perorangan"
        ordering = ["region", "indicator", "-valid_from"]
        constraints = [
            models.CheckConstraint(condition=Q(way__in=["jumlah", "persen"]), name="personalrule_way"),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="personalrule_positive",
                violation_error_message="Besarnya harus lebih dari nol.",
            ),
            models.CheckConstraint(
                condition=~Q(way="persen") | Q(amount__lte=100),
                name="personalrule_percent",
                violation_error_message="Persen dari dampingan paling banyak 100.",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="personalrule_has_source"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("valid_from")),
                name="personalrule_forward",
            ),
            ExclusionConstraint(
                name="personalrule_one_at_a_time",
                expressions=[
                    ("indicator", RangeOperators.EQUAL),
                    ("breakdown", RangeOperators.EQUAL),
                    ("pillar", RangeOperators.EQUAL),
                    ("region", RangeOperators.EQUAL),
                    (period(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Sudah ada aturan yang berlaku pada masa itu.",
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """ "10 keluarga per orang setahun", "10% dari dampingan setahun" """
        if self.way == self.Way.SHARE:
            return f"{self.amount}% dari dampingan setahun"
        return f"{self.amount} {self.indicator.get_unit_display()} per orang setahun"
