"""A text that a person is about to send, with everything that decides what happens to it."""

from __future__ import annotations

from dataclasses import dataclass, field

from egide.policy import Caller, Provider
from egide.ports import Adjustments
from egide.workspace.prompts.guidance import Guidance


@dataclass(frozen=True, slots=True)
class Draft:
    """Checked: the caller may use this usage, the provider exists and knows the model. ``guidance``: that of
    the prompt that the text comes from."""

    text: str = field(repr=False)
    caller: Caller
    provider: Provider
    model: str
    adjustments: Adjustments = field(repr=False)
    guidance: Guidance | None = None
