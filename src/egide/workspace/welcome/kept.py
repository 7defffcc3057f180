"""What the first start writes in the history of the policy and in the notice; both are kept, in French."""

from __future__ import annotations

from typing import Final

FILLED: Final = "Proposée au premier démarrage, d'après ce que l'entreprise a dit d'elle."
UNDONE: Final = "Le remplissage du premier démarrage est annulé."
BASIS: Final = "Intérêt légitime : la sécurité des données (à confirmer par votre entreprise)"
