from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models.functions import Lower

from personnel.models import Assignment, Personnel, period
from pilar.core.access import Scope, Through
from pilar.core.models import BudgetYear, Programme, Region, TargetGroup, User
from pilar.core.names import NamedQuerySet
from pilar.core.nik import HasNik
from pilar.core.scoping import RegionScopedQuerySet


class Beneficiary(HasNik, models.Model):
    """A person who receives assistance, or the head of a family that does."""

    scope = Scope(
        region="region_id",
        programme_through=Through("assistance_disbursement", key="beneficiary_id", column="programme_id"),
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

    scope = Scope(
        region="region_id",
        group="group_id",
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


class Caseload(models.Model):
    """Dampingan: a companion's assignment looks after a family; graduations are credited through it."""

    scope = Scope(
        region="region_id",
        programme="programme_id",
        pillar_through=Through("personnel_assignment", key="id", column="pillar_id", own="assignment_id"),
    )

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="caseload", verbose_name="penugasan")
    beneficiary = models.ForeignKey(Beneficiary, models.PROTECT, related_name="companions")
    programme = models.ForeignKey(Programme, models.PROTECT, verbose_name="program")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="wilayah")
    valid_from = models.DateField("sejak")
    valid_until = models.DateField("sampai", null=True, blank=True)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "dampingan"
        constraints = [
            ExclusionConstraint(
                name="caseload_one_companion",
                expressions=[
                    ("beneficiary", RangeOperators.EQUAL),
                    ("programme", RangeOperators.EQUAL),
                    (period(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Keluarga ini sudah punya pendamping program itu pada masa yang sama.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} → {self.beneficiary_id}"


class GraduationQuerySet(RegionScopedQuerySet["Graduation"]):
    def counted(self) -> "GraduationQuerySet":
        return self.filter(cancelled_on__isnull=True, counts=True)


class Graduation(models.Model):
    """A family left a programme. Whether a kind counts toward a target is configuration, kept per row."""

    scope = Scope(region="region_id", programme="programme_id")

    class Kind(models.TextChoices):
        NATURAL = "alamiah", "graduasi alamiah"
        ABLE = "mandiri", "graduasi mandiri"
        FORCED = "paksa", "graduasi paksa"
        SYSTEM = "sistem", "dikeluarkan oleh sistem"

    beneficiary = models.ForeignKey(Beneficiary, models.PROTECT, related_name="graduations")
    programme = models.ForeignKey(Programme, models.PROTECT, verbose_name="program")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="wilayah")
    kind = models.CharField("jenis", max_length=10, choices=Kind.choices)
    decided_on = models.DateField("diputuskan pada")
    credited_to = models.ForeignKey(
        Personnel, models.PROTECT, null=True, related_name="graduations", verbose_name="pendamping"
    )
    counts = models.BooleanField("dihitung ke target")
    cancelled_on = models.DateField("dibatalkan pada", null=True)
    is_example = models.BooleanField("data contoh", default=False)

    objects = GraduationQuerySet.as_manager()

    class Meta:
        verbose_name = "graduasi"
        ordering = ["decided_on", "id"]
        indexes = [models.Index(fields=["credited_to", "decided_on"], name="graduation_companion")]
        constraints = [
            models.UniqueConstraint(
                fields=["beneficiary", "programme"],
                condition=models.Q(cancelled_on__isnull=True),
                name="graduation_once",
                violation_error_message="Keluarga ini sudah lulus (graduasi) dari program itu.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.beneficiary_id} {self.kind} {self.decided_on}"


class Batch(models.Model):
    """Daftar penyaluran: one programme, budget year, stage, region and funding source."""

    # The engine's ceiling trigger locks the row, for which PostgreSQL asks the right to write.
    scope = Scope(region="region_id", programme="programme_id", engine_writes=True)
    responsible_field = "responsible"

    class Funding(models.TextChoices):
        NATIONAL = "apbn", "APBN"
        PROVINCE = "apbd_prov", "APBD provinsi"
        REGENCY = "apbd_kab", "APBD kabupaten/kota"
        OTHER = "lainnya", "lainnya"

    programme = models.ForeignKey(Programme, models.PROTECT, verbose_name="program")
    year = models.ForeignKey(BudgetYear, models.PROTECT, db_column="year", verbose_name="tahun anggaran")
    stage = models.CharField("tahap", max_length=40)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="wilayah")
    funding = models.CharField("sumber dana", max_length=10, choices=Funding.choices)
    sk_number = models.CharField("nomor SK penetapan", max_length=80)
    sk_date = models.DateField("tanggal SK")
    ceiling = models.BigIntegerField("pagu (rupiah)")
    responsible = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="penanggung jawab data"
    )
    is_example = models.BooleanField("data contoh", default=False)
    version = models.IntegerField(default=1)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "daftar penyaluran"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "year", "stage", "region", "funding", "sk_number"],
                name="batch_once",
                violation_error_message="Daftar dengan program, tahun, tahap, wilayah, dan SK ini sudah ada.",
            ),
            models.CheckConstraint(
                condition=models.Q(ceiling__gt=0),
                name="batch_ceiling_positive",
                violation_error_message="Pagu harus lebih dari Rp0.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.stage} {self.year_id}, {self.region}"


class DisbursementQuerySet(RegionScopedQuerySet["Disbursement"]):
    def paid(self) -> "DisbursementQuerySet":
        """Lines whose money was paid out and did not come back (salur)."""
        return self.filter(state__in=Disbursement.PAID)


class Disbursement(models.Model):
    """One beneficiary in one batch. Partitioned by budget year; amounts are whole rupiah.

    The group is the one of the SK; how many people of a group were reached comes from their
    dated memberships instead: two separate measures.
    """

    scope = Scope(region="region_id", programme="programme_id")
    partitioned_by = "year"

    class State(models.TextChoices):
        DECIDED = "sk", "ditetapkan (SK), belum disalurkan"
        PAID = "salur", "disalurkan"
        RECEIVED = "transaksi", "diterima (transaksi)"
        UNCLAIMED = "tidak_transaksi", "disalurkan, belum diambil"
        RETURNED = "retur", "dikembalikan (retur)"

    PAID = (State.PAID, State.RECEIVED, State.UNCLAIMED)

    id = models.BigAutoField(primary_key=True)
    year = models.SmallIntegerField("tahun anggaran")
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="lines")
    beneficiary = models.ForeignKey(Beneficiary, models.PROTECT, related_name="disbursements")
    programme = models.ForeignKey(Programme, models.PROTECT)
    group = models.ForeignKey(TargetGroup, models.PROTECT, verbose_name="kelompok PAS menurut SK")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="wilayah")
    regency_id = models.GeneratedField(
        expression=models.F("region_id") / models.Value(1_000_000),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )
    amount = models.BigIntegerField("jumlah (rupiah)")
    detail = models.CharField("rincian hitungan", max_length=120, blank=True)
    state = models.CharField("keadaan", max_length=20, choices=State.choices)
    paid_on = models.DateField("tanggal salur", null=True)
    received_on = models.DateField("tanggal diterima", null=True)
    returned_on = models.DateField("tanggal retur", null=True)
    month = models.GeneratedField(
        expression=models.ExpressionWrapper(
            models.F("year"), models.SmallIntegerField()
        ),  # really: the month of paid_on, or 13 outside the budget year (SQL)
        output_field=models.SmallIntegerField(),
        db_persist=True,
    )
    repays_id = models.BigIntegerField("membayar ulang baris", null=True)
    is_example = models.BooleanField("data contoh", default=False)

    objects = DisbursementQuerySet.as_manager()

    class Meta:
        verbose_name = "baris penyaluran"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.beneficiary_id} {self.amount}"
