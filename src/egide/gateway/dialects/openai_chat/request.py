"""What a chat completion request may hold, field by field (platform.openai.com, "Create chat completion").

Also the fields that compatible services add and that are numbers or words (Mistral, vLLM, Ollama).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from egide.gateway.dialects.openai_chat.attached import DocumentUrl, FilePart, ImageUrl
from egide.gateway.fields import (
    FLAG,
    NUMBER,
    Dropped,
    Either,
    Name,
    Node,
    Obj,
    Put,
    Seq,
    Tagged,
    Text,
    Token,
    Unread,
    Word,
    wrong,
)
from egide.gateway.json_fields import JsonText, Schema
from egide.gateway.slots import Walk


class Biases:
    """``logit_bias``: numbers of tokens to numbers."""

    def read(self, value: Any, path: str, walk: Walk, put: Put) -> Any:
        if value is None:
            return None
        if type(value) is not dict or not all(re.fullmatch(r"\d{1,7}", key) for key in value):
            raise wrong(path)
        return {key: NUMBER.read(bias, path, walk, put) for key, bias in value.items()}

    def rows(self, path: str) -> Iterator[tuple[str, str]]:
        yield path, "transmis tel quel (nombres)"


_CACHE = Obj({"mode": Word("explicit", "implicit"), "ttl": Word("30m", "12h"), "type": Word("ephemeral")})
_TEXT_PART = Obj(
    {
        "type": Word("text"),
        "text": Text(),
        "prompt_cache_breakpoint": _CACHE,
        "cache_control": _CACHE,
    },
    ("text",),
)
_REFUSAL_PART = Obj({"type": Word("refusal"), "refusal": Text()}, ("refusal",))
_UNREAD = frozenset({"input_audio", "document", "image", "audio_url", "video_url"})
_KEPT = {"prompt_cache_breakpoint": _CACHE, "cache_control": _CACHE}
_FILES: dict[str, Node] = {
    "image_url": ImageUrl(**_KEPT),
    "file": FilePart(**_KEPT),
    "document_url": DocumentUrl(**_KEPT),
}
_PARTS = Seq(Tagged({"text": _TEXT_PART, "refusal": _REFUSAL_PART, **_FILES}, unread=_UNREAD), joined=True)
_CONTENT = Either(text=Text(), many=_PARTS)
_CALL = Obj({"name": Name(), "arguments": JsonText()}, ("name",))
_TOOL_CALL = Tagged(
    {
        "function": Obj(
            {"id": Token(), "type": Word("function"), "function": _CALL, "index": NUMBER}, ("function",)
        ),
        "custom": Obj(
            {
                "id": Token(),
                "type": Word("custom"),
                "custom": Obj({"name": Name(), "input": Text()}, ("name",)),
            },
            ("custom",),
        ),
    }
)
_MESSAGE = Tagged(
    {
        "system": Obj({"role": Word("system"), "content": _CONTENT, "name": Token()}),
        "developer": Obj({"role": Word("developer"), "content": _CONTENT, "name": Token()}),
        "user": Obj({"role": Word("user"), "content": _CONTENT, "name": Token()}),
        "assistant": Obj(
            {
                "role": Word("assistant"),
                "content": _CONTENT,
                "name": Token(),
                "refusal": Text(),
                "reasoning_content": Text(),
                "reasoning": Text(),
                "prefix": FLAG,
                "tool_calls": Seq(_TOOL_CALL),
                "function_call": _CALL,
                "audio": Unread(),
                "annotations": Dropped(),
            }
        ),
        "tool": Obj({"role": Word("tool"), "content": _CONTENT, "tool_call_id": Token(), "name": Name()}),
        "function": Obj({"role": Word("function"), "content": _CONTENT, "name": Name()}),
    },
    tag="role",
)
_FUNCTION = Obj({"name": Name(), "description": Text(), "parameters": Schema(), "strict": FLAG}, ("name",))
_GRAMMAR = Obj({"definition": Text(), "syntax": Word("lark", "regex")})
_TOOL = Tagged(
    {
        "function": Obj({"type": Word("function"), "function": _FUNCTION}, ("function",)),
        "custom": Obj(
            {
                "type": Word("custom"),
                "custom": Obj(
                    {
                        "name": Name(),
                        "description": Text(),
                        "format": Obj({"type": Word("text", "grammar"), "grammar": _GRAMMAR}),
                    },
                    ("name",),
                ),
            },
            ("custom",),
        ),
    }
)
_NAMED = Obj({"name": Name()}, ("name",))
_CHOSEN = Tagged(
    {
        "function": Obj({"type": Word("function"), "function": _NAMED}, ("function",)),
        "custom": Obj({"type": Word("custom"), "custom": _NAMED}, ("custom",)),
        "allowed_tools": Obj(
            {
                "type": Word("allowed_tools"),
                "allowed_tools": Obj(
                    {
                        "mode": Word("auto", "required"),
                        "tools": Seq(
                            Obj({"type": Word("function", "custom"), "function": _NAMED, "custom": _NAMED})
                        ),
                    }
                ),
            }
        ),
    }
)
_FORMAT = Tagged(
    {
        "text": Obj({"type": Word("text")}),
        "json_object": Obj({"type": Word("json_object")}),
        "json_schema": Obj(
            {
                "type": Word("json_schema"),
                "json_schema": Obj(
                    {"name": Name(), "description": Text(), "schema": Schema(), "strict": FLAG}
                ),
            },
            ("json_schema",),
        ),
    }
)

REQUEST: Final = Obj(
    {
        "model": Name(),
        "messages": Seq(_MESSAGE),
        "stream": FLAG,
        "stream_options": Obj({"include_usage": FLAG, "include_obfuscation": FLAG}),
        "tools": Seq(_TOOL),
        "tool_choice": Either(text=Word("none", "auto", "required", "any"), one=_CHOSEN),
        "parallel_tool_calls": FLAG,
        "functions": Seq(_FUNCTION),
        "function_call": Either(text=Word("none", "auto"), one=_NAMED),
        "response_format": _FORMAT,
        "prediction": Obj({"type": Word("content"), "content": _CONTENT}),
        "stop": Either(text=Text(), many=Seq(Text())),
        "temperature": NUMBER,
        "top_p": NUMBER,
        "top_k": NUMBER,
        "min_p": NUMBER,
        "n": NUMBER,
        "max_tokens": NUMBER,
        "max_completion_tokens": NUMBER,
        "presence_penalty": NUMBER,
        "frequency_penalty": NUMBER,
        "repetition_penalty": NUMBER,
        "logit_bias": Biases(),
        "logprobs": FLAG,
        "top_logprobs": NUMBER,
        "seed": NUMBER,
        "random_seed": NUMBER,
        "safe_prompt": FLAG,
        "prompt_mode": Word("reasoning"),
        "reasoning_effort": Word("none", "minimal", "low", "medium", "high", "xhigh", "max"),
        "verbosity": Word("low", "medium", "high"),
        "service_tier": Word("auto", "default", "flex", "scale", "priority", "fast"),
        "modalities": Seq(Word("text")),
        "user": Token(),
        "safety_identifier": Token(),
        "prompt_cache_key": Token(),
        "prompt_cache_retention": Word("in_memory", "in-memory", "24h"),
        "prompt_cache_options": _CACHE,
        "metadata": Dropped(),
        "store": Dropped(),
        "audio": Unread(),
    },
    ("model", "messages"),
)
