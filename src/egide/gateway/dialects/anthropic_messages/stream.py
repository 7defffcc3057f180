"""A streamed message: each content block has its own restorer, emptied before the block stops."""

from __future__ import annotations

from typing import Any, Final

import orjson

from egide.gateway import sse
from egide.gateway.dialect import Outcome, Signing
from egide.gateway.dialects.anthropic_messages.answer import read_usage
from egide.gateway.dialects.anthropic_messages.thinking import marked, seal
from egide.gateway.restoring import restore_strings
from egide.ports import Delta
from egide.pseudonymisation import Restorer, Session

# The field that carries the piece, and how it is written there, by kind of delta.
_TEXT: Final = "text_delta"
_JSON: Final = "input_json_delta"
_FIELDS: Final = {_TEXT: "text", _JSON: "partial_json"}
_ODD: Final = ValueError("not an event of a message")


class MessageStream:
    """See ``gateway.dialect.StreamReader``."""

    def __init__(self, session: Session, signing: Signing) -> None:
        self._session, self._signing = session, signing
        self._masked = session.changes
        self._restorers: dict[int, tuple[str, Restorer]] = {}
        self._thinking: dict[int, str] = {}
        self.outcome = Outcome()
        self.ended = False
        self.failed = False
        self.number = 0

    def feed(self, event: sse.Event) -> bytes:
        content = self._read(event)
        if content is None:
            return b"" if self.failed else sse.COMMENT
        name = content["type"]
        before, changed = b"", False
        if name == "content_block_delta":
            changed = self._delta(content)
        elif name == "content_block_start":
            changed = self._start(content)
        elif name == "content_block_stop":
            before = self._held(_index(content))
        elif name == "message_stop":
            before, self.ended = self.close(), True
        elif self._masked and name not in ("ping", "message_start"):
            changed = bool(restore_strings(content, self._session))
        return before + sse.encode(orjson.dumps(content) if changed else event.data, name)

    def deltas(self, event: sse.Event) -> list[Delta]:
        content = self._read(event) or {}
        found = []
        if content.get("type") == "content_block_delta" and content["delta"].get("type") == _TEXT:
            restorer = self._restorer(_index(content), _TEXT)
            found = restorer.feed_segments(_string(content["delta"], "text"))
        elif content.get("type") == "content_block_stop" and _index(content) in self._restorers:
            found = self._restorers.pop(_index(content))[1].close_segments()
        elif content.get("type") == "message_stop":
            self.ended = True
            found = [piece for _, one in self._restorers.values() for piece in one.close_segments()]
        return [Delta(piece.text, piece.label) for piece in found]

    def close(self) -> bytes:
        return b"".join(self._held(index) for index in list(self._restorers))

    def _read(self, event: sse.Event) -> dict[str, Any] | None:
        """The event; None for a sign of life, or for the provider's own failure."""
        if not event.data:
            return None
        content = orjson.loads(event.data)
        if type(content) is not dict or type(content.get("type")) is not str:
            raise _ODD
        if content["type"] == "error":
            self.failed = True
            return None
        if not content["type"].isascii() or not content["type"].replace("_", "").isalpha():
            raise _ODD
        if (
            content["type"] in ("content_block_delta", "message_delta")
            and type(content.get("delta")) is not dict
        ):
            raise _ODD
        if content["type"] == "message_start":
            read_usage((content.get("message") or {}).get("usage"), self.outcome)
        elif content["type"] == "message_delta":
            read_usage(content.get("usage"), self.outcome)
            reason = content["delta"].get("stop_reason")
            self.outcome.finish = reason if type(reason) is str else self.outcome.finish
        return content

    def _start(self, content: dict[str, Any]) -> bool:
        block = content.get("content_block")
        if type(block) is not dict:
            raise _ODD
        index = _index(content)
        if block.get("type") in ("thinking", "redacted_thinking"):
            self._thinking[index] = str(block.get("thinking", ""))
            seal(block, self._signing)
            return True
        if self._masked:
            restore_strings(block, self._session)
        return self._masked

    def _delta(self, content: dict[str, Any]) -> bool:
        delta, index = content["delta"], _index(content)
        kind = delta.get("type")
        if kind == "thinking_delta":
            self._thinking[index] = self._thinking.get(index, "") + _string(delta, "thinking")
            return False
        if kind == "signature_delta":
            text = self._thinking.pop(index, None)
            if text is not None:  # the seal stands before the first piece of the signature
                delta["signature"] = marked(text, _string(delta, "signature"), self._signing)
            return text is not None
        if not self._masked:
            return False
        field = _FIELDS.get(str(kind))
        if field is None:  # not known to come in pieces: restored as it stands
            restore_strings(delta, self._session)
            return True
        piece = _string(delta, field)
        delta[field] = self._restorer(index, str(kind)).feed(piece) if piece else piece
        return bool(delta[field] != piece)

    def _restorer(self, index: int, kind: str) -> Restorer:
        known = self._restorers.get(index)
        if known is None:
            known = (kind, self._session.restorer("json" if kind == _JSON else "text"))
            self._restorers[index] = known
        return known[1]

    def _held(self, index: int) -> bytes:
        """An event of ours with what is held back of a block."""
        kind, restorer = self._restorers.pop(index, ("", None))
        held = restorer.close() if restorer is not None else ""
        if not held:
            return b""
        delta = {"type": kind, _FIELDS[kind]: held}
        content = {"type": "content_block_delta", "index": index, "delta": delta}
        return sse.encode(orjson.dumps(content), "content_block_delta")


def _index(content: dict[str, Any]) -> int:
    index = content.get("index")
    if type(index) is not int:
        raise _ODD
    return index


def _string(delta: dict[str, Any], field: str) -> str:
    text = delta.get(field)
    if type(text) is not str:
        raise _ODD
    return text
