from typing import Any

from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import exceptions
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from pilar.core.paging import SIZE, is_cursor, keyset_page


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
    """The pages' keyset paging in the words of DRF; there is no total.

    DRF's own cursor holds the first field and an offset of 1,000 at most, so a client that reads a long day of
    ("-date", "-id") would be given the same rows for ever.
    """

    page_size_query_param = "page_size"
    max_page_size = 1000
    ordering: Any = "-id"

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        given = request.query_params.get(self.cursor_query_param, "")
        ordering = self.get_ordering(request, queryset, view)
        if given and not is_cursor(given, ordering):
            raise exceptions.NotFound(self.invalid_cursor_message)
        self.address = request.build_absolute_uri()
        self.found = keyset_page(queryset, ordering, given, self.get_page_size(request) or SIZE)
        return list(self.found.rows)

    def get_next_link(self) -> str | None:
        return self._link(self.found.next)

    def get_previous_link(self) -> str | None:
        return self._link(self.found.previous)

    def _link(self, cursor: str) -> str | None:
        return replace_query_param(self.address, self.cursor_query_param, cursor) if cursor else None

    def get_ordering(self, request: Request, queryset: Any, view: Any) -> tuple[str, ...]:
        ordering = getattr(view, "ordering", self.ordering)
        return (ordering,) if isinstance(ordering, str) else tuple(ordering)
