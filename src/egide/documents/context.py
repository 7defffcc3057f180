"""One reading in progress: its bounds, what it has used of them, and how a document in a document is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module

from egide.documents.limits import Limits
from egide.documents.ocr import Engine, find_engine
from egide.documents.readings import Reading
from egide.documents.refusals import Refusal


@dataclass(slots=True)
class Context:
    """Shared by a file and by those inside it. ``ocr`` False: pictures are not read, even with an engine."""

    limits: Limits = field(default_factory=Limits)
    ocr: bool = True
    before_ocr: Callable[[], None] = lambda: None
    unpacked: int = 0
    characters: int = 0
    scans: int = 0
    _depth: int = 0
    _engine: Engine | None = None

    def read(self, data: bytes, media: str = "", ending: str = "") -> Reading:
        """The text of a file. Raises Refusal."""
        # Imported late: the kinds of packages are told by a package, which counts here what it unpacks.
        from egide.documents.kinds import KINDS, agrees
        from egide.documents.sniffing import kind_of

        if len(data) > self.limits.bytes:
            raise Refusal("bytes")
        if self._depth > self.limits.depth:
            raise Refusal("depth")
        kind = kind_of(data, self)
        if not agrees(kind, media, ending):
            raise Refusal("mismatch")
        if kind == "text" and (ending.lower() in KINDS["csv"].endings or media in KINDS["csv"].media):
            kind = "csv"
        self._depth += 1
        read = import_module(f"egide.documents.formats.{KINDS[kind].reader}").read
        reading: Reading = read(data, kind, self)
        self._depth -= 1
        self._count(reading)
        return reading

    def unpack(self, size: int) -> None:
        """Count what is unpacked. Raises Refusal."""
        self.unpacked += size
        if self.unpacked > self.limits.unpacked:
            raise Refusal("unpacked")

    def engine(self) -> Engine:
        """What reads pictures, for one more of them. Raises Refusal when there is none."""
        if self._engine is None and self.ocr:
            self.before_ocr()
            self._engine = find_engine()
        if self._engine is None:
            raise Refusal("no-ocr")
        self.scans += 1
        if self.scans > self.limits.scans:
            raise Refusal("scans")
        return self._engine

    def _count(self, reading: Reading) -> None:
        self.characters += len(reading.text)
        if self.characters > self.limits.characters:
            raise Refusal("characters")
