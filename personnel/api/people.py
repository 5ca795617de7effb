"""People, their assignments and activities."""

from typing import Any, cast

from django.core.exceptions import ValidationError
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from personnel.api.entry import EntrySerializer, act_on, read
from personnel.filters import ActivityFilter, AssignmentFilter, PersonnelFilter
from personnel.models import Activity, Assignment, Personnel
from personnel.rules import AssignmentEntry, PersonEntry
from personnel.services import TAKEN, nik_holder, nik_warnings, personnel_register
from personnel.services.employment import employment_change
from pilar.core.api.fields import RegionCodeField, RegionField
from pilar.core.api.views import GatedViewSet
from pilar.core.models import Pillar, User


class PersonnelSerializer(serializers.ModelSerializer[Personnel]):
    nama = serializers.CharField(source="name")
    nik_samar = serializers.CharField(source="nik_masked", help_text="empat angka pertama dan dua terakhir")
    jenis_kelamin = serializers.ChoiceField(source="sex", choices=Personnel.Sex.choices)
    status_kepegawaian = serializers.ChoiceField(source="employment", choices=Personnel.Employment.choices)
    wilayah = RegionCodeField(source="region_id")
    contoh = serializers.BooleanField(source="is_example")

    class Meta:
        model = Personnel
        fields = ("id", "nama", "nik_samar", "jenis_kelamin", "status_kepegawaian", "wilayah", "contoh")


class AssignmentSerializer(serializers.ModelSerializer[Assignment]):
    personel = serializers.IntegerField(source="person_id")
    pilar = serializers.CharField(source="pillar.code")
    jabatan = serializers.CharField(source="position")
    memiliki_dampingan = serializers.SerializerMethodField(help_text="jabatan ini mendampingi keluarga atau klien")
    wilayah = RegionCodeField(source="region_id")
    utama = serializers.BooleanField(source="is_primary")
    nomor_sk = serializers.CharField(source="sk_number")
    sk_sampai = serializers.DateField(source="sk_until", allow_null=True)
    mulai = serializers.DateField(source="valid_from")
    selesai = serializers.DateField(source="valid_until", allow_null=True)
    sebab_selesai = serializers.CharField(source="end_reason")

    class Meta:
        model = Assignment
        fields = (
            "id", "personel", "pilar", "jabatan", "memiliki_dampingan", "wilayah", "utama", "nomor_sk", "sk_sampai",
            "mulai", "selesai", "sebab_selesai",
        )  # fmt: skip

    def get_memiliki_dampingan(self, row: Assignment) -> bool:
        return row.pillar.looks_after(row.position)


class ActivitySerializer(serializers.ModelSerializer[Activity]):
    tahun = serializers.IntegerField(source="year")
    tanggal = serializers.DateField(source="date")
    personel = serializers.IntegerField(source="person_id")
    pilar = serializers.CharField(source="pillar.code")
    wilayah = RegionCodeField(source="region_id")
    jenis = serializers.CharField(source="kind")
    kelompok = serializers.ListField(
        source="target_groups", child=serializers.IntegerField(), help_text="nomor PAS 1–12"
    )
    jumlah = serializers.IntegerField(source="quantity", help_text="orang yang dijangkau")
    keadaan = serializers.ChoiceField(source="state", choices=Activity.State.choices)

    class Meta:
        model = Activity
        fields = (
            "id", "tahun", "tanggal", "personel", "pilar", "wilayah", "jenis", "kelompok", "jumlah", "keadaan",
        )  # fmt: skip


class PersonnelCreated(PersonnelSerializer):
    peringatan = serializers.ListField(
        source="warnings", child=serializers.CharField(), help_text="perbedaan NIK dengan isian: boleh, tetapi periksa"
    )

    class Meta:
        model = Personnel
        fields = (*PersonnelSerializer.Meta.fields, "peringatan")


class AssignmentInput(serializers.Serializer[Any]):
    """`source` names a field as the service does."""

    pilar = serializers.SlugRelatedField(source="pillar", slug_field="code", queryset=Pillar.objects.all())
    jabatan = serializers.CharField(source="position", max_length=60)
    wilayah = RegionField(source="work_region")
    mulai = serializers.DateField(source="valid_from")
    utama = serializers.BooleanField(source="is_primary", default=True)
    nomor_sk = serializers.CharField(source="sk_number", max_length=80, default="", allow_blank=True)
    tanggal_sk = serializers.DateField(source="sk_date", allow_null=True, default=None)
    sk_sampai = serializers.DateField(source="sk_until", allow_null=True, default=None)
    penerbit_sk = serializers.CharField(source="sk_issuer", max_length=120, default="", allow_blank=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return {"region": attrs.pop("work_region"), **attrs}


class PersonnelInput(serializers.Serializer[Any]):
    nik = serializers.CharField(max_length=24, help_text="16 angka")
    nama = serializers.CharField(source="name", max_length=120)
    jenis_kelamin = serializers.ChoiceField(source="sex", choices=Personnel.Sex.choices)
    tanggal_lahir = serializers.DateField(source="birth_date")
    status_kepegawaian = serializers.ChoiceField(source="employment", choices=Personnel.Employment.choices)
    telepon = serializers.CharField(source="phone", max_length=20, default="", allow_blank=True)
    wilayah = RegionField(source="region", help_text="kabupaten/kota pengelola")
    penugasan = AssignmentInput()

    def register(self, actor: User) -> Personnel:
        """Raises DRF's ValidationError with this entry's own names, those of the assignment below `penugasan`."""
        data = dict(self.validated_data)
        number, assignment = data.pop("nik"), AssignmentEntry(**data.pop("penugasan"))
        try:
            return personnel_register(
                actor=actor,
                nik_text=number,
                person=PersonEntry(**data),
                assignment=assignment,
                today=timezone.localdate(),
            )
        except ValidationError as error:
            raise serializers.ValidationError(self._renamed(error, actor, number)) from error

    def _renamed(self, error: ValidationError, actor: User, number: str) -> dict[str, Any]:
        if any(e.code == TAKEN for e in error.error_dict.get("nik", ())):
            return {"nik": [nik_holder(actor=actor, nik_text=number).sentence]}
        own = {field.source: name for name, field in self.fields.items()}
        below = {field.source: name for name, field in AssignmentInput().fields.items()}
        found: dict[str, Any] = {}
        for source, sentences in error.message_dict.items():
            place = found.setdefault("penugasan", {}) if source in below else found
            place[below.get(source, own.get(source, source))] = sentences
        return found


class EmploymentInput(EntrySerializer):
    status_kepegawaian = serializers.ChoiceField(source="became", choices=Personnel.Employment.choices)
    sejak = serializers.DateField(source="on")
    dasar = serializers.CharField(source="source", max_length=120, default="", allow_blank=True)


class PersonnelViewSet(GatedViewSet):
    """Personel menurut kabupaten/kota pengelola; NIK selalu disamarkan."""

    queryset = Personnel.objects.all()
    serializer_class = PersonnelSerializer
    filterset_class = PersonnelFilter
    ordering = ("name_key", "id")

    @extend_schema(request=PersonnelInput, responses={201: PersonnelCreated})
    def create(self, request: Request) -> Response:
        """Mendaftarkan orang dengan penugasan pertamanya, lewat aturan yang sama dengan halaman."""
        entry = PersonnelInput(data=request.data)
        entry.is_valid(raise_exception=True)
        person = entry.register(cast("User", request.user))
        person.warnings = nik_warnings(person)  # type: ignore[attr-defined]
        return Response(PersonnelCreated(person).data, status=status.HTTP_201_CREATED)

    @act_on("Catat perubahan status kepegawaian", EmploymentInput, "status-kepegawaian", PersonnelSerializer)
    def employment(self, request: Request, pk: str) -> Response:
        """Bulan sebelum tanggalnya tetap dengan status lama."""
        person, entry = self.get_object(), read(EmploymentInput, request)
        with entry.refusing():
            employment_change(actor=request.user, person=person, today=timezone.localdate(), **entry.validated_data)  # type: ignore[arg-type]
        return Response(self.get_serializer(self.get_object()).data)


class AssignmentViewSet(GatedViewSet):
    queryset = Assignment.objects.select_related("pillar")
    serializer_class = AssignmentSerializer
    filterset_class = AssignmentFilter
    ordering = "-id"


class ActivityViewSet(GatedViewSet):
    queryset = Activity.objects.select_related("pillar")
    serializer_class = ActivitySerializer
    filterset_class = ActivityFilter
    ordering = "-id"
