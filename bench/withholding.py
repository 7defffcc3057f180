"""What taking unsent values out of a stream lets through, what it holds back, and what it costs.

    python bench/withholding.py [--data ../shared/data] [--names 0]

Every text is an answer of which nothing was sent. The reference is the detection of the whole text at once:
each value that it finds and that can be taken out should not come out, whole or in part. A part is what is
longer than four letters or digits. Also: the characters held back while the text comes one by one, and the
time for 1,000 characters beside that of one detection. Bars: 1 % of the values whole, 0.1 % in part.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from egide.checks import Sent, Withholder, mark, plain, removable, unsent
from egide.detection import Detector, Finding
from egide.detection.labels import LABELS
from egide.detection.recogniser import discover
from egide.gateway.withholding import Seeker

SETS = Path(__file__).parent / "sets"
NAMES = ("press", "court", "prompts", "prompts_2", "signatures", "quiet")
RESULTS = Path(__file__).parent / "results" / "withholding.json"
LONGEST_PART = 4
MOST_WHOLE, MOST_PARTS = 0.01, 0.001
_WORD = re.compile(r"[^\W_]+")


def texts(folder: Path | None) -> list[str]:
    """The texts of the sets, some joined to be as long as answers are."""
    paths = [SETS / f"{name}.jsonl" for name in NAMES]
    paths += [folder / "dev" / "business_fr_dev.jsonl"] if folder else []
    rows = [json.loads(line)["text"] for path in paths for line in path.read_text().splitlines()]
    return [*rows, *("\n\n".join(rows[at : at + 8]) for at in range(0, len(rows), 8))]


def wanted(text: str, found: Sequence[Finding]) -> list[Finding]:
    """What of ``found`` should be taken out when nothing was sent."""
    return [one for one in unsent(text, found, Sent(())) if removable(one)]


def rest(text: str, out: str) -> str:
    """What was given of the text."""
    for label in LABELS:
        out = out.replace(mark(label), "\x00")
    return out


def judge(text: str, given: str, findings: Sequence[Finding], tally: Counter[str], shown: list[str]) -> None:
    """Count values that came out whole or in part."""
    places = given.split("\x00")
    at, seen = 0, bytearray(len(text))
    for place in places:  # what was given, where it stands in the text
        begin = text.find(place, at) if place else at
        seen[begin : begin + len(place)] = b"\1" * len(place)
        at = max(at, begin + len(place))
    for one in findings:
        words = list(_WORD.finditer(text, one.start, one.end))
        total = sum(len(m[0]) for m in words)
        out = sum(sum(seen[m.start() : m.end()]) for m in words)
        tally["values"] += 1
        if out == total:
            tally["whole"] += 1
            shown.append(f"whole {one.label} {text[max(0, one.start - 30) : one.end + 30]!r}")
        elif out > LONGEST_PART:
            tally["part"] += 1
            shown.append(f"part {one.label} {text[one.start : one.end]!r}")


def _count(taken: Counter[str]) -> Callable[[str, str], None]:
    return lambda label, value: taken.update([label])


def main() -> int:
    """Measure, print, write; 1 when more goes out than the bars let."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path)
    parser.add_argument("--names", type=int, default=1)
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    detector = Detector() if options.names else Detector(sources=discover())
    answers = texts(options.data)
    tally, shown, held, spent, once = Counter[str](), list[str](), list[int](), 0.0, 0.0
    for text in answers:
        began = time.process_time()
        findings = wanted(text, detector.detect(text))
        once += time.process_time() - began
        taken = Counter[str]()
        one = Withholder(Seeker(detector.detect, Sent(())), _count(taken))
        out, began = "", time.process_time()
        for at in range(len(text)):
            pieces = one.feed(plain(text[at]))
            if pieces:
                out += "".join([piece.text for piece in pieces])
            held.append(one.held)
        out += "".join([piece.text for piece in one.close()])
        spent += time.process_time() - began
        judge(text, rest(text, out), findings, tally, shown)
        tally["texts"] += 1
        tally["characters"] += len(text)
        tally["taken"] += taken.total()
    per = 1e6 / tally["characters"]
    figures = {
        **tally,
        "held_median": statistics.median(held),
        "held_p99": sorted(held)[int(0.99 * len(held))],
        "held_max": max(held),
        "ms_per_1000": round(spent * per, 2),
        "ms_per_1000_once": round(once * per, 2),
    }
    print("\n".join(shown[: options.show]))
    for name, value in figures.items():
        print(f"{name:18} {value}")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(figures, indent=1) + "\n")
    return int(tally["whole"] > MOST_WHOLE * tally["values"] or tally["part"] > MOST_PARTS * tally["values"])


if __name__ == "__main__":
    sys.exit(main())
