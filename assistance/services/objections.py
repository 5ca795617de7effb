"""Usul-sanggah: filed by somebody of the village, checked on the spot within 14 days, answered in writing."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from assistance.models import Beneficiary, Objection, Step, Verification
from assistance.services import refusals_field
from assistance.services.entry import day_within, require_entry, save_checked
from assistance.services.fieldwork import require_coordinates, require_field_right
from assistance.services.history import Move, record, step
from assistance.services.refusals import wrong_step
from assistance.states import OBJECTION
from pilar.core import audit
from pilar.core.formatting import tanggal
from pilar.core.models import Programme, User

DAYS = 14  # as in the constraint `objection_due_in_14_days`
State, Kind = Objection.State, Objection.Kind

#: the finding under which each kind is upheld
PROVES = {Kind.INCLUDED: Verification.Result.UNFIT, Kind.LEFT_OUT: Verification.Result.FIT}


@dataclass(frozen=True)
class ObjectionEntry:
    """Attributes:
    kind: one of Objection.Kind; filed_by: who said it, as he signed.
    filed_on: the day it came in, from which the 14 days run.
    latitude, longitude: degrees, both or none.
    """

    beneficiary: Beneficiary
    programme: Programme
    kind: str
    filed_on: date
    filed_by: str
    note: str
    latitude: Decimal | None = None
    longitude: Decimal | None = None


@transaction.atomic
def objection_file(*, actor: User, entry: ObjectionEntry, today: date) -> Objection:
    """Writes down an objection; it must be checked within 14 days of `filed_on`.

    Raises Refusal (right, filed already) or ValidationError (day, who, what, coordinates).
    """
    person = entry.beneficiary
    require_entry(actor, person.region_id, entry.programme)
    day_within("filed_on", entry.filed_on, earliest=person.birth_date, why="tanggal lahir orang itu", today=today)
    if entry.kind not in Kind.values:
        raise ValidationError({"kind": "Pilih jenisnya: salah masuk atau salah tertinggal."})
    for field, text, question in (
        ("filed_by", entry.filed_by, "Tulis siapa yang menyampaikannya."),
        ("note", entry.note, "Tulis apa yang disanggah, dengan kata-kata penyampainya."),
    ):
        if not text.strip():
            raise ValidationError({field: question})
    require_coordinates(entry.latitude, entry.longitude)
    _require_new(actor, entry)
    objection = Objection(
        beneficiary=person,
        programme=entry.programme,
        region_id=person.region_id,
        kind=entry.kind,
        filed_on=entry.filed_on,
        due_on=entry.filed_on + timedelta(days=DAYS),
        filed_by=" ".join(entry.filed_by.split()),
        note=" ".join(entry.note.split()),
        latitude=entry.latitude,
        longitude=entry.longitude,
    )
    save_checked(objection)
    move = Move("", State.FILED, on=entry.filed_on, note=objection.note)
    record([step(actor=actor, kind=Step.Kind.OBJECTION, row=objection, move=move)])
    audit.record(
        actor=actor,
        action=audit.Action.CREATE,
        target=objection,
        region=objection.region_id,
        summary=f"{objection.get_kind_display().capitalize()}: {person.name}, {entry.programme}, "
        f"masuk {tanggal(entry.filed_on)}",
    )
    return objection


def _require_new(actor: User, entry: ObjectionEntry) -> None:
    """The same person's same complaint of one day is one complaint."""
    known = Objection.objects.visible_to(actor).filter(
        beneficiary=entry.beneficiary,
        programme=entry.programme,
        kind=entry.kind,
        filed_on=entry.filed_on,
        filed_by__iexact=" ".join(entry.filed_by.split()),
        state=State.FILED,
    )
    if earlier := known.first():
        raise refusals_field.filed_already(entry.beneficiary.name, earlier)


@transaction.atomic
def objection_answer(
    *,
    actor: User,
    objection: Objection,
    outcome: str,
    answer: str,
    today: date,
    verification: Verification | None = None,
) -> Objection:
    """Upholds or rejects an objection, as of today; after its last day too, and then the delay stays visible.

    Args:
        outcome: State.UPHELD or State.REJECTED.
        verification: the verval made for it, which must not say the opposite.
    Raises Refusal (right, answered already) or ValidationError (outcome, answer, verification).
    """
    require_field_right(actor, objection.region_id, objection.programme)
    rows = Objection.objects.visible_to(actor).select_related("programme")
    objection = rows.select_for_update(of=("self",), no_key=True).get(pk=objection.pk)
    if outcome not in (State.UPHELD, State.REJECTED):
        raise ValidationError({"outcome": "Pilih jawabannya: diterima atau ditolak."})
    if not OBJECTION.may_follow(objection.state, outcome):
        raise wrong_step(OBJECTION, "Usul-sanggah ini", objection.state, outcome)
    if not answer.strip():
        raise ValidationError({"answer": "Tulis apa yang ditemukan dan mengapa diputuskan begitu."})
    if verification is not None:
        _require_fitting(objection, outcome, verification)
    objection.state = outcome
    objection.answer = " ".join(answer.split())
    objection.answered_on = today
    objection.answered_by = actor
    objection.verification = verification
    objection.version += 1
    save_checked(objection)
    move = Move(State.FILED, outcome, on=today, note=objection.answer)
    record([step(actor=actor, kind=Step.Kind.OBJECTION, row=objection, move=move)])
    audit.record(
        actor=actor,
        action=audit.Action.CHANGE,
        target=objection,
        region=objection.region_id,
        summary=f"Usul-sanggah {objection.pk}, {objection.programme}: {objection.get_state_display()}",
    )
    return objection


def _require_fitting(objection: Objection, outcome: str, verification: Verification) -> None:
    """The verval is of that person and programme, not older than the objection, and says the same."""
    same = (verification.beneficiary_id, verification.programme_id) == (
        objection.beneficiary_id,
        objection.programme_id,
    )
    if not same or verification.verified_on < objection.filed_on:
        raise ValidationError(
            {
                "verification": "Verval itu bukan pemeriksaan sanggahan ini: pilih verval orang dan program yang sama, "
                f"sejak {tanggal(objection.filed_on)}."
            }
        )
    proves = verification.result == PROVES[Kind(objection.kind)]
    if proves != (outcome == State.UPHELD):
        raise ValidationError(
            {
                "verification": f"Verval {tanggal(verification.verified_on)} menyatakan "
                f"{verification.get_result_display()}, jadi {objection.get_kind_display()} ini tidak dapat "
                f"{State(outcome).label} dengan verval itu. Ubah jawabannya, atau jawab tanpa menyebut verval."
            }
        )
