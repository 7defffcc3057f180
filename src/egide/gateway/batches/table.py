"""What becomes of each field at the addresses of files and batches: for the documentation and its test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from egide.gateway.batches.line import BATCHED, INLINE
from egide.gateway.batches.shown import BATCH_ANSWER, FILE_ANSWER, MESSAGES_ANSWER
from egide.gateway.batches.wholes import BATCH_REQUEST

_REFUSED: Final = "analysé, refusé s'il contient une valeur"
_CLOSED: Final = "transmis tel quel (mot d'une liste fermée)"
_ALONE: Final = "comme la même demande envoyée seule"
_ANSWER: Final = "valeurs remises en place, comme dans la réponse à la même demande envoyée seule"
_ERROR: Final = "valeurs remises en place"
_KEPT: Final = "rendu tel quel"

UPLOAD: Final = {
    "purpose": "« batch » seulement ; tout autre est refusé",
    "expires_after": "transmis tel quel (mot et nombre)",
    "file (nom du fichier)": _REFUSED,
    "file[].custom_id": _REFUSED,
    "file[].method": "« POST » seulement",
    "file[].url": f"une de ces adresses, la même pour tout le fichier : {', '.join(BATCHED)}",
    "file[].body": _ALONE,
}
RESULTS: Final = {
    "custom_id": _KEPT,
    "response.status_code": _KEPT,
    "response.body": _ANSWER,
    "error": _ERROR,
    "(ligne illisible)": "remplacée par une erreur (EG-4010)",
}
INLINE_REQUEST: Final = {
    "requests[].custom_id": _REFUSED,
    "requests[].params": f"{_ALONE} à /v1{INLINE}",
}
INLINE_RESULTS: Final = {
    "custom_id": _KEPT,
    "result(succeeded).message": _ANSWER,
    "result(errored).error": _ERROR,
    "result(canceled)": _KEPT,
    "result(expired)": _KEPT,
    "(ligne illisible)": "remplacée par une erreur (EG-4010)",
}


def rows() -> Iterator[tuple[str, str, str, str]]:
    """(address, direction, field, treatment) of each."""
    asked, given = "requête", "réponse"
    batch = dict(BATCH_REQUEST.rows(""))
    for path, direction, fields in (
        ("/files", asked, UPLOAD),
        ("/files", given, FILE_ANSWER),
        ("/files/{id}/content", given, RESULTS),
        ("/batches", asked, batch),
        ("/batches", given, BATCH_ANSWER),
        ("/messages/batches", asked, INLINE_REQUEST),
        ("/messages/batches", given, MESSAGES_ANSWER),
        ("/messages/batches/{id}/results", given, INLINE_RESULTS),
    ):
        for field, treatment in fields.items():
            yield path, direction, field, treatment
