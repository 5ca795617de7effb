"""What the acts on activities share: authority, locks, history, and each refusal in words."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from personnel.models import Activity, ActivityStep, Assignment, Personnel
from personnel.states import ACTIVITY
from pilar.core import audit
from pilar.core.errors import Refusal, no_right
from pilar.core.formatting import tanggal, tanggal_ringkas
from pilar.core.models import Pillar, Region, User
from pilar.core.regions import contains
from pilar.core.rights import RIGHT_NAMES, Right
from pilar.core.scoping import reach_of

State = Activity.State
NOBODY_LIFTS = "Aturan ini tidak dapat dikecualikan."
HIGHER_ADMIN = "admin wilayah di atas Anda"


# --- authority ----------------------------------------------------------------


def holds(actor: User, right: Right, region: int, pillar: int, programme: int | None) -> bool:
    """Whether one grant gives the right there and covers pillar and programme, as row security asks it too."""
    return any(
        slot.covers(region)
        and (not slot.pillars or pillar in slot.pillars)
        and (not slot.programmes or programme in slot.programmes)
        for slot in reach_of(actor).slots_for(right)
    )


def may_write(actor: User, row: Activity) -> bool:
    """An officer who enters data there, or the person himself with an account of his own."""
    member = reach_of(actor).member
    if member is not None:
        return member == row.person_id
    return holds(actor, Right.ENTER, row.region_id, row.pillar_id, row.programme_id)


def may_check(actor: User, row: Activity) -> bool:
    """Whether the actor verifies activities of that pillar there; that he did not write this one is asked apart."""
    return holds(actor, Right.VERIFY, row.region_id, row.pillar_id, row.programme_id)


def wrote(actor: User, row: Activity) -> bool:
    """Whether he wrote it, sent it, or is the person himself."""
    if actor.pk == row.filed_by_id or actor.personnel_id == row.person_id:
        return True
    written = (State.DRAFT, State.FILED)
    mine = ActivityStep.objects.filter(activity_id=row.pk, year=row.year, actor_id=actor.pk, became__in=written)
    return mine.exists()


def require_writer(actor: User, row: Activity) -> None:
    if not may_write(actor, row):
        raise no_right(f"{RIGHT_NAMES[Right.ENTER]} tentang kegiatan {row.pillar.name}", HIGHER_ADMIN)


def require_checker(actor: User, row: Activity) -> None:
    if not may_check(actor, row):
        raise no_right(f"{RIGHT_NAMES[Right.VERIFY]} {row.pillar.name}", HIGHER_ADMIN)


def require_other(actor: User, row: Activity) -> None:
    if wrote(actor, row):
        raise Refusal(
            "Tidak bisa diperiksa: Anda sendiri yang mencatat atau mengajukan kegiatan ini.",
            f"Minta petugas lain yang berwenang memeriksa kegiatan pilar ini. {NOBODY_LIFTS}",
            rule="empat_mata",
        )


def locked(row: Activity) -> Activity:
    """The row as it is now. Ask for the right first: row security hides from a lock what one may not write."""
    rows = Activity.objects.select_related("pillar", "region", "kind")
    found = rows.select_for_update(of=("self",), no_key=True).filter(pk=row.pk, year=row.year).first()
    if found is None:  # a member may lock only what he may still change
        raise locked_away(row)
    return found


def locked_away(row: Activity) -> Refusal:
    return Refusal(
        f"Kegiatan ini tidak bisa diubah: sekarang “{row.get_state_display()}”.",
        "Isinya hanya berubah selama draf atau sesudah dikembalikan. Minta pemeriksa mengembalikannya.",
        rule="kegiatan_terkunci",
    )


# --- steps --------------------------------------------------------------------


def require_step(row: Activity, then: str) -> None:
    if not ACTIVITY.may_follow(row.state, then):
        before = " atau ".join(f"“{ACTIVITY.label(state)}”" for state in ACTIVITY.sources_of(then))
        raise Refusal(
            f"Kegiatan ini tidak bisa menjadi “{ACTIVITY.label(then)}”: sekarang “{ACTIVITY.label(row.state)}”.",
            f"Langkah ini hanya sesudah {before}. {NOBODY_LIFTS}",
            rule="urutan_keadaan",
        )


def record(actor: User, row: Activity, was: str, *, on: date, note: str = "") -> None:
    """The history row and the audit event of a step."""
    ActivityStep.objects.create(
        activity_id=row.pk,
        year=row.year,
        person_id=row.person_id,
        pillar_id=row.pillar_id,
        programme_id=row.programme_id,
        region_id=row.region_id,
        was=was,
        became=row.state,
        on=on,
        actor_id=actor.pk,
        actor_name=str(actor),
        office=actor.office,
        note=note[:300],
    )
    audit.record(
        actor=actor,
        action=audit.Action.CHANGE if was else audit.Action.CREATE,
        target=row,
        region=row.region_id,
        summary=f"Kegiatan {row.kind}, {tanggal_ringkas(row.date)}: {ACTIVITY.label(row.state)}",
        reason=note,
    )


# --- service on the day -------------------------------------------------------


def require_service(person: Personnel, pillar: Pillar, region: Region, day: date) -> None:
    """The person serves in the pillar on the day, in a work area that holds the region. Raises ValidationError."""
    served = list(Assignment.objects.filter(person=person, pillar=pillar).select_related("region"))
    if not served:
        raise ValidationError({"pillar": f"{person.name} tidak bertugas sebagai {pillar.name}."})
    held = [row for row in served if row.valid_from <= day and (row.valid_until is None or row.valid_until >= day)]
    if not held:
        told = "; ".join(_period(row) for row in served)
        raise ValidationError(
            {"date": f"{person.name} tidak bertugas sebagai {pillar.name} pada {tanggal(day)}. Penugasan: {told}."}
        )
    if not any(contains(row.region_id, region.pk) for row in held):
        areas = ", ".join(sorted({row.region.name for row in held}))
        raise ValidationError({"region": f"{region.name} di luar wilayah kerjanya ({areas})."})


def _period(row: Any) -> str:
    until = tanggal_ringkas(row.valid_until) if row.valid_until else "sekarang"
    return f"{tanggal_ringkas(row.valid_from)} – {until}"
