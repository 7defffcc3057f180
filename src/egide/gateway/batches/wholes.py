"""What leaves once for many requests, as a dialect of one use: a file, a batch, a message batch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from egide.gateway.batches.line import BATCHED
from egide.gateway.batches.owner import FILE
from egide.gateway.dialect import Dialect, Outcome, Signing, StreamReader
from egide.gateway.dialects._anthropic import Anthropic
from egide.gateway.dialects._openai import OpenAI
from egide.gateway.dialects.openai_responses.sealed import Sealed
from egide.gateway.fields import NUMBER, Obj, Word
from egide.gateway.json_fields import Json
from egide.pseudonymisation import Session

Show = Callable[[Any, Session], dict[str, Any]]
BATCH_REQUEST: Final = Obj(
    {
        "input_file_id": Sealed(FILE),
        "endpoint": Word(*BATCHED, *(f"/v1{path}" for path in BATCHED)),
        "completion_window": Word("24h"),
        "metadata": Json(),
        "output_expires_after": Obj({"anchor": Word("created_at"), "seconds": NUMBER}, ("anchor", "seconds")),
    },
    ("input_file_id", "endpoint", "completion_window"),
)


class _Whole:
    """See ``gateway.dialect.Dialect``. ``show`` is what the caller gets of the answer."""

    request: Obj = Obj({})
    answer: Mapping[str, str] = {}
    stateful = True  # the answer names things that the provider keeps
    absent: str | None = "EG-4064"

    def __init__(self, show: Show) -> None:
        self._show = show

    def add_note(self, request: dict[str, Any], note: str) -> None:
        """Each request has its own."""

    def unseal(self, body: dict[str, Any], signing: Signing) -> None:
        """Seals are read with the fields that bear them."""

    def restore(self, answer: Any, session: Session, signing: Signing) -> Outcome:
        shown = self._show(answer, session)
        answer.clear()
        answer.update(shown)
        return Outcome(0, 0)  # nothing is computed yet

    def stream(self, session: Session, signing: Signing) -> StreamReader:
        raise ValueError("never streamed")

    def sample(self, model: str, *, streamed: bool) -> dict[str, Any]:
        return {}


class FileUpload(_Whole, OpenAI):
    """``POST /v1/files``."""

    name = "files"
    path = "/files"
    restores = False


class BatchCreation(_Whole, OpenAI):
    """``POST /v1/batches``."""

    name = "batches"
    path = "/batches"
    request = BATCH_REQUEST


class MessageBatchCreation(_Whole, Anthropic):
    """``POST /v1/messages/batches``."""

    name = "message-batches"
    path = "/messages/batches"
    restores = False


def file_upload(show: Show) -> Dialect:
    """The upload of a file."""
    return cast("Dialect", FileUpload(show))


def batch_creation(show: Show) -> Dialect:
    """The creation of a batch."""
    return cast("Dialect", BatchCreation(show))


def message_batch_creation(show: Show) -> Dialect:
    """The creation of a message batch."""
    return cast("Dialect", MessageBatchCreation(show))
