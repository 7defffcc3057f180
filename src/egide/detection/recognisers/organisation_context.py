"""A firm by what is said of it: "chez somadis", "le fournisseur X", "Société : X".

Source: business usage; fields of the Kbis ("dénomination") and of French invoices.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._firms import firm_end
from egide.detection.recognisers._lexicon import Flag
from egide.detection.recognisers._tables import cells
from egide.detection.recognisers._tokens import Tokens, tokens
from egide.detection.view import View

_REASON = "Nom d'entreprise d'après ce qui le précède."
_CUES = frozenset(
    [
        "chez",
        "societe",
        "entreprise",
        "fournisseur",
        "client",
        "cliente",
        "employeur",
        "prestataire",
        "concurrent",
        "partenaire",
        "sous-traitant",
        "marque",
        "enseigne",
        "startup",
        "boite",
        "transporteur",
        "editeur",
        "promoteur",
        "acquereur",
        "repreneur",
        "dossier",
        "compte",
        "mandant",
        "prospect",
        "at",
        "with",
        "from",
    ]
)
_NOT = Flag.TITLE | Flag.NEVER | Flag.OPENER | Flag.GREETING | Flag.BIG_TOWN


def _after_cue(t: Tokens) -> Iterator[tuple[int, int]]:
    for i in [i for i, word in enumerate(t.word[:-1]) if word in _CUES]:
        word = t.word[i]
        nxt = i + 1
        if t.gap[nxt] not in (" ", " « ", ' "', " l'"):
            continue
        flags = t.flags[nxt]
        if flags & _NOT and not (word == "chez" and t.capital[nxt] and t.word[nxt] in ("le", "la", "les")):
            continue
        if t.capital[nxt]:
            if word in ("at", "with", "from") and flags & Flag.GIVEN:
                continue
            end = firm_end(t, nxt)
            yield nxt, max(end, nxt + 1)
        elif word == "chez" and flags & Flag.KIND and firm_end(t, nxt, lower=True) > nxt + 1:
            yield nxt, firm_end(t, nxt, lower=True)
        elif (
            word in ("chez", "societe", "fournisseur", "boite", "concurrent")
            and not flags & (Flag.COMMON | Flag.PARTICLE)
            and len(t.word[nxt]) > 2
        ):
            yield nxt, max(firm_end(t, nxt, lower=True), nxt + 1)


def _in_fields(view: View, t: Tokens) -> Iterator[tuple[int, int]]:
    for kind, start, end in cells(view):
        if kind not in ("ORGANISATION", "MIXED") or end - start > 70:
            continue
        first, last = bisect_left(t.start, start), bisect_left(t.start, end)
        if (
            not 0 < last - first <= 8
            or t.flags[first] & _NOT
            or any(t.flags[k] & Flag.CALL for k in range(first, last))
        ):
            continue
        plain = all(t.flags[k] & Flag.COMMON and t.shape[k] == 0 for k in range(first, last))
        if plain or (t.shape[first] == 0 and t.flags[first] & Flag.COMMON and not t.flags[first] & Flag.KIND):
            continue
        yield first, last


def _search(view: View) -> Iterator[Finding]:
    t = tokens(view)
    for first, end in (*_after_cue(t), *_in_fields(view, t)):
        yield Finding(t.start[first], t.end[end - 1], "ORGANISATION", 0.65, "organisation_context", _REASON)


RECOGNISER = Recogniser(
    id="organisation_context",
    labels=("ORGANISATION",),
    source="Extrait Kbis, champ « dénomination » ; usage des factures",
    search=_search,
    accepted=(
        "il travaille chez ⟦somadis⟧ depuis mars",
        "le fournisseur ⟦Arvalia⟧ augmente ses prix",
        "Employeur : ⟦Mercatel⟧\nPoste : vendeur",
        "une offre chez ⟦Stores du Ponant⟧",
    ),
    refused=(
        "chez nous, chez le client, chez un collègue",
        "le client demande une remise",
        "Client : à compléter",
        "Chez Google, les équipes",
    ),
)
