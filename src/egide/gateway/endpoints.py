"""Every path of the gateway: what it does, for which protocol, and those that stay closed, with the reason.

The same table routes the requests and makes the list of addresses in the documentation.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from egide.gateway.dialect import Dialect, Kind
from egide.gateway.dialects import dialects

# Ends a path that answers for all that lies below it.
BELOW: Final = "/{…}"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """``path`` is below ``/v1``. ``kind`` is None where both protocols have this path: the headers tell.
    ``says`` is what happens there, in French."""

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
    """Refused, with the reason and what to do instead. ``name`` is the journal's word for it."""

    name: str
    code: str
    remedy: str


_TEXTS: Final = "lue en entier, masquée, envoyée ; réponse remise en place"
_FIGURES: Final = "lue en entier, masquée, envoyée ; réponse en chiffres, rendue telle quelle"
_SOUND: Final = "Égide ne sait pas lire un son : rien ne pourrait y être masqué avant l'envoi"
_PICTURE: Final = "Égide ne sait pas lire une image : rien ne pourrait y être masqué avant l'envoi"
_DRAWN: Final = "les repères seraient dessinés dans l'image, où rien ne peut être remis en place"
_SPOKEN: Final = "les repères seraient dits à voix haute, et rien ne peut être remis en place dans un son"
_FILES: Final = "les fichiers déposés et les lots de demandes ne sont pas lus ligne à ligne, donc pas masqués"
_WRITE: Final = (
    "Transcrivez l'enregistrement avec un outil installé dans l'entreprise, puis envoyez le texte."
)
_LOCAL: Final = "Utilisez un outil installé dans l'entreprise."
_DESCRIBE: Final = "Décrivez l'image dans un message, ou utilisez un outil installé dans l'entreprise."
_ONE_BY_ONE: Final = (
    "Envoyez chaque demande à son adresse habituelle ; collez-y le texte utile d'un document."
)


def _closed(
    name: str, path: str, kind: Kind | None, says: str, remedy: str, code: str = "EG-4026"
) -> tuple[Closed, Closed]:
    return (
        Closed(path, kind, None, says, name, code, remedy),
        Closed(path + BELOW, kind, None, says, name, code, remedy),
    )


@cache
def endpoints() -> dict[str, Endpoint]:
    """All of them, by path."""
    sent = [
        Sent(one.path, one.kind, "POST", _TEXTS if one.restores else _FIGURES, one)
        for one in dialects().values()
    ]
    told = [
        Listed("/models", None, "GET", "liste des modèles permis, tenue par Égide"),
        Shown("/models" + BELOW, None, "GET", "un modèle permis, d'après la même liste"),
    ]
    closed = [
        *_closed("audio-transcriptions", "/audio/transcriptions", "openai", _SOUND, _WRITE),
        *_closed("audio-translations", "/audio/translations", "openai", _SOUND, _WRITE),
        *_closed("audio-speech", "/audio/speech", "openai", _SPOKEN, _LOCAL),
        *_closed("audio", "/audio", "openai", _SOUND, _WRITE),
        *_closed("images-generations", "/images/generations", "openai", _DRAWN, _LOCAL),
        *_closed("images", "/images", "openai", _PICTURE, _DESCRIBE),
        *_closed("videos", "/videos", "openai", _DRAWN, _LOCAL),
        *_closed("files", "/files", None, _FILES, _ONE_BY_ONE, "EG-4027"),
        *_closed("uploads", "/uploads", "openai", _FILES, _ONE_BY_ONE, "EG-4027"),
        *_closed("batches", "/batches", "openai", _FILES, _ONE_BY_ONE, "EG-4027"),
        *_closed("message-batches", "/messages/batches", "anthropic", _FILES, _ONE_BY_ONE, "EG-4027"),
    ]
    return {one.path: one for one in (*sent, *told, *closed)}


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
