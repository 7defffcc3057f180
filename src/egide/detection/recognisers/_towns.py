"""Names of French towns written in one or several words: "Saint-Étienne", "le havre", "Alençon".

Source: communes of the Code officiel géographique, by ``@etalab/decoupage-administratif``.
"""

from __future__ import annotations

from bisect import bisect_left

from egide.detection.recognisers._lexicon import Flag, lexicon
from egide.detection.recognisers._tokens import Tokens
from egide.detection.view import View


def longest_town(t: Tokens, i: int) -> int:
    """End (excluded) of the longest listed town that begins at word ``i``; ``i`` when there is none."""
    known, best, name = lexicon(), i, ""
    for k in range(i, min(i + 5, t.size)):
        if k > i and not (t.joined[k] or t.gap[k] in (" l'", " d'", "-", " -", "- ")):
            break
        name = f"{name}-{t.word[k]}" if name else t.word[k]
        # "l'" is cut off the word by the tokens, and belongs to the list's name
        if known.get(name, 0) & Flag.TOWN or known.get(f"l'{name}", 0) & Flag.TOWN:
            best = k + 1
    return best


def town_end(view: View, t: Tokens, at: int, *, loose: bool) -> int:
    """End of the town that begins at character ``at``, or -1; ``loose``: any capitalised words will do."""
    i = bisect_left(t.start, at)
    if i < t.size and t.start[i] > at and view.low[at : t.start[i]] not in ("l'", "d'"):
        return -1
    if i >= t.size:
        return -1
    end = longest_town(t, i)
    if not loose and end == i + 1 and t.flags[i] & (Flag.COMMON | Flag.OPENER) and t.shape[i] == 0:
        return -1
    if loose and t.shape[i] != 0 and not t.flags[i] & Flag.TITLE:
        k = max(end, i + 1)
        while k < t.size and k - i < 5 and (t.joined[k] or t.gap[k] in ("-", " d'", " l'", " -")):
            if t.shape[k] == 0 and not (
                t.flags[k] & Flag.PARTICLE and k + 1 < t.size and t.shape[k + 1] and t.joined[k + 1]
            ):
                break
            k += 1
        end = max(end, k)
    return t.end[end - 1] if end > i else -1
