"""What Dukcapil answered about registered people: matched or not, as of a day (domain.md 5.5). One row per person."""

from collections.abc import Sequence
from typing import Any

from assistance.models import Beneficiary, Circumstance
from pilar.core import audit
from pilar.core.imports.kinds import Cell, Column, Kind, Rule, register
from pilar.core.imports.one_by_one import delete_made, keep_changed
from pilar.core.imports.run import Run, place_kept
from pilar.core.models import User

DUKCAPIL = "dukcapil"
ANSWERS = {
    "padan": "padan", "sesuai": "padan", "cocok": "padan", "match": "padan", "tidak padan": "tidak_padan",
    "tidak sesuai": "tidak_padan", "tidak cocok": "tidak_padan", "tidak ditemukan": "tidak_padan",
    "not match": "tidak_padan", "no match": "tidak_padan", "tidak_padan": "tidak_padan",
    "belum": "belum", "belum dipadankan": "belum",
}  # fmt: skip
WORDS = {"padan": "padan", "tidak_padan": "tidak padan", "belum": "belum"}

COLUMNS = (
    Column("nik", "NIK", Cell.NIK, ("no nik", "nomor nik", "no ktp"), required=True, example="1771014101500001",
           help="16 angka, seperti di berkas yang dikirim."),
    Column("nama", "Nama", Cell.TEXT, ("nama lengkap",), example="Siti Aminah",
           help="Hanya untuk memastikan barisnya tidak tertukar; tidak mengubah data."),
    Column("tanggal_lahir", "Tanggal lahir", Cell.DAY, ("tgl lahir",), example="01/01/1950",
           help="Hanya untuk memastikan barisnya tidak tertukar; tidak mengubah data."),
    Column("hasil", "Hasil padan", Cell.CHOICE, ("hasil", "status", "status padan", "keterangan"), values=ANSWERS,
           offered=tuple(WORDS.values()), example="padan", help="Kosong bila belum dijawab; barisnya dilewati."),
    Column("per_tanggal", "Per tanggal", Cell.DAY, ("tanggal", "tanggal padan"), example="03/03/2024",
           help="Tanggal jawaban Dukcapil. Wajib bila hasilnya diisi."),
    Column("rujukan", "Nomor rujukan", Cell.TEXT, ("sumber", "nomor batch", "batch"), example="Dukcapil batch 12/2024",
           help="Nomor surat atau batch. Wajib bila hasilnya diisi."),
)  # fmt: skip
RULES = {
    "tidak_terdaftar": Rule("NIK tidak terdaftar di wilayah Anda", "Periksa angkanya, atau daftarkan orangnya dahulu."),
    "tertukar": Rule(
        "nama atau tanggal lahir berbeda dari data", "Barisnya mungkin tertukar; cocokkan dengan berkas asal."
    ),
    "jawaban_kurang": Rule("hasil tanpa tanggal atau rujukan", "Isi per tanggal dan nomor rujukannya."),
    "sudah_tercatat": Rule(
        "hasil lain sudah tercatat pada tanggal itu", "Samakan, atau pakai tanggal jawaban yang baru."
    ),
}
CHANGED = """
SELECT r.id FROM core_importedrow r WHERE r.session_id = %(session)s AND NOT EXISTS (
  SELECT 1 FROM assistance_circumstance c WHERE c.id = r.object_id AND c.value || ' ' || c.as_of = r.mark)
"""
_SAVE = """
WITH made AS (
  INSERT INTO assistance_circumstance (beneficiary_id, region_id, kind, value, as_of, source, is_example)
  SELECT b.id, b.region_id, 'dukcapil', s.hasil, s.per_tanggal, s.rujukan, false
  FROM {rows} s JOIN assistance_beneficiary b ON b.id = s.target WHERE s.act = 'baru' AND NOT s.bad
  ON CONFLICT DO NOTHING RETURNING id, beneficiary_id, value, as_of
)
INSERT INTO core_importedrow (session_id, number, noun, object_id, act, before, mark, kept)
SELECT %(session)s, s.line, 'padanan', made.id, 'baru', '{}', made.value || ' ' || made.as_of, ''
FROM made JOIN {rows} s ON s.target = made.beneficiary_id AND s.act = 'baru' AND NOT s.bad
"""
_AUDIT = """
SELECT count(pilar_audit(clock_timestamp(), %(actor)s, %(actor_name)s, %(made)s, b.region_id, 'assistance.circumstance',
  r.object_id::text,
  left(b.name || ': Pemadanan Dukcapil per ' || s.per_tanggal || '; impor berkas ' || %(session)s, 300), ''))
FROM core_importedrow r JOIN {rows} s ON s.line = r.number JOIN assistance_beneficiary b ON b.id = s.target
WHERE r.session_id = %(session)s
"""


def checks(run: Run) -> list[dict[str, Any]]:
    """The rules of `circumstance_record`."""
    run.execute(
        "UPDATE {rows} s SET target = b.id, place = b.region_id FROM assistance_beneficiary b"
        " WHERE b.nik_index = s.nik_index"
    )
    run.fault("tidak_terdaftar", "nik", "s.nik_index IS NOT NULL AND s.target IS NULL", value="s.nik_masked")
    run.fault("wilayah_luar", "nik", "s.place NOT BETWEEN %(lo)s AND %(hi)s", value="s.nik_masked")
    run.fault(
        "wewenang", "nik", f"s.place BETWEEN %(lo)s AND %(hi)s AND NOT {place_kept('s.place')}", value="s.nik_masked"
    )
    known = "JOIN assistance_beneficiary b ON b.id = s.target"
    run.fault("tertukar", "nama", "lower(s.nama) <> b.name_key", joined=known, value="s.nama")
    run.fault("tertukar", "tanggal_lahir", "s.tanggal_lahir <> b.birth_date", joined=known,
              value="to_char(s.tanggal_lahir, 'DD/MM/YYYY')")  # fmt: skip
    for column in ("per_tanggal", "rujukan"):
        run.fault("jawaban_kurang", column, f"s.hasil IS NOT NULL AND s.{column} IS NULL")
    run.fault("tanggal_batas", "per_tanggal", "s.per_tanggal > %(today)s OR s.per_tanggal < b.birth_date", joined=known,
              value="to_char(s.per_tanggal, 'DD/MM/YYYY')")  # fmt: skip
    same_day = (
        "JOIN assistance_circumstance c ON c.beneficiary_id = s.target AND c.kind = 'dukcapil'"
        " AND c.as_of = s.per_tanggal"
    )
    run.fault("sudah_tercatat", "hasil", "c.value <> s.hasil", joined=same_day, value="s.hasil",
              detail="'tercatat: ' || replace(c.value, '_', ' ')")  # fmt: skip
    run.execute(
        "UPDATE {rows} s SET act = CASE WHEN s.hasil IS NULL OR EXISTS (SELECT 1 FROM assistance_circumstance c WHERE"
        " c.beneficiary_id = s.target AND c.kind = 'dukcapil' AND c.as_of = s.per_tanggal AND c.value = s.hasil)"
        " THEN 'sama' ELSE 'baru' END"
    )
    return []


def save(run: Run) -> None:
    run.execute(_SAVE)
    run.fault(
        "berubah", "hasil", "s.act = 'baru' AND NOT s.bad AND NOT EXISTS (SELECT 1 FROM core_importedrow r "
        "WHERE r.session_id = %(session)s AND r.number = s.line)",
    )  # fmt: skip
    run.fetch(_AUDIT, made=audit.Action.CREATE)


def undo(run: Run) -> None:
    keep_changed(run)
    delete_made(run, "padanan", "assistance_circumstance")


def cells(actor: User, people: Sequence[Beneficiary]) -> list[Sequence[Any]]:
    """The file for Dukcapil: everybody of the area with the latest answer, to be checked or checked again."""
    answers = Circumstance.objects.visible_to(actor).filter(beneficiary__in=people, kind=DUKCAPIL)
    latest = {row.beneficiary_id: row for row in answers.order_by("as_of", "pk")}
    return [
        (person.reveal_nik(), person.name, f"{person.birth_date:%d/%m/%Y}", *_answer(latest.get(person.pk)))
        for person in people
    ]


def _answer(row: Circumstance | None) -> tuple[str, str, str]:
    return (WORDS[row.value], f"{row.as_of:%d/%m/%Y}", row.source) if row else ("", "", "")


MATCHES = register(
    Kind(
        code="dukcapil",
        label="Pemadanan Dukcapil",
        row="hasil padan",
        intro="Mencatat jawaban Dukcapil atas NIK penerima: padan atau tidak, per tanggal, dengan nomor rujukannya. "
        "Berkas untuk dikirim ke Dukcapil diunduh di “Data tercatat”.",
        columns=COLUMNS,
        key=("nik",),
        checks=checks,
        save=save,
        undo=undo,
        changed=CHANGED,
        rules=RULES,
        recorded=Beneficiary.objects.visible_to,
        cells=cells,
        nouns={"padanan": ("Hasil padan", "")},
        order=20,
    )
)
