"""What the gateway adds to a call, beside nginx and LiteLLM's proxy, in the same run.

    python bench/gateway_latency.py [--nginx PATH/TO/nginx] [--litellm PATH/TO/litellm] [--seconds 5]

Starts a loopback provider, ``egide serve`` twice (masking on, default policy: rules alone, then with the
name model) and, if given, nginx (one worker, passes on) and LiteLLM's proxy (no masking), and calls each
with prompts of 2,000 characters, every one different, at 1, 16, 64 and 256 connections, whole and
streamed. Prints the median and 99th percentile of the added time, the time to the first text for
streams, and ratios; writes bench/results/gateway_latency.json. An answer that is no success stops the
run. Machines are noisy: rounds alternate between the targets, and only figures of one run compare.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import uvloop

from _prompts import prompt

HERE = Path(__file__).resolve().parent
EGIDE = [sys.executable, "-m", "egide.cli"]


def free_port() -> int:
    """A port of the loopback address that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def process(command: list[str], env: dict[str, str], log: Path) -> Iterator[None]:
    """A process that lives as long as the block."""
    with log.open("wb") as out:
        running = subprocess.Popen(command, env={**os.environ, **env}, stdout=out, stderr=out)
        try:
            yield
        finally:
            running.terminate()
            running.wait(20)


@dataclass
class Target:
    """Somewhere to send a chat completion."""

    name: str
    url: str
    model: str
    key: str
    ready: str
    samples: dict[str, list[float]] = field(default_factory=dict)
    rates: dict[str, list[float]] = field(default_factory=dict)


async def wait_ready(url: str, seconds: float = 90) -> None:
    """Return once ``url`` answers."""
    limit = time.monotonic() + seconds
    async with aiohttp.ClientSession() as session:
        while time.monotonic() < limit:
            try:
                async with session.get(url) as answer:
                    if answer.status < 500:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.1)
    raise TimeoutError(url)


async def call(session: aiohttp.ClientSession, target: Target, seed: int, size: int, streamed: bool) -> float:
    """Seconds to the whole answer, or to the first text of a stream (read to its end all the same)."""
    body = {
        "model": target.model,
        "messages": [{"role": "user", "content": prompt(seed, size)}],
        "stream": streamed,
    }
    data = json.dumps(body, separators=(",", ":")).encode()
    headers = {"authorization": f"Bearer {target.key}", "content-type": "application/json"}
    first = 0.0
    start = time.perf_counter()
    async with session.post(f"{target.url}/chat/completions", data=data, headers=headers) as answer:
        assert answer.status == 200, (target.name, answer.status, await answer.text())
        if not streamed:
            await answer.read()
            return time.perf_counter() - start
        done = False
        async for line in answer.content:
            if (
                not first
                and b'"content":' in line
                and b'"content":""' not in line
                and b'"content": ""' not in line
            ):
                first = time.perf_counter() - start
            done = done or b"[DONE]" in line
    assert first, f"{target.name}: no text in the stream"
    assert done, f"{target.name}: stream cut"
    return first


async def measure(
    target: Target, connections: int, streamed: bool, seconds: float, size: int, base: int
) -> None:
    """Closed loop of ``connections`` callers for ``seconds``; samples go to the target."""
    cell = f"{'stream' if streamed else 'whole'} c{connections}"
    samples = target.samples.setdefault(cell, [])
    connector = aiohttp.TCPConnector(limit=connections)
    async with aiohttp.ClientSession(connector=connector) as session:
        await call(session, target, base, size, streamed)
        start = time.perf_counter()
        seeds = iter(range(base + 1, base + 10_000_000))

        async def one() -> int:
            count = 0
            while time.perf_counter() - start < seconds:
                samples.append(await call(session, target, next(seeds), size, streamed))
                count += 1
            return count

        total = sum(await asyncio.gather(*(one() for _ in range(connections))))
        target.rates.setdefault(cell, []).append(total / (time.perf_counter() - start))


def egide_target(stack: ExitStack, folder: Path, provider: str, name: str, **settings: str) -> Target:
    """The whole product on SQLite, one provider, one key, default policy."""
    port = free_port()
    env = {"EGIDE_DATA_DIR": str(folder / name), "EGIDE_PORT": str(port), **settings}

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [*EGIDE, *arguments], env={**os.environ, **env}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    run(
        "provider",
        "add",
        "--name",
        "loopback",
        "--kind",
        "openai",
        "--base-url",
        provider,
        "--trust",
        "public",
        "--model",
        "loopback",
    )
    run("user", "add", "--email", "bench@exemple.fr", "--role", "collaborator")
    key = json.loads(run("key", "create", "--informed", "--email", "bench@exemple.fr", "--json"))["key"]
    stack.enter_context(process([*EGIDE, "serve"], env, folder / f"{name}.log"))
    base = f"http://127.0.0.1:{port}"
    return Target(name, f"{base}/v1", "loopback/loopback", key, f"{base}/readyz")


def nginx_target(stack: ExitStack, folder: Path, provider: str, binary: str) -> Target:
    """nginx with one worker, that passes every request on and buffers nothing."""
    port = free_port()
    (folder / "nginx").mkdir()
    passed = f"""proxy_pass {provider.removesuffix("/v1")}; proxy_http_version 1.1; proxy_buffering off;
        proxy_set_header Connection ""; proxy_request_buffering on; client_body_buffer_size 64k;"""
    path = folder / "nginx.conf"
    path.write_text(f"""daemon off; worker_processes 1; pid {folder}/nginx/pid;
        error_log {folder}/nginx/error;
        events {{ worker_connections 4096; }}
        http {{ access_log off; client_body_temp_path {folder}/nginx/body;
        server {{ listen 127.0.0.1:{port} backlog=2048; location / {{ {passed} }} }} }}""")
    stack.enter_context(process([binary, "-c", str(path)], {}, folder / "nginx.log"))
    base = f"http://127.0.0.1:{port}"
    return Target("nginx", f"{base}/v1", "loopback", "x", f"{base}/")


def litellm_target(stack: ExitStack, folder: Path, provider: str, binary: str) -> Target:
    """LiteLLM's proxy as its documentation starts it, no masking, no database."""
    port = free_port()
    model = {
        "model_name": "loopback",
        "litellm_params": {"model": "openai/loopback", "api_base": provider, "api_key": "x"},
    }
    config = {"model_list": [model], "general_settings": {"master_key": "sk-bench"}}
    path = folder / "litellm.yaml"
    path.write_text(json.dumps(config))
    env = {"LITELLM_LOCAL_MODEL_COST_MAP": "True", "LITELLM_TELEMETRY": "False"}
    command = [
        binary,
        "--config",
        str(path),
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--num_workers",
        "1",
    ]
    stack.enter_context(process(command, env, folder / "litellm.log"))
    base = f"http://127.0.0.1:{port}"
    return Target("litellm", f"{base}/v1", "loopback", "sk-bench", f"{base}/health/liveliness")


def percentile(samples: list[float], share: float) -> float:
    """Nearest-rank percentile in milliseconds."""
    ordered = sorted(samples)
    return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def report(targets: list[Target], cells: list[str]) -> list[dict[str, object]]:
    """One row a cell and target; prints them."""
    direct = targets[0]
    rows: list[dict[str, object]] = []
    print(f"{'cell':<12}{'target':<10}{'n':>7}{'p50 ms':>9}{'p99 ms':>9}{'+p50':>8}{'+p99':>8}{'req/s':>8}")
    for cell in cells:
        for target in targets:
            samples = target.samples[cell]
            p50, p99 = percentile(samples, 0.5), percentile(samples, 0.99)
            base50, base99 = percentile(direct.samples[cell], 0.5), percentile(direct.samples[cell], 0.99)
            rate = statistics.median(target.rates[cell])
            row = {"cell": cell, "target": target.name, "n": len(samples), "p50_ms": p50, "p99_ms": p99}
            rows.append(
                {**row, "added_p50_ms": p50 - base50, "added_p99_ms": p99 - base99, "per_second": rate}
            )
            print(
                f"{cell:<12}{target.name:<10}{len(samples):>7}{p50:>9.2f}{p99:>9.2f}"
                f"{p50 - base50:>8.2f}{p99 - base99:>8.2f}{rate:>8.0f}"
            )
        added = {r["target"]: r["added_p50_ms"] for r in rows if r["cell"] == cell}
        if "litellm" in added:
            ratios = (f"{name} {added[name] / added['litellm']:.3f}" for name in ("rules", "model"))  # type: ignore[operator]
            print(f"{cell:<12}added / added by litellm: {', '.join(ratios)}")
    return rows


async def run(options: argparse.Namespace) -> int:
    """Start everything, measure in alternating rounds, report."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        port = free_port()
        stack.enter_context(
            process([sys.executable, str(HERE / "_provider.py"), str(port)], {}, folder / "provider.log")
        )
        provider = f"http://127.0.0.1:{port}/v1"
        targets = [Target("direct", provider, "loopback", "x", f"http://127.0.0.1:{port}/")]
        await asyncio.sleep(0.5)
        if options.nginx:
            targets.append(nginx_target(stack, folder, provider, options.nginx))
        targets.append(egide_target(stack, folder, provider, "rules", EGIDE_NAME_MODEL="false"))
        targets.append(egide_target(stack, folder, provider, "model"))
        if options.litellm:
            targets.append(litellm_target(stack, folder, provider, options.litellm))
        for target in targets[1:]:
            await wait_ready(target.ready)
        cells = [(connections, streamed) for streamed in (False, True) for connections in options.connections]
        base = 0
        for _ in range(options.rounds):
            for connections, streamed in cells:
                for target in targets:
                    base += 1_000_000
                    await measure(target, connections, streamed, options.seconds, options.size, base)
        names = [f"{'stream' if streamed else 'whole'} c{connections}" for connections, streamed in cells]
        rows = report(targets, names)
    out = HERE / "results" / "gateway_latency.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps({"size": options.size, "rows": rows}, indent=1))
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--litellm", help="path of LiteLLM's program, installed in an environment of its own")
    parser.add_argument("--nginx", help="path of nginx's program")
    parser.add_argument("--seconds", type=float, default=3.0, help="length of one cell")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--size", type=int, default=2000, help="characters of a prompt")
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 16, 64, 256])
    return uvloop.run(run(parser.parse_args()))


if __name__ == "__main__":
    raise SystemExit(main())
