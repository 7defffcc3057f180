"""What the checks found reaches the page: at the end of the stream, and when the conversation is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.test import AsyncClient
from tests.workspace.assistant import conftest
from tests.workspace.assistant.conftest import Echo, events, post

from egide.checks import check_answer
from egide.detection import Detector
from egide.policy import Decision
from egide.ports import Delta, Preview

SAID = "😀 Demandez à M. Gaspard Lemoine, <b>selon</b> l'article 1240 du Code civil : [ici](https://ailleurs.example/x)."
DRAFT = {"text": "Bonjour, à qui demander ?", "usage": "redaction", "provider": "ailleurs", "model": "a"}


@pytest.fixture
def checking(monkeypatch: pytest.MonkeyPatch, echo: Echo) -> Echo:
    """An exchange whose last piece carries the checks."""

    def pieces(text: str, decision: Decision) -> Iterator[Delta]:
        yield Delta(SAID)
        yield Delta("", checks=check_answer(SAID, Detector().detect(SAID), [text]))

    monkeypatch.setattr(conftest, "_pieces", pieces)
    return echo


async def test_the_end_of_an_answer_carries_marks_and_notes(
    checking: Echo, collaborator: AsyncClient
) -> None:
    *_, last = await events(collaborator, DRAFT)
    assert last["type"] == "done"
    assert [note["group"] for note in last["notes"]] == ["unsent", "verify", "verify"]
    (mark,) = last["marks"]
    units = SAID.encode("utf-16-le")[2 * mark["start"] : 2 * mark["end"]]
    assert units.decode("utf-16-le") == "Gaspard Lemoine"


async def test_a_conversation_read_again_says_the_same(checking: Echo, collaborator: AsyncClient) -> None:
    first, *_ = await events(collaborator, DRAFT)
    page = await collaborator.get(f"/assistant/conversations/{first['conversation']}/")
    content = page.content.decode()
    assert '<mark class="unsent"' in content
    assert "À vérifier avant de vous en servir" in content
    assert "article 1240 du Code civil" in content
    assert "mène à https://ailleurs.example/x" in content
    assert "&lt;b&gt;selon" in content
    assert 'href="https://ailleurs.example' not in content


async def test_what_was_kept_in_french_is_read_in_either_language(
    checking: Echo, collaborator: AsyncClient
) -> None:
    collaborator.cookies["egide-language"] = "en"
    first, *_, last = await events(collaborator, DRAFT)
    unsent = last["notes"][0]
    assert (unsent["kind"], unsent["why"].split(",")[0]) == ("name", "The model wrote this data")
    assert last["marks"][0]["reason"].startswith("The model wrote this data")
    address = f"/assistant/conversations/{first['conversation']}/"
    english = (await collaborator.get(address)).content.decode()
    assert "To check before you use it" in english
    assert "leads to https://ailleurs.example/x" in english
    assert "Models sometimes make addresses up" in english
    collaborator.cookies["egide-language"] = "fr"
    french = (await collaborator.get(address)).content.decode()
    assert "Un modèle invente parfois des adresses" in french
    assert "Le modèle a écrit cette donnée" in french


async def test_a_warning_reaches_the_preview(
    monkeypatch: pytest.MonkeyPatch, echo: Echo, collaborator: AsyncClient
) -> None:
    before = echo.preview

    def refused(*given: Any) -> Preview:
        found = before(*given)
        return replace(found, warnings=("Ce passage donne des ordres.",), refused=True)

    monkeypatch.setattr(echo, "preview", refused)
    preview = (await post(collaborator, "apercu", DRAFT)).json()
    assert preview["warnings"] == ["Ce passage donne des ordres."]
    assert preview["can_send"] is False
    assert preview["explanation"] == "Ce passage donne des ordres."
