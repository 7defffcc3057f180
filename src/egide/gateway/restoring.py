"""Values back in the strings of a JSON value, whatever its shape."""

from __future__ import annotations

from typing import Any, Final

import orjson

from egide.pseudonymisation import Session

# Fields whose string is itself JSON: a value must be escaped before it is put there.
_JSON_STRINGS: Final = frozenset({"arguments", "partial_json"})
# What names a thing, or is made for programs: nobody's data, and of no use once changed.
_NAMES: Final = frozenset(
    {
        "id", "type", "object", "model", "role", "status", "call_id", "item_id", "tool_call_id",
        "response_id", "finish_reason", "stop_reason", "system_fingerprint", "service_tier", "signature",
        "encrypted_content",
    }
)  # fmt: skip


def restore_strings(value: Any, session: Session) -> Any:
    """``value`` with placeholders replaced in every string and key; dicts and lists are changed in place."""
    if type(value) is str:
        return session.restore(value)
    if type(value) is list:
        for i, item in enumerate(value):
            if type(item) in (str, list, dict):
                value[i] = restore_strings(item, session)
    elif type(value) is dict:
        _restore_object(value, session)
    return value


def _restore_object(value: dict[str, Any], session: Session) -> None:
    items = list(value.items())
    value.clear()  # filled again in the same order: a key may hold a placeholder too
    for key, item in items:
        if key in _JSON_STRINGS and type(item) is str:
            value[key] = session.restore(item, mode="json")
        elif session.read and key == "input" and type(item) is dict:
            # What a tool is given is read as the document that it is: a name stands before its value.
            value[key] = orjson.loads(session.restore(orjson.dumps(item).decode(), mode="json"))
        elif session.read and key in _NAMES and type(item) is str:
            value[key] = item
        else:
            value[session.restore(key) if "_" in key else key] = (
                restore_strings(item, session) if type(item) in (str, list, dict) else item
            )
