"""Train the tagger on the examples of ``dataset.py``.

python training/train.py --examples FOLDER --meaning VECTORS.npz --out TAGGER.pt [--minutes 20]
"""

from __future__ import annotations

import argparse
import pickle
import random
import re
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

import network
from examples import SKIP, Example, Vocabulary
from reading import findings, score

_WORDS_A_BATCH = 1500
# The press and the generated texts are many and say less of what people paste.
# How much the teacher's opinion counts beside the annotation, where it has one.
_TAUGHT = 0.6
_WEIGHT = {"hand": 1.0, "other": 0.35}


def by_hand(name: str) -> bool:
    """A hand-written carrier, by its name ("A001", "ML012", joined ones too)."""
    return re.match(r"[A-Z]{1,2}[0-9]{1,4}(?:\+|$)", name) is not None


class Meanings:
    """The vectors of words, zero where there is none."""

    def __init__(self, path: Path) -> None:
        stored = np.load(path)
        self.vectors = np.concatenate((np.zeros((1, network.MEANING), np.float32), stored["vectors"]))
        self.place = {word: i for i, word in enumerate(str(stored["words"]).split("\n"), 1)}

    def of(self, vocabulary: Vocabulary) -> Tensor:
        """[V, 64] for every word of a vocabulary."""
        return torch.tensor(self.vectors[[self.place.get(word.rstrip("'"), 0) for word in vocabulary.number]])


class Batches:
    """Examples of one file, in batches of about the same length."""

    def __init__(self, path: Path, meanings: Meanings) -> None:
        examples, vocabulary = pickle.loads(path.read_bytes())
        self.examples: list[Example] = [e for e in examples if len(e.words)]
        taught = path.with_name(path.name.replace("round", "taught"))
        opinions = pickle.loads(taught.read_bytes()) if "round" in path.name and taught.exists() else []
        self.opinions = {id(e): o for e, o in zip(examples, opinions, strict=False) if o is not None}
        self._rows = torch.tensor(vocabulary.rows)
        self._flags = torch.tensor(vocabulary.flags, dtype=torch.float32)
        self._meaning = meanings.of(vocabulary)

    def shuffled(self, rng: random.Random) -> list[list[Example]]:
        """Batches in random order; each holds texts of like length."""
        order = sorted(self.examples, key=lambda e: len(e.words) * rng.uniform(0.9, 1.1))
        batches: list[list[Example]] = []
        at = 0
        while at < len(order):
            count = max(1, _WORDS_A_BATCH // max(1, len(order[min(at + 8, len(order) - 1)].words)))
            batches.append(order[at : at + count])
            at += count
        rng.shuffle(batches)
        return batches

    def tensors(self, batch: list[Example]) -> tuple[Tensor, ...]:
        """Rows, flags, meaning, forms, mask, tags."""
        length = max(len(e.words) for e in batch)
        words = torch.zeros(len(batch), length, dtype=torch.long)
        forms = torch.zeros(len(batch), length, 4, dtype=torch.long)
        mask = torch.zeros(len(batch), length)
        tags = torch.full((len(batch), length), SKIP, dtype=torch.long)
        for i, e in enumerate(batch):
            size = len(e.words)
            words[i, :size] = torch.from_numpy(e.words).long()
            forms[i, :size] = torch.from_numpy(e.forms).long()
            mask[i, :size] = 1
            tags[i, :size] = torch.from_numpy(e.tags).long()
        return self._rows[words], self._flags[words], self._meaning[words], forms, mask, tags


def opinions_of(batches: Batches, batch: list[Example], length: int) -> tuple[Tensor, Tensor]:
    """What the teacher thinks [B, T, tags], and where it thinks anything [B, T]."""
    thought = torch.zeros(len(batch), length, network.TAGS)
    known = torch.zeros(len(batch), length)
    for i, e in enumerate(batch):
        opinion = batches.opinions.get(id(e))
        if opinion is not None:
            thought[i, : len(opinion)] = torch.from_numpy(opinion.astype(np.float32)).softmax(1)
            known[i, : len(opinion)] = torch.from_numpy((opinion != 0).any(axis=1).astype(np.float32))
    return thought, known


def step(model: network.Tagger, batches: Batches, batch: list[Example], rng: random.Random) -> Tensor:
    """The loss of one batch."""
    rows, flags, meaning, forms, mask, tags = batches.tensors(batch)
    blind = torch.rand(len(batch)) < 0.2
    forms[blind] = network.without_evidence(forms[blind])
    meaning = meaning * (torch.rand(meaning.shape[:2]) > 0.05)[:, :, None]
    logits = model(rows, flags, meaning, forms, mask)
    losses = nn.functional.cross_entropy(
        logits.transpose(1, 2), tags, ignore_index=SKIP, reduction="none", label_smoothing=0.03
    )
    if batches.opinions:
        thought, known = opinions_of(batches, batch, tags.shape[1])
        apart = -(thought * logits.log_softmax(2)).sum(2)
        known = _TAUGHT * known * (tags != SKIP)
        losses = (1 - known) * losses + known * apart
    weights = torch.tensor([_WEIGHT["hand" if by_hand(e.document.id) else "other"] for e in batch])
    weights = weights[:, None] * (tags != SKIP)
    return (losses * weights).sum() / weights.sum()


def evaluate(model: network.Tagger, batches: Batches) -> dict[str, float]:
    """Exact F1 by label and others, on texts apart."""
    model.eval()
    pairs = []
    with torch.no_grad():
        for e in batches.examples:
            *inputs, _ = batches.tensors([e])
            weights = model(*inputs)[0].softmax(1).numpy()
            pairs.append((e.document, findings(e.document.text, weights)))
    model.train()
    return score(pairs)


def main() -> None:
    """Train for the given time, the step falling to nothing at its end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=Path, required=True)
    parser.add_argument("--meaning", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--start", type=Path, help="a tagger to go on from")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    meanings = Meanings(options.meaning)
    held = Batches(options.examples / "held.pkl", meanings)
    paths = sorted(options.examples.glob("round-*.pkl"))
    model = network.Tagger()
    if options.start:
        model.load_state_dict(torch.load(options.start))
    table = [model.pieces.weight, model.forms.weight]
    rest = [p for name, p in model.named_parameters() if name not in ("pieces.weight", "forms.weight")]
    optimiser = torch.optim.Adam([{"params": table, "lr": 3e-3}, {"params": rest, "lr": 1.2e-3}])
    peaks = [group["lr"] for group in optimiser.param_groups]
    began, limit, seen, number = time.monotonic(), 60 * options.minutes, 0, 0
    average = {name: p.detach().clone() for name, p in model.named_parameters()}
    while (spent := time.monotonic() - began) < limit:
        batches = Batches(paths[number % len(paths)], meanings)
        number += 1
        total = count = 0.0
        for batch in batches.shuffled(rng):
            spent = time.monotonic() - began
            if spent > limit:
                break
            share = min(1, spent / 20) * (0.02 + 0.98 * (1 - spent / limit))
            for group, peak in zip(optimiser.param_groups, peaks, strict=True):
                group["lr"] = peak * share
            loss = step(model, batches, batch, rng)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            for name, p in model.named_parameters():
                average[name].lerp_(p.detach(), 0.002)
            total, count, seen = (
                total + float(loss.detach()),
                count + 1,
                seen + sum(len(e.words) for e in batch),
            )
        figures = evaluate(model, held)
        shown = "  ".join(f"{name} {100 * value:.1f}" for name, value in figures.items())
        print(
            f"{spent / 60:5.1f} min  round {number}  {seen} words  loss {total / max(1, count):.4f}  {shown}",
            flush=True,
        )
    model.load_state_dict({**model.state_dict(), **average})
    print("averaged ", {name: round(100 * value, 1) for name, value in evaluate(model, held).items()})
    torch.save(model.state_dict(), options.out)


if __name__ == "__main__":
    main()
