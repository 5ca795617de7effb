"""Sharing a target out: drafts for the areas below, and a rest accepted by name."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from pilar.core import audit
from pilar.core.errors import Refusal
from pilar.core.formatting import angka
from pilar.core.models import User
from targets.gaps import Gap, gap_for_decision
from targets.models import AcceptedRest, Target
from targets.place import full_name
from targets.seals import require_seen
from targets.services.authority import require_decider, who_decides
from targets.services.plan import Aim, target_draft
from targets.sharing import Way, preview
from targets.states import State


@transaction.atomic
def allocation_apply(
    *,
    actor: User,
    parent: Target,
    way: Way,
    today: date,
    seal: str,
    by_hand: Mapping[int, int | None] | None = None,
    reason: str = "",
) -> list[Target]:
    """Drafts the next version of each area's target whose value changes; all of them or none.

    Args:
        seal: of the preview the actor has seen.
        by_hand: area -> value, for Way.BY_HAND; areas left out or None stay as they are.
        reason: for areas that have a version already; empty takes the source as reason.

    Raises:
        Refusal: as `preview` and `target_draft` (the area is named), or something changed since the preview.
    """
    rows = Target.objects.select_related("indicator", "region")
    parent = rows.select_for_update(of=("self",), no_key=True).get(pk=parent.pk)
    shown = preview(actor, parent, way, today, by_hand)
    require_seen(
        shown.seal,
        seal,
        "Belum dibagikan: nilai atau dasarnya berubah sejak pratinjau yang Anda lihat.",
        "Periksa pratinjau yang baru di bawah, lalu terapkan.",
    )
    source = source_of(parent, way)
    written = []
    for share in shown.shares:
        if share.result is None or not share.changes:
            continue
        aim = Aim(parent.year_id, share.region.code, parent.indicator, parent.breakdown)
        try:
            draft = target_draft(
                actor=actor,
                aim=aim,
                value=share.result,
                source=source,
                reason=reason.strip() or (f"Pembagian ulang: {source}"[:300] if share.now else ""),
                seen_version=share.now.version if share.now else 0,
                today=today,
            )
        except Refusal as refusal:
            raise Refusal(f"{share.region.name}: {refusal.happened}", refusal.remedy, rule=refusal.rule) from refusal
        written.append(draft)
    audit.record(
        actor=actor,
        action=audit.Action.CHANGE,
        target=parent,
        region=parent.region_id,
        summary=f"Target {parent.year_id} {parent.indicator.name} versi {parent.version} dibagi {way.label}: "
        f"{angka(len(written))} draf",
        reason=reason.strip(),
    )
    return written


def source_of(parent: Target, way: Way) -> str:
    """ "alokasi dari Provinsi Bengkulu versi 2, cara menurut jumlah penduduk" """
    return f"alokasi dari {full_name(parent.region)} versi {parent.version}, cara {way.label}"[:200]


@transaction.atomic
def rest_accept(*, actor: User, target: Target, reason: str) -> AcceptedRest:
    """Takes note that the version is approved although it is not shared out whole; holds for the present rest.

    Raises Refusal (office, proposer, not submitted, no rest) or ValidationError (no reason).
    """
    require_decider(actor, target)
    if not reason.strip():
        raise ValidationError({"reason": "Alasan belum diisi."})
    rows = Target.objects.select_related("indicator", "region")
    now = rows.select_for_update(of=("self",), no_key=True).get(pk=target.pk)
    gap = gap_for_decision(now)
    if now.state != State.SUBMITTED or gap is None or not gap.open:
        raise Refusal(
            "Tidak ada sisa yang perlu diterima pada versi ini.",
            "Sisa diterima pada target yang diajukan, sudah mulai dibagi, dan jumlah bagiannya belum sama.",
            rule="sisa_alokasi",
        )
    rest = AcceptedRest.objects.create(
        target=now,
        region_id=now.region_id,
        amount=gap.rest,
        reason=reason.strip()[:300],
        accepted_by=actor,
        accepted_by_name=str(actor),
    )
    audit.record(
        actor=actor,
        action=audit.Action.CHANGE,
        target=now,
        region=now.region_id,
        summary=f"Target {now.year_id} {now.indicator.name} versi {now.version}: sisa {angka(gap.rest)} diterima",
        reason=rest.reason,
    )
    return rest


def require_shared_out(target: Target) -> None:
    """Raises Refusal for a target that was begun to be shared out, does not add up, and nobody took the rest."""
    gap = gap_for_decision(target)
    if gap is not None and gap.open:
        raise Refusal(
            f"Tidak bisa disetujui: {rest_words(gap, target)}.",
            "Lengkapi pembagiannya dan ajukan target wilayah di bawahnya, atau terima sisanya dengan alasan "
            f"lewat “Terima sisa”. Yang dapat menerimanya: {who_decides(target.region_id)}.",
            rule="belum_dialokasikan",
        )


def rest_words(gap: Gap, target: Target) -> str:
    """ "dari 1.000, 40 belum dialokasikan ke wilayah di bawahnya (3 draf belum diajukan)" """
    unit = target.indicator.get_unit_display()
    what = (
        f"dari {angka(gap.value)} {unit}, {angka(gap.rest)} belum dialokasikan ke wilayah di bawahnya"
        if gap.rest > 0
        else f"bagian wilayah di bawahnya {angka(-gap.rest)} {unit} lebih banyak daripada target ini"
    )
    return f"{what} ({angka(gap.drafts)} draf belum diajukan)" if gap.drafts else what
