"""ATENSI cases through both doors."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assistance.models import AtensiCase, AtensiItem
from pilar.core import scoping
from tests import factories as make

LIST, API = "/atensi/", "/api/v1/atensi/"


@pytest.fixture
def assessor(cast):
    return make.make_assignment(make.make_person(name="Pendamping Rehsos"), pillar="REHSOS", region=make.KOTA)


@pytest.fixture
def person(cast):
    return make.make_beneficiary(name="Zubaidah", groups=[12])


@pytest.fixture
def client(cast, client_of):
    return client_of(cast.owner)


@pytest.fixture
def api(cast, api_of):
    return api_of(cast.owner)


def test_a_case_passes_through_the_pages(client, person, assessor):
    form = {
        "beneficiary": person.pk, "assessed_on": "2024-02-01", "assessor": assessor.pk, "group": 12,
        "needs": "Kursi roda", "setting": "residensial", "sentra": "Sentra Dharma Guna", "sentra_region": "17.02",
    }  # fmt: skip
    done = client.post(f"{LIST}baru/?penerima={person.pk}", form)
    case = AtensiCase.objects.get()
    detail = f"{LIST}{case.pk}/"
    assert done["Location"] == detail
    plan = {"on": "2024-03-01", "what_7": "Kursi roda", "amount_7": "2.500.000", "what_3": "Konseling"}
    assert client.post(f"{detail}rencana/", plan)["Location"] == detail
    for component in (3, 7):
        served = {"component": component, "on": "2024-04-02", "note": "BAST 12/2024"}
        assert client.post(f"{detail}layanan/", served)["Location"] == detail
    make.make_line(make.make_batch(programme="ATENSI"), person, amount=2_500_000, paid_on=date(2024, 3, 17))
    assert client.post(f"{detail}selesai/", {"on": "2024-06-30", "note": "Mandiri"})["Location"] == detail
    page = client.get(detail).content.decode()
    assert "Rp2.500.000" in page
    assert "45 hari (17 Mar 2024)" in page
    assert "Sentra Dharma Guna, Kabupaten Rejang Lebong" in page
    assert [event["title"] for event in client.get(detail).context["events"]][-1] == "Selesai"


def test_a_case_passes_through_the_api(api, person, assessor):
    entry = {
        "penerima": person.pk, "kelompok": "PAS12", "pelaksana": assessor.pk, "tanggal": "2024-02-01",
        "tempat": "keluarga", "kebutuhan": "Kursi roda",
    }  # fmt: skip
    entry["kelompok"] = person.memberships.get().group.code
    made = api.post(API, entry, format="json")
    assert made.status_code == 201, made.json()
    url = f"{API}{made.json()['id']}/"
    plan = {"tanggal": "2024-03-01", "butir": [{"komponen": 7, "bentuk": "Kursi roda", "nilai": 2_500_000}]}
    planned = api.post(f"{url}rencana/", plan, format="json").json()
    assert (planned["nilai"], planned["rencana"][0]["dilayani_pada"], planned["jeda_hari"]) == (2_500_000, None, None)
    served = {"komponen": 7, "tanggal": "2024-04-02", "bukti": "BAST 12/2024"}
    assert api.post(f"{url}layanan/", served, format="json").json()["keadaan"] == "dilayani"
    closed = api.post(f"{url}selesai/", {"tanggal": "2024-06-30", "catatan": "Mandiri"}, format="json").json()
    assert (closed["keadaan"], closed["ditutup_pada"]) == ("selesai", "2024-06-30")
    again = api.post(f"{url}hentikan/", {"tanggal": "2024-06-30", "catatan": "x"}, format="json")
    assert (again.status_code, again.json()["type"]) == (409, "/api/galat/urutan_keadaan")


def test_filters_narrow_both_doors(cast, client_of, api_of, assessor, person):
    make.make_atensi(person, assessor, sentra="Sentra Dharma Guna")
    other = make.make_beneficiary(name="Dua", region=make.CURUP)
    make.make_atensi(other, assessor, state="dihentikan", closed_on=date(2024, 5, 1))
    client, api = client_of(cast.province), api_of(cast.province)
    pages = ("?state=dinilai", "?region=17.71", "?sentra=sentra")
    assert [[c["name"] for c in client.get(LIST + page).context["cases"]] for page in pages] == [["Zubaidah"]] * 3
    queries = ({"keadaan": "dinilai"}, {"wilayah": "17.71"}, {"sentra": "sentra"}, {"penerima": person.pk})
    found = [[row["nama_penerima"] for row in api.get(API, query).json()["results"]] for query in queries]
    assert found == [["Zubaidah"]] * 4


def test_foreign_cases_are_404_by_the_gate_alone(cast, client, api, assessor, monkeypatch):
    monkeypatch.setattr(scoping, "database_role", lambda reach: "none")
    foreign = make.make_atensi(make.make_beneficiary(name="Asing", region=make.CURUP), assessor)
    assert client.get(LIST).context["cases"] == []
    pages = [f"{LIST}{foreign.pk}/", *(f"{LIST}{foreign.pk}/{act}/" for act in ("rencana", "layanan", "hentikan"))]
    assert [client.get(page).status_code for page in pages] == [404] * 4
    assert api.get(API).json()["results"] == []
    assert api.post(f"{API}{foreign.pk}/hentikan/", {"tanggal": "2024-05-01", "catatan": "x"}).status_code == 404


def test_a_case_of_a_sensitive_group_is_hidden_without_the_right(cast, client_of, assessor, person):
    case = make.make_atensi(person, assessor, group=7)
    clerk = client_of(cast.clerk)
    assert clerk.get(LIST).context["cases"] == []
    assert clerk.get(f"{LIST}{case.pk}/").status_code == 404


def test_a_wrong_plan_comes_back_at_its_field(client, assessor, person):
    case = make.make_atensi(person, assessor)
    answer = client.post(f"{LIST}{case.pk}/rencana/", {"on": "2024-03-01", "amount_7": "100"})
    assert answer.context["form"].errors.keys() == {"what_7"}


def test_lists_and_detail_cost_the_same_however_many_there_are(client, api, assessor):
    def cost(of, url: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert of.get(url).status_code == 200
        return len(queries)

    def fill(many: int) -> None:
        for _ in range(many):
            person = make.make_beneficiary()
            case = make.make_atensi(person, assessor)
            AtensiItem.objects.create(case=case, component=7, what="Kursi roda", amount=1)
            make.make_line(make.make_batch(programme="ATENSI"), person)

    fill(2)
    cost(client, LIST), cost(api, API)  # first: whether there are example data; the use of a token is written down
    few = (cost(client, LIST), cost(api, API))
    fill(18)
    assert (cost(client, LIST), cost(api, API)) == few
    assert cost(client, f"{LIST}{AtensiCase.objects.order_by('pk')[0].pk}/") <= 26
