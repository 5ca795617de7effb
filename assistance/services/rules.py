"""Putting a programme's rule, price or proof into force: a new version, the old one ends the day before and stays.

Reference data is written by the owner's login only (`Access.REFERENCE`), so these serve commands, not pages.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from assistance.models import Document, EligibilityRule, ProgrammePrice, ProofRule
from assistance.words import CIRCUMSTANCES
from pilar.core import audit, regions
from pilar.core.formatting import rupiah, tanggal
from pilar.core.models import Programme, TargetGroup

Kind = EligibilityRule.Kind
OLDEST = 130  # years


@transaction.atomic
def rule_set(*, programme: Programme, kind: str, text: str, since: date, source: str) -> EligibilityRule:
    """A condition from that day on.

    Args:
        text: as typed: "75"; "PKH,SEMBAKO"; "PAS03_LANSIA_TERLANTAR,PAS02_DISABILITAS"; "tinggal_sendiri=ya".
    Raises ValidationError: unknown kind or code, a value out of bounds, no source, a version that begins later.
    """
    if kind not in Kind.values:
        raise ValidationError({"kind": f"Jenis “{kind}” tidak dikenal. Pilih: {', '.join(Kind.values)}."})
    value = _READERS[Kind(kind)](text.strip())
    _require_source(source)
    earlier = EligibilityRule.objects.filter(programme=programme, kind=kind)
    _end_earlier(earlier, since)
    rule = EligibilityRule.objects.create(
        programme=programme, kind=kind, value=value, valid_from=since, source=source.strip()
    )
    _audit(rule, f"Syarat {programme.code} {kind} = {value} sejak {tanggal(since)}: {source.strip()}")
    return rule


@transaction.atomic
def rule_end(*, programme: Programme, kind: str, last: date, source: str) -> int:
    """The condition of that kind holds until that day and no longer; returns how many versions ended."""
    _require_source(source)
    rows = EligibilityRule.objects.filter(programme=programme, kind=kind, valid_from__lte=last)
    ended = rows.filter(valid_until__isnull=True).update(valid_until=last)
    if not ended:
        raise ValidationError({"kind": f"Tidak ada syarat {kind} yang berlaku tanpa batas untuk {programme.code}."})
    _audit(EligibilityRule, f"Syarat {programme.code} {kind} berakhir {tanggal(last)}: {source.strip()}")
    return ended


@transaction.atomic
def price_set(
    *, programme: Programme, component: str, per: str, amount: int, since: date, source: str
) -> ProgrammePrice:
    """A price in whole rupiah from that day on. Raises ValidationError like `rule_set`."""
    _require_source(source)
    if amount <= 0:
        raise ValidationError({"amount": "Harga harus lebih dari Rp0."})
    _end_earlier(ProgrammePrice.objects.filter(programme=programme, component=component), since)
    price = ProgrammePrice.objects.create(
        programme=programme, component=component, per=per, amount=amount, valid_from=since, source=source.strip()
    )
    _audit(price, f"Harga {programme.code} {component} {rupiah(amount)} per {per} sejak {tanggal(since)}")
    return price


@transaction.atomic
def proof_set(*, programme: Programme, of: str, document: str, placed: bool, since: date, source: str) -> ProofRule:
    """A document asked of each list or received line from that day on. Raises ValidationError like `rule_set`."""
    _require_proof(of, document)
    _require_source(source)
    _end_earlier(ProofRule.objects.filter(programme=programme, of=of, document=document), since)
    rule = ProofRule.objects.create(
        programme=programme, of=of, document=document, placed=placed, valid_from=since, source=source.strip()
    )
    _audit(rule, f"Bukti {programme.code} {of} {document} wajib sejak {tanggal(since)}: {source.strip()}")
    return rule


@transaction.atomic
def proof_end(*, programme: Programme, of: str, document: str, last: date, source: str) -> int:
    """The document is asked until that day and no longer; returns how many versions ended."""
    _require_proof(of, document)
    _require_source(source)
    rows = ProofRule.objects.filter(programme=programme, of=of, document=document, valid_from__lte=last)
    ended = rows.filter(valid_until__isnull=True).update(valid_until=last)
    if not ended:
        raise ValidationError(
            {"document": f"Bukti {document} per {of} tidak sedang diwajibkan untuk {programme.code}."}
        )
    _audit(ProofRule, f"Bukti {programme.code} {of} {document} tidak wajib sesudah {tanggal(last)}: {source.strip()}")
    return ended


def _require_proof(of: str, document: str) -> None:
    if of not in ProofRule.Of.values:
        raise ValidationError({"of": f"Pilih untuk apa: {', '.join(ProofRule.Of.values)}."})
    if document not in Document.values:
        raise ValidationError({"document": f"Bukti “{document}” tidak dikenal. Pilih: {', '.join(Document.values)}."})


def _end_earlier(versions: QuerySet[Any], since: date) -> None:
    """What is in force ends the day before. Raises ValidationError when a version begins on that day or later."""
    if later := versions.filter(valid_from__gte=since).order_by("valid_from").first():
        raise ValidationError(
            {
                "since": f"Sudah ada versi yang mulai {tanggal(later.valid_from)}. Versi baru harus mulai sesudahnya; "
                "yang lama tidak diubah."
            }
        )
    running = versions.exclude(valid_until__lt=since)
    running.update(valid_until=since - timedelta(days=1))


def _require_source(source: str) -> None:
    if not source.strip():
        raise ValidationError({"source": "Sumbernya wajib ditulis: nomor surat atau keputusan."})


def _number(text: str, low: int, high: int) -> int:
    if not text.isdigit() or not low <= int(text) <= high:
        raise ValidationError({"text": f"“{text}” bukan angka dari {low} sampai {high}."})
    return int(text)


def _codes(text: str, model: Any) -> list[str]:
    codes = [code.strip() for code in text.split(",") if code.strip()]
    known = set(model.objects.filter(code__in=codes).values_list("code", flat=True))
    if not codes or (unknown := [code for code in codes if code not in known]):
        raise ValidationError({"text": f"Kode tidak dikenal: {', '.join(unknown) if codes else 'kosong'}."})
    return codes


def _circumstances(text: str) -> dict[str, list[str]]:
    """ "tinggal_sendiri=ya" or "sekolah=bersekolah|belum" """
    wanted: dict[str, list[str]] = {}
    for part in text.split(","):
        kind, _, values = part.strip().partition("=")
        wanted[kind] = values.split("|")
        if kind not in CIRCUMSTANCES or any(value not in CIRCUMSTANCES[kind][1] for value in wanted[kind]):
            raise ValidationError({"text": f"Keadaan “{part.strip()}” tidak dikenal."})
    return wanted


_READERS: dict[Kind, Callable[[str], Any]] = {
    Kind.MIN_AGE: lambda text: _number(text, 0, OLDEST),
    Kind.MAX_AGE: lambda text: _number(text, 0, OLDEST),
    Kind.MAX_DECILE: lambda text: _number(text, 1, 10),
    Kind.NOT_WITH: lambda text: _codes(text, Programme),
    Kind.GROUPS: lambda text: _codes(text, TargetGroup),
    Kind.CIRCUMSTANCE: _circumstances,
}


def _audit(target: Any, summary: str) -> None:
    audit.record(actor=None, action=audit.Action.CHANGE, target=target, region=regions.NATION, summary=summary)
