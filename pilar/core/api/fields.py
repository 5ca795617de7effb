from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from pilar.core import regions
from pilar.core.models import Region


@extend_schema_field(OpenApiTypes.STR)
class RegionCodeField(serializers.Field[int, str, str, int]):
    """A region's bigint, written as "17.71" or "nasional"; only codes that exist are read."""

    def to_representation(self, value: int) -> str:
        return regions.slug(int(value))

    def to_internal_value(self, data: str) -> Any:
        return self._region(str(data)).pk

    def _region(self, text: str) -> Region:
        try:
            return Region.objects.get(pk=regions.parse(text))
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from error
        except Region.DoesNotExist as error:
            raise serializers.ValidationError(f"Wilayah {text} tidak ada.") from error


class RegionField(RegionCodeField):
    """The same, read as a Region."""

    def to_internal_value(self, data: str) -> Any:
        return self._region(str(data))
