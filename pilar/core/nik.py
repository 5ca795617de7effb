"""Rules of the NIK (domain.md 5.3): errors stop the save, warnings do not."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from pilar.core import crypto
from pilar.core.formatting import masked_nik

LENGTH = 16
FEMALE_OFFSET = 40


def validate(text: str) -> str:
    """The NIK without blanks. Raises ValidationError that names value and rule."""
    nik = text.replace(" ", "").replace(".", "")
    if not (nik.isascii() and nik.isdigit()) or len(nik) != LENGTH:
        raise ValidationError(f"NIK harus 16 angka; yang ditulis {len(nik)} tanda.", code="nik_panjang")
    day, month, serial = int(nik[6:8]), int(nik[8:10]), nik[12:]
    if not (1 <= day <= 31 or 41 <= day <= 71):
        raise ValidationError(
            f"Angka ke-7 dan ke-8 NIK ({nik[6:8]}) bukan tanggal: harus 01–31, atau 41–71 untuk perempuan.",
            code="nik_tanggal",
        )
    if not 1 <= month <= 12:
        raise ValidationError(f"Angka ke-9 dan ke-10 NIK ({nik[8:10]}) bukan bulan 01–12.", code="nik_bulan")
    if not any(_is_date(century + int(nik[10:12]), month, day % FEMALE_OFFSET) for century in (1900, 2000)):
        raise ValidationError(f"Tanggal lahir di NIK ({nik[6:12]}) tidak ada di kalender.", code="nik_kalender")
    if serial == "0000":
        raise ValidationError("Empat angka terakhir NIK tidak boleh 0000.", code="nik_urut")
    return nik


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def warnings(nik: str, *, birth_date: date | None, female: bool | None) -> list[str]:
    """Sentences for differences that are allowed: the NIK is not corrected with the person's data."""
    found = []
    day = int(nik[6:8])
    if birth_date and (day % FEMALE_OFFSET, int(nik[8:10]), int(nik[10:12])) != (
        birth_date.day,
        birth_date.month,
        birth_date.year % 100,
    ):
        found.append(
            "Tanggal lahir di NIK berbeda dari tanggal lahir yang diisi. Periksa, lalu biarkan bila KTP memang begitu."
        )
    if female is not None and (day > FEMALE_OFFSET) != female:
        found.append("Jenis kelamin menurut NIK berbeda dari yang diisi.")
    return found


def mask(nik: str) -> str:
    """1771012345678901 -> •••• •••• •••• 8901: what tells two people of one name apart, and nothing else."""
    return masked_nik(nik[-4:])


class HasNik:
    """For models with `nik_cipher` and `nik_index`: reads masked, writes both columns at once."""

    nik_cipher: Any
    nik_index: Any

    def set_nik(self, text: str) -> None:
        nik = validate(text)
        self.nik_cipher, self.nik_index = crypto.encrypt(nik), crypto.blind_index(nik)

    @property
    def nik_masked(self) -> str:
        return mask(crypto.decrypt(self.nik_cipher)) if self.nik_cipher else ""

    def reveal_last_four(self) -> str:
        """What a masked NIK ends in."""
        return crypto.decrypt(self.nik_cipher)[-4:] if self.nik_cipher else ""

    def reveal_nik(self) -> str:
        """The plain NIK; callers go through `pilar.core.personal.reveal`, which asks for right and reason."""
        return crypto.decrypt(self.nik_cipher) if self.nik_cipher else ""
