"""Proof through both doors, at the example of a person's photo: stored, opened, withdrawn."""

import os
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from personnel.models import PersonnelPhoto
from personnel.rules import PersonEntry
from personnel.services import personnel_change
from personnel.services.photos import personnel_photo_set
from pilar.core.attachments import attachment_read, attachment_store, attachment_withdraw
from pilar.core.errors import Refusal
from pilar.core.models import Attachment, AuditEvent, Region
from pilar.core.scoping import scope_transaction
from tests import factories as make

PHOTO = make.make_jpeg(width=400, height=300)
WHY = "Foto orang yang salah"


@pytest.fixture
def person(land):
    return make.make_person()


@pytest.fixture
def portrait(person, cast):
    return make.make_portrait(person, by=cast.owner, upload=make.make_upload(PHOTO, "Bu Sari.jpg"))


def events(action: str) -> list[str]:
    rows = AuditEvent.objects.filter(object_type="core.attachment", action=action)
    return list(rows.values_list("summary", flat=True))


# --- storing -------------------------------------------------------------------


def test_bytes_at_rest_are_encrypted_and_their_path_tells_nothing(portrait, cast):
    stored = Path(portrait.content.path)
    assert b"JFIF" not in stored.read_bytes()
    assert "Sari" not in stored.as_posix()
    assert stored.stat().st_mode & 0o077 == 0
    assert attachment_read(actor=cast.owner, attachment=portrait)[:2] == b"\xff\xd8"


def test_storing_is_on_record_without_the_files_name(portrait):
    (said,) = events("buat")
    assert said.startswith("Lampiran foto disimpan untuk")
    assert "Sari.jpg" not in said


def test_who_may_not_enter_data_stores_nothing(person, cast):
    with pytest.raises(Refusal, match="tidak berwenang mengisi data"):
        make.make_portrait(person, by=cast.auditor)


def test_the_same_file_twice_on_one_owner_is_noticed_under_any_name(person, portrait, cast):
    with pytest.raises(ValidationError, match=r"Berkas “lain.jpg” sudah tersimpan di sini sebagai “Bu Sari.jpg”"):
        make.make_portrait(person, by=cast.owner, upload=make.make_upload(PHOTO, "lain.jpg"))


def test_the_same_file_may_prove_something_else(portrait, cast):
    make.make_portrait(make.make_person(), by=cast.owner, upload=make.make_upload(PHOTO))


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ((1, None), "Isi lintang dan bujur bersama-sama"),
        ((51, 0), "di luar Indonesia"),
        ((-3, 1020), "tidak memiliki lebih dari 3 angka"),
    ],
)
def test_a_place_that_cannot_be_is_refused(person, cast, place, said):
    with pytest.raises(ValidationError, match=said) as found:
        attachment_store(
            actor=cast.owner, upload=make.make_upload(), link=PersonnelPhoto(person=person), region=make.KOTA,
            latitude=place[0], longitude=place[1],
        )  # fmt: skip
    assert list(found.value.message_dict) == ["latitude"]


def test_a_new_portrait_withdraws_the_old_one(person, portrait, cast):
    newer = personnel_photo_set(
        actor=cast.owner, person=person, upload=make.make_upload(make.make_jpeg(colour="red")), now=timezone.now()
    )
    portrait.refresh_from_db()
    assert portrait.withdrawal_reason == "Diganti dengan foto yang lebih baru"
    assert list(Attachment.objects.standing()) == [newer.attachment]


def test_a_portrait_follows_its_person_to_the_kabupaten_that_manages_him(person, portrait, cast, client_of):
    entry = PersonEntry(
        name=person.name, sex=person.sex, birth_date=person.birth_date, employment=person.employment,
        phone=person.phone, region=Region.objects.get(pk=make.REJANG_LEBONG),
    )  # fmt: skip
    personnel_change(actor=cast.province, person=person, entry=entry, version=person.version, today=date(2026, 1, 5))
    assert client_of(cast.owner).get(original(portrait)).status_code == 404
    assert client_of(cast.neighbour).get(original(portrait)).status_code == 200


# --- the database holds it too ----------------------------------------------------


def test_another_office_sees_neither_row(portrait, cast):
    with scope_transaction(cast.neighbour):
        assert not Attachment.objects.exists()
        assert not PersonnelPhoto.objects.exists()


def test_the_gate_follows_the_owner_and_not_only_the_region(portrait, cast):
    PersonnelPhoto.objects.update(person=make.make_person(region=make.REJANG_LEBONG))
    assert not Attachment.objects.visible_to(cast.owner).exists()


@pytest.mark.parametrize("change", ["digest = ''", "size = 1", "personal = false", "name = 'x'", "content = 'x'"])
def test_what_was_stored_stays_as_it_was(portrait, cast, change):
    with pytest.raises(IntegrityError, match="stays as it was stored"), scope_transaction(cast.owner):
        connection.cursor().execute(f"UPDATE core_attachment SET {change}")


def test_nothing_is_ever_deleted(portrait, cast):
    with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
        Attachment.objects.filter(pk=portrait.pk)._raw_delete("default")


def test_a_withdrawal_is_not_taken_back(portrait, cast):
    attachment_withdraw(actor=cast.owner, attachment=portrait, reason=WHY, now=timezone.now())
    with pytest.raises(IntegrityError, match="stays as it was stored"), transaction.atomic():
        Attachment.objects.update(withdrawn_at=None, withdrawn_by=None, withdrawal_reason="")


def test_an_attachment_of_another_region_cannot_be_written(cast):
    row = {"kind": "foto", "media_type": "image/jpeg", "size": 1, "content": "a", "thumbnail": "b", "personal": True}
    with pytest.raises(ProgrammingError, match="row-level security"), scope_transaction(cast.owner):
        Attachment.objects.create(region_id=make.REJANG_LEBONG, name="x", digest="x", **row)


# --- opening ----------------------------------------------------------------------


def original(attachment: Attachment) -> str:
    return reverse("attachment-original", args=[attachment.pk])


def test_opening_a_persons_photo_is_on_record(portrait, cast, client_of, api_of):
    client_of(cast.owner).get(original(portrait))
    api_of(cast.owner).get(reverse("api-attachment-original", args=[portrait.pk]))
    client_of(cast.owner).get(reverse("attachment-thumbnail", args=[portrait.pk]))
    assert events("buka_data") == ["Lampiran foto dibuka"] * 2


def test_a_photo_is_shown_under_a_policy_that_runs_nothing(portrait, cast, client_of):
    answer = client_of(cast.owner).get(original(portrait))
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"] == f'inline; filename="lampiran-{portrait.pk}.jpg"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].endswith("sandbox")
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("page", ["attachment-original", "attachment-thumbnail"])
def test_without_the_right_to_personal_data_neither_size_opens(portrait, cast, client_of, page):
    answer = client_of(cast.clerk).get(reverse(page, args=[portrait.pk]))
    assert answer.status_code == 403
    assert "tidak berwenang membuka data pribadi" in answer.content.decode()


def test_without_the_right_the_page_says_what_is_missing_and_not_the_name(portrait, cast, client_of):
    for address in (
        reverse("attachment-detail", args=[portrait.pk]),
        reverse("personnel-detail", args=[PersonnelPhoto.objects.get().person_id]),
    ):
        html = client_of(cast.clerk).get(address).content.decode()
        assert "Tidak ditampilkan: memuat data pribadi" in html
        assert "Bu Sari" not in html
        assert "/kecil/" not in html


def test_without_the_right_the_api_says_so_too(portrait, cast, api_of):
    found = api_of(cast.clerk).get(reverse("api-attachment-detail", args=[portrait.pk])).json()
    assert (found["nama"], found["boleh_dibuka"]) == ("foto", False)
    assert api_of(cast.clerk).get(reverse("api-attachment-original", args=[portrait.pk])).status_code == 403


def test_lost_bytes_are_said_to_be_lost(portrait, cast, client_of):
    portrait.content.storage.delete(portrait.content.name)
    answer = client_of(cast.owner).get(original(portrait))
    assert answer.status_code == 403
    assert "pulihkan folder media" in answer.content.decode()


# --- withdrawing --------------------------------------------------------------------


def test_a_withdrawn_photo_is_named_with_its_reason_and_shown_to_auditors_only(portrait, cast, client_of):
    page = reverse("attachment-withdraw", args=[portrait.pk])
    assert client_of(cast.owner).post(page, {"reason": WHY}).status_code == 302
    html = client_of(cast.staff).get(reverse("attachment-detail", args=[portrait.pk])).content.decode()
    assert WHY in html
    assert "/asli/" not in html
    assert client_of(cast.staff).get(original(portrait)).status_code == 403
    assert client_of(cast.auditor).get(original(portrait)).status_code == 200


def test_withdrawing_needs_a_reason_in_both_doors(portrait, cast, client_of, api_of):
    page = client_of(cast.owner).post(reverse("attachment-withdraw", args=[portrait.pk]), {"reason": "salah"})
    rest = api_of(cast.owner).post(reverse("api-attachment-withdraw", args=[portrait.pk]), {"alasan": "salah"})
    assert (page.status_code, rest.status_code) == (422, 400)
    assert "paling sedikit 10 huruf" in page.content.decode()
    assert "paling sedikit 10 huruf" in rest.json()["errors"]["alasan"][0]


def test_withdrawing_twice_says_when_and_why_it_was(portrait, cast, api_of):
    page = reverse("api-attachment-withdraw", args=[portrait.pk])
    assert api_of(cast.owner).post(page, {"alasan": WHY}).json()["alasan_ditarik"] == WHY
    again = api_of(cast.owner).post(page, {"alasan": WHY})
    assert again.status_code == 409
    assert WHY in again.json()["title"]


# --- a person's photo through both doors --------------------------------------------

WRONG = [
    (make.make_pdf(), "foto.jpg", "adalah dokumen PDF"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "foto.svg", "gambar SVG"),
    (make.make_jpeg() + bytes(20 * 1024 * 1024), "besar.jpg", "20,0 MB; paling besar 10 MB"),
    (make.make_jpeg()[:-200], "putus.jpg", "rusak atau terpotong"),
    (b"", "kosong.jpg", "kosong"),
]


@pytest.mark.parametrize(("content", "name", "said"), WRONG, ids=[name for _, name, _ in WRONG])
def test_a_wrong_photo_is_answered_in_both_doors(person, cast, client_of, api_of, content, name, said):
    page = client_of(cast.owner).post(
        reverse("personnel-photo", args=[person.pk]), {"upload": SimpleUploadedFile(name, content)}
    )
    rest = api_of(cast.owner).post(
        reverse("api-personnel-photo", args=[person.pk]), {"berkas": SimpleUploadedFile(name, content)}
    )
    assert (page.status_code, rest.status_code) == (422, 400)
    assert said in page.context["form"].errors["upload"][0]
    assert said in rest.json()["errors"]["berkas"][0]
    assert not Attachment.objects.exists()


def test_a_photo_is_entered_and_listed_in_both_doors(person, cast, client_of, api_of):
    page, rest = reverse("personnel-photo", args=[person.pk]), reverse("api-personnel-photo", args=[person.pk])
    assert client_of(cast.owner).post(page, {"upload": make.make_upload(PHOTO)}).status_code == 302
    other = make.make_upload(make.make_jpeg(colour="red"), "baru.jpg")
    created = api_of(cast.owner).post(rest, {"berkas": other})
    assert created.status_code == 201
    assert [row["nama"] for row in api_of(cast.owner).get(rest).json()] == ["baru.jpg", "foto.jpg"]
    shown = client_of(cast.owner).get(reverse("personnel-detail", args=[person.pk])).content.decode()
    assert reverse("attachment-thumbnail", args=[created.json()["id"]]) in shown


def test_nothing_sent_is_answered(person, cast, client_of, api_of):
    page = client_of(cast.owner).post(reverse("personnel-photo", args=[person.pk]))
    assert "Pilih berkasnya dahulu" in page.content.decode()
    assert api_of(cast.owner).post(reverse("api-personnel-photo", args=[person.pk])).status_code == 400


# --- the folder and the table -------------------------------------------------------


@pytest.fixture
def folder(settings, tmp_path):
    """A media folder of this test alone."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


def check(**options) -> str:
    out = StringIO()
    call_command("attachment_check", stdout=out, **options)
    return out.getvalue()


def test_files_without_an_attachment_are_swept_once_they_are_old(folder, land):
    (folder / "ab").mkdir(parents=True)
    old, young = folder / "ab" / "old", folder / "ab" / "young"
    old.write_bytes(b"x")
    young.write_bytes(b"x")
    os.utime(old, (0, 0))
    assert "1 berkas tanpa lampiran dapat dihapus" in check()
    assert "1 berkas tanpa lampiran dihapus" in check(sweep=True)
    assert (old.exists(), young.exists()) == (False, True)


def test_missing_bytes_are_named(folder, person, cast):
    portrait = make.make_portrait(person, by=cast.owner)
    assert "2 berkas lampiran, 0 berkas tanpa lampiran" in check()
    portrait.thumbnail.storage.delete(portrait.thumbnail.name)
    with pytest.raises(CommandError, match="1 lampiran kehilangan isinya"):
        check()
