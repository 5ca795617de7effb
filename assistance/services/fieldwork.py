"""What every record from the field must satisfy: who may write it down, where it was, and who was there."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import connection

from assistance import words
from assistance.models import Beneficiary
from assistance.services.entry import HIGHER_ADMIN
from personnel.models import Assignment
from pilar.core import regions
from pilar.core.errors import Refusal
from pilar.core.formatting import tanggal
from pilar.core.models import Programme, User
from pilar.core.regions import contains
from pilar.core.rights import RIGHT_NAMES, Right
from pilar.core.scoping import Slot, reach_of

#: outermost degrees of Indonesia, as the constraint `verification_in_indonesia` has them
SOUTH, NORTH, WEST, EAST = Decimal("-11.5"), Decimal("6.5"), Decimal("94.5"), Decimal("141.5")


def field_slots(actor: User) -> tuple[Slot, ...]:
    """Ranges in which the actor may write down what was found on the spot: by entering or by checking."""
    reach = reach_of(actor)
    return reach.slots_for(Right.ENTER) or reach.slots_for(Right.VERIFY)


def may_record(actor: User, region: int) -> bool:
    return any(slot.covers(region) for slot in field_slots(actor))


def require_field_right(actor: User, region: int, programme: Programme) -> None:
    """Raises Refusal unless the actor may enter or check there, and the programme is among his."""
    slots = [slot for slot in field_slots(actor) if slot.covers(region)]
    if not slots:
        act = f"{RIGHT_NAMES[Right.ENTER]} atau {RIGHT_NAMES[Right.VERIFY]}"
        raise Refusal(f"Anda tidak berwenang {act} di wilayah ini.", HIGHER_ADMIN, rule="wewenang")
    if not any(not slot.programmes or programme.pk in slot.programmes for slot in slots):
        raise Refusal(
            f"Wewenang Anda di wilayah ini tidak mencakup program {programme.name}.", HIGHER_ADMIN, rule="wewenang"
        )


def require_coordinates(latitude: Decimal | None, longitude: Decimal | None) -> None:
    """Both or none, in Indonesia. Raises ValidationError on the field at fault."""
    if latitude is None and longitude is None:
        return
    if latitude is None or longitude is None:
        missing = "latitude" if latitude is None else "longitude"
        raise ValidationError({missing: "Lintang dan bujur diisi keduanya, atau dikosongkan keduanya."})
    if not SOUTH <= latitude <= NORTH:
        raise ValidationError({"latitude": f"Lintang {latitude} di luar Indonesia (-11,5 sampai 6,5)."})
    if not WEST <= longitude <= EAST:
        raise ValidationError({"longitude": f"Bujur {longitude} di luar Indonesia (94,5 sampai 141,5)."})


def require_reason(code: str, *, needed: bool) -> None:
    """A code of `words.REASONS` when one is needed, none otherwise. Raises ValidationError on `reason`."""
    if not needed and code:
        raise ValidationError({"reason": "Kode alasan hanya untuk hasil tidak layak; kosongkan."})
    if needed and not code:
        raise ValidationError({"reason": "Hasil tidak layak harus menyebut kode alasannya."})
    if code and code not in words.REASONS:
        raise ValidationError({"reason": f"Kode alasan “{code}” tidak dikenal; pilih dari daftar."})


def require_companion(companion: Assignment, person: Beneficiary, *, region: int, on: date) -> None:
    """A member of a pillar on duty that day, whose work area meets the person's, and who is somebody else.

    Raises Refusal (he is the person himself) or ValidationError on `companion`.
    """
    begun = companion.valid_from <= on
    if not begun or (companion.valid_until and companion.valid_until < on):
        when = f"mulai {tanggal(companion.valid_from)}" if not begun else f"sampai {tanggal(companion.valid_until)}"
        raise ValidationError({"companion": f"Petugas itu tidak bertugas pada {tanggal(on)}: tugasnya {when}."})
    if not contains(companion.region_id, region) and not contains(region, companion.region_id):
        raise ValidationError(
            {
                "companion": f"Wilayah kerja petugas itu, {companion.region.name} "
                f"({regions.slug(companion.region_id)}), tidak mencakup tempat orang ini. "
                "Pilih petugas wilayahnya."
            }
        )
    if is_same_person(person, companion):
        raise Refusal(
            f"Tidak bisa dicatat: petugas verval ini adalah {person.name} sendiri (NIK-nya sama).",
            "Tunjuk petugas lain. Anggota pilar juga tidak berhak menerima bantuan; periksa usulannya. "
            "Aturan ini tidak dapat dikecualikan.",
            rule="memeriksa_diri",
        )


def is_same_person(person: Beneficiary, companion: Assignment) -> bool:
    """Whether both records bear one NIK (`sql/same_person.sql`), wherever the companion's own record lies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pilar_same_person(%s, %s)", [person.pk, companion.pk])
        found: bool = cursor.fetchone()[0]
    return found
