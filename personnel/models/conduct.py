"""Conduct and end of service: surat peringatan, putusan Komisi Etik, and the pengakhiran that three parties decide."""

from django.db import models
from django.db.models.functions import Now

from personnel.models.people import Assignment, Personnel
from pilar.core.access import Scope
from pilar.core.models import Pillar, Region, User
from pilar.core.scoping import RegionScopedQuerySet


class Sanction(models.Model):
    """A warning letter or a decision on ethics about somebody's service; a wrong one is withdrawn, never deleted."""

    scope = Scope(region="region_id", pillar="pillar_id")

    class Kind(models.TextChoices):
        SP1 = "sp1", "SP1 (surat peringatan pertama)"
        SP2 = "sp2", "SP2 (surat peringatan kedua)"
        SP3 = "sp3", "SP3 (surat peringatan ketiga)"
        ETHICS = "etik", "putusan Komisi Etik"

    #: in the order in which they are given
    LETTERS = (Kind.SP1, Kind.SP2, Kind.SP3)

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="sanctions", verbose_name="penugasan")
    person = models.ForeignKey(Personnel, models.PROTECT, related_name="sanctions", verbose_name="personel")
    pillar = models.ForeignKey(Pillar, models.PROTECT, verbose_name="pilar")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="wilayah kerja")
    kind = models.CharField("jenis", max_length=4, choices=Kind.choices)
    number = models.CharField("nomor surat", max_length=80)
    on = models.DateField("tanggal surat")
    issuer = models.CharField("penerbit", max_length=120)
    about = models.CharField("perihal atau isi putusan", max_length=500)
    withdrawn_on = models.DateField("dicabut pada", null=True)
    withdrawn_why = models.CharField("sebab dicabut", max_length=200, blank=True)
    is_example = models.BooleanField("data contoh", default=False)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "catatan disiplin"
        ordering = ["-on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "kind"],
                condition=models.Q(withdrawn_on__isnull=True) & ~models.Q(kind="etik"),
                name="sanction_letter_once",
                violation_error_message="Surat peringatan tingkat ini sudah tercatat untuk penugasan itu.",
            ),
            models.CheckConstraint(
                condition=~models.Q(number="") & ~models.Q(about="") & ~models.Q(issuer=""),
                name="sanction_is_written",
                violation_error_message="Nomor, penerbit, dan perihal surat wajib diisi.",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_on__isnull=True) | ~models.Q(withdrawn_why=""),
                name="sanction_withdrawal_has_reason",
                violation_error_message="Pencabutan memerlukan sebab.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class Termination(models.Model):
    """Pengakhiran tugas: proposed by the kabupaten/kota, endorsed by the province, decided by the ministry."""

    scope = Scope(region="region_id", pillar="pillar_id")

    class State(models.TextChoices):
        PROPOSED = "diusulkan", "diusulkan, menunggu provinsi"
        ENDORSED = "diteruskan", "diteruskan provinsi, menunggu Kemensos"
        DECIDED = "diputuskan", "diputuskan"
        REJECTED = "ditolak", "ditolak"
        WITHDRAWN = "ditarik", "ditarik pengusul"

    class Kind(models.TextChoices):
        DISMISSED = "diberhentikan", "diberhentikan karena pelanggaran"
        TERM = "masa_tugas", "masa tugas habis"
        RESIGNED = "mundur", "mengundurkan diri"
        DIED = "meninggal", "meninggal"

    OPEN = (State.PROPOSED, State.ENDORSED)

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="terminations", verbose_name="penugasan")
    person = models.ForeignKey(Personnel, models.PROTECT, related_name="terminations", verbose_name="personel")
    pillar = models.ForeignKey(Pillar, models.PROTECT, verbose_name="pilar")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="wilayah kerja")
    kind = models.CharField("sebab", max_length=14, choices=Kind.choices)
    last_day = models.DateField("hari terakhir bertugas")
    reason = models.CharField("alasan", max_length=500, blank=True)
    unwarned = models.BooleanField("tanpa SP1 sampai SP3", default=False)
    state = models.CharField("keadaan", max_length=12, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="diusulkan oleh")
    proposed_on = models.DateField("diusulkan pada")
    endorsed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="diteruskan oleh")
    endorsed_on = models.DateField("diteruskan pada", null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="diputuskan oleh")
    decided_on = models.DateField("diputuskan pada", null=True)
    decree_number = models.CharField("nomor keputusan", max_length=80, blank=True)
    is_example = models.BooleanField("data contoh", default=False)
    version = models.IntegerField(default=1)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "pengakhiran tugas"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"],
                condition=models.Q(state__in=["diusulkan", "diteruskan"]),
                name="termination_one_open",
                violation_error_message="Usulan pengakhiran penugasan ini masih berjalan. Lanjutkan usulan itu.",
            ),
            models.CheckConstraint(
                condition=(models.Q(endorsed_by__isnull=True) | ~models.Q(endorsed_by=models.F("proposed_by")))
                & (models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("proposed_by"))),
                name="termination_four_eyes",
                violation_error_message="Pengakhiran tidak dapat diteruskan atau diputuskan oleh pengusulnya.",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True)
                | models.Q(endorsed_by__isnull=False) & ~models.Q(decided_by=models.F("endorsed_by")),
                name="termination_decider_is_not_endorser",
                violation_error_message="Pengakhiran diteruskan provinsi dahulu, lalu diputuskan orang lain.",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="diputuskan")
                | models.Q(endorsed_by__isnull=False, decided_by__isnull=False, decided_on__isnull=False)
                & ~models.Q(decree_number=""),
                name="termination_decision_complete",
                violation_error_message="Keputusan memerlukan nomor, tanggal, penerus, dan pejabat.",
            ),
            models.CheckConstraint(
                condition=models.Q(unwarned=False) | models.Q(kind="diberhentikan") & ~models.Q(reason=""),
                name="termination_unwarned_has_reason",
                violation_error_message="Pemberhentian tanpa SP1 sampai SP3 memerlukan alasan tertulis.",
            ),
        ]

    def __str__(self) -> str:
        return f"pengakhiran {self.assignment_id} {self.state}"


class TerminationStep(models.Model):
    """Riwayat: from which state to which, when, by whom of which office, with what note."""

    scope = Scope(region="region_id", pillar="pillar_id", append_only=True)

    termination = models.ForeignKey(Termination, models.PROTECT, related_name="steps", verbose_name="pengakhiran")
    pillar = models.ForeignKey(Pillar, models.PROTECT, verbose_name="pilar")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="wilayah kerja")
    was = models.CharField("dari", max_length=12, blank=True)
    became = models.CharField("menjadi", max_length=12)
    on = models.DateField("tanggal kejadian")
    at = models.DateTimeField("dicatat pada", db_default=Now())
    actor_id = models.BigIntegerField("petugas", null=True)
    actor_name = models.CharField("nama petugas", max_length=120)
    office = models.CharField("kantor", max_length=120, blank=True)
    note = models.CharField("catatan", max_length=500, blank=True)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "langkah pengakhiran"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.was} → {self.became}"
