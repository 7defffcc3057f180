from __future__ import annotations

import pytest

from egide.reference.prompts import prompts
from egide.workspace.prompts.catalogue import ready
from egide.workspace.prompts.content import Content
from egide.workspace.prompts.filling import fill


def _content(template: str) -> Content:
    return Content.model_validate({**ready()["com-relance"].content.model_dump(), "template": template})


@pytest.mark.parametrize(
    "hostile",
    [
        "{{b}}",
        "{{a}}",
        "{b}",
        "%(b)s",
        r"\1 \g<0>",
        "{% if b %}",
        "<script>alert(1)</script>",
        "${b}",
        "{{{{b}}}}",
    ],
)
def test_a_hostile_value_stays_text(hostile: str) -> None:
    filled = fill(_content("Début {{a}} milieu {{b}} fin {{a}}"), {"a": hostile, "b": "SECRET"})
    first = filled.splitlines()[0]
    assert first == f"Début {hostile} milieu SECRET fin {hostile}"


def test_a_blank_left_empty_is_told_as_missing_and_the_instruction_ends_the_text() -> None:
    filled = fill(_content("Objet : {{a}}."), {"a": "  "})
    assert filled == f"Objet : « à compléter ».\n{prompts().help.instruction}"


def test_every_ready_prompt_can_be_filled_whole() -> None:
    for entry in ready().values():
        filled = fill(entry.content, {name: f"valeur de {name}" for name in entry.content.variables})
        assert "{{" not in filled
        assert all(f"valeur de {name}" in filled for name in entry.content.variables)
