"""A message as it is kept: its text, and which spans were masked (a question) or put back (an answer)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field

from egide.checks import AnswerChecks
from egide.ports import Delta, Preview
from egide.workspace.assistant.notes import UNSENT_WHY, Note, notes_of


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of a message, in code points, and the label of the value that stands there.

    ``reason``, in French, is set on a value that the model wrote and nobody had sent.
    """

    start: int
    end: int
    label: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a message; ``label`` is None for plain text, ``reason`` is that of its mark."""

    text: str = field(repr=False)
    label: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """Text and marks, in order and disjoint; ``notes`` on an answer (see ``notes``). ``moved`` says that
    another service gave it."""

    text: str = field(default="", repr=False)
    marks: tuple[Mark, ...] = ()
    notes: tuple[Note, ...] = ()
    moved: str = ""

    @classmethod
    def of_question(cls, text: str, preview: Preview) -> Body:
        """What the person wrote, with what left masked."""
        return cls(text, tuple(Mark(f.start, f.end, f.label) for f in preview.decision.masked))

    @classmethod
    def of_answer(cls, deltas: Iterable[Delta], moved: str = "") -> Body:
        """The pieces of an answer joined, with the values put back marked."""
        text, marks = [], []
        position, checks = 0, None
        for delta in deltas:
            checks = delta.checks or checks
            text.append(delta.text)
            if delta.label is not None and delta.text:
                marks.append(Mark(position, position + len(delta.text), delta.label))
            position += len(delta.text)
        whole = "".join(text)
        if checks is None:
            return cls(whole, tuple(marks), moved=moved)
        return cls(whole, tuple(_with_unsent(marks, checks)), notes_of(checks, whole), moved)

    def pieces(self) -> Iterator[Piece]:
        """Stretches that joined give ``text``."""
        position = 0
        for mark in self.marks:
            if mark.start > position:
                yield Piece(self.text[position : mark.start])
            yield Piece(self.text[mark.start : mark.end], mark.label, mark.reason)
            position = mark.end
        if position < len(self.text):
            yield Piece(self.text[position:])

    def to_json(self) -> dict[str, object]:
        """As sealed."""
        return {
            "text": self.text,
            "marks": [[m.start, m.end, m.label, m.reason] for m in self.marks],
            "notes": [asdict(note) for note in self.notes],
            "moved": self.moved,
        }

    @property
    def restored(self) -> bool:
        """Whether a value of the person's was put back."""
        return any(not mark.reason for mark in self.marks)

    @classmethod
    def from_json(cls, stored: dict[str, object]) -> Body:
        """Back from what was sealed."""
        marks = stored["marks"]
        assert isinstance(marks, list)  # noqa: S101 - we sealed it ourselves
        notes = stored.get("notes", [])  # answers kept before the checks have none
        assert isinstance(notes, list)  # noqa: S101 - we sealed it ourselves
        return cls(
            str(stored["text"]),
            tuple(Mark(*mark) for mark in marks),
            tuple(Note(**note) for note in notes),
            str(stored.get("moved", "")),
        )


def _with_unsent(marks: list[Mark], checks: AnswerChecks) -> list[Mark]:
    """The marks of values put back, and those of values that nobody sent, in order."""
    new = [
        Mark(one.start, one.end, one.label, UNSENT_WHY)
        for one in checks.unsent
        if not any(mark.start < one.end and one.start < mark.end for mark in marks)
    ]
    return sorted([*marks, *new], key=lambda mark: mark.start)
