"""Base64 of a text, plain or of web addresses, on one line or cut into lines as in mail.

Images, keys and hashes are not texts and are left alone.
Source: RFC 4648, sections 4 and 5; RFC 2045, section 6.8 (lines of 76 characters).
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Iterator
from typing import Final

from egide.detection.unveil.disguise import Disguise, Piece
from egide.detection.unveil.disguises._bytes import encoded
from egide.detection.unveil.disguises._tokens import long_tokens
from egide.detection.unveil.gate import LONG
from egide.detection.view import View

_SHORTEST: Final = 12
_BODY: Final = rf"[A-Za-z0-9+/_-]{{{_SHORTEST},}}"
_TOKEN: Final = re.compile(rf"{_BODY}(?:\r?\n{_BODY})*(?:\r?\n[A-Za-z0-9+/_-]{{2,}}(?==))?={{0,2}}")
_LINE: Final = re.compile(rf"{_BODY}={{0,2}}")
_HOLLOW: Final = re.compile(r"[\r\n=]")
_PLAIN: Final = str.maketrans("-_", "+/")


def _search(view: View) -> Iterator[Piece]:
    for start, end in long_tokens(view):
        yield from _pieces(view.text, start, end)


def _pieces(text: str, start: int, end: int) -> Iterator[Piece]:
    for match in _TOKEN.finditer(text, start, end):
        piece = _piece(match.group(), match.start())
        if piece:
            yield piece
        elif "\n" in match.group():
            for line in _LINE.finditer(text, *match.span()):
                piece = _piece(line.group(), line.start())
                if piece:
                    yield piece


def _piece(token: str, at: int) -> Piece | None:
    compact = _HOLLOW.sub("", token).translate(_PLAIN)
    if len(compact) % 4 == 1 or compact.isdigit() or (compact.isalpha() and compact.islower()):
        return None
    try:
        data = b64decode(compact + "=" * (-len(compact) % 4), validate=True)
    except Error:
        return None
    if len(compact) == len(token):
        return encoded(
            token, at, data, lambda first, last: (first // 3 * 4, min(-(-last // 3) * 4, len(token)))
        )
    places = [i for i, char in enumerate(token) if char not in "\r\n="]
    return encoded(token, at, data, lambda first, last: _quanta(places, len(token), first, last))


def _quanta(places: list[int], size: int, first: int, last: int) -> tuple[int, int]:
    """The whole groups of four characters that hold the bytes, with the "=" after the last."""
    stop = -(-last // 3) * 4
    return places[first // 3 * 4], places[stop] if stop < len(places) else size


def _in_base64(text: str) -> str:
    return b64encode(text.encode()).decode()


_LETTER: Final = "Mme Renée Quillévéré, 06 39 98 10 57, renee.q@exemple.fr, joignable le soir"
_WRAPPED: Final = _in_base64(_LETTER)

DISGUISE = Disguise(
    id="base64_text",
    how="en Base64",
    source="RFC 4648 ; RFC 2045",
    signs=(LONG,),
    search=_search,
    accepted=(
        (f"corps : {_in_base64('jean.dupont@orange.fr')}", "corps : jean.dupont@orange.fr"),
        (_in_base64("0639981057"), "0639981057"),
        (_in_base64("Mme Renée Roy").rstrip("="), "Mme Renée Roy"),
        (f"{_WRAPPED[:76]}\r\n{_WRAPPED[76:]}", _LETTER),
        (
            "data:text/plain;base64," + _in_base64("M. Roy, 06 39 98 10 57"),
            "data:text/plain;base64,M. Roy, 06 39 98 10 57",
        ),
        (b64encode("06 39 98 10 57".encode("utf-16-le")).decode(), "06 39 98 10 57"),
    ),
    refused=(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "550e8400-e29b-41d4-a716-446655440000",
        "https://exemple.fr/chemin/vers/une/page-de-presentation",
        "AuthenticationManagerFactory",
        "anticonstitutionnellement",
        "----------------------------",
    ),
)
