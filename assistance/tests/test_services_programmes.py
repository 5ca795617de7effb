"""Prices and rules as reference data (domain.md 3)."""

from datetime import date

from assistance.models import EligibilityRule, ProgrammePrice
from assistance.reference.programmes import PRICES, RULES
from assistance.services.eligibility import rules_on
from pilar.core.models import Programme
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
