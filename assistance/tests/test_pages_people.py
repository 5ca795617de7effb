"""Penerima manfaat in the browser's door: the list and its filters, one person, and every entry about him."""

from datetime import date

import pytest
from django.urls import reverse

from assistance.models import Beneficiary, Circumstance, GroupMembership
from tests import factories as make

LIST, NEW = "/penerima/", "/penerima/baru/"
NIK = "1771015204510077"
LIST_QUERIES, DETAIL_QUERIES = 21, 32


@pytest.fixture
def client(cast, client_of):
    return client_of(cast.owner)


def shown(client, query: str = "") -> list[str]:
    return [item["person"].name for item in client.get(LIST + query).context["people"]]


def page_of(person) -> str:
    return f"{LIST}{person.pk}/"


def text_of(client, url: str) -> str:
    return client.get(url).content.decode()


def entry(**changes) -> dict[str, object]:
    fields = {
        "nik": NIK, "name": "Rohaya", "sex": "P", "birth_date": "1951-04-12", "region": "17.71.01",
        "group_1": 3, "since_1": "2022-01-01",
    }  # fmt: skip
    return {**fields, **changes}


# --- the list ------------------------------------------------------------------


def test_each_filter_narrows_the_list(cast, client_of):
    one = make.make_beneficiary(name="Ani", groups=[3])
    two = make.make_beneficiary(name="Budi", region=make.CURUP, groups=[12])
    make.make_beneficiary(name="Ahmad", region=make.TELUK_SEGARA)
    make.make_participation(one, programme="YAPI")
    make.make_participation(two, programme="PERMAKANAN", state="berakhir")
    make.make_line(make.make_batch(), one)
    client = client_of(cast.province)
    assert shown(client) == ["Budi", "Ani", "Ahmad"]
    assert shown(client, "?nama=a") == ["Ahmad", "Ani"]
    assert shown(client, "?region=17.71") == ["Ani", "Ahmad"]
    assert shown(client, "?program=YAPI") == ["Ani"]
    assert shown(client, "?program=PERMAKANAN") == ["Budi", "Ani"]
    assert shown(client, "?keadaan=aktif") == ["Ani"]
    assert shown(client, "?program=PERMAKANAN&keadaan=berakhir") == ["Budi"]
    assert shown(client, "?program=PERMAKANAN&keadaan=aktif") == []
    assert shown(client, "?keadaan=bukan_peserta") == ["Budi", "Ahmad"]
    assert shown(client, "?kelompok=PAS12_FAKIR_MISKIN") == ["Budi"]


def test_a_group_is_asked_for_as_of_today(client):
    person = make.make_beneficiary(name="Ani")
    make.make_membership(person, 3, valid_until=date(2024, 1, 31))
    assert shown(client, "?kelompok=PAS03_LANSIA_TERLANTAR") == []


def test_sensitive_groups_are_neither_offered_nor_shown_without_the_right(cast, client_of, client):
    make.make_beneficiary(name="Ani", groups=[9, 3])
    query = "?kelompok=PAS09_NAPZA_HIV"
    assert shown(client, query) == ["Ani"]
    clerk = client_of(cast.clerk)
    answer = clerk.get(LIST)
    assert "NAPZA" not in answer.content.decode()
    assert [m.group_id for m in answer.context["people"][0]["groups"]] == [3]
    assert shown(clerk, query) == []


def test_a_nik_is_posted_and_leads_to_its_person(client):
    person = make.make_beneficiary()
    answer = client.post(LIST, {"q": person.reveal_nik()})
    assert answer["Location"] == page_of(person)
    assert client.post(LIST, {"q": "siti"})["Location"] == f"{LIST}?nama=siti"


def test_an_unknown_or_impossible_nik_says_so_and_is_not_echoed(client):
    assert "Tidak ada penerima dengan NIK itu" in client.post(LIST, {"q": NIK}, follow=True).content.decode()
    answer = client.post(LIST, {"q": NIK[:-1]})
    assert answer.status_code == 422
    assert "NIK harus 16 angka" in answer.content.decode()
    assert NIK[:-1] not in answer.content.decode()


def test_a_foreign_nik_is_nobody_here(client):
    person = make.make_beneficiary(region=make.CURUP)
    assert client.post(LIST, {"q": person.reveal_nik()})["Location"] == LIST


def test_a_pillar_member_is_flagged_on_list_and_page(client):
    person = make.make_beneficiary()
    member = make.make_person(region=make.REJANG_LEBONG, nik=person.reveal_nik())
    make.make_assignment(member, region=make.CURUP)
    assert client.get(LIST).context["people"][0]["serves"] is True
    assert "Overlap SDM kesos" in text_of(client, page_of(person))


def test_no_list_shows_a_nik(client):
    person = make.make_beneficiary()
    assert person.reveal_nik()[-4:] not in text_of(client, LIST)


@pytest.mark.parametrize("size", [3, 40])
def test_the_list_asks_the_same_number_of_questions(client, django_assert_num_queries, size):
    for number in range(size):
        person = make.make_beneficiary(name=f"Orang {number}", groups=[3, 12])
        make.make_participation(person)
    client.get(LIST)
    with django_assert_num_queries(LIST_QUERIES):
        assert len(client.get(LIST).context["people"]) == size


# --- one person ------------------------------------------------------------------


def test_a_page_says_where_the_person_stands_and_what_happened(client):
    person = make.make_beneficiary(groups=[3, 9])
    make.make_participation(person)
    make.make_line(make.make_batch(), person)
    page = text_of(client, page_of(person))
    assert "penerima aktif YAPI sejak 15 Januari 2024" in page
    assert "Langkah berikut:" in page
    assert "Penyaluran Permakanan Rp600.000: disalurkan" in page
    assert "NAPZA" in page
    assert person.reveal_nik() not in page


def test_a_page_hides_sensitive_groups_and_says_so(cast, client_of):
    person = make.make_beneficiary(groups=[3, 9])
    make.make_participation(person, group=9)
    page = text_of(client_of(cast.clerk), page_of(person))
    assert "NAPZA" not in page
    assert "tanpa kelompok yang merupakan data pribadi spesifik" in page


def test_a_reader_is_offered_no_entry(cast, client_of):
    page = text_of(client_of(cast.auditor), page_of(make.make_beneficiary(groups=[3])))
    assert [word for word in ("Ubah data", "Tambah kelompok", "Catat keadaan", "Akhiri") if word in page] == []


def test_the_nik_opens_once_with_a_reason_and_is_recorded(client):
    person = make.make_beneficiary()
    url = reverse("beneficiary-reveal", args=[person.pk])
    assert person.reveal_nik() not in client.post(url, {"reason": "ya"}).content.decode()
    answer = client.post(url, {"reason": "Mencocokkan data dengan KTP"})
    assert person.reveal_nik() in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_people_who_look_alike_are_listed_with_their_pages(client):
    person = make.make_beneficiary(name="Rohaya")
    twin = make.make_beneficiary(name="ROHAYA", region=make.TELUK_SEGARA)
    page = text_of(client, page_of(person))
    assert "Penerima yang mirip" in page
    assert page_of(twin) in page


@pytest.mark.parametrize("size", [2, 15])
def test_a_page_asks_the_same_number_of_questions(client, django_assert_num_queries, size):
    person = make.make_beneficiary(groups=[3, 12])
    make.make_participation(person)
    for _ in range(size):
        make.make_line(make.make_batch(), person)
        make.make_circumstance(person, "desil", "2", on=date(2024, 1, 1 + Circumstance.objects.count()))
    client.get(page_of(person))
    with django_assert_num_queries(DETAIL_QUERIES):
        client.get(page_of(person))


# --- entries ---------------------------------------------------------------------


def test_a_person_is_registered(client):
    answer = client.post(NEW, entry())
    person = Beneficiary.objects.get()
    assert answer["Location"] == page_of(person)
    assert list(person.memberships.values_list("group_id", "valid_from")) == [(3, date(2022, 1, 1))]


def test_somebody_alike_is_confirmed_first(client):
    known = make.make_beneficiary(name="Rohaya", birth_date=date(1951, 4, 12))
    answer = client.post(NEW, entry())
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "ada penerima yang mirip" in page
    assert page_of(known) in page
    assert "Tetap simpan, orangnya berbeda" in page
    assert client.post(NEW, entry(different="on")).status_code == 302
    assert Beneficiary.objects.count() == 2


def test_the_confirmation_is_not_offered_before_it_is_needed(client):
    assert "orangnya berbeda" not in text_of(client, NEW)


def test_a_known_nik_is_refused(client):
    client.post(NEW, entry())
    answer = client.post(NEW, entry(name="Lain", different="on"))
    assert answer.status_code == 422
    assert "NIK ini sudah terdaftar atas nama Rohaya" in answer.content.decode()


def changed(person, **changes) -> dict[str, object]:
    fields = {
        "name": person.name, "sex": "P", "birth_date": "1950-01-01", "region": "17.71.01",
        "version": person.version,
    }  # fmt: skip
    return {**fields, **changes}


def test_a_person_is_mended(client):
    person = make.make_beneficiary()
    url = reverse("beneficiary-update", args=[person.pk])
    assert client.post(url, changed(person, name="Siti Aminah Umar"))["Location"] == page_of(person)
    person.refresh_from_db()
    assert (person.name, person.version) == ("Siti Aminah Umar", 2)


def test_a_conflict_shows_both_versions_and_saves_neither_unseen(client):
    person = make.make_beneficiary()
    url = reverse("beneficiary-update", args=[person.pk])
    client.post(url, changed(person, name="Semula"))
    answer = client.post(url, changed(person, name="Sesudah"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Orang lain menyimpan data ini lebih dahulu" in page
    assert "<del>Sesudah</del>" in page
    assert "<ins>Semula</ins>" in page
    assert 'name="version" value="2"' in page


def test_groups_are_added_and_ended(client):
    person = make.make_beneficiary()
    add = reverse("membership-add", args=[person.pk])
    assert client.post(add, {"group": 2, "since": "2024-01-01"})["Location"] == page_of(person)
    row = GroupMembership.objects.get()
    end = reverse("membership-end", args=[person.pk, row.pk])
    assert client.post(end, {"on": "2023-12-31"}).status_code == 422
    assert client.post(end, {"on": "2024-02-29"})["Location"] == page_of(person)
    assert "sudah berakhir" in client.post(end, {"on": "2024-03-01"}).content.decode()


def test_a_membership_of_somebody_else_is_not_there(client):
    row = make.make_membership(make.make_beneficiary(), 3)
    other = make.make_beneficiary()
    assert client.get(reverse("membership-end", args=[other.pk, row.pk])).status_code == 404


def test_a_circumstance_is_recorded_with_its_source(client):
    person = make.make_beneficiary()
    url = reverse("circumstance-record", args=[person.pk])
    form = {"fact": "sekolah:bersekolah", "as_of": "2024-07-15", "source": "surat sekolah"}
    assert client.post(url, form)["Location"] == page_of(person)
    page = text_of(client, page_of(person))
    assert "bersekolah" in page
    assert "per 15 Jul 2024, surat sekolah" in page
    again = client.post(url, form)
    assert again.status_code == 422
    assert "sudah tercatat pada tanggal itu" in again.content.decode()


@pytest.mark.parametrize(("name", "value"), [("fact", "desil:11"), ("as_of", "2099-01-01"), ("source", "  ")])
def test_a_wrong_circumstance_comes_back_at_its_field(client, name, value):
    url = reverse("circumstance-record", args=[make.make_beneficiary().pk])
    form = {"fact": "desil:2", "as_of": "2024-07-15", "source": "DTSEN", name: value}
    answer = client.post(url, form)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [name]
