"""Starts children that never outlive their parent."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO

from pilar.local.account import Account

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
LOG_LIMIT = 5_000_000
# Loaded before any fork: loading a library between fork and exec is not safe.
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with_parent(end_signal: int, parent: int) -> Callable[[], None]:
    """For preexec_fn: the kernel sends end_signal when the parent dies, even by kill -9.

    Runs after the change of user, because that change clears the wish.
    """

    def wish() -> None:
        if _LIBC is not None:
            _LIBC.prctl(PR_SET_PDEATHSIG, int(end_signal), 0, 0, 0)
            if os.getppid() != parent:
                os._exit(1)

    return wish


def spawn(
    argv: list[str],
    *,
    env: Mapping[str, str],
    log: Path | None,
    end_signal: signal.Signals = signal.SIGTERM,
    account: Account | None = None,
    cwd: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child whose output goes to the log (None: to the terminal).

    Its own session keeps the terminal's Ctrl-C away: we alone decide who ends, and when.
    """
    as_user = {"user": account.uid, "group": account.gid, "extra_groups": []} if account else {}
    with open_log(log) as output:
        return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
            argv,
            env=dict(env),
            cwd=cwd,
            stdin=subprocess.DEVNULL if log else None,
            stdout=output,
            stderr=subprocess.STDOUT if log else None,
            start_new_session=True,
            preexec_fn=die_with_parent(end_signal, os.getpid()),  # noqa: PLW1509 - no threads here
            **as_user,
        )


@contextlib.contextmanager
def open_log(path: Path | None) -> Iterator[IO[bytes] | None]:
    """The log opened for appending; a long one is set aside first."""
    if path is None:
        yield None
        return
    if path.exists() and path.stat().st_size > LOG_LIMIT:
        path.replace(path.with_suffix(".1.log"))
    with path.open("ab") as file:
        yield file


def last_lines(path: Path, count: int = 12) -> str:
    """The end of a log, for an error message."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - 20_000))
            lines = file.read().decode(errors="replace").splitlines()
    except OSError:
        return ""
    return "\n".join(f"    {line}" for line in lines[-count:])


def signal_group(pid: int, number: signal.Signals) -> None:
    """Signal a child and everything that stayed in its session's group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)


def wait_for_end(children: Iterable[subprocess.Popen[bytes]], seconds: float) -> bool:
    """True when all have ended within the given seconds."""
    deadline = time.monotonic() + seconds
    waiting = list(children)
    while waiting := [child for child in waiting if child.poll() is None]:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.03)
    return True


def adopt_orphans() -> None:
    """Become the parent of grandchildren whose parent dies, so that end_descendants sees them."""
    if _LIBC is not None:
        _LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def descendants(parent: int) -> list[int]:
    """Process ids below the parent, zombies left out; empty where there is no /proc."""
    below: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, ppid = entry.read_text(errors="replace").rpartition(")")[2].split()[:2]
            if state != "Z":
                below.setdefault(int(ppid), []).append(int(entry.parent.name))
    found, queue = [], [parent]
    while queue:
        children = below.get(queue.pop(), [])
        found += children
        queue += children
    return found


def end_descendants() -> None:
    """Kill whatever a child left behind; called when all known children have ended."""
    for pid in descendants(os.getpid()):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
