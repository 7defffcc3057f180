"""A person named after a title: "M. Kerbrat", "Mme perrin", "Maître Hortense de La Villegeorges".

Source: titles in French letters (Imprimerie nationale, Lexique des règles typographiques, "Civilités")
and in English mail. The title itself is not personal: it stays outside the span.
"""

from __future__ import annotations

from collections.abc import Iterator

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers import _cues
from egide.detection.recognisers._lexicon import Flag
from egide.detection.recognisers._names import LONGEST, extend, span
from egide.detection.recognisers._tokens import Tokens, tokens
from egide.detection.view import View

_REASON = "Nom précédé d'un titre (M., Mme, Dr, Me…)."
_NAME = Flag.GIVEN | Flag.SURNAME
# What stands in the place of a name: "Mme X", "M. Y", "Monsieur XXX".
_NOBODY = frozenset(["x", "y", "z", "xx", "yy", "zz", "xxx", "yyy", "zzz", "xxxx"])
_MOST_TITLES = 4  # "Monsieur le Maire et Maître"
_NOT_NAME = Flag.OPENER | Flag.GREETING | Flag.ROLE | Flag.CALL


def _first(t: Tokens, i: int) -> int:
    """The word after title ``i`` where a name may start, or -1."""
    for nxt in range(i + 1, min(i + 1 + _MOST_TITLES, t.size)):
        gap = t.gap[nxt]
        if not (
            gap in (" ", ". ", ".", "  ", "\u00a0", " d'")
            or (gap.isspace() and "\n" not in gap and len(gap) < 4)
        ):
            return -1
        if (
            t.flags[nxt] & Flag.TITLE
            and t.word[nxt] not in ("don", "sir", "miss")
            and t.word[nxt - 1] != "veuve"
        ):
            continue
        return nxt
    return -1


def _believable(t: Tokens, title: int, i: int) -> bool:
    word, flags = t.word[title], t.flags[i]
    weak = word in _cues.WEAK_TITLES and t.text[t.end[title] : t.end[title] + 1] != "."
    if t.capital[i]:
        if flags & (Flag.OPENER | Flag.GREETING) or (
            flags & Flag.COMMON and not flags & Flag.SURNAME and flags & (Flag.ROLE | Flag.KIND)
        ):
            return False
        if word in ("m", "me") and not t.capital[title] and not flags & _NAME:
            return False
        if weak and flags & Flag.NEVER:
            return False
        return not (weak and flags & Flag.COMMON and not flags & Flag.SURNAME_STRONG)
    if flags & _NOT_NAME or (flags & Flag.COMMON and not flags & Flag.SURNAME_STRONG):
        return False
    if weak:
        return bool(flags & _NAME) and not flags & Flag.COMMON
    return True


def _search(view: View) -> Iterator[Finding]:
    t = tokens(view)
    for title in t.having(Flag.TITLE):
        if t.word[title] in ("me", "m") and t.low[t.start[title] - 1 : t.start[title]] == "'":
            continue
        i = _first(t, title)
        if i < 0:
            continue
        name = i
        while (
            name < t.size - 1
            and name - i < 2
            and t.flags[name] & Flag.PARTICLE
            and (t.joined[name + 1] or t.gap[name + 1] == " d'")
        ):
            name += 1
        if name > i and not (t.capital[name] or t.flags[name] & Flag.SURNAME):
            continue
        if name > i and t.word[i] in ("le", "la", "les", "l", "du", "des") and not t.capital[i]:
            continue  # "Madame la Directrice", "M. le maire"
        if t.word[name] in _NOBODY or not _believable(t, title, name):
            continue
        start, end = span(t, i, min(extend(t, name), i + LONGEST + 1))
        yield Finding(start, end, "PERSON", 0.95, "person_titled", _REASON)


RECOGNISER = Recogniser(
    id="person_titled",
    labels=("PERSON",),
    source="Imprimerie nationale, Lexique des règles typographiques, « Civilités »",
    search=_search,
    accepted=(
        "Bonjour Monsieur ⟦Kerbrat⟧, voici la relance.",
        "le docteur ⟦Heitz⟧ nous a reçus",
        "rdv avec mme ⟦perrin⟧ a 10h",
        "Maître ⟦Hortense de La Villegeorges⟧, notaire",
        "il faut rappeler mr ⟦da costa⟧ demain",
        "J'ai vu Mme ⟦Petit⟧ et M. ⟦Roy⟧ hier",
        "MONSIEUR ⟦OZTURK⟧, NOUS DEVIONS RECEVOIR QUARANTE ROULEAUX",
    ),
    refused=(
        "Madame, Monsieur, veuillez agréer",
        "Monsieur le Maire, Madame la Directrice",
        "Madame la présidente, bonjour",
        "il me demande un devis",
        "le maître d'ouvrage et le maître d'œuvre",
        "mesdames et messieurs les élus",
        "Présidente de séance : Mme X, secrétaire : M. Y",
    ),
)
