"""Surat peringatan in their order, and the end of a service that three parties decide; through both doors."""

from datetime import date

import pytest

from personnel.models import Sanction, Termination
from personnel.tests.entries import LIST
from tests import factories as make

API = "/api/v1/pengakhiran/"
LETTERS = "/api/v1/catatan-disiplin/"
DISMISSAL = {"kind": "diberhentikan", "last_day": "2024-12-31"}


@pytest.fixture
def person(cast):
    return make.make_person(name="Budi Santoso")


@pytest.fixture
def serving(person):
    return make.make_assignment(person, position="TKSK", sk_number="SK-1")


@pytest.fixture
def browser(cast, client_of):
    return client_of(cast.owner)


@pytest.fixture
def api(cast, api_of):
    return api_of(cast.owner)


def text(response) -> str:
    return response.content.decode()


def letter(**changes) -> dict[str, str]:
    return {
        "kind": "sp1", "number": "SP/1", "on": "2024-02-01", "issuer": "Dinas Sosial", "about": "Tidak hadir",
        **changes,
    }  # fmt: skip


def place(serving, act: str) -> str:
    return f"{LIST}{serving.person_id}/penugasan/{serving.pk}/{act}/"


def act(client, row: Termination, code: str, **typed):
    return client.post(f"/pengakhiran/{row.pk}/{code}/", typed)


# --- letters -------------------------------------------------------------------


def test_letters_are_recorded_in_their_order_and_read_on_the_page(browser, serving):
    early = browser.post(place(serving, "disiplin"), letter(kind="sp2"))
    assert early.status_code == 422
    assert "SP2 belum bisa dicatat: SP1 untuk penugasan ini belum ada." in text(early)
    browser.post(place(serving, "disiplin"), letter())
    browser.post(place(serving, "disiplin"), letter(kind="sp2", on="2024-03-01", number="SP/2"))
    page = text(browser.get(f"{LIST}{serving.person_id}/"))
    assert "SP2 (surat peringatan kedua)" in page
    assert Sanction.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"tanggal": "2090-01-01"}, "tanggal", "belum tiba"),
        ({"tanggal": "2021-01-01"}, "tanggal", "mendahului TMT"),
        ({"nomor": ""}, "nomor", "tidak boleh kosong"),
        ({"jenis": "sp9"}, "jenis", "sp9"),
    ],
)
def test_a_letter_that_does_not_fit_is_refused_at_its_field(api, serving, changes, field, sentence):
    sent = {
        "penugasan": serving.pk, "jenis": "sp1", "nomor": "SP/1", "tanggal": "2024-02-01",
        "penerbit": "Dinas Sosial", "perihal": "Tidak hadir", **changes,
    }  # fmt: skip
    answer = api.post(LETTERS, sent, format="json")
    assert answer.status_code == 400
    assert sentence in answer.json()["errors"][field][0]


def test_the_same_letter_is_given_once(browser, serving):
    browser.post(place(serving, "disiplin"), letter())
    assert "Surat peringatan tingkat ini sudah tercatat" in text(browser.post(place(serving, "disiplin"), letter()))


def test_a_wrong_letter_is_withdrawn_with_a_reason_and_stays_readable(browser, api, serving):
    row = make.make_sanction(serving)
    later = make.make_sanction(serving, "sp2", on=date(2024, 3, 1))
    first = api.post(f"{LETTERS}{row.pk}/cabut/", {"sebab": "keliru orang"}, format="json")
    assert first.json()["type"] == "/api/galat/urutan_peringatan"
    browser.post(f"{LIST}{serving.person_id}/disiplin/{later.pk}/cabut/", {"why": "keliru orang"})
    later.refresh_from_db()
    assert later.withdrawn_why == "keliru orang"
    assert "keliru orang" in text(browser.get(f"{LIST}{serving.person_id}/"))


def test_an_auditor_reads_letters_and_writes_none(cast, api_of, serving):
    row = make.make_sanction(serving)
    api = api_of(cast.auditor)
    assert api.get(f"{LETTERS}{row.pk}/").json()["jenis"] == "sp1"
    assert api.post(f"{LETTERS}{row.pk}/cabut/", {"sebab": "keliru"}, format="json").status_code == 403


# --- the end of the service ------------------------------------------------------


def test_three_parties_end_a_service(cast, client_of, browser, serving):
    browser.post(place(serving, "usulkan-pengakhiran"), {"kind": "masa_tugas", "last_day": "2024-12-31"})
    row = Termination.objects.get()
    act(client_of(cast.province), row, "teruskan")
    serving.refresh_from_db()
    assert serving.valid_until is None
    act(client_of(cast.staff), row, "putuskan", number="KEP-7/2024")
    serving.refresh_from_db()
    assert (serving.valid_until, serving.end_reason) == (date(2024, 12, 31), "masa_tugas")
    page = text(browser.get(f"/pengakhiran/{row.pk}/"))
    assert "KEP-7/2024" in page
    assert [step.became for step in row.steps.all()] == ["diputuskan", "diteruskan", "diusulkan"]


def test_nobody_takes_two_of_the_three_steps(cast, api_of, serving):
    row = make.make_termination(serving, by=cast.province)
    refused = api_of(cast.province).post(f"{API}{row.pk}/teruskan/")
    assert (refused.status_code, refused.json()["type"]) == (409, "/api/galat/empat_mata")
    assert refused.json()["title"] == "Tidak bisa diteruskan: Anda pengusul pengakhiran ini."


def test_each_step_belongs_to_its_level(cast, api_of, serving):
    row = make.make_termination(serving, by=cast.owner)
    early = api_of(cast.staff).post(f"{API}{row.pk}/putuskan/", {"nomor": "K"}, format="json")
    assert early.json()["type"] == "/api/galat/urutan_keadaan"
    assert api_of(cast.colleague).post(f"{API}{row.pk}/teruskan/").json()["type"] == "/api/galat/tingkat_provinsi"
    Termination.objects.update(state="diteruskan", endorsed_by=cast.province, endorsed_on=date(2024, 11, 2))
    refused = api_of(cast.colleague).post(f"{API}{row.pk}/putuskan/", {"nomor": "K"}, format="json")
    assert refused.json()["type"] == "/api/galat/tingkat_kemensos"


def test_a_dismissal_without_letters_needs_a_reason_and_is_flagged(cast, browser, api, serving):
    refused = browser.post(place(serving, "usulkan-pengakhiran"), DISMISSAL)
    assert "SP1, SP2, SP3 belum tercatat" in text(refused)
    sent = {"penugasan": serving.pk, "sebab": "diberhentikan", "terakhir": "2024-12-31", "alasan": "Putusan pengadilan"}
    answer = api.post(API, sent, format="json")
    assert (answer.status_code, answer.json()["tanpa_peringatan"]) == (201, True)
    assert "Tanpa SP1 sampai SP3" in text(browser.get(f"/pengakhiran/{answer.json()['id']}/"))


def test_a_dismissal_after_three_letters_needs_no_further_reason(browser, serving):
    for number, kind in enumerate(("sp1", "sp2", "sp3"), 1):
        make.make_sanction(serving, kind, on=date(2024, number, 1))
    browser.post(place(serving, "usulkan-pengakhiran"), DISMISSAL)
    assert Termination.objects.get().unwarned is False


@pytest.mark.parametrize("kind", ["masa_tugas", "mundur", "meninggal"])
def test_died_resigned_and_term_ended_need_no_reason(browser, serving, kind):
    browser.post(place(serving, "usulkan-pengakhiran"), {"kind": kind, "last_day": "2024-12-31"})
    assert (Termination.objects.get().kind, Termination.objects.get().unwarned) == (kind, False)


def test_a_dismissal_is_no_act_of_one_office(browser, api, serving):
    assert browser.post(place(serving, "akhiri"), {"on": "2024-06-30", "reason": "diberhentikan"}).status_code == 422
    url = f"/api/v1/penugasan/{serving.pk}/akhiri/"
    answer = api.post(url, {"terakhir": "2024-06-30", "sebab": "diberhentikan"}, format="json")
    assert answer.json()["type"] == "/api/galat/lewat_pengakhiran"


def test_a_proposal_under_way_stops_a_second_one_and_the_direct_end(cast, browser, serving):
    row = make.make_termination(serving, by=cast.owner)
    second = browser.post(place(serving, "usulkan-pengakhiran"), {"kind": "mundur", "last_day": "2024-12-31"})
    assert "Usulan pengakhiran penugasan ini masih berjalan" in text(second)
    ended = browser.post(place(serving, "akhiri"), {"on": "2024-06-30", "reason": "mundur"})
    assert "Usulan pengakhiran penugasan ini masih berjalan." in text(ended)
    act(browser, row, "tarik")
    assert browser.post(place(serving, "akhiri"), {"on": "2024-06-30", "reason": "mundur"}).status_code == 302


def test_a_rejection_needs_a_note_and_leaves_the_service_running(cast, client_of, browser, serving):
    row = make.make_termination(serving, by=cast.owner)
    province = client_of(cast.province)
    assert act(province, row, "tolak").status_code == 422
    act(province, row, "tolak", note="Belum ada berita acara")
    serving.refresh_from_db()
    assert serving.valid_until is None
    assert "Belum ada berita acara" in text(browser.get(f"/pengakhiran/{row.pk}/"))


def test_a_day_before_the_service_began_is_refused(browser, serving):
    response = browser.post(place(serving, "usulkan-pengakhiran"), {"kind": "mundur", "last_day": "2021-01-01"})
    assert "Hari terakhir tidak boleh sebelum TMT" in text(response)


def test_nobody_of_another_area_sees_or_proposes(cast, client_of, api_of, serving):
    row = make.make_termination(serving)
    other, rest = client_of(cast.neighbour), api_of(cast.neighbour)
    assert other.get(f"/pengakhiran/{row.pk}/").status_code == 404
    assert rest.get(API).json()["results"] == []
    refused = rest.post(API, {"penugasan": serving.pk, "sebab": "mundur", "terakhir": "2024-12-31"}, format="json")
    assert refused.status_code == 400


@pytest.mark.parametrize("size", [2, 12])
def test_the_list_asks_the_same_number_of_questions(cast, browser, django_assert_num_queries, size):
    for number in range(size):
        make.make_termination(make.make_assignment(make.make_person(name=f"Orang {number:02d}")))
    browser.get("/pengakhiran/")
    with django_assert_num_queries(LIST_QUERIES):
        assert len(browser.get("/pengakhiran/").context["items"]) == size


LIST_QUERIES = 15
