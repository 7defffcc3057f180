from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from tests.server.conftest import Serve, clean

pytestmark = pytest.mark.model


def egide(data: Path, *arguments: str) -> str:
    line = [sys.executable, "-m", "egide.cli", *arguments]
    done = subprocess.run(
        line, capture_output=True, text=True, check=True, env=clean(EGIDE_DATA_DIR=str(data))
    )
    return done.stdout


def test_the_example_company_asks_the_real_model(serve: Serve, tmp_path: Path) -> None:
    data = tmp_path / "data"
    served = serve(command="demo")
    assert any("lien à usage unique" in line for line in served.said)
    assert served.get("/connexion/").status == 200
    providers = {p["trust"]: p["id"] for p in json.loads(egide(data, "provider", "list", "--json"))}
    assert set(providers) == {"public", "local"}
    people = json.loads(egide(data, "user", "list", "--json"))
    key = egide(data, "key", "create", "--informed", "--email", people[0]["email"]).strip()
    body = {
        "model": f"{providers['public']}/smollm2-135m",
        "messages": [{"role": "user", "content": "Repeat: write to Mme Perrin, 06 39 98 10 57."}],
        "max_tokens": 30,
    }
    answer = ask(served.url, key, body)
    assert isinstance(answer["choices"], list)
    assert answer["choices"][0]["message"]["content"]
    assert served.stop() == 0
    opened = [
        json.loads(line) for line in egide(data, "journal", "export").splitlines() if '"opened"' in line
    ]
    # Asked again while the model was loading, there is a record a time.
    assert opened
    assert all(record["details"]["labels"] == {"PERSON": 1, "PHONE": 1} for record in opened)


def test_a_second_start_keeps_the_data_and_follows_the_model(serve: Serve, tmp_path: Path) -> None:
    data = tmp_path / "data"
    addresses = []
    for _ in range(2):
        served = serve(command="demo")
        addresses.append([p["base_url"] for p in json.loads(egide(data, "provider", "list", "--json"))])
        assert served.stop() == 0
    first, second = addresses
    assert len(first) == len(second) == 2
    assert first != second


def ask(url: str, key: str, body: object) -> dict[str, object]:
    """The answer, once the key is known to the server and the model is loaded."""
    headers = {"authorization": f"Bearer {key}", "content-type": "application/json"}
    request = Request(f"{url}/v1/chat/completions", json.dumps(body).encode(), headers)
    limit = time.monotonic() + 90
    while True:
        try:
            with urlopen(request, timeout=90) as answer:
                whole: dict[str, object] = json.load(answer)
                return whole
        except HTTPError as refusal:
            refusal.close()
            if refusal.code not in (401, 502, 503):
                raise
        assert time.monotonic() < limit
        time.sleep(0.2)


def test_the_example_is_taken_away_and_real_people_stay(serve: Serve, tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert serve(command="demo").stop() == 0
    egide(data, "user", "add", "--email", "vraie@entreprise.example", "--role", "pilot")
    assert "retirée" in egide(data, "demo", "--remove")
    assert [one["email"] for one in json.loads(egide(data, "user", "list", "--json"))] == [
        "vraie@entreprise.example"
    ]
    assert json.loads(egide(data, "provider", "list", "--json")) == []
    assert "pas d'entreprise d'exemple" in egide(data, "demo", "--remove")
