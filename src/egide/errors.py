"""Errors that people read: one catalogue of stable codes, one exception tree per part.

EgideError
├── DetectionError          (EG-1xxx)  a text could not be analysed
├── PseudonymisationError   (EG-2xxx)  a vault is locked, damaged or not for this caller
├── PolicyError             (EG-3xxx)  a request is refused by a rule
├── GatewayError            (EG-4xxx)  a request or an answer has a shape that Égide does not let through
├── DocumentError           (EG-405x)  an attachment that is not read, or not wholly
├── JournalError            (EG-5xxx)  the journal cannot be written, or does not verify
├── WorkspaceError          (EG-6xxx)  a person, key, usage or provider is missing or not allowed
└── SettingsError           (EG-7xxx)  the configuration is wrong

A message says what happened, what was kept safe and what to do next. It never holds a value taken
from a text: only the names of fields, labels, counts and codes may be filled in.
"""

from __future__ import annotations

from contextvars import ContextVar
from functools import cache
from typing import Final

from egide.reference.files import Strict, read

FRENCH: Final = "fr"
FILES: Final = {FRENCH: "messages.yaml", "en": "messages.en.yaml"}
# The language in which an error is told to who asked. French unless the pages say otherwise: what programs
# are answered never changes with a reader.
spoken: ContextVar[str] = ContextVar("egide_errors_spoken", default=FRENCH)


class Message(Strict):
    """One entry of the catalogue: a text with named fields, and what to do next."""

    title: str
    action: str


@cache
def catalogue(language: str = FRENCH) -> dict[str, Message]:
    """Every message by code, read once from its file of ``reference``; none for a language without a file."""
    entries = read(FILES[language]) if language in FILES else {}
    return {code: Message.model_validate(entry) for code, entry in entries.items()}


class EgideError(Exception):
    """Base of all errors that a person reads.

    ``code`` is a key of the catalogue; ``fields`` fill its text, in the language ``spoken`` at that moment.
    An unknown code or a missing field is a programming error and raises at once, so that tests see it.
    """

    def __init__(self, code: str, **fields: object) -> None:
        french = catalogue()[code]
        entry = catalogue(spoken.get()).get(code, french)
        self.code = code
        self.fields = fields
        self.title = entry.title.format(**fields)
        self.action = entry.action.format(**fields)
        super().__init__(f"{code} : {self.title} {self.action}")

    @property
    def message(self) -> str:
        """Title and action, without the code."""
        return f"{self.title} {self.action}"


class DetectionError(EgideError):
    """A text could not be analysed; nothing of it may leave."""


class PseudonymisationError(EgideError):
    """A vault is locked, damaged, or holds nothing for this caller."""


class PolicyError(EgideError):
    """A rule refuses the exchange."""


class GatewayError(EgideError):
    """A request or an answer has a shape that Égide does not let through."""


class DocumentError(EgideError):
    """An attachment is not read, or not wholly; nothing of the request leaves."""


class JournalError(EgideError):
    """The journal cannot be written, or does not verify."""


class WorkspaceError(EgideError):
    """A person, key, usage or provider is missing or not allowed."""


class SettingsError(EgideError):
    """The configuration is wrong."""
