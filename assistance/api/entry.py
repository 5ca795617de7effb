"""What the writing endpoints of this app share beside `pilar.core.api.entry`."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from assistance.reading import people_names
from pilar.core.api.entry import EntrySerializer, act_on, read
from pilar.core.models import Programme

__all__ = ["EntrySerializer", "PageContext", "ProgrammeField", "act_on", "read"]


class ProgrammeField(serializers.SlugRelatedField[Programme]):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", Programme.objects.all())
        super().__init__(slug_field="code", **kwargs)


class PageContext:
    """For viewsets whose rows show something that is looked up once for the whole page."""

    def looked_up(self, rows: Sequence[Any]) -> dict[str, Any]:
        """What the serializer of these rows finds in its context; by default the names of their people."""
        user = self.request.user  # type: ignore[attr-defined]
        return {"names": people_names(user, [row.beneficiary_id for row in rows])}

    def get_serializer(self, *args: Any, **kwargs: Any) -> Any:
        shown = args[0] if args else []
        rows = shown if isinstance(shown, list) else [shown]
        kwargs["context"] = {**self.get_serializer_context(), **self.looked_up(rows)}  # type: ignore[attr-defined]
        return super().get_serializer(*args, **kwargs)  # type: ignore[misc]
