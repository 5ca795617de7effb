"""The portrait of a person, of which one stands and earlier ones are withdrawn; and photos of what was done."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from personnel.models import Activity, ActivityPhoto, Personnel, PersonnelPhoto
from personnel.services.activity_parts import NOBODY_LIFTS, require_writer
from pilar.core.attachments import Kind, attachment_store, attachment_withdraw
from pilar.core.errors import Refusal
from pilar.core.models import Attachment, User
from pilar.core.rights import Right
from pilar.core.scoping import require

REPLACED = "Diganti dengan foto yang lebih baru"


@transaction.atomic
def personnel_photo_set(
    *, actor: User, person: Personnel, upload: "UploadedFile[Any]", now: datetime
) -> PersonnelPhoto:
    """Raises Refusal without the right to enter data; ValidationError on `upload` for what is no fit photo."""
    require(actor, Right.ENTER, person.region_id)
    row = Personnel.objects.visible_to(actor).select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    link = PersonnelPhoto(person=row)
    found = attachment_store(actor=actor, upload=upload, link=link, region=row.region_id, kind=Kind.PHOTO)
    earlier = Attachment.objects.standing().filter(pk__in=row.photos.values("attachment")).exclude(pk=found.pk)
    for old in earlier:
        attachment_withdraw(actor=actor, attachment=old, reason=REPLACED, now=now)
    return link


def photos_follow(person: Personnel) -> None:
    """A person's photos lie where the person is managed."""
    own = Attachment.objects.filter(pk__in=person.photos.values("attachment"))
    own.exclude(region_id=person.region_id).update(region_id=person.region_id)


@transaction.atomic
def activity_photo_add(
    *,
    actor: User,
    activity: Activity,
    upload: "UploadedFile[Any]",
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
) -> ActivityPhoto:
    """Until the activity is verified. Raises Refusal (right, verified) or ValidationError (file, place)."""
    require_writer(actor, activity)
    if activity.state == Activity.State.VERIFIED:
        raise Refusal(
            "Foto tidak bisa ditambah: kegiatan ini sudah terverifikasi.",
            f"Bukti diperiksa bersama kegiatannya. {NOBODY_LIFTS}",
            rule="kegiatan_terkunci",
        )
    link = ActivityPhoto(activity=activity, year=activity.year)
    attachment_store(
        actor=actor,
        upload=upload,
        link=link,
        region=activity.region_id,
        kind=Kind.PHOTO,
        latitude=latitude,
        longitude=longitude,
    )
    return link
