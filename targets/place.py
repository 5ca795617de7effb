"""Names of areas as sentences, tiles and addresses need them."""

from pilar.core import regions
from pilar.core.models import Region

_PREFIX = {regions.Level.PROVINCE: "Provinsi ", regions.Level.DISTRICT: "Kecamatan "}


def code_of(region: int) -> str:
    """The region as it stands in an address: "17.71", "nasional"."""
    return regions.dotted(region) or "nasional"


def full_name(region: Region) -> str:
    """ "Provinsi Bengkulu", "Kota Bengkulu", "Kecamatan Selebar", "Indonesia"."""
    return _PREFIX.get(regions.Level(region.level), "") + region.name


def short_name(name: str) -> str:
    return name.removeprefix("Kabupaten ")
