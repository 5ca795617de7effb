"""The list and one person's page: who sees whom, the masked NIK, gaps, and the panels of other apps."""

from datetime import date

import pytest

from personnel.tests.entries import LIST
from pilar.core.models import AuditEvent
from targets.engine.drain import drain_all
from tests import factories as make

REASON = {"reason": "Mencocokkan dengan KTP"}


@pytest.fixture
def browser(cast, client_of):
    return client_of(cast.owner)


def text(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("part", ["", "ubah/", "penugasan/"])
def test_a_person_of_another_region_is_not_found(browser, part):
    person = make.make_person(region=make.REJANG_LEBONG)
    assert browser.get(f"{LIST}{person.pk}/{part}").status_code == 404


def test_a_person_of_another_region_is_not_listed(browser):
    make.make_assignment(make.make_person(region=make.REJANG_LEBONG), region=make.CURUP)
    assert browser.get(LIST).context["people"] == []


def test_the_nik_is_masked_until_a_reason_is_given_and_the_reading_is_recorded(browser):
    person = make.make_person()
    assert person.reveal_nik() not in text(browser.get(f"{LIST}{person.pk}/"))
    response = browser.post(f"{LIST}{person.pk}/nik/", REASON)
    assert person.reveal_nik() in text(response)
    assert "no-store" in response.headers["Cache-Control"]
    assert AuditEvent.objects.get(action="buka_data").reason == REASON["reason"]


def test_a_reason_that_says_too_little_opens_nothing(browser):
    person = make.make_person()
    page = text(browser.post(f"{LIST}{person.pk}/nik/", {"reason": "cek"}))
    assert "Tulis untuk apa NIK dilihat" in page
    assert person.reveal_nik() not in page


def test_without_the_right_no_nik_is_shown(cast, client_of):
    person = make.make_person()
    clerk = client_of(cast.clerk)
    assert f"{LIST}{person.pk}/nik/" not in text(clerk.get(f"{LIST}{person.pk}/"))
    response = clerk.post(f"{LIST}{person.pk}/nik/", REASON)
    assert response.status_code == 403
    assert person.reveal_nik() not in text(response)


def test_an_auditor_reads_and_is_offered_no_act(cast, client_of):
    person = make.make_person()
    make.make_assignment(person)
    page = text(client_of(cast.auditor).get(f"{LIST}{person.pk}/"))
    acts = ("Ubah data", "Penugasan baru", "akhiri penugasan ini", "Personel baru")
    assert [act for act in acts if act in page] == []


def test_a_gap_and_a_missing_sk_are_shown(browser):
    person = make.make_person()
    make.make_assignment(person, valid_from=date(2020, 1, 1), valid_until=date(2021, 12, 31), sk_number="SK-1")
    make.make_assignment(person, valid_from=date(2023, 1, 1))
    page = text(browser.get(f"{LIST}{person.pk}/"))
    assert "Tanpa penugasan" in page
    assert "1 Jan 2022 – 31 Des 2022" in page
    assert "bekerja tanpa SK berlaku" in page


def test_the_page_says_so_when_nothing_runs_any_more(browser):
    person = make.make_person()
    make.make_assignment(person, valid_until=date(2023, 12, 31), end_reason="meninggal")
    page = text(browser.get(f"{LIST}{person.pk}/"))
    assert "Tidak ada penugasan yang berjalan" in page
    assert "Berakhir: meninggal" in page


def test_activities_show_whether_they_count(cast, browser):
    person = make.make_person()
    make.make_activity(person, kind="pendampingan", by=cast.colleague)
    make.make_activity(person, kind="ground_check")
    shown = browser.get(f"{LIST}{person.pk}/").context["activities"]
    assert {row.kind.code: row.get_state_display() for row in shown} == {
        "pendampingan": "terverifikasi",
        "ground_check": "menunggu pemeriksaan",
    }


def test_the_list_pages_by_key_in_both_directions(browser):
    for number in range(60):
        make.make_person(name=f"Orang {number:03d}")
    first = browser.get(LIST)
    second = browser.get(LIST, {"cursor": first.context["page"].next})
    back = browser.get(LIST, {"cursor": second.context["page"].previous})
    assert [item["person"].name for item in second.context["people"]] == [f"Orang {n:03d}" for n in range(50, 60)]
    assert back.context["people"][0]["person"] == first.context["people"][0]["person"]


# --- what other apps add -------------------------------------------------------


@pytest.fixture
def companion(cast):
    """Seven counted graduations of 2024 against ten, beside four that are not hers or do not count."""
    person = make.make_person(name="Rina Contoh")
    assignment = make.make_assignment(person, pillar="PKH")
    make.make_target(value=10, indicator="GRADUASI", breakdown=0, person=person)
    for number in range(7):
        family = make.make_beneficiary(name=f"Keluarga {number}")
        make.make_caseload(assignment, family)
        make.make_graduation(family, on=date(2024, number + 1, 5), to=person)
    make.make_graduation(make.make_beneficiary(name="Tidak dihitung"), to=person, counts=False)
    make.make_graduation(make.make_beneficiary(name="Dibatalkan"), to=person, cancelled_on=date(2024, 7, 1))
    make.make_graduation(make.make_beneficiary(name="Tahun lalu"), to=person, on=date(2023, 6, 1))
    make.make_graduation(make.make_beneficiary(name="Tanpa pendamping"))
    drain_all()
    return person


def test_a_companions_page_shows_seven_of_ten_with_exactly_those_seven(browser, companion):
    response = browser.get(f"{LIST}{companion.pk}/?year=2024")
    figures, graduated, *_ = (item["panel"] for item in response.context["panels"])
    (line,) = figures["figures"]
    assert (line["figure"].realised, line["figure"].target) == (7, 10)
    assert [row["name"] for row in graduated["rows"]] == [f"Keluarga {number}" for number in range(7)]
    assert graduated["families"] == 7


def test_the_year_is_chosen_on_the_page(browser, companion):
    response = browser.get(f"{LIST}{companion.pk}/?year=2023")
    _, graduated, *_ = (item["panel"] for item in response.context["panels"])
    assert [row["name"] for row in graduated["rows"]] == ["Tahun lalu"]
    assert f'href="{LIST}{companion.pk}/?year=2024"' in text(response)


def test_the_opened_rows_are_those_behind_the_figure(browser, companion):
    response = browser.get(f"{LIST}{companion.pk}/?year=2024")
    (line,) = response.context["panels"][0]["panel"]["figures"]
    page = text(browser.get(line["url"]))
    assert all(f"Keluarga {number}" in page for number in range(7))
    others = ("Tidak dihitung", "Dibatalkan", "Tahun lalu", "Tanpa pendamping")
    assert [name for name in others if name in page] == []


def test_a_family_out_of_reach_is_counted_but_not_named(cast, browser, companion):
    """The region of a graduation is another kabupaten: the province reads the row, the kota does not."""
    family = make.make_beneficiary(region=make.CURUP, name="Keluarga Curup")
    make.make_graduation(family, to=companion)
    assert "Keluarga Curup" not in text(browser.get(f"{LIST}{companion.pk}/?year=2024"))


def test_the_rows_behind_a_figure_lie_in_any_kabupaten(cast, client_of, companion):
    family = make.make_beneficiary(region=make.CURUP, name="Keluarga Curup")
    make.make_graduation(family, to=companion)
    drain_all()
    response = client_of(cast.province).get(f"{LIST}{companion.pk}/?year=2024")
    (line,) = response.context["panels"][0]["panel"]["figures"]
    assert line["figure"].realised == 8
    assert "Keluarga Curup" in text(client_of(cast.province).get(line["url"]))


def test_people_without_a_caseload_have_no_such_panel(browser):
    person = make.make_person()
    make.make_assignment(person, pillar="TAGANA")
    panels = browser.get(f"{LIST}{person.pk}/").context["panels"]
    assert [item["title"] for item in panels] == [
        "Target dan capaian", "Tali asih", "Kompetensi", "Disiplin dan pengakhiran", "Keluarga dekat",
    ]  # fmt: skip
