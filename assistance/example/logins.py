"""Example users: one per role, with passwords of this installation only."""

import os
import secrets
import string
from dataclasses import astuple, dataclass
from datetime import date, datetime
from pathlib import Path

from django.db.models import Q

from assistance.example import named
from assistance.example.places import KOTA, PROVINCE, REJANG_LEBONG
from personnel.models import Personnel
from pilar.core.models import RegionGrant, User
from pilar.core.reference.catalogue import ATENSI, PKH
from pilar.core.tokens import token_issue
from pilar.local.home import home_path, write_private

GRANTED_FROM = date(2023, 1, 1)
FIELDS = ("nama_pengguna", "sandi", "peran", "kantor", "token_api")
ALPHABET = "".join(c for c in string.ascii_lowercase + string.digits if c not in "il1o0")
MINISTRY = "Kementerian Sosial"
CITY_OFFICE = "Dinas Sosial Kota Bengkulu"


@dataclass(frozen=True)
class Officer:
    username: str
    name: str
    office: str
    role: str
    region: int
    enters: bool = False
    approves: bool = False
    opens_personal_data: bool = False
    pillars: tuple[int, ...] = ()
    programmes: tuple[int, ...] = ()


OFFICERS = (
    Officer("admin.pusat", "Widodo Santoso", MINISTRY, "admin_pusat", 0, True, True, True),
    Officer("staf.pusat", "Retno Widyaningrum", MINISTRY, "staf_pusat", 0, True, True),
    Officer("auditor", "Bagus Nugroho", "Inspektorat Jenderal", "auditor", 0, opens_personal_data=True),
    Officer(
        "dinsos.bengkulu",
        "Iskandar Ramli",
        "Dinas Sosial Provinsi Bengkulu",
        "dinsos_provinsi",
        PROVINCE,
        True,
        True,
        True,
    ),
    Officer(
        "dinsos.kotabengkulu",
        "Suryani Hasan",
        CITY_OFFICE,
        "dinsos_kabkota",
        KOTA,
        enters=True,
        opens_personal_data=True,
    ),
    Officer(
        "kabid.kotabengkulu",
        "Zulkarnain Bahri",
        CITY_OFFICE,
        "dinsos_kabkota",
        KOTA,
        approves=True,
        opens_personal_data=True,
    ),
    Officer(
        "dinsos.rejanglebong",
        "Mirna Oktavia",
        "Dinas Sosial Kabupaten Rejang Lebong",
        "dinsos_kabkota",
        REJANG_LEBONG,
        True,
        True,
        True,
    ),
    Officer(
        "sentra.dharmaguna",
        "Herlina Simbolon",
        "Sentra Dharma Guna",
        "sentra",
        PROVINCE,
        enters=True,
        opens_personal_data=True,
        programmes=(ATENSI,),
    ),
    Officer(
        "koordinator.pkh",
        "Yudi Darmawan",
        "Koordinator wilayah PKH Bengkulu",
        "koordinator",
        PROVINCE,
        enters=True,
        pillars=(PKH,),
    ),
    Officer("klien.api", "Portal data Bengkulu", "Dinas Sosial Provinsi Bengkulu", "klien_api", PROVINCE),
)
#: a companion who signs in for herself; her account follows her record in the register
MEMBER = Officer("pendamping.selebar", named.COMPANION, "Anggota pilar", "anggota", KOTA)


@dataclass(frozen=True)
class Login:
    """One line of logins.txt."""

    username: str
    password: str
    role: str
    office: str
    token: str = ""


def logins_path() -> Path:
    return home_path() / "logins.txt"


def write_logins(logins: list[Login]) -> None:
    """Replaces logins.txt (tab-separated, one heading line), readable by its owner only."""
    rows = [FIELDS, *(astuple(login) for login in logins)]
    home_path().mkdir(mode=0o700, parents=True, exist_ok=True)
    write_private(logins_path(), "".join("\t".join(row) + "\n" for row in rows))


def read_logins() -> list[Login]:
    """What was written on this machine; empty when the example was loaded elsewhere."""
    if not logins_path().exists():
        return []
    lines = logins_path().read_text(encoding="utf-8").splitlines()[1:]
    return [Login(*line.split("\t")) for line in lines]


def new_password() -> str:
    """PILAR_EXAMPLE_PASSWORD, or twelve random letters and digits in groups (about 60 bits)."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))
    return os.environ.get("PILAR_EXAMPLE_PASSWORD") or "-".join(groups)


def make_users(now: datetime) -> dict[str, User]:
    """Creates the example users that are missing, with their grants; others stay untouched.

    Called inside the transaction that loads the example: after a crash the users are gone and the
    next run replaces their lines in the file. The reverse, users without a password, cannot happen.
    """
    known = {user.username: user for user in User.objects.filter(username__in=[o.username for o in OFFICERS])}
    logins = {login.username: login for login in read_logins()}
    missing = [officer for officer in OFFICERS if officer.username not in known]
    for officer in missing:
        known[officer.username], logins[officer.username] = _make(officer, now)
    if missing:
        write_logins(list(logins.values()))
    return known


def make_member() -> None:
    """The account of the named companion, unless it is there or the example's companion is gone."""
    person = Personnel.objects.filter(name=MEMBER.name, region_id=MEMBER.region, is_example=True).first()
    if person is None or User.objects.filter(Q(username=MEMBER.username) | Q(personnel_id=person.pk)).exists():
        return
    password = new_password()
    user = User.objects.create_user(
        MEMBER.username, password, name=person.name, office=MEMBER.office, role_id=MEMBER.role,
        region_id=MEMBER.region, personnel_id=person.pk,
    )  # fmt: skip
    rest = [login for login in read_logins() if login.username != MEMBER.username]
    write_logins([*rest, Login(user.username, password, user.role.name, user.office)])


def renew_passwords() -> list[Login]:
    """New passwords for the example users, for a machine that has no logins.txt."""
    tokens = {login.username: login.token for login in read_logins()}
    logins = []
    for officer in (*OFFICERS, MEMBER):
        # The office as well: a real colleague may bear the same user name.
        ours = User.objects.filter(username=officer.username, name=officer.name, office=officer.office)
        user = ours.select_related("role").first()
        if user is None:
            continue
        password = new_password()
        user.set_password(password)
        user.save(update_fields=["password"])
        token = tokens.get(user.username, "")
        logins.append(Login(user.username, password, user.role.name, user.office, token))
    write_logins(logins)
    return logins


def _make(officer: Officer, now: datetime) -> tuple[User, Login]:
    password = new_password()
    user = User.objects.create_user(
        officer.username,
        password,
        name=officer.name,
        office=officer.office,
        role_id=officer.role,
        region_id=officer.region,
    )
    RegionGrant.objects.create(
        user=user,
        region_id=officer.region,
        valid_from=GRANTED_FROM,
        may_enter=officer.enters,
        may_approve=officer.approves,
        may_view_personal_data=officer.opens_personal_data,
        pillars=list(officer.pillars),
        programmes=list(officer.programmes),
    )
    token = ""
    if officer.role == "klien_api":
        token = token_issue(user=user, name="contoh", now=now)[1]
    return user, Login(user.username, password, user.role.name, user.office, token)
