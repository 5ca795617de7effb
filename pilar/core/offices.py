"""Profil Dinas: an office's letterhead and signatory, kept by date, and what a document of today takes from it."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from pilar.core import audit, regions
from pilar.core.errors import Refusal
from pilar.core.formatting import tanggal
from pilar.core.models import OfficeProfile, Region, User
from pilar.core.pdf import Letterhead, Signature
from pilar.core.regions import Level
from pilar.core.rights import Right
from pilar.core.scoping import reach_of

MINISTRY = "Kementerian Sosial Republik Indonesia"
DINAS = "Dinas Sosial"
#: how a NIP is written: birth, appointment, sex, number
NIP_PARTS = (slice(0, 8), slice(8, 14), slice(14, 15), slice(15, 18))
DOTS = "." * 24


@dataclass(frozen=True)
class OfficeEntry:
    """What an office says of itself from a day on; empty texts are left out. The NIP may be written with spaces."""

    region: Region
    valid_from: date
    name: str
    place: str
    signatory_title: str
    signatory_name: str
    address: str = ""
    contact: str = ""
    signatory_rank: str = ""
    signatory_nip: str = ""


@transaction.atomic
def office_profile_record(*, actor: User, entry: OfficeEntry) -> OfficeProfile:
    """One more row of an office's history. Raises Refusal (not the actor's office) or ValidationError (fields)."""
    require_keeper(actor, entry.region)
    profile = OfficeProfile(recorded_by=actor, **vars(entry))
    profile.signatory_nip = "".join(entry.signatory_nip.split())
    profile.full_clean()
    profile.save()
    audit.record(
        actor=actor,
        action=audit.Action.CREATE,
        target=profile,
        region=entry.region.code,
        summary=f"Profil dinas {entry.region} sejak {tanggal(entry.valid_from)}: "
        f"{entry.signatory_name}, {entry.signatory_title}",
    )
    return profile


def entry_of(profile: OfficeProfile) -> dict[str, str]:
    """What an entry that continues this one begins with."""
    kept = [name for name in OfficeEntry.__dataclass_fields__ if name not in ("region", "valid_from")]
    return {name: getattr(profile, name) for name in kept}


def require_keeper(actor: User, region: Region) -> None:
    if not reach_of(actor).can(Right.USERS, region.code):
        raise Refusal(
            f"Profil dinas {region} tidak bisa Anda catat: yang mencatat adalah admin kantor itu.",
            "Minta petugas yang mengatur pengguna di kantor itu, atau di kantor di atasnya.",
            rule="wewenang",
        )


# --- what a document takes from it -------------------------------------------------


@dataclass(frozen=True)
class Issuer:
    """Who issues a document. `recorded` is False where the office has no profile: dotted lines are printed."""

    region: Region
    letterhead: Letterhead
    signature: Signature
    recorded: bool


def issuer_of(user: User, *, today: date) -> Issuer:
    """The user's own office, of today; whoever works in a kecamatan writes on paper of the kabupaten's office."""
    code = regions.at_level(user.region_id, Level.REGENCY)
    region = Region.objects.get(pk=code)
    profile = OfficeProfile.objects.visible_to(user).in_force(code, today)
    return Issuer(region, _letterhead(region, profile), _signature(region, profile, today), profile is not None)


def office_name(region: Region) -> str:
    """The name an office without a profile goes by."""
    return MINISTRY if region.level == Level.NATION else DINAS


def government_of(region: Region) -> str:
    """ "Pemerintah Provinsi Bengkulu", "Pemerintah Kota Bengkulu"; empty for the ministry."""
    if region.level == Level.NATION:
        return ""
    return f"Pemerintah {'Provinsi ' if region.level == Level.PROVINCE else ''}{region.name}"


def title_of(region: Region) -> str:
    """How the head of an office without a profile is called; the ministry has several, so none is guessed."""
    if region.level == Level.NATION:
        return DOTS
    return f"Kepala {DINAS} {government_of(region).removeprefix('Pemerintah ')}"


def _letterhead(region: Region, profile: OfficeProfile | None) -> Letterhead:
    if profile is None:
        return Letterhead(office_name(region), government_of(region))
    return Letterhead(profile.name, government_of(region), profile.address, profile.contact)


def _signature(region: Region, profile: OfficeProfile | None, today: date) -> Signature:
    if profile is None:
        return Signature(title_of(region), f"{DOTS}, {tanggal(today)}")
    return Signature(
        profile.signatory_title,
        f"{profile.place}, {tanggal(today)}",
        name=profile.signatory_name,
        rank=profile.signatory_rank,
        number=f"NIP {written_nip(profile.signatory_nip)}" if profile.signatory_nip else "",
    )


def written_nip(nip: str) -> str:
    """197001011995031001 -> "19700101 199503 1 001"."""
    return " ".join(nip[part] for part in NIP_PARTS)
