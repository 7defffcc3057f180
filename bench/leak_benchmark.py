"""The PyPI package ``pii-leak-benchmark`` against ``egide serve``, and French values beside its own.

    python bench/leak_benchmark.py [--venv PATH] [--seeds 3] [--oracle exhaustive-2-part]

``PATH`` is an environment with ``pii-leak-benchmark[validate]==0.6.0``: it comes into no other. Egide runs as
installed, on SQLite, with the shipped policy *prudent* and three settings of the page *Vérifications*: values
that nobody sent are taken out of answers (``unsent: mask``); fields of a request that Égide does not know are
left out (``fields: drop``; refused otherwise, and a refused case counts for nothing in the benchmark); the
note on placeholders goes into the first message of the person (``note: user``; the benchmark's model repeats
the first message, whoever speaks there).

Prints, by part, what the benchmark says of it; then the French values: sent ones must all come back, planted
ones must not, at every cut and in every field of an answer. Exit code 1 unless all of it passes. Writes
bench/results/leak_benchmark.json (rates and counts).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.request import Request, urlopen

from _french_capture import CARRIERS, PLANTED, SENT, Capture, Case, exposed, missing, prompt
from gateway_latency import EGIDE, free_port, process, wait_ready

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results" / "leak_benchmark.json"
# Published by a pilot on a page; here by the same service.
PUBLISH: Final = """
import sys, yaml
from egide.cli._server import installation
with installation():
    from egide.policy import Policy
    from egide.workspace.policies import drafts
    document = yaml.safe_load(Policy.default().to_yaml())
    document["name"] = "prudent-mesure"
    document["profile"] = "prudent"
    document.setdefault("checks", {}).update(yaml.safe_load(sys.argv[1]))
    if sys.argv[2] == "secrets":
        for rule in document["rules"]:
            if rule["id"] == "secrets":
                rule["actions"] = dict.fromkeys(rule["actions"], "mask")
                rule["sentences"] = {"mask": "Les mots de passe sont masqués."}
                document["profile"] = None
    drafts.replace(Policy.from_yaml(yaml.safe_dump(document)).document, 0, None)
    drafts.publish(drafts.current().revision, 0, None, "Mesure.", "Mesure.")
"""
# The benchmark reads the first message back: the note on placeholders goes into it, not in front of it.
V2: Final = {"unsent": "mask", "fields": "drop", "note": "user"}
ATTEMPTS: Final = 6
SHORTEST_PART: Final = 5  # letters or digits in a row: the benchmark's own measure of a part
Figures = dict[str, Any]


class Server:
    """``egide serve`` in front of one provider."""

    def __init__(
        self, stack: ExitStack, folder: Path, provider: str, checks: Figures, secrets: str = ""
    ) -> None:
        folder.mkdir()
        port = free_port()
        self.env = {"EGIDE_DATA_DIR": str(folder / "data"), "EGIDE_PORT": str(port)}
        self.url = f"http://127.0.0.1:{port}/v1"
        self.model = "capture/capture"
        self._run([*EGIDE, "provider", "add", "--name", "capture", "--kind", "openai", "--base-url", provider,
                   "--trust", "public", "--model", "capture"])  # fmt: skip
        self._run([*EGIDE, "user", "add", "--email", "mesure@exemple.fr", "--role", "collaborator"])
        made = self._run([*EGIDE, "key", "create", "--informed", "--email", "mesure@exemple.fr", "--json"])
        self.key = json.loads(made)["key"]
        self._run([sys.executable, "-c", PUBLISH, json.dumps(checks), secrets])
        stack.enter_context(process([*EGIDE, "serve"], self.env, folder / "egide.log"))
        asyncio.run(wait_ready(self.url.replace("/v1", "/readyz")))

    def _run(self, command: list[str]) -> str:
        done = subprocess.run(
            command, env={**os.environ, **self.env}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def journal(self) -> Counter[str]:
        """How many values of each label the journal says were taken out."""
        lines = self._run([*EGIDE, "journal", "export", "--format", "jsonl"]).splitlines()
        told = Counter[str]()
        for line in lines:
            told.update(json.loads(line).get("details", {}).get("withheld", {}))
        return told


@contextmanager
def serving(provider: str, checks: Figures, secrets: str = "") -> Iterator[Server]:
    """A fresh installation that lives as long as the block."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        yield Server(stack, Path(folder) / "egide", provider, checks, secrets)


def request_side(venv: Path, secrets: bool) -> tuple[bool, str]:
    """The v1 profile, as ``ci`` runs it, with its own control that must leak.

    It knows its requests by five words joined by hyphens, drawn anew each time. Where Égide takes them for a
    name and hides them, it measures nothing and says so: it is run again.
    """
    port = free_port()
    profile = "pii-secrets-v1" if secrets else "pii-v1"
    policy = "secrets" if secrets else ""
    with serving(f"http://127.0.0.1:{port}/v1", {"unsent": "mask"}, policy) as server:
        code, verdict, said = _ci(venv, server, port, profile)
        again = 0
        while verdict == "NOT MEASURED" and again < ATTEMPTS:
            again += 1
            code, verdict, said = _ci(venv, server, port, profile)
    return code == 0, f"{verdict}  ({said}; run again {again} times)"


def _ci(venv: Path, server: Server, port: int, profile: str) -> tuple[int, str, str]:
    with tempfile.TemporaryDirectory() as out:
        command = [str(venv / "bin" / "pii-leak-benchmark"), "ci", "--target-base-url", server.url,
                   "--target-model", server.model, "--capture-port", str(port), "--profile", profile,
                   "--out", f"{out}/check"]  # fmt: skip
        env = {**os.environ, "CONFORMANCE_TARGET_API_KEY": server.key}
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        try:
            found = json.loads((Path(out) / "check" / "current.json").read_text())
        except OSError:
            return done.returncode, "NOT RUN", (done.stdout + done.stderr)[-400:]
    failed = [name for name, passed in found["required_checks"].items() if not passed]
    said = ", ".join(f"{name} {state}" for name, state in found["entities"].items())
    return done.returncode, found["verdict"], said + "".join(f", {name} fails" for name in failed)


def response_side(venv: Path, server: Server, port: int, seed: str, oracle: str) -> tuple[bool, Figures]:
    """The v2 profile for one seed, with the fragments that came out counted apart."""
    with tempfile.TemporaryDirectory() as out:
        command = [str(venv / "bin" / "pii-leak-benchmark-v2"), "--validate", "--out", out, "--only", "egide",
                   "--gateway-url", f"{server.url}/chat/completions", "--upstream-port", str(port),
                   "--model", server.model, "--seed", seed, "--oracle", oracle, "--partial-emission",
                   "--json-out", f"{out}/summary.json"]  # fmt: skip
        env = {**os.environ, "CONFORMANCE_TARGET_API_KEY": server.key}
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        try:
            row = json.loads((Path(out) / "summary.json").read_text())["rows"][0]
            report = json.loads((Path(out) / "egide.json").read_text())
            partial = json.loads((Path(out) / "egide.partial-emission.json").read_text())
        except (OSError, ValueError):
            return False, {"seed": seed, "error": (done.stdout + done.stderr)[-400:]}
    metrics = report["metrics"]
    figures = {
        "seed": seed,
        "outcome": row["outcome"],
        "fidelity": metrics["fidelity_rate"],
        "leak_single": metrics["leak_rate"]["single_chunk"],
        "leak_adversarial": metrics["leak_rate"]["adversarial"],
        "delta_frag": metrics["delta_frag"],
        "cases": f"{metrics['cases_applicable']}/{metrics['cases_scored']}",
        "partial": partial["metrics"]["partial_emission_rate"]["overall"],
        "longest_run": max(case["longest_specific_run"] for case in partial["cases"]),
        "splits": partial["metrics"]["partitions_tried"],
        "valid": done.returncode == 0,
    }
    passed = done.returncode == 0 and report["passed"] and partial["passed"] and row["outcome"] == "pass"
    return passed, figures


def french(step: int) -> tuple[bool, Figures]:
    """Sent values back, planted values out: every cut in two of every value, in every field."""
    capture = Capture()
    worst: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    odd: list[str] = []
    tried = 0
    with serving(capture.url, {"unsent": "mask"}) as server:
        for label, (_, value, _) in PLANTED.items():
            for carrier in CARRIERS:
                for cuts in ((), *((at,) for at in range(1, len(value), step)), tuple(range(1, len(value)))):
                    capture.case = Case(label, carrier, cuts)
                    answer, arguments = ask(server)
                    tried += 1
                    worst[label] = max(worst[label], exposed(label, answer))
                    lost.update(missing(answer))
                    if carrier == "arguments" and not _is_json(arguments):
                        odd.append(f"{label} {cuts}")
        told = server.journal()
    capture.close()
    leaked_up = seen_in_clear(capture.received)
    counted = set(told) >= set(PLANTED)
    passed = not (lost or odd or leaked_up) and counted and max(worst.values()) < SHORTEST_PART
    figures = {"answers": tried, "longest_run": dict(worst), "not_restored": dict(lost), "not_json": odd[:5],
               "sent_in_clear": leaked_up, "journal": dict(told)}  # fmt: skip
    return passed, figures


def seen_in_clear(received: list[str]) -> list[str]:
    """Labels of the sent values that the provider saw."""
    seen = "\n".join(json.dumps(json.loads(one), ensure_ascii=False) for one in received)
    return [label for label, value in SENT.items() if value in seen]


def ask(server: Server) -> tuple[str, str]:
    """The texts of one streamed answer, all fields joined, and the arguments of its tool call."""
    body = {"model": server.model, "stream": True, "messages": [{"role": "user", "content": prompt()}]}
    head = {"authorization": f"Bearer {server.key}", "content-type": "application/json"}
    url = f"{server.url}/chat/completions"
    request = Request(url, json.dumps(body).encode(), head)  # noqa: S310 - our own address
    texts: dict[str, list[str]] = {}
    with urlopen(request, timeout=30) as answer:  # noqa: S310
        for line in answer:
            if not line.startswith(b"data: {"):
                continue
            for choice in json.loads(line[6:])["choices"]:
                for name, said in choice["delta"].items():
                    for call in said if name == "tool_calls" else ():
                        texts.setdefault("arguments", []).append(call["function"].get("arguments", ""))
                    if type(said) is str and name != "role":
                        texts.setdefault(name, []).append(said)
    joined = {name: "".join(pieces) for name, pieces in texts.items()}
    return "\n".join(joined.values()), joined.get("arguments", "")


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def main() -> int:
    """Run the three parts; 0 when all pass."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--venv", type=Path, help="Without it, the French values only.")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--oracle", default="exhaustive-2-part")
    parser.add_argument(
        "--step", type=int, default=1, help="Every how many characters a French value is cut."
    )
    parser.add_argument("--only", choices=["v1", "v2", "french"])
    options = parser.parse_args()
    venv, told, good = options.venv and options.venv.resolve(), dict[str, Any](), True
    if venv and options.only in (None, "v1"):
        for secrets in (False, True):
            passed, said = request_side(venv, secrets)
            good, told[f"v1 secrets={secrets}"] = good and passed, said
            print(f"v1 {'and secrets' if secrets else '           '}  {'pass' if passed else 'FAIL'}  {said}")
    if venv and options.only in (None, "v2"):
        told["v2"] = []
        port = free_port()
        with serving(f"http://127.0.0.1:{port}/v1", V2) as server:
            for number in range(options.seeds):
                began = time.perf_counter()
                passed, figures = response_side(
                    venv, server, port, f"{0xA1B2C3D4E5F60001 + number:016x}", options.oracle
                )
                good = good and passed
                told["v2"].append(figures)
                shown = "  ".join(f"{name} {value}" for name, value in figures.items())
                print(
                    f"v2  {'pass' if passed else 'FAIL'}  {shown}  ({time.perf_counter() - began:.0f} s)",
                    flush=True,
                )
    if options.only in (None, "french"):
        passed, figures = french(options.step)
        good, told["french"] = good and passed, figures
        print(f"French  {'pass' if passed else 'FAIL'}  {json.dumps(figures, ensure_ascii=False)}")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps({"passed": good, **told}, indent=1, ensure_ascii=False) + "\n")
    print("PASS" if good else "FAIL")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
