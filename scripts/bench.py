"""Run every measure of ``bench/``, one after the other: ``python scripts/bench.py DATA [NAME...]``.

Each prints its table and writes its figures under ``bench/results``. Exit 1 if one of them misses its bar.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).resolve().parent.parent / "bench"


def main(data: str, *names: str) -> int:
    """Run the scripts named, or all; those that read annotated texts are given their folder."""
    missed = []
    for script in sorted(BENCH.glob("[a-z]*.py")):
        if names and script.stem not in names:
            continue
        print(f"\n=== {script.stem}", flush=True)
        options = ["--data", data] if '"--data"' in script.read_text(encoding="utf-8") else []
        if subprocess.run([sys.executable, str(script), *options]).returncode:
            missed.append(script.stem)
    print("\nMesures manquées : " + ", ".join(missed) if missed else "\nToutes les mesures sont tenues.")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
