"""Texts that people wrote, sealed each for the place where it lies."""

from __future__ import annotations

from egide.workspace import wiring
from egide.workspace.prompts.models import Prepared


def seal_prepared(row: Prepared, text: str) -> bytes:
    """A filled text, sealed for its owner."""
    return wiring.keyring().seal(text.encode(), _prepared(row))


def open_prepared(row: Prepared) -> str:
    """In clear."""
    return wiring.keyring().open(bytes(row.sealed_text), _prepared(row)).decode()


def _prepared(row: Prepared) -> str:
    return f"prompts/prepared/{row.owner.public_id}/{row.id}"
