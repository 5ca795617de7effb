"""Every "no" about participation and SK penetapan: what happened, the rule, the remedy, who can lift it."""

from assistance.models import Participation, Proposal
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
