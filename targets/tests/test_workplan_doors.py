"""Langkah bersama through both doors."""

import pytest

from targets.models import WorkPlan, WorkStep
from targets.services.workplan import plan_renew
from targets.tests.workplans import BENGKULU, TODAY, agreed, companion, draft, entry, only_step
from tests import factories as make

PAGE = "/langkah/2024/17.71/"
API = "/api/v1/langkah-bersama/"
STEPS = "/api/v1/langkah/"
TEXT = {"strategy": "Lansia dahulu", "mechanism": "Rapat bulanan"}


def page(client, address: str = PAGE) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


# --- pages --------------------------------------------------------------------


def test_a_plan_is_written_step_by_step(cast, client_of):
    browser = client_of(cast.owner)
    assert browser.post(f"{PAGE}baru/", TEXT).status_code == 302
    step = {"text": "Mendata lansia", "owner": "dinsos_kabkota", "deadline": "2024-06-30"}
    assert browser.post(f"{PAGE}tambah/", step).status_code == 302
    html = page(browser)
    assert "Mendata lansia" in html
    assert "Belum disepakati keempat pihak" in html
    assert browser.post(f"{PAGE}ubah/", TEXT | {"strategy": "Anak dahulu"}).status_code == 302
    assert "Anak dahulu" in page(browser)
    pk = WorkStep.objects.get().pk
    assert browser.post(f"{PAGE}{pk}/ubah/", step | {"text": "Mendata anak"}).status_code == 302
    assert browser.post(f"{PAGE}{pk}/hapus/").status_code == 302
    assert "Belum ada langkah" in page(browser)


def test_a_refusal_comes_back_on_the_form(cast, client_of):
    draft(cast.owner)
    response = client_of(cast.owner).post(f"{PAGE}baru/", TEXT)
    assert response.status_code == 422
    assert "sudah ada" in response.content.decode()


def test_everybody_reads_a_plan_but_is_offered_only_his_own_acts(cast, client_of):
    draft(cast.owner)
    assert "Catat kesepakatan" not in page(client_of(cast.neighbour))
    assert "Tambah langkah" not in page(client_of(cast.neighbour))
    assert page(client_of(cast.staff)).count("Catat kesepakatan</a>") == 1
    assert page(client_of(cast.colleague)).count("Catat kesepakatan</a>") == 2


def test_an_agreement_is_recorded_on_its_page(cast, client_of):
    draft(cast.owner)
    person = companion(name="Umar Said")
    browser = client_of(cast.colleague)
    assert "Umar Said" in page(browser, f"{PAGE}sepakat/pendamping/?q=said")
    assert "Umar Said" not in page(browser, f"{PAGE}sepakat/pendamping/?q=rina")
    assert browser.post(f"{PAGE}sepakat/pendamping/", {"person": person.pk, "on": "2024-01-20"}).status_code == 302
    assert browser.post(f"{PAGE}sepakat/dinsos_kabkota/", {"name": "Budi", "on": "2024-01-20"}).status_code == 302
    assert "2 dari 4 pihak" in page(browser)


def test_a_foreign_companion_is_no_choice(cast, client_of):
    draft(cast.owner)
    stranger = companion(region=make.CURUP)
    answer = client_of(cast.colleague).post(f"{PAGE}sepakat/pendamping/", {"person": stranger.pk, "on": "2024-01-20"})
    assert answer.status_code == 422


def test_old_versions_stay_readable(cast, client_of):
    first = agreed(cast)
    plan_renew(actor=cast.owner, plan=first, reason="Anggaran turun", today=TODAY)
    browser = client_of(cast.owner)
    assert "Sampai itu versi 1 tetap berlaku" in page(browser)
    assert "Berlaku sejak 20 Januari 2024" in page(browser, f"{PAGE}?versi=1")
    assert browser.get(f"{PAGE}?versi=9").status_code == 404


def test_the_owner_moves_a_step_on_its_page(cast, client_of):
    step = only_step(agreed(cast))
    browser = client_of(cast.owner)
    assert browser.post(f"{PAGE}{step.pk}/berjalan/", {"on": "2024-03-01"}).status_code == 302
    assert browser.post(f"{PAGE}{step.pk}/batal/", {"on": "2024-04-01"}).status_code == 422
    body = {"on": "2024-04-01", "reason": "Anggaran dipindah"}
    assert browser.post(f"{PAGE}{step.pk}/batal/", body).status_code == 302
    html = page(browser)
    assert "Anggaran dipindah" in html
    assert "1 Maret 2024" in html


def test_a_kecamatan_leads_to_its_kabupaten(cast, client_of):
    assert client_of(cast.owner).get("/langkah/2024/17.71.01/").url == PAGE


def test_a_province_shows_how_its_kabupaten_stand(cast, client_of):
    agreed(cast)
    html = page(client_of(cast.neighbour), "/langkah/2024/17/")
    assert "4 dari 4" in html
    assert "belum ada" in html


def test_a_plan_of_many_steps_costs_as_many_queries_as_of_one(cast, client_of, django_assert_max_num_queries):
    make.make_workstep(make.make_workplan(year=2023))
    plan = make.make_workplan()
    [make.make_workstep(plan, text=f"Langkah {n}") for n in range(12)]
    browser = client_of(cast.owner)
    page(browser)
    with django_assert_max_num_queries(25) as one:
        page(browser, "/langkah/2023/17.71/")
    with django_assert_max_num_queries(len(one)):
        page(browser)


# --- API ----------------------------------------------------------------------


def test_the_api_writes_agrees_and_moves_by_the_same_services(cast, api_of):
    owner, colleague, staff, province = (api_of(u) for u in (cast.owner, cast.colleague, cast.staff, cast.province))
    made = owner.post(API, {"tahun": 2024, "wilayah": "17.71", "strategi": "Lansia", "mekanisme": "Rapat"}).json()
    plan = f"{API}{made['id']}/"
    step = {
        "langkah": "Mendata",
        "penanggung_jawab": "dinsos_kabkota",
        "tenggat": "2024-06-30",
        "indikator": "GRADUASI",
    }
    added = owner.post(f"{plan}langkah/", step).json()
    assert owner.post(f"{STEPS}{added['id']}/ubah/", step | {"langkah": "Menjangkau"}).json()["langkah"] == "Menjangkau"
    word = {"pada": "2024-01-20", "nama": "Budi"}
    assert staff.post(f"{plan}sepakat/", word | {"pihak": "kemensos"}).status_code == 200
    assert province.post(f"{plan}sepakat/", word | {"pihak": "dinsos_provinsi"}).status_code == 200
    assert colleague.post(f"{plan}sepakat/", word | {"pihak": "dinsos_kabkota"}).status_code == 200
    whom = {"pihak": "pendamping", "pada": "2024-01-20", "orang": companion().pk}
    body = colleague.post(f"{plan}sepakat/", whom).json()
    assert body["keadaan"] == "disepakati"
    assert {a["pihak"] for a in body["kesepakatan"]} == {"kemensos", "dinsos_provinsi", "dinsos_kabkota", "pendamping"}
    moved = owner.post(f"{STEPS}{added['id']}/keadaan/", {"keadaan": "berjalan", "pada": "2024-03-01"}).json()
    assert (moved["keadaan"], moved["riwayat"][0]["dari"]) == ("berjalan", "belum")
    assert [row["id"] for row in owner.get(f"{STEPS}?lewat_tenggat=true").json()["results"]] == [added["id"]]
    renewed = owner.post(f"{plan}versi-baru/", {"alasan": "Anggaran turun"}).json()
    assert renewed["versi"] == 2
    assert [row["versi"] for row in owner.get(f"{API}?berlaku=true&wilayah=17.71").json()["results"]] == [1]


def test_the_api_refuses_with_rule_and_remedy(cast, api_of):
    plan = draft(cast.owner)
    word = {"pihak": "kemensos", "pada": "2024-01-20", "nama": "Budi"}
    answer = api_of(cast.colleague).post(f"{API}{plan.pk}/sepakat/", word)
    assert (answer.status_code, answer.json()["type"]) == (409, "/api/galat/pihak_lain")
    assert "Kementerian Sosial" in answer.json()["detail"]


def test_the_api_names_fields_as_it_knows_them(cast, api_of):
    plan = draft(cast.owner)
    step = {"langkah": "Mendata", "penanggung_jawab": "kemensos", "tenggat": "2025-06-30"}
    answer = api_of(cast.owner).post(f"{API}{plan.pk}/langkah/", step)
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {"tenggat"})


def test_steps_are_found_by_their_owner(cast, api_of):
    mine = draft(cast.province, region=BENGKULU, steps=(entry(owner="dinsos_provinsi"), entry(owner="kemensos")))
    rest = api_of(cast.neighbour)
    found = rest.get(f"{STEPS}?penanggung_jawab=dinsos_provinsi&wilayah_penanggung_jawab=17").json()["results"]
    assert [row["langkah_bersama"] for row in found] == [mine.pk]
    assert len(rest.get(f"{STEPS}?wilayah=17&tahun=2024").json()["results"]) == 2


@pytest.mark.parametrize("address", [API, STEPS])
def test_lists_cost_as_many_queries_for_many_as_for_one(cast, api_of, address, django_assert_max_num_queries):
    make.make_workstep(make.make_workplan())
    rest = api_of(cast.owner)
    rest.get(address)
    with django_assert_max_num_queries(15) as one:
        rest.get(address)
    plans = [make.make_workplan(region=region) for region in (make.REJANG_LEBONG, BENGKULU)]
    [make.make_workstep(plan, text=str(n)) for plan in plans for n in range(5)]
    with django_assert_max_num_queries(len(one)):
        assert len(rest.get(address).json()["results"]) > 2
    assert WorkPlan.objects.count() == 3
