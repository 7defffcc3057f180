"""Texts that people wrote, sealed each for the place where it lies."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from egide.workspace import wiring
from egide.workspace.prompts.content import Content
from egide.workspace.prompts.models import Case, Prepared, Prompt, Trial, Version


def seal_draft(row: Prompt, content: Content) -> bytes:
    """The draft of a prompt, sealed."""
    return wiring.keyring().seal(content.model_dump_json().encode(), _place(row, "draft"))


def open_draft(row: Prompt) -> Content:
    """In clear."""
    opened = wiring.keyring().open(bytes(row.sealed_draft), _place(row, "draft"))
    return Content.model_validate_json(opened)


def seal_word(row: Prompt, word: str) -> bytes:
    """What a pilot answered, sealed; nothing for an empty one."""
    return wiring.keyring().seal(word.encode(), _place(row, "word")) if word else b""


def open_word(row: Prompt) -> str:
    """In clear."""
    sealed = bytes(row.sealed_word)
    return wiring.keyring().open(sealed, _place(row, "word")).decode() if sealed else ""


def seal_version(row: Version, content: Content) -> bytes:
    """An approved content, sealed for its number."""
    return wiring.keyring().seal(content.model_dump_json().encode(), _place(row.prompt, str(row.number)))


def open_version(row: Version) -> Content:
    """In clear."""
    return open_shared(row.prompt_id, row.number, bytes(row.sealed_content))


@lru_cache(maxsize=1_000)
def open_shared(prompt: UUID, number: int, sealed: bytes) -> Content:
    """The content of a version, in clear. Everybody may read it and it never changes: the latest that were
    asked for are remembered, each by the very bytes that were sealed."""
    opened = wiring.keyring().open(sealed, f"prompts/{prompt}/{number}")
    return Content.model_validate_json(opened)


def seal_case(row: Case, told: Mapping[str, object]) -> bytes:
    """A case, sealed for its owner."""
    return wiring.keyring().seal(json.dumps(told).encode(), _case(row, "case"))


def open_case(row: Case) -> dict[str, Any]:
    """In clear."""
    told: dict[str, Any] = json.loads(wiring.keyring().open(bytes(row.sealed), _case(row, "case")))
    return told


def seal_answer(row: Trial, answer: str) -> bytes:
    """An answer, sealed for the owner of the case; nothing for an empty one."""
    return wiring.keyring().seal(answer.encode(), _case(row.case, str(row.id))) if answer else b""


def open_answer(row: Trial) -> str:
    """In clear."""
    sealed = bytes(row.sealed_answer)
    return wiring.keyring().open(sealed, _case(row.case, str(row.id))).decode() if sealed else ""


def _case(row: Case, place: str) -> str:
    return f"prompts/case/{row.owner.public_id}/{row.id}/{place}"


def digest(content: Content) -> str:
    """Differs when anything of the content does."""
    return hashlib.sha256(content.model_dump_json().encode()).hexdigest()


def _place(row: Prompt, place: str) -> str:
    return f"prompts/{row.id}/{place}"


def seal_prepared(row: Prepared, text: str) -> bytes:
    """A filled text, sealed for its owner."""
    return wiring.keyring().seal(text.encode(), _prepared(row))


def open_prepared(row: Prepared) -> str:
    """In clear."""
    return wiring.keyring().open(bytes(row.sealed_text), _prepared(row)).decode()


def _prepared(row: Prepared) -> str:
    return f"prompts/prepared/{row.owner.public_id}/{row.id}"
