"""Printed figures, exactly as printed, with their sources (domain.md 0 and 8)."""

from dataclasses import dataclass, field
from datetime import date

from pilar.core.measures import Dim, Unit
from pilar.core.reference.catalogue import ATENSI, PERMAKANAN, PKH, PORDAM, REHSOS, TAGANA, TKSK, YAPI
from pilar.core.reference.registry import register
from targets.models import PublishedFigure, PublishedPart

Definition = PublishedFigure.Definition
BENGKULU, BENGKULU_TENGAH, KOTA_BENGKULU = 1700000000, 1709000000, 1771000000


@dataclass(frozen=True)
class Part:
    """`step` is the printed precision in units: Rp879,77 juta was printed in steps of Rp10.000."""

    label: str
    dim: Dim
    breakdown: int
    printed: str
    value: int
    step: int = 1


@dataclass(frozen=True)
class Figure:
    code: str
    title: str
    region: int
    published_on: date
    year: int
    definition: PublishedFigure.Definition
    unit: Unit
    measure: str
    printed: str
    value: int
    source_name: str
    source_url: str
    note: str
    parts: tuple[Part, ...]
    step: int = field(default=1)


def people(label: str, pillar: int, count: int) -> Part:
    return Part(label, Dim.PILLAR, pillar, f"{count} orang", count)


FIGURES = (
    Figure(
        code="C01-BKL-PILAR",
        title="Pilar sosial Provinsi Bengkulu",
        region=BENGKULU,
        published_on=date(2024, 11, 19),
        year=2024,
        definition=Definition.UNSTATED,
        unit=Unit.PEOPLE,
        measure="personel_terdaftar",
        printed="418 orang",
        value=418,
        source_name="Antara, 19 November 2024",
        source_url="https://m.antaranews.com/amp/berita/4477425/"
        "kemensos-perkuat-pilar-sosial-agar-fokus-bantu-warga-kurang-mampu",
        note="Rinciannya berjumlah 393; 25 orang tidak dirinci dalam sumber mana pun yang ditemukan. "
        "Sumber tidak menyatakan apakah 418 itu terdaftar, aktif, atau hadir dalam dialog.",
        parts=(
            people("Pendamping PKH", PKH, 257),
            people("Tagana", TAGANA, 30),
            people("TKSK", TKSK, 60),
            people("Pelopor Perdamaian", PORDAM, 14),
            people("Pendamping Rehabilitasi Sosial", REHSOS, 32),
        ),
    ),
    Figure(
        code="C02-KOTABKL-BANTUAN",
        title="Bantuan Kemensos untuk Kota Bengkulu, satu tahun",
        region=KOTA_BENGKULU,
        published_on=date(2024, 11, 19),
        year=2024,
        definition=Definition.UNSTATED,
        unit=Unit.RUPIAH,
        measure="rupiah_salur",
        printed="Rp2,22 miliar",
        value=2_220_000_000,
        step=10_000_000,
        source_name="Radar Selatan, November 2024",
        source_url="https://radarselatan.disway.id/amp/667297/"
        "kota-bengkulu-dapat-bantuan-rp-222-miliar-dar-mensos-ini-peruntukannya",
        note="Menurut Menteri hanya untuk Kota Bengkulu, satu tahun. Rinciannya berjumlah "
        "Rp2.216,67 juta, yang dibulatkan menjadi Rp2,22 miliar. Sumber tidak menyatakan apakah "
        "ini pagu, penetapan, atau penyaluran.",
        parts=(
            Part("Permakanan", Dim.PROGRAMME, PERMAKANAN, "Rp879,77 juta", 879_770_000, 10_000),
            Part("YAPI", Dim.PROGRAMME, YAPI, "Rp1,13 miliar", 1_130_000_000, 10_000_000),
            Part("ATENSI", Dim.PROGRAMME, ATENSI, "Rp206,90 juta", 206_900_000, 10_000),
        ),
    ),
    Figure(
        code="C62-BKL-TKSK-2018",
        title="TKSK Provinsi Bengkulu, Desember 2018",
        region=BENGKULU,
        published_on=date(2018, 12, 12),
        year=2018,
        definition=Definition.REGISTERED,
        unit=Unit.PEOPLE,
        measure="personel_terdaftar",
        printed="128 orang",
        value=128,
        source_name="Bengkulu One, Desember 2018",
        source_url="https://www.bengkuluone.co.id/gubernur-akan-kasih-motor/?page28332434234=2",
        note="Satu per kecamatan. Tahun disimpulkan dari nama hari. Bandingkan dengan 60 TKSK "
        "pada rilis November 2024 (C01).",
        parts=(people("TKSK", TKSK, 128),),
    ),
    Figure(
        code="C63-BENTENG-TKSK-2024",
        title="TKSK Kabupaten Bengkulu Tengah, Februari 2024",
        region=BENGKULU_TENGAH,
        published_on=date(2024, 2, 22),
        year=2024,
        definition=Definition.REGISTERED,
        unit=Unit.PEOPLE,
        measure="personel_terdaftar",
        printed="11 orang",
        value=11,
        source_name="Rakyat Benteng, 22 Februari 2024",
        source_url="https://rakyatbenteng.bacakoran.co//read/2421/"
        "nasib-tksk-di-bengkulu-tengah-gaji-kecil-dan-tak-terdaftar-bpjs-ketenagakerjaan",
        note="Satu per kecamatan; tercatat 10 pada Juni 2019 (Bengkulu Ekspress).",
        parts=(people("TKSK", TKSK, 11),),
    ),
)


@register("angka rilis")
def load_figures() -> int:
    """Adds figures whose code is unknown; a figure is never repaired afterwards."""
    known = set(PublishedFigure.objects.values_list("code", flat=True))
    absent = [figure for figure in FIGURES if figure.code not in known]
    for figure in absent:
        row = PublishedFigure.objects.create(
            code=figure.code,
            title=figure.title,
            region_id=figure.region,
            published_on=figure.published_on,
            year=figure.year,
            definition=figure.definition,
            unit=figure.unit,
            measure=figure.measure,
            headline_printed=figure.printed,
            headline=figure.value,
            headline_step=figure.step,
            source_name=figure.source_name,
            source_url=figure.source_url,
            note=figure.note,
        )
        PublishedPart.objects.bulk_create(_part(row, n, p) for n, p in enumerate(figure.parts))
    return len(absent)


def _part(figure: PublishedFigure, order: int, part: Part) -> PublishedPart:
    return PublishedPart(
        figure=figure,
        label=part.label,
        dim=part.dim,
        pillar_id=part.breakdown if part.dim == Dim.PILLAR else None,
        programme_id=part.breakdown if part.dim == Dim.PROGRAMME else None,
        printed=part.printed,
        value=part.value,
        step=part.step,
        order=order,
    )
