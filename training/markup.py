"""Hand-written carriers, in the markup of ``carriers/``: ``[[LABEL#entity:value]]``, ``[[IBAN|spaced]]``.

``[[?LABEL:value]]`` marks what is neither a leak nor an error. A text is a list of pieces: plain strings
and values. Numbers with a check digit are filled with a valid one.
"""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numbers_fr

_HEAD = re.compile(r"^=== *([A-Z]+[0-9]+) *\|([^|\n]*)\|?([^\n]*)$", re.MULTILINE)
_VALUE = re.compile(r"\[\[(\??)([A-Z_]+)(?:#([A-Za-z0-9]+))?(?:\|([a-z]+))?(?::(.*?))?\]\]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Value:
    """A marked value. ``entity`` links the mentions of one person; ``optional``: neither leak nor error."""

    label: str
    text: str
    entity: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Carrier:
    """A text and its traits ("lowercase", "table", "empty"...)."""

    id: str
    domain: str
    traits: frozenset[str]
    pieces: tuple[str | Value, ...]

    @property
    def text(self) -> str:
        """The text as a person reads it."""
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)

    def spans(self) -> Iterator[tuple[int, int, Value]]:
        """(start, end, value), in order, in characters of ``text``."""
        at = 0
        for piece in self.pieces:
            size = len(piece if isinstance(piece, str) else piece.text)
            if isinstance(piece, Value):
                yield at, at + size, piece
            at += size

    def with_pieces(self, pieces: list[str | Value]) -> Carrier:
        """The same carrier with other words or values."""
        return replace(self, pieces=tuple(pieces))


def carriers(path: Path, rng: random.Random) -> list[Carrier]:
    """The carriers of a file, ``.gz`` accepted. Raises ValueError where brackets are left over."""
    raw = gzip.decompress(path.read_bytes()).decode() if path.suffix == ".gz" else path.read_text("utf-8")
    heads = list(_HEAD.finditer(raw))
    found = []
    for head, after in zip(heads, [*heads[1:], None], strict=True):
        body = raw[head.end() : after.start() if after else len(raw)].strip("\n")
        traits = frozenset(trait.strip() for trait in head[3].split(",") if trait.strip())
        carrier = Carrier(head[1], head[2].strip(), traits, tuple(_pieces(body, rng)))
        if "[[" in carrier.text or "]]" in carrier.text:
            raise ValueError(f"{path.name} {carrier.id}: brackets left over")
        found.append(carrier)
    return found


def _pieces(body: str, rng: random.Random) -> Iterator[str | Value]:
    at = 0
    for match in _VALUE.finditer(body):
        if match.start() > at:
            yield body[at : match.start()]
        optional, label, entity, form, text = match.groups()
        yield Value(label, text or numbers_fr.draw(label, form or "", rng), entity or "", bool(optional))
        at = match.end()
    if at < len(body):
        yield body[at:]
