"""Prices and rules as reference data (domain.md 3)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from assistance.models import EligibilityRule, ProgrammePrice
from assistance.reference.programmes import PRICES, RULES
from assistance.services.eligibility import rules_on
from assistance.services.rules import rule_set
from pilar.core.models import AuditEvent, Programme
from pilar.core.reference.registry import load_all

DAY = date(2026, 11, 24)


def programme(code: str) -> Programme:
    return Programme.objects.get(code=code)


def test_every_price_and_rule_names_its_source_and_its_day(land):
    assert ProgrammePrice.objects.exclude(source="").count() == len(PRICES)
    assert EligibilityRule.objects.exclude(source="").count() == len(RULES)


def test_the_meals_of_2023_cost_what_was_published(land):
    """C19: 133,774 persons x 184 days x Rp32.000."""
    per_day = sum(
        ProgrammePrice.objects.filter(
            programme__code="PERMAKANAN", valid_from__lte=date(2023, 7, 1), valid_until=None
        ).values_list("amount", flat=True)
    )
    assert 133_774 * 184 * per_day == 787_661_312_000


def test_loading_again_leaves_what_an_administrator_changed(land):
    EligibilityRule.objects.filter(kind="umur_maks").update(value=20)
    ProgrammePrice.objects.filter(programme__code="YAPI").update(amount=250_000)
    ProgrammePrice.objects.filter(component="antar").delete()
    ProgrammePrice.objects.create(
        programme=programme("PERMAKANAN"), component="antar", per="hari", amount=1_500,
        valid_from=date(2023, 1, 1), source="uji",
    )  # fmt: skip
    assert set(load_all().values()) == {0}
    assert EligibilityRule.objects.get(kind="umur_maks").value == 20
    assert ProgrammePrice.objects.get(component="antar").amount == 1_500


def test_rules_are_listed_one_per_kind(land):
    assert [rule.kind for rule in rules_on(programme("PERMAKANAN"), DAY)] == [
        "bukan_penerima", "keadaan", "kelompok_pas",
    ]  # fmt: skip


# --- putting versions into force -------------------------------------------


def test_an_age_limit_is_put_into_force_for_its_year(land):
    call_command("set_rule", "PERMAKANAN", "umur_min", "75", since=date(2026, 1, 1), source="Kepdirjen 1/2026")
    call_command("set_rule", "PERMAKANAN", "umur_min", "70", since=date(2027, 1, 1), source="Kepdirjen 1/2027")
    rows = EligibilityRule.objects.filter(kind="umur_min").order_by("valid_from")
    assert list(rows.values_list("value", "valid_until")) == [(75, date(2026, 12, 31)), (70, None)]
    assert AuditEvent.objects.filter(summary__contains="umur_min = 75").count() == 1


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("desil_maks", "5", 5),
        ("bukan_penerima", "PKH, SEMBAKO", ["PKH", "SEMBAKO"]),
        ("kelompok_pas", "PAS12_FAKIR_MISKIN", ["PAS12_FAKIR_MISKIN"]),
        ("keadaan", "sekolah=bersekolah|belum", {"sekolah": ["bersekolah", "belum"]}),
    ],
)
def test_every_kind_is_read_as_it_is_typed(land, kind, text, value):
    assert rule_set(programme=programme("ATENSI"), kind=kind, text=text, since=DAY, source="uji").value == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("umur_min", "tujuh"), ("umur_maks", "131"), ("desil_maks", "11"), ("desil_maks", ""),
        ("bukan_penerima", "PKH,NGAWUR"), ("bukan_penerima", ""), ("kelompok_pas", "PAS99"),
        ("keadaan", "tinggal_sendiri=mungkin"), ("keadaan", "cuaca=baik"), ("keadaan", ""), ("ngawur", "1"),
    ],
)  # fmt: skip
def test_a_value_that_means_nothing_is_refused(land, kind, text):
    with pytest.raises(ValidationError):
        rule_set(programme=programme("ATENSI"), kind=kind, text=text, since=DAY, source="uji")


def test_a_version_begins_after_the_last_one(land):
    with pytest.raises(CommandError, match="Sudah ada versi yang mulai 6 Mei 2022"):
        call_command("set_rule", "YAPI", "umur_maks", "20", since=date(2022, 5, 6), source="uji")
    with pytest.raises(CommandError, match="Sumbernya wajib"):
        call_command("set_rule", "YAPI", "umur_maks", "20", since=DAY, source=" ")
    with pytest.raises(CommandError, match="salah satu"):
        call_command("set_rule", "YAPI", "umur_maks", "20", source="uji")
    with pytest.raises(CommandError, match="tidak ada"):
        call_command("set_rule", "NGAWUR", "umur_maks", "20", since=DAY, source="uji")


def test_a_rule_ends_without_another(land):
    call_command("set_rule", "YAPI", "umur_maks", last=date(2026, 12, 31), source="Kepdirjen 9/2026")
    assert rules_on(programme("YAPI"), date(2026, 12, 31))
    assert rules_on(programme("YAPI"), date(2027, 1, 1)) == []
    with pytest.raises(CommandError, match="Tidak ada syarat"):
        call_command("set_rule", "YAPI", "umur_maks", last=date(2027, 12, 31), source="uji")


def test_a_new_price_ends_the_old_one_the_day_before(land):
    call_command("set_price", "YAPI", "bantuan", "bulan", "250000", since=date(2027, 1, 1), source="Kepdirjen 2/2027")
    rows = ProgrammePrice.objects.filter(programme__code="YAPI").order_by("valid_from")
    assert list(rows.values_list("amount", "valid_until")) == [(200_000, date(2026, 12, 31)), (250_000, None)]
    with pytest.raises(CommandError, match="lebih dari Rp0"):
        call_command("set_price", "YAPI", "bantuan", "bulan", "0", since=date(2028, 1, 1), source="uji")
    with pytest.raises(CommandError, match="tidak ada"):
        call_command("set_price", "NGAWUR", "bantuan", "bulan", "1", since=date(2028, 1, 1), source="uji")
