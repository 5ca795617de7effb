"""The main menu: each place with the right it needs and the names of the pages that belong to it."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from pilar.core.rights import Right
from pilar.core.scoping import Reach


@dataclass(frozen=True)
class Item:
    """`url_name` is left out while no such page exists; `family` are beginnings of its pages' names.

    `member`: for a member's own account and nobody else; such an account sees no other item.
    `placed`: the address names year and region. `heading`: a group of places begins here. `phone`: one of the four
    places in the bar of a phone, where the others stand behind "Lainnya".
    """

    label: str
    icon: str
    url_name: str
    family: tuple[str, ...]
    right: Right | None = None
    short: str = ""
    placed: bool = False
    heading: str = ""
    member: bool = False
    phone: bool = False


ITEMS = (
    Item("Halaman saya", "akun", "own-page", ("own",), short="Saya", member=True, phone=True),
    Item("Kegiatan saya", "kegiatan", "activity-list", ("activity",), short="Kegiatan", member=True, phone=True),
    Item("Laporan saya", "laporan", "monthlyreport-list", ("monthlyreport",), short="Laporan", member=True, phone=True),
    Item("Beranda", "beranda", "home", ("home",)),
    Item("Dasbor", "dasbor", "dashboard", ("dashboard",), placed=True, phone=True),
    Item(
        "Personel", "personel", "personnel-list", ("personnel", "assignment", "sanction"), heading="Pilar", phone=True
    ),
    Item("Kegiatan", "kegiatan", "activity-list", ("activity",)),
    Item("Dampingan", "penerima", "caseload-list", ("caseload",)),
    Item("Beban kerja", "wilayah", "workload", ("workload", "need")),
    Item("Laporan bulanan", "laporan", "monthlyreport-list", ("monthlyreport",)),
    Item("Pengakhiran tugas", "keluar", "termination-list", ("termination",), short="Pengakhiran"),
    Item(
        "Penerima manfaat",
        "penerima",
        "beneficiary-list",
        ("beneficiary", "membership", "circumstance", "familycard", "guardian"),
        short="Penerima",
        heading="Bantuan",
        phone=True,
    ),
    Item("Usulan", "kegiatan", "proposal-list", ("proposal", "programme")),
    Item("Verval", "verval", "verification-list", ("verification", "objection")),
    Item("SK penetapan", "laporan", "decree-list", ("decree", "participation"), short="Penetapan"),
    Item("Penyaluran", "penyaluran", "batch-list", ("batch", "disbursement", "result"), phone=True),
    Item("ATENSI", "penerima", "atensi-list", ("atensi",)),
    Item("Graduasi", "naik", "graduation-list", ("graduation",)),
    Item("Tali asih", "laporan", "allowance-list", ("allowance",)),
    Item("Target", "target", "target-list", ("target",), placed=True, heading="Capaian"),
    Item("Langkah bersama", "langkah", "workplan-detail", ("workplan",), short="Langkah", placed=True),
    Item("Angka rilis", "angka-rilis", "published-list", ("published",)),
    Item("Laporan", "laporan", "report-choose", ("report",)),
    Item("Impor berkas", "unggah", "import-list", ("import",), Right.ENTER, "Impor", heading="Berkas"),
    Item("Penutupan tahun", "kunci", "closure-list", ("closure",), short="Penutupan"),
    Item("Unduhan saya", "unduh", "export-list", ("export",), short="Unduhan"),
    Item("Pekerjaan", "pekerjaan", "job-list", ("job", "rollup"), heading="Sistem"),
    Item("Pengguna & wewenang", "pengguna", "user-list", ("user", "grant", "role"), Right.USERS, "Pengguna"),
    Item("Profil dinas", "laporan", "office-list", ("office",)),
    Item("Token API", "kunci", "token-list", ("token",)),
    Item("Jejak audit", "mata", "audit-list", ("audit",), Right.AUDIT, "Audit"),
)


def menu(reach: Reach, current: str, place: dict[str, Any]) -> list[dict[str, Any]]:
    """What the role may open; `current` is the name of the page shown, `place` year and region."""
    shown: list[dict[str, Any]] = []
    heading = ""
    for item in ITEMS:
        heading = item.heading or heading
        if item.member != (reach.member is not None):
            continue
        if item.right is not None and not reach.slots_for(item.right):
            continue
        if url := address(item.url_name, place if item.placed else {}):
            here = current.split("-")[0] in item.family
            named = {
                "label": item.label,
                "short": item.short,
                "icon": item.icon,
                "heading": heading,
                "phone": item.phone,
            }
            shown.append(named | {"url": url, "current": here})
            heading = ""
    return shown


def for_phone(entries: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The places of the bar and those behind "Lainnya"; the first of a group there keeps its heading."""
    rest, heading = [], ""
    for entry in entries:
        heading = entry["heading"] or heading
        if not entry["phone"]:
            rest.append(entry | {"heading": heading})
            heading = ""
    return {"bar": [entry for entry in entries if entry["phone"]], "rest": rest}


def address(name: str, kwargs: dict[str, Any] | None = None) -> str:
    """The page's address; empty while no page has that name."""
    try:
        return reverse(name, kwargs=kwargs or None)
    except NoReverseMatch:
        return ""
