from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from assistance.api.entry import EntrySerializer, read
from assistance.filters.people import BeneficiaryApiFilter
from assistance.models import Beneficiary, GroupMembership
from assistance.services.beneficiaries import Belonging, BeneficiaryEntry, beneficiary_register
from assistance.services.entry import may_see_sensitive
from personnel.models import Personnel
from pilar.core.api.fields import RegionCodeField, RegionField
from pilar.core.api.views import GatedViewSet
from pilar.core.models import TargetGroup
from pilar.core.scoping import narrow_choices


class MembershipSerializer(serializers.ModelSerializer[GroupMembership]):
    kode = serializers.CharField(source="group.code")
    nama = serializers.CharField(source="group.name")
    sejak = serializers.DateField(source="valid_from")
    sampai = serializers.DateField(source="valid_until", allow_null=True)

    class Meta:
        model = GroupMembership
        fields = ("kode", "nama", "sejak", "sampai")


class BeneficiarySerializer(serializers.ModelSerializer[Beneficiary]):
    nama = serializers.CharField(source="name")
    nik_samar = serializers.CharField(source="nik_masked", help_text="NIK tidak pernah keluar utuh dari sini")
    jenis_kelamin = serializers.ChoiceField(source="sex", choices=Personnel.Sex.choices)
    tanggal_lahir = serializers.DateField(source="birth_date")
    wilayah = RegionCodeField(source="region_id")
    kelompok = MembershipSerializer(source="shown_memberships", many=True)
    kelompok_lengkap = serializers.SerializerMethodField(
        help_text="false: kelompok yang merupakan data pribadi spesifik disembunyikan dari pembaca ini"
    )
    contoh = serializers.BooleanField(source="is_example")

    class Meta:
        model = Beneficiary
        fields = (
            "id", "nama", "nik_samar", "jenis_kelamin", "tanggal_lahir", "wilayah", "kelompok", "kelompok_lengkap",
            "contoh",
        )  # fmt: skip

    def get_kelompok_lengkap(self, person: Beneficiary) -> bool:
        return may_see_sensitive(self.context["request"].user)


class BelongingInput(serializers.Serializer[Any]):
    kelompok = serializers.SlugRelatedField(source="group", slug_field="code", queryset=TargetGroup.objects.all())
    sejak = serializers.DateField(source="since")


class BeneficiaryInput(EntrySerializer):
    nama = serializers.CharField(source="name", max_length=120)
    nik = serializers.CharField(max_length=24)
    jenis_kelamin = serializers.ChoiceField(source="sex", choices=Personnel.Sex.choices)
    tanggal_lahir = serializers.DateField(source="birth_date")
    wilayah = RegionField(source="region")
    kelompok = BelongingInput(source="belongings", many=True)


@extend_schema_view(
    list=extend_schema(summary="Penerima manfaat"), retrieve=extend_schema(summary="Satu penerima manfaat")
)
class BeneficiaryViewSet(GatedViewSet):
    queryset = Beneficiary.objects.all()
    serializer_class = BeneficiarySerializer
    filterset_class = BeneficiaryApiFilter

    def get_queryset(self) -> QuerySet[Beneficiary]:
        rows = narrow_choices(GroupMembership.objects.select_related("group"), self.request.user)
        memberships = Prefetch("memberships", rows.order_by("valid_from", "id"), to_attr="shown_memberships")
        found: QuerySet[Beneficiary] = super().get_queryset().prefetch_related(memberships)
        return found

    @extend_schema(summary="Daftarkan penerima", request=BeneficiaryInput, responses={201: BeneficiarySerializer})
    def create(self, request: Request) -> Response:
        entry = read(BeneficiaryInput, request)
        given = dict(entry.validated_data)
        belongings = [Belonging(**belonging) for belonging in given.pop("belongings")]
        with entry.refusing():
            person = beneficiary_register(
                actor=request.user,  # type: ignore[arg-type]
                entry=BeneficiaryEntry(**given, belongings=belongings),
                today=timezone.localdate(),
            )
        shown = self.get_queryset().get(pk=person.pk)
        return Response(self.get_serializer(shown).data, status=status.HTTP_201_CREATED)
