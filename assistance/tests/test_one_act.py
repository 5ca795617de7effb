"""One act, one record: a verval, an assessment or a service raises the measure by exactly one, by itself."""

import pytest
from django.db import IntegrityError, transaction

from assistance.tests import graduating
from assistance.tests import test_services_atensi as care
from assistance.tests import test_services_verval as verval
from personnel.models import Activity, ActivityStep
from personnel.services.activities import activity_change, activity_file
from personnel.tests.acting import TODAY, companion, entry
from personnel.tests.entitled import rule
from pilar.core.models import Pillar, RegionGrant
from targets.engine.drain import drain_all
from targets.models import Achievement, PersonalAchievement
from tests import factories as make

ACTS = 11


def counted(region: int = make.KOTA) -> int:
    """Verified activities of all pillars in the year."""
    drain_all()
    cells = Achievement.objects.filter(measure=ACTS, region_id=region, dim=2, year=2024, period__gt=0)
    return sum(cells.values_list("n", flat=True))


def test_a_verval_counts_once_for_the_companion_who_was_there(cast):
    person, assignment = make.make_beneficiary(), make.make_assignment(make.make_person())
    verval.proposed(person)
    before = counted()
    row = verval.verify(cast.owner, person, assignment)
    assert counted() == before + 1
    (activity,) = Activity.objects.all()
    assert (activity.act, activity.kind.code, activity.person_id) == (
        f"verval:{row.pk}",
        "verval",
        assignment.person_id,
    )
    assert (activity.date, activity.verified_by, activity.filed_by) == (row.verified_on, cast.owner, None)
    assert list(PersonalAchievement.objects.filter(measure=ACTS).values_list("person_id", "n")) == [
        (assignment.person_id, 1)
    ]
    assert [step.became for step in ActivityStep.objects.all()] == ["terverifikasi"]


def test_an_assessment_for_graduation_counts_once(cast):
    people = graduating.make_family()
    case = graduating.propose(cast.owner, people.family)
    before = counted()
    graduating.assess(cast.owner, case, people.assignment)
    assert counted() == before + 1
    assert Activity.objects.get().kind.code == "asesmen_graduasi"


def test_each_component_of_atensi_that_is_given_counts_once(cast):
    person = make.make_beneficiary(groups=[12])
    assessor = make.make_assignment(make.make_person(), pillar="REHSOS", region=make.KOTA)
    case = care.plan(cast.owner, care.assess(cast.owner, person, assessor))
    before = counted()
    care.serve(cast.owner, case, 1)
    assert counted() == before + 1
    assert Activity.objects.get().target_groups == [12]


def test_a_refused_act_leaves_no_activity(cast):
    person, assignment = make.make_beneficiary(), make.make_assignment(make.make_person())
    verval.proposed(person)
    RegionGrant.objects.filter(user=cast.owner).update(pillars=[Pillar.objects.get(code="PKH").pk])
    assert rule(lambda: verval.verify(cast.owner, person, assignment)) == "wewenang"
    assert not Activity.objects.exists()


@pytest.mark.parametrize("kind", ["verval", "asesmen_graduasi", "layanan_atensi"])
def test_none_of_them_is_entered_by_hand(cast, kind):
    found = entry(companion(), kind=kind, details={})
    entering = {"actor": cast.owner, "entry": found, "submit": True, "today": TODAY}
    assert rule(lambda: activity_file(**entering)) == "satu_tindakan_satu_kegiatan"


def test_what_an_act_made_is_not_changed_and_not_made_twice(cast):
    person, assignment = make.make_beneficiary(), make.make_assignment(make.make_person())
    verval.proposed(person)
    verval.verify(cast.owner, person, assignment)
    row = Activity.objects.get()
    change = {"entry": entry(companion()), "version": 1, "submit": True, "today": TODAY}
    assert rule(lambda: activity_change(actor=cast.owner, activity=row, **change)) == "satu_tindakan_satu_kegiatan"
    with pytest.raises(IntegrityError, match="act_year_key"), transaction.atomic():
        make.make_activity(assignment.person, on=row.date, act=row.act)
