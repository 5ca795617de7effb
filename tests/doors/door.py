"""One address of PILAR and what each reader gets there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

#: nobody, the Dinas Sosial of the rows, that of Rejang Lebong, an account without grant, Itjen, admin pusat
ROLES = ("anonymous", "owner", "neighbour", "stranger", "auditor", "admin")


@dataclass(frozen=True)
class Door:
    """One address. `get` and `post` hold one status per role; an empty `post` means POST is not taken (405)."""

    name: str
    get: str
    post: str = ""
    keys: Callable[[Any], dict[str, Any]] = lambda rows: {}
    query: str = ""
    about: str = ""

    def __str__(self) -> str:
        return f"{self.name} ({self.about})" if self.about else self.name

    def expected(self, method: str) -> dict[str, int]:
        """By role. Raises ValueError when a role's status is missing."""
        statuses = (self.get if method == "get" else self.post).split()
        return {role: int(status) for role, status in zip(ROLES, statuses, strict=True)}
