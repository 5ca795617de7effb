"""A result file from upload to money in hand: what matches, what is a fault, and what becomes of the lines."""

import io
from collections import Counter
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assistance.models import Batch, Disbursement, ResultFile, Step
from assistance.services import result_chunks, results
from assistance.services.approvals import batch_settle
from assistance.services.mass import lines_pay
from assistance.services.results import result_file_apply, result_file_drop
from assistance.tests.entries import field_of, rule_of
from assistance.tests.result_files import (
    TODAY,
    applied,
    checked,
    key,
    lines_of,
    matches,
    row,
    states,
    upload,
    work,
)
from pilar.core.models import AuditEvent, BudgetYear, Job, RegionGrant
from targets.engine.drain import drain_all
from targets.models import Achievement
from targets.tests.recount import differences
from tests import factories as make
from tests import factories_lists as lists


@pytest.fixture
def batch(cast) -> Batch:
    return make.make_batch()


def message_of(file: ResultFile, number: int = 2) -> str:
    return file.contents.get(number=number).message


# --- what a row may be ---------------------------------------------------------


def test_each_outcome_moves_its_line_and_leaves_a_history_row(cast, batch):
    lines = lines_of(batch, 3)
    file = checked(cast.owner, batch, row(lines[0]), row(lines[1], "tidak diambil", on=""), row(lines[2], "gagal"))
    assert (file.state, matches(file)) == ("diperiksa", ["cocok"] * 3)
    assert states(lines) == ["salur"] * 3
    applied(cast.owner, file)
    assert states(lines) == ["transaksi", "tidak_transaksi", "retur"]
    received, _, returned = Disbursement.objects.order_by("pk")
    assert (received.received_on, returned.returned_on) == (date(2024, 3, 20), date(2024, 3, 20))
    steps = Step.objects.filter(kind="baris").order_by("object_id")
    assert [(s.object_id, s.was, s.became, s.actor_id) for s in steps] == [
        (line.pk, "salur", then, cast.owner.pk)
        for line, then in zip(lines, ("transaksi", "tidak_transaksi", "retur"), strict=True)
    ]
    assert "hasil.csv" in steps[0].note


def test_a_line_not_taken_can_still_be_received_or_come_back(cast, batch):
    lines = lines_of(batch, 2, state="tidak_transaksi")
    file = checked(cast.owner, batch, row(lines[0]), row(lines[1], "retur"))
    applied(cast.owner, file)
    assert states(lines) == ["transaksi", "retur"]


def test_a_person_is_found_by_nik_and_his_live_line_is_meant(cast, batch):
    number = make.nik()
    person = make.make_beneficiary()
    person.set_nik(number)
    person.save()
    old = make.make_line(batch, person, state="retur", returned_on=date(2024, 4, 1))
    new = make.make_line(batch, person, paid_on=date(2024, 4, 2), repays_id=old.pk)
    file = checked(cast.owner, batch, f"{number};sukses;600.000;2024-05-01", head="NIK;Status;Nominal;Tgl")
    assert (matches(file), file.contents.get().line_id) == (["cocok"], new.pk)
    assert number not in str(list(file.contents.values()))


def test_key_and_nik_of_two_people_are_a_fault(cast, batch):
    line, number = lines_of(batch, 1)[0], make.nik()
    file = checked(
        cast.owner, batch, f"{key(line)};{number};berhasil;600000;20/03/2024", head="kunci;nik;hasil;jumlah;tanggal"
    )
    assert matches(file) == ["tidak_dikenal"]
    assert "dua orang yang berbeda" in message_of(file)


@pytest.mark.parametrize(
    ("changes", "kind", "word"),
    [
        ({"amount": 500_000}, "jumlah_beda", "Rp500.000, di daftar Rp600.000"),
        ({"on": "01/03/2024"}, "langkah", "mendahului tanggal salur 15/03/2024"),
        ({"outcome": "entah"}, "rusak", "“entah” tidak dikenal"),
        ({"amount": "seribu"}, "rusak", "bukan rupiah penuh"),
        ({"on": "31/02/2024"}, "rusak", "bukan tanggal"),
        ({"on": "01/01/2099"}, "rusak", "belum tiba"),
        ({"on": ""}, "rusak", "Kolom tanggal kosong"),
        ({"amount": "600\x00000"}, "rusak", "NUL"),
        ({"outcome": "x" * 300}, "rusak", "lebih dari 200 tanda"),
    ],
)
def test_each_fault_has_its_kind_and_its_sentence(cast, batch, changes, kind, word):
    line = lines_of(batch, 1)[0]
    file = checked(cast.owner, batch, row(line, **changes))
    assert matches(file) == [kind]
    assert word in message_of(file)


def test_a_line_of_another_list_and_a_key_of_another_year_are_unknown(cast, batch):
    line = lines_of(make.make_batch(), 1)[0]
    file = checked(cast.owner, batch, row(line), "2023-1;x;berhasil;600000;20/03/2024")
    assert matches(file) == ["tidak_dikenal"] * 2


def test_all_faults_of_a_row_are_told_at_once(cast, batch):
    file = checked(cast.owner, batch, "abc;x;entah;nol;kemarin")
    told = message_of(file)
    assert all(word in told for word in ("Kolom kunci", "Kolom hasil", "Kolom jumlah", "Kolom tanggal"))
    assert file.contents.get().written == "abc; x; entah; nol; kemarin"


@pytest.mark.parametrize(
    ("state", "outcome", "word"),
    [
        ("sk", "berhasil", "belum disalurkan"),
        ("transaksi", "retur", "diterima"),
        ("transaksi", "berhasil", "sudah berkeadaan"),
        ("retur", "berhasil", "dikembalikan"),
    ],
)
def test_a_step_the_table_does_not_know_is_a_fault(cast, batch, state, outcome, word):
    fields = {"returned_on": date(2024, 4, 1)} if state == "retur" else {}
    line = make.make_line(batch, make.make_beneficiary(), state=state, **fields)
    file = checked(cast.owner, batch, row(line, outcome))
    assert matches(file) == ["langkah"]
    assert word in message_of(file)


def test_a_list_that_is_not_closed_takes_no_results(cast):
    batch = lists.make_closed(make.make_beneficiary(), approval="disetujui")
    line = batch.lines.get()
    file = checked(cast.owner, batch, row(line))
    assert matches(file) == ["langkah"]
    assert "final closing" in message_of(file)
    assert rule_of(result_file_apply, actor=cast.owner, file=file, today=TODAY) == "belum_ditutup"


def test_a_closed_list_is_paid_read_back_and_settled_and_then_takes_no_results(cast):
    batch = lists.make_closed(make.make_beneficiary(), make.make_beneficiary())
    lines_pay(actor=cast.owner, batch=batch, on=date(2024, 3, 15), today=TODAY)
    one, two = batch.lines.order_by("pk")
    file = applied(cast.owner, checked(cast.owner, batch, row(one), row(two, "diserahkan")))
    assert (file.state, states([one, two])) == ("selesai", ["transaksi"] * 2)
    batch_settle(actor=cast.owner, batch=batch, today=TODAY)
    file = checked(cast.owner, batch, row(one, "retur"))
    assert (matches(file), "sudah selesai" in message_of(file)) == (["langkah"], True)


def test_equal_doubles_leave_the_first_and_different_ones_none(cast, batch):
    one, two = lines_of(batch, 2)
    rows = (row(one), row(two), row(one), row(two, "retur"))
    file = checked(cast.owner, batch, *rows)
    assert matches(file) == ["cocok", "ganda", "ganda", "ganda"]
    applied(cast.owner, file)
    assert states([one, two]) == ["transaksi", "salur"]


# --- the decision ----------------------------------------------------------------


def test_the_same_content_is_refused_with_who_and_when(cast, batch):
    line = lines_of(batch, 1)[0]
    applied(cast.owner, checked(cast.owner, batch, row(line)))
    with pytest.raises(Exception, match=r"hasil\.csv” oleh Owner pada .*; diterapkan oleh Owner pada"):
        upload(cast.colleague, batch, row(line), name="lain.csv")


def test_the_same_content_is_fine_for_another_list_and_after_a_drop(cast, batch):
    line = lines_of(batch, 1)[0]
    file = checked(cast.owner, batch, row(line))
    upload(cast.owner, make.make_batch(), row(line))
    result_file_drop(actor=cast.owner, file=file, note="salah berkas")
    assert matches(checked(cast.owner, batch, row(line))) == ["cocok"]


def test_a_file_is_applied_once(cast, batch):
    file = applied(cast.owner, checked(cast.owner, batch, row(lines_of(batch, 1)[0])))
    assert file.state == "selesai"
    assert rule_of(result_file_apply, actor=cast.owner, file=file, today=TODAY) == "berkas_hasil_dua_kali"
    assert rule_of(result_file_drop, actor=cast.owner, file=file, note="x") == "urutan_keadaan"


def test_an_unchecked_file_is_not_applied_and_a_useless_one_neither(cast, batch):
    file = upload(cast.owner, batch, "2024-1;x;berhasil;600000;20/03/2024")
    assert rule_of(result_file_apply, actor=cast.owner, file=file, today=TODAY) == "urutan_keadaan"
    assert rule_of(result_file_drop, actor=cast.owner, file=file, note="x") == "pekerjaan_ganda"
    work()
    file.refresh_from_db()
    assert rule_of(result_file_apply, actor=cast.owner, file=file, today=TODAY) == "tanpa_baris_cocok"
    assert field_of(result_file_drop, actor=cast.owner, file=file, note=" ") == {"note"}


def test_a_closed_year_asks_for_the_reason_and_keeps_it(cast, batch):
    line = lines_of(batch, 1)[0]
    file = checked(cast.owner, batch, row(line))
    BudgetYear.objects.filter(pk=2024).update(closed_on=date(2024, 6, 1))
    assert field_of(result_file_apply, actor=cast.owner, file=file, today=TODAY) == {"note"}
    result_file_apply(actor=cast.owner, file=file, today=TODAY, note="hasil bank terlambat")
    work()
    line.refresh_from_db()
    assert (line.state, line.detail) == ("transaksi", "hasil bank terlambat")


def test_a_line_moved_by_hand_meanwhile_is_not_forced(cast, batch):
    lines = lines_of(batch, 2)
    file = checked(cast.owner, batch, *map(row, lines))
    Disbursement.objects.filter(pk=lines[0].pk).update(state="retur", returned_on=date(2024, 4, 1))
    applied(cast.owner, file)
    assert (states(lines), matches(file)) == (["retur", "transaksi"], ["langkah", "cocok"])


def test_who_may_not_enter_uploads_nothing_and_loses_a_running_job(cast, batch):
    line = lines_of(batch, 1)[0]
    assert rule_of(upload, actor=cast.auditor, batch=batch) == "wewenang"
    file = checked(cast.owner, batch, row(line))
    result_file_apply(actor=cast.owner, file=file, today=TODAY)
    RegionGrant.objects.filter(user=cast.owner).update(may_enter=False)
    work()
    job = Job.objects.order_by("-id")[0]
    assert (job.state, states([line])) == ("gagal", ["salur"])
    assert "wewenang" in job.error.lower()


# --- files that cannot be read -----------------------------------------------------


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (b"", "kosong"),
        (b"\n;;\n", "kosong"),
        (b"kunci;hasil;jumlah;tanggal\n", "tanpa satu baris"),
        (b"nama,alamat,umur\nSiti,Selebar,60\n", "Kolom kunci (atau nik), hasil, jumlah, tanggal tidak ada"),
        (b"PK\x03\x04rest", "Excel"),
        ("kunci;hasil\n1;2".encode("utf-16"), "UTF-16"),
        (b"\x00" * 50 + b"kunci", "bukan teks"),
        (b"kunci;hasil;jumlah;tanggal\r1;2;3;4", "tidak terpisah"),
    ],
)
def test_an_unreadable_file_says_why_and_leaves_nothing(cast, batch, text, word):
    with pytest.raises(ValidationError) as caught:
        results.result_file_upload(actor=cast.owner, batch=batch, name="x.csv", content=io.BytesIO(text), today=TODAY)
    assert word in caught.value.message_dict["content"][0]


def test_a_nik_in_the_name_of_a_file_is_not_kept(cast, batch):
    [line] = lines_of(batch, 1)
    assert upload(cast.owner, batch, row(line), name="hasil 1771014101500001.csv").name == "hasil (NIK).csv"


# --- sums ----------------------------------------------------------------------------


def test_one_percent_of_each_fault_and_the_figures_equal_a_recount(cast, batch, settings):
    settings.RESULT_CHUNK_ROWS = 37
    lines = lines_of(batch, 100)
    drain_all()
    rows = [row(line, ("berhasil", "retur")[i % 10 == 0]) for i, line in enumerate(lines[:96])]
    rows += [row(lines[96], amount=1), row(lines[97], "entah"), row(lines[98], on="2024-01-01"), row(lines[1])]
    rows += ["2024-999999999;x;berhasil;600000;20/03/2024"]
    file = applied(cast.owner, checked(cast.owner, batch, *rows))
    assert Counter(matches(file)) == {
        "cocok": 96,
        "jumlah_beda": 1,
        "rusak": 1,
        "langkah": 1,
        "ganda": 1,
        "tidak_dikenal": 1,
    }
    assert (file.rows, file.contents.filter(applied=True).count()) == (101, 96)
    assert Step.objects.filter(kind="baris").count() == 96
    drain_all()
    assert differences(2024) == []
    paid = Achievement.objects.filter(year=2024, measure=10, level=0, dim=1)
    assert sum(cell.value for cell in paid) == 90 * 600_000


def cost_of(act) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


@pytest.mark.parametrize("many", [2, 40])
def test_a_chunk_costs_the_same_whatever_its_size(cast, batch, many):
    lines = lines_of(batch, many)
    file = upload(cast.owner, batch, *map(row, lines))
    assert file.batch.programme == file.programme
    assert cost_of(lambda: result_chunks.check_part(actor=cast.owner, file=file, after=0)) == 3
    ResultFile.objects.filter(pk=file.pk).update(state="diperiksa")
    part = {"actor": cast.owner, "file": file, "after": 0, "note": "", "today": TODAY}
    assert cost_of(lambda: result_chunks.apply_part(**part)) == 5
    assert set(states(lines)) == {"transaksi"}


def test_upload_and_decisions_are_audited(cast, batch):
    file = applied(cast.owner, checked(cast.owner, batch, row(lines_of(batch, 1)[0])))
    told = AuditEvent.objects.filter(object_type="assistance.resultfile", object_id=str(file.pk))
    assert [event.summary.split("csv ")[1].split(":")[0] for event in told.order_by("id")] == [
        f"diunggah untuk daftar {batch.pk}", "selesai diperiksa", "diputuskan diterapkan", "selesai diterapkan",
    ]  # fmt: skip
