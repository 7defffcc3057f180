r"""Escapes of JSON and programs: "Andr\u00e9", "jean\x40orange.fr", "ligne\nligne", "caf\303\251".

Source: RFC 8259, section 7 (JSON strings); ECMA-262, "String Literals"; Git, core.quotePath (octal).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.unveil.disguise import Disguise, Piece
from egide.detection.unveil.disguises._bytes import run
from egide.detection.view import View

_ESCAPE: Final = re.compile(
    r"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}"
    r"|U([0-9a-fA-F]{8})|((?:x[0-9a-fA-F]{2}\\)*x[0-9a-fA-F]{2})|((?:[0-3][0-7]{2}\\)*[0-3][0-7]{2})"
    r"|([nrt\"'/\\]))"
)
_HEX: Final = re.compile(r"\\x([0-9a-fA-F]{2})")
_OCTAL: Final = re.compile(r"\\([0-3][0-7]{2})")
# "C:\\Users\\thomas" holds no tab.
_PATH: Final = re.compile(r"(?:\b[A-Za-z]:|(?<![^\s\"'])\\\\)\\?[^\s\"':]*$")
_LONGEST: Final = 200
_SIGNS: Final = {"n": "\n", "r": "\r", "t": "\t"}


def _search(view: View) -> Iterator[Piece]:
    for match in _ESCAPE.finditer(view.text):
        piece = _piece(match)
        if piece:
            yield piece


def _piece(match: re.Match[str]) -> Piece | None:
    high, low, *codes, hexadecimal, octal, sign = match.groups()
    if hexadecimal:
        return run(match, _HEX, lambda one: int(one[1], 16))
    if octal:
        return run(match, _OCTAL, lambda one: int(one[1], 8))
    if sign:
        if sign in _SIGNS and _PATH.search(match.string, max(0, match.start() - _LONGEST), match.start()):
            return None
        return Piece(*match.span(), _SIGNS.get(sign, sign))
    code = 0x10000 + ((int(high, 16) & 0x3FF) << 10) + (int(low, 16) & 0x3FF) if high else 0
    code = code or int(next(filter(None, codes)), 16)
    # Half a pair and what no one prints stand for no character.
    known = 0x20 <= code <= 0x10FFFF and not 0xD800 <= code < 0xE000
    return Piece(*match.span(), chr(code)) if known else None


DISGUISE = Disguise(
    id="escapes",
    how="avec des échappements (JSON ou programme)",
    source="RFC 8259, section 7 ; ECMA-262",
    signs=("\\",),
    search=_search,
    accepted=(
        (r"Andr\u00e9 \ud83d\ude00", "André \U0001f600"),
        (r"jean\x40orange.fr", "jean@orange.fr"),
        (r"Ren\xc3\xa9e", "Renée"),
        (r"caf\303\251", "café"),
        (r"M. Roy\nIBAN", "M. Roy\nIBAN"),
        (r"\u{40} \U00000040", "@ @"),
        (r"https:\/\/exemple.fr", "https://exemple.fr"),
    ),
    refused=(r"C:\Users\Public", r"C:\Users\thomas\notes", r"\ud83d seul", r"\u12 \xZZ", r"\u0000"),
)
