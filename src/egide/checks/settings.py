"""What a policy says of the checks: the ``checks`` section of its file."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Response(StrEnum):
    """What happens to a text that gives orders to the model, from mildest to strictest."""

    WARN = "warn"  # said and counted, sent as it is
    NEUTRALISE = "neutralise"  # sent marked as data
    REFUSE = "refuse"  # nothing is sent


class Reading(StrEnum):
    """Which answers are read for values that nobody sent, once they were given."""

    NEVER = "never"
    ASKED = "asked"  # those of the Assistant, and of callers who ask to be told
    ALWAYS = "always"  # all of them: it doubles the computing of an exchange

    def covers(self, *, asked: bool) -> bool:
        """Whether an answer is read."""
        return self is Reading.ALWAYS or (asked and self is Reading.ASKED)


class Unsent(StrEnum):
    """What happens to a value of an answer that nobody sent, from mildest to strictest."""

    FLAG = "flag"  # said and counted, where the answer is read
    MASK = "mask"  # taken out on the way, in every answer


class CheckSettings(BaseModel):
    """``documents``: results of tools, documents, long pasted texts. ``people``: what a person writes.

    ``answers``: which answers are read. ``unsent``: what becomes of values there that nobody sent.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    documents: Response = Response.NEUTRALISE
    people: Response = Response.WARN
    answers: Reading = Reading.ASKED
    unsent: Unsent = Unsent.FLAG
