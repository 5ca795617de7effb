"""Closed years through both doors, and what changed in them afterwards."""

from datetime import date

from assistance.models import Disbursement
from targets.engine.drain import drain_all
from targets.models import YearClosure
from tests import factories as make

LIST, CORRECTIONS = "/penutupan/", "/koreksi/2023/17.71/"


def paid(amount: int = 500, group: int = 3, **fields) -> Disbursement:
    return make.make_line(
        make.make_batch(year=2023),
        make.make_beneficiary(groups=[group]),
        paid_on=date(2023, 3, 4),
        amount=amount,
        group=group,
        **fields,
    )


def test_the_ministry_closes_a_year_on_the_pages(cast, client_of):
    staff, admin = client_of(cast.staff), client_of(cast.admin)
    staff.post("/penutupan/2023/usulkan/", {"reason": "Tutup buku"})
    closure = YearClosure.objects.get()
    page = admin.get(LIST).content.decode()
    assert f"/penutupan/{closure.pk}/tutup/" in page
    assert f"/penutupan/{closure.pk}/tutup/" not in staff.get(LIST).content.decode()
    refused = staff.post(f"/penutupan/{closure.pk}/tutup/")
    assert refused.status_code == 422
    assert "Anda pengusul penutupan ini" in refused.content.decode()
    admin.post(f"/penutupan/{closure.pk}/tutup/")
    assert "salinan sedang dibuat" in admin.get(LIST).content.decode()


def test_the_api_closes_drops_and_lists(cast, api_of):
    staff, admin = api_of(cast.staff), api_of(cast.admin)
    made = staff.post("/api/v1/penutupan-tahun/", {"tahun": 2023}, format="json").json()
    assert (made["keadaan"], made["versi"]) == ("diusulkan", 1)
    own = staff.post(f"/api/v1/penutupan-tahun/{made['id']}/tutup/")
    assert (own.status_code, own.json()["type"]) == (409, "/api/galat/empat_mata")
    dropped = staff.post(f"/api/v1/penutupan-tahun/{made['id']}/batalkan/", {"catatan": "Salah tahun"}, format="json")
    assert dropped.json()["keadaan"] == "batal"
    again = staff.post("/api/v1/penutupan-tahun/", {"tahun": 2023}, format="json").json()
    assert admin.post(f"/api/v1/penutupan-tahun/{again['id']}/tutup/").json()["keadaan"] == "disetujui"
    listed = admin.get("/api/v1/penutupan-tahun/", {"tahun": 2023, "keadaan": "batal"}).json()["results"]
    assert [row["id"] for row in listed] == [made["id"]]
    early = staff.post("/api/v1/penutupan-tahun/", {"tahun": 2026}, format="json")
    assert early.json()["type"] == "/api/galat/tahun_belum_berakhir"


def test_a_correction_shows_closed_value_todays_value_difference_and_time(cast, client_of, api_of):
    line = paid()
    drain_all()
    make.make_closed_year(2023, cast.staff, cast.admin)
    owner, api = client_of(cast.owner), api_of(cast.owner)
    assert "Tidak ada koreksi" in owner.get(CORRECTIONS).content.decode()
    Disbursement.objects.filter(pk=line.pk, year=2023).update(amount=800)
    drain_all()
    page = owner.get(CORRECTIONS).content.decode()
    assert all(text in page for text in ("Rp500", "Rp800", "+Rp300", "Maret"))
    found = api.get("/api/v1/koreksi-tahun/", {"tahun": 2023, "wilayah": "17.71"}).json()["results"]
    money = next(row for row in found if row["indikator"] == "RUPIAH_SALUR")
    assert (money["ditutup"], money["kini"], money["koreksi"]) == (500, 800, 300)
    assert money["dihitung"]
    shown = api.get("/api/v1/capaian/", {"tahun": 2023, "wilayah": "17.71", "indikator": "RUPIAH_SALUR"}).json()
    assert 500 in [figure["realisasi"] for figure in shown["hasil"]]


def test_a_correction_of_a_sensitive_group_is_not_told_outside(cast, api_of):
    paid(group=12)
    line = paid(group=1)
    drain_all()
    make.make_closed_year(2023, cast.staff, cast.admin)
    Disbursement.objects.filter(pk=line.pk, year=2023).update(region=make.CURUP)
    drain_all()

    def groups(user) -> set[int]:
        found = api_of(user).get("/api/v1/koreksi-tahun/", {"tahun": 2023, "wilayah": "17.71"}).json()["results"]
        return {row["rincian"] for row in found if row["indikator"] == "PENERIMA_PAS"}

    assert groups(cast.owner) == {1}
    assert groups(cast.neighbour) == set()


def test_the_dashboard_of_a_closed_year_says_so_and_its_rows_name_the_correction(cast, client_of):
    line = paid()
    drain_all()
    make.make_closed_year(2023, cast.staff, cast.admin)
    owner = client_of(cast.owner)
    dashboard = owner.get("/dasbor/2023/17.71/").content.decode()
    assert "Tahun 2023 sudah ditutup" in dashboard
    rows = f"/dasbor/2023/17.71/baris/RUPIAH_SALUR/{line.programme_id}/"
    assert "sesudah penutupan" not in owner.get(rows).content.decode()
    Disbursement.objects.filter(pk=line.pk, year=2023).update(region=make.CURUP)
    drain_all()
    page = owner.get(rows).content.decode()
    assert "Rp500" in page
    assert "Angka ini ditutup" in page
    assert CORRECTIONS in page


def test_the_pages_cost_the_same_whatever_they_hold(cast, client_of, django_assert_max_num_queries):
    line = paid()
    drain_all()
    make.make_closed_year(2023, cast.staff, cast.admin)
    for amount in range(600, 630):
        Disbursement.objects.filter(pk=line.pk, year=2023).update(amount=amount)
        drain_all()
    staff = client_of(cast.staff)
    staff.get(CORRECTIONS)
    with django_assert_max_num_queries(20):
        assert staff.get(CORRECTIONS).content.decode().count("<tr>") == 1 + 50
    with django_assert_max_num_queries(16):
        staff.get(LIST)
