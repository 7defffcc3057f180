"""Thousands of exchanges with disconnects on both sides and a kill -9: is any record lost, any value mixed?

    python bench/exchange_soak.py [--exchanges 10000] [--connections 32]

Twenty callers, each with values of their own, talk at once through ``egide serve`` to a provider that
echoes and cuts one answer in ten; one caller in ten hangs up in the middle. Half way the server is
killed with SIGKILL and started again. At the end:

- every exchange of which a caller saw a byte has exactly one ``opened`` record in the exported journal;
- no exchange has two ``opened`` or two ``closed`` records;
- no answer holds a value of another caller, and every whole answer holds the caller's own text again;
- ``egide journal verify`` accepts the export.

Exit 1 if any of these fails. Writes bench/results/exchange_soak.json.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import uvloop

from gateway_latency import EGIDE, free_port, wait_ready

HERE = Path(__file__).resolve().parent


@dataclass
class Caller:
    """Someone with a key and values that nobody else has."""

    number: int
    key: str = ""
    values: tuple[str, ...] = ()

    def text(self, turn: int) -> str:
        name, mail, phone = self.values
        return f"Tour {turn} : écris à M. {name}, {mail}, tél. {phone}, pour confirmer le rendez-vous."


@dataclass
class Tally:
    """What was seen from the callers' side."""

    outcome: Counter[str] = field(default_factory=Counter)
    released: set[str] = field(default_factory=set)
    mixed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


class Server:
    """``egide serve`` that can be killed and started again on the same data."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.env = {**os.environ, "EGIDE_DATA_DIR": str(folder / "data"), "EGIDE_PORT": str(self.port)}
        self.log = (folder / "egide.log").open("ab")

    def command(self, *arguments: str) -> str:
        done = subprocess.run([*EGIDE, *arguments], env=self.env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    async def start(self) -> None:
        self.process = subprocess.Popen([*EGIDE, "serve"], env=self.env, stdout=self.log, stderr=self.log)
        await wait_ready(f"http://127.0.0.1:{self.port}/readyz")


def make_callers(server: Server, count: int) -> list[Caller]:
    """People with a key each."""
    names = ["Kermarrec", "Delcourt", "Lefebvre", "Benali", "Rousseau"]
    callers = []
    for number in range(count):
        email = f"personne{number}@exemple.fr"
        server.command("user", "add", "--email", email, "--role", "collaborator")
        key = json.loads(server.command("key", "create", "--informed", "--email", email, "--json"))["key"]
        letter = chr(97 + number)
        name = f"{letter.upper()}livier {names[number % 5]}-{'xyzw'[number % 4]}ann{letter}"
        phone = f"06 39 98 {10 + number:02d} {77 - number:02d}"
        callers.append(Caller(number, key, (name, f"client{number}.prive@exemple.org", phone)))
    return callers


def check(caller: Caller, others: list[Caller], turn: int, answer: str, whole: bool, tally: Tally) -> None:
    """Nobody else's value in ``answer``; the caller's own text when it came whole."""
    for other in others:
        if other is not caller and any(value in answer for value in other.values):
            tally.mixed.append(f"caller {caller.number} got a value of caller {other.number}")
    if whole and answer != caller.text(turn):
        tally.wrong.append(f"caller {caller.number}, turn {turn}: the echo differs")


async def exchange(
    session: aiohttp.ClientSession, url: str, caller: Caller, callers: list[Caller], turn: int, tally: Tally
) -> None:
    """One exchange; the outcome goes to the tally."""
    streamed, hang_up = random.random() < 0.7, random.random() < 0.1
    body = {
        "model": "echo/echo",
        "stream": streamed,
        "messages": [{"role": "user", "content": caller.text(turn)}],
    }
    try:
        async with session.post(url, json=body, headers={"authorization": f"Bearer {caller.key}"}) as reply:
            if reply.status != 200:
                tally.outcome[f"status {reply.status}"] += 1
                await reply.read()
                return
            identifier = reply.headers["x-egide-exchange"]
            if not streamed:
                answer = (await reply.json())["choices"][0]["message"]["content"]
                tally.released.add(identifier)
                check(caller, callers, turn, answer, True, tally)
                tally.outcome["whole"] += 1
                return
            answer, done = "", False
            async for line in reply.content:
                tally.released.add(identifier)
                if line.startswith(b"data: {"):
                    event = json.loads(line[6:])
                    answer += "".join(c["delta"].get("content") or "" for c in event.get("choices", []))
                done = done or line.startswith(b"data: [DONE]")
                if hang_up and len(answer) > 30:
                    tally.outcome["caller hung up"] += 1
                    check(caller, callers, turn, answer, False, tally)
                    return
            check(caller, callers, turn, answer, done, tally)
            tally.outcome["stream" if done else "stream cut"] += 1
    except (aiohttp.ClientError, TimeoutError):
        tally.outcome["connection lost"] += 1


async def load(server: Server, callers: list[Caller], options: argparse.Namespace, tally: Tally) -> None:
    """All exchanges, with a kill -9 and a restart half way."""
    url = f"http://127.0.0.1:{server.port}/v1/chat/completions"
    turns = iter(range(options.exchanges))
    half = options.exchanges // 2
    back = asyncio.Event()
    back.set()

    async def worker() -> None:
        timeout = aiohttp.ClientTimeout(total=60)
        async with aiohttp.ClientSession(timeout=timeout, connector=aiohttp.TCPConnector(limit=1)) as session:
            for turn in turns:
                if turn == half:
                    back.clear()
                    server.process.send_signal(signal.SIGKILL)
                    server.process.wait()
                    await server.start()
                    back.set()
                await back.wait()
                await exchange(session, url, random.choice(callers), callers, turn, tally)

    await asyncio.gather(*(worker() for _ in range(options.connections)))


def read_journal(server: Server, folder: Path) -> tuple[Counter[str], Counter[str], str]:
    """Exported records: opened and closed by exchange, and what the verifier says."""
    path = folder / "journal.jsonl"
    path.write_text(server.command("journal", "export", "--format", "jsonl"))
    opened: Counter[str] = Counter()
    closed: Counter[str] = Counter()
    for line in path.read_text().splitlines():
        record = json.loads(line)
        entry = record.get("entry", record)
        if entry.get("kind") == "opened":
            opened[entry["exchange"]] += 1
        elif entry.get("kind") == "closed":
            closed[entry["exchange"]] += 1
    verdict = subprocess.run(
        [*EGIDE, "journal", "verify", str(path)], env=server.env, capture_output=True, text=True, check=False
    )
    return opened, closed, "accepted" if verdict.returncode == 0 else verdict.stderr


async def run(options: argparse.Namespace) -> int:
    """Load, then compare what callers saw with what the journal holds."""
    tally = Tally()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        port = free_port()
        echo = subprocess.Popen([sys.executable, str(HERE / "_faulty_echo.py"), str(port)])
        server = Server(folder)
        base = f"http://127.0.0.1:{port}/v1"
        server.command(
            "provider", "add", "--name", "echo", "--kind", "openai", "--base-url", base, "--trust", "public"
        )
        callers = make_callers(server, options.callers)
        try:
            await server.start()
            start = time.perf_counter()
            await load(server, callers, options, tally)
            seconds = time.perf_counter() - start
            server.process.send_signal(signal.SIGTERM)
            server.process.wait(30)
            opened, closed, verdict = read_journal(server, folder)
        finally:
            echo.kill()
            server.process.kill()
    result = {
        "exchanges": options.exchanges,
        "seconds": round(seconds, 1),
        "outcomes": dict(tally.outcome),
        "released": len(tally.released),
        "released without a record": len(tally.released - set(opened)),
        "opened twice": sum(n > 1 for n in opened.values()),
        "closed twice": sum(n > 1 for n in closed.values()),
        "opened": len(opened),
        "opened without closed": len(set(opened) - set(closed)),
        "values mixed": len(tally.mixed),
        "echo differs": len(tally.wrong),
        "journal": verdict,
    }
    for name, value in result.items():
        print(f"{name:<28}{value}")
    out = HERE / "results" / "exchange_soak.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(result, indent=1))
    bad = ("released without a record", "opened twice", "closed twice", "values mixed", "echo differs")
    return int(any(result[name] for name in bad) or verdict != "accepted")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--exchanges", type=int, default=10_000)
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--callers", type=int, default=20)
    return uvloop.run(run(parser.parse_args()))


if __name__ == "__main__":
    raise SystemExit(main())
