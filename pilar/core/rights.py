"""Rights, and the roles that bundle them (architecture.md 4). Roles are rows; these are the defaults."""

from dataclasses import dataclass
from enum import StrEnum

from pilar.core.regions import Level


class Right(StrEnum):
    ENTER = "enter"
    PROPOSE = "propose"
    ENDORSE = "endorse"
    DECIDE = "decide"
    VERIFY = "verify"
    PERSONAL_DATA = "personal_data"
    USERS = "users"
    REFERENCE = "reference"
    AUDIT = "audit"
    ROLLUP = "rollup"


RIGHT_NAMES = {
    Right.ENTER: "mengisi data",
    Right.PROPOSE: "mengusulkan",
    Right.ENDORSE: "meneruskan usulan",
    Right.DECIDE: "memutuskan",
    Right.VERIFY: "memeriksa kegiatan",
    Right.PERSONAL_DATA: "membuka data pribadi",
    Right.USERS: "mengatur pengguna",
    Right.REFERENCE: "mengubah data acuan",
    Right.AUDIT: "melihat jejak audit",
    Right.ROLLUP: "menghitung ulang capaian",
}
RIGHT_CHOICES = [(right.value, name) for right, name in RIGHT_NAMES.items()]


@dataclass(frozen=True)
class RoleDefault:
    code: str
    name: str
    rights: tuple[Right, ...]
    levels: tuple[Level, ...]


_OFFICE = (Right.ENTER, Right.PROPOSE, Right.VERIFY, Right.PERSONAL_DATA, Right.USERS, Right.AUDIT)

#: the role of an account that belongs to a member of a pillar
MEMBER = "anggota"

ROLE_DEFAULTS = (
    RoleDefault("admin_pusat", "Admin pusat", tuple(Right), (Level.NATION,)),
    RoleDefault(
        "staf_pusat",
        "Staf pusat",
        (Right.ENTER, Right.PROPOSE, Right.DECIDE, Right.VERIFY, Right.PERSONAL_DATA),
        (Level.NATION,),
    ),
    RoleDefault("auditor", "Auditor", (Right.PERSONAL_DATA, Right.AUDIT), (Level.NATION,)),
    RoleDefault(
        "dinsos_provinsi",
        "Dinas Sosial provinsi",
        (*_OFFICE, Right.ENDORSE, Right.DECIDE),
        (Level.PROVINCE,),
    ),
    RoleDefault("dinsos_kabkota", "Dinas Sosial kabupaten/kota", (*_OFFICE, Right.DECIDE), (Level.REGENCY,)),
    RoleDefault(
        "sentra",
        "Sentra",
        (Right.ENTER, Right.PROPOSE, Right.PERSONAL_DATA),
        (Level.PROVINCE, Level.REGENCY),
    ),
    RoleDefault(
        "koordinator",
        "Koordinator atau supervisor pilar",
        (Right.VERIFY,),
        (Level.PROVINCE, Level.REGENCY, Level.DISTRICT),
    ),
    # his own page follows from the account's number in the register of personnel, not from a right over others
    RoleDefault(MEMBER, "Anggota pilar", (), ()),
    RoleDefault("klien_api", "Klien API", (), (Level.NATION, Level.PROVINCE, Level.REGENCY)),
)
