"""What the company's knowledge adds: time for 2,000 characters, and memory, with 200,000 entries.

    .venv/bin/python bench/knowledge_speed.py --data ../shared/data [--entries 200000] [--json OUT]

The entries are made up: surnames of the packaged list beside a kind of firm, and made-up words; 100 made-up
documents of 3,000 words are declared confidential. Same texts as ``detection_speed``, same way of timing:
best of several, median of the slices; what the rules alone take in the same run is printed beside, since
other programs share the machine. Bar: at most 1 ms more for 2,000 characters at the median, at most 60 MB of
memory. Also printed: how many of the texts, none written with these lists in mind, are touched.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from detection_speed import _all, median_best, slices
from egide.detection import Detector
from egide.detection.knowledge.compiling import compile_terms
from egide.detection.knowledge.copies import Copies, Document
from egide.detection.knowledge.lists import Lists, TermList
from egide.detection.knowledge.phrases import of_term
from egide.detection.knowledge.winnowing import fingerprint
from egide.detection.recogniser import Source, discover
from egide.detection.recognisers._lexicon import Flag, listed
from egide.detection.view import View

KEY = bytes(range(32))
KINDS = "Menuiserie Garage Transports Boulangerie Cabinet Atelier Pharmacie Domaine Imprimerie"
SYLLABLES = "bal cor del fan gri jol kem lus mor nav pol quin rid sov tal ver zan bri clo dru"
MOST_US, MOST_MB = 1000, 60


def entries(count: int) -> list[str]:
    """Distinct names of firms and of products."""
    draw = random.Random(7)
    surnames = sorted(word for word, flags in listed().items() if flags & Flag.SURNAME_STRONG)
    made: dict[str, None] = {}
    while len(made) < count:
        surname, kind = draw.choice(surnames).title(), draw.choice(KINDS.split())
        coined = "".join(draw.choices(SYLLABLES.split(), k=4)).title()
        form = draw.choice(["{kind} {surname}", "{surname} et Fils", "SARL {coined}", "{kind} {coined}"])
        made[form.format(kind=kind, surname=surname, coined=coined)] = None
    return list(made)


def documents(count: int, words: int = 3000) -> Iterator[str]:
    """Texts of everyday words, at random."""
    draw = random.Random(11)
    everyday = [word for word, flags in listed().items() if flags & Flag.COMMON]
    for _ in range(count):
        yield " ".join(draw.choices(everyday, k=words))


def measured(make: Callable[[], Source]) -> tuple[Source, float, float, float]:
    """What ``make`` gives, its memory and the most that making it took (MB), and how long (s of one core)."""
    tracemalloc.start()
    start = time.thread_time()
    made = make()
    taken = time.thread_time() - start
    held, most = (size / 1e6 for size in tracemalloc.get_traced_memory())
    tracemalloc.stop()
    return made, held, most, taken


def added(sources: list[Source], samples: list[str], rounds: int) -> float:
    """Median time of the sources when the view is there, in microseconds; its own words are not kept."""

    def once(view: View) -> None:
        view.__dict__.pop("_reading", None)
        for source in sources:
            _all(source, view)

    return median_best(rounds, [partial(once, View(text)) for text in samples])


def compiled(count: int) -> bytes:
    """The list, and how long it took to make."""
    start = time.thread_time()
    packed = compile_terms([phrase for entry in entries(count) for phrase in of_term(entry)], KEY)
    taken = time.thread_time() - start
    print(f"{count} entries compiled in {taken:.1f} s of one core, {len(packed) / 1e6:.1f} MB")
    return packed


def asked() -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--entries", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


def main() -> int:
    """Print the table; 1 when a bar is missed."""
    options = asked()
    dense = slices(options.data / "dev" / "business_fr_dev.jsonl", 2000, 60)
    ordinary = slices(options.data / "train" / "handwritten_fr.jsonl.gz", 2000, 60)
    packed = compiled(options.entries)
    prints = [Document(str(i), fingerprint(text, KEY)) for i, text in enumerate(documents(100))]
    makers: dict[str, Callable[[], Source]] = {
        "lists": lambda: Lists([TermList("Clients", "client", packed)], KEY),
        "copies": lambda: Copies(prints, KEY),
    }
    sources, memory = [], len(packed) / 1e6
    print("".join(f"{head:>10}" for head in ("", "held MB", "peak MB", "made s", "touched")))
    for name, make in makers.items():
        source, held, most, taken = measured(make)
        touched = sum(bool(_all(source, View(text))) for text in [*dense, *ordinary])
        print(f"{name:>10}{held:>10.1f}{most:>10.1f}{taken:>10.2f}{touched:>10}")
        sources.append(source)
        memory += held
    detector, figures = Detector(discover()), {"memory_mb": memory}
    for kind, texts in (("dense", dense), ("ordinary", ordinary)):
        base = median_best(options.rounds, [partial(detector.detect, text) for text in texts])
        figures[kind] = added(sources, texts, options.rounds)
        print(f"{kind}: {figures[kind]:.0f} µs more (bar {MOST_US}), beside {base:.0f} µs of the rules alone")
    print(f"memory: {memory:.1f} MB (bar {MOST_MB})")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return int(max(figures["dense"], figures["ordinary"]) > MOST_US or memory > MOST_MB)


if __name__ == "__main__":
    sys.exit(main())
