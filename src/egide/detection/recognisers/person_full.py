"""A first name with a surname, in any order and case: "Soizic Tanguy", "MOREL Sandrine", "tom girard".

Source: first names of INSEE (Fichier des prénoms) and surnames of SIRENE (data.gouv.fr); at least one
of the two words must be listed, so that names of every origin are found beside a known one.
"""

from __future__ import annotations

from collections.abc import Iterator

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._context import eponym, street
from egide.detection.recognisers._lexicon import Flag, lexicon
from egide.detection.recognisers._names import begin, extend, part, span, wordlike
from egide.detection.recognisers._tokens import INITIAL, UPPER, Tokens, tokens
from egide.detection.view import View

_REASON = "Prénom et nom, d'après les listes de l'INSEE et de SIRENE."
_NO_NAME = Flag.OPENER | Flag.GREETING | Flag.CALL | Flag.TITLE | Flag.KIND | Flag.NEVER | Flag.EPONYM
_CERTAIN = Flag.GIVEN | Flag.COMMON
_SURNAME = Flag.SURNAME | Flag.COMMON
_USUAL = Flag.COMMON | Flag.NEVER | Flag.OPENER | Flag.TITLE


def _sure(t: Tokens, first: int, end: int) -> bool:
    """Words ``first`` to ``end`` are a person's name and no phrase, brand, or historic figure."""
    if lexicon().get("-".join(t.word[first:end]), 0) & (Flag.FIGURE | Flag.TOWN):
        return False
    flags = t.flags[first:end]
    if any(f & Flag.NEVER for f in flags):
        return False
    certain = any(f & _CERTAIN == Flag.GIVEN for f in flags)
    if certain and (flags[0] & Flag.SURNAME or any(f & _SURNAME != Flag.COMMON for f in flags[1:])):
        return True
    if first and t.joined[first] and t.word[first - 1] in ("le", "la", "les", "un", "une", "des", "du"):
        return False
    # Both words are also everyday words ("Rose Blanc", "Pierre Marchand"): capitals must say it.
    return (
        all(t.capital[i] for i in range(first, end))
        and all(f & (Flag.GIVEN | Flag.SURNAME) for f in flags)
        and bool(flags[-1] & Flag.SURNAME_STRONG)
    )


def _search(view: View) -> Iterator[Finding]:
    t = tokens(view)
    done = -1
    for i in t.named:
        flags = t.flags[i]
        if not flags & Flag.GIVEN or i < done:
            continue
        if flags & (Flag.NEVER | Flag.OPENER | Flag.TITLE) and not (flags & Flag.AMBIGUOUS and t.capital[i]):
            continue
        if t.capital[i]:
            first, end = begin(t, i), extend(t, i)
        else:
            if flags & _USUAL or not flags & Flag.GIVEN_STRONG:
                continue
            first, end = i, extend(t, i)
            if (
                end == i + 1
                and i
                and t.joined[i]
                and not t.capital[i - 1]
                and part(t, i - 1)
                and t.flags[i - 1] & Flag.SURNAME_STRONG
            ):
                first = i - 1
        if first == i and i and t.joined[i] and _surname_before(t, i):
            first = i - 1
        if t.opens[first] and wordlike(t, first) and end - first > 1 and t.capital[first]:
            first += not t.flags[first] & Flag.GIVEN
        if end - first < 2 or not _sure(t, first, end) or eponym(t, first) or street(t, first):
            continue
        done = end
        start, stop = span(t, first, end)
        yield Finding(start, stop, "PERSON", 0.9, "person_full", _REASON)


def _surname_before(t: Tokens, i: int) -> bool:
    """ "KOWALCZYK Bartosz", "Petit Laure;": an unlisted or ambiguous surname before a first name."""
    flags, before = t.flags[i], t.flags[i - 1]
    if flags & Flag.COMMON or not t.capital[i] or not t.capital[i - 1] or t.shape[i - 1] == INITIAL:
        return False
    roles = 0 if before & Flag.SURNAME_STRONG and t.opens[i - 1] else Flag.ROLE  # "Petit Laure;"
    if before & (_NO_NAME | roles):
        return False
    if t.shape[i - 1] == UPPER and t.shape[i] != UPPER:
        return not before & Flag.COMMON or bool(before & Flag.SURNAME)
    return bool(before & Flag.SURNAME_STRONG) and (not before & Flag.COMMON or t.opens[i - 1])


RECOGNISER = Recogniser(
    id="person_full",
    labels=("PERSON",),
    source="INSEE, Fichier des prénoms ; SIRENE (data.gouv.fr), noms de famille",
    search=_search,
    accepted=(
        "⟦Soizic Tanguy⟧ passera demain.",
        "De: ⟦MOREL Sandrine⟧",
        "le dossier de ⟦tom girard⟧ est complet",
        "⟦Petit Laure⟧;2300;CDI",
        "vu avec ⟦Hugo Van den Broeck⟧ hier",
        "IL FAUT RÉPONDRE À ⟦LOLA WALTZ⟧ AUJOURD'HUI",
        "c'est ⟦ousmane sarr⟧ qui appelle",
        "Photographe : ⟦Blanche Iturralde⟧",
        "⟦Pierre-Yves de Kerangal⟧ est au ski",
    ),
    refused=(
        "un roman de Victor Hugo et un discours de Jean Jaurès",
        "un bouquet de la variété Rose Blanche",
        "12 rue Victor Hugo",
        "Compare les offres de Microsoft et de Google",
        "au mois de mai juin juillet",
    ),
)
