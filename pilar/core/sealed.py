"""Large files at rest, encrypted block by block: written and read in constant memory."""

import io
import struct
from collections.abc import Iterator
from typing import IO

from pilar.core import crypto

BLOCK = 1 << 20
_LENGTH = struct.Struct(">I")


class Sealing(io.RawIOBase):
    """Encrypts what is written to it, a block at a time; `finish` writes the last one."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.waiting = file, bytearray()

    def writable(self) -> bool:
        return True

    def write(self, content: "bytes | memoryview") -> int:  # type: ignore[override]
        self.waiting += content
        while len(self.waiting) >= BLOCK:
            self._seal(bytes(self.waiting[:BLOCK]))
            del self.waiting[:BLOCK]
        return len(content)

    def finish(self) -> None:
        if self.waiting:
            self._seal(bytes(self.waiting))
            self.waiting.clear()

    def _seal(self, block: bytes) -> None:
        token = crypto.encrypt_bytes(block)
        self.file.write(_LENGTH.pack(len(token)) + token)


def unsealed(file: IO[bytes]) -> Iterator[bytes]:
    """The blocks as they were written. Raises cryptography's InvalidToken for a file that was changed."""
    while head := file.read(_LENGTH.size):
        (length,) = _LENGTH.unpack(head)
        yield crypto.decrypt_bytes(file.read(length))
