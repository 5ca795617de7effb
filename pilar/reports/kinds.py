"""The reports there are: which tables each has, from which indicators."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pilar.core.formatting import Blank, angka
from pilar.dashboard.board import ACTS, GRADUATED, GROUPS, MONEY, REGISTERED, SERVED
from pilar.dashboard.marks import status_word
from pilar.reports.cells import (
    GROUP_NUMBER,
    NO_CODE,
    NUMBER,
    against_target,
    by_area,
    percent,
    ratio,
    realised,
    targeted,
    total,
    total_cells,
)
from pilar.reports.layout import Cell, Column, Form, Section
from pilar.reports.source import Source
from targets.achievement import Figure

VERIFIED, REFUSED = "VERVAL", "TIDAK_LAYAK"
CEILING, DECIDED, RECEIVED = "RUPIAH_PAGU", "RUPIAH_SK", "RUPIAH_TRANSAKSI"
NOT_SUMMED = Cell(Blank.NOT_SUMMED)


@dataclass(frozen=True)
class Kind:
    """Attributes:
    about: one line on the page where a report is chosen.
    indicators: whose definitions the report prints.
    facts: label and value above the tables.
    """

    slug: str
    title: str
    about: str
    indicators: tuple[str, ...]
    sections: Callable[[Source], list[Section]]
    notes: tuple[str, ...] = ()
    facts: Callable[[Source], list[tuple[str, str]]] = lambda source: []


# --- capaian 12 PAS ----------------------------------------------------------------


def pas(source: Source) -> list[Section]:
    groups = source.here(GROUPS)[GROUPS]
    columns = [
        GROUP_NUMBER,
        Column("kelompok", "Kelompok PAS", Form.TEXT),
        *targeted("penerima", "Penerima", of_year=source.of_year, unit="orang"),
    ]
    if source.of_year:
        columns.append(Column("keadaan", "Keadaan", Form.TEXT))
    rows = [
        [
            Cell(str(f.breakdown)),
            Cell(f.label),
            *against_target(f, of_year=source.of_year),
            *([Cell(status_word(f))] if source.of_year else []),
        ]
        for f in groups
    ]
    areas = [Column(f"pas_{f.breakdown}", f"{f.breakdown} {f.label}", short=str(f.breakdown)) for f in groups]
    choices = [(GROUPS, f.breakdown) for f in groups]
    return [
        Section("utama", "Menurut kelompok PAS", columns, rows),
        *by_area(
            source,
            areas,
            choices,
            lambda row: [realised(row[c]) for c in choices],
            list(map(realised, groups)),
            said=", nomor kelompok seperti di atas",
        ),
    ]


def served(source: Source) -> list[tuple[str, str]]:
    """People or families reached by any programme, as on the dashboard's tile."""
    figure = source.whole(SERVED)
    shown = realised(figure).text(Form.NUMBER)
    aimed = f" dari target {angka(figure.target)}" if figure and figure.target is not None else ""
    return [("Penerima manfaat, dihitung sekali", f"{shown}{aimed}")]


# --- rekap pilar --------------------------------------------------------------------


def pillars(source: Source) -> list[Section]:
    found = source.here(REGISTERED, ACTS)
    registered, acts = found[REGISTERED], found[ACTS]
    columns = [
        NUMBER,
        Column("pilar", "Pilar", Form.TEXT),
        *targeted("terdaftar", "Terdaftar", of_year=source.of_year, unit="orang"),
        *targeted("kegiatan", "Kegiatan terverifikasi", of_year=source.of_year, unit="kegiatan"),
    ]
    rows = [
        [
            Cell(str(number)),
            Cell(a.label),
            *against_target(a, of_year=source.of_year),
            *against_target(b, of_year=source.of_year),
        ]
        for number, (a, b) in enumerate(zip(registered, acts, strict=True), start=1)
    ]
    blank = [NOT_SUMMED] * (3 if source.of_year else 1)
    rows.append([Cell(NO_CODE), Cell("Jumlah"), *blank, *total_cells(acts, of_year=source.of_year)])
    choices = [(REGISTERED, f.breakdown) for f in registered]
    act_choices = [(ACTS, f.breakdown) for f in acts]
    areas = [
        *(Column(f"terdaftar_{f.breakdown}", f"{_short(f)}, terdaftar", short=_short(f)) for f in registered),
        Column("kegiatan", "Kegiatan terverifikasi"),
    ]
    return [
        Section("utama", "Menurut pilar", columns, rows, totals=1),
        *by_area(
            source,
            areas,
            choices + act_choices,
            lambda row: [*(realised(row[c]) for c in choices), *_added(row, act_choices)],
            [*map(realised, registered), *total_cells(acts, of_year=False)],
        ),
    ]


def _added(row: dict[tuple[str, int], Figure], choices: Sequence[tuple[str, int]]) -> list[Cell]:
    return total_cells([row[c] for c in choices], of_year=False)


def _short(figure: Figure) -> str:
    """Its name without what stands in brackets."""
    return figure.label.partition(" (")[0]


# --- penyaluran ---------------------------------------------------------------------


def payments(source: Source) -> list[Section]:
    found = source.here(CEILING, DECIDED, MONEY, RECEIVED, SERVED)
    planned = [CEILING, DECIDED] if source.of_year else [DECIDED]
    columns = [
        NUMBER,
        Column("program", "Program", Form.TEXT),
        *([Column("pagu", "Pagu (Rp)")] if source.of_year else []),
        Column("ditetapkan", "Ditetapkan SK (Rp)"),
        *targeted("disalurkan", "Disalurkan", of_year=source.of_year, unit="Rp"),
        *([Column("luncuran", "Termasuk luncuran (Rp)")] if source.of_year else []),
        Column("diterima", "Diterima (Rp)"),
        Column("penerima", "Penerima"),
    ]

    def row(number: str, label: str, figures: dict[str, list[Figure]], people: Cell) -> list[Cell]:
        money = total(figures[MONEY])
        return [
            Cell(number),
            Cell(label),
            *(total_cells(figures[code], of_year=False)[0] for code in planned),
            *total_cells(figures[MONEY], of_year=source.of_year),
            *([Cell(money.carry_over if money else None)] if source.of_year else []),
            *total_cells(figures[RECEIVED], of_year=False),
            people,
        ]

    rows = [
        row(
            str(number),
            f.label,
            {code: [found[code][number - 1]] for code in found},
            realised(found[SERVED][number - 1]),
        )
        for number, f in enumerate(found[MONEY], start=1)
    ]
    everybody = realised(source.whole(SERVED))
    rows.append(row(NO_CODE, "Jumlah", found, everybody))
    choices = [(MONEY, f.breakdown) for f in found[MONEY]]
    areas = [*targeted("disalurkan", "Disalurkan", of_year=source.of_year, unit="Rp"), Column("penerima", "Penerima")]
    return [
        Section("utama", "Menurut program", columns, rows, totals=1),
        *by_area(
            source,
            areas,
            [*choices, (SERVED, 0)],
            lambda area: [
                *total_cells([area[c] for c in choices], of_year=source.of_year),
                realised(area[SERVED, 0]),
            ],
            [*total_cells(found[MONEY], of_year=source.of_year), everybody],
        ),
    ]


# --- verval -------------------------------------------------------------------------


def verifications(source: Source) -> list[Section]:
    found = source.here(VERIFIED, REFUSED)
    done, refused = found[VERIFIED], found[REFUSED]
    columns = [
        NUMBER,
        Column("program", "Program", Form.TEXT),
        *targeted("verval", "Verval", of_year=source.of_year, unit="pemeriksaan"),
        Column("tidak_layak", "Tidak layak"),
        Column("persen_tidak_layak", "% tidak layak", Form.PERCENT),
    ]
    rows = [
        [Cell(str(number)), Cell(a.label), *against_target(a, of_year=source.of_year), realised(b), percent(b, a)]
        for number, (a, b) in enumerate(zip(done, refused, strict=True), start=1)
    ]
    last = [*total_cells(refused, of_year=False), ratio(total(refused), total(done))]
    rows.append([Cell(NO_CODE), Cell("Jumlah"), *total_cells(done, of_year=source.of_year), *last])
    first, second = [[(code, f.breakdown) for f in found[code]] for code in (VERIFIED, REFUSED)]
    return [
        Section("utama", "Menurut program", columns, rows, totals=1),
        *by_area(
            source,
            columns[2:],
            first + second,
            lambda area: [
                *total_cells([area[c] for c in first], of_year=source.of_year),
                *_added(area, second),
                ratio(total([area[c] for c in second]), total([area[c] for c in first])),
            ],
            [*total_cells(done, of_year=source.of_year), *last],
        ),
    ]


# --- graduasi -----------------------------------------------------------------------


def graduations(source: Source) -> list[Section]:
    found = source.here(GRADUATED)[GRADUATED]
    columns = [
        NUMBER,
        Column("program", "Program", Form.TEXT),
        *targeted("lulus", "Lulus", of_year=source.of_year, unit="keluarga"),
    ]
    rows = [
        [Cell(str(number)), Cell(f.label), *against_target(f, of_year=source.of_year)]
        for number, f in enumerate(found, start=1)
    ]
    choices = [(GRADUATED, f.breakdown) for f in found]
    areas = [Column(f"lulus_{f.breakdown}", _short(f)) for f in found]
    return [
        Section("utama", "Menurut program", columns, rows),
        *by_area(source, areas, choices, lambda row: [realised(row[c]) for c in choices], list(map(realised, found))),
    ]


KINDS = {
    kind.slug: kind
    for kind in (
        Kind(
            "capaian-pas",
            "Capaian 12 PAS",
            "Target dan penerima tiap kelompok PAS, dengan wilayah di bawahnya.",
            (GROUPS,),
            pas,
            ("Satu orang dapat termasuk beberapa kelompok; angka antarkelompok tidak dijumlahkan.",),
            served,
        ),
        Kind(
            "rekap-pilar",
            "Rekap pilar",
            "Personel terdaftar dan kegiatan terverifikasi tiap pilar.",
            (REGISTERED, ACTS),
            pillars,
            ("Satu orang dapat bertugas di beberapa pilar; personel antarpilar tidak dijumlahkan.",),
        ),
        Kind(
            "penyaluran",
            "Penyaluran bantuan",
            "Pagu, ditetapkan, disalurkan, dan diterima tiap program.",
            (CEILING, DECIDED, MONEY, RECEIVED),
            payments,
            (
                "Penerima pada baris Jumlah dihitung sekali walaupun menerima beberapa program.",
                "Luncuran: dibayar di luar tahun anggarannya; hanya dihitung dalam angka setahun.",
            ),
        ),
        Kind(
            "verval",
            "Verifikasi dan validasi",
            "Pemeriksaan di lapangan tiap program dan yang hasilnya tidak layak.",
            (VERIFIED, REFUSED),
            verifications,
        ),
        Kind(
            "graduasi",
            "Graduasi",
            "Keluarga yang lulus dari tiap program.",
            (GRADUATED,),
            graduations,
            ("Satu keluarga dapat lulus dari dua program; angka antarprogram tidak dijumlahkan.",),
        ),
    )
}
