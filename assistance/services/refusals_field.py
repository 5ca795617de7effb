"""Every "no" about verval and usul-sanggah: what happened, the rule, the remedy, and who can lift it."""

from assistance.models import Objection, Verification
from assistance.services.entry import HIGHER_ADMIN
from assistance.services.refusals import NOBODY_LIFTS
from pilar.core.errors import Refusal
from pilar.core.formatting import tanggal
from pilar.core.models import Programme


def nothing_to_verify(name: str, programme: Programme) -> Refusal:
    return Refusal(
        f"{name} tidak bisa diverval untuk {programme}: tidak ada usulan yang menunggu, kepesertaan yang berjalan, "
        "atau sanggahan yang terbuka.",
        "Ajukan usulannya dahulu. Bila sudah ada tetapi tidak tampak, minta petugas yang wewenangnya mencakup "
        "wilayah dan kelompok orang itu mencatatnya.",
        rule="tanpa_usulan",
    )


def waits_for_decree(name: str, programme: Programme) -> Refusal:
    return Refusal(
        f"Usulan {name} untuk {programme} sudah diverval layak dan menunggu SK.",
        "Bila keadaannya berubah, minta pengusul menarik usulan itu, atau minta penyusun SK mengembalikannya "
        f"untuk verval ulang. {NOBODY_LIFTS}",
        rule="menunggu_sk",
    )


def verified_that_day(name: str, earlier: Verification) -> Refusal:
    return Refusal(
        f"Verval {name} untuk program itu pada {tanggal(earlier.verified_on)} sudah dicatat: "
        f"{earlier.get_result_display()}.",
        f"Satu orang diverval paling banyak satu kali sehari per program. {NOBODY_LIFTS}",
        rule="verval_sekali_sehari",
    )


def stops_payment(name: str, programme: Programme) -> Refusal:
    return Refusal(
        f"Hasil tidak layak menghentikan penyaluran {programme} bagi {name}, dan Anda hanya berwenang memeriksa.",
        f"Minta petugas Dinas Sosial yang mengisi data mencatat hasil ini atas nama petugas vervalnya. {HIGHER_ADMIN}",
        rule="wewenang",
    )


def filed_already(name: str, earlier: Objection) -> Refusal:
    return Refusal(
        f"{earlier.get_kind_display().capitalize()} tentang {name} dari {earlier.filed_by} pada "
        f"{tanggal(earlier.filed_on)} sudah dicatat dan belum dijawab.",
        "Jawab yang itu dahulu; keterangan tambahan ditulis dalam jawabannya.",
        rule="sanggah_ganda",
    )
