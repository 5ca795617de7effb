"""Dukcapil's answers and the status of outside systems, by file."""

from datetime import date

import pytest

from assistance.models import BatchNote, Circumstance
from assistance.tests.import_files import checked, counts, faults, round_trip, saved, work
from pilar.core.errors import Refusal
from pilar.core.imports.kinds import kind_of
from pilar.core.imports.services import import_undo
from pilar.core.imports.workbooks import recorded
from pilar.core.models import AuditEvent, Region
from tests import factories as make

ANSWERS = "NIK;Nama;Tanggal lahir;Hasil padan;Per tanggal;Nomor rujukan"


def undone(actor, session) -> None:
    import_undo(actor=actor, session=session, reason="salah berkas")
    work()
    session.refresh_from_db()
    assert session.state == "diurungkan"


def answer(person, said="padan", *, name="", day="03/03/2024") -> str:
    return f"{person.reveal_nik()};{name or person.name};01/01/1950;{said};{day};batch 12"


def matches(actor, *rows: str):
    return checked(actor, *rows, head=ANSWERS, kind="dukcapil")


def test_answers_of_dukcapil_are_recorded_once_and_taken_back(cast):
    siti, budi = make.make_beneficiary(), make.make_beneficiary(name="Budi")
    rows = [answer(siti), answer(budi, "Tidak Sesuai")]
    session = matches(cast.owner, *rows)
    assert (faults(session), counts(session)) == ([], (2, 0, 0, 0))
    session = saved(cast.owner, session)
    found = Circumstance.objects.order_by("beneficiary_id").values_list("kind", "value", "as_of", "source")
    assert list(found) == [
        ("dukcapil", "padan", date(2024, 3, 3), "batch 12"), ("dukcapil", "tidak_padan", date(2024, 3, 3), "batch 12"),
    ]  # fmt: skip
    assert AuditEvent.objects.filter(object_type="assistance.circumstance").count() == 2
    assert counts(round_trip(cast.owner, "dukcapil")) == (0, 0, 2, 0)
    undone(cast.owner, session)
    assert not Circumstance.objects.exists()


def test_rows_that_were_mixed_up_or_say_too_little_are_told(cast):
    siti, far = make.make_beneficiary(), make.make_beneficiary(region=make.CURUP)
    make.make_circumstance(siti, "dukcapil", "padan", on=date(2024, 3, 3))
    session = matches(
        cast.owner,
        answer(siti, "tidak padan"),
        answer(far),
        f"{make.make_beneficiary(name='Ani').reveal_nik()};Orang lain;;padan;;",
        answer(make.make_beneficiary(name="Eko"), day="01/01/2050"),
    )
    assert faults(session) == [
        (2, "hasil", "sudah_tercatat"), (3, "nik", "tidak_terdaftar"), (4, "nama", "tertukar"),
        (4, "per_tanggal", "jawaban_kurang"), (4, "rujukan", "jawaban_kurang"), (5, "per_tanggal", "tanggal_batas"),
    ]  # fmt: skip


def test_the_file_for_dukcapil_is_for_holders_of_the_right_and_recorded(cast):
    make.make_beneficiary()
    place = Region.objects.get(pk=make.KOTA)
    with pytest.raises(Refusal, match="membuka data pribadi"):
        recorded(actor=cast.clerk, kind=kind_of("dukcapil"), region=place, reason="pemadanan tahunan")
    assert recorded(actor=cast.owner, kind=kind_of("dukcapil"), region=place, reason="pemadanan tahunan").read()
    event = AuditEvent.objects.filter(action=AuditEvent.Action.READ_PERSONAL).latest("pk")
    assert (event.reason, event.actor_id, event.region_id) == ("pemadanan tahunan", cast.owner.pk, make.KOTA)


def test_status_of_outside_systems_becomes_dated_notes_and_moves_nothing(cast):
    batch = make.make_batch()
    head = "Nomor daftar;Status;Nomor;Tanggal;Catatan"
    rows = [f"{batch.pk};SP2D;240171;03/03/2024;", f"{batch.pk};gagal OMSPAN;;04/03/2024;nama berbeda"]
    session = checked(cast.owner, *rows, head=head, kind="status_luar")
    assert (faults(session), counts(session)) == ([], (2, 0, 0, 0))
    assert not BatchNote.objects.exists()
    was = batch.approval
    session = saved(cast.owner, session)
    batch.refresh_from_db()
    assert batch.approval == was
    assert list(BatchNote.objects.order_by("pk").values_list("code", "number", "note", "by_id")) == [
        ("sp2d", "240171", "", cast.owner.pk), ("omspan", "", "nama berbeda", cast.owner.pk),
    ]  # fmt: skip
    assert counts(round_trip(cast.owner, "status_luar")) == (0, 0, 2, 0)
    undone(cast.owner, session)
    assert not BatchNote.objects.exists()


def test_the_form_says_no_to_the_same_rows(cast):
    batch, far = make.make_batch(), make.make_batch(region=make.REJANG_LEBONG)
    head = "Nomor daftar;Status;Nomor;Tanggal"
    session = checked(
        cast.owner, f"{batch.pk};SPM;;03/03/2024", f"{far.pk};SPM;1;03/03/2024", f"{batch.pk};SPM;2;01/01/2050",
        head=head, kind="status_luar",
    )  # fmt: skip
    assert faults(session) == [(2, "nomor", "aturan"), (3, "daftar", "daftar_tidak_ada"), (4, "tanggal", "aturan")]
    assert session.faults.get(number=2).detail == "Tulis nomornya, atau catatannya."
