"""Filters of imports and of their faults, shared by pages and API."""

import django_filters as filters

from pilar.core.filters import RegionFilter
from pilar.core.imports.kinds import all_kinds
from pilar.core.imports.reporting import rule_choices
from pilar.core.models import ImportFault, ImportSession


def kind_choices() -> list[tuple[str, str]]:
    return [(kind.code, kind.label) for kind in all_kinds()]


def known_rules() -> list[tuple[str, str]]:
    return rule_choices(all_kinds())


class ImportFilter(filters.FilterSet):
    kind = filters.ChoiceFilter(label="Jenis", choices=kind_choices, empty_label="semua jenis")
    state = filters.ChoiceFilter(label="Keadaan", choices=ImportSession.State.choices, empty_label="semua keadaan")
    region = RegionFilter()

    class Meta:
        model = ImportSession
        fields = ()


class ImportApiFilter(filters.FilterSet):
    jenis = filters.ChoiceFilter(field_name="kind", label="jenis berkas", choices=kind_choices)
    keadaan = filters.ChoiceFilter(field_name="state", label="keadaan impor", choices=ImportSession.State.choices)
    wilayah = RegionFilter()

    class Meta:
        model = ImportSession
        fields = ()


class FaultFilter(filters.FilterSet):
    """Of the faults of one import."""

    rule = filters.ChoiceFilter(label="Kesalahan", choices=known_rules, empty_label="semua kesalahan")

    class Meta:
        model = ImportFault
        fields = ()


class FaultApiFilter(filters.FilterSet):
    """Bound to no model: its rows are listed below another row's address, whose viewset is of imports."""

    aturan = filters.ChoiceFilter(field_name="rule", label="kode aturan", choices=known_rules)
