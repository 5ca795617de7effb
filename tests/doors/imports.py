"""Pages and endpoints of imports. The sample one waits for its columns; its uploader is the owner."""

from collections.abc import Callable
from typing import Any

from tests.doors.door import Door
from tests.doors.rows import pk_of


def of_kind(name: str) -> Callable[[Any], dict[str, Any]]:
    return lambda rows: {name: "penerima"}


PAGES = (
    Door("import-list", "302 200 200 200 200 200"),
    Door("import-create", "302 200 200 403 403 200", "302 422 422 403 403 422"),
    Door("import-template", "302 200 200 200 200 200", keys=of_kind("kind")),
    Door("import-data", "302 200 200 403 200 200", "302 422 422 403 422 422", keys=of_kind("kind")),
    Door("import-detail", "302 200 404 404 200 200", keys=pk_of("imported")),
    *(
        Door(f"import-{act}", "302 200 404 404 403 200", f"302 {post}", keys=pk_of("imported"))
        for act, post in (
            ("map", "422 404 404 403 422"),
            ("layout", "422 404 404 403 422"),
            ("choose", "422 404 404 403 422"),
            ("apply", "422 404 404 403 422"),
            ("undo", "422 404 404 403 422"),
            ("drop", "302 404 404 403 302"),
        )
    ),
    Door("import-faults", "302 200 404 404 403 403", keys=pk_of("imported")),
)

API = (
    Door("api-import-list", "401 200 200 200 200 200", "401 400 400 400 400 400"),
    Door("api-import-detail", "401 200 404 404 200 200", keys=pk_of("imported")),
    Door("api-import-kinds", "401 200 200 200 200 200"),
    Door("api-import-template", "401 200 200 200 200 200", keys=of_kind("jenis")),
    Door("api-import-data", "401 405 405 405 405 405", "401 400 400 400 400 400", keys=of_kind("jenis")),
    Door("api-import-cells", "401 200 404 404 200 200", keys=pk_of("imported")),
    Door("api-import-faults", "401 200 404 404 409 409", keys=pk_of("imported")),
    *(
        Door(f"api-import-{act}", "401 405 405 405 405 405", f"401 {post}", keys=pk_of("imported"))
        for act, post in (
            ("layout", "400 404 404 400 400"),
            ("map", "400 404 404 400 400"),
            ("choose", "400 404 404 400 400"),
            ("apply", "400 404 404 400 400"),
            ("undo", "400 404 404 400 400"),
            ("drop", "200 404 404 403 200"),
        )
    ),
)
