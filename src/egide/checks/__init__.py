"""What Égide checks around an exchange, beyond masking: orders hidden in what a model reads, values that an
answer holds and nobody sent, what of an answer should be verified, what in it could act by itself.

Pure, like the detection: no network, no clock, nothing kept of a text.
"""

from __future__ import annotations

from egide.checks.active import Active, active_content
from egide.checks.answer import AnswerChecks, check_answer
from egide.checks.cleaning import Cleaner
from egide.checks.injection import Origin, Passage, neutralise, screen
from egide.checks.settings import CheckSettings, Fields, Note, Response, Unsent
from egide.checks.unsent import Sent, removable, unsent
from egide.checks.verifiable import Item, to_verify
from egide.checks.withholding import Piece, Span, Unit, Withholder, mark
from egide.checks.written import JsonReader, plain

__all__ = [
    "Active",
    "AnswerChecks",
    "CheckSettings",
    "Cleaner",
    "Fields",
    "Item",
    "JsonReader",
    "Note",
    "Origin",
    "Passage",
    "Piece",
    "Response",
    "Sent",
    "Span",
    "Unit",
    "Unsent",
    "Withholder",
    "active_content",
    "check_answer",
    "mark",
    "neutralise",
    "plain",
    "removable",
    "screen",
    "to_verify",
    "unsent",
]
