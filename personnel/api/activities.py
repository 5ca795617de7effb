"""Activities and their kinds."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from personnel.activity_reading import group_names, groups_shown
from personnel.api.entry import EntrySerializer, NothingInput, act_on, read
from personnel.filters import ActivityApiFilter, ActivityKindFilter, ActivityStepFilter
from personnel.kinds import OWN, Type
from personnel.models import NEWEST_FIRST, Activity, ActivityKind, ActivityPhoto, ActivityStep, Personnel
from personnel.services import activities as service
from personnel.services.photos import activity_photo_add
from pilar.core.api.attachments import PlacedUploadInput, attachment_stored, attachments_act, attachments_listed
from pilar.core.api.fields import RegionCodeField, RegionField
from pilar.core.api.views import GatedViewSet
from pilar.core.models import Pillar, Programme, TargetGroup
from pilar.core.scoping import narrow_choices


class KindFieldSerializer(serializers.Serializer[dict[str, Any]]):
    nama = serializers.CharField(source="name", help_text="nama di dalam `isian` kegiatan")
    sebutan = serializers.CharField(source="label")
    tipe_isian = serializers.ChoiceField(source="type", choices=[(one.value, one.value) for one in Type])
    wajib = serializers.BooleanField(source="required", default=False)
    pilihan = serializers.ListField(source="choices", child=serializers.CharField(), required=False)


class ActivityKindSerializer(serializers.ModelSerializer[ActivityKind]):
    kode = serializers.CharField(source="code")
    nama = serializers.CharField(source="name")
    pilar = serializers.SerializerMethodField()
    program = serializers.CharField(source="programme.code", allow_null=True, default=None)
    sebutan_jumlah = serializers.CharField(source="reach_label")
    isian = KindFieldSerializer(source="fields", many=True)
    dengan_tangan = serializers.BooleanField(
        source="by_hand", help_text="salah: tercatat sendiri bersama tindakannya di Bantuan"
    )

    class Meta:
        model = ActivityKind
        fields = ("id", "kode", "nama", "pilar", "program", "sebutan_jumlah", "isian", "dengan_tangan")

    @cached_property
    def _codes(self) -> dict[int, str]:
        return dict(Pillar.objects.values_list("pk", "code"))

    def get_pilar(self, row: ActivityKind) -> list[str]:
        return [self._codes[pk] for pk in row.pillars if pk in self._codes]


class ActivitySerializer(serializers.ModelSerializer[Activity]):
    tahun = serializers.IntegerField(source="year")
    tanggal = serializers.DateField(source="date")
    personel = serializers.IntegerField(source="person_id")
    pilar = serializers.CharField(source="pillar.code")
    program = serializers.CharField(source="programme.code", allow_null=True, default=None)
    wilayah = RegionCodeField(source="region_id")
    jenis = serializers.CharField(source="kind.code")
    nama_jenis = serializers.CharField(source="kind.name")
    isian = serializers.DictField(source="details", help_text="menurut jenisnya, lihat /api/v1/jenis-kegiatan/")
    kelompok = serializers.SerializerMethodField(help_text="nomor PAS 1–12 yang boleh Anda lihat")
    jumlah = serializers.IntegerField(source="quantity", help_text="orang atau keluarga yang dijangkau")
    uraian = serializers.CharField(source="note")
    daftar = serializers.IntegerField(source="batch_id", allow_null=True, help_text="daftar penyaluran yang dipantau")
    keadaan = serializers.ChoiceField(source="state", choices=Activity.State.choices)
    catatan_pengembalian = serializers.CharField(source="returned_note")
    tindakan_asal = serializers.CharField(
        source="act", allow_null=True, help_text="terisi bila tercatat bersama tindakan di Bantuan"
    )
    versi = serializers.IntegerField(source="version")
    contoh = serializers.BooleanField(source="is_example")

    class Meta:
        model = Activity
        fields = (
            "id", "tahun", "tanggal", "personel", "pilar", "program", "wilayah", "jenis", "nama_jenis", "isian",
            "kelompok", "jumlah", "uraian", "daftar", "keadaan", "catatan_pengembalian", "tindakan_asal", "versi",
            "contoh",
        )  # fmt: skip

    @cached_property
    def _groups(self) -> dict[int, TargetGroup]:
        return group_names()

    def get_kelompok(self, row: Activity) -> list[int]:
        return groups_shown(self.context["request"].user, row, self._groups)


class ActivityStepSerializer(serializers.ModelSerializer[ActivityStep]):
    kegiatan = serializers.IntegerField(source="activity_id")
    dari = serializers.CharField(source="was", help_text="kosong pada langkah pertama")
    menjadi = serializers.ChoiceField(source="became", choices=Activity.State.choices)
    tanggal = serializers.DateField(source="on")
    oleh = serializers.CharField(source="actor_name")
    kantor = serializers.CharField(source="office")
    catatan = serializers.CharField(source="note")

    class Meta:
        model = ActivityStep
        fields = ("id", "kegiatan", "dari", "menjadi", "tanggal", "oleh", "kantor", "catatan")


class ActivityContent(EntrySerializer):
    """What may change while it is a draft or was sent back."""

    tanggal = serializers.DateField(source="date")
    wilayah = RegionField(source="region")
    jumlah = serializers.IntegerField(source="quantity", min_value=0)
    kelompok = serializers.ListField(
        source="groups", child=serializers.IntegerField(), default=list, help_text="nomor PAS 1–12"
    )
    isian = serializers.DictField(source="details", default=dict)
    uraian = serializers.CharField(source="note", max_length=500, default="", allow_blank=True)
    program = serializers.SlugRelatedField(
        source="programme", slug_field="code", queryset=Programme.objects.all(), default=None, allow_null=True
    )
    daftar = serializers.IntegerField(source="stage", default=None, allow_null=True)
    ajukan = serializers.BooleanField(source="submit", default=True, help_text="salah: simpan sebagai draf")

    def _renamed(self, detail: Any) -> Any:
        """A kind's own fields stand below `isian`, as they were sent."""
        if not isinstance(detail, dict):
            return detail
        own = {key.removeprefix(OWN): value for key, value in detail.items() if key.startswith(OWN)}
        rest = super()._renamed({key: value for key, value in detail.items() if not key.startswith(OWN)})
        return rest | ({"isian": own} if own else {})


class ActivityInput(ActivityContent, EntrySerializer):
    personel = serializers.PrimaryKeyRelatedField(source="person", queryset=Personnel.objects.all())
    pilar = serializers.SlugRelatedField(source="pillar", slug_field="code", queryset=Pillar.objects.all())
    jenis = serializers.SlugRelatedField(source="kind", slug_field="code", queryset=ActivityKind.objects.all())


class ActivityChangeInput(ActivityContent):
    versi = serializers.IntegerField(source="version", help_text="yang Anda baca; ditolak bila sudah berubah")


class ActivityReturnInput(EntrySerializer):
    catatan = serializers.CharField(source="note", max_length=300)


@extend_schema_view(list=extend_schema(summary="Jenis kegiatan"), retrieve=extend_schema(summary="Satu jenis kegiatan"))
class ActivityKindViewSet(GatedViewSet):
    """Siapa yang melakukannya dan apa yang ditanyakan."""

    for_members = ("list", "retrieve")

    queryset = ActivityKind.objects.select_related("programme")
    serializer_class = ActivityKindSerializer
    filterset_class = ActivityKindFilter
    ordering = "id"


@extend_schema_view(list=extend_schema(summary="Kegiatan"), retrieve=extend_schema(summary="Satu kegiatan"))
class ActivityViewSet(GatedViewSet):
    """Hanya yang terverifikasi dihitung dalam capaian."""

    for_members = ("list", "retrieve", "create", "change", "submit", "photos")

    queryset = Activity.objects.select_related("pillar", "programme", "kind")
    serializer_class = ActivitySerializer
    filterset_class = ActivityApiFilter
    ordering = NEWEST_FIRST

    @extend_schema(summary="Catat kegiatan", request=ActivityInput, responses={201: ActivitySerializer})
    def create(self, request: Request) -> Response:
        entry = read(ActivityInput, request)
        data = dict(entry.validated_data)
        submit = data.pop("submit")
        with entry.refusing():
            row = service.activity_file(
                actor=request.user,  # type: ignore[arg-type]
                entry=service.ActivityEntry(**data),
                submit=submit,
                today=timezone.localdate(),
            )
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)

    @act_on("Ubah draf atau yang dikembalikan", ActivityChangeInput, "ubah", ActivitySerializer)
    def change(self, request: Request, pk: str) -> Response:
        row, entry = self.get_object(), read(ActivityChangeInput, request)
        data = dict(entry.validated_data)
        submit, version = data.pop("submit"), data.pop("version")
        person = narrow_choices(Personnel.objects.all(), request.user).filter(pk=row.person_id).first()
        if person is None:
            raise serializers.ValidationError({"personel": ["Orang ini tercatat di wilayah lain."]})
        with entry.refusing():
            saved = service.activity_change(
                actor=request.user,  # type: ignore[arg-type]
                activity=row,
                entry=service.ActivityEntry(person=person, pillar=row.pillar, kind=row.kind, **data),
                version=version,
                submit=submit,
                today=timezone.localdate(),
            )
        return Response(self.get_serializer(saved).data)

    @attachments_act(PlacedUploadInput, "foto", summary="Foto kegiatan")
    def photos(self, request: Request, pk: str) -> Response:
        """Sampai kegiatannya terverifikasi. Lokasi di dalam berkas dibuang; yang disimpan `lintang` dan `bujur`."""
        row = self.get_object()
        if request.method == "GET":
            return attachments_listed(self, ActivityPhoto.objects.filter(activity=row, year=row.year))
        entry = read(PlacedUploadInput, request)
        with entry.refusing():
            link = activity_photo_add(actor=request.user, activity=row, **entry.validated_data)  # type: ignore[arg-type]
        return attachment_stored(self, link)

    @act_on("Ajukan", NothingInput, "ajukan", ActivitySerializer)
    def submit(self, request: Request, pk: str) -> Response:
        return self._act(service.activity_submit, NothingInput)

    @act_on("Verifikasi", NothingInput, "verifikasi", ActivitySerializer)
    def verify(self, request: Request, pk: str) -> Response:
        """Oleh yang berwenang memeriksa pilar itu, bukan oleh yang mencatat atau mengajukan."""
        return self._act(service.activity_verify, NothingInput)

    @act_on("Kembalikan dengan catatan", ActivityReturnInput, "kembalikan", ActivitySerializer)
    def send_back(self, request: Request, pk: str) -> Response:
        return self._act(service.activity_return, ActivityReturnInput)

    def _act(self, serve: Callable[..., Any], form: type[EntrySerializer]) -> Response:
        row, entry = self.get_object(), read(form, self.request)
        with entry.refusing():
            saved = serve(actor=self.request.user, activity=row, today=timezone.localdate(), **entry.validated_data)
        return Response(self.get_serializer(saved).data)


@extend_schema_view(list=extend_schema(summary="Riwayat kegiatan"), retrieve=extend_schema(summary="Satu langkah"))
class ActivityStepViewSet(GatedViewSet):
    """Langkah demi langkah: oleh siapa, kapan, mengapa. Satu kegiatan: `?kegiatan=<id>`."""

    for_members = ("list", "retrieve")

    queryset = ActivityStep.objects.all()
    serializer_class = ActivityStepSerializer
    filterset_class = ActivityStepFilter
    ordering = "-id"
