"""Result files and their rows."""

import django_filters as filters

from assistance.models import ResultFile, ResultRow

MATCHES = [choice for choice in ResultRow.Match.choices if choice[0]]


class ResultRowFilter(filters.FilterSet):
    """Of the rows of one file."""

    match = filters.ChoiceFilter(label="Pencocokan", choices=MATCHES, empty_label="semua baris")

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
    pencocokan = filters.ChoiceFilter(field_name="match", label="pencocokan", choices=MATCHES)

    class Meta:
        model = ResultRow
        fields = ()
