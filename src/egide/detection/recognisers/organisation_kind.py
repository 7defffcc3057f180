"""A firm by the kind of its trade: "Imprimerie du Canal", "Cabinet Marchetti", "Chaussures Bellamy".

Source: trades of the NAF (INSEE) as firms write them; shape of French signs: a trade with a capital
followed by a name, or by du / des / de la and a name; or a name followed by "& Fils", "Frères".
"""

from __future__ import annotations

from collections.abc import Iterator

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._cues import PUBLIC_KINDS
from egide.detection.recognisers._firms import back, firm_end
from egide.detection.recognisers._lexicon import Flag
from egide.detection.recognisers._tokens import LOWER, TITLE, UPPER, Tokens, tokens
from egide.detection.view import View

_REASON = "Nom d'entreprise ou d'organisme d'après son activité."
_TRADE = ("erie", "eries")


def _kind(t: Tokens, i: int) -> bool:
    """Word ``i`` is a trade, or has the shape of one ("Biscuiterie", "Verrerie")."""
    return bool(t.flags[i] & Flag.KIND) or (
        t.word[i].endswith(_TRADE) and len(t.word[i]) > 6 and not t.flags[i] & Flag.NEVER
    )


def _named(t: Tokens, i: int, end: int) -> bool:
    """Words after the trade ``i`` hold a proper name and not only a plain phrase."""
    rest = [k for k in range(i + 1, end) if t.shape[k] != LOWER]
    if not rest:
        return False
    if t.flags[rest[0]] & Flag.ROLE and len(rest) == 1:
        return False
    if t.word[i] in PUBLIC_KINDS and (t.opens[i] or t.word[i] in ("comite", "conseil", "office")):
        return any(t.flags[k] & (Flag.SURNAME | Flag.TOWN) and not t.flags[k] & Flag.COMMON for k in rest)
    if t.flags[rest[0]] & (Flag.NEVER | Flag.BIG_TOWN) and len(rest) == 1:
        return False
    return not (t.opens[i] and t.flags[rest[0]] & Flag.GREETING)


def _search(view: View) -> Iterator[Finding]:
    t = tokens(view)
    for i in t.having(Flag.KIND | Flag.SUFFIX):
        if t.shape[i] != LOWER and t.flags[i] & Flag.SUFFIX and i and not t.opens[i]:
            yield from _suffixed(t, i)
        elif t.shape[i] == LOWER and t.flags[i] & Flag.KIND:
            yield from _lower(t, i)
    for i in _upright(view, t):
        if not _kind(t, i):
            continue
        end = firm_end(t, i + 1, lower=False)
        if end > i + 1 and (not t.shouted[i] or _loud(t, i, end)) and _named(t, i, end):
            yield Finding(t.start[i], t.end[end - 1], "ORGANISATION", 0.8, "organisation_kind", _REASON)


def _upright(view: View, t: Tokens) -> list[int]:
    """Words with a capital that may be trades; the ending is looked for once in the text."""
    if _TRADE[0] in view.low:
        return [i for i in t.capitals if t.flags[i] & Flag.KIND or t.word[i].endswith(_TRADE)]
    return [i for i in t.having(Flag.KIND) if t.shape[i] != LOWER]


def _loud(t: Tokens, i: int, end: int) -> bool:
    return any(
        t.flags[k] & (Flag.SURNAME | Flag.GIVEN) and not t.flags[k] & Flag.COMMON for k in range(i + 1, end)
    )


def _lower(t: Tokens, i: int) -> Iterator[Finding]:
    """ "la pharmacie du Vieux-Pont", "garage Morel", "transports lemoine": the trade in lower case."""
    nxt = i + 1
    if nxt >= t.size or t.gap[nxt] not in (" ", " l'", " « ", ' "'):
        return
    start = nxt
    while (
        nxt < t.size - 1
        and t.word[nxt] in ("du", "de", "des", "la", "le", "les")
        and nxt - i < 3
        and t.gap[nxt + 1] in (" ", " l'")
    ):
        nxt += 1
    flags = t.flags[nxt]
    if t.capital[nxt] and not flags & (Flag.TITLE | Flag.NEVER | Flag.BIG_TOWN | Flag.OPENER):
        end = firm_end(t, nxt, lower=False)
        if end == nxt:
            end = nxt + 1
        if t.shape[nxt] == UPPER and end == nxt + 1 and not flags:
            return
        yield Finding(t.start[i], t.end[end - 1], "ORGANISATION", 0.7, "organisation_kind", _REASON)
    elif (
        nxt == start
        and not t.capital[nxt]
        and flags & Flag.SURNAME_STRONG
        and not flags & (Flag.COMMON | Flag.TITLE)
    ):
        yield Finding(t.start[i], t.end[nxt], "ORGANISATION", 0.6, "organisation_kind", _REASON)


def _suffixed(t: Tokens, i: int) -> Iterator[Finding]:
    """ "Laborde Frères", "Rhône Logistique Frais", "Pétale & Co"."""
    first = back(t, i)
    if first == i or (
        t.opens[first]
        and t.flags[first] & Flag.COMMON
        and not t.flags[first] & (Flag.SURNAME_STRONG | Flag.KIND)
    ):
        return
    if all(t.flags[k] & Flag.COMMON and not t.flags[k] & Flag.SURNAME_STRONG for k in range(first, i)):
        return
    if t.shape[i] == TITLE or t.shape[i] == UPPER:
        yield Finding(
            t.start[first], t.end[firm_end(t, i + 1) - 1], "ORGANISATION", 0.75, "organisation_kind", _REASON
        )


RECOGNISER = Recogniser(
    id="organisation_kind",
    labels=("ORGANISATION",),
    source="INSEE, nomenclature d'activités française (NAF)",
    search=_search,
    accepted=(
        "le devis de l'⟦Imprimerie du Canal⟧ est reçu",
        "Facture ⟦Transports Blanc⟧ à régler",
        "dossier du ⟦Cabinet Marchetti⟧",
        "commande ⟦Chaussures Bellamy⟧ en retard",
        "pour la ⟦Biscuiterie Le Floc'h⟧",
        "la ⟦pharmacie du Vieux-Pont⟧ a rappelé",
        "compte ouvert au nom de ⟦Ets Laborde Frères⟧",
    ),
    refused=(
        "Rédige une annonce pour une boulangerie de quartier.",
        "La pharmacie du village est fermée.",
        "Association ou société : que choisir ?",
        "le cabinet de conseil en formation",
    ),
)
