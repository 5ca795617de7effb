"""Usul-sanggah as pages: found, filed, its clock, answered."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assistance.models import Objection
from pilar.core.models import Programme
from tests import factories as make

LIST = "/usul-sanggah/"


@pytest.fixture
def client(cast, client_of):
    return client_of(cast.owner)


def objection(name="Siti Aminah", *, days=0, region=make.SELEBAR, **fields) -> Objection:
    person = make.make_beneficiary(name=name, region=region)
    return make.make_objection(person, on=timezone.localdate() - timedelta(days=days), **fields)


def form_of(**changes) -> dict[str, object]:
    fields = {
        "programme": Programme.objects.get(code="YAPI").pk, "kind": "salah_masuk",
        "filed_on": str(timezone.localdate()), "filed_by": "Ketua RT 03", "note": "Anaknya pegawai negeri",
        "latitude": "", "longitude": "",
    }  # fmt: skip
    return {**fields, **changes}


def shown(client, query="") -> list[tuple[str, str]]:
    return [(item["name"], item["state"]["clock"]) for item in client.get(LIST + query).context["items"]]


@pytest.mark.parametrize(("programmes", "preset"), [(["YAPI"], "YAPI"), (["YAPI", "PKH"], None), ([], None)])
def test_the_form_begins_with_the_only_programme_received(client, programmes, preset):
    person = make.make_beneficiary(name="Siti Aminah")
    for code in programmes:
        make.make_participation(person, programme=code)
    form = client.get(f"{LIST}baru/{person.pk}/").context["form"]
    assert form["programme"].initial == (Programme.objects.get(code=preset).pk if preset else None)


def test_who_waits_longest_stands_on_top_with_its_clock(client):
    answered = objection("Sudah", days=20)
    Objection.objects.filter(pk=answered.pk).update(
        state="ditolak", answer="Tidak terbukti", answered_on=timezone.localdate() - timedelta(days=4)
    )
    objection("Baru")
    objection("Lewat", days=16)
    objection("Hampir", days=11)
    assert shown(client) == [
        ("Lewat", "lewat 2 hari"),
        ("Hampir", "sisa 3 hari"),
        ("Baru", "sisa 14 hari"),
        ("Sudah", "terlambat 2 hari"),
    ]
    assert client.get(LIST).context["counts"] == {"waiting": 2, "lapsed": 1, "answered": 1}


def test_each_filter_narrows_the_list(cast, client_of):
    objection("Satu", days=16)
    objection("Dua", region=make.CURUP, kind="salah_tertinggal", programme="PKH")
    client = client_of(cast.province)
    assert [[name for name, _ in shown(client, query)] for query in ("?region=17.71", "?programme=YAPI")] == [
        ["Satu"]
    ] * 2
    assert [name for name, _ in shown(client, "?state=lewat_waktu")] == ["Satu"]
    assert [name for name, _ in shown(client, "?kind=salah_tertinggal")] == ["Dua"]


def test_an_objection_is_found_filed_and_answered(client):
    person = make.make_beneficiary(name="Siti Aminah")
    found = client.post("/usul-sanggah/cari/", {"q": "siti"}, follow=True).content.decode()
    url = f"/usul-sanggah/baru/{person.pk}/"
    assert url in found
    saved = client.post(url, form_of())
    row = Objection.objects.get()
    assert saved["Location"] == f"/usul-sanggah/{row.pk}/"
    page = client.get(saved["Location"]).content.decode()
    assert "sisa 14 hari" in page
    assert "Anaknya pegawai negeri" in page
    act = make.make_verification(
        person, make.make_assignment(make.make_person()), result="tidak_layak", on=timezone.localdate()
    )
    answer = {"outcome": "diterima", "answer": "Terbukti", "verification": act.pk}
    assert client.post(f"/usul-sanggah/{row.pk}/jawab/", answer)["Location"] == f"/usul-sanggah/{row.pk}/"
    page = client.get(f"/usul-sanggah/{row.pk}/").content.decode()
    assert "dijawab tepat waktu" in page
    assert f"/verval/{act.pk}/" in page
    assert "jawab/" not in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kind": ""}, "harus diisi"),
        ({"filed_on": "2099-01-01"}, "belum tiba"),
        ({"note": ""}, "harus diisi"),
        ({"latitude": "-3,8"}, "diisi keduanya"),
    ],
)
def test_a_wrong_objection_comes_back_with_its_sentence(client, changes, sentence):
    person = make.make_beneficiary()
    answer = client.post(f"/usul-sanggah/baru/{person.pk}/", form_of(**changes))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_an_answer_that_its_verval_denies_comes_back(client):
    row = objection()
    act = make.make_verification(
        row.beneficiary, make.make_assignment(make.make_person()), on=timezone.localdate(), result="layak"
    )
    url = f"/usul-sanggah/{row.pk}/jawab/"
    answer = client.post(url, {"outcome": "diterima", "answer": "Terbukti", "verification": act.pk})
    assert answer.status_code == 422
    assert "tidak dapat diterima dengan verval itu" in answer.content.decode()


def test_only_vervals_of_the_case_are_offered(client):
    row = objection()
    post = make.make_assignment(make.make_person())
    before = make.make_verification(row.beneficiary, post, on=row.filed_on - timedelta(days=1))
    make.make_verification(make.make_beneficiary(), post, on=row.filed_on)
    field = client.get(f"/usul-sanggah/{row.pk}/jawab/").context["form"].fields["verification"]
    assert (before in field.queryset, field.queryset.count()) == (False, 0)


def test_a_second_answer_is_refused(client):
    row = objection()
    url = f"/usul-sanggah/{row.pk}/jawab/"
    client.post(url, {"outcome": "ditolak", "answer": "Tidak terbukti"})
    again = client.post(url, {"outcome": "diterima", "answer": "Terbukti"})
    assert again.status_code == 422
    assert "sekarang “ditolak”" in again.content.decode()


def test_a_neighbours_objection_is_unseen(client):
    row = objection(region=make.CURUP)
    assert shown(client) == []
    assert [client.get(f"/usul-sanggah/{row.pk}/{act}").status_code for act in ("", "jawab/")] == [404, 404]
    assert client.get(f"/usul-sanggah/baru/{row.beneficiary_id}/").status_code == 404


def test_a_reader_answers_nothing(cast, client_of):
    row = objection()
    reader = client_of(cast.auditor)
    assert "Jawab" not in reader.get(f"/usul-sanggah/{row.pk}/").content.decode()
    assert reader.get(f"/usul-sanggah/{row.pk}/jawab/").status_code == 403
    assert "Catat usul-sanggah" not in reader.get(LIST).content.decode()


def test_costs_do_not_grow_with_the_list(client):
    def cost(path) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        return len(queries)

    row = objection()
    objection(days=1)
    few = cost(LIST)
    assert [few, cost(f"{LIST}{row.pk}/")] == [17, 15]
    for n in range(28):
        objection(days=n)
    assert cost(LIST) == few
