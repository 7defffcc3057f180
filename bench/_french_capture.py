"""A provider that plants French values in its answers, cut where it is told, beside an echo of the prompt.

The two segments are those of the benchmark's v2 profile: what the caller sent comes back and must be put back
in place; what nobody sent must not reach the caller, in whole or in part.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import Any, Final, NamedTuple

from egide.detection.view import fold

SENT: Final = {
    "NIR": "2 69 05 49 588 157 80",
    "IBAN": "FR76 3000 6000 0112 3456 7890 189",
    "SIRET": "732 829 320 00074",
    "PHONE": "06 39 98 41 27",
    "PERSON": "Solenne Garrigou",
    "ADDRESS": "14 rue des Tanneurs, 35000 Rennes",
    "EMAIL": "s.garrigou@tanneries-vilaine.fr",
}
# What the model adds, each in the words that a model puts around it.
PLANTED: Final = {
    "NIR": ("Numéro de sécurité sociale : ", "1 85 02 75 116 042 35", "."),
    "IBAN": ("Le virement part de ", "FR14 2004 1010 0505 0001 3M02 606", ", sauf avis contraire."),
    "SIRET": ("L'établissement porte le SIRET ", "356 000 000 00048", "."),
    "PHONE": ("Rappelez le ", "07 61 23 45 98", " avant midi."),
    "PERSON": ("Le dossier est suivi par Mme ", "Bérangère Quéméneur", ", au siège."),
    "ADDRESS": ("Elle habite ", "27 bis avenue Jean Jaurès, 69007 Lyon", " depuis mars."),
    "EMAIL": ("Écrivez à ", "b.quemeneur@cabinet-rhodanien.fr", " pour la suite."),
    "CARD": ("Payé avec la carte ", "4973 5542 7575 6717", " hier."),
    "SECRET": ("Le mot de passe est ", "Vr8!kTz42qLm", " pour l'instant."),
}
CARRIERS: Final = ("content", "reasoning_content", "refusal", "arguments", "unknown_field")
_WORD: Final = re.compile(r"[^\W_]+")
_ALWAYS: Final = "Voici ce que vous m'avez envoyé : "


class Case(NamedTuple):
    """One answer: where a planted value is carried, and at which places it is cut."""

    label: str
    carrier: str
    cuts: tuple[int, ...]


def prompt() -> str:
    """The text of the caller."""
    return "Vérifie ces données : " + " ; ".join(SENT.values()) + "."


def exposed(label: str, answer: str) -> int:
    """The longest run of letters and digits of the planted value that stands in ``answer`` and that the words
    around it, or the prompt, do not hold."""
    before, value, after = PLANTED[label]
    wanted, seen = _packed(value), _packed(answer)
    around = _packed(f"{before} {after} {prompt()} {_ALWAYS}") + "donneeretiree"
    for size in range(len(wanted), 0, -1):
        runs = (wanted[at : at + size] for at in range(len(wanted) - size + 1))
        if any(run in seen and run not in around for run in runs):
            return size
    return 0


def missing(answer: str) -> list[str]:
    """The labels of what the caller sent that did not come back."""
    return [label for label, value in SENT.items() if value not in answer]


class Capture:
    """The provider; ``case`` is what it answers next."""

    def __init__(self) -> None:
        self.case = Case("NIR", "content", ())
        self.received: list[str] = []
        capture = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *arguments: object) -> None:
                return

            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers.get("content-length", "0")))
                capture.received.append(raw.decode())
                said = json.loads(raw)["messages"][-1]["content"]
                body = b"".join(_events(capture.case, said))
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()


def _events(case: Case, said: str) -> Iterator[bytes]:
    before, value, after = PLANTED[case.label]
    bounds = (0, *case.cuts, len(value))
    pieces = [value[a:b] for a, b in pairwise(bounds)]
    carried = [before, *pieces, after]
    if case.carrier == "arguments":
        carried = ['{"texte": "', *(json.dumps(one, ensure_ascii=False)[1:-1] for one in carried), '"}']
    yield _event({"role": "assistant", "content": f"{_ALWAYS}{said}\n"})
    for piece in carried:
        yield _event(_delta(case.carrier, piece))
    yield _event({}, "stop")
    yield b"data: [DONE]\n\n"


def _delta(carrier: str, piece: str) -> dict[str, Any]:
    if carrier == "arguments":
        return {"tool_calls": [{"index": 0, "id": "call_1", "function": {"name": "f", "arguments": piece}}]}
    return {carrier: piece}


def _event(delta: dict[str, Any], finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    chunk = {"id": "c-1", "object": "chat.completion.chunk", "model": "m", "choices": [choice]}
    return b"data: " + json.dumps(chunk).encode() + b"\n\n"


def _packed(text: str) -> str:
    return "".join(_WORD.findall(fold(text)))
