from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

import aiohttp
import pytest

from egide.gateway.trying import LONGEST_PAUSE, PAUSE_SECONDS, elsewhere, no_answer, pause_before


@dataclass
class Head:
    status: int
    headers: dict[str, str] = field(default_factory=dict)


def head(status: int, retry_after: str | None = None) -> Any:
    return cast("Any", Head(status, {} if retry_after is None else {"retry-after": retry_after}))


@pytest.mark.parametrize(
    ("status", "retry_after", "pause"),
    [
        (503, None, PAUSE_SECONDS),
        (502, "0", PAUSE_SECONDS),
        (504, "1", 1.0),
        (429, "2", LONGEST_PAUSE),
        (429, "3", None),
        (429, None, None),
        (503, "120", None),
        (503, "Wed, 21 Oct 2026 07:28:00 GMT", None),
        (503, "²", None),
        (500, "1", None),
        (400, "1", None),
        (200, "1", None),
    ],
)
def test_the_same_provider_is_asked_again_only_after_a_short_wait(
    status: int, retry_after: str | None, pause: float | None
) -> None:
    assert pause_before(head(status, retry_after)) == pause


@pytest.mark.parametrize("status", [200, 301, 400, 401, 403, 404, 413, 422, 500, 501])
def test_what_another_provider_would_not_mend_stays(status: int) -> None:
    assert not elsewhere(head(status))


def test_the_words_of_a_failure_are_never_repeated() -> None:
    told = no_answer(aiohttp.InvalidURL("http://moi:secret@proxy"), "Ailleurs")
    assert (told.code, told.unsent) == ("EG-4008", False)
    assert "secret" not in str(told)
