"""What reading gives: the text of a document, or the lines of a picture with their places."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Line(NamedTuple):
    """A line of text in a picture. ``box`` is left, top, right, bottom in pixels. ``sure`` is False when
    the engine doubts what it read."""

    text: str
    box: tuple[int, int, int, int]
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a file. ``described`` says in French what the file is (« PDF, 3 pages »), ``unread``
    what of it is not in the text (« 2 images »). A picture has ``lines``, and the ``size`` in which they
    were read."""

    kind: str
    described: str
    text: str = field(default="", repr=False)
    unread: tuple[str, ...] = ()
    lines: tuple[Line, ...] = field(default=(), repr=False)
    size: tuple[int, int] = (0, 0)

    @property
    def is_picture(self) -> bool:
        """Whether it has lines and not a text of its own."""
        return self.size != (0, 0)


def counted(number: int, one: str, many: str) -> str:
    """« 1 page », « 3 pages »."""
    return f"{number} {one if number < 2 else many}"
