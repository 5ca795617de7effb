"""Recording who left a programme, and the list of it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assistance.models import Graduation
from pilar.core.models import Programme
from tests import factories as make

LIST = "/graduasi/"


@pytest.fixture
def companion(cast):
    return make.make_person(name="Pendamping Desi")


@pytest.fixture
def client(cast, client_of):
    return client_of(cast.owner)


def shown(client, query: str = "") -> list[str]:
    return [item["row"].beneficiary.name for item in client.get(LIST + query).context["graduations"]]


def form_of(family, **changes) -> dict[str, object]:
    programme = Programme.objects.get(code="PKH").pk
    return {
        "beneficiary": family.pk, "programme": programme, "kind": "mandiri", "decided_on": "2024-06-01", **changes,
    }  # fmt: skip


def test_a_graduation_is_recorded_for_the_companion_of_its_day(client, companion):
    family = make.make_beneficiary(name="Keluarga Umar")
    make.make_caseload(make.make_assignment(companion, pillar="PKH"), family)
    url = f"/graduasi/baru/?penerima={family.pk}"
    assert "Pendamping Desi" in client.get(url).content.decode()
    assert client.post(url, form_of(family))["Location"] == LIST
    assert Graduation.objects.get().credited_to == companion


def test_without_a_family_one_is_looked_for_first(client):
    family = make.make_beneficiary(name="Keluarga Umar")
    assert client.get("/graduasi/baru/")["Location"] == "/graduasi/cari/"
    page = client.post("/graduasi/cari/", {"q": "keluarga"}, follow=True).content.decode()
    assert f"/graduasi/baru/?penerima={family.pk}" in page


def test_a_family_without_companion_is_named_so(client):
    make.make_graduation(make.make_beneficiary())
    assert "belum ada pendamping" in client.get(LIST).content.decode()


def test_a_companion_of_another_kabupaten_is_not_named(client):
    stranger = make.make_person(name="Nama Asing", region=make.REJANG_LEBONG)
    make.make_graduation(make.make_beneficiary(), to=stranger)
    page = client.get(LIST).content.decode()
    assert "pendamping di luar wilayah Anda" in page
    assert "Nama Asing" not in page


def test_each_filter_narrows_the_list(cast, client_of, companion):
    make.make_graduation(make.make_beneficiary(name="Satu"), to=companion)
    make.make_graduation(make.make_beneficiary(name="Dua", region=make.CURUP), on=date(2023, 6, 1), programme="YAPI")
    make.make_graduation(make.make_beneficiary(name="Tiga", region=make.CURUP), on=date(2023, 5, 1), counts=False)
    client = client_of(cast.province)
    assert shown(client) == ["Satu", "Dua", "Tiga"]
    assert shown(client, "?year=2024") == ["Satu"]
    assert shown(client, "?region=17.02") == ["Dua", "Tiga"]
    assert shown(client, "?programme=YAPI") == ["Dua"]
    assert shown(client, f"?companion={companion.pk}") == ["Satu"]
    assert shown(client, "?companion_name=pendamping") == ["Satu"]
    assert shown(client, "?counted=on") == ["Satu", "Dua"]


def test_a_foreign_companion_is_no_choice(client):
    stranger = make.make_person(region=make.REJANG_LEBONG)
    make.make_graduation(make.make_beneficiary(), to=stranger)
    assert shown(client, f"?companion={stranger.pk}") == []


def test_the_list_of_a_neighbour_stays_unseen(client):
    own = make.make_graduation(make.make_beneficiary(name="Satu"))
    foreign = make.make_graduation(make.make_beneficiary(name="Dua", region=make.CURUP))
    assert shown(client) == ["Satu"]
    assert client.get(f"/graduasi/{own.pk}/batal/").status_code == 200
    assert client.get(f"/graduasi/{foreign.pk}/batal/").status_code == 404


def test_a_foreign_family_cannot_graduate(client):
    family = make.make_beneficiary(region=make.CURUP)
    assert client.get(f"/graduasi/baru/?penerima={family.pk}").status_code == 404
    assert client.post("/graduasi/baru/", form_of(family)).status_code == 422
    assert not Graduation.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [({"decided_on": "2099-01-01"}, "belum tiba"), ({"kind": ""}, "harus diisi"), ({"decided_on": ""}, "harus diisi")],
)
def test_a_wrong_graduation_comes_back_with_its_sentence(client, changes, sentence):
    family = make.make_beneficiary()
    answer = client.post(f"/graduasi/baru/?penerima={family.pk}", form_of(family, **changes))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_second_graduation_is_refused(client):
    family = make.make_beneficiary()
    make.make_graduation(family)
    answer = client.post(f"/graduasi/baru/?penerima={family.pk}", form_of(family))
    assert answer.status_code == 422
    assert "sudah lulus" in answer.content.decode()


def test_a_graduation_is_cancelled_with_a_reason(client):
    graduation = make.make_graduation(make.make_beneficiary())
    url = f"/graduasi/{graduation.pk}/batal/"
    assert client.post(url, {"on": "2024-07-01", "reason": ""}).status_code == 422
    assert client.post(url, {"on": "2024-07-01", "reason": "data keliru"})["Location"] == LIST
    graduation.refresh_from_db()
    assert graduation.cancelled_on == date(2024, 7, 1)
    assert "dibatalkan 1 Jul 2024" in client.get(LIST).content.decode()


def test_a_reader_records_nothing(cast, client_of):
    family = make.make_beneficiary()
    graduation = make.make_graduation(make.make_beneficiary())
    reader = client_of(cast.auditor)
    assert reader.get(f"/graduasi/baru/?penerima={family.pk}").status_code == 403
    assert reader.get(f"/graduasi/{graduation.pk}/batal/").status_code == 403
    page = reader.get(LIST).content.decode()
    assert "Batalkan" not in page
    assert "Catat graduasi" not in page


def test_the_list_costs_the_same_for_two_and_for_thirty(client, companion):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        return len(queries)

    for _ in range(2):
        make.make_graduation(make.make_beneficiary(), to=companion)
    few = cost()
    for _ in range(28):
        make.make_graduation(make.make_beneficiary(), to=companion)
    assert cost() == few
