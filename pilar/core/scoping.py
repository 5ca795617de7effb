"""THE GATE: the only file that knows who sees which rows.

Both doors take rows through `visible_to(user)`; `scope_transaction` puts the same reach into
PostgreSQL settings, where row-level security (`pilar.core.rls`) holds it a second time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps  # the registry, not the models: models import this file
from django.db import connection, models, transaction
from django.utils import timezone

from pilar.core import regions
from pilar.core.access import Scope, Through
from pilar.core.errors import Refusal, no_right
from pilar.core.rights import RIGHT_NAMES, Right

if TYPE_CHECKING:
    from pilar.core.models import User

SLOTS = 8
M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class Slot:
    """One range of region codes, both ends inclusive, narrowed to pillars and programmes."""

    lo: int
    hi: int
    pillars: tuple[int, ...] = ()
    programmes: tuple[int, ...] = ()

    @classmethod
    def of(cls, code: int, pillars: tuple[int, ...] = (), programmes: tuple[int, ...] = ()) -> Self:
        lo, hi = regions.bounds(code)
        return cls(lo, hi, pillars, programmes)

    def covers(self, code: int) -> bool:
        return self.lo <= code <= self.hi


@dataclass(frozen=True)
class Reach:
    """What one user reaches on one day.

    Attributes:
        national: every row of the nation, read through the role without ranges.
        view, write, approve: ranges to read, to change, to decide in.
        personal: ranges in which personal data may be unmasked and sensitive groups are seen.
        member: number of the member of a pillar whose own account this is; he reaches what is about himself only.
        past: villages that a reachable area succeeded, read-only; there may be any number of them.
        rights: the role's bundle.
    """

    user_id: int | None = None
    national: bool = False
    view: tuple[Slot, ...] = ()
    write: tuple[Slot, ...] = ()
    approve: tuple[Slot, ...] = ()
    personal: tuple[Slot, ...] = ()
    past: tuple[int, ...] = ()
    rights: frozenset[str] = field(default_factory=frozenset)
    member: int | None = None

    def slots_for(self, right: Right) -> tuple[Slot, ...]:
        if right not in self.rights:
            return ()
        if right in (Right.ENTER, Right.PROPOSE, Right.USERS, Right.VERIFY):
            return self.write
        if right in (Right.ENDORSE, Right.DECIDE):
            return self.approve
        if right == Right.PERSONAL_DATA:
            return self.personal
        return self.view

    def can(self, right: Right, region: int) -> bool:
        return any(slot.covers(region) for slot in self.slots_for(right))

    def sees(self, region: int) -> bool:
        """Whether rows exactly at `region` are in reach, narrowed or not."""
        return region in self.past or any(slot.covers(region) for slot in self.view)

    def covers(self, region: int) -> bool:
        """Whether a reader's un-narrowed grant holds the whole subtree of `region`."""
        if region in self.past:
            return True
        lo, hi = regions.bounds(region)
        return any(s.lo <= lo and hi <= s.hi and not s.pillars and not s.programmes for s in self.view)


NOBODY = Reach()


class Console:
    """The operator at the server's own console, who holds the owner's login anyway."""

    pk = None
    is_authenticated = is_active = True

    def __init__(self) -> None:
        self._reach = Reach(national=True, view=(Slot.of(regions.NATION),), personal=(Slot.of(regions.NATION),))


CONSOLE = Console()


def reach_of(user: "User | Any", *, on: date | None = None) -> Reach:
    """The user's reach, worked out once per request and kept on the object.

    Raises Refusal when the grants need more ranges than the database has slots for.
    """
    if not user.is_authenticated or not user.is_active:
        return NOBODY
    if (known := user.__dict__.get("_reach")) is None:
        known = user.__dict__["_reach"] = _work_out(user, on or timezone.localdate())
    return known


def _work_out(user: "User", day: date) -> Reach:
    if user.personnel_id is not None:  # grants would widen what is his own: a member's account reads none
        return Reach(user_id=user.pk, member=user.personnel_id, rights=frozenset(user.role.rights))
    grants = list(user.grants.valid_on(day))
    rights = frozenset(user.role.rights)

    def slots(condition: Any) -> tuple[Slot, ...]:
        return tuple(Slot.of(g.region_id, tuple(g.pillars), tuple(g.programmes)) for g in grants if condition(g))

    view = slots(lambda g: True)
    national = any(s.lo == regions.NATION and not s.pillars and not s.programmes for s in view)
    older = () if national else _predecessors(view)
    villages = {s.lo for s in older if s.lo == s.hi and not s.pillars and not s.programmes}
    view += tuple(s for s in older if s.lo not in villages)
    reach = Reach(
        user_id=user.pk,
        national=national,
        view=view,
        write=slots(lambda g: g.may_enter or g.may_approve),
        approve=slots(lambda g: g.may_approve),
        personal=slots(lambda g: g.may_view_personal_data) if Right.PERSONAL_DATA in rights else (),
        past=tuple(sorted(villages)),
        rights=rights,
    )
    if len(reach.view) > SLOTS:
        raise Refusal(
            f"Akun ini memegang {len(reach.view)} wilayah, lebih dari {SLOTS} yang dapat dijaga.",
            "Minta admin pusat menggabungkan wewenang ke tingkat di atasnya.",
            rule="jumlah_wewenang",
        )
    return reach


def _predecessors(view: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """Read-only ranges of codes that a reachable area succeeded: a new province sees its past."""
    if not view:
        return ()
    succession = models.Q()
    for slot in view:
        succession |= regions.in_range("new_id", slot.lo, slot.hi)
    region_succession = apps.get_model("core.RegionSuccession")
    found = region_succession.objects.filter(succession).values_list("old_id", "new_id")
    extra = {
        Slot.of(old, s.pillars, s.programmes)
        for old, new in found
        for s in view
        if s.covers(new) and not any(v.covers(old) for v in view)
    }
    return tuple(sorted(extra, key=lambda s: s.lo))


# --- rows -----------------------------------------------------------------


class RegionScopedQuerySet(models.QuerySet[M]):
    """Rows that belong to a region; `visible_to` is the one way a door gets them."""

    def visible_to(self, user: "User | Any") -> Self:
        reach = reach_of(user)
        if reach.member is not None:
            return self.filter(self._own_q(reach.member))
        if reach.national and not self._declared().group:
            return self
        return self.filter(self._reach_q(reach))

    def within(self, code: int) -> Self:
        lo, hi = regions.bounds(code)
        return self.filter(regions.in_range(self._declared().region, lo, hi))

    def _declared(self) -> Scope:
        return self.model.scope  # type: ignore[attr-defined, no-any-return]

    def _reach_q(self, reach: Reach) -> models.Q:
        scope = self._declared()
        if scope.via:
            parent = _by_table(scope.via.table)
            return models.Q(
                **{f"{scope.via.column}__in": parent.objects.filter(parent.objects.all()._reach_q(reach)).values("pk")}
            )
        rows = models.Q(pk__in=[])
        for slot in reach.view:
            rows |= self._slot_q(scope, slot)
        if reach.past:
            rows |= models.Q(**{f"{scope.region}__in": reach.past})
        if scope.open_when:
            rows |= models.Q(**scope.open_when[1])
        if scope.group:
            rows &= self._group_q(scope, reach)
        return rows

    def _own_q(self, member: int) -> models.Q:
        """What the model lets a member see of himself; nothing where it says nothing."""
        scope = self._declared()
        if scope.via is None:
            return scope.own.q(member) if scope.own else models.Q(pk__in=[])
        parent = _by_table(scope.via.table).objects.all()
        return models.Q(**{f"{scope.via.column}__in": parent.filter(parent._own_q(member)).values("pk")})

    def _group_q(self, scope: Scope, reach: Reach) -> models.Q:
        """Sensitive groups only in the ranges in which the reader holds the right to personal data."""
        shown = models.Q(**{f"{str(scope.group).removesuffix('_id')}__sensitive": False})
        for slot in reach.personal:
            shown |= regions.in_range(scope.region, slot.lo, slot.hi)
        return shown

    def _slot_q(self, scope: Scope, slot: Slot) -> models.Q:
        q = regions.in_range(scope.region, slot.lo, slot.hi)
        for narrow, column, through in (
            (slot.pillars, scope.pillar, scope.pillar_through),
            (slot.programmes, scope.programme, scope.programme_through),
        ):
            if narrow and column:
                q &= models.Q(**{f"{column}__in": narrow})
            elif narrow and through:
                q &= _attached(through, narrow)
        return q


def _attached(through: Through, narrow: tuple[int, ...]) -> models.Q:
    """Rows attached to one of `narrow` through another table, or attached to nothing yet."""
    attached = _by_table(through.table).objects.filter(**{through.key: models.OuterRef(through.own)})
    return models.Q(models.Exists(attached.filter(**{f"{through.column}__in": narrow}))) | ~models.Q(
        models.Exists(attached)
    )


def _by_table(table: str) -> Any:
    return next(m for m in apps.get_models() if m._meta.db_table == table)


def narrow_choices(queryset: models.QuerySet[M], user: "User | Any") -> models.QuerySet[M]:
    """Choices of a form, filter or serializer, through the same gate as the lists."""
    rows = queryset.all()
    return rows.visible_to(user) if isinstance(rows, RegionScopedQuerySet) else rows


def require(user: "User | Any", right: Right, region: int) -> None:
    """Raises Refusal unless the user holds `right` in `region`."""
    if not reach_of(user).can(right, region):
        raise no_right(RIGHT_NAMES[right], "admin wilayah di atas Anda")


# --- the second wall ------------------------------------------------------


def _settings(reach: Reach) -> list[tuple[str, str]]:
    """Every setting the policies read, unused slots emptied: a transaction may be re-entered."""
    pairs = [
        ("pilar.user", str(reach.user_id or "")),
        ("pilar.users", "1" if Right.USERS in reach.rights else ""),
        ("pilar.past", ",".join(map(str, reach.past))),
        ("pilar.audit", "1" if Right.AUDIT in reach.rights else ""),
        ("pilar.member", str(reach.member or "")),
    ]
    for prefix, slots in (("", reach.view), ("w", reach.write), ("p", reach.personal)):
        for i in range(SLOTS):
            slot = slots[i] if i < len(slots) else None
            pairs += [
                (f"pilar.{prefix}lo{i + 1}", str(slot.lo) if slot else ""),
                (f"pilar.{prefix}hi{i + 1}", str(slot.hi) if slot else ""),
            ]
            if prefix == "p":  # the right to personal data is not narrowed to pillars or programmes
                continue
            pairs += [
                (f"pilar.{prefix}pil{i + 1}", ",".join(map(str, slot.pillars)) if slot else ""),
                (f"pilar.{prefix}prog{i + 1}", ",".join(map(str, slot.programmes)) if slot else ""),
            ]
    return pairs


def database_role(reach: Reach) -> str:
    if reach.user_id is None:
        return "pilar_web"
    return "pilar_member" if reach.member is not None else "pilar_national" if reach.national else "pilar_region"


def enter_scope(reach: Reach) -> None:
    """Puts the reach into the running transaction; it ends with the transaction.

    Raises RuntimeError outside a transaction, where the settings would vanish at once.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("enter_scope needs a transaction")
    pairs = [("role", database_role(reach)), *_settings(reach)]
    calls = ", ".join(["set_config(%s, %s, true)"] * len(pairs))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", [value for pair in pairs for value in pair])


def leave_scope() -> None:
    """Back to the login's own role inside a transaction that goes on (tests, nested use)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', 'none', true)")


@contextmanager
def scope_transaction(user: "User | Any | None") -> Iterator[Reach]:
    """One transaction with the user's reach set, for tasks, exports and commands.

    `None` opens the plain login, which sees no scoped row.
    """
    reach = reach_of(user) if user is not None else NOBODY
    with transaction.atomic():
        enter_scope(reach)
        yield reach
        if not connection.needs_rollback:
            leave_scope()
