"""How far a person's name goes: capitals, particles, initials, compounds; and in lower-case chat."""

from __future__ import annotations

from egide.detection.recognisers._cues import LOWER_PARTICLES
from egide.detection.recognisers._lexicon import Flag
from egide.detection.recognisers._tokens import INITIAL, LOWER, Tokens

LONGEST = 5
ROMAN = frozenset(
    [
        "ii",
        "iii",
        "iv",
        "vi",
        "vii",
        "viii",
        "ix",
        "xi",
        "xii",
        "xiii",
        "xiv",
        "xv",
        "xvi",
        "xvii",
        "xviii",
        "xix",
        "xx",
        "xxi",
    ]
)
_SURNAME = Flag.SURNAME | Flag.SURNAME_STRONG
_STOP = Flag.OPENER | Flag.GREETING | Flag.TITLE | Flag.LEGAL
_USUAL = Flag.COMMON | Flag.OPENER | Flag.NEVER
_NAME = Flag.GIVEN | Flag.SURNAME


# "J. Dupont", "J.-P. Lemoine" behind one or two letters; "Hugues d'Amboise", "Lê -Nguyen" behind any.
_BEHIND_INITIAL = frozenset({". ", ".-", ".", "-"})
_BEHIND_NAME = frozenset({" d'", " l'", " -", "- "})


def follows(t: Tokens, i: int) -> bool:
    """Word ``i`` can go on the name that ends at word ``i - 1``."""
    if i >= t.size:
        return False
    if t.joined[i]:
        return True
    gap = t.gap[i]
    return gap in _BEHIND_NAME or (gap in _BEHIND_INITIAL and t.end[i - 1] - t.start[i - 1] <= 2)


def wordlike(t: Tokens, i: int) -> bool:
    """Word ``i``, capitalised, is more a word of the sentence than a name."""
    return t.flags[i] & _WORDLIKE == Flag.COMMON


_WORDLIKE = Flag.COMMON | Flag.SURNAME_STRONG | Flag.GIVEN_STRONG


def part(t: Tokens, i: int) -> bool:
    """Word ``i`` may be a part of a name by its capital, or in lower case by the lists."""
    flags = t.flags[i]
    if t.capital[i]:
        return (
            not flags & (_STOP | Flag.NEVER) and flags & _WORDLIKE != Flag.COMMON and t.word[i] not in ROMAN
        )
    return bool(flags & _NAME) and not flags & (_USUAL | (Flag.TITLE | Flag.ROLE | Flag.CALL))


def extend(t: Tokens, i: int) -> int:
    """End (excluded) of the name whose last sure word is ``i``; capitals go with capitals."""
    end = t.ends.get(i)
    if end is None:  # several recognisers ask for the same word
        end = t.ends[i] = _extend(t, i) if follows(t, i + 1) else i + 1
    return end


def _extend(t: Tokens, i: int) -> int:
    end, upright = i + 1, t.capital[i]
    while end < t.size and end - i < LONGEST and follows(t, end):
        flags = t.flags[end]
        if flags & Flag.PARTICLE:
            nxt = end + 1
            if nxt < t.size and t.flags[nxt] & Flag.PARTICLE and follows(t, nxt):  # "de la", "van den"
                nxt += 1
            if nxt < t.size and follows(t, nxt) and _after_particle(t, end, nxt, upright):
                end = nxt + 1
                continue
            if not t.capital[end] or not upright:
                break
        if upright and not t.shouted[end] and t.shape[end] == LOWER:
            break
        if upright != t.capital[end] or not part(t, end):
            break
        if not upright and not flags & _SURNAME:
            break
        end += 1
    return end


def _after_particle(t: Tokens, particle: int, i: int, upright: bool) -> bool:
    if upright:
        return (
            t.capital[i] and not t.flags[i] & _STOP and (t.shape[i] != INITIAL) and not t.flags[i] & Flag.KIND
        )
    listed = t.flags[i] & _SURNAME and not t.flags[i] & _USUAL
    return bool(listed) and t.word[particle] in LOWER_PARTICLES


def begin(t: Tokens, i: int) -> int:
    """First word of the name that holds word ``i``: surnames written before, initials."""
    least = max(0, i - LONGEST)
    while i > least and t.capital[i] and t.capital[i - 1] and follows(t, i):
        flags = t.flags[i - 1]
        if t.flags[i - 1] & Flag.TITLE and t.low[t.end[i - 1]] in ". ":
            break
        if t.shape[i - 1] == INITIAL or (
            part(t, i - 1) and flags & _NAME and not (t.opens[i - 1] and flags & Flag.COMMON)
        ):
            i -= 1
            continue
        break
    return i


def span(t: Tokens, first: int, end: int) -> tuple[int, int]:
    """Characters of words ``first`` to ``end`` (excluded), with the full stop of a last initial."""
    last = end - 1
    stop = t.end[last]
    if stop - t.start[last] == 1 and t.gap[end].startswith("."):
        stop += 1
    return t.start[first], stop
