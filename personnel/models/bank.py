"""Where tali asih is paid to: the account of a person over time, its number encrypted."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models

from personnel.models.people import Personnel, period
from pilar.core import crypto
from pilar.core.access import Scope, Via
from pilar.core.scoping import RegionScopedQuerySet

SHOWN_DIGITS = 4


class BankAccount(models.Model):
    """One at a time; a new one closes the one before, so that each payment finds the account of its day."""

    scope = Scope(via=Via("personnel_personnel", "person_id"))

    person = models.ForeignKey(Personnel, models.CASCADE, related_name="accounts", verbose_name="personel")
    bank = models.CharField("bank", max_length=40)
    number_cipher = models.BinaryField("nomor rekening")
    number_index = models.BinaryField(max_length=16, db_index=True)
    holder = models.CharField("atas nama", max_length=120)
    valid_from = models.DateField("dipakai sejak")
    valid_until = models.DateField("dipakai sampai", null=True, blank=True)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "rekening"
        ordering = ["-valid_from", "-id"]
        constraints = [
            ExclusionConstraint(
                name="account_one_at_a_time",
                expressions=[("person", RangeOperators.EQUAL), (period(), RangeOperators.OVERLAPS)],
                violation_error_message="Orang ini sudah punya rekening lain pada masa itu.",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=models.F("valid_from")),
                name="account_forward",
            ),
        ]

    def __str__(self) -> str:
        return f"rekening {self.person_id}"

    def set_number(self, number: str) -> None:
        """`number`: digits only, checked by the service."""
        self.number_cipher, self.number_index = crypto.encrypt(number), crypto.blind_index(number)

    @property
    def number_masked(self) -> str:
        """1234567890 -> ******7890"""
        number = self.reveal_number()
        return "*" * (len(number) - SHOWN_DIGITS) + number[-SHOWN_DIGITS:]

    def reveal_number(self) -> str:
        """The plain number; doors go through `services.bank.account_reveal`, which asks for right and reason."""
        return crypto.decrypt(self.number_cipher)
