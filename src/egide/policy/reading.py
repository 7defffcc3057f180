"""From the text of a policy file to its document, or to where its mistakes are."""

from __future__ import annotations

from egide.errors import PolicyError
from egide.policy.document import PolicyDocument
from egide.reference.given import UnreadError, read_given


def read(text: str) -> PolicyDocument:
    """The document. Raises PolicyError EG-3004, which says where the mistakes are, never what is there."""
    try:
        return read_given(text, PolicyDocument)
    except UnreadError as problem:
        raise PolicyError("EG-3004", where=problem.where) from problem
