"""What the acts on tali asih share: locks, authority, history, and each refusal in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.core.exceptions import ValidationError

from personnel.models import AllowanceLine, AllowanceProposal, AllowanceStep, Funding
from personnel.semesters import label_of
from personnel.states import ALLOWANCE, ALLOWANCE_LINE
from pilar.core import audit
from pilar.core.errors import Refusal, no_right
from pilar.core.formatting import tanggal
from pilar.core.machines import Machine
from pilar.core.models import User
from pilar.core.regions import Level, level_of
from pilar.core.rights import RIGHT_NAMES, Right
from pilar.core.scoping import reach_of

NOBODY_LIFTS = "Aturan ini tidak dapat dikecualikan."
FUNDING_LEVEL = {
    Funding.NATIONAL: Level.NATION,
    Funding.PROVINCE: Level.PROVINCE,
    Funding.REGENCY: Level.REGENCY,
}
OFFICE = {
    Level.NATION: "Kementerian Sosial",
    Level.PROVINCE: "Dinas Sosial provinsi",
    Level.REGENCY: "Dinas Sosial kabupaten/kota",
}


@dataclass(frozen=True)
class Move:
    """One step of a list or, with `line`, of a line in it."""

    proposal: AllowanceProposal
    was: str
    became: str
    on: date
    line: AllowanceLine | None = None
    reason: str = ""
    note: str = ""


def record(actor: User, moves: Sequence[Move]) -> None:
    """The history rows of an act, in its own transaction."""
    AllowanceStep.objects.bulk_create(
        [
            AllowanceStep(
                proposal=move.proposal,
                line=move.line,
                pillar_id=move.proposal.pillar_id,
                region_id=move.proposal.region_id,
                was=move.was,
                became=move.became,
                on=move.on,
                actor_id=actor.pk,
                actor_name=str(actor),
                office=actor.office,
                reason=move.reason,
                note=move.note[:300],
            )
            for move in moves
        ],
        batch_size=1000,
    )


def audited(actor: User, proposal: AllowanceProposal, what: str, note: str = "", *, created: bool = False) -> None:
    audit.record(
        actor=actor,
        action=audit.Action.CREATE if created else audit.Action.CHANGE,
        target=proposal,
        region=proposal.region_id,
        summary=f"Tali asih {proposal.pillar.code}, {proposal.region}, {label_of(proposal.period)}: {what}",
        reason=note,
    )


def locked(actor: User, proposal: AllowanceProposal) -> AllowanceProposal:
    """Raises Refusal for whoever holds no right over the list: the database would not let him lock it."""
    if not acts_on(actor, proposal):
        raise no_right(RIGHT_NAMES[Right.ENTER], "admin wilayah di atas Anda")
    rows = AllowanceProposal.objects.visible_to(actor).select_related("pillar", "region")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=proposal.pk)


def locked_line(actor: User, proposal: AllowanceProposal, line: AllowanceLine) -> AllowanceLine:
    rows = AllowanceLine.objects.visible_to(actor).filter(proposal=proposal)
    return rows.select_for_update(of=("self",), no_key=True).get(pk=line.pk)


def save(row: AllowanceProposal | AllowanceLine) -> None:
    """Raises ValidationError with the sentences of the model's own constraints."""
    row.version += 1
    row.validate_constraints()
    row.save()


def written(note: str, *, field: str = "note", what: str) -> str:
    if not note.strip():
        raise ValidationError({field: what})
    return " ".join(note.split())


# --- authority ----------------------------------------------------------------


class Placed(Protocol):
    """A row of a pillar in a region."""

    pillar_id: int
    region_id: int


def holds(actor: User, right: Right, row: Placed, level: Level | None = None) -> bool:
    """Whether a grant of that level (any when None) gives the right there and covers the pillar."""
    return any(
        slot.covers(row.region_id)
        and (level is None or level_of(slot.lo) == level)
        and (not slot.pillars or row.pillar_id in slot.pillars)
        for slot in reach_of(actor).slots_for(right)
    )


def acts_on(actor: User, proposal: AllowanceProposal) -> bool:
    """Whether the actor holds any right over the list; which act is his now, the act itself says."""
    return any(holds(actor, right, proposal) for right in (Right.ENTER, Right.PROPOSE, Right.ENDORSE, Right.DECIDE))


def may_forward(actor: User, proposal: AllowanceProposal) -> bool:
    return holds(actor, Right.ENDORSE, proposal, Level.PROVINCE)


def may_approve(actor: User, proposal: AllowanceProposal) -> bool:
    return holds(actor, Right.DECIDE, proposal, FUNDING_LEVEL[Funding(proposal.funding)])


def office_of(proposal: AllowanceProposal) -> str:
    """Who approves it: the level that funds."""
    return OFFICE[FUNDING_LEVEL[Funding(proposal.funding)]]


def require_other(actor: User, proposal: AllowanceProposal, act: str) -> None:
    """Four eyes: whoever took an earlier step does not take the next."""
    role = {proposal.proposed_by_id: "pengusul", proposal.forwarded_by_id: "yang meneruskan"}.get(actor.pk)
    if role:
        raise Refusal(
            f"Tidak bisa {act}: Anda {role} daftar ini.",
            f"Minta pejabat lain yang berwenang di kantor Anda. {NOBODY_LIFTS}",
            rule="empat_mata",
        )


def require_forwarder(actor: User, proposal: AllowanceProposal) -> None:
    require_other(actor, proposal, "diteruskan")
    if not may_forward(actor, proposal):
        raise Refusal(
            "Tidak bisa diteruskan di sini: yang meneruskan daftar ini ke Kementerian Sosial adalah Dinas Sosial "
            "provinsi.",
            "Minta pejabat provinsi yang berwenang meneruskan usulan.",
            rule="tingkat_provinsi",
        )


def require_approver(actor: User, proposal: AllowanceProposal) -> None:
    require_other(actor, proposal, "disetujui")
    if not may_approve(actor, proposal):
        office = office_of(proposal)
        raise Refusal(
            f"Tidak bisa disetujui di sini: daftar ini didanai {proposal.get_funding_display()}, jadi yang "
            f"menyetujui adalah {office}.",
            f"Minta pejabat {office} yang berwenang memutuskan.",
            rule="tingkat_pendana",
        )


# --- steps --------------------------------------------------------------------


def require_step(proposal: AllowanceProposal, then: str) -> None:
    if not ALLOWANCE.may_follow(proposal.state, then):
        raise wrong_step(ALLOWANCE, "Daftar tali asih ini", proposal.state, then)


def require_line_step(line: AllowanceLine, then: str) -> None:
    if not ALLOWANCE_LINE.may_follow(line.state, then):
        raise wrong_step(ALLOWANCE_LINE, "Baris ini", line.state, then)


def wrong_step(machine: Machine, what: str, now: str, then: str) -> Refusal:
    before = " atau ".join(f"“{machine.label(state)}”" for state in machine.sources_of(then)) or "daftar baru"
    return Refusal(
        f"{what} tidak bisa menjadi “{machine.label(then)}”: sekarang “{machine.label(now)}”.",
        f"Langkah ini hanya sesudah {before}. {NOBODY_LIFTS}",
        rule="urutan_keadaan",
    )


def not_a_draft(proposal: AllowanceProposal) -> Refusal:
    return Refusal(
        f"Daftar ini tidak bisa diubah: sekarang “{proposal.get_state_display()}”.",
        "Isinya hanya berubah selama disusun. Minta tingkat yang memegangnya mengembalikan dengan catatan.",
        rule="daftar_terkunci",
    )


def undecided(many: int) -> Refusal:
    return Refusal(
        f"Tidak bisa diajukan: {many} orang yang berhak belum diputuskan.",
        f"Usulkan, atau catat mengapa tidak diusulkan. Setiap orang berhak tahu keputusannya. {NOBODY_LIFTS}",
        rule="belum_diputuskan",
    )


def missing(many: int) -> Refusal:
    return Refusal(
        f"Tidak bisa diajukan: {many} orang yang berhak belum ada di daftar, atau haknya berubah sejak daftar diisi.",
        f"Isi daftar lagi, lalu putuskan mereka. {NOBODY_LIFTS}",
        rule="daftar_tidak_lengkap",
    )


def nobody(proposal: AllowanceProposal) -> Refusal:
    return Refusal(
        f"Tidak bisa diajukan: tidak ada yang diusulkan untuk {label_of(proposal.period)}.",
        "Usulkan sedikitnya satu orang, atau biarkan daftar ini sebagai catatan siapa yang tidak diusulkan.",
        rule="daftar_kosong",
    )


def no_rate(proposal: AllowanceProposal) -> Refusal:
    return Refusal(
        f"Besaran tali asih {proposal.pillar} pada {label_of(proposal.period)} belum tercatat untuk {proposal.region}.",
        "Minta admin pusat mencatat besaran dan sumbernya (perintah set_allowance).",
        rule="besaran_belum_ada",
    )


def not_forwarded(proposal: AllowanceProposal) -> Refusal:
    return Refusal(
        "Tidak bisa disetujui: daftar berdana APBN belum diteruskan provinsi.",
        f"Minta Dinas Sosial provinsi meneruskannya dahulu. {NOBODY_LIFTS}",
        rule="lewat_provinsi",
    )


def not_to_forward(proposal: AllowanceProposal) -> Refusal:
    return Refusal(
        f"Tidak bisa diteruskan: daftar ini didanai {proposal.get_funding_display()}, jadi {office_of(proposal)} "
        "langsung menyetujuinya.",
        "Hanya daftar berdana APBN diteruskan ke Kementerian Sosial.",
        rule="tingkat_pendana",
    )


def no_returner(proposal: AllowanceProposal) -> Refusal:
    return Refusal(
        "Tidak bisa dikembalikan: daftar ini dipegang tingkat lain.",
        f"Yang mengembalikan adalah pengusulnya, provinsi, atau {office_of(proposal)}.",
        rule="tingkat_pendana",
    )


def day_until(name: str, day: date, *, earliest: date, why: str, today: date) -> date:
    """`day` itself when it lies from `earliest` to `today`. Raises ValidationError on the field `name`."""
    if day > today:
        raise ValidationError({name: f"Tanggal {tanggal(day)} belum tiba; yang dicatat adalah yang sudah terjadi."})
    if day < earliest:
        raise ValidationError({name: f"Tanggal {tanggal(day)} mendahului {why} ({tanggal(earliest)})."})
    return day
