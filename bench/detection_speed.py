"""Speed of the detector on French business text: everything on, the rules alone, and each recogniser.

    .venv/bin/python bench/detection_speed.py --data ../shared/data [--chars 2000] [--json OUT]

Two kinds of text, in slices of the asked length: *dense*, the prompts of ``dev/business_fr_dev.jsonl``
joined, full of names and numbers; *ordinary*, the hand-written documents of ``train/handwritten_fr.jsonl.gz``
joined. One core, one thread; bars for 2,000 characters at the median: 5 ms with everything on, 1 ms for
the rules alone. Each slice is timed several times and its best time kept, since other programs share the
machine's caches; the median is over slices.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from egide.detection import Detector, Finding
from egide.detection.recogniser import Source, discover
from egide.detection.view import View


def joined(path: Path) -> str:
    """The texts of a set, one after the other."""
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return "\n\n".join(json.loads(line)["text"] for line in content.decode().splitlines() if line.strip())


def slices(path: Path, chars: int, count: int) -> list[str]:
    """At most ``count`` distinct texts of exactly ``chars`` characters, spread over the set."""
    whole = joined(path)
    step = max(1, (len(whole) - chars) // count)
    return [whole[at : at + chars] for at in range(0, len(whole) - chars, step)][:count]


def median_best(rounds: int, runs: list[Callable[[], object]]) -> float:
    """Median over ``runs`` of their best time, in microseconds; a slow moment is not all on one of them."""
    best = [float("inf")] * len(runs)
    for _ in range(rounds):
        for i, run in enumerate(runs):
            start = time.thread_time_ns()
            run()
            best[i] = min(best[i], time.thread_time_ns() - start)
    return statistics.median(best) / 1000


def whole(detector: Detector, samples: list[str], rounds: int) -> float:
    """Median time of ``Detector.detect``, each text seen anew each time."""
    return median_best(rounds, [partial(detector.detect, text) for text in samples])


def one(source: Source, samples: list[str], rounds: int) -> float:
    """Median time of one recogniser when what it shares with others is already computed."""
    runs: list[Callable[[], object]] = [partial(_all, source, View(text)) for text in samples]
    return median_best(rounds + 1, runs)


def _all(source: Source, view: View) -> list[Finding]:
    return list(source.find(view))


def main() -> None:
    """Print the table and, when asked, write the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--chars", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--slices", type=int, default=60)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    sets = {
        "dense": options.data / "dev" / "business_fr_dev.jsonl",
        "ordinary": options.data / "train" / "handwritten_fr.jsonl.gz",
    }
    samples = {name: slices(path, options.chars, options.slices) for name, path in sets.items()}
    detectors = {"everything on": Detector(), "rules alone": Detector(discover())}
    totals = {
        kind: {name: whole(detector, texts, options.rounds) for name, texts in samples.items()}
        for kind, detector in detectors.items()
    }
    for kind, row in totals.items():
        for name, total in row.items():
            print(f"{kind:<15}{name:<10}{total:>8.0f} µs at the median of {len(samples[name])} texts")
    rows = {
        r.id: [one(r, texts, max(3, options.rounds // 4)) for texts in samples.values()] for r in discover()
    }
    print(f"{'recogniser, µs':<28}{'dense':>10}{'ordinary':>10}")
    for recogniser, (dense, ordinary) in sorted(rows.items(), key=lambda row: -row[1][0]):
        print(f"{recogniser:<28}{dense:>10.1f}{ordinary:>10.1f}")
    if options.json:
        figures = {"chars": options.chars, "median_us": totals, "recognisers": rows}
        options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
