"""The REST door of approval: the same services, refusals and words as the pages."""

from datetime import date

import pytest

from assistance.models import Batch, BatchNote, CeilingRevision
from assistance.tests.entries import BATCHES, LINES
from tests import factories as make
from tests import factories_lists as lists

CHILD = {"birth_date": date(2014, 1, 1)}


def child(name: str = "Anak", **fields):
    person = make.make_beneficiary(name=name, **CHILD)
    make.make_participation(person, **fields)
    return person


def post(api, batch: Batch, act: str, **body):
    return api.post(f"{BATCHES}{batch.pk}/{act}/", body, format="json")


def draft_body(**changes) -> dict[str, object]:
    body = {
        "program": "YAPI", "tahun": 2024, "tahap": "Tahap 1", "wilayah": "17.71", "dana": "apbn",
        "nomor_sk": "460/1/2024", "tanggal_sk": "2024-01-15", "pagu": 1_200_000, "satuan": 3,
    }  # fmt: skip
    return {**body, **changes}


def test_a_list_goes_its_way_over_the_api(cast, api_of):
    person = child("Adi")
    child("Budi", state="ditangguhkan")
    owner, staff = api_of(cast.owner), api_of(cast.staff)
    made = owner.post(f"{BATCHES}susun/", draft_body(), format="json")
    assert (made.status_code, made.json()["persetujuan"], made.json()["cukup_untuk"]) == (201, "disusun", 2)
    batch = Batch.objects.get(pk=made.json()["id"])
    filled = post(owner, batch, "isi").json()
    assert (filled["ditambahkan"], filled["jumlah"]) == (1, 600_000)
    assert [(row["nama"], row["aturan"]) for row in filled["dilewati"]] == [("Budi", "ditangguhkan")]
    assert post(owner, batch, "ajukan").json()["persetujuan"] == "diajukan"
    assert post(staff, batch, "kembalikan", catatan="Periksa").json()["catatan_pengembalian"] == "Periksa"
    assert post(owner, batch, "ajukan").status_code == 200
    assert post(staff, batch, "setujui").json()["persetujuan"] == "disetujui"
    coverage = owner.get(f"{BATCHES}{batch.pk}/cakupan/").json()
    assert (coverage["belum_diverval"], coverage["nama_pertama"]) == (1, [{"penerima": person.pk, "nama": "Adi"}])
    refused = post(owner, batch, "tutup")
    assert (refused.status_code, refused.json()["type"]) == (409, "/api/galat/cakupan_verval")
    accepted = post(staff, batch, "terima-tanpa-verval", alasan="Banjir").json()
    assert (accepted["tanpa_verval_diterima"], accepted["alasan_tanpa_verval"]) == (1, "Banjir")
    assert post(owner, batch, "tutup").json()["persetujuan"] == "ditutup"
    assert post(owner, batch, "salurkan", tanggal="2024-03-15").json() == {
        "baris": 1, "jumlah": 600_000, "dilewati": [],
    }  # fmt: skip
    assert post(owner, batch, "selesai").json()["type"] == "/api/galat/belum_selesai"
    line = batch.lines.get()
    step = {"keadaan": "transaksi", "tanggal": "2024-03-20"}
    assert owner.post(f"{LINES}2024-{line.pk}/keadaan/", step, format="json").status_code == 200
    settled = post(owner, batch, "selesai").json()
    assert (settled["persetujuan"], settled["langkah_berikut"]) == ("selesai", "Selesai.")


@pytest.mark.parametrize(
    ("state", "who", "act", "rule"),
    [
        ("disusun", "staff", "setujui", "urutan_keadaan"),
        ("diajukan", "colleague", "setujui", "tingkat_pendana"),
        ("diajukan", "owner", "setujui", "empat_mata"),
        ("diajukan", "owner", "isi", "isi_beku"),
        ("diajukan", "owner", "tutup", "urutan_keadaan"),
        ("disetujui", "owner", "selesai", "urutan_keadaan"),
    ],
)
def test_a_refusal_names_its_rule(cast, api_of, state, who, act, rule):
    batch = lists.make_closed(child(), programme="YAPI", approval=state)
    answer = post(api_of(getattr(cast, who)), batch, act)
    assert (answer.status_code, answer.json()["type"]) == (409, f"/api/galat/{rule}")
    assert answer.json()["detail"]


def test_goods_are_handed_over_with_a_bast(cast, api_of):
    batch = lists.make_closed(make.make_beneficiary(), programme="PERMAKANAN")
    api = api_of(cast.owner)
    post(api, batch, "salurkan", tanggal="2024-03-15")
    shown = api.get(LINES, {"daftar": batch.pk}).json()["results"][0]
    assert shown["arti_keadaan"] == "disalurkan ke Pokmas"
    assert "nomor BAST" in shown["langkah_berikut"]
    assert post(api, batch, "serahkan", tanggal="2024-04-01", nomor_bast="BAST-7").json()["baris"] == 1
    assert api.get(LINES, {"daftar": batch.pk}).json()["results"][0]["arti_keadaan"] == (
        "diserahkan kepada penerima (BAST)"
    )


def test_a_ceiling_is_revised_and_a_status_noted(cast, api_of):
    batch = make.make_batch(ceiling=600_000)
    revision = {"nomor": "R-1", "tanggal": "2024-05-02", "sebab": "Efisiensi", "pagu": 900_000}
    answer = post(api_of(cast.staff), batch, "pagu", **revision)
    assert (answer.status_code, answer.json()["sebelumnya"]) == (201, 600_000)
    note = {"jenis": "sp2d", "nomor": "00123/2024", "tanggal": "2024-05-03"}
    assert post(api_of(cast.owner), batch, "catatan", **note).status_code == 201
    assert (CeilingRevision.objects.get().after, BatchNote.objects.get().number) == (900_000, "00123/2024")
    assert post(api_of(cast.owner), batch, "catatan", jenis="sp2d", tanggal="2024-05-03").status_code == 400


def test_money_is_deposited_over_the_api(cast, api_of):
    batch = make.make_batch(programme="YAPI")
    line = make.make_line(batch, make.make_beneficiary(), state="retur", returned_on=date(2024, 4, 1))
    api, url = api_of(cast.owner), f"{LINES}2024-{line.pk}/keadaan/"
    step = {"keadaan": "setor_kas", "tanggal": "2024-05-01"}
    assert set(api.post(url, step, format="json").json()["errors"]) == {"nomor_setor"}
    shown = api.post(url, {**step, "nomor_setor": "SSBP-12"}, format="json").json()
    assert (shown["keadaan"], shown["tanggal_setor"], shown["arti_keadaan"]) == (
        "setor_kas", "2024-05-01", "disetor ke kas negara",
    )  # fmt: skip
    assert api.get(f"{BATCHES}{batch.pk}/").json()["jumlah"]["setor_kas"] == 600_000


@pytest.mark.parametrize("act", ["isi", "ajukan", "setujui", "tutup", "selesai"])
def test_a_foreign_list_is_404(cast, api_of, act):
    batch = lists.make_drafted(region=make.REJANG_LEBONG)
    assert post(api_of(cast.owner), batch, act).status_code == 404


def test_lists_are_found_by_their_approval(cast, api_of):
    make.make_batch()
    batch = lists.make_closed(child(), programme="YAPI")
    found = api_of(cast.owner).get(BATCHES, {"persetujuan": "ditutup"}).json()["results"]
    assert [row["id"] for row in found] == [batch.pk]
