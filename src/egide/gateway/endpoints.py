"""Every path of the gateway: what it does, for which protocol, and those that stay closed, with the reason.

The same table routes the requests and makes the list of addresses in the documentation.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

from egide.gateway.dialect import Dialect, Kind
from egide.gateway.dialects import dialects
from egide.gateway.speech import TRANSCRIPTIONS, opened
from egide.policy import Policy

# Ends a path that answers for all that lies below it.
BELOW: Final = "/{…}"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """``path`` is below ``/v1``; it may end with ``BELOW``. ``kind`` is None where both protocols have this
    path: the headers tell. ``says`` is what happens there, in French."""

    path: str
    kind: Kind | None
    method: str | None  # None: any
    says: str


@dataclass(frozen=True, slots=True)
class Sent(Endpoint):
    """A request is read, masked and sent on."""

    dialect: Dialect


@dataclass(frozen=True, slots=True)
class Listed(Endpoint):
    """The models that the caller may use, answered without asking any provider."""


@dataclass(frozen=True, slots=True)
class Shown(Endpoint):
    """One of these models, whose name is the rest of the path."""


@dataclass(frozen=True, slots=True)
class Closed(Endpoint):
    """Refused with all that lies below it, with the reason and what to do instead. ``name`` is the journal's
    word for it."""

    name: str
    code: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Opened(Closed):
    """Closed, unless ``opens`` says that the policy opens it: then ``dialect`` answers its own path."""

    dialect: Dialect
    opens: Callable[[Policy], bool]


@dataclass(frozen=True, slots=True)
class Way:
    """One thing to do at an address: with this method, at this path below it."""

    method: str
    tail: str
    says: str
    act: str  # the function of its family that does it


@dataclass(frozen=True, slots=True)
class Stored(Endpoint):
    """What a provider keeps for the caller, and all that may be done with it. ``name`` is the family's, and
    the journal's word; ``elsewhere`` is what clients of the other protocol are told."""

    name: str
    ways: tuple[Way, ...]
    elsewhere: Closed | None = None


_TEXTS: Final = "requête lue en entier, masquée, envoyée ; réponse remise en place"
_FIGURES: Final = "requête lue en entier, masquée, envoyée ; réponse en chiffres, rendue telle quelle"
_SOUND: Final = "Égide ne sait pas lire un son : rien ne pourrait y être masqué avant l'envoi"
_PICTURE: Final = (
    "une image envoyée à cette adresse n'est pas lue : rien ne pourrait y être masqué avant l'envoi"
)
_DRAWN: Final = "les repères seraient dessinés dans l'image, où rien ne peut être remis en place"
_SPOKEN: Final = "les repères seraient dits à voix haute, et rien ne peut être remis en place dans un son"
_FILES: Final = (
    "un fichier déposé resterait chez le fournisseur, où il serait lu plus tard sans passer par Égide"
)
_WRITE: Final = (
    "Transcrivez l'enregistrement avec un outil installé dans l'entreprise, puis envoyez le texte."
)
_ALLOW: Final = f"{_WRITE} Un pilote peut aussi permettre cette adresse vers un service local."
_LOCAL: Final = "Utilisez un outil installé dans l'entreprise."
_DESCRIBE: Final = "Décrivez l'image dans un message, ou utilisez un outil installé dans l'entreprise."
_ATTACH: Final = "Joignez le document à une demande : Égide en lit le texte et le masque."
_ONE_PIECE: Final = (
    "Déposez un fichier de demandes d'un seul envoi, à /v1/files ; joignez un document à une demande."
)

_CLOSED: Final = (
    Opened(
        "/audio/transcriptions",
        "openai",
        None,
        _SOUND,
        "audio-transcriptions",
        "EG-4026",
        _ALLOW,
        TRANSCRIPTIONS,
        opened,
    ),
    Closed("/audio/translations", "openai", None, _SOUND, "audio-translations", "EG-4026", _WRITE),
    Closed("/audio/speech", "openai", None, _SPOKEN, "audio-speech", "EG-4026", _LOCAL),
    Closed("/audio", "openai", None, _SOUND, "audio", "EG-4026", _WRITE),
    Closed("/images/generations", "openai", None, _DRAWN, "images-generations", "EG-4026", _LOCAL),
    Closed("/images", "openai", None, _PICTURE, "images", "EG-4026", _DESCRIBE),
    Closed("/videos", "openai", None, _DRAWN, "videos", "EG-4026", _LOCAL),
    Closed("/uploads", "openai", None, _FILES, "uploads", "EG-4027", _ONE_PIECE),
)

_OWN: Final = "seulement ce qui est à l'appelant"
_STORED: Final = (
    Stored(
        "/files",
        None,
        None,
        "fichiers de demandes et de réponses",
        "files",
        (
            Way("POST", "", "fichier de demandes lu et masqué ligne par ligne, puis déposé", "upload"),
            Way("GET", "", f"liste des fichiers, {_OWN}", "listing"),
            Way("GET", "/{id}", f"un fichier, {_OWN}", "show"),
            Way("DELETE", "/{id}", f"fichier effacé chez le fournisseur, {_OWN}", "delete"),
            Way("GET", "/{id}/content", "réponses d'un lot remises en place ligne par ligne", "content"),
        ),
        Closed("/files", "anthropic", None, _FILES, "files", "EG-4027", _ATTACH),
    ),
    Stored(
        "/batches",
        "openai",
        None,
        "lots de demandes",
        "batches",
        (
            Way("POST", "", "lot créé d'un fichier déposé par Égide ; métadonnées masquées", "create"),
            Way("GET", "", f"liste des lots, {_OWN}", "listing"),
            Way("GET", "/{id}", f"un lot, {_OWN}", "show"),
            Way("POST", "/{id}/cancel", f"lot arrêté, {_OWN}", "cancel"),
        ),
    ),
    Stored(
        "/messages/batches",
        "anthropic",
        None,
        "lots de messages",
        "message-batches",
        (
            Way("POST", "", "chaque demande lue et masquée comme seule, puis le lot envoyé", "create"),
            Way("GET", "", f"liste des lots, {_OWN}", "listing"),
            Way("GET", "/{id}", f"un lot, {_OWN}", "show"),
            Way("DELETE", "/{id}", f"lot effacé chez le fournisseur, {_OWN}", "delete"),
            Way("POST", "/{id}/cancel", f"lot arrêté, {_OWN}", "cancel"),
            Way("GET", "/{id}/results", "réponses du lot remises en place ligne par ligne", "results"),
        ),
    ),
)


@cache
def endpoints() -> dict[str, Endpoint]:
    """All of them by path; a closed or a stored one also stands for all that lies below it."""
    sent = [
        Sent(one.path, one.kind, "POST", _TEXTS if one.restores else _FIGURES, one)
        for one in dialects().values()
    ]
    told = [
        Listed("/models", None, "GET", "liste des modèles permis, tenue par Égide"),
        Shown("/models" + BELOW, None, "GET", "un modèle permis, d'après la même liste"),
    ]
    whole = (*_CLOSED, *_STORED)
    below = {one.path + BELOW: one for one in whole}
    return {one.path: one for one in (*sent, *told, *whole)} | below


def find(path: str) -> tuple[Endpoint | None, str]:
    """The endpoint of a path, and what lies below it; None when there is none."""
    table = endpoints()
    if path in table:
        return table[path], ""
    above, _, below = path.rpartition("/")
    while above:
        if above + BELOW in table:
            return table[above + BELOW], below
        above, _, step = above.rpartition("/")
        below = f"{step}/{below}"
    return None, ""
