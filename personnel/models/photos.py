from typing import ClassVar

from django.db import models
from django.urls import reverse

from personnel.models.people import Personnel
from pilar.core.access import Scope, Via
from pilar.core.models import Attachment, AttachmentLink


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
