"""One machine: locks, keys, refusals, and servers that leave nothing behind."""

import contextlib
import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import takewhile
from pathlib import Path

import pytest

from pilar.local import account, chromium, down, guard, keys, network, runfile, stamp, up
from pilar.local.home import ROOT, LocalError, State, home_path, make_home
from pilar.local.process import last_lines, spawn

MANAGE = [sys.executable, str(ROOT / "manage.py")]


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home that the database's user can reach, and no servers in the environment."""
    for name in [name for name in os.environ if name.startswith("PILAR_") or name.endswith("_URL")]:
        monkeypatch.delenv(name)
    with tempfile.TemporaryDirectory(prefix="pilar-home-") as folder:
        Path(folder).chmod(0o711)
        monkeypatch.setenv("PILAR_HOME", f"{folder}/home")
        yield make_home(home_path())


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# --- private files, keys, lock ----------------------------------------------


def test_env_file_keeps_every_character_and_is_private(tmp_path: Path) -> None:
    values = {"A": "a b'c\"d$e#f", "B": "postgres://u:p@127.0.0.1:1/x?y=z", "C": ""}
    keys.write_env_file(tmp_path / "run.env", values)
    assert keys.read_env_file(tmp_path / "run.env") == values
    assert mode(tmp_path / "run.env") == 0o600


def test_keys_are_made_once_and_stay(home: Path) -> None:
    first = keys.load_or_create(home)
    assert keys.load_or_create(home) == first
    assert mode(home / "keys.env") == 0o600


def test_missing_key_is_added_without_touching_the_others(home: Path) -> None:
    keys.write_env_file(home / "keys.env", {"PILAR_DATA_KEYS": "lama"})
    assert keys.load_or_create(home)["PILAR_DATA_KEYS"] == "lama"
    assert keys.load_or_create(home)["PILAR_INDEX_KEY"]


def test_state_survives_a_restart_and_is_private(home: Path) -> None:
    State(home).set("postgres_port", 5001)
    assert State(home).get("postgres_port") == 5001
    assert mode(home / "services.json") == 0o600


def test_second_up_in_one_folder_is_refused(home: Path) -> None:
    with runfile.hold_lock(home), pytest.raises(LocalError, match="sudah berjalan"):
        runfile.hold_lock(home)


def test_lock_tells_who_runs_and_ends_with_its_holder(home: Path) -> None:
    with runfile.hold_lock(home):
        assert runfile.running_pid(home) == os.getpid()
    assert runfile.running_pid(home) is None


def test_other_terminal_joins_the_running_servers(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PILAR_INDEX_KEY", "milik sendiri")
    found = {"DATABASE_URL": "postgres://x", "PILAR_INDEX_KEY": "dari up"}
    keys.write_env_file(home / "run.env", found)
    with runfile.hold_lock(home):
        assert runfile.load_running_environment() == ""
    assert os.environ["DATABASE_URL"] == "postgres://x"
    assert os.environ["PILAR_INDEX_KEY"] == "milik sendiri"
    monkeypatch.delenv("DATABASE_URL")


def test_environment_of_a_dead_up_is_not_used(home: Path) -> None:
    keys.write_env_file(home / "run.env", {"DATABASE_URL": "postgres://x"})
    assert runfile.load_running_environment() == runfile.NOTHING_RUNS
    assert "DATABASE_URL" not in os.environ


def test_database_is_filled_again_when_the_code_changed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamp, "digest_of_sources", lambda: "kode pertama")
    stamp.Stamp(home).record()
    assert stamp.Stamp(home).matches()
    monkeypatch.setattr(stamp, "digest_of_sources", lambda: "kode kedua")
    assert not stamp.Stamp(home).matches()


def test_database_of_somebody_else_is_never_taken_for_filled() -> None:
    stamp.Stamp(None).record()
    assert not stamp.Stamp(None).matches()


# --- sentences instead of tracebacks ------------------------------------------


def run_manage(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*MANAGE, *words],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )


@pytest.mark.usefixtures("home")
def test_command_without_database_says_what_to_do() -> None:
    done = run_manage("migrate")
    assert done.returncode == 1
    assert "python3 manage.py up" in done.stderr
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.usefixtures("home")
def test_help_lists_the_local_commands() -> None:
    done = run_manage()
    assert done.returncode == 0
    assert "python3 manage.py up" in done.stdout


@pytest.mark.usefixtures("home")
def test_down_without_up_is_no_error() -> None:
    done = run_manage("down")
    assert (done.returncode, done.stdout) == (
        0,
        "Tidak ada PILAR yang berjalan dari folder ini.\n",
    )


def test_reset_deletes_only_what_is_ours(home: Path) -> None:
    keys.load_or_create(home)
    (home / "surat.txt").write_text("bukan milik PILAR")
    assert down.reset(sure=True) == 0
    assert [path.name for path in home.iterdir()] == ["surat.txt"]


def test_reset_without_an_answer_deletes_nothing(home: Path) -> None:
    keys.load_or_create(home)
    assert run_manage("reset").returncode == 1
    assert (home / "keys.env").exists()


def test_reset_is_refused_while_running(home: Path) -> None:
    with runfile.hold_lock(home), pytest.raises(LocalError, match=r"manage\.py down"):
        down.reset(sure=True)


def test_missing_browser_is_an_error_that_says_how(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(LocalError, match="--no-install-recommends chromium"):
        chromium.require_chromium(home / "apt.log")


def test_wrong_browser_path_is_an_error(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PILAR_CHROMIUM", str(home))
    (home / "x").touch()
    monkeypatch.setenv("PILAR_CHROMIUM", str(home / "x"))
    with pytest.raises(LocalError, match="PILAR_CHROMIUM"):
        chromium.find_chromium()


def test_taken_port_is_refused_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(up, "is_free", lambda _port: False)
    with pytest.raises(LocalError, match="Port 8123"):
        up.choose_port(8123, killed_before=False)


def test_next_port_is_taken_when_the_first_is_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(up, "is_free", lambda port: port != 8000)
    assert up.choose_port(None, killed_before=False) == 8001


def test_data_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: mine + 1)
    with pytest.raises(LocalError, match="milik pengguna lain"):
        account.own_place(tmp_path)


def test_end_of_log_is_shown_without_the_rest(tmp_path: Path) -> None:
    log = tmp_path / "x.log"
    log.write_text("".join(f"baris {number}\n" for number in range(10_000)))
    assert last_lines(log, 2) == "    baris 9998\n    baris 9999"


# --- processes -----------------------------------------------------------------


def test_guard_knows_who_is_left() -> None:
    assert guard.listen(["+11 4\n", "+12 60\n", "-11\n"]) == {12: 60.0}


def test_guard_does_nothing_after_a_farewell() -> None:
    assert guard.listen(["+11 4\n", "end\n"]) == {}


def test_guard_kills_a_group_that_does_not_end(tmp_path: Path) -> None:
    stubborn = spawn(["/bin/sh", "-c", "trap '' TERM; sleep 60 & wait"], env={}, log=tmp_path / "log")
    guard.clean_up({stubborn.pid: 0})
    assert stubborn.wait(5) == -signal.SIGKILL


def processes_of(home: Path) -> list[str]:
    """Command lines of processes whose folder, words or environment name the home."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
            if str(home).encode() in words or (entry / "cwd").readlink().is_relative_to(home):
                found.append((entry / "cmdline").read_text().replace("\0", " "))
    return found


def wait_until_gone(home: Path, seconds: float) -> list[str]:
    deadline = time.monotonic() + seconds
    while (left := processes_of(home)) and time.monotonic() < deadline:
        time.sleep(0.1)
    return left


def test_children_follow_a_killed_supervisor(home: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from pilar.local.services import *;"
        "from pilar.local.supervisor import *; supervisor = Supervisor();"
        "Services(Path(sys.argv[1]), supervisor, throwaway=True).start();"
        "print('siap', flush=True); time.sleep(60)"
    )
    words = [sys.executable, "-c", script, str(home)]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as supervisor:
        assert supervisor.stdout is not None
        assert supervisor.stdout.readline() == "siap\n"
        assert len(processes_of(home)) > 2
        supervisor.kill()
    assert wait_until_gone(home, 15) == []


def iter_until(lines: Iterable[str], wanted: str) -> Iterator[str]:
    """The lines before the wanted one; all of them when it never comes."""
    return takewhile(lambda line: wanted not in line, lines)


@pytest.mark.local
@pytest.mark.slow
def test_up_serves_survives_kill_9_and_starts_again(home: Path) -> None:
    port = network.free_port()
    words = [*MANAGE, "up", "--port", str(port)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        printed = "".join(iter_until(running.stdout, "PILAR siap di"))
        assert "Rekap 2024" in printed
        assert up.page_answers(port)
        assert mode(home / "run.env") == 0o600
        assert run_manage("migrate", "--check").returncode == 0
        assert "sudah berjalan" in run_manage("up").stderr
        running.kill()
    assert wait_until_gone(home, 20) == []
    again = run_manage("up", "--no-serve")
    assert (again.returncode, again.stderr) == (0, "")
    assert wait_until_gone(home, 1) == []
