from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest

from egide.server.local_model import LocalModel

pytestmark = pytest.mark.model


@pytest.fixture
def model() -> Iterator[LocalModel]:
    model = LocalModel.start()
    yield model
    model.stop()


def ask(model: LocalModel, key: str) -> dict[str, object]:
    """The answer of the model, waited for while it loads."""
    body = {"messages": [{"role": "user", "content": "Hello"}], "max_tokens": 8}
    request = Request(
        f"{model.base_url}/chat/completions",
        json.dumps(body).encode(),
        {"authorization": f"Bearer {key}", "content-type": "application/json"},
    )
    limit = time.monotonic() + 60
    while True:
        try:
            with urlopen(request, timeout=60) as answer:
                whole: dict[str, object] = json.load(answer)
                return whole
        except HTTPError as refusal:
            if refusal.code != 503:
                raise
        except URLError:
            pass
        assert time.monotonic() < limit, "the model did not load"
        time.sleep(0.1)


def test_the_real_model_answers_who_has_the_key(model: LocalModel) -> None:
    answer = ask(model, model.key)
    assert isinstance(answer["choices"], list)
    assert answer["choices"][0]["message"]["content"]
    with pytest.raises(HTTPError, match="401"):
        ask(model, "another")


PARENT = """
import sys
from egide.server.local_model import LocalModel
print(LocalModel.start().process.pid, flush=True)
sys.stdin.read()
"""


def test_the_model_ends_with_the_process_that_started_it() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
    limit = time.monotonic() + 60
    while alive(pid):
        assert time.monotonic() < limit, "the model outlives us"
        time.sleep(0.1)


def alive(pid: int) -> bool:
    """Whether the process still runs (a zombie does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_the_key_is_not_shown(model: LocalModel) -> None:
    assert model.key not in repr(model)
    assert os.environ.get("LOCAL_MODEL_KEY") is None


def test_it_is_waited_for(model: LocalModel) -> None:
    assert model.wait(60)
    model.stop()
    assert not model.wait(60)
