"""What a failed test means, and what to do, in the words of who is not a network engineer."""

from __future__ import annotations

from typing import Final

# By cause: why, and what to do.
ADVICE: Final = {
    "dns": (
        "ce nom de machine n'existe pas",
        "Vérifiez l'orthographe de l'adresse. Un service interne doit être connu du serveur d'Égide.",
    ),
    "connection": (
        "connexion impossible",
        "Vérifiez l'adresse et le port, que le service est démarré et que le pare-feu laisse passer.",
    ),
    "tls": (
        "son certificat n'est pas reconnu",
        (
            "Si le service est le vôtre, ou si votre réseau inspecte le trafic, collez le certificat de "
            "votre autorité privée dans « Réseau ». Sinon, arrêtez-vous là : un autre "
            "se fait peut-être passer pour lui."
        ),
    ),
    "proxy": (
        "le proxy ne laisse pas passer",
        "Vérifiez l'adresse du proxy, son identifiant et son mot de passe dans « Réseau ».",
    ),
    "timeout": (
        "délai dépassé",
        (
            "Il est peut-être en panne, ou un pare-feu retient la demande sans répondre. Réessayez ; au "
            "besoin, allongez les délais dans « Réseau »."
        ),
    ),
    "shape": (
        "sa réponse n'est pas une liste de modèles",
        "Vérifiez le type de service et l'adresse : OpenAI avec « /v1 » à la fin, Anthropic sans.",
    ),
    "model": (
        "il ne connaît pas le modèle « {model} »",
        "Corrigez le nom du modèle. Pour Azure, c'est le nom que vous avez donné au déploiement.",
    ),
}
_KEY: Final = "Recopiez la clé depuis la console du fournisseur ; vérifiez qu'elle est encore active."
_LATER: Final = "Réessayez dans quelques minutes, ou regardez la page d'état du fournisseur."
_STATUSES: Final = {
    401: ("il refuse la clé", _KEY),
    403: ("il refuse la clé", _KEY),
    404: (
        "cette adresse n'y existe pas",
        "Vérifiez la fin de l'adresse : OpenAI avec « /v1 », Anthropic sans, Azure sans « /openai ».",
    ),
    407: ADVICE["proxy"],
    429: ("il reçoit trop de demandes", "Attendez un peu ; vérifiez le quota et le crédit de votre compte."),
}


def of_status(status: int) -> tuple[str, str]:
    """Why a service answers by this status, and what to do."""
    if status in _STATUSES:
        return _STATUSES[status]
    reason = f"il répond par une erreur ({status})"
    if 300 <= status < 400:
        return (
            reason,
            "Il renvoie vers une autre adresse, qu'Égide ne suit pas : écrivez celle-là.",
        )
    return reason, _LATER if status >= 500 else "Vérifiez l'adresse et le type de service."
