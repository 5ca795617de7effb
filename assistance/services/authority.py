"""Who decides about money: the level that funds, and never the one who proposed (architecture.md 4)."""

from assistance.models import Batch
from pilar.core.errors import Refusal
from pilar.core.models import Programme, User
from pilar.core.regions import Level, level_of
from pilar.core.rights import Right
from pilar.core.scoping import reach_of

DECIDING_LEVEL = {
    Batch.Funding.NATIONAL: Level.NATION,
    Batch.Funding.PROVINCE: Level.PROVINCE,
    Batch.Funding.REGENCY: Level.REGENCY,
}
OFFICE = {
    Level.NATION: "Kementerian Sosial",
    Level.PROVINCE: "Dinas Sosial provinsi",
    Level.REGENCY: "Dinas Sosial kabupaten/kota",
}


def office_of(funding: str) -> str:
    """Who decides about money of that source."""
    level = DECIDING_LEVEL.get(Batch.Funding(funding))
    return OFFICE[level] if level is not None else "pejabat yang berwenang di wilayah ini"


def may_decide(actor: User, *, funding: str, region: int, programme: Programme) -> bool:
    """Whether the actor's office funds this and he holds the right to decide there, for the programme."""
    level = DECIDING_LEVEL.get(Batch.Funding(funding))
    return any(
        slot.covers(region)
        and (level is None or level_of(slot.lo) == level)
        and (not slot.programmes or programme.pk in slot.programmes)
        for slot in reach_of(actor).slots_for(Right.DECIDE)
    )


def require_decider(
    actor: User, *, funding: str, region: int, programme: Programme, proposed_by: int | None, what: str
) -> None:
    """Raises Refusal unless the actor may decide; `what` names the thing, "daftar ini"."""
    if proposed_by is not None and actor.pk == proposed_by:
        raise Refusal(
            f"Tidak bisa diputuskan: Anda pengusul {what}.",
            "Minta pejabat lain yang berwenang memutuskan di kantor Anda. Aturan ini tidak dapat dikecualikan.",
            rule="empat_mata",
        )
    if not may_decide(actor, funding=funding, region=region, programme=programme):
        level = DECIDING_LEVEL.get(Batch.Funding(funding))
        office = OFFICE[level] if level is not None else "pejabat yang berwenang di wilayah ini"
        raise Refusal(
            f"Tidak bisa diputuskan di sini: {what} didanai {Batch.Funding(funding).label}, jadi yang memutuskan "
            f"adalah {office}.",
            f"Ajukan, lalu minta {office} memutuskannya.",
            rule="tingkat_pendana",
        )
