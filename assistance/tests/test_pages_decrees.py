"""SK penetapan and participation through the pages: lists, acts with their consequence, refusals in words."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assistance.models import Decree, Participation, Proposal
from assistance.tests.test_services_decrees import candidate
from pilar.core.models import Programme
from tests import factories as make

LIST = "/sk/"


@pytest.fixture
def client(cast, client_of):
    return client_of(cast.owner)


@pytest.fixture
def draft(cast):
    return make.make_decree(programme="PKH", title="PKH tahap 1")


@pytest.fixture
def proposed(cast, client):
    candidate("Zubaidah")
    decree = make.make_decree(programme="PKH", title="PKH tahap 1")
    client.post(f"/sk/{decree.pk}/isi/")
    client.post(f"/sk/{decree.pk}/ajukan/")
    return decree


def page_of(client, url: str) -> str:
    return client.get(url).content.decode()


def cost(client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return len(queries)


def titles(client, query: str = "") -> list[str]:
    return [item["decree"].title for item in client.get(LIST + query).context["decrees"]]


def test_each_filter_narrows_the_list(cast, client_of):
    make.make_decree(title="Satu", programme="PKH")
    make.make_decree(title="Dua", year=2023, region=make.REJANG_LEBONG, state="diajukan")
    client = client_of(cast.province)
    assert titles(client) == ["Dua", "Satu"]
    assert titles(client, "?year=2024") == ["Satu"]
    assert titles(client, "?region=17.02") == ["Dua"]
    assert titles(client, "?programme=PKH") == ["Satu"]
    assert titles(client, "?state=diajukan") == ["Dua"]


def test_a_draft_is_made_and_filled(client):
    candidate("Zubaidah")
    form = {
        "programme": Programme.objects.get(code="PKH").pk, "year": 2024, "region": "17.71", "funding": "apbn",
        "title": "PKH tahap 1",
    }  # fmt: skip
    url = client.post("/sk/baru/", form)["Location"]
    assert "Zubaidah" in page_of(client, url)
    assert "Memenuhi syarat" in page_of(client, url)
    page = client.post(f"{url}isi/", follow=True).content.decode()
    assert "1 nama masuk; 0 calon tidak masuk" in page
    assert "Calon yang belum masuk SK ini" not in page


def test_a_reader_without_personal_data_reads_what_a_count_of_names_counts(cast, client_of, draft):
    for reader, heading in ((cast.clerk, "Nama yang boleh Anda lihat"), (cast.owner, "Nama")):
        assert f'class="num">{heading}</th>' in page_of(client_of(reader), LIST)
    assert "Tidak ada nama yang boleh Anda lihat" in page_of(client_of(cast.clerk), f"/sk/{draft.pk}/")
    assert "Buka usulan program ini" in page_of(client_of(cast.owner), f"/sk/{draft.pk}/")


def test_a_draft_with_nothing_written_comes_back(client):
    answer = client.post("/sk/baru/", {"programme": "", "title": ""})
    assert answer.status_code == 422


def test_whoever_is_left_out_is_listed_with_the_sentence_and_the_remedy(client, draft):
    row = candidate("Almarhum")
    make.make_circumstance(row.beneficiary, "meninggal", "ya", on=date(2024, 2, 1))
    page = client.post(f"/sk/{draft.pk}/isi/", follow=True).content.decode()
    assert "0 nama masuk; 1 calon tidak masuk" in page
    assert "Tercatat meninggal dunia (1 Februari 2024)." in page
    assert "catat koreksinya" in page


def test_each_act_says_its_consequence_before_it_happens(cast, client, client_of, draft):
    candidate("Zubaidah", decree=draft)
    assert "Belum ada yang menjadi penerima" in page_of(client, f"/sk/{draft.pk}/isi/")
    assert "Nama di dalamnya dikunci" in page_of(client, f"/sk/{draft.pk}/ajukan/")
    staff = client_of(cast.staff)
    assert "Semua namanya menjadi penerima aktif" in page_of(staff, f"/sk/{draft.pk}/tetapkan/")
    assert "SK kembali menjadi draf" in page_of(staff, f"/sk/{draft.pk}/kembalikan/")
    assert client.get(f"/sk/{draft.pk}/terbang/").status_code == 404


def test_the_kabupaten_proposes_and_the_ministry_decides(cast, client_of, proposed):
    staff = client_of(cast.staff)
    assert "Tetapkan" in page_of(staff, f"/sk/{proposed.pk}/")
    form = {"number": "460/7/2024", "sk_date": "2024-02-01"}
    page = staff.post(f"/sk/{proposed.pk}/tetapkan/", form, follow=True).content.decode()
    assert "460/7/2024" in page
    assert (Participation.objects.get().state, Proposal.objects.get().state) == ("aktif", "ditetapkan")


def test_the_proposer_is_told_that_another_decides(client, proposed):
    page = page_of(client, f"/sk/{proposed.pk}/")
    assert "Anda pengusul SK ini" in page
    assert "Tarik kembali" in page
    assert ">Tetapkan<" not in page


def test_a_decision_of_the_wrong_level_comes_back_with_the_right_office(cast, client_of, proposed):
    form = {"number": "1", "sk_date": "2024-02-01"}
    answer = client_of(cast.colleague).post(f"/sk/{proposed.pk}/tetapkan/", form)
    assert answer.status_code == 422
    assert "adalah Kementerian Sosial" in answer.content.decode()


def test_a_note_of_who_sent_it_back_stands_on_the_page(cast, client, client_of, proposed):
    staff = client_of(cast.staff)
    assert staff.post(f"/sk/{proposed.pk}/kembalikan/", {"note": ""}).status_code == 422
    staff.post(f"/sk/{proposed.pk}/kembalikan/", {"note": "NIK Zubaidah keliru"})
    page = page_of(client, f"/sk/{proposed.pk}/")
    assert "NIK Zubaidah keliru" in page
    assert "dikembalikan" in page_of(client, LIST)


def test_a_name_is_sent_back_to_verval_with_the_sk(cast, client_of, proposed):
    staff, row = client_of(cast.staff), Participation.objects.get()
    url = f"/sk/{proposed.pk}/kembalikan/?nama={row.pk}"
    assert "Zubaidah" in page_of(staff, url)
    assert staff.post(url, {"note": "rumah kosong", "candidates": [row.pk]}).status_code == 302
    assert Proposal.objects.get().state == "diajukan"


def test_a_name_leaves_a_draft(client, draft):
    row = candidate("Zubaidah", decree=draft)
    url = f"/sk/{draft.pk}/nama/{row.pk}/keluarkan/"
    assert "tetap calon" in page_of(client, url)
    assert client.post(url, {"note": "alamat keliru"})["Location"] == f"/sk/{draft.pk}/"
    row.refresh_from_db()
    assert row.decree is None
    assert client.get(url).status_code == 404


def test_names_at_fault_lead(client, draft):
    rows = [candidate(name, decree=draft) for name in ("Almarhum", "Siti", "Rohaya")]
    make.make_circumstance(rows[0].beneficiary, "meninggal", "ya", on=date(2024, 2, 1))
    found = client.get(f"/sk/{draft.pk}/").context
    assert [item["name"] for item in found["rows"]] == ["Almarhum", "Rohaya", "Siti"]
    assert found["faulty"] == 1
    assert [item["name"] for item in client.get(f"/sk/{draft.pk}/?q=roh").context["rows"]] == ["Rohaya"]


def test_a_foreign_sk_and_participation_are_404(client):
    decree = make.make_decree(region=make.REJANG_LEBONG)
    row = make.make_participation(make.make_beneficiary(region=make.CURUP), decree=decree)
    pages = (f"/sk/{decree.pk}/", f"/sk/{decree.pk}/isi/", f"/kepesertaan/{row.pk}/", f"/kepesertaan/{row.pk}/akhiri/")
    assert [client.get(page).status_code for page in pages] == [404] * 4
    assert titles(client) == []
    assert client.get("/kepesertaan/").context["participations"] == []


def test_lists_and_the_sk_cost_the_same_for_two_and_for_thirty(client, draft):
    urls = (LIST, f"/sk/{draft.pk}/", "/kepesertaan/")
    for _ in range(2):
        candidate(decree=draft)
        make.make_decree(programme="PKH")
    few = [cost(client, url) for url in urls]
    for _ in range(28):
        candidate(decree=draft)
        make.make_decree(programme="PKH")
    assert [cost(client, url) for url in urls] == few


# --- participation -----------------------------------------------------------


def shown(client, query: str = "") -> list[str]:
    return [item["name"] for item in client.get(f"/kepesertaan/{query}").context["participations"]]


def test_each_filter_of_participations_narrows(cast, client_of):
    make.make_participation(make.make_beneficiary(name="Satu"))
    make.make_participation(make.make_beneficiary(name="Dua", region=make.CURUP), programme="PKH", returning=True)
    make.make_participation(make.make_beneficiary(name="Tiga"), state="calon")
    make.make_participation(make.make_beneficiary(name="Empat"), state="calon", decree=make.make_decree())
    client = client_of(cast.province)
    assert shown(client) == ["Empat", "Tiga", "Dua", "Satu"]
    assert shown(client, "?state=calon") == ["Empat", "Tiga"]
    assert shown(client, "?unlisted=on") == ["Tiga"]
    assert shown(client, "?programme=PKH") == ["Dua"]
    assert shown(client, "?region=17.02") == ["Dua"]
    assert shown(client, "?returning=on") == ["Dua"]
    assert shown(client, "?q=sat") == ["Satu"]


def test_a_participation_is_suspended_resumed_and_ended_by_reason(client):
    row = make.make_participation(make.make_beneficiary(name="Siti Aminah"))
    url = f"/kepesertaan/{row.pk}/"
    assert "tidak masuk daftar penyaluran" in page_of(client, f"{url}tangguhkan/")
    client.post(f"{url}tangguhkan/", {"on": "2024-03-01", "reason": "tidak_transaksi", "note": "tiga tahap"})
    page = page_of(client, url)
    assert "Bantuan berulang kali tidak diambil. tiga tahap" in page
    client.post(f"{url}lanjutkan/", {"on": "2024-03-09", "note": "rekening aktif lagi"})
    client.post(f"{url}akhiri/", {"on": "2024-04-01", "reason": "pindah"})
    page = page_of(client, url)
    assert "Penerima pindah ke wilayah lain." in page
    assert page.index("berakhir") < page.index("ditangguhkan")
    assert "Tangguhkan" not in page


def test_a_candidate_goes_back_to_verval_from_his_page(client):
    row = candidate("Zubaidah")
    assert "Kembalikan ke verval" in page_of(client, f"/kepesertaan/{row.pk}/")
    client.post(f"/kepesertaan/{row.pk}/verval-ulang/", {"note": "alamat tidak ditemukan"})
    assert Proposal.objects.get().state == "diajukan"


def test_graduation_is_no_reason_that_an_officer_picks(client):
    row = make.make_participation(make.make_beneficiary())
    answer = client.post(f"/kepesertaan/{row.pk}/akhiri/", {"on": "2024-03-01", "reason": "graduasi"})
    assert answer.status_code == 422


def test_a_step_the_table_does_not_know_comes_back_with_its_words(client):
    row = make.make_participation(make.make_beneficiary())
    answer = client.post(f"/kepesertaan/{row.pk}/lanjutkan/", {"on": "2024-03-01", "note": "x"})
    assert answer.status_code == 422
    assert "Langkah ini hanya sesudah" in answer.content.decode()


def test_a_reader_is_offered_nothing(cast, client_of, draft):
    row = candidate(decree=draft)
    reader = client_of(cast.auditor)
    assert "Isi dari calon" not in page_of(reader, f"/sk/{draft.pk}/").replace("“Isi dari calon penerima”", "")
    assert "Akhiri" not in page_of(reader, f"/kepesertaan/{row.pk}/")
    assert reader.get("/sk/baru/").status_code == 403


def test_the_menu_leads_there(client):
    assert 'href="/sk/"' in page_of(client, "/kepesertaan/")
    assert Decree.objects.count() == 0
