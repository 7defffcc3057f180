from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def egide(tmp_path: Path) -> Run:
    """The command line, in a process of its own, with a data folder of its own."""

    def run(*arguments: object, given: str | bytes = b"", **env: str) -> subprocess.CompletedProcess[str]:
        clean = {k: v for k, v in os.environ.items() if not k.startswith("EGIDE_")}
        raw = given.encode() if isinstance(given, str) else given
        done = subprocess.run(
            [sys.executable, "-m", "egide.cli", *map(str, arguments)],
            input=raw,
            capture_output=True,
            env={**clean, "EGIDE_DATA_DIR": str(tmp_path / "data"), **env},
            check=False,
        )
        out, err = done.stdout.decode(), done.stderr.decode()
        return subprocess.CompletedProcess(done.args, done.returncode, out, err)

    return run
