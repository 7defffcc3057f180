"""The processes of one server: what each is called in the journal, and how they end together."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from pathlib import Path
from typing import IO

from egide.server.locks import slot, waited
from egide.settings import Settings


def writer_of(settings: Settings) -> tuple[str, IO[bytes]]:
    """The name of this process's chain in the journal, and the file that holds it while open.

    Each process has a chain of its own, and goes on with it after a restart. Servers that share one
    PostgreSQL database have different data folders: the name then says which folder.
    """
    if settings.database_url is None:
        return slot(settings.data_dir, "gateway")
    return slot(settings.data_dir, f"gateway-{_folder_id(settings.data_dir)}")


def end_with_parent() -> None:
    """In a worker: stop when the process that watches over the workers is gone, even by a kill -9."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="egide-parent", daemon=True).start()


def _folder_id(folder: Path) -> str:
    """Eight hexadecimal digits, drawn once for this data folder."""
    path = folder / "writer.id"
    with waited(folder, "writer.lock"):
        if not path.exists():
            path.write_text(os.urandom(4).hex())
        return path.read_text().strip()
