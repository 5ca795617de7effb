"""The five pillars of the founding article, and the programmes the main job counts (domain.md 2, 3)."""

from typing import Any

from pilar.core.models import Pillar, Programme
from pilar.core.reference.registry import insert_absent, register

PKH, TAGANA, TKSK, PORDAM, REHSOS = range(1, 6)
PERMAKANAN, YAPI, ATENSI, PROGRAMME_PKH, SEMBAKO = range(1, 6)


def position(name: str, *, caseload: bool = False) -> dict[str, Any]:
    """`caseload`: whoever holds it looks after families or clients (memiliki dampingan)."""
    return {"name": name, "caseload": caseload}


def pillars() -> list[Pillar]:
    return [
        Pillar(
            id=PKH,
            code="PKH",
            name="Pendamping PKH",
            shape=Pillar.Shape.PERSON,
            area_level=Pillar.AreaLevel.DISTRICT,
            aliases=["SDM PKH", "Pendamping Program Keluarga Harapan", "Pendamping Sosial"],
            positions=[
                position("Koordinator regional"),
                position("Koordinator wilayah"),
                position("Koordinator kabupaten/kota"),
                position("Supervisor"),
                position("Administrator pangkalan data"),
                position("Pendamping sosial", caseload=True),
                position("Asisten pendamping"),
            ],
            legal_basis="Permensos 1/2018",
        ),
        Pillar(
            id=TAGANA,
            code="TAGANA",
            name="Tagana (Taruna Siaga Bencana)",
            shape=Pillar.Shape.PERSON,
            area_level=Pillar.AreaLevel.REGENCY,
            aliases=["Tagana", "Taruna Siaga Bencana"],
            positions=[position("Muda"), position("Madya"), position("Utama")],
            legal_basis="Permensos 28/2012 dan 29/2012",
        ),
        Pillar(
            id=TKSK,
            code="TKSK",
            name="TKSK (Tenaga Kesejahteraan Sosial Kecamatan)",
            shape=Pillar.Shape.PERSON,
            area_level=Pillar.AreaLevel.DISTRICT,
            aliases=["TKSK", "Tenaga Kesejahteraan Sosial Kecamatan"],
            positions=[position("TKSK")],
            legal_basis="Permensos 28/2018; Perdirjen Dayasos 35/2020",
        ),
        Pillar(
            id=PORDAM,
            code="PORDAM",
            name="Pelopor Perdamaian",
            shape=Pillar.Shape.PERSON,
            area_level=Pillar.AreaLevel.REGENCY,
            aliases=["Pordam", "Perdamai"],
            positions=[position("Pelopor Perdamaian")],
            legal_basis="UU 7/2012; peraturan pembentukannya belum ditemukan",
        ),
        Pillar(
            id=REHSOS,
            code="REHSOS",
            name="Pendamping Rehabilitasi Sosial",
            shape=Pillar.Shape.PERSON,
            area_level=Pillar.AreaLevel.REGENCY,
            aliases=[
                "Pendamping Rehsos",
                "Peksos",
                "Pekerja Sosial Keluarga",
                "Pendamping lansia",
                "Pendamping disabilitas berat",
            ],
            positions=[
                position("Pekerja sosial", caseload=True),
                position("Tenaga kesejahteraan sosial", caseload=True),
                position("Relawan", caseload=True),
                position("Konselor", caseload=True),
            ],
            legal_basis="Permensos 15/2025; Perdirjen Rehsos 5/2021; Kepdirjen Rehsos 15/4/HK.01/4/2022",
        ),
    ]


def programmes() -> list[Programme]:
    return [
        Programme(
            id=PERMAKANAN,
            code="PERMAKANAN",
            name="Permakanan",
            unit=Programme.Unit.PERSON,
            channel="Pokmas (satu per kecamatan)",
            legal_basis="Kepdirjen Rehsos 56/4/HK.01/10/2022 dan 74/4/HK.01/6/2023",
        ),
        Programme(
            id=YAPI,
            code="YAPI",
            name="YAPI (anak yatim, piatu, yatim piatu)",
            unit=Programme.Unit.PERSON,
            channel="Himbara atau PT Pos",
        ),
        Programme(
            id=ATENSI,
            code="ATENSI",
            name="ATENSI (Asistensi Rehabilitasi Sosial)",
            unit=Programme.Unit.PERSON,
            channel="Sentra",
            legal_basis="Permensos 15/2025; sebelumnya 7/2021 dan 7/2022",
        ),
        Programme(
            id=PROGRAMME_PKH,
            code="PKH",
            name="PKH (Program Keluarga Harapan)",
            unit=Programme.Unit.FAMILY,
            channel="Himbara (kartu KKS) atau PT Pos",
            legal_basis="Permensos 1/2018",
        ),
        Programme(
            id=SEMBAKO,
            code="SEMBAKO",
            name="Sembako (BPNT)",
            unit=Programme.Unit.FAMILY,
            channel="Himbara (kartu KKS) atau PT Pos",
        ),
    ]


@register("pilar")
def load_pillars() -> int:
    return len(insert_absent(Pillar, pillars()))


@register("program")
def load_programmes() -> int:
    return len(insert_absent(Programme, programmes()))
