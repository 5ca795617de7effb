"""Target pages and printed figures in the browser's door."""

import pytest

from targets.engine.drain import drain_all
from targets.models import Target
from tests import factories as make

LIST = "/target/2024/17.71/"
FORM = "/target/2024/17.71/baru/"
VERSION = f"{FORM}?indikator=PENERIMA_PAS:3"


@pytest.fixture
def browser(cast, client_of):
    return client_of(cast.owner)


def page(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_shows_the_version_in_force_and_keeps_the_old_ones(browser):
    make.make_target(value=300, version=1, source="SK lama")
    make.make_target(value=400, version=2, source="SK baru", reason="naik")
    html = page(browser, LIST)
    assert "versi 2" in html
    assert html.index("SK lama") > html.index("versi 2")
    assert 'value="1"><b class="num">300</b>' in html


def test_a_target_stands_beside_what_was_reached(browser):
    make.make_target(value=4)
    make.make_line(make.make_batch(), make.make_beneficiary(groups=[3]))
    drain_all()
    html = page(browser, LIST)
    assert "25,0%" in html
    assert "/dasbor/2024/17.71/baris/PENERIMA_PAS/3/" in html


def test_persons_targets_are_a_list_of_their_own(browser):
    person = make.make_person(name="Rina Marlina")
    make.make_graduation(make.make_beneficiary(), to=person)
    make.make_target(value=10, indicator="GRADUASI", breakdown=4, person=person)
    drain_all()
    assert "Rina Marlina" not in page(browser, LIST)
    html = page(browser, f"{LIST}?jenis=orang&q=rin")
    assert "Rina Marlina" in html
    assert "10,0%" in html
    assert f"/dasbor/2024/orang/{person.pk}/GRADUASI/" in html


def test_a_foreign_persons_target_is_not_listed(cast, client_of):
    make.make_target(value=10, indicator="GRADUASI", breakdown=4, person=make.make_person(name="Rina Marlina"))
    assert "Rina Marlina" not in page(client_of(cast.neighbour), f"{LIST}?jenis=orang")


def test_filing_a_target_shows_it(browser):
    sent = {"address": "RUPIAH_SALUR:1", "value": "1.250.000", "source": "Rapat kerja", "reason": ""}
    response = browser.post(FORM, sent, follow=True)
    assert response.redirect_chain == [(LIST, 302)]
    assert "Rp1.250.000" in response.content.decode()


def test_a_new_version_without_a_reason_comes_back_with_what_was_typed(browser):
    make.make_target(value=300)
    response = browser.post(VERSION, {"value": "410", "source": "Rapat", "reason": "", "seen": "1"})
    assert response.status_code == 422
    assert 'value="410"' in response.content.decode()
    assert Target.objects.count() == 1


def test_a_version_filed_meanwhile_is_shown_and_the_next_attempt_follows_it(browser):
    make.make_target(value=300)
    sent = {"value": "410", "source": "Rapat", "reason": "data baru", "seen": "0"}
    html = browser.post(VERSION, sent).content.decode()
    assert "sudah diubah" in html
    assert 'name="seen" value="1"' in html
    assert browser.post(VERSION, sent | {"seen": "1"}).status_code == 302
    assert Target.objects.latest("version").value == 410


def test_a_target_for_a_person_is_filed_from_the_search(browser):
    person = make.make_person(name="Rina Marlina")
    assert f"?orang={person.pk}" in page(browser, "/target/2024/17.71/orang/?q=rina")
    sent = {"address": "GRADUASI:4", "value": "10", "source": "Kemensos"}
    response = browser.post(f"{FORM}?orang={person.pk}", sent)
    assert response.url == f"{LIST}?jenis=orang"
    assert Target.objects.get().person == person


def test_a_foreign_person_does_not_exist_for_the_form(cast, client_of):
    person = make.make_person()
    assert client_of(cast.neighbour).get(f"{FORM}?orang={person.pk}").status_code == 404


def test_who_may_not_propose_sees_no_button_and_is_told_why(cast, client_of):
    client = client_of(cast.neighbour)
    assert "Target baru</span>" not in page(client, LIST)
    sent = {"address": "PENERIMA_PAS:3", "value": "1", "source": "x"}
    response = client.post(FORM, sent)
    assert response.status_code == 422
    assert "Anda tidak berwenang mengusulkan di wilayah ini." in response.content.decode()


@pytest.mark.parametrize("address", ["/target/2024/17.99/", "/target/1999/17.71/", "/target/2024/abc/"])
def test_unknown_places_and_years_are_404(browser, address):
    assert browser.get(address).status_code == 404


@pytest.mark.parametrize("address", [LIST, FORM, "/angka-rilis/", "/angka-rilis/1/"])
def test_pages_ask_for_a_sign_in(client, cast, address):
    assert client.get(address).status_code == 302


def test_more_targets_cost_no_more_queries(browser, django_assert_max_num_queries):
    [make.make_target(value=9, breakdown=group) for group in (1, 2)]
    page(browser, LIST)
    with django_assert_max_num_queries(40) as few:
        page(browser, LIST)
    [make.make_target(value=9, breakdown=group) for group in range(3, 13)]
    with django_assert_max_num_queries(len(few)):
        page(browser, LIST)


def test_printed_figures_are_listed_with_their_differences(browser):
    html = page(browser, "/angka-rilis/?wilayah=17")
    assert "418 orang" in html
    assert "tidak dirinci dalam sumber" in html
    assert "Bantuan Kemensos untuk Kota Bengkulu" in html


def test_the_list_of_printed_figures_narrows_to_a_region(browser):
    html = page(browser, "/angka-rilis/?wilayah=kota bengkulu&tahun=2024")
    assert html.count("Bantuan Kemensos untuk Kota Bengkulu") == page(
        browser, "/angka-rilis/?wilayah=17.71&tahun=2024"
    ).count("Bantuan Kemensos untuk Kota Bengkulu")
    assert "Bantuan Kemensos untuk Kota Bengkulu" in html
    assert "418 orang" not in html


def test_a_printed_figure_shows_parts_interval_and_source(browser):
    html = page(browser, "/angka-rilis/2/")
    assert "Rp2.211,67–2.221,67 juta" in html
    assert "radarselatan.disway.id" in html
    assert '<span class="published">Rp879,77 juta</span>' in html


def test_a_counted_part_opens_its_rows(browser):
    make.make_line(make.make_batch(), make.make_beneficiary(), amount=1)
    drain_all()
    assert "/dasbor/2024/17.71/baris/RUPIAH_SALUR/1/" in page(browser, "/angka-rilis/2/")


def test_an_empty_list_leads_to_where_targets_are(cast, client_of):
    make.make_target(value=10, year=2023)
    html = page(client_of(cast.province), "/target/2023/17/")
    assert "Wilayah ini belum punya target pada tahun yang dipilih" in html
    assert 'href="/target/2023/17.71/">Kota Bengkulu</a>' in html
    assert 'href="/target/2023/17.71/">2023</a>' in page(client_of(cast.owner), LIST)


def test_nobody_is_sent_to_a_button_he_does_not_have(cast, client_of):
    assert "Target baru" not in page(client_of(cast.auditor), "/target/2024/nasional/")


def test_everybody_sees_when_each_years_figures_were_counted(cast, client_of):
    make.make_line(make.make_batch(), make.make_beneficiary(groups=[3]))
    drain_all()
    html = page(client_of(cast.owner), "/pekerjaan/")
    assert "Angka capaian" in html
    assert '<th scope="row">2024</th>' in html
