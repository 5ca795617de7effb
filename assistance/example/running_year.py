"""Work under way in 2026, made by the services themselves: whoever opens these pages first finds them in use.

A target of the province shared out to its ten kabupaten/kota, one of them in each state; companions with a target by
rule; a freeze with an exception; two plans agreed by four parties, one with a step past its deadline; a list of tali
asih with one person left out. Texts that are shown say "data contoh" where their table has no mark for it.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date

from assistance.example.places import KOTA, LEBONG, MUKOMUKO, PROVINCE, REGENCIES, REJANG_LEBONG, UTARA
from assistance.example.world import World
from personnel.models import AllowanceLine, AllowanceProposal, Assignment, Funding, Personnel
from personnel.services.allowance_lines import line_leave_out, lines_propose
from personnel.services.allowances import AllowanceEntry, allowance_create, allowance_fill, allowance_propose
from pilar.core.models import BudgetYear, Pillar, Region, User
from pilar.core.reference.catalogue import PKH, PROGRAMME_PKH, TAGANA
from pilar.core.regions import Level, at_level
from targets.dues import dues, rules_for
from targets.models import BaseFigure, Indicator, Party, Target, WorkPlan, WorkStep
from targets.reference.indicators import GRADUASI
from targets.services.allocation import allocation_apply
from targets.services.approval import (
    target_approve,
    target_send_back,
    target_set,
    targets_approve,
    targets_submit,
)
from targets.services.freezes import FreezeEntry, target_freeze, target_freeze_except
from targets.services.personal import personal_apply
from targets.services.plan import Aim
from targets.services.workplan import Assent, PlanText, plan_agree, plan_create
from targets.services.worksteps import StepEntry, step_add, step_move
from targets.sharing import Way, preview

YEAR = 2026
SOURCE = "data contoh"
#: people at the end of 2025, invented in the size of the real ones
POPULATION = dict(
    zip(
        REGENCIES,
        (172_400, 284_900, 304_100, 131_700, 214_600, 197_800, 109_300, 153_200, 121_500, 396_700),
        strict=True,
    )
)
PROPOSED, SHARED, FILED, DECIDED = date(YEAR, 1, 12), date(YEAR, 1, 19), date(YEAR, 1, 26), date(YEAR, 2, 9)
FROZEN, EXCEPTED, EXCEPTED_UNTIL = date(YEAR, 3, 2), date(YEAR, 10, 5), date(YEAR, 12, 18)
#: drafted and not submitted, waiting, sent back; the other seven are approved
DRAFT, WAITING, RETURNED = MUKOMUKO, LEBONG, REJANG_LEBONG


def make_running_year(world: World) -> dict[str, int]:
    """Written at once, unlike the rest of the world: services need rows. Rows written per kind."""
    if not BudgetYear.objects.filter(pk=YEAR, closed_on__isnull=True).exists():
        return {}
    _base(world)
    parent = _targets(world.users)
    _people(world.users)
    _freeze(world.users)
    _plans(world.users)
    _allowance(world.users)
    Target.objects.filter(year=YEAR).update(is_example=True)
    return {
        "data dasar wilayah": BaseFigure.objects.filter(is_example=True).count(),
        f"target {YEAR}": Target.objects.filter(year=parent.year_id).count(),
        "langkah bersama": WorkPlan.objects.count(),
        "baris tali asih": AllowanceLine.objects.filter(is_example=True).count(),
    }


# --- targets -----------------------------------------------------------------


def _base(world: World) -> None:
    """Population and families looked after, of the ten kabupaten/kota."""
    families = Counter(at_level(row.region_id, Level.REGENCY) for row in world.caseload)
    day = date(YEAR - 1, 12, 31)
    rows = []
    for region in REGENCIES:
        shared = {"region_id": region, "as_of": day, "source": SOURCE, "is_example": True}
        rows.append(BaseFigure(kind=BaseFigure.Kind.POPULATION, number=POPULATION[region], **shared))
        rows.append(
            BaseFigure(kind=BaseFigure.Kind.CASELOAD, programme_id=PROGRAMME_PKH, number=families[region], **shared)
        )
    for row in rows:
        row.set_by = world.office_of(row.region_id)
    BaseFigure.objects.bulk_create(rows)


def _targets(users: dict[str, User]) -> Target:
    """The province's waits for the ministry, which sees what is not given out yet."""
    province, ministry = users["dinsos.bengkulu"], users["staf.pusat"]
    aim = Aim(YEAR, PROVINCE, Indicator.objects.get(pk=GRADUASI), PROGRAMME_PKH)
    source = "10 keluarga untuk setiap pendamping (data contoh)"
    parent = target_set(actor=province, aim=aim, value=2_570, source=source, today=PROPOSED)
    shown = preview(province, parent, Way.CASELOAD, SHARED)
    drafts = allocation_apply(actor=province, parent=parent, way=Way.CASELOAD, today=SHARED, seal=shown.seal)
    filed = {draft.region_id: draft for draft in drafts if draft.region_id != DRAFT}
    targets_submit(actor=province, targets=list(filed.values()), today=FILED)
    target_send_back(actor=ministry, target=filed[RETURNED], note="Jelaskan dampingan yang dipindahkan ke Kepahiang.")
    for region, target in filed.items():
        if region not in (WAITING, RETURNED):
            target_approve(actor=ministry, target=target, today=DECIDED)
    return parent


def _people(users: dict[str, User]) -> None:
    """Every companion of Kota Bengkulu, by the rule in force; approved by the province."""
    officer, province = users["dinsos.kotabengkulu"], users["dinsos.bengkulu"]
    for rule in rules_for(officer, YEAR, KOTA)[:1]:
        shown = dues(officer, year=YEAR, region=KOTA, rule=rule, today=SHARED)
        drafts = personal_apply(actor=officer, year=YEAR, region=KOTA, rule=rule, seal=shown.seal, today=SHARED)
        targets_submit(actor=officer, targets=drafts, today=FILED)
        targets_approve(actor=province, targets=drafts, today=DECIDED)


def _freeze(users: dict[str, User]) -> None:
    """Of one kabupaten only, so that the others stay open to whoever tries the pages."""
    utara = Region.objects.get(pk=UTARA)
    reason = "Target sudah masuk dokumen anggaran (data contoh)"
    entry = FreezeEntry(YEAR, utara, FROZEN, reason)
    freeze = target_freeze(actor=users["dinsos.bengkulu"], entry=entry, today=FROZEN)
    district = Region.objects.children_of(UTARA).first()
    if district is not None:
        target_freeze_except(
            actor=users["dinsos.bengkulu"],
            freeze=freeze,
            region=district,
            until=EXCEPTED_UNTIL,
            reason="Data dampingannya dibetulkan (data contoh)",
            today=EXCEPTED,
        )


# --- langkah bersama -----------------------------------------------------------

Owner, State = WorkStep.Owner, WorkStep.State
CITY = PlanText(
    strategy="Mendahulukan keluarga yang sudah dua tahun berpenghasilan tetap, dan lansia yang tinggal sendiri. "
    "(Data contoh.)",
    mechanism="Pendamping melapor tiap bulan; Dinas Sosial memeriksa bersama kelurahan; rapat tiap triwulan.",
)
CURUP = PlanText(
    strategy="Menyelesaikan verval keluarga yang pindah wilayah sebelum usulan graduasi. (Data contoh.)",
    mechanism="Daftar dari pendamping, dicocokkan dengan desa, diputuskan dalam rapat bulanan.",
)


def _plans(users: dict[str, User]) -> None:
    """That of the city of the year before last is done; those of this year are under way, one behind."""
    for number, step in enumerate(_agreed(users, KOTA, "kabid.kotabengkulu", CITY, _city_steps, YEAR - 2)):
        mover = users["staf.pusat" if step.owner == Owner.MINISTRY else "dinsos.kotabengkulu"]
        for month, then in ((3, State.RUNNING), (10 + number, State.DONE)):
            day = date(YEAR - 2, month, 4)
            step_move(actor=mover, step=step, then=then, on=day, today=day)
    city = _agreed(users, KOTA, "kabid.kotabengkulu", CITY, _city_steps)
    step_move(actor=users["dinsos.kotabengkulu"], step=city[0], then=State.RUNNING, on=FROZEN, today=FROZEN)
    done = date(YEAR, 5, 29)
    step_move(actor=users["dinsos.kotabengkulu"], step=city[0], then=State.DONE, on=done, today=done)
    curup = _agreed(users, REJANG_LEBONG, "dinsos.rejanglebong", CURUP, _curup_steps)
    step_move(actor=users["dinsos.rejanglebong"], step=curup[0], then=State.RUNNING, on=FROZEN, today=FROZEN)


def _city_steps(graduated: Indicator, year: int) -> list[StepEntry]:
    end = date(year, 12, 11)
    return [
        StepEntry(
            "Mendata keluarga siap graduasi di tiap kelurahan", Owner.REGENCY, date(year, 5, 29), "", None, graduated
        ),
        StepEntry("Melatih pendamping menilai kesiapan keluarga", Owner.MINISTRY, end),
        StepEntry("Menyelesaikan asesmen akhir bersama keluarga", Owner.COMPANIONS, end, "", None, graduated),
    ]


def _curup_steps(graduated: Indicator, year: int) -> list[StepEntry]:
    """The first is past its deadline from July on."""
    return [
        StepEntry("Mencocokkan dampingan yang pindah kecamatan", Owner.REGENCY, date(year, 6, 30), "", None, graduated),
        StepEntry("Membahas usulan bersama provinsi", Owner.PROVINCE, date(year, 12, 15)),
    ]


Steps = Callable[[Indicator, int], list[StepEntry]]


def _agreed(
    users: dict[str, User], region: int, officer: str, text: PlanText, steps: Steps, year: int = YEAR
) -> list[WorkStep]:
    """A plan with its steps and the word of all four in January and February."""
    local, area = users[officer], Region.objects.get(pk=region)
    begun, agreed = PROPOSED.replace(year=year), DECIDED.replace(year=year)
    plan = plan_create(actor=local, year=year, region=area, text=text, today=begun)
    entries = steps(Indicator.objects.get(pk=GRADUASI), year)
    made = [step_add(actor=local, plan=plan, entry=entry) for entry in entries]
    province, ministry = users["dinsos.bengkulu"], users["staf.pusat"]
    for actor, assent in (
        (local, Assent(Party.REGENCY, begun, name=local.name)),
        (local, Assent(Party.COMPANIONS, begun, person=_companion(region, begun))),
        (province, Assent(Party.PROVINCE, agreed, name=province.name)),
        (ministry, Assent(Party.MINISTRY, agreed, name=ministry.name)),
    ):
        plan_agree(actor=actor, plan=plan, assent=assent, today=agreed)
    for step in made:
        step.refresh_from_db()
    return made


def _companion(region: int, day: date) -> Personnel:
    """Of those who serve there that day the first by name."""
    serving = Assignment.objects.current(on=day).within(region).filter(pillar=PKH)
    return Personnel.objects.filter(pk__in=serving.values("person")).order_by("name_key", "id")[:1].get()


# --- tali asih -----------------------------------------------------------------


def _allowance(users: dict[str, User]) -> AllowanceProposal:
    """Tagana of Kota Bengkulu, the first half of the year: one left out with the reason, the rest proposed."""
    officer, day = users["dinsos.kotabengkulu"], date(YEAR, 7, 6)
    entry = AllowanceEntry(Pillar.objects.get(pk=TAGANA), Region.objects.get(pk=KOTA), f"{YEAR}-S1", Funding.NATIONAL)
    proposal = allowance_create(actor=officer, entry=entry, today=day)
    allowance_fill(actor=officer, proposal=proposal, today=day)
    first = AllowanceLine.objects.filter(proposal=proposal, state=AllowanceLine.State.UNDECIDED).order_by(
        "person__name_key"
    )
    if (omitted := first.first()) is not None:
        line_leave_out(
            actor=officer, line=omitted, reason="tidak_aktif", note="tidak ikut piket sejak Februari", today=day
        )
    lines_propose(actor=officer, proposal=proposal, today=day)
    proposal = allowance_propose(actor=officer, proposal=proposal, today=day)
    AllowanceProposal.objects.filter(pk=proposal.pk).update(is_example=True)
    AllowanceLine.objects.filter(proposal=proposal).update(is_example=True)
    return proposal
