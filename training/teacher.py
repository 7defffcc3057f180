"""Fine-tune the pretrained encoder on the hand-written carriers; it then teaches the small tagger.

    python training/teacher.py --encoder E5_WEIGHTS --examples FOLDER --out TEACHER.pt [--minutes 30]

Each word is known by the state of its first piece. Only the hand-written texts and their redrawn forms are
learned from; ``label`` writes what the teacher thinks of every word of the examples, for ``train.py``.
"""

from __future__ import annotations

import argparse
import pickle
import random
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

import network
from corpora import Document
from egide.detection.names.words import cut
from egide.detection.view import View
from encoder import Encoder
from examples import SKIP, Example
from reading import findings, score
from train import by_hand

# The last layers of an encoder made for whole sentences say less of single words.
_DEPTH = 8
_LONGEST = 500
_PIECES_A_BATCH = 1600


class Teacher(nn.Module):
    """The encoder and one line of weights a tag."""

    def __init__(self, path: Path, frozen: int) -> None:
        super().__init__()
        self.encoder, self.frozen = Encoder(path, _DEPTH), frozen
        self.tags = nn.Sequential(nn.Dropout(0.1), nn.Linear(384, network.TAGS))
        self._cut: dict[tuple[str, bool], list[int]] = {}

    def pieces(self, document: Document) -> tuple[list[int], list[int]]:
        """Numbers of the pieces of a text, and the place of each word's first (-1: beyond the window)."""
        view = View(document.text)
        words, text = cut(view), document.text
        found, firsts, past = [self.encoder.pieces.bos], [], 0
        for start, end in zip(words.start, words.end, strict=True):
            for mark in text[past:start].split():
                found += self._one(mark, text[start - 1 : start] != mark)
            if len(found) >= _LONGEST:
                firsts.append(-1)
                continue
            firsts.append(len(found))
            found += self._one(text[start:end], start == 0 or text[start - 1].isspace())
            past = end
        return [*found[: _LONGEST + 8], self.encoder.pieces.eos], firsts

    def _one(self, word: str, spaced: bool) -> list[int]:
        key = word, spaced
        found = self._cut.get(key)
        if found is None:
            found = self._cut[key] = self.encoder.pieces.cut(word, spaced=spaced)
        return found

    def forward(self, ids: Tensor, mask: Tensor, firsts: Tensor) -> Tensor:
        """[B, T, tags] for the words whose first pieces are at ``firsts`` [B, T]."""
        states = self.encoder(ids, mask, self.frozen)
        index = firsts.clamp(min=0)[:, :, None].expand(-1, -1, states.shape[2])
        return self.tags(states.gather(1, index))


Prepared = tuple[list[int], list[int], Example]


def batched(model: Teacher, examples: list[Example], rng: random.Random) -> list[list[Prepared]]:
    """Texts of like length together."""
    ready = [(*model.pieces(e.document), e) for e in examples if len(e.words)]
    ready.sort(key=lambda one: len(one[0]) * rng.uniform(0.95, 1.05))
    batches, at = [], 0
    while at < len(ready):
        count = max(1, _PIECES_A_BATCH // len(ready[min(at + 6, len(ready) - 1)][0]))
        batches.append(ready[at : at + count])
        at += count
    rng.shuffle(batches)
    return batches


def tensors(batch: list[Prepared]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Pieces, mask, first pieces, tags."""
    width, length = max(len(ids) for ids, _, _ in batch), max(len(e.words) for *_, e in batch)
    ids = torch.ones(len(batch), width, dtype=torch.long)
    mask = torch.zeros(len(batch), width, dtype=torch.bool)
    firsts = torch.full((len(batch), length), -1)
    tags = torch.full((len(batch), length), SKIP)
    for i, (pieces, places, e) in enumerate(batch):
        ids[i, : len(pieces)] = torch.tensor(pieces)
        mask[i, : len(pieces)] = True
        firsts[i, : len(places)] = torch.tensor(places)
        tags[i, : len(e.tags)] = torch.from_numpy(e.tags.astype(np.int64))
    tags[firsts < 0] = SKIP
    return ids, mask, firsts, tags


def evaluate(model: Teacher, held: list[Example]) -> dict[str, float]:
    """The same figures as the tagger's."""
    model.eval()
    pairs = []
    with torch.no_grad():
        for batch in batched(model, held, random.Random(0)):
            ids, mask, firsts, _ = tensors(batch)
            weights = model(ids, mask, firsts).softmax(2).numpy()
            for row, (_, _, e) in zip(weights, batch, strict=True):
                pairs.append((e.document, findings(e.document.text, row[: len(e.words)])))
    model.train()
    return score(pairs)


def learn(model: Teacher, options: argparse.Namespace) -> None:
    """Train for the given time."""
    rng = random.Random(1)
    held = pickle.loads((options.examples / "held.pkl").read_bytes())[0]
    paths = sorted(options.examples.glob("round-*.pkl"))
    body = list(model.encoder.layers[model.frozen :].parameters())
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": 1.2e-4}, {"params": model.tags.parameters(), "lr": 2e-3}], weight_decay=0.01
    )
    peaks = [group["lr"] for group in optimiser.param_groups]
    began, limit, number = time.monotonic(), 60 * options.minutes, 0
    while (spent := time.monotonic() - began) < limit:
        examples, _ = pickle.loads(paths[number % len(paths)].read_bytes())
        number += 1
        seen = total = 0.0
        hand = [e for e in examples if by_hand(e.document.id) and "+" not in e.document.id]
        for batch in batched(model, hand, rng):
            spent = time.monotonic() - began
            if spent > limit:
                break
            share = min(1, spent / 60) * (0.02 + 0.98 * (1 - spent / limit))
            for group, peak in zip(optimiser.param_groups, peaks, strict=True):
                group["lr"] = peak * share
            ids, mask, firsts, tags = tensors(batch)
            logits = model(ids, mask, firsts)
            loss = nn.functional.cross_entropy(
                logits.transpose(1, 2), tags, ignore_index=SKIP, label_smoothing=0.03
            )
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            total, seen = total + float(loss.detach()), seen + 1
            if seen % 20 == 0:
                print(
                    f"{spent / 60:5.1f} min  round {number}  batch {seen:.0f}  loss {total / seen:.4f}",
                    flush=True,
                )
        figures = evaluate(model, held)
        shown = "  ".join(f"{name} {100 * value:.1f}" for name, value in figures.items())
        print(f"{spent / 60:5.1f} min  round {number}  loss {total / max(1, seen):.4f}  {shown}", flush=True)
        torch.save(model.state_dict(), options.out)


def label(model: Teacher, options: argparse.Namespace) -> None:
    """Write ``taught-N.npz`` beside each round: the teacher's weights of every tag, in half precision."""
    model.load_state_dict(torch.load(options.out))
    model.eval()
    for path in sorted(options.examples.glob("round-*.pkl"))[options.first : options.first + options.rounds]:
        examples, _ = pickle.loads(path.read_bytes())
        taught: list[np.ndarray | None] = [None] * len(examples)
        places = {id(e): i for i, e in enumerate(examples)}
        hand = [e for e in examples if by_hand(e.document.id)]
        with torch.no_grad():
            for batch in batched(model, hand, random.Random(0)):
                ids, mask, firsts, _ = tensors(batch)
                logits = model(ids, mask, firsts)
                for row, (_, seen, e) in zip(logits, batch, strict=True):
                    own = row[: len(e.words)].half().numpy()
                    own[np.array(seen) < 0] = 0
                    taught[places[id(e)]] = own
        (options.examples / f"{path.stem.replace('round', 'taught')}.pkl").write_bytes(pickle.dumps(taught))
        print(path.stem, flush=True)


def main() -> None:
    """Learn, or label."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", choices=("learn", "label"))
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--examples", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--frozen", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    model = Teacher(options.encoder, options.frozen)
    (learn if options.task == "learn" else label)(model, options)


if __name__ == "__main__":
    main()
