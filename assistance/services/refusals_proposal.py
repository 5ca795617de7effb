"""Every "no" about usulan: what happened, the rule, the remedy, who can lift it."""

from collections.abc import Sequence

from assistance.models import Proposal
from assistance.services.refusals import NOBODY_LIFTS
from assistance.states import PARTICIPATION, PROPOSAL
from personnel.models import Assignment
from pilar.core.errors import Refusal

SHOWN = 3


def proposed_already(name: str, programme: str, state: str) -> Refusal:
    return Refusal(
        f"{name} sudah diusulkan untuk {programme}: “{PROPOSAL.label(state)}”.",
        "Lanjutkan usulan itu; bila keliru, minta Dinas Sosial pengusulnya menariknya. "
        f"Satu orang hanya punya satu usulan terbuka per program. {NOBODY_LIFTS}",
        rule="usulan_ganda",
    )


def takes_part_already(name: str, programme: str, state: str) -> Refusal:
    return Refusal(
        f"{name} sudah terdaftar dalam {programme}: “{PARTICIPATION.label(state)}”.",
        "Tidak perlu diusulkan lagi. Bila penyalurannya dihentikan sementara, selesaikan sebabnya lalu lanjutkan "
        f"kepesertaannya. {NOBODY_LIFTS}",
        rule="peserta_ganda",
    )


def in_a_decree(name: str, decree: object) -> Refusal:
    return Refusal(
        f"Usulan {name} tidak bisa ditarik: namanya sudah dimasukkan ke {decree}.",
        "Keluarkan dahulu namanya dari SK itu, selama SK belum ditetapkan; penyusun SK di Dinas Sosial dapat "
        "melakukannya.",
        rule="usulan_dalam_sk",
    )


def none_chosen() -> Refusal:
    return Refusal("Belum ada usulan yang dipilih.", "Centang paling sedikit satu usulan.", rule="tanpa_pilihan")


def not_all_known(missing: int) -> Refusal:
    return Refusal(
        f"{missing} usulan yang dipilih tidak ada di wilayah Anda, jadi tidak satu pun ditugaskan.",
        "Muat ulang daftarnya, lalu pilih lagi.",
        rule="usulan_tidak_ada",
    )


def not_waiting(names: Sequence[str], proposal: Proposal) -> Refusal:
    return Refusal(
        f"Petugas tidak ditunjuk: {_some(names)} tidak lagi menunggu verval "
        f"(sekarang “{PROPOSAL.label(proposal.state)}”).",
        f"Pilih hanya usulan yang “{PROPOSAL.label(Proposal.State.PROPOSED)}”. {NOBODY_LIFTS}",
        rule="urutan_keadaan",
    )


def outside_area(names: Sequence[str], companion: str, area: str) -> Refusal:
    return Refusal(
        f"{companion} bertugas di {area}, yang tidak mencakup tempat tinggal {_some(names)}.",
        "Pilih petugas yang wilayah kerjanya mencakup semuanya, atau bagi usulannya. Wilayah kerja diubah lewat "
        "penugasan di halaman personel.",
        rule="wilayah_petugas",
    )


def not_on_duty(assignment: Assignment, companion: str) -> Refusal:
    return Refusal(
        f"Penugasan {companion} di {assignment.region} tidak berlaku hari ini.",
        "Pilih petugas lain, atau minta pengelola personel memperbarui penugasannya.",
        rule="petugas_tidak_bertugas",
    )


def unknown_companion() -> Refusal:
    return Refusal(
        "Petugas itu tidak ada di wilayah Anda.",
        "Pilih petugas dari daftar. Petugas wilayah lain ditunjuk oleh Dinas Sosial yang mengelolanya.",
        rule="petugas_tidak_ada",
    )


def _some(names: Sequence[str]) -> str:
    """ "Siti, Umar, Dewi, dan 12 orang lain" """
    shown = ", ".join(names[:SHOWN])
    return f"{shown}, dan {len(names) - SHOWN} orang lain" if len(names) > SHOWN else shown
