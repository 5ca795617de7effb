"""One attachment: its page, its bytes, and taking it back."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from pilar.core import places
from pilar.core.attachment_cards import hidden_because, shown_name, size_of, where_of
from pilar.core.attachments import attachment_read, attachment_withdraw, link_of, may_open, may_write, thumbnail_read
from pilar.core.formatting import waktu
from pilar.core.models import Attachment, User
from pilar.core.scoping import narrow_choices
from pilar.core.views import GatedForm, PageMixin, PageView, ServiceFormView

#: bytes that strangers made are looked at or saved, and run nothing
SANDBOX = "default-src 'none'; frame-ancestors 'none'; sandbox"
ACCEPT_PHOTO = "image/jpeg,image/png,image/webp"
ACCEPT_ANY = f"{ACCEPT_PHOTO},application/pdf"


def file_answer(attachment: Attachment, content: bytes, *, media_type: str = "") -> HttpResponse:
    """A photo may be shown in the page; a document is only ever saved."""
    answer = HttpResponse(content, content_type=media_type or attachment.media_type)
    photo = attachment.kind == Attachment.Kind.PHOTO
    ending = "jpg" if photo else "pdf"
    shown = "inline" if photo else "attachment"
    answer["Content-Disposition"] = f'{shown}; filename="lampiran-{attachment.pk}.{ending}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = SANDBOX
    answer["Cache-Control"] = "private, no-store"
    return answer


class UploadForm(GatedForm):
    """One file. What it is and whether it fits is said by the service, so an empty one gets there too."""

    upload = forms.FileField(
        label="Berkas",
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ACCEPT_ANY}),
        help_text="Foto JPG, PNG, atau WebP, atau dokumen PDF; paling besar 10 MB",
        error_messages={"required": "Pilih berkasnya dahulu.", "invalid": "Tidak ada berkas yang terkirim; coba lagi."},
    )


class PhotoForm(UploadForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["upload"]
        field.label = "Foto"
        field.help_text = "JPG, PNG, atau WebP; paling besar 10 MB dan 30 juta piksel. Lokasi di dalam foto dibuang."
        field.widget.attrs["accept"] = ACCEPT_PHOTO


class OneAttachment(PageMixin):
    kwargs: dict[str, Any]

    @cached_property
    def attachment(self) -> Attachment:
        found = narrow_choices(Attachment.objects.all(), self.request.user).filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404("Lampiran ini tidak ada.")
        return found


class AttachmentDetailView(OneAttachment, PageView):
    for_members = True
    template_name = "core/attachment_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found, user = self.attachment, self.request.user
        link = link_of(found, user)
        return super().get_context_data(**kwargs) | {
            "title": shown_name(found, user),
            "attachment": found,
            "thumbnail": thumbnail_url(found, user),
            "hidden": hidden_because(found, user),
            "may_open": may_open(user, found),
            "recorded": found.personal,
            "may_withdraw": found.withdrawn_at is None and may_write(user, link, found.region_id),
            "owner": link and {"label": link.owner_label(), "url": link.owner_url()},
            "facts": self.facts(found),
        }

    def facts(self, found: Attachment) -> list[dict[str, Any]]:
        ids = [found.uploaded_by_id, found.withdrawn_by_id]
        officers: dict[int, str] = dict(
            narrow_choices(User.objects.filter(pk__in=ids), self.request.user).values_list("pk", "name")
        )

        def by(pk: int | None) -> str:
            return officers.get(pk or 0, "petugas di luar wilayah Anda")

        rows = [
            {"label": "Jenis", "value": f"{found.get_kind_display()}, {size_of(found.size)}"},
            {"label": "Wilayah", "value": places.labels([found.region])[found.region_id]},
            {"label": "Tempat pengambilan", "value": where_of(found.latitude, found.longitude)},
            {"label": "Diunggah", "value": f"{waktu(found.uploaded_at)} oleh {by(found.uploaded_by_id)}"},
            {"label": "Sidik SHA-256", "value": found.digest[:16], "note": "dari berkas seperti diunggah"},
        ]
        if found.withdrawn_at:
            said = f"{waktu(found.withdrawn_at)} oleh {by(found.withdrawn_by_id)}: {found.withdrawal_reason}"
            rows.append({"label": "Ditarik", "value": said})
        return rows


def thumbnail_url(found: Attachment, reader: Any) -> str:
    """Empty for a document, and for who may not see the photo."""
    photo = found.kind == Attachment.Kind.PHOTO and may_open(reader, found)
    return reverse("attachment-thumbnail", args=[found.pk]) if photo else ""


class AttachmentOriginalView(OneAttachment, PageView):
    """The file itself; of a person's one the reading goes into the audit trail."""

    for_members = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return file_answer(self.attachment, attachment_read(actor=self.actor, attachment=self.attachment))


class AttachmentThumbnailView(OneAttachment, PageView):
    for_members = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.attachment.kind != Attachment.Kind.PHOTO:
            raise Http404("Dokumen tidak punya gambar kecil.")
        return file_answer(self.attachment, thumbnail_read(actor=self.actor, attachment=self.attachment))


class WithdrawForm(GatedForm):
    reason = forms.CharField(
        label="Mengapa ditarik",
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text="Tampil di tempat lampiran dan tersimpan di jejak audit",
    )


class AttachmentWithdrawView(OneAttachment, ServiceFormView):
    title = "Tarik lampiran"
    form_class = WithdrawForm
    done_message = "Lampiran ditarik."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "lead": shown_name(self.attachment, self.request.user),
            "submit_label": "Tarik lampiran",
            "danger": True,
            "consequence": "Lampiran tidak lagi berlaku sebagai bukti. Isinya tetap tersimpan untuk pemeriksaan.",
            "cancel_url": reverse("attachment-detail", args=[self.attachment.pk]),
        }

    def serve(self, form: WithdrawForm) -> Attachment:
        reason = form.cleaned_data["reason"]
        return attachment_withdraw(actor=self.actor, attachment=self.attachment, reason=reason, now=timezone.now())

    def get_done_url(self, saved: Any) -> str:
        return reverse("attachment-detail", args=[saved.pk])
