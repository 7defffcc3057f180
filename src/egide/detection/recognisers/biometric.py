"""Biometric or genetic data tied to a person.

Source: RGPD articles 4(13), 4(14) and 9(1).
"""

from __future__ import annotations

from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._facts import facts

_REASON = "Donnée biométrique ou génétique rattachée à une personne."
_TERMS = (
    r"empreintes? (?:digitales?|genetiques?|palmaires?|vocales?)|profil (?:adn|genetique)|"
    r"prelevement adn|test (?:adn|genetique|de paternite)|reconnaissance faciale|gabarit (?:facial|"
    r"biometrique)|iris scanne|mutation (?:brca\w*|du gene)|porteu(?:r|se) (?:du|d'un) gene|brca[12]"
)

RECOGNISER = Recogniser(
    id="biometric",
    labels=("BIOMETRIC",),
    source="RGPD, articles 4(13), 4(14) et 9",
    search=facts("BIOMETRIC", "biometric", _REASON, _TERMS, whole=False),
    accepted=("L'⟦empreinte digitale⟧ de Mme Perrin est enregistrée",),
    refused=("Que dit la CNIL sur la biométrie et les empreintes digitales ?",),
)
