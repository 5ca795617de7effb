"""Letterheads of offices."""

from datetime import date

from pilar.core.models import OfficeProfile, User
from tests.factories.common import KOTA


def make_office(*, by: User, region: int = KOTA, since: date = date(2024, 1, 1), **fields: str) -> OfficeProfile:
    known = {
        "name": "Dinas Sosial",
        "address": "Jalan Basuki Rahmat Nomor 5, Bengkulu",
        "place": "Bengkulu",
        "signatory_title": "Kepala Dinas Sosial Kota Bengkulu",
        "signatory_name": "Umi Kalsum, S.Sos.",
        "signatory_nip": "197001011995032001",
    }
    return OfficeProfile.objects.create(region_id=region, valid_from=since, recorded_by=by, **known | fields)
