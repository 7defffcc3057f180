"""French identity cards by context: twelve characters (before 2021) or nine (since then).

Source: décret n° 55-1397 du 22 octobre 1955; règlement (UE) 2019/1157; ANTS, "La nouvelle carte".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._digits import of
from egide.detection.recognisers._said import said, words
from egide.detection.view import View

_CUE = re.compile(r"identite\b|\bcnie?s?\b|\bci n°|\bid card|identity card|\bc\.n\.i\b")
_NAMED = ("identite", "cni", "ci n°", "id card", "identity card", "c.n.i")  # one is in every cue
_OLD = re.compile(
    r"(?<![a-z0-9])[0-9oil]{4} ?[0-9][0-9ab] ?[0-9oil]{1,3} ?[0-9oil]{3,5}(?![a-z0-9])|"
    r"(?<![a-z0-9])[0-9]{6}[a-z][0-9]{5}(?![a-z0-9])"
)
_NEW = re.compile(r"(?<![a-z0-9])[a-z0-9]{9}(?![a-z0-9])")
_BEHIND = re.compile(r"(?:identite|cnie?)[^a-z]*(?:n°|numero)?[^a-z]*$")
_REACH = 22
_CUES = words("identite cni cnie cnis id identity")
_REASON = "Numéro de carte d'identité d'après le contexte."


def _search(view: View) -> Iterator[Finding]:
    if not any(map(view.low.__contains__, _NAMED)):
        return
    for number in of(view, 12):
        if said(view, number.start, _CUE, 60):
            yield Finding(number.start, number.end, "ID_CARD", 0.9, "id_card", _REASON)
    for start, _ in view.digits:
        match = _OLD.match(view.low, start)
        if match and sum(map(str.isalnum, match.group())) == 12 and said(view, match.start(), _CUE, 60):
            yield Finding(*match.span(), "ID_CARD", 0.85, "id_card", _REASON)
    for start, end in view.runs.codes:
        if end - start == 9 and said(view, start, _CUE, 60):
            yield Finding(start, end, "ID_CARD", 0.9, "id_card", _REASON)
    for start in sorted(_letters(view)):
        yield Finding(start, start + 9, "ID_CARD", 0.9, "id_card", _REASON)


def _letters(view: View) -> set[int]:
    """Starts of the numbers of nine letters alone, in capitals right behind the cue."""
    found = set()
    for cue in ("identite", "cni"):
        for at in view.occurrences(cue):
            for match in _NEW.finditer(view.low, at, at + _REACH + 10):
                start, end = match.span()
                plain = sum(c in "aeiou" for c in match.group()) > 1  # a word in capitals
                head = view.low[max(0, start - _REACH) : start]
                upright = match.group().isalpha() and view.text[start:end].isupper()
                if upright and not plain and _BEHIND.search(head):
                    found.add(start)
    return found


RECOGNISER = Recogniser(
    id="id_card",
    labels=("ID_CARD",),
    source="Décret n° 55-1397 ; règlement (UE) 2019/1157",
    search=_search,
    accepted=(
        "carte d'identité ⟦TRTMRCDKP⟧",
        "carte d'identité ⟦338365202891⟧",
        "pièce d'identité ⟦XRM8K6R4J⟧",
        "Voici ma carte d'identité (⟦D2H6862M2⟧)",
        "la carte d'identité numéro ⟦x4rtbpk29⟧",
        "CNI n° ⟦1206 9710 0384⟧",
        "CNI n° ⟦880220A01754⟧",
        "nom;cni\nPetit;⟦120697100384⟧",
    ),
    refused=(
        "carte d'identité nationale en cours",
        "CARTE D'IDENTITÉ FRANÇAISE",
        "120697100384",
        "la CNI est valable 15 ans",
    ),
    words=_CUES,
)
