from typing import Any

from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import exceptions
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request


class StrictFilterBackend(DjangoFilterBackend):
    """An unknown filter is an error that names it: a client must not get unfiltered rows by a typo."""

    paging = frozenset({"cursor", "page_size", "format"})

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        filterset = self.get_filterset(request, queryset, view)
        known = set(filterset.filters) | self.paging if filterset else self.paging
        if unknown := sorted(set(request.query_params) - known):
            raise exceptions.ValidationError({name: ["Saringan ini tidak dikenal."] for name in unknown})
        return super().filter_queryset(request, queryset, view)


class KeysetPagination(CursorPagination):
    """Keyset paging: page 1,000 costs what page 1 costs; there is no total."""

    page_size_query_param = "page_size"
    max_page_size = 1000
    ordering: Any = "-id"

    def get_ordering(self, request: Request, queryset: Any, view: Any) -> tuple[str, ...]:
        ordering = getattr(view, "ordering", self.ordering)
        return (ordering,) if isinstance(ordering, str) else tuple(ordering)
