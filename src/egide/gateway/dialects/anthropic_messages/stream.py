"""A streamed message: each content block has its own restorer, emptied before the block stops."""

from __future__ import annotations

from typing import Any, Final

import orjson

from egide.gateway import sse
from egide.gateway.dialect import Outcome, Signing
from egide.gateway.dialects.anthropic_messages.answer import read_usage
from egide.gateway.dialects.anthropic_messages.thinking import altered, read, seal
from egide.gateway.restoring import restore_strings
from egide.ports import Delta
from egide.pseudonymisation import Reader, Restorer, Session

# The field that carries the piece, and how it is written there, by kind of delta.
_TEXT: Final = "text_delta"
_JSON: Final = "input_json_delta"
_FIELDS: Final = {_TEXT: "text", _JSON: "partial_json"}
_KNOWN: Final = {
    _TEXT: frozenset({"type", "text"}),
    _JSON: frozenset({"type", "partial_json"}),
    "thinking_delta": frozenset({"type", "thinking"}),
    "signature_delta": frozenset({"type", "signature"}),
    "citations_delta": frozenset({"type", "citation"}),
}
_EVENT: Final = frozenset({"type", "index", "delta"})
_ODD: Final = ValueError("not an event of a message")


class Thought:
    """A text that the provider signs: as it gave it, and as it is shown."""

    def __init__(self, reader: Reader | None) -> None:
        self._reader = reader
        self.text, self.shown = "", ""

    def feed(self, piece: str) -> str:
        """What is shown once ``piece`` has come."""
        self.text += piece
        return self._show(read(self._reader, piece) if self._reader is not None else piece)

    def close(self) -> str:
        """What was held back."""
        return self._show(read(self._reader, "", last=True) if self._reader is not None else "")

    def _show(self, text: str) -> str:
        self.shown += text
        return text


class MessageStream:
    """See ``gateway.dialect.StreamReader``."""

    def __init__(self, session: Session, signing: Signing) -> None:
        self._session, self._signing = session, signing
        self._masked = session.changes
        self._restorers: dict[int, tuple[str, Restorer]] = {}
        self._thinking: dict[int, Thought] = {}
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
            odd = self._session.read and _prune(content)
            if not content["delta"]:
                return b""
            before = self._thought(content)
            changed = self._delta(content) or odd
        elif name == "content_block_start":
            changed = self._start(content)
        elif name == "content_block_stop":
            before = self._thought(content) + self._held(_index(content))
        elif name == "message_stop":
            before, self.ended = self.close(), True
        elif name == "message_start":
            changed = self._session.read and _emptied(content)
        elif self._masked and name != "ping":
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
            thought = self._thinking[index] = Thought(self._session.reader())
            if type(block.get("thinking")) is str and not block.get("signature"):
                block["thinking"] = thought.feed(block["thinking"])
            seal(block, self._signing, self._session.reader())
            return True
        if self._masked:
            text = block.get("text") if block.get("type") == "text" else None
            if type(text) is str and text:
                block["text"] = ""
            restore_strings(block, self._session)
            if type(text) is str and text:  # the first piece of those that follow
                block["text"] = self._restorer(index, _TEXT).feed(text)
        return self._masked

    def _delta(self, content: dict[str, Any]) -> bool:
        delta, index = content["delta"], _index(content)
        kind = delta.get("type")
        if kind == "thinking_delta":
            thought = self._thinking.setdefault(index, Thought(self._session.reader()))
            piece = _string(delta, "thinking")
            delta["thinking"] = thought.feed(piece)
            return bool(delta["thinking"] != piece)
        if kind == "signature_delta":
            thinking = self._thinking.pop(index, None)
            if thinking is not None:  # the seal stands before the first piece of the signature
                signature = _string(delta, "signature")
                delta["signature"] = altered(thinking.text, thinking.shown, signature, self._signing)
            return thinking is not None
        if not self._masked:
            return False
        field = _FIELDS.get(str(kind))
        if field is None:  # not known to come in pieces: restored as it stands
            restore_strings(delta, self._session)
            return True
        piece = _string(delta, field)
        delta[field] = self._restorer(index, str(kind)).feed(piece) if piece else piece
        return bool(delta[field] != piece)

    def _thought(self, content: dict[str, Any]) -> bytes:
        """An event of ours with what is held back of a text whose signature, or end, has come."""
        index = _index(content)
        if content["type"] == "content_block_delta" and content["delta"].get("type") != "signature_delta":
            return b""
        held = self._thinking[index].close() if index in self._thinking else ""
        delta = {"type": "thinking_delta", "thinking": held}
        return _event(index, delta) if held else b""

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
        return _event(index, {"type": kind, _FIELDS[kind]: held})


def _event(index: int, delta: dict[str, Any]) -> bytes:
    content = {"type": "content_block_delta", "index": index, "delta": delta}
    return sse.encode(orjson.dumps(content), "content_block_delta")


def _prune(content: dict[str, Any]) -> bool:
    """Take away what the protocol has not: nothing reads it with the pieces that follow."""
    delta = content["delta"]
    fields = _KNOWN.get(str(delta.get("type")), frozenset())
    odd = [
        (holder, name)
        for holder, known in ((content, _EVENT), (delta, fields))
        for name in holder.keys() - known
    ]
    for holder, name in odd:
        del holder[name]
    return bool(odd)


def _emptied(content: dict[str, Any]) -> bool:
    """Take away a text that the protocol does not put there: it would be read apart from what follows."""
    message = content.get("message")
    if type(message) is not dict or not message.get("content"):
        return False
    message["content"] = []
    return True


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
