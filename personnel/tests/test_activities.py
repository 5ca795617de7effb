"""Activities: what an entry must satisfy, the steps, and that only a verified one counts."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, transaction

from personnel.models import Activity, ActivityStep
from personnel.services import activities as service
from personnel.tests.acting import P2K2, TODAY, companion, entry
from personnel.tests.entitled import rule
from pilar.core.models import Pillar, Programme, RegionGrant
from pilar.core.scoping import scope_transaction
from targets.engine.drain import drain_all
from targets.models import Achievement
from tests import factories as make


def file(actor, person, *, submit: bool = True, **changes) -> Activity:
    return service.activity_file(actor=actor, entry=entry(person, **changes), submit=submit, today=TODAY)


def errors(call) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as refused, transaction.atomic():
        call()
    return refused.value.message_dict


def only(pillar: str) -> list[int]:
    return [Pillar.objects.get(code=pillar).pk]


# --- what an entry must satisfy ---------------------------------------------


def test_an_activity_is_filed_with_what_its_kind_asks(cast):
    row = file(cast.owner, companion())
    assert (row.state, row.details, row.programme.code, row.year) == ("diajukan", P2K2, "PKH", 2024)
    (step,) = ActivityStep.objects.all()
    assert (step.was, step.became, step.actor_name, step.office) == ("", "diajukan", "Owner", cast.owner.office)


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"date": date(2024, 6, 21)}, "date", "Tanggal 21 Juni 2024 belum tiba"),
        ({"date": date(2021, 12, 31)}, "date", "Tahun anggaran 2021 belum dibuka"),
        ({"date": date(2023, 2, 1)}, "date", "tidak bertugas sebagai Pendamping PKH pada 1 Februari 2023"),
        ({"pillar": "TKSK", "kind": "kunjungan_rumah"}, "pillar", "tidak bertugas sebagai TKSK"),
        ({"region": make.TELUK_SEGARA}, "region", "Teluk Segara di luar wilayah kerjanya (Selebar)"),
        ({"kind": "bencana"}, "kind", "Penugasan bencana bukan kegiatan Pendamping PKH"),
        ({"details": {"anggota": 30}}, "isian_modul", "Modul belum diisi"),
        ({"details": P2K2 | {"modul": "Tata boga"}}, "isian_modul", "pilih salah satu dari"),
        ({"details": P2K2 | {"anggota": 20}}, "isian_anggota", "(20) lebih kecil daripada jumlah yang hadir (25)"),
        ({"details": P2K2 | {"anggota": "banyak"}}, "isian_anggota", "tulis angka bulat"),
        ({"details": P2K2 | {"cuaca": "hujan"}}, "isian_cuaca", "tidak menanyakan"),
        ({"quantity": -1}, "quantity", "tidak boleh kurang dari 0"),
        ({"groups": [12, 13]}, "groups", "Kelompok PAS 13 tidak ada"),
        ({"stage": 1}, "stage", "tidak memantau daftar penyaluran"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(cast, changes, field, sentence):
    person = companion(valid_from=date(2023, 6, 1))
    assert sentence in errors(lambda: file(cast.owner, person, **changes))[field][0]
    assert not Activity.objects.exists()


def test_a_monitoring_visit_names_its_programme(cast):
    person = companion(pillar="TKSK")
    visit = {"pillar": "TKSK", "kind": "pemantauan", "details": {"temuan": "Tidak ada"}}
    assert errors(lambda: file(cast.owner, person, **visit))["programme"] == ["Pilih program yang dipantau."]
    row = file(cast.owner, person, **visit, programme=Programme.objects.get(code="PERMAKANAN"))
    assert row.programme.code == "PERMAKANAN"


def test_an_activity_is_filed_only_where_the_office_enters_data_of_that_pillar(cast):
    person = companion()
    assert rule(lambda: file(cast.neighbour, person)) == "wewenang"
    assert rule(lambda: file(cast.auditor, person)) == "wewenang"
    RegionGrant.objects.filter(user=cast.owner).update(pillars=only("TAGANA"))
    assert rule(lambda: file(cast.owner, person)) == "wewenang"


def test_what_an_act_makes_is_not_entered_by_hand(cast):
    person = companion()
    assert rule(lambda: file(cast.owner, person, kind="verval", details={})) == "satu_tindakan_satu_kegiatan"


# --- the steps ---------------------------------------------------------------


def test_it_goes_from_draft_to_verified_and_counts_only_then(cast):
    row = file(cast.owner, companion(), submit=False)
    drain_all()
    assert not Achievement.objects.filter(measure=11).exists()
    row = service.activity_submit(actor=cast.owner, activity=row, today=TODAY)
    service.activity_verify(actor=cast.colleague, activity=row, today=TODAY)
    drain_all()
    cells = Achievement.objects.filter(measure=11, region_id=make.SELEBAR, period=6)
    assert {(cell.dim, cell.breakdown, cell.n) for cell in cells} == {(2, 1, 1), (3, 12, 1)}
    assert [step.became for step in ActivityStep.objects.order_by("id")] == ["draf", "diajukan", "terverifikasi"]


def test_what_was_sent_back_is_mended_and_sent_again(cast):
    row = file(cast.owner, companion())
    row = service.activity_return(actor=cast.colleague, activity=row, note="Daftar hadir 22", today=TODAY)
    assert (row.state, row.returned_note) == ("dikembalikan", "Daftar hadir 22")
    row = service.activity_change(
        actor=cast.owner, activity=row, entry=entry(row.person, quantity=22), version=2, submit=True, today=TODAY
    )
    assert (row.state, row.quantity, row.returned_note) == ("diajukan", 22, "")


def test_sending_back_needs_a_note(cast):
    row = file(cast.owner, companion())
    assert "note" in errors(lambda: service.activity_return(actor=cast.colleague, activity=row, note=" ", today=TODAY))


@pytest.mark.parametrize("who", ["owner", "clerk"])
def test_nobody_checks_what_he_wrote_or_sent(cast, who):
    row, actor = file(cast.owner, companion(), submit=False), getattr(cast, who)
    row = service.activity_submit(actor=cast.clerk, activity=row, today=TODAY)
    assert rule(lambda: service.activity_verify(actor=actor, activity=row, today=TODAY)) == "empat_mata"
    assert rule(lambda: service.activity_return(actor=actor, activity=row, note="x", today=TODAY)) == "empat_mata"


def test_the_database_holds_four_eyes_too(cast):
    row = file(cast.owner, companion())
    with pytest.raises(IntegrityError, match="activity_four_eyes"), transaction.atomic():
        Activity.objects.filter(pk=row.pk).update(state="terverifikasi", verified_by=cast.owner)
    with pytest.raises(IntegrityError, match="activity_return_says_why"), transaction.atomic():
        Activity.objects.filter(pk=row.pk).update(state="dikembalikan")


def test_only_who_checks_that_pillar_there_verifies(cast):
    row = file(cast.owner, companion())
    assert rule(lambda: service.activity_verify(actor=cast.neighbour, activity=row, today=TODAY)) == "wewenang"
    RegionGrant.objects.filter(user=cast.colleague).update(pillars=only("TKSK"))
    assert rule(lambda: service.activity_verify(actor=cast.colleague, activity=row, today=TODAY)) == "wewenang"


@pytest.mark.parametrize("state", ["draf", "terverifikasi", "dikembalikan"])
def test_only_what_waits_is_verified(cast, state):
    row = make.make_activity(
        companion(), pillar="PKH", state=state, returned_note="x",
        **({"by": cast.province} if state == "terverifikasi" else {}),
    )  # fmt: skip
    assert rule(lambda: service.activity_verify(actor=cast.colleague, activity=row, today=TODAY)) == "urutan_keadaan"


def test_what_waits_or_counts_is_not_changed(cast):
    row = file(cast.owner, companion())
    change = {"entry": entry(row.person), "version": 1, "submit": True, "today": TODAY}
    assert rule(lambda: service.activity_change(actor=cast.owner, activity=row, **change)) == "kegiatan_terkunci"


def test_nothing_is_overwritten_unseen(cast):
    row = file(cast.owner, companion(), submit=False)
    change = {"entry": entry(row.person), "version": 7, "submit": False, "today": TODAY}
    assert rule(lambda: service.activity_change(actor=cast.owner, activity=row, **change)) == "versi"


def test_the_history_is_only_added_to(cast):
    file(cast.owner, companion())
    with pytest.raises(ProgrammingError, match="permission denied"), scope_transaction(cast.owner):
        ActivityStep.objects.update(note="lain")
