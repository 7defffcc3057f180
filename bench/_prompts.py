"""French business prompts of about a given size, each different, with invented values: for load tests."""

from __future__ import annotations

import random

GIVEN = ["Camille", "Yann", "Aïcha", "Thomas", "Élodie", "Mehdi", "Sophie", "Lucas", "Inès", "Bertrand"]
NAMES = ["Kermarrec", "Delcourt", "N'Diaye", "Lefebvre", "Muller", "Da Silva", "Benali", "Rousseau", "Costa"]
FIRMS = ["Menuiserie du Lac", "Transports Vasseur", "Cabinet Orsini", "SARL Tuilerie Nord", "Atelier Brun"]
TOWNS = ["35000 Rennes", "69003 Lyon", "59800 Lille", "13006 Marseille", "67000 Strasbourg"]
FILLER = [
    "Le chantier a pris du retard à cause de la livraison des matériaux et il faut l'expliquer avec tact.",
    "Nous souhaitons garder une bonne relation tout en rappelant les conditions prévues au devis.",
    "Le ton doit rester courtois, les phrases courtes, et la conclusion proposer un rendez-vous.",
    "La réunion de suivi aura lieu comme prévu en début de semaine dans nos locaux.",
    "Pense à remercier pour la patience et à rappeler la garantie offerte sur les travaux.",
]


def prompt(seed: int, size: int) -> str:
    """A text of at least ``size`` characters, the same for the same ``seed``."""
    rng = random.Random(seed)
    parts = ["Rédige une réponse à ce message :"]
    while sum(map(len, parts)) < size:
        person, firm = f"{rng.choice(GIVEN)} {rng.choice(NAMES)}", rng.choice(FIRMS)
        parts += [
            f"Bonjour, je suis {person} de {firm}.",
            f"Mon adresse : {rng.randint(1, 99)} rue des Tilleuls, {rng.choice(TOWNS)}.",
            f"Vous pouvez me joindre au 06 39 98 {rng.randint(10, 99)} {rng.randint(10, 99)}.",
            f"Ou bien à contact{rng.randint(1, 9999)}@exemple.fr.",
            f"La facture FA-2026-{rng.randint(1000, 9999)} de {rng.randint(100, 9000)},00 € reste due.",
            *rng.sample(FILLER, 4),
        ]
    return "\n".join(parts)[: size + 200]
