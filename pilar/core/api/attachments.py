"""Attachments: their entry by multipart at the owner's address, and the attachment itself at `lampiran`."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from pilar.core.api.entry import EntrySerializer, act_on, read
from pilar.core.api.fields import RegionCodeField
from pilar.core.api.views import GatedRowViewSet
from pilar.core.attachment_cards import links_of, shown_name
from pilar.core.attachments import attachment_read, attachment_withdraw, may_open
from pilar.core.models import Attachment, AttachmentLink
from pilar.core.pages.attachments import file_answer


class AttachmentSerializer(serializers.ModelSerializer[Attachment]):
    wilayah = RegionCodeField(source="region_id")
    jenis = serializers.ChoiceField(source="kind", choices=Attachment.Kind.choices)
    nama = serializers.SerializerMethodField(help_text="nama berkas; jenisnya saja bila Anda tidak boleh membukanya")
    jenis_isi = serializers.CharField(source="media_type")
    besar = serializers.IntegerField(source="size", help_text="bait")
    sidik = serializers.CharField(source="digest", help_text="SHA-256 berkas seperti diunggah")
    data_pribadi = serializers.BooleanField(source="personal", help_text="membuka isinya dicatat di jejak audit")
    boleh_dibuka = serializers.SerializerMethodField()
    lintang = serializers.DecimalField(source="latitude", max_digits=9, decimal_places=6, allow_null=True)
    bujur = serializers.DecimalField(source="longitude", max_digits=9, decimal_places=6, allow_null=True)
    diunggah_pada = serializers.DateTimeField(source="uploaded_at")
    ditarik_pada = serializers.DateTimeField(source="withdrawn_at", allow_null=True)
    alasan_ditarik = serializers.CharField(source="withdrawal_reason")

    class Meta:
        model = Attachment
        fields: tuple[str, ...] = (
            "id", "wilayah", "jenis", "nama", "jenis_isi", "besar", "sidik", "data_pribadi", "boleh_dibuka", "lintang",
            "bujur", "diunggah_pada", "ditarik_pada", "alasan_ditarik",
        )  # fmt: skip

    def get_nama(self, attachment: Attachment) -> str:
        return shown_name(attachment, self.context["request"].user)

    def get_boleh_dibuka(self, attachment: Attachment) -> bool:
        return may_open(self.context["request"].user, attachment)


class UploadInput(EntrySerializer):
    """multipart/form-data. What the file is and whether it fits is told by its content."""

    berkas = serializers.FileField(source="upload", allow_empty_file=True, help_text="paling besar 10 MB")


class PlacedUploadInput(UploadInput):
    lintang = serializers.DecimalField(
        source="latitude", max_digits=9, decimal_places=6, allow_null=True, default=None, help_text="tempat pengambilan"
    )
    bujur = serializers.DecimalField(source="longitude", max_digits=9, decimal_places=6, allow_null=True, default=None)


def attachments_act(
    entry: type[UploadInput], path: str, shown: type[AttachmentSerializer] = AttachmentSerializer, **described: Any
) -> Callable[[Any], Any]:
    """The address below one owner: GET lists its attachments, POST adds one. The method takes (request, pk)."""

    def decorated(method: Any) -> Any:
        listing = extend_schema(methods=["get"], responses={200: shown(many=True)}, **described)(method)
        both = extend_schema(
            methods=["post"], request={"multipart/form-data": entry}, responses={201: shown}, **described
        )(listing)
        act = action(
            detail=True, methods=["get", "post"], url_path=path, filterset_class=None, pagination_class=None,
            parser_classes=[MultiPartParser, FormParser],
        )  # fmt: skip
        return act(both)

    return decorated


def attachments_listed(
    view: GatedRowViewSet, links: Any, shown: type[AttachmentSerializer] = AttachmentSerializer
) -> Response:
    """The attachments behind an owner's links, the latest first; each knows its `link`."""
    rows = [_with_link(link) for link in links_of(links, view.request.user)]
    return Response(shown(rows, many=True, context=view.get_serializer_context()).data)


def attachment_stored(
    view: GatedRowViewSet, link: AttachmentLink, shown: type[AttachmentSerializer] = AttachmentSerializer
) -> Response:
    body = shown(_with_link(link), context=view.get_serializer_context()).data
    return Response(body, status=status.HTTP_201_CREATED)


def _with_link(link: AttachmentLink) -> Attachment:
    link.attachment.link = link  # type: ignore[attr-defined]
    return link.attachment


class WithdrawInput(EntrySerializer):
    alasan = serializers.CharField(source="reason", max_length=300)


class AttachmentViewSet(GatedRowViewSet):
    """Foto dan dokumen bukti. Ditambah di alamat pemiliknya, misalnya `personel/{id}/foto/`; tidak pernah dihapus."""

    queryset = Attachment.objects.all()
    serializer_class = AttachmentSerializer
    filterset_class: Any = None

    @extend_schema(summary="Isi lampiran", responses={200: OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"], url_path="isi", filterset_class=None, pagination_class=None)
    def original(self, request: Request, pk: str) -> HttpResponse:
        """Foto sebagai JPEG, dokumen sebagai PDF; membuka yang memuat data pribadi dicatat di jejak audit."""
        found = self.get_object()
        return file_answer(found, attachment_read(actor=request.user, attachment=found))  # type: ignore[arg-type]

    @act_on("Tarik lampiran", WithdrawInput, "tarik", AttachmentSerializer)
    def withdraw(self, request: Request, pk: str) -> Response:
        """Tetap tersimpan dengan alasannya, tetapi tidak lagi berlaku sebagai bukti."""
        found, entry = self.get_object(), read(WithdrawInput, request)
        with entry.refusing():
            found = attachment_withdraw(
                actor=request.user,  # type: ignore[arg-type]
                attachment=found,
                now=timezone.now(),
                **entry.validated_data,
            )
        return Response(self.get_serializer(found).data)
