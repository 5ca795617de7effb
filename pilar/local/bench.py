"""`manage.py bench NAME`: a measurement of bench/ with servers of its own."""

import sys
from functools import partial

from pilar.local import bootstrap
from pilar.local.home import ROOT, LocalError
from pilar.local.process import spawn
from pilar.local.supervisor import Supervisor
from pilar.local.testing import follow, with_test_servers


def run_bench(argv: list[str]) -> int:
    bootstrap.enter(bootstrap.DEVELOPMENT, ["bench", *argv])
    known = sorted(path.stem for path in (ROOT / "bench").glob("[!_]*.py"))
    if not argv or argv[0] not in known:
        raise LocalError(f"Sebutkan pengukurannya: {', '.join(known)}.")
    return with_test_servers(partial(measure, argv))


def measure(argv: list[str], supervisor: Supervisor, env: dict[str, str]) -> int:
    program = [sys.executable, str(ROOT / "bench" / f"{argv[0]}.py"), *argv[1:]]
    return follow(supervisor, spawn(program, env=env, log=None, cwd=ROOT))
