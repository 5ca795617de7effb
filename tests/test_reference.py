"""Regions, catalogues and printed figures: complete, repeatable, and never over somebody's edit."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from pilar.core import measures
from pilar.core.models import (
    BudgetYear,
    GroupAlias,
    Pillar,
    PpksMapping,
    Region,
    RegionSuccession,
    Role,
    TargetGroup,
)
from pilar.core.reference import regions
from pilar.core.reference.registry import load_all
from pilar.core.rights import ROLE_DEFAULTS
from targets.models import Indicator, PublishedFigure

MERAUKE_OLD, MERAUKE_NEW = 9101000000, 9301000000


def test_the_nation_stands_above_the_listed_areas(land):
    assert Region.objects.get(level=0).name == "Indonesia"


def test_area_names_have_no_blanks_at_their_ends(land):
    assert not Region.objects.filter(name__regex=r"^\s|\s$").exists()


def test_loading_regions_again_writes_nothing(land):
    loaded = regions.load_regions()
    assert (loaded.listed, loaded.written, loaded.unlisted) == (91_600, 0, [])


def test_a_renamed_area_is_written_back(land):
    Region.objects.filter(pk=1771010000).update(name="Salah")
    assert regions.load_regions().written == 1
    assert Region.objects.get(pk=1771010000).name == "Selebar"


def test_a_valid_code_outside_the_list_is_reported_not_removed(land):
    Region.objects.create(code=1799000000, name="Kota Lama", level=2)
    assert regions.load_regions().unlisted == ["17.99"]
    assert Region.objects.filter(code=1799000000, valid_until=None).exists()


def test_another_number_of_areas_is_refused(land, monkeypatch):
    monkeypatch.setattr(regions, "EXPECTED", {1: 39})
    with pytest.raises(CommandError, match="memuat 38 provinsi, seharusnya 39"):
        call_command("load_regions")


def test_old_merauke_is_closed_and_succeeded(land):
    old = Region.objects.get(pk=MERAUKE_OLD)
    succession = RegionSuccession.objects.get(old=old)
    assert old.valid_until == succession.valid_from
    assert succession.new_id == MERAUKE_NEW
    assert "UU 14/2022" in succession.decree


def test_loading_reference_again_adds_nothing(land):
    assert set(load_all().values()) == {0}


def test_an_edited_role_keeps_its_edit(land):
    Role.objects.filter(pk="auditor").update(rights=["audit"])
    load_all()
    assert Role.objects.get(pk="auditor").rights == ["audit"]


def test_a_removed_alias_does_not_come_back(land):
    GroupAlias.objects.filter(name="Perempuan").delete()
    load_all()
    assert not GroupAlias.objects.filter(name="Perempuan").exists()


def test_every_default_role_is_a_row(land):
    assert set(Role.objects.values_list("code", flat=True)) == {role.code for role in ROLE_DEFAULTS}


def test_only_the_five_pillars_of_the_article(land):
    assert list(Pillar.objects.values_list("code", flat=True)) == ["PKH", "TAGANA", "TKSK", "PORDAM", "REHSOS"]


def test_positions_say_who_has_a_caseload(land):
    positions = {p["name"]: p["caseload"] for p in Pillar.objects.get(code="PKH").positions}
    assert positions["Pendamping sosial"]
    assert not positions["Koordinator kabupaten/kota"]


def test_a_position_is_known_by_its_name_however_it_is_written(land):
    pkh = Pillar.objects.get(code="PKH")
    assert pkh.looks_after("Pendamping  SOSIAL")
    assert not pkh.looks_after("Supervisor")
    assert not pkh.looks_after("jabatan lain")


def test_twelve_groups_by_number(land):
    assert list(TargetGroup.objects.filter(parent=None).values_list("id", flat=True)) == list(range(1, 13))


def test_sensitive_groups_and_their_subcategories(land):
    sensitive = TargetGroup.objects.filter(sensitive=True)
    assert set(sensitive.filter(parent=None).values_list("id", flat=True)) == {1, 2, 7, 8, 9}
    assert not TargetGroup.objects.filter(parent__sensitive=True, sensitive=False).exists()
    assert not sensitive.filter(parent__sensitive=False).exists()


def test_prisoners_have_two_dated_readings(land):
    readings = TargetGroup.objects.get(pk=7).definitions
    assert [reading["date"] for reading in readings] == ["2025-06-05", "2025-12"]
    assert all(reading["source"] and reading["url"].startswith("https://") for reading in readings)


def test_all_26_ppks_are_mapped_some_to_several(land):
    names = set(PpksMapping.objects.values_list("ppks", flat=True))
    assert len(names) == 26
    assert set(
        PpksMapping.objects.filter(ppks="Anak dengan kedisabilitasan (ADK)").values_list("group_id", flat=True)
    ) == {1, 2}


def test_every_pas_is_meant_by_some_ppks(land):
    assert set(PpksMapping.objects.values_list("group_id", flat=True)) == set(range(1, 13))


def test_every_indicator_names_a_measure_that_has_its_breakdown(land):
    indicators = list(Indicator.objects.all())
    assert len(indicators) == 12
    assert all(i.dim in measures.get(i.measure).dims for i in indicators)
    assert all(i.unit == measures.get(i.measure).unit for i in indicators)


def test_418_stays_418_with_393_in_parts(land):
    figure = PublishedFigure.objects.get(code="C01-BKL-PILAR")
    parts = {part.pillar.code: part.value for part in figure.parts.select_related("pillar")}
    assert parts == {"PKH": 257, "TAGANA": 30, "TKSK": 60, "PORDAM": 14, "REHSOS": 32}
    assert (figure.headline, figure.headline - sum(parts.values())) == (418, 25)
    assert figure.definition == PublishedFigure.Definition.UNSTATED


def test_city_aid_keeps_its_printed_precision(land):
    figure = PublishedFigure.objects.get(code="C02-KOTABKL-BANTUAN")
    parts = [(part.programme.code, part.value, part.step) for part in figure.parts.select_related("programme")]
    assert parts == [
        ("PERMAKANAN", 879_770_000, 10_000),
        ("YAPI", 1_130_000_000, 10_000_000),
        ("ATENSI", 206_900_000, 10_000),
    ]
    assert (figure.region_id, figure.headline, figure.headline_step) == (1771000000, 2_220_000_000, 10_000_000)


def test_opening_a_year_makes_guarded_partitions(land):
    call_command("open_year", "2040")
    call_command("open_year", "2040")
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, relrowsecurity FROM pg_class WHERE relname LIKE '%\\_2040' AND relkind = 'r'")
        made = dict(cursor.fetchall())
    assert made == dict.fromkeys(
        ("assistance_disbursement_2040", "assistance_step_2040", "core_auditevent_2040", "personnel_activity_2040"),
        True,
    )
    assert BudgetYear.objects.filter(year=2040).exists()


def test_a_mistyped_year_is_refused(land):
    with pytest.raises(CommandError, match="di luar 2000–2100"):
        call_command("open_year", "20244")
