"""The real local model gives placeholders back, altered as it likes: is any of ours left wrong?

    python bench/local_model_restoration.py [--prompts 40]

Each prompt is masked, sent to the local model (streamed), and the answer restored as it comes. A code of
the caller that is still readable in the restored answer, in any case and with anything between its
characters, counts as left wrong. Prints how many codes the model gave back, how many were restored, and
how many were left; exit 1 if any was left.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import time

import aiohttp
import uvloop

from _prompts import FIRMS, GIVEN, NAMES, TOWNS
from egide.detection import Detector
from egide.pseudonymisation import Keyring, Pseudonymiser, Scope, Session
from egide.server.local_model import NAME, LocalModel

TASKS = (
    "Repeat this text exactly: ",
    "Write a short polite e-mail from this: ",
    "Make a bullet list of the people and their details: ",
    "Copy these values in a Markdown table with bold names: ",
    "Réponds poliment à ce message : ",
)


def readable(session: Session, text: str) -> int:
    """Codes of the session that a person could still read in ``text``."""
    plain = re.sub(r"[^0-9A-Za-z]", "", text).upper()
    return sum(shown[-7:-1] in plain for shown in session.issued)


async def answer(session: aiohttp.ClientSession, model: LocalModel, note: str, prompt: str) -> list[str]:
    """The pieces of the model's answer."""
    messages = [{"role": "system", "content": note}, {"role": "user", "content": prompt}]
    body = {"model": NAME, "messages": messages, "stream": True, "max_tokens": 120, "temperature": 0.4}
    pieces = []
    headers = {"authorization": f"Bearer {model.key}"}
    async with session.post(f"{model.base_url}/chat/completions", json=body, headers=headers) as reply:
        assert reply.status == 200, await reply.text()
        async for line in reply.content:
            if line.startswith(b"data: {"):
                event = json.loads(line[6:])
                pieces += [choice["delta"].get("content") or "" for choice in event["choices"]]
    return pieces


async def run(count: int) -> int:
    """Every prompt, then the figures."""
    detector, keyring = Detector(), Keyring(b"une cle de mesure, assez longue pour tout")
    model = LocalModel.start()
    given = restored = left = 0
    try:
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True)) as http:
            await ready(http, model)
            for number in range(count):
                person = f"{GIVEN[number % len(GIVEN)]} {NAMES[number % len(NAMES)]}"
                text = (
                    f"M. {person}, {FIRMS[number % len(FIRMS)]}, 12 rue des Tilleuls, "
                    f"{TOWNS[number % len(TOWNS)]}, tél. 06 39 98 {10 + number} 20."
                )
                session = Pseudonymiser(keyring).session(Scope("bench", "p", "u", str(number)))
                masked = session.mask(text, detector.detect(text))
                pieces = await answer(http, model, session.note, TASKS[number % len(TASKS)] + masked)
                restorer = session.restorer()
                shown = "".join(map(restorer.feed, pieces)) + restorer.close()
                seen, wrong = readable(session, "".join(pieces)), readable(session, shown)
                given, left, restored = given + seen, left + wrong, restored + seen - wrong
    finally:
        model.stop()
    print(f"{count} prompts: the model gave back {given} codes, {restored} restored, {left} left wrong")
    return int(left > 0 or given == 0)


async def ready(http: aiohttp.ClientSession, model: LocalModel) -> None:
    """Return once the model answers."""
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        try:
            headers = {"authorization": f"Bearer {model.key}"}
            async with http.get(f"{model.base_url}/models", headers=headers) as reply:
                if reply.status == 200:
                    return
        except aiohttp.ClientError:
            pass
        await asyncio.sleep(0.2)
    raise TimeoutError("the local model does not answer")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--prompts", type=int, default=40)
    return uvloop.run(run(parser.parse_args().prompts))


if __name__ == "__main__":
    raise SystemExit(main())
