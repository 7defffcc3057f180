"""Quality of the detector by the strict score, with everything on and by the rules alone.

    python bench/detection_quality.py --data ../shared/data

Two kinds of sets: those of ``--data``, seen while the detector was made; those of ``bench/sets``, written by
other hands and kept apart (prompts, signatures, rulings, press, and texts with nothing to hide; ``_2``: a
second hand, later). The difference between the two is what a new text loses. Prints a line a set, then its
table by label, and writes ``bench/results/detection_quality.json`` (rates and counts only).
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from egide.detection import Detector
from egide.detection.recogniser import discover

SEEN = ("identifiers_fr.jsonl", "business_fr_dev.jsonl", "handwritten_fr_dev.jsonl.gz", "gdprps.jsonl.gz")
APART = ("prompts", "prompts_2", "signatures", "court", "press", "quiet", "quiet_2")
HERE = Path(__file__).parent
RESULTS, SCORER = HERE / "results", HERE / "_strict_score.py"


def texts(path: Path) -> list[dict[str, str]]:
    """Id and text of every document."""
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in content.decode().splitlines() if line.strip()]


def predict(detector: Detector, gold: Path, out: Path) -> None:
    """Write what the detector finds in each document of ``gold``."""
    with out.open("w", encoding="utf-8") as lines:
        for document in texts(gold):
            spans = [
                {"start": f.start, "end": f.end, "label": f.label} for f in detector.detect(document["text"])
            ]
            lines.write(json.dumps({"id": document["id"], "spans": spans}) + "\n")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    paths = [options.data / "dev" / name for name in SEEN]
    paths += [HERE / "sets" / f"{name}.jsonl" for name in APART]
    detectors = {"everything": Detector(), "rules": Detector(discover())}
    results: dict[str, dict[str, object]] = {}
    with tempfile.TemporaryDirectory() as folder:
        predictions, scores = Path(folder, "predictions"), Path(folder, "scores")
        for kind, detector in detectors.items():
            for gold in paths:
                predict(detector, gold, predictions)
                print(f"\n== {gold.name.partition('.')[0]}, {kind}", flush=True)
                command = [sys.executable, SCORER, gold, predictions, "--json", scores]
                done = subprocess.run(command, check=False)
                if done.returncode:
                    return done.returncode
                found = json.loads(scores.read_text(encoding="utf-8"))
                results.setdefault(gold.name.partition(".")[0], {})[kind] = found
    RESULTS.mkdir(exist_ok=True)
    out = RESULTS / "detection_quality.json"
    out.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")
    print(f"\n{out}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
