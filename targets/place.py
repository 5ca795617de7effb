"""Names of areas as sentences, tiles and addresses need them."""

from pilar.core import regions
from pilar.core.models import Region

_PREFIX = {regions.Level.PROVINCE: "Provinsi ", regions.Level.DISTRICT: "Kecamatan "}


def full_name(region: Region) -> str:
    """ "Provinsi Bengkulu", "Kota Bengkulu", "Kecamatan Selebar", "Indonesia"."""
    return _PREFIX.get(regions.Level(region.level), "") + region.name


def short_name(name: str) -> str:
    return name.removeprefix("Kabupaten ")
