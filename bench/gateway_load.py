"""Many callers at once: errors, memory, open files, and what a long prompt costs the others.

    python bench/gateway_load.py [--minutes 20] [--rules]

Against ``egide serve`` (masking on, default policy, name model unless ``--rules``) and a loopback provider:

- crowd: 256 connections at once, whole and streamed answers: how many fail;
- streams: 500 slow streams held open at once (an event every two seconds): resident memory;
- neighbours: 16 streams of 20 events a second, alone, then while a caller sends prompts of 20 kB: the
  time between two events that the provider sent together, at the 99th percentile;
- soak (``--minutes``): 32 callers for that long, one in ten hanging up: resident memory and open files, each
  minute.

Prints a table, writes bench/results/gateway_load.json, exits 1 when a bar is not met.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import aiohttp
import uvloop

from _prompts import prompt
from gateway_latency import HERE, Target, egide_target, free_port, percentile, process, wait_ready

MEGABYTE = 1_000_000
MOST_MEMORY, MOST_DELAY_MS = 400, 15.0


class Watched:
    """The processes of the gateway, as the system sees them."""

    def __init__(self, port: int) -> None:
        marks = f"EGIDE_PORT={port}\0".encode()
        self.pids = [int(p.name) for p in Path("/proc").iterdir() if p.name.isdigit() and _has(p, marks)]

    def memory(self) -> float:
        """Resident megabytes."""
        pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in self.pids)
        return pages * os.sysconf("SC_PAGE_SIZE") / MEGABYTE

    def files(self) -> int:
        """Open files and sockets."""
        return sum(len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in self.pids)


def _has(entry: Path, marks: bytes) -> bool:
    try:
        return marks in (entry / "environ").read_bytes() and b"serve" in (entry / "cmdline").read_bytes()
    except OSError:
        return False


class Callers:
    """Calls the gateway. ``seed`` makes every prompt another."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.seed = 0
        self.head = {"authorization": f"Bearer {target.key}", "content-type": "application/json"}

    def body(self, size: int, *, streamed: bool, first: str = "") -> bytes:
        self.seed += 1
        said = [{"role": "user", "content": first + prompt(self.seed, size)}]
        asked = {"model": self.target.model, "messages": said, "stream": streamed}
        return json.dumps(asked, separators=(",", ":")).encode()

    async def call(
        self, session: aiohttp.ClientSession, size: int, *, streamed: bool, leave: bool = False
    ) -> str:
        """ "" when all went well, else what did not."""
        data = self.body(size, streamed=streamed)
        try:
            async with session.post(
                f"{self.target.url}/chat/completions", data=data, headers=self.head
            ) as answer:
                if answer.status != 200:
                    return f"status {answer.status}"
                if leave:
                    await answer.content.readany()
                    return ""
                raw = await answer.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as failure:
            return type(failure).__name__
        whole = b"[DONE]" in raw if streamed else b'"finish_reason"' in raw
        return "" if whole else "cut"


def session() -> aiohttp.ClientSession:
    """As many connections as asked for."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=180)
    )


async def crowd(callers: Callers) -> dict[str, Any]:
    """256 callers at once, four requests each."""

    async def one(calling: aiohttp.ClientSession) -> list[str]:
        return [await callers.call(calling, 2000, streamed=number % 2 == 1) for number in range(4)]

    start = time.perf_counter()
    async with session() as calling:
        told = [said for many in await asyncio.gather(*(one(calling) for _ in range(256))) for said in many]
    failed = [said for said in told if said]
    took = time.perf_counter() - start
    return {
        "requests": len(told),
        "failed": len(failed),
        "why": sorted(set(failed)),
        "per_second": len(told) / took,
    }


async def slow_streams(callers: Callers, watched: Watched, count: int = 500) -> dict[str, Any]:
    """Many streams open at once."""
    before = watched.memory()
    opened = asyncio.Semaphore(32)
    most = 0.0

    async def one(calling: aiohttp.ClientSession, number: int) -> str:
        async with opened:
            data = callers.body(500, streamed=True, first="Réponds lentement. ")
            answer = await calling.post(
                f"{callers.target.url}/chat/completions", data=data, headers=callers.head
            )
            if answer.status != 200:
                return f"status {answer.status}"
            await answer.content.readany()
        held.append(number)
        raw = await answer.read()
        return "" if b"[DONE]" in raw else "cut"

    held: list[int] = []
    async with session() as calling:
        streams = [asyncio.ensure_future(one(calling, number)) for number in range(count)]
        while not all(stream.done() for stream in streams):
            await asyncio.sleep(0.2)
            if len(held) == count and not any(stream.done() for stream in streams):
                most = max(most, watched.memory())
        failed = [told for told in await asyncio.gather(*streams) if told]
    why = sorted(set(failed))
    return {"streams": count, "failed": len(failed), "why": why, "before_mb": before, "held_mb": most}


async def neighbours(callers: Callers, seconds: float = 8.0) -> dict[str, Any]:
    """How late events come, alone and beside a caller of long prompts."""
    return {
        "alone_p99_ms": await _lateness(callers, seconds, None),
        "beside_p99_ms": await _lateness(callers, seconds, 20_000),
        "alone_again_p99_ms": await _lateness(callers, seconds, None),
    }


async def _lateness(callers: Callers, seconds: float, beside: int | None) -> float:
    """99th percentile of how much longer than its pace an event took to come, in milliseconds."""
    late: list[float] = []
    stop = time.perf_counter() + seconds

    async def stream(calling: aiohttp.ClientSession) -> None:
        while time.perf_counter() < stop:
            data = callers.body(200, streamed=True)
            async with calling.post(
                f"{callers.target.url}/chat/completions", data=data, headers=callers.head
            ) as answer:
                assert answer.status == 200, await answer.text()
                last = 0.0
                async for line in answer.content:
                    if b'"content":' not in line:
                        continue
                    now = time.perf_counter()
                    if last:
                        late.append(max(0.0, now - last - 0.01))
                    last = now

    async def long(calling: aiohttp.ClientSession) -> None:
        while beside and time.perf_counter() < stop:
            assert not await callers.call(calling, beside, streamed=False)
            await asyncio.sleep(0.1)

    async with session() as calling:
        await asyncio.gather(*(stream(calling) for _ in range(16)), long(calling))
    return percentile(late, 0.99)


async def soak(callers: Callers, watched: Watched, minutes: float) -> dict[str, Any]:
    """Full load for a long time."""
    stop = time.monotonic() + 60 * minutes
    rng = random.Random(7)
    told: dict[str, int] = {}
    rows: list[tuple[int, float, int]] = []

    async def one(calling: aiohttp.ClientSession) -> None:
        while time.monotonic() < stop:
            said = await callers.call(
                calling, rng.choice((200, 2000, 8000)), streamed=rng.random() < 0.5, leave=rng.random() < 0.1
            )
            told[said] = told.get(said, 0) + 1

    async def watch() -> None:
        while time.monotonic() < stop:
            rows.append((sum(told.values()), watched.memory(), watched.files()))
            print(f"  {rows[-1][0]:>8} requests {rows[-1][1]:>8.0f} MB {rows[-1][2]:>6} files", flush=True)
            await asyncio.sleep(60)

    async with session() as calling:
        await asyncio.gather(*(one(calling) for _ in range(32)), watch())
    await asyncio.sleep(3)
    rows.append((sum(told.values()), watched.memory(), watched.files()))
    return {"told": told, "rows": rows}


def flat(rows: list[tuple[int, float, int]]) -> bool:
    """Whether the last third uses no more memory than the middle one (5 %), and files do not grow."""
    third = len(rows) // 3
    middle, last = rows[third : 2 * third], rows[2 * third : -1]
    if not middle or not last:
        return True
    memory = max(row[1] for row in last) <= 1.05 * max(row[1] for row in middle)
    return memory and max(row[2] for row in last) <= max(row[2] for row in middle) + 16


async def run(options: argparse.Namespace) -> int:
    """Start everything, measure, report."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        port = free_port()
        stack.enter_context(
            process([sys.executable, str(HERE / "_provider.py"), str(port)], {}, folder / "provider.log")
        )
        await asyncio.sleep(0.5)
        settings = {"EGIDE_NAME_MODEL": "false"} if options.rules else {}
        target = egide_target(stack, folder, f"http://127.0.0.1:{port}/v1", "egide", **settings)
        await wait_ready(target.ready)
        watched, callers = Watched(int(target.url.rsplit(":", 1)[1].split("/")[0])), Callers(target)
        async with session() as calling:
            assert not await callers.call(calling, 2000, streamed=True)
        told: dict[str, Any] = {"ready_mb": watched.memory()}
        print(f"warm: {told['ready_mb']:.0f} MB, {watched.files()} files, {len(watched.pids)} process(es)")
        told["crowd"] = await crowd(callers)
        print("crowd of 256:", told["crowd"])
        told["streams"] = await slow_streams(callers, watched)
        print("slow streams:", told["streams"])
        told["neighbours"] = await neighbours(callers)
        print("neighbours:", told["neighbours"])
        if options.minutes:
            told["soak"] = await soak(callers, watched, options.minutes)
            print("soak:", told["soak"]["told"])
    met = {
        "256 connections without an error": not told["crowd"]["failed"],
        f"500 slow streams with at most {MOST_MEMORY} MB": not told["streams"]["failed"]
        and 0 < told["streams"]["held_mb"] <= MOST_MEMORY,
        f"a prompt of 20 kB delays no stream by more than {MOST_DELAY_MS:.0f} ms": (
            told["neighbours"]["beside_p99_ms"] - told["neighbours"]["alone_p99_ms"] <= MOST_DELAY_MS
        ),
    }
    if options.minutes:
        met["memory flat, open files do not grow"] = flat(told["soak"]["rows"])
        met["no request failed"] = not sum(n for said, n in told["soak"]["told"].items() if said)
    for bar, held in met.items():
        print(f"{'met    ' if held else 'NOT MET'} {bar}")
    (HERE / "results").mkdir(exist_ok=True)
    (HERE / "results" / "gateway_load.json").write_text(json.dumps(told | {"met": met}, indent=1))
    return 0 if all(met.values()) else 1


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=0, help="length of the soak; none if absent")
    parser.add_argument("--rules", action="store_true", help="rules alone")
    return uvloop.run(run(parser.parse_args()))


if __name__ == "__main__":
    raise SystemExit(main())
