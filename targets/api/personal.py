"""Targets of named people by rule, for REST clients."""

from collections.abc import Callable
from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from pilar.core.api.entry import EntrySerializer, read
from pilar.core.api.fields import RegionCodeField, RegionField
from pilar.core.api.views import GatedViewSet
from pilar.core.models import BudgetYear, Pillar
from targets.api.acts import LISTED
from targets.base_filters import PersonalRuleFilter
from targets.dues import Due, Dues, dues, rules_for
from targets.models import Indicator, PersonalRule, Target
from targets.services.personal import RuleEntry, personal_apply, personalrule_set


class PersonalRuleSerializer(serializers.ModelSerializer[PersonalRule]):
    wilayah = RegionCodeField(source="region_id")
    indikator = serializers.CharField(source="indicator.code")
    rincian = serializers.IntegerField(source="breakdown")
    pilar = serializers.CharField(source="pillar.code")
    cara = serializers.CharField(source="way", help_text="jumlah (setahun) atau persen (dari dampingan)")
    besar = serializers.IntegerField(source="amount")
    berlaku_sejak = serializers.DateField(source="valid_from")
    berlaku_sampai = serializers.DateField(source="valid_until", allow_null=True)
    sumber = serializers.CharField(source="source")

    class Meta:
        model = PersonalRule
        fields = (
            "id", "wilayah", "indikator", "rincian", "pilar", "cara", "besar", "berlaku_sejak", "berlaku_sampai",
            "sumber",
        )  # fmt: skip


class PersonalRuleInput(EntrySerializer):
    wilayah = RegionField(source="region")
    indikator = serializers.SlugRelatedField(source="indicator", slug_field="code", queryset=Indicator.objects.all())
    rincian = serializers.IntegerField(source="breakdown", min_value=1, help_text="nomor program")
    pilar = serializers.SlugRelatedField(source="pillar", slug_field="code", queryset=Pillar.objects.all())
    cara = serializers.ChoiceField(source="way", choices=PersonalRule.Way.choices, default=PersonalRule.Way.NUMBER)
    besar = serializers.IntegerField(source="amount", min_value=1, max_value=10**6)
    berlaku_sejak = serializers.DateField(source="since")
    sumber = serializers.CharField(source="source", max_length=200)


@extend_schema_view(
    list=extend_schema(summary="Daftar aturan target perorangan"),
    retrieve=extend_schema(summary="Satu aturan target perorangan"),
)
class PersonalRuleViewSet(GatedViewSet):
    queryset = PersonalRule.objects.select_related("indicator", "pillar")
    serializer_class = PersonalRuleSerializer
    filterset_class = PersonalRuleFilter

    @extend_schema(summary="Tetapkan aturan", request=PersonalRuleInput, responses={201: PersonalRuleSerializer})
    def create(self, request: Request) -> Response:
        entry = read(PersonalRuleInput, request)
        with entry.refusing():
            rule = personalrule_set(
                actor=request.user,  # type: ignore[arg-type]
                entry=RuleEntry(**entry.validated_data),
            )
        return Response(self.get_serializer(rule).data, status=status.HTTP_201_CREATED)


class DueSerializer(serializers.Serializer[Due]):
    orang = serializers.IntegerField(source="person.pk")
    nama = serializers.CharField(source="person.name")
    hari = serializers.IntegerField(source="days", help_text="hari bertugas dengan dampingan pada tahun itu")
    dampingan = serializers.IntegerField(source="caseload", allow_null=True)
    nilai = serializers.IntegerField(source="value", allow_null=True)
    sekarang = serializers.IntegerField(source="now.value", default=None)


class DuesSerializer(serializers.Serializer[Dues]):
    aturan = PersonalRuleSerializer(source="rule")
    jumlah = serializers.IntegerField(source="total")
    segel = serializers.CharField(source="seal", help_text="kirim kembali untuk menyimpan yang terlihat ini")
    orang = DueSerializer(source="lines", many=True)
    draf = serializers.ListField(child=serializers.IntegerField(), default=list, help_text="versi draf yang ditulis")


class PersonalInput(EntrySerializer):
    tahun = serializers.PrimaryKeyRelatedField(queryset=BudgetYear.objects.all())
    wilayah = RegionCodeField(help_text="kabupaten/kota")
    aturan = serializers.IntegerField(required=False, help_text="nomor aturan; kosong: aturan pertama yang berlaku")
    segel = serializers.CharField(required=False, default="", allow_blank=True, help_text="kosong: tidak disimpan")
    alasan = serializers.CharField(source="reason", max_length=300, required=False, default="", allow_blank=True)


class PersonalActs:
    """Mixed into the viewset of targets."""

    get_object: Callable[[], Target]

    @extend_schema(summary="Target perorangan menurut aturan", request=PersonalInput, responses={200: DuesSerializer})
    @action(**LISTED, url_path="perorangan")
    def by_rule(self, request: Request) -> Response:
        """Tanpa segel: daftar saja. Dengan segel daftar itu: draf target setiap orang ditulis."""
        entry = read(PersonalInput, request)
        data: dict[str, Any] = entry.validated_data
        year, region, today = data["tahun"].pk, data["wilayah"], timezone.localdate()
        rules = rules_for(request.user, year, region)
        rule = next((each for each in rules if data.get("aturan") in (None, each.pk)), None)
        if rule is None:
            raise Http404("Tidak ada aturan yang berlaku di sini pada tahun itu.")
        shown = dues(request.user, year=year, region=region, rule=rule, today=today)
        written: list[Target] = []
        if data["segel"]:
            with entry.refusing():
                written = personal_apply(
                    actor=request.user,  # type: ignore[arg-type]
                    year=year,
                    region=region,
                    rule=rule,
                    seal=data["segel"],
                    today=today,
                    reason=data["reason"],
                )
        return Response(DuesSerializer(shown).data | {"draf": [draft.pk for draft in written]})
