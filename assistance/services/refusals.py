"""Every "no" about lines and graduations: what happened, the rule, the remedy, and who can lift it."""

from datetime import date

from assistance.models import (
    AtensiCase,
    Batch,
    Beneficiary,
    Disbursement,
    Graduation,
    GraduationCase,
    Participation,
    Proposal,
)
from assistance.states import LINE, State
from pilar.core.errors import Refusal
from pilar.core.formatting import rupiah, tanggal
from pilar.core.machines import Machine
from pilar.core.models import Region

NOBODY_LIFTS = "Aturan ini tidak dapat dikecualikan."
MOVED_AWAY = "penerima yang tercatat di wilayah lain"
ADMIN_MENDS = "Bila pencatatan sebelumnya keliru, minta admin pusat memperbaikinya."


def who(row: AtensiCase | Disbursement | Graduation | GraduationCase | Participation | Proposal) -> str:
    """The beneficiary's name, as far as the acting user's area still holds the person."""
    try:
        return row.beneficiary.name
    except Beneficiary.DoesNotExist:
        return MOVED_AWAY


def over_ceiling(batch: Batch, total: int) -> Refusal:
    return Refusal(
        f"Jumlah daftar menjadi {rupiah(total)}, melebihi pagu {rupiah(batch.ceiling)} "
        f"sebesar {rupiah(total - batch.ceiling)}.",
        "Periksa jumlahnya. Pagu hanya berubah dengan revisi bernomor oleh pejabat yang berwenang atas dana "
        f"{batch.get_funding_display()}.",
        rule="pagu",
    )


def second_line(line: Disbursement) -> Refusal:
    state = line.get_state_display()
    remedy = "Bila tahapnya lain, pilih daftar tahap itu."
    if line.state == State.DEPOSITED:
        remedy = "Uangnya sudah disetor ke kas; bila masih berhak, muat ia di daftar tahap berikut."
    if line.state == State.RETURNED:
        remedy = "Buka baris itu, lalu pilih “Bayar ulang”."
    return Refusal(
        f"{who(line)} sudah ada di daftar ini: {rupiah(line.amount)}, {state}.",
        f"Satu orang mendapat satu baris per daftar. {remedy} {NOBODY_LIFTS}",
        rule="satu_baris_per_orang",
    )


def outside_batch(batch: Batch, region: Region) -> Refusal:
    return Refusal(
        f"{region.name} ({region.dotted or 'nasional'}) berada di luar wilayah daftar ini, {batch.region.name}.",
        "Pilih wilayah di dalamnya, atau pakai daftar wilayah penerima itu.",
        rule="wilayah_daftar",
    )


def batch_elsewhere() -> Refusal:
    return Refusal(
        "Daftar penyaluran ini dikelola di luar wilayah Anda.",
        "Minta Dinas Sosial yang mengelola daftar itu, biasanya provinsi, mencatatnya.",
        rule="daftar_wilayah_lain",
    )


def unknown_beneficiary() -> Refusal:
    return Refusal(
        "Penerima manfaat itu tidak ada di wilayah Anda.",
        "Cari lagi namanya; bila ia pindah, minta Dinas Sosial provinsi memindahkan datanya.",
        rule="penerima_tidak_ada",
    )


def not_a_first_state(state: str) -> Refusal:
    return Refusal(
        f"Baris baru tidak bisa langsung berkeadaan “{LINE.label(state)}”.",
        f"Mulai dengan “{State.DECIDED.label}” atau “{State.PAID.label}”, lalu catat langkah berikutnya. "
        f"{NOBODY_LIFTS}",
        rule="urutan_keadaan",
    )


def unknown_step(line: Disbursement, then: State) -> Refusal:
    before = " atau ".join(f"“{LINE.label(state)}”" for state in LINE.sources_of(then)) or "baris baru"
    return Refusal(
        f"Baris {who(line)} tidak bisa menjadi “{then.label}”: sekarang “{line.get_state_display()}”.",
        f"Langkah ini hanya sesudah {before}. {NOBODY_LIFTS} {ADMIN_MENDS}",
        rule="urutan_keadaan",
    )


def not_returned(line: Disbursement) -> Refusal:
    return Refusal(
        f"Baris {who(line)} tidak bisa dibayar ulang: sekarang “{line.get_state_display()}”.",
        f"Yang dibayar ulang hanya baris yang sudah dicatat retur. {NOBODY_LIFTS}",
        rule="bayar_ulang",
    )


def repaid_already(old: Disbursement, again: Disbursement) -> Refusal:
    paid = f" pada {tanggal(again.paid_on)}" if again.paid_on else ""
    return Refusal(
        f"Baris {who(old)} sudah dibayar ulang{paid} (baris {again.pk}).",
        f"Lanjutkan dari baris itu. {NOBODY_LIFTS}",
        rule="bayar_ulang",
    )


def returned_is_history(line: Disbursement) -> Refusal:
    return Refusal(
        f"Baris {who(line)} sudah dikembalikan (retur), jadi tidak dikoreksi lagi.",
        f"Pakai “Bayar ulang”, lalu koreksi baris yang baru. {ADMIN_MENDS}",
        rule="retur_tetap",
    )


def money_moved(line: Disbursement) -> Refusal:
    return Refusal(
        f"Baris {who(line)} tidak bisa dihapus: sekarang “{line.get_state_display()}”.",
        f"Yang sudah disalurkan tetap tercatat; catat retur bila uangnya kembali. {NOBODY_LIFTS}",
        rule="hapus_baris",
    )


def graduated_already(person: Beneficiary, earlier: Graduation) -> Refusal:
    return Refusal(
        f"{person.name} sudah lulus dari {earlier.programme} pada {tanggal(earlier.decided_on)}.",
        "Batalkan graduasi itu dahulu bila keliru. Masuk kembali hanya lewat usulan baru, dan lulus lagi hanya sesudah "
        "menerima kembali.",
        rule="graduasi_sekali",
    )


def cancelled_already(on: date) -> Refusal:
    return Refusal(
        f"Graduasi ini sudah dibatalkan pada {tanggal(on)}.",
        f"Catat graduasi baru bila keluarga itu lulus lagi. {NOBODY_LIFTS}",
        rule="batal_sekali",
    )


def wrong_step(machine: Machine, what: str, now: str, then: str) -> Refusal:
    """No such step in the table of that machine; `what` names the row ("Usulan Siti Aminah")."""
    before = " atau ".join(f"“{machine.label(state)}”" for state in machine.sources_of(then))
    return Refusal(
        f"{what} tidak bisa menjadi “{machine.label(then)}”: sekarang “{machine.label(now)}”.",
        f"Langkah ini hanya sesudah {before}. {NOBODY_LIFTS} {ADMIN_MENDS}",
        rule="urutan_keadaan",
    )
