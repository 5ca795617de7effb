"""Pages of the working life of personnel."""

from typing import Any

from tests.doors.door import Door
from tests.doors.rows import act_on, pk_of

OPEN = "302 200 200 200 200 200"
FORM = {"get": "302 200 404 404 403 200", "post": "302 422 404 404 403 422"}


def of_assignment(rows: Any) -> dict[str, Any]:
    return {"pk": rows.person.pk, "assignment": rows.assignment.pk}


def of_sanction(rows: Any) -> dict[str, Any]:
    return {"pk": rows.person.pk, "sanction": rows.sanction.pk}


def of_tie(rows: Any) -> dict[str, Any]:
    return {"pk": rows.person.pk, "tie": rows.tie.pk}


def of_competence(rows: Any) -> dict[str, Any]:
    return {"pk": rows.person.pk, "competence": rows.competence.pk}


def of_caseload(rows: Any) -> dict[str, Any]:
    return {"pk": rows.assignment.pk, "caseload": rows.caseload.pk}


PAGES = (
    Door("personnel-account", **FORM, keys=pk_of("person")),
    Door("personnel-account-reveal", "302 405 405 405 405 405", "302 200 404 404 200 200", keys=pk_of("person")),
    Door("personnel-responsible", OPEN, query="region=17.71.01"),
    Door("personnel-vacancy", OPEN),
    Door("personnel-rules", OPEN),
    Door("personnel-family", **FORM, keys=pk_of("person")),
    Door("personnel-family-end", **FORM, keys=of_tie),
    Door("personnel-competence", **FORM, keys=pk_of("person")),
    Door("personnel-competence-end", **FORM, keys=of_competence),
    Door("sanction-create", **FORM, keys=of_assignment),
    Door("sanction-withdraw", **FORM, keys=of_sanction),
    Door("caseload-list", OPEN),
    Door("caseload-detail", "302 200 404 404 200 200", keys=pk_of("assignment")),
    Door("caseload-create", **FORM, keys=pk_of("assignment")),
    Door("caseload-handover", **FORM, keys=pk_of("assignment")),
    Door("caseload-end", **FORM, keys=of_caseload),
    Door("workload", "302 200 403 403 200 200", query="region=17.71"),
    Door("need-list", OPEN),
    Door("need-create", "302 200 200 403 403 200", "302 422 422 403 403 422"),
    Door("termination-create", **FORM, keys=of_assignment),
    Door("termination-list", OPEN),
    Door("termination-detail", "302 200 404 404 200 200", keys=pk_of("termination")),
    Door("termination-act", **FORM, keys=act_on("termination", "tolak")),
)
