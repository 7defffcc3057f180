"""Content of an answer that could act where it is shown or pasted: images fetched at once, code, HTML.

Égide shows answers as plain text; a mail program or a wiki in which they are pasted may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple


class Active(NamedTuple):
    """A place of the answer; ``why`` is French."""

    start: int
    end: int
    kind: str
    why: str


_IMAGE: Final = re.compile(r"! ?\[[^\]\n]{0,200}\]\(\s{0,3}<?(?P<url>[^)\s>]{1,2000})")
_LINK: Final = re.compile(r"(?<!!)(?<!! )\[[^\]\n]{1,200}\]\(\s{0,3}<?(?P<url>[^)\s>]{1,2000})")
_CODE: Final = re.compile(
    r"\b(?:javascript|vbscript)\s{0,3}:|\bdata\s{0,3}:\s{0,3}[a-z]{2,12}/[a-z0-9.+-]{1,40}[;,]", re.IGNORECASE
)
_HTML: Final = re.compile(
    r"<(?:script|iframe|object|embed|form|img|svg|link|meta|style|base|video|audio|source|input|button)\b[^<>]{0,2000}>?",
    re.IGNORECASE,
)
_HANDLER: Final = re.compile(
    r"<[a-z][a-z0-9]{0,15}\b[^<>]{0,400}\son[a-z]{3,20}\s{0,3}=[^<>]{0,400}>?", re.IGNORECASE
)
_CARRIES: Final = re.compile(
    r"[?&#][^=&#\s]{0,60}=[^&#\s]{12,}|\[[A-Z]{2,12}_[2-9][2-9A-Z]{5}\]|%5B[A-Z]{2,12}_|/[A-Za-z0-9+_-]{40,}"
)
_LOCAL: Final = re.compile(r"(?![a-z][a-z0-9+.-]*:|[/\\]{2})", re.IGNORECASE)

_REMOTE_WHY: Final = "Image prise sur un autre site : l'afficher dirait à ce site qu'elle a été lue."
_CARRIED_WHY: Final = "Image dont l'adresse emporte des données : l'afficher les enverrait à ce site."
_LINK_WHY: Final = "Lien dont l'adresse emporte des données : l'ouvrir les enverrait à ce site."
_CODE_WHY: Final = "Lien qui exécute du code au lieu d'ouvrir une page."
_HTML_WHY: Final = "Code HTML : montré tel quel ici, il agirait dans un outil qui l'affiche."


def active_content(answer: str) -> list[Active]:
    """What could act, in order, without overlap."""
    found = sorted(_all(answer))
    kept: list[Active] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _all(answer: str) -> Iterator[Active]:
    if "](" in answer:
        for match in _IMAGE.finditer(answer):
            if not _LOCAL.match(match["url"]):
                carries = _CARRIES.search(match["url"]) is not None
                yield Active(*match.span(), "image", _CARRIED_WHY if carries else _REMOTE_WHY)
        for match in _LINK.finditer(answer):
            if _CARRIES.search(match["url"]):
                yield Active(*match.span(), "link", _LINK_WHY)
    if ":" in answer:
        for match in _CODE.finditer(answer):
            yield Active(*match.span(), "code", _CODE_WHY)
    if "<" in answer:
        for pattern in (_HTML, _HANDLER):
            for match in pattern.finditer(answer):
                yield Active(*match.span(), "html", _HTML_WHY)
