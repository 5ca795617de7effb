"""What the writing endpoints of this app share: reading an entry, and naming the fields a service refused."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.fields import get_error_detail
from rest_framework.request import Request

from pilar.core.errors import Refusal
from pilar.core.views import constraint_sentence


class EntrySerializer(serializers.Serializer[Any]):
    """`source` names a field as the service does."""

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """Turns a service's field errors into those of this entry, and an unforeseen constraint into a refusal."""
        try:
            yield
        except ValidationError as error:
            raise serializers.ValidationError(self._renamed(get_error_detail(error))) from error
        except IntegrityError as error:
            raise Refusal(constraint_sentence(error), "Data tidak tersimpan.", rule="basis_data") from error

    def _renamed(self, detail: Any) -> Any:
        names = {field.source: name for name, field in self.fields.items()}
        return {names.get(key, key): value for key, value in detail.items()} if isinstance(detail, dict) else detail


class NothingInput(EntrySerializer):
    """The act asks nothing."""


def read(serializer: type[EntrySerializer], request: Request) -> EntrySerializer:
    """The entry, its fields checked one by one. Raises DRF's ValidationError."""
    entry = serializer(data=request.data, context={"request": request})
    entry.is_valid(raise_exception=True)
    return entry


def act_on(summary: str, entry: type[EntrySerializer], path: str, shown: type[Any]) -> Callable[[Any], Any]:
    """What the addresses of acts on one row have in common; `shown` is the serializer of what is answered."""

    def decorated(method: Any) -> Any:
        described = extend_schema(summary=summary, request=entry, responses={200: shown})(method)
        act = action(detail=True, methods=["post"], url_path=path, filterset_class=None, pagination_class=None)
        return act(described)

    return decorated
