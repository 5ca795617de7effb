"""Lists that can be taken away: declared once in an app's `exports.py`, used by page, API and worker.

Columns are expressions that the database works out, so that a file costs little more than COPY itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import SimpleNamespace
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import (
    Case,
    CharField,
    Expression,
    F,
    Func,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.http import QueryDict
from django_filters import FilterSet

from pilar.core import regions
from pilar.core.discovery import discover
from pilar.core.scoping import narrow_choices, reach_of

MASKED = "disamarkan"


class Form(StrEnum):
    TEXT = "teks"
    NUMBER = "angka"
    DATE = "tanggal"


@dataclass(frozen=True)
class Column:
    """Attributes:
    key: name in JSON lines.
    value: an expression or the name of a field; a function of the reader where it must be gated for him.
    personal: masked unless the reader holds the right in the row's region and gave a reason.
    sealed: encrypted in the database, opened in Python; personal as well.
    """

    key: str
    heading: str
    value: str | Expression | F | Callable[[Any], Any]
    form: Form = Form.TEXT
    personal: bool = False
    sealed: bool = False

    @property
    def is_free(self) -> bool:
        """Whether people wrote the text: an expression of ours (words, codes) can hold no formula."""
        return self.form == Form.TEXT and not isinstance(self.value, Expression)

    def expression(self, user: Any) -> Any:
        if isinstance(self.value, str):
            return F(self.value)
        return self.value(user) if callable(self.value) else self.value


@dataclass(frozen=True)
class ListExport:
    """Attributes:
    name: in addresses, e.g. "personel".
    rows: every row there is; the gate and `filters` narrow them.
    ordering: the last field is unique.
    """

    name: str
    title: str
    rows: Callable[[], QuerySet[Any]]
    filters: type[FilterSet]
    columns: Sequence[Column]
    ordering: tuple[str, ...] = ("-id",)

    @property
    def has_personal(self) -> bool:
        return any(column.personal for column in self.columns)


_registry: dict[str, ListExport] = {}


def register(export: ListExport) -> ListExport:
    if export.name in _registry:
        raise ValueError(f"export {export.name} is declared twice")
    _registry[export.name] = export
    return export


def all_exports() -> dict[str, ListExport]:
    discover("exports")
    return dict(sorted(_registry.items()))


def get(name: str) -> ListExport | None:
    discover("exports")
    return _registry.get(name)


# --- rows ----------------------------------------------------------------------------


def filterset_of(export: ListExport, user: Any, query: str) -> FilterSet:
    """The list's own filters, as its page reads them. Raises ValidationError for a filter that is no filter."""
    asked = QueryDict(query)
    known = set(export.filters.base_filters)
    if unknown := sorted(set(asked) - known):
        raise ValidationError({"saringan": f"Saringan tidak dikenal: {', '.join(unknown)}."})
    rows = narrow_choices(export.rows(), user)
    found = export.filters(asked, queryset=rows, request=SimpleNamespace(user=user, GET=asked))
    if not found.is_valid():
        raise ValidationError({"saringan": "; ".join(f"{name}: {' '.join(e)}" for name, e in found.errors.items())})
    return found


def rows_of(export: ListExport, user: Any, query: str) -> QuerySet[Any]:
    found: QuerySet[Any] = filterset_of(export, user, query).qs.order_by(*export.ordering)
    return found


def cells_of(export: ListExport, rows: QuerySet[Any], user: Any, *, personal: bool) -> QuerySet[Any]:
    """The rows as tuples of cells, column by column."""
    values = {f"c{i}": _cell(column, user, personal=personal) for i, column in enumerate(export.columns)}
    found: QuerySet[Any] = rows.annotate(**values).values_list(*values)
    return found


def _cell(column: Column, user: Any, *, personal: bool) -> Any:
    """A personal one is opened by the row's own region."""
    value = column.expression(user)
    if not column.personal:
        return value
    if not personal:
        return Value(MASKED, output_field=TextField())
    opened = Q(pk__in=[])
    for slot in reach_of(user).personal:
        opened |= regions.in_range("region_id", slot.lo, slot.hi)
    if column.sealed:
        return Case(When(opened, then=value), default=None)
    return Case(When(opened, then=as_text(value, column.form)), default=Value(MASKED), output_field=TextField())


def as_text(value: Any, form: Form) -> Any:
    """A day as people here write it; other values as they stand."""
    if form == Form.DATE:
        return Func(value, Value("DD/MM/YYYY"), function="to_char", output_field=CharField())
    return Func(value, template="(%(expressions)s)::text", output_field=TextField())


# --- expressions that many lists share -------------------------------------------------


#: the row's own number, by which its page is found
NUMBER = Column("id", "Nomor PILAR", "id", Form.NUMBER)


def words(model: type[Model], field_name: str) -> Expression:
    """The words of a field with choices."""
    field: Any = model._meta.get_field(field_name)
    whens = [When(**{field_name: value}, then=Value(str(label))) for value, label in field.flatchoices]
    return Case(*whens, default=Value(""), output_field=CharField())


def seen(model: type[Model], key: str, shown: str) -> Callable[[Any], Any]:
    """A value of a related row, through the gate: a row that the reader does not see is left empty, and joins nothing.

    Args:
        key: the field here with the other row's key.
        shown: the field there.
    """

    def expression(user: Any) -> Any:
        rows = narrow_choices(model._default_manager.all(), user).filter(pk=OuterRef(key)).order_by()
        return Subquery(rows.values(shown)[:1])

    return expression


#: a region's code written out, and how much of it its level needs
DOTTED = (
    'left(to_char(%(expressions)s, \'FM00"."00"."00"."0000\'), CASE WHEN %(expressions)s = 0 THEN 0 '
    "WHEN mod(%(expressions)s, 10000) <> 0 THEN 13 WHEN mod(%(expressions)s, 1000000) <> 0 THEN 8 "
    "WHEN mod(%(expressions)s, 100000000) <> 0 THEN 5 ELSE 2 END)"
)


def dotted(field_name: str = "region_id") -> Expression:
    """A region's code as people write it: 1771010000 -> 17.71.01; empty for the nation."""
    return Func(F(field_name), template=DOTTED, output_field=TextField())


def place_columns(region: str = "region", heading: str = "Wilayah") -> tuple[Column, Column]:
    """Code and name of the row's area."""
    return (
        Column(f"kode_{heading.lower().replace(' ', '_')}", f"Kode {heading.lower()}", dotted(f"{region}_id")),
        Column(heading.lower().replace(" ", "_"), heading, F(f"{region}__name")),
    )
