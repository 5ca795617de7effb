"""Endpoints of the working life of personnel."""

from personnel.models import ServiceRule
from tests.doors.door import Door
from tests.doors.rows import pk_of

NO_GET = "401 405 405 405 405 405"
OPEN = "401 200 200 200 200 200"
ONE = "401 200 404 404 200 200"
ENTRY = "401 400 400 400 400 400"
ASKED = "401 400 404 404 400 400"  # an entry that lacks its fields

API = (
    Door("api-personnel-find", NO_GET, ENTRY),
    *(
        Door(f"api-personnel-{act}", NO_GET, ASKED, keys=pk_of("person"))
        for act in ("change", "assign", "account", "account-number")
    ),
    Door("api-assignment-end", NO_GET, ASKED, keys=pk_of("assignment")),
    Door("api-assignment-responsible", OPEN, query="region=17.71.01"),
    Door("api-vacancy-list", OPEN),
    Door("api-service-rule-list", OPEN),
    Door("api-service-rule-detail", OPEN, keys=lambda rows: {"pk": ServiceRule.objects.all()[:1].get().pk}),
    Door("api-family-tie-list", OPEN, ENTRY),
    Door("api-family-tie-detail", ONE, keys=pk_of("tie")),
    Door("api-family-tie-end", NO_GET, ASKED, keys=pk_of("tie")),
    Door("api-competence-list", OPEN, ENTRY),
    Door("api-competence-detail", ONE, keys=pk_of("competence")),
    Door("api-competence-end", NO_GET, ASKED, keys=pk_of("competence")),
    Door("api-sanction-list", OPEN, ENTRY),
    Door("api-sanction-detail", ONE, keys=pk_of("sanction")),
    Door("api-sanction-withdraw", NO_GET, ASKED, keys=pk_of("sanction")),
    Door("api-caseload-list", OPEN, ENTRY),
    Door("api-caseload-detail", ONE, keys=pk_of("caseload")),
    Door("api-caseload-end", NO_GET, ASKED, keys=pk_of("caseload")),
    Door("api-caseload-hand-over", NO_GET, ENTRY),
    Door("api-workload-list", "401 200 403 403 200 200", query="region=17.71"),
    Door("api-need-list", OPEN, ENTRY),
    Door("api-need-detail", ONE, keys=pk_of("need")),
    Door("api-termination-list", OPEN, ENTRY),
    Door("api-termination-detail", ONE, keys=pk_of("termination")),
    Door("api-termination-endorse", NO_GET, "401 409 404 404 403 409", keys=pk_of("termination")),
    Door("api-termination-decide", NO_GET, ASKED, keys=pk_of("termination")),
    Door("api-termination-reject", NO_GET, ASKED, keys=pk_of("termination")),
    Door("api-termination-withdraw", NO_GET, "401 200 404 404 403 200", keys=pk_of("termination")),
)
