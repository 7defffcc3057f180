"""HTML entities: "Andr&eacute;", "jean&#64;orange.fr", "&#x30;&#x36;".

Source: WHATWG, HTML Living Standard, 13.5 "Named character references".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from egide.detection.unveil.disguise import Disguise, Piece
from egide.detection.view import View

_ENTITY: Final = re.compile(r"&(?:#(?:[0-9]{1,8}|[xX][0-9a-fA-F]{1,7});?|[A-Za-z][A-Za-z0-9]{1,31};)")
_LONGEST: Final = 2


def _search(view: View) -> Iterator[Piece]:
    for match in _ENTITY.finditer(view.text):
        plain = unescape(match.group())
        if 0 < len(plain) <= _LONGEST and plain[0] != "\ufffd":
            yield Piece(*match.span(), plain)


DISGUISE = Disguise(
    id="entities",
    how="avec des entités HTML",
    source="WHATWG, HTML Living Standard, 13.5",
    signs=("&",),
    search=_search,
    accepted=(
        ("Andr&eacute; L&#233;ger", "André Léger"),
        ("jean&#64;orange&#x2E;fr", "jean@orange.fr"),
        ("06&nbsp;39", "06\u00a039"),
        ("&#48&#54 39", "06 39"),
    ),
    refused=("Petit & Fils ; Roy", "a&b=1;c", "&inconnu;", "&#0;", "&#99999999;", "R&D;"),
)
