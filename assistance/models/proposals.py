"""Usulan and verval: who is proposed for a programme, and what a named companion found on the spot."""

from datetime import date

from django.db import models

from assistance.models.people import Beneficiary
from personnel.models import Assignment
from pilar.core.access import Scope
from pilar.core.models import Programme, Region, TargetGroup, User
from pilar.core.scoping import RegionScopedQuerySet


class ProposalQuerySet(RegionScopedQuerySet["Proposal"]):
    def open(self) -> "ProposalQuerySet":
        return self.filter(state__in=Proposal.OPEN)


class Proposal(models.Model):
    """A person proposed by a region for a programme, with the minutes of the musdes/muskel."""

    # The engine withdraws the usulan of a candidate who died.
    scope = Scope(region="region_id", programme="programme_id", group="group_id", engine_writes=True)

    class State(models.TextChoices):
        PROPOSED = "diajukan", "diajukan, menunggu verval"
        FIT = "layak", "layak, menunggu SK"
        UNFIT = "tidak_layak", "tidak layak"
        DECIDED = "ditetapkan", "ditetapkan dalam SK"
        WITHDRAWN = "ditarik", "ditarik pengusul"

    OPEN = (State.PROPOSED, State.FIT)

    beneficiary = models.ForeignKey(
        Beneficiary, models.PROTECT, related_name="proposals", verbose_name="calon penerima"
    )
    programme = models.ForeignKey(Programme, models.PROTECT, verbose_name="program")
    group = models.ForeignKey(TargetGroup, models.PROTECT, verbose_name="kelompok PAS")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="wilayah")
    proposed_on = models.DateField("diusulkan pada")
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="diusulkan oleh")
    minutes_number = models.CharField("nomor berita acara musdes/muskel", max_length=80)
    minutes_date = models.DateField("tanggal berita acara")
    assigned_to = models.ForeignKey(
        Assignment, models.PROTECT, null=True, related_name="proposals", verbose_name="petugas verval"
    )
    state = models.CharField("keadaan", max_length=15, choices=State.choices, default=State.PROPOSED)
    reason = models.CharField("kode alasan", max_length=30, blank=True)
    note = models.CharField("catatan", max_length=300, blank=True)
    reentry_reason = models.CharField("alasan masuk kembali", max_length=200, blank=True)
    is_example = models.BooleanField("data contoh", default=False)
    version = models.IntegerField(default=1)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "usulan"
        ordering = ["-id"]
        indexes = [models.Index(fields=["region", "state", "-id"], name="proposal_region_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["beneficiary", "programme"],
                condition=models.Q(state__in=["diajukan", "layak"]),
                name="proposal_one_open",
                violation_error_message="Orang ini sudah diusulkan untuk program itu dan usulannya belum selesai.",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="tidak_layak") | ~models.Q(reason=""),
                name="proposal_refusal_has_reason",
                violation_error_message="Usulan yang tidak layak harus menyebut alasannya.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.beneficiary_id} → {self.programme}"


class VerificationQuerySet(RegionScopedQuerySet["Verification"]):
    def since(self, day: date) -> "VerificationQuerySet":
        return self.filter(verified_on__gte=day)


class Verification(models.Model):
    """One verval: a named companion saw the person and found him eligible or not, for a reason."""

    scope = Scope(region="region_id", programme="programme_id")

    class Result(models.TextChoices):
        FIT = "layak", "layak"
        UNFIT = "tidak_layak", "tidak layak"

    beneficiary = models.ForeignKey(Beneficiary, models.PROTECT, related_name="verifications", verbose_name="penerima")
    programme = models.ForeignKey(Programme, models.PROTECT, verbose_name="program")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="wilayah")
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, null=True, related_name="verifications", verbose_name="usulan"
    )
    verified_on = models.DateField("tanggal verval")
    companion = models.ForeignKey(
        Assignment, models.PROTECT, related_name="verifications", verbose_name="petugas verval"
    )
    result = models.CharField("hasil", max_length=12, choices=Result.choices)
    reason = models.CharField("kode alasan", max_length=30, blank=True)
    evidence = models.CharField("bukti", max_length=300)
    latitude = models.DecimalField("lintang", max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField("bujur", max_digits=9, decimal_places=6, null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="dicatat oleh")
    recorded_at = models.DateTimeField("dicatat pada", auto_now_add=True)
    is_example = models.BooleanField("data contoh", default=False)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        verbose_name = "verval"
        ordering = ["-verified_on", "-id"]
        indexes = [
            models.Index(fields=["beneficiary", "programme", "-verified_on"], name="verification_latest"),
            models.Index(fields=["region", "-id"], name="verification_region"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(result="layak") | ~models.Q(reason=""),
                name="verification_refusal_has_reason",
                violation_error_message="Hasil tidak layak harus menyebut kode alasannya.",
            ),
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__gte=-11.5, latitude__lte=6.5, longitude__gte=94.5, longitude__lte=141.5),
                name="verification_in_indonesia",
                violation_error_message="Koordinat berada di luar Indonesia; periksa lintang dan bujur.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.beneficiary_id} {self.result} {self.verified_on}"


class Objection(models.Model):
    """Usul-sanggah: someone of the village says that a person is wrongly in, or wrongly left out.

    The local government has 14 days to check it on the spot (domain.md 4.2); after `due_on` an
    unanswered one has lapsed, which is worked out from the day asked for and never stored.
    """

    scope = Scope(region="region_id", programme="programme_id")

    class Kind(models.TextChoices):
        INCLUDED = "salah_masuk", "sanggahan: salah masuk"
        LEFT_OUT = "salah_tertinggal", "usul: salah tertinggal"

    class State(models.TextChoices):
        FILED = "masuk", "masuk, menunggu pemeriksaan"
        UPHELD = "diterima", "diterima"
        REJECTED = "ditolak", "ditolak"

    beneficiary = models.ForeignKey(Beneficiary, models.PROTECT, related_name="objections", verbose_name="tentang")
    programme = models.ForeignKey(Programme, models.PROTECT, verbose_name="program")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="wilayah")
    kind = models.CharField("jenis", max_length=20, choices=Kind.choices)
    filed_on = models.DateField("masuk pada")
    due_on = models.DateField("harus diperiksa sampai")
    filed_by = models.CharField("disampaikan oleh", max_length=120)
    note = models.CharField("isi sanggahan", max_length=300)
    latitude = models.DecimalField("lintang", max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField("bujur", max_digits=9, decimal_places=6, null=True, blank=True)
    state = models.CharField("keadaan", max_length=10, choices=State.choices, default=State.FILED)
    verification = models.ForeignKey(
        Verification, models.PROTECT, null=True, related_name="objections", verbose_name="hasil pemeriksaan"
    )
    answer = models.CharField("jawaban", max_length=300, blank=True)
    answered_on = models.DateField("dijawab pada", null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="dijawab oleh")
    is_example = models.BooleanField("data contoh", default=False)
    version = models.IntegerField(default=1)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "usul-sanggah"
        ordering = ["-id"]
        indexes = [models.Index(fields=["region", "state", "due_on"], name="objection_due")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    due_on=models.ExpressionWrapper(
                        models.F("filed_on") + models.Value(14), output_field=models.DateField()
                    )
                ),
                name="objection_due_in_14_days",
            ),
            models.CheckConstraint(
                condition=models.Q(state="masuk", answered_on__isnull=True)
                | (~models.Q(state="masuk") & models.Q(answered_on__isnull=False) & ~models.Q(answer="")),
                name="objection_answer_complete",
                violation_error_message="Jawaban usul-sanggah memerlukan tanggal dan isi.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.beneficiary_id}"
