"""Quality of the detector on the development sets, by the strict score.

    python bench/detection_quality.py --data ../shared/data [--scorer ../shared/tools/strict_score.py]

Prints one table a set, and writes ``bench/results/detection_quality.json`` (rates and counts only).
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

SETS = ("identifiers_fr.jsonl", "business_fr_dev.jsonl", "handwritten_fr_dev.jsonl.gz", "gdprps.jsonl.gz")
RESULTS = Path(__file__).parent / "results"


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
    parser.add_argument("--scorer", type=Path, help="default: tools/strict_score.py beside the data")
    options = parser.parse_args()
    scorer = options.scorer or options.data.parent / "tools/strict_score.py"
    detector, results = Detector(), {}
    with tempfile.TemporaryDirectory() as folder:
        for name in SETS:
            gold, predictions, scores = (
                options.data / "dev" / name,
                Path(folder, "predictions"),
                Path(folder, "scores"),
            )
            predict(detector, gold, predictions)
            print(f"\n== {name}", flush=True)
            done = subprocess.run([sys.executable, scorer, gold, predictions, "--json", scores], check=False)
            if done.returncode:
                return done.returncode
            results[name.partition(".")[0]] = json.loads(scores.read_text(encoding="utf-8"))
    RESULTS.mkdir(exist_ok=True)
    out = RESULTS / "detection_quality.json"
    out.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")
    print(f"\n{out}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
