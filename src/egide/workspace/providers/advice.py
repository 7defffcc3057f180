"""What a failed test means, and what to do, in the words of who is not a network engineer."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# By cause: why, and what to do.
ADVICE: Final[dict[str, tuple[Promise, Promise]]] = {
    "dns": (
        _("ce nom de machine n'existe pas"),
        _("Vérifiez l'orthographe de l'adresse. Un service interne doit être connu du serveur d'Égide."),
    ),
    "connection": (
        _("connexion impossible"),
        _("Vérifiez l'adresse et le port, que le service est démarré et que le pare-feu laisse passer."),
    ),
    "tls": (
        _("son certificat n'est pas reconnu"),
        _(
            "Si le service est le vôtre, ou si votre réseau inspecte le trafic, collez le certificat de "
            "votre autorité privée dans « Réseau ». Sinon, arrêtez-vous là : un autre "
            "se fait peut-être passer pour lui."
        ),
    ),
    "proxy": (
        _("le proxy ne laisse pas passer"),
        _("Vérifiez l'adresse du proxy, son identifiant et son mot de passe dans « Réseau »."),
    ),
    "timeout": (
        _("délai dépassé"),
        _(
            "Il est peut-être en panne, ou un pare-feu retient la demande sans répondre. Réessayez ; au "
            "besoin, allongez les délais dans « Réseau »."
        ),
    ),
    "shape": (
        _("sa réponse n'est pas une liste de modèles"),
        _("Vérifiez le type de service et l'adresse : OpenAI avec « /v1 » à la fin, Anthropic sans."),
    ),
    "model": (
        _("il ne connaît pas le modèle « {model} »"),
        _("Corrigez le nom du modèle. Pour Azure, c'est le nom que vous avez donné au déploiement."),
    ),
}
_KEY: Final = _("Recopiez la clé depuis la console du fournisseur ; vérifiez qu'elle est encore active.")
_LATER: Final = _("Réessayez dans quelques minutes, ou regardez la page d'état du fournisseur.")
_STATUSES: Final[dict[int, tuple[Promise, Promise]]] = {
    401: (_("il refuse la clé"), _KEY),
    403: (_("il refuse la clé"), _KEY),
    404: (
        _("cette adresse n'y existe pas"),
        _("Vérifiez la fin de l'adresse : OpenAI avec « /v1 », Anthropic sans, Azure sans « /openai »."),
    ),
    407: ADVICE["proxy"],
    429: (
        _("il reçoit trop de demandes"),
        _("Attendez un peu ; vérifiez le quota et le crédit de votre compte."),
    ),
}


def of_status(status: int) -> tuple[str | Promise, str | Promise]:
    """Why a service answers by this status, and what to do."""
    if status in _STATUSES:
        return _STATUSES[status]
    reason = _("il répond par une erreur (%(status)s)") % {"status": status}
    if 300 <= status < 400:
        return (
            reason,
            _("Il renvoie vers une autre adresse, qu'Égide ne suit pas : écrivez celle-là."),
        )
    return reason, _LATER if status >= 500 else _("Vérifiez l'adresse et le type de service.")
