"""Ways to hide a value, for the tests: each takes the value and gives what is written."""

from __future__ import annotations

import base64
import json
import unicodedata
from collections.abc import Callable
from urllib.parse import quote

VALUES = {
    "IBAN": "FR76 1350 6013 9253 0488 5381 032",
    "NIR": "2 41 03 33 808 335 21",
    "PHONE": "06 39 98 10 57",
    "EMAIL": "renee.quillevere@exemple.fr",
    "PERSON": "Mme Renée Quillévéré",
    "SECRET": "sk-ant-" + "api03-" + "a1B2c3D4e5F6g7H8" * 2,
}
_CYRILLIC = str.maketrans("AaBeEoOpPcCxXyiIHKMT", "АаВеЕоОрРсСхХуіІНКМТ")


def _shifted(value: str, upper: int, lower: int, digit: int) -> str:
    """Letters and digits of ASCII taken from other rows of Unicode."""
    rows = ((65, 90, upper), (97, 122, lower), (48, 57, digit))
    return "".join(
        next((chr(ord(c) - a + row) for a, b, row in rows if row and a <= ord(c) <= b), c) for c in value
    )


def _escaped(value: str, one: str) -> str:
    return "".join(one.format(byte) for byte in value.encode())


def _base64(value: str) -> str:
    return base64.b64encode(value.encode()).decode()


ENCODED: dict[str, Callable[[str], str]] = {
    "zero-width": "\u200b".join,
    "one joiner": lambda value: value[:4] + "\u200d" + value[4:],
    "soft hyphen": "\u00ad".join,
    "marks of direction": lambda value: "\u202a" + "\u200e".join(value) + "\u202c",
    "Cyrillic": lambda value: value.translate(_CYRILLIC) + "\u200b",
    "full width": lambda value: _shifted(value, 0xFF21, 0xFF41, 0xFF10),
    "mathematical": lambda value: _shifted(value, 0x1D400, 0x1D41A, 0x1D7CE),
    "circled": lambda value: _shifted(value, 0x24B6, 0x24D0, 0),
    "Arabic-Indic digits": lambda value: _shifted(value, 0, 0, 0x660),
    "accents apart": lambda value: unicodedata.normalize("NFD", value),
    "struck through": lambda value: "".join(c + "\u0336" for c in value),
    "decimal entities": lambda value: "".join(f"&#{ord(c)};" for c in value),
    "hexadecimal entities": lambda value: "".join(f"&#x{ord(c):x};" for c in value),
    "named entities": lambda value: value.replace("é", "&eacute;").replace("@", "&commat;"),
    "JSON": lambda value: "".join(f"\\u{ord(c):04x}" for c in value),
    "JSON string": lambda value: json.dumps(f"\n{value}")[3:-1],
    "escaped bytes": lambda value: _escaped(value, "\\x{:02x}"),
    "percent": lambda value: quote(value, safe=""),
    "every byte percent": lambda value: _escaped(value, "%{:02X}"),
    "percent twice": lambda value: quote(quote(value, safe=""), safe=""),
    "quoted-printable": lambda value: _escaped(value, "={:02X}"),
    "soft line break": lambda value: (value[:6] + "=\r\n" + value[6:]).replace("é", "=C3=A9"),
    "Base64": _base64,
    "Base64 in Base64": lambda value: _base64(_base64(value)),
    "Base64 of Windows": lambda value: base64.b64encode(value.encode("utf-16-le")).decode(),
    "Base64 of percent": lambda value: _base64(quote(value)),
    "hexadecimal": lambda value: value.encode().hex(),
    "pairs": lambda value: value.encode().hex(" "),
    "program": lambda value: ", ".join(f"0x{byte:02x}" for byte in value.encode()),
}
# What keeps the characters: for values without an accent to lose or a word to find.
LAID_OUT: dict[str, Callable[[str], str]] = {
    "set apart": lambda value: " ".join(value.replace(" ", "")),
    "one a line": lambda value: "\n".join(value.replace(" ", "")),
    "backwards": lambda value: f"\u202e{value[::-1]}\u202c",
    "cells": lambda value: value.replace(" ", " | "),
    "cells of HTML": lambda value: value.replace(" ", "</td><td>"),
    "lines of Windows": lambda value: value.replace(" ", "\r\n"),
}
