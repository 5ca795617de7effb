"""Endpoints of the working life of personnel."""

from tests.doors.door import Door
from tests.doors.rows import pk_of

NO_GET = "401 405 405 405 405 405"
ASKED = "401 400 404 404 400 400"  # an entry that lacks its fields

API = (
    Door("api-personnel-find", NO_GET, "401 400 400 400 400 400"),
    *(
        Door(f"api-personnel-{act}", NO_GET, ASKED, keys=pk_of("person"))
        for act in ("change", "assign", "account", "account-number")
    ),
    Door("api-assignment-end", NO_GET, ASKED, keys=pk_of("assignment")),
)
