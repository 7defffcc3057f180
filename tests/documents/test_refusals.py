from __future__ import annotations

import pytest

from egide.documents import Limits, Refusal
from egide.documents.refusals import REASONS
from egide.errors import DocumentError
from egide.gateway.statuses import status_of


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_makes_a_message_that_people_read(reason: str) -> None:
    refusal = Refusal(reason)
    words = refusal.words(Limits())
    problem = DocumentError(refusal.code, reason=words, field="messages.0.content.1")
    assert words in problem.message
    assert "{" not in problem.message
    assert status_of(problem) == (413 if refusal.code == "EG-4054" else 400)


def test_another_reason_is_not_repeated() -> None:
    assert Refusal("Garrigou").reason == "crash"
