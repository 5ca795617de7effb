"""Every "no" about participation and SK penetapan: what happened, the rule, the remedy, who can lift it."""

from collections.abc import Sequence

from assistance.models import Decree, Participation, Proposal
from assistance.services.entry import HIGHER_ADMIN
from assistance.services.refusals import NOBODY_LIFTS, who
from assistance.states import PROPOSAL
from pilar.core.errors import Refusal
from pilar.core.formatting import tanggal


def not_found_fit(proposal: Proposal) -> Refusal:
    return Refusal(
        f"{who(proposal)} belum bisa menjadi calon penerima: usulannya “{PROPOSAL.label(proposal.state)}”.",
        f"Calon hanya berasal dari usulan yang dinyatakan layak oleh verval. {NOBODY_LIFTS}",
        rule="calon_tanpa_verval",
    )


def enrolled_already(name: str, programme: str, known: Participation | None) -> Refusal:
    """`known` is None when the other participation lies outside the actor's area."""
    where = "di wilayah lain"
    if known is not None:
        since = f" sejak {tanggal(known.active_from)}" if known.active_from else ""
        where = f"sebagai “{known.get_state_display()}”{since}"
    return Refusal(
        f"{name} sudah terdaftar dalam {programme} {where}; satu orang hanya punya satu kepesertaan per program.",
        f"Lanjutkan kepesertaan itu, atau akhiri dahulu bila memang sudah selesai. {NOBODY_LIFTS}",
        rule="peserta_ganda",
    )


def needs_reentry_reason(name: str, programme: str) -> Refusal:
    return Refusal(
        f"{name} pernah menerima {programme} dan sudah keluar, jadi tidak bisa masuk lagi tanpa alasan.",
        "Tulis alasan masuk kembali pada usulannya. Dinas Sosial kabupaten/kota yang mengusulkan mengisinya.",
        rule="masuk_kembali",
    )


def not_to_be_active(sentence: str) -> Refusal:
    return Refusal(
        f"Kepesertaan tidak bisa diaktifkan: {sentence}",
        "Perbaiki catatan itu dahulu bila keliru; bila benar, akhiri kepesertaannya.",
        rule="tidak_boleh_aktif",
    )


NAMED = 5  # names in one sentence; the page lists them all


def not_a_draft(decree: Decree) -> Refusal:
    remedy = f"SK yang sudah ditetapkan tetap seperti adanya; buat SK baru untuk perubahan. {NOBODY_LIFTS}"
    if decree.state == Decree.State.PROPOSED:
        remedy = "Minta pejabat mengembalikannya dahulu, atau tarik kembali bila Anda pengusulnya."
    return Refusal(
        f"Nama dalam SK ini tidak bisa diubah: sekarang “{decree.get_state_display()}”.", remedy, rule="sk_terkunci"
    )


def empty_decree(decree: Decree) -> Refusal:
    return Refusal(
        f"“{decree.title}” belum memuat nama, jadi tidak bisa {_passive(decree)}.",
        f"Isi dari calon penerima dahulu. Calon ada bila usulannya sudah dinyatakan layak oleh verval. {NOBODY_LIFTS}",
        rule="sk_kosong",
    )


def hidden_names(decree: Decree, hidden: int) -> Refusal:
    return Refusal(
        f"SK ini memuat {hidden} nama dari kelompok yang data pribadinya belum boleh Anda buka, jadi tidak bisa "
        f"{_passive(decree)} oleh Anda: SK berlaku untuk semua namanya atau tidak sama sekali.",
        f"Minta petugas yang berwenang membuka data pribadi melakukannya. {HIGHER_ADMIN}",
        rule="data_pribadi",
    )


def faulty_names(decree: Decree, sentences: Sequence[str], total: int) -> Refusal:
    """`sentences` of the first few; `total` names are at fault."""
    more = f" Dan {total - len(sentences)} nama lain." if total > len(sentences) else ""
    remedy = "Keluarkan nama itu atau perbaiki datanya, lalu ajukan lagi."
    if decree.state == Decree.State.PROPOSED:
        remedy = "Kembalikan SK ini dengan catatan, supaya nama itu dikeluarkan atau datanya diperbaiki."
    return Refusal(
        f"SK ini tidak bisa {_passive(decree)}: {total} nama tidak memenuhi syarat. {' '.join(sentences)}{more}",
        f"{remedy} {NOBODY_LIFTS}",
        rule="nama_tidak_memenuhi_syarat",
    )


def no_returner(decree: Decree) -> Refusal:
    return Refusal(
        "SK ini hanya dikembalikan oleh pejabat yang berwenang menetapkannya, atau ditarik oleh pengusulnya.",
        f"Hubungi salah satu dari keduanya; sumber dananya {decree.get_funding_display()}.",
        rule="wewenang",
    )


def name_elsewhere(row: Participation) -> Refusal:
    return Refusal(
        f"{who(row)} tidak tercantum dalam SK ini sebagai calon.",
        "Muat ulang halaman; mungkin petugas lain sudah mengeluarkannya.",
        rule="nama_tidak_tercantum",
    )


def unknown_name() -> Refusal:
    return Refusal(
        "Salah satu nama yang dipilih tidak ada di wilayah Anda.",
        "Muat ulang halaman, lalu pilih lagi.",
        rule="nama_tidak_tercantum",
    )


def no_candidate(row: Participation) -> Refusal:
    return Refusal(
        f"{who(row)} tidak bisa dikembalikan ke verval: sekarang “{row.get_state_display()}”.",
        f"Hanya calon yang belum ditetapkan kembali ke verval. Tangguhkan atau akhiri kepesertaannya. {NOBODY_LIFTS}",
        rule="urutan_keadaan",
    )


def candidate_in_proposal(row: Participation) -> Refusal:
    return Refusal(
        f"{who(row)} tercantum dalam SK yang sedang menunggu penetapan, atau yang disusun wilayah di atas Anda.",
        "Minta pejabat mengembalikan SK itu bersama nama ini, atau minta penyusunnya mengeluarkan nama ini dahulu.",
        rule="sk_terkunci",
    )


def _passive(decree: Decree) -> str:
    return "ditetapkan" if decree.state == Decree.State.PROPOSED else "diajukan"
