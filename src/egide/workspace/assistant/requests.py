"""What the page sends, checked at the edge. Unknown fields are refused."""

from __future__ import annotations

import json
from typing import Annotated, Final, Literal, TypeVar
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.utils.translation import gettext
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from egide.detection import LABELS
from egide.errors import WorkspaceError
from egide.workspace.assistant.offsets import well_formed

MAX_CHARACTERS: Final = 200_000

Text = Annotated[str, AfterValidator(well_formed)]
Value = Annotated[str, AfterValidator(well_formed), Field(min_length=1, max_length=2_000)]


def _known(label: str) -> str:
    if label and label not in LABELS:
        raise ValueError("unknown label")
    return label


Label = Annotated[str, AfterValidator(_known)]


class DraftRequest(BaseModel):
    """A text being written, with what the person chose for it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: Text
    usage: str = Field(max_length=64)
    provider: str = Field(max_length=64)
    model: str = Field(default="", max_length=200)
    keep: tuple[Value, ...] = Field(default=(), max_length=500)
    hide: tuple[Value, ...] = Field(default=(), max_length=500)
    conversation: UUID | None = None
    prompt: str = Field(default="", max_length=64)


class SendRequest(DraftRequest):
    """The same text, to be sent. ``seen`` proves which preview the person had under the eyes; ``held`` names
    the message that a pilot accepted, when it is this one."""

    justification: Text = Field(default="", max_length=2_000)
    held: str = Field(default="", max_length=40)
    seen: str = Field(max_length=200)


class ValueRequest(BaseModel):
    """A value that a pilot declares for the whole company."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: Value


class ExceptionRequest(ValueRequest):
    """A value that is never personal; ``undo`` takes an earlier declaration back."""

    undo: bool = False


class ProposalRequest(ValueRequest):
    """A value that a person proposes to declare for the whole company; a pilot decides."""

    kind: Literal["not_personal", "hide"]
    label: Label = ""
    sentence: Text = Field(default="", max_length=10_000)


AnyRequest = TypeVar("AnyRequest", bound=BaseModel)


def read(request: HttpRequest, form: type[AnyRequest]) -> AnyRequest:
    """The body as ``form``. Raises WorkspaceError EG-6104 or EG-6105, which never repeat a value."""
    try:
        asked = form.model_validate(json.loads(request.body))
    except RequestDataTooBig:
        raise WorkspaceError("EG-6104", size=gettext("plus de 2 000 000"), limit=MAX_CHARACTERS) from None
    except ValidationError as problem:
        place = problem.errors(include_input=False, include_url=False)[0]["loc"]
        raise WorkspaceError("EG-6105", field=_field(place, form)) from None
    except (ValueError, RecursionError):
        raise WorkspaceError("EG-6105", field=gettext("corps")) from None
    if isinstance(asked, DraftRequest) and len(asked.text) > MAX_CHARACTERS:
        raise WorkspaceError("EG-6104", size=len(asked.text), limit=MAX_CHARACTERS)
    return asked


def _field(place: tuple[int | str, ...], form: type[BaseModel]) -> str:
    # The name of an unknown field was typed by the sender: only our own names are repeated.
    name = str(place[0]) if place else ""
    return name if name in form.model_fields else gettext("inconnu")
