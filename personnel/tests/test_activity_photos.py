"""Photos of an activity: by officer and by the member himself, until it is verified; what is no photo is refused."""

import pytest

from personnel.models import Activity, ActivityPhoto
from personnel.tests.acting import companion
from tests import factories as make

API = "/api/v1/kegiatan/"


@pytest.fixture
def activity(cast):
    return make.make_activity(companion(), pillar="PKH", kind="p2k2")


def photo_url(activity) -> str:
    return f"/kegiatan/{activity.pk}/foto/"


def test_an_officer_adds_a_photo_with_its_place(cast, activity, client_of):
    form = {"upload": make.make_upload(), "latitude": "-3,795512", "longitude": "102,259223"}
    client = client_of(cast.owner)
    assert client.post(photo_url(activity), form).status_code == 302
    found = ActivityPhoto.objects.get().attachment
    assert (str(found.latitude), found.personal) == ("-3.795512", False)
    assert f"/lampiran/{found.pk}/kecil/" in client.get(f"/kegiatan/{activity.pk}/").content.decode()
    assert client_of(cast.clerk).get(f"/lampiran/{found.pk}/kecil/").status_code == 200
    assert client_of(cast.neighbour).get(f"/lampiran/{found.pk}/kecil/").status_code == 404


def test_the_member_adds_and_sees_his_own(cast, activity, client_of, api_of):
    user = make.member_of(activity.person)
    member = client_of(user)
    assert member.post(photo_url(activity), {"upload": make.make_upload()}).status_code == 302
    found = ActivityPhoto.objects.get().attachment
    for part in ("", "asli/", "kecil/"):
        assert member.get(f"/lampiran/{found.pk}/{part}").status_code == 200
    assert member.get(f"/lampiran/{found.pk}/tarik/").status_code == 403
    colour = make.make_upload(make.make_jpeg(colour="red"))
    assert api_of(user).post(f"{API}{activity.pk}/foto/", {"berkas": colour}).status_code == 201
    assert len(api_of(user).get(f"{API}{activity.pk}/foto/").json()) == 2


def test_the_member_adds_none_to_what_others_did(cast, activity, client_of):
    other = make.make_activity(companion("Budi"), pillar="PKH", kind="p2k2")
    member = client_of(make.member_of(activity.person))
    assert member.post(photo_url(other), {"upload": make.make_upload()}).status_code == 404


def test_none_is_added_once_it_was_verified(cast, activity, client_of, api_of):
    Activity.objects.filter(pk=activity.pk).update(state="terverifikasi", verified_by=cast.colleague)
    refused = client_of(cast.owner).post(photo_url(activity), {"upload": make.make_upload()})
    assert refused.status_code == 422
    assert "sudah terverifikasi" in refused.content.decode()
    answer = api_of(cast.owner).post(f"{API}{activity.pk}/foto/", {"berkas": make.make_upload()})
    assert (answer.status_code, answer.json()["type"]) == (409, "/api/galat/kegiatan_terkunci")


@pytest.mark.parametrize("content", [make.make_pdf(), b"<svg xmlns='http://www.w3.org/2000/svg'/>", b""])
def test_what_is_no_photo_is_refused_in_words(cast, activity, client_of, content):
    refused = client_of(cast.owner).post(photo_url(activity), {"upload": make.make_upload(content)})
    assert refused.status_code == 422
    assert refused.context["form"].errors["upload"]
    assert not ActivityPhoto.objects.exists()
