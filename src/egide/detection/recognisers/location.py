"""A bare town that helps to place a person: "habite à Saint-Leu", "née à Sartène", "Ville : Ligueil".

Source: communes of the Code officiel géographique. The largest towns place nobody and are left.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._lexicon import Flag
from egide.detection.recognisers._tables import cells
from egide.detection.recognisers._tokens import Tokens, tokens
from egide.detection.recognisers._towns import longest_town
from egide.detection.view import View

_REASON = "Commune qui aide à situer une personne."
_PLACING = frozenset(["a", "pres", "vers", "sur", "depuis"])
_WEAK = frozenset(["de", "d", "du"])
_BEHIND_OF = frozenset(
    [
        "maire",
        "mairie",
        "rcs",
        "depot",
        "agence",
        "magasin",
        "site",
        "usine",
        "hopital",
        "tribunal",
        "gendarmerie",
        "barreau",
        "boutique",
        "atelier",
        "gare",
        "commune",
        "ville",
        "region",
        "quartier",
        "chantier",
        "cote",
        "secteur",
        "marche",
        "foire",
        "base",
        "college",
        "ecole",
        "prud'hommes",
        "commissariat",
        "restaurant",
        "cabinet",
        "antenne",
        "succursale",
        "entrepot",
        "agence",
        "brigade",
        "rond-point",
        "hauteur",
        "comissariat",
        "hotel",
        "lotissement",
        "clinique",
        "pharmacie",
        "crematorium",
        "stade",
    ]
)


_FIRST = Flag.TOWN | Flag.PARTICLE


def _placed(t: Tokens, i: int) -> bool:
    if i == 0 or not t.capital[i]:
        return False
    gap, word = t.gap[i], t.word[i - 1]
    if gap == " (" or (
        gap in (", ", " – ", " - ", " — ")
        and t.capital[i - 1]
        and t.flags[i - 1] & (Flag.SURNAME | Flag.GIVEN)
    ):
        return not t.flags[i] & (Flag.GIVEN | Flag.COMMON)
    if gap not in (" ", " l'", " d'"):
        return False
    if word in _PLACING:
        return True
    return (
        (word in _WEAK or gap == " d'") and i > 1 and (t.word[i - 2] if gap != " d'" else word) in _BEHIND_OF
    )


def _search(view: View) -> Iterator[Finding]:
    t = tokens(view)
    own, word = t.flags, t.word
    for i in [i for i in t.capitals if own[i] & _FIRST or word[i] == "saint"]:
        flags = own[i]
        if not _placed(t, i):
            continue
        end = longest_town(t, i)
        if end == i or (
            end == i + 1 and (flags & (Flag.NEVER | Flag.BIG_TOWN | Flag.OPENER) or flags & Flag.COMMON)
        ):
            continue
        yield Finding(t.start[i], t.end[end - 1], "LOCATION", 0.6, "location", _REASON)
    for kind, start, end in cells(view):
        if kind == "LOCATION" and end - start < 40 and not any(c.isdigit() for c in view.low[start:end]):
            first = bisect_left(t.start, start)
            last = longest_town(t, first) if first < t.size else first
            if last > first and t.end[last - 1] <= end + 1 and not t.flags[first] & Flag.BIG_TOWN:
                yield Finding(t.start[first], t.end[last - 1], "LOCATION", 0.7, "location", _REASON)


RECOGNISER = Recogniser(
    id="location",
    labels=("LOCATION",),
    source="Code officiel géographique (communes)",
    search=_search,
    accepted=(
        "Il habite à ⟦Saint-Leu⟧ et n'a pas de voiture.",
        "née à ⟦Sartène⟧ en hiver",
        "Notre dépôt de ⟦Guingamp⟧ ferme.",
    ),
    refused=(
        "un salon à Paris, puis à Lyon",
        "le jambon de Bayonne et le brie de Meaux",
        "à Noël, à Pâques",
    ),
)
