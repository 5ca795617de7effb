"""The environment of one machine: locks that hold hashes, and sentences when something is missing."""

import ast
import re
import sys
from pathlib import Path

import pytest

from pilar.local import bootstrap
from pilar.local.home import ROOT, LocalError

MANAGE = [sys.executable, str(ROOT / "manage.py")]


@pytest.fixture
def environment(tmp_path: Path) -> bootstrap.Environment:
    """A checkout with two lock files and a .venv that looks complete."""
    for lock in (bootstrap.RUNTIME, bootstrap.DEVELOPMENT):
        (tmp_path / lock).write_text(lock)
    made = bootstrap.Environment(tmp_path / ".venv", tmp_path)
    made.python.parent.mkdir(parents=True)
    made.python.touch()
    return made


def test_development_lock_satisfies_both(environment: bootstrap.Environment) -> None:
    environment.record(bootstrap.DEVELOPMENT)
    assert environment.satisfies(bootstrap.RUNTIME)
    assert environment.satisfies(bootstrap.DEVELOPMENT)


def test_runtime_lock_does_not_satisfy_development(environment: bootstrap.Environment) -> None:
    environment.record(bootstrap.RUNTIME)
    assert environment.satisfies(bootstrap.RUNTIME)
    assert not environment.satisfies(bootstrap.DEVELOPMENT)


def test_changed_lock_is_installed_again(environment: bootstrap.Environment) -> None:
    environment.record(bootstrap.RUNTIME)
    (environment.root / bootstrap.RUNTIME).write_text("another version")
    assert not environment.satisfies(bootstrap.RUNTIME)


def test_copied_checkout_makes_its_own_environment(environment: bootstrap.Environment) -> None:
    environment.record(bootstrap.RUNTIME)
    copy = environment.root / "copy"
    (environment.root / ".venv").rename(copy)
    assert bootstrap.Environment(copy, environment.root).installed() == {}


def test_python_without_venv_names_the_package(
    environment: bootstrap.Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(LocalError, match="apt-get install python3-venv"):
        environment.create()


def test_failed_installation_shows_the_last_lines(environment: bootstrap.Environment) -> None:
    environment.python.write_text("#!/bin/sh\necho tidak ada sambungan; exit 1\n")
    environment.python.chmod(0o755)
    with pytest.raises(LocalError, match="tidak ada sambungan"):
        environment.install(bootstrap.RUNTIME)
    assert not environment.satisfies(bootstrap.RUNTIME)


@pytest.mark.parametrize("lock", [bootstrap.RUNTIME, bootstrap.DEVELOPMENT])
def test_locks_hold_hashes_and_no_addresses(lock: str) -> None:
    text = (ROOT / lock).read_text()
    pinned = [line for line in text.splitlines() if line and line[0].isalnum()]
    assert "://" not in text
    assert "--hash=sha256:" in text
    assert all(line.endswith("\\") and "==" in line for line in pinned)


def test_every_pin_is_in_the_lock() -> None:
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    pins = {re.sub(r"\[.*]", "", line).lower() for line in lines if "==" in line}
    locked = {line.partition(" ")[0] for line in (ROOT / bootstrap.RUNTIME).read_text().splitlines()}
    assert pins - locked == set()


def test_development_lock_contains_the_runtime_lock() -> None:
    wanted = set((ROOT / bootstrap.RUNTIME).read_text().splitlines())
    assert wanted <= set((ROOT / bootstrap.DEVELOPMENT).read_text().splitlines())


@pytest.mark.parametrize("path", sorted((ROOT / "pilar/local").glob("*.py")), ids=lambda p: p.name)
def test_local_imports_the_standard_library_only(path: Path) -> None:
    tree = ast.parse(path.read_text())
    plain = [node for node in ast.walk(tree) if isinstance(node, ast.Import)]
    from_ = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    names = [alias.name for node in plain for alias in node.names]
    names += [node.module or "." for node in from_]
    foreign = [
        name
        for name in names
        if name.partition(".")[0] not in sys.stdlib_module_names and not name.startswith("pilar.local")
    ]
    assert foreign == []
