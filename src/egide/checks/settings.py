"""What a policy says of the checks: the ``checks`` section of its file."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Response(StrEnum):
    """What happens to a text that gives orders to the model, from mildest to strictest."""

    WARN = "warn"  # said and counted, sent as it is
    NEUTRALISE = "neutralise"  # sent marked as data
    REFUSE = "refuse"  # nothing is sent


class CheckSettings(BaseModel):
    """``documents``: results of tools, documents, long pasted texts. ``people``: what a person writes.

    ``answers``: answers are read for values that nobody sent.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    documents: Response = Response.NEUTRALISE
    people: Response = Response.WARN
    answers: bool = True
