from typing import Any, Self, TypeVar

from django.db import models

from pilar.core.scoping import RegionScopedQuerySet

M = TypeVar("M", bound=models.Model)
LAST = "\U0010ffff"


@models.CharField.register_lookup
class Begins(models.Lookup):
    """`name_key__begins`: LIKE is not leakproof and loses its index under a policy; these operators keep it.

    A lookup names its column as the query does, so it also works through a join and in a sub-query.
    """

    lookup_name = "begins"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        column, params = self.process_lhs(compiler, connection)
        place, values = self.process_rhs(compiler, connection)
        between = f"({column} ~>=~ {place} AND {column} ~<~ {place})"
        return between, (*params, *values, *params, *(f"{value}{LAST}" for value in values))


class NamedQuerySet(RegionScopedQuerySet[M]):
    """For tables with `name_key`, the stored lower-cased name."""

    def named(self, text: str) -> Self:
        """Names that begin so."""
        return self.filter(name_key__begins=text.strip().lower())
