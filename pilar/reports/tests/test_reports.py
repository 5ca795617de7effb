"""Totals equal the dashboard's, and nothing is shown that the dashboard hides."""

from datetime import date

import pytest

from pilar.core.errors import Refusal
from pilar.core.formatting import Blank
from pilar.core.models import Region
from pilar.core.offices import issuer_of
from pilar.dashboard.board import ACTS, GRADUATED, GROUPS, MONEY, REGISTERED, Board
from pilar.reports.build import report_of
from pilar.reports.kinds import KINDS
from pilar.reports.layout import Form
from pilar.reports.paper import document_of
from targets.engine.drain import drain_all
from targets.periods import Period
from tests import factories as make

TODAY = date(2026, 11, 24)
BENGKULU = 1700000000
DRUGS, ELDERLY = 9, 3


def report(user, kind: str, *, region: int = make.KOTA, part: int = 0, year: int = 2024, today: date = TODAY):
    place = Region.objects.get(pk=region)
    return report_of(user, kind=KINDS[kind], region=place, period=Period(year, part), today=today)


def table(found, key: str = "utama") -> list[dict]:
    section = next(section for section in found.sections if section.key == key)
    keys = [column.key for column in section.columns]
    return [dict(zip(keys, (cell.value for cell in row), strict=True)) for row in section.rows]


def column(found, name: str, key: str = "utama") -> list:
    return [row[name] for row in table(found, key)]


def pay(*, group: int = ELDERLY, count: int = 1, **fields) -> None:
    region = fields.pop("region", make.SELEBAR)
    for _ in range(count):
        person = make.make_beneficiary(groups=[group], region=region)
        make.make_line(make.make_batch(), person, group=group, region=region, **fields)


@pytest.fixture
def life(cast):
    """Something in every report, in two kabupaten and at the kabupaten itself."""
    pay(count=3, amount=700_000)
    pay(count=2, amount=300_000, state="transaksi", paid_on=date(2024, 7, 2))
    pay(amount=110_000, region=make.KOTA)
    pay(amount=50_000, paid_on=date(2025, 1, 3))
    pay(group=DRUGS, count=6, region=make.CURUP)
    person = make.make_person()
    companion = make.make_assignment(person, pillar="PKH")
    make.make_activity(person, pillar="PKH", by=cast.colleague)
    family = make.make_beneficiary(groups=[12])
    make.make_verification(family, companion)
    make.make_caseload(companion, family)
    make.make_graduation(family, to=person)
    make.make_target(value=20, indicator="PENERIMA_PAS", breakdown=ELDERLY)
    make.make_target(value=5_000_000, indicator="RUPIAH_SALUR", breakdown=1)
    drain_all()


def board(user, region: int = make.KOTA) -> Board:
    return Board(user, 2024, Region.objects.get(pk=region), TODAY)


@pytest.mark.parametrize("region", [make.KOTA, BENGKULU, 0])
def test_every_figure_is_the_dashboards(cast, life, region):
    seen = board(cast.admin, region)
    figures = {code: [f.realised for f in seen.of(code)] for code in seen.indicators}
    pas, pillars, money, verval, out = (report(cast.admin, kind, region=region) for kind in KINDS)
    assert column(pas, "penerima") == figures[GROUPS]
    assert column(pas, "target_penerima") == [f.target for f in seen.of(GROUPS)]
    assert column(pas, "persen_penerima") == [f.percent for f in seen.of(GROUPS)]
    assert column(pillars, "terdaftar") == [*figures[REGISTERED], Blank.NOT_SUMMED]
    assert column(pillars, "kegiatan") == [*figures[ACTS], seen.sum_of(ACTS).realised]
    assert column(money, "pagu") == [*figures["RUPIAH_PAGU"], seen.sum_of("RUPIAH_PAGU").realised]
    assert column(money, "ditetapkan") == [*figures["RUPIAH_SK"], seen.sum_of("RUPIAH_SK").realised]
    assert column(money, "disalurkan") == [*figures[MONEY], seen.sum_of(MONEY).realised]
    assert column(money, "persen_disalurkan")[-1] == seen.sum_of(MONEY).percent
    assert column(money, "luncuran")[-1] == seen.sum_of(MONEY).carry_over > 0
    assert column(money, "diterima")[-1] == seen.sum_of("RUPIAH_TRANSAKSI").realised
    assert column(money, "penerima")[-1] == seen.served.realised
    assert column(verval, "verval") == [*figures["VERVAL"], seen.sum_of("VERVAL").realised]
    assert column(out, "lulus") == figures[GRADUATED]


@pytest.mark.parametrize(
    ("kind", "name"), [("penyaluran", "disalurkan"), ("verval", "verval"), ("rekap-pilar", "kegiatan")]
)
@pytest.mark.parametrize("part", [0, 3, 21])
def test_areas_below_add_up_to_the_region(cast, life, kind, name, part):
    *areas, total = column(report(cast.owner, kind, part=part), name, "wilayah")
    assert sum(areas) == total
    assert total == column(report(cast.owner, kind, part=part), name)[-1]


def test_months_add_up_to_the_quarter_and_with_luncuran_to_the_year(cast, life):
    months, quarters = (
        [column(report(cast.owner, "penyaluran", part=part), "disalurkan")[-1] for part in parts]
        for parts in (range(1, 13), range(21, 25))
    )
    year = table(report(cast.owner, "penyaluran"))[-1]
    assert sum(months) == sum(quarters) == year["disalurkan"] - year["luncuran"]


def test_a_small_number_of_a_sensitive_group_is_hidden_from_others_alone(cast):
    pay(group=DRUGS, count=2)
    drain_all()
    shown = {
        who: column(report(getattr(cast, who), "capaian-pas"), "penerima")[DRUGS - 1] for who in ("owner", "neighbour")
    }
    assert shown == {"owner": 2, "neighbour": Blank.SUPPRESSED}
    foreign = report(cast.neighbour, "capaian-pas", region=BENGKULU)
    assert Blank.SUPPRESSED in column(foreign, f"pas_{DRUGS}", "wilayah")
    assert any("Disamarkan" in note for note in foreign.notes)


def test_kecamatan_are_closed_outside_the_grant_and_it_is_said_who_opens_them(cast, life):
    section = report(cast.neighbour, "penyaluran").sections[1]
    assert section.rows == []
    assert "Yang dapat membukanya: Dinas Sosial Kota Bengkulu" in section.closed
    with pytest.raises(Refusal, match="hanya terbuka bagi petugas wilayah itu"):
        report(cast.neighbour, "penyaluran", region=make.SELEBAR)


def test_what_is_not_known_is_no_zero(cast, life):
    row = table(report(cast.owner, "capaian-pas"))[0]
    assert (row["target_penerima"], row["penerima"], row["persen_penerima"]) == (None, 0, None)
    ahead = report(cast.owner, "penyaluran", part=24, today=date(2024, 3, 1))
    assert set(column(ahead, "disalurkan")) == {None}
    assert ("Periode", "Triwulan IV 2024 (belum mulai)") in ahead.head


def test_of_a_year_that_was_never_counted_nothing_is_known(cast):
    found = report(cast.owner, "capaian-pas", year=2023)
    assert set(column(found, "penerima")) == {None}
    assert found.notes[0] == "Angka tahun 2023 belum pernah dihitung."


def test_a_target_that_waits_for_approval_is_marked(cast):
    make.make_target(value=20, indicator="PENERIMA_PAS", breakdown=ELDERLY, state="diajukan")
    pay()
    drain_all()
    found = report(cast.owner, "capaian-pas")
    assert found.sections[0].rows[ELDERLY - 1][2].text(Form.NUMBER) == "20*"
    assert "* target diajukan dan belum disetujui." in found.notes


def test_a_kecamatan_has_one_table_and_a_village_no_report(cast, life):
    assert [s.key for s in report(cast.owner, "verval", region=make.SELEBAR).sections] == ["utama"]
    with pytest.raises(Refusal, match="desa/kelurahan"):
        report(cast.owner, "verval", region=1771011001)


def test_the_paper_says_what_the_page_says(cast, life):
    make.make_office(by=cast.owner)
    found = report(cast.owner, "penyaluran")
    paper = document_of(found, issuer_of(cast.owner, today=TODAY))
    assert paper.letterhead.government == "Pemerintah Kota Bengkulu"
    assert paper.signatures[0].place_and_day == "Bengkulu, 24 November 2026"
    assert paper.tables[0].rows[-1][1] == "Jumlah"
    assert paper.tables[0].rows[-1][5] == "2.860.000"
    assert paper.tables[0].rows[3][4] == "belum ada data"
    assert paper.landscape


def test_a_nation_takes_as_few_queries_as_a_kabupaten(cast, life, django_assert_max_num_queries):
    for kind in KINDS:
        for part in (0, 3):
            with django_assert_max_num_queries(18):
                report(cast.admin, kind, region=0, part=part)
