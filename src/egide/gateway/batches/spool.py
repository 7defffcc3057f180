"""What is masked and waits to leave: in memory while small, then in a file that no name leads to."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from tempfile import SpooledTemporaryFile
from typing import Final

from egide.settings import Settings

_IN_MEMORY: Final = 4_000_000
_AT_ONCE: Final = 262_144


class Spool:
    """Masked text only: what is in clear never touches the disk."""

    def __init__(self, settings: Settings) -> None:
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY, dir=str(settings.prepare().data_dir))  # noqa: SIM115 - closed by ``close``
        self._buffer: list[bytes] = []
        self._waiting = 0
        self._head = self._tail = b""
        self._hash = hashlib.sha256()
        self.size = 0

    async def write(self, piece: bytes) -> None:
        """Add ``piece``."""
        self._buffer.append(piece)
        self._waiting += len(piece)
        self.size += len(piece)
        if self._waiting > _AT_ONCE:
            await self.flush()

    async def flush(self) -> None:
        """Write what is gathered."""
        gathered, self._buffer, self._waiting = b"".join(self._buffer), [], 0
        if gathered:
            await asyncio.to_thread(self._append, gathered)

    def _append(self, gathered: bytes) -> None:
        self._hash.update(gathered)
        self._file.write(gathered)

    def frame(self, head: bytes, tail: bytes) -> None:
        """What stands before and after it when it leaves."""
        self._head, self._tail = head, tail

    @property
    def digest(self) -> str:
        """Of what was flushed."""
        return self._hash.hexdigest()

    def __len__(self) -> int:
        return len(self._head) + self.size + len(self._tail)

    async def pieces(self) -> AsyncIterator[bytes]:
        """All of it, from its beginning."""
        yield self._head
        self._file.seek(0)
        while piece := await asyncio.to_thread(self._file.read, _AT_ONCE):
            yield piece
        yield self._tail

    def close(self) -> None:
        """Forget it."""
        self._file.close()
