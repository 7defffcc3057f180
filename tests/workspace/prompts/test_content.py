from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from egide.reference.prompts import prompts
from egide.workspace.prompts.catalogue import ready
from egide.workspace.prompts.content import Content


def test_each_class_of_data_of_a_ready_prompt_has_the_fate_that_the_file_says() -> None:
    for prompt in prompts().prompts:
        fates = {one.id: fate for one, fate in ready()[prompt.id].content.classes}
        assert {one for one, fate in fates.items() if fate == "forbidden"} == set(prompt.data.forbidden)
        assert {one for one, fate in fates.items() if fate == "allowed"} == set(prompt.data.allowed)


@pytest.mark.parametrize(
    "change",
    [
        {"title": ""},
        {"title": "deux\nlignes"},
        {"title": "x" * 121},
        {"title": "caché\u200b"},
        {"title": "à l'envers \u202e"},
        {"department": "inconnu"},
        {"allowed": ["public"], "masked": ["public"]},
        {"allowed": ["inconnue"]},
        {"allowed": ["personnel"]},
        {"masked": ["interne"]},
        {"masked": ["sensible"]},
        {"masked": ["strategique"]},
        {"checklist": ["faits", "faits"]},
        {"checklist": ["inconnue"]},
        {"risk": "nul"},
        {"template": "x" * 20_001},
        {"template": " ".join(f"{{{{v{n}}}}}" for n in range(31))},
        {"template": "nul\x00"},
        {"usage": "../ailleurs"},
        {"surprise": 1},
    ],
)
def test_a_content_that_is_not_well_formed_is_refused(change: dict[str, Any]) -> None:
    good = ready()["com-relance"].content.model_dump()
    with pytest.raises(ValidationError):
        Content.model_validate({**good, **change})
