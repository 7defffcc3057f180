"""What a request for a transcription may hold, field by field (platform.openai.com, "Create transcription").

The values of a form are texts, also those that say a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from egide.gateway.fields import FLAG, Name, Obj, Put, Seq, Text, Unread, Word, wrong
from egide.gateway.slots import Walk
from egide.gateway.speech.recording import RecordingField


class Matching:
    """A number or a code, written as a text of this form: sent as it is."""

    def __init__(self, form: str, said: str) -> None:
        self._form, self._said = re.compile(form), said

    def read(self, value: Any, path: str, walk: Walk, put: Put) -> Any:
        if type(value) is not str or not self._form.fullmatch(value):
            raise wrong(path)
        return value

    def rows(self, path: str) -> Iterator[tuple[str, str]]:
        yield path, f"transmis tel quel ({self._said})"


_LANGUAGE: Final = Matching(r"[A-Za-z]{2,3}", "code de langue")
JSON_FORMATS: Final = ("json", "verbose_json", "diarized_json")
PLAIN_FORMATS: Final = ("text", "srt", "vtt")
REQUEST: Final = Obj(
    {
        "file": RecordingField(),
        "model": Name(),
        "prompt": Text(),
        "language": _LANGUAGE,
        "languages": Seq(_LANGUAGE),
        "keywords": Seq(Text()),
        "response_format": Word(*JSON_FORMATS, *PLAIN_FORMATS),
        "temperature": Matching(r"\d(?:\.\d{1,6})?", "nombre"),
        "timestamp_granularities": Seq(Word("word", "segment")),
        "include": Seq(Word("logprobs")),
        "chunking_strategy": Word("auto"),
        "stream": FLAG,
        "known_speaker_names": Seq(Text()),
        "known_speaker_references": Unread(),
    },
    ("file", "model"),
)
