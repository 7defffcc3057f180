"""Letters and digits of other alphabets and forms: "Dupоnt" with a Cyrillic o, full-width, mathematical or
circled ones, Arabic-Indic digits; accents written apart (NFD) or piled upon letters.

A word of another alphabet is read only when each of its letters looks like a Latin one.
Source: UTS 39 (confusables), UAX 15 (normalisation); see ``_lookalikes``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from egide.detection.unveil.disguise import Disguise, Piece
from egide.detection.unveil.disguises._lookalikes import foreign, latin
from egide.detection.unveil.disguises.invisible import INVISIBLE
from egide.detection.unveil.gate import STRANGE
from egide.detection.view import View

_MARKS: Final = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_USUAL: Final = "\x00-\xb1\xb4-\xb8\xba-\u017f\u2010-\u2023\u2025-\u2027\u202f-\u203a\u20ac\u2122"
_ODD: Final = re.compile(f"[^{_USUAL}{_MARKS}{INVISIBLE}][{_MARKS}]*")
_PILED: Final = re.compile(f"[{_MARKS}]+")
_HIDDEN: Final = re.compile(f"[{INVISIBLE}]")
# A word that might be of another language is read where no other word around is surely of it.
_AROUND: Final = 40
_MARK: Final = re.compile(f"[{_MARKS}]")


def _search(view: View) -> Iterator[Piece]:
    text = view.text
    for match in _PILED.finditer(text):
        start = max(0, match.start() - 1)
        if not _ODD.match(text, start) and not _HIDDEN.match(text, start):
            yield Piece(start, match.end(), _plain(text[start : match.end()]) or "")
    end, latin_word = 0, False
    for match in _ODD.finditer(text):
        char = match.group()[0]
        if foreign(char):
            if match.start() >= end:
                end, latin_word = _word(text, match.start())
            if not latin_word:
                continue
        plain = _plain(match.group())
        if plain:
            yield Piece(*match.span(), plain)


def _plain(cluster: str) -> str | None:
    """The letter of ``cluster`` with the accent that French would have, without what else is piled on it."""
    base = latin(cluster[0]) if cluster[0] > "\u017f" or cluster[0] in "²³¹" else cluster[0]
    if base is None or len(cluster) == 1:
        return base
    return _MARK.sub("", unicodedata.normalize("NFC", base + cluster[1:]))


def _word(text: str, at: int) -> tuple[int, bool]:
    """End of the word from ``at``, and whether all its letters may be Latin."""
    end = at
    while end < len(text) and text[end].isalnum():
        end += 1
    word = text[at:end]
    alone = all(map(foreign, word)) and not text[at - 1 : at].isalnum()
    around = text[max(0, at - _AROUND) : end + _AROUND] if alone else word
    return end, all(char < "\u0370" or not char.isalpha() or latin(char) for char in around)


DISGUISE = Disguise(
    id="characters",
    how="avec des caractères d'un autre alphabet ou d'une autre forme",
    source="UTS 39 ; UAX 15",
    signs=(STRANGE,),
    search=_search,
    accepted=(
        ("Mme Dupоnt", "Mme Dupont"),
        ("МАRТIN", "MARTIN"),
        ("ＦＲ７６ １３５０", "FR76 1350"),
        ("jean＠orange．fr", "jean@orange.fr"),
        ("𝐃𝐮𝐩𝐨𝐧𝐭", "Dupont"),
        ("ⒹⓊⓅⓄⓃⓉ", "DUPONT"),
        ("🅳🆄🅿🅾🅽🆃", "DUPONT"),
        ("٠٦ ٣٩ ٩٨ ١٠ ٥٧", "06 39 98 10 57"),
        ("⓪⑥ ③⑨", "06 39"),
        ("Rene\u0301e", "Renée"),
        ("D\u0336u\u0336p\u0336o\u0336n\u0336t\u0336", "Dupont"),
        ("0\u20e36\u20e3", "06"),
        ("ᴅᴜᴘᴏɴᴛ", "DUPONT"),
        ("⁰⁶ ³⁹ ⁹⁸ ¹⁰ ⁵⁷", "06 39 98 10 57"),
    ),
    refused=("Привет, мир", "нет, мой сок", "bonne journée 😀 ✅ → €", "Œuvre à 3 €", "la lettre Ω", "漢字"),
)
