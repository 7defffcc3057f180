"""A progress bar on standard error, for a file read from start to end; nothing without a terminal."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

import click

# A file this small is read before a bar could be seen.
WORTH_A_BAR = 1_000_000


@contextmanager
def progress(raw: IO[bytes]) -> Iterator[IO[bytes]]:
    """``raw``, or the same with a bar that follows its reading."""
    size = os.fstat(raw.fileno()).st_size
    if size < WORTH_A_BAR or not sys.stderr.isatty():
        yield raw
        return
    with click.progressbar(length=size, label="Lecture", file=sys.stderr) as bar:

        class Followed(io.RawIOBase):
            def readable(self) -> bool:
                return True

            def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
                piece = raw.read(len(buffer))
                buffer[: len(piece)] = piece
                bar.update(len(piece))
                return len(piece)

        yield io.BufferedReader(Followed(), buffer_size=1 << 16)
