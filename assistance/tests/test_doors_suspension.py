"""A day inside a suspension, through both doors: refused with its sentence, also after it was lifted."""

from datetime import date

import pytest

from assistance.services.participation import participation_resume, participation_suspend
from assistance.tests.entries import LINES, TODAY
from tests import factories as make


@pytest.fixture
def line(cast):
    person = make.make_beneficiary(name="Siti")
    step = {"actor": cast.owner, "participation": make.make_participation(person), "today": TODAY}
    participation_suspend(**step, on=date(2024, 3, 1), reason="data", note="rekening")
    participation_resume(**step, on=date(2024, 3, 9), note="rekening pulih")
    return make.make_line(make.make_batch(programme="YAPI"), person, state="sk", paid_on=None)


SAID = "sedang ditangguhkan (1 Maret 2024 sampai 9 Maret 2024)"


def test_the_page_refuses_it(cast, client_of, line):
    url = f"/penyaluran/{line.batch_id}/baris/{line.pk}/salur/"
    answer = client_of(cast.owner).post(url, {"on": "05/03/2024"})
    assert answer.status_code == 422
    assert SAID in answer.content.decode()
    assert client_of(cast.owner).post(url, {"on": "09/03/2024"}).status_code == 302


def test_the_api_refuses_it(cast, api_of, line):
    url, api = f"{LINES}2024-{line.pk}/keadaan/", api_of(cast.owner)
    answer = api.post(url, {"keadaan": "salur", "tanggal": "2024-03-05"}, format="json")
    assert answer.json()["type"] == "/api/galat/ditangguhkan"
    assert SAID in str(answer.json())
    assert api.post(url, {"keadaan": "salur", "tanggal": "2024-03-09"}, format="json").status_code == 200
