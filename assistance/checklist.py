"""Daftar periksa graduasi: what an assessor answers, what each answer weighs, and from which score on it suffices.

Conditions say what a kind of graduation means and come from the sources of domain.md 4.4. The other questions,
all weights and the thresholds are the office's own: no source gives a scored checklist. Each assessment keeps
its questions, weights and threshold, so that a change here leaves old scores as they were.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from assistance.models import Graduation

Kind = Graduation.Kind
YES, PARTLY, NO = "ya", "sebagian", "tidak"
ANSWERS = {YES: "ya", PARTLY: "sebagian", NO: "tidak"}
#: share of the weight, in percent
SHARES = {YES: 100, PARTLY: 50, NO: 0}
OWN = "daftar periksa dinas"


@dataclass(frozen=True)
class Item:
    """Attributes:
    weight: points of a full "ya"; even, since "sebagian" gives half.
    source: who says so; OWN for a question of the office.
    condition: without "ya" there is no graduation of that kind.
    """

    code: str
    question: str
    weight: int
    source: str = OWN
    condition: bool = False

    @property
    def answers(self) -> tuple[str, ...]:
        return (YES, NO) if self.condition else tuple(ANSWERS)

    def points(self, answer: str) -> int:
        return self.weight * SHARES[answer] // 100


CONDITIONS = {
    Kind.NATURAL: Item(
        "tanpa_komponen", "Tidak ada lagi komponen bantuan dalam keluarga", 40,
        "penasultra.id, graduasi KPM PKH Kabupaten Muna", condition=True,
    ),
    Kind.ABLE: Item(
        "mampu_atau_mundur", "Keluarga mengundurkan diri atau sudah mampu secara ekonomi", 40,
        "Banten Ekspres, 22 Januari 2024", condition=True,
    ),
    Kind.FORCED: Item(
        "tidak_berkomitmen",
        "Komitmen tetap tidak dipenuhi sesudah peringatan, atau ada surat desa/kelurahan bahwa keluarga mampu", 40,
        "penasultra.id, graduasi KPM PKH Kabupaten Muna", condition=True,
    ),
    Kind.SYSTEM: Item(
        "hasil_pemadanan", "Ada hasil pemadanan data atau berita acara musyawarah desa/kelurahan", 40,
        "data graduasi Bengkulu Utara 2021", condition=True,
    ),
}  # fmt: skip

QUESTIONS = (
    Item("penghasilan", "Penghasilan keluarga tetap dan mencukupi kebutuhan sehari-hari", 10),
    Item("usaha", "Ada anggota keluarga yang bekerja tetap atau punya usaha yang berjalan", 10),
    Item("rumah", "Rumah layak huni, dengan air bersih dan jamban", 10),
    Item("sekolah", "Anak usia sekolah tetap bersekolah tanpa bantuan", 10),
    Item("kesehatan", "Kebutuhan kesehatan terjamin, termasuk kepesertaan JKN", 10),
    Item("siap", "Keluarga memahami dan siap keluar dari program", 10),
)

#: Of 100 points. Only "mandiri" says that the family can do without; the other kinds rest on their condition.
THRESHOLDS = {Kind.NATURAL: 40, Kind.ABLE: 70, Kind.FORCED: 40, Kind.SYSTEM: 40}


def items_of(kind: str) -> list[Item]:
    """The checklist of a kind, its condition first; the weights sum to 100."""
    return [CONDITIONS[Kind(kind)], *QUESTIONS]


def scored(kind: str, answers: Mapping[str, str]) -> tuple[int, dict[str, Any]]:
    """The score (0 to 100) and what is kept of the assessment.

    Args:
        answers: item code -> "ya", "sebagian" or "tidak".
    Raises ValidationError on `answers` when one is missing, unknown, or not among those of its question.
    """
    items = items_of(kind)
    wrong = [item.question for item in items if answers.get(item.code) not in item.answers]
    if wrong:
        raise ValidationError({"answers": f"Belum dijawab dengan benar: {'; '.join(wrong)}."})
    if unknown := set(answers) - {item.code for item in items}:
        raise ValidationError({"answers": f"Bukan butir daftar periksa jenis ini: {', '.join(sorted(unknown))}."})
    kept: list[dict[str, Any]] = [
        {
            "kode": item.code,
            "pertanyaan": item.question,
            "jawaban": answers[item.code],
            "nilai": item.points(answers[item.code]),
            "bobot": item.weight,
            "sumber": item.source,
            "syarat": item.condition,
        }
        for item in items
    ]
    return sum(row["nilai"] for row in kept), {"ambang": THRESHOLDS[Kind(kind)], "butir": kept}


def unmet(assessment: Mapping[str, Any]) -> list[str]:
    """Questions of conditions that were not answered with "ya"."""
    return [row["pertanyaan"] for row in assessment["butir"] if row["syarat"] and row["jawaban"] != YES]
