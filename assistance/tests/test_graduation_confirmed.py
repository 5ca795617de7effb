"""A decision made outside PILAR counts when a second officer stands behind it, through both doors."""

from datetime import date

import pytest
from django.db import IntegrityError

from assistance.models import Graduation
from assistance.services.graduations import (
    GraduationEntry,
    graduation_cancel,
    graduation_confirm,
    graduation_record,
)
from assistance.tests.entries import GRADUATIONS, TODAY, rule_of
from assistance.tests.graduating import make_family, personal_figure, regional_figure, run_to_transition
from pilar.core.models import AuditEvent, Programme, RegionGrant

DAY = date(2024, 6, 1)


@pytest.fixture
def people(cast):
    return make_family()


@pytest.fixture
def recorded(cast, people) -> Graduation:
    entry = GraduationEntry(people.family, Programme.objects.get(code="PKH"), "mandiri", DAY)
    return graduation_record(actor=cast.owner, entry=entry, today=TODAY)


def confirm(actor, graduation) -> Graduation:
    return graduation_confirm(actor=actor, graduation=graduation, today=TODAY)


def test_it_counts_from_its_confirmation_on_the_day_of_its_decision(cast, people, recorded):
    assert (personal_figure(cast, people.companion), regional_figure(cast)) == (0, 0)
    confirm(cast.colleague, recorded)
    assert (personal_figure(cast, people.companion), regional_figure(cast)) == (1, 1)
    recorded.refresh_from_db()
    assert (recorded.recorded_by, recorded.confirmed_by, recorded.confirmed_on) == (cast.owner, cast.colleague, TODAY)
    assert AuditEvent.objects.filter(summary__endswith="dikonfirmasi", actor_id=cast.colleague.pk).count() == 1


def test_whoever_recorded_it_does_not_confirm_it(cast, recorded):
    found = Graduation.objects.filter(pk=recorded.pk)
    found.update(recorded_by=cast.colleague)
    assert rule_of(confirm, actor=cast.colleague, graduation=recorded) == "empat_mata"
    with pytest.raises(IntegrityError, match="graduation_confirmed_by_another"):
        found.update(confirmed_by=cast.colleague, confirmed_on=TODAY)


def test_only_who_may_decide_there_and_for_the_programme_confirms(cast, recorded):
    assert rule_of(confirm, actor=cast.clerk, graduation=recorded) == "wewenang"
    assert rule_of(confirm, actor=cast.neighbour, graduation=recorded) == "wewenang"
    RegionGrant.objects.filter(user=cast.colleague).update(programmes=[Programme.objects.get(code="YAPI").pk])
    assert rule_of(confirm, actor=cast.colleague, graduation=recorded) == "wewenang"


def test_a_confirmed_or_cancelled_one_is_not_confirmed(cast, recorded):
    confirm(cast.colleague, recorded)
    assert rule_of(confirm, actor=cast.colleague, graduation=recorded) == "konfirmasi_sekali"
    graduation_cancel(actor=cast.owner, graduation=recorded, on=TODAY, reason="keliru", today=TODAY)
    assert rule_of(confirm, actor=cast.colleague, graduation=recorded) == "batal_sekali"


def test_what_a_case_decided_needs_no_confirmation(cast, people):
    graduation = run_to_transition(cast, people).graduation
    assert (graduation.recorded_by, graduation.confirmed_by) == (cast.owner, cast.colleague)
    assert graduation.confirmed_on == graduation.decided_on


def test_the_page_offers_it_to_the_second_pair_of_eyes_only(cast, client_of, recorded):
    url = f"/graduasi/{recorded.pk}/konfirmasi/"
    own, other = client_of(cast.owner), client_of(cast.colleague)
    assert "menunggu konfirmasi" in own.get("/graduasi/?waiting=on").content.decode()
    assert url not in own.get("/graduasi/").content.decode()
    assert url in other.get("/graduasi/").content.decode()
    assert "Dicatat oleh" in other.get(url).content.decode()
    assert own.get(url).status_code == 403
    assert other.post(url)["Location"] == "/graduasi/"
    assert "dihitung" in other.get("/graduasi/?counted=on").content.decode()
    assert not other.get("/graduasi/?waiting=on").context["graduations"]


def test_the_api_confirms_it(cast, api_of, recorded):
    own, other = api_of(cast.owner), api_of(cast.colleague)
    assert own.post(f"{GRADUATIONS}{recorded.pk}/konfirmasi/").status_code == 403
    waiting = other.get(f"{GRADUATIONS}?menunggu_konfirmasi=true").json()["results"]
    assert [(row["dihitung"], row["dikonfirmasi_pada"]) for row in waiting] == [(False, None)]
    assert other.post(f"{GRADUATIONS}{recorded.pk}/konfirmasi/").json()["dihitung"]
    again = other.post(f"{GRADUATIONS}{recorded.pk}/konfirmasi/").json()
    assert again["type"] == "/api/galat/konfirmasi_sekali"
