"""Speed of the rules on French business prose: median time of the whole detector and of each recogniser.

    .venv/bin/python bench/detection_speed.py --data ../shared/data [--chars 2000] [--json OUT]

The texts are the prompts of ``dev/business_fr_dev.jsonl`` joined and cut to the asked length, so that
every measure sees names, numbers and plain sentences. One core, one thread; bar: 1 ms for 2,000
characters at the median. Times are of the processor (``thread_time``), so that other programs on the
machine do not count.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from pathlib import Path

from egide.detection import Detector
from egide.detection.merge import merge
from egide.detection.recogniser import Source, discover
from egide.detection.view import View


def texts(data: Path, chars: int) -> list[str]:
    """Texts of exactly ``chars`` characters, each beginning with another prompt."""
    lines = (data / "dev" / "business_fr_dev.jsonl").read_text(encoding="utf-8").splitlines()
    prompts = [json.loads(line)["text"] for line in lines]
    joined = ["\n\n".join(prompts[i:] + prompts[:i]) for i in range(0, len(prompts), 5)]
    return [text[:chars] for text in joined]


def median_us(samples: list[float]) -> float:
    """Median in microseconds."""
    return statistics.median(samples) * 1e6


def whole(samples: list[str], rounds: int) -> float:
    """Median time of ``Detector.detect``, each text seen anew each time."""
    detector, times = Detector(), []
    for _ in range(rounds):
        for text in samples:
            start = time.thread_time()
            detector.detect(text)
            times.append(time.thread_time() - start)
    return median_us(times)


def one(source: Source, samples: list[str], rounds: int) -> tuple[float, float]:
    """Median time of one recogniser on a fresh view: first (what it shares is computed) and again."""
    cold, warm = [], []
    for _ in range(rounds):
        for text in samples:
            view = View(text)
            for times in (cold, warm):
                start = time.thread_time()
                list(source.find(view))
                times.append(time.thread_time() - start)
    return median_us(cold), median_us(warm)


def main() -> None:
    """Print the table and, when asked, write the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--chars", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    samples = texts(options.data, options.chars)
    whole(samples, 2)
    total = whole(samples, options.rounds)
    rows = [(r.id, *one(r, samples, max(5, options.rounds // 4))) for r in discover()]
    rows.sort(key=lambda row: -row[2])
    found = [list(source.find(View(text))) for text in samples for source in discover()]
    merging = []
    for text in samples:
        findings = [f for source in discover() for f in source.find(View(text))]
        start = time.thread_time()
        merge(findings)
        merging.append(time.thread_time() - start)
    count = sum(map(len, found))
    print(f"whole detector: {total:.0f} µs at the median for {options.chars} characters, {count} findings")
    print(f"merge: {median_us(merging):.0f} µs; recognisers alone: {sum(r[2] for r in rows):.0f} µs")
    print(f"{'recogniser':<28}{'alone µs':>10}{'shared ready µs':>18}")
    for name, cold, warm in rows:
        print(f"{name:<28}{cold:>10.1f}{warm:>18.1f}")
    if options.json:
        figures = {"chars": options.chars, "median_us": total, "recognisers": {r[0]: r[2] for r in rows}}
        options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
