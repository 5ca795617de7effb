"""Letterheads of the example's offices, so that a report prints whole. Names are made up; no NIP has a month 13."""

from datetime import date

from assistance.example.places import KOTA, PROVINCE
from pilar.core.models import OfficeProfile, User

SINCE = date(2023, 1, 1)
#: region -> office, address, place, title, name, rank, NIP
OFFICES = (
    (0, "Kementerian Sosial Republik Indonesia", "Jakarta", "Kepala Pusat Data dan Informasi Kesejahteraan Sosial",
     "Dr. Hendra Wicaksono, M.Si.", "Pembina Utama Madya (IV/d)", "196913151995011001"),
    (PROVINCE, "Dinas Sosial", "Bengkulu", "Kepala Dinas Sosial Provinsi Bengkulu",
     "Drs. Rahmat Hidayat, M.Si.", "Pembina Utama Muda (IV/c)", "197013021996031002"),
    (KOTA, "Dinas Sosial", "Bengkulu", "Kepala Dinas Sosial Kota Bengkulu",
     "Umi Kalsum, S.Sos., M.M.", "Pembina Tingkat I (IV/b)", "197213041998032003"),
)  # fmt: skip


def make_offices(recorder: User) -> None:
    """Only where an office has none: what somebody recorded is his."""
    for region, name, place, title, signatory, rank, nip in OFFICES:
        if OfficeProfile.objects.filter(region=region).exists():
            continue
        OfficeProfile.objects.create(
            region_id=region,
            valid_from=SINCE,
            name=name,
            address="Jalan Contoh Nomor 1 (alamat contoh)",
            place=place,
            signatory_title=title,
            signatory_name=signatory,
            signatory_rank=rank,
            signatory_nip=nip,
            recorded_by=recorder,
        )
