from typing import Self, TypeVar

from django.db import models

from pilar.core.scoping import RegionScopedQuerySet

M = TypeVar("M", bound=models.Model)
LAST = "\U0010ffff"


class NamedQuerySet(RegionScopedQuerySet[M]):
    """For tables with `name_key`, the stored lower-cased name."""

    def named(self, text: str) -> Self:
        """Names that begin so. LIKE is not leakproof and loses its index under a policy; these keep it."""
        key = text.strip().lower()
        column = f'"{self.model._meta.db_table}".name_key'
        between = f"{column} ~>=~ %s AND {column} ~<~ %s"
        return self.extra(where=[between], params=[key, key + LAST])  # type: ignore[return-value]
