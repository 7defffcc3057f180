from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from tests.prepared import prepare


class NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    text: str


@dataclass
class Served:
    """A server in a process of its own."""

    process: subprocess.Popen[str]
    said: list[str]

    @property
    def url(self) -> str:
        return next(found[0] for line in self.said if (found := re.search(r"http://\S+", line)))

    def get(self, path: str, **headers: str) -> Answer:
        opener = build_opener(NoRedirect)
        try:
            with opener.open(Request(self.url + path, headers=headers), timeout=30) as answer:
                return Answer(answer.status, dict(answer.headers), answer.read().decode())
        except HTTPError as answer:
            with answer:
                return Answer(answer.code, dict(answer.headers), answer.read().decode())

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.process.wait(30)


Serve = Callable[..., Served]


def clean(**env: str) -> dict[str, str]:
    return {**{k: v for k, v in os.environ.items() if not k.startswith("EGIDE_")}, **env}


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Starts ``egide serve`` (or another command) on a free port, and waits until it says it is ready."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str, command: str = "serve", data: Path = tmp_path / "data", **env: str) -> Served:
        line = [
            sys.executable,
            "-m",
            "egide.cli",
            command,
            "--port",
            "0",
            "--data-dir",
            str(data),
            *arguments,
        ]
        if command == "serve" and not data.exists() and "EGIDE_DATABASE_URL" not in env:
            prepare(data)
        process = subprocess.Popen(line, stderr=subprocess.PIPE, text=True, env=clean(**env))
        started.append(process)
        said = []
        assert process.stderr is not None
        for text in process.stderr:
            said.append(text)
            if "Ctrl-C" in text:
                break
        return Served(process, said)

    yield start
    for process in started:
        process.kill()
        process.wait()
        if process.stderr is not None:
            process.stderr.close()
