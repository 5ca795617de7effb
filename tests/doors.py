"""Every address of PILAR and what each reader gets there; `tests/test_doors.py` walks it.

All sample rows lie in Kota Bengkulu. A new URL needs a row here: its name, the statuses of GET in
the order of ROLES, those of POST with an empty form when it takes one, and the keys of its address.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from assistance.models import EligibilityRule, ProgrammePrice
from pilar.core.models import Job, RegionGrant, User
from pilar.core.tokens import token_issue
from targets.models import PublishedFigure
from tests import factories as make
from tests import factories_lists as lists

#: nobody, the Dinas Sosial of the rows, that of Rejang Lebong, an account without grant, Itjen, admin pusat
ROLES = ("anonymous", "owner", "neighbour", "stranger", "auditor", "admin")


@dataclass(frozen=True)
class Door:
    """One address. `get` and `post` hold one status per role; an empty `post` means POST is not taken (405)."""

    name: str
    get: str
    post: str = ""
    keys: Callable[[Any], dict[str, Any]] = lambda rows: {}
    query: str = ""
    about: str = ""

    def __str__(self) -> str:
        return f"{self.name} ({self.about})" if self.about else self.name

    def expected(self, method: str) -> dict[str, int]:
        """By role. Raises ValueError when a role's status is missing."""
        statuses = (self.get if method == "get" else self.post).split()
        return {role: int(status) for role, status in zip(ROLES, statuses, strict=True)}


def make_rows(user: User, colleague: User) -> SimpleNamespace:
    """One row of each kind in Kota Bengkulu, job and token of `user`, who manages `colleague`."""
    person = make.make_person()
    payee = make.make_beneficiary(groups=[12])
    assignment = make.make_assignment(person, pillar="PKH")
    make.make_caseload(assignment, payee)
    batch = make.make_batch()
    decree = make.make_decree()
    checked = make.make_beneficiary()
    make.make_proposal(checked, programme="YAPI", state="diajukan")
    return SimpleNamespace(
        decree=decree,
        participation=make.make_participation(payee, state="calon", decree=decree),
        person=person,
        assignment=assignment,
        activity=make.make_activity(person, by=colleague),
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
        target=make.make_target(value=10),
        goal=make.make_target(value=10, indicator="GRADUASI", breakdown=4, person=person),
        figure=PublishedFigure.objects.filter(region_id=make.KOTA)[:1].get(),
        job=Job.objects.create(kind="rollup", key="2024", region_id=make.KOTA, user=user),
        token=token_issue(user=user, name="laporan", now=timezone.now(), life=timedelta(days=1))[0],
        colleague=colleague,
        grant=RegionGrant.objects.get(user=colleague),
    )


def pk_of(kind: str) -> Callable[[Any], dict[str, Any]]:
    return lambda rows: {"pk": getattr(rows, kind).pk}


def year_and(region: str, **more: Any) -> Callable[[Any], dict[str, Any]]:
    return lambda rows: {"year": 2024, "region": region, **more}


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


def key_of_line(rows: Any) -> dict[str, Any]:
    return {"kunci": f"{rows.line.year}-{rows.line.pk}"}


KOTA, SELEBAR = "17.71", "17.71.01"
ELDERLY = {"indicator": "PENERIMA_PAS", "breakdown": 3}

PAGES = (
    # dashboard
    Door("home", "302 302 302 302 302 302", "302 302 302 302 302 302"),
    Door("dashboard", "302 200 200 200 200 200", keys=year_and(KOTA)),
    Door("dashboard", "302 200 403 403 200 200", keys=year_and(SELEBAR), about="kecamatan"),
    Door("dashboard", "302 200 200 200 200 200", keys=year_and("nasional"), about="nasional"),
    Door("rollup-start", "302 405 405 405 405 405", "302 403 403 403 403 302", keys=year_and(KOTA)),
    Door("dashboard-rows", "302 200 200 200 200 200", keys=year_and(KOTA, **ELDERLY)),
    Door("dashboard-rows", "302 200 403 403 200 200", keys=year_and(SELEBAR, **ELDERLY), about="kecamatan"),
    Door(
        "dashboard-person-rows",
        "302 200 404 404 200 200",
        keys=lambda rows: {"year": 2024, "person": rows.person.pk, "indicator": "GRADUASI"},
    ),
    # accounts
    Door("login", "200 302 302 302 302 302", "200 302 302 302 302 302"),
    Door("logout", "405 405 405 405 405 405", "302 302 302 302 302 302"),
    Door("password_change", "302 200 200 200 200 200", "302 200 200 200 200 200"),
    Door("password_change_done", "302 200 200 200 200 200"),
    Door(
        "password_reset_confirm",
        "200 200 200 200 200 200",
        "200 200 200 200 200 200",
        keys=lambda rows: {"uidb64": "MQ", "token": "set-password"},
    ),
    Door("password_reset_complete", "200 200 200 200 200 200"),
    # users and their grants
    Door("user-list", "302 200 200 403 403 200"),
    Door("user-invite", "302 200 200 403 403 200", "302 422 422 403 403 422"),
    Door("user-detail", "302 200 404 403 403 200", keys=pk_of("colleague")),
    Door("user-reset", "302 200 404 403 403 200", "302 200 404 403 403 200", keys=pk_of("colleague")),
    Door("user-deactivate", "302 200 404 403 403 200", "302 302 404 403 403 302", keys=pk_of("colleague")),
    Door("grant-create", "302 200 404 403 403 200", "302 422 404 403 403 422", keys=pk_of("colleague")),
    Door(
        "grant-end",
        "302 200 404 403 403 200",
        "302 302 404 403 403 302",
        keys=lambda rows: {"pk": rows.colleague.pk, "grant": rows.grant.pk},
    ),
    Door("role-list", "302 200 200 200 200 200"),
    Door("token-list", "302 200 200 200 200 200"),
    Door("token-create", "302 200 200 200 200 200", "302 422 422 422 422 422"),
    Door("token-revoke", "302 200 404 404 404 404", "302 302 404 404 404 404", keys=pk_of("token")),
    Door("job-list", "302 200 200 200 200 200"),
    Door("job-detail", "302 200 404 404 200 200", keys=pk_of("job")),
    Door("job-cancel", "302 200 404 404 200 200", "302 302 404 404 422 302", keys=pk_of("job")),
    Door("audit-list", "302 200 200 403 200 200"),
    Door("region-search", "302 200 200 200 200 200", query="q=selebar"),
    # personnel
    Door("personnel-list", "302 200 200 200 200 200"),
    Door("personnel-create", "302 200 200 403 403 200", "302 422 422 403 403 422"),
    Door("personnel-detail", "302 200 404 404 200 200", keys=pk_of("person")),
    Door("personnel-update", "302 200 404 404 403 200", "302 422 404 404 403 422", keys=pk_of("person")),
    Door("personnel-reveal", "302 405 405 405 405 405", "302 200 404 404 200 200", keys=pk_of("person")),
    Door("assignment-create", "302 200 404 404 403 200", "302 422 404 404 403 422", keys=pk_of("person")),
    Door(
        "assignment-end",
        "302 200 404 404 403 200",
        "302 422 404 404 403 422",
        keys=lambda rows: {"pk": rows.person.pk, "assignment": rows.assignment.pk},
    ),
    # targets
    Door("target-list", "302 200 200 200 200 200", keys=year_and(KOTA)),
    Door("target-create", "302 200 200 403 403 200", "302 422 422 403 403 422", keys=year_and(KOTA)),
    Door("target-person", "302 200 200 200 200 200", keys=year_and(KOTA), query="q=sari"),
    Door("published-list", "302 200 200 200 200 200"),
    Door("published-create", "302 200 200 403 403 200", "302 422 422 403 403 422"),
    Door("published-detail", "302 200 200 200 200 200", keys=pk_of("figure")),
    # assistance
    Door("programme-list", "302 200 200 200 200 200"),
    Door("programme-detail", "302 200 200 200 200 200", keys=lambda rows: {"code": "YAPI"}),
    Door("proposal-list", "302 200 200 200 200 200"),
    Door("proposal-find", "302 200 200 403 403 200", "302 422 422 403 403 422"),
    Door("proposal-create", "302 302 302 403 403 302", "302 422 422 403 403 422"),
    Door("proposal-assign", "302 302 302 403 403 302", "302 422 422 403 403 422"),
    Door("proposal-detail", "302 200 404 404 200 200", keys=pk_of("proposal")),
    Door("proposal-withdraw", "302 200 404 404 403 200", "302 422 404 404 403 422", keys=pk_of("proposal")),
    Door("beneficiary-list", "302 200 200 200 200 200", "302 422 422 422 422 422"),
    Door("beneficiary-create", "302 200 200 403 403 200", "302 422 422 403 403 422"),
    Door("beneficiary-detail", "302 200 404 404 200 200", keys=pk_of("payee")),
    Door("beneficiary-update", "302 200 404 404 403 200", "302 422 404 404 403 422", keys=pk_of("payee")),
    Door("beneficiary-reveal", "302 405 405 405 405 405", "302 200 404 404 200 200", keys=pk_of("payee")),
    Door("membership-add", "302 200 404 404 403 200", "302 422 404 404 403 422", keys=pk_of("payee")),
    Door("membership-end", "302 200 404 404 403 200", "302 422 404 404 403 422", keys=of_membership),
    Door("circumstance-record", "302 200 404 404 403 200", "302 422 404 404 403 422", keys=pk_of("payee")),
    Door("familycard-record", "302 200 404 404 403 200", "302 422 404 404 403 422", keys=pk_of("payee")),
    Door("guardian-record", "302 200 404 404 403 200", "302 422 404 404 403 422", keys=pk_of("payee")),
    Door("guardian-end", "302 200 404 404 403 200", "302 422 404 404 403 422", keys=of_guardian),
    Door("batch-list", "302 200 200 200 200 200"),
    Door("batch-create", "302 200 200 403 403 200", "302 422 422 403 403 422"),
    Door("batch-detail", "302 200 404 404 200 200", keys=pk_of("batch")),
    Door("batch-export", "302 200 404 404 200 200", keys=of_batch),
    Door("result-list", "302 200 404 404 200 200", keys=of_batch),
    Door("result-upload", "302 200 404 404 403 200", "302 422 404 404 403 422", keys=of_batch),
    Door("result-detail", "302 200 404 404 200 200", keys=of_result),
    Door("result-faults", "302 200 404 404 200 200", keys=of_result),
    Door("result-apply", "302 200 404 404 403 200", "302 302 404 404 403 302", keys=of_result),
    Door("result-drop", "302 200 404 404 403 200", "302 422 404 404 403 422", keys=of_result),
    Door("result-check", "302 200 404 404 403 200", "302 422 404 404 403 422", keys=of_result),
    Door("batch-draft", "302 200 200 403 403 200", "302 422 422 403 403 422"),
    Door(
        "batch-act",
        "302 200 404 404 403 200",
        "302 422 404 404 403 422",
        keys=lambda rows: {**of_batch(rows), "act": "catatan"},
    ),
    Door("disbursement-find", "302 200 404 404 403 200", "302 422 404 404 403 422", keys=of_batch),
    Door("disbursement-create", "302 200 404 404 403 200", "302 422 404 404 403 422", keys=of_batch),
    Door("disbursement-detail", "302 200 404 404 200 200", keys=of_line),
    Door(
        "disbursement-act",
        "302 200 404 404 403 200",
        "302 422 404 404 403 422",
        keys=lambda rows: {**of_line(rows), "act": "terima"},
    ),
    Door("decree-list", "302 200 200 200 200 200"),
    Door("decree-create", "302 200 200 403 403 200", "302 422 422 403 403 422"),
    Door("decree-detail", "302 200 404 404 200 200", keys=pk_of("decree")),
    Door(
        "decree-act",
        "302 200 404 404 403 200",
        "302 302 404 404 403 302",
        keys=lambda rows: {"pk": rows.decree.pk, "act": "isi"},
        about="isi",
    ),
    Door(
        "decree-act",
        "302 403 404 404 403 200",
        "302 403 404 404 403 422",
        keys=lambda rows: {"pk": rows.decree.pk, "act": "tetapkan"},
        about="tetapkan",
    ),
    Door(
        "decree-remove",
        "302 200 404 404 403 200",
        "302 422 404 404 403 422",
        keys=lambda rows: {"pk": rows.decree.pk, "participation": rows.participation.pk},
    ),
    Door("participation-list", "302 200 200 200 200 200"),
    Door("participation-detail", "302 200 404 404 200 200", keys=pk_of("participation")),
    Door(
        "participation-act",
        "302 200 404 404 403 200",
        "302 422 404 404 403 422",
        keys=lambda rows: {"pk": rows.participation.pk, "act": "akhiri"},
    ),
    Door("atensi-list", "302 200 200 200 200 200"),
    Door("atensi-find", "302 200 200 403 403 200", "302 422 422 403 403 422"),
    Door("atensi-create", "302 302 302 302 302 302", "302 422 422 422 422 422"),
    Door("atensi-detail", "302 200 404 404 200 200", keys=pk_of("care")),
    Door(
        "atensi-act",
        "302 200 404 404 403 200",
        "302 422 404 404 403 422",
        keys=lambda rows: {"pk": rows.care.pk, "act": "hentikan"},
    ),
    Door("graduation-list", "302 200 200 200 200 200"),
    Door("graduation-find", "302 200 200 403 403 200", "302 422 422 403 403 422"),
    Door("graduation-create", "302 302 302 302 302 302", "302 422 422 422 422 422"),
    Door("graduation-case-list", "302 200 200 200 200 200"),
    Door("graduation-case-find", "302 200 200 403 403 200", "302 422 422 403 403 422"),
    Door("graduation-case-create", "302 302 302 302 302 302", "302 422 422 422 422 422"),
    Door("graduation-case-detail", "302 200 404 404 200 200", keys=pk_of("leaving")),
    Door(
        "graduation-case-act",
        "302 200 404 404 403 200",
        "302 422 404 404 403 422",
        keys=lambda rows: {"pk": rows.leaving.pk, "act": "asesmen"},
    ),
    Door(
        "graduation-case-act",
        "302 403 404 404 403 200",
        "302 403 404 404 403 422",
        keys=lambda rows: {"pk": rows.leaving.pk, "act": "putuskan"},
        about="memutuskan",
    ),
    Door("graduation-cancel", "302 200 404 404 403 200", "302 422 404 404 403 422", keys=pk_of("graduation")),
    # verval and usul-sanggah
    Door("verification-list", "302 200 200 200 200 200"),
    Door("verification-due", "302 200 200 200 200 200"),
    Door("verification-log", "302 200 200 200 200 200"),
    Door("verification-detail", "302 200 404 404 200 200", keys=pk_of("verification")),
    Door("verification-coverage", "302 200 200 403 200 200"),
    Door("verification-coverage", "302 200 403 403 200 200", query="region=17.71", about="wilayah"),
    Door(
        "verification-create",
        "302 200 404 404 403 200",
        "302 422 404 404 403 422",
        keys=lambda rows: {"person": rows.checked.pk, "programme": "YAPI"},
    ),
    Door("objection-list", "302 200 200 200 200 200"),
    Door("objection-find", "302 200 200 403 403 200", "302 422 422 403 403 422"),
    Door(
        "objection-create",
        "302 200 404 404 403 200",
        "302 422 404 404 403 422",
        keys=lambda rows: {"person": rows.checked.pk},
    ),
    Door("objection-detail", "302 200 404 404 200 200", keys=pk_of("objection")),
    Door("objection-answer", "302 200 404 404 403 200", "302 422 404 404 403 422", keys=pk_of("objection")),
    # made-up figures only
    Door("styleguide", "200 200 200 200 200 200"),
)

API = (
    Door("api-root", "401 200 200 200 200 200"),
    # the description of the API holds no data
    Door("api-schema", "200 200 200 200 200 200"),
    Door("api-docs", "200 200 200 200 200 200"),
    # regions and catalogues, the same for everybody
    Door("api-region-list", "401 200 200 200 200 200"),
    Door("api-region-detail", "401 200 200 200 200 200", keys=lambda rows: {"pk": make.KOTA}),
    Door("api-pillar-list", "401 200 200 200 200 200"),
    Door("api-pillar-detail", "401 200 200 200 200 200", keys=lambda rows: {"pk": 1}),
    Door("api-programme-list", "401 200 200 200 200 200"),
    Door("api-programme-detail", "401 200 200 200 200 200", keys=lambda rows: {"pk": 1}),
    Door("api-group-list", "401 200 200 200 200 200"),
    Door("api-group-detail", "401 200 200 200 200 200", keys=lambda rows: {"pk": 1}),
    Door("api-year-list", "401 200 200 200 200 200"),
    Door("api-year-detail", "401 200 200 200 200 200", keys=lambda rows: {"pk": 2024}),
    Door("indikator-list", "401 200 200 200 200 200"),
    Door("indikator-detail", "401 200 200 200 200 200", keys=lambda rows: {"code": "PENERIMA_PAS"}),
    Door("api-target-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-personnel-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-personnel-detail", "401 200 404 404 200 200", keys=pk_of("person")),
    Door("api-assignment-list", "401 200 200 200 200 200"),
    Door("api-assignment-detail", "401 200 404 404 200 200", keys=pk_of("assignment")),
    Door("api-activity-list", "401 200 200 200 200 200"),
    Door("api-activity-detail", "401 200 404 404 200 200", keys=pk_of("activity")),
    Door("api-target-detail", "401 200 200 200 200 200", keys=pk_of("target"), about="kabupaten"),
    Door("api-target-detail", "401 200 404 404 200 200", keys=pk_of("goal"), about="orang"),
    Door("angka-rilis-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("angka-rilis-detail", "401 200 200 200 200 200", keys=pk_of("figure")),
    Door("api-price-list", "401 200 200 200 200 200"),
    Door("api-price-detail", "401 200 200 200 200 200", keys=pk_of("price")),
    Door("api-rule-list", "401 200 200 200 200 200"),
    Door("api-rule-detail", "401 200 200 200 200 200", keys=pk_of("rule")),
    Door("api-proposal-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-proposal-detail", "401 200 404 404 200 200", keys=pk_of("proposal")),
    Door("api-proposal-withdraw", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("proposal")),
    Door("api-proposal-assign", "401 405 405 405 405 405", "401 400 400 400 400 400"),
    Door("api-batch-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-batch-detail", "401 200 404 404 200 200", keys=pk_of("batch")),
    Door("api-batch-export", "401 200 404 404 200 200", keys=pk_of("batch")),
    Door("api-result-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-result-detail", "401 200 404 404 200 200", keys=pk_of("result")),
    Door("api-result-rows", "401 200 404 404 200 200", keys=pk_of("result")),
    Door("api-result-faults", "401 200 404 404 200 200", keys=pk_of("result")),
    Door("api-result-apply", "401 405 405 405 405 405", "401 200 404 404 403 200", keys=pk_of("result")),
    Door("api-result-drop", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("result")),
    Door("api-result-check", "401 405 405 405 405 405", "401 409 404 404 403 409", keys=pk_of("result")),
    Door("api-batch-draft", "401 405 405 405 405 405", "401 400 400 400 400 400"),
    Door("api-batch-coverage", "401 200 404 404 200 200", keys=pk_of("batch")),
    *(
        Door(f"api-batch-{act}", "401 405 405 405 405 405", "401 409 404 404 403 409", keys=pk_of("batch"))
        for act in ("fill", "propose", "close", "settle")
    ),
    Door("api-batch-approve", "401 405 405 405 405 405", "401 409 404 404 409 409", keys=pk_of("batch")),
    *(
        Door(f"api-batch-{act}", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("batch"))
        for act in ("send-back", "accept-unverified", "pay", "hand-over", "revise", "note")
    ),
    Door("api-line-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-line-detail", "401 200 404 404 200 200", keys=key_of_line),
    Door("api-line-step", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=key_of_line),
    Door("api-line-repay", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=key_of_line),
    Door("api-beneficiary-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-beneficiary-detail", "401 200 404 404 200 200", keys=pk_of("payee")),
    Door("api-decree-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-decree-detail", "401 200 404 404 200 200", keys=pk_of("decree")),
    Door("api-decree-fill", "401 405 405 405 405 405", "401 200 404 404 403 200", keys=pk_of("decree")),
    Door("api-decree-remove", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("decree")),
    Door("api-decree-propose", "401 405 405 405 405 405", "401 409 404 404 403 409", keys=pk_of("decree")),
    Door("api-decree-send-back", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("decree")),
    Door("api-decree-decide", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("decree")),
    Door("api-participation-list", "401 200 200 200 200 200"),
    Door("api-participation-detail", "401 200 404 404 200 200", keys=pk_of("participation")),
    Door(
        "api-participation-suspend", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("participation")
    ),
    Door("api-participation-resume", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("participation")),
    Door("api-participation-end", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("participation")),
    Door(
        "api-participation-reverify", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("participation")
    ),
    Door("api-beneficiary-by-nik", "401 405 405 405 405 405", "401 400 400 400 400 400"),
    Door("api-beneficiary-timeline", "401 200 404 404 200 200", keys=pk_of("payee")),
    Door("api-beneficiary-change", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("payee")),
    Door("api-beneficiary-membership", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("payee")),
    Door("api-beneficiary-membership-end", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("payee")),
    Door("api-beneficiary-card", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("payee")),
    Door("api-beneficiary-guardian", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("payee")),
    Door("api-beneficiary-guardian-end", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("payee")),
    Door("api-beneficiary-circumstance", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("payee")),
    Door("api-atensi-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-atensi-detail", "401 200 404 404 200 200", keys=pk_of("care")),
    *(
        Door(f"api-atensi-{act}", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("care"))
        for act in ("plan", "serve", "close", "stop")
    ),
    Door("api-graduation-list", "401 200 200 200 200 200"),
    Door("api-graduation-detail", "401 200 404 404 200 200", keys=pk_of("graduation")),
    Door("api-graduation-case-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-graduation-case-detail", "401 200 404 404 200 200", keys=pk_of("leaving")),
    Door("api-graduation-case-checklist", "401 200 200 200 200 200"),
    *(
        Door(f"api-graduation-case-{act}", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("leaving"))
        for act in ("assess", "decide", "reject", "cancel", "leave")
    ),
    Door("api-verification-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-verification-detail", "401 200 404 404 200 200", keys=pk_of("verification")),
    Door("api-unverified-list", "401 200 200 200 200 200"),
    Door(
        "api-unverified-detail",
        "401 404 404 404 404 404",
        keys=lambda rows: {"pk": 0},
        about="tidak ada yang menunggu",
    ),
    Door("api-coverage-list", "401 200 403 403 200 200", query="wilayah=17.71"),
    Door("api-objection-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-objection-detail", "401 200 404 404 200 200", keys=pk_of("objection")),
    Door("api-objection-answer", "401 405 405 405 405 405", "401 400 404 404 400 400", keys=pk_of("objection")),
    Door("capaian-list", "401 200 200 200 200 200", query="tahun=2024&wilayah=17.71"),
    Door("capaian-baris", "401 200 200 200 200 200", query="tahun=2024&wilayah=17.71&indikator=PENERIMA_PAS&rincian=3"),
)
