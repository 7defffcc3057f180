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


class Fields(StrEnum):
    """What becomes of a field of a request that Égide does not know: it leaves in no case."""

    REFUSE = "refuse"  # the request is refused, with the name of the field
    DROP = "drop"  # the request leaves without it, and the caller is told how many are missing


class Note(StrEnum):
    """Where the model is told of placeholders, in a chat that has no system message of its own."""

    SYSTEM = "system"
    USER = "user"  # in front of what the person says: some models take no system message


class CheckSettings(BaseModel):
    """``documents``: results of tools, documents, long pasted texts. ``people``: what a person writes.

    ``answers``: which answers are read. ``unsent``: what becomes of values there that nobody sent.
    ``fields``: what becomes of fields of a request that are not known. ``note``: where the model is told of
    placeholders.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    documents: Response = Response.NEUTRALISE
    people: Response = Response.WARN
    answers: Reading = Reading.ASKED
    unsent: Unsent = Unsent.FLAG
    fields: Fields = Fields.REFUSE
    note: Note = Note.SYSTEM
