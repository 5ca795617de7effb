"""Daftar penyaluran and its lines."""

from django.db import models

from assistance.models.people import Beneficiary
from pilar.core.access import Scope, Via
from pilar.core.models import BudgetYear, Programme, Region, TargetGroup, User
from pilar.core.scoping import RegionScopedQuerySet


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

    class Approval(models.TextChoices):
        RECORDED = "dicatat", "dicatat dari SK yang sudah ada"
        DRAFT = "disusun", "disusun"
        PROPOSED = "diajukan", "diajukan, menunggu persetujuan"
        APPROVED = "disetujui", "disetujui, belum final closing"
        CLOSED = "ditutup", "final closing: isi daftar dibekukan"
        SETTLED = "selesai", "selesai: tiap baris sudah jelas akhirnya"

    #: what was decided: recorded from an SK outside PILAR, or approved here
    IN_FORCE = (Approval.RECORDED, Approval.APPROVED, Approval.CLOSED, Approval.SETTLED)

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
    decree = models.ForeignKey(
        "assistance.Decree", models.PROTECT, null=True, related_name="lists", verbose_name="SK di PILAR"
    )
    approval = models.CharField(
        "keadaan persetujuan", max_length=12, choices=Approval.choices, default=Approval.RECORDED
    )
    unit_price = models.BigIntegerField("harga satuan (rupiah)", null=True)
    units = models.IntegerField("banyaknya satuan per penerima", null=True)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="diajukan oleh")
    proposed_on = models.DateField("diajukan pada", null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="disetujui oleh")
    decided_on = models.DateField("disetujui pada", null=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="ditutup oleh")
    closed_on = models.DateField("final closing pada", null=True)
    unverified_accepted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="penerima tanpa verval diterima oleh"
    )
    unverified_count = models.IntegerField("banyaknya penerima tanpa verval yang diterima", null=True)
    unverified_reason = models.CharField("alasan menerima tanpa verval", max_length=300, blank=True)
    note = models.CharField("catatan persetujuan", max_length=300, blank=True)
    is_example = models.BooleanField("data contoh", default=False)
    version = models.IntegerField(default=1)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "daftar penyaluran"
        ordering = ["-id"]
        indexes = [models.Index(fields=["-year", "programme", "-sk_date", "-id"], name="batch_listing")]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "year", "stage", "region", "funding", "sk_number"],
                name="batch_once",
                violation_error_message="Daftar dengan program, tahun, tahap, wilayah, dan SK ini sudah ada.",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("proposed_by")),
                name="batch_four_eyes",
                violation_error_message="Daftar tidak dapat disetujui oleh pengusulnya.",
            ),
            models.CheckConstraint(
                condition=~models.Q(approval__in=["disetujui", "ditutup", "selesai"])
                | models.Q(decided_by__isnull=False, decided_on__isnull=False, proposed_by__isnull=False),
                name="batch_approval_complete",
                violation_error_message="Persetujuan memerlukan pengusul, pejabat, dan tanggal.",
            ),
            models.CheckConstraint(
                condition=~models.Q(approval__in=["ditutup", "selesai"])
                | models.Q(closed_by__isnull=False, closed_on__isnull=False),
                name="batch_closing_complete",
                violation_error_message="Final closing memerlukan tanggal dan petugas.",
            ),
            models.CheckConstraint(
                condition=models.Q(unverified_accepted_by__isnull=True)
                | (
                    models.Q(unverified_count__isnull=False)
                    & ~models.Q(unverified_reason="")
                    & ~models.Q(unverified_accepted_by=models.F("proposed_by"))
                ),
                name="batch_acceptance_complete",
                violation_error_message="Menerima penerima tanpa verval memerlukan pejabat selain pengusul dan alasan.",
            ),
            models.CheckConstraint(
                condition=models.Q(approval="dicatat") | models.Q(unit_price__gt=0, units__gt=0),
                name="batch_plan_positive",
                violation_error_message="Harga satuan dan banyaknya satuan harus lebih dari nol.",
            ),
            models.CheckConstraint(
                condition=models.Q(ceiling__gt=0),
                name="batch_ceiling_positive",
                violation_error_message="Pagu harus lebih dari Rp0.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.stage} {self.year_id}, {self.region}"

    @property
    def recorded(self) -> bool:
        """Whether it only writes down what was decided outside PILAR."""
        return self.approval == self.Approval.RECORDED

    @property
    def portion(self) -> int | None:
        """Rupiah for one recipient by the plan: unit price times units."""
        return None if self.unit_price is None or self.units is None else self.unit_price * self.units


class CeilingRevision(models.Model):
    """Revisi pagu: number, date and reason of a changed ceiling; the list itself holds the one in force."""

    scope = Scope(via=Via("assistance_batch", "batch_id"), append_only=True)

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="revisions", verbose_name="daftar")
    number = models.CharField("nomor revisi", max_length=80)
    on = models.DateField("tanggal revisi")
    reason = models.CharField("sebab", max_length=200)
    before = models.BigIntegerField("pagu sebelumnya (rupiah)")
    after = models.BigIntegerField("pagu sesudahnya (rupiah)")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="dicatat oleh")

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "revisi pagu"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "number"],
                name="ceiling_revision_once",
                violation_error_message="Nomor revisi ini sudah tercatat untuk daftar itu.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.before} → {self.after}"


class BatchNote(models.Model):
    """A status of an outside system (SPM, SP2D, SI, burekol, OMSPAN): a dated note that moves no state."""

    scope = Scope(via=Via("assistance_batch", "batch_id"))

    class Code(models.TextChoices):
        BUREKOL = "burekol", "Burekol (pembukaan rekening kolektif)"
        OMSPAN = "omspan", "OMSPAN (pemantauan perbendaharaan)"
        SPM = "spm", "SPM (surat perintah membayar)"
        SP2D = "sp2d", "SP2D (surat perintah pencairan dana)"
        SI = "si", "SI (standing instruction ke bank)"
        BAST = "bast", "BAST (berita acara serah terima)"
        OTHER = "lain", "catatan lain"

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="notes", verbose_name="daftar")
    code = models.CharField("jenis", max_length=10, choices=Code.choices)
    number = models.CharField("nomor", max_length=80, blank=True)
    on = models.DateField("tanggal")
    note = models.CharField("catatan", max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="dicatat oleh")

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "catatan daftar"
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.code} {self.number}"


class DisbursementQuerySet(RegionScopedQuerySet["Disbursement"]):
    def paid(self) -> "DisbursementQuerySet":
        """Lines whose money was paid out and did not come back (salur)."""
        return self.filter(state__in=Disbursement.PAID)

    def decided(self) -> "DisbursementQuerySet":
        """Lines that an SK decided (ditetapkan) and whose money did not come back."""
        return self.filter(decided_on__isnull=False).exclude(state__in=Disbursement.BACK)


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
        DEPOSITED = "setor_kas", "disetor ke kas negara"

    PAID = (State.PAID, State.RECEIVED, State.UNCLAIMED)
    #: money that came back: it counts nowhere and frees its part of the ceiling
    BACK = (State.RETURNED, State.DEPOSITED)

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
    decided_on = models.DateField("ditetapkan pada", null=True)  # the day of its SK; None until its list is approved
    paid_on = models.DateField("tanggal salur", null=True)
    received_on = models.DateField("tanggal diterima", null=True)
    returned_on = models.DateField("tanggal retur", null=True)
    deposited_on = models.DateField("tanggal setor kas", null=True)
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
