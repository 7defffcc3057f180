"""A firm by its legal form: "SARL Toitures du Lac", "Neka SAS", "Hargreaves Interiors Ltd".

Source: INSEE, nomenclature des catégories juridiques (French forms); usual foreign abbreviations.
"""

from __future__ import annotations

from collections.abc import Iterator

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._cues import LEGAL_UPPER
from egide.detection.recognisers._firms import back, firm_end
from egide.detection.recognisers._lexicon import Flag
from egide.detection.recognisers._tokens import Tokens, tokens
from egide.detection.view import View

_REASON = "Nom d'entreprise accompagné de sa forme juridique."


def _forms(t: Tokens) -> Iterator[int]:
    yield from t.having(Flag.LEGAL)
    for i in t.upper:
        if t.word[i] in LEGAL_UPPER and not t.shouted[i]:
            yield i


def _search(view: View) -> Iterator[Finding]:
    t = tokens(view)
    for i in _forms(t):
        end = firm_end(t, i + 1, lower=True)
        first = i
        if t.capital[i] or t.word[i] in ("ltd", "gmbh", "inc", "llc"):
            before = back(t, i)
            if before < i and (end == i + 1 or t.word[i] in ("ltd", "gmbh", "inc", "llc", "sa")):
                first, end = before, i + 1
        if end == i + 1 and first == i:
            continue
        yield Finding(t.start[first], t.end[end - 1], "ORGANISATION", 0.9, "organisation_legal", _REASON)


RECOGNISER = Recogniser(
    id="organisation_legal",
    labels=("ORGANISATION",),
    source="INSEE, nomenclature des catégories juridiques",
    search=_search,
    accepted=(
        "la ⟦SARL Toitures du Lac⟧ nous doit 300 unités",
        "M. Benisti (⟦Neka SAS⟧) rappelle",
        "nouveau client ⟦sarl boulanger & fils⟧, à créer",
        "⟦Hargreaves Interiors Ltd⟧ paye à 30 jours",
        "BAILLEUR : ⟦SCI LES QUATRE VENTS⟧, représentée",
    ),
    refused=(
        "faut-il créer une SARL ou une SAS ?",
        "une sarl au capital de mille euros",
        "la SCI a été dissoute",
    ),
)
