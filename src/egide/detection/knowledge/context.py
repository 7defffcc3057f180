"""False friends: a client called "Marchand", a product "Rose". What stands around tells which is meant.

A term that is also an everyday word counts with a capital inside a sentence, between quotation marks with
a capital, behind a title, or right behind a cue ("client", "chez", "dossier"). Beside another word of
the term it is no weak phrase any more, and is not judged here.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

from egide.detection.recognisers._context import street
from egide.detection.recognisers._lexicon import Flag
from egide.detection.recognisers._tokens import INITIAL, Tokens, tokens
from egide.detection.view import View

# Split by a name apart: a formatter would put one word on each line.
_CUE_WORDS: Final = (
    "client cliente clients chez dossier projet projets produit produits fournisseur fournisseurs "
    "prestataire prestataires societe entreprise groupe marque gamme modele collegue collaborateur "
    "collaboratrice salarie salariee prospect partenaire distributeur sous-traitant enseigne cie "
    "commande devis facture compte contrat affaire chantier mission programme operation"
)
_INDEFINITE_WORDS: Final = (
    "un une des cette ce cet ces chaque plusieurs quelques aucun aucune mon ma mes ton ta tes son sa ses"
)
_CUES: Final = frozenset(_CUE_WORDS.split())
_INDEFINITE: Final = frozenset(_INDEFINITE_WORDS.split())
_BETWEEN: Final = ' :«"“(n°'
_OPENING, _CLOSING = "«\"“‘'", "»\"”’'"


def meant(view: View, start: int, end: int) -> bool:
    """The everyday word at ``start`` is the company's own term."""
    t = tokens(view)
    i = bisect_left(t.start, start)
    if i >= len(t) or t.start[i] != start or _inside_compound(view, start, end):
        return False
    if _cued(t, i) or (i and t.flags[i - 1] & Flag.TITLE and t.joined[i]):
        return True
    if not t.capital[i] or t.shape[i] == INITIAL or street(t, i):
        return False
    return not t.opens[i] or _quoted(view, start, end)


def indefinite(view: View, start: int) -> bool:
    """A small letter behind an indefinite article: "une cascade d'erreurs" is no client."""
    if not view.text[start].islower():
        return False
    t = tokens(view)
    i = bisect_left(t.start, start)
    return bool(0 < i < len(t) and t.start[i] == start and t.joined[i] and t.word[i - 1] in _INDEFINITE)


def _inside_compound(view: View, start: int, end: int) -> bool:
    before, after = view.low[start - 1 : start], view.low[end : end + 1]
    return before == "-" or (after == "-" and view.low[end + 1 : end + 2].isalpha())


def _cued(t: Tokens, i: int) -> bool:
    """A cue right before, nothing between but a colon or an opening quotation mark, on the same line."""
    if not i or t.word[i - 1] not in _CUES:
        return False
    return not t.gap[i].strip(_BETWEEN)


def _quoted(view: View, start: int, end: int) -> bool:
    before, after = view.text[:start].rstrip()[-1:], view.text[end:].lstrip()[:1]
    return bool(before and after) and before in _OPENING and after in _CLOSING
