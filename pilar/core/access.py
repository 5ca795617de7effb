"""What a model declares about who may touch its table; `pilar.core.rls` turns it into SQL.

Every model of ours states either `scope` (rows belong to a region) or `access`.
A model that states neither fails the system check: undeclared = refused.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from django.db.models import Q


class Access(Enum):
    """Tables without a region."""

    REFERENCE = "reference"  # everyone signed in reads; only the owner's commands write
    ENGINE = "engine"  # only the rollup engine; web roles have no right at all
    RESULT = "result"  # the engine writes, signed-in users read
    OWN = "own"  # rows of one user, `user_id`; the plain web login reads all


@dataclass(frozen=True)
class Through:
    """Rows of `table` whose `key` equals this row's `own` column carry the narrowing `column`."""

    table: str
    key: str
    column: str
    own: str = "id"


@dataclass(frozen=True)
class Via:
    """Rows are visible when their parent row is: `column` here names `table`.id there."""

    table: str
    column: str


@dataclass(frozen=True)
class Own:
    """What a member with an account may touch of a table: rows about himself. The same said twice, as `open_when`.

    Attributes:
        sql: condition with `{me}` for his number in the register of personnel and `{user}` for that of his account;
            unused where the row follows its parent.
        q: the same for Django, from that number.
        adds: condition under which he adds a row; empty: he adds none.
        changes: condition that a row of his must meet before he changes it; what it becomes must meet `adds`.
    """

    sql: str
    q: Callable[[int], Q]
    adds: str = ""
    changes: str = ""


def own_by(column: str, *, adds: str = "", changes: str = "") -> Own:
    """Rows whose `column` holds the member's number."""
    return Own(f"{column} = {{me}}", lambda me: Q(**{column: me}), adds=adds, changes=changes)


@dataclass(frozen=True)
class Scope:
    """Columns by which the gate and row-level security narrow a model's rows.

    Attributes:
        region: column with the 10-digit region code, never null.
        pillar, programme: smallint columns that a narrowed grant is held against.
        pillar_through, programme_through: for rows that have no such column of their own;
            a row that nothing was attached to yet is visible.
        group: column with the PAS group, hidden when sensitive and the right is missing.
        open_when: (SQL, Django lookups) under which a row is readable outside the grant.
        via: the row has no region of its own but follows its parent.
        engine_writes: the rollup engine writes rows here too.
        write_right: setting that must be "1" to write at all, e.g. "users".
        right: setting that must be "1" to read at all, e.g. "audit".
        append_only: web roles add rows and read them; nobody's request changes or deletes one. With
            `read_only` it binds the engine too: it adds rows and never changes one.
        requester: column with a user who may write his rows too, wherever he reads (a job he asked for).
        read_only: web roles only read; rows come from the engine or through a function.
        own: what a member may see of the table on his own page; without it, nothing.
    """

    region: str = "region_id"
    pillar: str | None = None
    programme: str | None = None
    pillar_through: Through | None = None
    programme_through: Through | None = None
    group: str | None = None
    open_when: tuple[str, dict[str, object]] | None = None
    via: Via | None = None
    engine_writes: bool = False
    write_right: str | None = None
    right: str | None = None
    requester: str | None = None
    append_only: bool = False
    read_only: bool = False
    own: Own | None = None
