"""A first name alone, or a surname alone after a cue: "Bonjour Céleste,", "dis à nico", "chez perrin".

Source: INSEE, Fichier des prénoms. A first name that is no everyday word is one person's data
wherever it stands; one that is (Rose, Pierre, Marine) needs a cue or a capital inside a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._context import CUE, cue, eponym, preposition, street
from egide.detection.recognisers._cues import SAYS
from egide.detection.recognisers._lexicon import Flag
from egide.detection.recognisers._names import ROMAN, extend, span
from egide.detection.recognisers._tokens import INITIAL, UPPER, Tokens, tokens
from egide.detection.view import View

_REASON = "Prénom ou nom employé seul pour désigner une personne."
_DOUBT = Flag.COMMON | Flag.AMBIGUOUS | Flag.TOWN
_ENDINGS = ("ique", "trice", "eur", "euse", "tion", "ment", "iste", "aire", "elle", "ale", "ance", "isme")
_COMMAS = frozenset({", ", " / ", " + ", "/", " & ", " - "})
_ANDS = frozenset({"et", "and", "ou"})
_ARTICLES = frozenset({"le", "la", "un", "une", "du", "les", "des"})
_SPACES = frozenset({" ", " s'", " m'", " n'", " l'", " t'", ", "})
_BEFORE = Flag.GREETING | Flag.ROLE | Flag.CALL | Flag.OPENER | Flag.TITLE
_NEVER = Flag.NEVER | Flag.OPENER | Flag.TITLE | Flag.LEGAL | Flag.FIGURE


def _thing(t: Tokens, i: int) -> bool:
    """Word ``i`` names a thing: "Salade César", "le Grevisse", "poutre Vierendeel"."""
    if eponym(t, i) or street(t, i):
        return True
    if not t.joined[i]:
        return False
    before = t.flags[i - 1]
    if t.capital[i] and t.word[i - 1] in _ARTICLES and not t.shouted[i]:
        return True
    return t.capital[i - 1] and not before & _BEFORE


def _says(t: Tokens, i: int) -> bool:
    return i + 1 < t.size and t.gap[i + 1] in _SPACES and t.word[i + 1] in SAYS


def _listed(t: Tokens, i: int) -> bool:
    """Word ``i`` stands in a list of people: beside a first name, with a comma or "et" between."""
    flags, last = t.flags, t.size - 1
    return (
        (i > 0 and t.gap[i] in _COMMAS and _plain(flags[i - 1]))
        or (i < last and t.gap[i + 1] in _COMMAS and _plain(flags[i + 1]))
        or (i > 1 and t.word[i - 1] in _ANDS and _plain(flags[i - 2]))
        or (i < last - 1 and t.word[i + 1] in _ANDS and _plain(flags[i + 2]))
    )


def _plain(flags: int) -> bool:
    return bool(flags & Flag.GIVEN_STRONG) and not flags & _DOUBT


def _given(t: Tokens, i: int) -> bool:
    flags, doubt = t.flags[i], t.flags[i] & _DOUBT
    if not t.capital[i]:
        if doubt or not flags & Flag.GIVEN_STRONG:
            return not flags & (Flag.COMMON | Flag.AMBIGUOUS | _NEVER) and (cue(t, i) or _listed(t, i))
        return True
    if cue(t, i) or _listed(t, i):
        return True
    if _thing(t, i):
        return False
    if doubt:
        return not flags & Flag.TOWN and (
            (not t.opens[i] and (preposition(t, i) or _says(t, i)))
            or (_says(t, i) and not flags & Flag.COMMON)
        )
    return bool(flags & Flag.GIVEN_STRONG) or preposition(t, i) or _says(t, i)


def _numbered(t: Tokens, i: int) -> bool:
    """A king or a pope: "Louis XIV"."""
    return i + 1 < t.size and t.joined[i + 1] and t.word[i + 1] in ROMAN


def _surname(t: Tokens, i: int) -> bool:
    """A surname, or an unlisted word with a capital, that a cue makes a person."""
    flags = t.flags[i]
    if t.shape[i] == UPPER and not flags & Flag.SURNAME and t.end[i] - t.start[i] < 7:
        return False  # an acronym, rather
    if flags & (_NEVER | Flag.KIND) or t.shape[i] == INITIAL:
        return False
    if t.capital[i]:
        if flags & (Flag.COMMON | Flag.TOWN):
            near = flags & Flag.SURNAME and not t.opens[i] and cue(t, i)
            return bool(near) and bool(
                t.flags[i - 1] & CUE if flags & Flag.TOWN else flags & Flag.SURNAME_STRONG
            )
        if cue(t, i):
            # "Infirmière Coordinatrice": an unlisted word with the ending of a trade or an adjective
            return not eponym(t, i) and not (not flags and t.word[i].endswith(_ENDINGS))
        return bool(flags & Flag.SURNAME_STRONG) and not _thing(t, i) and (_says(t, i) or preposition(t, i))
    return (
        bool(flags & Flag.SURNAME_STRONG)
        and not flags & (_DOUBT | Flag.ROLE)
        and (cue(t, i) or (t.joined[i] and t.word[i - 1] == "chez"))
    ) or (bool(flags & Flag.SURNAME) and not flags & (_DOUBT | Flag.ROLE) and _told(t, i))


def _told(t: Tokens, i: int) -> bool:
    """Somebody is told something: "dire a momo que", where no name is too rare."""
    return (
        i > 1
        and t.joined[i]
        and t.joined[i - 1]
        and t.word[i - 1] == "a"
        and bool(t.flags[i - 2] & Flag.CALL)
    )


def _search(view: View) -> Iterator[Finding]:
    t = tokens(view)
    done = -1
    for i in t.named:
        flags = t.flags[i]
        if i < done or flags & _NEVER & ~Flag.AMBIGUOUS:
            continue
        if flags & Flag.GIVEN:
            found = _given(t, i) or _surname(t, i)
        elif flags & Flag.SURNAME or (not flags and t.capital[i]):
            found = _surname(t, i)
        else:
            continue
        if found and not _numbered(t, i):
            end = extend(t, i)
            done = end
            start, stop = span(t, i, end)
            yield Finding(start, stop, "PERSON", 0.75, "person_alone", _REASON)


RECOGNISER = Recogniser(
    id="person_alone",
    labels=("PERSON",),
    source="INSEE, Fichier des prénoms",
    search=_search,
    accepted=(
        "Bonjour ⟦Céleste⟧, merci pour le devis.",
        "dis à ⟦nico⟧ que je serai absent",
        "sa fille ⟦Sabine⟧ passera",
        "Planning : ⟦Sacha⟧ midi, ⟦Maryam⟧ soir",
        "tu peux dire à ⟦momo⟧ que c'est décalé",
        "slt ⟦mehdi⟧ tu peux mettre 12 cartons",
        "relancer ⟦bouchard⟧ pour le solde",
        "les époux ⟦Castagnède⟧ contestent",
        "on a vu avec ⟦Violette⟧ pour les fleurs",
    ),
    refused=(
        "Traduis ce menu : Salade César, Tournedos Rossini",
        "explique la loi Evin et le théorème de Thalès",
        "il faut répondre à côté et demander à tous",
        "une pierre tombale en marbre rose",
        "Rédige une réponse polie à un client",
        "la méthode de Bono et la pyramide de Maslow",
    ),
)
