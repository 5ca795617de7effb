"""People and their assignments."""

from typing import Any, cast

from django.core.exceptions import ValidationError
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from personnel.api.areas import AreaActs
from personnel.api.entry import act_on, read
from personnel.api.people_forms import (
    AccountInput,
    AssignmentInput,
    ChangeInput,
    EmploymentInput,
    EndInput,
    FindInput,
    PersonnelInput,
    ReasonInput,
)
from personnel.api.people_shown import (
    AccountNumberSerializer,
    AccountSavedSerializer,
    AssignmentSerializer,
    PersonnelCreated,
    PersonnelDetailSerializer,
    PersonnelSerializer,
)
from personnel.filters import AssignmentFilter, PersonnelFilter
from personnel.models import Assignment, BankAccount, Personnel, PersonnelPhoto
from personnel.rules import AssignmentEntry, PersonEntry
from personnel.search import SHOWN, people_found
from personnel.services import (
    assignment_add,
    assignment_end,
    nik_warnings,
    personnel_change,
)
from personnel.services.bank import AccountEntry, account_reveal, account_set, account_warnings
from personnel.services.employment import employment_change
from personnel.services.photos import personnel_photo_set
from pilar.core.api.attachments import UploadInput, attachment_stored, attachments_act, attachments_listed
from pilar.core.api.views import GatedViewSet
from pilar.core.models import User
from pilar.core.scoping import narrow_choices


class PersonnelViewSet(GatedViewSet):
    """Personel menurut kabupaten/kota pengelola; NIK selalu disamarkan."""

    queryset = Personnel.objects.all()
    serializer_class = PersonnelSerializer
    filterset_class = PersonnelFilter
    ordering = ("name_key", "id")

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Personnel]]:
        return PersonnelDetailSerializer if self.action == "retrieve" else PersonnelSerializer

    @extend_schema(
        summary="Cari orang sebelum mencatatnya", request=FindInput, responses={200: PersonnelSerializer(many=True)}
    )
    @action(detail=False, methods=["post"], url_path="cari", filterset_class=None, pagination_class=None)
    def find(self, request: Request) -> Response:
        """Lewat badan permintaan, supaya NIK dan telepon tidak ada di alamat. Paling banyak 20 orang."""
        entry = read(FindInput, request)
        with entry.refusing():
            try:
                found = list(people_found(request.user, entry.validated_data["text"])[:SHOWN])
            except ValidationError as error:
                raise ValidationError({"text": error.messages}) from error
        return Response(PersonnelSerializer(found, many=True).data)

    @extend_schema(request=PersonnelInput, responses={201: PersonnelCreated})
    def create(self, request: Request) -> Response:
        """Mendaftarkan orang dengan penugasan pertamanya, lewat aturan yang sama dengan halaman."""
        entry = PersonnelInput(data=request.data)
        entry.is_valid(raise_exception=True)
        person = entry.register(cast("User", request.user))
        person.warnings = nik_warnings(person)  # type: ignore[attr-defined]
        return Response(PersonnelCreated(person).data, status=status.HTTP_201_CREATED)

    @act_on("Ubah data orang", ChangeInput, "ubah", PersonnelCreated)
    def change(self, request: Request, pk: str) -> Response:
        """Ditolak bila orang lain menyimpan sejak `versi` dibaca."""
        person, entry = self.get_object(), read(ChangeInput, request)
        data = dict(entry.validated_data)
        version = data.pop("version")
        with entry.refusing():
            saved = personnel_change(
                actor=request.user,  # type: ignore[arg-type]
                person=person,
                entry=PersonEntry(**data),
                version=version,
                today=timezone.localdate(),
            )
        saved.warnings = nik_warnings(saved)  # type: ignore[attr-defined]
        return Response(PersonnelCreated(saved).data)

    @act_on("Penugasan baru", AssignmentInput, "penugasan", AssignmentSerializer)
    def assign(self, request: Request, pk: str) -> Response:
        person, entry = self.get_object(), read(AssignmentInput, request)
        with entry.refusing():
            row = assignment_add(
                actor=request.user,  # type: ignore[arg-type]
                person=person,
                entry=AssignmentEntry(**entry.validated_data),
                today=timezone.localdate(),
            )
        return Response(AssignmentSerializer(row).data)

    @act_on("Catat rekening", AccountInput, "rekening", AccountSavedSerializer)
    def account(self, request: Request, pk: str) -> Response:
        """Rekening sebelumnya berakhir sehari sebelumnya."""
        person, entry = self.get_object(), read(AccountInput, request)
        user: Any = request.user
        with entry.refusing():
            row = account_set(
                actor=user, person=person, entry=AccountEntry(**entry.validated_data), today=timezone.localdate()
            )
        row.warnings = account_warnings(actor=user, account=row)  # type: ignore[attr-defined]
        return Response(AccountSavedSerializer(row).data)

    @act_on("Tampilkan nomor rekening", ReasonInput, "nomor-rekening", AccountNumberSerializer)
    def account_number(self, request: Request, pk: str) -> Response:
        """Siapa, kapan, dan untuk apa dicatat."""
        person, entry = self.get_object(), read(ReasonInput, request)
        rows = narrow_choices(BankAccount.objects.select_related("person"), request.user)
        if (row := rows.filter(person=person).first()) is None:
            raise NotFound("Rekening belum tercatat.")
        with entry.refusing():
            number = account_reveal(actor=request.user, account=row, **entry.validated_data)  # type: ignore[arg-type]
        return Response({"nomor": number})

    @act_on("Catat perubahan status kepegawaian", EmploymentInput, "status-kepegawaian", PersonnelSerializer)
    def employment(self, request: Request, pk: str) -> Response:
        """Bulan sebelum tanggalnya tetap dengan status lama."""
        person, entry = self.get_object(), read(EmploymentInput, request)
        with entry.refusing():
            employment_change(actor=request.user, person=person, today=timezone.localdate(), **entry.validated_data)  # type: ignore[arg-type]
        return Response(self.get_serializer(self.get_object()).data)

    @attachments_act(UploadInput, "foto")
    def photo(self, request: Request, pk: str) -> Response:
        """Foto orang ini, yang terbaru dahulu; yang baru menarik yang lama."""
        person = self.get_object()
        if request.method == "GET":
            return attachments_listed(self, PersonnelPhoto.objects.filter(person=person))
        entry = read(UploadInput, request)
        with entry.refusing():
            actor = cast("User", request.user)
            found = personnel_photo_set(actor=actor, person=person, now=timezone.now(), **entry.validated_data)
        return attachment_stored(self, found)


class AssignmentViewSet(AreaActs, GatedViewSet):
    queryset = Assignment.objects.select_related("pillar")
    serializer_class = AssignmentSerializer
    filterset_class = AssignmentFilter
    ordering = "-id"

    @act_on("Akhiri penugasan", EndInput, "akhiri", AssignmentSerializer)
    def end(self, request: Request, pk: str) -> Response:
        row, entry = self.get_object(), read(EndInput, request)
        with entry.refusing():
            saved = assignment_end(actor=request.user, assignment=row, **entry.validated_data)  # type: ignore[arg-type]
        return Response(self.get_serializer(saved).data)
