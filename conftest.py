"""One harness for all tests: `land`, `cast`, `committed`, `worker`, `site` (see tests/harness)."""

pytest_plugins = [
    "tests.harness.database",
    "tests.harness.people",
    "tests.harness.processes",
    "tests.harness.browser",
    "tests.harness.recount",
]
