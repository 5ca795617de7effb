"""The family card (KK) of a beneficiary over time, and who receives on behalf of someone who cannot."""

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models

from assistance.models.people import Beneficiary
from personnel.models import period
from pilar.core import crypto
from pilar.core.access import Scope, Via
from pilar.core.nik import HasNik, mask
from pilar.core.scoping import RegionScopedQuerySet


class FamilyCard(models.Model):
    """Nomor KK, which changes whenever a new card is issued: kept with its time, and never a key (domain.md 5.4)."""

    scope = Scope(via=Via("assistance_beneficiary", "beneficiary_id"))

    beneficiary = models.ForeignKey(Beneficiary, models.CASCADE, related_name="family_cards")
    number_cipher = models.BinaryField("nomor KK")
    number_index = models.BinaryField(max_length=16, db_index=True)
    valid_from = models.DateField("sejak")
    valid_until = models.DateField("sampai", null=True, blank=True)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "kartu keluarga"
        ordering = ["-valid_from", "-id"]
        constraints = [
            ExclusionConstraint(
                name="family_card_one_at_a_time",
                expressions=[("beneficiary", RangeOperators.EQUAL), (period(), RangeOperators.OVERLAPS)],
                violation_error_message="Orang ini sudah tercatat di kartu keluarga lain pada masa itu.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.beneficiary_id} {self.valid_from}"

    def set_number(self, number: str) -> None:
        """`number` has passed `services.family.card_number`."""
        self.number_cipher, self.number_index = crypto.encrypt(number), crypto.blind_index(number)

    @property
    def number_masked(self) -> str:
        return mask(crypto.decrypt(self.number_cipher))


class Guardian(HasNik, models.Model):
    """Wali or penerima kuasa: who acts or receives for a child, or for whoever cannot come himself."""

    scope = Scope(via=Via("assistance_beneficiary", "beneficiary_id"))

    class Role(models.TextChoices):
        GUARDIAN = "wali", "wali"
        PAYEE = "kuasa", "penerima kuasa"

    beneficiary = models.ForeignKey(Beneficiary, models.CASCADE, related_name="guardians")
    role = models.CharField("sebagai", max_length=10, choices=Role.choices)
    name = models.CharField("nama", max_length=120)
    relation = models.CharField("hubungan", max_length=60)
    nik_cipher: Any = models.BinaryField("NIK", null=True)
    nik_index: Any = models.BinaryField(max_length=16, null=True, db_index=True)
    valid_from = models.DateField("sejak")
    valid_until = models.DateField("sampai", null=True, blank=True)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "wali atau penerima kuasa"
        ordering = ["-valid_from", "-id"]
        constraints = [
            ExclusionConstraint(
                name="guardian_one_per_role",
                expressions=[
                    ("beneficiary", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (period(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Sudah ada orang lain sebagai wali atau kuasa pada masa itu.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.beneficiary_id} {self.role} {self.name}"
