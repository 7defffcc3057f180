"""What a Messages request may hold, field by field (docs.anthropic.com, "Create a Message").

Tools that the provider itself runs (web search, code) are not known here: what they would read or write
is out of our sight.
"""

from __future__ import annotations

from typing import Final

from egide.gateway.dialects.anthropic_messages.attached import Base64Block, DocumentBlock
from egide.gateway.dialects.anthropic_messages.thinking import Sealed
from egide.gateway.fields import (
    FLAG,
    NUMBER,
    Dropped,
    Either,
    Name,
    Node,
    Obj,
    Seq,
    Tagged,
    Text,
    Token,
    Word,
)
from egide.gateway.json_fields import Json, Schema

_CACHE = Obj({"type": Word("ephemeral"), "ttl": Word("5m", "1h")})
_TEXT = Obj(
    {"type": Word("text"), "text": Text(), "cache_control": _CACHE, "citations": Dropped()}, ("text",)
)
_UNREAD = frozenset({"search_result", "container_upload", "audio", "video", "file"})
_IMAGE = Base64Block(cache_control=_CACHE)
# A document given as a file: its title and its context are not sent, the text that takes its place has none.
_DOCUMENT = DocumentBlock(
    Base64Block("title", "context", "citations", cache_control=_CACHE),
    Obj(
        {
            "type": Word("document"),
            "source": Tagged(
                {
                    "text": Obj(
                        {"type": Word("text"), "media_type": Word("text/plain"), "data": Text()}, ("data",)
                    ),
                    "content": Obj(
                        {
                            "type": Word("content"),
                            "content": Either(
                                text=Text(), many=Seq(Tagged({"text": _TEXT, "image": _IMAGE}), joined=True)
                            ),
                        },
                        ("content",),
                    ),
                }
            ),
            "title": Text(),
            "context": Text(),
            "citations": Dropped(),
            "cache_control": _CACHE,
        },
        ("source",),
    ),
)
_FILES: dict[str, Node] = {"image": _IMAGE, "document": _DOCUMENT}
_RESULT = Obj(
    {
        "type": Word("tool_result"),
        "tool_use_id": Token(),
        "content": Either(
            text=Text(),
            many=Seq(Tagged({"text": _TEXT, **_FILES}, unread=_UNREAD | {"tool_reference"}), joined=True),
        ),
        "is_error": FLAG,
        "cache_control": _CACHE,
    },
    ("tool_use_id",),
)
_USE = Obj(
    {
        "type": Word("tool_use"),
        "id": Token(),
        "name": Name(),
        "input": Json(),
        "caller": Dropped(),
        "cache_control": _CACHE,
    },
    ("id", "name"),
)
_THINKING = Obj({"type": Word("thinking"), "thinking": Sealed(), "signature": Sealed()}, ("thinking",))
_REDACTED = Obj({"type": Word("redacted_thinking"), "data": Sealed()}, ("data",))
_BLOCKS = Seq(
    Tagged(
        {
            "text": _TEXT,
            "tool_use": _USE,
            "tool_result": _RESULT,
            "thinking": _THINKING,
            "redacted_thinking": _REDACTED,
            **_FILES,
        },
        unread=_UNREAD,
    ),
    joined=True,
)
_MESSAGE = Obj(
    {"role": Word("user", "assistant"), "content": Either(text=Text(), many=_BLOCKS)}, ("role", "content")
)
_TOOL = Obj(
    {
        "type": Word("custom"),
        "name": Name(),
        "description": Text(),
        "input_schema": Schema(),
        "input_examples": Seq(Json()),
        "cache_control": _CACHE,
        "strict": FLAG,
        "eager_input_streaming": FLAG,
    },
    ("name",),
)

REQUEST: Final = Obj(
    {
        "model": Name(),
        "messages": Seq(_MESSAGE),
        "max_tokens": NUMBER,
        "system": Either(text=Text(), many=Seq(Tagged({"text": _TEXT}), joined=True)),
        "stream": FLAG,
        "stop_sequences": Seq(Text()),
        "temperature": NUMBER,
        "top_p": NUMBER,
        "top_k": NUMBER,
        "tools": Seq(_TOOL),
        "tool_choice": Obj(
            {
                "type": Word("auto", "any", "tool", "none"),
                "name": Name(),
                "disable_parallel_tool_use": FLAG,
            }
        ),
        "thinking": Obj(
            {
                "type": Word("enabled", "disabled", "adaptive"),
                "budget_tokens": NUMBER,
                "display": Word("summarized", "omitted"),
            }
        ),
        "output_config": Obj(
            {
                "effort": Word("low", "medium", "high", "xhigh", "max"),
                "format": Obj({"type": Word("json_schema"), "schema": Schema()}),
            }
        ),
        "service_tier": Word("auto", "standard_only"),
        "cache_control": _CACHE,
        "metadata": Dropped(),
    },
    ("model", "messages"),
)
