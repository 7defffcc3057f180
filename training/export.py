"""From the trained tagger to the packaged ``weights.npz``: tables in 8 bits, the rest in half precision.

python training/export.py --tagger TAGGER.pt --meaning VECTORS.npz --out weights.npz [--decisions FILE.json]
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

import network
from corpora import TAGGED

NEVER = 2.0
"""A threshold that no probability reaches."""
LABELS = ["CONFIDENTIAL_MARK" if label == "CONFIDENTIAL" else label for label in TAGGED]


def packed(table: NDArray[np.float32], name: str) -> dict[str, NDArray[Any]]:
    """A table in 8 bits, a scale a row."""
    scale = np.abs(table).max(axis=1) / 127
    scale[scale == 0] = 1
    return {
        f"{name}.q": np.round(table / scale[:, None]).astype(np.int8),
        f"{name}.s": scale.astype(np.float16),
    }


def arrays(tagger: Path, meaning: Path) -> dict[str, NDArray[Any]]:
    """Every array but the decisions."""
    state = {name: tensor.numpy() for name, tensor in torch.load(tagger, map_location="cpu").items()}
    stored = np.load(meaning)
    found = packed(state["pieces.weight"], "pieces") | packed(state["forms.weight"], "forms")
    found |= packed(stored["vectors"], "meaning")
    found["meaning.words"] = stored["words"]
    found["flags.w"], found["flags.b"] = state["flags.weight"].T, state["flags.bias"]
    found["dilations"] = np.array(network.DILATIONS)
    for number in range(len(network.DILATIONS)):
        kernel = state[f"convolutions.{number}.weight"]  # [out, in, 3]
        found[f"layer{number}.w"] = kernel.transpose(2, 1, 0).reshape(-1, kernel.shape[0])
        found[f"layer{number}.b"] = state[f"convolutions.{number}.bias"]
    for name in ("own", "own_in", "own_out", "block"):
        found[f"{name}.w"], found[f"{name}.b"] = state[f"{name}.weight"].T, state[f"{name}.bias"]
    found["block"] = np.array([network.TOLD_AT, network.BLOCK])
    found["tags.w"], found["tags.b"] = state["tags.weight"].T, state["tags.bias"]
    return {name: a.astype(np.float16) if a.dtype == np.float32 else a for name, a in found.items()}


def decisions(path: Path | None) -> dict[str, NDArray[Any]]:
    """Thresholds [2, labels] and vetoes [2, doubted]: alone, then accompanied; even ones until chosen."""
    chosen = json.loads(path.read_text()) if path else {"thresholds": {}, "vetoes": {}}
    thresholds, vetoes = chosen["thresholds"], chosen["vetoes"]
    return {
        "labels": np.array("\n".join(LABELS)),
        "thresholds": np.array(
            [thresholds.get(label, [_usual(label)] * 2) for label in LABELS], np.float32
        ).T,
        "doubted": np.array("\n".join(vetoes)),
        "vetoes": np.array(list(vetoes.values()), np.float32).reshape(-1, 2).T,
    }


def _usual(label: str) -> float:
    """What rules alone name is never added."""
    return NEVER if label == "OTHER" else 0.5


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tagger", type=Path, required=True)
    parser.add_argument("--meaning", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--decisions", type=Path)
    options = parser.parse_args()
    np.savez_compressed(
        options.out, **arrays(options.tagger, options.meaning), **decisions(options.decisions)
    )
    print(f"{options.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
