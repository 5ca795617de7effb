from collections.abc import Iterable
from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models.functions import Lower

from pilar.core.access import Scope, Through, own_by
from pilar.core.models import Pillar, Region
from pilar.core.names import NamedQuerySet
from pilar.core.nik import HasNik
from pilar.core.scoping import RegionScopedQuerySet


class DateRange(models.Func):
    """daterange(from, until, '[]'): both days belong to the period."""

    function = "DATERANGE"
    output_field = DateRangeField()


def period() -> DateRange:
    return DateRange("valid_from", "valid_until", RangeBoundary(inclusive_lower=True, inclusive_upper=True))


def valid_on(day: date | models.Expression) -> models.Q:
    """Rows whose period holds `day`."""
    return models.Q(valid_from__lte=day) & (models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=day))


def digits_of(column: str) -> models.Func:
    """A phone number as digits beginning with 0: "+62 812-34" and "081234" are one."""
    digits = models.Func(column, models.Value(r"\D"), models.Value(""), models.Value("g"), function="regexp_replace")
    return models.Func(digits, models.Value("^62"), models.Value("0"), function="regexp_replace")


class PersonnelQuerySet(NamedQuerySet["Personnel"]):
    def called(self, text: str) -> Self:
        """Names of which any word begins so: "marlina" finds Rina Marlina.

        A later word has no index; the list is walked by name, which a hundred thousand people allow.
        """
        key = text.strip().lower()
        return self.filter(models.Q(name_key__begins=key) | models.Q(name_key__contains=f" {key}"))


class Personnel(HasNik, models.Model):
    """One record per person for all pillars, managed by a kabupaten/kota (domain.md 2.7)."""

    scope = Scope(
        region="region_id",
        pillar_through=Through("personnel_assignment", key="person_id", column="pillar_id"),
        own=own_by("id"),
    )

    class Sex(models.TextChoices):
        MALE = "L", "laki-laki"
        FEMALE = "P", "perempuan"

    class Employment(models.TextChoices):
        VOLUNTEER = "relawan", "relawan"
        CONTRACT = "kontrak", "kontrak"
        PPPK = "pppk", "PPPK"
        CIVIL_SERVANT = "pns", "PNS"

    class Education(models.TextChoices):
        PRIMARY = "sd", "SD atau sederajat"
        MIDDLE = "smp", "SMP atau sederajat"
        HIGH = "sma", "SMA atau sederajat"
        DIPLOMA = "d3", "diploma (D1–D3)"
        BACHELOR = "s1", "sarjana (D4/S1)"
        MASTER = "s2", "magister (S2)"
        DOCTOR = "s3", "doktor (S3)"

    name = models.CharField("nama lengkap", max_length=120)
    name_key = models.GeneratedField(
        expression=Lower("name"), output_field=models.CharField(max_length=120), db_persist=True
    )
    nik_cipher = models.BinaryField("NIK")
    nik_index = models.BinaryField(unique=True, max_length=16)
    sex = models.CharField("jenis kelamin", max_length=1, choices=Sex.choices)
    birth_date = models.DateField("tanggal lahir")
    phone = models.CharField("nomor telepon", max_length=20, blank=True)
    phone_key = models.GeneratedField(
        expression=digits_of("phone"), output_field=models.CharField(max_length=20), db_persist=True
    )
    nia = models.CharField("NIA (nomor induk anggota)", max_length=20, blank=True)
    education = models.CharField("pendidikan terakhir", max_length=4, choices=Education.choices, blank=True)
    major = models.CharField("jurusan", max_length=80, blank=True)
    employment = models.CharField("status kepegawaian", max_length=10, choices=Employment.choices)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="kabupaten/kota pengelola")
    is_example = models.BooleanField("data contoh", default=False)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PersonnelQuerySet.as_manager()

    class Meta:
        verbose_name = "personel"
        indexes = [
            models.Index(OpClass("name_key", "text_pattern_ops"), name="personnel_name_prefix"),
            models.Index(fields=["region", "name_key", "id"], name="personnel_region_name"),
            models.Index(fields=["phone_key"], condition=~models.Q(phone=""), name="personnel_phone"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(region__gt=0), name="personnel_below_nation"),
            models.UniqueConstraint(
                fields=["nia"],
                condition=~models.Q(nia=""),
                name="personnel_nia_once",
                violation_error_message="NIA ini sudah dipakai orang lain; NIA tidak pernah dipakai ulang.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AssignmentQuerySet(RegionScopedQuerySet["Assignment"]):
    def current(self, *, on: date) -> "AssignmentQuerySet":
        return self.filter(valid_on(on))

    def looking_after(self, pillars: Iterable[Pillar]) -> "AssignmentQuerySet":
        """Those whose position in one of these pillars is flagged "memiliki dampingan"."""
        held = models.Q(pk__in=[])
        for pillar in pillars:
            held |= models.Q(pillar=pillar.pk, position_key__in=pillar.caseload_positions)
        return self.alias(position_key=Lower("position")).filter(held)


class Assignment(models.Model):
    """A person's place in a pillar: position, work area, SK, period. Gaps are allowed and shown."""

    scope = Scope(region="region_id", pillar="pillar_id", own=own_by("person_id"))

    class EndReason(models.TextChoices):
        TERM = "masa_tugas", "masa tugas habis"
        RESIGNED = "mundur", "mengundurkan diri"
        MOVED = "pindah", "pindah tugas"
        DIED = "meninggal", "meninggal"
        DISMISSED = "diberhentikan", "diberhentikan"

    person = models.ForeignKey(Personnel, models.PROTECT, related_name="assignments", verbose_name="personel")
    pillar = models.ForeignKey(Pillar, models.PROTECT, verbose_name="pilar")
    position = models.CharField("jabatan/jenjang", max_length=60)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="wilayah kerja")
    is_primary = models.BooleanField("wilayah utama", default=True)
    continues = models.BooleanField("melanjutkan tugas sebelumnya", default=False)
    sk_number = models.CharField("nomor SK", max_length=80, blank=True)
    sk_date = models.DateField("tanggal SK", null=True, blank=True)
    sk_until = models.DateField("SK berlaku sampai", null=True, blank=True)
    sk_issuer = models.CharField("penerbit SK", max_length=120, blank=True)
    valid_from = models.DateField("TMT (mulai tugas)")
    valid_until = models.DateField("selesai tugas", null=True, blank=True)
    end_reason = models.CharField("sebab selesai", max_length=20, choices=EndReason.choices, blank=True)
    is_example = models.BooleanField("data contoh", default=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "penugasan"
        ordering = ["-valid_from", "-id"]
        indexes = [models.Index(fields=["region", "pillar"], name="assignment_region_pillar")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=models.F("valid_from")),
                name="assignment_forward",
                violation_error_message="Tanggal selesai tugas tidak boleh sebelum TMT.",
            ),
            models.CheckConstraint(
                condition=models.Q(sk_until__isnull=True)
                | models.Q(sk_date__isnull=True)
                | models.Q(sk_until__gte=models.F("sk_date")),
                name="assignment_sk_forward",
                violation_error_message="SK tidak boleh berakhir sebelum tanggalnya.",
            ),
            ExclusionConstraint(
                name="assignment_no_overlap",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("pillar", RangeOperators.EQUAL),
                    ("position", RangeOperators.EQUAL),
                    ("region", RangeOperators.EQUAL),
                    (period(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=(
                    "Orang ini sudah bertugas di pilar, jabatan, dan wilayah yang sama pada masa itu. "
                    "Akhiri penugasan yang lama dahulu."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pillar} {self.position}, {self.region}"
