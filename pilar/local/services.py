"""The servers of one machine, or the addresses that replace them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pilar.local.account import Place, choose_place
from pilar.local.broker import Broker
from pilar.local.home import State
from pilar.local.postgres import Postgres
from pilar.local.supervisor import Supervisor


class Services:
    """Starts PostgreSQL and Valkey unless DATABASE_URL or REDIS_URL names others."""

    def __init__(self, home: Path, supervisor: Supervisor, *, throwaway: bool) -> None:
        self.home = home
        self.supervisor = supervisor
        self.throwaway = throwaway
        self.place: Place | None = None
        self.embedded_data: Path | None = None

    def start(self) -> dict[str, str]:
        """DATABASE_URL and REDIS_URL of servers that answer."""
        urls = {name: os.environ.get(name, "") for name in ("DATABASE_URL", "REDIS_URL")}
        if all(urls.values()):
            return urls
        state = State(self.home)
        self.place = choose_place(self.home, state)
        logs = self.home / "log"
        if not urls["DATABASE_URL"]:
            postgres = Postgres(self.place, state, logs / "postgres.log", fast=self.throwaway)
            postgres.launch(self.supervisor)
            urls["DATABASE_URL"] = postgres.url()
            self.embedded_data = self.place.folder
        if not urls["REDIS_URL"]:
            broker = Broker(self.place, state, logs / "valkey.log", durable=not self.throwaway)
            broker.launch(self.supervisor)
            urls["REDIS_URL"] = broker.url()
        return urls


@contextmanager
def supervised() -> Iterator[Supervisor]:
    """A supervisor whose children are all gone when the block ends, however it ends."""
    supervisor = Supervisor()
    try:
        yield supervisor
    finally:
        supervisor.stop()
