"""Égide beside other tools: the same texts, the same score, the same core, each in its own environment.

    python bench/peers.py [--data ../shared/data] [--only NAME]... [--set FILE]...
    python bench/peers.py --markdown

Tools and versions: ``bench/peers/peers.toml``; environments and logs: ``build/peers``. First quality, a tool
after the other; then speed, slices of 2,000 characters given in turn to every tool, so that a slow moment
of the machine falls on all (best of the rounds, median of the slices, processor time). Writes
``bench/results/peers.json`` (rates and counts only) and ``docs/images/comparaison.svg``; ``--markdown``
makes the tables and the picture of the docs from the last results, without measuring.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from _peer import Peer, peers
from _peer_picture import draw
from _peer_tables import markdown, screen

HERE = Path(__file__).parent
SCORER = HERE / "_strict_score.py"
RESULTS = HERE / "results" / "peers.json"
PICTURE = HERE.parent / "docs" / "images" / "comparaison.svg"
APART = {path.stem for path in (HERE / "sets").glob("*.jsonl")}
CHARS = 2000
SEEN = ("business_fr_dev.jsonl", "handwritten_fr_dev.jsonl.gz")
PRESS = ("wikineural_fr_val.jsonl.gz", "hipe2020_fr_20c.jsonl.gz")
Documents = list[dict[str, Any]]
Figures = dict[str, Any]


def documents(path: Path, limit: int | None = None) -> Documents:
    """The annotated texts of a set."""
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in content.decode().splitlines() if line.strip()][:limit]


def kept(spans: list[dict[str, Any]], gold: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What a tool found. A date counts where it touches an annotated value, and is no mistake elsewhere."""
    return [
        {**s, "label": "DATE_OF_BIRTH"}
        if s["label"] == "DATE" and any(s["start"] < g["end"] and g["start"] < s["end"] for g in gold)
        else s
        for s in spans
    ]


def find(peer: Peer, texts: Documents) -> Documents:
    """Its answers on a set, in the scorer's form."""
    return [{"id": t["id"], "spans": kept(peer.ask(t["id"], t["text"])[0], t["spans"])} for t in texts]


def score(gold: Documents, predictions: Documents) -> Figures:
    """The strict score."""
    with tempfile.TemporaryDirectory() as name:
        paths = [Path(name, part) for part in ("gold", "predictions", "scores")]
        for path, rows in zip(paths, (gold, predictions), strict=False):
            path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        command: list[str | Path] = [sys.executable, SCORER, paths[0], paths[1], "--json", paths[2]]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        figures: Figures = json.loads(paths[2].read_text(encoding="utf-8"))
        return figures


def quality(peer: Peer, sets: dict[str, Documents]) -> dict[str, Figures]:
    """Its score on each set, and on all those kept apart together."""
    print(f"{peer.title} : qualité", flush=True)
    scores = {}
    apart_gold: Documents = []
    apart_found: Documents = []
    for name, texts in sets.items():
        found = find(peer, texts)
        scores[name] = score(texts, found)
        if name in APART:
            apart_gold += [{**text, "id": f"{name}/{text['id']}"} for text in texts]
            apart_found += [{**row, "id": f"{name}/{row['id']}"} for row in found]
    if sets.keys() >= APART:
        scores["apart"] = score(apart_gold, apart_found)
    return scores


def slices(texts: Documents, count: int) -> list[str]:
    """At most ``count`` pieces of exactly 2,000 characters, spread over the set."""
    whole = "\n\n".join(text["text"] for text in texts)
    step = max(1, (len(whole) - CHARS) // count)
    return [whole[at : at + CHARS] for at in range(0, len(whole) - CHARS, step)][:count]


def speed(running: list[Peer], samples: dict[str, list[str]], rounds: int) -> dict[str, dict[str, float]]:
    """Median milliseconds a slice, by set and tool; ``apart`` is over all slices of the sets kept apart."""
    print("vitesse", flush=True)
    best: dict[tuple[str, str, int], float] = {}
    for _ in range(rounds):
        for name, texts in samples.items():
            for i, text in enumerate(texts):
                for peer in running:
                    if answer := peer.attempt(peer.ask, "slice", text):
                        key = (name, peer.name, i)
                        best[key] = min(best.get(key, float("inf")), 1000 * answer[1])
    figures: dict[str, dict[str, float]] = {}
    for peer in (p for p in running if not p.failure):
        times = {name: [best[name, peer.name, i] for i in range(len(s))] for name, s in samples.items()}
        times["apart"] = [ms for name, row in times.items() if name in APART for ms in row]
        for name, row in times.items():
            if row:
                figures.setdefault(name, {})[peer.name] = statistics.median(row)
    return figures


def measure(
    tools: list[Peer], sets: dict[str, Documents], press: dict[str, Documents], options: argparse.Namespace
) -> Figures:
    """Install, run and score everything."""
    scores: dict[str, dict[str, Figures]] = {}
    press_scores: dict[str, dict[str, Figures]] = {name: {} for name in press}
    for step in (Peer.install, Peer.start):
        for peer in tools:
            peer.attempt(step, peer)
    compared = [peer for peer in tools if not peer.press_only]
    for peer in compared:
        for name, figures in (peer.attempt(quality, peer, sets) or {}).items():
            scores.setdefault(name, {})[peer.name] = figures
    for name, texts in press.items():
        for peer in (p for p in tools if p.press_only or p.adapter == "egide"):
            if found := peer.attempt(find, peer, texts):
                press_scores[name][peer.name] = score(texts, found)
    samples = {name: slices(texts, options.slices) for name, texts in sets.items()}
    times = speed(compared, samples, options.rounds)
    for peer in tools:
        peer.stop()
    return {
        "date": date.today().isoformat(),
        "peers": {peer.name: peer.told() for peer in tools},
        "sets": scores,
        "milliseconds": times,
        "press": press_scores,
    }


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="folder of the annotated texts; else bench/sets alone")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="a name of peers.toml")
    parser.add_argument("--set", action="append", type=Path, metavar="FILE", help="instead of the usual sets")
    parser.add_argument("--limit", type=int, help="at most so many texts of each press set")
    parser.add_argument("--slices", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--markdown", action="store_true", help="print the last results for docs/mesures.md")
    options = parser.parse_args()
    if options.markdown:
        results = json.loads(RESULTS.read_text(encoding="utf-8"))
        PICTURE.write_text(draw(results), encoding="utf-8")
        print(markdown(results))
        return 0
    usual = [options.data / "dev" / name for name in SEEN] if options.data else []
    paths = options.set or [*usual, *sorted((HERE / "sets").glob("*.jsonl"))]
    sets = {path.name.partition(".")[0]: documents(path) for path in paths}
    others = [options.data / "measure-only" / name for name in PRESS] if options.data else []
    press = {path.name.partition(".")[0]: documents(path, options.limit) for path in others if path.exists()}
    results = measure(peers(options.only), sets, press, options)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")
    print(screen(results))
    if not options.only and not options.set:
        PICTURE.write_text(draw(results), encoding="utf-8")
    return int(any(p["failure"] for name, p in results["peers"].items() if name.startswith("egide")))


if __name__ == "__main__":
    raise SystemExit(main())
