"""Ages at recruitment, the longest term and the end of an SK: rules with validity and source, and their warnings."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from personnel.models import Assignment, Personnel, ServiceRule
from personnel.services.service_rules import age_finding, age_on, service_rule_set
from personnel.terms import years_before
from personnel.tests.entries import API, LIST, NEW, body, form
from pilar.core.models import Pillar, Region
from pilar.core.scoping import scope_transaction
from pilar.core.warnings import Ask, warnings_of
from tests import factories as make


@pytest.fixture
def browser(cast, client_of):
    return client_of(cast.owner)


@pytest.fixture
def api(cast, api_of):
    return api_of(cast.owner)


def text(response) -> str:
    return response.content.decode()


def told(user) -> dict[str, str]:
    ask = Ask(user, Region.objects.get(pk=make.KOTA), timezone.localdate())
    with scope_transaction(user):
        return {watcher.kind: warned[0].sentence for watcher, warned in warnings_of(ask)}


def test_who_is_too_old_is_not_recruited_as_tksk_and_reads_the_source(browser, api):
    old = {"birth_date": "1980-03-12", "nik": make.nik(day=52, month=3, year=80)}
    page = text(browser.post(NEW, form(**old)))
    assert "Umurnya 43 tahun pada TMT 2 Januari 2024" in page
    assert "paling banyak 35 tahun (Permensos 28/2018 pasal 9 huruf a)" in page
    answer = api.post(API, body(tanggal_lahir="1980-03-12", nik=old["nik"]), format="json")
    assert "paling banyak 35 tahun" in answer.json()["errors"]["penugasan"]["mulai"][0]
    assert not Personnel.objects.exists()


def test_who_continues_is_recorded_and_the_age_is_told(browser):
    old = form(birth_date="1980-03-12", nik=make.nik(day=52, month=3, year=80), continues="on")
    page = text(browser.post(NEW, old, follow=True))
    assert "paling banyak 35 tahun" in page
    assert Assignment.objects.get().continues


def test_a_second_assignment_in_the_pillar_is_no_recruitment(browser):
    person = make.make_person(birth_date=date(1980, 3, 12))
    make.make_assignment(person, valid_until=date(2023, 12, 31), end_reason="pindah", position="TKSK")
    assert browser.post(f"{LIST}{person.pk}/penugasan/", form()).status_code == 302


def test_no_rule_judges_a_recruitment_before_it_was_in_force(land):
    tksk = Pillar.objects.get(code="TKSK")
    assert age_finding(tksk, date(1970, 1, 1), date(2018, 11, 29)) == ""
    assert "48 tahun" in age_finding(tksk, date(1970, 1, 1), date(2018, 11, 30))
    assert "paling sedikit 20 tahun" in age_finding(tksk, date(2005, 1, 1), date(2024, 1, 1))


def test_ages_and_terms_of_a_leap_day():
    assert age_on(date(2000, 2, 29), date(2020, 2, 28)) == 19
    assert years_before(date(2024, 2, 29), 5) == date(2019, 2, 28)


def test_a_rule_is_replaced_and_the_old_version_stays(land, browser, api):
    call_command("set_service_rule", "TKSK", "umur_maks", "40", "--since", "2025-01-01", "--source", "Permensos baru")
    tksk = Pillar.objects.get(code="TKSK")
    assert "paling banyak 35" in age_finding(tksk, date(1980, 1, 1), date(2024, 12, 31))
    assert age_finding(tksk, date(1985, 1, 2), date(2025, 1, 1)) == ""
    assert "Permensos baru" in text(browser.get("/personel/aturan-tugas/"))
    kinds = [row["aturan"] for row in api.get("/api/v1/aturan-tugas/?pilar=TKSK").json()["results"]]
    assert sorted(kinds) == ["masa_tugas", "umur_maks", "umur_maks", "umur_min"]
    with pytest.raises(ValidationError, match="Sudah ada aturan"):
        service_rule_set(pillar=tksk, kind="umur_maks", value=1, since=date(2024, 1, 1), source="S")


def test_no_caseload_is_invented(land):
    assert not ServiceRule.objects.filter(kind="beban").exists()


@pytest.mark.parametrize(("days", "warned"), [(-1, True), (60, True), (61, False)])
def test_an_sk_is_warned_of_before_it_ends_and_after(cast, browser, days, warned):
    person = make.make_person(name="Hampir Habis")
    until = timezone.localdate() + timedelta(days=days)
    make.make_assignment(person, pillar="TAGANA", sk_number="SK-1", sk_until=until, valid_from=date(2026, 1, 1))
    assert ("sk_habis" in told(cast.owner)) is warned
    assert ("Hampir Habis" in text(browser.get(f"{LIST}?sk_habis=60"))) is warned


def test_a_tksk_is_warned_of_before_five_years_are_over(cast, browser, api):
    today = timezone.localdate()
    soon = make.make_person(name="Lima Tahun")
    make.make_assignment(soon, valid_from=years_before(today + timedelta(days=180), 5))
    make.make_assignment(make.make_person(name="Masih Lama"), valid_from=years_before(today, 4))
    sentence = told(cast.owner)["masa_tugas"]
    assert sentence == "1 orang mencapai masa tugas paling lama (TKSK 5 tahun) dalam 180 hari, atau sudah."
    assert [row["nama"] for row in api.get(f"{API}?masa_tugas=180").json()["results"]] == ["Lima Tahun"]


def test_kecamatan_without_tksk_are_told_where_tksk_were_ever_recorded(cast):
    assert "tanpa_tksk" not in told(cast.owner)
    make.make_assignment(make.make_person(), position="TKSK")
    assert told(cast.owner)["tanpa_tksk"] == "8 kecamatan tanpa TKSK yang bertugas."
