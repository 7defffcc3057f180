"""How long a company without an IT department takes from an empty install to its first results.

    PYTHONPATH=src .venv/bin/python bench/journey_length.py [--json FILE]

Walks ``tests/browser/test_company_journey.py`` in Chromium: charter published, three people signed, one
trained with a certificate, a self-diagnosis, two usages validated, three programmes followed. Each person
reads every word of each page that is not folded, but no line twice, at 250 words a minute; a click takes 2 s,
a field 6 s. The service of AI is connected beforehand, as whoever installs Égide does it.

Bar: 25 minutes, everybody together, without the lesson of the training. Exit 1 above it.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

WALK: Final = "tests/browser/test_company_journey.py::test_a_company_goes_from_nothing_to_its_first_results"
WORDS_A_MINUTE: Final = 250
CLICK_S, FIELD_S = 2, 6
BAR_MINUTES: Final = 25.0
KINDS: Final = ("page", "notice", "charter", "lesson")
Step = dict[str, Any]


def main() -> int:
    """Walk, print the table, say whether the bar holds."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0] if __doc__ else "")
    parser.add_argument("--json", type=Path, help="write the steps and the minutes there")
    wanted = parser.parse_args().json
    steps = walked()
    for line in table(steps):
        print(line)
    minutes = {
        "all": spent(steps, KINDS),
        "without the lesson": spent(steps, KINDS[:3]),
        "without the texts to read (notice, charter, lesson)": spent(steps, KINDS[:1]),
    }
    print()
    for name, one in minutes.items():
        print(f"{one:5.1f} min  everybody together, {name}")
    for who in dict.fromkeys(one["who"] for one in steps):
        own = [one for one in steps if one["who"] == who]
        print(f"{spent(own, KINDS[:3]):5.1f} min  {who}, without the lesson")
    if wanted:
        wanted.write_text(json.dumps({"steps": steps, "minutes": minutes}, indent=1), encoding="utf-8")
    held = minutes["without the lesson"] <= BAR_MINUTES
    said = "held" if held else "not held"
    print(f"\nbar: {BAR_MINUTES:.0f} min, everybody together without the lesson: {said}")
    return 0 if held else 1


def walked() -> list[Step]:
    """The steps of the journey, as the test counted them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "steps.json"
        subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", WALK],
            env={**os.environ, "TEST_JOURNEY": str(path)},
            stdout=sys.stderr,
            check=True,
        )
        read: list[Step] = json.loads(path.read_text(encoding="utf-8"))
    return read


def spent(steps: Iterable[Step], kinds: Iterable[str]) -> float:
    """Minutes of these steps, with the reading of these kinds of text."""
    chosen = tuple(kinds)
    seconds = sum(
        one["clicks"] * CLICK_S
        + one["fields"] * FIELD_S
        + sum(one["read"].get(kind, 0) for kind in chosen) * 60 / WORDS_A_MINUTE
        for one in steps
    )
    return seconds / 60


def table(steps: list[Step]) -> Iterable[str]:
    """A line a step, and their sum."""
    yield (
        f"{'who':7}{'step':26}{'clicks':>7}{'fields':>7}"
        + "".join(f"{kind:>9}" for kind in KINDS)
        + "      min"
    )
    total: Counter[str] = Counter()
    for one in steps:
        total.update({"clicks": one["clicks"], "fields": one["fields"], **one["read"]})
        yield _line(one["who"], one["name"], {**one["read"], **one}, spent([one], KINDS))
    yield _line("all", "", total, spent(steps, KINDS))


def _line(who: str, name: str, told: Any, minutes: float) -> str:
    read = "".join(f"{told.get(kind, 0):>9}" for kind in KINDS)
    return f"{who:7}{name:26}{told['clicks']:>7}{told['fields']:>7}{read}{minutes:>9.1f}"


if __name__ == "__main__":
    sys.exit(main())
