"""Ledger, drain and rebuild against an independent recount."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from assistance.models import Disbursement, Graduation
from pilar.core import jobs
from pilar.core.models import Job
from targets.engine import drain as draining
from targets.engine import rebuild
from targets.engine.drain import drain, drain_all
from targets.models import Achievement, LedgerEntry, RollupRun, StagedCell
from targets.tests.recount import differences
from tests import factories as make

CURUP = make.CURUP


def full_rebuild(year: int = 2024) -> RollupRun:
    """What the Celery tasks do, in this process."""
    job = Job.objects.create(kind="rollup", key=str(year), region_id=0, params={"year": year})
    job = jobs.job_claim(job_id=job.pk, task_id="uji", host="uji", now=timezone.now())
    run, regions = rebuild.begin(job)
    for region in regions:
        rebuild.count_part(run, region, job.attempt)
    rebuild.apply(run, job.attempt)
    run.refresh_from_db()
    return run


def some_rows() -> Disbursement:
    person = make.make_beneficiary(groups=[3, 12])
    batch = make.make_batch()
    line = make.make_line(batch, person, amount=500)
    companion = make.make_person()
    make.make_assignment(companion, pillar="PKH", region=make.SELEBAR)
    make.make_assignment(companion, pillar="PKH", region=make.TELUK_SEGARA, is_primary=False)
    make.make_graduation(person, to=companion)
    return line


def value(level: int, region: int, measure: int, dim: int, breakdown: int, period: int) -> int:
    found = Achievement.objects.filter(
        year=2024, level=level, region_id=region, measure=measure, dim=dim, breakdown=breakdown, period=period
    )
    return sum(found.values_list("value", flat=True))


def test_a_payment_reaches_every_level(land):
    line = some_rows()
    drain_all()
    found = [
        value(lv, code, 10, 1, line.programme_id, 3)
        for lv, code in ((3, make.SELEBAR), (2, make.KOTA), (1, 1700000000), (0, 0))
    ]
    assert found == [500, 500, 500, 500]


def test_the_facts_equal_a_recount(land):
    some_rows()
    drain_all()
    assert differences(2024) == []


def test_a_person_with_two_work_areas_counts_once_in_the_kabupaten(land):
    some_rows()
    drain_all()
    pkh = 1
    assert [
        value(2, make.KOTA, 30, 2, pkh, 12),
        value(3, make.SELEBAR, 30, 2, pkh, 12),
        value(3, make.TELUK_SEGARA, 30, 2, pkh, 12),
    ] == [1, 1, 1]


def test_a_person_paid_twice_counts_once(land):
    person = make.make_beneficiary(groups=[3])
    make.make_line(make.make_batch(), person)
    make.make_line(make.make_batch(), person, paid_on=date(2024, 8, 1))
    drain_all()
    assert value(0, 0, 32, 3, 3, 0) == 1


def test_a_mover_counts_in_both_kabupaten_and_once_in_the_province(land):
    person = make.make_beneficiary(groups=[3])
    make.make_line(make.make_batch(), person, region=make.SELEBAR)
    make.make_line(make.make_batch(region=make.REJANG_LEBONG), person, region=CURUP)
    drain_all()
    assert [
        value(2, make.KOTA, 32, 3, 3, 0),
        value(2, make.REJANG_LEBONG, 32, 3, 3, 0),
        value(1, 1700000000, 32, 3, 3, 0),
    ] == [1, 1, 1]


def test_a_row_without_kecamatan_is_direct_and_counts_in_the_parent(land):
    make.make_line(make.make_batch(), make.make_beneficiary(), region=make.KOTA, amount=700)
    drain_all()
    assert [value(3, make.KOTA, 10, 3, 12, 3), value(2, make.KOTA, 10, 3, 12, 3)] == [700, 700]


def test_a_returned_line_counts_no_more(land):
    line = some_rows()
    drain_all()
    Disbursement.objects.filter(pk=line.pk, year=2024).update(state="retur", returned_on=date(2024, 4, 1))
    drain_all()
    assert value(0, 0, 10, 1, line.programme_id, 3) == 0
    assert differences(2024) == []


def test_payment_after_the_year_is_carry_over(land):
    make.make_line(make.make_batch(), make.make_beneficiary(), paid_on=date(2025, 1, 9), amount=900)
    drain_all()
    assert value(2, make.KOTA, 10, 3, 12, 13) == 900


def test_a_graduation_is_credited_to_its_companion_only(land):
    some_rows()
    Graduation.objects.update(credited_to=make.make_person())
    drain_all()
    assert differences(2024) == []


def test_rows_put_straight_into_a_partition_are_noticed(land):
    some_rows()
    drain_all()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE assistance_disbursement_2024 SET amount = amount + 1")
    drain_all()
    assert differences(2024) == []


def test_a_row_that_moves_to_another_year(land):
    line = some_rows()
    drain_all()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE assistance_batch SET year = 2023 WHERE id = %s", [line.batch_id])
    drain_all()
    assert differences(2024) == []
    assert differences(2023) == []


def test_truncate_of_a_counted_table_is_refused(land):
    with pytest.raises(Exception, match="TRUNCATE"), connection.cursor() as cursor:
        cursor.execute("TRUNCATE assistance_graduation")


def test_rebuild_of_right_facts_finds_no_drift(committed):
    some_rows()
    drain_all()
    assert full_rebuild().drift_cells == 0
    assert differences(2024) == []


def test_rebuild_leaves_the_undrained_to_the_drain(committed):
    some_rows()
    drain_all()
    some_rows()
    assert full_rebuild().drift_cells == 0
    assert LedgerEntry.objects.exists()
    drain_all()
    assert differences(2024) == []


def test_rebuild_finds_names_and_mends_drift(committed):
    line = some_rows()
    drain_all()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE assistance_disbursement DISABLE TRIGGER USER")
        cursor.execute("UPDATE assistance_disbursement SET amount = 900 WHERE id = %s", [line.pk])
        cursor.execute("ALTER TABLE assistance_disbursement ENABLE TRIGGER USER")
    run = full_rebuild()
    assert run.drift_cells == 16  # decided and paid, two breakdowns at four levels
    assert {cell["n"] for cell in run.drift_sample} == {1}
    assert differences(2024) == []


def test_rebuild_finds_a_person_that_nobody_noted(committed):
    some_rows()
    drain_all()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE personnel_assignment DISABLE TRIGGER USER")
        cursor.execute("UPDATE personnel_assignment SET valid_until = '2024-06-15'")
        cursor.execute("ALTER TABLE personnel_assignment ENABLE TRIGGER USER")
    assert full_rebuild().drift_cells > 0
    assert differences(2024) == []


def test_drain_leaves_a_year_under_rebuild_alone(committed):
    some_rows()
    job = Job.objects.create(kind="rollup", key="2024", region_id=0, params={"year": 2024})
    jobs.job_claim(job_id=job.pk, task_id="uji", host="uji", now=timezone.now())
    RollupRun.objects.create(job=job, year=2024, rule_version="x")
    drain()
    assert LedgerEntry.objects.filter(year=2024).exists()
    assert not Achievement.objects.filter(year=2024).exists()


def test_an_expired_rebuild_cannot_apply(committed):
    some_rows()
    job = Job.objects.create(kind="rollup", key="2024", region_id=0, params={"year": 2024})
    job = jobs.job_claim(job_id=job.pk, task_id="uji", host="uji", now=timezone.now())
    run, _ = rebuild.begin(job)
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    drain_all()
    with pytest.raises(jobs.LeaseLost):
        rebuild.apply(run, job.attempt)
    assert differences(2024) == []


def test_only_one_rebuild_of_a_year_is_open(committed):
    rebuild.rollup_request(year=2024, user=None)
    with pytest.raises(Exception, match="sudah berjalan"):
        rebuild.rollup_request(year=2024, user=None)


def test_applying_longer_than_the_lease_keeps_the_job(committed, settings):
    settings.JOB_LEASE_SECONDS = 1
    some_rows()
    drain_all()
    job = Job.objects.create(kind="rollup", key="2024", region_id=0, params={"year": 2024})
    job = jobs.job_claim(job_id=job.pk, task_id="uji", host="uji", now=timezone.now())
    run, regions = rebuild.begin(job)
    for region in regions:
        rebuild.count_part(run, region, job.attempt)
    with slow_updates():
        rebuild.apply(run, job.attempt)
    rebuild.finish(run, job.attempt)
    job.refresh_from_db()
    assert job.state == Job.State.DONE


@contextmanager
def slow_updates():
    """Every change of the year's row waits three leases."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION uji_lambat() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN PERFORM pg_sleep(3); RETURN NEW; END $$;"
            "CREATE TRIGGER uji BEFORE INSERT OR UPDATE ON targets_rollupyear"
            " FOR EACH ROW EXECUTE FUNCTION uji_lambat()"
        )
    yield


def test_a_message_that_comes_twice_changes_nothing(committed):
    some_rows()
    drain_all()
    job = Job.objects.create(kind="rollup", key="2024", region_id=0, params={"year": 2024})
    job = jobs.job_claim(job_id=job.pk, task_id="uji", host="uji", now=timezone.now())
    run, regions = rebuild.begin(job)
    for region in regions:
        rebuild.count_part(run, region, job.attempt)
    rebuild.apply(run, job.attempt)
    rebuild.count_part(run, 1700000000, job.attempt)
    rebuild.apply(run, job.attempt)
    assert rebuild.applied_run(job) == run
    rebuild.finish(run, job.attempt)
    assert differences(2024) == []


def test_a_rebuild_ends_with_nothing_noted_before_left_over(committed):
    """Also when another drainer held the lock at that moment: it is waited for."""
    some_rows()
    draining.drain_noted()
    assert not LedgerEntry.objects.exists()
    assert differences(2024) == []


def test_the_nightly_turn_takes_the_year_compared_longest_ago(committed):
    full_rebuild(2023)
    Job.objects.update(state=Job.State.DONE)
    rebuild.queue_stalest_year()
    rebuild.queue_stalest_year()
    assert list(Job.objects.open().values_list("key", flat=True)) == ["2024"]


def test_what_a_failed_rebuild_staged_is_cleared_by_the_next(committed):
    some_rows()
    drain_all()
    job = Job.objects.create(kind="rollup", key="2024", region_id=0, params={"year": 2024})
    job = jobs.job_claim(job_id=job.pk, task_id="uji", host="uji", now=timezone.now())
    run, _ = rebuild.begin(job)
    rebuild.count_part(run, 1700000000, job.attempt)
    jobs.job_end(job.pk, job.attempt, Job.State.FAILED)
    assert StagedCell.objects.exists()
    full_rebuild()
    assert not StagedCell.objects.exists()
