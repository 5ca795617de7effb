"""The 26 PPKS of Permensos 8/2012 and the PAS they may mean.

No source found maps the two lists. Where a name fits one PAS or one of its sub-categories it is
mapped to that; where it fits several, or none without a stretch, to every candidate, so that an
import asks a human (domain.md 1, "mapping table").
"""

from pilar.core.models import PpksMapping
from pilar.core.reference.registry import register

PPKS: dict[str, tuple[int, ...]] = {
    "Anak balita terlantar": (1,),
    "Anak terlantar": (1,),
    "Anak yang berhadapan dengan hukum": (1,),
    "Anak jalanan": (1,),
    "Anak dengan kedisabilitasan (ADK)": (1, 2),
    "Anak yang menjadi korban tindak kekerasan atau diperlakukan salah": (1, 8),
    "Anak yang memerlukan perlindungan khusus": (1,),
    "Lanjut usia terlantar": (3,),
    "Penyandang disabilitas": (2,),
    "Tuna susila": (10, 11),
    "Gelandangan": (4,),
    "Pengemis": (4,),
    "Pemulung": (4,),
    "Kelompok minoritas": (6, 10),
    "Bekas warga binaan lembaga pemasyarakatan (BWBLP)": (7,),
    "Orang dengan HIV/AIDS (ODHA)": (9,),
    "Korban penyalahgunaan NAPZA": (9,),
    "Korban trafficking": (8,),
    "Korban tindak kekerasan": (8,),
    "Pekerja migran bermasalah sosial (PMBS)": (8,),
    "Korban bencana alam": (5,),
    "Korban bencana sosial": (5,),
    "Perempuan rawan sosial ekonomi": (11,),
    "Fakir miskin": (12,),
    "Keluarga bermasalah sosial psikologis": (10,),
    "Komunitas adat terpencil": (6,),
}


@register("padanan PPKS")
def load_mapping() -> int:
    """Only into an empty table: a mapping that was corrected or removed by hand stays so."""
    if PpksMapping.objects.exists():
        return 0
    rows = [PpksMapping(ppks=name, group_id=group) for name in PPKS for group in PPKS[name]]
    return len(PpksMapping.objects.bulk_create(rows))
