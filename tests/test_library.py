from __future__ import annotations

import subprocess
import sys

import egide
from egide import Detector, Keyring, Policy, Pseudonymiser, Scope


def test_the_library_masks_and_restores_in_a_few_lines() -> None:
    text = "Bonjour Mme Solenne Garrigou, votre IBAN est FR76 3000 6000 0112 3456 7890 189."
    session = Pseudonymiser(Keyring(b"une cle maitresse assez longue, ici")).session(Scope("e", "p", "u"))
    masked = session.mask(text, Detector().detect(text))
    assert "Garrigou" not in masked
    assert "3456" not in masked
    assert session.restore(f"Reçu : {masked}") == f"Reçu : {text}"
    assert Policy.default().name == "prudent"


def test_every_public_name_is_there() -> None:
    assert set(egide.__all__) == set(egide._HOMES)
    for name in egide.__all__:
        assert getattr(egide, name).__module__.startswith("egide.")


def test_the_library_needs_no_web_framework() -> None:
    code = "import sys; from egide import Detector, Pseudonymiser, Policy; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"django", "starlette", "aiohttp", "uvicorn", "httpx"} & set(done.stdout.split())
