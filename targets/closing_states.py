"""The machine of a year's closing, an explicit table of steps, and what each state means to its readers."""

from pilar.core.machines import Machine, table
from targets.models import YearClosure
from targets.states import Words

State = YearClosure.State

#: nothing follows a closed year: a correction by decree is a new version beside it
CLOSURE = Machine(
    "penutupan tahun",
    State,
    (State.PROPOSED.value,),
    table({State.PROPOSED: (State.DECIDED, State.DROPPED), State.DECIDED: (State.CLOSED,)}),
)

WORDS: dict[str, Words] = {
    State.PROPOSED: Words(
        "Menunggu petugas lain Kementerian Sosial.", "Petugas selain pengusul menutup, atau membatalkannya.", "wait"
    ),
    State.DECIDED: Words(
        "Sudah diputuskan; pekerja sedang menyalin angkanya.", "Tunggu salinannya selesai, lalu muat ulang.", "wait"
    ),
    State.CLOSED: Words(
        "Angka tahun ini tetap. Laporan membacanya dari salinan; perubahan baris tampil sebagai koreksi.",
        "Selesai. Koreksi dengan dasar hukum dibuat sebagai versi baru.",
        "done",
    ),
    State.DROPPED: Words("Tidak jadi ditutup dengan usulan ini; sebabnya tercatat.", "Selesai.", "back"),
}
