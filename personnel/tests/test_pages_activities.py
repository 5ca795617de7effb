"""Activities through both doors: entering one, checking it, and what each refusal says."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from personnel.models import Activity
from personnel.tests.acting import companion
from tests import factories as make

LIST, API = "/kegiatan/", "/api/v1/kegiatan/"


@pytest.fixture
def client(cast, client_of):
    return client_of(cast.owner)


@pytest.fixture
def api(cast, api_of):
    return api_of(cast.owner)


def form(**changes) -> dict:
    given = {"date": timezone.localdate().isoformat(), "region": "17.71.01", "quantity": 25, "groups": [12]}
    return given | {"isian_modul": "Kesehatan dan gizi", "isian_anggota": 30, "act": "ajukan"} | changes


def body(person, **changes) -> dict:
    given = {"personel": person.pk, "pilar": "PKH", "jenis": "p2k2", "wilayah": "17.71.01", "jumlah": 25}
    given |= {"tanggal": timezone.localdate().isoformat(), "kelompok": [12]}
    return given | {"isian": {"modul": "Kesehatan dan gizi", "anggota": 30}} | changes


def text(client, url: str) -> str:
    return client.get(url).content.decode()


def cost(client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return len(queries)


# --- pages -------------------------------------------------------------------


def test_the_way_from_the_list_to_the_form(cast, client):
    person = companion()
    assert f"{LIST}baru/" in text(client, LIST)
    assert f"{LIST}baru/{person.pk}/" in text(client, f"{LIST}baru/?nama=rina")
    kinds = text(client, f"{LIST}baru/{person.pk}/")
    assert "Pertemuan P2K2" in kinds
    assert "Penugasan bencana" not in kinds
    page = client.get(f"{LIST}baru/{person.pk}/PKH/p2k2/")
    initial = page.context["form"].initial
    assert (initial["date"], initial["region"].pk, initial["groups"]) == (timezone.localdate(), make.SELEBAR, [12])


def test_filed_checked_by_another_and_told_with_its_history(cast, client, client_of):
    url = client.post(f"{LIST}baru/{companion().pk}/PKH/p2k2/", form())["Location"]
    own = text(client, url)
    assert "Anda yang mencatat atau mengajukan kegiatan ini" in own
    assert "verifikasi/" not in own
    checker = client_of(cast.colleague)
    assert checker.post(f"{url}verifikasi/").status_code == 302
    page = text(client, url)
    assert "Colleague, Dinas Sosial Kota Bengkulu" in page
    assert "Kesehatan dan gizi" in page


def test_sent_back_with_a_note_mended_and_sent_again(cast, client, client_of):
    url = client.post(f"{LIST}baru/{companion().pk}/PKH/p2k2/", form())["Location"]
    client_of(cast.colleague).post(f"{url}kembalikan/", {"note": "Daftar hadir 22 orang"})
    assert "Daftar hadir 22 orang" in text(client, url)
    version = client.get(f"{url}ubah/").context["form"].initial["version"]
    assert client.post(f"{url}ubah/", form(quantity=22, version=version)).status_code == 302
    assert Activity.objects.get().state == "diajukan"
    assert "Dikembalikan dengan catatan" in text(client, url)


def test_a_draft_waits_for_its_author(cast, client):
    url = client.post(f"{LIST}baru/{companion().pk}/PKH/p2k2/", form(act="draf"))["Location"]
    assert Activity.objects.get().state == "draf"
    assert client.post(f"{url}ajukan/").status_code == 302
    assert Activity.objects.get().state == "diajukan"


def test_a_fault_stands_at_its_field_and_nothing_is_lost(cast, client):
    tomorrow = timezone.localdate() + timedelta(days=1)
    url = f"{LIST}baru/{companion().pk}/PKH/p2k2/"
    response = client.post(url, form(date=tomorrow.isoformat(), note="Di balai desa"))
    assert response.status_code == 422
    assert "belum tiba" in response.context["form"].errors["date"][0]
    assert "Di balai desa" in response.content.decode()
    response = client.post(url, form(isian_anggota=5))
    assert "lebih kecil daripada jumlah yang hadir" in response.context["form"].errors["isian_anggota"][0]


def test_checking_ones_own_is_refused_with_who_can(cast, client):
    url = client.post(f"{LIST}baru/{companion().pk}/PKH/p2k2/", form())["Location"]
    response = client.post(f"{url}verifikasi/")
    assert response.status_code == 422
    assert "Anda sendiri yang mencatat atau mengajukan" in response.content.decode()
    assert "Minta petugas lain" in response.content.decode()


def test_a_kind_of_another_pillar_has_no_form(client):
    person = companion()
    assert client.get(f"{LIST}baru/{person.pk}/PKH/bencana/").status_code == 404
    assert client.get(f"{LIST}baru/{person.pk}/TKSK/pemantauan/").status_code == 404
    assert client.get(f"{LIST}1/buang/").status_code == 404


def test_the_list_is_filtered(cast, client):
    rina, budi = companion(), companion("Budi", pillar="TKSK")
    make.make_activity(rina, pillar="PKH", kind="p2k2", by=cast.colleague)
    make.make_activity(budi, kind="pemantauan")
    found = {
        query: [item["name"] for item in client.get(f"{LIST}?{query}").context["items"]]
        for query in ("", "keadaan=diajukan", "nama=marlina", "jenis=p2k2", "pilar=TKSK", "dari=2024-06-01")
    }
    assert found == {
        "": ["Budi", "Rina Marlina"], "keadaan=diajukan": ["Budi"], "nama=marlina": ["Rina Marlina"],
        "jenis=p2k2": ["Rina Marlina"], "pilar=TKSK": ["Budi"], "dari=2024-06-01": [],
    }  # fmt: skip


def test_the_latest_day_stands_first_on_the_page_and_in_the_api(cast, client, api):
    person = companion()
    days = [date(2024, 3, 4), date(2024, 5, 6), date(2023, 7, 1), date(2024, 5, 6)]
    first, second, third, fourth = (make.make_activity(person, pillar="PKH", on=day).pk for day in days)
    wanted = [fourth, second, first, third]
    assert [item["row"].pk for item in client.get(LIST).context["items"]] == wanted
    assert walked(api, f"{API}?page_size=3") == wanted


def test_a_day_with_more_activities_than_a_thousand_is_read_to_its_end(cast, api):
    row = make.make_activity(companion(), pillar="PKH")
    columns = ", ".join(field.column for field in Activity._meta.fields if field.name != "id")
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO personnel_activity ({columns}) "
            f"SELECT {columns} FROM personnel_activity, generate_series(1, 1600) WHERE id = %s",
            [row.pk],
        )
    found = walked(api, f"{API}?page_size=500")
    assert len(found) == len(set(found)) == 1601
    assert found == sorted(found, reverse=True)


def walked(api, url: str) -> list[int]:
    """Ids of all pages; then back from the last to the first, where the same rows stand."""
    pages = [api.get(url).json()]
    while pages[-1]["next"] and len(pages) < 10:
        pages.append(api.get(pages[-1]["next"]).json())
    back = pages[-1]
    for page in reversed(pages[:-1]):
        back = api.get(back["previous"]).json()
        assert back["results"] == page["results"]
    assert back["previous"] is None
    return [row["id"] for page in pages for row in page["results"]]


def test_a_cursor_that_is_not_ours_is_refused(cast, api):
    assert api.get(f"{API}?cursor=cD0x").status_code == 404


def test_sensitive_groups_are_hidden_from_who_may_not_open_personal_data(cast, client_of, api_of):
    row = make.make_activity(companion(), pillar="PKH", groups=[8, 12])
    named = "kelompok yang hanya tampil bagi yang berwenang"
    assert named in text(client_of(cast.clerk), LIST)
    assert named not in text(client_of(cast.owner), LIST)
    assert api_of(cast.clerk).get(f"{API}{row.pk}/").json()["kelompok"] == [12]
    assert api_of(cast.owner).get(f"{API}{row.pk}/").json()["kelompok"] == [8, 12]


@pytest.mark.parametrize("size", [2, 20])
def test_list_and_detail_ask_the_same_number_of_questions(cast, client, size):
    for number in range(size):
        row = make.make_activity(companion(f"Orang {number}"), pillar="PKH", kind="p2k2")
    make.make_activity_step(row)
    client.get(LIST)
    assert (cost(client, LIST), cost(client, f"{LIST}{row.pk}/")) == (LIST_QUERIES, DETAIL_QUERIES)


LIST_QUERIES, DETAIL_QUERIES = 17, 19


# --- API ---------------------------------------------------------------------


def test_the_same_way_through_the_api(cast, api, api_of):
    made = api.post(API, body(companion(), ajukan=False), format="json")
    assert made.status_code == 201, made.content
    url = f"{API}{made.json()['id']}/"
    assert api.post(f"{url}ajukan/").json()["keadaan"] == "diajukan"
    checker = api_of(cast.colleague)
    assert checker.post(f"{url}kembalikan/", {"catatan": "Salah modul"}, format="json").status_code == 200
    change = body(Activity.objects.get().person, versi=3)
    for name in ("personel", "pilar", "jenis"):
        del change[name]
    assert api.post(f"{url}ubah/", change, format="json").json()["keadaan"] == "diajukan"
    assert checker.post(f"{url}verifikasi/").json()["keadaan"] == "terverifikasi"
    steps = api.get(f"/api/v1/langkah-kegiatan/?kegiatan={made.json()['id']}").json()["results"]
    assert [step["menjadi"] for step in steps] == ["terverifikasi", "diajukan", "dikembalikan", "diajukan", "draf"]


def test_the_api_names_the_field_that_the_kind_asks(cast, api):
    refused = api.post(API, body(companion(), isian={"anggota": 30}), format="json")
    assert refused.status_code == 400
    assert "Modul belum diisi" in refused.json()["errors"]["isian"]["modul"][0]


def test_the_api_refuses_ones_own_check_and_a_kind_made_by_an_act(cast, api):
    person = companion()
    url = f"{API}{api.post(API, body(person), format='json').json()['id']}/"
    refused = api.post(f"{url}verifikasi/")
    assert (refused.status_code, refused.json()["type"]) == (409, "/api/galat/empat_mata")
    refused = api.post(API, body(person, jenis="verval", isian={}), format="json")
    assert (refused.status_code, refused.json()["type"]) == (409, "/api/galat/satu_tindakan_satu_kegiatan")


def test_the_catalogue_of_kinds_says_what_each_asks(api):
    kinds = {kind["kode"]: kind for kind in api.get("/api/v1/jenis-kegiatan/?pilar=PKH").json()["results"]}
    assert kinds["p2k2"]["pilar"] == ["PKH"]
    assert [field["nama"] for field in kinds["p2k2"]["isian"]] == ["modul", "anggota"]
    assert "bencana" not in kinds
    assert kinds["verval"]["dengan_tangan"] is False
