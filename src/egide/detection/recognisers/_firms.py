"""How far the name of a firm goes, forwards from its kind or legal form and backwards from it."""

from __future__ import annotations

from typing import Final

from egide.detection.recognisers._lexicon import Flag
from egide.detection.recognisers._tokens import INITIAL, Tokens

_LINKS: Final = frozenset(
    [
        "de",
        "du",
        "des",
        "d",
        "la",
        "le",
        "les",
        "l",
        "et",
        "&",
        "en",
        "au",
        "aux",
        "a",
        "sur",
        "the",
        "of",
        "and",
        "von",
        "van",
    ]
)
JOINS: Final = frozenset({" ", " & ", " d'", " l'", " - ", "-", " « ", ' "', "'", " de l'", " + "})
_STOP: Final = Flag.TITLE | Flag.GREETING
_TAIL: Final = frozenset(
    [
        "fils",
        "freres",
        "cie",
        "associes",
        "co",
        "partners",
        "&",
        "france",
        "group",
        "groupe",
        "sa",
        "sas",
        "sarl",
        "sasu",
        "eurl",
        "ltd",
        "inc",
        "gmbh",
    ]
)
LONGEST: Final = 7


def _linked(t: Tokens, i: int) -> bool:
    return 0 < i < t.size and t.gap[i] in JOINS


def firm_end(t: Tokens, i: int, *, lower: bool = False) -> int:
    """End (excluded) of the firm's name that begins at word ``i``; ``i`` itself when there is none."""
    end, first = i, i
    while end < t.size and end - first < LONGEST and _linked(t, end):
        word, flags = t.word[end], t.flags[end]
        if word in _LINKS and (not t.capital[end] or end > first or t.shouted[end]):
            nxt = end + 1
            if nxt < t.size and t.word[nxt] in _LINKS and _linked(t, nxt):
                nxt += 1
            if nxt >= t.size or not _linked(t, nxt) or not _proper(t, nxt, lower, word):
                if word == "et" or not t.capital[end] or t.shouted[end]:
                    break
                end += 1
                continue
            end = nxt + 1
            continue
        if flags & _STOP and not t.capital[end]:
            break
        if not _proper(t, end, lower, ""):
            break
        end += 1
    return end


def _proper(t: Tokens, i: int, lower: bool, link: str) -> bool:
    flags = t.flags[i]
    if t.word[i] in _TAIL and t.word[i] not in ("groupe", "france", "group"):
        return True
    if t.capital[i]:
        return not (flags & Flag.TITLE and t.end[i] - t.start[i] > 1) and not (
            flags & Flag.OPENER and t.opens[i]
        )
    if not lower:
        return False
    # Lower-case chat: a listed or unknown name goes on; a plain word only after "du", "des", "de la".
    if link in ("du", "des", "de", "la", "le", "les", "l", "d"):
        return not flags & (Flag.OPENER | Flag.CALL | Flag.ROLE | Flag.GREETING)
    return (
        not flags & (Flag.COMMON | Flag.OPENER | Flag.TITLE)
        or bool(flags & Flag.KIND)
        or (bool(flags & Flag.SURNAME_STRONG) and not flags & Flag.OPENER)
    )


def back(t: Tokens, i: int) -> int:
    """First word of the capitalised name that ends just before word ``i``."""
    first = i
    while first > 0 and i - first < 5 and _linked(t, first):
        word = t.word[first - 1]
        if (
            t.capital[first - 1]
            and not t.flags[first - 1] & (Flag.TITLE | Flag.GREETING)
            and (t.shape[first - 1] != INITIAL or first < i)
        ):
            if t.flags[first - 1] & (Flag.OPENER | Flag.ROLE | Flag.CALL) and t.opens[first - 1]:
                break
            first -= 1
            continue
        if (
            word in _LINKS
            and first > 1
            and t.capital[first - 2]
            and first < i
            and not t.flags[first - 2] & Flag.COMMON
        ):
            first -= 2
            continue
        break
    while first < i and t.flags[first] & Flag.OPENER:
        first += 1
    return first
