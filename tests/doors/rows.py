"""The sample rows behind the doors, all in Kota Bengkulu, and the keys of their addresses."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from assistance.models import EligibilityRule, ProgrammePrice
from assistance.tests import import_files
from personnel.models import AllowanceRate
from pilar.core.models import Job, RegionGrant, User
from pilar.core.tokens import token_issue
from targets.models import PersonalRule, PublishedFigure
from tests import factories as make
from tests import factories_lists as lists

KOTA, SELEBAR = "17.71", "17.71.01"


def make_rows(user: User, colleague: User) -> SimpleNamespace:
    """One row of each kind in Kota Bengkulu, job and token of `user`, who manages `colleague`."""
    person = make.make_person()
    payee = make.make_beneficiary(groups=[12])
    assignment = make.make_assignment(person, pillar="PKH")
    caseload = make.make_caseload(assignment, payee)
    make.make_account(person)
    sanction = make.make_sanction(assignment)
    batch = make.make_batch()
    decree = make.make_decree()
    checked = make.make_beneficiary()
    make.make_proposal(checked, programme="YAPI", state="diajukan")
    return SimpleNamespace(
        attachment=make.make_portrait(person, by=colleague),
        proof_rule=make.make_proof_rule(),
        decree=decree,
        participation=make.make_participation(payee, state="calon", decree=decree),
        person=person,
        assignment=assignment,
        sanction=sanction,
        need=make.make_need(),
        caseload=caseload,
        tie=make.make_tie(person),
        competence=make.make_competence(person),
        termination=make.make_termination(assignment),
        activity=make.make_activity(person, by=colleague),
        unchecked=(unchecked := make.make_activity(person)),
        report=make.make_monthly_report(assignment, by=colleague),
        activity_step=make.make_activity_step(unchecked),
        allowance=(allowance := make.make_allowance(assignment)),
        allowance_line=allowance.lines.get(),
        rate=AllowanceRate.objects.all()[:1].get(),
        payee=payee,
        guardian=payee.guardians.create(role="wali", name="Umar", relation="paman", valid_from=date(2024, 1, 1)),
        batch=batch,
        line=(line := make.make_line(batch, payee)),
        result=lists.make_result_file(batch, line),
        graduation=make.make_graduation(payee, to=person),
        leaving=make.make_case(payee, by=user),
        checked=checked,
        verification=make.make_verification(checked, assignment),
        objection=make.make_objection(checked),
        price=ProgrammePrice.objects.all()[:1].get(),
        rule=EligibilityRule.objects.all()[:1].get(),
        proposal=make.make_proposal(payee, state="diajukan"),
        care=make.make_atensi(payee, assignment),
        step=make.make_workstep(make.make_workplan(by=user)),
        target=make.make_target(value=10),
        goal=make.make_target(value=10, indicator="GRADUASI", breakdown=4, person=person),
        draft=make.make_target(value=11, breakdown=4, state="draf"),
        freeze=make.make_freeze(user),
        personal_rule=PersonalRule.objects.all()[:1].get(),
        base=make.make_base(number=391_117),
        closure=make.make_closure(user),
        asked=make.make_target(value=12, breakdown=5, state="diajukan"),
        figure=PublishedFigure.objects.filter(region_id=make.KOTA)[:1].get(),
        office=make.make_office(by=user),
        taken=make.export_job_of(user),
        job=Job.objects.create(kind="rollup", key="2024", region_id=make.KOTA, user=user),
        token=token_issue(user=user, name="laporan", now=timezone.now(), life=timedelta(days=1))[0],
        imported=import_files.upload(user, import_files.csv(import_files.line(1))),
        colleague=colleague,
        grant=RegionGrant.objects.get(user=colleague),
    )


def pk_of(kind: str) -> Callable[[Any], dict[str, Any]]:
    return lambda rows: {"pk": getattr(rows, kind).pk}


def year_and(region: str, **more: Any) -> Callable[[Any], dict[str, Any]]:
    return lambda rows: {"year": 2024, "region": region, **more}


def act_on(kind: str, act: str) -> Callable[[Any], dict[str, Any]]:
    return lambda rows: {"pk": getattr(rows, kind).pk, "act": act}


def person_of(rows: Any) -> dict[str, Any]:
    return {"person": rows.person.pk}


def kind_of_person(rows: Any) -> dict[str, Any]:
    return {"person": rows.person.pk, "pillar": "PKH", "kind": "p2k2"}


def of_allowance_line(act: str) -> Callable[[Any], dict[str, Any]]:
    return lambda rows: {"pk": rows.allowance.pk, "line": rows.allowance_line.pk, "act": act}


def of_guardian(rows: Any) -> dict[str, Any]:
    return {"pk": rows.payee.pk, "guardian": rows.guardian.pk}


def of_membership(rows: Any) -> dict[str, Any]:
    return {"pk": rows.payee.pk, "membership": rows.payee.memberships.get().pk}


def of_batch(rows: Any) -> dict[str, Any]:
    return {"batch": rows.batch.pk}


def of_line(rows: Any) -> dict[str, Any]:
    return {"batch": rows.batch.pk, "line": rows.line.pk}


def of_result(rows: Any) -> dict[str, Any]:
    return {"batch": rows.batch.pk, "pk": rows.result.pk}


def of_step(rows: Any) -> dict[str, Any]:
    return {"year": 2024, "region": KOTA, "pk": rows.step.pk}


def of_move(rows: Any) -> dict[str, Any]:
    return of_step(rows) | {"then": "berjalan"}


def plan_of_step(rows: Any) -> dict[str, Any]:
    return {"pk": rows.step.plan_id}


def key_of_line(rows: Any) -> dict[str, Any]:
    return {"kunci": f"{rows.line.year}-{rows.line.pk}"}
