"""Whose figures are open to whom, as sentences: pages and API of figures refuse alike."""

from typing import Any

from pilar.core import regions
from pilar.core.errors import Refusal
from pilar.core.models import Region
from pilar.core.scoping import reach_of
from targets.place import full_name
from targets.suppression import is_open


def require_open(user: Any, region: Region) -> None:
    """Raises Refusal for a kecamatan outside the reader's grant."""
    if is_open(reach_of(user), region.code):
        return
    raise Refusal(
        f"Angka {full_name(region)} hanya terbuka bagi petugas wilayah itu.",
        f"{who_opens(region.code)}. Angka kabupaten/kotanya terbuka bagi semua.",
        rule="wewenang",
    )


def who_opens(region: int) -> str:
    """Whose grants cover the region, as a sentence without its point."""
    names = {r.code: r for r in Region.objects.path_of(region)}
    offices = [
        f"Dinas Sosial {full_name(names[code])}"
        for level in (regions.Level.REGENCY, regions.Level.PROVINCE)
        if (code := regions.at_level(region, level)) in names and regions.level_of(code) == level
    ]
    return f"Yang dapat membukanya: {', '.join([*offices, 'Kementerian Sosial'])}"
