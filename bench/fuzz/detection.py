"""Hostile texts against the detector, guided by what they reach: no crash, no hang, no wrong offset.

    python -m venv build/fuzz && build/fuzz/bin/pip install atheris numpy
    PYTHONPATH=src build/fuzz/bin/python bench/fuzz/detection.py [--corpus build/corpus] -max_total_time=3600

Needs the PyPI package ``atheris``. Options of libFuzzer follow as they are; ``-timeout`` is the longest that
one text may take, in seconds. Texts begin from the recognisers' own examples.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import atheris

with atheris.instrument_imports(include=["egide.detection"]):
    from egide.detection import Detector
    from egide.detection.labels import LABELS
    from egide.detection.recogniser import discover

_LONGEST = 4_000
DETECTOR = Detector()


def one(data: bytes) -> None:
    """Read one text and check what is found in it."""
    text = data.decode("utf-8", "surrogateescape" if data[:1] < b"\x10" else "replace")[:_LONGEST]
    past = 0
    for finding in DETECTOR.detect(text):
        assert past <= finding.start < finding.end <= len(text), (text, finding)
        assert finding.label in LABELS, finding
        assert 0 < finding.score <= 1, finding
        past = finding.end


def main() -> None:
    """Write the examples as a corpus, then fuzz."""
    options = sys.argv[1:]
    corpus = Path("build/corpus")
    if "--corpus" in options:
        at = options.index("--corpus")
        corpus = Path(options[at + 1])
        del options[at : at + 2]
    corpus.mkdir(parents=True, exist_ok=True)
    for source in discover():
        for number, text in enumerate((*source.accepted, *source.refused)):
            plain = text.replace("⟦", "").replace("⟧", "")
            (corpus / f"{source.id}-{number}").write_text(plain, "utf-8", "surrogatepass")
    defaults = ["-timeout=10", f"-max_len={_LONGEST}", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *defaults, *options, str(corpus)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
