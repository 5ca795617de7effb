from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from assistance.api.entry import PageContext, read
from assistance.api.family import ONE, FamilyActions
from assistance.api.people import (
    BeneficiaryDetailSerializer,
    BeneficiaryInput,
    BeneficiarySerializer,
    ChangeInput,
    CircumstanceInput,
    CircumstanceSerializer,
    EventSerializer,
    MembershipEndInput,
    MembershipInput,
    MembershipSerializer,
    NikInput,
)
from assistance.dossier import dossier_of
from assistance.filters.people import BeneficiaryApiFilter
from assistance.models import Beneficiary, GroupMembership, Participation
from assistance.reading import person_of_nik, sdm_family, sdm_kesos
from assistance.services.beneficiaries import (
    Belonging,
    BeneficiaryEntry,
    PersonFacts,
    beneficiary_change,
    beneficiary_register,
)
from assistance.services.circumstances import CircumstanceEntry, circumstance_record
from assistance.services.memberships import membership_add, membership_end
from assistance.services.twins import twins_of
from assistance.situation import situation_of
from assistance.timeline import timeline_of
from pilar.core.api.views import GatedViewSet
from pilar.core.scoping import narrow_choices


@extend_schema_view(
    list=extend_schema(summary="Penerima manfaat"),
    retrieve=extend_schema(summary="Satu penerima manfaat", responses=BeneficiaryDetailSerializer),
)
class BeneficiaryViewSet(FamilyActions, PageContext, GatedViewSet):
    queryset = Beneficiary.objects.select_related("region")
    serializer_class = BeneficiarySerializer
    filterset_class = BeneficiaryApiFilter

    def get_queryset(self) -> QuerySet[Beneficiary]:
        user = self.request.user
        held = narrow_choices(GroupMembership.objects.select_related("group"), user).order_by("valid_from", "id")
        taking_part = narrow_choices(Participation.objects.select_related("programme", "group"), user)
        found: QuerySet[Beneficiary] = (
            super()
            .get_queryset()
            .prefetch_related(
                Prefetch("memberships", held, to_attr="shown_memberships"),
                Prefetch("participations", taking_part.order_by("-id"), to_attr="shown_participations"),
            )
        )
        return found

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Beneficiary]]:
        return BeneficiarySerializer if self.action == "list" else BeneficiaryDetailSerializer

    def looked_up(self, rows: Sequence[Beneficiary]) -> dict[str, Any]:
        today = timezone.localdate()
        ids = [row.pk for row in rows]
        known: dict[str, Any] = {"serving": sdm_kesos(ids, today), "related": sdm_family(ids, today)}
        if self.action == "list":
            return known
        (person,) = rows
        dossier = dossier_of(self.request.user, person)
        return known | {
            "situation": situation_of(dossier, today),
            "circumstances": dossier.circumstances,
            "cards": dossier.cards,
            "guardians": dossier.guardians,
            "twins": twins_of(
                self.request.user,  # type: ignore[arg-type]
                name=person.name,
                birth_date=person.birth_date,
                region=person.region,
                but=person.pk,
            ),
        }

    def _shown(self, person: Beneficiary, code: int = status.HTTP_200_OK) -> Response:
        return Response(self.get_serializer(self.get_queryset().get(pk=person.pk)).data, status=code)

    @extend_schema(summary="Daftarkan penerima", request=BeneficiaryInput, responses={201: BeneficiaryDetailSerializer})
    def create(self, request: Request) -> Response:
        """Yang mirip (nama dan tanggal lahir, atau nama dan desa) ditolak sampai orang_berbeda dikirim true."""
        entry = read(BeneficiaryInput, request)
        given = dict(entry.validated_data)
        belongings = [Belonging(**belonging) for belonging in given.pop("belongings")]
        different = given.pop("different")
        with entry.refusing():
            person = beneficiary_register(
                actor=request.user,  # type: ignore[arg-type]
                entry=BeneficiaryEntry(**given, belongings=belongings),
                today=timezone.localdate(),
                different=different,
            )
        return self._shown(person, status.HTTP_201_CREATED)

    @extend_schema(summary="Cari penerima dengan NIK", request=NikInput, responses=BeneficiaryDetailSerializer)
    @action(detail=False, methods=["post"], url_path="cari-nik", **ONE)
    def by_nik(self, request: Request) -> Response:
        """NIK dikirim di badan permintaan, tidak pernah di alamat; 404 bila tidak ada di wilayah pembaca."""
        entry = read(NikInput, request)
        try:
            person = person_of_nik(request.user, entry.validated_data["nik"])
        except ValidationError as error:
            raise serializers.ValidationError({"nik": error.messages}) from error
        if person is None:
            raise Http404("Tidak ada penerima dengan NIK itu di wilayah Anda.")
        return self._shown(person)

    @extend_schema(summary="Riwayat satu penerima", responses=EventSerializer(many=True))
    @action(detail=True, methods=["get"], url_path="riwayat", **ONE)
    def timeline(self, request: Request, pk: str) -> Response:
        """Usulan, verval, kepesertaan, penyaluran, usul-sanggah, dan graduasi; yang terbaru lebih dahulu."""
        events: Any = timeline_of(dossier_of(request.user, self.get_object()))
        return Response(EventSerializer(events, many=True).data)

    @extend_schema(summary="Ubah data penerima", request=ChangeInput, responses=BeneficiaryDetailSerializer)
    @action(detail=True, methods=["post"], url_path="ubah", **ONE)
    def change(self, request: Request, pk: str) -> Response:
        person, entry = self.get_object(), read(ChangeInput, request)
        given = dict(entry.validated_data)
        version = given.pop("version")
        with entry.refusing():
            beneficiary_change(
                actor=request.user,  # type: ignore[arg-type]
                person=person,
                facts=PersonFacts(**given),
                version=version,
                today=timezone.localdate(),
            )
        return self._shown(person)

    @extend_schema(summary="Tambah kelompok PAS", request=MembershipInput, responses={201: MembershipSerializer})
    @action(detail=True, methods=["post"], url_path="kelompok", **ONE)
    def membership(self, request: Request, pk: str) -> Response:
        person, entry = self.get_object(), read(MembershipInput, request)
        with entry.refusing():
            row = membership_add(
                actor=request.user,  # type: ignore[arg-type]
                person=person,
                today=timezone.localdate(),
                **entry.validated_data,
            )
        return Response(MembershipSerializer(row).data, status=status.HTTP_201_CREATED)

    @extend_schema(summary="Akhiri kelompok PAS", request=MembershipEndInput, responses=MembershipSerializer)
    @action(detail=True, methods=["post"], url_path="kelompok/akhiri", **ONE)
    def membership_end(self, request: Request, pk: str) -> Response:
        person, entry = self.get_object(), read(MembershipEndInput, request)
        membership = entry.validated_data["membership"]
        if membership.beneficiary_id != person.pk:
            raise serializers.ValidationError({"keanggotaan": ["Keanggotaan ini bukan milik penerima itu."]})
        with entry.refusing():
            row = membership_end(
                actor=request.user,  # type: ignore[arg-type]
                membership=membership,
                on=entry.validated_data["on"],
                today=timezone.localdate(),
            )
        return Response(MembershipSerializer(row).data)

    @extend_schema(summary="Catat keadaan", request=CircumstanceInput, responses={201: CircumstanceSerializer})
    @action(detail=True, methods=["post"], url_path="keadaan", **ONE)
    def circumstance(self, request: Request, pk: str) -> Response:
        person, entry = self.get_object(), read(CircumstanceInput, request)
        with entry.refusing():
            row = circumstance_record(
                actor=request.user,  # type: ignore[arg-type]
                person=person,
                entry=CircumstanceEntry(**entry.validated_data),
                today=timezone.localdate(),
            )
        return Response(CircumstanceSerializer(row).data, status=status.HTTP_201_CREATED)
