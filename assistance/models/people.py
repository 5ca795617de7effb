"""Who receives: a person, or the head of a family; the PAS groups he belongs to, and what is known of him."""

from typing import Any

from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models.functions import Lower, Now, TruncDate

from personnel.models import Personnel, period, valid_on
from pilar.core.access import Own, Scope, Through
from pilar.core.models import Region, TargetGroup
from pilar.core.names import NamedQuerySet
from pilar.core.nik import HasNik
from pilar.core.scoping import RegionScopedQuerySet

#: a member sees the families that he looks after today
_LOOKED_AFTER = """EXISTS (
  SELECT 1 FROM assistance_caseload c JOIN personnel_assignment a ON a.id = c.assignment_id
  WHERE c.beneficiary_id = assistance_beneficiary.id AND a.person_id = {me}
    AND daterange(c.valid_from, c.valid_until, '[]') @> (now() AT TIME ZONE 'Asia/Jakarta')::date
)"""


def _looked_after(me: int) -> Any:
    caseload = apps.get_model("assistance", "Caseload").objects.filter(assignment__person=me)
    return caseload.filter(valid_on(TruncDate(Now()))).values("beneficiary")


class Beneficiary(HasNik, models.Model):
    """A person who receives assistance, or the head of a family that does."""

    scope = Scope(
        region="region_id",
        programme_through=Through("assistance_disbursement", key="beneficiary_id", column="programme_id"),
        own=Own(_LOOKED_AFTER, lambda me: models.Q(pk__in=_looked_after(me))),
    )

    name = models.CharField("nama", max_length=120)
    name_key = models.GeneratedField(
        expression=Lower("name"), output_field=models.CharField(max_length=120), db_persist=True
    )
    nik_cipher = models.BinaryField("NIK")
    nik_index = models.BinaryField(unique=True, max_length=16)
    sex = models.CharField("jenis kelamin", max_length=1, choices=Personnel.Sex.choices)
    birth_date = models.DateField("tanggal lahir")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="wilayah tempat tinggal")
    is_example = models.BooleanField("data contoh", default=False)
    version = models.IntegerField(default=1)

    objects = NamedQuerySet.as_manager()

    class Meta:
        verbose_name = "penerima manfaat"
        indexes = [
            models.Index(OpClass("name_key", "text_pattern_ops"), name="beneficiary_name_prefix"),
            models.Index(fields=["region", "name_key", "id"], name="beneficiary_region_name"),
        ]

    def __str__(self) -> str:
        return self.name


class GroupMembership(models.Model):
    """A person belongs to a PAS group from a day on; several at once are usual (domain.md 1)."""

    # The engine moves groups along with their person, also those hidden from whoever registers the move.
    scope = Scope(
        region="region_id",
        group="group_id",
        engine_writes=True,
        programme_through=Through(
            "assistance_disbursement",
            key="beneficiary_id",
            column="programme_id",
            own="beneficiary_id",
        ),
    )

    beneficiary = models.ForeignKey(Beneficiary, models.CASCADE, related_name="memberships")
    group = models.ForeignKey(TargetGroup, models.PROTECT, verbose_name="kelompok PAS")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="wilayah")
    valid_from = models.DateField("sejak")
    valid_until = models.DateField("sampai", null=True, blank=True)
    written = models.CharField("tertulis di berkas", max_length=120, blank=True, db_default="")

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "keanggotaan PAS"
        constraints = [
            ExclusionConstraint(
                name="membership_no_overlap",
                expressions=[
                    ("beneficiary", RangeOperators.EQUAL),
                    ("group", RangeOperators.EQUAL),
                    (period(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Orang ini sudah tercatat di kelompok PAS itu pada masa yang sama.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.beneficiary_id} {self.group}"


class Circumstance(models.Model):
    """What is known of a person as of a day, by a named source; the latest one holds, the history stays.

    Kinds and their values are `assistance.words.CIRCUMSTANCES`: decile (with its DTSEN release),
    school state, living alone, Dukcapil match, death.
    """

    scope = Scope(
        region="region_id",
        programme_through=Through(
            "assistance_disbursement", key="beneficiary_id", column="programme_id", own="beneficiary_id"
        ),
    )

    beneficiary = models.ForeignKey(Beneficiary, models.CASCADE, related_name="circumstances")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="wilayah")
    kind = models.CharField("perihal", max_length=20)
    value = models.CharField("keadaan", max_length=20)
    as_of = models.DateField("per tanggal")
    source = models.CharField("sumber", max_length=120)
    is_example = models.BooleanField("data contoh", default=False)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "keadaan penerima"
        ordering = ["beneficiary_id", "kind", "-as_of", "-id"]
        indexes = [models.Index(fields=["beneficiary", "kind", "-as_of"], name="circumstance_latest")]
        constraints = [
            models.UniqueConstraint(
                fields=["beneficiary", "kind", "as_of"],
                name="circumstance_once_per_day",
                violation_error_message="Keadaan ini sudah tercatat pada tanggal itu.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.beneficiary_id} {self.kind} {self.value}"
