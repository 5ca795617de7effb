"""Ratios: the share of one figure in another, as each reader sees the two; made by the ministry; indicators as data."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from pilar.core.errors import Refusal
from pilar.core.formatting import Blank
from targets.engine.drain import drain_all
from targets.models import Indicator, Ratio
from targets.ratios import RatioFigure, ratio_below, ratios_of
from targets.services.ratios import RatioEntry, ratio_make
from targets.status import Status
from tests import factories as make

TODAY = date(2024, 7, 1)
PAGE, API = "/target/2024/17.71/rasio/", "/api/v1/rasio/"
CODE = "tidak-layak-dari-verval"


@pytest.fixture
def verified(cast):
    """Four verval in Kota Bengkulu, one of them tidak layak; one in Rejang Lebong."""
    companion = make.make_assignment(make.make_person(), pillar="PKH")
    for result in ("tidak_layak", "layak", "layak", "layak"):
        make.make_verification(make.make_beneficiary(), companion, programme="PKH", result=result)
    make.make_verification(make.make_beneficiary(region=make.CURUP), companion, programme="PKH", region=make.CURUP)
    drain_all()


def of(user, region: int = make.KOTA) -> RatioFigure:
    return next(f for f in ratios_of(user, year=2024, region=region, today=TODAY) if f.ratio.code == CODE)


def entry(**fields) -> RatioEntry:
    part, whole = (Indicator.objects.get(code=code) for code in ("GRADUASI", "GRADUASI"))
    given = {
        "code": "uji",
        "name": "Rasio uji",
        "part": part,
        "whole": whole,
        "direction": "naik",
        "definition": "Uji.",
    }
    return RatioEntry(**(given | fields))


def by_code(code: str) -> Indicator:
    return Indicator.objects.get(code=code)


# --- figures -----------------------------------------------------------------


def test_the_share_of_one_in_the_other_at_each_level(cast, verified):
    assert (of(cast.owner).part.realised, of(cast.owner).whole.realised, of(cast.owner).percent) == (1, 4, 25)
    assert of(cast.owner, 1700000000).percent == 20
    below = ratio_below(cast.province, of(cast.province).ratio, 4, year=2024, region=1700000000, today=TODAY)
    assert {area.code: figure.percent for area, figure in below if figure.whole.realised} == {
        make.KOTA: 25,
        make.REJANG_LEBONG: 0,
    }


def test_what_has_nothing_counted_is_left_out_and_a_share_of_nothing_is_no_figure(cast, verified):
    found = ratios_of(cast.owner, year=2024, region=make.KOTA, today=TODAY)
    assert [(f.ratio.code, f.whole.breakdown) for f in found] == [(CODE, 4)]
    figure = of(cast.owner)
    empty = RatioFigure(figure.ratio, figure.part, replace(figure.whole, realised=0))
    assert (empty.percent, empty.shown, empty.status) == (None, None, Status.NO_TARGET)


def test_a_closed_kecamatan_hides_the_share(cast, verified):
    assert of(cast.owner, make.SELEBAR).percent == 25
    found = ratios_of(cast.neighbour, year=2024, region=make.SELEBAR, today=TODAY)
    assert {(f.percent, f.shown) for f in found} == {(None, Blank.NOT_APPLICABLE)}


@pytest.mark.parametrize(
    ("direction", "aim", "status"),
    [
        ("turun", 30, Status.REACHED),
        ("turun", 20, Status.CRITICAL),
        ("naik", 20, Status.REACHED),
        ("naik", 30, Status.BEHIND),
        ("naik", 90, Status.CRITICAL),
        ("naik", None, Status.NO_TARGET),
    ],
)
def test_the_aim_is_a_floor_or_a_ceiling_by_direction(cast, verified, direction, aim, status):
    Ratio.objects.filter(code=CODE).update(direction=direction, aim=aim, aim_source="SK" if aim else "")
    assert of(cast.owner).status == status


def test_a_ratio_of_an_indicator_to_itself_is_none(cast):
    same = by_code("VERVAL")
    with pytest.raises(ValidationError, match="dua indikator yang berbeda"):
        ratio_make(actor=cast.admin, entry=entry(part=same, whole=same))


def test_what_hides_one_figure_hides_the_share(cast, verified):
    figure = of(cast.owner)
    hidden = replace(figure.part, realised=None, rows=None, suppressed=True)
    for part, whole in ((hidden, figure.whole), (figure.whole, hidden)):
        found = RatioFigure(figure.ratio, part, whole)
        assert (found.percent, found.shown, found.status) == (None, Blank.SUPPRESSED, Status.NO_TARGET)


# --- making ------------------------------------------------------------------


def test_only_who_changes_reference_data_of_the_nation_makes_one(cast):
    made = entry(part=by_code("TIDAK_LAYAK"), whole=by_code("VERVAL"))
    for actor in (cast.owner, cast.province, cast.staff):
        with pytest.raises(Refusal, match="tidak berwenang"):
            ratio_make(actor=actor, entry=made)
    assert ratio_make(actor=cast.admin, entry=made).set_by == cast.admin


@pytest.mark.parametrize(
    "fields",
    [
        {"whole": "KEGIATAN"},
        {"whole": "RUPIAH_SALUR"},
        {"whole": "VERVAL", "aim": 80},
        {"whole": "VERVAL", "aim": 101, "aim_source": "SK"},
        {"whole": "VERVAL", "definition": " "},
        {"whole": "VERVAL", "code": CODE},
    ],
    ids=str,
)
def test_two_that_do_not_fit_are_refused(cast, fields):
    fields = fields | {"whole": by_code(fields["whole"]), "part": by_code("TIDAK_LAYAK")}
    with pytest.raises(ValidationError):
        ratio_make(actor=cast.admin, entry=entry(**fields))


@pytest.mark.parametrize("door", ["page", "rest"])
def test_made_through_both_doors_and_read_by_all(cast, client_of, api_of, verified, door):
    admin = client_of(cast.admin)
    ids = {"part": by_code("TIDAK_LAYAK").pk, "whole": by_code("VERVAL").pk}
    sent = {
        "code": "uji",
        "name": "Rasio uji",
        "direction": "turun",
        "aim": "30",
        "aim_source": "SK 1",
        "definition": "Uji.",
    }
    coded = {
        "kode": "uji", "nama": "Rasio uji", "bagian": "TIDAK_LAYAK", "dari": "VERVAL", "arah": "turun", "patokan": 30,
        "sumber_patokan": "SK 1", "pengertian": "Uji.",
    }  # fmt: skip
    statuses = {
        "page": lambda: admin.post("/target/rasio/baru/", ids | sent).status_code,
        "rest": lambda: api_of(cast.admin).post(API, coded).status_code,
    }[door]
    assert statuses() in (201, 302)
    owner = client_of(cast.owner)
    for address in (PAGE, "/target/indikator/"):
        assert "Rasio uji" in owner.get(address).content.decode()
    html = owner.get(f"{PAGE}?rasio=uji&rincian=4").content.decode()
    assert "25,0%" in html
    assert "per wilayah di bawahnya" in html
    assert "/TIDAK_LAYAK/4/" in html
    rest = api_of(cast.owner).get(f"{API}uji/angka/", {"tahun": 2024, "wilayah": "17.71"}).json()
    assert [(f["bagian"], f["dari"], Decimal(f["persen"]), f["keadaan"]) for f in rest] == [(1, 4, 25, "tercapai")]
    assert api_of(cast.owner).get(f"{API}uji/angka/").status_code == 400


# --- indicators as data ------------------------------------------------------


def test_an_indicator_over_a_measure_is_added_and_counted_at_once(cast, client_of):
    make.make_activity(make.make_person(), by=make.make_verifier(), groups=[12])
    drain_all()
    out = StringIO()
    call_command(
        "add_indicator", "kegiatan_pas", "Kegiatan per kelompok PAS", "--measure", "kegiatan_terverifikasi",
        "--by", "GROUP", "--definition", "Kegiatan terverifikasi yang menjangkau kelompok itu.", stdout=out,
    )  # fmt: skip
    assert "KEGIATAN_PAS" in out.getvalue()
    added = by_code("KEGIATAN_PAS")
    assert (added.unit, added.direction) == ("kegiatan", "naik")
    assert "Kegiatan per kelompok PAS" in client_of(cast.owner).get("/target/indikator/").content.decode()


@pytest.mark.parametrize(
    ("measure", "by", "said"),
    [("tidak_ada", "GROUP", "Yang ada: rupiah_salur"), ("graduasi", "PILLAR", "dirinci menurut PROGRAMME")],
)
def test_a_measure_or_breakdown_that_is_not_counted_is_refused(land, measure, by, said):
    with pytest.raises(CommandError, match=said):
        call_command("add_indicator", "x", "X", "--measure", measure, "--by", by, "--definition", "X")
