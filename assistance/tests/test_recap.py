"""The recap of a year: not eligible by reason, graduated by kind, objections answered in time; both doors."""

from datetime import date

import pytest

from assistance.models import Objection
from assistance.reading_recap import recap
from pilar.core.measures import get
from pilar.core.models import Programme, Region
from targets.engine.drain import drain_all
from targets.models import Achievement
from tests import factories as make

TODAY = date(2024, 6, 30)
PAGE, API = "/verval/rekap/?year=2024", "/api/v1/rekap-verval/"


@pytest.fixture
def year(cast):
    """Two kabupaten; three refusals for two reasons here, one there; graduations and objections of each fate."""
    companion = make.make_assignment(make.make_person())
    for reason in ("mampu", "mampu", "pindah"):
        make.make_verification(
            make.make_beneficiary(), companion, programme="PKH", result="tidak_layak", reason=reason,
            on=date(2024, 3, 1),
        )  # fmt: skip
    there = make.make_beneficiary(region=make.CURUP)
    make.make_verification(
        there, companion, programme="PKH", result="tidak_layak", reason="judi", region=make.CURUP, on=date(2024, 3, 1)
    )
    make.make_graduation(make.make_beneficiary(), on=date(2024, 4, 1))
    make.make_graduation(make.make_beneficiary(), on=date(2024, 4, 1), cancelled_on=date(2024, 4, 9))
    for filed, answered in ((1, 10), (2, 28), (3, None), (29, None)):
        row = make.make_objection(make.make_beneficiary(), on=date(2024, 5, filed))
        if answered:
            Objection.objects.filter(pk=row.pk).update(
                state="ditolak", answer="Diperiksa", answered_on=date(2024, 5, answered)
            )
    make.make_objection(make.make_beneficiary(), on=date(2024, 6, 25))


def found(user, region=make.KOTA, **asked):
    programme = Programme.objects.get(code=asked["programme"]) if "programme" in asked else None
    return recap(user, Region.objects.get(pk=region), programme, asked.get("year", 2024), TODAY)


def test_each_reason_kind_and_fate_is_counted_once(cast, year):
    here = found(cast.owner)
    assert [(part.code, part.count) for part in here.reasons] == [("mampu", 2), ("pindah", 1)]
    assert sum(part.count for part in here.kinds) == 1
    assert (here.in_time, here.late, here.waiting, here.lapsed) == (1, 1, 1, 2)


def test_objections_answered_in_time_are_those_of_the_measure(cast, year):
    drain_all()
    cells = Achievement.objects.filter(year=2024, measure=get("sanggahan_tepat_waktu").number, level=2, period__lte=12)
    assert sum(cells.filter(region_id=make.KOTA).values_list("n", flat=True)) == found(cast.owner).in_time == 1


def test_another_year_and_another_programme_are_apart(cast, year):
    assert found(cast.owner, year=2023).objections == 0
    assert found(cast.owner, programme="YAPI").reasons == []


def test_the_province_sees_both(cast, year):
    assert sum(part.count for part in found(cast.province, region=1700000000).reasons) == 4


def test_it_costs_three_queries(cast, year, django_assert_num_queries):
    region = Region.objects.get(pk=make.KOTA)
    found(cast.owner)
    with django_assert_num_queries(3):
        recap(cast.owner, region, None, 2024, TODAY)


def test_the_page_says_why_in_words(cast, client_of, year):
    html = client_of(cast.owner).get(PAGE).content.decode()
    assert "Keluarga sudah mampu atau memiliki aset" in html
    assert "Dijawab tepat waktu" in html
    assert "judi" not in html


def test_the_api_answers_the_same_and_refuses_other_areas(cast, api_of, year):
    client = api_of(cast.owner)
    body = client.get(f"{API}?tahun=2024").json()
    assert [(row["kode"], row["jumlah"]) for row in body["tidak_layak_menurut_alasan"]] == [("mampu", 2), ("pindah", 1)]
    assert client.get(f"{API}?tahun=2024&wilayah=17.02").status_code == 403
    assert client.get(f"{API}?tahun=2024&warna=biru").json()["errors"] == {"warna": ["Saringan ini tidak dikenal."]}
