"""What an officer types to register a TKSK, for the page and for the API; every test changes what matters to it."""

from pilar.core.models import Pillar
from tests import factories as make

LIST, NEW, API = "/personel/", "/personel/baru/", "/api/v1/personel/"


def pillar(code: str) -> int:
    return Pillar.objects.get(code=code).pk


def form(**changes) -> dict[str, object]:
    return {
        "name": "Dewi Lestari", "nik": make.nik(day=52, month=3, year=90), "sex": "P", "birth_date": "1990-03-12",
        "employment": "relawan", "region": "17.71", "pillar": pillar("TKSK"), "position": "TKSK",
        "work_region": "17.71.01", "is_primary": "on", "valid_from": "2024-01-02", "sk_number": "SK-1",
        "sk_date": "2024-01-01", **changes,
    }  # fmt: skip


def body(*, assignment: dict[str, object] | None = None, **changes) -> dict[str, object]:
    place = {"pilar": "TKSK", "jabatan": "TKSK", "wilayah": "17.71.01", "mulai": "2024-01-02"}
    return {
        "nik": make.nik(day=52, month=3, year=90), "nama": "Lewat API", "jenis_kelamin": "P",
        "tanggal_lahir": "1990-03-12", "status_kepegawaian": "relawan", "wilayah": "17.71",
        "penugasan": place | (assignment or {}), **changes,
    }  # fmt: skip
