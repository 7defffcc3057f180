"""Locks between processes, on files of the data folder. The kernel frees them even after a kill -9."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from egide.errors import SettingsError


@contextmanager
def waited(folder: Path, name: str) -> Iterator[None]:
    """Hold the lock ``name`` of ``folder``, after waiting for it if another process has it."""
    with _file(folder, name) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def only_server(folder: Path) -> IO[bytes]:
    """The mark of the one server of this folder, held until closed. Raises SettingsError EG-7008."""
    file = _file(folder, "serve.lock")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise SettingsError("EG-7008") from None
    return file


def slot(folder: Path, kind: str) -> tuple[str, IO[bytes]]:
    """The first free name ``kind-N`` among the processes of this folder, held until the file is closed.

    A worker that comes back after a crash so takes up the same name, and goes on with its own chain.
    """
    number = 0
    while True:
        number += 1
        file = _file(folder, f"{kind}-{number}.lock")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            continue
        return f"{kind}-{number}", file


def _file(folder: Path, name: str) -> IO[bytes]:
    try:
        return (folder / name).open("ab")
    except OSError as problem:
        raise SettingsError("EG-7003") from problem
