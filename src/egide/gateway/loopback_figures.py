"""Answers in figures of the loopback provider: vectors, scores and counts, drawn from what it was sent."""

from __future__ import annotations

import base64
import hashlib
import json
import struct
from typing import Any, Final

_DIMENSIONS: Final = 8
_CATEGORIES: Final = ("harassment", "hate", "self-harm", "sexual", "violence")


def embeddings_answer(body: dict[str, Any], text: str) -> dict[str, Any]:
    """One vector for each text; the same text always has the same."""
    data = [
        {"object": "embedding", "index": index, "embedding": _vector(one, body)}
        for index, one in enumerate(_inputs(body))
    ]
    usage = {"prompt_tokens": 11, "total_tokens": 11}
    return {"object": "list", "data": data, "model": body["model"], "usage": usage}


def moderations_answer(body: dict[str, Any], text: str) -> dict[str, Any]:
    """One result for each text, one for all the parts of a message; « violence » is flagged by its name."""
    asked = _inputs(body)
    texts = [json.dumps(asked)] if any(isinstance(one, dict) for one in asked) else asked
    results = [
        {
            "flagged": "violence" in one,
            "categories": {name: name in one for name in _CATEGORIES},
            "category_scores": {name: 0.9 if name in one else 0.01 for name in _CATEGORIES},
            "category_applied_input_types": {name: ["text"] for name in _CATEGORIES},
        }
        for one in texts
    ]
    return {"id": "modr-loopback", "model": body["model"], "results": results}


def count_answer(body: dict[str, Any], text: str) -> dict[str, Any]:
    """A count that follows the length of all that was sent."""
    return {"input_tokens": len(json.dumps(body, ensure_ascii=False)) // 4}


def _inputs(body: dict[str, Any]) -> list[Any]:
    asked = body["input"]
    return asked if isinstance(asked, list) else [asked]


def _vector(text: str, body: dict[str, Any]) -> list[float] | str:
    size = body.get("dimensions") or _DIMENSIONS
    drawn = hashlib.shake_256(text.encode()).digest(2 * size)
    values = [number / 65_535 for number in struct.unpack(f"<{size}H", drawn)]
    if body.get("encoding_format") == "base64":
        return base64.b64encode(struct.pack(f"<{size}f", *values)).decode()
    return values
