"""Every "no" about result files: what happened, the rule, the remedy, and who can lift it."""

from assistance.models import ResultFile
from assistance.services.refusals import NOBODY_LIFTS
from pilar.core.errors import Refusal
from pilar.core.formatting import waktu


def uploaded_already(earlier: ResultFile, names: dict[int, str]) -> Refusal:
    """The same content for the same list; `names` of the officers whom the reader may know."""
    return Refusal(
        f"Isi berkas ini sudah diunggah untuk daftar ini sebagai “{earlier.name}” oleh "
        f"{_officer(earlier.uploaded_by_id, names)} pada {waktu(earlier.uploaded_at)}; {_fate(earlier, names)}.",
        f"Buka berkas itu. Isi yang sama tidak diterapkan dua kali. {NOBODY_LIFTS}",
        rule="berkas_hasil_dua_kali",
    )


def applied_already(file: ResultFile, names: dict[int, str]) -> Refusal:
    return Refusal(
        f"Berkas “{file.name}” tidak bisa diterapkan lagi: {_fate(file, names)}.",
        f"Tiap berkas diterapkan satu kali. Perbaikan diunggah sebagai berkas baru. {NOBODY_LIFTS}",
        rule="berkas_hasil_dua_kali",
    )


def _fate(file: ResultFile, names: dict[int, str]) -> str:
    if file.applied_at:
        return f"diterapkan oleh {_officer(file.applied_by_id, names)} pada {waktu(file.applied_at)}"
    return str(ResultFile.State(file.state).label)


def _officer(pk: int | None, names: dict[int, str]) -> str:
    return names.get(pk, "petugas di luar wilayah Anda") if pk else "petugas"


def no_good_rows(file: ResultFile) -> Refusal:
    return Refusal(
        f"Tidak ada baris berkas “{file.name}” yang cocok dengan daftar ini, jadi tidak ada yang diterapkan.",
        "Unduh baris bermasalah, perbaiki, unggah berkas yang baru, lalu buang yang ini.",
        rule="tanpa_baris_cocok",
    )


def job_open_for(file: ResultFile) -> Refusal:
    return Refusal(
        f"Berkas “{file.name}” sedang dikerjakan, jadi belum bisa dibuang.",
        "Batalkan dahulu pekerjaannya, lalu ulangi.",
        rule="pekerjaan_ganda",
    )
