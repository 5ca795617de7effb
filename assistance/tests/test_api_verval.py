"""Verval and usul-sanggah through the REST door: the same services, refusals and filters as the pages."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assistance.models import Objection, Participation, Verification
from tests import factories as make

VERVAL, DUE, OBJECTIONS = "/api/v1/verval/", "/api/v1/perlu-verval/", "/api/v1/usul-sanggah/"


@pytest.fixture
def api(cast, api_of):
    return api_of(cast.owner)


@pytest.fixture
def companion(cast):
    return make.make_assignment(make.make_person(name="Petugas Rina"))


@pytest.fixture
def person(cast):
    return make.make_beneficiary()


@pytest.fixture
def proposal(person):
    return make.make_proposal(person, programme="YAPI", state="diajukan")


def body_of(person, companion, **changes) -> dict[str, object]:
    fields = {
        "penerima": person.pk, "program": "YAPI", "tanggal": "2024-06-03", "petugas": companion.pk, "hasil": "layak",
        "bukti": "Rumah dilihat",
    }  # fmt: skip
    return {**fields, **changes}


def post(api, url, body):
    return api.post(url, body, format="json")


# --- verval --------------------------------------------------------------------


def test_a_verval_is_recorded_and_read_back(api, person, companion, proposal):
    answer = post(api, VERVAL, body_of(person, companion, lintang="-3.795512", bujur="102.259223"))
    assert answer.status_code == 201
    made = answer.json()
    assert made == api.get(f"{VERVAL}{made['id']}/").json()
    assert (made["usulan"], made["nama_petugas"], made["wilayah"]) == (proposal.pk, "Petugas Rina", "17.71.01")
    assert (made["hasil"], made["alasan"], made["arti_alasan"]) == ("layak", "", None)
    proposal.refresh_from_db()
    assert (proposal.state, Participation.objects.get().state) == ("layak", "calon")


def test_tidak_layak_says_why_in_words(api, person, companion, proposal):
    made = post(api, VERVAL, body_of(person, companion, hasil="tidak_layak", alasan="umur")).json()
    assert made["arti_alasan"] == "Umurnya di luar batas program."
    proposal.refresh_from_db()
    assert (proposal.state, proposal.reason) == ("tidak_layak", "umur")


@pytest.mark.parametrize(("given", "state"), [({}, "ditangguhkan"), ({"akibat": "akhiri"}, "berakhir")])
def test_the_consequence_for_a_participant_is_the_callers(api, person, companion, given, state):
    row = make.make_participation(person, programme="YAPI")
    body = body_of(person, companion, hasil="tidak_layak", alasan="pindah", **given)
    assert post(api, VERVAL, body).status_code == 201
    row.refresh_from_db()
    assert row.state == state


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"hasil": "tidak_layak"}, "alasan"),
        ({"hasil": "mungkin"}, "hasil"),
        ({"alasan": "karangan"}, "alasan"),
        ({"alasan": "mampu"}, "alasan"),
        ({"bukti": ""}, "bukti"),
        ({"lintang": "-3.79"}, "bujur"),
        ({"lintang": "48.85", "bujur": "102.26"}, "lintang"),
        ({"tanggal": "2099-01-01"}, "tanggal"),
        ({"petugas": 0}, "petugas"),
        ({"akibat": "biarkan"}, "akibat"),
    ],
)
def test_a_wrong_entry_names_its_field(api, person, companion, proposal, changes, field):
    answer = post(api, VERVAL, body_of(person, companion, **changes))
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {field})
    assert not Verification.objects.exists()


def test_a_companion_of_another_area_or_day_names_the_field(api, person, proposal):
    far = make.make_assignment(make.make_person(), region=make.TELUK_SEGARA)
    late = make.make_assignment(make.make_person(), valid_from=date(2024, 7, 1))
    for one in (far, late):
        assert set(post(api, VERVAL, body_of(person, one)).json()["errors"]) == {"petugas"}


def test_refusals_carry_their_rule(api, person, companion):
    answer = post(api, VERVAL, body_of(person, companion))
    assert (answer.status_code, answer.json()["type"]) == (409, "/api/galat/tanpa_usulan")
    make.make_proposal(person, programme="YAPI", state="layak")
    assert post(api, VERVAL, body_of(person, companion)).json()["type"] == "/api/galat/menunggu_sk"


def test_nobody_verifies_himself(api, companion):
    number = make.nik()
    himself = make.make_assignment(make.make_person(nik=number, region=make.REJANG_LEBONG))
    person = make.make_beneficiary()
    person.set_nik(number)
    person.save()
    make.make_proposal(person, programme="YAPI", state="diajukan")
    answer = post(api, VERVAL, body_of(person, himself))
    assert (answer.status_code, answer.json()["type"]) == (409, "/api/galat/memeriksa_diri")


def test_a_second_verval_of_one_day_is_refused(api, person, companion):
    make.make_participation(person, programme="YAPI")
    assert post(api, VERVAL, body_of(person, companion)).status_code == 201
    assert post(api, VERVAL, body_of(person, companion)).json()["type"] == "/api/galat/verval_sekali_sehari"


@pytest.mark.parametrize("who", ["neighbour", "stranger"])
def test_a_foreign_person_does_not_exist(cast, api_of, person, companion, proposal, who):
    answer = post(api_of(getattr(cast, who)), VERVAL, body_of(person, companion))
    assert answer.status_code == 400
    assert {"penerima", "petugas"} <= set(answer.json()["errors"])


def test_a_reader_records_nothing(cast, api_of, person, companion, proposal):
    answer = post(api_of(cast.auditor), VERVAL, body_of(person, companion))
    assert (answer.status_code, answer.json()["type"]) == (403, "/api/galat/wewenang")


def test_the_api_filters_as_the_pages_do(cast, api_of, companion):
    one, two = make.make_beneficiary(), make.make_beneficiary(region=make.CURUP)
    make.make_verification(one, companion, on=date(2023, 6, 1))
    make.make_verification(two, companion, programme="PKH", result="tidak_layak", reason="umur")
    api = api_of(cast.province)

    def ids(**query):
        return [row["penerima"] for row in api.get(VERVAL, query).json()["results"]]

    assert ids() == [two.pk, one.pk]
    assert [ids(tahun=2023), ids(wilayah="17.71"), ids(program="YAPI"), ids(hasil="layak")] == [[one.pk]] * 4
    assert [ids(alasan="umur"), ids(penerima=two.pk)] == [[two.pk]] * 2
    assert api.get(VERVAL, {"region": "17"}).status_code == 400


def test_who_must_be_verified_again(api, companion):
    old, new = make.make_beneficiary(), make.make_beneficiary()
    for one, days in ((old, 400), (new, 10)):
        make.make_participation(one, programme="YAPI")
        make.make_verification(one, companion, on=timezone.localdate() - timedelta(days=days))
    make.make_caseload(companion, old, programme="YAPI")
    found = api.get(DUE).json()["results"]
    assert [(row["penerima"], row["petugas"], row["kelompok"]) for row in found] == [
        (old.pk, companion.pk, "PAS12_FAKIR_MISKIN")
    ]
    assert found[0]["verval_terakhir"] == str(timezone.localdate() - timedelta(days=400))
    assert api.get(DUE, {"keadaan": "belum_pernah"}).json()["results"] == []
    assert len(api.get(DUE, {"petugas": "petugas"}).json()["results"]) == 1


# --- usul-sanggah --------------------------------------------------------------


def objection_of(person, **changes) -> dict[str, object]:
    fields = {
        "penerima": person.pk, "program": "YAPI", "jenis": "salah_masuk", "masuk_pada": str(timezone.localdate()),
        "disampaikan_oleh": "Ketua RT 03", "isi": "Anaknya pegawai negeri",
    }  # fmt: skip
    return {**fields, **changes}


def test_an_objection_is_filed_and_answered(api, person, companion):
    made = post(api, OBJECTIONS, objection_of(person)).json()
    assert (made["keadaan"], made["sisa_hari"], made["waktu"]) == ("masuk", 14, "sisa 14 hari")
    act = make.make_verification(person, companion, result="tidak_layak", on=timezone.localdate())
    answer = {"keadaan": "diterima", "jawaban": "Terbukti", "verval": act.pk}
    done = post(api, f"{OBJECTIONS}{made['id']}/jawab/", answer)
    assert done.status_code == 200
    assert (done.json()["keadaan"], done.json()["verval"], done.json()["waktu"]) == (
        "diterima",
        act.pk,
        "dijawab tepat waktu",
    )
    again = post(api, f"{OBJECTIONS}{made['id']}/jawab/", answer)
    assert (again.status_code, again.json()["type"]) == (409, "/api/galat/urutan_keadaan")


def test_a_lapsed_objection_says_so_until_it_is_answered(api, person):
    row = make.make_objection(person, on=timezone.localdate() - timedelta(days=16))
    found = api.get(f"{OBJECTIONS}{row.pk}/").json()
    assert (found["keadaan"], found["sisa_hari"], found["waktu"]) == ("lewat_waktu", -2, "lewat 2 hari")
    assert "belum dijawab" in found["arti_keadaan"]
    done = post(api, f"{OBJECTIONS}{row.pk}/jawab/", {"keadaan": "ditolak", "jawaban": "Tidak terbukti"}).json()
    assert (done["keadaan"], done["waktu"]) == ("ditolak", "terlambat 2 hari")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"jenis": "lain"}, "jenis"),
        ({"masuk_pada": "2099-01-01"}, "masuk_pada"),
        ({"isi": ""}, "isi"),
        ({"disampaikan_oleh": " "}, "disampaikan_oleh"),
        ({"bujur": "102.2"}, "lintang"),
        ({"penerima": 0}, "penerima"),
    ],
)
def test_a_wrong_objection_names_its_field(api, person, changes, field):
    answer = post(api, OBJECTIONS, objection_of(person, **changes))
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {field})
    assert not Objection.objects.exists()


def test_an_answer_needs_its_words_and_a_fitting_verval(api, person, companion):
    url = f"{OBJECTIONS}{make.make_objection(person).pk}/jawab/"
    assert set(post(api, url, {"keadaan": "masuk", "jawaban": ""}).json()["errors"]) == {"keadaan", "jawaban"}
    act = make.make_verification(person, companion, on=timezone.localdate())
    body = {"keadaan": "diterima", "jawaban": "Terbukti", "verval": act.pk}
    assert set(post(api, url, body).json()["errors"]) == {"verval"}


def test_a_foreign_objection_is_404(cast, api_of, person):
    row = make.make_objection(person)
    api = api_of(cast.neighbour)
    assert api.get(f"{OBJECTIONS}{row.pk}/").status_code == 404
    assert post(api, f"{OBJECTIONS}{row.pk}/jawab/", {"keadaan": "ditolak", "jawaban": "x"}).status_code == 404
    assert set(post(api, OBJECTIONS, objection_of(person)).json()["errors"]) == {"penerima"}


def test_objections_filter_by_what_is_shown(api, person):
    today = timezone.localdate()
    lapsed = make.make_objection(person, on=today - timedelta(days=20))
    fresh = make.make_objection(person, on=today, kind="salah_tertinggal")

    def ids(**query):
        return [row["id"] for row in api.get(OBJECTIONS, query).json()["results"]]

    assert [ids(keadaan="lewat_waktu"), ids(jenis="salah_masuk")] == [[lapsed.pk]] * 2
    assert [ids(keadaan="masuk"), ids(keadaan="diterima")] == [[fresh.pk], []]


# --- costs ---------------------------------------------------------------------


@pytest.mark.parametrize(("url", "queries"), [(VERVAL, 13), (DUE, 13), (OBJECTIONS, 11)])
def test_a_list_costs_the_same_for_two_and_for_thirty(api, companion, url, queries):
    def more(number):
        for _ in range(number):
            one = make.make_beneficiary()
            make.make_participation(one, programme="YAPI")
            make.make_verification(one, companion)
            make.make_objection(one)

    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            api.get(url)
        return len(found)

    more(2)
    api.get(url)  # the token notes its first use
    few = cost()
    more(28)
    assert (few, cost()) == (queries, queries)
