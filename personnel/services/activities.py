"""Activities: filed by who may enter data there, checked by somebody else, counted only when verified."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from personnel import kinds
from personnel.models import Activity, ActivityKind, Personnel
from personnel.services import activity_parts as parts
from pilar.core.errors import Refusal
from pilar.core.formatting import tanggal
from pilar.core.models import BudgetYear, Pillar, Programme, Region, TargetGroup, User

State = Activity.State
PAS_GROUPS = 12


@dataclass(frozen=True)
class ActivityEntry:
    """What somebody states about an activity.

    Attributes:
        quantity: people or families reached, as the kind calls them.
        groups: numbers of PAS groups reached.
        details: values of the kind's own fields.
        stage: the list of payments that a monitoring visit looked at.
    """

    person: Personnel
    pillar: Pillar
    kind: ActivityKind
    date: date
    region: Region
    quantity: int
    groups: Sequence[int] = ()
    programme: Programme | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    stage: int | None = None


@transaction.atomic
def activity_file(*, actor: User, entry: ActivityEntry, submit: bool, today: date) -> Activity:
    """A new activity, sent for verification at once or kept as a draft.

    Raises Refusal (right) or ValidationError (day, service, work area, a field that the kind asks).
    """
    row = Activity(person=entry.person, filed_by=actor, state=State.FILED if submit else State.DRAFT)
    _put(actor, row, entry, today)
    row.save()
    parts.record(actor, row, "", on=today)
    return row


@transaction.atomic
def activity_change(
    *, actor: User, activity: Activity, entry: ActivityEntry, version: int, submit: bool, today: date
) -> Activity:
    """Corrects a draft or what was sent back, and sends it when `submit`.

    Raises Refusal when somebody else saved since `version` was read: nothing is overwritten unseen.
    """
    parts.require_writer(actor, activity)
    row = parts.locked(activity)
    _require_open(row)
    if row.version != version:
        raise Refusal(
            "Orang lain menyimpan kegiatan ini lebih dahulu, jadi isian Anda belum disimpan.",
            "Bandingkan isian Anda dengan data sekarang, lalu simpan lagi.",
            rule="versi",
        )
    if entry.date.year != row.year:
        raise ValidationError({"date": f"Kegiatan ini tercatat di tahun {row.year}; untuk tahun lain buat yang baru."})
    was, row.filed_by = row.state, actor
    _put(actor, row, entry, today)
    if submit:
        parts.require_step(row, State.FILED)
        row.state, row.returned_note = State.FILED, ""
    row.version += 1
    row.save()
    if row.state != was:
        parts.record(actor, row, was, on=today)
    return row


@transaction.atomic
def activity_submit(*, actor: User, activity: Activity, today: date) -> Activity:
    parts.require_writer(actor, activity)
    row = parts.locked(activity)
    parts.require_step(row, State.FILED)
    kinds.checked(row.kind, row.details, row.quantity)
    was, row.state, row.filed_by, row.returned_note = row.state, State.FILED, actor, ""
    return _moved(actor, row, was, today)


@transaction.atomic
def activity_verify(*, actor: User, activity: Activity, today: date) -> Activity:
    """By whoever verifies that pillar there; never by who wrote or sent it."""
    parts.require_checker(actor, activity)
    row = parts.locked(activity)
    parts.require_other(actor, row)
    parts.require_step(row, State.VERIFIED)
    was, row.state, row.verified_by = row.state, State.VERIFIED, actor
    return _moved(actor, row, was, today)


@transaction.atomic
def activity_return(*, actor: User, activity: Activity, note: str, today: date) -> Activity:
    parts.require_checker(actor, activity)
    row = parts.locked(activity)
    parts.require_other(actor, row)
    parts.require_step(row, State.RETURNED)
    if not note.strip():
        raise ValidationError({"note": "Tulis apa yang harus diperbaiki; yang mengajukan membacanya."})
    was, row.state, row.returned_note = row.state, State.RETURNED, " ".join(note.split())
    return _moved(actor, row, was, today, row.returned_note)


def _moved(actor: User, row: Activity, was: str, today: date, note: str = "") -> Activity:
    row.version += 1
    row.save()
    parts.record(actor, row, was, on=today, note=note)
    return row


def _require_open(row: Activity) -> None:
    if row.act:
        raise made_by_act(row.kind)
    if row.state not in (State.DRAFT, State.RETURNED):
        raise parts.locked_away(row)


def made_by_act(kind: ActivityKind) -> Refusal:
    return Refusal(
        f"{kind.name} tidak dicatat di sini: kegiatannya tercatat sendiri bersama tindakannya di Bantuan.",
        f"Catat tindakannya di halaman Bantuan; satu tindakan dihitung sekali. {parts.NOBODY_LIFTS}",
        rule="satu_tindakan_satu_kegiatan",
    )


def _put(actor: User, row: Activity, entry: ActivityEntry, today: date) -> None:
    """Everything an entry states, checked. The right is asked of the place and pillar that will stand there."""
    row.pillar, row.region, row.kind = entry.pillar, entry.region, entry.kind
    row.programme = entry.kind.programme or entry.programme
    parts.require_writer(actor, row)
    _require_kind(entry)
    _require_day(entry.date, today)
    parts.require_service(entry.person, entry.pillar, entry.region, entry.date)
    if entry.quantity < 0:
        raise ValidationError({"quantity": f"{entry.kind.reach_label} tidak boleh kurang dari 0."})
    _require_groups(entry.groups)
    _require_stage(actor, entry, row.programme)
    row.date, row.year, row.quantity = entry.date, entry.date.year, entry.quantity
    row.target_groups = sorted(set(entry.groups))
    row.details = kinds.checked(entry.kind, entry.details, entry.quantity)
    row.note, row.batch_id = " ".join(entry.note.split()), entry.stage


def _require_kind(entry: ActivityEntry) -> None:
    if not entry.kind.by_hand:
        raise made_by_act(entry.kind)
    if entry.pillar.pk not in entry.kind.pillars:
        raise ValidationError({"kind": f"{entry.kind.name} bukan kegiatan {entry.pillar.name}."})


def _require_day(day: date, today: date) -> None:
    if day > today:
        raise ValidationError({"date": f"Tanggal {tanggal(day)} belum tiba; yang dicatat adalah yang sudah dilakukan."})
    if not BudgetYear.objects.filter(pk=day.year).exists():
        raise ValidationError({"date": f"Tahun anggaran {day.year} belum dibuka di PILAR. Periksa tahunnya."})


def _require_groups(groups: Sequence[int]) -> None:
    known = set(TargetGroup.objects.filter(pk__in=groups, pk__lte=PAS_GROUPS).values_list("pk", flat=True))
    if unknown := set(groups) - known:
        raise ValidationError({"groups": f"Kelompok PAS {', '.join(map(str, sorted(unknown)))} tidak ada."})


def _require_stage(actor: User, entry: ActivityEntry, programme: Programme | None) -> None:
    """A monitoring visit names its programme, and a list only where one of that programme reaches the place."""
    if not kinds.asks_stage(entry.kind):
        if entry.stage is not None:
            raise ValidationError({"stage": f"{entry.kind.name} tidak memantau daftar penyaluran."})
        return
    if programme is None:
        raise ValidationError({"programme": "Pilih program yang dipantau."})
    if entry.stage is None:
        return
    fitting = {stage.pk: stage for stage in kinds.stages_at(entry.region, actor)}
    if entry.stage not in fitting:
        raise ValidationError({"stage": f"Daftar penyaluran itu tidak menjangkau {entry.region.name}."})
    if fitting[entry.stage].programme != programme.pk:
        raise ValidationError({"stage": "Daftar penyaluran itu milik program lain."})
