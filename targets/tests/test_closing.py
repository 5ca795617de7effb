"""Closing a year: two officers, a hashed copy that nobody changes, and corrections beside it."""

from collections import Counter
from contextlib import contextmanager
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction

from assistance.models import Disbursement
from personnel.models import Assignment
from pilar.core import jobs
from pilar.core.errors import Refusal
from pilar.core.measures import Dim
from pilar.core.models import AuditEvent, BudgetYear, Job, User
from pilar.core.scoping import scope_transaction
from targets import achievement
from targets.closing_states import CLOSURE, WORDS
from targets.corrections import corrections_in, described
from targets.engine.drain import drain_all
from targets.models import Achievement, ClosedCell, ClosedTarget, Indicator, Target, YearClosure, YearCorrection
from targets.models.facts import CELL_KEY as CELL
from targets.services import closing as service
from tests import factories as make

TODAY = date(2024, 3, 31)
TABLES = ("targets_closedcell", "targets_closedpersonal", "targets_closedtarget", "targets_yearcorrection")


def a_year() -> tuple[Disbursement, Assignment]:
    """2023 in Kota Bengkulu: a payment, a post, a graduation and a target."""
    line = make.make_line(make.make_batch(year=2023), make.make_beneficiary(groups=[3]), paid_on=date(2023, 3, 4))
    companion = make.make_person()
    post = make.make_assignment(companion, pillar="PKH", valid_from=date(2022, 1, 1))
    make.make_graduation(make.make_beneficiary(), on=date(2023, 5, 2), to=companion)
    make.make_target(value=40, year=2023)
    drain_all()
    return line, post


def propose(actor: User, year: int = 2023, **more) -> YearClosure:
    return service.closure_propose(actor=actor, year=year, **{"reason": "Tutup buku", "today": TODAY, **more})


def figures(user: User, year: int = 2023, region: int = make.KOTA) -> list[tuple]:
    found = achievement.figures(user, year=year, region=region, today=date(2024, 6, 1))
    return [(f.indicator.code, f.breakdown, f.realised, f.rows, f.target, f.percent) for f in found]


@contextmanager
def refused(*rules: type[Exception]):
    with pytest.raises(rules or (IntegrityError,)), transaction.atomic():
        yield


def test_the_readme_shows_the_machine_and_every_state_has_words():
    readme = (Path(settings.BASE_DIR) / "targets/README.md").read_text(encoding="utf-8")
    assert CLOSURE.diagram() in readme
    assert set(WORDS) == set(YearClosure.State)


# --- who, when -----------------------------------------------------------------------


def test_one_officer_proposes_and_another_closes(cast):
    closure = propose(cast.staff)
    with pytest.raises(Refusal, match="Anda pengusul penutupan ini"):
        service.closure_decide(actor=cast.staff, closure=closure, today=TODAY)
    closure = service.closure_decide(actor=cast.admin, closure=closure, today=TODAY)
    assert (closure.state, closure.decided_by) == ("disetujui", cast.admin)
    assert Job.objects.get(kind="close_year").params == {"closure": closure.pk, "year": 2023}


@pytest.mark.parametrize("who", ["owner", "province", "auditor"])
def test_only_the_ministry_closes(cast, who):
    user = getattr(cast, who)
    with pytest.raises(Refusal, match="tidak berwenang"):
        propose(user)
    closure = propose(cast.staff)
    with pytest.raises(Refusal, match="tidak berwenang"):
        service.closure_decide(actor=user, closure=closure, today=TODAY)


def test_a_year_that_is_not_over_or_is_proposed_already_is_refused(cast):
    with pytest.raises(Refusal, match="belum berakhir"):
        propose(cast.staff, 2024)
    propose(cast.staff)
    with pytest.raises(Refusal, match="masih diusulkan"):
        propose(cast.admin)


def test_a_proposal_is_withdrawn_or_turned_down_with_a_reason(cast):
    closure = propose(cast.staff)
    with pytest.raises(ValidationError, match="Sebab pembatalan"):
        service.closure_drop(actor=cast.staff, closure=closure, note=" ")
    with pytest.raises(Refusal):
        service.closure_drop(actor=cast.province, closure=closure, note="x")
    assert service.closure_drop(actor=cast.staff, closure=closure, note="Ada rapat lagi").state == "batal"
    with pytest.raises(Refusal, match="tidak dibuka lagi"):
        service.closure_decide(actor=cast.admin, closure=closure, today=TODAY)
    propose(cast.staff)


def test_a_copy_whose_job_ended_badly_is_queued_again(cast):
    closure = service.closure_decide(actor=cast.admin, closure=propose(cast.staff), today=TODAY)
    with pytest.raises(Refusal, match="tidak perlu diulang"):
        service.closure_repeat(actor=cast.admin, closure=closure)
    Job.objects.update(state=Job.State.FAILED)
    assert service.closure_repeat(actor=cast.admin, closure=closure).state == Job.State.QUEUED


# --- what is kept ------------------------------------------------------------------------


def test_every_cell_and_target_of_the_year_is_kept(cast):
    a_year()
    closure = make.make_closed_year(2023, cast.staff, cast.admin)
    live = Achievement.objects.filter(year=2023).exclude(n=0, value=0).values_list(*CELL, "n", "value")
    assert set(ClosedCell.objects.values_list(*CELL, "n", "value")) == set(live)
    assert closure.cells == len(live) > 0
    assert (closure.people, closure.targets) == (1, 1)
    assert list(ClosedTarget.objects.values_list("region_id", "value", "version", "pending")) == [
        (make.KOTA, 40, 1, False)
    ]
    assert BudgetYear.objects.get(pk=2023).closed_on == TODAY
    assert AuditEvent.objects.filter(summary__contains=closure.hash).exists()


def test_figures_of_a_closed_year_stay_whatever_its_rows_do(cast):
    line, post = a_year()
    before = figures(cast.staff)
    make.make_closed_year(2023, cast.staff, cast.admin)
    Disbursement.objects.filter(pk=line.pk, year=2023).update(amount=9, region=make.CURUP)
    Assignment.objects.filter(pk=post.pk).update(region=make.CURUP)
    Target.objects.update(value=1)
    make.make_line(make.make_batch(year=2023), make.make_beneficiary(groups=[3]), paid_on=date(2023, 4, 4))
    drain_all()
    assert figures(cast.staff) == before
    assert figures(cast.owner) == before
    live = Achievement.objects.filter(year=2023, level=2, region_id=make.KOTA, measure=10, dim=1, period=3)
    assert live.get().value == 0


def test_closed_figures_and_their_corrections_make_the_live_ones(cast):
    line, post = a_year()
    closure = make.make_closed_year(2023, cast.staff, cast.admin)
    assert not YearCorrection.objects.exists()
    Disbursement.objects.filter(pk=line.pk, year=2023).update(amount=line.amount + 5)
    Assignment.objects.filter(pk=post.pk).update(region=make.CURUP)
    make.make_line(make.make_batch(year=2023), make.make_beneficiary(groups=[3]), paid_on=date(2023, 4, 4))
    drain_all()
    assert YearCorrection.objects.exists()
    assert add_up(closure)


def add_up(closure: YearClosure) -> bool:
    """Closed + corrections = live, cell by cell."""
    sums: Counter = Counter()
    for model in (ClosedCell, YearCorrection):
        for *key, n, value in model.objects.filter(closure_id=closure.pk).values_list(*CELL, "n", "value"):
            sums[*key, "n"] += n
            sums[*key, "value"] += value
    live: Counter = Counter()
    for *key, n, value in Achievement.objects.filter(year=closure.year_id).values_list(*CELL, "n", "value"):
        live[*key, "n"], live[*key, "value"] = n, value
    return {k: v for k, v in sums.items() if v} == {k: v for k, v in live.items() if v}


def test_a_correction_is_named_by_the_indicator_of_its_breakdown(cast):
    person, verifier = make.make_person(), make.make_verifier()
    known = Indicator.objects.get(code="KEGIATAN")
    Indicator.objects.create(id=99, code="KEGIATAN_PAS", measure=known.measure, dim=Dim.GROUP, unit=known.unit)
    make.make_closed_year(2023, cast.staff, cast.admin)
    make.make_activity(person, on=date(2023, 5, 6), by=verifier, groups=[3])
    drain_all()
    rows = corrections_in(cast.staff, year=2023, region=make.KOTA, today=TODAY)
    named = {(found.row.dim, found.indicator.code) for found in described(cast.staff, rows)}
    assert named == {(Dim.PILLAR, "KEGIATAN"), (Dim.GROUP, "KEGIATAN_PAS")}


def test_a_correction_by_decree_is_a_second_version_and_the_first_is_kept(cast):
    line, _ = a_year()
    first = make.make_closed_year(2023, cast.staff, cast.admin)
    Disbursement.objects.filter(pk=line.pk, year=2023).update(amount=line.amount + 5)
    drain_all()
    with pytest.raises(ValidationError) as error:
        propose(cast.staff, reason=" ")
    assert set(error.value.message_dict) == {"reason", "decree"}
    second = make.make_closed_year(2023, cast.staff, cast.admin, decree="LHP BPK 5/2024", reason="Temuan BPK")
    assert (second.version, second.previous_hash) == (2, first.hash)
    old, new = (
        ClosedCell.objects.filter(closure_id=c.pk, level=2, measure=10, dim=1).get().value for c in (first, second)
    )
    assert (old, new) == (line.amount, line.amount + 5)
    assert ("RUPIAH_SALUR", line.programme_id, line.amount + 5) in [f[:3] for f in figures(cast.owner)]
    verify(2023)


def verify(year: int) -> str:
    out = StringIO()
    call_command("verify_year", year=year, stdout=out)
    return out.getvalue()


# --- the second wall ------------------------------------------------------------------------


def test_the_database_refuses_to_touch_what_was_kept(cast):
    line, _ = a_year()
    make.make_closed_year(2023, cast.staff, cast.admin)
    Disbursement.objects.filter(pk=line.pk, year=2023).update(amount=1)
    drain_all()
    for table in TABLES:
        for act in (f"UPDATE {table} SET closure_id = closure_id", f"DELETE FROM {table}", f"TRUNCATE {table}"):
            with refused(), connection.cursor() as cursor:
                cursor.execute(act)
    with refused():
        ClosedCell.objects.create(
            closure_id=1, level=0, region_id=0, measure=10, dim=1, breakdown=1, period=1, n=1, value=1
        )
    for act in (
        "UPDATE targets_yearclosure SET hash = 'x'",
        "DELETE FROM targets_yearclosure",
        "UPDATE core_budgetyear SET closed_on = NULL WHERE year = 2023",
    ):
        with refused(), connection.cursor() as cursor:
            cursor.execute(act)


def test_neither_a_reader_nor_the_engine_may_change_what_was_kept(cast):
    a_year()
    make.make_closed_year(2023, cast.staff, cast.admin)
    with refused(ProgrammingError), scope_transaction(cast.admin):
        ClosedCell.objects.update(value=0)
    with refused(ProgrammingError), scope_transaction(cast.admin):
        BudgetYear.objects.filter(pk=2023).update(closed_on=None)
    with refused(ProgrammingError), jobs.engine_transaction():
        ClosedCell.objects.all().delete()


@pytest.mark.parametrize("broken", ["proposer decides", "closed without hash", "correction without decree"])
def test_the_database_holds_four_eyes_hash_and_decree(cast, broken):
    closure = propose(cast.staff)
    wrong = {
        "proposer decides": {"state": "disetujui", "decided_by": cast.staff, "decided_on": TODAY},
        "closed without hash": {"state": "ditutup", "decided_by": cast.admin, "decided_on": TODAY},
        "correction without decree": {"reason": ""},
    }[broken]
    with refused():
        if broken == "correction without decree":
            YearClosure.objects.create(year_id=2022, version=2, proposed_on=TODAY, **wrong)
        else:
            YearClosure.objects.filter(pk=closure.pk).update(**wrong)


def test_verify_year_says_whether_a_closed_year_was_touched(cast):
    a_year()
    with pytest.raises(CommandError, match="belum pernah ditutup"):
        verify(2023)
    closure = make.make_closed_year(2023, cast.staff, cast.admin)
    assert f"utuh. {closure.hash}" in verify(2023)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE targets_closedcell DISABLE TRIGGER USER")
        cursor.execute("UPDATE targets_closedcell SET value = value + 1 WHERE level = 2 AND measure = 10")
        cursor.execute("ALTER TABLE targets_closedcell ENABLE TRIGGER USER")
    with pytest.raises(CommandError, match="sidik isinya kini") as error:
        verify(2023)
    assert error.value.returncode == 1


def test_a_foreign_kecamatan_stays_closed_in_the_copy(cast):
    a_year()
    make.make_closed_year(2023, cast.staff, cast.admin)
    with scope_transaction(cast.neighbour):
        seen = set(ClosedCell.objects.values_list("level", flat=True))
    assert seen == {0, 1, 2}
