"""`manage.py rollup_check`: green on right figures, red on planted faults; the hard cases by hand."""

from contextlib import contextmanager
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection

from assistance.models import Disbursement, Graduation
from personnel.models import Activity, Assignment
from pilar.core.models import User
from targets.engine.drain import drain_all
from targets.management.commands import rollup_check
from targets.models import Achievement, PersonalAchievement
from tests.factories import (
    KOTA,
    TELUK_SEGARA,
    make_batch,
    make_beneficiary,
    make_closed_year,
    make_line,
)
from tests.rollup_world import (
    ACTIVITIES,
    GRADUATIONS,
    MARCH,
    PER_GROUP,
    PERSONNEL,
    RECIPIENTS,
    RUPIAH,
    WHOLE_YEAR,
    drained,
    make_world,
)

pytestmark = pytest.mark.usefixtures("committed")

# --- green ----------------------------------------------------------------


def test_right_figures_are_green(check):
    make_world()
    code, said = drained(check)
    assert code == 0, said
    assert "Buku perubahan kosong." in said
    assert "semuanya sama" in said


def test_every_measure_is_compared(check):
    make_world()
    _, said = drained(check)
    lines = [line for line in said.splitlines() if line.endswith(" sel, sama")]
    assert len(lines) == 16
    assert not [line for line in lines if ": 0 sel" in line]


def test_an_empty_year_is_green(check):
    code, said = drained(check, 2023)
    assert code == 0
    assert "belum punya baris sumber maupun capaian" in said


def test_a_cell_of_zeros_is_a_missing_cell(check):
    make_world()
    drain_all()
    Achievement.objects.create(
        year=2024, level=3, region_id=TELUK_SEGARA, measure=RUPIAH, dim=1, breakdown=2, period=7, n=0, value=0
    )
    assert check()[0] == 0


def test_withdrawn_rows_stay_green(check):
    companion = make_world()
    drain_all()
    Graduation.objects.update(cancelled_on=date(2024, 7, 1))
    Activity.objects.filter(state="terverifikasi").update(
        state="dikembalikan", returned_note="salah hitung", verified_by=None
    )
    Disbursement.objects.filter(state="salur").update(state="retur", returned_on=date(2024, 4, 1))
    Assignment.objects.filter(person=companion).update(valid_until=date(2024, 2, 28))
    code, said = drained(check)
    assert code == 0, said
    assert "graduasi: 0 sel" in said


def test_every_year_of_a_moved_payment_is_green(check):
    make_world()
    line = make_line(make_batch(year=2023), make_beneficiary(groups=[2]), paid_on=date(2023, 6, 1))
    drain_all()
    Disbursement.objects.filter(pk=line.pk).update(paid_on=date(2024, 1, 5))
    assert [drained(check, year)[0] for year in (2023, 2024)] == [0, 0]


# --- planted faults -------------------------------------------------------


def test_a_changed_cell_is_red_and_named(check):
    make_world()
    drain_all()
    Achievement.objects.filter(measure=RUPIAH, region_id=KOTA, level=2, dim=1, period=MARCH).update(value=1)
    code, said = check()
    assert code == 1
    assert (
        "tingkat 2 (kabupaten/kota), 17.71 Kota Bengkulu, rupiah tersalur, program 1 (Permakanan), Maret: "
        "seharusnya Rp600.000 (n=1), tercatat Rp1 (n=1)"
    ) in said
    assert "1 dari" in said


@pytest.mark.parametrize("measure", [RUPIAH, ACTIVITIES, GRADUATIONS, PERSONNEL, RECIPIENTS, PER_GROUP])
@pytest.mark.parametrize("level", [0, 1, 2, 3])
def test_a_wrong_count_is_red_in_each_measure_and_level(check, measure, level):
    make_world()
    drain_all()
    cell = Achievement.objects.filter(year=2024, measure=measure, level=level).order_by("region_id", "period").last()
    Achievement.objects.filter(pk=cell.pk).update(n=cell.n + 1)
    code, said = check()
    assert code == 1
    assert "1 dari" in said


def test_a_missing_cell_of_a_person_is_red(check):
    companion = make_world()
    drain_all()
    PersonalAchievement.objects.filter(person_id=companion.pk, measure=GRADUATIONS).delete()
    code, said = check()
    assert code == 1
    assert f"personel nomor {companion.pk}, graduasi perorangan, Juni: seharusnya 1 (n=1), tercatat 0 (n=0)" in said


def test_a_missing_cell_of_distinct_people_is_red(check):
    make_world()
    drain_all()
    Achievement.objects.filter(measure=RECIPIENTS, level=0, dim=0, period=WHOLE_YEAR).delete()
    code, said = check()
    assert code == 1
    assert "tingkat 0 (nasional), Nasional, penerima, semua, setahun: seharusnya 2 (n=2), tercatat 0 (n=0)" in said


def test_a_row_that_passed_the_triggers_by_is_red(check):
    make_world()
    person = make_beneficiary(region=TELUK_SEGARA)
    batch = make_batch()
    drain_all()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE assistance_disbursement DISABLE TRIGGER USER")
    make_line(batch, person)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE assistance_disbursement ENABLE TRIGGER USER")
    code, said = drained(check)
    assert code == 1
    assert "10 rupiah tersalur" in said
    assert "seharusnya Rp1.200.000 (n=2), tercatat Rp600.000 (n=1)" in said


def test_a_cell_that_nothing_accounts_for_is_red(check):
    make_world()
    drain_all()
    Achievement.objects.create(
        year=2024, level=3, region_id=TELUK_SEGARA, measure=RUPIAH, dim=3, breakdown=2, period=7, n=1, value=5
    )
    assert "seharusnya Rp0 (n=0), tercatat Rp5 (n=1)" in check()[1]


@pytest.mark.parametrize(
    "fact",
    [
        Achievement(year=2024, level=0, region_id=0, measure=77, dim=0, breakdown=0, period=1, n=1, value=1),
        PersonalAchievement(year=2024, person_id=1, measure=77, period=1, n=1, value=1),
    ],
    ids=["region", "person"],
)
def test_a_measure_without_recount_is_red(check, fact):
    fact.save(force_insert=True)
    code, said = check()
    assert code == 1
    assert "77 ukuran tanpa hitungan pembanding: 1 sel, 1 bergeser" in said


# --- the change ledger ----------------------------------------------------


def test_changes_not_drained_are_told_and_compared_anyway(check):
    make_world()
    code, said = check()
    assert code == 1
    assert "Buku perubahan belum kosong" in said
    assert "Tetap dibandingkan" in said


def test_waits_until_the_ledger_is_drained(check, monkeypatch):
    make_world()
    monkeypatch.setattr(rollup_check.time, "sleep", lambda seconds: drain_all())
    code, said = check(wait=60)
    assert code == 0
    assert "Menunggu sampai 60 detik" in said
    assert "Buku perubahan kosong." in said


def test_changes_of_another_year_do_not_hold_it_up(check):
    make_line(make_batch(year=2023), make_beneficiary(), paid_on=date(2023, 6, 1))
    assert "Buku perubahan kosong." in check(2025)[1]


# --- refusals -------------------------------------------------------------


def test_a_year_that_was_never_opened_cannot_be_compared(check):
    code, said = check(1999)
    assert code == 2
    assert "belum dibuka" in said


def test_only_the_owner_login_compares(check, settings):
    settings.LOGIN = "web"
    code, said = check()
    assert code == 2
    assert "PILAR_LOGIN=owner" in said


def test_hidden_rows_are_a_refusal_and_not_drift(check, monkeypatch):
    make_world()
    drain_all()

    @contextmanager
    def as_web():
        with whole() as cursor:
            cursor.execute("SET LOCAL ROLE pilar_national")
            yield cursor

    whole = rollup_check._snapshot
    monkeypatch.setattr(rollup_check, "_snapshot", as_web)
    code, said = check()
    assert code == 2
    assert "PILAR_LOGIN=owner" in said


@pytest.mark.slow
def test_the_example_data_are_green(check, monkeypatch, tmp_path):
    monkeypatch.setenv("PILAR_HOME", str(tmp_path))
    monkeypatch.setenv("PILAR_EXAMPLE_PASSWORD", "sandi-contoh-untuk-uji")
    call_command("load_example", verbosity=0)
    results = [drained(check, year) for year in (2023, 2024)]
    assert [code for code, _ in results] == [0, 0], results


def test_a_closed_year_is_checked_against_its_copy_and_corrections(check):
    staff, admin = (User.objects.select_related("role", "region").get(username=name) for name in ("staff", "admin"))
    line = make_line(make_batch(year=2023), make_beneficiary(groups=[3]), paid_on=date(2023, 3, 4))
    drain_all()
    make_closed_year(2023, staff, admin)
    Disbursement.objects.filter(pk=line.pk, year=2023).update(amount=7)
    code, said = drained(check, 2023)
    assert code == 0, said
    assert "salinan dan koreksinya sama dengan angka kini; sidik utuh" in said
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE targets_closedcell DISABLE TRIGGER USER")
        cursor.execute("UPDATE targets_closedcell SET n = n + 1, value = value + 1 WHERE level = 0 AND measure = 10")
    code, said = drained(check, 2023)
    assert code == 1
    assert "tidak sama" in said
    assert "sidik isinya kini" in said
