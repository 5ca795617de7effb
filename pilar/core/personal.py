"""Personal data: unmasked one record at a time, with a right, a reason and an audit event."""

from dataclasses import dataclass
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from pilar.core import audit, crypto, derived, rls
from pilar.core.errors import Refusal
from pilar.core.models import Region, User
from pilar.core.nik import validate
from pilar.core.rights import Right
from pilar.core.scoping import require

SHORTEST_REASON = 10
PROBES_PER_HOUR = 30  # as in the function
PROBE = "pilar_nik_probe(bytea)"

#: offered on pages; any other sentence is as good
REASONS = (
    "Mencocokkan data dengan KTP atau kartu keluarga",
    "Memeriksa data yang diduga ganda",
    "Menjawab pengaduan atau permintaan pemilik data",
    "Pemeriksaan oleh pengawas",
)


class Identified(Protocol):
    """A row with a NIK and a region."""

    region_id: int
    pk: Any

    def reveal_nik(self) -> str: ...


@transaction.atomic
def nik_reveal(*, actor: User, row: Any, reason: str) -> str:
    """The plain NIK of one row (16 digits); the act is recorded with its reason.

    Raises Refusal without the right in the row's region, ValidationError on `reason` when it says too little.
    """
    require(actor, Right.PERSONAL_DATA, row.region_id)
    said = " ".join(reason.split())
    if len(said) < SHORTEST_REASON:
        raise ValidationError({"reason": f"Tulis untuk apa NIK dilihat, paling sedikit {SHORTEST_REASON} huruf."})
    audit.record(
        actor=actor,
        action=audit.Action.READ_PERSONAL,
        target=row,
        region=row.region_id,
        summary="NIK ditampilkan",
        reason=said,
    )
    found: Identified = row
    return found.reveal_nik()


@dataclass(frozen=True)
class Probe:
    """`regency` manages the person with that NIK; None when nobody has it."""

    regency: Region | None

    def __str__(self) -> str:
        return f"terdaftar di {self.regency.name}" if self.regency else "belum terdaftar"


@transaction.atomic
def nik_probe(*, actor: User, nik: str) -> Probe:
    """Whether anybody in the nation holds this NIK, and only in which kabupaten/kota.

    Each question is recorded by the function itself, the NIK is not. Raises ValidationError for an
    impossible NIK, Refusal without the right to enter data or after PROBES_PER_HOUR questions.
    """
    require(actor, Right.ENTER, actor.region_id)
    index = crypto.blind_index(validate(nik))
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pilar.user', %s, true)", [str(actor.pk)])
        cursor.execute("SELECT allowed, regency FROM pilar_nik_probe(%s)", [index])
        allowed, regency = cursor.fetchone()
    if not allowed:
        raise Refusal(
            f"Anda sudah memeriksa {PROBES_PER_HOUR} NIK dalam satu jam.",
            "Lanjutkan satu jam lagi; bila perlu lebih banyak, minta admin pusat mencocokkan lewat berkas.",
            rule="batas_periksa_nik",
        )
    return Probe(None if regency is None else Region.objects.get(pk=regency))


@derived.register
def own_probe() -> None:
    """The probe reads every region, so it belongs to the engine's role and answers one question only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regprocedure(%s) IS NOT NULL", [PROBE])
        if cursor.fetchone()[0]:
            rls.engine_owned(cursor, PROBE, callers="pilar_region, pilar_national")
