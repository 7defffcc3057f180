"""How brackets, low lines and accents are written when a model or a tool escapes them.

HTML (also escaped twice), JSON, and the percent signs of an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

SQUARE, ANGLE, CURLY = "[", "<", "{"

OPENERS: Final[dict[str, str]] = {
    **dict.fromkeys(("&#91;", "&#x5b;", "&lsqb;", "&lbrack;", "&lb;", "\\u005b", "%5b"), SQUARE),
    **dict.fromkeys(("&lt;", "&#60;", "&#x3c;", "\\u003c", "%3c"), ANGLE),
    **dict.fromkeys(("&lcub;", "&lbrace;", "&#123;", "&#x7b;", "\\u007b", "%7b"), CURLY),
}
CLOSERS: Final[dict[str, str]] = {
    **dict.fromkeys(("&#93;", "&#x5d;", "&rsqb;", "&rbrack;", "&rb;", "\\u005d", "%5d"), SQUARE),
    **dict.fromkeys(("&gt;", "&#62;", "&#x3e;", "\\u003e", "%3e"), ANGLE),
    **dict.fromkeys(("&rcub;", "&rbrace;", "&#125;", "&#x7d;", "\\u007d", "%7d"), CURLY),
}
_LOW_LINES = ("&#95;", "&#x5f;", "&lowbar;", "&underbar;", "\\u005f", "%5f")
_SPACES = ("&nbsp;", "&#160;", "&#xa0;", "\\u00a0", "\\u202f", "%20")
_DASHES = ("&#45;", "&hyphen;", "&ndash;", "\\u2010", "\\u2011", "\\u2013")
SEPARATORS: Final = (*_LOW_LINES, *_SPACES, *_DASHES)
# É and é, the only accents that our words may take (TÉLÉPHONE, SÉJOUR, PÉNAL, SANTÉ, BIOMÉTRIE).
ACCENTS: Final[dict[str, str]] = {
    **dict.fromkeys(("&eacute;", "&#233;", "&#xe9;", "\\u00e9"), "é"),
    **dict.fromkeys(("&#201;", "&#xc9;", "\\u00c9".lower()), "É"),
}


def pattern(escapes: Iterable[str]) -> str:
    """A pattern (case ignored) of any of these, ``&`` written ``&amp;`` or not."""
    one_of = "|".join(re.escape(one).replace("&", "&(?:amp;)?") for one in sorted(set(escapes)))
    return rf"(?=[&\\%])(?:{one_of})"  # looks once before it tries them all


def beginnings(escapes: Iterable[str]) -> frozenset[str]:
    """Every strict beginning of these, in small letters: what may stand at the end of a piece."""
    written = {form for one in escapes for form in (one.lower(), one.lower().replace("&", "&amp;"))}
    return frozenset(form[:size] for form in written for size in range(1, len(form)))


def plain(escape: str) -> str:
    """An escape as the tables of this module hold it."""
    return escape.lower().replace("amp;", "")
