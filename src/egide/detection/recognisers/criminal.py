"""A conviction, an offence or a criminal proceeding tied to a person.

Source: RGPD article 10; Code pénal.
"""

from __future__ import annotations

from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._facts import facts

_REASON = "Condamnation ou infraction rattachée à une personne."
_TERMS = (
    r"condamnee?s?(?: (?:pour|a|en|par|du|le|la|avec|sursis))*|casier judiciaire|garde a vue|"
    r"mis en examen|mise en examen|incarceree?|emprisonnee?|detention(?: provisoire)?|ecrouee?|(?:mois|ans|"
    r"an) (?:de prison|ferme|avec sursis|d'emprisonnement)|prison|bracelet electronique|"
    r"libere sous controle|controle judiciaire|sous main de justice|(?:vols? (?:de|a l'|avec|en|aggrave)|"
    r"escroqueries?|violences? (?:conjugales?|volontaires|aggravees?)|abus de confiance|"
    r"abus de biens sociaux|stupefiants|conduite sous (?:l'empire|stupefiants)\w*|"
    r"agressions?(?: sexuelles?)?|viols?|harcelement|detournement(?: de fonds)?|recel|"
    r"faux et usage de faux|homicide\w*|coups et blessures|outrage|trafic\w*|fraude fiscale|"
    r"travail dissimule)|sursis(?: probatoire)?|travail d'interet general|sortie? de prison|"
    r"ancien detenu|obligation de soins|rappel a la loi|plainte contre|a vole|retrait de permis|"
    r"permis (?:suspendu|annule)|alcool au volant|tribunal correctionnel|interdiction de gerer|ivresse"
)

RECOGNISER = Recogniser(
    id="criminal",
    labels=("CRIMINAL",),
    source="RGPD, article 10 ; Code pénal",
    search=facts("CRIMINAL", "criminal", _REASON, _TERMS, whole=True),
    accepted=(
        "Dylan a été ⟦condamné pour⟧",
        "Mehdi a ⟦un casier judiciaire⟧",
    ),
    refused=(
        "Qu'est-ce que la garde à vue ?",
        "Peut-on demander un casier judiciaire à l'embauche ?",
    ),
)
