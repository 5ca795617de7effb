"""Who may not be paid, in recorded and in approved lists; and money that goes back to the treasury for good."""

from datetime import date

import pytest

from assistance.models import Disbursement, GraduationCase, Participation, Step
from assistance.reading import totals_of
from assistance.services.lines import (
    disbursement_add,
    disbursement_correct,
    disbursement_deposit,
    disbursement_pay,
    disbursement_repay,
    disbursement_return,
)
from assistance.services.participation import participation_end, participation_resume, participation_suspend
from assistance.tests.entries import PAID_ON, TODAY, add, field_of, line_entry, rule_of
from pilar.core.errors import Refusal
from pilar.core.models import User
from tests import factories as make
from tests import factories_lists as lists


def decided(person, *, recorded: bool = True, programme: str = "YAPI") -> Disbursement:
    if recorded:
        return make.make_line(make.make_batch(programme=programme), person, state="sk")
    return lists.make_closed(person, programme=programme).lines.get()


def pay(cast, line, on=PAID_ON):
    return disbursement_pay(actor=cast.owner, line=line, on=on, today=TODAY)


def leave_by_case(person, state: str, *, left_on=None, on=date(2024, 3, 1)) -> None:
    """A graduation decided on `on` with its case in that state."""
    graduation = make.make_graduation(person, programme="YAPI", on=on)
    staff, owner = (User.objects.get(username=name) for name in ("staff", "owner"))
    GraduationCase.objects.create(
        beneficiary=person, programme=graduation.programme, region_id=person.region_id, kind="mandiri", state=state,
        proposed_on=on, proposed_by=owner, decided_by=staff, graduation=graduation, left_on=left_on,
    )  # fmt: skip


@pytest.mark.parametrize("recorded", [True, False], ids=["recorded", "approved"])
def test_the_dead_are_not_paid(cast, recorded):
    person = make.make_beneficiary(name="Siti")
    line = decided(person, recorded=recorded)
    make.make_circumstance(person, "meninggal", "ya", on=date(2024, 3, 1))
    with pytest.raises(Refusal, match=r"kepada Siti pada 15 Maret 2024\. Tercatat meninggal dunia sejak 1 Maret") as no:
        pay(cast, line)
    assert no.value.rule == "meninggal"
    assert pay(cast, line, on=date(2024, 2, 28)).state == "salur"


def test_a_mended_death_bars_nobody(cast):
    person = make.make_beneficiary()
    make.make_circumstance(person, "meninggal", "ya", on=date(2024, 3, 1))
    make.make_circumstance(person, "meninggal", "tidak", on=date(2024, 5, 1))
    assert pay(cast, decided(person)).state == "salur"


@pytest.mark.parametrize("recorded", [True, False], ids=["recorded", "approved"])
def test_nobody_is_paid_after_graduation(cast, recorded):
    person = make.make_beneficiary(name="Siti")
    line = decided(person, recorded=recorded)
    make.make_graduation(person, programme="YAPI", on=date(2024, 3, 14))
    with pytest.raises(Refusal, match=r"Sudah keluar dari YAPI .* karena graduasi pada 14 Maret 2024") as no:
        pay(cast, line)
    assert no.value.rule == "sesudah_graduasi"
    assert pay(cast, line, on=date(2024, 3, 14)).state == "salur"


def test_a_cancelled_graduation_or_one_of_another_programme_bars_nobody(cast):
    person = make.make_beneficiary()
    make.make_graduation(person, programme="YAPI", on=date(2024, 3, 1), cancelled_on=date(2024, 3, 9))
    make.make_graduation(person, programme="PKH", on=date(2024, 3, 1))
    assert pay(cast, decided(person)).state == "salur"


def test_in_transition_a_family_still_receives_and_after_leaving_no_more(cast):
    staying, leaving = make.make_beneficiary(), make.make_beneficiary()
    leave_by_case(staying, "transisi")
    leave_by_case(leaving, "keluar", left_on=date(2024, 9, 1))
    assert pay(cast, decided(staying)).state == "salur"
    line = decided(leaving)
    assert rule_of(pay, cast=cast, line=line, on=date(2024, 9, 2)) == "sesudah_graduasi"
    assert pay(cast, line, on=date(2024, 9, 1)).state == "salur"


def test_whoever_was_taken_in_again_receives_again(cast):
    person = make.make_beneficiary()
    make.make_graduation(person, programme="YAPI", on=date(2024, 1, 20))
    make.make_participation(person, active_from=date(2024, 3, 1))
    line = decided(person)
    assert rule_of(pay, cast=cast, line=line, on=date(2024, 2, 20)) == "sesudah_graduasi"
    assert pay(cast, line).state == "salur"


@pytest.mark.parametrize("recorded", [True, False], ids=["recorded", "approved"])
def test_permakanan_is_not_paid_to_a_pkh_recipient(cast, recorded):
    person = make.make_beneficiary()
    line = decided(person, recorded=recorded, programme="PERMAKANAN")
    make.make_participation(person, programme="PKH")
    with pytest.raises(Refusal, match=r"Masih menerima PKH.* tidak boleh dirangkap") as no:
        pay(cast, line)
    assert no.value.rule == "bukan_penerima"
    Participation.objects.update(state="berakhir", ended_on=date(2024, 2, 1), reason="pindah")
    assert pay(cast, line).state == "salur"


def test_each_way_to_a_payment_asks(cast):
    person = make.make_beneficiary()
    paid = make.make_line(make.make_batch(programme="YAPI"), person, paid_on=date(2024, 2, 1))
    back = make.make_line(
        make.make_batch(programme="YAPI"), person, state="retur", paid_on=date(2024, 2, 1), returned_on=date(2024, 2, 9)
    )
    make.make_circumstance(person, "meninggal", "ya", on=date(2024, 3, 1))
    common = {"actor": cast.owner, "on": PAID_ON, "today": TODAY}
    assert rule_of(disbursement_repay, line=back, **common) == "meninggal"
    assert rule_of(disbursement_correct, line=paid, amount=1, note="x", **common) == "meninggal"
    batch, entry = make.make_batch(programme="YAPI"), line_entry(person, state="salur", paid_on=PAID_ON)
    assert rule_of(disbursement_add, actor=cast.owner, batch=batch, entry=entry, today=TODAY) == "meninggal"


def test_a_step_of_a_line_leaves_its_history(cast):
    line = decided(make.make_beneficiary())
    pay(cast, line)
    step = Step.objects.get(kind="baris", object_id=line.pk)
    assert (step.was, step.became, step.on, step.object_year, step.actor_name) == (
        "sk", "salur", PAID_ON, 2024, str(cast.owner),
    )  # fmt: skip


# --- setor kas ---------------------------------------------------------------


@pytest.fixture
def back(cast) -> Disbursement:
    batch = make.make_batch(programme="YAPI", ceiling=600_000)
    return make.make_line(batch, make.make_beneficiary(), state="retur", returned_on=date(2024, 4, 1))


def deposit(cast, line, **changes):
    call = {"actor": cast.owner, "line": line, "on": date(2024, 5, 1), "number": "SSBP-12", "today": TODAY}
    return disbursement_deposit(**{**call, **changes})


def test_money_that_came_back_is_deposited_with_day_and_slip(cast, back):
    deposit(cast, back)
    back.refresh_from_db()
    assert (back.state, back.deposited_on, back.detail) == ("setor_kas", date(2024, 5, 1), "bukti setor SSBP-12")
    assert Step.objects.get(object_id=back.pk).note == "bukti setor SSBP-12"


def test_a_deposit_counts_nowhere_and_frees_the_ceiling(cast, back):
    deposit(cast, back)
    totals = totals_of(cast.owner, [back.batch])[back.batch_id]
    assert (totals.decided, totals.paid, totals.returned, totals.deposited) == (0, 0, 600_000, 600_000)
    assert (totals.lines, totals.returned_open, totals.faults) == (0, 0, 0)
    assert add(cast, back.batch).amount == 600_000


def test_a_deposited_line_is_never_paid_again(cast, back):
    deposit(cast, back)
    with pytest.raises(Refusal, match="sudah disetor ke kas negara pada 1 Mei 2024") as no:
        disbursement_repay(actor=cast.owner, line=back, on=date(2024, 6, 1), today=TODAY)
    assert no.value.rule == "setor_kas_tetap"


def test_a_repaid_line_is_not_deposited(cast, back):
    disbursement_repay(actor=cast.owner, line=back, on=date(2024, 4, 9), today=TODAY)
    assert rule_of(deposit, cast=cast, line=back) == "bayar_ulang"


def test_only_what_came_back_is_deposited(cast):
    line = make.make_line(make.make_batch(), make.make_beneficiary())
    assert rule_of(deposit, cast=cast, line=line) == "urutan_keadaan"
    disbursement_return(actor=cast.owner, line=line, on=date(2024, 4, 1), today=TODAY)
    assert deposit(cast, line).state == "setor_kas"


@pytest.mark.parametrize(
    ("changes", "field"), [({"number": " "}, "number"), ({"on": date(2024, 3, 31)}, "on"), ({"on": None}, "on")]
)
def test_a_deposit_with_a_wrong_field_is_refused(cast, back, changes, field):
    assert field_of(deposit, cast=cast, line=back, **changes) == {field}


@pytest.mark.parametrize("recorded", [True, False], ids=["recorded", "approved"])
def test_nobody_is_paid_while_suspended(cast, recorded):
    person = make.make_beneficiary(name="Siti")
    row = make.make_participation(person, programme="YAPI")
    line = decided(person, recorded=recorded)
    participation_suspend(
        actor=cast.owner, participation=row, on=date(2024, 3, 1), reason="data", note="rekening", today=TODAY
    )
    with pytest.raises(Refusal, match=r"kepada Siti pada 15 Maret 2024\. Kepesertaannya .* sejak 1 Maret 2024") as no:
        pay(cast, line)
    assert no.value.rule == "ditangguhkan"
    participation_resume(actor=cast.owner, participation=row, on=date(2024, 3, 9), note="rekening pulih", today=TODAY)
    assert pay(cast, line).state == "salur"


def suspended_for_a_while(cast, person):
    """From 1 to 9 March 2024."""
    row = make.make_participation(person, programme="YAPI")
    step = {"actor": cast.owner, "participation": row, "today": TODAY}
    participation_suspend(**step, on=date(2024, 3, 1), reason="data", note="rekening")
    participation_resume(**step, on=date(2024, 3, 9), note="rekening pulih")
    return row


@pytest.mark.parametrize("recorded", [True, False], ids=["recorded", "approved"])
def test_a_day_inside_a_suspension_is_not_paid_after_it_was_lifted(cast, recorded):
    person = make.make_beneficiary(name="Siti")
    suspended_for_a_while(cast, person)
    line = decided(person, recorded=recorded)
    said = r"Hari itu kepesertaannya dalam YAPI .* sedang ditangguhkan \(1 Maret 2024 sampai 9 Maret 2024\)"
    with pytest.raises(Refusal, match=said) as no:
        pay(cast, line, on=date(2024, 3, 8))
    assert no.value.rule == "ditangguhkan"
    assert pay(cast, line, on=date(2024, 3, 9)).state == "salur"


def test_a_day_before_a_suspension_is_paid_after_it_was_lifted(cast):
    person = make.make_beneficiary()
    suspended_for_a_while(cast, person)
    assert pay(cast, decided(person), on=date(2024, 2, 29)).state == "salur"


def test_a_day_inside_the_first_of_two_suspensions_is_not_paid(cast):
    person = make.make_beneficiary()
    row = suspended_for_a_while(cast, person)
    participation_suspend(actor=cast.owner, participation=row, on=date(2024, 6, 1), reason="data", today=TODAY)
    line = decided(person)
    assert rule_of(pay, cast=cast, line=line, on=date(2024, 3, 2)) == "ditangguhkan"
    assert pay(cast, line, on=date(2024, 4, 1)).state == "salur"


def test_whoever_was_ended_while_suspended_was_suspended_to_the_end(cast):
    person = make.make_beneficiary()
    row = make.make_participation(person, programme="YAPI")
    participation_suspend(actor=cast.owner, participation=row, on=date(2024, 3, 1), reason="data", today=TODAY)
    participation_end(actor=cast.owner, participation=row, on=date(2024, 3, 20), reason="mampu", today=TODAY)
    line = decided(person)
    assert rule_of(pay, cast=cast, line=line, on=date(2024, 3, 20)) == "ditangguhkan"
    assert rule_of(pay, cast=cast, line=line, on=date(2024, 3, 21)) == "berakhir"
    assert pay(cast, line, on=date(2024, 2, 29)).state == "salur"


def test_what_was_paid_before_a_suspension_is_written_down_after_it(cast):
    person = make.make_beneficiary()
    row = make.make_participation(person, programme="YAPI")
    line = decided(person)
    participation_suspend(actor=cast.owner, participation=row, on=date(2024, 3, 16), reason="data", today=TODAY)
    assert pay(cast, line).state == "salur"


@pytest.mark.parametrize("recorded", [True, False], ids=["recorded", "approved"])
def test_nobody_is_paid_after_his_participation_ended(cast, recorded):
    person = make.make_beneficiary(name="Siti")
    row = make.make_participation(person, programme="YAPI")
    line = decided(person, recorded=recorded)
    participation_end(actor=cast.owner, participation=row, on=date(2024, 3, 14), reason="mampu", today=TODAY)
    with pytest.raises(Refusal, match=r"Kepesertaannya dalam YAPI .* berakhir pada 14 Maret 2024") as no:
        pay(cast, line)
    assert no.value.rule == "berakhir"
    assert pay(cast, line, on=date(2024, 3, 14)).state == "salur"


def test_whoever_was_taken_in_again_is_paid_from_that_day(cast):
    person = make.make_beneficiary()
    make.make_participation(person, programme="YAPI", state="berakhir", active_from=date(2024, 1, 15))
    make.make_participation(person, programme="YAPI", active_from=date(2024, 8, 1), returning=True)
    line = decided(person)
    assert rule_of(pay, cast=cast, line=line, on=date(2024, 7, 1)) == "berakhir"
    assert pay(cast, line, on=date(2024, 8, 1)).state == "salur"


def test_a_death_that_ended_the_participation_is_said_once(cast):
    person = make.make_beneficiary()
    make.make_circumstance(person, "meninggal", "ya", on=date(2024, 3, 1))
    make.make_participation(
        person, programme="YAPI", state="berakhir", active_from=date(2024, 1, 15), ended_on=date(2024, 3, 2)
    )
    with pytest.raises(Refusal) as no:
        pay(cast, decided(person))
    assert "berakhir" not in str(no.value)


def test_an_excluding_programme_bars_the_days_on_which_it_was_received(cast):
    person = make.make_beneficiary(groups=[3])
    line = decided(person, programme="PERMAKANAN")
    pkh = make.make_participation(person, programme="PKH", active_from=date(2024, 5, 1))
    assert rule_of(pay, cast=cast, line=line, on=date(2024, 5, 1)) == "bukan_penerima"
    participation_end(actor=cast.owner, participation=pkh, on=date(2024, 7, 1), reason="menolak", today=TODAY)
    assert rule_of(pay, cast=cast, line=line, on=date(2024, 6, 30)) == "bukan_penerima"
    assert pay(cast, line, on=date(2024, 4, 30)).state == "salur"
