from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from tests.cli.conftest import Run
from tests.gateway.networking import authority

NEW = ("provider", "add", "--name", "Essai local", "--kind", "openai", "--trust", "local", "--base-url")
KEY = "cle-du-fournisseur-4817"


class Service(BaseHTTPRequestHandler):
    """A provider that lists its models to who has the key."""

    def do_GET(self) -> None:
        allowed = self.headers["authorization"] == f"Bearer {KEY}" and self.path == "/v1/models"
        body = json.dumps({"data": [{"id": "grand"}, {"id": "petit"}]}).encode()
        self.send_response(200 if allowed else 401)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Service) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/v1"
        server.shutdown()
        thread.join()


def test_a_provider_is_added_listed_and_tried(egide: Run, address: str, tmp_path: Path) -> None:
    done = egide(*NEW, address, "--api-key-env", "CLE", "--model", "petit", CLE=KEY)
    assert done.returncode == 0, done.stderr
    assert "essai-local/" in done.stdout
    listed = egide("provider", "list", "--json")
    assert [(p["id"], p["models"], p["key"]) for p in json.loads(listed.stdout)] == [
        ("essai-local", ["petit"], True)
    ]
    assert KEY not in listed.stdout
    assert all(KEY.encode() not in file.read_bytes() for file in (tmp_path / "data").iterdir())
    assert egide("provider", "test", "essai-local").stdout.split() == ["grand", "petit"]


def test_a_key_that_is_refused_is_told(egide: Run, address: str) -> None:
    egide(*NEW, address, "--api-key-env", "CLE", CLE="une-autre-cle")
    done = egide("provider", "test", "essai-local")
    assert (done.returncode, done.stderr[:7]) == (1, "EG-6010")
    assert "une-autre-cle" not in done.stderr


def test_the_way_to_a_provider_is_given_on_the_command_line(egide: Run, tmp_path: Path) -> None:
    pem = tmp_path / "autorite.pem"
    pem.write_text(authority(tmp_path).pem)
    azure = ("provider", "add", "--name", "Azure", "--kind", "openai", "--trust", "contract")
    azure += (
        "--base-url",
        "https://nous.openai.azure.com",
        "--model",
        "mon-grand",
        "--key-header",
        "api-key",
    )
    azure += ("--deployments", "--api-version", "2024-10-21", "--read-seconds", "300")
    way = ("--proxy", "http://proxy.lan:3128", "--proxy-login-env", "PROXY", "--ca-file", str(pem))
    assert egide(*azure, *way).stderr[:7] == "EG-6005"
    done = egide(*azure, *way, PROXY="moi:mot-secret-4817")
    assert done.returncode == 0, done.stderr
    assert all(b"mot-secret-4817" not in file.read_bytes() for file in (tmp_path / "data").iterdir())
    pem.write_text("bonjour")
    wrong = egide(*azure, "--ca-file", str(pem))
    assert (wrong.returncode, wrong.stderr[:7]) == (1, "EG-6121")


def test_what_replaces_a_model_is_said_on_the_command_line(egide: Run, address: str) -> None:
    for name, trust in (("Un", "european"), ("Deux", "public")):
        line = ("provider", "add", "--name", name, "--kind", "openai", "--trust", trust, "--model", "grand")
        assert egide(*line, "--base-url", address).returncode == 0
    line = ("provider", "replace", "--model", "un/grand", "--by")
    assert egide(*line, "deux/grand").stderr[:7] == "EG-6124"
    assert egide(*line, "deux/autre", "--less-trusted").stderr[:7] == "EG-6123"
    assert egide(*line, "absent/grand").stderr[:7] == "EG-6090"
    assert egide(*line, "deux/grand", "--less-trusted").returncode == 0
    assert egide(*line, "deux/grand", "--less-trusted").stderr[:7] == "EG-6125"


def test_mistakes_are_told(egide: Run, address: str) -> None:
    no_key = egide(*NEW, address, "--api-key-env", "ABSENTE")
    assert (no_key.returncode, no_key.stderr[:7]) == (1, "EG-6005")
    in_clear = egide(*NEW, "http://api.exemple.com/v1")
    assert (in_clear.returncode, in_clear.stderr[:7]) == (1, "EG-6009")
    assert egide(*NEW, address).returncode == 0
    twice = egide(*NEW, address)
    assert (twice.returncode, twice.stderr[:7]) == (1, "EG-6004")
    absent = egide("provider", "test", "absent")
    assert (absent.returncode, absent.stderr[:7]) == (1, "EG-6090")
