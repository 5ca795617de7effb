"""Every "no" about a list and its approval: what happened, the rule, the remedy, and who can lift it."""

from collections.abc import Mapping, Sequence

from assistance.models import Batch
from assistance.reading_proof import Asked, rule_shown
from assistance.services.refusals import NOBODY_LIFTS
from pilar.core.errors import Refusal
from pilar.core.formatting import angka, rupiah, tanggal

Approval = Batch.Approval


def contents_frozen(batch: Batch) -> Refusal:
    """Lines come, go and change their sums only while a list is drafted."""
    remedy = {
        Approval.PROPOSED: "Minta pejabat yang memeriksanya mengembalikan daftar ini dengan catatan, lalu ubah.",
        Approval.APPROVED: f"Perubahan dimuat di daftar tahap berikut. {NOBODY_LIFTS}",
        Approval.CLOSED: f"Catat retur untuk yang tidak jadi menerima; yang lain dimuat di daftar lain. {NOBODY_LIFTS}",
    }.get(Approval(batch.approval), NOBODY_LIFTS)
    return Refusal(
        f"Isi daftar ini tidak bisa diubah: sekarang “{batch.get_approval_display()}”.", remedy, rule="isi_beku"
    )


def not_payable(batch: Batch) -> Refusal:
    """Money moves only after final closing."""
    if batch.approval == Approval.SETTLED:
        return Refusal(
            "Daftar ini sudah selesai: tiap barisnya sudah jelas akhirnya, jadi tidak ada yang berubah lagi.",
            f"Pembayaran lain dimuat di daftar lain. {NOBODY_LIFTS}",
            rule="daftar_selesai",
        )
    return Refusal(
        f"Belum bisa disalurkan: daftar ini “{batch.get_approval_display()}”.",
        f"Uang atau barang baru disalurkan sesudah daftar disetujui dan final closing. {NOBODY_LIFTS}",
        rule="belum_ditutup",
    )


def not_a_participant(name: str, batch: Batch) -> Refusal:
    return Refusal(
        f"{name} bukan penerima aktif {batch.programme.name}.",
        "Daftar yang disetujui di PILAR hanya memuat penerima aktif. Usulkan orangnya, lakukan verval, lalu tetapkan "
        "dalam SK.",
        rule="bukan_peserta",
    )


def decree_unfit(why: str) -> Refusal:
    return Refusal(f"SK itu tidak bisa dipakai untuk daftar ini: {why}.", "Pilih SK lain.", rule="sk_tidak_sesuai")


def filled_over_ceiling(batch: Batch, added: int, total: int) -> Refusal:
    return Refusal(
        f"{angka(added)} penerima × {rupiah(batch.portion)} membuat jumlah daftar {rupiah(total)}, melebihi pagu "
        f"{rupiah(batch.ceiling)} sebesar {rupiah(total - batch.ceiling)}. Tidak satu baris pun ditambahkan.",
        f"Minta pejabat yang berwenang atas dana {batch.get_funding_display()} merevisi pagu, atau kurangi banyaknya "
        "satuan per penerima.",
        rule="pagu",
    )


def nothing_to_propose() -> Refusal:
    return Refusal(
        "Daftar ini belum bisa diajukan: belum ada penerimanya.",
        "Isi dari penerima aktif, atau tambahkan penerima satu per satu.",
        rule="daftar_kosong",
    )


def unverified(batch: Batch, many: int, months: int) -> Refusal:
    accepted = batch.unverified_count or 0
    more = (
        f" Yang sudah diterima pejabat ({angka(accepted)} orang) tidak terhitung."
        if batch.unverified_accepted_by_id
        else ""
    )
    return Refusal(
        f"Final closing ditolak: {angka(many)} penerima di daftar ini belum diverval dalam {months} bulan "
        f"terakhir.{more}",
        "Lakukan verval terhadap mereka, atau minta pejabat yang berwenang memutuskan (bukan pengusul) menerima "
        "mereka dengan alasan tertulis.",
        rule="cakupan_verval",
    )


def nobody_unverified() -> Refusal:
    return Refusal(
        "Tidak ada yang perlu diterima: semua penerima di daftar ini sudah diverval.",
        "Lanjutkan dengan final closing.",
        rule="cakupan_verval",
    )


def not_settled(counts: dict[str, int]) -> Refusal:
    """`counts`: words of a state -> how many lines wait in it."""
    waiting = "; ".join(f"{angka(many)} baris {words}" for words, many in counts.items())
    return Refusal(
        f"Daftar ini belum bisa diselesaikan: {waiting}.",
        "Tiap baris harus diterima, atau returnya dibayar ulang atau disetor ke kas. Yang meninggal, sudah graduasi, "
        f"atau berakhir kepesertaannya tidak perlu disalurkan. {NOBODY_LIFTS}",
        rule="belum_selesai",
    )


def nothing_to_prove(name: str) -> Refusal:
    return Refusal(
        f"Belum ada yang dibuktikan: baris {name} belum disalurkan.",
        f"Catat penyalurannya dahulu, lalu unggah buktinya. {NOBODY_LIFTS}",
        rule="belum_disalurkan",
    )


def proof_missing(gaps: Mapping[Asked, Sequence[str]]) -> Refusal:
    """`gaps`: what is missing -> names of the first lines without it."""
    said = [_gap_words(gap, names) for gap, names in gaps.items()]
    sources = dict.fromkeys(gap.rule.source for gap in gaps)
    return Refusal(
        f"Daftar ini belum bisa diselesaikan karena buktinya belum lengkap: {'; '.join(said)}.",
        "Unggah di bagian Bukti daftar ini atau di halaman barisnya; saringan “bukti belum lengkap” menampilkan semua "
        f"barisnya. Syarat bukti menurut {'; '.join(sources)}, ditetapkan admin pusat.",
        rule="bukti_kurang",
    )


def _gap_words(gap: Asked, names: Sequence[str]) -> str:
    what = rule_shown(gap.rule)
    if not gap.lines:
        return f"daftar tanpa {what}"
    rest = gap.lines - len(names)
    more = f" dan {angka(rest)} lainnya" if rest else ""
    return f"{angka(gap.lines)} baris tanpa {what} ({', '.join(names)}{more})"


def below_decided(batch: Batch, after: int, decided: int) -> Refusal:
    return Refusal(
        f"Pagu {batch} tidak bisa menjadi {rupiah(after)}: baris yang sudah ditetapkan berjumlah {rupiah(decided)}, "
        f"lebih besar {rupiah(decided - after)}.",
        f"Kurangi barisnya dahulu, atau tetapkan pagu paling sedikit {rupiah(decided)}. {NOBODY_LIFTS}",
        rule="pagu_di_bawah_sk",
    )


def deposited_already(name: str, batch_day: object, detail: str) -> Refusal:
    day = f" pada {tanggal(batch_day)}" if batch_day else ""  # type: ignore[arg-type]
    return Refusal(
        f"Uang baris {name} sudah disetor ke kas negara{day} ({detail or 'tanpa rincian'}), jadi tidak bisa dibayar "
        "ulang.",
        f"Bila orangnya masih berhak, muat ia di daftar tahap berikut. {NOBODY_LIFTS}",
        rule="setor_kas_tetap",
    )


def nothing_to_move(words: str) -> Refusal:
    return Refusal(
        f"Tidak ada baris yang {words} dan boleh dilanjutkan.",
        "Periksa keadaan baris di daftar ini; yang dilewati disebut dengan alasannya.",
        rule="tidak_ada_baris",
    )


def not_goods(batch: Batch) -> Refusal:
    return Refusal(
        f"{batch.programme.name} disalurkan sebagai uang lewat {batch.programme.channel or 'bank'}, tidak dengan BAST.",
        "Catat penerimaannya per baris, atau dari berkas hasil salur.",
        rule="bukan_barang",
    )
