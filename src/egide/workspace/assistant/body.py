"""A message as it is kept: its text, and which spans were masked (a question) or put back (an answer)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from egide.ports import Delta, Preview


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of a message, in code points, and the label of the value that stands there."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a message; ``label`` is None for plain text."""

    text: str = field(repr=False)
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """Text and marks, in order and disjoint."""

    text: str = field(default="", repr=False)
    marks: tuple[Mark, ...] = ()

    @classmethod
    def of_question(cls, text: str, preview: Preview) -> Body:
        """What the person wrote, with what left masked."""
        return cls(text, tuple(Mark(f.start, f.end, f.label) for f in preview.decision.masked))

    @classmethod
    def of_answer(cls, deltas: Iterable[Delta]) -> Body:
        """The pieces of an answer joined, with the values put back marked."""
        text, marks = [], []
        position = 0
        for delta in deltas:
            text.append(delta.text)
            if delta.label is not None and delta.text:
                marks.append(Mark(position, position + len(delta.text), delta.label))
            position += len(delta.text)
        return cls("".join(text), tuple(marks))

    def pieces(self) -> Iterator[Piece]:
        """Stretches that joined give ``text``."""
        position = 0
        for mark in self.marks:
            if mark.start > position:
                yield Piece(self.text[position : mark.start])
            yield Piece(self.text[mark.start : mark.end], mark.label)
            position = mark.end
        if position < len(self.text):
            yield Piece(self.text[position:])

    def to_json(self) -> dict[str, object]:
        """As sealed."""
        return {"text": self.text, "marks": [[m.start, m.end, m.label] for m in self.marks]}

    @classmethod
    def from_json(cls, stored: dict[str, object]) -> Body:
        """Back from what was sealed."""
        marks = stored["marks"]
        assert isinstance(marks, list)  # noqa: S101 - we sealed it ourselves
        return cls(str(stored["text"]), tuple(Mark(*mark) for mark in marks))
