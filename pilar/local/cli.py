"""The commands of one machine."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from pilar.local import bench, checks, down, testing, up
from pilar.local.home import LocalError
from pilar.local.supervisor import Stopped

USAGE = """\
Perintah PILAR di satu komputer:

  python3 manage.py up [--port 8000] [--no-serve]   jalankan semuanya (Ctrl-C untuk berhenti)
  python3 manage.py down                            hentikan yang sedang berjalan
  python3 manage.py reset [--yes]                   hapus data lokal
  python3 manage.py test [pilihan pytest]           jalankan semua uji
  python3 manage.py checks                          jalankan semua pemeriksaan kode
  python3 manage.py bench rollup [--rows 1000000]   ukur hitungan capaian

Perintah lain (migrate, rollup, runserver, ...) diteruskan ke Django; selama `up` berjalan,
perintah itu memakai basis data yang sama. Daftarnya: python3 manage.py help --commands
"""


def port_number(text: str) -> int:
    """A port that a normal user may open."""
    value = int(text)
    if not 1 <= value <= 65535:
        raise ValueError
    return value


def run_up(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="manage.py up", description="Jalankan PILAR.")
    parser.add_argument("--port", type=port_number, help="port halaman (bawaan 8000)")
    parser.add_argument("--no-serve", action="store_true", help="kerjakan semuanya, cetak hasil, lalu berhenti")
    options = parser.parse_args(argv)
    return up.run(options.port, serve=not options.no_serve, argv=list(argv))


def run_reset(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="manage.py reset", description="Hapus data lokal.")
    parser.add_argument("--yes", action="store_true", help="tanpa bertanya")
    return down.reset(sure=parser.parse_args(argv).yes)


def run_down(argv: Sequence[str]) -> int:
    argparse.ArgumentParser(prog="manage.py down", description="Hentikan PILAR.").parse_args(argv)
    return down.down()


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "up": run_up,
    "down": run_down,
    "reset": run_reset,
    "test": testing.run_pytest,
    "checks": checks.run_checks,
    "bench": bench.run_bench,
}


def main(argv: list[str]) -> int:
    """Run one command; 0 is success, 1 a sentence on stderr, 130 an interruption."""
    command = COMMANDS.get(argv[0]) if argv else None
    if command is None:
        print(USAGE)
        return 0
    try:
        return command(argv[1:])
    except LocalError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except (KeyboardInterrupt, Stopped):
        print("\nDihentikan.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # Nobody reads us any more (as in `up | head`); Python must not complain at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
