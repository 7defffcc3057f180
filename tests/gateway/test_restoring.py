from __future__ import annotations

import json

from tests.gateway.staging import KEYRING

from egide.detection import Finding
from egide.gateway.restoring import restore_strings
from egide.pseudonymisation import Pseudonymiser, Scope

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
