"""Targets of named people by rule: setting a rule, and writing what it gives as drafts."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from pilar.core import audit
from pilar.core.errors import Refusal
from pilar.core.formatting import angka, tanggal
from pilar.core.models import Pillar, Region, User
from pilar.core.rights import Right
from pilar.core.scoping import require
from targets.dues import Due, dues
from targets.models import Indicator, PersonalRule, Target
from targets.seals import require_seen
from targets.services.plan import Aim, require_narrowing, target_draft


@dataclass(frozen=True)
class RuleEntry:
    """Attributes: amount: a number a year, or whole percent of the caseload (`way`)."""

    indicator: Indicator
    breakdown: int
    pillar: Pillar
    region: Region
    way: str
    amount: int
    since: date
    source: str


@transaction.atomic
def personalrule_set(*, actor: User, entry: RuleEntry) -> PersonalRule:
    """Puts a rule into force for the area and below; the one before ends the day before and stays.

    Raises Refusal (no right to decide there) or ValidationError (indicator, pillar, amount, day, source).
    """
    require(actor, Right.DECIDE, entry.region.code)
    require_narrowing(actor, entry.indicator, entry.breakdown, entry.region.code)
    _check(entry)
    same = PersonalRule.objects.filter(
        indicator=entry.indicator, breakdown=entry.breakdown, pillar=entry.pillar, region=entry.region
    ).select_for_update(of=("self",), no_key=True)
    if same.filter(valid_from__gte=entry.since).exists():
        raise ValidationError({"since": f"Sudah ada aturan yang berlaku sejak {tanggal(entry.since)} atau sesudahnya."})
    for row in same:
        if row.valid_until is None or row.valid_until >= entry.since:
            row.valid_until = entry.since - timedelta(days=1)
            row.save(update_fields=["valid_until"])
    rule = PersonalRule(
        indicator=entry.indicator,
        breakdown=entry.breakdown,
        pillar=entry.pillar,
        region=entry.region,
        way=entry.way,
        amount=entry.amount,
        valid_from=entry.since,
        source=entry.source.strip(),
        set_by=actor,
    )
    rule.full_clean()
    rule.save()
    audit.record(
        actor=actor,
        action=audit.Action.CREATE,
        target=rule,
        region=entry.region.code,
        summary=f"{entry.pillar.code}, {entry.indicator.name}: {rule.words} sejak {tanggal(entry.since)}",
        reason=rule.source,
    )
    return rule


def _check(entry: RuleEntry) -> None:
    errors = {}
    if not entry.indicator.personal or not entry.breakdown:
        errors["indicator"] = "Pilih indikator yang dihitung per orang, dengan programnya."
    if not entry.pillar.caseload_positions:
        errors["pillar"] = f"{entry.pillar.name} tidak punya jabatan yang memiliki dampingan."
    if not entry.source.strip():
        errors["source"] = "Tulis sumbernya: nomor surat, keputusan, atau rilis."
    if errors:
        raise ValidationError(errors)


@transaction.atomic
def personal_apply(
    *, actor: User, year: int, region: int, rule: PersonalRule, seal: str, today: date, reason: str = ""
) -> list[Target]:
    """Drafts the target of each person whose value differs; all of them or none.

    Raises Refusal as `target_draft` does (the person is named), or when something changed since it was shown.
    """
    shown = dues(actor, year=year, region=region, rule=rule, today=today)
    require_seen(
        shown.seal,
        seal,
        "Belum disimpan: penugasan, dampingan, atau target berubah sejak daftar yang Anda lihat.",
        "Periksa daftar yang baru di bawah, lalu simpan.",
    )
    written = []
    for due in shown.lines:
        if due.value is None or not due.changes:
            continue
        try:
            written.append(_draft(actor, year, rule, due, today, reason))
        except Refusal as refusal:
            raise Refusal(f"{due.person.name}: {refusal.happened}", refusal.remedy, rule=refusal.rule) from refusal
    return written


def _draft(actor: User, year: int, rule: PersonalRule, due: Due, today: date, reason: str) -> Target:
    part = "" if due.whole_year else f"bertugas {angka(due.days)} dari {angka(due.year_days)} hari"
    return target_draft(
        actor=actor,
        aim=Aim(year, due.person.region_id, rule.indicator, rule.breakdown, due.person),
        value=due.value or 0,
        source=f"aturan perorangan: {rule.words} ({rule.source})"[:200],
        reason=(reason.strip() or part or ("aturan perorangan dihitung ulang" if due.now else ""))[:300],
        seen_version=due.now.version if due.now else 0,
        today=today,
    )
