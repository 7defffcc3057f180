"""The places of a request that hold text: what the analysis reads and what masking writes back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from operator import setitem
from typing import Any


class Kind(Enum):
    """What may be done with a finding in this place."""

    TEXT = "text"  # masked in place
    NAME = "name"  # an identifier of the caller's program: cannot be masked, refused when it holds a value


@dataclass(slots=True)
class Slot:
    """One text of the request. ``lead`` is what stands before it when a passage is read as one text."""

    path: str
    text: str = field(repr=False)
    put: Callable[[str], None] = field(repr=False)
    kind: Kind = Kind.TEXT
    lead: str = field(default="", repr=False)


@dataclass(slots=True)
class Passage:
    """Slots that belong together and are read as one text: parts of a message, leaves of a JSON value.

    ``apart`` says that each slot is analysed alone too (parts of a message: a value may be cut by them,
    but two words of two parts must not be glued into one).
    """

    slots: list[Slot]
    apart: bool = False

    @property
    def text(self) -> str:
        """The passage as one text."""
        if len(self.slots) == 1 and not self.slots[0].lead:
            return self.slots[0].text
        return "".join(slot.lead + slot.text for slot in self.slots)


@dataclass(slots=True)
class Attachment:
    """A file that the request carries. ``data`` is Base64; ``media`` and ``ending`` are what is announced.

    ``put`` writes what leaves in its place, which ``as_text`` or ``as_picture`` (media type, Base64) make.
    """

    path: str
    data: str = field(repr=False)
    put: Callable[[Any], None] = field(repr=False)
    as_text: Callable[[str], Any] = field(repr=False)
    as_picture: Callable[[str, str], Any] = field(repr=False)
    media: str = ""
    ending: str = ""


def _nobody(kind: str, given: str) -> str | None:
    return None


class Walk:
    """What a reading of a request collects.

    ``token`` gives the keyed stand-in of an identifier that must not leave as it is; ``take`` the provider's
    own name behind one that was given out sealed, None when the seal is not right. ``tools`` are the tools
    that the provider may run itself. ``drops``: fields that are not known are left out, and counted in
    ``dropped``, instead of being refused. ``fixes`` are run, last first, once every slot is written: a JSON
    string is dumped again after its leaves.
    """

    def __init__(
        self,
        token: Callable[[str], str],
        take: Callable[[str, str], str | None] = _nobody,
        tools: Collection[str] = (),
        *,
        drops: bool = False,
    ) -> None:
        self.token, self.take, self.tools = token, take, tools
        self.drops, self.dropped = drops, 0
        self.passages: list[Passage] = []
        self.attachments: list[Attachment] = []
        self.fixes: list[Callable[[], None]] = []
        self._open: list[Passage] = []

    def add(self, slot: Slot) -> None:
        """A text was met."""
        if self._open:
            self._open[-1].slots.append(slot)
        else:
            self.passages.append(Passage([slot]))

    @contextmanager
    def passage(self, *, apart: bool = False) -> Iterator[None]:
        """Slots met inside are one passage, save those of a passage inside it."""
        opened = Passage([], apart)
        self._open.append(opened)
        try:
            yield
        finally:
            self._open.pop()
        if opened.slots:
            self.passages.append(opened)

    def finish(self) -> None:
        """Run the fixes, inner ones first."""
        for fix in reversed(self.fixes):
            fix()


def into(holder: Any, place: Any) -> Callable[[Any], None]:
    """What writes a value at ``holder[place]``."""

    def put(value: Any) -> None:
        setitem(holder, place, value)

    return put
