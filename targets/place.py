"""Names of areas as sentences, tiles and addresses need them."""

from pilar.core import regions
from pilar.core.models import Region

_PREFIX = {regions.Level.PROVINCE: "Provinsi ", regions.Level.DISTRICT: "Kecamatan "}


def full_name(region: Region) -> str:
    """ "Provinsi Bengkulu", "Kota Bengkulu", "Kecamatan Selebar", "Indonesia"."""
    return _PREFIX.get(regions.Level(region.level), "") + region.name


def short_name(name: str) -> str:
    return name.removeprefix("Kabupaten ")


def office_name(region: Region) -> str:
    """Who sits in an area: "Kementerian Sosial", "Dinas Sosial Provinsi Bengkulu", "Dinas Sosial Kota Bengkulu"."""
    return "Kementerian Sosial" if region.code == regions.NATION else f"Dinas Sosial {full_name(region)}"
