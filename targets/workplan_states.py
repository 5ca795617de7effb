"""The machines of langkah bersama, explicit tables of steps, and what each state means to its readers."""

from dataclasses import dataclass

from pilar.core.machines import Machine, table
from targets.models import WorkPlan, WorkStep
from targets.place import full_name, office_name

_P, _S = WorkPlan.State, WorkStep.State

#: an agreed version ends: a change makes a new version
PLAN = Machine("langkah bersama", _P, (_P.DRAFT.value,), table({_P.DRAFT: (_P.AGREED,)}))

STEP = Machine(
    "langkah",
    _S,
    (_S.WAITING.value,),
    table({_S.WAITING: (_S.RUNNING, _S.CANCELLED), _S.RUNNING: (_S.DONE, _S.CANCELLED)}),
)

MACHINES = (PLAN, STEP)


@dataclass(frozen=True)
class Words:
    """`meaning` is a full sentence; `next_step` says what to do, and who; `tone` is that of its pill."""

    meaning: str
    next_step: str
    tone: str


WORDS: dict[str, Words] = {
    _P.DRAFT: Words(
        "Belum disepakati keempat pihak, jadi belum berlaku.",
        "Lengkapi langkah-langkahnya, lalu catat kesepakatan tiap pihak.",
        "wait",
    ),
    _P.AGREED: Words(
        "Keempat pihak sudah menyepakati versi ini; isinya tidak berubah lagi.",
        "Jalankan langkahnya. Perubahan dibuat sebagai versi baru, yang perlu disepakati keempat pihak lagi.",
        "done",
    ),
    _S.WAITING: Words("Belum dikerjakan.", "Penanggung jawab mencatat bila mulai dikerjakan.", "neutral"),
    _S.RUNNING: Words("Sedang dikerjakan penanggung jawabnya.", "Penanggung jawab mencatat bila selesai.", "wait"),
    _S.DONE: Words("Sudah dikerjakan.", "Selesai.", "done"),
    _S.CANCELLED: Words("Tidak jadi dikerjakan; sebabnya tercatat.", "Selesai.", "back"),
}


def owner_name(step: WorkStep) -> str:
    """Who must act, in words: "Dinas Sosial Kota Bengkulu", "para pendamping, Kota Bengkulu", another office's name."""
    if step.owner == WorkStep.Owner.OFFICE:
        return step.office
    if step.owner == WorkStep.Owner.COMPANIONS:
        return f"para pendamping, {full_name(step.owner_region)}"
    return office_name(step.owner_region)


#: the verb of each step a step can take, as buttons say it
ACTS = {_S.RUNNING: "Mulai", _S.DONE: "Selesai", _S.CANCELLED: "Batalkan"}
