"""Proof: photos and documents. What they prove is named by a link table of the owner's own app (ADR 0014)."""

from typing import Any, ClassVar, Self
from uuid import uuid4

from django.apps import apps
from django.core.files.storage import Storage, storages
from django.db import models

from pilar.core.access import Own, Scope
from pilar.core.errors import Refusal
from pilar.core.models.account import User
from pilar.core.models.region import Region
from pilar.core.rights import Right
from pilar.core.scoping import RegionScopedQuerySet, reach_of


def private_storage() -> Storage:
    return storages["attachments"]


def any_name(_attachment: Any, _name: str) -> str:
    """A path that tells nothing of the file or of whom it shows."""
    name = uuid4().hex
    return f"{name[:2]}/{name}"


class AttachmentQuerySet(RegionScopedQuerySet["Attachment"]):
    def visible_to(self, user: Any) -> Self:
        """Rows whose owner the reader sees: the link decides, the region alone would say too much."""
        owned = models.Q(pk__in=[])
        for link in link_models():
            seen = link.objects.visible_to(user).filter(attachment=models.OuterRef("pk"))
            owned |= models.Q(models.Exists(seen))
        return super().visible_to(user).filter(owned)

    def standing(self) -> Self:
        """Not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class Attachment(models.Model):
    """One photo or document, encrypted in the storage `attachments`; withdrawn with a reason, never deleted.

    A trigger keeps everything but the withdrawal and the region as it was stored.
    """

    # a member sees what he handed in himself
    scope = Scope(
        region="region_id",
        own=Own(
            "uploaded_by_id = {user}",
            lambda me: models.Q(uploaded_by__personnel_id=me),
            adds="uploaded_by_id = {user} AND withdrawn_at IS NULL",
        ),
    )

    class Kind(models.TextChoices):
        PHOTO = "foto", "foto"
        DOCUMENT = "dokumen", "dokumen PDF"

    region = models.ForeignKey(Region, models.PROTECT, verbose_name="wilayah")
    kind = models.CharField("jenis", max_length=10, choices=Kind.choices)
    name = models.CharField("nama berkas", max_length=120)
    digest = models.CharField("SHA-256 berkas yang diunggah", max_length=64)
    media_type = models.CharField("jenis isi", max_length=40)
    size = models.IntegerField("besar (bait)")
    content = models.FileField(storage=private_storage, upload_to=any_name, editable=False)
    thumbnail = models.FileField(storage=private_storage, upload_to=any_name, blank=True, editable=False)
    personal = models.BooleanField("memuat data pribadi")
    latitude = models.DecimalField("lintang", max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField("bujur", max_digits=9, decimal_places=6, null=True, blank=True)
    uploaded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="diunggah oleh")
    uploaded_at = models.DateTimeField("diunggah pada", auto_now_add=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="ditarik oleh")
    withdrawn_at = models.DateTimeField("ditarik pada", null=True)
    withdrawal_reason = models.CharField("alasan ditarik", max_length=300, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "lampiran"
        ordering = ["-id"]
        indexes = [models.Index(fields=["region", "-id"], name="attachment_region")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="foto", media_type="image/jpeg") & ~models.Q(thumbnail="")
                | models.Q(kind="dokumen", media_type="application/pdf", thumbnail=""),
                name="attachment_kind_is_its_content",
            ),
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__gte=-11.5, latitude__lte=6.5, longitude__gte=94.5, longitude__lte=141.5),
                name="attachment_in_indonesia",
                violation_error_message="Koordinat berada di luar Indonesia; periksa lintang dan bujur.",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawal_reason="")
                | models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~models.Q(withdrawal_reason=""),
                name="attachment_withdrawal_complete",
            ),
            models.CheckConstraint(
                condition=models.Q(size__gt=0) & ~models.Q(content=""), name="attachment_has_content"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AttachmentLink(models.Model):
    """Base of one table per owner noun: which row an attachment proves. It is read where its owner is.

    A subclass names its owner with a foreign key, and states `scope = Scope(via=Via(<owner's table>, <column>))`.
    """

    #: the foreign key to what is proved
    owner: ClassVar[str]
    #: whether such a file shows or names a person: opening it then needs the right and leaves an audit event
    personal: ClassVar[bool] = True
    accepts: ClassVar[tuple[str, ...]] = (Attachment.Kind.PHOTO, Attachment.Kind.DOCUMENT)
    #: whoever stores or withdraws one holds any of these in its region
    rights: ClassVar[tuple[Right, ...]] = (Right.ENTER,)
    scope: ClassVar[Scope]

    attachment = models.OneToOneField(Attachment, models.PROTECT, related_name="+", verbose_name="lampiran")

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        abstract = True

    def may_be_written_by(self, actor: Any, region: int) -> bool:
        """Whether the actor may store or withdraw it."""
        return any(reach_of(actor).can(right, region) for right in self.rights)

    def of_same_owner(self) -> models.QuerySet[Any]:
        column = self._meta.get_field(self.owner).attname  # type: ignore[union-attr]
        return type(self).objects.filter(**{column: getattr(self, column)})

    def owner_label(self) -> str:
        """What is proved, in words, for the attachment's page."""
        return str(self._meta.get_field(self.owner).verbose_name)  # type: ignore[union-attr]

    def owner_url(self) -> str:
        raise NotImplementedError

    def withdrawal_refused(self) -> Refusal | None:
        """Why this proof cannot be withdrawn any more, e.g. because something was decided on it."""
        return None


def link_models() -> list[type[AttachmentLink]]:
    return [model for model in apps.get_models() if issubclass(model, AttachmentLink)]
