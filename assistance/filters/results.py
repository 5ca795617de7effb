"""Result files and their rows."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet

from assistance.models import ResultFile, ResultRow

FAULTY = "bermasalah"
MATCHES = [*(choice for choice in ResultRow.Match.choices if choice[0]), (FAULTY, "semua yang bermasalah")]
GOOD = (ResultRow.Match.NEW, ResultRow.Match.MATCHED)


class MatchFilter(filters.ChoiceFilter):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(field_name="match", label="Pencocokan", choices=MATCHES, **kwargs)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs.exclude(match__in=GOOD) if value == FAULTY else super().filter(qs, value)


class ResultRowFilter(filters.FilterSet):
    """Of the rows of one file."""

    match = MatchFilter(empty_label="semua baris")

    class Meta:
        model = ResultRow
        fields = ()


class ResultFileFilter(filters.FilterSet):
    state = filters.ChoiceFilter(label="Keadaan", choices=ResultFile.State.choices, empty_label="semua keadaan")

    class Meta:
        model = ResultFile
        fields = ()


class ResultFileApiFilter(filters.FilterSet):
    daftar = filters.NumberFilter(field_name="batch", label="nomor daftar penyaluran")
    keadaan = filters.ChoiceFilter(field_name="state", label="keadaan berkas", choices=ResultFile.State.choices)

    class Meta:
        model = ResultFile
        fields = ()


class ResultRowApiFilter(filters.FilterSet):
    """Bound to no model: its rows are listed below another row's address, whose viewset is of files."""

    pencocokan = MatchFilter()
