"""The list of lists and one list: what they show, to whom, and at what cost."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assistance.models import Batch
from pilar.core.models import Programme, RegionGrant
from tests import factories as make

LIST = "/penyaluran/"


def cost(client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def fill(batch, many: int) -> None:
    for _ in range(many):
        make.make_line(batch, make.make_beneficiary(), state="sk")


def form_of(**changes) -> dict[str, object]:
    fields = {
        "programme": Programme.objects.get(code="YAPI").pk,
        "year": 2024,
        "stage": "Tahap 1",
        "region": "17.71 Kota Bengkulu",
        "funding": "apbd_kab",
        "ceiling": "1.200.000",
        "sk_number": "460/1/2024",
        "sk_date": "2024-01-15",
    }
    return {**fields, **changes}


@pytest.fixture
def mixed(cast):
    """Pagu 5 million; 1.1 million decided, 600 thousand paid of which 200 received; 400 came back."""
    batch = make.make_batch(ceiling=5_000_000, stage="Tahap Satu")
    for state, amount in (("sk", 500_000), ("salur", 400_000), ("transaksi", 200_000)):
        make.make_line(batch, make.make_beneficiary(), state=state, amount=amount)
    make.make_line(batch, make.make_beneficiary(), state="retur", amount=400_000, returned_on=date(2024, 4, 1))
    return batch


def test_the_list_shows_four_different_numbers(cast, client_of, mixed):
    page = client_of(cast.owner).get(LIST).content.decode()
    for figure in ("Rp5.000.000", "Rp1.100.000", "Rp600.000", "Rp200.000"):
        assert figure in page
    assert "2 baris perlu ditindaklanjuti" in page


def test_the_list_of_a_neighbour_stays_unseen(cast, client_of):
    make.make_batch(region=make.REJANG_LEBONG, stage="Tahap Asing")
    assert "Tahap Asing" not in client_of(cast.owner).get(LIST).content.decode()
    assert "Tahap Asing" in client_of(cast.province).get(LIST).content.decode()


@pytest.mark.parametrize(
    "query", ["?year=2023", "?region=17.02", "?programme=YAPI", "?funding=lainnya", "?region=17.71&year=2023"]
)
def test_each_filter_narrows_the_list(cast, client_of, query):
    make.make_batch(stage="Tahap Ini", year=2024, programme="PERMAKANAN", funding="apbn")
    assert "Tahap Ini" not in client_of(cast.province).get(LIST + query).content.decode()
    same = "?year=2024&region=17.71&programme=PERMAKANAN&funding=apbn"
    assert "Tahap Ini" in client_of(cast.province).get(LIST + same).content.decode()


def test_the_list_costs_the_same_for_two_and_for_twenty(cast, client_of):
    client = client_of(cast.owner)
    fill(make.make_batch(), 1)
    few = cost(client, LIST)
    for _ in range(19):
        fill(make.make_batch(), 2)
    assert cost(client, LIST) == few


def test_a_list_costs_the_same_for_two_lines_and_for_forty(cast, client_of):
    client, batch = client_of(cast.owner), make.make_batch()
    url = reverse("batch-detail", args=[batch.pk])
    fill(batch, 2)
    few = cost(client, url)
    fill(batch, 38)
    assert cost(client, url) == few


def test_a_list_shows_faults_first(cast, client_of):
    batch = make.make_batch()
    states = {"Diterima": "transaksi", "Belum": "sk", "Disalurkan": "salur", "Tertinggal": "tidak_transaksi"}
    for name, state in states.items():
        make.make_line(batch, make.make_beneficiary(name=f"Orang {name}"), state=state)
    repaid = make.make_beneficiary(name="Orang Ulang")
    old = make.make_line(batch, repaid, state="retur", returned_on=date(2024, 4, 1))
    make.make_line(batch, repaid, repays_id=old.pk)
    make.make_line(batch, make.make_beneficiary(name="Orang Retur"), state="retur", returned_on=date(2024, 4, 1))
    lines = client_of(cast.owner).get(reverse("batch-detail", args=[batch.pk])).context["lines"]
    names = [row["line"].beneficiary.name.removeprefix("Orang ") for row in lines]
    assert names == ["Retur", "Belum", "Tertinggal", "Ulang", "Disalurkan", "Diterima", "Ulang"]


def test_pages_of_a_list_hold_every_line_once(cast, client_of):
    batch, client = make.make_batch(), client_of(cast.owner)
    fill(batch, 60)
    url = reverse("batch-detail", args=[batch.pk])
    first = client.get(url).context
    second = client.get(url, {"cursor": first["page"].next}).context
    seen = [row["line"].pk for page in (first, second) for row in page["lines"]]
    assert (len(seen), len(set(seen)), second["page"].next) == (60, 60, "")


def test_lines_are_found_by_name_and_state(cast, client_of, mixed):
    make.make_line(mixed, make.make_beneficiary(name="Zubaidah"), state="sk")
    url = reverse("batch-detail", args=[mixed.pk])
    found = client_of(cast.owner).get(url, {"q": "zub", "state": "sk"}).context["lines"]
    assert [row["line"].beneficiary.name for row in found] == ["Zubaidah"]
    assert len(client_of(cast.owner).get(url, {"state": "retur_terbuka"}).context["lines"]) == 1


def test_a_foreign_list_is_404(cast, client_of):
    batch = make.make_batch(region=make.REJANG_LEBONG)
    line = make.make_line(batch, make.make_beneficiary(region=make.CURUP))
    client = client_of(cast.owner)
    paths = ("", "baris/cari/", "baris/baru/?baru=1", f"baris/{line.pk}/", f"baris/{line.pk}/terima/")
    assert {client.get(f"/penyaluran/{batch.pk}/{path}").status_code for path in paths} == {404}


def test_a_line_of_another_list_is_404(cast, client_of):
    line = make.make_line(make.make_batch(), make.make_beneficiary())
    other = make.make_batch()
    assert client_of(cast.owner).get(f"/penyaluran/{other.pk}/baris/{line.pk}/").status_code == 404


def test_a_sensitive_group_is_hidden_from_a_clerk(cast, client_of):
    batch = make.make_batch()
    line = make.make_line(batch, make.make_beneficiary(), group=9)
    url = reverse("batch-detail", args=[batch.pk])
    word = line.group.name
    assert word in client_of(cast.owner).get(url).content.decode()
    assert word not in client_of(cast.clerk).get(url).content.decode()
    detail = client_of(cast.clerk).get(reverse("disbursement-detail", args=[batch.pk, line.pk])).content.decode()
    assert word not in detail
    assert "disembunyikan" in detail


def test_a_list_is_made_from_the_form(cast, client_of):
    answer = client_of(cast.owner).post("/penyaluran/baru/", form_of())
    batch = Batch.objects.get(sk_number="460/1/2024")
    assert answer["Location"] == reverse("batch-detail", args=[batch.pk])
    assert (batch.ceiling, batch.region_id, batch.year_id) == (1_200_000, make.KOTA, 2024)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"region": "17.02"}, "Anda tidak berwenang"),
        ({"ceiling": "0"}, "lebih besar"),
        ({"sk_date": "2099-01-01"}, "belum tiba"),
        ({"stage": ""}, "harus diisi"),
    ],
)
def test_a_wrong_list_comes_back_with_its_sentence_and_its_words(cast, client_of, changes, sentence):
    answer = client_of(cast.owner).post("/penyaluran/baru/", form_of(**changes))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "460/1/2024" in page
    assert not Batch.objects.exists()


def test_a_reader_is_told_who_gives_the_right(cast, client_of):
    answer = client_of(cast.auditor).get("/penyaluran/baru/")
    assert answer.status_code == 403
    assert "admin wilayah" in answer.content.decode()
    assert "Susun daftar" not in client_of(cast.auditor).get(LIST).content.decode()


def test_the_form_offers_only_the_programmes_of_the_grant(cast, client_of):
    RegionGrant.objects.filter(user=cast.owner).update(programmes=[Programme.objects.get(code="YAPI").pk])
    form = client_of(cast.owner).get("/penyaluran/baru/").context["form"]
    assert [p.code for p in form.fields["programme"].queryset] == ["YAPI"]
