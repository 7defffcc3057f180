"""A recording as a field of a request: known by its first bytes, never by its name, which is not sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from egide.errors import GatewayError
from egide.gateway.fields import Put, wrong
from egide.gateway.slots import Walk

# What a recording begins with, the end of name and the media type under which it is sent.
_KINDS: Final = tuple(
    (re.compile(begins, re.DOTALL), ending, media)
    for begins, ending, media in (
        (rb"RIFF.{4}WAVE", "wav", "audio/wav"),
        (rb"fLaC", "flac", "audio/flac"),
        (rb"OggS", "ogg", "audio/ogg"),
        (rb"\x1a\x45\xdf\xa3", "webm", "audio/webm"),
        (rb".{4}ftyp", "m4a", "audio/mp4"),
        (rb"ID3[\x02-\x04]", "mp3", "audio/mpeg"),
        (rb"\xff[\xe2-\xe7\xf2-\xf7\xfa-\xfd]", "mp3", "audio/mpeg"),
    )
)


class Recording(NamedTuple):
    """Its bytes, and what they are."""

    data: memoryview
    ending: str
    media: str


def recognised(data: memoryview) -> Recording:
    """Raises GatewayError EG-4072 when the bytes are not those of a recording."""
    head = bytes(data[:16])
    for begins, ending, media in _KINDS:
        if begins.match(head):
            return Recording(data, ending, media)
    raise GatewayError("EG-4072")


class RecordingField:
    """The field that holds it."""

    def read(self, value: Any, path: str, walk: Walk, put: Put) -> Any:
        if type(value) is not Recording:
            raise wrong(path)
        return value

    def rows(self, path: str) -> Iterator[tuple[str, str]]:
        yield (
            path,
            "transmis tel quel, à un service local seulement ; le nom du fichier n'est jamais transmis",
        )
