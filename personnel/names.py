"""Names of people beside rows about them, as far as the reader may see them."""

from collections.abc import Iterable
from typing import Any, Protocol

from django.db.models import QuerySet

from personnel.models import Personnel
from pilar.core.scoping import narrow_choices

ELSEWHERE = "tercatat di wilayah lain"


class OfPerson(Protocol):
    @property
    def person_id(self) -> int: ...


def people_named(user: Any, rows: Iterable[OfPerson]) -> dict[int, str]:
    """Id -> name, in one query. Never joined in: row security would drop the row with a person kept elsewhere."""
    people = {row.person_id for row in rows}
    return dict(narrow_choices(Personnel.objects.filter(pk__in=people), user).values_list("pk", "name"))


def name_shown(user: Any, row: OfPerson) -> str:
    """The one person's name, or that he is kept elsewhere."""
    return people_named(user, [row]).get(row.person_id, ELSEWHERE)


def of_people_called(rows: QuerySet[Any], user: Any, text: str) -> QuerySet[Any]:
    """Rows about people in the reader's sight of whose name any word begins so; the filter "nama"."""
    people = narrow_choices(Personnel.objects.called(text), user)
    return rows.filter(person__in=people.values("pk"))
