"""Finding who gets a line, adding it, and recording what became of it, through the pages."""

from datetime import date

import pytest
from django.urls import reverse

from assistance.models import Beneficiary, Disbursement
from tests import factories as make


@pytest.fixture
def batch(cast):
    return make.make_batch(ceiling=1_200_000)


@pytest.fixture
def client(cast, client_of):
    return client_of(cast.owner)


def find_url(batch) -> str:
    return reverse("disbursement-find", args=[batch.pk])


def create_url(batch, query: str) -> str:
    return f"{reverse('disbursement-create', args=[batch.pk])}?{query}"


def line_form(person, **changes) -> dict[str, object]:
    return {"beneficiary": person.pk, "group": 3, "amount": "600.000", "state": "sk", **changes}


def new_form(**changes) -> dict[str, object]:
    fields = {
        "name": "Rohaya",
        "nik": make.nik(day=52, month=4, year=51),
        "sex": "P",
        "birth_date": "1951-04-12",
        "region": "17.71.01",
        "group_1": 3,
        "since_1": "2022-01-01",
        "group_2": 12,
        "since_2": "2023-05-01",
        "group": 3,
        "amount": "600000",
        "state": "salur",
        "paid_on": "2024-03-15",
    }
    return {**fields, **changes}


# --- finding --------------------------------------------------------------


def test_a_person_is_found_by_the_beginning_of_the_name(client, batch):
    make.make_beneficiary(name="Zubaidah")
    make.make_beneficiary(name="Zubaidah Asing", region=make.CURUP)
    answer = client.post(find_url(batch), {"q": " zub"}, follow=True)
    assert [row["person"].name for row in answer.context["people"]] == ["Zubaidah"]


def test_a_person_is_found_by_nik_which_appears_nowhere(client, batch):
    person = make.make_beneficiary()
    answer = client.post(find_url(batch), {"q": person.reveal_nik()})
    assert answer["Location"] == create_url(batch, f"penerima={person.pk}")
    page = client.get(answer["Location"]).content.decode()
    assert person.reveal_nik() not in page
    assert person.nik_masked in page


def test_the_nik_of_a_foreign_person_is_unknown_here(client, batch):
    person = make.make_beneficiary(region=make.CURUP)
    answer = client.post(find_url(batch), {"q": person.reveal_nik()}, follow=True)
    assert answer.redirect_chain[-1][0] == create_url(batch, "baru=1")
    assert "Tidak ada penerima dengan NIK itu di wilayah Anda" in answer.content.decode()


def test_a_wrong_nik_is_refused_and_not_echoed(client, batch):
    answer = client.post(find_url(batch), {"q": "1771014513500001"})
    assert answer.status_code == 422
    assert "bukan bulan" in answer.content.decode()
    assert "1771014513500001" not in answer.content.decode()


def test_who_is_in_the_list_already_is_marked(client, batch):
    line = make.make_line(batch, make.make_beneficiary(name="Zubaidah"), state="sk")
    page = client.get(find_url(batch), {"nama": "Zub"}).content.decode()
    assert reverse("disbursement-detail", args=[batch.pk, line.pk]) in page
    assert "sudah di daftar ini" in page


# --- adding ---------------------------------------------------------------


def test_a_line_is_added_and_the_next_person_is_asked_for(client, batch):
    person = make.make_beneficiary()
    answer = client.post(create_url(batch, f"penerima={person.pk}"), line_form(person, again="1"))
    assert answer["Location"] == find_url(batch)
    line = Disbursement.objects.get(beneficiary=person)
    assert (line.amount, line.state, line.region_id, line.year) == (600_000, "sk", make.SELEBAR, 2024)


def test_a_new_person_and_his_line_are_saved_together(client, batch):
    answer = client.post(create_url(batch, "baru=1"), new_form())
    assert answer["Location"] == reverse("batch-detail", args=[batch.pk])
    person = Beneficiary.objects.get(name="Rohaya")
    assert set(person.memberships.values_list("group_id", flat=True)) == {3, 12}
    assert person.disbursements.get().paid_on == date(2024, 3, 15)


def test_a_refused_line_registers_nobody_and_loses_no_word(client, batch):
    answer = client.post(create_url(batch, "baru=1"), new_form(amount="1.200.001"))
    assert answer.status_code == 422
    assert "melebihi pagu" in answer.content.decode()
    assert "1.200.001" in answer.content.decode()
    assert not Beneficiary.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"nik": "123"}, "nik"),
        ({"since_2": ""}, "since_2"),
        ({"group_2": ""}, "group_2"),
        ({"region": "17.02"}, "region"),
        ({"region": "17"}, "region"),
        ({"state": "salur", "paid_on": ""}, "paid_on"),
        ({"group_2": 3}, "group_1"),
    ],
)
def test_a_wrong_field_is_named_at_its_place(client, batch, changes, field):
    answer = client.post(create_url(batch, "baru=1"), new_form(**changes))
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"amount": "1.200.001"}, "melebihi pagu Rp1.200.000"),
        ({"state": "salur"}, "Tanggal wajib diisi"),
        ({"region": "17.02.09"}, "Anda tidak berwenang"),
    ],
)
def test_a_wrong_line_is_refused_with_its_sentence(client, batch, changes, sentence):
    person = make.make_beneficiary()
    answer = client.post(create_url(batch, f"penerima={person.pk}"), line_form(person, **changes))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Disbursement.objects.exists()


def test_a_second_line_for_the_same_person_is_refused(client, batch):
    person = make.make_beneficiary()
    make.make_line(batch, person, state="sk")
    answer = client.post(create_url(batch, f"penerima={person.pk}"), line_form(person))
    assert answer.status_code == 422
    assert "sudah ada di daftar ini" in answer.content.decode()


def test_a_foreign_person_is_neither_shown_nor_taken(client, batch):
    person, own = make.make_beneficiary(region=make.CURUP), make.make_beneficiary()
    assert client.get(create_url(batch, f"penerima={person.pk}")).status_code == 404
    answer = client.post(create_url(batch, f"penerima={own.pk}"), line_form(person))
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"beneficiary"}
    assert not Disbursement.objects.exists()


def test_a_person_outside_the_group_is_added_with_a_warning(client, batch):
    person = make.make_beneficiary(groups=[12])
    form = line_form(person, state="salur", paid_on="2024-03-15")
    page = client.post(create_url(batch, f"penerima={person.pk}"), form, follow=True).content.decode()
    assert "belum tercatat di kelompok" in page
    inside = make.make_beneficiary(groups=[3])
    page = client.post(create_url(batch, f"penerima={inside.pk}"), {**form, "beneficiary": inside.pk}, follow=True)
    assert "belum tercatat di kelompok" not in page.content.decode()


def test_a_clerk_is_not_offered_sensitive_groups(cast, client_of, batch):
    form = client_of(cast.clerk).get(create_url(batch, "baru=1")).context["form"]
    offered = {g.pk for name in ("group", "group_1") for g in form.fields[name].queryset}
    assert not offered & {1, 2, 7, 8, 9}
    assert {3, 12} <= offered


def test_a_reader_adds_nothing(cast, client_of, batch):
    reader = client_of(cast.auditor)
    assert reader.get(find_url(batch)).status_code == 403
    assert reader.get(create_url(batch, "baru=1")).status_code == 403
    assert "Tambah penerima" not in reader.get(reverse("batch-detail", args=[batch.pk])).content.decode()


# --- what became of it ----------------------------------------------------


def act_url(line, act: str) -> str:
    return reverse("disbursement-act", args=[line.batch_id, line.pk, act])


def offered(client, line) -> set[str]:
    acts = client.get(reverse("disbursement-detail", args=[line.batch_id, line.pk])).context["acts"]
    return {act["url"].split("/")[-2] for act in acts}


@pytest.mark.parametrize(
    ("state", "acts"),
    [
        ("sk", {"salur", "koreksi", "hapus"}),
        ("salur", {"terima", "belum-diambil", "retur", "koreksi"}),
        ("tidak_transaksi", {"terima", "retur", "koreksi"}),
        ("transaksi", {"koreksi"}),
        ("retur", {"bayar-ulang", "setor"}),
    ],
)
def test_a_line_offers_what_its_state_allows(cast, client_of, client, batch, state, acts):
    extra = {"returned_on": date(2024, 4, 1)} if state == "retur" else {}
    line = make.make_line(batch, make.make_beneficiary(), state=state, **extra)
    assert offered(client, line) == acts
    assert offered(client_of(cast.auditor), line) == set()


def test_a_line_goes_through_the_pages_to_money_in_hand(client, batch):
    line = make.make_line(batch, make.make_beneficiary(), state="sk")
    client.post(act_url(line, "salur"), {"on": "15/03/2024"})
    client.post(act_url(line, "belum-diambil"), {})
    answer = client.post(act_url(line, "terima"), {"on": "2024-04-02"})
    assert answer["Location"] == reverse("disbursement-detail", args=[batch.pk, line.pk])
    line.refresh_from_db()
    assert (line.state, line.paid_on, line.received_on) == ("transaksi", date(2024, 3, 15), date(2024, 4, 2))


def test_a_returned_line_is_paid_again_through_the_pages(client, batch):
    line = make.make_line(batch, make.make_beneficiary(), state="salur")
    client.post(act_url(line, "retur"), {"on": "2024-04-01"})
    answer = client.post(act_url(line, "bayar-ulang"), {"on": "2024-04-09"})
    again = Disbursement.objects.get(repays_id=line.pk)
    assert answer["Location"] == reverse("disbursement-detail", args=[batch.pk, again.pk])
    assert offered(client, line) == set()


@pytest.mark.parametrize(
    ("act", "form", "sentence"),
    [
        ("salur", {"on": ""}, "harus diisi"),
        ("salur", {"on": "2099-01-01"}, "belum tiba"),
        ("terima", {"on": "2024-03-15"}, "Langkah ini hanya sesudah"),
        ("bayar-ulang", {"on": "2024-03-15"}, "hanya baris yang sudah dicatat retur"),
        ("koreksi", {"amount": "2.000.000", "note": "salah ketik"}, "melebihi pagu"),
        ("hapus", {"note": ""}, "harus diisi"),
    ],
)
def test_a_wrong_act_is_refused_with_its_sentence(client, batch, act, form, sentence):
    line = make.make_line(batch, make.make_beneficiary(), state="sk")
    answer = client.post(act_url(line, act), form)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    line.refresh_from_db()
    assert (line.state, line.amount) == ("sk", 600_000)


def test_a_line_is_mended_and_taken_back(client, batch):
    line = make.make_line(batch, make.make_beneficiary(), state="sk")
    client.post(act_url(line, "koreksi"), {"amount": "700000", "note": "salah ketik"})
    line.refresh_from_db()
    assert line.amount == 700_000
    answer = client.post(act_url(line, "hapus"), {"note": "orang yang salah"})
    assert answer["Location"] == reverse("batch-detail", args=[batch.pk])
    assert not Disbursement.objects.exists()


def test_an_act_that_does_not_exist_is_404(client, batch):
    line = make.make_line(batch, make.make_beneficiary(), state="sk")
    assert client.get(act_url(line, "lompat")).status_code == 404
