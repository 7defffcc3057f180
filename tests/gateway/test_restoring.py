from __future__ import annotations

import json
from collections.abc import Sequence

from tests.gateway.staging import KEYRING

from egide.detection import Finding
from egide.gateway.restoring import restore_strings
from egide.pseudonymisation import Pseudonymiser, Scope, Segment

VALUE = 'Léa "Lou" Garrigou'


def test_values_come_back_in_every_string_and_key() -> None:
    session = Pseudonymiser(KEYRING).session(Scope("acme", "p-1", "u"))
    held = session.mask(VALUE, [Finding(0, len(VALUE), "PERSON", 1.0, "test", "")])
    arguments = json.dumps({"nom": held})
    answer = {
        "a": [held, {"b": f"x {held}"}, 3, None],
        held: True,
        "arguments": arguments,
        "other": arguments,
    }
    restored = restore_strings(answer, session)
    assert restored["a"] == [VALUE, {"b": f"x {VALUE}"}, 3, None]
    assert restored[VALUE] is True
    assert json.loads(restored["arguments"]) == {"nom": VALUE}
    assert restored["other"] == '{"nom": "Léa "Lou" Garrigou"}'
    assert list(restored) == ["a", VALUE, "arguments", "other"]


def test_what_names_a_thing_is_not_read_where_values_are_taken_out() -> None:
    made = Pseudonymiser(KEYRING).session(Scope("acme", "p-1", "u"))
    made.read_by(lambda mode: Nothing())
    answer = {
        "id": "chatcmpl-1",
        "choices": [{"message": {"role": "assistant", "content": "x", "odd": ["y"]}}],
    }
    assert restore_strings(answer, made) == {
        "id": "chatcmpl-1",
        "choices": [{"message": {"role": "assistant", "content": "", "odd": [""]}}],
    }


class Nothing:
    """Takes everything out."""

    def feed(self, segments: Sequence[Segment]) -> list[Segment]:
        return []

    def close(self) -> list[Segment]:
        return []
