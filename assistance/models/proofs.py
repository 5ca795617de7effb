"""Bukti: which documents a programme asks for, and what was handed in for a list, a line, a verval, a usulan."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.urls import reverse

from assistance.models.lists import Batch, Disbursement
from assistance.models.proposals import Proposal, Verification
from personnel.models import period
from pilar.core.access import Access, Scope, Via
from pilar.core.errors import Refusal
from pilar.core.models import AttachmentLink, Programme
from pilar.core.rights import Right


class Document(models.TextChoices):
    """Domain.md 3.7."""

    BAST = "bast", "BAST (berita acara serah terima)"
    PHOTO = "foto", "foto penyerahan"
    RECEIPT = "kwitansi", "kwitansi atau tanda terima"
    NAMES = "bnba", "daftar nama penerima yang ditandatangani (BNBA)"
    SPTJM = "sptjm", "SPTJM (pernyataan tanggung jawab mutlak)"
    OTHER = "lain", "dokumen lain"


class ProofRule(models.Model):
    """A document that each list of a programme, or each received line, must have before the list is settled."""

    access = Access.REFERENCE

    class Of(models.TextChoices):
        BATCH = "daftar", "tiap daftar"
        LINE = "baris", "tiap baris yang diterima"

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="proof_rules", verbose_name="program")
    of = models.CharField("untuk", max_length=10, choices=Of.choices)
    document = models.CharField("jenis bukti", max_length=10, choices=Document.choices)
    placed = models.BooleanField("titik lokasi wajib", default=False)
    valid_from = models.DateField("berlaku sejak")
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
    source = models.CharField("sumber", max_length=200)

    class Meta:
        verbose_name = "syarat bukti"
        ordering = ["programme_id", "of", "document", "valid_from"]
        constraints = [
            ExclusionConstraint(
                name="proof_rule_one_at_a_time",
                expressions=[
                    ("programme", RangeOperators.EQUAL),
                    ("of", RangeOperators.EQUAL),
                    ("document", RangeOperators.EQUAL),
                    (period(), RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.of} {self.document}"


class BatchProof(AttachmentLink):
    """A document of a whole list, for instance the BAST of what was handed over in one day."""

    scope = Scope(via=Via("assistance_batch", "batch_id"))
    owner = "batch"

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="proofs", verbose_name="daftar penyaluran")
    document = models.CharField("jenis bukti", max_length=10, choices=Document.choices)

    class Meta:
        verbose_name = "bukti daftar"

    def owner_label(self) -> str:
        return f"daftar penyaluran tahap {self.batch.stage} {self.batch.year_id}: {self.get_document_display()}"

    def owner_url(self) -> str:
        return reverse("batch-detail", args=[self.batch_id])

    def withdrawal_refused(self) -> Refusal | None:
        return _settled(self.batch.approval)


class LineProof(AttachmentLink):
    """A document of one line. The key to a line holds its year (in SQL): lines are partitioned."""

    scope = Scope(via=Via("assistance_disbursement", "line_id"))
    owner = "line"

    line = models.ForeignKey(
        Disbursement, models.PROTECT, related_name="proofs", db_constraint=False, verbose_name="baris penyaluran"
    )
    year = models.SmallIntegerField("tahun anggaran")
    document = models.CharField("jenis bukti", max_length=10, choices=Document.choices)

    class Meta:
        verbose_name = "bukti baris"

    def owner_label(self) -> str:
        return f"baris penyaluran {self.year}-{self.line_id}: {self.get_document_display()}"

    def owner_url(self) -> str:
        return reverse("disbursement-detail", args=[self.line.batch_id, self.line_id])

    def withdrawal_refused(self) -> Refusal | None:
        return _settled(self.line.batch.approval)


class VerificationProof(AttachmentLink):
    """A photo or document of what a companion found on the spot."""

    scope = Scope(via=Via("assistance_verification", "verification_id"))
    owner = "verification"
    rights = (Right.ENTER, Right.VERIFY)

    verification = models.ForeignKey(Verification, models.PROTECT, related_name="proofs", verbose_name="verval")

    class Meta:
        verbose_name = "bukti verval"

    def owner_label(self) -> str:
        return f"verval nomor {self.verification_id}"

    def owner_url(self) -> str:
        return reverse("verification-detail", args=[self.verification_id])


class ProposalMinutes(AttachmentLink):
    """The minutes (berita acara) of the musdes or muskel that proposed a person, as a scan or a photo."""

    scope = Scope(via=Via("assistance_proposal", "proposal_id"))
    owner = "proposal"

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="minutes_files", verbose_name="usulan")

    class Meta:
        verbose_name = "berita acara usulan"

    def owner_label(self) -> str:
        return f"usulan nomor {self.proposal_id}: berita acara"

    def owner_url(self) -> str:
        return reverse("proposal-detail", args=[self.proposal_id])


def _settled(approval: str) -> Refusal | None:
    if approval != Batch.Approval.SETTLED:
        return None
    return Refusal(
        "Bukti ini tidak bisa ditarik: daftarnya sudah dinyatakan selesai dengan bukti itu.",
        "Tambahkan bukti yang benar di samping yang lama. Aturan ini tidak dapat dikecualikan.",
        rule="daftar_selesai",
    )
