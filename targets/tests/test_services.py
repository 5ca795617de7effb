"""Filing targets: versions, rights, conflicts."""

import threading
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from pilar.core.errors import Refusal
from pilar.core.models import AuditEvent, BudgetYear, Programme, RegionGrant, User
from targets.models import Indicator, Target
from targets.services.approval import target_set
from targets.services.plan import Aim
from tests import factories as make

ELDERLY = 3
TODAY = date(2024, 2, 1)


def aim(region: int = make.KOTA, indicator: str = "PENERIMA_PAS", breakdown: int = ELDERLY, person=None) -> Aim:
    return Aim(2024, region, Indicator.objects.get(code=indicator), breakdown, person)


def file(actor, value: int = 80, *, at: Aim | None = None, **fields) -> Target:
    return target_set(
        actor=actor, aim=at or aim(), value=value, source=fields.pop("source", "SK 1"), today=TODAY, **fields
    )


def test_the_first_target_is_version_one(cast):
    target = file(cast.owner)
    assert (target.version, target.value, target.set_by) == (1, 80, cast.owner)


def test_a_new_value_is_a_new_version_and_the_old_one_stays(cast):
    file(cast.owner, 80)
    file(cast.owner, 95, reason="hasil rapat")
    assert list(Target.objects.order_by("version").values_list("version", "value")) == [(1, 80), (2, 95)]
    assert [t.value for t in Target.objects.in_force()] == [95]


def test_a_new_version_needs_a_reason(cast):
    file(cast.owner)
    with pytest.raises(Refusal, match="perlu alasan") as refusal:
        file(cast.owner, 95, reason=" ")
    assert refusal.value.rule == "alasan_versi_baru"


def test_a_version_filed_meanwhile_is_said_with_its_value(cast):
    file(cast.colleague, 90)
    with pytest.raises(Refusal, match=r"Colleague.*versi 1 dengan nilai 90"):
        file(cast.owner, 80, seen_version=0, reason="x")


def test_a_seen_version_that_is_still_the_newest_is_followed(cast):
    file(cast.owner)
    assert file(cast.owner, 85, seen_version=1, reason="x").version == 2


@pytest.mark.parametrize("who", ["neighbour", "auditor", "stranger"])
def test_only_who_may_propose_there_files_a_target(cast, who):
    with pytest.raises(Refusal, match="tidak berwenang"):
        file(getattr(cast, who))


def test_the_province_files_for_its_kabupaten(cast):
    assert file(cast.province).region_id == make.KOTA


def test_a_closed_year_takes_no_target(cast):
    BudgetYear.objects.filter(pk=2024).update(closed_on=date(2025, 3, 1))
    with pytest.raises(Refusal, match="sudah ditutup"):
        file(cast.owner)


def test_an_unknown_breakdown_is_refused(cast):
    with pytest.raises(Refusal, match="Rincian itu tidak dikenal"):
        file(cast.owner, at=aim(breakdown=99))


def test_all_together_only_where_the_measure_counts_it(cast):
    assert file(cast.owner, at=aim(indicator="PENERIMA_PROGRAM", breakdown=0)).breakdown == 0
    with pytest.raises(Refusal):
        file(cast.owner, at=aim(indicator="RUPIAH_SALUR", breakdown=0))


def test_a_village_has_no_target(cast):
    with pytest.raises(Refusal, match="Pilih Kecamatan Selebar"):
        file(cast.owner, at=aim(region=make.SELEBAR + 1001))


def test_a_persons_target_lies_where_the_person_is_managed(cast):
    person = make.make_person(region=make.KOTA)
    target = file(cast.province, 10, at=aim(make.SELEBAR, "GRADUASI", 4, person))
    assert (target.region_id, target.person) == (make.KOTA, person)


def test_a_person_has_targets_of_personal_indicators_only(cast):
    with pytest.raises(Refusal, match="tidak per orang"):
        file(cast.owner, at=aim(person=make.make_person()))


def test_a_grant_for_one_programme_files_for_that_programme_only(cast):
    RegionGrant.objects.filter(user=cast.owner).update(programmes=[Programme.objects.get(code="ATENSI").pk])
    assert file(cast.owner, at=aim(indicator="RUPIAH_SALUR", breakdown=3)).version == 1
    with pytest.raises(Refusal, match="hanya untuk program atau pilar tertentu"):
        file(cast.owner, at=aim(indicator="RUPIAH_SALUR", breakdown=1))
    with pytest.raises(Refusal, match="hanya untuk program atau pilar tertentu"):
        file(cast.owner)


def test_a_negative_value_is_refused_in_a_sentence(cast):
    with pytest.raises(ValidationError, match="tidak boleh kurang dari 0"):
        file(cast.owner, -1)


def test_filing_leaves_an_audit_event(cast):
    target = file(cast.owner, reason="awal tahun")
    drafted, filed = AuditEvent.objects.filter(object_type="targets.target", object_id=str(target.pk)).order_by("id")
    assert (drafted.actor_id, drafted.region_id, drafted.reason) == (cast.owner.pk, make.KOTA, "awal tahun")
    assert filed.summary.endswith("80 diajukan")


def test_two_at_once_file_two_versions_or_one_is_told(committed):
    owner = User.objects.get(username="owner")
    start, outcomes = threading.Barrier(2), []

    def attempt(value: int) -> None:
        try:
            start.wait()
            outcomes.append(file(owner, value, seen_version=0, reason="x").version)
        except Refusal as refusal:
            outcomes.append(refusal.rule)
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt, args=[value]) for value in (80, 90)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(map(str, outcomes)) == ["1", "versi_target"]
    assert Target.objects.count() == 1
