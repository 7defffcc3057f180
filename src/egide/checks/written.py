"""A text as a reader sees it, character by character, with how each is written: plain, or as a JSON document.

In the source of a JSON document a name stands before its value ("nom: Garrigou") and each value on its line,
so that what is read is close to what people write.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

from egide.checks.withholding import Unit

_PLAIN: Final = re.compile(r'[^"\\]+')
_HIGH: Final = r"\\u[dD][89abAB][0-9a-fA-F]{2}"
_ESCAPE: Final = re.compile(rf"{_HIGH}\\u[dD][c-fC-F][0-9a-fA-F]{{2}}|\\u[0-9a-fA-F]{{4}}|\\[^u]")
# The beginning of an escape, or the first of two that make one character.
_OPEN: Final = re.compile(rf"(?:{_HIGH})?(?:\\(?:u[0-9a-fA-F]{{0,3}})?)?")
_LONGEST: Final = 12
_BREAKS: Final = "[]{},"
_SPACES: Final = " \t\r\n"
_MOST_SPACES: Final = 64


def plain(text: str, label: str | None = None) -> list[Unit]:
    """The units of a text that is written as it is read."""
    return [Unit(one, one, "t", label) for one in text]


class JsonReader:
    """The source of one JSON document, that comes in pieces. What is no JSON is read as bare words."""

    def __init__(self) -> None:
        self._in_string = False
        self._rest = ""  # the beginning of an escape
        self._before = ""  # quotes and spaces, to be written with what follows

    def feed(self, source: str) -> Iterator[Unit]:
        """The units that are known once ``source`` has come."""
        source, self._rest = self._rest + source, ""
        at = 0
        while at < len(source):
            one = source[at]
            if not self._in_string:
                yield from self._outside(one)
                at += 1
            elif one == '"':
                self._in_string, self._before = False, one
                at += 1
            elif one == "\\":
                if len(source) - at < _LONGEST and _OPEN.fullmatch(source, at):
                    self._rest = source[at:]
                    return
                match = _ESCAPE.match(source, at)
                written = match[0] if match else one
                yield Unit(_read(written), written, "t")
                at += len(written)
            else:
                match = _PLAIN.match(source, at)
                for char in match[0] if match else "":
                    yield Unit(char, char, "t")
                at = match.end() if match else at + 1

    def close(self) -> Iterator[Unit]:
        """What is left of the document."""
        if self._before or self._rest:
            yield Unit("\n", self._before + self._rest, "s")
        self._in_string, self._rest, self._before = False, "", ""

    def _outside(self, one: str) -> Iterator[Unit]:
        if one in _SPACES and len(self._before) < _MOST_SPACES:
            self._before += one
            return
        before, self._before = self._before, ""
        if one == '"':
            # A unit of its own: what the string holds may be replaced.
            yield Unit(" ", before + one, "s")
            self._in_string = True
        elif one in _BREAKS or one in _SPACES:
            yield Unit("\n", before + one, "s")
        elif one == ":":
            yield Unit(one, before + one, "s")
        else:
            if before:
                yield Unit(" ", before, "s")
            yield Unit(one, one, "n")


def _read(written: str) -> str:
    """The character that an escape stands for; a sign for what is none."""
    try:
        one: str = json.loads(f'"{written}"')
    except ValueError:
        return "\ufffd"
    return one if len(one) == 1 and not "\ud800" <= one <= "\udfff" else "\ufffd"
