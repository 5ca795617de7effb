"""Lists taken away through both doors: the page at once or as a job, the API always as one."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pilar.core import exporting
from pilar.core.models import Job
from tests import factories as make


@pytest.fixture
def people(cast):
    return [make.make_person(name=name) for name in ("Budi", "Ani")]


def test_the_list_offers_itself_as_filtered(people, cast, client_of):
    browser = client_of(cast.owner)
    html = browser.get(reverse("personnel-list") + "?nama=budi&cursor=x").content.decode()
    assert f'href="{reverse("export-create", args=["personel"])}?nama=budi"' in html
    page = browser.get(reverse("export-create", args=["personel"]) + "?nama=budi").content.decode()
    assert "Nama: budi" in page
    assert "Berkas diberikan langsung" in page


def test_a_short_list_comes_at_once(people, cast, client_of):
    response = client_of(cast.owner).post(reverse("export-create", args=["personel"]) + "?nama=budi", {"form": "csv"})
    text = b"".join(response).decode()
    assert "Budi" in text
    assert "Ani" not in text
    assert response["Content-Disposition"].startswith('attachment; filename="personel-')


def test_a_long_one_is_found_under_my_downloads(people, cast, client_of, settings):
    settings.EXPORT_AT_ONCE = 1
    browser = client_of(cast.owner)
    response = browser.post(reverse("export-create", args=["personel"]), {"form": "xlsx"}, follow=True)
    html = response.content.decode()
    assert response.redirect_chain[-1][0] == reverse("export-list")
    assert "menunggu pekerja" in html
    assert "Batalkan" in html


def test_an_unknown_list_or_filter_is_404(cast, client_of):
    browser = client_of(cast.owner)
    assert browser.get(reverse("export-create", args=["rahasia"])).status_code == 404
    assert browser.get(reverse("export-create", args=["personel"]) + "?warna=merah").status_code == 404


def test_a_file_is_its_owners_alone(cast, client_of):
    job = make.export_job_of(cast.owner, file="ada")
    Job.objects.filter(pk=job.pk).update(state="selesai", finished_at=timezone.now())
    for who in (cast.colleague, cast.admin):
        assert client_of(who).get(reverse("export-file", args=[job.pk])).status_code == 404
    Job.objects.filter(pk=job.pk).update(finished_at=timezone.now() - timedelta(days=3))
    assert client_of(cast.owner).get(reverse("export-file", args=[job.pk])).status_code == 404


@pytest.mark.parametrize(
    ("lost", "status"), [({"may_view_personal_data": False}, 403), ({"region_id": make.SELEBAR}, 404)]
)
def test_who_reaches_less_by_now_gets_no_file_of_before(lost, status, cast, client_of, api_of):
    job = make.export_job_of(cast.owner, file="ada", reach=exporting.mark_of(cast.owner))
    Job.objects.filter(pk=job.pk).update(state="selesai", finished_at=timezone.now())
    cast.owner.grants.update(**lost)
    assert client_of(cast.owner).get(reverse("export-file", args=[job.pk])).status_code == status
    assert api_of(cast.owner).get(f"/api/v1/unduhan/{job.pk}/berkas/").status_code == status


def test_the_api_asks_watches_and_cancels(people, cast, api_of):
    api = api_of(cast.owner)
    made = api.post("/api/v1/unduhan/", {"daftar": "personel", "bentuk": "csv", "saringan": "nama=budi"}, format="json")
    assert (made.status_code, made.json()["keadaan"]) == (201, "antre")
    address = f"/api/v1/unduhan/{made.json()['id']}/"
    assert api.get(f"{address}berkas/").status_code == 404
    assert api.post(f"{address}batal/").json()["keadaan"] == "batal"
    assert api_of(cast.colleague).get(address).status_code == 404


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ({"daftar": "rahasia", "bentuk": "csv"}, "daftar"),
        ({"daftar": "personel", "bentuk": "doc"}, "bentuk"),
        ({"daftar": "personel", "bentuk": "csv", "saringan": "warna=merah"}, "saringan"),
        ({"daftar": "personel", "bentuk": "csv", "alasan": "x"}, "alasan"),
    ],
)
def test_the_api_names_what_is_wrong(entry, field, cast, api_of):
    response = api_of(cast.owner).post("/api/v1/unduhan/", entry, format="json")
    assert (response.status_code, list(response.json()["errors"])) == (400, [field])
