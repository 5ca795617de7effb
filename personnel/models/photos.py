from typing import Any, ClassVar

from django.db import models
from django.urls import reverse

from personnel.models.activities import Activity
from personnel.models.people import Personnel
from pilar.core.access import Own, Scope, Via
from pilar.core.errors import Refusal
from pilar.core.models import Attachment, AttachmentLink
from pilar.core.scoping import reach_of


class PersonnelPhoto(AttachmentLink):
    """A person's portrait; the latest that stands is shown, those before it were withdrawn when it came."""

    scope = Scope(via=Via("personnel_personnel", "person_id"))
    owner = "person"
    accepts: ClassVar[tuple[str, ...]] = (Attachment.Kind.PHOTO,)

    person = models.ForeignKey(Personnel, models.PROTECT, related_name="photos", verbose_name="personel")

    class Meta:
        verbose_name = "foto personel"

    def owner_label(self) -> str:
        return f"personel {self.person.name}"

    def owner_url(self) -> str:
        return reverse("personnel-detail", args=[self.person_id])


class ActivityPhoto(AttachmentLink):
    """A photo of what was done. The key to an activity holds its year (in SQL): activities are partitioned.

    Whoever checks the activity must see it, so it is no personal file: the form asks for the scene, not for faces.
    """

    scope = Scope(
        via=Via("personnel_activity", "activity_id"),
        own=Own(
            "",
            lambda me: models.Q(activity__person=me),
            adds="EXISTS (SELECT 1 FROM personnel_activity a WHERE a.id = activity_id AND a.state <> 'terverifikasi')",
        ),
    )
    owner, personal = "activity", False
    accepts: ClassVar[tuple[str, ...]] = (Attachment.Kind.PHOTO,)

    activity = models.ForeignKey(
        Activity, models.PROTECT, related_name="photos", db_constraint=False, verbose_name="kegiatan"
    )
    year = models.SmallIntegerField("tahun")

    class Meta:
        verbose_name = "foto kegiatan"

    def may_be_written_by(self, actor: Any, region: int) -> bool:
        member = reach_of(actor).member
        return super().may_be_written_by(actor, region) if member is None else member == self.activity.person_id

    def owner_label(self) -> str:
        return f"kegiatan nomor {self.activity_id}"

    def owner_url(self) -> str:
        return reverse("activity-detail", args=[self.activity_id])

    def withdrawal_refused(self) -> Refusal | None:
        if self.activity.state != Activity.State.VERIFIED:
            return None
        return Refusal(
            "Foto tidak bisa ditarik: kegiatannya sudah terverifikasi, antara lain berdasarkan foto ini.",
            "Aturan ini tidak dapat dikecualikan.",
            rule="kegiatan_terkunci",
        )
