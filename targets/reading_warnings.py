"""Whose early warnings a reader may open: as the figures they stand on."""

from typing import Any

from django.http import Http404

from pilar.core import regions
from pilar.core.errors import Refusal
from pilar.core.models import Region
from pilar.core.scoping import reach_of
from targets.place import full_name
from targets.suppression import is_open


def require_read(user: Any, region: Region) -> None:
    """Raises Http404 below kecamatan, Refusal for a kecamatan outside the reader's grant."""
    if region.level > regions.Level.DISTRICT:
        raise Http404("Peringatan dini ada sampai tingkat kecamatan.")
    if not is_open(reach_of(user), region.code):
        raise Refusal(
            f"Peringatan dini {full_name(region)} hanya terbuka bagi petugas wilayah itu.",
            "Buka wilayah Anda sendiri, atau kabupaten/kotanya.",
            rule="wewenang",
        )
