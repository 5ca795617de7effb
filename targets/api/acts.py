"""Acts on targets by POST: submit, approve, send back, drop a draft, one or many at once; and their history."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.fields import get_error_detail
from rest_framework.request import Request
from rest_framework.response import Response

from targets.models import Target, TargetStep
from targets.services import approval as service
from targets.services.plan import target_drop

MANY = 200
PLAIN: dict[str, Any] = {"detail": True, "methods": ["post"], "filterset_class": None, "pagination_class": None}
LISTED: dict[str, Any] = PLAIN | {"detail": False}


class NothingInput(serializers.Serializer[Any]):
    """No fields."""


class ApproveInput(serializers.Serializer[Any]):
    catatan = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class TargetSendBackInput(serializers.Serializer[Any]):
    catatan = serializers.CharField(max_length=300, help_text="apa yang harus diperbaiki")


class ManyInput(serializers.Serializer[Any]):
    """Numbers of versions; one that the caller does not see is an error."""

    target = serializers.PrimaryKeyRelatedField(queryset=Target.objects.none(), many=True)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        if "request" in self.context:
            user = self.context["request"].user
            seen = Target.objects.visible_to(user).select_related("indicator", "region")
            fields["target"].child_relation.queryset = seen  # type: ignore[attr-defined]
        return fields

    def validate_target(self, found: list[Target]) -> list[Target]:
        if not found:
            raise serializers.ValidationError("Pilih sedikitnya satu target.")
        if len(found) > MANY:
            raise serializers.ValidationError(f"Paling banyak {MANY} target sekali putus.")
        return list({target.pk: target for target in found}.values())


class ManySendBackInput(ManyInput, TargetSendBackInput):
    pass


class RefusedSerializer(serializers.Serializer[Any]):
    target = serializers.IntegerField(source="target.pk")
    aturan = serializers.CharField(source="refusal.rule")
    sebab = serializers.CharField(source="refusal.happened")
    tindakan = serializers.CharField(source="refusal.remedy")


class OutcomeSerializer(serializers.Serializer[Any]):
    """Each by itself: those that moved, and those refused with their reason."""

    selesai = serializers.SerializerMethodField()
    ditolak = RefusedSerializer(source="refused", many=True)

    def get_selesai(self, outcome: service.Outcome) -> list[int]:
        return [target.pk for target in outcome.done]


class TargetStepSerializer(serializers.ModelSerializer[TargetStep]):
    dari = serializers.CharField(source="was")
    menjadi = serializers.CharField(source="became")
    waktu = serializers.DateTimeField(source="at")
    oleh = serializers.CharField(source="actor_name")
    catatan = serializers.CharField(source="note")

    class Meta:
        model = TargetStep
        fields = ("dari", "menjadi", "waktu", "oleh", "catatan")


@contextmanager
def refusing(names: dict[str, str]) -> Iterator[None]:
    """Turns a service's field errors into those of the entry; `names`: the service's field -> the entry's."""
    try:
        yield
    except ValidationError as error:
        detail = get_error_detail(error)
        if isinstance(detail, dict):
            detail = {names.get(key, key): value for key, value in detail.items()}
        raise serializers.ValidationError(detail) from error


def _user(request: Request) -> Any:
    """The signed-in user; nobody else gets through."""
    return request.user


class TargetActs:
    """Mixed into the viewset of targets."""

    get_object: Callable[[], Any]
    get_serializer: Callable[..., Any]
    get_serializer_context: Callable[[], dict[str, Any]]

    @extend_schema(summary="Ajukan draf", request=NothingInput)
    @action(**PLAIN, url_path="ajukan")
    def submit(self, request: Request, pk: str) -> Response:
        target = service.target_submit(actor=_user(request), target=self.get_object(), today=timezone.localdate())
        return Response(self.get_serializer(target).data)

    @extend_schema(summary="Setujui", request=ApproveInput)
    @action(**PLAIN, url_path="setujui")
    def approve(self, request: Request, pk: str) -> Response:
        """Oleh tingkat di atas wilayah target, bukan oleh pengusulnya."""
        target, data = self.get_object(), self._read(request, ApproveInput)
        done = service.target_approve(
            actor=_user(request), target=target, today=timezone.localdate(), note=data["catatan"]
        )
        return Response(self.get_serializer(done).data)

    @extend_schema(summary="Kembalikan dengan catatan", request=TargetSendBackInput)
    @action(**PLAIN, url_path="kembalikan")
    def send_back(self, request: Request, pk: str) -> Response:
        target, data = self.get_object(), self._read(request, TargetSendBackInput)
        with refusing({"note": "catatan"}):
            done = service.target_send_back(actor=_user(request), target=target, note=data["catatan"])
        return Response(self.get_serializer(done).data)

    @extend_schema(summary="Hapus draf yang belum pernah diajukan", request=NothingInput, responses={204: None})
    @action(**PLAIN, url_path="hapus-draf")
    def drop(self, request: Request, pk: str) -> Response:
        target_drop(actor=_user(request), target=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(summary="Riwayat satu versi", responses={200: TargetStepSerializer(many=True)})
    @action(detail=True, methods=["get"], url_path="riwayat", filterset_class=None, pagination_class=None)
    def history(self, request: Request, pk: str) -> Response:
        """Langkah dan catatannya; terbaca di wilayah target itu."""
        steps = TargetStep.objects.visible_to(request.user).filter(target=self.get_object())
        return Response(TargetStepSerializer(steps, many=True).data)

    @extend_schema(
        operation_id="target_ajukan_banyak",
        summary="Ajukan banyak draf",
        request=ManyInput,
        responses={200: OutcomeSerializer},
    )
    @action(**LISTED, url_path="ajukan")
    def submit_many(self, request: Request) -> Response:
        data = self._read(request, ManyInput)
        return self._outcome(
            service.targets_submit(actor=_user(request), targets=data["target"], today=timezone.localdate())
        )

    @extend_schema(
        operation_id="target_setujui_banyak",
        summary="Setujui banyak",
        request=ManyInput,
        responses={200: OutcomeSerializer},
    )
    @action(**LISTED, url_path="setujui")
    def approve_many(self, request: Request) -> Response:
        data = self._read(request, ManyInput)
        return self._outcome(
            service.targets_approve(actor=_user(request), targets=data["target"], today=timezone.localdate())
        )

    @extend_schema(
        operation_id="target_kembalikan_banyak",
        summary="Kembalikan banyak",
        request=ManySendBackInput,
        responses={200: OutcomeSerializer},
    )
    @action(**LISTED, url_path="kembalikan")
    def send_back_many(self, request: Request) -> Response:
        data = self._read(request, ManySendBackInput)
        targets: Sequence[Target] = data["target"]
        with refusing({"note": "catatan"}):
            outcome = service.targets_send_back(actor=_user(request), targets=targets, note=data["catatan"])
        return self._outcome(outcome)

    def _read(self, request: Request, serializer: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        entry = serializer(data=request.data, context=self.get_serializer_context())
        entry.is_valid(raise_exception=True)
        data: dict[str, Any] = entry.validated_data
        return data

    def _outcome(self, outcome: service.Outcome) -> Response:
        return Response(OutcomeSerializer(outcome).data)
