"""One line of time and one plain sentence for a person, made of the rows that the reader may see."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assistance.dossier import dossier_of
from assistance.models import Circumstance, Objection, Step, Verification
from assistance.services.history import Move, record, step
from assistance.situation import situation_of
from assistance.timeline import timeline_of
from tests import factories as make

TODAY = date(2024, 11, 24)


def titles(user, person) -> list[str]:
    return [f"{e.on:%m-%d} {e.title}" for e in timeline_of(dossier_of(user, person))]


def situation(user, person):
    return situation_of(dossier_of(user, person), TODAY)


def verify(person, proposal=None, result: str = "layak", on=date(2024, 3, 1), **fields) -> Verification:
    companion = make.make_assignment(make.make_person(name="Pendamping Desi"), pillar="PKH")
    return Verification.objects.create(
        beneficiary=person, programme_id=proposal.programme_id, region_id=person.region_id, proposal=proposal,
        verified_on=on, companion=companion, result=result, evidence="foto rumah", **fields,
    )  # fmt: skip


def object_to(person, programme_id: int, on=date(2024, 11, 1), **fields) -> Objection:
    return Objection.objects.create(
        beneficiary=person, programme_id=programme_id, region_id=person.region_id, kind="salah_masuk",
        filed_on=on, due_on=date(on.year, on.month, on.day + 14), filed_by="Warga", note="Punya mobil", **fields,
    )  # fmt: skip


def move(cast, kind, row, was: str, became: str, on: date, **more) -> None:
    record([step(actor=cast.owner, kind=kind, row=row, move=Move(was, became, on, **more))])


def test_everything_that_happened_stands_in_one_line_newest_first(cast):
    person = make.make_beneficiary()
    proposal = make.make_proposal(person, on=date(2024, 2, 1))
    verify(person, proposal)
    row = make.make_participation(person, proposal=proposal, active_from=date(2024, 4, 1))
    make.make_line(
        make.make_batch(programme="YAPI"), person, state="transaksi", paid_on=date(2024, 5, 2),
        received_on=date(2024, 5, 6),
    )  # fmt: skip
    object_to(person, row.programme_id)
    make.make_graduation(person, on=date(2024, 11, 20), programme="YAPI")
    name = row.programme.name.partition(" (")[0]
    assert titles(cast.owner, person) == [
        f"11-20 Graduasi {name}: graduasi mandiri",
        f"11-01 Usul-sanggah {name}: sanggahan: salah masuk",
        f"05-06 Penyaluran {name} Rp600.000: diterima (transaksi)",
        f"05-02 Penyaluran {name} Rp600.000: disalurkan",
        f"04-01 Kepesertaan {name}: penerima aktif",
        f"03-01 Verval {name}: layak",
        f"02-01 Usulan {name}: diajukan, menunggu verval",
    ]


def test_money_that_came_back_and_went_to_the_treasury_is_told_twice(cast):
    person = make.make_beneficiary()
    make.make_line(
        make.make_batch(programme="YAPI"), person, state="setor_kas", paid_on=date(2024, 5, 2),
        returned_on=date(2024, 6, 3), deposited_on=date(2024, 12, 20),
    )  # fmt: skip
    told = [title.split(": ")[1] for title in titles(cast.owner, person)]
    assert [word.split()[0] for word in told] == ["disetor", "dikembalikan", "disalurkan"]


def test_recorded_steps_take_the_place_of_the_rows_own_dates(cast):
    person = make.make_beneficiary()
    row = make.make_participation(person, state="ditangguhkan")
    move(cast, Step.Kind.PARTICIPATION, row, "", "calon", date(2024, 1, 2))
    move(cast, Step.Kind.PARTICIPATION, row, "calon", "aktif", date(2024, 1, 15))
    move(cast, Step.Kind.PARTICIPATION, row, "aktif", "ditangguhkan", date(2024, 7, 1), reason="data", note="beda nama")
    events = timeline_of(dossier_of(cast.owner, person))
    assert [event.on for event in events] == [date(2024, 7, 1), date(2024, 1, 15), date(2024, 1, 2)]
    assert events[0].text == "Data rekening atau kependudukan tidak padan; beda nama; oleh Owner"
    assert events[0].tone == "bad"


def test_a_verval_is_not_told_twice(cast):
    person = make.make_beneficiary()
    proposal = make.make_proposal(person, state="tidak_layak", reason="mampu")
    verify(person, proposal, "tidak_layak", reason="mampu")
    move(cast, Step.Kind.PROPOSAL, proposal, "", "diajukan", date(2024, 2, 1))
    move(cast, Step.Kind.PROPOSAL, proposal, "diajukan", "tidak_layak", date(2024, 3, 1), reason="mampu")
    events = timeline_of(dossier_of(cast.owner, person))
    assert [event.kind for event in events] == ["verval", "usulan"]
    assert events[0].text == "Keluarga sudah mampu atau memiliki aset; foto rumah; oleh Pendamping Desi"


def test_a_line_in_a_list_of_the_province_stays_without_its_list(cast):
    person = make.make_beneficiary()
    make.make_line(make.make_batch(region=1700000000), person)
    (event,) = timeline_of(dossier_of(cast.owner, person))
    assert event.text == "tahun anggaran 2024"


def test_a_cancelled_graduation_says_so(cast):
    person = make.make_beneficiary()
    make.make_graduation(person, cancelled_on=date(2024, 6, 1))
    assert [t[6:].rpartition(": ")[2] for t in titles(cast.owner, person)] == ["dibatalkan", "graduasi mandiri"]


def test_rows_of_another_area_stay_out(cast):
    person = make.make_beneficiary()
    make.make_participation(person)
    type(person).objects.filter(pk=person.pk).update(region=make.CURUP)
    person.refresh_from_db()
    assert titles(cast.neighbour, person) == []


def test_a_sensitive_participation_is_hidden_without_the_right(cast):
    person = make.make_beneficiary()
    make.make_participation(person, group=9)
    assert titles(cast.clerk, person) == []
    assert len(titles(cast.owner, person)) == 1


# --- where he stands -------------------------------------------------------------


def test_nobody_proposed_him_yet(cast):
    found = situation(cast.owner, make.make_beneficiary())
    assert found.sentence.startswith("Terdaftar, tetapi belum pernah diusulkan")
    assert found.next_step.startswith("Usulkan")


@pytest.mark.parametrize(
    ("state", "words", "step_begins"),
    [
        ("calon", "Calon penerima ", "Masukkan ke SK"),
        ("aktif", "Penerima aktif ", "Masukkan ke daftar penyaluran"),
        ("ditangguhkan", " ditangguhkan: bantuan berulang kali tidak diambil", "Selesaikan sebabnya"),
        ("berakhir", " berakhir pada 31 Mei 2024: penerima pindah ke wilayah lain", "Selesai."),
    ],
)
def test_the_state_of_a_participation_is_said_with_its_next_step(cast, state, words, step_begins):
    person = make.make_beneficiary()
    make.make_circumstance(person, "desil", "1")
    make.make_participation(person, programme="PKH", state=state)
    found = situation(cast.owner, person)
    assert words in found.sentence
    assert found.next_step.startswith(step_begins)


def test_several_programmes_are_one_sentence_with_the_most_pressing_step(cast):
    person = make.make_beneficiary()
    make.make_participation(person, programme="PERMAKANAN")
    make.make_participation(person, programme="YAPI", state="ditangguhkan")
    make.make_graduation(person, programme="PKH")
    found = situation(cast.owner, person)
    assert [part.count("lulus") for part in found.sentence.split("; ")] == [0, 0, 1]
    assert "ditangguhkan" in found.sentence.split("; ")[0]
    assert found.pill == "ditangguhkan"


def test_a_proposal_waits_for_its_verval(cast):
    person = make.make_beneficiary()
    make.make_proposal(person, state="diajukan")
    found = situation(cast.owner, person)
    assert "pada 10 Januari 2024, diajukan, menunggu verval" in found.sentence
    assert found.next_step.startswith("Tunjuk petugas verval")


def test_a_dead_person_who_still_takes_part_is_to_be_ended(cast):
    person = make.make_beneficiary()
    make.make_participation(person)
    Circumstance.objects.create(
        beneficiary=person, region_id=person.region_id, kind="meninggal", value="ya", as_of=date(2024, 9, 1),
        source="akta kematian",
    )  # fmt: skip
    found = situation(cast.owner, person)
    assert found.sentence.startswith("Meninggal dunia per 1 September 2024 menurut akta kematian; ")
    assert found.next_step.startswith("Akhiri kepesertaan ")


def test_an_unanswered_objection_names_its_day(cast):
    person = make.make_beneficiary()
    row = make.make_participation(person)
    object_to(person, row.programme_id)
    assert "paling lambat 15 November 2024 dan sudah lewat" in situation(cast.owner, person).sentence


def test_a_returned_line_is_the_next_thing_to_do(cast):
    person = make.make_beneficiary()
    make.make_line(make.make_batch(), person, state="retur", returned_on=date(2024, 4, 1))
    found = situation(cast.owner, person)
    assert "dikembalikan (retur) pada 1 April 2024" in found.sentence
    assert "bayar ulang" in found.next_step


def test_a_dossier_costs_the_same_for_a_short_and_a_long_life(cast):
    def cost(person) -> int:
        with CaptureQueriesContext(connection) as queries:
            found = dossier_of(cast.owner, person)
            timeline_of(found)
            situation_of(found, TODAY)
        return len(queries)

    person = make.make_beneficiary(groups=[3])
    proposal = make.make_proposal(person, state="layak")
    verify(person, proposal)
    make.make_line(make.make_batch(), person)
    cost(person)
    few = cost(person)
    for _ in range(12):
        make.make_line(make.make_batch(), person)
        verify(person, proposal)
    make.make_participation(person)
    make.make_participation(person, programme="PKH", state="ditangguhkan")
    assert cost(person) == few == 15
