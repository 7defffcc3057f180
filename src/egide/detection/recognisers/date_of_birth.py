"""Dates of birth by context: "née le 14 août 1951", "DDN 03/05/1961", a column "naissance".

Source: article 57 of the Civil Code (birth certificate: day, place); headings of Cerfa forms.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._lexicon import Flag
from egide.detection.recognisers._said import words
from egide.detection.recognisers._tables import cells
from egide.detection.recognisers._tokens import tokens
from egide.detection.view import View

_REASON = "Date de naissance d'après le contexte."
_MONTH = (
    r"(?:janv(?:ier)?|fevr?(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|aout|sept(?:embre)?|"
    r"oct(?:obre)?|nov(?:embre)?|dec(?:embre)?|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|"
    r"june?|july?|aug(?:ust)?|sep(?:tember)?|october|november|december)"
)
DATE = (
    rf"(?:[0-3]?[0-9](?:er)? ?[/.-] ?[01]?[0-9] ?[/.-] ?(?:(?:19|20)[0-9]{{2}}|"
    rf"[0-9]{{2}})(?![0-9])|(?:19|20)[0-9]{{2}}-[01][0-9]-[0-3][0-9]|"
    rf"[0-3]?[0-9](?:er|st|nd|rd|th)?(?: of)?(?: |-){_MONTH}\.?(?: |-)(?:19|20)?[0-9]{{2}}(?![0-9])|"
    rf"{_MONTH}\.? [0-3]?[0-9](?:st|nd|rd|th)?,? (?:19|20)[0-9]{{2}}|"
    rf"[0-3][0-9] [01][0-9] (?:19|20)[0-9]{{2}})"
)
_CUE = re.compile(
    rf"(?:\bnee?(?:s|\.e|\(e\)|·e)?\b[^.;\n]{{0,45}}?\b(?:le|en|du)? ?|naissance[^.;0-9\n]{{0,25}}|"
    rf"\bddn\b[^0-9\n]{{0,5}}|\bd\.?o\.?b\.?\b[^0-9\n]{{0,5}}|"
    rf"\bborn\b[^.;0-9\n]{{0,25}}|birth[a-z]*[^.;0-9\n]{{0,15}}|\bne\(e\) le[^0-9\n]{{0,3}})({DATE})"
)
_WORDS = re.compile(r"\bnee?(?:\(e\))? le ((?:[a-z-]+ ){2,4}(?:mil|mille|deux mille)[a-z -]{3,40})")
_CUES = words("ne nee nes naissance ddn dob born birth birthdate birthday")
_DATE = re.compile(DATE)
_YEAR = re.compile(r"(?:19[0-9]{2}|200[0-9]|201[0-9])\b")
_GAPS = frozenset(first + last for first in " (," for last in " (,")
_AFTER_NAME = Flag.GIVEN | Flag.SURNAME


def _beside_a_name(view: View) -> Iterator[tuple[int, int]]:
    """ "Mme Denise Roblin (18/06/1947)": an old date in brackets or after a comma behind a name."""
    low = view.low
    behind = [start for start in view.runs.starts if low[start - 2 : start] in _GAPS]
    t = tokens(view)
    for start in behind:
        mark = start
        while mark and low[mark - 1] in " (,":
            mark -= 1
        i = bisect_left(t.end, mark) if 1 < start - mark < 4 else t.size
        if (
            i == t.size
            or t.end[i] != mark
            or not t.flags[i] & _AFTER_NAME
            or (t.flags[i] & Flag.COMMON and not t.capital[i])
            or t.shape[i] == 0
        ):
            continue
        match = _DATE.match(view.low, start)
        if match and _YEAR.search(match.group()):
            yield match.span()


def _said(view: View) -> Iterator[tuple[int, int]]:
    low = view.low
    in_letters = "mil" in low
    places = [place for cue in _CUES & view.vocabulary for place in view.places(cue)]
    for at, end in (*places, *((at, at + 5) for at in view.occurrences("d.o.b"))):
        # "ne" is everywhere: a figure must follow.
        near = view.runs.next(end) < end + 64
        match = _CUE.match(low, at) if near else None
        match = match or (_WORDS.match(low, at) if in_letters else None)
        if match:
            yield match.span(1)


def _search(view: View) -> Iterator[Finding]:
    spans = list(_said(view))
    for kind, start, end in cells(view):
        found = _DATE.search(view.low, start, end) if kind == "DATE_OF_BIRTH" else None
        if found:
            spans.append(found.span())
    if view.digits:
        spans += _beside_a_name(view)
    for start, end in spans:
        yield Finding(start, end, "DATE_OF_BIRTH", 0.9, "date_of_birth", _REASON)


RECOGNISER = Recogniser(
    id="date_of_birth",
    labels=("DATE_OF_BIRTH",),
    source="Code civil, article 57 ; formulaires Cerfa",
    search=_search,
    accepted=(
        "Violette Ornano, née Paoli le ⟦14 août 1951⟧ à Sartène",
        "DDN : ⟦03/05/1961⟧",
        "date de naissance ⟦1984-01-09⟧",
        "Mme Denise Roblin (⟦18/06/1947⟧) est suivie",
        "nom;naissance\nSantoni;⟦30/11/2009⟧",
        "She was born on ⟦12th March 1984⟧ in York",
        "born ⟦3rd of June 1975⟧",
        "birth date ⟦12 Mar 1984⟧",
        "Date of birth: ⟦March 12th, 1984⟧",
        "D.O.B. ⟦03-12-1984⟧",
    ),
    refused=(
        "la réunion du 14 août 2024",
        "facture du 03/05/2023, échéance le 03/06/2023",
        "le projet est né en mars",
        "The board met on 12th March 2024",
    ),
    anchors=("1", "2", "mil"),
)
