"""Close family, held against pillar people and beneficiaries by NIK; specialisations and certificates."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from personnel.models import Competence, FamilyTie, Personnel
from pilar.core import audit, crypto, nik
from pilar.core.errors import Refusal
from pilar.core.formatting import tanggal
from pilar.core.models import User
from pilar.core.rights import Right
from pilar.core.scoping import require

#: offered on pages (domain.md 2.2: what Tagana madya specialise in); any other word may be written
SPECIALISATIONS = (
    "Shelter", "Logistik", "TRC (tim reaksi cepat)", "Dukungan psikososial", "Water rescue", "Dapur umum",
)  # fmt: skip


@dataclass(frozen=True)
class TieEntry:
    """`relation`: what the relative is to the person."""

    relation: str
    name: str
    nik: str


@transaction.atomic
def tie_record(*, actor: User, person: Personnel, entry: TieEntry) -> FamilyTie:
    """Raises Refusal (right) or ValidationError (NIK, the person himself, recorded already)."""
    require(actor, Right.ENTER, person.region_id)
    try:
        number = nik.validate(entry.nik)
    except ValidationError as error:
        raise ValidationError({"nik": error.messages}) from error
    if crypto.blind_index(number) == bytes(person.nik_index):
        raise ValidationError({"nik": "Ini NIK orangnya sendiri; tulis NIK keluarganya."})
    if entry.relation not in FamilyTie.Relation.values:
        raise ValidationError({"relation": f"Pilih satu hubungan: {', '.join(FamilyTie.Relation.values)}."})
    row = FamilyTie(person=person, relation=entry.relation, name=" ".join(entry.name.split()))
    row.set_nik(number)
    row.validate_constraints()
    row.save()
    _audited(actor, person, f"hubungan keluarga dicatat ({row.get_relation_display()})")
    return row


@transaction.atomic
def tie_end(*, actor: User, tie: FamilyTie, on: date, today: date) -> FamilyTie:
    """From `on` it counts no more. Raises Refusal (right, ended already) or ValidationError (day ahead)."""
    require(actor, Right.ENTER, tie.person.region_id)
    row = FamilyTie.objects.select_for_update(of=("self",), no_key=True).select_related("person").get(pk=tie.pk)
    if row.ended_on:
        raise Refusal(
            f"Hubungan ini sudah berakhir pada {tanggal(row.ended_on)}.", "Catat lagi bila keliru.", rule="berakhir"
        )
    _not_ahead(on, today)
    row.ended_on = on
    row.save(update_fields=["ended_on"])
    _audited(actor, row.person, f"hubungan keluarga berakhir ({row.get_relation_display()})")
    return row


def serving_relatives(niks: Collection[bytes], on: date) -> dict[bytes, FamilyTie.Relation]:
    """Of these blind indexes those of a close relative of somebody who serves on that day, and what he is to him.

    One query, past row security (`sql/serving_relatives.sql`); whoever asks has these people in sight.
    """
    if not niks:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT nik, relation FROM pilar_serving_relatives(%s::bytea[], %s)", [list(niks), on])
        return {bytes(index): FamilyTie.Relation(relation) for index, relation in cursor.fetchall()}


@dataclass(frozen=True)
class CompetenceEntry:
    """A certificate names number and issuer; `valid_until` is empty when it does not expire."""

    kind: str
    name: str
    valid_from: date
    number: str = ""
    issuer: str = ""
    valid_until: date | None = None


@transaction.atomic
def competence_record(*, actor: User, person: Personnel, entry: CompetenceEntry, today: date) -> Competence:
    """Raises Refusal (right) or ValidationError (kind, day, an unnamed certificate, recorded already)."""
    require(actor, Right.ENTER, person.region_id)
    if entry.kind not in Competence.Kind.values:
        raise ValidationError({"kind": f"Pilih satu jenis: {', '.join(Competence.Kind.values)}."})
    if entry.valid_from > today:
        raise ValidationError({"valid_from": f"Tanggal {tanggal(entry.valid_from)} belum tiba."})
    if entry.valid_until and entry.valid_until < entry.valid_from:
        raise ValidationError({"valid_until": "Tidak boleh berakhir sebelum tanggal mulainya."})
    texts = {name: " ".join(getattr(entry, name).split()) for name in ("name", "number", "issuer")}
    row = Competence(
        person=person, kind=entry.kind, valid_from=entry.valid_from, valid_until=entry.valid_until, **texts
    )
    row.validate_constraints()
    row.save()
    _audited(actor, person, f"{row.get_kind_display()} {row.name}")
    return row


@transaction.atomic
def competence_end(*, actor: User, competence: Competence, on: date, today: date) -> Competence:
    """`on` is its last day. Raises Refusal (right) or ValidationError (day)."""
    require(actor, Right.ENTER, competence.person.region_id)
    rows = Competence.objects.select_for_update(of=("self",), no_key=True).select_related("person")
    row = rows.get(pk=competence.pk)
    _not_ahead(on, today)
    if on < row.valid_from:
        raise ValidationError({"on": f"Tanggal mendahului mulainya ({tanggal(row.valid_from)})."})
    row.valid_until = on
    row.save(update_fields=["valid_until"])
    _audited(actor, row.person, f"{row.get_kind_display()} {row.name} berakhir")
    return row


def _not_ahead(on: date, today: date) -> None:
    if on > today:
        raise ValidationError({"on": f"Tanggal {tanggal(on)} belum tiba; yang dicatat adalah yang sudah terjadi."})


def _audited(actor: User, person: Personnel, what: str) -> None:
    audit.record(
        actor=actor,
        action=audit.Action.CHANGE,
        target=person,
        region=person.region_id,
        summary=f"{person.name}: {what}",
    )
