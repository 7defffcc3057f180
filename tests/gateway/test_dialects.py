from __future__ import annotations

import pytest

from egide.gateway.dialects import by_kind, dialects


@pytest.mark.parametrize(("kind", "path"), [("openai", "/chat/completions"), ("anthropic", "/messages")])
def test_the_assistant_speaks_one_dialect_to_each_kind_of_provider(kind: str, path: str) -> None:
    assert by_kind(kind).path == path
    assert [d.path for d in dialects().values() if d.kind == kind and d.assistant] == [path]


def test_dialects_are_found_by_their_folder() -> None:
    assert {"/chat/completions", "/messages", "/responses"} <= dialects().keys()
    assert len({dialect.name for dialect in dialects().values()}) == len(dialects())


@pytest.mark.parametrize("path", dialects())
def test_the_smallest_request_keeps_what_it_is_given(path: str) -> None:
    dialect = dialects()[path]
    said = dialect.smallest({"temperature": 0.5})
    assert said["temperature"] == 0.5
    assert "Bonjour." in str(said)
    assert set(said) <= set(dialect.request.fields)
