"""The gate alone: with row-level security out of the way, verval and usul-sanggah still show no foreign row."""

import pytest
from django.utils import timezone

from assistance.models import Objection, Verification
from pilar.core import scoping
from tests import factories as make

LISTS = ("/verval/", "/verval/peserta/", "/verval/tercatat/", "/usul-sanggah/")
APIS = ("verval", "perlu-verval", "usul-sanggah")


@pytest.fixture(autouse=True)
def gate_only(monkeypatch):
    """Requests keep the owner's role, which row-level security does not hold."""
    monkeypatch.setattr(scoping, "database_role", lambda reach: "none")


@pytest.fixture
def foreign(cast):
    """A participant of another kabupaten with a companion, a verval and an objection; and one who is proposed."""
    person = make.make_beneficiary(name="Zubaidah Asing", region=make.CURUP)
    companion = make.make_assignment(
        make.make_person(name="Petugas Asing", region=make.REJANG_LEBONG), region=make.CURUP
    )
    make.make_participation(person, programme="YAPI")
    make.make_proposal(make.make_beneficiary(name="Usul Asing", region=make.CURUP), state="diajukan")
    make.make_objection(person, on=timezone.localdate())
    return make.make_verification(person, companion)


@pytest.fixture
def client(cast, client_of):
    return client_of(cast.owner)


@pytest.fixture
def api(cast, api_of):
    return api_of(cast.owner)


@pytest.mark.parametrize("page", LISTS)
def test_lists_show_no_foreign_row(client, foreign, page):
    answer = client.get(page)
    assert answer.context["items"] == []
    assert "Asing" not in answer.content.decode()


@pytest.mark.parametrize("prefix", APIS)
def test_the_api_lists_no_foreign_row(api, foreign, prefix):
    assert api.get(f"/api/v1/{prefix}/").json()["results"] == []


def test_foreign_pages_are_404(client, api, foreign):
    objection = Objection.objects.get()
    pages = (
        f"/verval/{foreign.pk}/", f"/verval/baru/{foreign.beneficiary_id}/YAPI/", f"/usul-sanggah/{objection.pk}/",
        f"/usul-sanggah/{objection.pk}/jawab/", f"/usul-sanggah/baru/{foreign.beneficiary_id}/",
    )  # fmt: skip
    assert [client.get(page).status_code for page in pages] == [404] * 5
    urls = (f"verval/{foreign.pk}/", f"usul-sanggah/{objection.pk}/")
    assert [api.get(f"/api/v1/{url}").status_code for url in urls] == [404, 404]


def test_foreign_rows_are_no_choice(client, api, foreign):
    own = make.make_beneficiary()
    make.make_proposal(own, state="diajukan")
    form = client.get(f"/verval/baru/{own.pk}/YAPI/").context["form"]
    assert foreign.companion not in form.fields["companion"].queryset
    row = make.make_objection(own, on=timezone.localdate())
    posted = {"outcome": "diterima", "answer": "x", "verification": foreign.pk}
    answer = client.post(f"/usul-sanggah/{row.pk}/jawab/", posted)
    assert set(answer.context["form"].errors) == {"verification"}
    body = {
        "penerima": own.pk, "program": "YAPI", "tanggal": "2024-06-03", "petugas": foreign.companion_id,
        "hasil": "layak", "bukti": "x",
    }  # fmt: skip
    assert set(api.post("/api/v1/verval/", body, format="json").json()["errors"]) == {"petugas"}
    assert Verification.objects.count() == 1


def test_a_companion_out_of_reach_is_named_nowhere(client, api, foreign):
    """A verval of one's own place by somebody of another: the act is seen, the name is not."""
    own = make.make_beneficiary(name="Orang Sini")
    act = make.make_verification(own, foreign.companion)
    make.make_proposal(own, state="diajukan", assigned_to=foreign.companion, programme="PKH")
    texts = [client.get(page).content.decode() for page in (*LISTS, f"/verval/{act.pk}/")]
    assert not [text for text in texts if "Petugas Asing" in text]
    assert api.get(f"/api/v1/verval/{act.pk}/").json()["nama_petugas"] is None


def test_coverage_counts_no_foreign_row(cast, api_of, foreign):
    found = api_of(cast.province).get("/api/v1/cakupan-verval/", {"wilayah": "17"}).json()
    assert found["aktif"] == 1
    own = api_of(cast.owner).get("/api/v1/cakupan-verval/", {"wilayah": "17.71"}).json()
    assert (own["aktif"], sum(area["aktif"] for area in own["turunan"])) == (0, 0)
