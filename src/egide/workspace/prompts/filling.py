"""A prompt's text with its blanks filled. A value is only ever text: braces in it mean nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from egide.reference.prompts import VARIABLE, prompts
from egide.workspace.prompts.content import Content

MISSING: Final = "« à compléter »"


def fill(content: Content, values: Mapping[str, str]) -> str:
    """The text to send, in one pass, with the instruction that ends every prompt."""

    def value(found: object) -> str:
        name = found[1]  # type: ignore[index]
        return values.get(name, "").strip() or MISSING

    return f"{VARIABLE.sub(value, content.template)}\n{prompts().help.instruction}"
