from collections.abc import Iterable
from datetime import date

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Mod
from django.db.models.lookups import Exact

from pilar.core.access import Scope
from pilar.core.models.account import User
from pilar.core.models.region import Region
from pilar.core.scoping import RegionScopedQuerySet

NIP = RegexValidator(r"^\d{18}$", "NIP terdiri dari 18 angka, tanpa spasi.")


class OfficeProfileQuerySet(RegionScopedQuerySet["OfficeProfile"]):
    def in_force(self, region: int, on: date) -> "OfficeProfile | None":
        return self.holding([region], on).first()

    def holding(self, regions: Iterable[int], on: date) -> "OfficeProfileQuerySet":
        """Of each of these regions what was recorded last among what holds that day."""
        known = self.filter(region__in=regions, valid_from__lte=on)
        return known.order_by("region_id", "-valid_from", "-id").distinct("region_id")


class OfficeProfile(models.Model):
    """Letterhead and signatory of a region's office from a day on. A correction is one more row: none is changed.

    Open to everybody signed in, as it stands on each letter the office sends.
    """

    scope = Scope(region="region_id", open_when=("true", {"pk__isnull": False}), write_right="users", append_only=True)

    region = models.ForeignKey(Region, models.PROTECT, verbose_name="wilayah")
    valid_from = models.DateField("berlaku sejak")
    name = models.CharField("nama kantor", max_length=120)
    address = models.CharField("alamat", max_length=200, blank=True)
    contact = models.CharField("telepon, pos-el, laman", max_length=200, blank=True)
    place = models.CharField("tempat surat", max_length=80)
    signatory_title = models.CharField("jabatan penanda tangan", max_length=160)
    signatory_name = models.CharField("nama penanda tangan", max_length=120)
    signatory_rank = models.CharField("pangkat, golongan", max_length=80, blank=True)
    signatory_nip = models.CharField("NIP", max_length=18, blank=True, validators=[NIP])
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    recorded_at = models.DateTimeField("dicatat pada", auto_now_add=True)

    objects = OfficeProfileQuerySet.as_manager()

    class Meta:
        verbose_name = "profil dinas"
        indexes = [models.Index(fields=["region", "-valid_from", "-id"], name="office_profile_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Exact(Mod("region", 1_000_000), 0),
                name="office_profile_of_an_office",
                violation_error_message="Profil dinas hanya untuk kantor nasional, provinsi, dan kabupaten/kota.",
            ),
            models.CheckConstraint(
                condition=models.Q(signatory_nip="") | models.Q(signatory_nip__regex=r"^\d{18}$"),
                name="office_profile_nip",
                violation_error_message="NIP terdiri dari 18 angka, tanpa spasi.",
            ),
            models.CheckConstraint(
                condition=~(
                    models.Q(name="") | models.Q(place="") | models.Q(signatory_name="") | models.Q(signatory_title="")
                ),
                name="office_profile_filled",
                violation_error_message="Isi nama kantor, tempat surat, nama dan jabatan penanda tangan.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.region}"
