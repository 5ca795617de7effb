"""What is kept about a person beside the service: close family, for conflicts of interest, and competence."""

from django.db import models

from personnel.models.people import Personnel
from pilar.core.access import Scope, Via
from pilar.core.nik import HasNik
from pilar.core.scoping import RegionScopedQuerySet


class FamilyTie(HasNik, models.Model):
    """A close relative of somebody who serves, known by NIK: found again among pillar people and beneficiaries."""

    scope = Scope(via=Via("personnel_personnel", "person_id"))

    class Relation(models.TextChoices):
        SPOUSE = "pasangan", "suami atau istri"
        CHILD = "anak", "anak"
        PARENT = "orang_tua", "orang tua"
        SIBLING = "saudara", "saudara kandung"

    person = models.ForeignKey(Personnel, models.CASCADE, related_name="family_ties", verbose_name="personel")
    relation = models.CharField("hubungan", max_length=10, choices=Relation.choices)
    name = models.CharField("nama", max_length=120)
    nik_cipher = models.BinaryField("NIK")
    nik_index = models.BinaryField(max_length=16, db_index=True)
    ended_on = models.DateField("berakhir pada", null=True, blank=True)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "hubungan keluarga"
        ordering = ["relation", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "nik_index"],
                condition=models.Q(ended_on__isnull=True),
                name="family_tie_once",
                violation_error_message="Hubungan dengan orang ini sudah tercatat.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.relation}"


class Competence(models.Model):
    """A specialisation, or a certificate that may expire."""

    scope = Scope(via=Via("personnel_personnel", "person_id"))

    class Kind(models.TextChoices):
        SPECIALISATION = "spesialisasi", "spesialisasi"
        CERTIFICATE = "sertifikat", "sertifikat"

    person = models.ForeignKey(Personnel, models.CASCADE, related_name="competences", verbose_name="personel")
    kind = models.CharField("jenis", max_length=12, choices=Kind.choices)
    name = models.CharField("nama", max_length=80)
    number = models.CharField("nomor sertifikat", max_length=80, blank=True)
    issuer = models.CharField("penerbit", max_length=120, blank=True)
    valid_from = models.DateField("sejak")
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "kompetensi"
        ordering = ["kind", "name", "-valid_from", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "name", "valid_from"],
                name="competence_once",
                violation_error_message="Kompetensi ini sudah tercatat sejak tanggal itu.",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=models.F("valid_from")),
                name="competence_forward",
                violation_error_message="Kompetensi tidak boleh berakhir sebelum tanggal mulainya.",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="spesialisasi") | ~models.Q(number="") & ~models.Q(issuer=""),
                name="competence_certificate_is_named",
                violation_error_message="Sertifikat memerlukan nomor dan penerbit.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.name}"
