"""The files of a request: read off the event loop, their texts added to what is analysed, then put in place.

A document leaves as its masked text. A picture leaves as the masked text read in it, or painted over,
as the policy says. The files themselves never leave.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from egide.documents import File, FileRefusal, Limits, Reading, Sandbox
from egide.errors import DocumentError, GatewayError
from egide.gateway.fields import wrong
from egide.gateway.readings import Readings
from egide.gateway.slots import Attachment, Passage, Slot, Walk, into
from egide.policy import Pictures

# Files of other requests wait: each reading may take a whole core, and some 600 MB when it is by OCR.
_AT_ONCE: Final = min(max(2, os.cpu_count() or 2), 4)
_MOST_WAITING: Final = 32
_UNREAD: Final = "unread"  # how the journal counts what was refused


@dataclass(slots=True)
class _Painting:
    """A picture that leaves: the text of each line as it is in the request, masked when it had to be."""

    attachment: Attachment
    data: bytes = field(repr=False)
    reading: Reading
    texts: list[str] = field(repr=False)

    def masks(self) -> list[tuple[tuple[int, int, int, int], str]]:
        """The boxes to cover, each with what is written there; nothing where the engine doubts, nor in place
        of an order to the model, whose marks as data take more than a line."""
        return [
            (line.box, text if line.sure and "\n" not in text else "")
            for line, text in zip(self.reading.lines, self.texts, strict=True)
            if text != line.text or not line.sure
        ]


@dataclass(slots=True)
class Attached:
    """The files of one request. ``kinds`` are counted for the journal."""

    kinds: Mapping[str, int] = field(default_factory=dict)
    paintings: list[_Painting] = field(default_factory=list)


class Attachments:
    """Reads the files of requests, save those that were read lately."""

    def __init__(self, sandbox: Sandbox | None = None, readings: Readings | None = None) -> None:
        self._sandbox = sandbox or Sandbox()
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="egide-documents")
        self._waiting = 0
        self._known = readings or Readings()

    def close(self) -> None:
        """End the readings in progress."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._sandbox.close()

    async def read(self, walk: Walk, pictures: Pictures) -> Attached:
        """Read every file of a request and add its text to the passages of ``walk``.

        Raises DocumentError EG-4050 to EG-4055, or GatewayError EG-4003 or EG-4015.
        """
        if not walk.attachments:
            return Attached()
        attachments = walk.attachments
        limits = self._sandbox.limits
        try:
            files = await self._run(lambda: _decoded(attachments, limits))
            readings = await self._run(lambda: self._readings(files))
            attached = Attached(Counter(reading.kind for reading in readings))
            for place, (attachment, file, reading) in enumerate(
                zip(attachments, files, readings, strict=True)
            ):
                if reason := _unfit(reading, pictures):
                    raise FileRefusal(reason, place)
                if reading.is_picture and pictures is Pictures.MASKED:
                    attached.paintings.append(_place_picture(walk, attachment, file.data, reading))
                else:
                    _place_text(walk, attachment, reading)
        except FileRefusal as refusal:
            path = attachments[min(refusal.place, len(attachments) - 1)].path
            raise DocumentError(refusal.code, reason=refusal.words(limits), field=path) from None
        return attached

    async def paint(self, attached: Attached) -> None:
        """Make the pictures that leave, once their lines are masked. Raises DocumentError."""
        for painting in attached.paintings:
            kind = painting.reading.kind
            try:
                made = await self._run(partial(self._sandbox.paint, painting.data, kind, painting.masks()))
            except FileRefusal as refusal:
                words = refusal.words(self._sandbox.limits)
                raise DocumentError(refusal.code, reason=words, field=painting.attachment.path) from None
            media = "image/jpeg" if kind == "jpeg" else "image/png"
            encoded = await asyncio.to_thread(base64.b64encode, made)
            painting.attachment.put(painting.attachment.as_picture(media, encoded.decode()))

    async def _run(self, work: Callable[[], Any]) -> Any:
        if self._waiting >= _MOST_WAITING:
            raise GatewayError("EG-4015")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        finally:
            self._waiting -= 1

    def _readings(self, files: Sequence[File]) -> list[Reading]:
        known = [self._known.get(file) for file in files]
        places = [place for place, reading in enumerate(known) if reading is None]
        try:
            new = iter(self._sandbox.read([files[place] for place in places]) if places else ())
        except FileRefusal as refusal:
            within = refusal.place < len(places)
            raise FileRefusal(refusal.reason, places[refusal.place] if within else 0) from None
        found: list[Reading] = []
        for file, reading in zip(files, known, strict=True):
            if reading is None:
                reading = next(new)
                self._known.keep(file, reading)
            found.append(reading)
        return found


def refused(walk: Walk) -> Mapping[str, int]:
    """How the journal counts the files of a request when one of them is refused."""
    return {_UNREAD: len(walk.attachments)}


def _decoded(attachments: Sequence[Attachment], limits: Limits) -> list[File]:
    if len(attachments) > limits.files:
        raise FileRefusal("files", limits.files)
    return [_file(attachment) for attachment in attachments]


def _file(attachment: Attachment) -> File:
    try:
        data = base64.b64decode("".join(attachment.data.split()), validate=True)
    except (binascii.Error, ValueError):
        raise wrong(attachment.path) from None
    return File(data, attachment.media, attachment.ending)


def _unfit(reading: Reading, pictures: Pictures) -> str:
    """Why nothing of a file may leave, or nothing."""
    if not reading.is_picture:
        return "" if reading.text.strip() else "empty"
    if pictures is Pictures.REFUSED:
        return "pictures"
    return "no-text" if pictures is Pictures.TEXT and not _text(reading) else ""


def _place_text(walk: Walk, attachment: Attachment, reading: Reading) -> None:
    """The part becomes a text, masked like any other: what says what it is too, since a file could have
    some part in it."""
    told = reading.described + "".join(f" ; non lu : {part}" for part in reading.unread)
    if reading.is_picture:
        text = f"Texte lu dans l'image jointe (l'image n'est pas transmise) :\n\n{_text(reading)}"
    else:
        text = f"Contenu du document joint ({told}) :\n\n{reading.text}"
    attachment.put(attachment.as_text(text))
    put = attachment.put
    walk.passages.append(
        Passage([Slot(attachment.path, text, lambda masked: put(attachment.as_text(masked)))])
    )


def _place_picture(walk: Walk, attachment: Attachment, data: bytes, reading: Reading) -> _Painting:
    """Its lines are one passage: a value may be cut by the end of a line."""
    texts = [line.text for line in reading.lines]
    painting = _Painting(attachment, data, reading, texts)
    slots = [Slot(attachment.path, text, into(texts, place), lead="\n") for place, text in enumerate(texts)]
    if slots:
        walk.passages.append(Passage(slots, apart=True))
    return painting


def _text(reading: Reading) -> str:
    return "\n".join(line.text for line in reading.lines).strip()
