"""Deciding about targets through both doors: pages and REST."""

from datetime import timedelta

import pytest
from django.utils import timezone

from targets.engine.drain import drain_all
from targets.models import FreezeException, Target, TargetFreeze
from tests import factories as make

API, LIST, WAITING = "/api/v1/target/", "/target/2024/17.71/", "/target/2024/17/menunggu/"
NEW = {"tahun": 2024, "wilayah": "17.71", "indikator": "PENERIMA_PAS", "rincian": 3, "nilai": 80, "sumber": "SK 1"}
FREEZES = "/api/v1/pembekuan-target/"


def page(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def figure(api, **asked):
    rows = api.get("/api/v1/capaian/", {"tahun": 2024, "wilayah": "17.71", "indikator": "PENERIMA_PAS"} | asked)
    return next(row for row in rows.json()["hasil"] if row["rincian"] == 3)


# --- one -------------------------------------------------------------------


def test_filed_sent_back_revised_and_approved_by_rest(cast, api_of):
    owner, province = api_of(cast.owner), api_of(cast.province)
    filed = owner.post(API, NEW).json()
    one = f"{API}{filed['id']}/"
    assert filed["keadaan"] == "diajukan"
    assert figure(owner)["keadaan_target"] == "diajukan"
    assert province.post(f"{one}kembalikan/", {"catatan": "Dasarnya?"}).json()["keadaan"] == "draf"
    assert figure(owner)["target"] is None
    assert owner.post(API, NEW | {"nilai": 75}).json()["versi"] == 1
    assert province.post(f"{one}setujui/").json()["keadaan"] == "disetujui"
    assert (figure(owner)["target"], figure(owner)["keadaan_target"]) == (75, "disetujui")
    steps = owner.get(f"{one}riwayat/").json()
    assert [step["menjadi"] for step in steps] == ["diajukan", "draf", "diajukan", "disetujui"]
    assert steps[1]["catatan"] == "Dasarnya?"


def test_a_draft_by_rest_is_submitted_or_dropped(cast, api_of):
    owner = api_of(cast.owner)
    first = owner.post(API, NEW | {"draf": True}).json()
    assert first["keadaan"] == "draf"
    assert owner.post(f"{API}{first['id']}/hapus-draf/").status_code == 204
    again = owner.post(API, NEW | {"draf": True}).json()
    assert owner.post(f"{API}{again['id']}/ajukan/").json()["keadaan"] == "diajukan"


def test_every_refusal_by_rest_names_its_rule(cast, api_of):
    target = make.make_target(value=9, state="diajukan", submitted_by=cast.province)
    one = f"{API}{target.pk}/"
    assert api_of(cast.colleague).post(f"{one}setujui/").json()["type"] == "/api/galat/wewenang"
    own = api_of(cast.province).post(f"{one}setujui/")
    assert (own.status_code, own.json()["type"]) == (409, "/api/galat/empat_mata")
    assert api_of(cast.staff).post(f"{one}kembalikan/", {"catatan": " "}).status_code == 400
    assert api_of(cast.staff).post(f"{one}setujui/").status_code == 200
    assert api_of(cast.admin).post(f"{one}kembalikan/", {"catatan": "x"}).json()["type"].endswith("urutan_keadaan")


def test_filed_with_a_draft_first_in_the_form(cast, client_of):
    client = client_of(cast.owner)
    sent = {"address": "PENERIMA_PAS:3", "value": "80", "source": "Rapat"}
    client.post(f"{LIST}baru/", sent | {"draft": "1"})
    assert Target.objects.get().state == "draf"
    html = page(client, f"{LIST}baru/?indikator=PENERIMA_PAS:3")
    assert "Ubah draf target" in html
    assert 'value="80"' in html
    client.post(f"{LIST}baru/?indikator=PENERIMA_PAS:3", {"value": "81", "source": "Rapat", "seen": "1"})
    assert (Target.objects.get().state, Target.objects.get().value) == ("diajukan", 81)


def test_sent_back_on_the_page_with_a_comment_seen_at_the_target_and_on_the_list(cast, client_of):
    target = make.make_target(value=80, state="diajukan", set_by=cast.owner, submitted_by=cast.owner)
    province, owner = client_of(cast.province), client_of(cast.owner)
    assert "Setujui" in page(province, f"/target/versi/{target.pk}/")
    assert province.post(f"/target/versi/{target.pk}/kembalikan/", {"note": ""}).status_code == 422
    province.post(f"/target/versi/{target.pk}/kembalikan/", {"note": "Sertakan dasarnya"})
    for address in (LIST, f"/target/versi/{target.pk}/"):
        assert "Sertakan dasarnya" in page(owner, address)
    neighbour = client_of(cast.neighbour)
    assert "Sertakan dasarnya" not in page(neighbour, LIST)
    assert neighbour.get(f"/target/versi/{target.pk}/").status_code == 404


def test_who_may_not_decide_sees_who_does_and_no_button(cast, client_of):
    target = make.make_target(value=80, state="diajukan")
    html = page(client_of(cast.colleague), f"/target/versi/{target.pk}/")
    assert "Dinas Sosial Provinsi Bengkulu atau Kementerian Sosial" in html
    assert "/setujui/" not in html
    assert client_of(cast.colleague).get(f"/target/versi/{target.pk}/setujui/").status_code == 403


@pytest.mark.parametrize("address", [LIST, "/dasbor/2024/17.71/"])
def test_a_target_not_approved_yet_says_so(cast, client_of, address):
    make.make_target(value=80, state="diajukan")
    make.make_target(value=800, state="diajukan", indicator="RUPIAH_SALUR", breakdown=1)
    assert "diajukan, belum disetujui" in page(client_of(cast.owner), address)
    Target.objects.update(state="disetujui")
    make.make_target(value=90, version=2, state="diajukan")
    assert "diajukan, belum disetujui" not in page(client_of(cast.owner), address)


# --- versions --------------------------------------------------------------


def test_the_national_graduation_target_of_2026_shows_both_versions_with_their_sources(cast, client_of, api_of):
    staff, admin = api_of(cast.staff), api_of(cast.admin)
    aim = {"tahun": 2026, "wilayah": "nasional", "indikator": "GRADUASI", "rincian": 4}
    for entry in (
        {"nilai": 300_000, "sumber": "Antara, 5 Januari 2026"},
        {"nilai": 400_000, "sumber": "Antara, 2 Maret 2026", "alasan": "target dinaikkan"},
    ):
        filed = staff.post(API, aim | entry).json()
        assert admin.post(f"{API}{filed['id']}/setujui/").status_code == 200
    seen = api_of(cast.owner).get(API, {"tahun": 2026, "wilayah": "nasional"}).json()["results"]
    assert {(t["versi"], t["nilai"], t["sumber"]) for t in seen} == {
        (1, 300_000, "Antara, 5 Januari 2026"),
        (2, 400_000, "Antara, 2 Maret 2026"),
    }
    html = page(client_of(cast.owner), f"/target/versi/{seen[0]['id']}/")
    for text in ("300.000", "400.000", "Antara, 5 Januari 2026", "Antara, 2 Maret 2026", "target dinaikkan"):
        assert text in html
        assert text in page(client_of(cast.owner), "/target/2026/nasional/")


def test_what_was_reached_against_an_older_version(cast, client_of, api_of):
    make.make_target(value=4)
    make.make_target(value=10, version=2)
    make.make_target(value=7, breakdown=4)
    make.make_line(make.make_batch(), make.make_beneficiary(groups=[3]))
    drain_all()
    api = api_of(cast.owner)
    assert [figure(api)["persen"], figure(api, versi=1)["persen"]] == ["10.00", "25.00"]
    assert [figure(api)["versi_target"], figure(api, versi=1)["versi_target"]] == [2, 1]
    client = client_of(cast.owner)
    assert "10,0%" in page(client, LIST)
    html = page(client, f"{LIST}?versi=1")
    assert "Capaian terhadap target versi 1" in html
    assert "25,0%" in html
    detail = page(client, f"/target/versi/{Target.objects.get(version=2).pk}/")
    assert "25,0%" in detail
    assert "10,0%" in detail
    assert "Wilayah ini belum punya target" not in page(client, f"{LIST}?versi=2")


# --- many ------------------------------------------------------------------


def test_many_are_ticked_shown_and_approved_on_the_page(cast, client_of):
    rows = [make.make_target(value=n, breakdown=n, state="diajukan", set_by=cast.owner) for n in (1, 2, 3)]
    client = client_of(cast.province)
    assert "Menunggu persetujuan Anda: 3" in page(client, "/target/2024/17/")
    assert "Menunggu persetujuan Anda" not in page(client_of(cast.owner), LIST)
    assert "3 target diajukan" in page(client, WAITING)
    ticked = f"{WAITING}putuskan/?act=setujui&row={rows[0].pk}&row={rows[1].pk}"
    assert "Setujui: 2 target" in page(client, ticked)
    assert "2 target disetujui." in client.post(ticked, follow=True).content.decode()
    assert list(Target.objects.order_by("id").values_list("state", flat=True)) == ["disetujui"] * 2 + ["diajukan"]
    assert client.post(ticked).status_code == 422


def test_many_are_sent_back_with_one_comment(cast, client_of):
    rows = [make.make_target(value=n, breakdown=n, state="diajukan") for n in (1, 2)]
    client = client_of(cast.province)
    ticked = f"{WAITING}putuskan/?act=kembalikan&row={rows[0].pk}&row={rows[1].pk}"
    assert client.post(ticked, {"note": ""}).status_code == 422
    client.post(ticked, {"note": "Bulatkan"})
    assert set(Target.objects.values_list("state", "steps__note")) == {("draf", "Bulatkan")}


def test_nobody_decides_what_does_not_wait_for_him(cast, client_of):
    target = make.make_target(value=5, state="diajukan")
    client = client_of(cast.neighbour)
    assert client.post(f"/target/2024/nasional/menunggu/putuskan/?act=setujui&row={target.pk}").status_code == 422
    assert Target.objects.get().state == "diajukan"


def test_many_by_rest_say_what_moved_and_what_did_not(cast, api_of):
    good = make.make_target(value=5, state="diajukan")
    own = make.make_target(value=5, breakdown=4, state="diajukan", set_by=cast.province)
    api = api_of(cast.province)
    assert [t["id"] for t in api.get(API, {"menunggu": "true"}).json()["results"]] == [good.pk]
    answer = api.post(f"{API}setujui/", {"target": [good.pk, own.pk]}).json()
    assert answer["selesai"] == [good.pk]
    assert [(r["target"], r["aturan"]) for r in answer["ditolak"]] == [(own.pk, "empat_mata")]
    assert api.post(f"{API}setujui/", {"target": []}).status_code == 400


def test_many_by_rest_names_no_foreign_draft(cast, api_of):
    draft = make.make_target(value=5, state="draf")
    answer = api_of(cast.neighbour).post(f"{API}ajukan/", {"target": [draft.pk]})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["target"])


def test_more_waiting_targets_cost_no_more_queries(cast, client_of, django_assert_num_queries):
    client = client_of(cast.province)
    make.make_target(value=1, breakdown=1, state="diajukan", set_by=cast.owner)
    page(client, WAITING)
    with django_assert_num_queries(19):
        page(client, WAITING)
    [make.make_target(value=n, breakdown=n, state="diajukan", set_by=cast.owner) for n in range(2, 12)]
    with django_assert_num_queries(19):
        page(client, WAITING)


# --- freezes ---------------------------------------------------------------


def test_frozen_excepted_and_lifted_by_rest(cast, api_of):
    owner, province = api_of(cast.owner), api_of(cast.province)
    day = timezone.localdate()
    sent = {"tahun": 2024, "wilayah": "17", "mulai": str(day), "alasan": "Tahap akhir"}
    assert owner.post(FREEZES, sent).status_code == 403
    past = province.post(FREEZES, sent | {"mulai": str(day - timedelta(days=1))})
    assert (past.status_code, list(past.json()["errors"])) == (400, ["mulai"])
    one = f"{FREEZES}{province.post(FREEZES, sent).json()['id']}/"
    refused = owner.post(API, NEW)
    assert (refused.status_code, refused.json()["type"]) == (409, "/api/galat/target_dibekukan")
    assert "Dinas Sosial Provinsi Bengkulu atau Kementerian Sosial" in refused.json()["detail"]
    given = {"wilayah": "17.71", "sampai": str(day), "alasan": "Data baru"}
    assert owner.post(f"{one}pengecualian/", given).status_code == 403
    assert province.post(f"{one}pengecualian/", given).status_code == 201
    assert owner.post(API, NEW).status_code == 201
    FreezeException.objects.update(granted_on=day - timedelta(days=9), until=day - timedelta(days=1))
    assert owner.post(API, NEW | {"nilai": 81, "alasan": "x"}).json()["type"] == "/api/galat/target_dibekukan"
    assert province.post(f"{one}cabut/", {"alasan": "Selesai"}).json()["dicabut_pada"] == str(day)
    assert owner.post(API, NEW | {"nilai": 81, "alasan": "x"}).status_code == 201


def test_frozen_excepted_and_lifted_on_the_pages(cast, client_of):
    owner, province = client_of(cast.owner), client_of(cast.province)
    day = timezone.localdate()
    form = f"{LIST}baru/?indikator=PENERIMA_PAS:3"
    sent = {"value": "80", "source": "Rapat", "seen": "0"}
    assert owner.get("/target/2024/17/pembekuan/baru/").status_code == 403
    province.post("/target/2024/17/pembekuan/baru/", {"start": str(day), "reason": "Tahap akhir"})
    freeze = TargetFreeze.objects.get()
    assert "Tahap akhir" in page(owner, LIST)
    refused = owner.post(form, sent)
    assert refused.status_code == 422
    assert "Versi baru tidak diterima. Yang dapat mencabutnya" in refused.content.decode()
    given = {"region": "17.71", "until": str(day), "reason": "Data baru"}
    assert owner.post(f"/target/pembekuan/{freeze.pk}/pengecualian/", given).status_code == 403
    province.post(f"/target/pembekuan/{freeze.pk}/pengecualian/", given)
    assert owner.post(form, sent).status_code == 302
    assert "Data baru" in page(owner, f"{LIST}pembekuan/")
    FreezeException.objects.update(granted_on=day - timedelta(days=9), until=day - timedelta(days=1))
    assert "sudah berakhir" in page(owner, f"{LIST}pembekuan/")
    assert owner.post(form, sent | {"seen": "1", "reason": "x"}).status_code == 422
    province.post(f"/target/pembekuan/{freeze.pk}/cabut/", {"reason": "Selesai"})
    assert owner.post(form, sent | {"seen": "1", "reason": "x"}).status_code == 302


def test_more_freezes_cost_no_more_queries(cast, client_of, django_assert_num_queries):
    client = client_of(cast.province)
    make.make_freeze(cast.province, region=make.KOTA, year=2024)
    page(client, "/target/2024/17/pembekuan/")
    with django_assert_num_queries(17):
        page(client, "/target/2024/17/pembekuan/")
    [make.make_freeze(cast.province, region=code, year=2024) for code in (make.REJANG_LEBONG, make.SELEBAR)]
    with django_assert_num_queries(17):
        page(client, "/target/2024/17/pembekuan/")
