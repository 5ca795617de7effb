"""The last one out: ends what a killed supervisor left behind.

The kernel tells every child when its parent dies (process.py), but a Celery worker in the
middle of a task may not obey. The guard reads a pipe that only the supervisor writes to;
when the pipe closes without a farewell, it gives each child its time and then kills the
child's whole process group.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from pilar.local.home import ROOT

FAREWELL = "end"


class Guard:
    """The supervisor's side of the pipe."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pilar.local.guard"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def say(self, word: str) -> None:
        """Tell the guard; when somebody killed it, we go on without."""
        if self.process.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                self.process.stdin.write(f"{word}\n".encode())
                self.process.stdin.flush()

    def watch(self, pid: int, patience: float) -> None:
        """Have the group of this child killed so many seconds after our sudden death."""
        self.say(f"+{pid} {patience:.0f}")

    def forget(self, pid: int) -> None:
        self.say(f"-{pid}")

    def dismiss(self) -> None:
        """Send the guard home; a second farewell does nothing."""
        if self.process.stdin is not None and not self.process.stdin.closed:
            self.say(FAREWELL)
            with contextlib.suppress(BrokenPipeError):
                self.process.stdin.close()
            self.process.wait()


def listen(lines: Iterable[str]) -> dict[int, float]:
    """Groups still alive when the pipe closed, with their patience; none after a farewell."""
    groups: dict[int, float] = {}
    for line in lines:
        word = line.strip()
        if word == FAREWELL:
            return {}
        pid, _, patience = word[1:].partition(" ")
        if word.startswith("+"):
            groups[int(pid)] = float(patience)
        else:
            groups.pop(int(pid), None)
    return groups


def living_groups() -> set[int]:
    """Process groups with a member that is more than a zombie (nobody may collect the dead)."""
    found = set()
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, group = entry.read_text(errors="replace").rpartition(")")[2].split()[:3]
            if state != "Z":
                found.add(int(group))
    return found


def clean_up(groups: dict[int, float]) -> None:
    """Wait for the groups to end by themselves; kill each when its time is over."""
    began = time.monotonic()
    while groups:
        living = living_groups()
        groups = {group: left for group, left in groups.items() if group in living}
        late = [group for group, left in groups.items() if time.monotonic() - began > left]
        for group in late:
            del groups[group]
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(group, signal.SIGKILL)
        time.sleep(0.1)


if __name__ == "__main__":
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    clean_up(listen(sys.stdin))
