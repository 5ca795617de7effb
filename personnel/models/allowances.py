"""Tali asih: rates, the list of a kabupaten for a semester, its lines, and the history of both."""

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models.functions import Now

from personnel.models.people import Assignment, Personnel, period
from pilar.core.access import Access, Own, Scope, own_by
from pilar.core.models import Pillar, Region, User
from pilar.core.scoping import RegionScopedQuerySet

#: a member sees the lists that he is on, their steps, and the steps of his own line
_ON_LIST = """EXISTS (
  SELECT 1 FROM personnel_allowanceline l
  WHERE l.proposal_id = personnel_allowanceproposal.id AND l.person_id = {me}
)"""
_OF_LIST_OR_LINE = """EXISTS (
  SELECT 1 FROM personnel_allowanceline l
  WHERE l.proposal_id = personnel_allowancestep.proposal_id AND l.person_id = {me}
    AND (personnel_allowancestep.line_id IS NULL OR personnel_allowancestep.line_id = l.id)
)"""


def _lists_of(me: int) -> Any:
    return AllowanceLine.objects.filter(person=me).values("proposal")


def _of_list_or_line(me: int) -> models.Q:
    return models.Q(line__person=me) | models.Q(line__isnull=True, proposal__in=_lists_of(me))


class Funding(models.TextChoices):
    NATIONAL = "apbn", "APBN"
    PROVINCE = "apbd_prov", "APBD provinsi"
    REGENCY = "apbd_kab", "APBD kabupaten/kota"


class AllowanceRate(models.Model):
    """Tali asih a month, in whole rupiah, in an area (0: everywhere); versions follow each other."""

    access = Access.REFERENCE

    pillar = models.ForeignKey(Pillar, models.PROTECT, related_name="allowance_rates", verbose_name="pilar")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="wilayah")
    amount = models.BigIntegerField("jumlah per bulan (rupiah)")
    valid_from = models.DateField("berlaku sejak")
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
    source = models.CharField("sumber", max_length=200)

    class Meta:
        verbose_name = "besaran tali asih"
        ordering = ["pillar_id", "region_id", "valid_from"]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="allowance_rate_positive"),
            models.CheckConstraint(condition=~models.Q(source=""), name="allowance_rate_has_source"),
            ExclusionConstraint(
                name="allowance_rate_one_at_a_time",
                expressions=[
                    ("pillar", RangeOperators.EQUAL),
                    ("region", RangeOperators.EQUAL),
                    (period(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pillar_id} {self.amount}/bulan"


class AllowanceProposal(models.Model):
    """Usulan tali asih of one pillar in one kabupaten for one semester, by who pays."""

    scope = Scope(region="region_id", pillar="pillar_id", own=Own(_ON_LIST, lambda me: models.Q(pk__in=_lists_of(me))))

    class State(models.TextChoices):
        DRAFT = "disusun", "disusun kabupaten/kota"
        PROPOSED = "diajukan", "diajukan, menunggu tingkat berikutnya"
        FORWARDED = "diteruskan", "diteruskan provinsi, menunggu Kemensos"
        APPROVED = "disetujui", "disetujui, menunggu hasil bank"
        PAID = "dibayar", "hasil bank lengkap"

    pillar = models.ForeignKey(Pillar, models.PROTECT, verbose_name="pilar")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="kabupaten/kota")
    period = models.CharField("semester", max_length=7)
    funding = models.CharField("sumber dana", max_length=10, choices=Funding.choices)
    state = models.CharField("keadaan", max_length=12, choices=State.choices, default=State.DRAFT)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="diajukan oleh")
    proposed_on = models.DateField("diajukan pada", null=True)
    forwarded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="diteruskan oleh")
    forwarded_on = models.DateField("diteruskan pada", null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="disetujui oleh")
    decided_on = models.DateField("disetujui pada", null=True)
    note = models.CharField("catatan pengembalian", max_length=300, blank=True)
    is_example = models.BooleanField("data contoh", default=False)
    version = models.IntegerField(default=1)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "usulan tali asih"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pillar", "region", "period", "funding"],
                name="allowance_one_list",
                violation_error_message="Daftar tali asih pilar, wilayah, semester, dan dana ini sudah ada. "
                "Lanjutkan daftar itu.",
            ),
            models.CheckConstraint(condition=models.Q(region__gt=0), name="allowance_below_nation"),
            models.CheckConstraint(condition=models.Q(period__regex=r"^\d{4}-S[12]$"), name="allowance_period_shape"),
            models.CheckConstraint(
                condition=models.Q(proposed_by__isnull=True)
                | (
                    (models.Q(forwarded_by__isnull=True) | ~models.Q(forwarded_by=models.F("proposed_by")))
                    & (models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("proposed_by")))
                ),
                name="allowance_four_eyes",
                violation_error_message="Daftar tidak dapat diteruskan atau disetujui oleh pengusulnya.",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True)
                | models.Q(forwarded_by__isnull=True)
                | ~models.Q(decided_by=models.F("forwarded_by")),
                name="allowance_decider_is_not_endorser",
                violation_error_message="Daftar tidak dapat disetujui oleh yang meneruskannya.",
            ),
            models.CheckConstraint(
                condition=models.Q(state="disusun") | models.Q(proposed_by__isnull=False, proposed_on__isnull=False),
                name="allowance_proposal_complete",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["disetujui", "dibayar"])
                | (
                    models.Q(decided_by__isnull=False, decided_on__isnull=False)
                    & (~models.Q(funding="apbn") | models.Q(forwarded_by__isnull=False))
                ),
                name="allowance_decision_complete",
                violation_error_message="Daftar berdana APBN diteruskan provinsi dahulu, lalu disetujui Kemensos.",
            ),
        ]

    def __str__(self) -> str:
        return f"tali asih {self.pillar_id} {self.region_id} {self.period}"


class AllowanceLine(models.Model):
    """One person in one list: proposed or left out, by whom, when and why. Nobody eligible is without a line."""

    scope = Scope(region="region_id", pillar="pillar_id", own=own_by("person_id"))

    class State(models.TextChoices):
        UNDECIDED = "belum", "belum diputuskan"
        PROPOSED = "diusulkan", "diusulkan"
        LEFT_OUT = "tidak_diusulkan", "tidak diusulkan"
        NOT_APPLICABLE = "tidak_berlaku", "tidak berlaku"
        REJECTED = "ditolak", "ditolak"
        PAID = "dibayar", "dibayar"
        FAILED = "gagal_bayar", "gagal bayar"

    proposal = models.ForeignKey(AllowanceProposal, models.PROTECT, related_name="lines", verbose_name="daftar")
    person = models.ForeignKey(Personnel, models.PROTECT, related_name="allowance_lines", verbose_name="personel")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+", verbose_name="penugasan")
    pillar = models.ForeignKey(Pillar, models.PROTECT, verbose_name="pilar")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="kabupaten/kota")
    months = models.SmallIntegerField("bulan")
    amount = models.BigIntegerField("jumlah (rupiah)")
    state = models.CharField("keadaan", max_length=16, choices=State.choices, default=State.UNDECIDED)
    reason = models.CharField("kode alasan", max_length=30, blank=True)
    note = models.CharField("catatan", max_length=200, blank=True)
    acted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="oleh")
    acted_by_name = models.CharField("nama petugas", max_length=120, blank=True)
    office = models.CharField("kantor", max_length=120, blank=True)
    acted_on = models.DateField("pada", null=True)
    paid_on = models.DateField("dibayar pada", null=True)
    is_example = models.BooleanField("data contoh", default=False)
    version = models.IntegerField(default=1)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "baris tali asih"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "person"],
                name="allowance_one_line",
                violation_error_message="Orang ini sudah ada di daftar itu.",
            ),
            models.CheckConstraint(
                condition=models.Q(months__range=(0, 6)) & models.Q(amount__gte=0), name="allowance_line_sums"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["tidak_diusulkan", "ditolak", "gagal_bayar"])
                | (~models.Q(reason="") & ~models.Q(acted_by_name="") & models.Q(acted_on__isnull=False)),
                name="allowance_omission_is_signed",
                violation_error_message="Yang tidak diusulkan, ditolak, atau gagal dibayar memerlukan alasan, "
                "tanggal, dan petugas.",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="tidak_berlaku") | ~models.Q(reason=""),
                name="allowance_not_applicable_has_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(reason="lain") | ~models.Q(note=""),
                name="allowance_other_reason_is_written",
                violation_error_message="Alasan lain perlu ditulis.",
            ),
            models.CheckConstraint(
                condition=(models.Q(state="dibayar") & models.Q(paid_on__isnull=False))
                | (~models.Q(state="dibayar") & models.Q(paid_on__isnull=True)),
                name="allowance_payment_has_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.state}"


class AllowanceStep(models.Model):
    """Riwayat: what went from which state to which, when, by whom of which office and why."""

    scope = Scope(region="region_id", pillar="pillar_id", append_only=True, own=Own(_OF_LIST_OR_LINE, _of_list_or_line))

    proposal = models.ForeignKey(AllowanceProposal, models.PROTECT, related_name="steps", verbose_name="daftar")
    line = models.ForeignKey(AllowanceLine, models.PROTECT, null=True, related_name="steps", verbose_name="baris")
    pillar = models.ForeignKey(Pillar, models.PROTECT, verbose_name="pilar")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="kabupaten/kota")
    was = models.CharField("dari", max_length=16, blank=True)
    became = models.CharField("menjadi", max_length=16)
    on = models.DateField("tanggal kejadian")
    at = models.DateTimeField("dicatat pada", db_default=Now())
    actor_id = models.BigIntegerField("petugas", null=True)
    actor_name = models.CharField("nama petugas", max_length=120)
    office = models.CharField("kantor", max_length=120, blank=True)
    reason = models.CharField("kode alasan", max_length=30, blank=True)
    note = models.CharField("catatan", max_length=300, blank=True)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "langkah tali asih"
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.was} → {self.became}"
