"""Errors on pages are in the language of the page, and a request leaves nothing to the next one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.test import AsyncClient, Client

from egide.errors import EgideError, spoken
from egide.policy import Role

COOKIE = "egide-language"
TITLES = {"fr": "Vous n'êtes plus connecté.", "en": "You are no longer signed in."}


def in_language(client: Any, code: str) -> Any:
    client.cookies[COOKIE] = code
    return client


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", "The information changed while you were reading it."),
        ("fr", "L&#x27;information a changé pendant que vous la lisiez."),
    ],
)
def test_a_page_tells_an_error_in_its_language(code: str, said: str, browser: Callable[..., Client]) -> None:
    page = in_language(browser(Role.COLLABORATOR), code).post("/information/lire/", {"version": "0"})
    assert page.status_code == 200
    assert said in page.content.decode()


def test_a_request_leaves_nothing_to_its_thread() -> None:
    def ask(code: str) -> tuple[str, str]:
        answer = in_language(Client(), code).post("/assistant/apercu")
        assert answer.status_code == 401
        return answer.json()["error"]["title"], EgideError("EG-6106").title

    asked = ["en", "fr"] * 20
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(ask, asked)) == [(TITLES[code], TITLES["fr"]) for code in asked]


def test_a_request_that_fails_leaves_nothing_either(browser: Callable[..., Client]) -> None:
    client = in_language(browser(Role.COLLABORATOR), "en")
    assert client.get("/nulle-part/").status_code == 404
    assert spoken.get() == "fr"


async def test_requests_at_the_same_time_keep_their_language() -> None:
    async def ask(code: str) -> str:
        answer = await in_language(AsyncClient(), code).post("/assistant/apercu")
        return str(answer.json()["error"]["title"])

    asked = ["en", "fr", "en", "en", "fr"] * 8
    assert await asyncio.gather(*map(ask, asked)) == [TITLES[code] for code in asked]
    assert spoken.get() == "fr"
