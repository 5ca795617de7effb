from collections.abc import Iterable
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from assistance import reading_programmes as reading
from assistance.forms.common import sentence
from assistance.models import EligibilityRule, ProgrammePrice, ProofRule
from assistance.reading_proof import rule_shown
from assistance.services.eligibility import rules_on, short_name
from pilar.core.formatting import rupiah
from pilar.core.models import Programme
from pilar.core.views import PageView

#: said where a programme has no price per unit
NO_PRICE = "tidak ada harga satuan yang berlaku"


def price_shown(price: ProgrammePrice) -> str:
    """ "makanan Rp30.000 per hari" """
    return f"{price.component} {rupiah(price.amount)} per {price.per}"


class ProgrammeListView(PageView):
    """Every programme with what it costs and how many conditions it has today."""

    template_name = "assistance/programme_list.html"
    title = "Program bantuan"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        prices, rules = list(ProgrammePrice.objects.order_by("id")), list(EligibilityRule.objects.all())
        return super().get_context_data(**kwargs) | {
            "today": today,
            "programmes": [
                {
                    "programme": programme,
                    "prices": [
                        price_shown(p) for p in reading.in_force(prices, today) if p.programme_id == programme.pk
                    ],
                    "rules": len({r.kind for r in reading.in_force(rules, today) if r.programme_id == programme.pk}),
                }
                for programme in Programme.objects.all()
            ],
            "no_price": NO_PRICE,
        }


class ProgrammeDetailView(PageView):
    """One programme: the rules in force today, then every version of price and rule with its source."""

    template_name = "assistance/programme_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        programme = Programme.objects.filter(code=self.kwargs["code"]).first()
        if programme is None:
            raise Http404("Program ini tidak ada.")
        known = reading.names()
        rules = programme.rules.order_by("kind", "-valid_from")
        return super().get_context_data(**kwargs) | {
            "title": programme.name,
            "today": today,
            "facts": facts(programme),
            "now": [
                {
                    "label": sentence(rule.get_kind_display()),
                    "value": reading.rule_sentence(rule, known),
                    "note": f"Sumber: {rule.source}.",
                }
                for rule in rules_on(programme, today)
            ],
            "everywhere": [{"label": label, "value": text} for label, text in reading.EVERYWHERE],
            "prices": [
                row | {"what": row["row"].component, "value": f"{rupiah(row['row'].amount)} per {row['row'].per}"}
                for row in _versions(_by_component(programme.prices.order_by("id")), today)
            ],
            "proofs": [
                row | {"what": sentence(rule_shown(row["row"])), "value": row["row"].get_of_display()}
                for row in _versions(
                    ProofRule.objects.filter(programme=programme).order_by("of", "document", "-valid_from"), today
                )
            ],
            "rules": [
                row | {"what": row["row"].get_kind_display(), "value": reading.rule_sentence(row["row"], known)}
                for row in _versions(rules, today)
            ],
            "proposals_url": f"{reverse('proposal-list')}?programme={programme.code}",
            "lists_url": f"{reverse('batch-list')}?programme={programme.code}",
            "name": short_name(programme),
        }


def facts(programme: Programme) -> list[dict[str, Any]]:
    return [
        {"label": "Satuan penerima", "value": programme.get_unit_display()},
        {"label": "Saluran", "value": programme.channel or "belum ada data"},
        {"label": "Dasar hukum", "value": programme.legal_basis or "belum ada data"},
    ]


def _by_component(prices: Iterable[ProgrammePrice]) -> list[ProgrammePrice]:
    """Components in the order in which they were first written, each with its newest version first."""
    groups: dict[str, list[ProgrammePrice]] = {}
    for price in prices:
        groups.setdefault(price.component, []).append(price)
    return [price for group in groups.values() for price in sorted(group, key=lambda p: p.valid_from, reverse=True)]


def _versions(rows: Any, today: Any) -> list[dict[str, Any]]:
    return [
        {"row": row, "period": reading.period_shown(row), "mark": reading.validity_mark(row, today)} for row in rows
    ]
