from __future__ import annotations

import html
import json
import re
from urllib.parse import unquote

import pytest

from egide.pseudonymisation.escapes import ACCENTS, CLOSERS, OPENERS, beginnings, pattern, plain

ALL = {**OPENERS, **CLOSERS, **ACCENTS}
PAIRS = {"[": "]", "<": ">", "{": "}"}


def unescaped(escape: str) -> str:
    if escape.startswith("%"):
        return unquote(escape)
    return str(json.loads(f'"{escape}"')) if escape.startswith("\\") else html.unescape(escape)


# The one name that is in no standard, but that models write.
@pytest.mark.parametrize("escape", sorted(ALL.keys() - {"&lb;", "&rb;"}))
def test_an_escape_is_what_the_standards_say(escape: str) -> None:
    meant = PAIRS.get(ALL[escape], ALL[escape]) if escape in CLOSERS else ALL[escape]
    assert unescaped(escape) == meant


def test_escapes_are_found_in_any_case_and_escaped_twice() -> None:
    found = re.compile(pattern(OPENERS), re.IGNORECASE)
    for escape in ("&#91;", "&LT;", "&amp;lt;", "\\u005B", "%5B"):
        match = found.fullmatch(escape)
        assert match is not None
        assert plain(match[0]) in OPENERS


def test_every_strict_beginning_is_known() -> None:
    known = beginnings(["&lt;"])
    assert known == {"&", "&l", "&lt", "&a", "&am", "&amp", "&amp;", "&amp;l", "&amp;lt"}
