"""The recount as a command of the shell."""

import pytest

from targets.management.commands import rollup_check


@pytest.fixture
def check(capsys):
    """Exit code and all output of the command, as a shell would see them."""

    def run(year: int = 2024, wait: float = 0) -> tuple[int, str]:
        argv = ["manage.py", "rollup_check", "--year", str(year), "--wait", str(wait)]
        code = 0
        try:
            rollup_check.Command().run_from_argv(argv)
        except SystemExit as left:
            code = left.code
        said = capsys.readouterr()
        return code, said.out + said.err

    return run
