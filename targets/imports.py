"""Target figures, area by area: each goes through the form's own service as a draft."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet

from pilar.core import regions
from pilar.core.imports.kinds import Cell, Column, Kind, plain, register
from pilar.core.imports.one_by_one import Made, delete_made, keep_changed, restore, save_all, try_all
from pilar.core.imports.placing import PLACE_COLUMNS, place_rows
from pilar.core.imports.run import Run
from pilar.core.measures import Dim
from pilar.core.models import BudgetYear, GroupAlias, ImportedRow, User
from pilar.core.regions import Level
from pilar.core.rights import Right
from targets.breakdowns import catalogue
from targets.models import Indicator, Target
from targets.services.plan import Aim, target_draft

Act = ImportedRow.Act
COLUMNS = (
    Column("tahun", "Tahun", Cell.WHOLE, ("tahun anggaran", "ta"), required=True, example="2026", most=2100,
           help="Tahun anggaran yang sudah dibuka."),
    *PLACE_COLUMNS,
    Column("indikator", "Indikator", Cell.TEXT, ("kode indikator", "nama indikator"), required=True,
           example="PENERIMA_PAS", help="Kode atau nama indikator; lihat lembar Pilihan."),
    Column("rincian", "Rincian", Cell.TEXT, ("kelompok", "program", "pilar", "kelompok pas"), example="3",
           help="Nomor atau nama kelompok PAS, program, atau pilar menurut indikatornya. Kosong berarti semuanya."),
    Column("nilai", "Nilai target", Cell.WHOLE, ("target", "nilai", "jumlah"), required=True, example="1250",
           most=10**15, help="Bilangan bulat dalam satuan indikatornya."),
    Column("sumber", "Sumber", Cell.TEXT, ("dasar",), required=True, example="Renja Dinas Sosial 2026", most=200),
    Column("alasan", "Alasan", Cell.TEXT, ("alasan perubahan",), most=300, example="",
           help="Wajib bila target itu sudah pernah diajukan dan nilainya berubah."),
)  # fmt: skip
RESTORED = {"value": "bigint", "source": "text", "reason": "text", "set_by_id": "bigint"}
CHANGED = """
SELECT r.id FROM core_importedrow r WHERE r.session_id = %(session)s AND NOT EXISTS (
  SELECT 1 FROM targets_target t WHERE t.id = r.object_id AND t.state = 'draf' AND t.value::text = r.mark)
"""


def checks(run: Run) -> list[dict[str, Any]]:
    questions = place_rows(run, highest=Level.NATION)
    run.fault(
        "ganda", "nilai", "d.many > 1", value="s.nilai::text",
        joined="JOIN (SELECT line, count(*) OVER (PARTITION BY tahun, place, lower(indikator),"
        " lower(coalesce(rincian, ''))) AS many FROM {rows} WHERE place IS NOT NULL) d USING (line)",
    )  # fmt: skip
    try_all(run, draft, fields={"value": "nilai", "source": "sumber", "reason": "alasan", "year": "tahun"})
    return questions


def draft(run: Run, row: dict[str, Any]) -> list[Made]:
    """Nothing when the newest version has the value already."""
    indicator = _indicator(row["indikator"])
    breakdown = _breakdown(indicator, row["rincian"])
    if not BudgetYear.objects.filter(pk=row["tahun"]).exists():
        raise ValidationError({"year": f"Tahun anggaran {row['tahun']} belum dibuka."})
    aim = Aim(row["tahun"], row["place"], indicator, breakdown)
    known = Target.objects.visible_to(run.actor).filter(
        year=aim.year, region=aim.region, indicator=indicator, breakdown=breakdown, person=None
    )
    now = known.order_by("-version").first()
    if now and now.value == row["nilai"]:
        return []
    made = target_draft(
        actor=run.actor, aim=aim, value=row["nilai"], source=row["sumber"], reason=row["alasan"] or "", today=run.today,
        seen_version=now.version if now else 0,
    )  # fmt: skip
    if now is None or made.pk != now.pk:
        return [Made("target", made.pk, Act.CREATE, str(made.value))]
    before = {name: getattr(now, name) for name in RESTORED}
    return [Made("target", made.pk, Act.UPDATE, str(made.value), before)]


def _indicator(text: str) -> Indicator:
    name = plain(text)
    for indicator in Indicator.objects.all():
        if name in (plain(indicator.code), plain(indicator.name)):
            return indicator
    raise ValidationError(
        {"indikator": f"Indikator “{text[:40]}” tidak dikenal. Pilih dari lembar Pilihan di templat."}
    )


def _breakdown(indicator: Indicator, text: str | None) -> int:
    """0 for all together; what it may be is the indicator's own catalogue."""
    if not text:
        return 0
    names = catalogue(Dim(indicator.dim))
    name = plain(text)
    if name.isdigit() and int(name) in names:
        return int(name)
    found = {pk for pk, known in names.items() if plain(known) == name}
    if Dim(indicator.dim) == Dim.GROUP:
        found |= {pk for pk, known in GroupAlias.objects.values_list("group_id", "name") if plain(known) == name}
    if len(found) != 1:
        raise ValidationError({"rincian": f"Rincian “{text[:40]}” tidak dikenal untuk {indicator.name.lower()}."})
    return found.pop()


def undo(run: Run) -> None:
    """Drafts alone: what was submitted since stays."""
    keep_changed(run)
    restore(run, "target", "targets_target", RESTORED)
    delete_made(run, "target", "targets_target")


def recorded(actor: User) -> QuerySet[Target]:
    """The newest version of each target that is no named person's."""
    newer = Target.objects.filter(
        year=OuterRef("year"), indicator=OuterRef("indicator"), breakdown=OuterRef("breakdown"),
        region=OuterRef("region"), person=None, version__gt=OuterRef("version"),
    )  # fmt: skip
    return Target.objects.visible_to(actor).filter(~Exists(newer), person=None).select_related("indicator")


def cells(_actor: User, targets: Sequence[Target]) -> list[Sequence[Any]]:
    return [
        (
            t.year_id, regions.slug(t.region_id), "", "", "", t.indicator.code, t.breakdown or "", t.value, t.source,
            t.reason,
        )
        for t in targets
    ]  # fmt: skip


TARGETS = register(
    Kind(
        code="target",
        label="Target tahunan",
        row="target",
        intro="Menulis target wilayah sebagai draf. Sesudah disimpan, target diajukan dan disetujui seperti biasa.",
        columns=COLUMNS,
        key=(),
        checks=checks,
        save=lambda run: save_all(run, draft),
        undo=undo,
        changed=CHANGED,
        placed=True,
        recorded=recorded,
        cells=cells,
        exports_personal=False,
        nouns={"target": ("Target", "target-detail")},
        right=Right.PROPOSE,
        order=50,
        offered=lambda: {"indikator": list(Indicator.objects.values_list("code", flat=True))},
    )
)
