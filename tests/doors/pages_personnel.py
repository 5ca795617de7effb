"""Pages of the working life of personnel."""

from tests.doors.door import Door
from tests.doors.rows import pk_of

FORM = {"get": "302 200 404 404 403 200", "post": "302 422 404 404 403 422"}

PAGES = (
    Door("personnel-account", **FORM, keys=pk_of("person")),
    Door("personnel-account-reveal", "302 405 405 405 405 405", "302 200 404 404 200 200", keys=pk_of("person")),
)
