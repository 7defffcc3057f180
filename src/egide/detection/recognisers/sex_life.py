"""Sex life or sexual orientation tied to a person.

Source: RGPD article 9(1), sex life and sexual orientation.
"""

from __future__ import annotations

from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._facts import facts

_REASON = "Vie ou orientation sexuelle rattachée à une personne."
_TERMS = (
    r"homosexuel(?:le)?s?|gay|lesbienne|bisexuel(?:le)?s?|transgenre|transsexuel(?:le)?s?|"
    r"transition de genre|en transition|coming[ -]out|orientation sexuelle|son amante?|son ex-amante?|"
    r"sa maitresse|liaison avec|a une liaison|aventure avec|couche avec|libertine?s?|echangiste|"
    r"prostituee?|relation extraconjugale|trompe (?:sa femme|son mari)|s'affiche avec son compagnon|"
    r"non binaire|non-binaire|pacse avec un homme|pornographi\w+"
)

RECOGNISER = Recogniser(
    id="sex_life",
    labels=("SEX_LIFE",),
    source="RGPD, article 9, paragraphe 1",
    search=facts("SEX_LIFE", "sex_life", _REASON, _TERMS, whole=False),
    accepted=("Julien est ⟦homosexuel⟧ et en a parlé à Marc", "M. Kervoal est ⟦bisexuel⟧"),
    refused=("Comment lutter contre l'homophobie au travail ?",),
)
