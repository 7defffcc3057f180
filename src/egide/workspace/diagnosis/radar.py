"""The scores of the axes as a figure: where its lines, its points and its words go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import cos, pi, sin
from typing import Final

WIDTH: Final = 504
HEIGHT: Final = 330
RADIUS: Final = 104
LABEL_AT: Final = 120
RINGS: Final = (25, 50, 75, 100)
LINE: Final = 19
LONGEST: Final = 16


@dataclass(frozen=True, slots=True)
class Label:
    """The name of an axis: its lines, each with its height."""

    x: str
    anchor: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Radar:
    """``rings``, ``now`` and ``before`` are lists of points as SVG reads them; ``before`` may be empty."""

    rings: tuple[str, ...]
    spokes: tuple[tuple[str, str], ...]
    labels: tuple[Label, ...]
    now: str
    dots: tuple[tuple[str, str], ...]
    before: str
    width: int = WIDTH
    height: int = HEIGHT
    middle: tuple[int, int] = (WIDTH // 2, HEIGHT // 2)


def radar(
    names: Sequence[str], now: Sequence[Fraction | None], before: Sequence[Fraction | None] = ()
) -> Radar:
    """The figure of these axes. An axis without a score is drawn at the middle."""
    turns = [2 * pi * place / len(names) for place in range(len(names))]
    dots = [_at(turn, _length(score)) for turn, score in zip(turns, now, strict=True)]
    return Radar(
        rings=tuple(_points(_at(turn, RADIUS * ring / 100) for turn in turns) for ring in RINGS),
        spokes=tuple(_at(turn, RADIUS) for turn in turns),
        labels=tuple(_label(name, turn) for name, turn in zip(names, turns, strict=True)),
        now=_points(dots),
        dots=tuple(dots),
        before=_points(_at(turn, _length(score)) for turn, score in zip(turns, before, strict=False)),
    )


def _length(score: Fraction | None) -> float:
    return RADIUS * float(score or 0) / 100


def _at(turn: float, length: float) -> tuple[str, str]:
    # The first axis points upwards, the others follow as on a clock.
    x, y = WIDTH / 2 + length * sin(turn), HEIGHT / 2 - length * cos(turn)
    return f"{x:.1f}", f"{y:.1f}"


def _points(places: Iterable[tuple[str, str]]) -> str:
    return " ".join(f"{x},{y}" for x, y in places)


def _label(name: str, turn: float) -> Label:
    x, y = _at(turn, LABEL_AT)
    side = sin(turn)
    anchor = "middle" if abs(side) < 0.1 else "start" if side > 0 else "end"
    lines = _lines(name)
    top = float(y) + 5 - LINE * (len(lines) - 1) * (1 + cos(turn)) / 2
    return Label(x, anchor, tuple((f"{top + LINE * row:.1f}", line) for row, line in enumerate(lines)))


def _lines(name: str) -> list[str]:
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + len(word) < LONGEST:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
