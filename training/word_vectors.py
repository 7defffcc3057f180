"""What words mean, in 64 numbers each: states of the pretrained encoder for the word alone, compressed.

    python training/word_vectors.py --encoder E5_WEIGHTS --data ../shared/data --out OUT.npz

The words are those written in lower case in the training texts, and the common words of the lists.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from pathlib import Path

import numpy as np
import torch

import corpora
from dataset import hand_written
from egide.detection.recognisers._lexicon import Flag, lexicon
from egide.detection.view import fold
from encoder import Encoder
from network import MEANING

_LAYERS = (4, 8, 12)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def written(texts: list[str], least: int) -> dict[str, str]:
    """The usual spelling, with accents, of each folded word seen ``least`` times in lower case."""
    seen: Counter[str] = Counter(word for text in texts for word in _WORD.findall(text) if word.islower())
    total: Counter[str] = Counter()
    for word, count in seen.items():
        total[fold(word)] += count
    best: dict[str, str] = {}
    for word, _ in seen.most_common():
        if total[fold(word)] >= least:
            best.setdefault(fold(word), word)
    return best


def states(encoder: Encoder, words: list[str]) -> np.ndarray:
    """[len(words), 3 x 384]: the mean over its pieces of three layers' states, for each word alone."""
    pieces = encoder.pieces
    cut = [[pieces.bos, *pieces.cut(word, spaced=True), pieces.eos] for word in words]
    order = sorted(range(len(words)), key=lambda i: len(cut[i]))
    found = np.zeros((len(words), 384 * len(_LAYERS)), np.float32)
    for first in range(0, len(order), 256):
        batch = order[first : first + 256]
        width = max(len(cut[i]) for i in batch)
        ids = torch.ones(len(batch), width, dtype=torch.long)
        mask = torch.zeros(len(batch), width, dtype=torch.bool)
        for row, i in enumerate(batch):
            ids[row, : len(cut[i])] = torch.tensor(cut[i])
            mask[row, : len(cut[i])] = True
        inner = mask.float()
        inner[:, 0] = 0
        with torch.no_grad():
            x = encoder.norm(encoder.word[ids].float() + encoder.position[:width])
            kept = []
            for number, layer in enumerate(encoder.layers, 1):
                x = layer(x, mask[:, None, None, :])
                if number in _LAYERS:
                    kept.append((x * inner[:, :, None]).sum(1) / inner.sum(1, keepdim=True))
        found[batch] = torch.cat(kept, 1).numpy()
    return found


def compressed(vectors: np.ndarray) -> np.ndarray:
    """The first ``MEANING`` principal components, each layer weighing alike, in units of one deviation."""
    vectors = vectors - vectors.mean(0)
    blocks = np.split(vectors, len(_LAYERS), axis=1)
    vectors = np.concatenate([block / block.std() for block in blocks], axis=1)
    _, _, axes = np.linalg.svd(vectors[:: max(1, len(vectors) // 8000)], full_matrices=False)
    small = vectors @ axes[:MEANING].T
    return (small / small.std(0) ** 0.7).astype(np.float32)


def main() -> None:
    """Write words and vectors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    rng = random.Random(0)
    words = written([d.text for d in corpora.sampled(options.data, rng)], 3)
    words |= written([carrier.text for carrier in hand_written(options.data, rng)], 1)
    common = [word for word, flags in lexicon().items() if flags & (Flag.COMMON | Flag.KIND | Flag.ROLE)]
    words = {word: word for word in common} | words
    folded = sorted(word for word in words if len(word) > 1)
    vectors = compressed(states(Encoder(options.encoder), [words[word] for word in folded]))
    vectors /= np.abs(vectors).max(1, keepdims=True).clip(4) / 4
    np.savez(options.out, words=np.array("\n".join(folded)), vectors=vectors)
    print(len(folded), "words", vectors.std())


if __name__ == "__main__":
    main()
