"""The pages of a list that goes through approval: board, draft, acts with their consequences, and who sees which."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assistance.models import Batch
from pilar.core.models import Programme
from tests import factories as make
from tests import factories_lists as lists

LIST = "/penyaluran/"
CHILD = {"birth_date": date(2014, 1, 1)}


def child(name: str = "Anak", **fields):
    person = make.make_beneficiary(name=name, **CHILD)
    make.make_participation(person, **fields)
    return person


def detail(batch: Batch) -> str:
    return reverse("batch-detail", args=[batch.pk])


def act(batch: Batch, code: str) -> str:
    return reverse("batch-act", args=[batch.pk, code])


def codes(client, batch: Batch) -> set[str]:
    return {re.search(r"langkah/([\w-]+)/", item["url"])[1] for item in client.get(detail(batch)).context["acts"]}


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.content.decode()))


def draft_form(**changes) -> dict[str, object]:
    fields = {
        "programme": Programme.objects.get(code="YAPI").pk,
        "year": 2024,
        "stage": "Tahap 1",
        "region": "17.71 Kota Bengkulu",
        "funding": "apbn",
        "sk_number": "460/1/2024",
        "sk_date": "2024-01-15",
        "ceiling": "1.200.000",
        "units": "3",
    }
    return {**fields, **changes}


def test_the_board_counts_lists_by_state_and_filters(cast, client_of):
    make.make_batch(stage="Tahap Dicatat")
    lists.make_drafted(stage="Tahap Disusun")
    lists.make_closed(child(), programme="YAPI", stage="Tahap Ditutup")
    client = client_of(cast.owner)
    shown = {tab["label"]: tab["count"] for tab in client.get(LIST).context["board"]}
    assert shown == {
        "Semua": 3, "Dicatat": 1, "Disusun": 1, "Diajukan": 0, "Disetujui": 0, "Final closing": 1, "Selesai": 0,
    }  # fmt: skip
    page = client.get(LIST, {"approval": "ditutup"})
    assert [item["batch"].stage for item in page.context["lists"]] == ["Tahap Ditutup"]
    assert [tab["label"] for tab in page.context["board"] if tab["current"]] == ["Final closing"]
    assert page.context["board"][0]["count"] == 3
    narrowed = client.get(LIST, {"programme": "YAPI"}).context["board"]
    assert (narrowed[0]["count"], narrowed[2]["url"]) == (1, "/penyaluran/?programme=YAPI&approval=disusun")


def test_a_list_is_drafted_from_the_form_with_its_plan(cast, client_of):
    client = client_of(cast.owner)
    answer = client.post("/penyaluran/susun/", draft_form())
    batch = Batch.objects.get(approval="disusun")
    assert answer["Location"] == detail(batch)
    page = text(client.get(detail(batch)))
    assert "2 penerima × 3 bulan × Rp200.000 = Rp1.200.000" in page
    assert "sama dengan harga program (bantuan Rp200.000)" in page


def test_the_exact_case_stands_on_the_page(cast, client_of):
    """133,774 x 184 x Rp32.000 = Rp787.661.312.000 (published C19)."""
    form = draft_form(
        programme=Programme.objects.get(code="PERMAKANAN").pk,
        year=2023, stage="Juli sampai Desember", region="nasional", sk_number="74/2023", sk_date="2023-06-26",
        ceiling="787.661.312.000", units="184",
    )  # fmt: skip
    client = client_of(cast.staff)
    client.post("/penyaluran/susun/", form)
    page = text(client.get(detail(Batch.objects.get(approval="disusun"))))
    assert "133.774 penerima × 184 hari × Rp32.000 = Rp787.661.312.000" in page
    assert "habis dibagi" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"sk_number": ""}, "tulis nomor SK yang terbit di luar PILAR"),
        ({"sk_date": "2099-01-01"}, "belum tiba"),
        ({"units": "0"}, "lebih besar"),
        ({"region": "17.02"}, "Anda tidak berwenang"),
    ],
)
def test_a_wrong_draft_comes_back_with_its_sentence(cast, client_of, changes, sentence):
    answer = client_of(cast.owner).post("/penyaluran/susun/", draft_form(**changes))
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not Batch.objects.exists()


@pytest.mark.parametrize(
    ("state", "who", "offered"),
    [
        ("disusun", "owner", {"isi", "ajukan", "catatan"}),
        ("disusun", "staff", {"isi", "ajukan", "catatan", "pagu"}),
        ("diajukan", "owner", {"catatan"}),
        ("diajukan", "staff", {"setujui", "kembalikan", "pagu", "catatan"}),
        ("diajukan", "auditor", set()),
        ("disetujui", "owner", {"tutup", "catatan"}),
        ("disetujui", "staff", {"tutup", "terima-tanpa-verval", "pagu", "catatan"}),
        ("ditutup", "owner", {"salurkan", "selesai", "catatan"}),
        ("selesai", "staff", set()),
    ],
)
def test_each_state_offers_what_it_allows_to_whom(cast, client_of, state, who, offered):
    batch = lists.make_closed(child(), programme="YAPI", approval=state)
    assert codes(client_of(getattr(cast, who)), batch) == offered


def test_a_recorded_list_has_no_approval_on_its_page(cast, client_of):
    batch = make.make_batch()
    make.make_line(batch, make.make_beneficiary(), state="sk")
    client = client_of(cast.owner)
    assert codes(client, batch) == {"salurkan", "catatan"}
    assert client.get(detail(batch)).context["way"] is None


def test_the_proposer_reads_that_another_decides(cast, client_of):
    batch = lists.make_closed(child(), programme="YAPI", approval="diajukan", funding="apbd_kab")
    Batch.objects.filter(pk=batch.pk).update(proposed_by=cast.colleague)
    assert "Anda pengusul daftar ini" in text(client_of(cast.colleague).get(detail(batch)))
    answer = client_of(cast.colleague).post(act(batch, "setujui"))
    assert answer.status_code == 422
    assert "Tidak bisa diputuskan: Anda pengusul daftar ini." in text(answer)


def test_a_reader_of_another_level_reads_who_approves(cast, client_of):
    batch = lists.make_closed(child(), programme="YAPI", approval="diajukan", funding="apbn")
    assert "Yang menyetujui: Kementerian Sosial, karena dananya APBN." in text(
        client_of(cast.colleague).get(detail(batch))
    )
    assert "Yang menyetujui" not in text(client_of(cast.staff).get(detail(batch)))


def test_filling_says_before_and_after_who_is_left_out(cast, client_of):
    child("Adi")
    child("Budi", state="ditangguhkan")
    batch = lists.make_drafted(programme="YAPI")
    client = client_of(cast.owner)
    before = text(client.get(act(batch, "isi")))
    assert "Akan ditambahkan1 baris" in before
    assert re.search(r"Budi ?Kepesertaannya ditangguhkan", before)
    answer = client.post(act(batch, "isi"), follow=True)
    assert answer.redirect_chain[-1][0] == act(batch, "isi")
    assert "1 baris ditambahkan." in text(answer)
    assert "Budi" in text(answer)
    assert batch.lines.count() == 1


def test_sending_back_shows_its_note_to_the_proposer(cast, client_of):
    batch = lists.make_closed(child(), programme="YAPI", approval="diajukan")
    assert client_of(cast.staff).post(act(batch, "kembalikan"), {"note": "Periksa tahap"}).status_code == 302
    page = text(client_of(cast.owner).get(detail(batch)))
    assert "Dikembalikan dengan catatan" in page
    assert "Periksa tahap" in page


def test_closing_shows_the_coverage_and_refuses_until_an_approver_accepts(cast, client_of):
    batch = lists.make_closed(child("Adi"), programme="YAPI", approval="disetujui")
    client, approver = client_of(cast.owner), client_of(cast.staff)
    before = text(client.get(act(batch, "tutup")))
    assert "Belum diverval1 orang" in before
    assert "Adi" in before
    refused = client.post(act(batch, "tutup"))
    assert (refused.status_code, "Final closing ditolak: 1 penerima" in text(refused)) == (422, True)
    approver.post(act(batch, "terima-tanpa-verval"), {"reason": "Jalan putus"})
    assert client.post(act(batch, "tutup")).status_code == 302
    page = text(client.get(detail(batch)))
    assert "Jalan putus" in page
    assert Batch.objects.get(pk=batch.pk).closed_on == timezone.localdate()


def test_all_lines_are_paid_and_handed_over_from_the_page(cast, client_of):
    batch = lists.make_closed(*(make.make_beneficiary() for _ in range(3)), programme="PERMAKANAN")
    client = client_of(cast.owner)
    assert "Bisa disalurkan hari ini3 baris" in text(client.get(act(batch, "salurkan")))
    client.post(act(batch, "salurkan"), {"on": "2024-03-15"})
    assert codes(client, batch) == {"serahkan", "selesai", "catatan"}
    client.post(act(batch, "serahkan"), {"on": "2024-04-01", "number": "BAST-7"})
    assert set(batch.lines.values_list("state", flat=True)) == {"transaksi"}
    page = text(client.get(detail(batch)))
    assert "BAST BAST-7" in page
    assert "diserahkan (BAST)" in page
    assert client.post(act(batch, "selesai")).status_code == 302


def test_a_revision_and_a_note_stand_in_the_history(cast, client_of):
    batch = make.make_batch(ceiling=600_000)
    staff = client_of(cast.staff)
    form = {"number": "R-1", "on": "2024-05-02", "after": "900.000", "reason": "Efisiensi"}
    assert staff.post(act(batch, "pagu"), form).status_code == 302
    note = {"code": "sp2d", "number": "00123/2024", "on": "2024-05-03"}
    assert client_of(cast.owner).post(act(batch, "catatan"), note).status_code == 302
    page = text(client_of(cast.owner).get(detail(batch)))
    assert "Revisi pagu R-1: Rp600.000 menjadi Rp900.000" in page
    assert "SP2D 00123/2024" in page


def test_lines_of_a_list_offer_only_what_its_approval_allows(cast, client_of):
    client = client_of(cast.owner)
    for state, offered in (("disusun", {"koreksi", "hapus"}), ("disetujui", set()), ("ditutup", {"salur"})):
        line = lists.make_closed(child(), programme="YAPI", approval=state).lines.get()
        page = client.get(reverse("disbursement-detail", args=[line.batch_id, line.pk]))
        assert {item["url"].rstrip("/").rsplit("/", 1)[1] for item in page.context["acts"]} == offered


def test_money_that_came_back_is_deposited_from_its_page(cast, client_of):
    batch = make.make_batch(programme="YAPI")
    line = make.make_line(batch, make.make_beneficiary(), state="retur", returned_on=date(2024, 4, 1))
    client = client_of(cast.owner)
    url = reverse("disbursement-act", args=[batch.pk, line.pk, "setor"])
    assert client.post(url, {"on": "2024-05-01", "number": "SSBP-12"}).status_code == 302
    page = text(client.get(reverse("disbursement-detail", args=[batch.pk, line.pk])))
    assert "disetor ke kas" in page
    assert "bukti setor SSBP-12" in page


def test_goods_are_told_in_their_own_words(cast, client_of):
    money, goods = (make.make_batch(programme=code) for code in ("YAPI", "PERMAKANAN"))
    said = [
        text(client_of(cast.owner).get(reverse("disbursement-detail", args=[batch.pk, line.pk])))
        for batch, line in ((b, make.make_line(b, make.make_beneficiary())) for b in (money, goods))
    ]
    assert "Catat diterima" in said[0]
    assert "Catat diserahkan (BAST)" in said[1]
    assert "disalurkan ke Pokmas" in said[1]


@pytest.mark.parametrize("state", ["disusun", "disetujui", "ditutup"])
def test_a_lists_page_costs_the_same_for_two_lines_and_for_twenty(cast, client_of, state):
    client = client_of(cast.owner)

    def cost(many: int) -> int:
        batch = lists.make_closed(*(child() for _ in range(many)), programme="YAPI", approval=state)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(detail(batch)).status_code == 200
        return len(queries)

    assert cost(2) == cost(20)


@pytest.mark.parametrize(("state", "code"), [("disusun", "isi"), ("disetujui", "tutup"), ("ditutup", "salurkan")])
def test_an_acts_page_costs_the_same_for_two_and_for_twenty(cast, client_of, state, code):
    client = client_of(cast.owner)

    def cost(many: int) -> int:
        people = [child() for _ in range(many)]
        batch = lists.make_closed(*(people if state != "disusun" else []), programme="YAPI", approval=state)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(act(batch, code)).status_code == 200
        return len(queries)

    assert cost(2) == cost(20)
