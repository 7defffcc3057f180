from __future__ import annotations

from typing import Any

import pytest

from egide.gateway.batches.lines import Line
from egide.gateway.batches.results import _groups, filed, inline
from egide.gateway.dialects import dialects
from egide.gateway.identifiers import ScopeKeys
from egide.pseudonymisation import Keyring, Pseudonymiser, Scope

KEYRING = Keyring(b"clef de test " * 4)
SCOPE = Scope("acme", "p-1", "redaction")
CHAT, MESSAGES = dialects()["/chat/completions"], dialects()["/messages"]
_BROKEN = (ValueError, TypeError, AttributeError, KeyError)


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"response": None, "error": None},
        {"response": 3},
        {"response": {}},
        {"response": {"status_code": 200, "body": None}},
        {"response": {"status_code": 200, "body": {"choices": [{}]}}},
    ],
)
def test_a_line_of_another_shape_is_no_answer(content: dict[str, Any]) -> None:
    with pytest.raises(_BROKEN):
        filed(content, CHAT, Pseudonymiser(KEYRING).session(SCOPE), ScopeKeys.of(KEYRING, SCOPE))


@pytest.mark.parametrize("content", [{}, {"result": None}, {"result": {}}, {"result": {"type": "succeeded"}}])
def test_a_result_of_another_shape_is_no_answer(content: dict[str, Any]) -> None:
    with pytest.raises(_BROKEN):
        inline(content, MESSAGES, Pseudonymiser(KEYRING).session(SCOPE), ScopeKeys.of(KEYRING, SCOPE))


def test_lines_go_out_in_groups_bounded_by_number_and_size() -> None:
    lines = [Line(n, b"", 10) for n in range(200)] + [Line(n, b"", 200_000) for n in range(200, 210)]
    groups = _groups(lines)
    assert [line for group in groups for line in group] == lines
    assert max(map(len, groups)) == 64
    assert max(sum(line.size for line in group) for group in groups) <= 262_144 + 200_000
    assert _groups([]) == []
