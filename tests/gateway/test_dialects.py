from __future__ import annotations

import pytest

from egide.gateway.dialect import Kind
from egide.gateway.dialects import by_kind, dialects


@pytest.mark.parametrize(("kind", "path"), [("openai", "/chat/completions"), ("anthropic", "/messages")])
def test_the_assistant_speaks_one_dialect_to_each_kind_of_provider(kind: Kind, path: str) -> None:
    assert by_kind(kind).path == path
    assert by_kind(kind).kind == kind


def test_dialects_are_found_by_their_folder() -> None:
    assert {"/chat/completions", "/messages", "/responses"} <= dialects().keys()
    assert len({dialect.name for dialect in dialects().values()}) == len(dialects())
