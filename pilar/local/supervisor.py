"""Starts the parts in order, watches every one, restarts what dies, stops all in order."""

import os
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from pilar.local.account import Account
from pilar.local.guard import Guard
from pilar.local.home import LocalError
from pilar.local.process import (
    adopt_orphans,
    end_descendants,
    last_lines,
    signal_group,
    spawn,
    wait_for_end,
)

Child = subprocess.Popen[bytes]
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
RESTARTS, RESTART_WINDOW = 3, 60.0


class Stopped(Exception):
    """Somebody asked us to stop while we were busy."""


@dataclass
class Part:
    """One long-lived child: how it starts, how one sees that it is ready, how it ends."""

    name: str
    log: Path
    start: Callable[[], Child]
    ready: Callable[[Child], bool] = lambda _child: True
    end_signal: signal.Signals = signal.SIGTERM
    patience: float = 10.0
    tier: int = 1
    child: Child | None = None
    died: deque[float] = field(default_factory=lambda: deque(maxlen=RESTARTS))


class Supervisor:
    """Owns the children of one `up` or `test`."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.stopping: int | None = None
        self.guard = Guard()
        adopt_orphans()
        # Explicit, because a command started with & by a script begins with SIGINT ignored.
        for number in SIGNALS:
            signal.signal(number, self._note)

    def _note(self, number: int, _frame: FrameType | None) -> None:
        self.stopping = number

    def check(self) -> None:
        if self.stopping is not None:
            raise Stopped

    def add(self, part: Part, seconds: float = 60.0) -> None:
        """Start a part and wait until it is ready; LocalError when it is not in time."""
        self.parts.append(part)
        self._launch(part, seconds)

    def _launch(self, part: Part, seconds: float) -> None:
        part.child = part.start()
        # A database is given a minute to close its books, everything else four seconds.
        self.guard.watch(part.child.pid, 60 if part.end_signal == signal.SIGINT else 4)
        deadline = time.monotonic() + seconds
        while not part.ready(part.child):
            self.check()
            if part.child.poll() is not None:
                raise self._failure(part, "berhenti sebelum siap")
            if time.monotonic() > deadline:
                raise self._failure(part, f"belum siap setelah {seconds:.0f} detik")
            time.sleep(0.03)

    def _failure(self, part: Part, what: str) -> LocalError:
        return LocalError(f"{part.name} {what}. Baris terakhir dari {part.log}:\n{last_lines(part.log)}")

    def run(
        self,
        argv: list[str],
        *,
        env: Mapping[str, str],
        log: Path | None,
        account: Account | None = None,
        cwd: Path | None = None,
    ) -> int:
        """Run a step to its end, ending it early when we are asked to stop."""
        step = spawn(argv, env=env, log=log, account=account, cwd=cwd)
        self.guard.watch(step.pid, 4)
        try:
            while step.poll() is None:
                self.check()
                time.sleep(0.03)
        finally:
            self._end_step(step)
        return step.returncode

    def _end_step(self, step: Child) -> None:
        if step.poll() is None:
            signal_group(step.pid, signal.SIGTERM)
            wait_for_end([step], 5)
        signal_group(step.pid, signal.SIGKILL)
        step.wait()
        self.guard.forget(step.pid)

    def watch(self) -> None:
        """Return when asked to stop; restart parts that die, but not over and over."""
        while self.stopping is None:
            for part in self.parts:
                if part.child is not None and part.child.poll() is not None:
                    self._restart(part)
            time.sleep(0.2)

    def _restart(self, part: Part) -> None:
        now = time.monotonic()
        if len(part.died) == RESTARTS and now - part.died[0] < RESTART_WINDOW:
            raise self._failure(part, "berulang kali berhenti sendiri")
        part.died.append(now)
        assert part.child is not None  # noqa: S101 - narrows the type; watch looked before
        self._bury(part.child)
        print(f"{part.name} berhenti sendiri; dijalankan lagi.", flush=True)
        self._launch(part, 60.0)

    def stop(self) -> None:
        """End the parts, users of a server before the server; kill what does not end."""
        for tier in sorted({part.tier for part in self.parts}, reverse=True):
            self._stop_tier([part for part in self.parts if part.tier == tier])
        self.parts.clear()
        self.guard.dismiss()
        end_descendants()

    def _stop_tier(self, parts: list[Part]) -> None:
        running = [part for part in parts if part.child is not None and part.child.poll() is None]
        for part in running:
            if part.child is not None:
                os.kill(part.child.pid, part.end_signal)
        for part in running:
            if part.child is not None and not wait_for_end([part.child], part.patience):
                part.child.kill()
                part.child.wait()
        for part in parts:
            if part.child is not None:
                self._bury(part.child)

    def _bury(self, child: Child) -> None:
        """Kill what stayed in the group of a child that has ended."""
        signal_group(child.pid, signal.SIGKILL)
        self.guard.forget(child.pid)
