"""Ways from what a page says to where something is done about it."""

from datetime import date

import pytest

from assistance.models import Batch
from assistance.tests.test_services_decrees import candidate
from assistance.views import decree_detail
from tests import factories as make

LIST = "/penyaluran/"


@pytest.fixture
def client(cast, client_of):
    return client_of(cast.owner)


def shown(client, url: str) -> str:
    return client.get(url).content.decode()


# --- lists -----------------------------------------------------------------------


def test_lines_that_wait_for_somebody_are_one_click_away(client):
    batch = make.make_batch()
    for state in ("sk", "salur", "transaksi", "tidak_transaksi"):
        make.make_line(batch, make.make_beneficiary(), state=state)
    make.make_line(batch, make.make_beneficiary(), state="retur", returned_on=date(2024, 4, 1))
    url = f"{LIST}{batch.pk}/?state=perlu"
    assert f'href="{url}">3 baris perlu ditindaklanjuti' in shown(client, LIST)
    states = {row["line"].state for row in client.get(url).context["lines"]}
    assert states == {"sk", "tidak_transaksi", "retur"}


@pytest.mark.parametrize("approval", ["selesai", "disusun"])
def test_a_list_whose_money_does_not_move_waits_for_nobody(client, cast, approval):
    batch = make.make_batch(
        approval=approval, unit_price=1, units=1, proposed_by=cast.owner, decided_by=cast.colleague,
        decided_on=date(2024, 2, 1), closed_by=cast.owner, closed_on=date(2024, 2, 1),
    )  # fmt: skip
    (item,) = client.get(LIST).context["lists"]
    assert (item["batch"].pk, item["faults"]) == (batch.pk, 0)
    assert Batch.objects.get().approval == approval


# --- the group of a usulan ---------------------------------------------------------


def usulan_form(client, person):
    return client.get(f"/usulan/baru/?penerima={person.pk}").context["form"]


def test_a_persons_own_groups_are_offered_first(client):
    person = make.make_beneficiary(groups=[3])
    form = usulan_form(client, person)
    _, (own, first), (others, rest) = form.fields["group"].choices
    assert (own, [pk for pk, _ in first], others) == ("Kelompok orang ini", [3], "Kelompok lain")
    assert 3 not in [pk for pk, _ in rest]
    assert form.initial["group"] == 3


def test_another_group_is_taken_and_said(client):
    person = make.make_beneficiary(groups=[3])
    other = make.make_proposal(person, programme="YAPI", state="diajukan", group=12)
    assert "Kelompok PAS lain dari yang tercatat" in shown(client, f"/usulan/{other.pk}/")
    own = make.make_proposal(person, programme="PKH", state="diajukan", group=3)
    assert "Kelompok PAS lain dari yang tercatat" not in shown(client, f"/usulan/{own.pk}/")


def test_a_line_of_an_sk_outside_pilar_is_kept_and_what_the_rules_say_is_told(client):
    person = make.make_beneficiary(groups=[1], birth_date=date(1990, 1, 1))
    batch = make.make_batch(programme="YAPI")
    form = {"beneficiary": person.pk, "group": 1, "amount": "600.000", "state": "sk", "region": "17.71.01"}
    page = client.post(f"{LIST}{batch.pk}/baris/baru/?penerima={person.pk}", form, follow=True).content.decode()
    assert batch.lines.count() == 1
    assert "Menurut syarat program, Siti Aminah: Umurnya 34 tahun" in page


# --- names lead to their pages -------------------------------------------------------


def test_a_graduation_leads_to_the_family_and_its_companion(client):
    family, companion = make.make_beneficiary(), make.make_person()
    make.make_graduation(family, to=companion)
    page = shown(client, "/graduasi/")
    assert f'href="/penerima/{family.pk}/"' in page
    assert f'href="/personel/{companion.pk}/"' in page


def test_the_next_step_leads_to_where_it_is_taken(cast, client, client_of):
    person = make.make_beneficiary()
    row = make.make_participation(person, state="ditangguhkan")
    assert f'<a href="/kepesertaan/{row.pk}/">Buka halamannya</a>' in shown(client, f"/penerima/{person.pk}/")
    nobody = make.make_beneficiary(name="Belum Pernah")
    propose = f"/usulan/baru/?penerima={nobody.pk}"
    assert f'<a href="{propose}">Usulkan</a>' in shown(client, f"/penerima/{nobody.pk}/")
    assert propose not in shown(client_of(cast.auditor), f"/penerima/{nobody.pk}/")


# --- a large SK ------------------------------------------------------------------------


def test_a_large_sk_asks_only_for_the_names_on_its_page(client, monkeypatch):
    monkeypatch.setattr(decree_detail, "ASKED_AT_ONCE", 1)
    decree = make.make_decree(programme="PKH")
    for name in ("Adi", "Budi"):
        candidate(name, decree=decree)
    page = shown(client, f"/sk/{decree.pk}/")
    assert "diperiksa untuk nama yang tampil" in page
    assert "tidak memenuhi syarat" not in page


# --- the bar of a phone ------------------------------------------------------------------


def test_the_bar_of_a_phone_leads_to_the_work(client):
    bar = client.get(LIST).context["phone_nav"]["bar"]
    assert [item["label"] for item in bar] == ["Dasbor", "Personel", "Penerima manfaat", "Penyaluran"]
    rest = client.get(LIST).context["phone_nav"]["rest"]
    assert {item["short"] for item in rest if item["label"] == "SK penetapan"} == {"Penetapan"}
