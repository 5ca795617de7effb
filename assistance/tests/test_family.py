"""Family cards, guardians and payees, each with its time, through service, pages and API."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.urls import reverse

from assistance.models import FamilyCard, Guardian
from assistance.services.family import GuardianEntry, card_record, guardian_end, guardian_record
from assistance.tests.entries import PEOPLE, TODAY, field_of, rule_of
from pilar.core.models import AuditEvent
from tests import factories as make

KK, OTHER_KK, NIK = "1771010101240001", "1771010202240002", "1771015204510077"


@pytest.fixture
def person(cast):
    return make.make_beneficiary()


def card(actor, person, *, number: str = KK, since: date | None = date(2024, 1, 1)) -> FamilyCard:
    return card_record(actor=actor, person=person, number=number, since=since, today=TODAY)


def guard(actor, person, **changes) -> Guardian:
    fields = {"role": "wali", "name": "Umar", "relation": "paman", "since": date(2024, 1, 1), "nik": NIK}
    return guardian_record(actor=actor, person=person, entry=GuardianEntry(**{**fields, **changes}), today=TODAY)


def test_a_new_card_ends_the_one_before_and_both_stay(cast, person):
    card(cast.owner, person)
    card(cast.owner, person, number=OTHER_KK, since=date(2024, 6, 1))
    rows = list(person.family_cards.values_list("valid_from", "valid_until"))
    assert rows == [(date(2024, 6, 1), None), (date(2024, 1, 1), date(2024, 5, 31))]
    assert {c.number_masked for c in person.family_cards.all()} == {"•••• •••• •••• 0001", "•••• •••• •••• 0002"}
    assert all(KK not in e.summary for e in AuditEvent.objects.all())


def test_one_family_shares_one_card(cast, person):
    other = make.make_beneficiary(name="Umar")
    assert bytes(card(cast.owner, person).number_index) == bytes(card(cast.owner, other).number_index)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": "1771"}, "number"),
        ({"number": "177101010124000x"}, "number"),
        ({"since": None}, "since"),
        ({"since": TODAY + timedelta(days=1)}, "since"),
    ],
)
def test_a_wrong_card_names_its_field(cast, person, changes, field):
    assert field_of(card, actor=cast.owner, person=person, **changes) == {field}


def test_a_card_is_not_put_before_the_current_one(cast, person):
    card(cast.owner, person)
    assert field_of(card, actor=cast.owner, person=person, since=date(2023, 1, 1)) == {"since"}


def test_the_database_holds_one_card_at_a_time(cast, person):
    card(cast.owner, person)
    second = FamilyCard(beneficiary=person, valid_from=date(2024, 3, 1))
    second.set_number(OTHER_KK)
    with pytest.raises(IntegrityError, match="family_card_one_at_a_time"):
        second.save()


def test_a_guardian_and_a_payee_stand_side_by_side_and_are_succeeded_by_role(cast, person):
    guard(cast.owner, person)
    guard(cast.owner, person, role="kuasa", name="Rina", nik="")
    guard(cast.owner, person, name="Ahmad", since=date(2024, 5, 1))
    rows = set(person.guardians.values_list("role", "name", "valid_until"))
    assert rows == {("wali", "Umar", date(2024, 4, 30)), ("wali", "Ahmad", None), ("kuasa", "Rina", None)}


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"nik": "12"}, "nik"), ({"role": "ayah"}, "role"), ({"name": " "}, "name"), ({"relation": ""}, "relation")],
)
def test_a_wrong_guardian_names_its_field(cast, person, changes, field):
    assert field_of(guard, actor=cast.owner, person=person, **changes) == {field}


def test_nobody_is_his_own_guardian(cast, person):
    assert rule_of(guard, actor=cast.owner, person=person, nik=person.reveal_nik()) == "wali_diri_sendiri"


def test_a_guardian_ends_once(cast, person):
    row = guard(cast.owner, person)
    kwargs = {"actor": cast.owner, "guardian": row, "today": TODAY}
    assert field_of(guardian_end, on=date(2023, 1, 1), **kwargs) == {"on"}
    assert guardian_end(on=date(2024, 2, 1), **kwargs).valid_until == date(2024, 2, 1)
    assert rule_of(guardian_end, on=date(2024, 3, 1), **kwargs) == "wali_berakhir"


def test_only_whoever_may_enter_there_writes(cast, person):
    assert rule_of(card, actor=cast.auditor, person=person) == "wewenang"
    assert rule_of(guard, actor=cast.neighbour, person=person) == "wewenang"


def test_rows_follow_their_person(cast, person):
    card(cast.owner, person)
    guard(cast.owner, person)
    assert FamilyCard.objects.visible_to(cast.clerk).count() == Guardian.objects.visible_to(cast.clerk).count() == 1
    assert not FamilyCard.objects.visible_to(cast.neighbour).exists()
    assert not Guardian.objects.visible_to(cast.neighbour).exists()


def test_keys_are_rotated_for_cards_and_guardians_too(cast, person):
    card(cast.owner, person)
    guard(cast.owner, person)
    guard(cast.owner, person, role="kuasa", nik="")
    before = bytes(FamilyCard.objects.get().number_cipher), bytes(Guardian.objects.get(role="wali").nik_cipher)
    call_command("rotate_keys", verbosity=0)
    row = Guardian.objects.get(role="wali")
    assert (bytes(FamilyCard.objects.get().number_cipher), bytes(row.nik_cipher)) != before
    assert row.reveal_nik() == NIK


# --- both doors ------------------------------------------------------------------


def test_the_page_takes_and_shows_them_masked(cast, client_of, person):
    client, page = client_of(cast.owner), f"/penerima/{person.pk}/"
    typed = {"number": KK, "since": "2024-01-01"}
    assert client.post(reverse("familycard-record", args=[person.pk]), typed)["Location"] == page
    form = {"role": "wali", "name": "Umar", "relation": "paman", "nik": NIK, "since": "2024-01-01"}
    assert client.post(reverse("guardian-record", args=[person.pk]), form)["Location"] == page
    shown = client.get(page).content.decode()
    assert "•••• •••• •••• 0001" in shown
    assert "Umar, paman" in shown
    assert KK not in shown
    assert NIK not in shown
    end = reverse("guardian-end", args=[person.pk, Guardian.objects.get().pk])
    assert client.post(end, {"on": "2024-02-01"})["Location"] == page
    assert client.post(end, {"on": "2024-02-02"}).status_code == 422


def test_a_guardian_of_somebody_else_is_not_there(cast, client_of, person):
    row = guard(cast.owner, person)
    other = make.make_beneficiary()
    assert client_of(cast.owner).get(reverse("guardian-end", args=[other.pk, row.pk])).status_code == 404


def test_the_api_takes_and_shows_them_masked(cast, api_of, person):
    api, url = api_of(cast.owner), f"{PEOPLE}{person.pk}/"
    made = api.post(f"{url}kartu-keluarga/", {"nomor": KK, "sejak": "2024-01-01"}, format="json")
    assert (made.status_code, made.json()["nomor_samar"]) == (201, "•••• •••• •••• 0001")
    body = {"sebagai": "kuasa", "nama": "Rina", "hubungan": "ibu", "sejak": "2024-01-01"}
    guardian = api.post(f"{url}wali/", body, format="json")
    assert (guardian.status_code, guardian.json()["nik_samar"]) == (201, "")
    found = api.get(url).json()
    assert [c["id"] for c in found["kartu_keluarga"]] == [made.json()["id"]]
    assert [w["nama"] for w in found["wali"]] == ["Rina"]
    wrong = api.post(f"{url}kartu-keluarga/", {"nomor": "12", "sejak": "2024-06-01"}, format="json")
    assert list(wrong.json()["errors"]) == ["nomor"]
    end = {"wali": guardian.json()["id"], "sampai": "2024-03-01"}
    assert api.post(f"{url}wali/akhiri/", end, format="json").json()["sampai"] == "2024-03-01"
    other = f"{PEOPLE}{make.make_beneficiary().pk}/wali/akhiri/"
    assert list(api.post(other, end, format="json").json()["errors"]) == ["wali"]
