"""Choose, on carriers that were not learned from, when the network adds a finding and when it takes one back.

    python training/decide.py --weights weights.npz --data ../shared/data --out decisions.json

Each choice is made twice: for words that no other value keeps company, and for the others. A threshold a
label: the one with the best balance of values found (worth ``_RECALL`` times more) and words wrongly marked
(those of a text with nothing to hide count ``_EMPTY`` times). A veto a recogniser: the least certainty of
"nothing" at which no more than one in ``_TRUE`` of the rules' findings taken back was right.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

import corpora
import examples
from dataset import hand_written, held_out
from egide.detection.names.model import NameModel
from egide.detection.names.spans import ACCOMPANIED, ALONE, company, spans
from egide.detection.names.words import cut
from egide.detection.view import View
from export import LABELS, NEVER

_GRID = [0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.94, 0.97]
_RECALL = (1.2, 4.0)
"""Worth of a value found against a word wrongly marked: alone, accompanied. A letter full of values where one
more is marked costs little; one that leaves, much."""
_EMPTY, _TRUE, _SURE = 6.0, 3.0, 0.9
# What a check digit, a sign or a form proves is never taken back, nor a fact of the special categories: when
# in doubt about somebody's health, it stays hidden.
_DOUBTED = (
    "person_alone", "person_full", "person_field", "person_initials", "person_signature", "person_titled",
    "organisation_context", "organisation_kind", "organisation_legal", "organisation_shape", "location",
    "address", "username", "contract_ref", "case_ref", "customer_ref", "amount_context",
)  # fmt: skip
_FEWEST = 3
_CERTAINTIES = (0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98)
_CAUTIOUS = 0.85
"""The veto of a recogniser of which too little was seen."""


@dataclass
class Read:
    """A text with what the network and the rules say of it."""

    document: corpora.Document
    words: list[tuple[int, int]]
    weights: np.ndarray
    rules: list[tuple[int, int, str]]
    hidden: bytearray = field(init=False)
    beside: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        self.beside = company(self.weights[:, 0])
        self.hidden = bytearray(len(self.document.text))
        for start, end, *_ in self.rules:
            self.hidden[start:end] = b"\1" * (end - start)

    def reach(self, start: int, end: int) -> tuple[int, int]:
        """Words (first, end) of a span of characters."""
        inside = [i for i, (a, b) in enumerate(self.words) if a < end and start < b]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)


def read(model: NameModel, documents: list[corpora.Document]) -> list[Read]:
    """Every text read once."""
    rules, found = examples.rules(), []
    for document in documents:
        view = View(document.text)
        words = cut(view)
        if words.word:
            said = rules.detect(document.text)
            weights = model.weights(view, words, said)
            places = list(zip(words.start, words.end, strict=True))
            told = [(f.start, f.end, f.recogniser) for f in said]
            found.append(Read(document, places, weights, told))
    return found


def threshold(texts: list[Read], label: int, kept_company: int) -> float:
    """The best of the grid for one label, the rules having hidden what they hide."""
    best, chosen = 0.0, NEVER
    for least in reversed(_GRID):
        if kept_company == ALONE and least < _SURE:
            break
        gain = cost = 0.0
        only = np.full((2, len(LABELS)), NEVER, np.float32)
        only[kept_company, label] = least
        for text in texts:
            gold = [(a, b) for a, b, _ in text.document.spans]
            for first, end, _, _ in spans(text.weights, only, text.beside):
                start, stop = text.words[first][0], text.words[end - 1][1]
                inside = [(max(a, start), min(b, stop)) for a, b in gold if a < stop and start < b]
                new = sum(not text.hidden[i] for a, b in inside for i in range(a, b))
                wrong = sum(not text.hidden[i] for i in range(start, stop)) - new
                gain += min(1.0, new / 8)
                cost += min(1.5, wrong / 8) * (1 if gold else _EMPTY)
        worth = _RECALL[kept_company] * gain - cost
        # Where nothing speaks against it, what the network is nearly sure of is hidden; but of references,
        # which hold digits, the rules know more.
        tied = worth == best and least >= _SURE and LABELS[label] != "CONTRACT_REF"
        if worth > best or tied:
            best, chosen = worth, least
    return chosen


def vetoes(texts: list[Read], kept_company: int) -> dict[str, float]:
    """For each doubted recogniser, the certainty from which its findings are taken back."""
    seen: defaultdict[str, list[tuple[float, bool]]] = defaultdict(list)
    for text in texts:
        gold = [(a, b) for a, b, _ in text.document.spans]
        for start, end, name in text.rules:
            first, last = text.reach(start, end)
            if name in _DOUBTED and first < last and text.beside[first] == kept_company:
                nothing = float(text.weights[first:last, 0].min())
                seen[name].append((nothing, any(a < end and start < b for a, b in gold)))
    chosen = dict.fromkeys(_DOUBTED, _CAUTIOUS)
    for name, rows in seen.items():
        for certainty in _CERTAINTIES:
            back = [true for nothing, true in rows if nothing >= certainty]
            if len(back) >= _FEWEST and sum(back) * _TRUE <= len(back):
                chosen[name] = certainty
                break
    return chosen


def main() -> None:
    """Write the decisions."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    carriers = hand_written(options.data, random.Random(0))
    documents = [corpora.of_carrier(carrier) for carrier in carriers if held_out(carrier.id)]
    documents += corpora.prose(options.data.parent / "reference")[::20]
    texts = read(NameModel(dict(np.load(options.weights))), documents)
    alone, accompanied = vetoes(texts, ALONE), vetoes(texts, ACCOMPANIED)
    chosen = {
        "thresholds": {
            name: [
                NEVER if name == "OTHER" else threshold(texts, label, kept) for kept in (ALONE, ACCOMPANIED)
            ]
            for label, name in enumerate(LABELS)
        },
        "vetoes": {name: [alone[name], accompanied[name]] for name in _DOUBTED},
    }
    options.out.write_text(json.dumps(chosen, indent=1))
    print(json.dumps(chosen))


if __name__ == "__main__":
    main()
