"""The work lists, the form and the record of verval, as pages and through both walls."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assistance.models import Circumstance, Participation, Proposal, Verification
from tests import factories as make

QUEUE, DUE, LOG = "/verval/", "/verval/peserta/", "/verval/tercatat/"


@pytest.fixture
def client(cast, client_of):
    return client_of(cast.owner)


@pytest.fixture
def companion(cast):
    return make.make_assignment(make.make_person(name="Petugas Rina"))


def proposed(name="Siti Aminah", *, region=make.SELEBAR, programme="YAPI", **fields) -> Proposal:
    person = make.make_beneficiary(name=name, region=region)
    return make.make_proposal(person, programme=programme, state="diajukan", **fields)


def active(name="Siti Aminah", *, region=make.SELEBAR, programme="YAPI") -> Participation:
    return make.make_participation(make.make_beneficiary(name=name, region=region), programme=programme)


def shown(client, path, query="") -> list[str]:
    return [item["name"] for item in client.get(path + query).context["items"]]


def form_of(companion, **changes) -> dict[str, object]:
    fields = {
        "result": "layak", "reason": "", "evidence": "Rumah dilihat", "companion": companion.pk,
        "verified_on": "2024-06-03", "latitude": "", "longitude": "",
    }  # fmt: skip
    return {**fields, **changes}


def url_of(row: Proposal | Participation) -> str:
    return f"/verval/baru/{row.beneficiary_id}/{row.programme.code}/"


# --- the work lists ------------------------------------------------------------


def test_proposals_wait_in_the_order_of_their_days(client):
    proposed("Baru", on=date(2024, 5, 1))
    proposed("Lama", on=date(2024, 2, 1))
    make.make_proposal(make.make_beneficiary(name="Sudah"), programme="YAPI", state="layak")
    assert shown(client, QUEUE) == ["Lama", "Baru"]
    assert "menunggu" in client.get(QUEUE).content.decode()


def test_each_filter_narrows_the_queue(cast, client_of, companion):
    proposed("Satu", assigned_to=companion)
    proposed("Dua", region=make.CURUP, programme="PKH")
    client = client_of(cast.province)
    assert set(shown(client, QUEUE)) == {"Satu", "Dua"}
    assert shown(client, QUEUE, "?region=17.02") == ["Dua"]
    assert shown(client, QUEUE, "?programme=YAPI") == ["Satu"]
    assert shown(client, QUEUE, "?officer=petugas") == ["Satu"]
    assert shown(client, QUEUE, "?state=belum_ditunjuk") == ["Dua"]
    assert shown(client, QUEUE, "?state=ditunjuk") == ["Satu"]


def test_each_filter_narrows_the_participants(cast, client_of, companion):
    today = timezone.localdate()
    one, two, three = active("Satu"), active("Dua", region=make.CURUP, programme="PKH"), active("Tiga")
    make.make_caseload(companion, one.beneficiary, programme="YAPI")
    make.make_verification(two.beneficiary, companion, programme="PKH", on=today - timedelta(days=500))
    make.make_verification(three.beneficiary, companion, on=today - timedelta(days=30))
    client = client_of(cast.province)
    assert shown(client, DUE) == ["Satu", "Dua"]
    assert shown(client, DUE, "?region=17.71") == ["Satu"]
    assert shown(client, DUE, "?programme=PKH") == ["Dua"]
    assert shown(client, DUE, "?officer=petugas") == ["Satu"]
    assert shown(client, DUE, "?state=belum_pernah") == ["Satu"]
    assert shown(client, DUE, "?state=lewat") == ["Dua"]


def test_how_long_a_verval_holds_is_configuration(client, companion, settings):
    row = active()
    make.make_verification(row.beneficiary, companion, on=timezone.localdate() - timedelta(days=45))
    assert shown(client, DUE) == []
    settings.VERVAL_VALID_MONTHS = 1
    assert shown(client, DUE) == ["Siti Aminah"]


def test_a_reader_sees_the_work_but_not_its_button(cast, client_of):
    row = proposed()
    reader = client_of(cast.auditor)
    assert shown(reader, QUEUE) == ["Siti Aminah"]
    assert "Catat verval" not in reader.get(QUEUE).content.decode()
    assert reader.get(url_of(row)).status_code == 403


def test_a_sensitive_group_stays_out_of_a_clerks_list(cast, client_of):
    proposed("Rahasia", group=9)
    assert shown(client_of(cast.owner), QUEUE) == ["Rahasia"]
    assert shown(client_of(cast.clerk), QUEUE) == []


def test_a_foreign_row_is_in_no_list_and_behind_no_address(client):
    row = proposed(region=make.CURUP)
    participant = active(region=make.CURUP)
    act = make.make_verification(participant.beneficiary, make.make_assignment(make.make_person(), region=make.CURUP))
    assert [shown(client, path) for path in (QUEUE, DUE, LOG)] == [[], [], []]
    assert client.get(url_of(row)).status_code == 404
    assert client.get(f"/verval/{act.pk}/").status_code == 404


# --- the form ------------------------------------------------------------------


def test_a_verval_is_recorded_from_the_queue(client, companion):
    row = proposed(assigned_to=companion)
    page = client.get(url_of(row))
    assert page.context["form"].initial["companion"] == companion.pk
    assert "Petugas Rina, TKSK, Selebar" in page.content.decode()
    saved = client.post(url_of(row), form_of(companion, latitude="-3,795512", longitude="102.2592231"))
    act = Verification.objects.get()
    assert saved["Location"] == f"/verval/{act.pk}/"
    assert (str(act.latitude), str(act.longitude)) == ("-3.795512", "102.259223")
    row.refresh_from_db()
    assert (row.state, Participation.objects.get().state) == ("layak", "calon")
    text = client.get(f"/verval/{act.pk}/").content.decode()
    assert "Petugas Rina" in text
    assert "geo:-3.795512,102.259223" in text
    assert "-3,795512; 102,259223" in text


def test_a_reason_left_from_before_is_dropped_with_layak(client, companion):
    client.post(url_of(proposed()), form_of(companion, reason="mampu"))
    assert Verification.objects.get().reason == ""


def test_a_participant_is_asked_for_the_consequence(client, companion):
    row = active()
    assert "consequence" in client.get(url_of(row)).context["form"].fields
    assert "consequence" not in client.get(url_of(proposed())).context["form"].fields
    client.post(url_of(row), form_of(companion, result="tidak_layak", reason="pindah", consequence="akhiri"))
    row.refresh_from_db()
    assert (row.state, row.reason) == ("berakhir", "pindah")


def test_a_participant_is_suspended_when_nothing_else_is_said(client, companion):
    row = active()
    client.post(url_of(row), form_of(companion, result="tidak_layak", reason="pindah"))
    row.refresh_from_db()
    assert row.state == "ditangguhkan"
    assert "Penerima pindah ke wilayah lain." in client.get(LOG).content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"result": ""}, "harus diisi"),
        ({"result": "tidak_layak"}, "harus menyebut kode alasannya"),
        ({"evidence": " "}, "harus diisi"),
        ({"latitude": "-3,79"}, "diisi keduanya"),
        ({"latitude": "abc", "longitude": "1"}, "Tulis derajat dengan angka"),
        ({"latitude": "48,8", "longitude": "102"}, "di luar Indonesia"),
        ({"verified_on": "2099-01-01"}, "belum tiba"),
        ({"verified_on": "2023-12-31"}, "mendahului"),
    ],
)
def test_a_wrong_entry_comes_back_with_its_sentence(client, companion, changes, sentence):
    answer = client.post(url_of(proposed()), form_of(companion, **changes))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Verification.objects.exists()


def test_nobody_verifies_himself_past_both_walls(client, cast):
    """His record as a companion lies in another kabupaten, out of the officer's sight."""
    number = make.nik()
    himself = make.make_assignment(make.make_person(nik=number, region=make.REJANG_LEBONG))
    row = proposed()
    row.beneficiary.set_nik(number)
    row.beneficiary.save()
    assert "petugas yang dikelola wilayah lain, TKSK, Selebar" in client.get(url_of(row)).content.decode()
    answer = client.post(url_of(row), form_of(himself))
    assert answer.status_code == 422
    assert "NIK-nya sama" in answer.content.decode()
    assert number not in answer.content.decode()


def test_only_companions_of_the_place_are_offered(client, companion):
    make.make_assignment(make.make_person(name="Tetangga Jauh"), region=make.TELUK_SEGARA)
    make.make_assignment(make.make_person(name="Sudah Lama"), valid_until=date(2023, 1, 1))
    make.make_assignment(make.make_person(name="Sekota"), region=make.KOTA)
    text = client.get(url_of(proposed())).content.decode()
    assert ["Tetangga Jauh" in text, "Sudah Lama" in text, "Sekota" in text] == [False, False, True]


def test_nothing_to_verify_is_a_page_that_says_so(client):
    person = make.make_beneficiary()
    answer = client.get(f"/verval/baru/{person.pk}/YAPI/")
    assert answer.status_code == 403
    assert "tidak ada usulan yang menunggu" in answer.content.decode()
    assert client.get(f"/verval/baru/{person.pk}/TIDAKADA/").status_code == 404


def test_the_record_is_filtered(cast, client_of, companion):
    one, two = make.make_beneficiary(name="Satu"), make.make_beneficiary(name="Dua", region=make.CURUP)
    other = make.make_assignment(make.make_person(name="Budi", region=make.REJANG_LEBONG), region=make.CURUP)
    make.make_verification(one, companion, on=date(2023, 6, 1))
    make.make_verification(two, other, programme="PKH", result="tidak_layak", reason="umur")
    client = client_of(cast.province)
    assert shown(client, LOG) == ["Dua", "Satu"]
    queries = ("?year=2023", "?region=17.71", "?programme=YAPI", "?officer=petugas", "?result=layak")
    assert [shown(client, LOG, query) for query in queries] == [["Satu"]] * 5
    assert shown(client, LOG, "?reason=umur") == ["Dua"]


# --- costs ---------------------------------------------------------------------


def cost(client, path) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)


@pytest.mark.parametrize("path", [QUEUE, DUE, LOG])
def test_a_list_costs_the_same_for_two_and_for_thirty(client, companion, path):
    def more(number):
        for _ in range(number):
            proposed(assigned_to=companion)
            row = active()
            make.make_caseload(companion, row.beneficiary, programme="YAPI")
            make.make_verification(row.beneficiary, companion)

    more(2)
    few = cost(client, path)
    more(28)
    assert cost(client, path) == few


def test_what_the_pages_cost(client, companion):
    act = make.make_verification(active().beneficiary, companion)
    row = proposed(assigned_to=companion)
    make.make_verification(active().beneficiary, companion)
    found = {path: cost(client, path) for path in (QUEUE, DUE, LOG, f"/verval/{act.pk}/", url_of(row))}
    assert list(found.values()) == [18, 18, 19, 19, 30]


# --- what the programme asks and nobody recorded ---------------------------------


def test_a_candidate_whom_the_sk_would_refuse_is_not_said_to_wait_for_it(client, companion):
    row = proposed(programme="PKH")  # its decile is recorded by the office, not at the door
    form = client.get(url_of(row)).context["form"]
    assert not [name for name in form.fields if name.startswith("fact_")]
    done = client.post(url_of(row), form_of(companion), follow=True).content.decode()
    person = client.get(f"/penerima/{row.beneficiary_id}/").content.decode()
    candidate = client.get(f"/kepesertaan/{Participation.objects.get().pk}/").content.decode()
    for page in (done, person, candidate):
        assert "belum bisa masuk SK" in page.replace("Belum", "belum")
        assert "Belum ada data desil DTSEN" in page
        assert "Petugas data Dinas Sosial mencatatnya" in page
    assert "menunggu SK penetapan" not in done
    make.make_circumstance(row.beneficiary, "desil", "1")
    assert "menunggu SK penetapan" in client.get(f"/verval/{Verification.objects.get().pk}/").content.decode()


def test_what_the_companion_sees_is_recorded_with_the_verval(client, companion):
    row = proposed(programme="PERMAKANAN")
    assert "Tinggal seorang diri" in client.get(url_of(row)).context["form"]["fact_tinggal_sendiri"].label
    client.post(url_of(row), form_of(companion, fact_tinggal_sendiri="ya"))
    known = Circumstance.objects.get(beneficiary=row.beneficiary, kind="tinggal_sendiri")
    assert (known.value, known.as_of, known.source) == ("ya", date(2024, 6, 3), "verval 3 Juni 2024")
