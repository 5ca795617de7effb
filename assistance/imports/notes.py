"""Status of outside systems (SPM, SP2D, SI, burekol, OMSPAN) about lists: dated notes that move no state."""

from collections.abc import Sequence
from typing import Any

from assistance.models import Batch, BatchNote
from assistance.services.ceilings import Noted, batch_note
from pilar.core.imports.kinds import Cell, Column, Kind, Rule, register
from pilar.core.imports.one_by_one import Made, delete_made, keep_changed, save_all, try_all
from pilar.core.imports.run import Run
from pilar.core.models import ImportedRow, User

Code = BatchNote.Code
CODES: dict[str, str] = {
    "burekol": Code.BUREKOL, "proses burekol": Code.BUREKOL, "omspan": Code.OMSPAN, "gagal omspan": Code.OMSPAN,
    "spm": Code.SPM, "proses spm": Code.SPM, "sukses spm": Code.SPM, "sp2d": Code.SP2D, "si": Code.SI,
    "standing instruction": Code.SI, "bast": Code.BAST, "lain": Code.OTHER,
}  # fmt: skip
OFFERED = ("SPM", "SP2D", "SI", "burekol", "OMSPAN", "BAST", "lain")

COLUMNS = (
    Column("daftar", "Nomor daftar", Cell.WHOLE, ("nomor daftar penyaluran", "id daftar"), required=True, example="12",
           help="Nomor daftar penyaluran di PILAR; ada di unduhan Data tercatat.", most=10**15),
    Column("status", "Status", Cell.CHOICE, ("kode status", "jenis", "status luar"), required=True, values=CODES,
           offered=OFFERED, example="SP2D",
           help="Status dari sistem luar; dicatat saja, tidak memindahkan keadaan daftar."),
    Column("nomor", "Nomor", Cell.TEXT, ("nomor dokumen", "nomor sp2d", "nomor spm"), most=80,
           example="240171301012345",
           help="Nomor dokumennya. Nomor atau catatan, salah satunya wajib."),
    Column("tanggal", "Tanggal", Cell.DAY, ("tgl", "tanggal status"), required=True, example="03/03/2024",
           help="Hari/bulan/tahun status itu."),
    Column("catatan", "Catatan", Cell.TEXT, ("keterangan",), example="Gagal OMSPAN: nama berbeda", most=200,
           help="Boleh memuat kata aslinya, misalnya “gagal OMSPAN”."),
)  # fmt: skip
BATCH_UNKNOWN = Rule(
    "daftar tidak ada di wilayah Anda",
    "Salin nomornya dari halaman Penyaluran, misalnya dari alamat halaman daftarnya.",
)
CHANGED = """
SELECT r.id FROM core_importedrow r WHERE r.session_id = %(session)s AND NOT EXISTS (
  SELECT 1 FROM assistance_batchnote n WHERE n.id = r.object_id AND n.code || ' ' || n."on" = r.mark)
"""


def checks(run: Run) -> list[dict[str, Any]]:
    run.fault(
        "ganda", "status", "d.many > 1",
        joined="JOIN (SELECT line, count(*) OVER (PARTITION BY daftar, status, nomor, tanggal, catatan) AS many"
        " FROM {rows}) d USING (line)",
    )  # fmt: skip
    run.execute("UPDATE {rows} s SET place = b.region_id FROM assistance_batch b WHERE b.id = s.daftar")
    run.fault("daftar_tidak_ada", "daftar", "s.daftar IS NOT NULL AND s.place IS NULL", value="s.daftar::text")
    run.fault("wilayah_luar", "daftar", "s.place NOT BETWEEN %(lo)s AND %(hi)s", value="s.daftar::text")
    try_all(run, note, fields={"number": "nomor", "on": "tanggal", "code": "status", "note": "catatan"})
    return []


def note(run: Run, row: dict[str, Any]) -> list[Made]:
    """Nothing when the same status with the same day and number is noted already."""
    batch = Batch.objects.visible_to(run.actor).select_related("programme", "year", "region").get(pk=row["daftar"])
    noted = Noted(row["status"], row["tanggal"], row["nomor"] or "", row["catatan"] or "")
    same = BatchNote.objects.visible_to(run.actor).filter(
        batch=batch, code=noted.code, on=row["tanggal"], number=noted.number, note=noted.note
    )
    if same.exists():
        return []
    made = batch_note(actor=run.actor, batch=batch, noted=noted, today=run.today)
    return [Made("catatan", made.pk, ImportedRow.Act.CREATE, f"{made.code} {made.on}")]


def undo(run: Run) -> None:
    keep_changed(run)
    delete_made(run, "catatan", "assistance_batchnote")


def cells(_actor: User, notes: Sequence[BatchNote]) -> list[Sequence[Any]]:
    labels = {str(code): word for word, code in reversed(CODES.items())}
    return [(n.batch_id, labels[n.code], n.number, f"{n.on:%d/%m/%Y}", n.note) for n in notes]


NOTES = register(
    Kind(
        code="status_luar",
        label="Status SPM, SP2D, SI, burekol, OMSPAN",
        row="catatan",
        intro="Mencatat status dari sistem luar pada daftar penyaluran, bertanggal. Keadaan daftar dan barisnya tidak "
        "berubah.",
        columns=COLUMNS,
        key=(),
        checks=checks,
        save=lambda run: save_all(run, note),
        undo=undo,
        changed=CHANGED,
        rules={"daftar_tidak_ada": BATCH_UNKNOWN},
        recorded=BatchNote.objects.visible_to,
        cells=cells,
        region="batch__region_id",
        exports_personal=False,
        nouns={"catatan": ("Catatan daftar", "")},
        order=40,
    )
)
