from typing import Any

from django.db import models
from rest_framework import mixins, serializers, viewsets
from rest_framework.response import Response
from rest_framework.views import exception_handler

from pilar.core.errors import Refusal
from pilar.core.scoping import narrow_choices


class GatedRowViewSet(mixins.RetrieveModelMixin, viewsets.GenericViewSet[Any]):
    """One row at a time: it comes through the gate, a foreign one is 404."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return narrow_choices(super().get_queryset(), self.request.user)


class GatedViewSet(GatedRowViewSet, viewsets.ReadOnlyModelViewSet[Any]):
    """Every API list and detail."""


class GatedSerializer(serializers.ModelSerializer[Any]):
    """Related choices pass the same gate as the lists."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        if "request" not in self.context:
            return fields
        for field in fields.values():
            choices = getattr(field, "queryset", None)
            if isinstance(field, serializers.RelatedField) and choices is not None:
                narrowed = narrow_choices(choices.all(), self.context["request"].user)
                setattr(field, "queryset", narrowed)  # noqa: B010 - the stubs take it for a manager
        return fields


def problem_details(error: Exception, context: dict[str, Any]) -> Response | None:
    """RFC 9457. A refusal is 409 with its rule; validation errors name each field."""
    if isinstance(error, Refusal):
        status = 403 if error.rule == "wewenang" else 409
        body = {
            "type": f"/api/galat/{error.rule}",
            "title": error.happened,
            "status": status,
            "detail": error.remedy,
        }
        return Response(body, status=status, content_type="application/problem+json")
    response = exception_handler(error, context)
    if response is None:
        return None
    detail = response.data
    body = {"type": "about:blank", "title": response.reason_phrase, "status": response.status_code}
    if isinstance(detail, dict) and set(detail) == {"detail"}:
        body["detail"] = detail["detail"]
    else:
        body["errors"] = detail
    response.data = body
    response.content_type = "application/problem+json"
    return response
