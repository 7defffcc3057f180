"""What a provider says of a file or of a batch, as its owner may have it: known fields, sealed names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from egide.gateway.batches.owner import FILE, RESULTS, Held, Owner
from egide.gateway.restoring import restore_strings
from egide.pseudonymisation import Session

_FILE_FIELDS: Final = (
    "object", "bytes", "created_at", "expires_at", "filename", "purpose", "status", "status_details",
    "deleted",
)  # fmt: skip
_BATCH_FIELDS: Final = (
    "object", "endpoint", "model", "errors", "completion_window", "status", "created_at", "in_progress_at",
    "expires_at", "finalizing_at", "completed_at", "failed_at", "expired_at", "cancelling_at", "cancelled_at",
    "request_counts", "usage", "metadata",
)  # fmt: skip
_MESSAGE_FIELDS: Final = (
    "type", "processing_status", "request_counts", "ended_at", "created_at", "expires_at", "archived_at",
    "cancel_initiated_at",
)  # fmt: skip
# What a batch names, and the kind of each.
_NAMED: Final = {"input_file_id": FILE, "output_file_id": RESULTS, "error_file_id": RESULTS}

# For the documentation: what becomes of each field.
_AS_IS: Final = "transmis tel quel"
_SEALED: Final = "transmis sous un sceau d'Égide, propre à l'appelant"
FILE_ANSWER: Final = {"id": _SEALED, **dict.fromkeys(_FILE_FIELDS, _AS_IS)}
BATCH_ANSWER: Final = {
    "id": _SEALED,
    **dict.fromkeys(_NAMED, _SEALED),
    **dict.fromkeys(_BATCH_FIELDS, _AS_IS),
    "metadata": "valeurs remises en place",
    "errors": "valeurs remises en place",
}
MESSAGES_ANSWER: Final = {
    "id": _SEALED,
    **dict.fromkeys(_MESSAGE_FIELDS, _AS_IS),
    "results_url": "remplacé par l'adresse d'Égide qui remet les valeurs en place",
}


def file(owner: Owner, held: Held, content: dict[str, Any]) -> dict[str, Any]:
    """A file, or what is left of a deleted one."""
    return _shown(owner, held, content, _FILE_FIELDS)


def batch(owner: Owner, held: Held, content: Any, session: Session) -> dict[str, Any]:
    """A batch; its files become the owner's. ``session`` knows what its texts hold."""
    shown = _shown(owner, held, content, _BATCH_FIELDS)
    for name in ("metadata", "errors"):
        restore_strings(shown.get(name), session)
    keys = owner.keys.under(held.thread)
    for name, kind in _NAMED.items():
        if type(content.get(name)) is str:
            shown[name] = keys.give(kind, content[name])
    return shown


def files_of(held: Held, content: Any) -> list[Held]:
    """The files of results that a batch names."""
    if type(content) is not dict:
        return []
    named = ((kind, content.get(name)) for name, kind in _NAMED.items())
    return [
        Held(kind, one, held.thread, held.provider)
        for kind, one in named
        if kind == RESULTS and type(one) is str
    ]


def message_batch(owner: Owner, held: Held, content: Any, base: str) -> dict[str, Any]:
    """A message batch; ``base`` is the address of the gateway, as the caller knows it."""
    shown = _shown(owner, held, content, _MESSAGE_FIELDS)
    ready = type(content.get("results_url")) is str
    shown["results_url"] = f"{base}/messages/batches/{shown['id']}/results" if ready else None
    return shown


def texts_of(content: Any) -> list[str]:
    """The texts of a batch where placeholders may stand."""
    if type(content) is not dict:
        return []
    return [text for name in ("metadata", "errors") for text in _strings(content.get(name))]


def named(kind: str, content: Any) -> str:
    """The provider's own name of a thing. Raises ValueError when it has none."""
    name = content.get("id") if type(content) is dict else None
    if type(name) is not str or not name:
        raise ValueError(f"a {kind} without a name")
    return name


def _shown(owner: Owner, held: Held, content: Any, fields: tuple[str, ...]) -> dict[str, Any]:
    given = owner.keys.under(held.thread).give(held.kind, held.identifier)
    return {"id": given} | {name: content[name] for name in fields if name in content}


def _strings(value: Any) -> Iterator[str]:
    if type(value) is str:
        yield value
    elif type(value) in (dict, list):
        for item in value.values() if type(value) is dict else value:
            yield from _strings(item)
