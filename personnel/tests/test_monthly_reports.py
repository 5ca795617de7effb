"""Laporan bulanan: who hands it in and decides it, when it is on time, what it contains, and what counts."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from personnel.forms.monthly import ended
from personnel.models import MonthlyReport
from personnel.services import monthly_reports as service
from personnel.tests.acting import companion
from personnel.tests.entitled import rule
from pilar.core.models import Pillar
from targets.engine.drain import drain_all
from targets.models import Achievement
from tests import factories as make

MAY = date(2024, 5, 14)
IN_TIME, LATE = date(2024, 6, 10), date(2024, 6, 11)
LIST, API = "/laporan-bulanan/", "/api/v1/laporan-bulanan/"


def submit(actor, person, *, today=IN_TIME, month=MAY, **changes) -> MonthlyReport:
    pillar = Pillar.objects.get(code=changes.pop("pillar", "PKH"))
    return service.monthly_report_submit(
        actor=actor, person=person, pillar=pillar, month=month, due_day=10, today=today, **changes
    )


@pytest.mark.parametrize(("today", "on_time"), [(IN_TIME, True), (LATE, False)])
def test_the_day_it_was_first_handed_in_decides(cast, today, on_time):
    row = submit(cast.owner, companion(), today=today)
    assert (row.month, row.due_on, row.on_time) == (date(2024, 5, 1), IN_TIME, on_time)


def test_what_came_back_does_not_become_late(cast):
    person = companion()
    row = submit(cast.owner, person)
    service.monthly_report_return(actor=cast.colleague, report=row, note="Kurang satu kegiatan", today=IN_TIME)
    row = submit(cast.owner, person, today=LATE)
    assert (row.state, row.on_time) == ("diajukan", True)


def test_only_who_checks_that_pillar_and_did_not_hand_it_in_decides(cast):
    row = submit(cast.owner, companion())
    assert rule(lambda: service.monthly_report_accept(actor=cast.owner, report=row, today=LATE)) == "empat_mata"
    assert rule(lambda: service.monthly_report_accept(actor=cast.neighbour, report=row, today=LATE)) == "wewenang"
    assert service.monthly_report_accept(actor=cast.colleague, report=row, today=LATE).state == "diterima"


def test_a_month_that_runs_or_was_not_served_is_refused(cast):
    person = companion(valid_from=date(2024, 5, 20))
    with pytest.raises(ValidationError, match="Mei 2024 belum selesai"):
        submit(cast.owner, person, today=date(2024, 5, 31))
    with pytest.raises(ValidationError, match="tidak bertugas sebagai Pendamping PKH pada April 2024"):
        submit(cast.owner, person, month=date(2024, 4, 1))


def test_one_report_a_month(cast):
    person = companion()
    row = submit(cast.owner, person)
    assert rule(lambda: submit(cast.owner, person)) == "urutan_keadaan"
    with pytest.raises(IntegrityError, match="monthlyreport_four_eyes"), transaction.atomic():
        MonthlyReport.objects.filter(pk=row.pk).update(state="diterima", decided_by=cast.owner, decided_on=LATE)


def test_nobody_hands_in_where_he_enters_no_data(cast):
    person = companion()
    assert rule(lambda: submit(cast.neighbour, person)) == "wewenang"
    assert rule(lambda: submit(cast.auditor, person)) == "wewenang"


def test_accepted_and_on_time_counts(cast):
    for today in (IN_TIME, LATE):
        row = submit(cast.owner, companion(), today=today)
        drain_all()
        assert not Achievement.objects.filter(measure=19, n__gt=1).exists()
        service.monthly_report_accept(actor=cast.colleague, report=row, today=LATE)
    drain_all()
    cells = Achievement.objects.filter(measure=19, region_id=make.SELEBAR, period__gt=0)
    assert [(cell.period, cell.dim, cell.breakdown, cell.n) for cell in cells] == [(5, 2, 1, 1)]


# --- doors -------------------------------------------------------------------


@pytest.fixture
def month() -> date:
    return ended(timezone.localdate())[0]


def test_the_member_hands_it_in_and_the_office_accepts(cast, client_of, month):
    person = companion()
    make.make_activity(person, pillar="PKH", kind="p2k2", on=month.replace(day=9), by=cast.colleague)
    make.make_activity(person, pillar="PKH", kind="kunjungan_rumah", on=month.replace(day=9))
    member = client_of(make.member_of(person))
    form = {"pillar": 1, "month": month.isoformat(), "note": "Jalan #putus [ke] desa"}
    url = member.post(f"{LIST}baru/{person.pk}/", form)["Location"]
    page = member.get(url).content.decode()
    assert "Pertemuan P2K2" in page
    assert "Kunjungan rumah" not in page
    office = client_of(cast.owner)
    assert office.post(f"{url}kembalikan/", {"note": "Tambahkan kunjungan"}).status_code == 302
    assert "Tambahkan kunjungan" in member.get(url).content.decode()
    assert member.post(f"{LIST}baru/{person.pk}/", form)["Location"] == url
    assert office.post(f"{url}terima/").status_code == 302
    for reader in (member, office):
        paper = reader.get(f"{url}pdf/")
        assert (paper.status_code, paper["Content-Type"], paper.content[:5]) == (200, "application/pdf", b"%PDF-")


def test_a_member_decides_nothing(cast, client_of):
    person = companion()
    row = make.make_monthly_report(person.assignments.get(), by=cast.owner)
    assert client_of(make.member_of(person)).post(f"{LIST}{row.pk}/terima/").status_code == 403


def test_the_same_through_the_api(cast, api_of, month):
    person = companion()
    body = {"personel": person.pk, "pilar": "PKH", "bulan": f"{month:%Y-%m}"}
    api = api_of(make.member_of(person))
    made = api.post(API, body, format="json")
    assert made.status_code == 201, made.content
    url = f"{API}{made.json()['id']}/"
    assert api.post(f"{url}terima/").status_code == 403
    assert api_of(cast.owner).post(f"{url}terima/").json()["keadaan"] == "diterima"
    assert api.get(url).json()["kegiatan"] == []
    assert api.get(f"{url}pdf/").content[:5] == b"%PDF-"
    wrong = api.post(API, body | {"bulan": "Mei"}, format="json").json()["errors"]
    assert "misalnya 2024-06" in wrong["bulan"][0]


def test_the_list_is_filtered(cast, client_of):
    assignment = companion().assignments.get()
    make.make_monthly_report(assignment, by=cast.owner)
    make.make_monthly_report(assignment, by=cast.owner, month=date(2024, 4, 1), due_on=date(2024, 5, 10))
    client = client_of(cast.owner)
    found = {
        query: [item["month"] for item in client.get(f"{LIST}?{query}").context["items"]]
        for query in ("", "bulan=2024-05", "bulan=mei", "terlambat=ya", "nama=marlina", "keadaan=diterima")
    }
    assert found == {
        "": ["April 2024", "Mei 2024"], "bulan=2024-05": ["Mei 2024"], "bulan=mei": [],
        "terlambat=ya": ["April 2024"], "nama=marlina": ["April 2024", "Mei 2024"], "keadaan=diterima": [],
    }  # fmt: skip
