"""The 12 PAS with their sub-categories, other printed names and dated readings (domain.md 1)."""

from dataclasses import dataclass

from pilar.core.models import GroupAlias, TargetGroup
from pilar.core.reference.registry import insert_absent, register

LEGAL_BASIS = "Kepmensos 103/HUK/2025"
# Children, health, criminal record, and violence treated alike (UU 27/2022; domain.md 7).
SENSITIVE = {1, 2, 7, 8, 9}


@dataclass(frozen=True)
class Pas:
    code: str
    name: str
    definition: str
    subcategories: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


PAS = {
    1: Pas(
        "PAS01_ANAK_RENTAN",
        "Anak-anak rentan",
        "Anak yang terlantar, berhadapan dengan hukum, menyandang disabilitas, menjadi korban "
        "kekerasan, hidup di jalanan, atau memerlukan perlindungan khusus.",
        (
            "Balita terlantar",
            "Anak terlantar",
            "Anak berhadapan dengan hukum",
            "Anak disabilitas",
            "Anak korban kekerasan",
            "Anak jalanan",
            "Anak memerlukan perlindungan khusus (AMPK)",
        ),
    ),
    2: Pas(
        "PAS02_DISABILITAS",
        "Penyandang disabilitas",
        "Orang dengan keterbatasan fisik, mental, intelektual, atau sensorik.",
        (
            "Disabilitas fisik",
            "Disabilitas mental",
            "Disabilitas intelektual",
            "Disabilitas sensorik",
        ),
        ("Difabel",),
    ),
    3: Pas(
        "PAS03_LANSIA_TERLANTAR",
        "Lanjut usia terlantar",
        "Orang berusia 60 tahun ke atas yang kebutuhan dasarnya tidak terpenuhi.",
    ),
    4: Pas(
        "PAS04_BERPENDAPATAN_RENDAH",
        "Kelompok berpendapatan rendah",
        "Gelandangan, pengemis, dan pemulung.",
        ("Gelandangan", "Pengemis", "Pemulung"),
        ("Kelompok berpenghasilan rendah",),
    ),
    5: Pas(
        "PAS05_KORBAN_BENCANA",
        "Korban bencana",
        "Korban bencana alam, bencana nonalam, atau bencana sosial.",
        ("Korban bencana alam", "Korban bencana nonalam", "Korban bencana sosial"),
    ),
    6: Pas(
        "PAS06_AFIRMASI_KHUSUS",
        "Kelompok afirmasi khusus",
        "Komunitas adat terpencil.",
        ("Komunitas Adat Terpencil (KAT)",),
    ),
    7: Pas(
        "PAS07_WARGA_BINAAN",
        "Warga binaan",
        "Sumber berbeda: bekas warga binaan, atau orang yang masih dalam pembinaan "
        "pemasyarakatan. Kedua pengertian disimpan bertanggal.",
    ),
    8: Pas(
        "PAS08_KORBAN_KEKERASAN",
        "Korban kekerasan",
        "Korban tindak kekerasan, termasuk korban perdagangan orang dan pekerja migran bermasalah sosial.",
        ("Korban perdagangan orang", "Pekerja migran bermasalah sosial"),
    ),
    9: Pas(
        "PAS09_NAPZA_HIV",
        "Korban penyalahgunaan NAPZA dan ODHIV",
        "Korban penyalahgunaan NAPZA dan orang dengan HIV/AIDS.",
        ("Korban penyalahgunaan NAPZA", "Orang dengan HIV (ODHIV)"),
    ),
    10: Pas(
        "PAS10_MASYARAKAT_BERMASALAH",
        "Masyarakat bermasalah sosial",
        "Keluarga yang bermasalah sosial psikologis.",
        ("Keluarga bermasalah sosial psikologis",),
    ),
    11: Pas(
        "PAS11_PEREMPUAN_RENTAN",
        "Perempuan rentan",
        "Perempuan dengan kerentanan sosial ekonomi.",
        (),
        ("Perempuan",),
    ),
    12: Pas(
        "PAS12_FAKIR_MISKIN",
        "Fakir miskin",
        "Orang miskin menurut data tunggal sosial dan ekonomi nasional (DTSEN).",
    ),
}

# Dates as the sources give them: a day, or only a month.
READINGS = {
    7: [
        {
            "date": "2025-06-05",
            "text": "Bekas warga binaan lembaga pemasyarakatan.",
            "source": "persdigi.com, ringkasan Kepmensos 103/HUK/2025",
            "url": "https://www.persdigi.com/2025/08/"
            "menteri-sosial-tetapkan-12-pemerlu-atensi-sosial-tksk-usulkan-perluasan.html",
        },
        {
            "date": "2025-12",
            "text": "Orang yang masih dalam pembinaan sistem pemasyarakatan.",
            "source": "sosialdesa.com",
            "url": "https://www.sosialdesa.com/2025/12/pemerlu-atensi-sosial.html",
        },
    ]
}


def subcategory_id(group: int, number: int) -> int:
    """PAS 1's first sub-category is 101, PAS 10's first is 1001."""
    return group * 100 + number


def groups() -> list[TargetGroup]:
    """Parents first, then sub-categories; both sensitive alike."""
    rows = [
        TargetGroup(
            id=number,
            code=pas.code,
            name=pas.name,
            definition=pas.definition,
            definitions=READINGS.get(number, []),
            sensitive=number in SENSITIVE,
            legal_basis=LEGAL_BASIS,
        )
        for number, pas in PAS.items()
    ]
    return rows + [
        TargetGroup(
            id=subcategory_id(number, position),
            code=f"PAS{number:02d}_{position}",
            name=name,
            parent_id=number,
            sensitive=number in SENSITIVE,
            legal_basis=LEGAL_BASIS,
        )
        for number, pas in PAS.items()
        for position, name in enumerate(pas.subcategories, start=1)
    ]


@register("kelompok PAS")
def load_groups() -> int:
    added = insert_absent(TargetGroup, groups())
    GroupAlias.objects.bulk_create(
        GroupAlias(group=group, name=name) for group in added if group.id in PAS for name in PAS[group.id].aliases
    )
    return len(added)
