"""The main job in a real browser: a Dinsos enters data, the figures move within seconds, the neighbour's stay."""

import re
import time
from datetime import date

import pytest

from assistance.models import Graduation
from pilar.core.models import Pillar
from targets.engine import rebuild
from targets.models import RollupRun
from tests import factories as make
from tests.harness.processes import until

pytestmark = [pytest.mark.browser, pytest.mark.worker]

SECONDS = 5


@pytest.fixture
def page(sign_in, start_worker):
    start_worker(beat=True)
    return sign_in()


def figure(page, place: str, indicator: str, breakdown: str) -> tuple[int, int | None]:
    """(realised, target) as the API tells the signed-in officer."""
    rows = page.request.get(f"/api/v1/capaian/?tahun=2024&wilayah={place}").json()["hasil"]
    row = next(r for r in rows if r["indikator"] == indicator and breakdown in r["nama_rincian"])
    return row["realisasi"], row["target"]


def moves_to(page, want: tuple, *address: str) -> None:
    """The figure gets there within the promised seconds, without a full rebuild."""
    start = time.monotonic()
    until(lambda: figure(page, *address) == want, SECONDS)
    assert time.monotonic() - start < SECONDS
    assert not RollupRun.objects.exists()


def add_tksk(page) -> None:
    page.click(".sidenav >> text=Personel")
    page.click("text=Personel baru")
    page.fill("[name=name]", "Dewi Lestari")
    page.fill("[name=nik]", make.nik(day=52, month=3, year=90))
    page.check("[name=sex][value=P]")
    page.fill("[name=birth_date]", "1990-03-12")
    page.select_option("[name=pillar]", str(Pillar.objects.get(code="TKSK").pk))
    page.fill("[name=position]", "TKSK")
    page.fill("[name=work_region]", "17.71.01")
    page.fill("[name=valid_from]", "2024-01-02")
    page.click("main button:has-text('Simpan')")
    assert page.inner_text("h1") == "Dewi Lestari"


def add_target(page) -> None:
    page.goto("/target/2024/17.71/baru/")
    page.select_option("[name=address]", "RUPIAH_SALUR:1")
    page.fill("[name=value]", "1.000.000")
    page.fill("[name=source]", "Rapat kerja")
    page.click("text=Simpan dan ajukan")


def add_disbursement(page) -> None:
    page.goto("/penyaluran/baru/")
    page.select_option("[name=programme]", label="Permakanan")
    page.select_option("[name=year]", "2024")
    page.fill("[name=stage]", "Tahap 1")
    page.fill("[name=ceiling]", "1.200.000")
    page.fill("[name=sk_number]", "460/1/2024")
    page.fill("[name=sk_date]", "2024-01-15")
    page.click("text=Simpan daftar")
    page.click("text=Tambah penerima")
    page.fill("main [name=q]", "zub")
    page.click("main button:has-text('Cari')")
    page.click("td >> text=Pilih")
    page.fill("[name=amount]", "600.000")
    page.check("[name=state][value=salur]")
    page.fill("[name=paid_on]", "2024-03-15")
    page.click("button:has-text('Simpan') >> nth=1")


def test_entries_move_the_figures_within_seconds_and_leave_the_neighbours(page):
    make.make_beneficiary(name="Zubaidah", groups=[3])
    make.make_line(make.make_batch(region=make.REJANG_LEBONG), make.make_beneficiary(region=make.CURUP), amount=777)
    moves_to(page, (777, None), "17.02", "RUPIAH_SALUR", "Permakanan")
    add_tksk(page)
    moves_to(page, (1, None), "17.71", "PERSONEL_TERDAFTAR", "TKSK")
    add_target(page)
    moves_to(page, (0, 1_000_000), "17.71", "RUPIAH_SALUR", "Permakanan")
    add_disbursement(page)
    moves_to(page, (600_000, 1_000_000), "17.71", "RUPIAH_SALUR", "Permakanan")
    moves_to(page, (1, None), "17.71", "PENERIMA_PAS", "Lanjut usia terlantar")
    assert figure(page, "17.02", "RUPIAH_SALUR", "Permakanan") == (777, None)
    page.goto("/dasbor/2024/17.71/")
    assert "60,0%" in page.inner_text("main")
    rebuild.rollup_request(year=2024, user=None)
    run = until(lambda: RollupRun.objects.filter(job__state="selesai").first())
    assert run.drift_cells == 0


def test_a_companions_page_shows_seven_of_ten_and_opens_those_seven(page):
    companion = make.make_person(name="Rina Contoh")
    make.make_assignment(companion, pillar="PKH")
    seven = [make.make_beneficiary(name=f"Keluarga {n}") for n in range(7)]
    for month, family in enumerate(seven, start=1):
        make.make_graduation(family, on=date(2024, month, 5), to=companion)
    make.make_graduation(make.make_beneficiary(name="Keluarga Lain"), to=companion, counts=False)
    make.make_target(value=10, indicator="GRADUASI", breakdown=0, person=companion)
    until(
        lambda: "7 dari 10" in (page.goto(f"/personel/{companion.pk}/?year=2024") and page.inner_text("main")), SECONDS
    )
    page.click("td a:has-text('7')")
    shown = set(re.findall(r"Keluarga \w+", page.inner_text("main table")))
    assert shown == {family.name for family in seven}
    told = Graduation.objects.counted().filter(credited_to=companion, decided_on__year=2024).count()
    assert told == 7
