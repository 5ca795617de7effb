"""The account that tali asih goes to: encrypted, masked, replaced on a day, opened with a reason."""

from datetime import date

import pytest

from personnel.models import BankAccount
from personnel.tests.entries import API, LIST
from pilar.core.models import AuditEvent
from tests import factories as make

NUMBER = "1370012345678"
REASON = "Mencocokkan dengan buku tabungan"


@pytest.fixture
def browser(cast, client_of):
    return client_of(cast.owner)


@pytest.fixture
def api(cast, api_of):
    return api_of(cast.owner)


@pytest.fixture
def person(cast):
    return make.make_person(name="Dewi Lestari")


def text(response) -> str:
    return response.content.decode()


def typed(**changes) -> dict[str, str]:
    return {"bank": "Bank Mandiri", "number": NUMBER, "holder": "Dewi Lestari", "since": "2024-01-01", **changes}


def sent(**changes) -> dict[str, str]:
    return {"bank": "BRI", "nomor": "0012-3456", "atas_nama": "Dewi Lestari", "sejak": "2024-07-01", **changes}


def test_the_number_is_encrypted_and_masked_everywhere(browser, api, person):
    browser.post(f"{LIST}{person.pk}/rekening/", typed())
    assert NUMBER.encode() not in bytes(BankAccount.objects.get().number_cipher)
    page, answer = text(browser.get(f"{LIST}{person.pk}/")), api.get(f"{API}{person.pk}/").json()
    assert NUMBER not in page
    assert "*********5678" in page
    assert answer["rekening"]["nomor_samar"] == "*********5678"


def test_a_new_account_closes_the_one_before(browser, api, person):
    browser.post(f"{LIST}{person.pk}/rekening/", typed())
    assert api.post(f"{API}{person.pk}/rekening/", sent(), format="json").status_code == 200
    assert list(BankAccount.objects.values_list("bank", "valid_until")) == [
        ("BRI", None),
        ("Bank Mandiri", date(2024, 6, 30)),
    ]


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"nomor": "12a"}, "nomor", "terdiri atas 6 sampai 20 angka"),
        ({"sejak": "2090-01-01"}, "sejak", "belum tiba"),
        ({"sejak": "2023-12-31"}, "sejak", "Tanggal harus sesudah rekening sebelumnya"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(browser, api, person, changes, field, sentence):
    browser.post(f"{LIST}{person.pk}/rekening/", typed())
    answer = api.post(f"{API}{person.pk}/rekening/", sent(**changes), format="json")
    assert sentence in answer.json()["errors"][field][0]
    assert BankAccount.objects.count() == 1


def test_another_holder_and_a_number_used_twice_are_told_and_stop_nothing(browser, api, person):
    browser.post(f"{LIST}{person.pk}/rekening/", typed())
    other = make.make_person(name="Orang Lain")
    page = text(browser.post(f"{LIST}{other.pk}/rekening/", typed(), follow=True))
    assert "Nama pemilik rekening berbeda" in page
    assert "juga tercatat untuk Dewi Lestari" in page
    answer = api.post(f"{API}{other.pk}/rekening/", sent(nomor=NUMBER), format="json").json()
    assert len(answer["peringatan"]) == 2


def test_the_number_opens_with_a_reason_and_the_reading_is_recorded(browser, api, person):
    browser.post(f"{LIST}{person.pk}/rekening/", typed())
    page = browser.post(f"{LIST}{person.pk}/rekening/lihat/", {"reason": REASON})
    assert NUMBER in text(page)
    assert "no-store" in page["Cache-Control"]
    answer = api.post(f"{API}{person.pk}/nomor-rekening/", {"alasan": REASON}, format="json")
    assert answer.json() == {"nomor": NUMBER}
    assert AuditEvent.objects.filter(action="buka_data", reason=REASON).count() == 2


def test_a_short_reason_opens_nothing(browser, api, person):
    browser.post(f"{LIST}{person.pk}/rekening/", typed())
    assert NUMBER not in text(browser.post(f"{LIST}{person.pk}/rekening/lihat/", {"reason": "cek"}))
    answer = api.post(f"{API}{person.pk}/nomor-rekening/", {"alasan": "cek"}, format="json")
    assert "Tulis untuk apa nomor dilihat" in answer.json()["errors"]["alasan"][0]


def test_without_the_right_the_number_stays_closed(cast, client_of, browser, person):
    browser.post(f"{LIST}{person.pk}/rekening/", typed())
    response = client_of(cast.clerk).post(f"{LIST}{person.pk}/rekening/lihat/", {"reason": REASON})
    assert response.status_code == 403
    assert NUMBER not in text(response)
