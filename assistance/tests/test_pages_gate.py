"""The gate alone: with row-level security out of the way, both doors still show no foreign row.

Tests elsewhere pass through both walls, so that a gate call left out would be caught by the database only.
"""

import pytest
from django.urls import reverse

from assistance.models import Disbursement, Graduation, GraduationCase
from assistance.tests.entries import BATCHES, GRADUATIONS, LINES, PEOPLE
from pilar.core import scoping
from tests import factories as make


@pytest.fixture(autouse=True)
def gate_only(monkeypatch):
    """Requests keep the owner's role, which row-level security does not hold."""
    monkeypatch.setattr(scoping, "database_role", lambda reach: "none")


@pytest.fixture
def foreign(cast):
    """A line of another kabupaten, with a returned one, a graduation and a companion."""
    person = make.make_beneficiary(name="Zubaidah Asing", region=make.CURUP, groups=[3])
    companion = make.make_person(name="Pendamping Asing", region=make.REJANG_LEBONG)
    make.make_caseload(make.make_assignment(companion, pillar="PKH", region=make.CURUP), person)
    make.make_graduation(person, to=companion)
    make.make_case(person)
    return make.make_line(make.make_batch(region=make.REJANG_LEBONG, stage="Tahap Asing"), person)


@pytest.fixture
def client(cast, client_of):
    return client_of(cast.owner)


@pytest.fixture
def api(cast, api_of):
    return api_of(cast.owner)


def test_the_wall_is_really_out_of_the_way(client, foreign, settings):
    assert client.get("/penyaluran/").status_code == 200
    assert Disbursement.objects.count() == 1


@pytest.mark.parametrize("page", ["/penyaluran/", "/graduasi/", "/graduasi/proses/"])
def test_lists_show_no_foreign_row(client, foreign, page):
    text = client.get(page).content.decode()
    assert "Asing" not in text


def test_pages_of_a_foreign_list_and_line_are_404(client, foreign):
    batch = f"/penyaluran/{foreign.batch_id}/"
    line = f"{batch}baris/{foreign.pk}/"
    pages = (batch, f"{batch}baris/cari/", f"{batch}baris/baru/?baru=1", line, f"{line}terima/", f"{line}retur/")
    assert [client.get(page).status_code for page in pages] == [404] * len(pages)
    assert client.post(f"{line}terima/", {"on": "2024-03-20"}).status_code == 404
    foreign.refresh_from_db()
    assert foreign.state == "salur"


def test_a_foreign_line_in_the_own_list_is_404(client, foreign):
    """A line may count in a place outside its list's reader; the line's own place decides."""
    batch = make.make_batch(region=make.KOTA)
    line = make.make_line(batch, foreign.beneficiary, region=make.CURUP)
    assert client.get(reverse("disbursement-detail", args=[batch.pk, line.pk])).status_code == 404
    page = client.get(reverse("batch-detail", args=[batch.pk])).context
    assert (page["lines"], page["totals"].lines) == ([], 0)


def test_a_foreign_person_is_not_found_chosen_or_posted(client, foreign):
    person, batch = foreign.beneficiary, make.make_batch()
    find, create = (reverse(name, args=[batch.pk]) for name in ("disbursement-find", "disbursement-create"))
    assert "Asing" not in client.get(find, {"nama": "zub"}).content.decode()
    assert "baru=1" in client.post(find, {"q": person.reveal_nik()})["Location"]
    assert client.get(f"{create}?penerima={person.pk}").status_code == 404
    own = make.make_beneficiary()
    form = {"beneficiary": person.pk, "group": 3, "amount": "1", "state": "sk"}
    assert client.post(f"{create}?penerima={own.pk}", form).context["form"].errors.keys() == {"beneficiary"}


def test_a_foreign_family_does_not_graduate_and_is_not_cancelled(client, foreign):
    graduation = Graduation.objects.get()
    person = foreign.beneficiary
    assert client.get(f"/graduasi/{graduation.pk}/batal/").status_code == 404
    assert client.get(f"/graduasi/baru/?penerima={person.pk}").status_code == 404
    assert "Asing" not in client.get("/graduasi/cari/", {"nama": "zub"}).content.decode()


def test_a_foreign_case_is_404_and_unchanged(client, api, foreign):
    case = GraduationCase.objects.get()
    page, address = f"/graduasi/proses/{case.pk}/", f"/api/v1/proses-graduasi/{case.pk}/"
    assert [client.get(url).status_code for url in (page, f"{page}asesmen/", f"{page}tolak/")] == [404] * 3
    assert client.post(f"{page}tolak/", {"on": "2024-06-01", "reason": "x"}).status_code == 404
    assert api.get(address).status_code == 404
    assert api.post(f"{address}keluar/", {"tanggal": "2024-06-01"}, format="json").status_code == 404
    case.refresh_from_db()
    assert case.state == "diusulkan"


def test_a_foreign_companion_is_no_choice_of_the_filters(client, api, foreign):
    companion = Graduation.objects.get().credited_to
    make.make_graduation(make.make_beneficiary(), to=companion)
    assert client.get("/graduasi/", {"companion": companion.pk}).context["graduations"] == []
    assert client.get("/graduasi/", {"companion_name": "pendamping"}).context["graduations"] == []
    assert api.get(GRADUATIONS, {"pendamping": companion.pk}).status_code == 400


def test_a_companion_outside_the_reach_is_named_by_neither_door(client, foreign):
    family = make.make_beneficiary(name="Keluarga Sini")
    companion = Graduation.objects.get().credited_to
    make.make_graduation(family, to=companion)
    make.make_caseload(companion.assignments.get(), family).__class__.objects.filter(beneficiary=family).update(
        region=make.CURUP
    )
    assert "Pendamping Asing" not in client.get("/graduasi/").content.decode()
    assert "Pendamping Asing" not in client.get(f"/graduasi/baru/?penerima={family.pk}").content.decode()


def test_the_api_shows_no_foreign_row(api, foreign):
    urls = (
        f"{BATCHES}{foreign.batch_id}/",
        f"{LINES}2024-{foreign.pk}/",
        f"{PEOPLE}{foreign.beneficiary_id}/",
        f"{GRADUATIONS}{Graduation.objects.get().pk}/",
    )
    assert [api.get(url).status_code for url in urls] == [404] * 4
    assert [api.get(url).json()["results"] for url in (BATCHES, LINES, PEOPLE, GRADUATIONS)] == [[]] * 4


def test_the_api_takes_no_foreign_row(api, foreign):
    body = {"kelompok": "PAS03_LANSIA_TERLANTAR", "jumlah": 1}
    own = {"daftar": make.make_batch().pk, "penerima": make.make_beneficiary().pk}
    for name, pk in (("daftar", foreign.batch_id), ("penerima", foreign.beneficiary_id)):
        answer = api.post(LINES, {**body, **own, name: pk}, format="json")
        assert (answer.status_code, set(answer.json()["errors"])) == (400, {name})
    step = api.post(f"{LINES}2024-{foreign.pk}/keadaan/", {"keadaan": "transaksi"}, format="json")
    assert step.status_code == 404


def test_sensitive_groups_stay_hidden_from_a_clerk(cast, api_of):
    person = make.make_beneficiary(groups=[9, 12])
    shown = api_of(cast.clerk).get(f"{PEOPLE}{person.pk}/").json()
    assert [g["kode"] for g in shown["kelompok"]] == ["PAS12_FAKIR_MISKIN"]
