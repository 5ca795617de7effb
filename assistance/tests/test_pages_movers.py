"""A line stays where it was paid when its beneficiary moves away; the row is there, the person is not named."""

from datetime import date

import pytest
from django.urls import reverse

from assistance.models import Beneficiary, Disbursement, Graduation
from assistance.tests.entries import GRADUATIONS, LINES
from tests import factories as make


@pytest.fixture
def moved(cast):
    """Paid and graduated in Selebar, then moved to Curup."""
    person = make.make_beneficiary(name="Zubaidah")
    line = make.make_line(make.make_batch(), person)
    make.make_graduation(person)
    Beneficiary.objects.filter(pk=person.pk).update(region=make.CURUP)
    return line


@pytest.fixture
def client(cast, client_of):
    return client_of(cast.owner)


def test_the_line_is_still_in_its_list_without_the_name(client, moved):
    answer = client.get(reverse("batch-detail", args=[moved.batch_id]))
    assert [row["line"].pk for row in answer.context["lines"]] == [moved.pk]
    assert answer.context["totals"].lines == 1
    assert "tercatat di wilayah lain" in answer.content.decode()
    assert "Zubaidah" not in answer.content.decode()


def test_its_page_and_its_steps_still_work(client, moved):
    page = client.get(reverse("disbursement-detail", args=[moved.batch_id, moved.pk]))
    assert "Penerima tercatat di wilayah lain" in page.content.decode()
    assert "Zubaidah" not in page.content.decode()
    step = reverse("disbursement-act", args=[moved.batch_id, moved.pk, "retur"])
    assert client.get(step).status_code == 200
    assert client.post(step, {"on": "2024-04-01"}).status_code == 302
    again = reverse("disbursement-act", args=[moved.batch_id, moved.pk, "bayar-ulang"])
    assert client.post(again, {"on": "2024-04-02"}).status_code == 302
    assert Disbursement.objects.get(repays_id=moved.pk).beneficiary_id == moved.beneficiary_id


def test_a_refusal_about_it_does_not_name_the_person(client, moved):
    step = reverse("disbursement-act", args=[moved.batch_id, moved.pk, "salur"])
    answer = client.post(step, {"on": "2024-04-01"})
    assert answer.status_code == 422
    assert "Baris penerima yang tercatat di wilayah lain tidak bisa" in answer.content.decode()


def test_the_graduation_stays_and_can_be_cancelled(client, moved):
    assert "tercatat di wilayah lain" in client.get("/graduasi/").content.decode()
    cancel = f"/graduasi/{Graduation.objects.get().pk}/batal/"
    assert client.get(cancel).status_code == 200
    assert client.post(cancel, {"on": "2024-07-01", "reason": "data keliru"}).status_code == 302


def test_the_api_keeps_the_row_and_leaves_the_name_out(cast, api_of, moved):
    api = api_of(cast.owner)
    rows = [api.get(url).json()["results"][0] for url in (LINES, GRADUATIONS)]
    assert [row["nama_penerima"] for row in rows] == [None, None]
    province = api_of(cast.province)
    assert province.get(LINES).json()["results"][0]["nama_penerima"] == "Zubaidah"


@pytest.fixture
def of_province(cast):
    """A line in Selebar of a list that the province keeps."""
    return make.make_line(make.make_batch(region=1700000000), make.make_beneficiary(), state="sk")


def test_a_line_of_the_provinces_list_is_read_but_not_moved_by_the_kabupaten(cast, api_of, of_province):
    api, url = api_of(cast.owner), f"{LINES}2024-{of_province.pk}/"
    assert api.get(url).status_code == 200
    answer = api.post(f"{url}keadaan/", {"keadaan": "salur", "tanggal": "2024-03-15"}, format="json")
    assert (answer.status_code, answer.json()["type"]) == (409, "/api/galat/daftar_wilayah_lain")
    done = api_of(cast.province).post(f"{url}keadaan/", {"keadaan": "salur", "tanggal": "2024-03-15"}, format="json")
    assert done.json()["tanggal_salur"] == "2024-03-15"


def test_the_provinces_list_adds_up_whoever_looks(cast, client_of, of_province):
    province, staff = (client_of(user).get("/penyaluran/").context["lists"] for user in (cast.province, cast.staff))
    assert [item["totals"] for item in province] == [item["totals"] for item in staff]
    assert client_of(cast.owner).get("/penyaluran/").context["lists"] == []
    assert date(2024, 1, 15) == province[0]["batch"].sk_date
