"""Penerima manfaat with their PAS groups: one row per person, found by his NIK."""

from datetime import date

from assistance.imports import beneficiaries_save
from assistance.imports.group_words import resolve
from assistance.models import Beneficiary
from assistance.services.beneficiaries import OLDEST
from assistance.services.entry import may_see_sensitive
from assistance.services.twins import CONFIRM
from pilar.core.imports.kinds import Cell, Column, Kind, Rule, register
from pilar.core.imports.placing import PLACE_COLUMNS, place_rows
from pilar.core.imports.run import Run, place_kept
from pilar.core.models import TargetGroup
from pilar.core.regions import Level

SEX = {"l": "L", "p": "P", "laki laki": "L", "laki": "L", "pria": "L", "perempuan": "P", "wanita": "P"}

COLUMNS = (
    Column("nik", "NIK", Cell.NIK, ("no nik", "nomor nik", "no ktp", "nomor induk kependudukan"), required=True,
           example="1771014101500001", help="16 angka. Format kolomnya Teks, supaya angka terakhir tidak hilang."),
    Column("nama", "Nama lengkap", Cell.TEXT, ("nama", "nama penerima", "nama kpm", "nama ktp"), example="Siti Aminah",
           help="Seperti di KTP. Wajib bagi orang yang belum terdaftar."),
    Column("jenis_kelamin", "Jenis kelamin", Cell.CHOICE, ("jk", "l p", "kelamin", "sex"), values=SEX,
           offered=("L", "P"), example="P", help="L atau P. Wajib bagi orang yang belum terdaftar."),
    Column("tanggal_lahir", "Tanggal lahir", Cell.DAY, ("tgl lahir",), example="01/01/1950",
           help="Hari/bulan/tahun. Wajib bagi orang yang belum terdaftar."),
    *PLACE_COLUMNS,
    Column("kelompok_pas", "Kelompok PAS", Cell.WORDS, ("pas", "kelompok", "ppks", "jenis ppks", "jenis pmks"),
           example="Lanjut usia terlantar; Penyandang disabilitas",
           help="Nama atau nomor kelompok PAS, atau istilah PPKS; beberapa dipisah titik koma. Yang sudah tercatat dan "
           "tidak ditulis di sini tetap berlaku."),
    Column("sejak", "Anggota kelompok sejak", Cell.DAYS, ("sejak", "tanggal masuk kelompok"), example="01/01/2024",
           help="Satu tanggal untuk semua kelompok di baris itu, atau sebanyak kelompoknya dengan urutan sama."),
    Column("berbeda", "Orangnya berbeda", Cell.YES, ("orang berbeda",), example="",
           help=f"Isi ya bila PILAR menyebut orang mirip dan Anda sudah memastikan orangnya berbeda ({CONFIRM})."),
)  # fmt: skip

RULES = {
    "nik_di_luar": Rule(
        "NIK terdaftar di wilayah lain",
        "Periksa angkanya; bila orangnya memang pindah, minta Dinas Sosial provinsi memindahkan datanya.",
    ),
    "wajib_baru": Rule("belum terdaftar dan datanya kurang", "Isi selnya; orang baru memerlukan data ini."),
    "kelompok_tidak_ada": Rule(
        "kelompok PAS tidak dikenal", "Tulis nama atau nomornya; lihat lembar Pilihan di templat."
    ),
    "kelompok_pilih": Rule("istilah yang berarti beberapa kelompok PAS", "Pilih kelompoknya di halaman ini."),
    "kelompok_sensitif": Rule(
        "kelompok data pribadi spesifik", "Minta petugas yang berwenang membuka data pribadi yang mengimpornya."
    ),
    "kelompok_ganda": Rule("satu kelompok tertulis dua kali di satu baris", "Hapus salah satunya."),
    "sejak_kosong": Rule("kelompok tanpa tanggal sejak", "Isi sejak kapan ia termasuk kelompok itu."),
    "sejak_banyak": Rule(
        "banyaknya tanggal tidak sama dengan banyaknya kelompok", "Isi satu tanggal, atau satu untuk tiap kelompok."
    ),
    "sejak_beda": Rule(
        "kelompok sudah tercatat dengan tanggal lain", "Samakan tanggalnya dengan data, atau kosongkan."
    ),
    "mirip": Rule(
        "mirip orang lain yang sudah terdaftar",
        "Bila orangnya sama, pakai NIK yang sudah terdaftar. Bila berbeda, isi ya di kolom Orangnya berbeda.",
    ),
}  # fmt: skip
_MEMBERS = (
    "CROSS JOIN LATERAL jsonb_to_recordset(s.belongs) m(g smallint, s date, w text)"
    " JOIN core_targetgroup g ON g.id = m.g"
)
_HELD = "JOIN assistance_groupmembership h ON h.beneficiary_id = s.target AND h.group_id = m.g"
_OPEN = "(h.valid_until IS NULL OR h.valid_until >= m.s)"


def checks(run: Run) -> list[dict[str, object]]:
    _who(run)
    questions = place_rows(run, required="s.target IS NULL")
    run.execute("UPDATE {rows} SET place = home WHERE place IS NULL AND home IS NOT NULL")
    run.fault("wilayah_berakhir", "kode_wilayah", "r.valid_until <= %(today)s AND s.place IS DISTINCT FROM s.home",
              joined="JOIN core_region r ON r.code = s.place", value="r.name")  # fmt: skip
    _facts(run)
    questions += resolve(run)
    _groups(run)
    _twins(run)
    run.execute(
        "UPDATE {rows} s SET facts = coalesce(s.nama, b.name) <> b.name OR coalesce(s.jenis_kelamin, b.sex) <> b.sex"
        " OR coalesce(s.tanggal_lahir, b.birth_date) <> b.birth_date OR s.place <> b.region_id"
        " FROM assistance_beneficiary b WHERE b.id = s.target"
    )
    run.execute(
        "UPDATE {rows} SET act = CASE WHEN target IS NULL THEN 'baru' WHEN facts OR belongs IS NOT NULL THEN 'ubah'"
        " ELSE 'sama' END"
    )
    return questions


def _who(run: Run) -> None:
    """Whom the NIK names; somebody elsewhere is told of no more than a form would tell."""
    run.execute(
        "UPDATE {rows} s SET target = b.id, stamp = b.version::text, home = b.region_id"
        " FROM assistance_beneficiary b WHERE b.nik_index = s.nik_index"
    )
    with run.as_engine():
        run.fault(
            "nik_di_luar", "nik", "s.target IS NULL AND b.id IS NOT NULL", value="s.nik_masked",
            joined="JOIN assistance_beneficiary b ON b.nik_index = s.nik_index",
        )  # fmt: skip
    run.fault("wewenang", "nik", f"s.home IS NOT NULL AND NOT {place_kept('s.home')}", value="s.nik_masked")


def _facts(run: Run) -> None:
    staged = (
        ("nama", "nama"),
        ("jenis_kelamin", "jenis_kelamin"),
        ("tanggal_lahir", "tanggal_lahir"),
        ("kelompok_pas", "kelompok_pas"),
    )
    for key, column in staged:
        run.fault(
            "wajib_baru", key, f"s.target IS NULL AND s.nik_index IS NOT NULL AND s.{column} IS NULL AND NOT EXISTS "
            "(SELECT 1 FROM {faults} f WHERE f.line = s.line AND f.column = %(column)s)",
        )  # fmt: skip
    oldest = date(run.today.year - OLDEST, 1, 1)
    run.fault(
        "tanggal_batas", "tanggal_lahir", "s.tanggal_lahir > %(today)s OR s.tanggal_lahir < %(oldest)s",
        value="to_char(s.tanggal_lahir, 'DD/MM/YYYY')", oldest=oldest,
    )  # fmt: skip


def _groups(run: Run) -> None:
    """The rules of `membership_add`; afterwards `belongs` holds only what is new."""
    run.fault(
        "sejak_banyak", "sejak", "jsonb_array_length(s.sejak) > 1 AND "
        "jsonb_array_length(s.sejak) <> coalesce(jsonb_array_length(s.kelompok_pas), 0)",
    )  # fmt: skip
    if not may_see_sensitive(run.actor):
        run.fault("kelompok_sensitif", "kelompok_pas", "g.sensitive", joined=_MEMBERS, value="m.w")
    run.fault(
        "kelompok_ganda", "kelompok_pas", "d.many > 1",
        joined="CROSS JOIN LATERAL (SELECT count(*) - count(DISTINCT e ->> 'g') + 1 AS many"
        " FROM jsonb_array_elements(s.belongs) e) d",
    )  # fmt: skip
    run.fault(
        "tanggal_batas", "sejak", "m.s > %(today)s OR m.s < coalesce(s.tanggal_lahir, b.birth_date)", value="m.w",
        detail="to_char(m.s, 'DD/MM/YYYY')",
        joined=f"{_MEMBERS} LEFT JOIN assistance_beneficiary b ON b.id = s.target",
    )  # fmt: skip
    run.fault(
        "sejak_beda", "sejak", f"m.s <> h.valid_from AND {_OPEN}", value="m.w",
        detail="'tercatat sejak ' || to_char(h.valid_from, 'DD/MM/YYYY')", joined=f"{_MEMBERS} {_HELD}",
    )  # fmt: skip
    run.execute(
        "UPDATE {rows} s SET belongs = (SELECT jsonb_agg(e) FROM jsonb_array_elements(s.belongs) e WHERE NOT EXISTS ("
        "SELECT 1 FROM assistance_groupmembership h WHERE h.beneficiary_id = s.target AND h.group_id = (e ->> 'g')::int"
        " AND (h.valid_from = (e ->> 's')::date OR (e ->> 's' IS NULL AND h.valid_until IS NULL))))"
        " WHERE s.target IS NOT NULL AND s.belongs IS NOT NULL"
    )
    run.fault("sejak_kosong", "sejak", "m.s IS NULL", joined=_MEMBERS, value="m.w")


def _twins(run: Run) -> None:
    """As `twins_of`: the same name and birth date, or the same name in one village; known ones, and in the file."""
    of_file = (
        "JOIN (SELECT lower(nama) AS name, tanggal_lahir AS born, string_agg(line::text, ', ' ORDER BY line) AS lines"
        " FROM {rows} WHERE target IS NULL AND NOT coalesce(berbeda, false) GROUP BY 1, 2"
        " HAVING count(DISTINCT nik_index) > 1) d ON d.name = lower(s.nama) AND d.born = s.tanggal_lahir"
    )
    run.fault("mirip", "nama", "s.target IS NULL AND NOT coalesce(s.berbeda, false)", joined=of_file,
              value="s.nama", detail="'sama nama dan tanggal lahirnya dengan baris ' || d.lines")  # fmt: skip
    run.fault(
        "mirip", "nama", "s.target IS NULL AND NOT coalesce(s.berbeda, false)",
        joined="CROSS JOIN LATERAL (SELECT b.name, b.birth_date, r.name AS place FROM assistance_beneficiary b"
        " JOIN core_region r ON r.code = b.region_id WHERE b.name_key = lower(s.nama) AND b.nik_index <> s.nik_index"
        f" AND (b.birth_date = s.tanggal_lahir OR (b.region_id = s.place AND r.level = {Level.VILLAGE:d})) LIMIT 1) t",
        value="s.nama",
        detail="'terdaftar: ' || t.name || ', lahir ' || to_char(t.birth_date, 'DD/MM/YYYY') || ', ' || t.place",
    )  # fmt: skip


BENEFICIARIES = register(
    Kind(
        code="penerima",
        label="Penerima manfaat dan kelompok PAS",
        row="penerima",
        intro="Mendaftarkan penerima baru dan memperbarui yang sudah terdaftar, dikenali dari NIK. Sel kosong tidak "
        "mengubah data yang ada.",
        columns=COLUMNS,
        key=("nik",),
        checks=checks,
        save=beneficiaries_save.save,
        undo=beneficiaries_save.undo,
        changed=beneficiaries_save.CHANGED,
        extra=(("home", "bigint"), ("belongs", "jsonb"), ("facts", "boolean")),
        rules=RULES,
        placed=True,
        recorded=Beneficiary.objects.visible_to,
        cells=beneficiaries_save.cells,
        nouns={"penerima": ("Penerima", "beneficiary-detail"), "kelompok": ("Keanggotaan PAS", "")},
        order=10,
        offered=lambda: {"kelompok_pas": list(TargetGroup.objects.values_list("name", flat=True))},
    )
)
