"""Every "no" about an import: what happened, the rule, what to do, who can lift it."""

from pilar.core.errors import Refusal
from pilar.core.formatting import angka
from pilar.core.models import ImportSession

UPLOAD_AGAIN = "Unggah lagi walaupun isinya sama"


def same_file(earlier: ImportSession, when: str) -> Refusal:
    return Refusal(
        f"Isi berkas ini sudah diimpor {when} ({earlier.name}, {earlier.get_state_display()}).",
        f"Buka impor itu di daftar Impor berkas. Bila memang perlu diulang, centang “{UPLOAD_AGAIN}”.",
        rule="berkas_sama",
    )


def wrong_step(session: ImportSession) -> Refusal:
    return Refusal(
        f"Impor {session.name} {session.get_state_display()}, jadi langkah ini tidak bisa dilakukan.",
        "Muat ulang halamannya untuk melihat langkah yang tersedia.",
        rule="langkah",
    )


def not_yours(session: ImportSession) -> Refusal:
    return Refusal(
        f"Isi berkas {session.name} hanya dapat diperiksa dan disimpan oleh pengunggahnya, {session.user.name}.",
        "Minta ia melanjutkan, atau unggah berkas itu sendiri.",
        rule="pengunggah",
    )


def cleared(session: ImportSession) -> Refusal:
    return Refusal(
        f"Isi berkas {session.name} sudah dihapus karena masa simpannya lewat atau impornya selesai.",
        "Unggah lagi berkasnya.",
        rule="isi_dihapus",
    )


def nothing_to_save(session: ImportSession) -> Refusal:
    return Refusal(
        f"Tidak ada baris {session.name} yang perlu disimpan: semuanya sudah sama dengan data, atau bermasalah.",
        "Unduh baris yang bermasalah, perbaiki, lalu unggah berkas itu.",
        rule="tidak_ada_baris",
    )


def some_are_bad(bad: int) -> Refusal:
    return Refusal(
        f"Belum disimpan: {angka(bad)} baris masih bermasalah, dan Anda memilih semua baris atau tidak sama sekali.",
        "Perbaiki dahulu, atau simpan baris yang benar sekarang dan susulkan sisanya.",
        rule="semua_atau_tidak",
    )


def changed_meanwhile(rows: int) -> Refusal:
    return Refusal(
        f"Tidak ada yang disimpan: {angka(rows)} baris berubah sesudah berkas diperiksa.",
        "Periksa lagi berkasnya, lalu putuskan dengan isi yang baru.",
        rule="berubah",
    )


def too_many_rows(most: int) -> Refusal:
    return Refusal(
        f"Berkas ini berisi lebih dari {angka(most)} baris.",
        "Pecah menjadi beberapa berkas, lalu unggah satu per satu.",
        rule="banyak_baris",
    )


def no_rows() -> Refusal:
    return Refusal(
        "Tidak ada satu pun baris data di bawah judul yang dipilih.",
        "Pilih lembar atau baris judul yang lain, lalu periksa lagi.",
        rule="tidak_ada_baris",
    )


def out_of_reach() -> Refusal:
    return Refusal(
        "Impor ini tidak lagi di dalam wewenang petugas yang memulainya.",
        "Minta petugas yang berwenang mengunggah berkasnya.",
        rule="wewenang",
    )
