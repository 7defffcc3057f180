"""Who signs: the line after "Cordialement", a name alone on the last line, "— Solenn" at the end.

Source: layout of French letters and e-mail (signature under the closing formula).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._cues import CLOSINGS
from egide.detection.recognisers._lexicon import Flag
from egide.detection.recognisers._names import extend
from egide.detection.recognisers._tokens import Tokens, tokens
from egide.detection.view import View

_REASON = "Nom placé en signature."
_MARK = re.compile(r",|\(| [-–—|/] |\t| {3}|:")
# Beginnings of words, with the closings to look for where one is there.
_INLINE_WORDS = {
    "cord": ("cordia",),
    "cdt": ("cdt",),
    "cdlt": ("cdlt",),
    "sinc": ("sincerement", "sincerely"),
    "fait": ("faithfully",),
    "amic": ("amicalement",),
    "bise": ("bises",),
    "biso": ("bisous",),
    "chee": ("cheers",),
    "rega": ("regards",),
    "bien": ("bien a ", "a bientot"),
    "bonn": ("bonne j",),
    "merc": ("merci",),
    "plus": ("a plus",),
    "a": ("a+",),
}
_NAME = Flag.GIVEN | Flag.SURNAME
_UNLIKE = Flag.OPENER | Flag.GREETING | Flag.LEGAL | Flag.KIND | Flag.NEVER
_CLOSINGS: defaultdict[str, list[str]] = defaultdict(list)
for _closing in CLOSINGS:
    _CLOSINGS[max(re.findall("[a-z]+", _closing), key=len)[:4]].append(_closing)
_BLANK = " >*_-\r"
_INLINE = re.compile(
    r"\b(?:cordial(?:e?ment)?|cdt|cdlt|sincere(?:ment|ly)|faithfully|amicalement|bises|bisous|cheers|regards|"
    r"bien a (?:vous|toi)|"
    r"bonne journee|merci d'avance|merci|a\+|a plus|a bientot)[,.!]* (?=[a-z])"
)


def _name(t: Tokens, first: int, last: int, *, sure: bool) -> int:
    """End of the name that begins at word ``first`` of a line ending at ``last``, or -1."""
    if not 0 < last - first <= 5 or t.flags[first] & _UNLIKE & ~(_NAME if sure else 0):
        return -1
    while first < last and t.flags[first] & Flag.TITLE and last - first > 1:
        first += 1
    row = t.flags[first:last]
    if sure and any(f & Flag.GIVEN and not f & (Flag.COMMON | Flag.OPENER) for f in row):
        return last if all(not f & Flag.COMMON or f & _NAME for f in row) else extend(t, first)
    if all(t.shape[i] != 0 for i in range(first, last)) and all(
        f & _NAME or not f & Flag.COMMON for f in row
    ):
        return last if sure or any(f & Flag.GIVEN for f in row) else -1
    if sure and last - first <= 2 and all(not f & Flag.COMMON for f in row):
        return last
    return -1


def _closing_ends(view: View) -> set[int]:
    """Ends of the lines that close a letter: the formula, and at most forty characters behind it."""
    low, ends = view.low, set()
    for key in _CLOSINGS.keys() & view.beginnings:
        for closing in _CLOSINGS[key]:
            for at in view.occurrences(closing):
                past = at + len(closing)
                end = _line_end(low, past)
                inside = low[at - 1 : at].isalnum() or low[past : past + 1].isalnum()
                if end - past <= 40 and not inside and end - low.rfind("\n", 0, at) <= 160:
                    ends.add(end)
    return ends


def _line_end(low: str, at: int) -> int:
    end = low.find("\n", at)
    return end if end >= 0 else len(low)


def _next_line(low: str, end: int) -> tuple[int, int]:
    """The first line with something on it behind the line that ends at ``end``."""
    while end < len(low):
        start, end = end + 1, _line_end(low, end + 1)
        if low[start:end].strip(_BLANK):
            return start, end
    return end, end


def _last_line(low: str) -> tuple[int, int]:
    """The last line with something on it, when another comes before."""
    end = len(low.rstrip(_BLANK + "\n"))
    start = low.rfind("\n", 0, end) + 1
    return (start, _line_end(low, end)) if low[:start].strip(_BLANK + "\n") else (end, end)


def _after_closing(view: View, t: Tokens) -> Iterator[tuple[int, int]]:
    low = view.low
    rows = {_next_line(low, end): True for end in _closing_ends(view)}
    rows.setdefault(_last_line(low), False)
    for (start, end), closing in rows.items():
        if not 0 < end - start <= 60:
            continue
        # "Aurélie Prat, responsable des achats": the name stops at the first mark
        stop = _MARK.search(view.text, start, end)
        last_char = stop.start() if stop else end
        first, last = bisect_left(t.start, start), bisect_left(t.start, last_char)
        if not 0 < last - first <= 5 or any(c.isdigit() or c == "@" for c in low[start:last_char]):
            continue
        if last - first == 1 and t.flags[first] & Flag.COMMON and not t.flags[first] & Flag.GIVEN:
            continue
        finish = _name(t, first, last, sure=closing)
        if finish > first:
            yield first, finish


def _inline(view: View, t: Tokens) -> Iterator[tuple[int, int]]:
    """ "Cordialement Rudy", "merci, solenn" where the text ends just after."""
    literals = [word for key in _INLINE_WORDS.keys() & view.beginnings for word in _INLINE_WORDS[key]]
    for at in [at for literal in literals for at in view.occurrences(literal)]:
        match = _INLINE.match(view.low, at)
        if not match:
            continue
        first = bisect_left(t.start, match.end())
        if (
            first >= t.size
            or t.start[first] != match.end()
            or t.flags[first] & (_UNLIKE | Flag.COMMON) & ~Flag.GIVEN
        ):
            continue
        end = extend(t, first)
        tail = view.low[t.end[end - 1] : t.end[end - 1] + 3].strip(' .!»"')
        if (
            (not tail or tail[0] == "\n")
            and (t.flags[first] & _NAME or t.shape[first])
            and not t.flags[first] & Flag.COMMON
        ):
            yield first, end


def _search(view: View) -> Iterator[Finding]:
    t = tokens(view)
    if not t.size:
        return
    for first, end in (*_after_closing(view, t), *_inline(view, t)):
        yield Finding(t.start[first], t.end[end - 1], "PERSON", 0.8, "person_signature", _REASON)


RECOGNISER = Recogniser(
    id="person_signature",
    labels=("PERSON",),
    source="AFNOR NF Z 11-001, présentation des lettres : signature sous la formule de politesse",
    search=_search,
    accepted=(
        "Voici le devis.\n\nCordialement,\n⟦Soizic Tanguy⟧",
        "je passe jeudi\nbises\n⟦nath⟧",
        "Dossier transmis.\nBien à vous,\n\n⟦Rose⟧",
        "on se voit lundi. Cordialement ⟦Rudy⟧",
        "The quote is attached.\n\nYours faithfully,\n⟦George Hartley⟧",
        "See you on Monday.\nTake care,\n⟦Harriet⟧",
    ),
    refused=(
        "Merci de répondre vite.\n\nCordialement,",
        "Cordialement,\nLa Direction",
        "Termine par merci et une formule chaleureuse",
    ),
)
