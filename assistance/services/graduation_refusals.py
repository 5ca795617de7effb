"""Every "no" about the way out in phases: what happened, the rule, the remedy, and who can lift it."""

from collections.abc import Sequence
from datetime import date

from assistance.models import Beneficiary, GraduationCase
from assistance.services.entry import HIGHER_ADMIN
from assistance.services.refusals import NOBODY_LIFTS, who
from pilar.core.errors import Refusal
from pilar.core.formatting import tanggal
from pilar.core.models import Programme


def not_a_recipient(person: Beneficiary, programme: Programme, on: date) -> Refusal:
    return Refusal(
        f"{person.name} tidak tercatat sebagai peserta atau keluarga dampingan {programme} pada {tanggal(on)}.",
        "Yang diusulkan lulus hanya yang sedang menerima. Periksa programnya dan tanggalnya, atau catat dahulu "
        f"kepesertaan atau dampingannya. {NOBODY_LIFTS}",
        rule="graduasi_bukan_peserta",
    )


def case_open(case: GraduationCase, name: str) -> Refusal:
    return Refusal(
        f"Proses graduasi {name} dari {case.programme} masih berjalan: “{case.get_state_display()}”.",
        f"Teruskan proses itu sampai keluar, ditolak, atau dibatalkan. {NOBODY_LIFTS}",
        rule="graduasi_berjalan",
    )


def proposer_decides() -> Refusal:
    return Refusal(
        "Tidak bisa diputuskan: Anda pengusul graduasi ini.",
        "Minta pejabat lain yang berwenang memutuskan di kantor Anda. Aturan ini tidak dapat dikecualikan.",
        rule="empat_mata",
    )


def recorder_confirms() -> Refusal:
    return Refusal(
        "Tidak bisa dikonfirmasi: Anda yang mencatat graduasi ini.",
        "Minta pejabat lain yang berwenang memutuskan di kantor Anda. Aturan ini tidak dapat dikecualikan.",
        rule="empat_mata",
    )


def confirmed_already(on: date) -> Refusal:
    return Refusal(
        f"Graduasi ini sudah dikonfirmasi pada {tanggal(on)} dan sudah dihitung.",
        "Tidak ada yang perlu dilakukan.",
        rule="konfirmasi_sekali",
    )


def assessor_elsewhere(name: str, on: date) -> Refusal:
    return Refusal(
        f"Penilai itu tidak bertugas di wilayah {name} pada {tanggal(on)}.",
        "Pilih pendamping keluarga itu, atau petugas yang wilayah kerjanya meliputi tempat tinggalnya.",
        rule="penilai",
    )


def condition_unmet(case: GraduationCase, conditions: Sequence[str]) -> Refusal:
    return Refusal(
        f"{who(case)} tidak bisa diputuskan {case.get_kind_display()}: syaratnya belum terpenuhi "
        f"({'; '.join(conditions)}).",
        f"Tolak usulan ini, lalu usulkan dengan jenis yang sesuai keadaannya. {NOBODY_LIFTS}",
        rule="syarat_graduasi",
    )


def moved_away() -> Refusal:
    return Refusal(
        "Keluarga ini kini tercatat di wilayah lain, jadi tidak bisa diputuskan dari sini.",
        "Minta Dinas Sosial provinsi memutuskan, atau tolak proses ini dan minta wilayah barunya mengusulkan.",
        rule="penerima_tidak_ada",
    )


def participation_hidden() -> Refusal:
    return Refusal(
        "Tidak bisa dicatat oleh Anda: kepesertaan keluarga ini tidak terbuka untuk akun Anda, dan ia berakhir karena "
        "graduasi ini.",
        f"Minta petugas yang berwenang membuka data pribadi mencatatnya. {HIGHER_ADMIN}",
        rule="data_pribadi",
    )


def cancel_in_case() -> Refusal:
    return Refusal(
        "Graduasi ini bagian dari proses yang masih dalam masa transisi.",
        "Buka prosesnya, lalu pilih “Batalkan graduasi” di sana.",
        rule="graduasi_berjalan",
    )
