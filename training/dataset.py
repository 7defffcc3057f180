"""Write the examples to learn from: each carrier drawn anew several times, the other sets once.

    python training/dataset.py --data ../shared/data --out FOLDER --rounds 8 --seed 1

A tenth of the carriers, chosen by their name, is kept apart as ``held.pkl`` (not drawn anew).
"""

from __future__ import annotations

import argparse
import pickle
import random
from pathlib import Path
from zlib import crc32

import corpora
import examples
import markup
import redraw
import variants
from neighbours import Neighbours

HERE = Path(__file__).parent


def hand_written(data: Path, rng: random.Random) -> list[markup.Carrier]:
    """Every carrier: the shared ones, and those of ``training/carriers``."""
    paths = [data / "train" / "handwritten_fr.markup.txt.gz", *sorted((HERE / "carriers").glob("*.txt*"))]
    return [carrier for path in paths for carrier in markup.carriers(path, rng)]


def held_out(name: str) -> bool:
    """Whether a carrier is kept apart to choose thresholds with."""
    return crc32(name.encode()) % 10 == 0


def main() -> None:
    """Write ``round-N.pkl`` (lists of examples and their vocabulary) and ``held.pkl``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--meaning", type=Path, help="vectors of words: vary the words around values too")
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--everything", action="store_true", help="hold nothing out: for the shipped weights")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    carriers = hand_written(options.data, random.Random(0))
    kept = [carrier for carrier in carriers if options.everything or not held_out(carrier.id)]
    prose = corpora.prose(options.data.parent / "reference")
    close = Neighbours(options.meaning) if options.meaning else None
    rules, draws = examples.rules(), redraw.Draws(options.data / "lists")
    if options.first == 0:
        vocabulary = examples.Vocabulary()
        held = [corpora.of_carrier(carrier) for carrier in carriers if held_out(carrier.id)]
        _write(options.out / "held.pkl", [examples.make(d, vocabulary, rules) for d in held], vocabulary)
    for number in range(options.first, options.first + options.rounds):
        rng = random.Random(number + 1)
        vocabulary = examples.Vocabulary()
        documents = [
            corpora.of_carrier(carrier if number == 0 else redraw.redraw(carrier, draws, rng))
            for carrier in kept
        ]
        documents += [variants.joined(*rng.sample(documents, 2), rng) for _ in range(len(documents) // 8)]
        documents += [
            corpora.of_carrier(redraw.redraw(variants.mixed(kept, rng), draws, rng))
            for _ in range(len(kept) // 2)
        ]
        if close:
            documents = [close.vary(d, rng, rng.choice((0.0, 0.1, 0.25))) for d in documents]
        documents += corpora.sampled(options.data, rng)
        documents += rng.sample(prose, min(700, len(prose)))
        made = [examples.make(variants.vary(d, rng), vocabulary, rules) for d in documents if d.text.strip()]
        _write(options.out / f"round-{number}.pkl", made, vocabulary)
        print(f"round {number}: {len(made)} texts, {sum(len(e.words) for e in made)} words", flush=True)


def _write(path: Path, made: list[examples.Example], vocabulary: examples.Vocabulary) -> None:
    path.write_bytes(pickle.dumps((made, vocabulary)))


if __name__ == "__main__":
    main()
