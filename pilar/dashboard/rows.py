"""The rows behind a figure: which table shows them, and what of them a reader may not see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, Prefetch, QuerySet

from assistance.models import Batch, Beneficiary, Disbursement, Graduation, Objection, Verification
from personnel.models import NEWEST_FIRST, Activity, Assignment, Personnel
from pilar.core.formatting import angka, tanggal
from pilar.core.measures import Dim
from pilar.core.models import Region, TargetGroup
from pilar.core.scoping import Reach, narrow_choices, reach_of
from targets import achievement
from targets.achievement import Figure
from targets.closed import closure_of
from targets.openness import who_opens
from targets.place import full_name
from targets.published import in_unit

COUNTED_UP_TO = 20_000


@dataclass(frozen=True)
class Kind:
    """How rows of one model are listed.

    Attributes:
        names: row column -> model whose name is shown. Read apart and through the gate: joined, row
            security would drop the row together with a person who has moved away.
    """

    template: str
    ordering: tuple[str, ...]
    names: dict[str, type[Model]]


KINDS: dict[type[Model], Kind] = {
    Disbursement: Kind(
        "dashboard/rows_disbursement.html", ("-id",), {"beneficiary_id": Beneficiary, "batch_id": Batch}
    ),
    Beneficiary: Kind("dashboard/rows_beneficiary.html", ("name_key", "id"), {}),
    Personnel: Kind("dashboard/rows_personnel.html", ("name_key", "id"), {}),
    Activity: Kind("dashboard/rows_activity.html", NEWEST_FIRST, {"person_id": Personnel}),
    Graduation: Kind(
        "dashboard/rows_graduation.html",
        ("-decided_on", "-id"),
        {"beneficiary_id": Beneficiary, "credited_to_id": Personnel},
    ),
    Batch: Kind("dashboard/rows_batch.html", ("-id",), {}),
    Objection: Kind("dashboard/rows_objection.html", ("-filed_on", "-id"), {"beneficiary_id": Beneficiary}),
    Verification: Kind("dashboard/rows_verification.html", ("-verified_on", "-id"), {"beneficiary_id": Beneficiary}),
}


def rows_of(user: Any, figure: Figure, today: date) -> QuerySet[Any]:
    """Exactly the rows the figure counted, as far as the reader may see them."""
    rows: QuerySet[Any] = achievement.rows_behind(user, figure, today).select_related("region")
    if rows.model is Personnel:
        posts = Assignment.objects.visible_to(user).filter(pillar=figure.breakdown).select_related("region")
        rows = rows.prefetch_related(Prefetch("assignments", posts, to_attr="posts"))
    if rows.model is Activity:
        rows = rows.select_related("region", "kind")
    return rows


def kind_of(rows: QuerySet[Any]) -> Kind:
    return KINDS[rows.model]


def with_names(user: Any, rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Each row with the names it may show: {"row": ..., "beneficiary": ... or None, ...}."""
    rows = list(rows)
    kind = KINDS[type(rows[0])] if rows else None
    if kind is None:
        return []
    found = {
        column: narrow_choices(_manager(model), user).in_bulk({getattr(row, column) for row in rows} - {None})
        for column, model in kind.names.items()
    }
    return [
        {"row": row} | {c.removesuffix("_id"): names.get(getattr(row, c)) for c, names in found.items()} for row in rows
    ]


def _manager(model: type[Model]) -> QuerySet[Any]:
    return model._default_manager.all()


def count_seen(user: Any, figure: Figure, rows: QuerySet[Any]) -> int | None:
    """How many of the figure's rows the reader sees; None where nothing is closed to him, or too much to count."""
    reach = reach_of(user)
    sensitive_closed = figure.indicator.dim == Dim.GROUP and not reach.personal
    if not sensitive_closed and (reach.national or _covers_many(reach, figure)):
        return None
    return rows.count()


def _covers_many(reach: Reach, figure: Figure) -> bool:
    """All of a large region is open to him: only people who moved away could be missing, and counting is slow."""
    return (figure.rows or 0) > COUNTED_UP_TO and reach.covers(figure.cell.region)


def correction_sentence(user: Any, figure: Figure, more: tuple[int, int]) -> str:
    """That the rows of a closed figure have changed since; empty when they have not. `more`: rows and value."""
    kept = closure_of(user, figure.cell.year)
    if kept is None or more == (0, 0) or figure.realised is None:
        return ""
    now = in_unit(figure.realised + more[1], figure.indicator.unit)
    return (
        f"Angka ini ditutup {tanggal(kept.closed_at)} dan tetap. Barisnya berubah sesudah penutupan: "
        f"kini {now} dari {angka((figure.rows or 0) + more[0])} baris. Bedanya tercatat sebagai koreksi."
    )


def closed_sentence(user: Any, figure: Figure, region: Region, seen: int | None, more: int = 0) -> str:
    """Why fewer rows are listed than the figure says, and who may open them; empty when all are there.

    `more`: how many rows a closed figure would count more (or fewer) today.
    """
    if figure.suppressed:
        return (
            "Angka ini disamarkan karena jumlahnya kecil dan kelompoknya termasuk data pribadi spesifik; "
            f"barisnya tertutup. {who_opens(region.code)}."
        )
    if seen is None or figure.rows is None or seen >= figure.rows + more:
        return ""
    how_many, why = _how_many(seen, figure.rows + more), _why(user, figure, region)
    return f"Anda melihat angka {full_name(region)}; {how_many} tertutup {why}"


def _how_many(seen: int, all_rows: int) -> str:
    return "barisnya" if not seen else f"{all_rows - seen} dari {all_rows} barisnya"


def _why(user: Any, figure: Figure, region: Region) -> str:
    reach = reach_of(user)
    who = who_opens(region.code)
    if not reach.sees(region.code):
        return f"karena berada di luar wilayah Anda. {who}."
    if not reach.covers(region.code):
        return f"karena wewenang Anda hanya untuk program atau pilar tertentu. {who}."
    if not reach.personal and _is_sensitive(figure):
        return (
            "karena kelompok ini termasuk data pribadi spesifik dan Anda tidak memegang hak membuka data pribadi. "
            "Hak itu diatur di halaman Pengguna & wewenang."
        )
    return (
        "karena orangnya kini tercatat di wilayah lain; rupiah dan jumlahnya tetap dihitung di sini. "
        "Yang dapat membukanya: Dinas Sosial wilayah itu dan Kementerian Sosial."
    )


def _is_sensitive(figure: Figure) -> bool:
    group = figure.indicator.dim == Dim.GROUP
    return group and TargetGroup.objects.filter(pk=figure.breakdown, sensitive=True).exists()
